/* sak-json-canonical.c - writing JSON in its one canonical form (RFC 8785)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-json-private.h"

#include <math.h>
#include <string.h>

#define MAX_DIGITS 17

static void
append_string (GString    *out,
               const char *text,
               gsize       size)
{
  static const char short_escapes[] = "btn?fr";     /* from 0x08 on; 0x0b has none */
  gsize copied = 0;

  g_string_append_c (out, '"');
  for (gsize i = 0; i < size; i++)
    {
      guchar c = (guchar) text[i];

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (out, text + copied, i - copied);
      copied = i + 1;
      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c >= 0x08 && c <= 0x0d && c != 0x0b)
        g_string_append_printf (out, "\\%c", short_escapes[c - 0x08]);
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append_len (out, text + copied, size - copied);
  g_string_append_c (out, '"');
}

/* Adds one unit in the last of @mantissa's digits ("1.299e-05" becomes "1.300e-05").
 * Returns FALSE on a carry out of the first digit, where a shorter form would have fitted.
 */
static gboolean
bump_last_digit (char *mantissa)
{
  char *last = strchr (mantissa, 'e') - 1;

  for (; last >= mantissa; last--)
    {
      if (*last == '.')
        continue;
      if (*last != '9')
        {
          (*last)++;
          return TRUE;
        }
      *last = '0';
    }
  return FALSE;
}

/* The fewest digits that read back as @real, and of those the closest, as "d.ddde±xx".
 * Below a power of two the doubles lie twice as dense as above it, so there the nearest
 * decimal can miss while the next one up fits: without the second try 2^-44 would get
 * one digit too many.
 */
static void
find_shortest (double real,
               char   text[G_ASCII_DTOSTR_BUF_SIZE])
{
  int exponent;
  gboolean is_power_of_two = frexp (real, &exponent) == 0.5;

  for (int digits = 1; digits <= MAX_DIGITS; digits++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%de", digits - 1);
      g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, format, real);
      if (g_ascii_strtod (text, NULL) == real)
        return;
      if (is_power_of_two && bump_last_digit (text) && g_ascii_strtod (text, NULL) == real)
        return;
    }
}

/* ECMAScript's Number::toString, which RFC 8785 §3.2.2.3 prescribes. */
static void
append_real (GString *out,
             double   real)
{
  char shortest[G_ASCII_DTOSTR_BUF_SIZE];
  char digits[MAX_DIGITS + 1];
  int n_digits = 0;
  int point;

  if (real == 0)
    {
      g_string_append_c (out, '0');             /* minus zero too */
      return;
    }
  if (real < 0)
    g_string_append_c (out, '-');
  find_shortest (fabs (real), shortest);
  for (const char *c = shortest; *c != 'e'; c++)
    if (*c != '.' && n_digits < MAX_DIGITS)
      digits[n_digits++] = *c;
  digits[n_digits] = '\0';
  point = (int) g_ascii_strtoll (strchr (shortest, 'e') + 1, NULL, 10) + 1;

  if (n_digits <= point && point <= 21)
    g_string_append_printf (out, "%s%.*s", digits, point - n_digits, "00000000000000000000");
  else if (0 < point && point <= 21)
    g_string_append_printf (out, "%.*s.%s", point, digits, digits + point);
  else if (-6 < point && point <= 0)
    g_string_append_printf (out, "0.%.*s%s", -point, "00000", digits);
  else
    g_string_append_printf (out, "%c%s%se%+d", digits[0], n_digits > 1 ? "." : "", digits + 1,
                            point - 1);
}

/* UTF-8 sorts by code point, which is the order of UTF-16 but for the characters beyond
 * U+FFFF: their surrogates come before U+E000 to U+FFFF, whose first bytes are EE and EF.
 */
static int
weigh_byte (guchar byte)
{
  return byte == 0xee || byte == 0xef ? byte + 0x10 : byte;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const guchar *left = *(const guchar *const *) a;
  const guchar *right = *(const guchar *const *) b;

  while (*left != '\0' && *left == *right)
    {
      left++;
      right++;
    }
  return weigh_byte (*left) - weigh_byte (*right);
}

static void
append_object (GString      *out,
               const json_t *object)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_sized_new ((guint) json_object_size (object));
  const char *key;
  json_t *child;

  json_object_foreach ((json_t *) object, key, child)
    g_ptr_array_add (keys, (gpointer) key);
  g_ptr_array_sort (keys, compare_keys);
  g_string_append_c (out, '{');
  for (guint i = 0; i < keys->len; i++)
    {
      key = g_ptr_array_index (keys, i);
      if (i > 0)
        g_string_append_c (out, ',');
      append_string (out, key, strlen (key));
      g_string_append_c (out, ':');
      sak_json_append_canonical (out, json_object_get (object, key));
    }
  g_string_append_c (out, '}');
}

static void
append_array (GString      *out,
              const json_t *array)
{
  json_t *child;
  gsize i;

  g_string_append_c (out, '[');
  json_array_foreach (array, i, child)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      sak_json_append_canonical (out, child);
    }
  g_string_append_c (out, ']');
}

/**
 * sak_json_append_canonical:
 * @value: no deeper than the stack allows; parsed values never are
 *
 * Appends the canonical form, without a line end.
 */
void
sak_json_append_canonical (GString      *out,
                           const json_t *value)
{
  switch (json_typeof (value))
    {
    case JSON_OBJECT:
      append_object (out, value);
      break;
    case JSON_ARRAY:
      append_array (out, value);
      break;
    case JSON_STRING:
      append_string (out, json_string_value (value), json_string_length (value));
      break;
    case JSON_INTEGER:
      /* ECMAScript knows doubles only; beyond 2^53 the shortest digits are not these. */
      if (json_integer_value (value) <= SAK_JSON_MAX_INTEGER
          && json_integer_value (value) >= -SAK_JSON_MAX_INTEGER)
        g_string_append_printf (out, "%" JSON_INTEGER_FORMAT, json_integer_value (value));
      else
        append_real (out, (double) json_integer_value (value));
      break;
    case JSON_REAL:
      append_real (out, json_real_value (value));
      break;
    case JSON_TRUE:
      g_string_append (out, "true");
      break;
    case JSON_FALSE:
      g_string_append (out, "false");
      break;
    case JSON_NULL:
    default:
      g_string_append (out, "null");
      break;
    }
}

char *
sak_json_to_canonical (const json_t *value)
{
  GString *out = g_string_new (NULL);

  sak_json_append_canonical (out, value);
  return g_string_free (out, FALSE);
}
