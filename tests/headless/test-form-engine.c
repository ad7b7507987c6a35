/* test-form-engine.c - somebody's form: tables, money, skip rules, versions, and hostile ones
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form.h"
#include "storage/model/sak-money.h"

#include <string.h>

#define A "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define B "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"
#define VISIT SAK_SOURCE_ROOT "/tests/data/forms/visit.json"

static json_t *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *value = sak_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static char *
read_visit (void)
{
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (VISIT, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static SakForm *
load_visit (void)
{
  g_autofree char *text = read_visit ();
  g_autoptr (GError) error = NULL;
  SakForm *form = sak_form_parse (text, -1, &error);

  g_assert_no_error (error);
  return form;
}

/* @refusal: NULL for what must pass. */
static void
assert_checked (const char *fields,
                const char *before,
                gboolean    is_finishing,
                const char *refusal)
{
  g_autoptr (SakForm) form = load_visit ();
  g_autoptr (json_t) value = parse (fields);
  g_autoptr (json_t) kept = before != NULL ? parse (before) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_good = sak_form_check_change (form, value, kept, is_finishing, &error);

  if (refusal == NULL)
    {
      g_assert_no_error (error);
      g_assert_true (is_good);
      return;
    }
  g_assert_false (is_good);
  g_assert_cmpstr (error->message, ==, refusal);
}

static void
form_tells_what_it_is (void)
{
  g_autoptr (SakForm) form = load_visit ();
  const SakFormField *title = sak_form_find_field (form, "title");
  const SakFormField *people = sak_form_find_field (form, "people/" A);
  const SakFormField *said = sak_form_field_find_column (people, "said");

  g_assert_cmpstr (sak_form_get_name (form), ==, "visit");
  g_assert_cmpstr (sak_form_get_kind (form), ==, "event");
  g_assert_cmpuint (sak_form_get_n_sections (form), ==, 3);
  g_assert_true (sak_form_is_section_deeper (form, 1));
  g_assert_cmpstr (sak_form_get_section_pack (form, 1), ==, "labour-migration");
  g_assert_cmpstr (sak_form_get_section_help (form, 1, "en"), ==, "What it cost.");
  g_assert_cmpstr (sak_form_field_get_help (title, "th"), ==, "ชื่อสั้น ๆ");
  g_assert_cmpstr (sak_form_field_get_help_part (title, SAK_HELP_ASK, "th"), ==, "What shall we call it?");
  g_assert_cmpstr (sak_form_field_get_example (title, "en"), ==, "Visit to the pier");
  g_assert_cmpuint (sak_form_field_get_n_columns (people), ==, 7);
  g_assert_cmpstr (sak_form_field_get_row_label (people, "en"), ==, "Person met");
  g_assert_cmpint (sak_form_field_get_field_type (said), ==, SAK_FIELD_TABLE);
  g_assert_cmpuint (sak_form_field_get_n_columns (said), ==, 2);
  g_assert_cmpstr (sak_form_field_get_path (sak_form_field_get_column (said, 1)), ==, "tone");
  g_assert_null (sak_form_field_find_column (people, "nothing"));
  g_assert_nonnull (sak_form_field_get_each (sak_form_find_field (form, "checks")));
  g_assert_cmpstr (sak_form_field_get_option_label_for (sak_form_find_field (form, "topics"), "torture", "en"),
                   ==, "Torture");
}

static void
good_answers_pass (void)
{
  assert_checked ("{\"title\":\"x\",\"cost\":{\"amount\":\"2800.50\",\"currency\":\"THB\"},"
                  "\"lasted\":{\"number\":1.5,\"unit\":\"hours\"},\"topics\":[\"torture-beating\",\"local.mine\"],"
                  "\"links/" A "\":{\"role\":\"after\",\"to\":\"" B "\",\"code\":\"parent\"},"
                  "\"people/" A "\":{\"type\":\"police\",\"who\":\"" B "\",\"when\":\"2019~\","
                  "\"where\":{\"name\":\"x\"},"
                  "\"paid\":{\"amount\":\"0\",\"currency\":\"MMK\"},\"receipt\":\"no\",\"order\":2,"
                  "\"said\":[{\"words\":\"go\",\"tone\":[\"loud\"]},{\"words\":\"now\"}]},"
                  "\"people/" B "\":{\"type\":\"broker\",\"order\":1}}", NULL, TRUE, NULL);
  assert_checked ("{\"lasted\":{\"said\":\"one rainy season\"}}", NULL, FALSE, NULL);
}

