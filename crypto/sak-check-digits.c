/* sak-check-digits.c - decimal digits that people type, and the digit that finds their slips
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Damm's check digit rather than Luhn's: it finds every wrong digit and every swap of
 * neighbours, and needs no letter.
 */
#include "config.h"

#include "crypto/sak-check-digits.h"

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

/* In a code's writing spaces, hyphens and what is invisible say nothing. */
static gboolean
is_separator (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_DASH_PUNCTUATION:
    case G_UNICODE_FORMAT:      /* zero width, soft hyphen, byte order mark */
      return TRUE;
    default:
      return g_unichar_isspace (c) || c == 0x2212;      /* the minus sign */
    }
}

int
sak_typed_digit (gunichar c)
{
  if (g_unichar_isdigit (c))
    return g_unichar_digit_value (c);
  return is_separator (c) ? SAK_TYPED_SEPARATOR : SAK_TYPED_OTHER;
}
