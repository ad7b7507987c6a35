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

static void
vectors_come_out (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "edtf.tsv", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_good = 0, n_refused = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
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
  g_assert_cmpuint (n_good, >=, 60);
  g_assert_cmpuint (n_refused, >=, 80);
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
  g_test_add_func ("/date/nothing-is-no-date", nothing_is_no_date);
  return g_test_run ();
}
