/* test-date.c - EDTF level 1 against tests/data/edtf.tsv
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-date.h"

#include <string.h>

static void
assert_refused (const char *edtf)
{
  SakDateSpan span = { 1, 2, TRUE, TRUE };
  g_autoptr (GError) error = NULL;

  if (sak_date_parse (edtf, &span, &error))
    g_error ("\"%s\" was not refused", edtf);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_cmpint (span.earliest_day, ==, 1);
  g_assert_cmpint (span.latest_day, ==, 2);
}

static void
assert_span (char **columns)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *earliest = NULL;
  g_autofree char *latest = NULL;
  SakDateSpan span;

  if (!sak_date_parse (columns[0], &span, &error))
    g_error ("\"%s\" was refused", columns[0]);
  g_assert_no_error (error);
  g_test_message ("%s", columns[0]);
  earliest = sak_date_day_to_text (span.earliest_day);
  latest = sak_date_day_to_text (span.latest_day);
  g_assert_cmpstr (earliest, ==, columns[1]);
  g_assert_cmpstr (latest, ==, columns[2]);
  g_assert_cmpint (span.is_uncertain, ==, strchr (columns[3], 'u') != NULL);
  g_assert_cmpint (span.is_approximate, ==, strchr (columns[3], 'a') != NULL);
}

static char **
read_lines (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static void
vectors_come_out (void)
{
  g_auto (GStrv) lines = read_lines ("edtf.tsv");
  guint n_good = 0, n_refused = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      if (g_strv_length (columns) == 2 && strcmp (columns[1], "-") == 0)
        {
          assert_refused (columns[0]);
          n_refused++;
          continue;
        }
      g_assert_cmpuint (g_strv_length (columns), ==, 4);
      assert_span (columns);
      n_good++;
    }
  g_assert_cmpuint (n_good, >=, 85);
  g_assert_cmpuint (n_refused, >=, 110);
}

static SakDatePoint
read_point (const char *text)
{
  static const char *const units[] = {
    "unknown", "open", "century", "decade", "year", "season", "month", "day", "time", NULL
  };
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  SakDatePoint point = { 0 };

  g_assert_cmpuint (g_strv_length (words), >=, 5);
  while (!g_str_equal (units[point.unit], words[0]))
    g_assert_nonnull (units[++point.unit]);
  point.year = (gint32) g_ascii_strtoll (words[1], NULL, 10);
  point.month = (guint8) g_ascii_strtoull (words[2], NULL, 10);
  point.day = (guint8) g_ascii_strtoull (words[3], NULL, 10);
  point.n_unspecified = (guint8) g_ascii_strtoull (words[4], NULL, 10);
  point.is_uncertain = words[5] != NULL && strchr (words[5], 'u') != NULL;
  point.is_approximate = words[5] != NULL && strchr (words[5], 'a') != NULL;
  if (point.unit == SAK_DATE_TIME)
    {
      point.seconds = 23 * 3600 + 20 * 60 + 30;
      point.shift = SAK_DATE_SHIFT_UTC;
    }
  return point;
}

/* Parts as another program would write them down, taken apart and put together. */
static void
parts_come_out_and_print (void)
{
  g_auto (GStrv) lines = read_lines ("edtf-parts.tsv");
  guint n_lines = 0;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autofree char *printed = NULL;
      SakDateParts expected = { 0 }, parts;

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;
      g_assert_cmpuint (g_strv_length (columns), ==, 3);
      expected.from = read_point (columns[1]);
      expected.is_interval = !g_str_equal (columns[2], "-");
      if (expected.is_interval)
        expected.to = read_point (columns[2]);
      g_test_message ("%s", columns[0]);
      g_assert_true (sak_date_parse_parts (columns[0], &parts, NULL));
      g_assert_true (sak_date_parts_equal (&parts, &expected));
      printed = sak_date_print (&expected);
      g_assert_cmpstr (printed, ==, columns[0]);
      n_lines++;
    }
  g_assert_cmpuint (n_lines, >=, 25);
}

