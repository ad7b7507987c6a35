/* test-labour.c - what is owed, step by step; signs of forced labour and of trafficking
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form.h"
#include "storage/model/sak-indicators.h"
#include "storage/model/sak-labour.h"

#include <string.h>

#define A "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define B "0d0c2a3e-6a52-4c1c-8b5c-1f2e3d4c5b6a"
#define THB(amount) "{\"amount\":\"" amount "\",\"currency\":\"THB\"}"
#define USD(amount) "{\"amount\":\"" amount "\",\"currency\":\"USD\"}"
#define WAGE(row) "{\"labour.wages/" A "\":" row "}"

static json_t *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *value = sak_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return value;
}

static void
append_range (GString *text,
              gint64   low,
              gint64   high)
{
  g_autofree char *low_text = sak_decimal_to_text (low);
  g_autofree char *high_text = sak_decimal_to_text (high);

  g_string_append (text, low_text);
  if (low != high)
    g_string_append_printf (text, "..%s", high_text);
}

/* "earned 26x300=7800 THB" */
static void
append_line (GString             *text,
             const SakLabourLine *line)
{
  if (text->len > 0)
    g_string_append (text, "; ");
  g_string_append_printf (text, "%s ", sak_labour_step_get_code (line->step));
  if (line->is_odd)
    g_string_append (text, "odd ");
  if (line->missing != NULL)
    {
      g_string_append_printf (text, "%s %s", line->is_too_large ? "too large" : "lacks", line->missing);
      return;
    }
  if (line->is_about)
    g_string_append (text, "about ");
  if (line->is_at_least)
    g_string_append (text, "at least ");
  if (line->step == SAK_LABOUR_EARNED || line->step == SAK_LABOUR_MINIMUM || line->step == SAK_LABOUR_DEDUCTED)
    {
      g_autofree char *rate = sak_decimal_to_text (line->rate);

      append_range (text, line->low_quantity, line->high_quantity);
      g_string_append_printf (text, "x%s=", rate);
    }
  append_range (text, line->low, line->high);
  g_string_append_printf (text, " %s", line->currency != NULL ? line->currency : line->unit);
}

