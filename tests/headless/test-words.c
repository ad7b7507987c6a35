/* test-words.c - every code has its own sentence
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/words/sak-words-name.h"
#include "ui/words/sak-words.h"

static void
every_error_has_its_own_sentence (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = SAK_ERROR_FAILED; code <= SAK_ERROR_SLOTS_FULL; code++)
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
  return g_test_run ();
}