/* Only a shift of hours alone has a second spelling. */
static void
every_vector_prints_as_it_was (void)
{
  g_auto (GStrv) lines = read_lines ("edtf.tsv");

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
      g_autofree char *printed = NULL;
      SakDateParts parts;

      if (g_strv_length (columns) != 4)
        continue;
      g_assert_true (sak_date_parse_parts (columns[0], &parts, NULL));
      printed = sak_date_print (&parts);
      g_assert_cmpstr (printed, ==, g_str_equal (columns[0], "1985-04-12T23:20:30-04")
                                      ? "1985-04-12T23:20:30-04:00" : columns[0]);
    }
}

static SakDatePoint
make_point (gboolean is_end)
{
  SakDatePoint point = { .unit = (SakDateUnit) g_test_rand_int_range (is_end ? 0 : 2, 9) };

  point.year = g_test_rand_int_range (-12000, 12000);
  if (point.unit == SAK_DATE_CENTURY || point.unit == SAK_DATE_DECADE)
    point.year = point.year / 100 * 100;
  if (point.unit == SAK_DATE_SEASON)
    point.month = (guint8) g_test_rand_int_range (20, 26);
  if (point.unit >= SAK_DATE_MONTH)
    point.month = (guint8) g_test_rand_int_range (0, 14);
  if (point.unit >= SAK_DATE_DAY)
    point.day = (guint8) g_test_rand_int_range (0, 33);
  if (g_test_rand_bit ())
    point.n_unspecified = (guint8) g_test_rand_int_range (0, 3);
  if (point.unit == SAK_DATE_TIME)
    point.seconds = g_test_rand_int_range (-1, 86401);
  if (point.unit == SAK_DATE_TIME)
    point.shift = g_test_rand_bit () ? SAK_DATE_SHIFT_UTC : (gint16) g_test_rand_int_range (-1440, 1441);
  point.is_uncertain = g_test_rand_bit () && g_test_rand_bit ();
  point.is_approximate = g_test_rand_bit () && g_test_rand_bit ();
  return point;
}

/* Whatever parts are printed, they are read back the same; what cannot be is not printed. */
static void
what_is_printed_is_read_back_the_same (void)
{
  guint n_printed = 0;

  for (guint i = 0; i < 50000; i++)
    {
      gboolean is_interval = g_test_rand_bit ();
      SakDateParts parts = { is_interval, make_point (is_interval), { 0 } };
      g_autofree char *text = NULL;
      g_autofree char *again = NULL;
      SakDateParts read;

      if (is_interval)
        parts.to = make_point (TRUE);
      text = sak_date_print (&parts);
      if (text == NULL)
        continue;
      n_printed++;
      g_assert_true (sak_date_parse_parts (text, &read, NULL));
      g_assert_true (sak_date_parts_equal (&parts, &read));
      again = sak_date_print (&read);
      g_assert_cmpstr (again, ==, text);
    }
  g_assert_cmpuint (n_printed, >, 5000);
}

/* Vectors with characters struck, doubled and swapped: refused, or a date that prints. */
static void
garbled_dates_are_refused_or_make_sense (void)
{
  static const char letters[] = "0123456789X-/.?~%YTZ: +\xe0\xff";
  g_auto (GStrv) lines = read_lines ("edtf.tsv");
  guint n_lines = g_strv_length (lines);

  for (guint i = 0; i < 100000; i++)
    {
      g_autofree char *text = g_strndup (lines[g_test_rand_int_range (0, (int) n_lines)], 40);
      gsize size = strcspn (text, "\t");
      SakDateParts parts;
      SakDateSpan span;

      text[size] = '\0';
      for (int n = g_test_rand_int_range (0, 4); n > 0 && size > 0; n--)
        text[g_test_rand_int_range (0, (int) size)] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      if (sak_date_parse_parts (text, &parts, NULL))
        {
          g_autofree char *printed = sak_date_print (&parts);

          g_assert_nonnull (printed);
          g_assert_true (sak_date_parse (printed, &span, NULL));
          g_assert_cmpint (span.earliest_day, <=, span.latest_day);
        }
    }
}

