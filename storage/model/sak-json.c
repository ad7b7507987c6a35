/* sak-json.c - reading JSON strictly, and its text in one form
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever sak_json_parse() accepts has one canonical form, and that form is accepted
 * again: digests and signatures stand on it. Error messages tell where, never what.
 */
#include "config.h"

#include "storage/model/sak-json-private.h"

#include "storage/model/sak-path.h"

#include <math.h>
#include <string.h>

/* From here on the canonical form of a number has an exponent. */
#define MIN_EXPONENT_FORM 1e21

/* Reading */

/* As jansson counts: the line from 1, the column in characters, that of the fault among them. */
static void
refuse_at (const char   *text,
           gsize         offset,
           SakError      code,
           const char   *why,
           int           limit,
           GError      **error)
{
  guint line = 1, column = 0;

  for (gsize i = 0; i <= offset; i++)
    if (text[i] == '\n')
      line++, column = 0;
    else if ((text[i] & 0xc0) != 0x80)
      column++;
  g_set_error (error, SAK_ERROR, code, "JSON is not readable at line %u, column %u: %s %d", line, column, why, limit);
}

/* Before jansson, whose recursion would otherwise go 2048 levels deep, and which makes
 * gigabytes of 16 MiB of "{},{},". Syntax is not looked at: values are counted by what
 * must stand before them.
 */
static gboolean
check_shape (const char  *text,
             gsize        size,
             GError     **error)
{
  gboolean in_string = FALSE;
  gsize depth = 0, n_values = 1;

  for (gsize i = 0; i < size; i++)
    {
      char c = text[i];

      if (in_string && c == '\\')
        i++;
      else if (c == '"')
        in_string = !in_string;
      else if (in_string)
        continue;
      else if (c == '{' || c == '[')
        depth++, n_values++;
      else if (c == ',')
        n_values++;
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
      if (depth > SAK_JSON_MAX_DEPTH)
        refuse_at (text, i, SAK_ERROR_INVALID, "objects and arrays are nested deeper than", SAK_JSON_MAX_DEPTH, error);
      else if (n_values > SAK_JSON_MAX_VALUES)
        refuse_at (text, i, SAK_ERROR_TOO_LARGE, "there are more values than", SAK_JSON_MAX_VALUES, error);
      else
        continue;
      return FALSE;
    }
  return TRUE;
}

/**
 * sak_json_check_size:
 *
 * For text that was written: whether sak_json_parse() would find it too large.
 */
gboolean
sak_json_check_size (const char  *text,
                     gsize        size,
                     GError     **error)
{
  if (size <= SAK_JSON_MAX_SIZE)
    return check_shape (text, size, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE,
               "JSON of %" G_GSIZE_FORMAT " bytes; the limit is %d", size, SAK_JSON_MAX_SIZE);
  return FALSE;
}

/* Refuses also reals such as 1e16: their canonical form is an integer too large to be
 * read again.
 */
static gboolean
is_number_exact (const json_t *number)
{
  double real;

  if (json_is_integer (number))
    return json_integer_value (number) <= SAK_JSON_MAX_INTEGER
        && json_integer_value (number) >= -SAK_JSON_MAX_INTEGER;
  real = fabs (json_real_value (number));
  return real <= (double) SAK_JSON_MAX_INTEGER || real >= MIN_EXPONENT_FORM;
}

/* The text itself is not kept by the parser: the members that lead there are. What is no path of a
 * field is told by its place, for somebody may have written anything there.
 */
static void
append_member (GString    *at,
               const char *key,
               gsize       number)
{
  if (at->len > 0)
    g_string_append (at, " → ");
  if (key != NULL && sak_path_is_valid (key))
    g_string_append (at, key);
  else
    g_string_append_printf (at, "#%" G_GSIZE_FORMAT, number + 1);
}

static gboolean
refuse_value (const GString  *at,
              const char     *why,
              GError        **error)
{
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, at->len > 0 ? "JSON has %s at %s" : "JSON has %s", why, at->str);
  return FALSE;
}

static gboolean check_value (const json_t  *value,
                             guint          max_depth,
                             GString       *at,
                             GError       **error);

static gboolean
check_member (const json_t  *value,
              const char    *key,
              gsize          number,
              guint          max_depth,
              GString       *at,
              GError       **error)
{
  gsize size = at->len;
  gboolean is_good;

  append_member (at, key, number);
  is_good = check_value (value, max_depth, at, error);
  g_string_truncate (at, size);
  return is_good;
}

static gboolean
check_value (const json_t  *value,
             guint          max_depth,
             GString       *at,
             GError       **error)
{
  const char *key;
  json_t *child;
  gsize i = 0;

  if (json_is_number (value) && !is_number_exact (value))
    return refuse_value (at, "an integer beyond 2^53", error);
  if (json_is_string (value) && strlen (json_string_value (value)) != json_string_length (value))
    return refuse_value (at, "a NUL character", error);
  if (!json_is_object (value) && !json_is_array (value))
    return TRUE;
  if (max_depth == 0)
    return refuse_value (at, "too many objects and arrays in each other", error);
  json_object_foreach ((json_t *) value, key, child)
    if (!check_member (child, key, i++, max_depth - 1, at, error))
      return FALSE;
  json_array_foreach (value, i, child)
    if (!check_member (child, NULL, i, max_depth - 1, at, error))
      return FALSE;
  return TRUE;
}

/**
 * sak_json_check:
 * @max_depth: how many objects and arrays may stand in each other
 *
 * For values that were not parsed but built: whether their canonical form would be
 * accepted by sak_json_parse(), but for its size. Errors: INVALID, with the members that lead there.
 */
gboolean
sak_json_check (const json_t  *value,
                guint          max_depth,
                GError       **error)
{
  g_autoptr (GString) at = g_string_new (NULL);

  return check_value (value, max_depth, at, error);
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
 * ±2^53; as TOO_LARGE: more than SAK_JSON_MAX_SIZE bytes or SAK_JSON_MAX_VALUES values.
 */
json_t *
sak_json_parse (const char  *text,
                gssize       size,
                GError     **error)
{
  gsize length = size < 0 ? strlen (text) : (gsize) size;
  g_autoptr (json_t) value = NULL;
  json_error_t fault;

  if (!sak_json_check_size (text, length, error))
    return NULL;
  value = json_loadb (text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
  if (value == NULL)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID,
                   "JSON is not readable at line %d, column %d: %s",
                   fault.line, fault.column, describe_fault (&fault));
      return NULL;
    }
  if (!sak_json_check (value, SAK_JSON_MAX_DEPTH, error))
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

/* Values */

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

static void
add_texts (GHashTable   *texts,
           const json_t *value)
{
  const char *key;
  json_t *child;
  gsize i;

  if (json_is_string (value))
    g_hash_table_add (texts, (gpointer) json_string_value (value));
  json_object_foreach ((json_t *) value, key, child)
    add_texts (texts, child);
  json_array_foreach (value, i, child)
    add_texts (texts, child);
}

GHashTable *
sak_json_list_texts (const json_t *value)
{
  GHashTable *texts = g_hash_table_new (g_str_hash, g_str_equal);

  add_texts (texts, value);
  return texts;
}
