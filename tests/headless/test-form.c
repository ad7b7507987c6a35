/* test-form.c - the shipped forms, and what they let through
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-form.h"

#include <math.h>
#include <string.h>

#define UUID_A "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define UUID_B "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"
#define SHA256 "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

static json_t *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *value = sak_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
assert_draft (const char *form,
              const char *fields)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = parse (fields);
  gboolean is_good = sak_form_check_draft (sak_form_get (form), value, &error);

  g_assert_no_error (error);
  g_assert_true (is_good);
}

static void
assert_refused (const char *form,
                const char *fields,
                int         code,
                const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = parse (fields);
  gboolean is_good = sak_form_check_draft (sak_form_get (form), value, &error);

  g_assert_false (is_good);
  g_assert_error (error, SAK_ERROR, code);
  if (strstr (error->message, path) == NULL)
    g_error ("%s does not name %s", error->message, path);
}

static void
assert_title (const char *form,
              const char *fields,
              const char *expected)
{
  g_autoptr (json_t) value = parse (fields);
  g_autofree char *title = sak_form_get_title (sak_form_get (form), value);

  g_assert_cmpstr (title, ==, expected);
}

static void
five_kinds_have_a_form (void)
{
  static const char *const kinds[] = { "event", "person", "testimony", "document", "intervention" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_cmpstr (sak_form_get_name (sak_form_get_nth (i)), ==, kinds[i]);
      g_assert_true (sak_form_get (kinds[i]) == sak_form_get_nth (i));
      g_assert_cmpuint (sak_form_get_version (sak_form_get_nth (i)), ==, 3);
      g_assert_cmpuint (sak_form_get_version (sak_form_find_version (kinds[i], 1)), ==, 1);
      g_assert_null (sak_form_find_version (kinds[i], 4));
    }
  g_assert_null (sak_form_get_nth (G_N_ELEMENTS (kinds)));
  g_assert_null (sak_form_get ("vocabulary"));
  g_assert_null (sak_form_get (NULL));
}

static void
assert_field_is_told (const SakFormField *field)
{
  SakFieldType type = sak_form_field_get_field_type (field);
  gboolean has_codes = sak_form_field_get_n_options (field) > 1
                       || (type != SAK_FIELD_LINKS && sak_form_field_get_vocabulary (field) != NULL);

  g_assert_nonnull (sak_form_field_get_label (field, "en"));
  g_assert_nonnull (sak_form_field_get_help (field, "en"));
  g_assert_nonnull (sak_form_field_get_section (field, "en"));
  g_assert_cmpint (type == SAK_FIELD_CHOICE || type == SAK_FIELD_CHOICES, ==, has_codes);
  g_assert_cmpint (type == SAK_FIELD_LINKS, ==, sak_form_field_get_link_role (field) != NULL);
  for (guint i = 0; i < sak_form_field_get_n_options (field); i++)
    g_assert_nonnull (sak_form_field_get_option_label (field, i, "en"));
  if (type == SAK_FIELD_LINKS)
    g_assert_nonnull (sak_form_get (sak_form_field_get_link_kind (field)));
}

/* Names twice would mean that one of the two can never be filled in. */
static void
each_field_is_told_and_has_its_own_name (void)
{
  for (guint n = 0; sak_form_get_nth (n) != NULL; n++)
    {
      const SakForm *form = sak_form_get_nth (n);
      g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint i = 0; i < sak_form_get_n_fields (form); i++)
        {
          const SakFormField *field = sak_form_get_field (form, i);
          const char *role = sak_form_field_get_link_role (field);

          assert_field_is_told (field);
          g_assert_true (g_hash_table_add (names, g_strdup_printf ("%s %s",
                                                                   sak_form_field_get_path (field),
                                                                   role != NULL ? role : "")));
          g_assert_nonnull (sak_form_find_field (form, sak_form_field_get_path (field)));
        }
      g_assert_null (sak_form_get_field (form, sak_form_get_n_fields (form)));
    }
}

static void
languages_fall_back_to_english (void)
{
  const SakFormField *title = sak_form_find_field (sak_form_get ("event"), "title");

  g_assert_cmpstr (sak_form_field_get_label (title, "th"), ==, "ชื่อเรื่อง");
  g_assert_cmpstr (sak_form_field_get_label (title, "th_TH.UTF-8"), ==, "ชื่อเรื่อง");
  g_assert_cmpstr (sak_form_field_get_label (title, "vi-VN"), ==, "Tiêu đề");
  g_assert_cmpstr (sak_form_field_get_label (title, "fr"), ==, "Title");
  g_assert_cmpstr (sak_form_field_get_label (title, ""), ==, "Title");
  g_assert_cmpstr (sak_form_get_label (sak_form_get ("event"), "vi"), ==, "Sự việc");
}

