/* test-place.c - divisions over time, places and what remains of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-division.h"
#include "storage/model/sak-form.h"
#include "storage/model/sak-place-coarse.h"

#include <string.h>

static SakDateSpan
parse_span (const char *edtf)
{
  SakDateSpan span;

  g_assert_true (sak_date_parse (edtf, &span, NULL));
  return span;
}

static guint
count_divisions (const char *country,
                 const char *edtf)
{
  SakDateSpan span = parse_span (edtf);
  g_autoptr (GPtrArray) list = sak_division_list (country, &span);

  return list->len;
}

/* How many provinces each country had, by its own count. */
static void
countries_have_as_many_divisions_as_they_had (void)
{
  static const struct { const char *country, *when; guint n; } counts[] = {
    { "VN", "2025-07-01", 34 }, { "VN", "2025-06-30", 63 }, { "VN", "2008-08-01", 63 }, { "VN", "2008-07-31", 64 },
    { "VN", "2003", 61 }, { "KH", "2014", 25 }, { "KH", "2013-06", 24 }, { "TH", "2011-03-22", 76 },
    { "TH", "2011-03-23", 77 }, { "TH", "1993-11", 73 }, { "LA", "2014", 18 }, { "LA", "2013-12-12", 17 },
    { "MM", "2012", 15 }, { "MM", "2004", 14 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_test_message ("%s %s", counts[i].country, counts[i].when);
      g_assert_cmpuint (count_divisions (counts[i].country, counts[i].when), ==, counts[i].n);
    }
}

static void
assert_was (const char      *code,
            const char      *edtf,
            SakDivisionWhen  expected)
{
  SakDateSpan span = parse_span (edtf);

  g_assert_nonnull (sak_division_find (code));
  g_assert_cmpint (sak_division_was (sak_division_find (code), &span), ==, expected);
}

static void
a_year_of_change_is_perhaps (void)
{
  assert_was ("VN-57", "2019", SAK_DIVISION_THEN);
  assert_was ("VN-57", "2026", SAK_DIVISION_NOT_THEN);
  assert_was ("VN-57", "2025", SAK_DIVISION_PERHAPS_THEN);
  assert_was ("TH-38", "2010/..", SAK_DIVISION_PERHAPS_THEN);
  assert_was ("TH-50", "../1990", SAK_DIVISION_THEN);
  assert_was ("MM-18", "2003", SAK_DIVISION_NOT_THEN);
}

static char *
move (const char *code,
      const char *from,
      const char *to)
{
  g_autoptr (GPtrArray) list = sak_division_move (sak_division_find (code), parse_span (from).earliest_day,
                                                  parse_span (to).earliest_day);
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? " " : "", ((const SakDivision *) list->pdata[i])->code);
  return g_string_free (g_steal_pointer (&codes), FALSE);
}