static const struct
{
  const char *fields;
  const char *refusal;
} refused[] = {
  { "{\"cost\":{\"amount\":2800,\"currency\":\"THB\"}}",
    "Field cost: the amount must be text of a decimal number, like \"2800.50\"" },
  { "{\"cost\":{\"amount\":\"-1\",\"currency\":\"THB\"}}",
    "Field cost: the amount must be text of a decimal number, like \"2800.50\"" },
  { "{\"cost\":{\"amount\":\"1\",\"currency\":\"BHT\"}}", "Field cost: the currency is not a code of ISO 4217" },
  { "{\"cost\":{\"amount\":\"1\"}}", "Field cost: the currency is not a code of ISO 4217" },
  { "{\"cost\":\"1 THB\"}", "Field cost: must be an object of amount and currency" },
  { "{\"lasted\":{\"number\":3}}", "Field lasted: number and unit belong together" },
  { "{\"lasted\":{\"number\":-3,\"unit\":\"days\"}}", "Field lasted: number must be a number from 0" },
  { "{\"lasted\":{\"number\":3,\"unit\":\"moons\"}}", "Field lasted: not one of the codes for it" },
  { "{\"topics\":[\"tortur\"]}", "Field topics: not one of the codes for it" },
  { "{\"topics\":[\"local.\"]}", "Field topics: not one of the codes for it" },
  { "{\"links/" A "\":{\"role\":\"after\",\"to\":\"" B "\",\"code\":\"uncle-in-law\"}}",
    "Field links/" A ": not one of the codes for it" },
  { "{\"links/" A "\":{\"role\":\"host\",\"to\":\"" B "\",\"code\":\"parent\"}}",
    "Field links/" A ": links of this role have no code" },
  { "{\"people\":[]}", "Field people: each value needs a path of its own, with a UUID" },
  { "{\"people/" A "\":\"x\"}", "Field people/" A ": a row must be an object of columns" },
  { "{\"people/" A "\":{\"name\":\"x\"}}", "Field people/" A ": the table has no column name" },
  { "{\"people/" A "\":{\"order\":\"x\"}}", "Field people/" A ": order must be a number" },
  { "{\"people/" A "\":{\"who\":\"x\"}}", "Field people/" A ", who: what it links to is not a record id" },
  { "{\"people/" A "\":{\"when\":\"2019-02-30\"}}", "Field people/" A ", when: not a date in EDTF" },
  { "{\"people/" A "\":{\"said\":{}}}", "Field people/" A ", said: must be an array of rows" },
  { "{\"people/" A "\":{\"said\":[{\"words\":\"x\"},{\"tone\":[\"soft\"]}]}}",
    "Field people/" A ", said, row 2, tone: not one of the codes for it" },
  { "{\"people/" A "\":{\"said\":[{\"words\":\"x\",\"order\":1}]}}",
    "Field people/" A ", said, row 1: the table has no column order" },
  { "{\"people/../x\":{}}", "Field (not a path): the form has no such field" },
};

static void
bad_answers_are_refused_by_row_and_column (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_checked (refused[i].fields, NULL, FALSE, refused[i].refusal);
}

static void
finishing_asks_for_columns_and_lines_once (void)
{
  assert_checked ("{\"title\":\"x\",\"people/" A "\":{\"said\":[{\"words\":\"a\"},{}]}}", NULL, TRUE,
                  "Still empty: people/" A ",type people/" A ",said,2,words");
  assert_checked ("{\"title\":\"x\",\"checks/" A "\":{\"check\":\"fire\"},\"checks/" B "\":{\"check\":\"fire\"}}",
                  NULL, TRUE, "Field checks/" B ": another row is about the same");
  assert_checked ("{\"title\":\"x\",\"checks/" A "\":{\"check\":\"fire\"},\"checks/" B "\":{\"check\":\"water\"}}",
                  NULL, TRUE, NULL);
}

