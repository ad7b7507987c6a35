/* sak-hex.c - bytes as lower-case hexadecimal text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-hex.h"

#include <string.h>

char *
sak_hex_encode (const guint8 *bytes,
                gsize         size)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (size * 2 + 1);

  for (gsize i = 0; i < size; i++)
    {
      text[2 * i] = digits[bytes[i] >> 4];
      text[2 * i + 1] = digits[bytes[i] & 15];
    }
  text[size * 2] = '\0';
  return text;
}

static int
digit_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  return -1;
}

/**
 * sak_hex_decode:
 * @size: how many bytes @text must hold
 *
 * Strict, so that one value has one spelling: exactly 2 × @size lower-case digits.
 */
gboolean
sak_hex_decode (const char *text,
                guint8     *bytes,
                gsize       size)
{
  if (strlen (text) != size * 2)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    {
      int high = digit_value (text[2 * i]);
      int low = digit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      bytes[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}
