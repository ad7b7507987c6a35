/* test-consent.c - what is allowed, for every purpose, answer and level
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/model/sak-consent.h"
#include "storage/model/sak-date.h"
#include "storage/model/sak-form.h"

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
  return sak_consent_allows (value, purpose, NULL, level, TODAY);
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
      for (SakPurpose other = SAK_PURPOSE_SHARE; other <= SAK_PURPOSE_COURT; other++)
        if (other != purpose)
          g_assert_false (allows (consent, other, SAK_IDENTITY_NONE));
    }
}

static void
each_purpose_asks_its_own_answer (void)
{
  assert_purpose ("share", SAK_PURPOSE_SHARE);
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

  g_assert_false (sak_consent_allows (NULL, SAK_PURPOSE_SHARE, NULL,
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

  g_assert_true (sak_consent_allows (past, SAK_PURPOSE_SHARE, NULL, SAK_IDENTITY_NAMED,
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

static const char *const answer_names[] = {
  [SAK_CONSENT_YES] = "yes", [SAK_CONSENT_NOT_ASKED] = "not-asked", [SAK_CONSENT_REFUSED] = "refused",
  [SAK_CONSENT_WITHDRAWN] = "withdrawn", [SAK_CONSENT_EXPIRED] = "expired", [SAK_CONSENT_GUARDIAN] = "guardian",
  [SAK_CONSENT_CLOCK] = "clock", [SAK_CONSENT_UNREADABLE] = "unreadable",
};

static SakPurpose
find_purpose (const char *code)
{
  for (guint i = 0; sak_consent_get_purpose (i) != NULL; i++)
    if (g_str_equal (sak_consent_get_purpose (i), code))
      return i;
  g_error ("no such purpose: %s", code);
}

static SakIdentityLevel
find_level (const char *code)
{
  static const char *const codes[] = { "none", "pseudonym", "named" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i], code))
      return i;
  g_error ("no such level: %s", code);
}

static const char *
ask (const json_t      *consent,
     char             **columns,
     SakIdentityLevel   level)
{
  const char *recipient = g_str_equal (columns[1], "-") ? NULL : columns[1];
  SakIdentityLevel most = SAK_IDENTITY_NONE;
  SakPurpose purpose = find_purpose (columns[0]);
  SakConsentAnswer answer;
  SakDateSpan day;

  g_assert_true (sak_date_parse (columns[3], &day, NULL));
  answer = sak_consent_ask (consent, purpose, recipient, day.earliest_day, &most);
  g_assert_cmpint (sak_consent_allows (consent, purpose, recipient, level, day.earliest_day), ==,
                   answer == SAK_CONSENT_YES && level <= most);
  return answer == SAK_CONSENT_YES && level > most ? "less" : answer_names[answer];
}

static void
assert_row (const char *line)
{
  g_auto (GStrv) columns = g_strsplit (line, "\t", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) consent = NULL;

  g_assert_cmpuint (g_strv_length (columns), ==, 6);
  if (!g_str_equal (columns[5], "-"))
    consent = sak_json_parse (columns[5], -1, &error);
  g_assert_cmpint (error != NULL, ==, g_str_equal (columns[4], "unparsed"));
  if (error != NULL)
    g_assert_false (sak_consent_allows (consent, SAK_PURPOSE_SHARE, NULL, SAK_IDENTITY_NONE, TODAY));
  else if (!g_str_equal (ask (consent, columns, find_level (columns[2])), columns[4]))
    g_error ("%s: is %s", line, ask (consent, columns, find_level (columns[2])));
}

/* tests/data/consent.tsv: what is asked, and what must come out. */
static void
the_table_holds (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_rows = 0;

  g_assert_true (g_file_get_contents (SAK_SOURCE_ROOT "/tests/data/consent.tsv", &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      assert_row (lines[i]);
      n_rows++;
    }
  g_assert_cmpuint (n_rows, >=, 120);
}

static void
a_long_matrix_has_an_end (void)
{
  g_autoptr (json_t) consent = json_pack ("{s:s, s:[]}", "share", "named", "matrix");
  json_t *matrix = json_object_get (consent, "matrix");

  for (guint i = 0; i < SAK_CONSENT_MAX_ROWS; i++)
    json_array_append_new (matrix, json_pack ("{s:s, s:s, s:s}", "purpose", "share", "recipient", "un",
                                              "identity", "no"));
  g_assert_true (sak_consent_check (consent, NULL));
  json_array_append (matrix, json_array_get (matrix, 0));
  g_assert_false (sak_consent_check (consent, NULL));
  g_assert_false (sak_consent_allows (consent, SAK_PURPOSE_SHARE, "secretariat", SAK_IDENTITY_NONE, TODAY));
}

/* A message names the row, and never what stands in it. */
static void
a_wrong_row_is_named (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) consent = json_pack ("{s:[{s:s, s:s, s:s}, {s:s, s:s, s:s}]}", "matrix",
                                          "purpose", "share", "recipient", "un", "identity", "no",
                                          "purpose", "share", "recipient", "Daw Khin Hla", "identity", "no");

  g_assert_false (sak_consent_check (consent, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "row 2"));
  g_assert_null (strstr (error->message, "Khin"));
}

