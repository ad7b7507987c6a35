/* test-db.c - what a transaction is that SQLite takes back by itself
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-db.h"

static SakDb *
make_db (void)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *connection = NULL;
  SakDb *db;
  gboolean is_made;

  g_assert_cmpint (sqlite3_open (":memory:", &connection), ==, SQLITE_OK);
  db = sak_db_new (connection);
  is_made = sak_db_exec (db, "CREATE TABLE t (x INTEGER)", &error);
  g_assert_no_error (error);
  g_assert_true (is_made);
  return db;
}

static gint64
count (SakDb *db)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (sak_db_get_number (db, sak_db_prepare (db, "SELECT count(*) FROM t"), 0, &n, &error));
  g_assert_no_error (error);
  return n;
}

static int
stop (gpointer unused)
{
  return 1;
}

/* A change that is stopped takes the whole transaction with it: SQLite's own rule, the same as where memory ends. */
static void
have_it_undone (SakDb *db)
{
  g_autoptr (GError) error = NULL;

  sqlite3_progress_handler (sak_db_get_sqlite (db), 10, stop, NULL);
  g_assert_false (sak_db_run (db, sak_db_prepare (db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                                                  " WHERE i < 1000) INSERT INTO t SELECT i FROM n"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  sqlite3_progress_handler (sak_db_get_sqlite (db), 0, NULL, NULL);
  g_assert_cmpint (sqlite3_get_autocommit (sak_db_get_sqlite (db)), !=, 0);
}

static void
nothing_runs_after_a_transaction_that_was_taken_back (void)
{
  SakDb *db = make_db ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) of_exec = NULL;
  g_autoptr (GError) of_commit = NULL;

  g_assert_true (sak_db_begin (db, NULL));
  g_assert_true (sak_db_run (db, sak_db_prepare (db, "INSERT INTO t VALUES (1)"), NULL));
  have_it_undone (db);
  /* Whoever did not look at that failure goes on, and is told it again; nothing of it stays. */
  g_assert_false (sak_db_run (db, sak_db_prepare (db, "INSERT INTO t VALUES (2)"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (sak_db_exec (db, "INSERT INTO t VALUES (3)", &of_exec));
  g_assert_error (of_exec, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (sak_db_commit (db, &of_commit));
  g_assert_error (of_commit, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  sak_db_rollback (db);
  g_assert_cmpint (count (db), ==, 0);
  sak_db_free (db);
}

static void
the_next_transaction_is_as_good_as_ever (void)
{
  SakDb *db = make_db ();
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_db_begin (db, NULL));
  have_it_undone (db);
  sak_db_rollback (db);
  g_assert_true (sak_db_begin (db, &error));
  g_assert_true (sak_db_run (db, sak_db_prepare (db, "INSERT INTO t VALUES (1)"), &error));
  g_assert_true (sak_db_commit (db, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (db), ==, 1);
  /* Outside of one, too. */
  g_assert_true (sak_db_run (db, sak_db_prepare (db, "INSERT INTO t VALUES (2)"), &error));
  g_assert_cmpint (count (db), ==, 2);
  sak_db_free (db);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  sak_crypto_init ();
  g_test_add_func ("/db/nothing-runs-after-a-transaction-that-was-taken-back",
                   nothing_runs_after_a_transaction_that_was_taken_back);
  g_test_add_func ("/db/the-next-transaction-is-as-good-as-ever", the_next_transaction_is_as_good_as_ever);
  return g_test_run ();
}
