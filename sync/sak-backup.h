/* sak-backup.h - the whole vault in one encrypted file, proven, and back again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a window: take a snapshot on the vault's worker, write it in any other thread while
 * people go on working, note it on the worker again. Bytes: FORMAT.md, "Backup".
 */
#pragma once

#include "storage/sak-check.h"
#include "storage/sak-last-backup.h"

G_BEGIN_DECLS

typedef struct
{
  SakSnapshotMark mark;         /* what was in the vault, and when */
  guint64 size_bytes;           /* of the backup */
  guint8 digest[32];            /* SHA-256 of its manifest */
  guint n_files;
  SakCheckReport *check;        /* what is damaged in the vault itself, and so in the copy */
} SakBackupReport;

void             sak_backup_report_free (SakBackupReport  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBackupReport, sak_backup_report_free)

/* Writes, reads it back from the medium and proves it; only then the file has its name.
 * EXISTS, NO_SPACE, TOO_LARGE (FAT: no file over 4 GiB), DAMAGED, LOCKED where the vault
 * was locked meanwhile. From any one thread.
 */
SakBackupReport *sak_backup_write       (SakSnapshot      *snapshot,
                                         const char       *filename,
                                         SakProgressFunc   progress,
                                         gpointer          progress_data,
                                         GCancellable     *cancellable,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* On the vault's thread. */
gboolean         sak_backup_note        (SakVault         *vault,
                                         const SakBackupReport *report,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* All three, where nobody else works in the vault. */
SakBackupReport *sak_backup_create      (SakVault         *vault,
                                         const char       *filename,
                                         SakProgressFunc   progress,
                                         gpointer          progress_data,
                                         GCancellable     *cancellable,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct
{
  gint64 time;                  /* when the backup was made: what came later is not in it */
  guint n_files;
  guint64 total_bytes;
  SakCheckReport *check;        /* of the restored vault */
} SakRestoreReport;

void             sak_restore_report_free (SakRestoreReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRestoreReport, sak_restore_report_free)

/* Into a folder that is not there yet or is empty: all of it, checked, or nothing. INVALID
 * (no backup), PASSPHRASE, TRUNCATED, DAMAGED, TOO_NEW, EXISTS, NO_SPACE.
 */
SakRestoreReport *sak_backup_restore    (const char       *filename,
                                         SakSecret        *passphrase,
                                         const char       *directory,
                                         SakProgressFunc   progress,
                                         gpointer          progress_data,
                                         GCancellable     *cancellable,
                                         GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* With any way in that the vault had when the backup was made. */
SakRestoreReport *sak_backup_restore_with (const char       *filename,
                                           SakCredential    *credential,
                                           const char       *directory,
                                           SakProgressFunc   progress,
                                           gpointer          progress_data,
                                           GCancellable     *cancellable,
                                           GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
