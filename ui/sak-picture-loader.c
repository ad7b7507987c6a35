/* sak-picture-loader.c - a picture of the vault as a texture, decoded outside this process
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vault's thread only opens the stream. Reading it, and waiting for the child that
 * decodes, is done on threads of pictures' own: a picture that hangs holds up no saving.
 */
#include "config.h"

#include "ui/sak-picture-loader.h"

#include "storage/sak-media-type.h"
#include "ui/picture/sak-picture.h"

/* Up to here it is a thumbnail; a large picture does not queue behind them. */
#define SMALL_SIDE 512
#define HEAD_SIZE 4096

typedef struct
{
  GInputStream *stream;
  char *path;                   /* of a file outside the vault, until it is opened; else NULL */
  char *type;
  guint page;
  guint max_side;
  guint n_pages;                /* once it is known */
} Load;

static void
free_load (gpointer data)
{
  Load *load = data;

  g_clear_object (&load->stream);
  g_free (load->path);
  g_free (load->type);
  g_free (load);
}

static SakWorker *
get_worker (guint max_side)
{
  static SakWorker *small, *large;
  SakWorker **worker = max_side <= SMALL_SIDE ? &small : &large;

  if (*worker == NULL)
    *worker = sak_worker_new ();
  return *worker;
}

static void
free_picture (gpointer data)
{
  sak_picture_free (data);
}

/* Its type is told from its first bytes, as it is when a file is taken in. */
static gboolean
open_file (Load          *load,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (load->path);
  guint8 head[HEAD_SIZE];
  gsize size;

  load->stream = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  if (load->stream == NULL || !g_input_stream_read_all (load->stream, head, sizeof head, &size, cancellable, error) ||
      !g_seekable_seek (G_SEEKABLE (load->stream), 0, G_SEEK_SET, cancellable, error))
    return FALSE;
  load->type = g_strdup (sak_media_type_guess (head, size));
  return TRUE;
}

static gpointer
decode_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Load *load = data;

  if (load->path != NULL && !open_file (load, cancellable, error))
    return NULL;
  return sak_picture_decode_page (load->stream, load->type, load->page, load->max_side, cancellable, error);
}

static void
decoded_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakPicture) picture = sak_worker_run_finish (SAK_WORKER (source), result, &error);

  if (picture == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    {
      ((Load *) g_task_get_task_data (task))->n_pages = picture->n_pages;
      g_task_return_pointer (task,
                             gdk_memory_texture_new ((int) picture->width, (int) picture->height,
                                                     GDK_MEMORY_R8G8B8A8, picture->pixels,
                                                     4 * (gsize) picture->width),
                             g_object_unref);
    }
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  Load *load = g_task_get_task_data (task);

  load->stream = sak_session_call_finish (result, &error);
  if (load->stream == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    sak_worker_run_async (get_worker (load->max_side), decode_job, load, NULL, free_picture,
                          g_task_get_cancellable (task), decoded_cb, g_object_ref (task));
}

gboolean
sak_picture_can_load (const SakMediaInfo *info)
{
  if (sak_picture_has_pages (info->type))
    return info->size_bytes <= SAK_PICTURE_MAX_PAGES_BYTES;
  return g_str_has_prefix (info->type, "image/") && info->size_bytes <= SAK_PICTURE_MAX_BYTES;
}

/* The answer comes on the main thread; errors as sak_picture_decode() and the vault give them. */
void
sak_picture_load_page_async (SakSession          *session,
                             const SakMediaInfo  *info,
                             guint                page,
                             guint                max_side,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, sak_picture_load_page_async);
  load->type = g_strdup (info->type);
  load->page = page;
  load->max_side = max_side;
  g_task_set_task_data (task, load, free_load);
  sak_session_open_media (session, info->sha256, cancellable, opened_cb, task);
}

void
sak_picture_load_file_async (const char          *path,
                             guint                max_side,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, sak_picture_load_file_async);
  load->path = g_strdup (path);
  load->page = 1;
  load->max_side = max_side;
  g_task_set_task_data (task, load, free_load);
  sak_worker_run_async (get_worker (max_side), decode_job, load, NULL, free_picture, cancellable, decoded_cb, task);
}

GdkTexture *
sak_picture_load_page_finish (GAsyncResult  *result,
                              guint         *ret_n_pages,
                              GError       **error)
{
  const Load *load = g_task_get_task_data (G_TASK (result));
  GdkTexture *texture = g_task_propagate_pointer (G_TASK (result), error);

  if (texture != NULL && ret_n_pages != NULL)
    *ret_n_pages = load->n_pages;
  return texture;
}

void
sak_picture_load_async (SakSession          *session,
                        const SakMediaInfo  *info,
                        guint                max_side,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  sak_picture_load_page_async (session, info, 1, max_side, cancellable, callback, user_data);
}

GdkTexture *
sak_picture_load_finish (GAsyncResult  *result,
                         GError       **error)
{
  return sak_picture_load_page_finish (result, NULL, error);
}
