/* sak-parts-split.c - a bundle cut into files that `cat` joins
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At the bounds of age's chunks, so that every part but the first can be judged by itself as
 * soon as the header is there.
 */
#include "config.h"

#include "sync/sak-parts.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crypto/sak-age.h"
#include "crypto/sak-hex.h"
#include "sync/sak-meter.h"
#include "sync/sak-new-file.h"
#include "sync/sak-part-name.h"

#define SEALED_CHUNK (SAK_AGE_CHUNK_SIZE + 16)
#define VERSION_LINE "age-encryption.org/v1\n"
#define END_OF_HEADER "\n--- "
#define BLOCK_SIZE (256 * 1024)

typedef struct
{
  const char *folder;
  char *name;
  GInputStream *source;
  guint64 size;
  guint64 first_size;           /* of the first part; the others have whole chunks alone */
  guint64 part_size;
  guint n_parts;
  SakMeter *meter;
  GPtrArray *files;             /* names of those that are complete */
  GString *list;
} Split;

static void
split_clear (Split *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->source);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  if (self->list != NULL)
    g_string_free (self->list, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Split, split_clear)

static gboolean
refuse (GError     **error,
        SakError     code,
        const char  *what)
{
  g_set_error (error, SAK_ERROR, (int) code, "%s", what);
  return FALSE;
}

/* Header and nonce: nothing is authenticated here, only its end is looked for. */
static gboolean
find_payload (GInputStream  *source,
              GCancellable  *cancellable,
              gsize         *ret_offset,
              GError       **error)
{
  g_autofree char *start = g_malloc (SAK_AGE_MAX_HEADER_SIZE);
  GError *read_error = NULL;
  const char *end, *line_end;
  gsize size;

  if (!g_input_stream_read_all (source, start, SAK_AGE_MAX_HEADER_SIZE, &size, cancellable, &read_error))
    {
      sak_propagate_io_error (error, read_error);
      return FALSE;
    }
  end = size > strlen (VERSION_LINE) && memcmp (start, VERSION_LINE, strlen (VERSION_LINE)) == 0 ?
        memmem (start, size, END_OF_HEADER, strlen (END_OF_HEADER)) : NULL;
  line_end = end != NULL ? memchr (end + 1, '\n', size - (gsize) (end + 1 - start)) : NULL;
  if (line_end == NULL)
    return refuse (error, SAK_ERROR_INVALID, "this is no bundle");
  *ret_offset = (gsize) (line_end + 1 - start) + SAK_AGE_NONCE_SIZE;
  return TRUE;
}

static gboolean
plan (Split    *self,
      guint64   max_bytes,
      gsize     payload,
      GError  **error)
{
  guint64 n_parts;

  if (max_bytes < payload + SEALED_CHUNK || max_bytes > G_MAXINT64)
    return refuse (error, SAK_ERROR_TOO_LARGE, "a part must have room for the beginning of the bundle and 64 KiB");
  self->first_size = payload + (max_bytes - payload) / SEALED_CHUNK * SEALED_CHUNK;
  self->part_size = max_bytes / SEALED_CHUNK * SEALED_CHUNK;
  n_parts = self->size <= self->first_size ? 1
            : 1 + (self->size - self->first_size + self->part_size - 1) / self->part_size;
  if (n_parts > SAK_PARTS_MAX)
    return refuse (error, SAK_ERROR_TOO_LARGE, "so many parts are too many: make them larger");
  self->n_parts = (guint) n_parts;
  return TRUE;
}

GArray *
sak_parts_measure (GInputStream  *source,
                   guint64        size,
                   guint64        max_bytes,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Split self = { .size = size };
  GArray *ends;
  gsize payload;

  if (!find_payload (source, cancellable, &payload, error) || !plan (&self, max_bytes, payload, error))
    return NULL;
  ends = g_array_sized_new (FALSE, FALSE, sizeof (guint64), self.n_parts);
  for (guint i = 0; i < self.n_parts; i++)
    {
      guint64 end = MIN (self.first_size + i * self.part_size, size);

      g_array_append_val (ends, end);
    }
  return ends;
}

