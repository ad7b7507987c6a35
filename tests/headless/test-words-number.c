/* test-words-number.c - numbers within sentences, in the digits of each language
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-json.h"
#include "ui/words/sak-language.h"
#include "ui/words/sak-words-answer.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-number.h"

/* By CLDR: of the six, Burmese alone has its own. */
static const char *const languages[] = { "en", "my", "th", "km", "lo", "vi" };

static gboolean
has_own_digits (const char *language)
{
  return g_str_equal (language, "my");
}

static void
each_language_writes_its_own_digits (void)
{
  static const struct
  {
    const char *format, *latin, *burmese;
  } cases[] = {
    { "%u", "10", "၁၀" },
    { "%1$u of %2$u", "10 of 23456", "၁၀ of ၂၃၄၅၆" },
    { "%2$u: %1$u%%", "23456: 10%", "၂၃၄၅၆: ၁၀%" },
    { "7 - %u (%d) SHA-256", "7 - 10 (23456) SHA-256", "7 - ၁၀ (၂၃၄၅၆) SHA-256" },
    { "%5u|%-4u|", "   10|23456|", "   ၁၀|၂၃၄၅၆|" },
    { "%u, %05u", "10, 23456", "၁၀, 23456" },
    { "%2$05u, %1$u", "23456, 10", "23456, ၁၀" },
    { "no number", "no number", "no number" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      sak_language_choose (languages[i]);
      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        {
          g_autofree char *words = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
          words = sak_words_print (cases[j].format, 10u, 23456u);
#pragma GCC diagnostic pop
          g_assert_cmpstr (words, ==, has_own_digits (languages[i]) ? cases[j].burmese : cases[j].latin);
        }
    }
}

static void
all_lengths_of_numbers_are_known (void)
{
  g_autofree char *words = NULL;

  sak_language_choose ("my");
  words = sak_words_print ("%ld %lu %lld %" G_GINT64_FORMAT " %zu %i %.1f", -1l, 2ul, 3ll, (gint64) 4, (gsize) 5, 6,
                           7.5);
  g_assert_cmpstr (words, ==, "-၁ ၂ ၃ ၄ ၅ ၆ ၇.၅");
}

/* Whoever reads them out, types them or looks for the file needs the digits that stand there. */
static void
names_and_codes_stay_as_they_are (void)
{
  static const char *const kept[] = {
    "HAR-2026-0013", "48213 09376", "a0b1c2d3", "photo 2019-07-14.jpg", "u_01@example.org", "+95 9 123 456",
    "ဦးလှ 3", "๔๕", "", "5\0012\0023",
  };

  sak_language_choose ("my");
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *expected = g_strdup_printf ("၁: %s, ၂", kept[i]);
      g_autofree char *words = sak_words_print ("%1$u: %2$s, %3$u", 1u, kept[i], 2u);

      g_assert_cmpstr (words, ==, expected);
    }
}

static void
amounts_and_sizes_are_written_whole (void)
{
  g_autofree char *time = NULL;
  g_autofree char *size = NULL;
  g_autofree char *few = NULL;
  g_autoptr (GString) words = g_string_new ("5");

  sak_language_choose ("my");
  time = sak_words_digits ("0:07");
  g_assert_cmpstr (time, ==, "၀:၀၇");
  size = sak_words_size (2100000);
  g_assert_true (g_str_has_prefix (size, "၂.၁"));
  /* GLib has no Burmese word for it. */
  few = sak_words_size (92);
  g_assert_cmpstr (few, ==, "၉၂ ဘိုက်");
  sak_words_append_print (words, " + %u", 6u);
  g_assert_cmpstr (words->str, ==, "5 + ၆");
}

/* What the parts of the program say with numbers in them; the table of each language. */
static void
sums_spans_and_years_follow (void)
{
  static const struct
  {
    const char *language, *sum, *hours, *decade;
  } said[] = {
    { "en", "2\u202f800.50", "12", "2010" }, { "my", "၂\u202f၈၀၀.၅၀", "၁၂", "၂၀၁၀" },
    { "th", "2\u202f800.50", "12", "2010" }, { "km", "2\u202f800.50", "12", "2010" },
    { "lo", "2\u202f800.50", "12", "2010" }, { "vi", "2\u202f800.50", "12", "2010" },
  };
  g_autoptr (json_t) span = json_pack ("{s:i, s:s}", "number", 12, "unit", "hours");

  for (gsize i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autofree char *sum = NULL;
      g_autofree char *hours = NULL;
      g_autofree char *decade = NULL;
      g_autofree char *typed = NULL;

      sak_language_choose (said[i].language);
      sum = sak_words_amount ("2800.50");
      hours = sak_words_span (span);
      decade = sak_words_date ("201X", NULL);
      g_assert_cmpstr (sum, ==, said[i].sum);
      g_assert_nonnull (strstr (hours, said[i].hours));
      g_assert_nonnull (strstr (decade, said[i].decade));
      /* What is shown can be typed as it is shown. */
      typed = sak_words_read_amount (sum);
      g_assert_cmpstr (typed, ==, "2800.50");
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sak_language_init ("en");
  g_test_add_func ("/words-number/each-language-writes-its-own-digits", each_language_writes_its_own_digits);
  g_test_add_func ("/words-number/all-lengths-of-numbers-are-known", all_lengths_of_numbers_are_known);
  g_test_add_func ("/words-number/names-and-codes-stay-as-they-are", names_and_codes_stay_as_they_are);
  g_test_add_func ("/words-number/amounts-and-sizes-are-written-whole", amounts_and_sizes_are_written_whole);
  g_test_add_func ("/words-number/sums-spans-and-years-follow", sums_spans_and_years_follow);
  return g_test_run ();
}