static const struct
{
  const char *fields;
  const char *lines;
} cases[] = {
  { "{}", "" },
  /* the example of the form's help */
  { WAGE ("{\"promised\":" THB ("300") ",\"promised_per\":\"day\",\"units\":26,\"paid\":" THB ("5000") "}"),
    "earned 26x300=7800 THB; paid 5000 THB; owed 2800 THB; total-owed 2800 THB" },
  /* days stand for units of a wage by the day */
  { WAGE ("{\"promised\":" THB ("300.25") ",\"promised_per\":\"day\",\"days\":13.5,\"paid\":" THB ("0") "}"),
    "earned 13.5x300.25=4053.375 THB; paid 0 THB; owed 4053.375 THB; total-owed 4053.375 THB" },
  /* more was paid */
  { WAGE ("{\"promised\":" THB ("300") ",\"promised_per\":\"period\",\"paid\":" THB ("500") "}"),
    "earned 1x300=300 THB; paid 500 THB; owed -200 THB; total-owed -200 THB" },
  /* what is missing is named */
  { WAGE ("{\"promised\":" THB ("300") ",\"promised_per\":\"day\"}"),
    "earned lacks units; paid lacks paid; owed lacks units,paid; total-owed at least 0 THB" },
  { WAGE ("{}"), "earned lacks promised,promised_per; paid lacks paid; owed lacks promised,promised_per,paid" },
  { WAGE ("{\"promised\":{\"amount\":\"3oo\",\"currency\":\"THB\"},\"promised_per\":\"day\",\"units\":1,"
    "\"paid\":" THB ("1") "}"),
    "earned lacks promised; paid 1 THB; owed lacks promised" },
  /* currencies are never mixed */
  { WAGE ("{\"promised\":" USD ("10") ",\"promised_per\":\"day\",\"units\":2,\"paid\":" THB ("100") "}"),
    "earned 2x10=20 USD; paid 100 THB; owed lacks currency; total-owed at least 0 USD" },
  { "{\"labour.wages/" A "\":{\"order\":2,\"promised\":" USD ("10") ",\"promised_per\":\"day\",\"units\":2,"
    "\"paid\":" USD ("0") "},"
    "\"labour.wages/" B "\":{\"order\":1,\"promised\":" THB ("10") ",\"promised_per\":\"day\",\"units\":2,"
      "\"paid\":" THB ("5") "}}",
    "earned 2x10=20 THB; paid 5 THB; owed 15 THB; earned 2x10=20 USD; paid 0 USD; owed 20 USD;"
    " total-owed 15 THB; total-owed 20 USD" },
  /* two workers are two totals */
  { "{\"labour.wages/" A "\":{\"worker\":\"" A "\",\"promised\":" THB ("9") ",\"promised_per\":\"period\","
    "\"paid\":" THB ("0") "},"
    "\"labour.wages/" B "\":{\"worker\":\"" B "\",\"promised\":" THB ("8") ",\"promised_per\":\"period\","
      "\"paid\":" THB ("0") "}}",
    "earned 1x9=9 THB; paid 0 THB; owed 9 THB; earned 1x8=8 THB; paid 0 THB; owed 8 THB;"
    " total-owed 9 THB; total-owed 8 THB" },
  /* months out of exact days; a month alone is the whole of it */
  { WAGE ("{\"period\":\"2019-03-01/2019-04-30\",\"promised\":" THB ("9000") ",\"promised_per\":\"month\","
    "\"paid\":" THB ("9000") "}"),
    "earned 2x9000=18000 THB; paid 9000 THB; owed 9000 THB; total-owed 9000 THB" },
  { WAGE ("{\"period\":\"2019-03\",\"promised\":" THB ("9000") ",\"promised_per\":\"month\",\"paid\":" THB ("0") "}"),
    "earned 1x9000=9000 THB; paid 0 THB; owed 9000 THB; total-owed 9000 THB" },
  { WAGE ("{\"period\":\"2019-03-01/2019-03-15\",\"promised\":" THB ("9000") ",\"promised_per\":\"month\","
    "\"paid\":" THB ("0") "}"),
    "earned 0.5x9000=4500 THB; paid 0 THB; owed 4500 THB; total-owed 4500 THB" },
  /* dates that are not exact make a range; approximate ones say so */
  { WAGE ("{\"period\":\"2019-03/2019-05\",\"promised\":" THB ("100") ",\"promised_per\":\"month\","
    "\"paid\":" THB ("50") "}"),
    "earned 1.0666..3x100=106.66..300 THB; paid 50 THB; owed 56.66..250 THB; total-owed 56.66..250 THB" },
  { WAGE ("{\"period\":{\"edtf\":\"2019-03~\"},\"promised\":" THB ("100") ",\"promised_per\":\"month\","
    "\"paid\":" THB ("0") "}"),
    "earned about 1x100=100 THB; paid 0 THB; owed about 100 THB; total-owed about 100 THB" },
  { WAGE ("{\"period\":\"2019-03-01/..\",\"promised\":" THB ("100") ",\"promised_per\":\"month\","
    "\"paid\":" THB ("0") "}"),
    "earned lacks units; paid 0 THB; owed lacks units; total-owed at least 0 THB" },
  { WAGE ("{\"period\":{\"said\":\"before the flood\"},\"promised\":" THB ("100") ","
    "\"promised_per\":\"week\",\"paid\":" THB ("0") "}"),
    "earned lacks units; paid 0 THB; owed lacks units; total-owed at least 0 THB" },
  { WAGE ("{\"period\":\"2019-03-01/2019-03-21\",\"promised\":" THB ("70") ",\"promised_per\":\"week\","
    "\"paid\":" THB ("0") "}"),
    "earned 3x70=210 THB; paid 0 THB; owed 210 THB; total-owed 210 THB" },
  { WAGE ("{\"promised\":" THB ("40") ",\"promised_per\":\"hour\",\"days\":10,\"hours_per_day\":12,"
    "\"paid\":" THB ("0") "}"),
    "earned 120x40=4800 THB; paid 0 THB; owed 4800 THB; hours 40 hour; total-owed 4800 THB" },
  /* the minimum by law beside what was agreed */
  { WAGE ("{\"promised\":" THB ("200") ",\"promised_per\":\"day\",\"days\":10,\"minimum\":" THB ("331") ","
    "\"paid\":" THB ("2000") "}"),
    "earned 10x200=2000 THB; paid 2000 THB; owed 0 THB; minimum 10x331=3310 THB; owed-to-minimum 1310 THB;"
    " total-owed 0 THB; total-owed-to-minimum 1310 THB" },
  /* rest: one day in seven */
  { WAGE ("{\"promised\":" THB ("1") ",\"promised_per\":\"day\",\"days\":29,\"rest_days\":1,"
    "\"paid\":" THB ("29") "}"),
    "earned 29x1=29 THB; paid 29 THB; owed 0 THB; rest 3 day; total-owed 0 THB" },
  { WAGE ("{\"period\":\"2019-03-01/2019-03-31\",\"promised\":" THB ("1") ",\"promised_per\":\"day\","
    "\"rest_days\":4,\"paid\":" THB ("27") "}"),
    "earned 27x1=27 THB; paid 27 THB; owed 0 THB; rest 0 day; total-owed 0 THB" },
  { WAGE ("{\"promised\":" THB ("1") ",\"promised_per\":\"day\",\"units\":3,\"rest_days\":4,\"paid\":" THB ("3") "}"),
    "earned 3x1=3 THB; paid 3 THB; owed 0 THB; rest lacks period; total-owed 0 THB" },
  { WAGE ("{\"promised\":" THB ("1") ",\"promised_per\":\"day\",\"units\":3,\"hours_per_day\":14,"
    "\"paid\":" THB ("3") "}"),
    "earned 3x1=3 THB; paid 3 THB; owed 0 THB; hours lacks days; total-owed 0 THB" },
  /* deductions, fees, debts */
  { "{\"labour.deductions/" A "\":{\"amount\":" THB ("150") ",\"times\":4}}",
    "deducted 4x150=600 THB; total-deducted 600 THB" },
  { "{\"labour.deductions/" A "\":{\"amount\":" THB ("150") "}}",
    "deducted at least 1x150=150 THB; total-deducted at least 150 THB" },
  { "{\"labour.fees/" A "\":{\"amount\":" THB ("18000") "},\"labour.fees/" B "\":{}}",
    "fee 18000 THB; fee lacks amount; total-fees 18000 THB" },
  { "{\"labour.debts/" A "\":{\"principal\":" THB ("20000") ",\"added\":" THB ("4000.50") ","
    "\"repaid\":" THB ("9000") ","
    "\"claimed\":" THB ("30000") ",\"interest\":\"20 for every 100\"}}",
    "debt 15000.5 THB; debt-claimed 14999.5 THB; total-debt 15000.5 THB" },
  { "{\"labour.debts/" A "\":{\"principal\":" THB ("1000") ",\"repaid\":" THB ("5000") "},"
    "\"labour.debts/" B "\":{\"principal\":" THB ("4000") "}}",
    "debt -4000 THB; debt 4000 THB; total-debt 4000 THB" },
  { "{\"labour.debts/" A "\":{\"principal\":" THB ("20000") ",\"repaid\":" USD ("9000") "}}",
    "debt lacks currency; total-debt at least 0 THB" },
  { "{\"labour.debts/" A "\":{\"repaid\":" USD ("9000") "}}", "debt lacks principal" },
  /* rest is due for the days that were worked, of however long a period */
  { WAGE ("{\"period\":\"2019\",\"days\":5,\"rest_days\":0,\"promised\":" THB ("1") ","
    "\"promised_per\":\"day\",\"paid\":" THB ("5") "}"),
    "earned 5x1=5 THB; paid 5 THB; owed 0 THB; rest 0 day; total-owed 0 THB" },
  { WAGE ("{\"period\":\"2019-03-01/2019-03-10\",\"days\":60,\"rest_days\":0,\"promised\":" THB ("1") ","
    "\"promised_per\":\"period\",\"paid\":" THB ("1") "}"),
    "earned 1x1=1 THB; paid 1 THB; owed 0 THB; rest odd 1 day; total-owed 0 THB" },
  { WAGE ("{\"period\":\"2019-03-01/2019-03-10\",\"rest_days\":11,\"promised\":" THB ("1") ","
    "\"promised_per\":\"period\",\"paid\":" THB ("1") "}"),
    "earned 1x1=1 THB; paid 1 THB; owed 0 THB; rest odd 0 day; total-owed 0 THB" },
  { "{\"labour.deductions/" A "\":{\"amount\":" THB ("999999999999") ",\"times\":1000000}}",
    "deducted too large amount; total-deducted at least 0 THB" },
  /* too large for any wage, and told */
  { WAGE ("{\"promised\":" THB ("999999999999") ",\"promised_per\":\"day\",\"units\":1000000,"
    "\"paid\":" THB ("1") "}"),
    "earned too large promised; paid 1 THB; owed too large promised; total-owed at least 0 THB" },
};

