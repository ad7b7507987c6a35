/* test-answers.c - answers in words: sums, lengths of time, terms, and who did what to whom
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/words/sak-words-labour.h"

#include <string.h>

#define HLA "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define AUNG "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"
#define NAMELESS "1d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"
#define THB(amount) "{\"amount\": \"" amount "\", \"currency\": \"THB\"}"
#define ELSEWHERE "2d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"

static const char *
find_title (gpointer    unused,
            const char *record)
{
  if (g_str_equal (record, HLA))
    return "Ma Hla";
  if (g_str_equal (record, AUNG))
    return "Sergeant Aung";
  return g_str_equal (record, NAMELESS) ? "" : NULL;
}

static const SakWordsSight sight = { "en", find_title, NULL };

static SakForm *
load_form (const char *name)
{
  g_autofree char *path = g_build_filename (SAK_SOURCE_ROOT, "tests", "data", "forms", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  SakForm *form;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  form = sak_form_parse (text, -1, &error);
  g_assert_no_error (error);
  return form;
}

static void
typed_sums_are_read_as_people_write_them (void)
{
  static const struct { const char *typed, *amount; } sums[] = {
    { "2800", "2800" }, { "2800.5", "2800.5" }, { "2,800.50", "2800.50" }, { "2.800,50", "2800.50" },
    { "2.800.500", "2800500" }, { "2,800", "2800" }, { "2.800", "2800" }, { "2,8", "2.8" }, { "0.25", "0.25" },
    { "๒๘๐๐", "2800" }, { "၂၈၀၀", "2800" }, { "1 500 000", "1500000" }, { "1'500", "1500" }, { "007", "7" },
    { "", NULL }, { "-5", NULL }, { "5 baht", NULL }, { ".", NULL }, { "5.", NULL }, { "1.23456", NULL },
    { "1234567890123", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autofree char *amount = sak_words_read_amount (sums[i].typed);

      g_assert_cmpstr (amount, ==, sums[i].amount);
    }
}

static void
sums_and_spans_are_said (void)
{
  static const struct { const char *span, *said; } spans[] = {
    { "{\"number\": 1, \"unit\": \"months\"}", "1 month" },
    { "{\"number\": 1.5, \"unit\": \"hours\"}", "1.5 hours" },
    { "{\"number\": 4, \"unit\": \"years\", \"said\": \"since the flood\"}", "4 years (“since the flood”)" },
    { "{\"said\": \"one rainy season\"}", "one rainy season" },
    { "{\"number\": 4, \"unit\": \"moons\"}", "4 moons" },
    { "{}", "" },
  };
  g_autofree char *amount = sak_words_amount ("1234567.50");
  g_autofree char *small = sak_words_amount ("999");

  g_assert_cmpstr (amount, ==, "1\u202f234\u202f567.50");
  g_assert_cmpstr (small, ==, "999");
  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (json_t) span = json_loads (spans[i].span, 0, NULL);
      g_autofree char *said = sak_words_span (span);

      g_assert_cmpstr (said, ==, spans[i].said);
    }
}

static const struct
{
  const char *row;
  const char *sentence;
  const char *detail;
} acts[] = {
  { "{}", "", "" },
  { "{\"type\": \"torture-beating\"}", "Beating", "" },
  { "{\"type\": \"torture-beating\", \"victim\": \"" HLA "\"}", "Beating, done to Ma Hla", "" },
  { "{\"type\": \"torture-beating\", \"victim\": \"" HLA "\", \"date\": \"2019-07\","
    " \"place\": {\"name\": \"Mahachai\"},"
    " \"involvements\": [{\"person\": \"" AUNG "\", \"type\": [\"police\"]}, {\"type\": [\"broker\"]}]}",
    "Beating, done to Ma Hla by Sergeant Aung (Police); Broker or recruiter", "July 2019 · Mahachai" },
  { "{\"type\": \"torture-beating\", \"involvements\": [{\"person\": \"" ELSEWHERE "\"}, {}]}",
    "Beating, done by a record that is not here", "" },
  { "{\"victim\": \"" NAMELESS "\"}", "Something not chosen yet, done to a record without a name yet", "" },
  { "{\"type\": \"nobody-knows-this\"}", "nobody-knows-this", "" },
};

static void
an_act_says_who_did_what_to_whom (void)
{
  g_autoptr (SakForm) form = load_form ("acts.json");
  const SakFormField *table = sak_form_find_field (form, "acts/" HLA);

  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      g_autoptr (json_t) row = json_loads (acts[i].row, 0, NULL);
      g_autofree char *sentence = sak_words_row (table, row, &sight);
      g_autofree char *detail = sak_words_row_detail (table, row, &sight);

      g_assert_cmpstr (sentence, ==, acts[i].sentence);
      g_assert_cmpstr (detail, ==, acts[i].detail);
    }
}

static void
assert_answer (const SakFormField *field,
               const char         *value,
               const char         *words)
{
  g_autoptr (json_t) json = json_loads (value, JSON_DECODE_ANY, NULL);
  g_autofree char *said = sak_words_answer (field, json, &sight);

  g_assert_cmpstr (said, ==, words);
}

static void
every_type_of_answer_is_said (void)
{
  g_autoptr (SakForm) form = load_form ("visit.json");
  const SakFormField *people = sak_form_find_field (form, "people/" HLA);

  assert_answer (sak_form_find_field (form, "title"), "\"Visit\"", "Visit");
  assert_answer (sak_form_find_field (form, "was_safe"), "\"not-asked\"", "Not asked");
  assert_answer (sak_form_find_field (form, "mood"), "\"tense\"", "Tense");
  assert_answer (sak_form_find_field (form, "mood"), "\"angry\"", "angry");
  assert_answer (sak_form_find_field (form, "topics"), "[\"torture\", \"local.mine\"]",
                 "Violence against the person › Torture\nlocal.mine");
  assert_answer (sak_form_find_field (form, "cost"), "{\"amount\": \"2800.50\", \"currency\": \"THB\"}",
                 "2\u202f800.50 THB");
  assert_answer (sak_form_find_field (form, "lasted"), "{\"number\": 2, \"unit\": \"days\"}", "2 days");
  assert_answer (sak_form_field_find_column (people, "who"), "\"" HLA "\"", "Ma Hla");
  assert_answer (sak_form_field_find_column (people, "when"), "{\"edtf\": \"2019~\", \"said\": \"x\"}",
                 "about 2019 (as you said: x)");
  assert_answer (sak_form_field_find_column (people, "when"), "{\"said\": \"in the rains\"}", "in the rains");
  assert_answer (sak_form_field_find_column (people, "where"), "{\"name\": \"Hpa-An\", \"region\": \"Kayin\"}",
                 "Hpa-An, Kayin");
  assert_answer (sak_form_field_find_column (people, "said"),
                 "[{\"words\": \"go\", \"tone\": [\"loud\", \"rude\"]}, {\"words\": \"now\"}]",
                 "go · Tone: Loud, Rude\nnow");
}

/* Nothing of what stands in a record is trusted to have its shape. */
static void
what_is_no_answer_says_nothing (void)
{
  static const char *const values[] = { "null", "1", "\"x\"", "[]", "[1, {}]", "{}", "{\"name\": 1}", "true" };
  g_autoptr (SakForm) form = load_form ("visit.json");

  for (guint n = 0; n < sak_form_get_n_fields (form); n++)
    for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
      {
        g_autoptr (json_t) value = json_loads (values[i], JSON_DECODE_ANY, NULL);
        const SakFormField *field = sak_form_get_field (form, n);
        g_autofree char *said = sak_words_answer (field, value, &sight);

        g_assert_nonnull (said);
        if (sak_form_field_get_n_columns (field) > 0)
          {
            g_autofree char *row = sak_words_row (field, value, &sight);
            g_autofree char *detail = sak_words_row_detail (field, value, &sight);

            g_assert_true (row != NULL && detail != NULL);
          }
      }
}

