/* sak-check-digits.c - decimal codes to be read aloud, each group with its check digit
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Damm's check digit rather than Luhn's: it finds every wrong digit and every swap of
 * neighbours, and needs no letter.
 */
#include "config.h"

#include "sync/sak-check-digits.h"

#include <string.h>

#define GROUP_SIZE (SAK_CODE_GROUP_DIGITS + 1)

/* H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004), order 10. */
static const guint8 quasigroup[10][10] = {
  { 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 },
  { 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
  { 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 },
  { 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
  { 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 },
  { 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
  { 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 },
  { 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
  { 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 },
  { 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

/* Of digits with their check digit at the end it is 0. */
int
sak_damm_check_digit (const char *digits,
                      gsize       n_digits)
{
  int interim = 0;

  for (gsize i = 0; i < n_digits; i++)
    {
      g_return_val_if_fail (g_ascii_isdigit (digits[i]), -1);
      interim = quasigroup[interim][digits[i] - '0'];
    }
  return interim;
}

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
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        continue;
      /* Thai, Burmese, Khmer and Lao digits are typed too. */
      if (!g_unichar_isdigit (c) || n == sizeof digits - 1)
        return MIN (n / GROUP_SIZE + 1, SAK_CODE_N_GROUPS);
      digits[n++] = (char) ('0' + g_unichar_digit_value (c));
    }
  for (guint group = 0; group < SAK_CODE_N_GROUPS; group++)
    {
      if ((group + 1) * GROUP_SIZE > n ||
          sak_damm_check_digit (digits + group * GROUP_SIZE, GROUP_SIZE) != 0)
        return group + 1;
    }
  return 0;
}
