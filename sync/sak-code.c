/* sak-code.c - the code of a contact card, to be read aloud and compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-code.h"

#include "crypto/sak-check-digits.h"

#include <string.h>

#define GROUP_SIZE (SAK_CODE_GROUP_DIGITS + 1)

/* Divides the big-endian number in place; returns the remainder. */
static guint
divide (guint8 *number,
        gsize   size,
        guint   divisor)
{
  guint32 remainder = 0;

  for (gsize i = 0; i < size; i++)
    {
      guint32 part = remainder << 8 | number[i];

      number[i] = (guint8) (part / divisor);
      remainder = part % divisor;
    }
  return remainder;
}

/* The digest as a number, modulo 10^32: 106 bits, with no bias that matters. */
char *
sak_code_from_digest (const guint8 digest[static SAK_SHA256_SIZE])
{
  guint8 number[SAK_SHA256_SIZE];
  guint groups[SAK_CODE_N_GROUPS];
  GString *code = g_string_new (NULL);

  memcpy (number, digest, sizeof number);
  for (int i = SAK_CODE_N_GROUPS - 1; i >= 0; i--)
    groups[i] = divide (number, sizeof number, 10000);
  for (int i = 0; i < SAK_CODE_N_GROUPS; i++)
    {
      gsize start;

      if (i > 0)
        g_string_append_c (code, ' ');
      start = code->len;
      g_string_append_printf (code, "%04u", groups[i]);
      g_string_append_c (code, (char) ('0' + sak_damm_check_digit (code->str + start,
                                                                   SAK_CODE_GROUP_DIGITS)));
    }
  return g_string_free (code, FALSE);
}

guint
sak_code_find_mistyped (const char *code)
{
  char digits[SAK_CODE_N_GROUPS * GROUP_SIZE + 1];
  gsize n = 0;

  for (const char *p = code; *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = sak_typed_digit (g_utf8_get_char (p));

      if (digit == SAK_TYPED_SEPARATOR)
        continue;
      if (digit == SAK_TYPED_OTHER || n == sizeof digits - 1)
        return MIN (n / GROUP_SIZE + 1, SAK_CODE_N_GROUPS);
      digits[n++] = (char) ('0' + digit);
    }
  for (guint group = 0; group < SAK_CODE_N_GROUPS; group++)
    {
      if ((group + 1) * GROUP_SIZE > n ||
          sak_damm_check_digit (digits + group * GROUP_SIZE, GROUP_SIZE) != 0)
        return group + 1;
    }
  return 0;
}
