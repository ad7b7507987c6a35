/* sak-picture-child.c - sakkhi-picture: one picture in, its pixels out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Started by sak-picture.c, never by a person.
 */
#include "config.h"

#include "crypto/sak-platform.h"
#include "ui/picture/sak-picture-private.h"
#include "ui/picture/sak-picture.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* More than any camera has; a file of a few bytes may claim far more. */
#define MAX_PIXELS (128 * 1000 * 1000)

/* The only decoders that are ever loaded. No SVG: that is a program more than a picture. */
static const char *const types[] = {
  "image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/heic",
  "image/heif", "image/avif", NULL,
};

typedef struct
{
  int max_side;
  gboolean is_too_large;
} Wish;

/* The size is known before the pixels are: what is too large is never decoded. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  Wish            *wish)
{
  double scale = (double) wish->max_side / MAX (width, height);

  if (width <= 0 || height <= 0 || (gint64) width * height > MAX_PIXELS)
    {
      wish->is_too_large = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
    }
  else if (scale < 1)
    gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (width * scale)), MAX (1, (int) (height * scale)));
}

static gboolean
feed (GdkPixbufLoader *loader,
      Wish            *wish)
{
  static guint8 buffer[64 * 1024];
  gsize total = 0;

  for (;;)
    {
      gssize n = read (STDIN_FILENO, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        return gdk_pixbuf_loader_close (loader, NULL);
      total += (gsize) n;
      wish->is_too_large |= total > SAK_PICTURE_MAX_BYTES;
      if (wish->is_too_large || !gdk_pixbuf_loader_write (loader, buffer, (gsize) n, NULL)
          || wish->is_too_large)
        return FALSE;
    }
}

/* A loader need not heed the size it was asked for. */
static GdkPixbuf *
finish_picture (GdkPixbuf *decoded,
                int        max_side)
{
  g_autoptr (GdkPixbuf) upright = gdk_pixbuf_apply_embedded_orientation (decoded);
  int width, height;
  double scale;

  if (upright == NULL)
    return NULL;
  width = gdk_pixbuf_get_width (upright);
  height = gdk_pixbuf_get_height (upright);
  scale = (double) max_side / MAX (width, height);
  if (scale < 1)
    {
      GdkPixbuf *smaller = gdk_pixbuf_scale_simple (upright, MAX (1, (int) (width * scale)),
                                                    MAX (1, (int) (height * scale)),
                                                    GDK_INTERP_BILINEAR);
      g_clear_object (&upright);
      upright = smaller;
    }
  return g_steal_pointer (&upright);
}

static gboolean
write_row (GdkPixbuf *pixbuf,
           int        y,
           guint8    *row)
{
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf) + (gsize) y * gdk_pixbuf_get_rowstride (pixbuf);
  int width = gdk_pixbuf_get_width (pixbuf);
  int n_channels = gdk_pixbuf_get_n_channels (pixbuf);

  for (int x = 0; x < width; x++, from += n_channels)
    {
      row[4 * x] = from[0];
      row[4 * x + 1] = from[1];
      row[4 * x + 2] = from[2];
      row[4 * x + 3] = n_channels == 4 ? from[3] : 0xff;
    }
  return sak_picture_write (row, 4 * (gsize) width);
}

static int
answer_with (GdkPixbuf *pixbuf)
{
  const SakPictureAnswer answer = {
    SAK_PICTURE_MAGIC, SAK_PICTURE_STATUS_OK,
    (guint32) gdk_pixbuf_get_width (pixbuf), (guint32) gdk_pixbuf_get_height (pixbuf),
  };
  g_autofree guint8 *row = g_malloc (4 * (gsize) answer.width);

  if (!sak_picture_write ((const guint8 *) &answer, sizeof answer))
    return 1;
  for (guint y = 0; y < answer.height; y++)
    if (!write_row (pixbuf, (int) y, row))
      return 1;
  return 0;
}

static int
decode (GdkPixbufLoader *loader,
        int              max_side)
{
  Wish wish = { max_side, FALSE };
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &wish);
  if (feed (loader, &wish) && gdk_pixbuf_loader_get_pixbuf (loader) != NULL)
    pixbuf = finish_picture (gdk_pixbuf_loader_get_pixbuf (loader), max_side);
  if (pixbuf == NULL)
    return sak_picture_refuse (wish.is_too_large ? SAK_PICTURE_STATUS_TOO_LARGE : SAK_PICTURE_STATUS_UNREADABLE);
  return answer_with (pixbuf);
}

/* Returns: the exit status. The decoder's module is loaded before the process is confined,
 * and no byte of the picture is read before that.
 */
int
sak_picture_child_main (int    argc,
                        char **argv)
{
  guint64 max_side;
  GdkPixbufLoader *loader;

  sak_platform_harden_process ();
  (void) prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (argc != 3 || !g_ascii_string_to_unsigned (argv[1], 10, 1, SAK_PICTURE_MAX_SIDE, &max_side, NULL))
    return sak_picture_refuse (SAK_PICTURE_STATUS_FAILED);
  if (!g_strv_contains (types, argv[2]))
    return sak_picture_refuse (SAK_PICTURE_STATUS_UNREADABLE);
  loader = gdk_pixbuf_loader_new_with_mime_type (argv[2], NULL);
  if (loader == NULL)
    return sak_picture_refuse (SAK_PICTURE_STATUS_UNREADABLE);
  if (!sak_picture_confine ())
    return sak_picture_refuse (SAK_PICTURE_STATUS_FAILED);
  return decode (loader, (int) max_side);
}
