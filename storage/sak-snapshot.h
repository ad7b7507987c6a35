/* sak-snapshot.h - a vault as it was at one moment, to be read while work in it goes on
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taken on the vault's own thread, which takes as long as copying the database; from then
 * on any one other thread may read it. Locking the vault ends it: reads fail with LOCKED.
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

#define SAK_SNAPSHOT_HEADER_SIZE 4096

typedef struct _SakSnapshot SakSnapshot;

/* Everything is encrypted: a file of the vault's folder as it lies there. */
typedef struct
{
  char *name;                   /* "records.db", "media/ab/<object>.age" */
  guint64 size_bytes;
} SakSnapshotFile;

/* What the vault held, for the note of the last backup. */
typedef struct
{
  gint64 time;                  /* seconds since 1970 */
  gint64 n_custody;             /* entries in the log of custody */
  gint64 last_revision;         /* number of its row */
} SakSnapshotMark;

SakSnapshot   *sak_vault_take_snapshot  (SakVault      *self,
                                         GCancellable  *cancellable,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void           sak_snapshot_free        (SakSnapshot   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSnapshot, sak_snapshot_free)

/* The vault's header as it stands on the disk: useless without a way in, and with one what
 * opens the vault when both of its own are lost.
 */
GBytes        *sak_vault_dup_header     (SakVault      *self,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/* Borrowed, all of them. Files: SakSnapshotFile, headers first, then records.db, then the
 * others by name.
 */
GPtrArray     *sak_snapshot_get_files   (SakSnapshot   *self);
const SakSnapshotMark *sak_snapshot_get_mark (SakSnapshot *self);
const guint8  *sak_snapshot_get_header  (SakSnapshot   *self);
SakSecret     *sak_snapshot_get_media_identity (SakSnapshot *self);
/* Cancelled when the vault is locked. */
GCancellable  *sak_snapshot_get_revoked (SakSnapshot   *self);
GInputStream  *sak_snapshot_open_file   (SakSnapshot   *self,
                                         guint          index,
                                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