/* Of another partner, of a later version: what stood there may stay, and nothing else. */
static void
codes_that_stood_there_may_stay (void)
{
  assert_checked ("{\"title\":\"x\",\"topics\":[\"of-a-later-version\"]}", NULL, FALSE,
                  "Field topics: not one of the codes for it");
  assert_checked ("{\"title\":\"x\",\"topics\":[\"of-a-later-version\"]}",
                  "[{\"topics\":[\"of-a-later-version\"]}]", TRUE, NULL);
  assert_checked ("{\"title\":\"x\",\"topics\":[\"another\"]}",
                  "[{\"topics\":[\"of-a-later-version\"]}]", FALSE, "Field topics: not one of the codes for it");
}

static const struct
{
  const char *path;
  const char *fields;
  gboolean is_shown;
} skips[] = {
  { "why_unsafe", "{}", FALSE },
  { "why_unsafe", "{\"was_safe\":\"yes\"}", FALSE },
  { "why_unsafe", "{\"was_safe\":\"no\"}", TRUE },
  { "unsafe_place", "{\"was_safe\":\"no\"}", FALSE },
  { "unsafe_place", "{\"was_safe\":\"no\",\"why_unsafe\":\"guards\"}", TRUE },
  /* hidden answers do not count */
  { "unsafe_place", "{\"was_safe\":\"yes\",\"why_unsafe\":\"guards\"}", FALSE },
  { "people", "{}", TRUE },
  { "people", "{\"was_safe\":\"no\"}", FALSE },
  { "torture_note", "{}", FALSE },
  { "torture_note", "{\"topics\":[\"arrest\"]}", FALSE },
  { "torture_note", "{\"topics\":[\"arrest\",\"torture-beating\"]}", TRUE },
  { "torture_note", "{\"people/" A "\":{\"type\":\"broker\"},\"people/" B "\":{\"type\":\"police\"}}", TRUE },
  { "torture_note", "{\"mood\":\"calm\",\"people/" B "\":{\"type\":\"police\"}}", FALSE },
  { "torture_note", "{\"was_safe\":\"no\",\"people/" B "\":{\"type\":\"police\"}}", FALSE },
};

static void
skip_rules_follow_the_answers (void)
{
  g_autoptr (SakForm) form = load_visit ();

  for (gsize i = 0; i < G_N_ELEMENTS (skips); i++)
    {
      g_autoptr (json_t) fields = parse (skips[i].fields);

      if (sak_form_is_field_shown (form, sak_form_find_field (form, skips[i].path), fields) != skips[i].is_shown)
        g_error ("%s with %s", skips[i].path, skips[i].fields);
    }
}

static void
hidden_fields_are_not_required_and_keep_their_answer (void)
{
  g_autoptr (SakForm) form = load_visit ();
  const SakFormField *people = sak_form_find_field (form, "people");
  g_autoptr (json_t) row = parse ("{\"paid\":{\"amount\":\"1\",\"currency\":\"THB\"}}");
  g_autoptr (json_t) empty = json_object ();

  assert_checked ("{\"title\":\"x\",\"was_safe\":\"no\"}", NULL, TRUE, "Still empty: why_unsafe");
  assert_checked ("{\"title\":\"x\",\"was_safe\":\"yes\"}", NULL, TRUE, NULL);
  assert_checked ("{\"title\":\"x\",\"was_safe\":\"yes\",\"why_unsafe\":\"guards\"}", NULL, TRUE, NULL);
  g_assert_true (sak_form_field_is_column_shown (people, sak_form_field_find_column (people, "receipt"), row));
  g_assert_false (sak_form_field_is_column_shown (people, sak_form_field_find_column (people, "receipt"), empty));
}

static void
pack_is_shown_when_on_or_answered (void)
{
  static const char *const on[] = { "gender-lgbt", "labour-migration", NULL };
  static const char *const others[] = { "gender-lgbt", NULL };
  g_autoptr (SakForm) form = load_visit ();
  g_autoptr (json_t) empty = json_object ();
  g_autoptr (json_t) answered = parse ("{\"lasted\":{\"said\":\"long\"}}");

  g_assert_true (sak_form_is_section_shown (form, 0, NULL, empty));
  g_assert_false (sak_form_is_section_shown (form, 1, NULL, empty));
  g_assert_false (sak_form_is_section_shown (form, 1, others, empty));
  g_assert_true (sak_form_is_section_shown (form, 1, on, empty));
  g_assert_true (sak_form_is_section_shown (form, 1, NULL, answered));
}

