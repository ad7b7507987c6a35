/* sak-backup.c - the whole vault in one encrypted file, proven
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-backup.h"

#include <string.h>

#include "crypto/sak-age.h"
#include "crypto/sak-platform.h"
#include "crypto/sak-sign.h"
#include "storage/sak-copy.h"
#include "sync/sak-backup-reader.h"
#include "sync/sak-new-file.h"
#include "sync/sak-packer.h"

#define BLOCK_SIZE (256 * 1024)
/* So much may wait in memory for a slow stick: a second of it, when one wants to stop. */
#define WRITE_BEHIND_SIZE (1024 * 1024)
/* More than a tar and an age file add to each file, and to all of them. */
#define OVERHEAD_PER_FILE 2048
#define OVERHEAD (256 * 1024)

typedef struct
{
  SakSnapshot *snapshot;
  SakMeter meter;
  SakBackupContents *contents;
  SakNewFile *file;
  SakAgeWriter *age;
  SakPacker *packer;
  GString *manifest;
  SakSha256 hash;               /* of the member being written */
  guint64 unsynced;
} Writer;

static void
writer_clear (Writer *self)
{
  g_clear_pointer (&self->packer, sak_packer_free);
  g_clear_pointer (&self->age, sak_age_writer_free);
  g_clear_pointer (&self->file, sak_new_file_free);
  g_clear_pointer (&self->contents, sak_backup_contents_free);
  if (self->manifest != NULL)
    g_string_free (self->manifest, TRUE);
  self->manifest = NULL;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Writer, writer_clear)

void
sak_backup_report_free (SakBackupReport *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->check, sak_check_report_free);
  g_free (self);
}

static void
list_contents (Writer *self)
{
  GPtrArray *files = sak_snapshot_get_files (self->snapshot);

  self->contents = sak_backup_contents_new (sak_snapshot_get_mark (self->snapshot)->time);
  for (guint i = 0; i < files->len; i++)
    {
      const SakSnapshotFile *file = g_ptr_array_index (files, i);

      sak_backup_contents_add (self->contents, file->name, file->size_bytes);
    }
  /* Once to write it, once to read it again. */
  self->meter.total_bytes = 2 * self->contents->total_bytes;
}

/* What is known before, is said before. */
static gboolean
check_room (Writer      *self,
            const char  *filename,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (filename);
  guint64 needed = self->contents->total_bytes + self->contents->total_bytes / 4096 +
                   self->contents->files->len * (guint64) OVERHEAD_PER_FILE + OVERHEAD;
  guint64 free_bytes;

  if (needed > sak_platform_get_largest_file (folder))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE,
                   "the backup has %" G_GUINT64_FORMAT " bytes, and a file on FAT at most 4 GiB", needed);
      return FALSE;
    }
  if (!sak_platform_get_free_space (folder, &free_bytes) || free_bytes >= needed)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE,
               "the backup needs %" G_GUINT64_FORMAT " bytes, there are %" G_GUINT64_FORMAT, needed, free_bytes);
  return FALSE;
}

static gboolean
begin (Writer      *self,
       const char  *filename,
       GError     **error)
{
  const guint8 *header = sak_snapshot_get_header (self->snapshot);
  GCancellable *cancellable = self->meter.cancellable;
  GOutputStream *stream;
  SakAgeRecipient recipient;

  self->file = sak_new_file_new (filename, error);
  if (self->file == NULL)
    return FALSE;
  stream = sak_new_file_get_stream (self->file);
  sak_x25519_get_public (sak_snapshot_get_media_identity (self->snapshot), recipient.bytes);
  /* Twice: these few bytes are the one part that a single bad block could take with all. */
  if (!g_output_stream_write_all (stream, header, SAK_SNAPSHOT_HEADER_SIZE, NULL, cancellable, error) ||
      !g_output_stream_write_all (stream, header, SAK_SNAPSHOT_HEADER_SIZE, NULL, cancellable, error))
    return FALSE;
  self->age = sak_age_writer_new (stream, &recipient, 1, cancellable, error);
  if (self->age == NULL)
    return FALSE;
  self->packer = sak_packer_new (self->age, SAK_PACKER_PLAIN, self->contents->time, cancellable, error);
  return self->packer != NULL;
}

