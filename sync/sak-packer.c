/* sak-packer.c - a tar, compressed or plain, into an age file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libarchive writes the tar; libzstd is called directly, because libarchive's filter does
 * not let one choose the size of a worker's job, and the default takes 60 MiB.
 */
#include "config.h"

#include "sync/sak-packer.h"

#include <archive.h>
#include <archive_entry.h>
#include <zstd.h>

#define LEVEL 3
#define WINDOW_LOG 21
#define N_WORKERS 2
#define JOB_SIZE (2 * 1024 * 1024)

struct _SakPacker
{
  SakAgeWriter *sink;
  GCancellable *cancellable;
  gint64 time;
  struct archive *archive;
  struct archive_entry *entry;
  ZSTD_CCtx *zstd;
  guint8 *output;
  gsize output_size;
  guint64 left;                 /* of the present member */
  gboolean has_failed;          /* nothing goes to the sink any more */
  GError *failure;              /* from below libarchive */
};

/* Compresses @bytes and writes what comes out; with ZSTD_e_end until all is out. */
static gboolean
put (SakPacker         *self,
     const void        *bytes,
     gsize              size,
     ZSTD_EndDirective  directive)
{
  ZSTD_inBuffer input = { bytes, size, 0 };
  gsize remaining;

  if (self->zstd == NULL)
    return sak_age_writer_write (self->sink, bytes, size, self->cancellable, &self->failure);
  do
    {
      ZSTD_outBuffer output = { self->output, self->output_size, 0 };

      remaining = ZSTD_compressStream2 (self->zstd, &output, &input, directive);
      if (ZSTD_isError (remaining))
        {
          g_set_error (&self->failure, SAK_ERROR, SAK_ERROR_FAILED, "zstd: %s",
                       ZSTD_getErrorName (remaining));
          return FALSE;
        }
      if (output.pos > 0 &&
          !sak_age_writer_write (self->sink, self->output, output.pos, self->cancellable,
                                 &self->failure))
        return FALSE;
    }
  while (input.pos < input.size || (directive == ZSTD_e_end && remaining > 0));
  return TRUE;
}

/* Never says that it failed: libarchive would not free its own buffer then. Every caller
 * looks at has_failed instead.
 */
static la_ssize_t
archive_wrote_cb (struct archive *archive,
                  void           *user_data,
                  const void     *bytes,
                  size_t          size)
{
  SakPacker *self = user_data;

  if (!self->has_failed)
    self->has_failed = !put (self, bytes, size, ZSTD_e_continue);
  return (la_ssize_t) size;
}

/* The failure below libarchive, if that is what it was, says more. */
static gboolean
take_failure (SakPacker  *self,
              GError    **error)
{
  if (self->failure != NULL)
    g_propagate_error (error, g_error_copy (self->failure));
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "tar: %s",
                 archive_error_string (self->archive));
  return FALSE;
}

static void
set_up_zstd (SakPacker *self)
{
  self->zstd = ZSTD_createCCtx ();
  g_assert (self->zstd != NULL);
  ZSTD_CCtx_setParameter (self->zstd, ZSTD_c_compressionLevel, LEVEL);
  ZSTD_CCtx_setParameter (self->zstd, ZSTD_c_windowLog, WINDOW_LOG);
  ZSTD_CCtx_setParameter (self->zstd, ZSTD_c_checksumFlag, 1);
  /* Refused by a libzstd built without threads, which then works alone. */
  ZSTD_CCtx_setParameter (self->zstd, ZSTD_c_nbWorkers, N_WORKERS);
  ZSTD_CCtx_setParameter (self->zstd, ZSTD_c_jobSize, JOB_SIZE);
  self->output_size = ZSTD_CStreamOutSize ();
  self->output = g_malloc (self->output_size);
}

SakPacker *
sak_packer_new (SakAgeWriter    *sink,
                SakPackerFlags   flags,
                gint64           time,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (SakPacker) self = g_new0 (SakPacker, 1);

  self->sink = sink;
  self->cancellable = cancellable;
  self->time = time;
  if ((flags & SAK_PACKER_PLAIN) == 0)
    set_up_zstd (self);
  self->entry = archive_entry_new ();
  self->archive = archive_write_new ();
  g_assert (self->entry != NULL && self->archive != NULL);
  /* Unblocked: members go on as they come, and nothing pads the end. */
  if (archive_write_set_format_pax_restricted (self->archive) != ARCHIVE_OK ||
      archive_write_set_bytes_per_block (self->archive, 0) != ARCHIVE_OK ||
      archive_write_open (self->archive, self, NULL, archive_wrote_cb, NULL) != ARCHIVE_OK)
    {
      take_failure (self, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
sak_packer_begin_member (SakPacker   *self,
                         const char  *path,
                         guint64      size,
                         GError     **error)
{
  g_return_val_if_fail (self->left == 0, FALSE);

  archive_entry_clear (self->entry);
  archive_entry_set_pathname (self->entry, path);
  archive_entry_set_size (self->entry, (la_int64_t) size);
  archive_entry_set_filetype (self->entry, AE_IFREG);
  archive_entry_set_perm (self->entry, 0644);
  archive_entry_set_mtime (self->entry, self->time, 0);
  if (archive_write_header (self->archive, self->entry) != ARCHIVE_OK || self->has_failed)
    return take_failure (self, error);
  self->left = size;
  return TRUE;
}

gboolean
sak_packer_write (SakPacker   *self,
                  const void  *bytes,
                  gsize        size,
                  GError     **error)
{
  g_return_val_if_fail (size <= self->left, FALSE);

  if (size > 0 && archive_write_data (self->archive, bytes, size) != (la_ssize_t) size)
    return take_failure (self, error);
  if (self->has_failed)
    return take_failure (self, error);
  self->left -= size;
  return TRUE;
}

gboolean
sak_packer_finish (SakPacker  *self,
                   GError    **error)
{
  g_return_val_if_fail (self->left == 0, FALSE);

  if (archive_write_close (self->archive) != ARCHIVE_OK || self->has_failed ||
      !put (self, NULL, 0, ZSTD_e_end))
    return take_failure (self, error);
  return TRUE;
}

void
sak_packer_free (SakPacker *self)
{
  if (self == NULL)
    return;
  /* Freeing writes what is missing of a member and the tar's end, which must go nowhere;
   * archive_write_fail() would prevent that, but leaks.
   */
  self->has_failed = TRUE;
  archive_write_free (self->archive);
  archive_entry_free (self->entry);
  ZSTD_freeCCtx (self->zstd);
  g_free (self->output);
  g_clear_error (&self->failure);
  g_free (self);
}