static void
every_step_is_worked_out (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (json_t) fields = parse (cases[i].fields);
      g_autoptr (GPtrArray) lines = sak_labour_work_out (fields);
      g_autoptr (GString) text = g_string_new ("");

      for (guint j = 0; j < lines->len; j++)
        append_line (text, lines->pdata[j]);
      g_assert_cmpstr (text->str, ==, cases[i].lines);
    }
}

/* Drafts and what others signed are not checked before they are looked at. */
static void
nonsense_is_taken_for_missing (void)
{
  g_autoptr (json_t) fields = parse ("{\"labour.wages/" A "\":[1],\"labour.wages/" B "\":{\"promised\":7,"
    "\"promised_per\":7,"
                                     "\"paid\":[],\"period\":{\"edtf\":[]},\"days\":-4,\"rest_days\":\"x\","
                                     "\"hours_per_day\":1e300},\"labour.debts/" A "\":{\"principal\":" THB ("1") ","
                                     "\"added\":\"x\"},\"labour.indicators/" A "\":7,\"trafficking.acts\":\"x\"}");
  g_autoptr (GPtrArray) lines = sak_labour_work_out (fields);
  SakIndicator indicators[SAK_N_INDICATORS];

  for (guint i = 0; i < lines->len; i++)
    {
      const SakLabourLine *line = lines->pdata[i];

      g_assert_true (line->missing != NULL || line->path == NULL);
    }
  sak_indicators_read (fields, indicators);
  g_assert_cmpint (indicators[0].finding, ==, SAK_FINDING_NOT_ASKED);
  g_assert_cmpint (sak_trafficking_read (fields).hint, ==, SAK_TRAFFICKING_NOTHING);
}

