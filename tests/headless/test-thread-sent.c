/* test-thread-sent.c - which questions and answers were not sent yet: known without looking at those that were
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Harbour" reports, "Desk" asks.
 */
#include "config.h"

#include <string.h>

#include "storage/sak-thread.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-bundle.h"
#include "tests/headless/sak-test-old-vault.h"

static TestPair pair;
static guint n_files;

static void
pass_on (SakVault   *from,
         const char *to_name,
         SakVault   *to,
         const char *record)
{
  g_autofree char *name = g_strdup_printf ("way-%u.age", ++n_files);
  g_autofree char *path = test_bundle (&pair, from, to_name, record, name);
  g_autoptr (SakBundleReport) report = test_import (to, path);

  g_assert_true (report->is_verified);
}

static char *
ask (const char *record,
     const char *text)
{
  g_autoptr (GError) error = NULL;
  char *id = sak_vault_ask (pair.desk, record, NULL, text, FALSE, &error);

  g_assert_no_error (error);
  return id;
}

/* As the streams say it, of whatever was asked, answered, sent and brought here before. */
static void
assert_sent_is_known (SakVault *vault)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT count(*) FROM talk WHERE is_sent <> EXISTS (SELECT 1"
                                           " FROM contact JOIN stream ON stream.contact = contact.rowid"
                                           " JOIN stream_entry ON stream_entry.stream = stream.rowid"
                                           " WHERE stream_entry.ref = talk.revision AND is_incoming = 0"
                                           " AND contact.signing_key = talk.addressee)");
  g_autoptr (GError) error = NULL;
  gint64 n_wrong = -1;

  g_assert_true (sak_db_get_number (vault->db, statement, 0, &n_wrong, &error));
  g_assert_no_error (error);
  g_assert_cmpint (n_wrong, ==, 0);
}

/* The statements that counting runs, as SQLite kept them: how it goes about each. */
static guint
assert_nothing_is_scanned (SakVault *vault)
{
  sqlite3 *db = sak_db_get_sqlite (vault->db);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (sqlite3_stmt *kept = sqlite3_next_stmt (db, NULL); kept != NULL; kept = sqlite3_next_stmt (db, kept))
    if (g_str_has_prefix (sqlite3_sql (kept), "SELECT count(*) F") && strstr (sqlite3_sql (kept), "FROM talk ") != NULL)
      g_ptr_array_add (texts, g_strconcat ("EXPLAIN QUERY PLAN ", sqlite3_sql (kept), NULL));
  for (guint i = 0; i < texts->len; i++)
    {
      sqlite3_stmt *explained = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (db, texts->pdata[i], -1, &explained, NULL), ==, SQLITE_OK);
      while (sqlite3_step (explained) == SQLITE_ROW)
        g_assert_false (g_str_has_prefix ((const char *) sqlite3_column_text (explained, 3), "SCAN"));
      sqlite3_finalize (explained);
    }
  return texts->len;
}

static void
open_desk_again (guint version)
{
  g_autofree char *path = g_strdup (sak_vault_get_path (pair.desk));
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;

  test_vault_make_old (pair.desk, version);
  sak_vault_lock (pair.desk);
  g_clear_object (&pair.desk);
  pair.desk = sak_vault_open (path, passphrase, &error);
  g_assert_no_error (error);
}

/* What is to be sent, in a new vault, and in one that an older program made. */
static void
what_was_sent_costs_nothing (void)
{
  g_autofree char *event = test_add_event (pair.partner, "Asked about", TRUE);
  g_autofree char *answered = NULL;
  g_autofree char *sent = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  SakThreadCount before, count;

  pass_on (pair.partner, "Desk", pair.desk, event);
  answered = ask (event, "Answered");
  sent = ask (event, "Sent");
  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  answer = sak_vault_answer (pair.partner, answered, SAK_ANSWER_TEXT, "By night.", &error);
  g_assert_no_error (error);
  pass_on (pair.partner, "Desk", pair.desk, NULL);
  kept = ask (event, "Not sent yet");
  g_assert_true (sak_vault_count_questions (pair.desk, &before, NULL));
  g_assert_cmpuint (before.n_to_send, ==, 1);
  for (guint round = 0; round < 2; round++)
    {
      g_assert_true (sak_vault_count_questions (pair.desk, &count, NULL));
      g_assert_cmpmem (&count, sizeof count, &before, sizeof before);
      g_assert_cmpuint (assert_nothing_is_scanned (pair.desk), >=, 2);
      assert_sent_is_known (pair.desk);
      assert_sent_is_known (pair.partner);
      open_desk_again (13);
    }
  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  g_assert_true (sak_vault_count_questions (pair.desk, &count, NULL));
  g_assert_cmpuint (count.n_to_send, ==, 0);
  assert_sent_is_known (pair.desk);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  g_test_add_func ("/thread-sent/what-was-sent-costs-nothing", what_was_sent_costs_nothing);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