static void
labels_are_in_form_c (void)
{
  static const char *const languages[] = { "en", "my", "th", "km", "lo", "vi" };

  for (guint n = 0; sak_form_get_nth (n) != NULL; n++)
    for (guint i = 0; i < sak_form_get_n_fields (sak_form_get_nth (n)); i++)
      for (guint j = 0; j < G_N_ELEMENTS (languages); j++)
        {
          const SakFormField *field = sak_form_get_field (sak_form_get_nth (n), i);
          const char *label = sak_form_field_get_label (field, languages[j]);
          g_autofree char *normal = g_utf8_normalize (label, -1, G_NORMALIZE_NFC);

          g_assert_cmpstr (label, ==, normal);
        }
}

static void
identity_is_told_by_the_path (void)
{
  const SakForm *person = sak_form_get ("person");

  g_assert_true (sak_form_field_is_identity (sak_form_find_field (person, "identity.name")));
  g_assert_true (sak_form_field_is_identity (sak_form_find_field (person, "identity.contact")));
  g_assert_false (sak_form_field_is_identity (sak_form_find_field (person, "known_as")));
}

static void
fields_tell_their_bounds (void)
{
  const SakFormField *age = sak_form_find_field (sak_form_get ("person"), "age");
  const SakFormField *violations = sak_form_find_field (sak_form_get ("event"), "violations");

  g_assert_cmpfloat (sak_form_field_get_minimum (age), ==, 0);
  g_assert_cmpfloat (sak_form_field_get_maximum (age), ==, 130);
  g_assert_true (sak_form_field_is_integer (age));
  g_assert_true (isinf (sak_form_field_get_maximum (violations)));
  g_assert_cmpstr (sak_form_field_get_option_label_for (violations, "killing", "vi"), ==,
                   "Giết người");
  g_assert_null (sak_form_field_get_option_label_for (violations, "unheard-of", "vi"));
  g_assert_cmpstr (sak_form_field_get_link_kind (sak_form_find_links (sak_form_get ("event"),
                                                                      "victim")),
                   ==, "person");
  g_assert_null (sak_form_find_links (sak_form_get ("event"), "source"));
}

static void
good_drafts_pass (void)
{
  assert_draft ("event", "{}");
  assert_draft ("event",
                "{\"title\":\"Raid\",\"date\":\"2019-07~\",\"place\":{\"name\":\"Pier 3\","
                "\"region\":\"Samut Sakhon\",\"country\":\"TH\",\"precision\":\"exact\"},"
                "\"narrative\":\"one\\ntwo\",\"violations\":[\"killing\",\"arrest\"],"
                "\"number_affected\":12,\"code\":\"MNK-2026-0042\","
                "\"links/" UUID_A "\":{\"role\":\"victim\",\"to\":\"" UUID_B "\",\"note\":\"son\"},"
                "\"media/" UUID_A "\":{\"sha256\":\"" SHA256 "\",\"size\":0,"
                "\"type\":\"image/jpeg\",\"name\":\"a.jpg\",\"name_bytes\":\"ff\","
                "\"added\":\"2026-11-21T22:28:00Z\","
                "\"exif\":true,\"gps\":false,\"caption\":\"the pier\","
                "\"shows\":\"boats\\nand men\",\"consent\":\"not-asked\",\"made\":\"2019-07\","
                "\"persons\":[\"00000000-0000-4000-8000-000000000001\"]}}");
  assert_draft ("event", "{\"title\":\"\",\"date\":\"\",\"violations\":[]}");
  assert_draft ("event", "{\"date\":{\"edtf\":\"2019-06/2019-10\",\"said\":\"rainy season\","
                "\"calendar\":\"buddhist\"}}");
  assert_draft ("event", "{\"date\":{\"said\":\"before the flood\"}}");
  assert_draft ("event", "{\"number_affected\":12.0}");
  assert_draft ("testimony", "{\"connection\":\"\",\"consent\":{\"share\":\"unnamed\"}}");
}