static void
a_place_is_found_in_the_division_of_its_day (void)
{
  static const struct { const char *code, *from, *to, *found; } moves[] = {
    { "VN-57", "2019-05-01", "2026-01-01", "VN-SG" },
    { "VN-SG", "2026-01-01", "2019-05-01", "VN-SG VN-43 VN-57" },
    { "VN-SG", "2019-05-01", "2018-05-01", "VN-SG" },
    { "TH-38", "2020-01-01", "2009-01-01", "TH-43" },
    { "TH-43", "2009-01-01", "2020-01-01", "TH-43 TH-38" },
    { "KH-25", "2020-01-01", "2010-01-01", "KH-3" },
    { "LA-XS", "2020-01-01", "2010-01-01", "LA-VI LA-XI" },
    { "MM-18", "2020-01-01", "2000-01-01", "MM-04" },
    { "VN-15", "2005-01-01", "2019-01-01", "VN-HN" },
    { "VN-71", "2019-01-01", "2002-01-01", "VN-01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autofree char *found = move (moves[i].code, moves[i].from, moves[i].to);

      g_assert_cmpstr (found, ==, moves[i].found);
    }
}

static void
divisions_are_found_by_any_spelling (void)
{
  static const struct { const char *typed, *code; } typed[] = {
    { "rangoon", "MM-06" }, { "ရန်ကုန်", "MM-06" }, { "Mahachai", "TH-74" }, { "สมุทรสาคร", "TH-74" },
    { "siem reap", "KH-17" }, { "សៀមរាប", "KH-17" }, { "ຫລວງພະບາງ", "LA-LP" }, { "Luangprabang", "LA-LP" },
    { "sai gon", "VN-SG" }, { "da nang", "VN-DN" }, { "Đà Nẵng", "VN-DN" }, { "hoa binh", "VN-14" },
    { "TH-50", "TH-50" }, { "  Chiang  mai", "TH-50" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GPtrArray) list = sak_division_search (NULL, typed[i].typed, NULL);
      gboolean is_found = FALSE;

      for (guint n = 0; n < list->len; n++)
        is_found |= g_str_equal (((const SakDivision *) list->pdata[n])->code, typed[i].code);
      if (!is_found || list->len > 3)
        g_error ("\"%s\": %u found", typed[i].typed, list->len);
    }
}

/* Every division has names and types that a form takes, and neighbours that exist. */
static void
the_table_holds_together (void)
{
  g_autoptr (GPtrArray) list = sak_division_list (NULL, NULL);

  g_assert_cmpuint (list->len, >=, 199);
  for (guint i = 0; i < list->len; i++)
    {
      const SakDivision *division = list->pdata[i];
      SakPlaceLevel level;

      g_assert_true (sak_place_get_type_level (division->type, &level));
      g_assert_cmpint (level, ==, SAK_PLACE_PROVINCE);
      g_assert_cmpint (division->first_day, <, division->last_day);
      g_assert_nonnull (division->local_name);
      g_assert_true (g_utf8_validate (division->local_name, -1, NULL));
      g_assert_true ((division->last_day == G_MAXINT32) == (division->successors[0] == NULL));
      for (char **code = division->origins; *code != NULL; code++)
        g_assert_nonnull (sak_division_find (*code));
      for (char **code = division->successors; *code != NULL; code++)
        g_assert_nonnull (sak_division_find (*code));
    }
}

static void
names_are_in_the_language_of_the_country_or_latin (void)
{
  g_autofree char *thai = sak_country_dup_name ("MM", "th");
  g_autofree char *english = sak_country_dup_name ("KH", "en");
  g_autofree char *none = sak_country_dup_name ("ZZ", "en");
  g_auto (GStrv) codes = sak_country_list ("my");

  g_assert_cmpstr (sak_division_get_name (sak_division_find ("TH-50"), "th"), ==, "เชียงใหม่");
  g_assert_cmpstr (sak_division_get_name (sak_division_find ("TH-50"), "my"), ==, "Chiang Mai");
  g_assert_cmpstr (english, ==, "Cambodia");
  g_assert_true (strstr (thai, "เมียน") != NULL);
  g_assert_null (none);
  g_assert_cmpstr (codes[0], ==, "MM");
  g_assert_cmpuint (g_strv_length (codes), >, 200);
}

static void
iso_codes_add_other_countries_and_change_none_of_ours (void)
{
  static const char text[] =
    "{\"3166-2\": [{\"code\": \"MY-10\", \"name\": \"Selangor\", \"type\": \"State\"},"
    " {\"code\": \"VN-57\", \"name\": \"Other\", \"type\": \"x\"}, {\"code\": \"FR-75C\", \"name\": \"Paris\","
    " \"parent\": \"IDF\"}, {\"code\": 7}, {\"name\": \"x\"}, {\"code\": \"MY-123456789\", \"name\": \"x\"}, 3]}";
  g_autoptr (GError) error = NULL;

  g_assert_false (sak_division_add_iso ("{\"3166-2\": {}}", -1, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sak_division_add_iso ("not JSON", -1, NULL));
  g_assert_true (sak_division_add_iso (text, -1, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (sak_division_find ("MY-10")->name, ==, "Selangor");
  g_assert_cmpstr (sak_division_find ("VN-57")->name, ==, "Bình Dương");
  g_assert_null (sak_division_find ("FR-75C"));
  g_assert_cmpuint (count_divisions ("MY", "2019"), ==, 1);
}

/* Values */

#define MAX_VALUE "{\"name\": \"Ban Mae Sam Laep\", \"country\": \"TH\", \"region\": \"Mae Hong Son\"," \
  " \"region_code\": \"TH-58\", \"type\": \"village\", \"code\": \"TH580403\", \"precision\": \"exact\"," \
  " \"list\": \"COD-AB Thailand\", \"spellings\": [\"แม่สามแลบ\", \"Mae Sam Lap\"]," \
  " \"parents\": [{\"name\": \"Sop Moei\", \"type\": \"district\", \"code\": \"TH5807\"}," \
  " {\"name\": \"Mae Sam Laep\", \"type\": \"tambon\"}]," \
  " \"point\": {\"lat\": 17.9, \"lon\": 97.7, \"precision_m\": 500}}"

static void
places_old_and_new_are_taken (void)
{
  static const char *const good[] = {
    "{\"name\": \"x\"}", "{\"name\": \"\"}", MAX_VALUE,
    "{\"name\": \"Mahachai\", \"region\": \"Samut Sakhon\", \"country\": \"TH\", \"precision\": \"exact\"}",
  };
  static const char *const bad[] = {
    "\"x\"", "[]", "{}", "{\"name\": 1}", "{\"name\": \"a\\nb\"}", "{\"name\": \"x\", \"other\": 1}",
    "{\"name\": \"x\", \"country\": \"th\"}", "{\"name\": \"x\", \"precision\": \"about\"}",
    "{\"name\": \"x\", \"type\": \"planet\"}", "{\"name\": \"x\", \"code\": \"=1+1\"}",
    "{\"name\": \"x\", \"code\": \"\"}", "{\"name\": \"x\", \"code\": \"a b\"}",
    "{\"name\": \"x\", \"spellings\": \"y\"}", "{\"name\": \"x\", \"spellings\": [1]}",
    "{\"name\": \"x\", \"parents\": {}}", "{\"name\": \"x\", \"parents\": [{}]}",
    "{\"name\": \"x\", \"parents\": [{\"name\": \"y\", \"parents\": []}]}",
    "{\"name\": \"x\", \"point\": {\"lat\": 1, \"lon\": 2}}",
    "{\"name\": \"x\", \"point\": {\"lat\": 91, \"lon\": 2, \"precision_m\": 5}}",
    "{\"name\": \"x\", \"point\": {\"lat\": 1, \"lon\": 181, \"precision_m\": 5}}",
    "{\"name\": \"x\", \"point\": {\"lat\": 1, \"lon\": 2, \"precision_m\": 0}}",
    "{\"name\": \"x\", \"point\": {\"lat\": \"1\", \"lon\": 2, \"precision_m\": 5}}",
    "{\"name\": \"x\", \"point\": {\"lat\": 1, \"lon\": 2, \"precision_m\": 5, \"alt\": 3}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (json_t) value = json_loads (good[i], JSON_DECODE_ANY, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (sak_place_check ("place", value, &error));
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (json_t) value = json_loads (bad[i], JSON_DECODE_ANY, NULL);
      g_autoptr (GError) error = NULL;

      if (sak_place_check ("place", value, &error))
        g_error ("taken: %s", bad[i]);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "place"));
    }
}

static void
too_many_spellings_and_parents_are_refused (void)
{
  g_autoptr (json_t) value = json_pack ("{s:s, s:[], s:[]}", "name", "x", "spellings", "parents");

  for (guint i = 0; i < SAK_PLACE_MAX_PARENTS; i++)
    json_array_append_new (json_object_get (value, "parents"), json_pack ("{s:s}", "name", "y"));
  g_assert_true (sak_place_check ("place", value, NULL));
  json_array_append_new (json_object_get (value, "parents"), json_pack ("{s:s}", "name", "y"));
  g_assert_false (sak_place_check ("place", value, NULL));
  json_array_clear (json_object_get (value, "parents"));
  for (guint i = 0; i <= SAK_PLACE_MAX_SPELLINGS; i++)
    json_array_append_new (json_object_get (value, "spellings"), json_string ("z"));
  g_assert_false (sak_place_check ("place", value, NULL));
}

static void
what_remains_says_no_more_than_the_level (void)
{
  static const struct { SakPlaceLevel level; const char *name, *remaining; } levels[] = {
    { SAK_PLACE_COUNTRY, "Thailand", "{\"country\":\"TH\",\"name\":\"Thailand\",\"precision\":\"country\"}" },
    { SAK_PLACE_PROVINCE, "Mae Hong Son",
      "{\"country\":\"TH\",\"name\":\"Mae Hong Son\",\"precision\":\"province\",\"region\":\"Mae Hong Son\","
      "\"region_code\":\"TH-58\"}" },
    { SAK_PLACE_DISTRICT, "Sop Moei",
      "{\"code\":\"TH5807\",\"country\":\"TH\",\"name\":\"Sop Moei\",\"parents\":[{\"code\":\"TH5807\","
      "\"name\":\"Sop Moei\",\"type\":\"district\"}],\"precision\":\"district\",\"region\":\"Mae Hong Son\","
      "\"region_code\":\"TH-58\",\"type\":\"district\"}" },
  };
  g_autoptr (json_t) place = json_loads (MAX_VALUE, 0, NULL);
  g_autoptr (json_t) exact = sak_place_coarsen (place, SAK_PLACE_EXACT);
  g_autoptr (json_t) village = sak_place_coarsen (place, SAK_PLACE_VILLAGE);

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autoptr (json_t) kept = sak_place_coarsen (place, levels[i].level);
      g_autofree char *text = sak_json_to_canonical (kept);

      g_assert_cmpstr (text, ==, levels[i].remaining);
      g_assert_true (sak_place_check ("place", kept, NULL));
    }
  g_assert_true (json_equal (exact, place));
  /* Its precision was "exact", so its name is not a village's. */
  g_assert_cmpstr (sak_json_get_text (village, "name"), ==, "Mae Sam Laep");
  g_assert_null (json_object_get (village, "point"));
}

/* Whatever stands in a place: at the level of a country nothing of it is left but the country. */
static void
nothing_fine_ever_remains (void)
{
  static const char *const places[] = {
    MAX_VALUE, "{\"name\": \"secret\"}", "{\"name\": \"secret\", \"country\": \"TH\", \"region\": \"secret\"}",
    "{\"name\": \"secret\", \"type\": \"village\", \"precision\": \"country\", \"country\": \"LA\"}",
    ("{\"name\": \"secret\", \"country\": \"LA\", \"parents\": [{\"name\": \"secret\"}],"
     " \"point\": {\"lat\": 1, \"lon\": 2, \"precision_m\": 900000}}"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (json_t) place = json_loads (places[i], 0, NULL);
      g_autoptr (json_t) kept = sak_place_coarsen (place, SAK_PLACE_COUNTRY);
      g_autoptr (json_t) again = sak_place_coarsen (kept, SAK_PLACE_COUNTRY);
      g_autofree char *text = sak_json_to_canonical (kept);

      g_assert_null (strstr (text, "secret"));
      g_assert_null (strstr (text, "Mae"));
      g_assert_null (json_object_get (kept, "point"));
      g_assert_true (sak_place_check ("place", kept, NULL));
      g_assert_true (json_equal (kept, again));
    }
}

static void
the_schema_describes_every_member (void)
{
  g_autoptr (json_t) schema = sak_place_describe ();
  g_autoptr (json_t) place = json_loads (MAX_VALUE, 0, NULL);
  const char *member;
  json_t *value;

  json_object_foreach (place, member, value)
    g_assert_nonnull (json_object_get (json_object_get (schema, "properties"), member));
}

/* Beside a village: its country, its province, its township; no district is known. */
static void
coarser_places_stand_beside_a_place (void)
{
  g_autoptr (json_t) fields =
    sak_json_parse ("{\"place\": {\"name\": \"Nyaung Bin\", \"type\": \"village\", \"precision\": \"village\","
                    " \"country\": \"MM\", \"region\": \"Shan\", \"region_code\": \"MM-17\", \"parents\":"
                    " [{\"name\": \"Nyaungshwe\", \"type\": \"township\"}]}, \"title\": \"Raid\"}", -1, NULL);
  g_autoptr (json_t) written = json_deep_copy (fields);
  g_autoptr (json_t) again = NULL;
  SakPlaceLevel level;
  g_autofree char *base = NULL;

  sak_place_add_coarse (fields, "place");
  g_assert_cmpstr (sak_json_get_text (json_object_get (fields, "place.at.country"), "name"), ==, "Myanmar (Burma)");
  g_assert_cmpstr (sak_json_get_text (json_object_get (fields, "place.at.province"), "name"), ==, "Shan");
  g_assert_cmpstr (sak_json_get_text (json_object_get (fields, "place.at.township"), "name"), ==, "Nyaungshwe");
  g_assert_cmpuint (json_object_size (fields), ==, 5);
  g_assert_true (sak_place_read_coarse_path ("place.at.township", &base, &level));
  g_assert_cmpstr (base, ==, "place");
  g_assert_cmpint (level, ==, SAK_PLACE_TOWNSHIP);
  g_assert_false (sak_place_is_coarse_path ("place"));
  g_assert_false (sak_place_is_coarse_path ("place.at.exact"));
  g_assert_false (sak_place_is_coarse_path (".at.country"));
  g_assert_true (sak_place_find (fields, "place") == json_object_get (fields, "place"));
  again = sak_place_without_coarse (fields);
  g_assert_true (json_equal (again, written));
  json_object_del (fields, "place");
  g_assert_true (sak_place_find (fields, "place") == json_object_get (fields, "place.at.township"));
}

static void
a_place_is_within_what_may_be_told_or_not (void)
{
  static const struct
  {
    const char *path;
    const char *json;
    gboolean is_within_province;
  } values[] = {
    { "place", "{\"name\": \"Tak\", \"country\": \"TH\", \"region\": \"Tak\", \"precision\": \"province\"}", TRUE },
    { "place", "{\"name\": \"Mae Sot\", \"country\": \"TH\", \"precision\": \"district\"}", FALSE },
    { "place", "{\"name\": \"somewhere\"}", FALSE },
    { "place", "{\"name\": \"Tak\", \"country\": \"TH\", \"region\": \"Tak\", \"precision\": \"province\","
               " \"point\": {\"lat\": 16.7, \"lon\": 98.5, \"precision_m\": 100}}", FALSE },
    { "life/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55", "{\"what\": \"work\", \"where\": {\"name\": \"Mae Sot\","
               " \"country\": \"TH\"}}", FALSE },
    { "acts/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55", "{\"type\": \"rape\", \"order\": 1}", TRUE },
    { "place", "{\"name\": 1, \"country\": \"TH\"}", FALSE },
    { "narrative", "\"in Mae Sot\"", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (json_t) value = sak_json_parse (values[i].json, -1, NULL);

      if (sak_place_is_within (values[i].path, value, SAK_PLACE_PROVINCE) != values[i].is_within_province)
        g_error ("%s", values[i].json);
      g_assert_true (sak_place_is_within (values[i].path, value, SAK_PLACE_EXACT));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/countries-have-as-many-divisions-as-they-had",
                   countries_have_as_many_divisions_as_they_had);
  g_test_add_func ("/place/a-year-of-change-is-perhaps", a_year_of_change_is_perhaps);
  g_test_add_func ("/place/a-place-is-found-in-the-division-of-its-day", a_place_is_found_in_the_division_of_its_day);
  g_test_add_func ("/place/divisions-are-found-by-any-spelling", divisions_are_found_by_any_spelling);
  g_test_add_func ("/place/the-table-holds-together", the_table_holds_together);
  g_test_add_func ("/place/names-are-in-the-language-of-the-country-or-latin",
                   names_are_in_the_language_of_the_country_or_latin);
  g_test_add_func ("/place/iso-codes-add-other-countries-and-change-none-of-ours",
                   iso_codes_add_other_countries_and_change_none_of_ours);
  g_test_add_func ("/place/places-old-and-new-are-taken", places_old_and_new_are_taken);
  g_test_add_func ("/place/too-many-spellings-and-parents-are-refused", too_many_spellings_and_parents_are_refused);
  g_test_add_func ("/place/what-remains-says-no-more-than-the-level", what_remains_says_no_more_than_the_level);
  g_test_add_func ("/place/nothing-fine-ever-remains", nothing_fine_ever_remains);
  g_test_add_func ("/place/the-schema-describes-every-member", the_schema_describes_every_member);
  g_test_add_func ("/place/coarser-places-stand-beside-a-place", coarser_places_stand_beside_a_place);
  g_test_add_func ("/place/a-place-is-within-what-may-be-told-or-not", a_place_is_within_what_may_be_told_or_not);
  return g_test_run ();
}
