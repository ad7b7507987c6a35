/* sak-picture.c - has a picture decoded by a child process, and believes little of what it says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/picture/sak-picture.h"

#include "crypto/sak-crypto.h"
#include "ui/picture/sak-picture-private.h"
#include "ui/picture/sak-picture-process.h"

#define PROGRAM "sakkhi-picture"
#define PAGES_PROGRAM "sakkhi-pages"

void
sak_picture_set_program (const char *path,
                         guint       timeout_ms)
{
  sak_picture_process_set_program (path, timeout_ms);
}

gboolean
sak_picture_has_pages (const char *type)
{
  return g_str_equal (type, "application/pdf");
}

void
sak_picture_free (SakPicture *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->pixels);
  g_free (self);
}

static gboolean
start_child (SakPictureProcess  *child,
             const char         *type,
             guint               page,
             guint               max_side,
             GCancellable       *cancellable,
             GError            **error)
{
  gboolean is_pages = sak_picture_has_pages (type);
  g_autofree char *side = g_strdup_printf ("%u", max_side);
  g_autofree char *number = g_strdup_printf ("%u", page);
  char *arguments[] = { side, (char *) type, is_pages ? number : NULL, NULL };

  return sak_picture_process_start (child, is_pages ? PAGES_PROGRAM : PROGRAM, arguments, cancellable, error);
}

static gboolean
receive_answer (SakPictureProcess  *child,
                SakPictureAnswer   *ret_answer,
                guint               max_side,
                GError            **error)
{
  gssize n = sak_picture_process_receive (child, ret_answer, sizeof *ret_answer, error);

  if (n < 0)
    return FALSE;
  if (n != sizeof *ret_answer || ret_answer->magic != SAK_PICTURE_MAGIC)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the picture's reader broke down");
  else if (ret_answer->status == SAK_PICTURE_STATUS_UNREADABLE)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "the picture cannot be read");
  else if (ret_answer->status == SAK_PICTURE_STATUS_TOO_LARGE)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "the picture is too large");
  else if (ret_answer->status == SAK_PICTURE_STATUS_ENCRYPTED)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_PASSPHRASE, "the pages ask for a password");
  else if (ret_answer->status != SAK_PICTURE_STATUS_OK || ret_answer->width == 0
           || ret_answer->height == 0 || ret_answer->width > max_side || ret_answer->height > max_side
           || ret_answer->n_pages > SAK_PICTURE_MAX_PAGES)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the picture's reader answers nonsense");
  else
    return TRUE;
  return FALSE;
}

typedef struct
{
  gsize size;
  guint8 bytes[];
} Pixels;

static void
wipe_pixels (gpointer data)
{
  Pixels *pixels = data;

  sak_wipe (pixels->bytes, pixels->size);
  g_free (pixels);
}

static SakPicture *
receive_picture (SakPictureProcess  *child,
                 guint               max_side,
                 GError            **error)
{
  SakPictureAnswer answer;
  SakPicture *self;
  Pixels *pixels;
  gsize size;
  gssize n;
  char more;

  if (!receive_answer (child, &answer, max_side, error))
    return NULL;
  size = 4 * (gsize) answer.width * answer.height;
  pixels = g_try_malloc (sizeof *pixels + size);
  if (pixels == NULL)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "no memory for the picture");
      return NULL;
    }
  pixels->size = size;
  n = sak_picture_process_receive (child, pixels->bytes, size, error);
  if (n < 0 || (gsize) n < size || sak_picture_process_receive (child, &more, 1, error) != 0)
    {
      wipe_pixels (pixels);
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the picture's reader broke down");
      return NULL;
    }
  self = g_new0 (SakPicture, 1);
  self->width = answer.width;
  self->height = answer.height;
  self->n_pages = answer.n_pages;
  self->pixels = g_bytes_new_with_free_func (pixels->bytes, size, wipe_pixels, pixels);
  return self;
}

/**
 * sak_picture_decode_page:
 * @stream: the file, as it is; read to its end, not closed
 * @type: what its first bytes say it is, such as "image/jpeg"
 * @page: of what has pages, the first is 1; beyond the last one it is the last
 * @max_side: the picture is made smaller to fit, at most %SAK_PICTURE_MAX_SIDE
 *
 * For a worker's thread: it waits for the child, ten seconds at most. Upright as EXIF has it;
 * of what moves, the first frame.
 *
 * Returns: the picture, or NULL with INVALID (cannot be read), TOO_LARGE, PASSPHRASE (pages
 * with a password), FAILED (the reader broke down, took too long, or could not be confined),
 * cancelled, or the stream's own error.
 */
SakPicture *
sak_picture_decode_page (GInputStream  *stream,
                         const char    *type,
                         guint          page,
                         guint          max_side,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  SakPicture *self = NULL;
  SakPictureProcess child = { 0 };

  g_return_val_if_fail (max_side > 0 && max_side <= SAK_PICTURE_MAX_SIDE, NULL);

  if (!start_child (&child, type, page, max_side, cancellable, error))
    return NULL;
  if (sak_picture_process_send (&child, stream, &local_error))
    self = receive_picture (&child, max_side, &local_error);
  sak_picture_process_stop (&child);
  if (self == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return self;
}

SakPicture *
sak_picture_decode (GInputStream  *stream,
                    const char    *type,
                    guint          max_side,
                    GCancellable  *cancellable,
                    GError       **error)
{
  return sak_picture_decode_page (stream, type, 1, max_side, cancellable, error);
}
