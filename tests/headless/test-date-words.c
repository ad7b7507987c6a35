/* test-date-words.c - dates in six languages against tests/data/date-words.tsv
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-date-events.h"
#include "storage/model/sak-form.h"

#include <string.h>

static const SakDateEvent events[] = {
  { "the flood", "2011-07/2011-12" }, { "น้ำท่วม", "2011-07/2011-12" }, { NULL, NULL },
};

static gint32
get_reference_day (void)
{
  return sak_date_day_of (2026, 11, 22);
}

static SakDateReading *
understand (const char *text,
            const char *language)
{
  g_autoptr (GError) error = NULL;
  SakDateReading *reading = sak_date_understand (text, language, get_reference_day (), events, &error);

  g_assert_no_error (error);
  return reading;
}

static char *
join_alternatives (const SakDateReading *reading)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < reading->alternatives->len; i++)
    {
      const SakDateOption *option = reading->alternatives->pdata[i];

      g_string_append_printf (joined, "%s%s", i > 0 ? "|" : "", option->edtf);
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

/* What the line says, and what came out, as one text. */
static gboolean
check_line (char **columns)
{
  g_autoptr (SakDateReading) reading = understand (columns[1], columns[0]);
  g_autofree char *alternatives = join_alternatives (reading);
  g_autofree char *came = g_strdup_printf ("%s\t%.1s\t%s\t%s", reading->edtf != NULL ? reading->edtf : "-",
                                           reading->calendar != NULL ? reading->calendar : "",
                                           reading->is_certain ? "!" : "", alternatives);
  g_autofree char *expected = g_strjoinv ("\t", columns + 2);

  if (g_str_equal (came, expected))
    return TRUE;
  g_printerr ("%s: \"%s\"\n  expected %s\n  came     %s\n", columns[0], columns[1], expected, came);
  return FALSE;
}

static char **
read_lines (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "date-words.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static void
words_are_understood_in_six_languages (void)
{
  g_auto (GStrv) lines = read_lines ();
  guint n_lines = 0, n_wrong = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      if (g_strv_length (columns) != 6)
        g_error ("not six columns: %s", lines[i]);
      n_lines++;
      n_wrong += check_line (columns) ? 0 : 1;
    }
  g_assert_cmpuint (n_wrong, ==, 0);
  g_assert_cmpuint (n_lines, >=, 200);
}

/* Whatever is understood is EDTF that a form takes, with the words beside it. */
static void
what_is_understood_can_be_stored (void)
{
  g_auto (GStrv) lines = read_lines ();
  const SakForm *form = sak_form_get ("event");

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autoptr (SakDateReading) reading = NULL;

      if (g_strv_length (columns) != 6)
        continue;
      reading = understand (columns[1], columns[0]);
      for (guint n = 0; n <= reading->alternatives->len; n++)
        {
          g_autoptr (json_t) fields = json_object ();

          json_object_set_new (fields, "date", sak_date_reading_to_value (reading, n));
          g_assert_true (sak_form_check_draft (form, fields, NULL));
        }
    }
}

static void
values_keep_the_words_and_the_calendar (void)
{
  g_autoptr (SakDateReading) reading = understand ("12/3/2562", "th");
  g_autoptr (SakDateReading) plain = understand ("2019-03", "th");
  g_autoptr (SakDateReading) unread = understand ("the drought", "en");
  g_autoptr (SakDateReading) nothing = understand ("  ", "en");
  g_autoptr (json_t) first = sak_date_reading_to_value (reading, 0);
  g_autoptr (json_t) second = sak_date_reading_to_value (reading, 1);
  g_autoptr (json_t) text = sak_date_reading_to_value (plain, 0);
  g_autoptr (json_t) kept = sak_date_reading_to_value (unread, 0);

  g_assert_cmpstr (sak_json_get_text (first, "edtf"), ==, "2019-03-12");
  g_assert_cmpstr (sak_json_get_text (first, "said"), ==, "12/3/2562");
  g_assert_cmpstr (sak_json_get_text (first, "calendar"), ==, "buddhist");
  g_assert_cmpstr (sak_json_get_text (second, "edtf"), ==, "2019-12-03");
  g_assert_cmpstr (json_string_value (text), ==, "2019-03");
  g_assert_cmpuint (json_object_size (kept), ==, 1);
  g_assert_cmpstr (sak_json_get_text (kept, "said"), ==, "the drought");
  g_assert_null (sak_date_reading_to_value (nothing, 0));
}

static void
a_wrong_weekday_is_told (void)
{
  g_autoptr (SakDateReading) wrong = understand ("Friday 12 March 2019", "en");
  g_autoptr (SakDateReading) right = understand ("Tuesday 12 March 2019", "en");

  g_assert_cmpstr (wrong->edtf, ==, "2019-03-12");
  g_assert_true (wrong->weekday_differs);
  g_assert_false (wrong->is_certain);
  g_assert_false (right->weekday_differs);
}

static void
last_year_needs_a_reference_day (void)
{
  g_autoptr (SakDateReading) reading = sak_date_understand ("last year", "en", SAK_DATE_NO_REFERENCE, NULL, NULL);
  g_autoptr (SakDateReading) counted = sak_date_understand ("3 days ago", "en", SAK_DATE_NO_REFERENCE, NULL, NULL);
  g_autoptr (SakDateReading) decade = sak_date_understand ("the 90s", "en", SAK_DATE_NO_REFERENCE, NULL, NULL);

  g_assert_null (reading->edtf);
  g_assert_null (decade->edtf);
  g_assert_null (counted->edtf);
}

