/* sak-json.c - reading JSON strictly and writing it canonically (RFC 8785)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever sak_json_parse() accepts has one canonical form, and that form is accepted
 * again: digests and signatures stand on it. Error messages tell where, never what.
 */
#include "config.h"

#include "storage/model/sak-json.h"

#include <math.h>
#include <string.h>

/* Above it two integers share one double, and readers in other languages differ. */
#define MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)
/* From here on the canonical form of a number has an exponent. */
#define MIN_EXPONENT_FORM 1e21
#define MAX_DIGITS 17

/* Reading */

/* Before jansson, whose recursion would otherwise go 2048 levels deep. */
static gboolean
check_depth (const char  *text,
             gsize        size,
             GError     **error)
{
  gboolean in_string = FALSE;
  gsize depth = 0;

  for (gsize i = 0; i < size; i++)
    {
      char c = text[i];

      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (!in_string && (c == '{' || c == '['))
        depth++;
      else if (!in_string && (c == '}' || c == ']') && depth > 0)
        depth--;
      if (depth > SAK_JSON_MAX_DEPTH)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                       "JSON is nested deeper than %d levels", SAK_JSON_MAX_DEPTH);
          return FALSE;
        }
    }
  return TRUE;
}

/* Refuses also reals such as 1e16: their canonical form is an integer too large to be
 * read again.
 */
static gboolean
is_number_exact (const json_t *number)
{
  double real;

  if (json_is_integer (number))
    return json_integer_value (number) <= MAX_INTEGER
        && json_integer_value (number) >= -MAX_INTEGER;
  real = fabs (json_real_value (number));
  return real <= (double) MAX_INTEGER || real >= MIN_EXPONENT_FORM;
}

static gboolean
check_numbers (const json_t  *value,
               GError       **error)
{
  const char *key;
  json_t *child;
  gsize i;

  if (json_is_number (value) && !is_number_exact (value))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID,
                           "JSON has an integer beyond 2^53");
      return FALSE;
    }
  json_object_foreach ((json_t *) value, key, child)
    if (!check_numbers (child, error))
      return FALSE;
  json_array_foreach (value, i, child)
    if (!check_numbers (child, error))
      return FALSE;
  return TRUE;
}

/* Not jansson's own message: that quotes the text. */
static const char *
describe_fault (const json_error_t *fault)
{
  switch (json_error_code (fault))
    {
    case json_error_invalid_utf8:
      return "not UTF-8";
    case json_error_premature_end_of_input:
      return "the end is missing";
    case json_error_end_of_input_expected:
      return "something follows the end";
    case json_error_null_character:
    case json_error_null_byte_in_key:
      return "a NUL character";
    case json_error_duplicate_key:
      return "a member is there twice";
    case json_error_numeric_overflow:
      return "a number is too large";
    default:
      return "wrong syntax";
    }
}

/**
 * sak_json_parse:
 * @size: in bytes, or -1 for a terminated string
 *
 * Any JSON value, bare ones too. Refused as INVALID: syntax errors, bytes that are not UTF-8,
 * duplicate members, NUL characters, nesting beyond SAK_JSON_MAX_DEPTH, integers beyond
 * ±2^53; as TOO_LARGE: more than SAK_JSON_MAX_SIZE bytes.
 */
json_t *
sak_json_parse (const char  *text,
                gssize       size,
                GError     **error)
{
  gsize length = size < 0 ? strlen (text) : (gsize) size;
  g_autoptr (json_t) value = NULL;
  json_error_t fault;

  if (length > SAK_JSON_MAX_SIZE)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE,
                   "JSON of %" G_GSIZE_FORMAT " bytes; the limit is %d", length, SAK_JSON_MAX_SIZE);
      return NULL;
    }
  if (!check_depth (text, length, error))
    return NULL;
  value = json_loadb (text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
  if (value == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                   "JSON is not readable at line %d, column %d: %s",
                   fault.line, fault.column, describe_fault (&fault));
      return NULL;
    }
  if (!check_numbers (value, error))
    return NULL;
  return g_steal_pointer (&value);
}

/**
 * sak_json_parse_canonical:
 *
 * As sak_json_parse(), and the text must be the value's one canonical form, byte for byte.
 */
json_t *
sak_json_parse_canonical (const char  *text,
                          gssize       size,
                          GError     **error)
{
  gsize length = size < 0 ? strlen (text) : (gsize) size;
  g_autoptr (json_t) value = sak_json_parse (text, size, error);
  g_autoptr (GString) canonical = NULL;

  if (value == NULL)
    return NULL;
  canonical = g_string_sized_new (length + 1);
  sak_json_append_canonical (canonical, value);
  if (canonical->len != length || memcmp (canonical->str, text, length) != 0)
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "JSON is not in canonical form");
      return NULL;
    }
  return g_steal_pointer (&value);
}

/* Writing */

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
      if (is_number_exact (value))
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

/**
 * sak_json_to_pretty:
 *
 * For people: indented, members in the order they have.
 */
char *
sak_json_to_pretty (const json_t *value)
{
  char *dumped = json_dumps (value, JSON_INDENT (2) | JSON_ENCODE_ANY);
  char *text = g_strdup (dumped);

  free (dumped);
  return text;
}

/* Values */

static json_t *
normalise_object (const json_t *object)
{
  g_autoptr (json_t) copy = json_object ();
  const char *key;
  json_t *child;

  json_object_foreach ((json_t *) object, key, child)
    {
      g_autofree char *normal_key = g_utf8_normalize (key, -1, G_NORMALIZE_NFC);
      json_t *normal_child = sak_json_normalise_nfc (child);

      if (normal_key == NULL || normal_child == NULL || json_object_get (copy, normal_key) != NULL)
        {
          json_decref (normal_child);
          return NULL;
        }
      json_object_set_new (copy, normal_key, normal_child);
    }
  return g_steal_pointer (&copy);
}

static json_t *
normalise_array (const json_t *array)
{
  g_autoptr (json_t) copy = json_array ();
  json_t *child;
  gsize i;

  json_array_foreach (array, i, child)
    {
      json_t *normal_child = sak_json_normalise_nfc (child);

      if (normal_child == NULL)
        return NULL;
      json_array_append_new (copy, normal_child);
    }
  return g_steal_pointer (&copy);
}

/**
 * sak_json_normalise_nfc:
 *
 * Returns: (transfer full) (nullable): a copy with all text, keys too, in Unicode's form C;
 *   NULL where two keys of one object become the same by that
 */
json_t *
sak_json_normalise_nfc (const json_t *value)
{
  g_autofree char *text = NULL;

  if (json_is_object (value))
    return normalise_object (value);
  if (json_is_array (value))
    return normalise_array (value);
  if (!json_is_string (value))
    return json_deep_copy (value);
  text = g_utf8_normalize (json_string_value (value), (gssize) json_string_length (value),
                           G_NORMALIZE_NFC);
  return text != NULL ? json_string (text) : NULL;
}

const char *
sak_json_get_text (const json_t *object,
                   const char   *name)
{
  return json_string_value (json_object_get (object, name));
}