static void
indicators_tell_who_since_when_and_in_whose_words (void)
{
  g_autoptr (json_t) fields = parse (
    "{\"labour.indicators/" A "\":{\"sign\":\"documents\",\"finding\":\"present\",\"who\":\"" A "\","
      "\"since\":\"2019\","
    "\"words\":\"in his drawer\",\"evidence\":\"" B "\"},"
    "\"labour.indicators/" B "\":{\"sign\":\"overtime\",\"finding\":\"absent\"}}");
  SakIndicator indicators[SAK_N_INDICATORS];

  sak_indicators_read (fields, indicators);
  for (guint i = 0; i < SAK_N_INDICATORS; i++)
    {
      g_assert_cmpuint (indicators[i].number, ==, i + 1);
      g_assert_nonnull (indicators[i].code);
    }
  g_assert_cmpstr (indicators[6].code, ==, "documents");
  g_assert_cmpint (indicators[6].finding, ==, SAK_FINDING_PRESENT);
  g_assert_cmpstr (indicators[6].who, ==, A);
  g_assert_cmpstr (indicators[6].evidence, ==, B);
  g_assert_cmpstr (indicators[6].words, ==, "in his drawer");
  g_assert_cmpstr (json_string_value (indicators[6].since), ==, "2019");
  g_assert_cmpstr (indicators[10].code, ==, "overtime");
  g_assert_cmpint (indicators[10].finding, ==, SAK_FINDING_ABSENT);
  g_assert_cmpint (indicators[0].finding, ==, SAK_FINDING_NOT_ASKED);
  g_assert_null (indicators[0].path);
}