/* New Year's Days as the calendar committees announced them. */
static void
myanmar_years_begin_on_the_day_announced (void)
{
  static const struct { const char *said, *edtf; } years[] = {
    { "ME 1375", "2013-04-17/2014-04-16" }, { "ME 1379", "2017-04-17/2018-04-16" },
    { "ME 1381", "2019-04-17/2020-04-16" }, { "ME 1382", "2020-04-17/2021-04-16" },
    { "ME 1383", "2021-04-17/2022-04-16" }, { "ME 1384", "2022-04-17/2023-04-16" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr (SakDateReading) reading = understand (years[i].said, "en");

      g_assert_cmpstr (reading->edtf, ==, years[i].edtf);
    }
}

static void
text_that_is_not_text_is_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sak_date_understand ("March \xff 2019", "en", 0, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

/* Lines cut, joined and doubled: never a crash, and every EDTF is one. */
static void
garbled_words_make_a_date_or_nothing (void)
{
  static const char *const tongues[] = { "en", "my", "th", "km", "lo", "vi", "xx", "" };
  g_auto (GStrv) lines = read_lines ();
  int n_lines = (int) g_strv_length (lines);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (SakDateReading) reading = NULL;
      SakDateSpan span;

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        {
          const char *line = lines[g_test_rand_int_range (0, n_lines)];
          glong size = g_utf8_strlen (line, -1);
          g_autofree char *piece = g_utf8_substring (line, g_test_rand_int_range (0, (int) size + 1), size);

          g_string_append (text, piece);
        }
      reading = understand (text->str, tongues[g_test_rand_int_range (0, G_N_ELEMENTS (tongues))]);
      g_assert_true (reading->edtf == NULL || sak_date_parse (reading->edtf, &span, NULL));
      g_assert_true (reading->edtf != NULL || reading->alternatives->len == 0);
    }
}

static void
endless_words_are_kept_unread (void)
{
  g_autofree char *nines = g_strnfill (1000000, '9');
  g_autofree char *dashes = g_strnfill (900, '-');
  g_autoptr (SakDateReading) long_one = understand (nines, "en");
  g_autoptr (SakDateReading) dashed = understand (dashes, "en");

  g_assert_null (long_one->edtf);
  g_assert_null (dashed->edtf);
}

static void
assert_no_event (const char *name,
                 const char *edtf,
                 gint        code)
{
  g_autoptr (GArray) list = sak_date_events_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_date_events_add (list, "The Flood", "2011", &error));
  g_assert_false (sak_date_events_add (list, name, edtf, &error));
  g_assert_error (error, SAK_ERROR, code);
  g_assert_cmpuint (list->len, ==, 1);
}

/* A name of words that dates are made of would change what everybody's dates mean. */
static void
an_event_must_not_mean_a_date_by_itself (void)
{
  static const char *const dates[] = { "2019", "before", "rainy season", "3 days", "march",
                                       "มกราคม", "နွေရာသီ", " ", "" };
  g_autofree char *endless = g_strnfill (SAK_DATE_MAX_EVENT_NAME + 1, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    assert_no_event (dates[i], "2019", SAK_ERROR_INVALID);
  assert_no_event ("the strike", "last year", SAK_ERROR_INVALID);
  assert_no_event ("two\nlines", "2019", SAK_ERROR_INVALID);
  assert_no_event ("\xff", "2019", SAK_ERROR_INVALID);
  assert_no_event ("the strike", "\xff", SAK_ERROR_INVALID);
  assert_no_event (endless, "2019", SAK_ERROR_INVALID);
  assert_no_event ("the  FLOOD", "2019", SAK_ERROR_EXISTS);
}

static void
events_in_force_are_those_of_the_last_owner (void)
{
  GArray *one = sak_date_events_new (), *two = sak_date_events_new ();
  g_autoptr (GArray) held = NULL;
  g_autoptr (GArray) after = NULL;
  g_autoptr (GArray) none = NULL;
  g_autoptr (SakDateReading) reading = NULL;

  g_assert_true (sak_date_events_add (one, "the strike", "2019-05", NULL));
  sak_date_use_events (&one, one);
  held = sak_date_get_events ();
  sak_date_use_events (&two, two);
  sak_date_drop_events (&one);
  after = sak_date_get_events ();
  g_assert_true (after == two);
  sak_date_drop_events (&two);
  none = sak_date_get_events ();
  g_assert_cmpuint (none->len, ==, 0);
  reading = sak_date_understand ("after the strike", "en", SAK_DATE_NO_REFERENCE, sak_date_events_peek (held), NULL);
  g_assert_cmpstr (reading->edtf, ==, "2019-06/..");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date-words/words-are-understood-in-six-languages", words_are_understood_in_six_languages);
  g_test_add_func ("/date-words/what-is-understood-can-be-stored", what_is_understood_can_be_stored);
  g_test_add_func ("/date-words/values-keep-the-words-and-the-calendar", values_keep_the_words_and_the_calendar);
  g_test_add_func ("/date-words/a-wrong-weekday-is-told", a_wrong_weekday_is_told);
  g_test_add_func ("/date-words/last-year-needs-a-reference-day", last_year_needs_a_reference_day);
  g_test_add_func ("/date-words/myanmar-years-begin-on-the-day-announced", myanmar_years_begin_on_the_day_announced);
  g_test_add_func ("/date-words/text-that-is-not-text-is-refused", text_that_is_not_text_is_refused);
  g_test_add_func ("/date-words/garbled-words-make-a-date-or-nothing", garbled_words_make_a_date_or_nothing);
  g_test_add_func ("/date-words/endless-words-are-kept-unread", endless_words_are_kept_unread);
  g_test_add_func ("/date-words/an-event-must-not-mean-a-date-by-itself", an_event_must_not_mean_a_date_by_itself);
  g_test_add_func ("/date-words/events-in-force-are-those-of-the-last-owner",
                   events_in_force_are_those_of_the_last_owner);
  return g_test_run ();
}
