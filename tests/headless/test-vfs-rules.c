/* test-vfs-rules.c - the seven rules of sak-vfs.c: what is lost without each of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Built with its own copy of the VFS, in which rules can be broken. Each test does the
 * same thing twice: with the rule nothing is lost, without it something is.
 */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-vfs-pages.h"
#include "storage/sak-vfs-private.h"

#include "tests/headless/sak-vfs-campaign.h"

#define N_STEPS 120
#define N_CUTS 100
#define PLAIN_MODELS (1 << SAK_POWER_DROP_ALL | 1 << SAK_POWER_KEEP_ALL \
                      | 1 << SAK_POWER_RANDOM_WRITES | 1 << SAK_POWER_RANDOM_SECTORS \
                      | 1 << SAK_POWER_TORN_LAST)
#define GARBAGE_MODELS (1 << SAK_POWER_GARBAGE_512 | 1 << SAK_POWER_GARBAGE_4096)

extern guint sak_vfs_broken_rules;
guint sak_vfs_broken_rules;

static SakVfsKeys keys;

static guint
count_failures (guint broken_rules,
                guint models,
                guint n_cuts)
{
  g_autoptr (SakVfsTrace) trace = NULL;
  SakVfsOutcome outcome;

  sak_vfs_broken_rules = broken_rules;
  trace = sak_vfs_trace_new (&keys, N_STEPS);
  sak_vfs_campaign (trace, n_cuts, models, broken_rules != 0, &outcome);
  sak_vfs_broken_rules = 0;
  g_test_message ("%s: %u points: %u not opened, %u corrupt, %u lost",
                  broken_rules != 0 ? "broken" : "kept", outcome.n_points, outcome.n_not_opened,
                  outcome.n_corrupt, outcome.n_lost);
  return sak_vfs_outcome_count_failures (&outcome);
}

typedef struct
{
  const char *name;
  guint rule;
  guint models;
} Control;

static const Control controls[] = {
  { "1-blocks-share-no-sector", SAK_VFS_RULE_STRIDE, GARBAGE_MODELS },
  { "2-no-block-is-rewritten-for-a-gap", SAK_VFS_RULE_TAIL, PLAIN_MODELS },
  { "3-a-sector-is-a-block", SAK_VFS_RULE_SECTOR, PLAIN_MODELS },
  { "3-no-powersafe-overwrite", SAK_VFS_RULE_POWERSAFE, PLAIN_MODELS },
  { "4-a-torn-unit-is-no-error-in-recovery", SAK_VFS_RULE_TORN, PLAIN_MODELS },
  { "5-every-commit-is-synced", SAK_VFS_RULE_DURABLE, PLAIN_MODELS },
};

static void
rule_is_what_saves_the_work (gconstpointer data)
{
  const Control *control = data;

  g_assert_cmpuint (count_failures (0, control->models, N_CUTS), ==, 0);
  g_assert_cmpuint (count_failures (control->rule, control->models, 20 * N_CUTS), >, 0);
}

static sqlite3_file *
get_file (sqlite3 *db)
{
  sqlite3_file *file = NULL;

  g_assert_cmpint (sqlite3_file_control (db, "main", SQLITE_FCNTL_FILE_POINTER, &file), ==,
                   SQLITE_OK);
  return file;
}

static sqlite3 *
open_database (SakVfs     *vfs,
               const char *path)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = sak_vfs_open_database (vfs, path, &error);

  g_assert_no_error (error);
  return db;
}