static void
rows_come_in_their_order (void)
{
  g_autoptr (SakForm) form = load_visit ();
  g_autoptr (json_t) fields = parse ("{\"people/" A "\":{},\"title\":\"x\",\"people/" B "\":{\"order\":7}}");
  g_autoptr (GPtrArray) rows = sak_form_field_list_rows (sak_form_find_field (form, "people"), fields);

  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (rows->pdata[0], ==, "people/" B);
  g_assert_cmpstr (rows->pdata[1], ==, "people/" A);
  g_assert_true (sak_form_field_is_answered (sak_form_find_field (form, "people"), fields));
}

static SakForm *
change_visit (const char *old_text,
              const char *new_text)
{
  g_autofree char *text = read_visit ();
  g_auto (GStrv) pieces = g_strsplit (text, old_text, -1);
  g_autofree char *changed = g_strjoinv (new_text, pieces);
  g_autoptr (GError) error = NULL;
  SakForm *form;

  g_assert_cmpuint (g_strv_length (pieces), >, 1);
  form = sak_form_parse (changed, -1, &error);
  g_assert_no_error (error);
  return form;
}

static void
upgrade_moves_answers_and_leaves_none_behind (void)
{
  g_autoptr (SakForm) newer = load_visit ();
  g_autoptr (SakForm) older = change_visit ("\"version\": 2", "\"version\": 1");
  g_autoptr (json_t) fields = parse ("{\"title\":\"x\",\"story\":\"s\",\"helpers/" A "\":{\"type\":\"broker\"}}");
  g_autoptr (json_t) stranded = parse ("{\"title\":\"x\",\"weather\":\"s\"}");
  g_autoptr (json_t) doubled = parse ("{\"narrative\":\"x\",\"story\":\"s\"}");
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) moved = sak_form_upgrade (newer, older, fields, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sak_json_get_text (moved, "narrative"), ==, "s");
  g_assert_nonnull (json_object_get (moved, "people/" A));
  g_assert_cmpuint (json_object_size (moved), ==, 3);
  g_assert_null (sak_form_upgrade (newer, older, stranded, &error));
  g_assert_cmpstr (error->message, ==, "Field weather: the form has no such field");
  g_clear_error (&error);
  g_assert_null (sak_form_upgrade (newer, older, doubled, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

static void
schema_knows_the_new_types (void)
{
  g_autoptr (SakForm) form = load_visit ();
  g_autoptr (json_t) schema = parse (sak_form_get_schema (form));
  json_t *patterns = json_object_get (schema, "patternProperties");
  json_t *row = NULL, *defs = json_object_get (schema, "$defs");
  const char *pattern;

  json_object_foreach (patterns, pattern, row)
    if (g_str_has_prefix (pattern, "^people/"))
      break;
  g_assert_cmpstr (sak_json_get_text (row, "$ref"), ==, "#/$defs/row-people");
  row = json_object_get (defs, "row-people");
  g_assert_nonnull (row);
  g_assert_nonnull (json_object_get (json_object_get (row, "properties"), "order"));
  g_assert_cmpuint (json_array_size (json_object_get (row, "required")), ==, 1);
  g_assert_nonnull (json_object_get (defs, "vocabulary-violations"));
  g_assert_cmpuint (json_array_size (json_object_get (schema, "allOf")), ==, 1);
}

/* Somebody else's record may have eighty thousand codes that are not known here: all are looked up at once. */
static void
many_codes_that_stood_before_may_stay (void)
{
  g_autoptr (json_t) fields = json_object ();
  g_autoptr (json_t) before = json_array ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4000; i++)
    {
      g_autofree char *path = g_strdup_printf ("acts/%08x-0000-4000-8000-000000000000", i);
      g_autofree char *type = g_strdup_printf ("act-%u", i);
      json_t *rows = json_array ();

      for (guint k = 0; k < 20; k++)
        {
          g_autofree char *degree = g_strdup_printf ("degree-%u-%u", i, k);

          json_array_append_new (rows, json_pack ("{s:s}", "degree", degree));
        }
      json_object_set_new (fields, path, json_pack ("{s:s, s:o}", "type", type, "involvements", rows));
    }
  json_array_append (before, fields);
  g_assert_true (sak_form_check_change (sak_form_get ("event"), fields, before, FALSE, &error));
  g_assert_no_error (error);
  g_assert_false (sak_form_check_change (sak_form_get ("event"), fields, NULL, FALSE, NULL));
}

/* Hostile forms */

static const struct
{
  const char *old_text;
  const char *new_text;
  const char *place;            /* that the message names */
} hostile[] = {
  { "\"form\": \"visit\"", "\"form\": \"../visit\"", "head" },
  { "\"form\": \"visit\"", "\"form\": 7", "head" },
  { "\"kind\": \"event\", \"version\"", "\"kind\": \"vocabulary\", \"version\"", "head" },
  { "\"version\": 2", "\"version\": 0", "head" },
  { "\"version\": 2", "\"version\": 2.5", "head" },
  { "\"version\": 2", "\"version\": 2, \"script\": \"rm\"", "head: it has a member that is not known: script" },
  { "\"title_from\": [\"title\"]", "\"title_from\": [\"cost\"]", "title_from" },
  { "\"title_from\": [\"title\"]", "\"title_from\": []", "title_from" },
  { "{ \"1\": { \"helpers\"", "{ \"1\": { \"../helpers\"", "moved" },
  { "\"path\": \"was_safe\", \"type\"", "\"path\": \"title\", \"type\"", "title: it is there twice" },
  { "\"path\": \"was_safe\", \"type\"", "\"path\": \"was..safe\", \"type\"", "section 1, field 2: path" },
  { "\"path\": \"was_safe\", \"type\"", "\"path\": \"../../etc\", \"type\"", "section 1, field 2: path" },
  { "\"path\": \"was_safe\", \"type\"", "\"path\": \"links\", \"type\"", "section 1, field 2 (links)" },
  { "\"path\": \"was_safe\", \"type\"", "\"path\": \"code\", \"type\"", "section 1, field 2 (code)" },
  { "\"path\": \"cost\"", "\"path\": \"cost.at.village\"", "(cost.at.village): paths of this end" },
  { "\"path\": \"was_safe\", \"type\": \"yesno\"", "\"path\": \"was_safe\", \"type\": \"script\"",
    "section 1, field 2 (was_safe): its type" },
  { "\"path\": \"was_safe\", \"type\": \"yesno\"", "\"path\": \"was_safe\", \"type\": \"link\", \"kind\": \"person\"",
    "section 1, field 2 (was_safe)" },
  { "\"label\": { \"en\": \"Was it safe?\" }", "\"label\": { \"th\": \"?\" }", "(was_safe): label" },
  { "\"label\": { \"en\": \"Was it safe?\" }", "\"label\": { \"en\": \"\\u202Eno\" }", "label in en" },
  { "\"label\": { \"en\": \"Was it safe?\" }", "\"label\": { \"en\": \"x\", \"xx\": \"y\" }", "language" },
  { "\"label\": { \"en\": \"Was it safe?\" }", "\"label\": { \"en\": \"x\" }, \"pattern\": \"(a+)+$\"",
    "(was_safe): it has a member that is not known: pattern" },
  { "\"path\": \"was_safe\", \"is\": \"no\"", "\"path\": \"nothing\", \"is\": \"no\"", "why_unsafe: show_if" },
  { "\"path\": \"was_safe\", \"is\": \"no\"", "\"path\": \"was_safe\", \"is\": \"never\"", "why_unsafe: show_if" },
  { "\"path\": \"was_safe\", \"is\": \"no\"", "\"path\": \"was_safe\", \"is\": \"no\", \"answered\": true",
    "why_unsafe: show_if" },
  { "\"path\": \"was_safe\", \"is\": \"no\"", "\"path\": \"was_safe\", \"matches\": \".*\"", "why_unsafe: show_if" },
  { "\"path\": \"was_safe\", \"is\": \"no\"", "\"path\": \"why_unsafe\", \"answered\": true", "circle" },
  { "\"path\": \"was_safe\", \"is\": \"no\"", "\"path\": \"unsafe_place\", \"answered\": true", "circle" },
  { "\"path\": \"was_safe\", \"is_not\": \"no\"", "\"path\": \"people\", \"answered\": true", "circle" },
  { "\"path\": \"paid\", \"answered\": true", "\"path\": \"receipt\", \"answered\": true", "people, column receipt" },
  { "\"path\": \"paid\", \"answered\": true", "\"path\": \"title\", \"answered\": true", "people, column receipt" },
  { "\"path\": \"topics\", \"includes\": \"torture\"", "\"path\": \"topics\", \"is\": \"torture\"", "torture_note" },
  { "\"path\": \"topics\", \"includes\": \"torture\"", "\"path\": \"topics\", \"includes\": \"tortur\"",
    "torture_note" },
  { "\"code\": \"tense\"", "\"code\": \"calm\"", "(mood): the option calm is there twice" },
  { "\"code\": \"tense\"", "\"code\": \"Calm Down\"", "(mood)" },
  { "\"vocabulary\": \"violations\" }", "\"vocabulary\": \"violations\", \"under\": \"nothing\" }",
    "(topics): under" },
  { "\"vocabulary\": \"violations\" }", "\"vocabulary\": \"../violations\" }", "(topics): vocabulary" },
  { "\"vocabulary\": \"violations\" }", "\"vocabulary\": \"violations\", \"options\": [] }", "(topics)" },
  { "\"kind\": \"person\", \"role\": \"host\"", "\"kind\": \"robot\", \"role\": \"host\"",
    "section 1, field 10 (links)" },
  { "\"kind\": \"person\", \"role\": \"host\"", "\"kind\": \"person\", \"role\": \"after\"",
    "links: it is there twice" },
  { "\"path\": \"cost\"", "\"required\": true, \"path\": \"cost\"", "cost: a field of a pack" },
  { "\"name\": \"who\"", "\"name\": \"type\"", "people, column type: it is there twice" },
  { "\"name\": \"who\"", "\"name\": \"order\"", "column 2 (order)" },
  { "\"name\": \"words\", \"type\": \"text\"",
    "\"name\": \"words\", \"type\": \"table\","
    "\"columns\": [{\"name\":\"a\",\"type\":\"text\",\"label\":{\"en\":\"a\"}}]",
    "nested deeper" },
  { "\"each\": \"check\"", "\"each\": \"found\"", "checks, column : each" },
};

static void
hostile_forms_are_refused_by_the_place (void)
{
  g_autofree char *text = read_visit ();

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_auto (GStrv) pieces = g_strsplit (text, hostile[i].old_text, 2);
      g_autofree char *changed = g_strjoinv (hostile[i].new_text, pieces);
      g_autoptr (GError) error = NULL;
      g_autoptr (SakForm) form = NULL;

      if (g_strv_length (pieces) != 2)
        g_error ("not there: %s", hostile[i].old_text);
      form = sak_form_parse (changed, -1, &error);
      if (form != NULL || !g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID)
          || strstr (error->message, hostile[i].place) == NULL)
        g_error ("%s: %s", hostile[i].new_text, error != NULL ? error->message : "passed");
    }
}

