/* sak-backup-restore.c - a vault out of a backup
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-copy.h"
#include "sync/sak-backup-reader.h"
#include "sync/sak-backup.h"

#define SPARE_BYTES (16 * 1024 * 1024)
#define BLOCK_PER_FILE 4096

void
sak_restore_report_free (SakRestoreReport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->check, sak_check_report_free);
  g_free (self);
}

static gboolean
restore_file (const char    *name,
              guint64        size,
              GInputStream  *content,
              gpointer       user_data,
              GCancellable  *cancellable,
              GError       **error)
{
  return sak_restore_take_file (user_data, name, size, content, cancellable, error);
}

/* Unpacking is the first half of the work, checking the second. */
static void
checked_cb (guint64  done_bytes,
            guint64  total_bytes,
            gpointer user_data)
{
  const SakMeter *meter = user_data;
  guint64 half = meter->total_bytes / 2;

  if (meter->progress != NULL && total_bytes > 0)
    meter->progress (half + (guint64) ((double) half * (double) done_bytes / (double) total_bytes),
                          meter->total_bytes, meter->progress_data);
}

static gboolean
check_space (SakRestore               *restore,
             const SakBackupContents  *contents,
             GError                  **error)
{
  return sak_restore_check_space (restore, contents->total_bytes + SPARE_BYTES +
                                  contents->files->len * (guint64) BLOCK_PER_FILE, error);
}

SakRestoreReport *
sak_backup_restore (const char       *filename,
                    SakSecret        *passphrase,
                    const char       *directory,
                    SakProgressFunc   progress,
                    gpointer          progress_data,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autoptr (SakCredential) credential = sak_credential_new_passphrase (passphrase, error);

  return credential == NULL ? NULL
         : sak_backup_restore_with (filename, credential, directory, progress, progress_data, cancellable, error);
}

SakRestoreReport *
sak_backup_restore_with (const char       *filename,
                         SakCredential    *credential,
                         const char       *directory,
                         SakProgressFunc   progress,
                         gpointer          progress_data,
                         GCancellable     *cancellable,
                         GError          **error)
{
  SakMeter meter = { .progress = progress, .progress_data = progress_data, .cancellable = cancellable };
  g_autoptr (SakBackupReader) reader = sak_backup_reader_open (filename, error);
  g_autoptr (SakRestore) restore = NULL;
  g_autoptr (SakSecret) identity = NULL;
  g_autoptr (SakRestoreReport) report = g_new0 (SakRestoreReport, 1);
  const SakBackupContents *contents;
  guint8 digest[SAK_SHA256_SIZE];

  if (reader == NULL || (restore = sak_restore_new (directory, error)) == NULL)
    return NULL;
  identity = sak_restore_unlock (restore, sak_backup_reader_get_prologue (reader), credential, error);
  if (identity == NULL)
    return NULL;
  contents = sak_backup_reader_unlock (reader, identity, &meter, error);
  if (contents == NULL || !check_space (restore, contents, error))
    return NULL;
  meter.total_bytes = 2 * contents->total_bytes;
  if (!sak_backup_reader_run (reader, restore_file, restore, digest, error))
    return NULL;
  report->check = sak_restore_finish (restore, checked_cb, &meter, cancellable, error);
  if (report->check == NULL)
    return NULL;
  sak_meter_finish (&meter);
  report->time = contents->time;
  report->n_files = contents->files->len;
  report->total_bytes = contents->total_bytes;
  return g_steal_pointer (&report);
}
