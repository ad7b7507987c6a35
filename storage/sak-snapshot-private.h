/* sak-snapshot-private.h - a snapshot's keys, for proving what was made of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-file.h"
#include "storage/sak-snapshot.h"
#include "storage/sak-vault-private.h"

G_BEGIN_DECLS

struct _SakSnapshot
{
  char *vault_path;
  SakPins *pins;
  GCancellable *revoked;
  SakHeader header;
  guint8 header_file[SAK_SNAPSHOT_HEADER_SIZE];
  SakSecret *secrets[3];        /* master key, media identity, NULL: wiped when the vault is locked */
  SakFd database;               /* a copy without a name */
  GPtrArray *files;
  guint n_missing;
  SakSnapshotMark mark;
};

/* inbox/<32 digits>.part: what the next opening of the vault removes if we do not. */
char *sak_snapshot_make_part_name (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