static void
assert_form_refused (const char *text,
                     int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakForm) form = sak_form_parse (text, -1, &error);

  g_assert_null (form);
  g_assert_error (error, SAK_ERROR, code);
}

#define ONE_SECTION(fields) \
  "{\"form\":\"x\",\"kind\":\"event\",\"version\":1,\"label\":{\"en\":\"X\"},\"title_from\":[\"f0\"]," \
  "\"sections\":[{\"label\":{\"en\":\"S\"},\"fields\":[" fields "]}]}"

static void
huge_and_deep_forms_are_refused (void)
{
  g_autoptr (GString) many = g_string_new ("");
  g_autoptr (GString) deep = g_string_new ("");
  g_autofree char *text = NULL;
  g_autofree char *nested = NULL;
  g_auto (GStrv) pieces = g_strsplit (ONE_SECTION ("%"), "%", 2);

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (many,
        "%s{\"path\":\"f%d\",\"type\":\"text\",\"label\":{\"en\":\"F\"}}", i > 0 ? "," : "", i);
  text = g_strjoinv (many->str, pieces);
  assert_form_refused (text, SAK_ERROR_TOO_LARGE);
  while (many->len < SAK_FORM_MAX_SIZE)
    g_string_append (many, many->str);
  g_clear_pointer (&text, g_free);
  text = g_strjoinv (many->str, pieces);
  assert_form_refused (text, SAK_ERROR_TOO_LARGE);
  for (int i = 0; i < 40; i++)
    g_string_append (deep, "{\"and\":[");
  g_string_append (deep, "{\"path\":\"f1\",\"answered\":true}");
  for (int i = 0; i < 40; i++)
    g_string_append (deep, "]}");
  nested = g_strdup_printf ("{\"path\":\"f1\",\"type\":\"text\",\"label\":{\"en\":\"F\"}},"
                            "{\"path\":\"f0\",\"type\":\"text\",\"label\":{\"en\":\"F\"},\"show_if\":%s}", deep->str);
  g_clear_pointer (&text, g_free);
  text = g_strjoinv (nested, pieces);
  assert_form_refused (text, SAK_ERROR_INVALID);
  assert_form_refused ("[]", SAK_ERROR_INVALID);
  assert_form_refused ("", SAK_ERROR_INVALID);
}

