/* sak-copy.c - taking one file out of a stream
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-copy-private.h"

#include "storage/sak-file-sink.h"
#include "storage/sak-file.h"

#define BLOCK_SIZE (256 * 1024)

static gboolean
copy_blocks (GInputStream   *content,
             GOutputStream  *sink,
             guint64         size,
             GCancellable   *cancellable,
             GError        **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint64 done = 0;
  gssize n;

  while ((n = g_input_stream_read (content, block, BLOCK_SIZE, cancellable, error)) > 0)
    {
      done += (guint64) n;
      if (done > size || !g_output_stream_write_all (sink, block, (gsize) n, NULL, cancellable, error))
        break;
    }
  if (n == 0 && done == size)
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a file of the copy has another size than was announced");
  return FALSE;
}

gboolean
sak_copy_to_file (GInputStream  *content,
                  const char    *path,
                  guint64        size,
                  GCancellable  *cancellable,
                  GError       **error)
{
  sak_autofd fd = sak_file_create (path, error);
  g_autoptr (GOutputStream) sink = NULL;
  g_autoptr (GError) local_error = NULL;

  if (fd < 0)
    return FALSE;
  sink = sak_file_sink_new (fd, path);
  if (copy_blocks (content, sink, size, cancellable, &local_error))
    return sak_file_sync (fd, path, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
sak_copy_to_memory (GInputStream  *content,
                    guint8        *bytes,
                    gsize          size,
                    GCancellable  *cancellable,
                    GError       **error)
{
  gsize got = 0;

  if (!g_input_stream_read_all (content, bytes, size, &got, cancellable, error))
    return FALSE;
  if (got == size)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a file of the copy has another size than was announced");
  return FALSE;
}