/* Hints let the file system below grow, map or write the file in ways of its own. */
static void
hints_and_mapping_are_refused (void)
{
  g_autoptr (SakFaultVfs) disk = sak_fault_vfs_new ();
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&keys, disk->name);
  sqlite3 *db = open_database (vfs, SAK_VFS_TEST_PATH);
  sqlite3_file *file = get_file (db);
  const int refused[] = { SQLITE_FCNTL_SIZE_HINT, SQLITE_FCNTL_CHUNK_SIZE, SQLITE_FCNTL_MMAP_SIZE,
                          SQLITE_FCNTL_POWERSAFE_OVERWRITE, SQLITE_FCNTL_BEGIN_ATOMIC_WRITE };

  g_assert_cmpint (file->pMethods->iVersion, ==, 1);
  g_assert_null (file->pMethods->xFetch);
  g_assert_null (file->pMethods->xShmMap);
  g_assert_cmpint (file->pMethods->xSectorSize (file), ==, 4096);
  g_assert_cmpint (file->pMethods->xDeviceCharacteristics (file), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      sqlite3_int64 argument = 65536;

      g_assert_cmpint (file->pMethods->xFileControl (file, refused[i], &argument), ==,
                       SQLITE_NOTFOUND);
    }
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* How many pages of the file do not authenticate, after work on a file system that takes hints. */
static guint
count_pages_of_zeros (guint broken_rules)
{
  g_autofree char *directory = g_dir_make_tmp ("sakkhi-rules-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "records.db", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree guint8 *page = g_malloc (SAK_VFS_PAGE_SIZE);
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&keys, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  sqlite3 *db = open_database (vfs, path);
  int chunk = 1024 * 1024;
  guint n_zeros = 0;

  sak_vfs_broken_rules = broken_rules;
  (void) sqlite3_file_control (db, "main", SQLITE_FCNTL_CHUNK_SIZE, &chunk);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (sak_vfs_work (db, i, rand), ==, SQLITE_OK);
  sak_vfs_broken_rules = 0;
  for (gint64 i = 1; i <= sak_vfs_count_pages (db); i++)
    n_zeros += !sak_vfs_read_page (db, i, page);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_unlink (journal);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
  return n_zeros;
}

/* Grown in chunks, the file ends in pages that nobody ever sealed: as if it were damaged. */
static void
every_page_of_the_file_is_sealed (void)
{
  g_assert_cmpuint (count_pages_of_zeros (0), ==, 0);
  g_assert_cmpuint (count_pages_of_zeros (SAK_VFS_RULE_POWERSAFE), >, 0);
}

/* Spoils each page in turn, and counts how often reading gives other rows than were
 * written and no error.
 */
static guint
count_silent_damage (guint broken_rules)
{
  g_autoptr (SakFaultVfs) disk = sak_fault_vfs_new ();
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&keys, disk->name);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  sqlite3 *db = open_database (vfs, SAK_VFS_TEST_PATH);
  GByteArray *file = sak_fault_vfs_get_bytes (disk, SAK_VFS_TEST_PATH);
  guint n_silent = 0;
  guint64 digest;

  g_assert_cmpint (sak_vfs_work (db, 0, rand), ==, SQLITE_OK);
  sak_sql_run (db, "INSERT INTO t(x) VALUES (hex(zeroblob(20000)))");
  digest = sak_sql_digest (db);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  sak_vfs_broken_rules = broken_rules;
  for (guint at = SAK_VFS_PAGE_SIZE; at < file->len; at += SAK_VFS_PAGE_SIZE)
    {
      guint64 now;

      file->data[at + 5000] ^= 1;
      db = open_database (vfs, SAK_VFS_TEST_PATH);
      now = sak_sql_digest (db);
      n_silent += now != 0 && now != digest;
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
      file->data[at + 5000] ^= 1;
    }
  sak_vfs_broken_rules = 0;
  return n_silent;
}

static void
damaged_page_is_no_short_read (void)
{
  g_assert_cmpuint (count_silent_damage (0), ==, 0);
  g_assert_cmpuint (count_silent_damage (SAK_VFS_RULE_NO_SHORT_READ), >, 0);
}

#define ROWS_INTO_T "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 200)" \
                    " INSERT INTO t(x) SELECT i || hex(zeroblob(1500)) FROM n;"

/* Commits that spill in a savepoint and roll it back; counts those that are not there when
 * the process is killed right after.
 */
static guint
count_lost_in_wal (guint broken_rules)
{
  g_autoptr (SakFaultVfs) disk = sak_fault_vfs_new ();
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&keys, disk->name);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  sqlite3 *db = open_database (vfs, SAK_VFS_TEST_PATH);
  guint n_lost = 0;

  sak_vfs_broken_rules = broken_rules;
  g_assert_cmpint (sak_vfs_work (db, 0, rand), ==, SQLITE_OK);
  g_assert_true ((sqlite3_exec (db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK)
                 == (broken_rules != 0));
  sak_sql_run (db, "PRAGMA cache_size = 20;" ROWS_INTO_T);
  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (SakFaultVfs) killed = NULL;
      g_autoptr (SakVfs) killed_vfs = NULL;
      sqlite3 *recovered;

      sak_sql_run (db, "BEGIN; SAVEPOINT a;" ROWS_INTO_T "UPDATE t SET x = x || '2' WHERE id > 300;"
                       "ROLLBACK TO a; UPDATE t SET x = x || '3' WHERE id = 1; COMMIT;"
                       "UPDATE t SET x = x || '4' WHERE id = 2");
      killed = sak_fault_vfs_copy (disk);
      killed_vfs = sak_vfs_keys_new_vfs (&keys, killed->name);
      recovered = sak_vfs_open_database (killed_vfs, SAK_VFS_TEST_PATH, NULL);
      n_lost += recovered == NULL || !sak_sql_is_sound (recovered)
                || sak_sql_digest (recovered) != sak_sql_digest (db);
      sqlite3_close (recovered);
    }
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  sak_vfs_broken_rules = 0;
  g_test_message ("%s: %u lost", broken_rules != 0 ? "broken" : "kept", n_lost);
  return n_lost;
}

/* The bug is SQLite's own; known of versions up to 3.49.2. */
static void
wal_is_not_used (void)
{
  guint n_lost;

  g_assert_cmpuint (count_lost_in_wal (0), ==, 0);
  n_lost = count_lost_in_wal (SAK_VFS_RULE_NO_WAL);
  if (sqlite3_libversion_number () <= 3049002)
    g_assert_cmpuint (n_lost, >, 0);
}