/* Rules that branch twice at each of 400 fields: one look must not cost the power of that. */
static void
branching_rules_are_looked_at_once (void)
{
  g_autoptr (GString) fields = g_string_new ("");
  g_auto (GStrv) pieces = g_strsplit (ONE_SECTION ("%"), "%", 2);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakForm) form = NULL;
  g_autoptr (json_t) empty = json_object ();

  for (int i = 0; i < 400; i++)
    {
      g_string_append_printf (fields,
          "%s{\"path\":\"f%d\",\"type\":\"text\",\"label\":{\"en\":\"F\"}", i > 0 ? "," : "", i);
      if (i > 1)
        g_string_append_printf (fields, ",\"show_if\":{\"or\":[{\"path\":\"f%d\",\"answered\":true},"
                                "{\"path\":\"f%d\",\"answered\":true}]}", i - 1, i - 2);
      g_string_append (fields, "}");
    }
  text = g_strjoinv (fields->str, pieces);
  form = sak_form_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_false (sak_form_is_field_shown (form, sak_form_get_field (form, 399), empty));
}

static void
mutate (GRand   *rand,
        GString *text)
{
  static const char pieces[] = "{}[]\",:0129.-eE\\/aetn\xff\xe1\x00";
  gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) text->len);
  gsize size = MIN (text->len - at, 40);
  g_autofree char *piece = g_strndup (text->str + at / 2, size);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      text->str[at] = pieces[g_rand_int_range (rand, 0, sizeof pieces - 1)];
      break;
    case 1:
      g_string_erase (text, (gssize) at, (gssize) size);
      break;
    case 2:
      g_string_insert (text, (gssize) at, piece);
      break;
    default:
      g_string_insert_c (text, (gssize) at, pieces[g_rand_int_range (rand, 0, sizeof pieces - 1)]);
    }
}

