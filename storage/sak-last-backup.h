/* sak-last-backup.h - when the vault was last backed up, and what changed since
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 time;                  /* seconds since 1970; 0 where there was none yet */
  guint64 size_bytes;           /* of the file */
  guint64 n_changes;            /* since then: entries in the log of custody */
  guint64 n_revisions;          /* since then: versions finished or arrived */
} SakLastBackup;

/* For a reminder. Without a backup, the changes are all there ever were. */
gboolean sak_vault_get_last_backup  (SakVault              *self,
                                     SakLastBackup         *ret_last,
                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;
/* On the vault's own thread, once a backup is proven. @digest: SHA-256 of its manifest. */
gboolean sak_vault_note_backup      (SakVault              *self,
                                     const SakSnapshotMark *mark,
                                     guint64                size_bytes,
                                     const guint8           digest[static 32],
                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
