/* sak-money.c - sums of money, exact to the ten-thousandth, and their currencies
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-money.h"

#include <math.h>
#include <string.h>

/* Those of the region first: it is the order in which they are offered. */
static const char currencies[][4] = {
  "THB", "MMK", "KHR", "LAK", "VND", "USD", "MYR", "SGD", "IDR", "PHP", "CNY", "TWD", "JPY", "KRW", "EUR",
  "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD",
  "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "COP",
  "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "FJD", "FKP", "GBP", "GEL",
  "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "ILS", "INR", "IQD", "IRR", "ISK",
  "JMD", "JOD", "KES", "KGS", "KMF", "KPW", "KWD", "KYD", "KZT", "LBP", "LKR", "LRD", "LSL", "LYD", "MAD",
  "MDL", "MGA", "MKD", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MZN", "NAD", "NGN", "NIO", "NOK",
  "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR",
  "SBD", "SCR", "SDG", "SEK", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "TJS", "TMT",
  "TND", "TOP", "TRY", "TTD", "TZS", "UAH", "UGX", "UYU", "UZS", "VES", "VUV", "WST", "XAF", "XCD", "XOF",
  "XPF", "YER", "ZAR", "ZMW", "ZWG", "BUK", "TPE", "",
};

static gint64
scale_fraction (const char *digits,
                gsize       n_digits)
{
  gint64 fraction = 0;

  for (gsize i = 0; i < SAK_DECIMAL_MAX_FRACTION; i++)
    fraction = 10 * fraction + (i < n_digits ? digits[i] - '0' : 0);
  return fraction;
}

gboolean
sak_decimal_parse (const char *text,
                   gint64     *ret_decimal)
{
  gsize n_whole = strspn (text, "0123456789");
  const char *point = text + n_whole;
  gsize n_fraction = *point == '.' ? strspn (point + 1, "0123456789") : 0;
  gint64 whole = 0;

  if (n_whole == 0 || n_whole > SAK_DECIMAL_MAX_WHOLE || (text[0] == '0' && n_whole > 1))
    return FALSE;
  if (*point == '.' && (n_fraction == 0 || n_fraction > SAK_DECIMAL_MAX_FRACTION))
    return FALSE;
  if (point[*point == '.' ? 1 + n_fraction : 0] != '\0')
    return FALSE;
  for (gsize i = 0; i < n_whole; i++)
    whole = 10 * whole + (text[i] - '0');
  *ret_decimal = whole * SAK_DECIMAL_ONE + scale_fraction (point + 1, n_fraction);
  return TRUE;
}

gboolean
sak_decimal_from_number (const json_t *number,
                         gint64       *ret_decimal)
{
  double value = json_number_value (number);

  if (!json_is_number (number) || !(value >= 0 && value < 1e12))
    return FALSE;
  *ret_decimal = (gint64) llround (value * (double) SAK_DECIMAL_ONE);
  return TRUE;
}

char *
sak_decimal_to_text (gint64 decimal)
{
  guint64 size = decimal < 0 ? 0 - (guint64) decimal : (guint64) decimal;
  guint64 fraction = size % SAK_DECIMAL_ONE;
  GString *text = g_string_new (decimal < 0 ? "-" : "");

  g_string_append_printf (text, "%" G_GUINT64_FORMAT, size / SAK_DECIMAL_ONE);
  if (fraction == 0)
    return g_string_free (text, FALSE);
  g_string_append_printf (text, ".%04" G_GUINT64_FORMAT, fraction);
  while (text->str[text->len - 1] == '0')
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

gboolean
sak_decimal_multiply (gint64  a,
                      gint64  b,
                      gint64 *ret_product)
{
  gint64 wholes, rest, share;

  /* a × b = a × (whole part of b) + a × (rest of b), so that nothing overflows unseen. */
  if (__builtin_mul_overflow (a, b / SAK_DECIMAL_ONE, &wholes)
      || __builtin_mul_overflow (a, b % SAK_DECIMAL_ONE, &rest)
      || __builtin_add_overflow (rest, rest < 0 ? -SAK_DECIMAL_ONE / 2 : SAK_DECIMAL_ONE / 2, &share))
    return FALSE;
  return !__builtin_add_overflow (wholes, share / SAK_DECIMAL_ONE, ret_product);
}

gboolean
sak_decimal_add (gint64  a,
                 gint64  b,
                 gint64 *ret_sum)
{
  return !__builtin_add_overflow (a, b, ret_sum);
}

gboolean
sak_currency_is_known (const char *code)
{
  for (gsize i = 0; code != NULL && *code != '\0' && i < G_N_ELEMENTS (currencies); i++)
    if (strcmp (currencies[i], code) == 0)
      return TRUE;
  return FALSE;
}

const char *
sak_currency_get_nth (guint n)
{
  return n < G_N_ELEMENTS (currencies) ? currencies[n] : "";
}

gboolean
sak_money_read (const json_t  *money,
                gint64        *ret_amount,
                const char   **ret_currency)
{
  const char *amount = json_string_value (json_object_get (money, "amount"));
  const char *currency = json_string_value (json_object_get (money, "currency"));

  if (amount == NULL || !sak_currency_is_known (currency) || !sak_decimal_parse (amount, ret_amount))
    return FALSE;
  *ret_currency = currency;
  return TRUE;
}