/* Whatever becomes of the text: a form that can be asked everything, or an error. */
static void
mutated_forms_are_whole_or_refused (void)
{
  g_autofree char *good = read_visit ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr (json_t) fields = parse ("{\"title\":\"x\",\"people/" A "\":{\"said\":[{}]},\"topics\":[\"arrest\"]}");
  guint n_whole = 0;

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (good);
      g_autoptr (GError) error = NULL;
      g_autoptr (SakForm) form = NULL;

      for (int j = g_rand_int_range (rand, 1, 4); j > 0; j--)
        mutate (rand, text);
      form = sak_form_parse (text->str, (gssize) text->len, &error);
      g_assert_true ((form == NULL) == (error != NULL));
      if (form == NULL)
        {
          g_assert_true (error->domain == SAK_ERROR);
          continue;
        }
      n_whole++;
      for (guint k = 0; k < sak_form_get_n_fields (form); k++)
        (void) sak_form_is_field_shown (form, sak_form_get_field (form, k), fields);
      if (!sak_form_check_finished (form, fields, &error))
        g_assert_true (error->domain == SAK_ERROR);
    }
  g_assert_cmpuint (n_whole, >, 100);
}

static const struct
{
  const char *text;
  gint64 decimal;               /* -1: refused */
} decimals[] = {
  { "0", 0 }, { "7", 70000 }, { "0.5", 5000 }, { "2800.50", 28005000 }, { "999999999999.9999", 9999999999999999 },
  { "", -1 }, { "007", -1 }, { "1.", -1 }, { ".5", -1 }, { "1.00001", -1 }, { "-1", -1 }, { "+1", -1 }, { "1e3", -1 },
  { "1,000", -1 }, { " 1", -1 }, { "1 ", -1 }, { "1000000000000", -1 }, { "NaN", -1 }, { "๑", -1 },
};

