/* test-consent.c - what is allowed, for every purpose, answer and level
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-consent.h"

#define TODAY 20778             /* 2026-11-21 */

static const char *const answers[] = { "named", "unnamed", "no", "not-asked", "", NULL };

static gboolean
allows (const char       *consent,
        SakPurpose        purpose,
        SakIdentityLevel  level)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) value = sak_json_parse (consent, -1, &error);

  g_assert_no_error (error);
  return sak_consent_allows (value, purpose, "secretariat", level, TODAY);
}

static void
assert_purpose (const char *member,
                SakPurpose  purpose)
{
  for (gsize i = 0; answers[i] != NULL; i++)
    {
      g_autofree char *consent = g_strdup_printf ("{\"%s\":\"%s\"}", member, answers[i]);
      gboolean is_named = i == 0, is_unnamed = i == 1;

      g_assert_cmpint (allows (consent, purpose, SAK_IDENTITY_NAMED), ==, is_named);
      g_assert_cmpint (allows (consent, purpose, SAK_IDENTITY_NONE), ==, is_named || is_unnamed);
      for (SakPurpose other = SAK_PURPOSE_SHARE_SECRETARIAT; other <= SAK_PURPOSE_COURT; other++)
        if (other != purpose)
          g_assert_false (allows (consent, other, SAK_IDENTITY_NONE));
    }
}

static void
each_purpose_asks_its_own_answer (void)
{
  assert_purpose ("share", SAK_PURPOSE_SHARE_SECRETARIAT);
  assert_purpose ("quote", SAK_PURPOSE_QUOTE);
  assert_purpose ("court", SAK_PURPOSE_COURT);
}

static void
being_shown_is_yes_or_no (void)
{
  g_assert_true (allows ("{\"show\":\"yes\"}", SAK_PURPOSE_SHOW, SAK_IDENTITY_NAMED));
  g_assert_true (allows ("{\"show\":\"yes\"}", SAK_PURPOSE_SHOW, SAK_IDENTITY_NONE));
  g_assert_false (allows ("{\"show\":\"no\"}", SAK_PURPOSE_SHOW, SAK_IDENTITY_NONE));
  g_assert_false (allows ("{\"show\":\"not-asked\"}", SAK_PURPOSE_SHOW, SAK_IDENTITY_NONE));
  g_assert_false (allows ("{\"show\":\"yes\"}", SAK_PURPOSE_QUOTE, SAK_IDENTITY_NONE));
}

/* Nothing said, or nothing that can be read, is not a yes. */
static void
silence_allows_nothing (void)
{
  static const char *const silent[] = {
    "{}", "null", "\"named\"", "[]", "{\"share\":true}", "{\"share\":\"NAMED\"}",
    "{\"share\":\"named\",\"unheard-of\":\"x\"}", "{\"share\":\"named\",\"withdrawn\":\"maybe\"}",
    "{\"share\":\"named\",\"withdrawn\":7}", "{\"share\":\"yes\"}", "{\"show\":\"named\"}",
  };

  g_assert_false (sak_consent_allows (NULL, SAK_PURPOSE_SHARE_SECRETARIAT, NULL,
                                      SAK_IDENTITY_NONE, TODAY));
  for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
    for (guint purpose = 0; purpose <= SAK_PURPOSE_COURT; purpose++)
      g_assert_false (allows (silent[i], purpose, SAK_IDENTITY_NONE));
}

static void
withdrawal_ends_everything_from_its_day (void)
{
  static const struct
  {
    const char *withdrawn;
    gboolean is_allowed;
  } days[] = {
    { "2026-11-20", FALSE },
    { "2026-11-21", FALSE },
    { "2026-11-22", TRUE },
    { "2026-11", FALSE },               /* it may have been the first */
    { "2026", FALSE },
    { "2027", TRUE },
    { "../2030", FALSE },
    { "2026-11-21?", FALSE },
    { "", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *consent = g_strdup_printf ("{\"share\":\"named\",\"show\":\"yes\",\"court\":"
                                                  "\"named\",\"quote\":\"named\","
                                                  "\"withdrawn\":\"%s\"}",
                                                  days[i].withdrawn);

      for (guint purpose = 0; purpose <= SAK_PURPOSE_COURT; purpose++)
        g_assert_cmpint (allows (consent, purpose, SAK_IDENTITY_NONE), ==, days[i].is_allowed);
    }
}

static void
review_day_reminds_but_forbids_nothing (void)
{
  g_autoptr (json_t) past = json_pack ("{s:s, s:s}", "share", "named", "review", "2026-11-21");
  g_autoptr (json_t) future = json_pack ("{s:s, s:s}", "share", "named", "review", "2027");
  g_autoptr (json_t) none = json_pack ("{s:s}", "share", "named");

  g_assert_true (sak_consent_allows (past, SAK_PURPOSE_SHARE_SECRETARIAT, NULL, SAK_IDENTITY_NAMED,
                                     TODAY));
  g_assert_true (sak_consent_is_review_due (past, TODAY));
  g_assert_false (sak_consent_is_review_due (past, TODAY - 1));
  g_assert_false (sak_consent_is_review_due (future, TODAY));
  g_assert_false (sak_consent_is_review_due (none, TODAY));
}

static void
whole_form_is_valid (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) consent = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}",
                                          "share", "named", "quote", "unnamed", "show", "no",
                                          "court", "not-asked", "conditions", "not before\nharvest",
                                          "language", "my", "interpreter", "yes, a neighbour",
                                          "how", "thumb", "present", "her sister",
                                          "review", "2027-06", "withdrawn", "");

  g_assert_true (sak_consent_check (consent, &error));
  g_assert_no_error (error);
}

static void
unknown_words_are_refused (void)
{
  static const char *const bad[] = {
    "{\"how\":\"shouted\"}", "{\"conditions\":[]}", "{\"review\":\"next year\"}",
    "{\"Share\":\"no\"}", "{\"share\":null}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (json_t) value = sak_json_parse (bad[i], -1, NULL);

      g_assert_false (sak_consent_check (value, &error));
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/consent/each-purpose-asks-its-own-answer", each_purpose_asks_its_own_answer);
  g_test_add_func ("/consent/being-shown-is-yes-or-no", being_shown_is_yes_or_no);
  g_test_add_func ("/consent/silence-allows-nothing", silence_allows_nothing);
  g_test_add_func ("/consent/withdrawal-ends-everything-from-its-day",
                   withdrawal_ends_everything_from_its_day);
  g_test_add_func ("/consent/review-day-reminds-but-forbids-nothing",
                   review_day_reminds_but_forbids_nothing);
  g_test_add_func ("/consent/whole-form-is-valid", whole_form_is_valid);
  g_test_add_func ("/consent/unknown-words-are-refused", unknown_words_are_refused);
  return g_test_run ();
}
