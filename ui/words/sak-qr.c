/* sak-qr.c - text as a QR code: which modules are dark
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-qr.h"

#include "crypto/sak-crypto.h"

#include <errno.h>
#include <qrencode.h>
#include <string.h>

/* The middle of the standard's levels: a page is folded, gets wet, is photographed askew. */
#define LEVEL QR_ECLEVEL_M

/**
 * sak_qr_encode:
 *
 * Returns: (transfer full): the modules; or NULL with TOO_LARGE, over 2331 bytes
 */
SakSecret *
sak_qr_encode (SakSecret  *text,
               guint      *ret_width,
               GError    **error)
{
  gsize size = sak_secret_get_size (text);
  QRcode *code = size == 0 || size > G_MAXINT16 ? NULL
                 : QRcode_encodeData ((int) size, sak_secret_get_bytes (text), 0, LEVEL);
  SakSecret *modules;

  if (code == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE, "%" G_GSIZE_FORMAT " bytes do not fit a QR code", size);
      return NULL;
    }
  *ret_width = (guint) code->width;
  modules = sak_secret_new ((gsize) code->width * (gsize) code->width);
  for (gsize i = 0; i < sak_secret_get_size (modules); i++)
    sak_secret_get_bytes (modules)[i] = code->data[i] & 1;
  sak_wipe (code->data, sak_secret_get_size (modules));
  QRcode_free (code);
  return modules;
}

static gboolean
is_dark (SakSecret *modules,
         guint      width,
         guint      x,
         guint      y)
{
  if (x < SAK_QR_MARGIN || y < SAK_QR_MARGIN || x >= width + SAK_QR_MARGIN || y >= width + SAK_QR_MARGIN)
    return FALSE;
  return sak_secret_get_bytes (modules)[(y - SAK_QR_MARGIN) * width + x - SAK_QR_MARGIN] != 0;
}

SakSecret *
sak_qr_to_half_blocks (SakSecret *modules,
                       guint      width)
{
  static const char blocks[4][4] = { " ", "\u2580", "\u2584", "\u2588" };
  guint side = width + 2 * SAK_QR_MARGIN;
  g_autoptr (SakSecret) text = sak_secret_new ((gsize) (side + 1) / 2 * (side * 3 + 1) + 1);
  char *at = (char *) sak_secret_get_bytes (text);

  for (guint y = 0; y < side; y += 2)
    {
      for (guint x = 0; x < side; x++)
        at = g_stpcpy (at, blocks[is_dark (modules, width, x, y) | is_dark (modules, width, x, y + 1) << 1]);
      at = g_stpcpy (at, "\n");
    }
  return sak_secret_new_copy (sak_secret_get_bytes (text), (gsize) (at - (char *) sak_secret_get_bytes (text)));
}