static void
sums_lose_no_cent (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (decimals); i++)
    {
      gint64 decimal = -1;

      g_assert_true (sak_decimal_parse (decimals[i].text, &decimal) == (decimals[i].decimal >= 0));
      g_assert_cmpint (decimal, ==, decimals[i].decimal);
    }
}

static void
products_are_exact_or_refused (void)
{
  g_autofree char *text = sak_decimal_to_text (-28005000);
  gint64 product = 0;

  g_assert_cmpstr (text, ==, "-2800.5");
  g_assert_true (sak_decimal_multiply (26 * SAK_DECIMAL_ONE, 300 * SAK_DECIMAL_ONE, &product));
  g_assert_cmpint (product, ==, 7800 * SAK_DECIMAL_ONE);
  g_assert_true (sak_decimal_multiply (13 * SAK_DECIMAL_ONE + 5000, 300 * SAK_DECIMAL_ONE + 1, &product));
  g_assert_cmpint (product, ==, 4050 * SAK_DECIMAL_ONE + 14);
  g_assert_false (sak_decimal_multiply (9999999999999999, 9999999999999999, &product));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-engine/form-tells-what-it-is", form_tells_what_it_is);
  g_test_add_func ("/form-engine/good-answers-pass", good_answers_pass);
  g_test_add_func ("/form-engine/bad-answers-are-refused-by-row-and-column", bad_answers_are_refused_by_row_and_column);
  g_test_add_func ("/form-engine/finishing-asks-for-columns-and-lines-once", finishing_asks_for_columns_and_lines_once);
  g_test_add_func ("/form-engine/codes-that-stood-there-may-stay", codes_that_stood_there_may_stay);
  g_test_add_func ("/form-engine/skip-rules-follow-the-answers", skip_rules_follow_the_answers);
  g_test_add_func ("/form-engine/hidden-fields-are-not-required-and-keep-their-answer",
                   hidden_fields_are_not_required_and_keep_their_answer);
  g_test_add_func ("/form-engine/pack-is-shown-when-on-or-answered", pack_is_shown_when_on_or_answered);
  g_test_add_func ("/form-engine/rows-come-in-their-order", rows_come_in_their_order);
  g_test_add_func ("/form-engine/upgrade-moves-answers-and-leaves-none-behind",
                   upgrade_moves_answers_and_leaves_none_behind);
  g_test_add_func ("/form-engine/schema-knows-the-new-types", schema_knows_the_new_types);
  g_test_add_func ("/form-engine/many-codes-that-stood-before-may-stay", many_codes_that_stood_before_may_stay);
  g_test_add_func ("/form-engine/hostile-forms-are-refused-by-the-place", hostile_forms_are_refused_by_the_place);
  g_test_add_func ("/form-engine/huge-and-deep-forms-are-refused", huge_and_deep_forms_are_refused);
  g_test_add_func ("/form-engine/branching-rules-are-looked-at-once", branching_rules_are_looked_at_once);
  g_test_add_func ("/form-engine/mutated-forms-are-whole-or-refused", mutated_forms_are_whole_or_refused);
  g_test_add_func ("/form-engine/sums-lose-no-cent", sums_lose_no_cent);
  g_test_add_func ("/form-engine/products-are-exact-or-refused", products_are_exact_or_refused);
  return g_test_run ();
}
