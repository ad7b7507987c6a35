/* sak-codes-child.c - sakkhi-codes: grey pixels in, what stands in their QR codes out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Started by sak-codes.c, never by a person.
 */
#include "config.h"

#include "crypto/sak-platform.h"
#include "ui/picture/sak-codes-private.h"
#include "ui/picture/sak-codes.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>
#include <zbar.h>

static int
refuse (void)
{
  const SakCodesAnswer answer = { SAK_CODES_MAGIC, SAK_PICTURE_STATUS_FAILED, 0 };

  return sak_picture_write ((const guint8 *) &answer, sizeof answer) ? 0 : 1;
}

static gboolean
read_pixels (guint8 *pixels,
             gsize   size)
{
  while (size > 0)
    {
      gssize n = read (STDIN_FILENO, pixels, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      pixels += n;
      size -= (gsize) n;
    }
  return TRUE;
}

/* QR codes alone, light on dark too, and their bytes as they are. */
static zbar_image_scanner_t *
make_scanner (void)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();

  if (scanner != NULL &&
      (zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0) != 0 ||
       zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1) != 0 ||
       zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1) != 0 ||
       zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_TEST_INVERTED, 1) != 0))
    return NULL;
  return scanner;
}

static gboolean
fits (const zbar_symbol_t *symbol)
{
  guint size = zbar_symbol_get_data_length (symbol);

  return zbar_symbol_get_type (symbol) == ZBAR_QRCODE && size > 0 && size <= SAK_CODES_MAX_SIZE;
}

static int
answer_with (const zbar_image_t *image)
{
  SakCodesAnswer answer = { SAK_CODES_MAGIC, SAK_PICTURE_STATUS_OK, 0 };
  guint n = 0;

  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
       symbol = zbar_symbol_next (symbol))
    answer.n_codes += fits (symbol) && answer.n_codes < SAK_CODES_MAX;
  if (!sak_picture_write ((const guint8 *) &answer, sizeof answer))
    return 1;
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL && n < answer.n_codes;
       symbol = zbar_symbol_next (symbol))
    {
      guint32 size = zbar_symbol_get_data_length (symbol);

      if (!fits (symbol))
        continue;
      n++;
      if (!sak_picture_write ((const guint8 *) &size, sizeof size) ||
          !sak_picture_write ((const guint8 *) zbar_symbol_get_data (symbol), size))
        return 1;
    }
  return 0;
}

static int
find (zbar_image_scanner_t *scanner,
      guint                 width,
      guint                 height)
{
  g_autofree guint8 *pixels = g_try_malloc ((gsize) width * height);
  zbar_image_t *image = zbar_image_create ();

  if (pixels == NULL || image == NULL || !read_pixels (pixels, (gsize) width * height))
    return refuse ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, pixels, (gulong) width * height, NULL);
  if (zbar_scan_image (scanner, image) < 0)
    return refuse ();
  return answer_with (image);
}

/* Returns: the exit status. No pixel is read before the process is confined. */
int
sak_codes_child_main (int    argc,
                      char **argv)
{
  guint64 width, height;
  zbar_image_scanner_t *scanner;

  sak_platform_harden_process ();
  (void) prctl (PR_SET_PDEATHSIG, SIGKILL);
  if (argc != 3 || !g_ascii_string_to_unsigned (argv[1], 10, 1, SAK_CODES_MAX_SIDE, &width, NULL) ||
      !g_ascii_string_to_unsigned (argv[2], 10, 1, SAK_CODES_MAX_SIDE, &height, NULL))
    return refuse ();
  scanner = make_scanner ();
  if (scanner == NULL || !sak_picture_confine ())
    return refuse ();
  return find (scanner, (guint) width, (guint) height);
}