/* Up to @size bytes, less only at the end of the file. */
static gboolean
copy_bytes (Split          *self,
            GOutputStream  *sink,
            guint64         size,
            SakSha256      *hash,
            GError        **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  GError *io_error = NULL;
  gsize got = 1;

  for (; size > 0 && got > 0; size -= got)
    {
      if (!g_input_stream_read_all (self->source, block, MIN (size, BLOCK_SIZE), &got, self->meter->cancellable,
                                    &io_error) ||
          !g_output_stream_write_all (sink, block, got, NULL, self->meter->cancellable, &io_error))
        {
          sak_propagate_io_error (error, io_error);
          return FALSE;
        }
      sak_sha256_update (hash, block, got);
      if (!sak_meter_add (self->meter, got, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
finish_file (Split       *self,
             SakNewFile  *file,
             const char  *name,
             GError     **error)
{
  if (!sak_new_file_sync (file, error) || !sak_new_file_publish (file, error))
    return FALSE;
  g_ptr_array_add (self->files, g_strdup (name));
  return TRUE;
}

static gboolean
write_part (Split    *self,
            guint     number,
            GError  **error)
{
  g_autofree char *name = sak_part_name_make (self->name, number, self->n_parts);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (SakNewFile) file = sak_new_file_new (path, error);
  g_autofree char *hex = NULL;
  guint8 digest[SAK_SHA256_SIZE];
  guint64 size = number == 1 ? self->first_size : self->part_size;
  SakSha256 hash;

  sak_sha256_init (&hash);
  if (file == NULL || !copy_bytes (self, sak_new_file_get_stream (file), size, &hash, error))
    return FALSE;
  sak_sha256_finish (&hash, digest);
  hex = sak_hex_encode (digest, sizeof digest);
  g_string_append_printf (self->list, "%s  %s\n", hex, name);
  return finish_file (self, file, name, error);
}

static gboolean
write_list (Split    *self,
            GError  **error)
{
  g_autofree char *name = sak_part_list_make (self->name);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (SakNewFile) file = sak_new_file_new (path, error);
  GError *io_error = NULL;

  if (file == NULL)
    return FALSE;
  if (!g_output_stream_write_all (sak_new_file_get_stream (file), self->list->str, self->list->len, NULL,
                                  self->meter->cancellable, &io_error))
    {
      sak_propagate_io_error (error, io_error);
      return FALSE;
    }
  return finish_file (self, file, name, error);
}

static gboolean
write_all (Split    *self,
           GError  **error)
{
  for (guint i = 1; i <= self->n_parts; i++)
    if (!write_part (self, i, error))
      return FALSE;
  return write_list (self, error);
}

static void
remove_written (Split *self)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      g_autofree char *path = g_build_filename (self->folder, g_ptr_array_index (self->files, i), NULL);

      (void) g_unlink (path);
    }
}

static gboolean
open_source (Split         *self,
             const char    *filename,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (filename);
  g_autoptr (GFileInfo) info = NULL;
  GError *io_error = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, &io_error);
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return refuse (error, SAK_ERROR_INVALID, "this is no file");
  if (info != NULL)
    self->source = G_INPUT_STREAM (g_file_read (file, cancellable, &io_error));
  if (self->source == NULL)
    {
      sak_propagate_io_error (error, io_error);
      return FALSE;
    }
  self->size = (guint64) g_file_info_get_size (info);
  return TRUE;
}

GPtrArray *
sak_parts_split (const char       *filename,
                 const char       *folder,
                 const char       *name,
                 guint64           max_bytes,
                 SakProgressFunc   progress,
                 gpointer          progress_data,
                 GCancellable     *cancellable,
                 GError          **error)
{
  SakMeter meter = { progress, progress_data, cancellable, 0, 0, 0 };
  g_auto (Split) self = { .folder = folder, .meter = &meter };
  GError *io_error = NULL;
  gsize payload;

  self.name = name != NULL ? g_strdup (name) : g_path_get_basename (filename);
  self.files = g_ptr_array_new_with_free_func (g_free);
  self.list = g_string_new (NULL);
  if (!open_source (&self, filename, cancellable, error) ||
      !find_payload (self.source, cancellable, &payload, error) || !plan (&self, max_bytes, payload, error))
    return NULL;
  if (!g_seekable_seek (G_SEEKABLE (self.source), 0, G_SEEK_SET, cancellable, &io_error))
    {
      sak_propagate_io_error (error, io_error);
      return NULL;
    }
  meter.total_bytes = self.size;
  if (!write_all (&self, error))
    {
      remove_written (&self);
      return NULL;
    }
  sak_meter_finish (&meter);
  return g_steal_pointer (&self.files);
}
