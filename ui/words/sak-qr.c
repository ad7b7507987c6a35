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

/* A larger code is hard to read from a screen by an old camera; then rather the lower level. */
#define LOWER_LEVEL QR_ECLEVEL_L
#define MAX_WIDTH (17 + 4 * 25)

/* Eleven bits for two characters, where there are no others. */
#define DENSE "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

static gboolean
is_dense (SakSecret *text)
{
  const char *at = (const char *) sak_secret_get_bytes (text);

  for (gsize i = 0; i < sak_secret_get_size (text); i++)
    if (at[i] == '\0' || strchr (DENSE, at[i]) == NULL)
      return FALSE;
  return TRUE;
}

static QRcode *
encode (SakSecret *text,
        QRecLevel  level)
{
  QRinput *input = QRinput_new2 (0, level);
  QRcode *code = NULL;

  if (input == NULL)
    return NULL;
  if (QRinput_append (input, is_dense (text) ? QR_MODE_AN : QR_MODE_8, (int) sak_secret_get_size (text),
                      sak_secret_get_bytes (text)) == 0)
    code = QRcode_encodeInput (input);
  QRinput_free (input);
  return code;
}

static void
free_code (QRcode *code)
{
  sak_wipe (code->data, (gsize) code->width * (gsize) code->width);
  QRcode_free (code);
}

static QRcode *
encode_readably (SakSecret *text)
{
  QRcode *code = encode (text, LEVEL);
  QRcode *lower = code == NULL || code->width > MAX_WIDTH ? encode (text, LOWER_LEVEL) : NULL;

  if (lower == NULL)
    return code;
  if (code != NULL)
    free_code (code);
  return lower;
}

/**
 * sak_qr_encode:
 *
 * Returns: (transfer full): the modules; or NULL with TOO_LARGE, over 2953 bytes
 */
SakSecret *
sak_qr_encode (SakSecret  *text,
               guint      *ret_width,
               GError    **error)
{
  gsize size = sak_secret_get_size (text);
  QRcode *code = size == 0 || size > G_MAXINT16 ? NULL : encode_readably (text);
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
  free_code (code);
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