static void
end_member (Writer     *self,
            const char *name)
{
  guint8 digest[SAK_SHA256_SIZE];
  g_autofree char *line = NULL;

  sak_sha256_finish (&self->hash, digest);
  line = sak_backup_manifest_line (digest, name);
  g_string_append (self->manifest, line);
}

static gboolean
write_text (Writer      *self,
            const char  *name,
            const char  *text,
            GError     **error)
{
  sak_sha256_init (&self->hash);
  sak_sha256_update (&self->hash, text, strlen (text));
  return sak_packer_begin_member (self->packer, name, strlen (text), error) &&
         sak_packer_write (self->packer, text, strlen (text), error);
}

static gboolean
write_block (Writer        *self,
             const guint8  *block,
             gsize          size,
             GError       **error)
{
  sak_sha256_update (&self->hash, block, size);
  if (!sak_packer_write (self->packer, block, size, error) || !sak_meter_add (&self->meter, size, error))
    return FALSE;
  self->unsynced += size;
  if (self->unsynced < WRITE_BEHIND_SIZE)
    return TRUE;
  self->unsynced = 0;
  sak_new_file_write_behind (self->file);
  return TRUE;
}

static gboolean
copy_content (Writer        *self,
              GInputStream  *content,
              guint64        size,
              GError       **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint64 done = 0;
  GError *read_error = NULL;
  gssize n;

  while ((n = g_input_stream_read (content, block, BLOCK_SIZE, self->meter.cancellable, &read_error)) > 0)
    {
      done += (guint64) n;
      if (done > size || !write_block (self, block, (gsize) n, error))
        break;
    }
  if (n == 0 && done == size)
    return TRUE;
  if (n < 0)
    sak_propagate_io_error (error, read_error);
  else if (n == 0 || done > size)
    g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "a file of the vault changed its size meanwhile");
  return FALSE;
}

static gboolean
write_files (Writer  *self,
             GError **error)
{
  for (guint i = 0; i < self->contents->files->len; i++)
    {
      const SakBackupFile *file = g_ptr_array_index (self->contents->files, i);
      g_autoptr (GInputStream) content = sak_snapshot_open_file (self->snapshot, i, error);

      sak_sha256_init (&self->hash);
      if (content == NULL ||
          !sak_packer_begin_member (self->packer, file->name, file->size_bytes, error) ||
          !copy_content (self, content, file->size_bytes, error))
        return FALSE;
      end_member (self, file->name);
    }
  return TRUE;
}

static gboolean
write_all (Writer      *self,
           const char  *filename,
           GError     **error)
{
  g_autofree char *contents = sak_backup_contents_to_text (self->contents);

  self->manifest = g_string_new (NULL);
  if (!begin (self, filename, error) || !write_text (self, SAK_BACKUP_CONTENTS, contents, error))
    return FALSE;
  end_member (self, SAK_BACKUP_CONTENTS);
  return write_files (self, error) &&
         write_text (self, SAK_BACKUP_MANIFEST, self->manifest->str, error) &&
         sak_packer_finish (self->packer, error) &&
         sak_age_writer_finish (self->age, self->meter.cancellable, error) &&
         sak_new_file_sync (self->file, error);
}

static gboolean
prove_file (const char    *name,
            guint64        size,
            GInputStream  *content,
            gpointer       user_data,
            GCancellable  *cancellable,
            GError       **error)
{
  return sak_proof_take_file (user_data, name, size, content, cancellable, error);
}

