/* test-words.c - every code has its own sentence
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "storage/model/sak-date.h"
#include "ui/words/sak-words-consent.h"
#include "ui/words/sak-words-name.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words.h"

static void
every_error_has_its_own_sentence (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = SAK_ERROR_FAILED; code <= SAK_ERROR_UNSAFE; code++)
    {
      g_autoptr (GError) error = g_error_new (SAK_ERROR, code, "technical");
      const char *words = sak_words_for_error (error);

      g_assert_true (g_str_has_suffix (words, "."));
      g_assert_null (strstr (words, "technical"));
      g_assert_true (g_hash_table_add (seen, (gpointer) words));
    }
}

static void
errors_of_other_domains_do_not_show_their_message (void)
{
  g_autoptr (GError) error = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOENT, "/home/secret");
  g_autoptr (GError) stopped = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  g_assert_null (strstr (sak_words_for_error (error), "secret"));
  g_assert_cmpstr (sak_words_for_error (stopped), !=, sak_words_for_error (error));
}

static const char *
intern (char *words)
{
  g_autofree char *owned = words;

  return g_intern_string (owned);
}

static void
every_state_verdict_trust_and_damage_is_said (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = SAK_PLAN_LEAVES; i < SAK_N_PLAN_VERDICTS; i++)
    g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_for_verdict (i)));
  for (int i = SAK_PLAN_KEEP_RECORD; i < SAK_N_PLAN_KEEPS; i++)
    g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_for_keep (i)));
  for (guint i = 1; i <= SAK_NAME_LAST_REASON; i <<= 1)
    g_assert_true (g_hash_table_add (seen, (gpointer) intern (sak_words_for_name_reason (i, NULL))));
  for (int i = SAK_TRUST_SEEN; i <= SAK_TRUST_REVOKED; i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_for_trust (i)));
      g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_name_trust (i)));
    }
  for (int i = SAK_DAMAGE_DATABASE; i <= SAK_DAMAGE_LAST; i++)
    {
      g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_for_damage (i)));
      g_assert_cmpuint (strlen (sak_words_for_damage_advice (i)), >, 20);
    }
  for (int i = SAK_LOSS_PAGES; i <= SAK_LOSS_LAST; i++)
    g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_for_loss (i)));
  for (int i = SAK_RECORD_DRAFT; i <= SAK_RECORD_WITHDRAWN; i++)
    g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_name_state (i)));
}

static void
every_recipient_and_purpose_of_a_consent_is_said (void)
{
  static const char *const identities[] = { "named", "pseudonym", "none", "no" };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  const char *code;

  for (guint i = 0; (code = sak_consent_get_recipient (i)) != NULL; i++)
    {
      g_assert_cmpstr (sak_words_name_recipient (code), !=, code);
      g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_name_recipient (code)));
    }
  for (guint i = 0; (code = sak_consent_get_purpose (i)) != NULL; i++)
    {
      g_assert_cmpstr (sak_words_name_purpose (code), !=, code);
      g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_name_purpose (code)));
    }
  g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_name_purpose ("any")));
  for (guint i = 0; i < G_N_ELEMENTS (identities); i++)
    g_assert_true (g_hash_table_add (seen, (gpointer) sak_words_name_permission (identities[i])));
}

static char *
say_consent (const char *text)
{
  g_autoptr (json_t) consent = json_loads (text, 0, NULL);

  g_assert_true (sak_consent_check (consent, NULL));
  return sak_words_for_consent (consent, sak_date_day_of (2026, 11, 21));
}

/* Whoever may have the same stands together, and the strictest of all answers is the one told. */
static void
what_a_consent_comes_to_is_told_for_each_recipient (void)
{
  g_autofree char *none = say_consent ("{}");
  g_autofree char *withdrawn = say_consent ("{\"share\": \"named\", \"withdrawn\": \"2026-11-01\"}");
  g_autofree char *guardian = say_consent ("{\"share\": \"named\", \"guardian\": \"refused\"}");
  g_autofree char *all = say_consent ("{\"share\": \"named\", \"court\": \"unnamed\", \"matrix\": ["
                                      "{\"recipient\": \"lawyers\", \"purpose\": \"help\", \"identity\": \"named\","
                                      " \"until\": \"2027\"},"
                                      "{\"recipient\": \"anyone\", \"purpose\": \"court\", \"identity\": \"none\"},"
                                      "{\"recipient\": \"donors\", \"purpose\": \"share\", \"identity\": \"named\","
                                      " \"until\": \"2026-10\"}]}");

  g_assert_cmpstr (none, ==, "Nobody may have it yet: the person was not asked.");
  g_assert_cmpstr (withdrawn, ==, "Nobody may have it: the consent was withdrawn.");
  g_assert_cmpstr (guardian, ==, "Nobody may have it: it is a child, and a guardian has not agreed.");
  g_assert_nonnull (strstr (all, "The network’s secretariat\nYes, with the name: To have it and work with it\n"));
  g_assert_nonnull (strstr (all, "Lawyers\n"));
  g_assert_nonnull (strstr (all, "Yes, with the name: To find help for them\n"));
  g_assert_nonnull (strstr (all, "A court of the country, "));
  g_assert_nonnull (strstr (all, "Yes, but nothing tells who it is: For a court or the United Nations"));
  g_assert_null (strstr (all, "Yes, under another name"));
  g_assert_nonnull (strstr (all, "No longer: To have it and work with it"));
}

