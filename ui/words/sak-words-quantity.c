/* sak-words-quantity.c - sums of money and lengths of time, typed and read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-answer.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "storage/model/sak-money.h"
#include "ui/words/sak-words-number.h"

#define NARROW_SPACE "\u202f"

static const struct
{
  const char *code;
  const char *name;
} currencies[] = {
  { "THB", N_("Thai baht") },
  { "MMK", N_("Myanmar kyat") },
  { "LAK", N_("Lao kip") },
  { "KHR", N_("Cambodian riel") },
  { "VND", N_("Vietnamese dong") },
  { "MYR", N_("Malaysian ringgit") },
  { "USD", N_("US dollar") },
};

static const struct
{
  const char *code;
  const char *name;
} units[] = {
  { "minutes", NC_("unit of time", "minutes") },
  { "hours", NC_("unit of time", "hours") },
  { "days", NC_("unit of time", "days") },
  { "weeks", NC_("unit of time", "weeks") },
  { "months", NC_("unit of time", "months") },
  { "years", NC_("unit of time", "years") },
};

const char *
sak_words_name_currency (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (g_strcmp0 (currencies[i].code, code) == 0)
      return _(currencies[i].name);
  return NULL;
}

const char *
sak_words_get_currency (guint n)
{
  return n < G_N_ELEMENTS (currencies) ? currencies[n].code : NULL;
}

const char *
sak_words_name_unit (const char *unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (units[i].code, unit) == 0)
      return g_dpgettext2 (NULL, "unit of time", units[i].name);
  return NULL;
}

const char *
sak_words_get_unit (guint n)
{
  return n < G_N_ELEMENTS (units) ? units[n].code : NULL;
}

/* Digits of every script as ASCII, without blanks; NULL where anything else stands among them. */
static char *
make_plain (const char *typed)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = typed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isdigit (c))
        g_string_append_c (plain, (char) ('0' + g_unichar_digit_value (c)));
      else if (c == ',' || c == '.')
        g_string_append_c (plain, (char) c);
      else if (!g_unichar_isspace (c) && c != '\'' && c != 0x2019)
        return NULL;
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* The last of two kinds of mark is the decimal point. One that stands once, before three digits,
 * groups them: no currency here has thousandths, and Viet Nam writes 2.800 where Thailand
 * writes 2,800.
 */
static const char *
find_point (const char *plain)
{
  const char *comma = strrchr (plain, ','), *dot = strrchr (plain, '.');
  const char *last = comma > dot ? comma : dot;

  if (last == NULL)
    return NULL;
  if (comma != NULL && dot != NULL)
    return last;
  if (strchr (plain, *last) != last || strlen (last + 1) == 3)
    return NULL;
  return last;
}

char *
sak_words_read_amount (const char *typed)
{
  g_autofree char *plain = g_utf8_validate (typed, -1, NULL) ? make_plain (typed) : NULL;
  g_autoptr (GString) amount = g_string_new (NULL);
  const char *point = plain != NULL ? find_point (plain) : NULL;
  gint64 unused;

  if (plain == NULL || *plain == '\0')
    return NULL;
  for (const char *at = plain; *at != '\0'; at++)
    if (at == point)
      g_string_append_c (amount, '.');
    else if (g_ascii_isdigit (*at))
      g_string_append_c (amount, *at);
  while (amount->len > 1 && amount->str[0] == '0' && g_ascii_isdigit (amount->str[1]))
    g_string_erase (amount, 0, 1);
  if (!sak_decimal_parse (amount->str, &unused))
    return NULL;
  return g_string_free (g_steal_pointer (&amount), FALSE);
}

char *
sak_words_amount (const char *amount)
{
  gsize n_whole = strcspn (amount, ".");
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < n_whole; i++)
    {
      if (i > 0 && (n_whole - i) % 3 == 0)
        g_string_append (words, NARROW_SPACE);
      g_string_append_c (words, amount[i]);
    }
  g_string_append (words, amount + n_whole);
  return sak_words_digits (words->str);
}

/* "months" is a unit of spans, "month" one of wages. */
static gboolean
is_unit (const char *unit,
         const char *plural)
{
  return strncmp (unit, plural, strlen (plural) - 1) == 0;
}

char *
sak_words_count_unit (const char *unit,
                      const char *number,
                      gulong      n)
{
  if (is_unit (unit, "minutes"))
    /* Translators: a length of time, as all that follow; %s is a number, perhaps with a decimal point */
    return g_strdup_printf (ngettext ("%s minute", "%s minutes", n), number);
  if (is_unit (unit, "hours"))
    return g_strdup_printf (ngettext ("%s hour", "%s hours", n), number);
  if (is_unit (unit, "days"))
    return g_strdup_printf (ngettext ("%s day", "%s days", n), number);
  if (is_unit (unit, "weeks"))
    return g_strdup_printf (ngettext ("%s week", "%s weeks", n), number);
  if (is_unit (unit, "months"))
    return g_strdup_printf (ngettext ("%s month", "%s months", n), number);
  if (is_unit (unit, "years"))
    return g_strdup_printf (ngettext ("%s year", "%s years", n), number);
  return g_strdup_printf ("%s %s", number, unit);
}

char *
sak_words_span (const json_t *span)
{
  const json_t *number = json_object_get (span, "number");
  const char *unit = sak_json_get_text (span, "unit");
  const char *said = sak_json_get_text (span, "said");
  double value = json_number_value (number);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *written = NULL;
  g_autofree char *counted = NULL;

  if (number == NULL || unit == NULL)
    return g_strdup (said != NULL ? said : "");
  written = sak_words_digits (g_ascii_formatd (digits, sizeof digits, "%.10g", value));
  counted = sak_words_count_unit (unit, written,
                                  value == floor (value) && value >= 0 && value < 1e6 ? (gulong) value : 2);
  if (said == NULL || *said == '\0')
    return g_steal_pointer (&counted);
  /* Translators: %1$s a length of time, %2$s the words in which somebody said it */
  return g_strdup_printf (_("%1$s (“%2$s”)"), counted, said);
}
