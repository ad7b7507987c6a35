/* sak-scan.c - looks for QR codes in pictures, outside this process and the vault's thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-scan.h"

#include "storage/sak-media-type.h"
#include "storage/sak-worker.h"
#include "ui/picture/sak-codes.h"

#define HEAD_SIZE 4096

/* One of path, bytes and grey. */
typedef struct
{
  char *path;
  GBytes *bytes;
  GBytes *grey;
  guint width;
  guint height;
} Scan;

static void
free_scan (gpointer data)
{
  Scan *scan = data;

  g_free (scan->path);
  g_clear_pointer (&scan->bytes, g_bytes_unref);
  g_clear_pointer (&scan->grey, g_bytes_unref);
  g_free (scan);
}

static void
free_codes (gpointer codes)
{
  g_ptr_array_unref (codes);
}

static SakWorker *
get_worker (void)
{
  static SakWorker *worker;

  if (worker == NULL)
    worker = sak_worker_new ();
  return worker;
}

static gboolean
set_refused (GError     **error,
             SakError     code,
             const char  *words)
{
  g_set_error_literal (error, SAK_ERROR, code, words);
  return FALSE;
}

static gboolean
check_file (GFile         *file,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE ","
                                                  G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable,
                                                  error);

  if (info == NULL)
    return FALSE;
  /* A pipe may have no end. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    return set_refused (error, SAK_ERROR_INVALID, "this is no file");
  if (g_file_info_get_size (info) > SAK_SCAN_MAX_SIZE)
    return set_refused (error, SAK_ERROR_TOO_LARGE, "the picture is too large");
  return TRUE;
}

static GInputStream *
open_stream (const Scan    *scan,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GFile) file = scan->path != NULL ? g_file_new_for_path (scan->path) : NULL;

  if (file == NULL)
    return g_memory_input_stream_new_from_bytes (scan->bytes);
  if (!check_file (file, cancellable, error))
    return NULL;
  return G_INPUT_STREAM (g_file_read (file, cancellable, error));
}

/* What kind of picture it is, its first bytes say. */
static gpointer
find_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Scan *scan = data;
  g_autoptr (GInputStream) stream = NULL;
  guint8 head[HEAD_SIZE];
  const char *type;
  gsize size;

  if (scan->grey != NULL)
    return sak_codes_find (scan->grey, scan->width, scan->height, cancellable, error);
  stream = open_stream (scan, cancellable, error);
  if (stream == NULL || !g_input_stream_read_all (stream, head, sizeof head, &size, cancellable, error) ||
      !g_seekable_seek (G_SEEKABLE (stream), 0, G_SEEK_SET, cancellable, error))
    return NULL;
  type = sak_media_type_guess (head, size);
  if (g_str_has_prefix (type, "image/"))
    return sak_codes_find_in_picture (stream, type, cancellable, error);
  set_refused (error, SAK_ERROR_INVALID, "this is no picture");
  return NULL;
}

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *codes = sak_worker_run_finish (SAK_WORKER (source), result, &error);

  if (codes != NULL)
    g_task_return_pointer (task, codes, free_codes);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
scan_async (Scan                *scan,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, scan_async);
  sak_worker_run_async (get_worker (), find_job, scan, free_scan, free_codes, cancellable, scanned_cb, task);
}

void
sak_scan_file_async (const char          *path,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Scan *scan = g_new0 (Scan, 1);

  scan->path = g_strdup (path);
  scan_async (scan, cancellable, callback, user_data);
}

void
sak_scan_bytes_async (GBytes              *bytes,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  Scan *scan = g_new0 (Scan, 1);

  scan->bytes = g_bytes_ref (bytes);
  scan_async (scan, cancellable, callback, user_data);
}

void
sak_scan_grey_async (GBytes              *grey,
                     guint                width,
                     guint                height,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  Scan *scan = g_new0 (Scan, 1);

  scan->grey = g_bytes_ref (grey);
  scan->width = width;
  scan->height = height;
  scan_async (scan, cancellable, callback, user_data);
}

GPtrArray *
sak_scan_finish (GAsyncResult  *result,
                 GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