static void
a_day_begins_here_no_later_than_for_the_person (void)
{
  g_assert_cmpint (sak_consent_get_day (0), ==, 0);
  g_assert_cmpint (sak_consent_get_day (10 * 60 * 60 - 1), ==, 0);
  g_assert_cmpint (sak_consent_get_day (10 * 60 * 60), ==, 1);
  g_assert_cmpint (sak_consent_get_day (-14 * 60 * 60), ==, 0);
  g_assert_cmpint (sak_consent_get_day (-14 * 60 * 60 - 1), ==, -1);
}

static void
assert_moved (const char *before,
              const char *after)
{
  g_autoptr (json_t) fields = sak_json_parse (before, -1, NULL);
  g_autofree char *text = NULL;

  sak_consent_move_names (fields);
  g_assert_false (sak_consent_has_names (json_object_get (fields, "consent")));
  text = sak_json_to_canonical (fields);
  g_assert_cmpstr (text, ==, after);
}

static void
names_in_older_values_find_their_place (void)
{
  assert_moved ("{\"consent\":{\"share\":\"named\",\"present\":\"her sister\",\"interpreter\":\"Naw Paw\"}}",
                "{\"consent\":{\"interpreter\":\"yes\",\"share\":\"named\"},"
                "\"identity.consent_interpreter\":\"Naw Paw\",\"identity.consent_present\":\"her sister\"}");
  assert_moved ("{\"consent\":{\"present\":\"U Ba\"},\"identity.consent_present\":\"her sister\"}",
                "{\"consent\":{},\"identity.consent_present\":\"her sister; U Ba\"}");
  assert_moved ("{\"consent\":{\"interpreter\":\"no\",\"present\":\"\"}}",
                "{\"consent\":{\"interpreter\":\"no\",\"present\":\"\"}}");
  assert_moved ("{\"title\":\"x\"}", "{\"title\":\"x\"}");
}

static void
what_is_taken_back_is_told (void)
{
  static const struct { const char *consent; gboolean is_taken_back; } cases[] = {
    { "{}", FALSE }, { "{\"share\":\"named\"}", FALSE }, { "{\"share\":\"no\"}", TRUE },
    { "{\"share\":\"named\",\"withdrawn\":\"2099\"}", TRUE }, { "{\"withdrawn\":\"\"}", FALSE },
    { "{\"share\":\"named\",\"guardian\":\"refused\"}", TRUE }, { "[]", FALSE },
    { "{\"matrix\":[{\"purpose\":\"any\",\"recipient\":\"anyone\",\"identity\":\"no\"}]}", TRUE },
    { "{\"matrix\":[{\"purpose\":\"share\",\"recipient\":\"lawyers\",\"identity\":\"no\"}]}", TRUE },
    { "{\"matrix\":[{\"purpose\":\"share\",\"recipient\":\"journalists\",\"identity\":\"no\"}]}", FALSE },
    { "{\"matrix\":[{\"purpose\":\"quote\",\"recipient\":\"anyone\",\"identity\":\"no\"}]}", FALSE },
  };

  g_assert_false (sak_consent_is_taken_back (NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (json_t) consent = sak_json_parse (cases[i].consent, -1, NULL);

      g_assert_cmpint (sak_consent_is_taken_back (consent, "lawyers"), ==, cases[i].is_taken_back);
    }
}

static gboolean
takes (const char *form,
       const char *json)
{
  g_autoptr (json_t) fields = sak_json_parse (json, -1, NULL);

  return sak_form_check_draft (sak_form_get (form), fields, NULL);
}

static void
a_form_with_consent_takes_what_belongs_beside_it (void)
{
  g_assert_true (takes ("person", "{\"identity.recontact\": \"Through the temple.\\nNever by day.\"}"));
  g_assert_true (takes ("testimony", "{\"identity.guardian\": \"Her aunt\", \"identity.consent_present\": \"\"}"));
  g_assert_false (takes ("testimony", "{\"identity.guardian\": [\"Her aunt\"]}"));
  g_assert_false (takes ("testimony", "{\"identity.guardians\": \"Her aunt\"}"));
  g_assert_false (takes ("event", "{\"identity.guardian\": \"Her aunt\"}"));
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
  g_test_add_func ("/consent/the-table-holds", the_table_holds);
  g_test_add_func ("/consent/a-long-matrix-has-an-end", a_long_matrix_has_an_end);
  g_test_add_func ("/consent/a-wrong-row-is-named", a_wrong_row_is_named);
  g_test_add_func ("/consent/a-day-begins-here-no-later-than-for-the-person",
                   a_day_begins_here_no_later_than_for_the_person);
  g_test_add_func ("/consent/names-in-older-values-find-their-place", names_in_older_values_find_their_place);
  g_test_add_func ("/consent/a-form-with-consent-takes-what-belongs-beside-it",
                   a_form_with_consent_takes_what_belongs_beside_it);
  g_test_add_func ("/consent/what-is-taken-back-is-told", what_is_taken_back_is_told);
  return g_test_run ();
}