/* Below which section of the incident's form, with which answers: what it says there. */
static const struct
{
  const char *path;
  const char *fields;
  const char *words;
} worked_out[] = {
  { "title", "{\"labour.wages/" HLA "\": {\"promised\": " THB ("300") "}}", "" },
  { "labour.wages", "{}", "" },
  { "labour.wages", "{\"labour.wages/" HLA "\": {\"worker\": \"" HLA "\", \"promised\": " THB ("300")
    ", \"promised_per\": \"day\", \"units\": 26, \"paid\": " THB ("5000") "}}",
    "Ma Hla · Wage agreed: 300 THB|Earned as agreed: 26 days × 300 THB = 7\u202f800 THB|Paid: 5\u202f000 THB|"
    "Still owed: 2\u202f800 THB|In all still owed to Ma Hla: 2\u202f800 THB" },
  { "labour.wages", "{\"labour.wages/" HLA "\": {\"promised\": " THB ("300") ", \"promised_per\": \"day\","
    " \"units\": 1, \"paid\": " THB ("500") "}}",
    "Wage agreed: 300 THB · For each: Day|Earned as agreed: 1 day × 300 THB = 300 THB|Paid: 500 THB|"
    "Paid beyond what was agreed: 200 THB|In all still owed: −200 THB" },
  { "labour.wages", "{\"labour.wages/" HLA "\": {\"promised\": " THB ("300") ", \"promised_per\": \"day\"}}",
    "Wage agreed: 300 THB · For each: Day|"
    "To work out what is owed, fill in: How many of these were worked, Paid" },
  { "labour.wages", "{\"labour.wages/" HLA "\": {\"days\": 10, \"hours_per_day\": 14}}",
    "Days worked: 10 · Hours a day: 14|To work out what is owed, fill in: Wage agreed, For each, Paid|"
    "Hours beyond eight a day, in all: 60 hours" },
  { "labour.fees", "{\"labour.fees/" HLA "\": {\"amount\": " THB ("12000") "}, \"labour.fees/" AUNG "\": {\"amount\": "
    "{\"amount\": \"50\", \"currency\": \"USD\"}}}",
    "Amount: 12\u202f000 THB|Paid: 12\u202f000 THB|Amount: 50 USD|Paid: 50 USD|"
    "In all paid in fees and costs: 12\u202f000 THB|In all paid in fees and costs: 50 USD" },
  { "labour.indicators", "{\"labour.indicators/" HLA "\": {\"sign\": \"documents\", \"finding\": \"present\"},"
    " \"labour.indicators/" AUNG "\": {\"sign\": \"debt\", \"finding\": \"unsure\"}}",
    "Of eleven signs: 1 present, 0 absent, 1 unsure, 9 not asked. "
    "This counts what was recorded and is no verdict." },
  { "trafficking.acts", "{\"trafficking.acts\": [\"trafficking-acts\"]}",
    "Not all of the three elements are recorded. That does not mean that they were not there." },
};