static const struct
{
  const char *form;
  const char *fields;
  const char *path;
} refused_drafts[] = {
  { "event", "{\"tilte\":\"x\"}", "tilte" },
  { "event", "{\"Not A Path\":\"x\"}", "(not a path)" },
  { "event", "{\"identity.name\":\"x\"}", "identity.name" },
  { "event", "{\"title/" UUID_A "\":\"x\"}", "title/" UUID_A },
  { "event", "{\"title\":1}", "title" },
  { "event", "{\"title\":null}", "title" },
  { "event", "{\"title\":\"two\\nlines\"}", "title" },
  { "event", "{\"narrative\":[\"x\"]}", "narrative" },
  { "event", "{\"code\":7}", "code" },
  { "event", "{\"date\":\"July 2019\"}", "date" },
  { "event", "{\"date\":2019}", "date" },
  { "event", "{\"date\":{\"edtf\":\"2019-13\"}}", "date" },
  { "event", "{\"date\":{\"said\":1}}", "date" },
  { "event", "{\"date\":{\"calendar\":\"julian\"}}", "date" },
  { "event", "{\"date\":{\"day\":1}}", "date" },
  { "event", "{\"place\":\"Pier 3\"}", "place" },
  { "event", "{\"place\":{\"country\":\"TH\"}}", "place" },
  { "event", "{\"place\":{\"name\":\"x\",\"country\":\"Thailand\"}}", "place" },
  { "event", "{\"place\":{\"name\":\"x\",\"country\":66}}", "place" },
  { "event", "{\"place\":{\"name\":\"x\",\"precision\":\"about\"}}", "place" },
  { "event", "{\"place\":{\"name\":\"x\",\"lat\":1}}", "place" },
  { "event", "{\"violations\":\"killing\"}", "violations" },
  { "event", "{\"violations\":[\"unheard-of\"]}", "violations" },
  { "event", "{\"violations\":[\"killing\",\"killing\"]}", "violations" },
  { "event", "{\"violations\":[\"\"]}", "violations" },
  { "event", "{\"number_affected\":\"12\"}", "number_affected" },
  { "event", "{\"number_affected\":-1}", "number_affected" },
  { "event", "{\"number_affected\":1.5}", "number_affected" },
  { "person", "{\"age\":131}", "age" },
  { "person", "{\"person_type\":\"victim\"}", "person_type" },
  { "person", "{\"person_type\":[\"family\"]}", "person_type" },
  { "event", "{\"links\":[]}", "links" },
  { "event", "{\"links/1\":{\"role\":\"victim\",\"to\":\"" UUID_B "\"}}", "(not a path)" },
  { "event", "{\"links/" UUID_A "\":{\"role\":\"source\",\"to\":\"" UUID_B "\"}}",
    "links/" UUID_A },
  { "event", "{\"links/" UUID_A "\":{\"role\":\"victim\",\"to\":\"x\"}}", "links/" UUID_A },
  { "event", "{\"links/" UUID_A "\":{\"role\":\"victim\"}}", "links/" UUID_A },
  { "event", "{\"links/" UUID_A "\":{\"role\":\"victim\",\"to\":\"" UUID_B "\",\"x\":1}}",
    "links/" },
  { "event", "{\"links/" UUID_A "\":\"" UUID_B "\"}", "links/" UUID_A },
  { "event", "{\"media/" UUID_A "\":{\"sha256\":\"00\",\"size\":1,\"type\":\"a\",\"name\":\"b\"}}",
    "media/" },
  { "event",
    "{\"media/" UUID_A "\":{\"sha256\":\"" SHA256 "\",\"size\":-1,\"type\":\"a\",\"name\":\"b\"}}",
    "media/" },
  { "event", "{\"media/" UUID_A "\":{\"sha256\":\"" SHA256 "\",\"size\":1,\"name\":\"b\"}}",
    "media/" },
  { "event", "{\"media/" UUID_A "\":{\"sha256\":\"" SHA256 "\",\"size\":1,\"type\":\"a\"}}",
    "media/" },
  { "event",
    "{\"media/" UUID_A "\":{\"sha256\":\"" SHA256 "\",\"size\":1,\"type\":\"a\",\"name\":\"b\","
    "\"gps\":1}}", "media/" },
  { "event",
    "{\"media/" UUID_A "\":{\"sha256\":\"" SHA256 "\",\"size\":1,\"type\":\"a\",\"name\":\"b\","
    "\"added\":\"yesterday\"}}", "media/" },
  { "event",
    "{\"media/" UUID_A "\":{\"sha256\":\"" SHA256 "\",\"size\":1,\"type\":\"a\",\"name\":\"b\","
    "\"name_bytes\":\"f\"}}", "media/" },
  { "event",
    "{\"media/" UUID_A "\":{\"sha256\":\"" SHA256 "\",\"size\":1,\"type\":\"a\",\"name\":\"b\","
    "\"path\":\"/home\"}}", "media/" },
  { "testimony", "{\"consent\":{\"share\":\"yes\"}}", "consent" },
  { "testimony", "{\"consent\":\"yes\"}", "consent" },
};

