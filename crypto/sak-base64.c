/* sak-base64.c - reading base64 strictly
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-base64.h"

#include <sodium.h>

/**
 * sak_base64_decode:
 * @room: how much @bytes can hold; more text than that is refused
 *
 * Canonical text only: libsodium refuses filling bits that are not zero, and padding or white
 * space where @variant has none. But it takes bytes above 0x7f for a slash (1.0.18, seen), so
 * that one text would have many spellings; they are refused here.
 */
gboolean
sak_base64_decode (const char *text,
                   gsize       length,
                   int         variant,
                   guint8     *bytes,
                   gsize       room,
                   gsize      *ret_size)
{
  for (gsize i = 0; i < length; i++)
    {
      if ((guint8) text[i] >= 0x80)
        return FALSE;
    }
  return sodium_base642bin (bytes, room, text, length, NULL, ret_size, NULL, variant) == 0;
}