static void
every_step_of_the_sum_can_be_followed (void)
{
  const SakForm *form = sak_form_find_version ("event", 2);

  for (gsize i = 0; i < G_N_ELEMENTS (worked_out); i++)
    {
      g_autoptr (json_t) fields = json_loads (worked_out[i].fields, 0, NULL);
      const SakFormField *field = sak_form_find_field (form, worked_out[i].path);
      g_autoptr (GPtrArray) words = NULL;
      g_autofree char *all = NULL;
      g_auto (GStrv) pieces = NULL;
      g_autofree char *plain = NULL;

      g_assert_nonnull (fields);
      words = sak_words_work_out (form, sak_form_field_get_section_index (field), fields, TRUE, &sight);
      g_ptr_array_add (words, NULL);
      all = g_strjoinv ("|", (char **) words->pdata);
      pieces = g_strsplit (all, "\u2003", -1);
      plain = g_strjoinv ("", pieces);
      g_assert_cmpstr (plain, ==, worked_out[i].words);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answers/typed-sums-are-read-as-people-write-them", typed_sums_are_read_as_people_write_them);
  g_test_add_func ("/answers/sums-and-spans-are-said", sums_and_spans_are_said);
  g_test_add_func ("/answers/an-act-says-who-did-what-to-whom", an_act_says_who_did_what_to_whom);
  g_test_add_func ("/answers/every-type-of-answer-is-said", every_type_of_answer_is_said);
  g_test_add_func ("/answers/what-is-no-answer-says-nothing", what_is_no_answer_says_nothing);
  g_test_add_func ("/answers/every-step-of-the-sum-can-be-followed", every_step_of_the_sum_can_be_followed);
  return g_test_run ();
}