static void
bad_values_are_refused_by_their_path (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_drafts); i++)
    assert_refused (refused_drafts[i].form, refused_drafts[i].fields, SAK_ERROR_INVALID,
                    refused_drafts[i].path);
}

static void
assert_text_limit (const char *path,
                   const char *letter,
                   gsize       n_letters)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (json_t) fields = json_object ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) too_large = NULL;

  for (gsize i = 0; i < n_letters; i++)
    g_string_append (text, letter);
  json_object_set_new (fields, path, json_string (text->str));
  g_assert_true (sak_form_check_draft (sak_form_get ("event"), fields, &error));
  g_assert_no_error (error);
  g_string_append (text, letter);
  json_object_set_new (fields, path, json_string (text->str));
  g_assert_false (sak_form_check_draft (sak_form_get ("event"), fields, &too_large));
  g_assert_error (too_large, SAK_ERROR, SAK_ERROR_TOO_LARGE);
}

static void
text_has_limits (void)
{
  assert_text_limit ("title", "က", SAK_FORM_MAX_LINE);
  assert_text_limit ("narrative", "x", SAK_FORM_MAX_PARAGRAPHS);
  assert_text_limit ("code", "x", 64);
}

static void
too_many_fields_are_refused (void)
{
  g_autoptr (json_t) fields = json_object ();
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 4097; i++)
    {
      g_autofree char *path = g_strdup_printf ("links/6f1c6a0e-2b56-4f0a-9d3e-%012x", (guint) i);

      json_object_set_new (fields, path, json_pack ("{s:s, s:s}", "role", "victim", "to", UUID_B));
    }
  g_assert_false (sak_form_check_draft (sak_form_get ("event"), fields, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE);
}

static void
assert_finished (const char *form,
                 const char *fields,
                 const char *missing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = parse (fields);
  gboolean is_finished = sak_form_check_finished (sak_form_get (form), value, &error);

  g_assert_cmpint (is_finished, ==, missing == NULL);
  if (missing == NULL)
    return;
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, missing);
}

static void
finishing_asks_for_what_is_required (void)
{
  assert_finished ("event", "{}", "Still empty: title");
  assert_finished ("event", "{\"title\":\" \\u1680\\n\"}", "Field title: must be one line");
  assert_finished ("event", "{\"title\":\" \\u2003 \"}", "Still empty: title");
  assert_finished ("event", "{\"title\":\"Raid\"}", NULL);
  assert_finished ("person", "{}", "Still empty: identity.name");
  assert_finished ("person", "{\"known_as\":\"Witness A\"}", NULL);
  assert_finished ("person", "{\"identity.name\":\"Daw Hla\"}", NULL);
  assert_finished ("testimony", "{\"consent\":{}}", "Still empty: consent title");
  assert_finished ("testimony", "{\"title\":\"x\",\"consent\":{\"share\":\"no\"}}", NULL);
}

static void
links_are_answered_by_role (void)
{
  const SakForm *form = sak_form_get ("testimony");
  g_autoptr (json_t) fields = parse ("{\"links/" UUID_A "\":"
                                     "{\"role\":\"about\",\"to\":\"" UUID_B "\"}}");

  g_assert_true (sak_form_field_is_answered (sak_form_find_links (form, "about"), fields));
  g_assert_false (sak_form_field_is_answered (sak_form_find_links (form, "source"), fields));
  g_assert_false (sak_form_field_is_answered (sak_form_find_field (form, "media"), fields));
}

static void
titles_are_found (void)
{
  assert_title ("event", "{}", "");
  assert_title ("event", "{\"title\":\" Raid \",\"narrative\":\"x\"}", "Raid");
  assert_title ("event", "{\"title\":\" \",\"narrative\":\"\\n They came at night.\\nThen\"}",
                "They came at night.");
  assert_title ("event", "{\"title\":7}", "");
  assert_title ("person", "{\"identity.name\":\"Daw Hla\",\"known_as\":\"A\"}", "Daw Hla");
  assert_title ("person", "{\"known_as\":\"Witness A\"}", "Witness A");
  assert_title ("testimony", "{\"statement\":\"I worked on the boat for four months and the captain"
                " never once paid us, whatever he had promised.\"}",
                "I worked on the boat for four months and the captain never once paid us,…");
}

/* Without spaces to cut at, no letter may lose its vowel signs. */
static void
long_burmese_title_is_cut_between_syllables (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (json_t) fields = json_object ();
  g_autofree char *title = NULL;

  for (int i = 0; i < 40; i++)
    g_string_append (text, "ကို");
  json_object_set_new (fields, "narrative", json_string (text->str));
  title = sak_form_get_title (sak_form_get ("event"), fields);
  g_assert_true (g_str_has_suffix (title, "ကို…"));
  g_assert_cmpint (g_utf8_strlen (title, -1), ==, 79);
}

