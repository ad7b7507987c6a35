/* sak-uuid.c - record ids: random UUIDs (RFC 9562, version 4)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-uuid.h"

#include <string.h>

#define TEXT_SIZE 36

static gboolean
is_hyphen_position (int i)
{
  return i == 8 || i == 13 || i == 18 || i == 23;
}

char *
sak_uuid_from_bytes (const guint8 bytes[static SAK_UUID_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (TEXT_SIZE + 1);
  int nibble = 0;

  for (int i = 0; i < TEXT_SIZE; i++)
    {
      if (is_hyphen_position (i))
        {
          text[i] = '-';
          continue;
        }
      text[i] = digits[nibble % 2 == 0 ? bytes[nibble / 2] >> 4 : bytes[nibble / 2] & 15];
      nibble++;
    }
  text[TEXT_SIZE] = '\0';
  return text;
}

/* Strict: lower case and hyphens in place, so that one id has one spelling. */
gboolean
sak_uuid_to_bytes (const char *text,
                   guint8      bytes[static SAK_UUID_SIZE])
{
  int nibble = 0;

  if (strlen (text) != TEXT_SIZE)
    return FALSE;
  memset (bytes, 0, SAK_UUID_SIZE);
  for (int i = 0; i < TEXT_SIZE; i++)
    {
      if (is_hyphen_position (i))
        {
          if (text[i] != '-')
            return FALSE;
          continue;
        }
      if (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
      bytes[nibble / 2] |= g_ascii_xdigit_value (text[i]) << (nibble % 2 == 0 ? 4 : 0);
      nibble++;
    }
  return TRUE;
}

gboolean
sak_uuid_is_valid (const char *text)
{
  guint8 bytes[SAK_UUID_SIZE];

  return text != NULL && sak_uuid_to_bytes (text, bytes);
}
