/* sak-backup-reader.c - a backup, member by member, as untrusted as any file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list of contents comes first and says what must follow, in which order and how
 * large; the manifest comes last and must be what was computed on the way.
 */
#include "config.h"

#include "sync/sak-backup-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sync/sak-unpacker.h"

#define HEADER_MAGIC "SAKVAULT"

struct _SakBackupReader
{
  GInputStream *file;
  guint64 size;
  guint8 prologue[SAK_BACKUP_PROLOGUE_SIZE];
  SakAgeReader *age;
  SakUnpacker *unpacker;
  SakMeter *meter;
  SakBackupContents *contents;
  SakSha256 manifest;           /* of the manifest as it must be */
  gsize manifest_size;
  SakSha256 member;
};

/* --- One member as a stream --- */

#define SAK_TYPE_MEMBER_STREAM (sak_member_stream_get_type ())
G_DECLARE_FINAL_TYPE (SakMemberStream, sak_member_stream, SAK, MEMBER_STREAM, GInputStream)

struct _SakMemberStream
{
  GInputStream parent_instance;
  SakBackupReader *reader;      /* borrowed */
  const guint8 *piece;          /* borrowed from the unpacker */
  gsize left;
  gboolean has_ended;
};

G_DEFINE_FINAL_TYPE (SakMemberStream, sak_member_stream, G_TYPE_INPUT_STREAM)

static gssize
sak_member_stream_read (GInputStream  *stream,
                        void          *buffer,
                        gsize          count,
                        GCancellable  *cancellable,
                        GError       **error)
{
  SakMemberStream *self = SAK_MEMBER_STREAM (stream);
  gsize taken;

  if (self->left == 0 && !self->has_ended)
    {
      const void *piece;
      gsize size;

      if (!sak_unpacker_read (self->reader->unpacker, &piece, &size, error))
        return -1;
      self->piece = piece;
      self->left = size;
      self->has_ended = size == 0;
      sak_sha256_update (&self->reader->member, piece, size);
      /* Last, so that whoever reads on after being stopped finds the piece whole. */
      if (!sak_meter_add (self->reader->meter, size, error))
        return -1;
    }
  taken = MIN (count, self->left);
  if (taken > 0)
    memcpy (buffer, self->piece, taken);
  self->piece += taken;
  self->left -= taken;
  return (gssize) taken;
}

static void
sak_member_stream_class_init (SakMemberStreamClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = sak_member_stream_read;
}

static void
sak_member_stream_init (SakMemberStream *self)
{
}

/* --- The file --- */

void
sak_backup_reader_free (SakBackupReader *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->unpacker, sak_unpacker_free);
  g_clear_pointer (&self->age, sak_age_reader_free);
  g_clear_pointer (&self->contents, sak_backup_contents_free);
  g_clear_object (&self->file);
  g_free (self);
}

static gboolean
open_file (SakBackupReader  *self,
           const char       *filename,
           GError          **error)
{
  /* Opening a pipe must not wait; with a file it changes nothing. */
  int fd = open (filename, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      sak_set_error_from_errno (error, errno, filename);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  /* What was just written is to come from the medium, not from memory. */
  (void) posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  self->file = g_unix_input_stream_new (fd, TRUE);
  self->size = (guint64) MAX (status.st_size, 0);
  if (S_ISREG (status.st_mode))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s is no file", filename);
  return FALSE;
}

static gboolean
has_magic (const guint8 *header)
{
  return memcmp (header, HEADER_MAGIC, strlen (HEADER_MAGIC)) == 0;
}

/**
 * sak_backup_reader_open:
 *
 * INVALID where the file is no backup at all, TRUNCATED where it ends in its beginning.
 */
SakBackupReader *
sak_backup_reader_open (const char  *filename,
                        GError     **error)
{
  g_autoptr (SakBackupReader) self = g_new0 (SakBackupReader, 1);
  GError *read_error = NULL;
  gsize got = 0;

  sak_sha256_init (&self->manifest);
  if (!open_file (self, filename, error))
    return NULL;
  if (!g_input_stream_read_all (self->file, self->prologue, sizeof self->prologue, &got, NULL, &read_error))
    {
      sak_propagate_io_error (error, read_error);
      return NULL;
    }
  if (!has_magic (self->prologue) && !has_magic (self->prologue + SAK_SNAPSHOT_HEADER_SIZE))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s is not a backup", filename);
      return NULL;
    }
  if (got == sizeof self->prologue)
    return g_steal_pointer (&self);
  g_set_error (error, SAK_ERROR, SAK_ERROR_TRUNCATED, "the backup ends in its header");
  return NULL;
}

const guint8 *
sak_backup_reader_get_prologue (SakBackupReader *self)
{
  return self->prologue;
}

guint64
sak_backup_reader_get_size (SakBackupReader *self)
{
  return self->size;
}