static void
date_and_place_are_found (void)
{
  const SakForm *form = sak_form_get ("event");
  g_autoptr (json_t) plain = parse ("{\"date\":\"2019\",\"place\":{\"name\":\"Pier\"}}");
  g_autoptr (json_t) said = parse ("{\"date\":{\"edtf\":\"2020~\",\"said\":\"x\"}}");
  g_autoptr (json_t) only_said = parse ("{\"date\":{\"said\":\"x\"},\"place\":{\"name\":\"\"}}");

  g_assert_cmpstr (sak_form_get_date (form, plain), ==, "2019");
  g_assert_cmpstr (sak_form_get_place (form, plain), ==, "Pier");
  g_assert_cmpstr (sak_form_get_date (form, said), ==, "2020~");
  g_assert_null (sak_form_get_date (form, only_said));
  g_assert_null (sak_form_get_place (form, only_said));
}

static void
schema_names_every_field (void)
{
  for (guint n = 0; sak_form_get_nth (n) != NULL; n++)
    {
      const SakForm *form = sak_form_get_nth (n);
      g_autoptr (json_t) schema = parse (sak_form_get_schema (form));
      json_t *properties = json_object_get (schema, "properties");
      guint n_repeating = (guint) json_object_size (json_object_get (schema, "patternProperties"));
      g_autoptr (GHashTable) repeating = g_hash_table_new (g_str_hash, g_str_equal);
      guint n_plain = 0, n_places = 0;

      g_assert_cmpstr (sak_json_get_text (schema, "$schema"), ==,
                       "https://json-schema.org/draft/2020-12/schema");
      g_assert_true (json_is_false (json_object_get (schema, "additionalProperties")));
      for (guint i = 0; i < sak_form_get_n_fields (form); i++)
        {
          const SakFormField *field = sak_form_get_field (form, i);
          SakFieldType type = sak_form_field_get_field_type (field);

          if (type == SAK_FIELD_LINKS || type == SAK_FIELD_MEDIA || type == SAK_FIELD_TABLE)
            {
              g_hash_table_add (repeating, (gpointer) sak_form_field_get_path (field));
              continue;
            }
          g_assert_true (json_is_object (json_object_get (properties,
                                                          sak_form_field_get_path (field))));
          n_plain++;
          n_places += type == SAK_FIELD_PLACE && !sak_form_field_is_identity (field);
          for (guint j = 0; type == SAK_FIELD_CONSENT && sak_consent_get_companion (j) != NULL; j++, n_plain++)
            g_assert_true (json_is_object (json_object_get (properties, sak_consent_get_companion (j))));
        }
      g_assert_cmpuint (json_object_size (properties), ==, n_plain + g_hash_table_size (repeating) + 1);
      g_assert_cmpuint (n_repeating, ==, g_hash_table_size (repeating) + n_places);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/five-kinds-have-a-form", five_kinds_have_a_form);
  g_test_add_func ("/form/each-field-is-told-and-has-its-own-name",
                   each_field_is_told_and_has_its_own_name);
  g_test_add_func ("/form/languages-fall-back-to-english", languages_fall_back_to_english);
  g_test_add_func ("/form/labels-are-in-form-c", labels_are_in_form_c);
  g_test_add_func ("/form/identity-is-told-by-the-path", identity_is_told_by_the_path);
  g_test_add_func ("/form/fields-tell-their-bounds", fields_tell_their_bounds);
  g_test_add_func ("/form/good-drafts-pass", good_drafts_pass);
  g_test_add_func ("/form/bad-values-are-refused-by-their-path",
                   bad_values_are_refused_by_their_path);
  g_test_add_func ("/form/text-has-limits", text_has_limits);
  g_test_add_func ("/form/too-many-fields-are-refused", too_many_fields_are_refused);
  g_test_add_func ("/form/finishing-asks-for-what-is-required",
                   finishing_asks_for_what_is_required);
  g_test_add_func ("/form/links-are-answered-by-role", links_are_answered_by_role);
  g_test_add_func ("/form/titles-are-found", titles_are_found);
  g_test_add_func ("/form/long-burmese-title-is-cut-between-syllables",
                   long_burmese_title_is_cut_between_syllables);
  g_test_add_func ("/form/date-and-place-are-found", date_and_place_are_found);
  g_test_add_func ("/form/schema-names-every-field", schema_names_every_field);
  return g_test_run ();
}