static const struct
{
  const char *fields;
  SakTraffickingHint hint;
} hints[] = {
  { "{}", SAK_TRAFFICKING_NOTHING },
  { "{\"trafficking.age\":15}", SAK_TRAFFICKING_NOTHING },
  { "{\"trafficking.acts\":[\"a\"],\"trafficking.means\":[\"m\"],"
    "\"trafficking.purposes\":[\"p\"]}", SAK_TRAFFICKING_ALL_RECORDED },
  { "{\"trafficking.acts\":[\"a\"],\"trafficking.means\":[\"m\"],\"trafficking.purposes\":[\"p\"],"
    "\"trafficking.age\":18}",
    SAK_TRAFFICKING_ALL_RECORDED },
  { "{\"trafficking.acts\":[\"a\"],\"trafficking.purposes\":[\"p\"],\"trafficking.age\":17}", SAK_TRAFFICKING_CHILD },
  { "{\"trafficking.acts\":[\"a\"],\"trafficking.purposes\":[\"p\"],"
    "\"trafficking.age\":18}", SAK_TRAFFICKING_INCOMPLETE },
  { "{\"trafficking.acts\":[\"a\"],\"trafficking.purposes\":[\"p\"]}", SAK_TRAFFICKING_INCOMPLETE },
  { "{\"trafficking.acts\":[\"a\"],\"trafficking.means\":[],\"trafficking.age\":12}", SAK_TRAFFICKING_INCOMPLETE },
  { "{\"trafficking.means\":[\"m\"],\"trafficking.purposes\":[\"p\"],"
    "\"trafficking.age\":12}", SAK_TRAFFICKING_INCOMPLETE },
};

static void
hints_say_what_is_recorded_and_no_more (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    {
      g_autoptr (json_t) fields = parse (hints[i].fields);

      g_assert_cmpint (sak_trafficking_read (fields).hint, ==, hints[i].hint);
    }
}

/* The tables that the arithmetic reads are those of the form. */
static void
the_columns_are_those_of_the_form (void)
{
  static const char *const columns[] = {
    "labour.wages worker period promised promised_per minimum units days paid rest_days hours_per_day",
    "labour.deductions worker amount times", "labour.fees worker amount",
    "labour.debts worker principal interest added repaid claimed",
    "labour.indicators sign finding who since words testimony evidence",
  };
  const SakForm *form = sak_form_find_version ("event", 2);

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_auto (GStrv) names = g_strsplit (columns[i], " ", -1);

      for (guint j = 1; names[j] != NULL; j++)
        g_assert_nonnull (sak_form_field_find_column (sak_form_find_field (form, names[0]), names[j]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labour/every-step-is-worked-out", every_step_is_worked_out);
  g_test_add_func ("/labour/nonsense-is-taken-for-missing", nonsense_is_taken_for_missing);
  g_test_add_func ("/labour/indicators-tell-who-since-when-and-in-whose-words",
                   indicators_tell_who_since_when_and_in_whose_words);
  g_test_add_func ("/labour/hints-say-what-is-recorded-and-no-more", hints_say_what_is_recorded_and_no_more);
  g_test_add_func ("/labour/the-columns-are-those-of-the-form", the_columns_are_those_of_the_form);
  return g_test_run ();
}
