/* test-words-date.c - dates in sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-language.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-when.h"

static void
dates_are_said_in_words (void)
{
  static const struct { const char *edtf, *calendar, *said; } dates[] = {
    { "2019", NULL, "2019" }, { "2019-07", NULL, "July 2019" }, { "2019-07-14", NULL, "14 July 2019" },
    { "2019-07~", NULL, "about July 2019" }, { "2019?", NULL, "2019, not certain" },
    { "2019%", NULL, "about 2019, not certain" }, { "../2015", NULL, "until 2015" }, { "/2015", NULL, "until 2015" },
    { "2017/..", NULL, "from 2017 on" }, { "../..", NULL, "date not known" },
    { "2017/2019-03", NULL, "2017 to March 2019" }, { "201X", NULL, "the 2010s" }, { "20XX", NULL, "2000 to 2099" },
    { "2019-24", NULL, "winter beginning in 2019" }, { "", NULL, "" }, { "flood", NULL, "flood" },
    { "2019", "buddhist", "2019 (BE 2562)" }, { "2019-07-14", "buddhist", "14 July 2019 (BE 2562)" },
    { "2019-07", "gregorian", "July 2019" }, { "-0044", NULL, "-0044" }, { "Y17000", NULL, "Y17000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *said = sak_words_date (dates[i].edtf, dates[i].calendar);

      g_assert_cmpstr (said, ==, dates[i].said);
    }
}

static void
what_was_said_stands_beside_what_was_understood (void)
{
  static const struct { const char *typed, *words; } readings[] = {
    { "rainy season 2019", "between 1 June 2019 and 31 October 2019 (as you said: rainy season 2019)" },
    { "2019-07-14", "14 July 2019" },
    { "14 July 2019", "14 July 2019" },
    { "about March 2560 BE", "about March 2017 (BE 2560) (as you said: about March 2560 BE)" },
    { "start of 2018", "between about 1 January 2018 and 30 April 2018 (as you said: start of 2018)" },
    { "before 2015", "until 2014 (as you said: before 2015)" },
    { "Friday 12 March 2019",
      "12 March 2019 (as you said: Friday 12 March 2019). But that was another day of the week: please check." },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (readings); i++)
    {
      g_autoptr (SakDateReading) reading = sak_date_understand (readings[i].typed, "en", SAK_DATE_NO_REFERENCE, NULL,
                                                                       NULL);
      g_autofree char *words = sak_words_date_reading (reading, 0, TRUE);

      g_assert_cmpstr (words, ==, readings[i].words);
    }
}

static void
weeks_begin_and_days_are_called_as_the_language_has_them (void)
{
  static const struct { const char *language; int first; const char *monday, *sunday, *month; } weeks[] = {
    { "en", 1, "Mon", "Sun", "July 2019" }, { "my", 7, "တနင်္လာ", "တနင်္ဂနွေ", "၂၀၁၉ ဇူလိုင်" },
    { "th", 7, "จ.", "อา.", "กรกฎาคม พ.ศ. 2562" }, { "km", 7, "ចន្ទ", "អាទិត្យ", "កក្កដា 2019" },
    { "lo", 7, "ຈັນ", "ອາທິດ", "ກໍລະກົດ 2019" }, { "vi", 1, "Th 2", "CN", "tháng 7 năm 2019" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (weeks); i++)
    {
      g_autofree char *monday = NULL, *sunday = NULL, *month = NULL;

      sak_language_choose (weeks[i].language);
      monday = sak_words_weekday (1);
      sunday = sak_words_weekday (7);
      month = sak_words_month (2019, 7);
      g_assert_cmpint (sak_words_first_weekday (), ==, weeks[i].first);
      g_assert_cmpstr (monday, ==, weeks[i].monday);
      g_assert_cmpstr (sunday, ==, weeks[i].sunday);
      g_assert_cmpstr (month, ==, weeks[i].month);
    }
  sak_language_choose ("en");
}

static void
each_reading_is_said_by_itself (void)
{
  g_autoptr (SakDateReading) reading = sak_date_understand ("12/3/2019", "en", SAK_DATE_NO_REFERENCE, NULL, NULL);
  g_autofree char *first = sak_words_date_reading (reading, 0, TRUE);
  g_autofree char *second = sak_words_date_reading (reading, 1, TRUE);

  g_assert_cmpstr (first, ==, "12 March 2019 (as you said: 12/3/2019)");
  g_assert_cmpstr (second, ==, "3 December 2019 (as you said: 12/3/2019)");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words-date/dates-are-said-in-words", dates_are_said_in_words);
  g_test_add_func ("/words-date/what-was-said-stands-beside-what-was-understood",
                   what_was_said_stands_beside_what_was_understood);
  g_test_add_func ("/words-date/weeks-begin-and-days-are-called-as-the-language-has-them",
                   weeks_begin_and_days_are_called_as_the_language_has_them);
  g_test_add_func ("/words-date/each-reading-is-said-by-itself", each_reading_is_said_by_itself);
  return g_test_run ();
}
