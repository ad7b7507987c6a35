/* sak-unpacker.c - the tar in a bundle or backup, member by member, strictly, within a budget
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What comes here was sealed by a known sender, or by somebody who received the same
 * bundle and so knows its file key: still hostile. libzstd decodes one frame, libarchive's
 * tar reader is asked for headers and data only, and everything it warns of is a failure.
 */
#include "config.h"

#include "sync/sak-unpacker.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "sync/sak-tar-gate.h"

#define WINDOW_LOG_MAX 23
#define MAGIC_SIZE 4
/* Of the byte behind it (RFC 8878 3.1.1.1.1): reserved, with a checksum, with a dictionary. */
#define FRAME_FLAGS 0x0f
#define FRAME_HAS_CHECKSUM 0x04

static const guint8 frame_magic[MAGIC_SIZE] = { 0x28, 0xb5, 0x2f, 0xfd };

struct _SakUnpacker
{
  SakAgeReader *source;
  GCancellable *cancellable;
  guint64 budget;
  gboolean is_plain;
  ZSTD_DCtx *zstd;
  guint8 *input_buffer;
  gsize input_capacity;
  ZSTD_inBuffer input;
  guint8 *output;
  gsize output_size;
  gboolean is_begun;
  gboolean frame_ended;
  SakTarGate gate;
  guint64 n_out;                /* bytes handed to libarchive */
  guint64 nonzero_end;          /* offset after the last one of them that is not zero */
  struct archive *archive;
  gboolean is_open;
  guint64 member_size;
  guint64 member_done;
  GError *failure;              /* from below libarchive */
};

static gboolean
fail (SakUnpacker *self,
      SakError     code,
      const char  *reason)
{
  if (self->failure == NULL)
    g_set_error (&self->failure, SAK_ERROR, (int) code, "archive: %s", reason);
  return FALSE;
}

/* Appends to the input, which must be used up. At the end of the source it stays empty. */
static gboolean
read_input (SakUnpacker *self,
            gsize        at_least)
{
  gsize filled = 0;

  while (filled < at_least)
    {
      gssize got = sak_age_reader_read (self->source, self->input_buffer + filled,
                                        self->input_capacity - filled, self->cancellable,
                                        &self->failure);

      if (got < 0)
        return FALSE;
      if (got == 0)
        break;
      filled += (gsize) got;
    }
  self->input = (ZSTD_inBuffer) { self->input_buffer, filled, 0 };
  return TRUE;
}

static gboolean
begin_frame (SakUnpacker *self)
{
  if (!read_input (self, MAGIC_SIZE + 1))
    return FALSE;
  if (self->input.size < MAGIC_SIZE + 1 || memcmp (self->input_buffer, frame_magic, MAGIC_SIZE) != 0)
    return fail (self, SAK_ERROR_INVALID, "no zstd frame follows the preamble");
  if ((self->input_buffer[MAGIC_SIZE] & FRAME_FLAGS) != FRAME_HAS_CHECKSUM)
    return fail (self, SAK_ERROR_INVALID, "the zstd frame has no checksum, or asks for a dictionary");
  self->is_begun = TRUE;
  return TRUE;
}

/* Of the age file too: reading on to its end is what authenticates that it ends here. */
static gboolean
end_frame (SakUnpacker *self)
{
  self->frame_ended = TRUE;
  if (self->input.pos == self->input.size && !read_input (self, 1))
    return FALSE;
  if (self->input.pos < self->input.size)
    return fail (self, SAK_ERROR_INVALID, "something follows the zstd frame");
  return TRUE;
}

static gboolean
decompress_some (SakUnpacker    *self,
                 ZSTD_outBuffer *output)
{
  gsize result;

  if (self->input.pos == self->input.size && !read_input (self, 1))
    return FALSE;
  if (self->input.size == 0)
    return fail (self, SAK_ERROR_INVALID, "the zstd frame does not end");
  result = ZSTD_decompressStream (self->zstd, output, &self->input);
  if (ZSTD_isError (result))
    {
      gboolean too_large = ZSTD_getErrorCode (result) == ZSTD_error_frameParameter_windowTooLarge;

      return fail (self, too_large ? SAK_ERROR_TOO_LARGE : SAK_ERROR_INVALID,
                   "the zstd frame cannot be decoded");
    }
  return result != 0 || end_frame (self);
}

/* Before libarchive sees it. */
static gboolean
let_through (SakUnpacker *self,
             gsize        size)
{
  const char *fault = sak_tar_gate_take (&self->gate, self->output, size);
  gsize end = size;

  while (end > 0 && self->output[end - 1] == 0)
    end--;
  if (end > 0)
    self->nonzero_end = self->n_out + end;
  self->n_out += size;
  return fault == NULL || fail (self, SAK_ERROR_INVALID, fault);
}

/* Without compression: as it comes out of the age file. */
static gssize
copy_some (SakUnpacker *self)
{
  gssize got = self->failure != NULL ? -1
               : sak_age_reader_read (self->source, self->output, self->output_size, self->cancellable,
                                      &self->failure);

  if (got > 0 && (guint64) got > self->budget - self->n_out)
    {
      fail (self, SAK_ERROR_TOO_LARGE, "it is longer than was announced");
      return -1;
    }
  return got <= 0 || let_through (self, (gsize) got) ? got : -1;
}

/* Returns: how many bytes stand in the output; 0 at the end of everything; -1. */
static gssize
unpack (SakUnpacker *self)
{
  ZSTD_outBuffer output = { self->output, self->output_size, 0 };

  if (self->is_plain)
    return copy_some (self);
  if (self->failure != NULL || (!self->is_begun && !begin_frame (self)))
    return -1;
  while (output.pos == 0 && !self->frame_ended)
    if (!decompress_some (self, &output))
      return -1;
  if (output.pos > self->budget - self->n_out)
    {
      fail (self, SAK_ERROR_TOO_LARGE, "more comes out of it than was announced");
      return -1;
    }
  return let_through (self, output.pos) ? (gssize) output.pos : -1;
}

