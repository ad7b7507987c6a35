/* test-language.c - languages chosen inside the program, on a system that knows none
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "ui/words/sak-language.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

static const struct
{
  const char *code, *draft, *day, *month, *year;
} said[] = {
  { "en", "Draft", "14 July 2019", "July 2019", "2019" },
  { "my", "မူကြမ်း", "၂၀၁၉၊ ဇူလိုင် ၁၄", "၂၀၁၉ ဇူလိုင်", "၂၀၁၉" },
  { "th", "ฉบับร่าง", "14 กรกฎาคม พ.ศ. 2562", "กรกฎาคม พ.ศ. 2562", "พ.ศ. 2562" },
  { "km", "សេចក្ដីព្រាង", "14 កក្កដា 2019", "កក្កដា 2019", "2019" },
  { "lo", "ຮ່າງ", "14 ກໍລະກົດ 2019", "ກໍລະກົດ 2019", "2019" },
  { "vi", "Bản nháp", "14 tháng 7, 2019", "tháng 7 năm 2019", "2019" },
};

/* And back: what gettext and ICU remember of the language before must not stay. */
static void
every_language_can_be_chosen_at_any_time (void)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (said); i++)
      {
        g_autofree char *day = NULL;
        g_autofree char *month = NULL;
        g_autofree char *year = NULL;

        sak_language_choose (said[i].code);
        day = sak_words_date ("2019-07-14", NULL);
        month = sak_words_date ("2019-07", NULL);
        year = sak_words_date ("2019", NULL);
        g_assert_cmpstr (sak_language_get (), ==, said[i].code);
        g_assert_cmpstr (sak_words_name_state (SAK_RECORD_DRAFT), ==, said[i].draft);
        g_assert_cmpstr (day, ==, said[i].day);
        g_assert_cmpstr (month, ==, said[i].month);
        g_assert_cmpstr (year, ==, said[i].year);
      }
}

/* A year that the person counted otherwise is added only where the language does not say it. */
static void
the_buddhist_era_is_said_once (void)
{
  g_autofree char *english = NULL;
  g_autofree char *thai = NULL;

  sak_language_choose ("en");
  english = sak_words_date ("2019-07-14", "buddhist");
  sak_language_choose ("th");
  thai = sak_words_date ("2019-07-14", "buddhist");
  g_assert_cmpstr (english, ==, "14 July 2019 (BE 2562)");
  g_assert_cmpstr (thai, ==, "14 กรกฎาคม พ.ศ. 2562");
}

static void
a_moment_has_a_day_and_a_clock (void)
{
  g_autofree char *moment = NULL;
  g_autofree char *burmese = NULL;
  g_autofree char *never = NULL;

  sak_language_choose ("en");
  moment = sak_words_moment (1563109500);
  sak_language_choose ("my");
  burmese = sak_words_clock (1563109500);
  never = sak_words_moment (G_MAXINT64);
  g_assert_cmpstr (moment, ==, "14 July 2019, 13:05");
  g_assert_cmpstr (burmese, ==, "၁၃:၀၅");
  g_assert_cmpstr (never, ==, "");
}

static void
languages_say_their_own_names (void)
{
  for (const char *const *code = sak_language_list (); *code != NULL; code++)
    {
      g_assert_true (sak_language_exists (*code));
      g_assert_cmpstr (sak_language_get_name (*code), !=, *code);
    }
  g_assert_false (sak_language_exists ("e"));
  g_assert_false (sak_language_exists (""));
  g_assert_false (sak_language_exists (NULL));
}

/* In a process of its own, since main() may begin but once. */
static void
begin (const char *code)
{
  sak_language_init (code);
  g_print ("%s %s\n", sak_language_get (), sak_words_name_state (SAK_RECORD_DRAFT));
}

static void
assert_begins (const char *const *environment,
               const char        *choice,
               const char        *words)
{
  char *arguments[] = { g_file_read_link ("/proc/self/exe", NULL), (char *) "--begin", (char *) choice, NULL };
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, arguments, (char **) environment, 0, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_assert_cmpstr (output, ==, words);
  g_free (arguments[0]);
}

/* Nothing in the environment, the plain C locale, one that is not there: as on a bare Debian. */
static void
the_system_need_not_know_any_language (void)
{
  const char *const bare[] = { NULL };
  const char *const plain[] = { "LC_ALL=C", NULL };
  const char *const missing[] = { "LC_ALL=my_MM.UTF-8", NULL };
  const char *const environments[] = { "LANG=C", "LANGUAGE=lo:th", NULL };

  assert_begins (bare, "", "en Draft\n");
  assert_begins (bare, "my", "my မူကြမ်း\n");
  assert_begins (plain, "vi", "vi Bản nháp\n");
  assert_begins (missing, "", "my မူကြမ်း\n");
  assert_begins (missing, "en", "en Draft\n");
  assert_begins (environments, "", "lo ຮ່າງ\n");
  assert_begins (environments, "xx", "lo ຮ່າງ\n");
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--begin"))
    {
      begin (argv[2]);
      return 0;
    }
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  sak_language_init ("en");
  g_test_add_func ("/language/every-language-can-be-chosen-at-any-time", every_language_can_be_chosen_at_any_time);
  g_test_add_func ("/language/the-buddhist-era-is-said-once", the_buddhist_era_is_said_once);
  g_test_add_func ("/language/a-moment-has-a-day-and-a-clock", a_moment_has_a_day_and_a_clock);
  g_test_add_func ("/language/languages-say-their-own-names", languages_say_their_own_names);
  g_test_add_func ("/language/the-system-need-not-know-any-language", the_system_need_not_know_any_language);
  return g_test_run ();
}