/* Returns: whether a second connection gets in beside the first. */
static gboolean
second_gets_in (SakVfs     *vfs,
                const char *path)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *first = open_database (vfs, path);
  sqlite3 *second = sak_vfs_open_database (vfs, path, &error);

  if (second == NULL)
    g_assert_error (error, SAK_ERROR, SAK_ERROR_IN_USE);
  else
    sak_sql_run (second, "ATTACH '' AS other");
  g_assert_cmpint (sqlite3_close (second), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (first), ==, SQLITE_OK);
  return second != NULL;
}

static void
database_is_held_by_one (void)
{
  g_autofree char *directory = g_dir_make_tmp ("sakkhi-rules-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "records.db", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&keys, NULL);

  g_assert_false (second_gets_in (vfs, path));
  sak_vfs_broken_rules = SAK_VFS_RULE_ALONE;
  g_assert_true (second_gets_in (vfs, path));
  sak_vfs_broken_rules = 0;
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_unlink (journal);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static gboolean
says_after (SakFaultVfs *disk,
            const char  *path)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&keys, disk->name);
  sqlite3 *db = open_database (vfs, path);
  gboolean is_after = sak_sql_count (db, "SELECT x = 'after' FROM t") == 1;

  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return is_after;
}

static void
make_one_of_two (SakVfs     *vfs,
                 const char *path)
{
  sqlite3 *db = open_database (vfs, path);

  sak_sql_run (db, "CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('before')");
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* At how many places a killed process leaves a transaction over two databases half done. */
static guint
count_halves (guint broken_rules)
{
  g_autoptr (SakFaultVfs) disk = sak_fault_vfs_new ();
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&keys, disk->name);
  g_autoptr (SakPowerCut) cut = NULL;
  guint n_halves = 0;
  guint begun;
  sqlite3 *db;

  disk->is_recording = TRUE;
  make_one_of_two (vfs, "/a.db");
  make_one_of_two (vfs, "/b.db");
  sak_vfs_broken_rules = broken_rules;
  db = open_database (vfs, "/a.db");
  begun = disk->operations->len;
  if (sqlite3_exec (db, "ATTACH '/b.db' AS b; BEGIN; UPDATE main.t SET x = 'after';"
                    "UPDATE b.t SET x = 'after'; COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    g_assert_cmpint (sqlite3_errcode (db), ==, SQLITE_AUTH);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  sak_vfs_broken_rules = 0;
  cut = sak_power_cut_new (disk);
  for (guint at = begun; at <= disk->operations->len; at++)
    {
      g_autoptr (SakFaultVfs) killed = sak_power_cut_at (cut, at, SAK_POWER_KEEP_ALL, 0);

      n_halves += says_after (killed, "/a.db") != says_after (killed, "/b.db");
    }
  return n_halves;
}

/* SQLite looks for the name of the super-journal in the last bytes of a journal, whose exact
 * size blocks do not tell.
 */
static void
no_transaction_spans_two_databases (void)
{
  g_assert_cmpuint (count_halves (0), ==, 0);
  g_assert_cmpuint (count_halves (SAK_VFS_RULE_ALONE), >, 0);
}

/* Only a transaction over several databases has one. */
static void
super_journal_is_not_opened (void)
{
  g_autoptr (SakFaultVfs) disk = sak_fault_vfs_new ();
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&keys, disk->name);
  sqlite3_vfs *sqlite = sqlite3_vfs_find (sak_vfs_get_name (vfs));
  g_autofree sqlite3_file *file = g_malloc0 (sqlite->szOsFile);

  g_assert_cmpint (sqlite->xOpen (sqlite, "/records.db-mj", file,
                                  SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_CREATE
                                  | SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_CANTOPEN);
  g_assert_null (sak_fault_vfs_get_bytes (disk, "/records.db-mj"));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  sak_vfs_keys_init (&keys);
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    {
      g_autofree char *path = g_strconcat ("/vfs/rules/", controls[i].name, NULL);

      g_test_add_data_func (path, &controls[i], rule_is_what_saves_the_work);
    }
  g_test_add_func ("/vfs/rules/3-hints-and-mapping-are-refused", hints_and_mapping_are_refused);
  g_test_add_func ("/vfs/rules/4-a-damaged-page-is-no-short-read", damaged_page_is_no_short_read);
  g_test_add_func ("/vfs/rules/6-wal-is-not-used", wal_is_not_used);
  g_test_add_func ("/vfs/rules/7-the-database-is-held-by-one", database_is_held_by_one);
  g_test_add_func ("/vfs/rules/3-every-page-of-the-file-is-sealed", every_page_of_the_file_is_sealed);
  g_test_add_func ("/vfs/rules/7-no-transaction-spans-two-databases", no_transaction_spans_two_databases);
  g_test_add_func ("/vfs/rules/7-a-super-journal-is-not-opened", super_journal_is_not_opened);
  result = g_test_run ();
  sak_vfs_keys_clear (&keys);
  return result;
}
