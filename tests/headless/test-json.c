/* test-json.c - strict reading and the canonical form of RFC 8785
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-json.h"

#include <string.h>

static void
assert_canonical (const char *text,
                  const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = sak_json_parse (text, -1, &error);
  g_autoptr (json_t) again = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  canonical = sak_json_to_canonical (value);
  g_assert_cmpstr (canonical, ==, expected);
  again = sak_json_parse_canonical (canonical, -1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
}

static void
assert_refused (const char *text,
                gssize      size,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = sak_json_parse (text, size, &error);

  g_assert_null (value);
  g_assert_error (error, SAK_ERROR, code);
}

/* RFC 8785, section 3.2.2. */
static void
sample_object_of_the_rfc (void)
{
  assert_canonical ("{\n"
                    "  \"numbers\": [333333333.33333329, 1E30, 4.50, 2e-3,\n"
                    "    0.000000000000000000000000001],\n"
                    "  \"string\": \"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\",\n"
                    "  \"literals\": [null, true, false]\n"
                    "}",
                    "{\"literals\":[null,true,false],"
                    "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                    "\"string\":\"\xe2\x82\xac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

/* RFC 8785, section 3.2.3: the emoji sorts before the Hebrew letter. */
static void
keys_sort_by_utf16 (void)
{
  assert_canonical ("{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\",\"\\ufb33\":\"Dalet\","
                    "\"1\":\"One\",\"\\ud83d\\ude00\":\"Emoji\",\"\\u0080\":\"Control\","
                    "\"\\u00f6\":\"O\",\"\":\"None\"}",
                    "{\"\":\"None\",\"\\r\":\"Carriage Return\",\"1\":\"One\","
                    "\"\xc2\x80\":\"Control\",\"\xc3\xb6\":\"O\",\"\xe2\x82\xac\":\"Euro Sign\","
                    "\"\xf0\x9f\x98\x80\":\"Emoji\",\"\xef\xac\xb3\":\"Dalet\"}");
}

/* RFC 8785, appendix B, and two powers of two where the nearest decimal misses. */
static const struct
{
  guint64 bits;
  const char *expected;
} number_samples[] = {
  { 0x0000000000000000, "0" },
  { 0x8000000000000000, "0" },
  { 0x0000000000000001, "5e-324" },
  { 0x8000000000000001, "-5e-324" },
  { 0x7fefffffffffffff, "1.7976931348623157e+308" },
  { 0xffefffffffffffff, "-1.7976931348623157e+308" },
  { 0x4340000000000000, "9007199254740992" },
  { 0xc340000000000000, "-9007199254740992" },
  { 0x4430000000000000, "295147905179352830000" },
  { 0x44b52d02c7e14af5, "9.999999999999997e+22" },
  { 0x44b52d02c7e14af6, "1e+23" },
  { 0x44b52d02c7e14af7, "1.0000000000000001e+23" },
  { 0x444b1ae4d6e2ef4e, "999999999999999700000" },
  { 0x444b1ae4d6e2ef4f, "999999999999999900000" },
  { 0x444b1ae4d6e2ef50, "1e+21" },
  { 0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7" },
  { 0x3eb0c6f7a0b5ed8d, "0.000001" },
  { 0x41b3de4355555553, "333333333.3333332" },
  { 0x41b3de4355555554, "333333333.33333325" },
  { 0x41b3de4355555555, "333333333.3333333" },
  { 0x41b3de4355555556, "333333333.3333334" },
  { 0x41b3de4355555557, "333333333.33333343" },
  { 0xbecbf647612f3696, "-0.0000033333333333333333" },
  { 0x43143ff3c1cb0959, "1424953923781206.2" },
  { 0x3d30000000000000, "5.684341886080802e-14" },      /* 2^-44 */
  { 0x4630000000000000, "1.2676506002282294e+30" },     /* 2^100 */
};

static void
numbers_are_written_as_ecmascript_does (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (number_samples); i++)
    {
      double real;
      g_autoptr (json_t) value = NULL;
      g_autofree char *canonical = NULL;

      memcpy (&real, &number_samples[i].bits, sizeof real);
      value = json_real (real);
      canonical = sak_json_to_canonical (value);
      g_assert_cmpstr (canonical, ==, number_samples[i].expected);
    }
}

static void
large_integers_are_written_as_their_doubles (void)
{
  g_autoptr (json_t) value = json_pack ("[I, I]", (json_int_t) 1152921504606846976,
                                        (json_int_t) G_MININT64);
  g_autofree char *canonical = sak_json_to_canonical (value);

  g_assert_cmpstr (canonical, ==, "[1152921504606847000,-9223372036854776000]");
}

static void
integers_beyond_2_53_are_refused (void)
{
  assert_canonical ("[9007199254740992,-9007199254740992]", "[9007199254740992,-9007199254740992]");
  assert_canonical ("9007199254740992.0", "9007199254740992");
  assert_canonical ("-0", "0");
  assert_canonical ("-0.0", "0");
  assert_canonical ("1.0", "1");
  assert_canonical ("1e21", "1e+21");
  assert_refused ("9007199254740993", -1, SAK_ERROR_INVALID);
  assert_refused ("{\"a\":[-9007199254740993]}", -1, SAK_ERROR_INVALID);
  assert_refused ("1e16", -1, SAK_ERROR_INVALID);
  assert_refused ("99999999999999999999", -1, SAK_ERROR_INVALID);
  assert_refused ("1e400", -1, SAK_ERROR_INVALID);
}

static void
loose_json_is_refused (void)
{
  static const char *const texts[] = {
    "", " ", "{", "{\"a\":1,\"a\":1}", "{\"a\":1,}", "[1,]", "[01]", "{'a':1}", "[1] [2]",
    "// x\n1", "\"\\u0000\"", "{\"\\u0000\":1}", "\"\\ud800\"", "\"\xff\"", "\"\xed\xa0\x80\"",
    "\"a\nb\"", "NaN", "\xef\xbb\xbf{}", "[+1]", "[.5]", "nul",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], -1, SAK_ERROR_INVALID);
  assert_refused ("[1]\0[2]", 7, SAK_ERROR_INVALID);
}

static void
deep_nesting_is_refused (void)
{
  g_autoptr (GString) text = g_string_new ("\"[[[[\\\"[[[[\"");
  g_autofree char *string_with_brackets = g_strdup (text->str);

  assert_canonical (string_with_brackets, string_with_brackets);
  for (int i = 0; i < SAK_JSON_MAX_DEPTH; i++)
    {
      g_string_prepend_c (text, '[');
      g_string_append_c (text, ']');
    }
  assert_canonical (text->str, text->str);
  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  assert_refused (text->str, -1, SAK_ERROR_INVALID);
}

static void
assert_told (const char *text,
             const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = sak_json_parse (text, -1, &error);

  g_assert_null (value);
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
}

/* Column and line of the bracket that is one too many; letters of any script are one column each. */
static void
what_is_refused_is_refused_with_its_place (void)
{
  g_autofree char *brackets = g_strnfill (SAK_JSON_MAX_DEPTH, '[');
  g_autofree char *deep = g_strdup_printf ("{\"a\": 1,\n \"ក\": %s", brackets);
  g_autofree char *zeros = g_strnfill (SAK_JSON_MAX_VALUES, ',');
  g_autofree char *many = g_strdup_printf ("[\n%s", zeros);

  assert_told (deep, "JSON is not readable at line 2, column 70: objects and arrays are nested deeper than 64");
  assert_told (many, "JSON is not readable at line 2, column 99999: there are more values than 100000");
  assert_told ("{\"a\":\n\"ក\" x}", "JSON is not readable at line 2, column 5: wrong syntax");
  assert_told ("{\"a.b\": [0, {\"Daw Khin\": 9007199254740993}]}",
               "JSON has an integer beyond 2^53 at a.b → #2 → #1");
  assert_told ("9007199254740993", "JSON has an integer beyond 2^53");
}

static void
large_text_is_refused (void)
{
  g_autofree char *text = g_malloc (SAK_JSON_MAX_SIZE + 1);
  g_autoptr (json_t) value = NULL;

  memset (text, ' ', SAK_JSON_MAX_SIZE + 1);
  text[0] = '1';
  assert_refused (text, SAK_JSON_MAX_SIZE + 1, SAK_ERROR_TOO_LARGE);
  value = sak_json_parse (text, SAK_JSON_MAX_SIZE, NULL);
  g_assert_nonnull (value);
}

/* 450 bytes of memory for 3 of text, were it parsed. */
static void
too_many_values_are_refused (void)
{
  g_autoptr (GString) text = g_string_new ("[\"{,[{,[\"");

  for (int i = 3; i < SAK_JSON_MAX_VALUES; i++)
    g_string_append (text, ",0");
  g_string_append_c (text, ']');
  g_string_append_c (text, ' ');
  g_autoptr (json_t) most = sak_json_parse (text->str, -1, NULL);
  g_assert_cmpuint (json_array_size (most), ==, SAK_JSON_MAX_VALUES - 2);
  g_string_truncate (text, text->len - 2);
  g_string_append (text, ",0,0]");
  assert_refused (text->str, -1, SAK_ERROR_TOO_LARGE);
}

static void
other_than_canonical_is_refused (void)
{
  static const char *const texts[] = {
    "{\"b\":1,\"a\":2}", "{\"a\": 1}", "[1.0]", "\"\\u0041\"", "\"\\/\"", "\"\\u000A\"",
    "\"\\u000F\"", "[1]\n", "[1e1]", "-0", "\"\\u00e9\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (json_t) value = sak_json_parse_canonical (texts[i], -1, &error);

      g_assert_null (value);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

/* An error travels to logs and screens; a name in it would, too. */
static void
errors_do_not_quote_the_text (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = sak_json_parse ("{\"name\": Daw Hla}", -1, &error);

  g_assert_null (value);
  g_assert_null (strstr (error->message, "Daw"));
}

static void
text_is_normalised_with_its_keys (void)
{
  g_autoptr (json_t) value = json_pack ("{s:[s, i], s:b}", "e\xcc\x81", "a\xcc\x8a", 3, "plain", 1);
  g_autoptr (json_t) normal = sak_json_normalise_nfc (value);
  g_autofree char *canonical = sak_json_to_canonical (normal);
  g_autoptr (json_t) colliding = json_pack ("{s:i, s:i}", "e\xcc\x81", 1, "\xc3\xa9", 2);
  g_autoptr (json_t) nothing = sak_json_normalise_nfc (colliding);

  g_assert_cmpstr (canonical, ==, "{\"plain\":true,\"\xc3\xa9\":[\"\xc3\xa5\",3]}");
  g_assert_null (nothing);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/sample-object-of-the-rfc", sample_object_of_the_rfc);
  g_test_add_func ("/json/keys-sort-by-utf16", keys_sort_by_utf16);
  g_test_add_func ("/json/numbers-are-written-as-ecmascript-does",
                   numbers_are_written_as_ecmascript_does);
  g_test_add_func ("/json/large-integers-are-written-as-their-doubles",
                   large_integers_are_written_as_their_doubles);
  g_test_add_func ("/json/integers-beyond-2-53-are-refused", integers_beyond_2_53_are_refused);
  g_test_add_func ("/json/loose-json-is-refused", loose_json_is_refused);
  g_test_add_func ("/json/deep-nesting-is-refused", deep_nesting_is_refused);
  g_test_add_func ("/json/what-is-refused-is-refused-with-its-place", what_is_refused_is_refused_with_its_place);
  g_test_add_func ("/json/large-text-is-refused", large_text_is_refused);
  g_test_add_func ("/json/too-many-values-are-refused", too_many_values_are_refused);
  g_test_add_func ("/json/other-than-canonical-is-refused", other_than_canonical_is_refused);
  g_test_add_func ("/json/errors-do-not-quote-the-text", errors_do_not_quote_the_text);
  g_test_add_func ("/json/text-is-normalised-with-its-keys", text_is_normalised_with_its_keys);
  return g_test_run ();
}