/* What was written is read again as if somebody else had brought it. */
static SakBackupReport *
prove (Writer  *self,
       GError **error)
{
  g_autofree char *path = sak_new_file_get_path (self->file);
  g_autoptr (SakBackupReader) reader = sak_backup_reader_open (path, error);
  g_autoptr (SakProof) proof = sak_proof_new (self->snapshot);
  g_autoptr (SakBackupReport) report = g_new0 (SakBackupReport, 1);
  const guint8 *header = sak_snapshot_get_header (self->snapshot);
  const SakBackupContents *contents;

  if (reader == NULL)
    return NULL;
  if (memcmp (sak_backup_reader_get_prologue (reader), header, SAK_SNAPSHOT_HEADER_SIZE) != 0 ||
      memcmp (sak_backup_reader_get_prologue (reader) + SAK_SNAPSHOT_HEADER_SIZE, header,
              SAK_SNAPSHOT_HEADER_SIZE) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the header in the backup is not what was written");
      return NULL;
    }
  contents = sak_backup_reader_unlock (reader, sak_snapshot_get_media_identity (self->snapshot), &self->meter, error);
  if (contents == NULL || !sak_backup_reader_run (reader, prove_file, proof, report->digest, error))
    return NULL;
  report->check = sak_proof_finish (proof, error);
  if (report->check == NULL)
    return NULL;
  report->mark = *sak_snapshot_get_mark (self->snapshot);
  report->n_files = contents->files->len;
  report->size_bytes = sak_backup_reader_get_size (reader);
  return g_steal_pointer (&report);
}

static SakBackupReport *
write_and_prove (Writer      *self,
                 const char  *filename,
                 GError     **error)
{
  g_autoptr (SakBackupReport) report = NULL;

  list_contents (self);
  if (!check_room (self, filename, error) || !write_all (self, filename, error))
    return NULL;
  report = prove (self, error);
  if (report == NULL || g_cancellable_set_error_if_cancelled (self->meter.cancellable, error) ||
      !sak_new_file_publish (self->file, error))
    return NULL;
  sak_meter_finish (&self->meter);
  return g_steal_pointer (&report);
}

static void
user_cancelled_cb (GCancellable *cancellable,
                   gpointer      revoked)
{
  g_cancellable_cancel (revoked);
}

SakBackupReport *
sak_backup_write (SakSnapshot      *snapshot,
                  const char       *filename,
                  SakProgressFunc   progress,
                  gpointer          progress_data,
                  GCancellable     *cancellable,
                  GError          **error)
{
  GCancellable *revoked = sak_snapshot_get_revoked (snapshot);
  g_auto (Writer) self = { .snapshot = snapshot };
  g_autoptr (GError) local_error = NULL;
  SakBackupReport *report;
  gulong handler = 0;

  self.meter.progress = progress;
  self.meter.progress_data = progress_data;
  self.meter.cancellable = revoked;
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (user_cancelled_cb), revoked, NULL);
  report = write_and_prove (&self, filename, &local_error);
  g_cancellable_disconnect (cancellable, handler);
  if (report != NULL)
    return report;
  /* Whatever it failed with: with wiped keys nothing fits any more. */
  if (g_cancellable_is_cancelled (revoked) && !g_cancellable_is_cancelled (cancellable))
    g_set_error (error, SAK_ERROR, SAK_ERROR_LOCKED, "the vault was locked during the backup");
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

gboolean
sak_backup_note (SakVault               *vault,
                 const SakBackupReport  *report,
                 GError                **error)
{
  return sak_vault_note_backup (vault, &report->mark, report->size_bytes, report->digest, error);
}

SakBackupReport *
sak_backup_create (SakVault         *vault,
                   const char       *filename,
                   SakProgressFunc   progress,
                   gpointer          progress_data,
                   GCancellable     *cancellable,
                   GError          **error)
{
  g_autoptr (SakSnapshot) snapshot = sak_vault_take_snapshot (vault, cancellable, error);
  g_autoptr (SakBackupReport) report = NULL;

  if (snapshot == NULL)
    return NULL;
  report = sak_backup_write (snapshot, filename, progress, progress_data, cancellable, error);
  if (report == NULL || !sak_backup_note (vault, report, error))
    return NULL;
  return g_steal_pointer (&report);
}
