/* sak-codes.c - has codes looked for by a child process, and believes little of what it says
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/picture/sak-codes.h"

#include "crypto/sak-crypto.h"
#include "ui/picture/sak-codes-private.h"
#include "ui/picture/sak-picture-process.h"

#define PROGRAM "sakkhi-codes"
/* A code across a third of a photo has, at this size, some eight pixels to the module. */
#define PHOTO_SIDE 3200
/* Up to here it is looked at once. */
#define SMALL_SIDE 1600

static gboolean
receive_head (SakPictureProcess  *child,
              guint              *ret_n_codes,
              GError            **error)
{
  SakCodesAnswer answer;
  gssize n = sak_picture_process_receive (child, &answer, sizeof answer, error);

  if (n < 0)
    return FALSE;
  if (n != sizeof answer || answer.magic != SAK_CODES_MAGIC)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the reader of codes broke down");
  else if (answer.status != SAK_PICTURE_STATUS_OK || answer.n_codes > SAK_CODES_MAX)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the reader of codes answers nonsense");
  else
    {
      *ret_n_codes = answer.n_codes;
      return TRUE;
    }
  return FALSE;
}

/* NULL without an error: it ended too early, or claims too much. */
static SakSecret *
receive_code (SakPictureProcess  *child,
              GError            **error)
{
  g_autoptr (SakSecret) code = NULL;
  guint32 size;
  gssize n = sak_picture_process_receive (child, &size, sizeof size, error);

  if (n != sizeof size || size == 0 || size > SAK_CODES_MAX_SIZE)
    return NULL;
  code = sak_secret_new (size);
  n = sak_picture_process_receive (child, sak_secret_get_bytes (code), size, error);
  return n == (gssize) size ? g_steal_pointer (&code) : NULL;
}

static GPtrArray *
receive_codes (SakPictureProcess  *child,
               GError            **error)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_secret_unref);
  guint n_codes;
  char more;
  gssize n;

  if (!receive_head (child, &n_codes, error))
    return NULL;
  while (codes->len < n_codes)
    {
      SakSecret *code = receive_code (child, error);

      if (code == NULL)
        break;
      g_ptr_array_add (codes, code);
    }
  n = codes->len == n_codes ? sak_picture_process_receive (child, &more, 1, error) : -1;
  if (n == 0)
    return g_steal_pointer (&codes);
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, SAK_ERROR, SAK_ERROR_FAILED, "the reader of codes answers nonsense");
  return NULL;
}

GPtrArray *
sak_codes_find (GBytes        *grey,
                guint          width,
                guint          height,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (grey);
  g_autofree char *width_text = g_strdup_printf ("%u", width);
  g_autofree char *height_text = g_strdup_printf ("%u", height);
  char *arguments[] = { width_text, height_text, NULL };
  g_autoptr (GError) local_error = NULL;
  SakPictureProcess child = { 0 };
  GPtrArray *codes = NULL;

  g_return_val_if_fail (width > 0 && width <= SAK_CODES_MAX_SIDE && height > 0 && height <= SAK_CODES_MAX_SIDE, NULL);
  g_return_val_if_fail (g_bytes_get_size (grey) == (gsize) width * height, NULL);

  if (!sak_picture_process_start (&child, PROGRAM, arguments, cancellable, error))
    return NULL;
  if (sak_picture_process_send (&child, stream, &local_error))
    codes = receive_codes (&child, &local_error);
  sak_picture_process_stop (&child);
  if (codes == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return codes;
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

static guint
get_grey (const guint8 *rgba)
{
  guint light = (77u * rgba[0] + 150u * rgba[1] + 29u * rgba[2]) >> 8;

  /* What is transparent is seen as on paper. */
  return (light * rgba[3] + 255u * (255u - rgba[3])) / 255u;
}

/* Each pixel is the mean of @step times @step of the picture's. */
static GBytes *
make_grey (const SakPicture *picture,
           guint             step,
           guint            *ret_width,
           guint            *ret_height)
{
  const guint8 *rgba = g_bytes_get_data (picture->pixels, NULL);
  guint width = picture->width / step, height = picture->height / step;
  Pixels *pixels = g_malloc (sizeof *pixels + (gsize) width * height);
  guint8 *at = pixels->bytes;

  pixels->size = (gsize) width * height;
  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      {
        guint sum = 0;

        for (guint i = 0; i < step * step; i++)
          sum += get_grey (rgba + 4 * ((gsize) (y * step + i / step) * picture->width + x * step + i % step));
        *at++ = (guint8) (sum / (step * step));
      }
  *ret_width = width;
  *ret_height = height;
  return g_bytes_new_with_free_func (pixels->bytes, pixels->size, wipe_pixels, pixels);
}

static GPtrArray *
find_at (const SakPicture  *picture,
         guint              step,
         GCancellable      *cancellable,
         GError           **error)
{
  guint width, height;
  g_autoptr (GBytes) grey = make_grey (picture, step, &width, &height);

  return sak_codes_find (grey, width, height, cancellable, error);
}

GPtrArray *
sak_codes_find_in_picture (GInputStream  *stream,
                           const char    *type,
                           GCancellable  *cancellable,
                           GError       **error)
{
  g_autoptr (SakPicture) picture = sak_picture_decode (stream, type, PHOTO_SIDE, cancellable, error);
  g_autoptr (GPtrArray) codes = NULL;

  if (picture == NULL)
    return NULL;
  /* Smaller first: it is quicker, and a photo of a screen has less of the screen's own pattern. */
  if (MAX (picture->width, picture->height) > SMALL_SIDE && MIN (picture->width, picture->height) > 1)
    {
      codes = find_at (picture, 2, cancellable, error);
      if (codes == NULL || codes->len > 0)
        return g_steal_pointer (&codes);
      g_clear_pointer (&codes, g_ptr_array_unref);
    }
  return find_at (picture, 1, cancellable, error);
}