static la_ssize_t
archive_asked_cb (struct archive  *archive,
                  void            *user_data,
                  const void     **ret_bytes)
{
  SakUnpacker *self = user_data;
  gssize size = unpack (self);

  if (size < 0)
    archive_set_error (archive, EIO, "the source failed");
  *ret_bytes = self->output;
  return (la_ssize_t) size;
}

/* What failed below libarchive says more than that libarchive failed. */
static gboolean
take_failure (SakUnpacker  *self,
              const char   *reason,
              GError      **error)
{
  fail (self, SAK_ERROR_INVALID, reason);
  if (error != NULL)
    *error = g_error_copy (self->failure);
  return FALSE;
}

SakUnpacker *
sak_unpacker_new (SakAgeReader     *source,
                  SakUnpackerFlags  flags,
                  guint64           budget,
                  GCancellable     *cancellable)
{
  SakUnpacker *self = g_new0 (SakUnpacker, 1);

  self->source = source;
  self->cancellable = cancellable;
  self->budget = budget;
  sak_tar_gate_init (&self->gate);
  self->is_plain = (flags & SAK_UNPACKER_PLAIN) != 0;
  self->input_capacity = ZSTD_DStreamInSize ();
  self->input_buffer = g_malloc (self->input_capacity);
  self->output_size = ZSTD_DStreamOutSize ();
  self->output = g_malloc (self->output_size);
  self->zstd = ZSTD_createDCtx ();
  self->archive = archive_read_new ();
  g_assert (self->zstd != NULL && self->archive != NULL);
  ZSTD_DCtx_setParameter (self->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
  return self;
}

void
sak_unpacker_expect_time (SakUnpacker *self,
                          gint64       time)
{
  self->gate.time = time;
}

/* Not in new(): it reads already. */
static gboolean
open_archive (SakUnpacker  *self,
              GError      **error)
{
  if (self->is_open)
    return TRUE;
  if (archive_read_support_format_tar (self->archive) != ARCHIVE_OK ||
      archive_read_open (self->archive, self, NULL, archive_asked_cb, NULL) != ARCHIVE_OK)
    return take_failure (self, "there is no tar in it", error);
  self->is_open = TRUE;
  return TRUE;
}

static gboolean
is_plain_file (struct archive_entry *entry)
{
  return archive_entry_filetype (entry) == AE_IFREG && archive_entry_size_is_set (entry) &&
         archive_entry_size (entry) >= 0 && archive_entry_hardlink (entry) == NULL &&
         archive_entry_symlink (entry) == NULL && archive_entry_sparse_count (entry) == 0 &&
         archive_entry_xattr_count (entry) == 0 && archive_entry_acl_types (entry) == 0;
}

gboolean
sak_unpacker_next (SakUnpacker  *self,
                   const char   *path,
                   guint64       max_size,
                   guint64      *ret_size,
                   GError      **error)
{
  struct archive_entry *entry;

  if (!open_archive (self, error))
    return FALSE;
  if (archive_read_next_header (self->archive, &entry) != ARCHIVE_OK)
    return take_failure (self, "a member is missing, or its header is not valid", error);
  if (!is_plain_file (entry) || g_strcmp0 (archive_entry_pathname (entry), path) != 0)
    return take_failure (self, "a member is not the file that must stand there", error);
  self->member_size = (guint64) archive_entry_size (entry);
  self->member_done = 0;
  if (self->member_size > max_size)
    {
      fail (self, SAK_ERROR_TOO_LARGE, "a member is larger than it may be");
      return take_failure (self, "", error);
    }
  *ret_size = self->member_size;
  return TRUE;
}

gboolean
sak_unpacker_read (SakUnpacker  *self,
                   const void  **ret_bytes,
                   gsize        *ret_size,
                   GError      **error)
{
  la_int64_t offset;
  int result;

  /* An empty block is not the end. */
  do
    result = archive_read_data_block (self->archive, ret_bytes, ret_size, &offset);
  while (result == ARCHIVE_OK && *ret_size == 0);
  if (result == ARCHIVE_EOF)
    {
      *ret_size = 0;
      if (self->member_done != self->member_size)
        return take_failure (self, "a member is shorter than its header says", error);
      return TRUE;
    }
  if (result != ARCHIVE_OK || offset < 0 || (guint64) offset != self->member_done ||
      *ret_size > self->member_size - self->member_done)
    return take_failure (self, "a member cannot be read", error);
  self->member_done += *ret_size;
  return TRUE;
}

gboolean
sak_unpacker_finish (SakUnpacker  *self,
                     GError      **error)
{
  struct archive_entry *entry;
  const char *fault;
  guint64 tar_end;
  gssize size;

  if (archive_read_next_header (self->archive, &entry) != ARCHIVE_EOF)
    return take_failure (self, "there is a member too many", error);
  tar_end = (guint64) archive_filter_bytes (self->archive, 0);
  do
    size = unpack (self);
  while (size > 0);
  if (size < 0 || self->nonzero_end > tar_end)
    return take_failure (self, "something follows the end of the tar", error);
  fault = sak_tar_gate_finish (&self->gate);
  return fault == NULL || take_failure (self, fault, error);
}

void
sak_unpacker_free (SakUnpacker *self)
{
  if (self == NULL)
    return;
  archive_read_free (self->archive);
  ZSTD_freeDCtx (self->zstd);
  g_free (self->input_buffer);
  g_free (self->output);
  g_clear_error (&self->failure);
  g_free (self);
}