static void
days_print_in_the_coarsest_unit_that_says_them (void)
{
  static const char *const texts[] = {
    "2019", "2019-07", "2019-07-15", "2019-06/2019-10", "2019-04-17/2020-04-16", "2018/2020",
    "2018-01/2018-04", "2018-01-01/2018-01-10", "../2014", "../2014-03-31", "2016/..", "-0044/0014",
    "Y17000", "2020-02", "2019-12/2020-02",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *printed = NULL;
      SakDateSpan span;

      g_assert_true (sak_date_parse (texts[i], &span, NULL));
      printed = sak_date_print_days (span.earliest_day, span.latest_day);
      g_assert_cmpstr (printed, ==, g_str_equal (texts[i], "../2014-03-31") ? "../2014-03" : texts[i]);
    }
  g_assert_null (sak_date_print_days (G_MININT32, G_MAXINT32));
  g_assert_null (sak_date_print_days (2, 1));
}

static void
a_million_digits_are_no_date (void)
{
  g_autofree char *digits = g_strnfill (1000000, '9');
  g_autofree char *year = g_strconcat ("Y", digits, NULL);
  g_autofree char *strokes = g_strnfill (1000000, '/');

  assert_refused (digits);
  assert_refused (year);
  assert_refused (strokes);
}

static void
days_are_counted_from_1970 (void)
{
  static const struct
  {
    const char *edtf;
    gint32 day;
  } days[] = {
    { "1970-01-01", 0 }, { "1970-01-02", 1 }, { "1969-12-31", -1 }, { "2000-03-01", 11017 },
    { "2026-11-21", 20778 }, { "0000-03-01", -719468 }, { "9999-12-31", 2932896 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      SakDateSpan span;

      g_assert_true (sak_date_parse (days[i].edtf, &span, NULL));
      g_assert_cmpint (span.earliest_day, ==, days[i].day);
    }
}

/* Four centuries hold every kind of year there is. */
static void
each_day_of_400_years_goes_there_and_back (void)
{
  for (gint32 day = -100; day < 146097; day++)
    {
      g_autofree char *text = sak_date_day_to_text (day);
      SakDateSpan span;

      g_assert_true (sak_date_parse (text, &span, NULL));
      g_assert_cmpint (span.earliest_day, ==, day);
      g_assert_cmpint (span.latest_day, ==, day);
    }
}

static void
open_ends_are_the_extremes (void)
{
  SakDateSpan before, since;

  g_assert_true (sak_date_parse ("../2015", &before, NULL));
  g_assert_cmpint (before.earliest_day, ==, G_MININT32);
  g_assert_true (sak_date_parse ("2020-05/..", &since, NULL));
  g_assert_cmpint (since.latest_day, ==, G_MAXINT32);
}

static void
nothing_is_no_date (void)
{
  assert_refused (NULL);
  assert_refused ("");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/vectors-come-out", vectors_come_out);
  g_test_add_func ("/date/days-are-counted-from-1970", days_are_counted_from_1970);
  g_test_add_func ("/date/each-day-of-400-years-goes-there-and-back",
                   each_day_of_400_years_goes_there_and_back);
  g_test_add_func ("/date/open-ends-are-the-extremes", open_ends_are_the_extremes);
  g_test_add_func ("/date/parts-come-out-and-print", parts_come_out_and_print);
  g_test_add_func ("/date/every-vector-prints-as-it-was", every_vector_prints_as_it_was);
  g_test_add_func ("/date/what-is-printed-is-read-back-the-same", what_is_printed_is_read_back_the_same);
  g_test_add_func ("/date/garbled-dates-are-refused-or-make-sense",
                   garbled_dates_are_refused_or_make_sense);
  g_test_add_func ("/date/days-print-in-the-coarsest-unit-that-says-them",
                   days_print_in_the_coarsest_unit_that_says_them);
  g_test_add_func ("/date/a-million-digits-are-no-date", a_million_digits_are_no_date);
  g_test_add_func ("/date/nothing-is-no-date", nothing_is_no_date);
  return g_test_run ();
}