/* Behind a header that fits, anything but an age file for its vault is damage. */
static gboolean
open_age (SakBackupReader  *self,
          SakSecret        *identity,
          GError          **error)
{
  g_autoptr (GError) local_error = NULL;

  self->age = sak_age_reader_new (self->file, &identity, 1, self->meter->cancellable, &local_error);
  if (self->age != NULL)
    return TRUE;
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_INVALID) ||
      g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOR_US) ||
      g_error_matches (local_error, SAK_ERROR, SAK_ERROR_TOO_NEW) ||
      g_error_matches (local_error, SAK_ERROR, SAK_ERROR_TOO_LARGE))
    local_error->code = SAK_ERROR_DAMAGED;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
begin_member (SakBackupReader  *self,
              const char       *name,
              guint64           max_size,
              guint64          *ret_size,
              GError          **error)
{
  sak_sha256_init (&self->member);
  return sak_unpacker_next (self->unpacker, name, max_size, ret_size, error);
}

static void
end_member (SakBackupReader *self,
            const char      *name)
{
  guint8 digest[SAK_SHA256_SIZE];
  g_autofree char *line = NULL;

  sak_sha256_finish (&self->member, digest);
  line = sak_backup_manifest_line (digest, name);
  sak_sha256_update (&self->manifest, line, strlen (line));
  self->manifest_size += strlen (line);
}

static gboolean
read_contents (SakBackupReader  *self,
               GError          **error)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  guint64 expected;
  const void *piece;
  gsize size;

  if (!begin_member (self, SAK_BACKUP_CONTENTS, SAK_BACKUP_MAX_CONTENTS, &expected, error))
    return FALSE;
  do
    {
      if (!sak_unpacker_read (self->unpacker, &piece, &size, error))
        return FALSE;
      sak_sha256_update (&self->member, piece, size);
      g_byte_array_append (text, piece, (guint) size);
    }
  while (size > 0);
  end_member (self, SAK_BACKUP_CONTENTS);
  self->contents = sak_backup_contents_parse ((const char *) text->data, text->len, error);
  return self->contents != NULL;
}

/**
 * sak_backup_reader_unlock:
 *
 * Returns: (transfer none): DAMAGED, TRUNCATED, INVALID for what only a hostile hand makes
 */
const SakBackupContents *
sak_backup_reader_unlock (SakBackupReader  *self,
                          SakSecret        *identity,
                          SakMeter         *meter,
                          GError          **error)
{
  self->meter = meter;
  if (!open_age (self, identity, error))
    return NULL;
  /* A file of this size cannot hold more: nothing is compressed. */
  self->unpacker = sak_unpacker_new (self->age, SAK_UNPACKER_PLAIN, self->size, meter->cancellable);
  return read_contents (self, error) ? self->contents : NULL;
}

static gboolean
set_wrong_size (GError     **error,
                const char  *name)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "%s in the backup has another size than announced", name);
  return FALSE;
}

static gboolean
read_file (SakBackupReader      *self,
           const SakBackupFile  *file,
           SakBackupTake         take,
           gpointer              user_data,
           GError              **error)
{
  g_autoptr (SakMemberStream) stream = NULL;
  guint64 size;

  if (!begin_member (self, file->name, file->size_bytes, &size, error))
    return FALSE;
  if (size != file->size_bytes)
    return set_wrong_size (error, file->name);
  stream = g_object_new (SAK_TYPE_MEMBER_STREAM, NULL);
  stream->reader = self;
  if (!take (file->name, size, G_INPUT_STREAM (stream), user_data, self->meter->cancellable, error))
    return FALSE;
  if (!stream->has_ended)
    {
      guint8 none[1];

      /* The end is an empty read: whoever counted the bytes has not made it. */
      if (sak_member_stream_read (G_INPUT_STREAM (stream), none, sizeof none, self->meter->cancellable, error) != 0)
        return error != NULL && *error != NULL ? FALSE : set_wrong_size (error, file->name);
    }
  end_member (self, file->name);
  return TRUE;
}

static gboolean
read_manifest (SakBackupReader  *self,
               guint8            ret_digest[static SAK_SHA256_SIZE],
               GError          **error)
{
  guint8 expected[SAK_SHA256_SIZE];
  const void *piece;
  guint64 total;
  gsize size;

  sak_sha256_finish (&self->manifest, expected);
  if (!begin_member (self, SAK_BACKUP_MANIFEST, self->manifest_size, &total, error))
    return FALSE;
  do
    {
      if (!sak_unpacker_read (self->unpacker, &piece, &size, error))
        return FALSE;
      sak_sha256_update (&self->member, piece, size);
    }
  while (size > 0);
  sak_sha256_finish (&self->member, ret_digest);
  if (memcmp (expected, ret_digest, sizeof expected) == 0)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "what the backup holds does not fit its manifest");
  return FALSE;
}

gboolean
sak_backup_reader_run (SakBackupReader  *self,
                       SakBackupTake     take,
                       gpointer          user_data,
                       guint8            ret_digest[static SAK_SHA256_SIZE],
                       GError          **error)
{
  for (guint i = 0; i < self->contents->files->len; i++)
    if (!read_file (self, g_ptr_array_index (self->contents->files, i), take, user_data, error))
      return FALSE;
  return read_manifest (self, ret_digest, error) && sak_unpacker_finish (self->unpacker, error);
}