/* As exactly as the strictest answer says; of what nobody may have, nothing. */
static void
what_a_consent_lets_be_told_of_places_is_said (void)
{
  g_autofree char *district = say_consent ("{\"share\": \"named\", \"place\": \"district\"}");
  g_autofree char *country = say_consent ("{\"share\": \"named\", \"place\": \"country\"}");
  g_autofree char *exact = say_consent ("{\"share\": \"named\", \"place\": \"exact\"}");
  g_autofree char *silent = say_consent ("{\"share\": \"named\"}");
  g_autofree char *nobody = say_consent ("{\"place\": \"district\"}");

  g_assert_true (g_str_has_suffix (district, "\nOf a place no more is told than the district."));
  g_assert_true (g_str_has_suffix (country, "\nOf a place no more is told than the country."));
  g_assert_cmpstr (exact, ==, silent);
  g_assert_null (strstr (silent, "Of a place"));
  g_assert_null (strstr (nobody, "Of a place"));
}

static void
a_line_for_one_contact_says_the_name (void)
{
  g_autoptr (json_t) row = json_loads ("{\"recipient\": \"key:00\", \"purpose\": \"court\", \"identity\": \"no\"}", 0,
                                       NULL);
  g_autofree char *name = sak_words_name_contact_alone ("Legal Aid");
  g_autofree char *known = sak_words_for_consent_row (row, name);
  g_autofree char *unknown = sak_words_for_consent_row (row, NULL);

  g_assert_true (g_str_has_prefix (known, "The contact Legal Aid, and nobody else. "));
  g_assert_true (g_str_has_prefix (unknown, "One contact alone, known by its key. "));
}

/* What somebody else signed is never shown as if whom the record comes from had. */
static void
who_signed_what_is_shown_is_said (void)
{
  static const struct { const char *origin, *author; SakSignedBy by; const char *words; } cases[] = {
    { "Harbour", "Harbour", SAK_SIGNED_BY_CONTACT, NULL },
    { "Harbour", "Port", SAK_SIGNED_BY_CONTACT, "signed by Port" },
    { "Harbour", NULL, SAK_SIGNED_BY_US, "made and signed here" },
    { "Harbour", NULL, SAK_SIGNED_BY_UNKNOWN, "not among your contacts" },
    { "Harbour", NULL, SAK_SIGNED_BY_NOBODY, "a draft that nobody has signed" },
    { NULL, NULL, SAK_SIGNED_BY_US, NULL },
    { NULL, NULL, SAK_SIGNED_BY_NOBODY, NULL },
    { NULL, "Desk", SAK_SIGNED_BY_CONTACT, "Made here. The version that you see was signed by Desk" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SakRecord record = { .state = SAK_RECORD_FINISHED, .origin = (char *) cases[i].origin,
                           .author = (char *) cases[i].author, .signed_by = cases[i].by };
      g_autofree char *words = sak_words_about_other_author (&record);

      g_assert_cmpint (words == NULL, ==, cases[i].words == NULL);
      g_assert_true (words == NULL || strstr (words, cases[i].words) != NULL);
    }
}

#define STAYS " What came from this key before stays as it is; nothing new is accepted."

/* Beside the desk's records and on paper, as by the command line; what a notice said of it comes before our own. */
static void
what_a_revoked_key_signed_before_keeps_its_standing (void)
{
  const SakContactNote no_note = { NULL };
  const SakContactNote note = { NULL, (char *) "Secretariat", (char *) "2026-11-01", (char *) "Stolen." };
  g_autofree char *by_hand = sak_words_about_origin (SAK_TRUST_REVOKED, NULL);
  g_autofree char *not_noted = sak_words_about_origin (SAK_TRUST_REVOKED, &no_note);
  g_autofree char *noted = sak_words_about_origin (SAK_TRUST_REVOKED, &note);
  g_autofree char *compared = sak_words_about_origin (SAK_TRUST_COMPARED, &note);

  g_assert_true (g_str_has_prefix (by_hand, sak_words_for_trust (SAK_TRUST_REVOKED)));
  g_assert_true (g_str_has_suffix (by_hand, STAYS));
  g_assert_cmpstr (not_noted, ==, by_hand);
  g_assert_nonnull (strstr (noted, "Secretariat’s notice, since 1 November 2026: Stolen."));
  g_assert_true (g_str_has_suffix (noted, STAYS));
  g_assert_cmpstr (compared, ==, sak_words_for_trust (SAK_TRUST_COMPARED));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/every-error-has-its-own-sentence", every_error_has_its_own_sentence);
  g_test_add_func ("/words/errors-of-other-domains-do-not-show-their-message",
                   errors_of_other_domains_do_not_show_their_message);
  g_test_add_func ("/words/every-state-verdict-trust-and-damage-is-said",
                   every_state_verdict_trust_and_damage_is_said);
  g_test_add_func ("/words/every-recipient-and-purpose-of-a-consent-is-said",
                   every_recipient_and_purpose_of_a_consent_is_said);
  g_test_add_func ("/words/what-a-consent-lets-be-told-of-places-is-said",
                   what_a_consent_lets_be_told_of_places_is_said);
  g_test_add_func ("/words/a-line-for-one-contact-says-the-name", a_line_for_one_contact_says_the_name);
  g_test_add_func ("/words/what-a-consent-comes-to-is-told-for-each-recipient",
                   what_a_consent_comes_to_is_told_for_each_recipient);
  g_test_add_func ("/words/who-signed-what-is-shown-is-said", who_signed_what_is_shown_is_said);
  g_test_add_func ("/words/what-a-revoked-key-signed-before-keeps-its-standing",
                   what_a_revoked_key_signed_before_keeps_its_standing);
  return g_test_run ();
}
