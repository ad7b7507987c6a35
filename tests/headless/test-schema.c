/* test-schema.c - vaults that an older program made
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/sak-check.h"
#include "storage/sak-schema.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-dump.h"
#include "tests/headless/sak-test-old-vault.h"
#include "tests/headless/sak-test-vault.h"

static void
fill (SakVault *vault)
{
  g_autofree char *finished = test_add_event (vault, "Raid on the pier", TRUE);
  g_autofree char *draft = test_add_json (vault, "person", "{\"identity.name\": \"Daw Khin Hla\"}", FALSE);
}

static void
assert_is_whole (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

static void
a_vault_of_every_older_version_opens_and_is_upgraded (TestVault     *f,
                                                      gconstpointer  unused)
{
  g_autoptr (GHashTable) before = NULL;

  fill (f->vault);
  before = test_dump_vault (f->vault);
  g_assert_cmpuint (sak_schema_get_version (), >, 1);
  for (guint version = 1; version < sak_schema_get_version (); version++)
    {
      g_autoptr (GHashTable) after = NULL;

      test_vault_make_old (f->vault, version);
      g_assert_cmpuint (test_vault_get_version (f->vault), ==, version);
      test_vault_reopen (f);
      g_assert_cmpuint (test_vault_get_version (f->vault), ==, sak_schema_get_version ());
      after = test_dump_vault (f->vault);
      test_assert_same_dump (before, after);
      assert_is_whole (f->vault);
    }
}

static void
what_is_upgraded_can_be_worked_in (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *before = NULL;
  g_autofree char *later = NULL;
  g_autoptr (GError) error = NULL;
  gboolean discarded;

  before = test_add_event (f->vault, "Before", FALSE);
  test_vault_make_old (f->vault, 1);
  test_vault_reopen (f);
  later = test_add_event (f->vault, "Later", TRUE);
  discarded = sak_vault_discard_draft (f->vault, before, &error);
  g_assert_no_error (error);
  g_assert_true (discarded);
  g_assert_cmpuint (test_count_records (f->vault), ==, 1);
  assert_is_whole (f->vault);
}

/* Something in the way of a later step: then not even the first of them is done. */
static void
an_upgrade_that_fails_leaves_the_old_vault (TestVault     *f,
                                            gconstpointer  unused)
{
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVault) vault = NULL;
  gboolean went_well;

  fill (f->vault);
  test_vault_make_old (f->vault, 1);
  went_well = sak_db_exec (f->vault->db, "CREATE TABLE search_document (in_the_way)", &error);
  g_assert_no_error (error);
  g_assert_true (went_well);
  g_assert_false (sak_schema_upgrade (f->vault->db, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_FAILED);
  g_assert_cmpuint (test_vault_get_version (f->vault), ==, 1);
  g_clear_error (&error);
  test_vault_close (f);
  vault = sak_vault_open (f->path, passphrase, &error);
  g_assert_null (vault);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_FAILED);
}

/* In a new vault, and in one that an older program made. */
static void
assert_by_index (SakVault   *vault,
                 const char *sql,
                 const char *index)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *statement = NULL;
  g_autofree char *how = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (sak_db_get_sqlite (vault->db), explain, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  how = g_strdup ((const char *) sqlite3_column_text (statement, 3));
  g_assert_nonnull (strstr (how, index));
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

static void
the_files_of_a_record_are_found_without_looking_at_all (TestVault     *f,
                                                        gconstpointer  unused)
{
  for (guint round = 0; round < 2; round++)
    {
      assert_by_index (f->vault, "SELECT sha256 FROM media_use WHERE record = ?1", "media_use_by_record (record=?)");
      assert_by_index (f->vault, "DELETE FROM media_use WHERE record = ?1", "media_use_by_record (record=?)");
      test_vault_make_old (f->vault, 8);
      test_vault_reopen (f);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/schema/a-vault-of-every-older-version-opens-and-is-upgraded", TestVault, NULL, test_vault_set_up,
              a_vault_of_every_older_version_opens_and_is_upgraded, test_vault_tear_down);
  g_test_add ("/schema/what-is-upgraded-can-be-worked-in", TestVault, NULL, test_vault_set_up,
              what_is_upgraded_can_be_worked_in, test_vault_tear_down);
  g_test_add ("/schema/an-upgrade-that-fails-leaves-the-old-vault", TestVault, NULL, test_vault_set_up,
              an_upgrade_that_fails_leaves_the_old_vault, test_vault_tear_down);
  g_test_add ("/schema/the-files-of-a-record-are-found-without-looking-at-all", TestVault, NULL, test_vault_set_up,
              the_files_of_a_record_are_found_without_looking_at_all, test_vault_tear_down);
  return g_test_run ();
}
