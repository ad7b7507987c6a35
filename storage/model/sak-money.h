/* sak-money.h - sums of money, exact to the ten-thousandth, and their currencies
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A sum is { "amount": "2800.50", "currency": "THB" }. The amount is text, because a JSON number
 * passes through doubles in most programs that read it. Here it is counted in ten-thousandths.
 */
#pragma once

#include <jansson.h>

#include <glib.h>

G_BEGIN_DECLS

#define SAK_DECIMAL_ONE G_GINT64_CONSTANT (10000)
/* Digits before the point, and after it. */
#define SAK_DECIMAL_MAX_WHOLE 12
#define SAK_DECIMAL_MAX_FRACTION 4
#define SAK_MONEY_PATTERN "^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?$"

/* Not negative, no sign, no grouping: SAK_MONEY_PATTERN. */
gboolean sak_decimal_parse       (const char   *text,
                                  gint64       *ret_decimal);
/* A JSON number, as near as ten-thousandths go; FALSE where it is too large or negative. */
gboolean sak_decimal_from_number (const json_t *number,
                                  gint64       *ret_decimal);
/* Without zeros at the end; "-" for what is below zero. */
char    *sak_decimal_to_text     (gint64        decimal) G_GNUC_WARN_UNUSED_RESULT;
/* Rounded half up where the product is finer; FALSE where it is too large. */
gboolean sak_decimal_multiply    (gint64        a,
                                  gint64        b,
                                  gint64       *ret_product);
gboolean sak_decimal_add         (gint64        a,
                                  gint64        b,
                                  gint64       *ret_sum);

/* ISO 4217, with those that went out of use since 1990 in this region. */
gboolean sak_currency_is_known   (const char   *code);
/* Every code, for choosing; "" after the last. */
const char *sak_currency_get_nth (guint         n);

/* FALSE where @money is no such object. @ret_currency is borrowed from it. */
gboolean sak_money_read          (const json_t *money,
                                  gint64       *ret_amount,
                                  const char  **ret_currency);

G_END_DECLS
