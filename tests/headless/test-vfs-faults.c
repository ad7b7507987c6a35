/* test-vfs-faults.c - the encrypting VFS after a crash, and on a disk that fails
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With the argument "all", every call fails once, not some.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "tests/headless/sak-vfs-campaign.h"

#define N_STEPS 30

static gboolean all_places;

typedef struct
{
  SakVfsKeys keys;
  SakFaultVfs *disk;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  sak_vfs_keys_init (&f->keys);
  f->disk = sak_fault_vfs_new ();
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  sak_vfs_keys_clear (&f->keys);
  sak_fault_vfs_free (f->disk);
}

/* What a process killed in the middle of a large transaction leaves, hot journal included. */
static SakFaultVfs *
make_hot_disk (Fixture *f,
               guint64 *ret_digest)
{
  g_autoptr (SakFaultVfs) disk = sak_fault_vfs_new ();
  g_autoptr (SakVfs) vfs = NULL;
  SakFaultVfs *hot;
  sqlite3 *db;

  *ret_digest = sak_vfs_make_database (&f->keys, disk);
  vfs = sak_vfs_keys_new_vfs (&f->keys, disk->name);
  db = sak_vfs_open_for_test (vfs);
  sak_sql_run (db, "PRAGMA cache_size = 5; BEGIN; UPDATE t SET x = x || hex(zeroblob(1000));"
                   "DELETE FROM s");
  hot = sak_fault_vfs_copy (disk);
  g_assert_cmpuint (sak_fault_vfs_get_bytes (hot, SAK_VFS_TEST_JOURNAL)->len, >, 30000);
  sak_vfs_close_for_test (db);
  return hot;
}

/* --- What lies beside the database --- */

static void
expect_digest (Fixture     *f,
               SakFaultVfs *disk,
               guint64      digest,
               gboolean     sees_damage)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, disk->name);
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  sqlite3 *db = sak_vfs_open_for_test (vfs);

  g_assert_cmpuint (sak_sql_digest (db), ==, digest);
  g_assert_true (sak_sql_is_sound (db));
  g_assert_true (sak_vfs_has_seen_damage (vfs) == sees_damage);
  for (guint i = 1; i < N_STEPS; i++)
    g_assert_cmpint (sak_vfs_work (db, i, rand), ==, SQLITE_OK);
  g_assert_true (sak_sql_is_sound (db));
  sak_vfs_close_for_test (db);
}

static void
hot_journal_is_rolled_back (Fixture       *f,
                            gconstpointer  unused)
{
  guint64 digest;
  g_autoptr (SakFaultVfs) hot = make_hot_disk (f, &digest);

  expect_digest (f, hot, digest, FALSE);
}

static void
journal_of_another_vault_changes_nothing (Fixture       *f,
                                          gconstpointer  data)
{
  const char *name = data;
  Fixture other;
  guint64 digest = sak_vfs_make_database (&f->keys, f->disk);
  guint64 other_digest;
  g_autoptr (SakFaultVfs) hot = NULL;
  GByteArray *journal;

  set_up (&other, NULL);
  sak_secret_unref (other.keys.key);
  other.keys.key = sak_secret_ref (f->keys.key);
  hot = make_hot_disk (&other, &other_digest);
  journal = sak_fault_vfs_get_bytes (hot, SAK_VFS_TEST_JOURNAL);
  if (sak_fault_vfs_get_bytes (f->disk, name) == NULL)
    sak_fault_vfs_add_file (f->disk, name, journal->data, journal->len);
  else
    g_byte_array_append (sak_fault_vfs_get_bytes (f->disk, name), journal->data, journal->len);
  expect_digest (f, f->disk, digest, TRUE);
  tear_down (&other, NULL);
}

/* Which blocks of the journal are headers: they begin with SQLite's magic number. */
static gboolean *
find_headers (Fixture     *f,
              SakFaultVfs *hot,
              guint        n_blocks)
{
  static const guint8 magic[] = { 0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7 };
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, hot->name);
  sqlite3_vfs *sqlite = sqlite3_vfs_find (sak_vfs_get_name (vfs));
  g_autofree sqlite3_file *journal = g_malloc0 (sqlite->szOsFile);
  gboolean *is_header = g_new0 (gboolean, n_blocks);

  g_assert_cmpint (sqlite->xOpen (sqlite, SAK_VFS_TEST_JOURNAL, journal,
                                  SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  for (guint i = 0; i < n_blocks; i++)
    {
      guint8 start[sizeof magic];

      (void) journal->pMethods->xRead (journal, start, sizeof start, i * 4096);
      is_header[i] = memcmp (start, magic, sizeof magic) == 0;
    }
  journal->pMethods->xClose (journal);
  g_assert_true (is_header[0]);
  return is_header;
}

/* A damaged header is as one that was torn: recovery ends there, and that it happened is known.
 * What an authentic header counts was synced: without it the database does not open.
 */
static void
damage_to_a_hot_journal_is_noticed (Fixture       *f,
                                    gconstpointer  unused)
{
  guint64 digest;
  g_autoptr (SakFaultVfs) hot = make_hot_disk (f, &digest);
  guint size = sak_fault_vfs_get_bytes (hot, SAK_VFS_TEST_JOURNAL)->len;
  g_autofree gboolean *is_header = find_headers (f, hot, size / 8192 + 1);
  guint n_unnoticed = 0;

  for (guint block = 0; block + 8192 < size; block += 8192)
    for (guint at = 0; at < 4136; at += 509)
      {
        g_autoptr (SakFaultVfs) disk = sak_fault_vfs_copy (hot);
        g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, disk->name);
        sqlite3 *db;

        sak_fault_vfs_get_bytes (disk, SAK_VFS_TEST_JOURNAL)->data[block + at] ^= 0x10;
        db = sak_vfs_open_database (vfs, SAK_VFS_TEST_PATH, NULL);
        if (!sak_vfs_has_seen_damage (vfs))
          {
            g_assert_cmpuint (sak_sql_digest (db), ==, digest);
            n_unnoticed++;
          }
        else if (db != NULL && !is_header[block / 8192])
          g_assert_cmpuint (sak_sql_digest (db), ==, digest);
        sqlite3_close (db);
      }
  g_assert_cmpuint (n_unnoticed, <, size / 8192);
}

/* In a rollback without a crash the journal must be whole: else rows would silently stay
 * half changed.
 */
static void
rollback_from_a_damaged_journal_is_an_error (Fixture       *f,
                                             gconstpointer  unused)
{
  guint64 digest = sak_vfs_make_database (&f->keys, f->disk);
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  sqlite3 *db = sak_vfs_open_for_test (vfs);
  GByteArray *journal;

  sak_sql_run (db, "PRAGMA cache_size = 5; BEGIN; UPDATE t SET x = x || hex(zeroblob(1000))");
  journal = sak_fault_vfs_get_bytes (f->disk, SAK_VFS_TEST_JOURNAL);
  journal->data[3 * 8192 + 100] ^= 1;
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  g_assert_true (sak_vfs_has_seen_damage (vfs));
  g_assert_cmpuint (sak_sql_digest (db), ==, 0);
  journal->data[3 * 8192 + 100] ^= 1;
  sqlite3_close (db);
  expect_digest (f, f->disk, digest, FALSE);
}

/* --- What the disk refuses --- */

static const char *const fault_work[] = {
  "INSERT INTO t(x) VALUES ('one more')",
  ("BEGIN; UPDATE t SET x = x || hex(zeroblob(500)); SAVEPOINT a; DELETE FROM t WHERE id % 3 = 0;"
   " ROLLBACK TO a; INSERT INTO s(x) SELECT x FROM t; COMMIT"),
  "BEGIN; UPDATE t SET x = 'never' || x; DELETE FROM s; ROLLBACK",
  "DELETE FROM t WHERE id % 5 = 0",
  "VACUUM",
};
#define N_FAULT_STEPS G_N_ELEMENTS (fault_work)

static guint
do_fault_work (sqlite3 *db,
               int     *ret_result)
{
  guint n_done = 0;

  *ret_result = SQLITE_OK;
  while (n_done < N_FAULT_STEPS)
    {
      *ret_result = sqlite3_exec (db, fault_work[n_done], NULL, NULL, NULL);
      if (*ret_result != SQLITE_OK)
        break;
      n_done++;
    }
  if (!sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return n_done;
}

/* Of a failure inside ROLLBACK SQLite says nothing: it keeps to the journal from then on. */
static gboolean
is_told (sqlite3 *db,
         int      result,
         guint64  digest)
{
  guint64 now = sak_sql_digest (db);

  return result != SQLITE_OK || now == 0 || now == digest;
}

/* Returns: whether a statement failed. */
static gboolean
survive_fault (Fixture       *f,
               SakFaultVfs   *disk,
               guint          fail_at,
               int            code,
               const guint64 *digests)
{
  guint n_done;
  int result;

  {
    g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, disk->name);
    sqlite3 *db = sak_vfs_open_for_test (vfs);

    sak_sql_run (db, "PRAGMA cache_size = 5");
    sak_fault_vfs_fail_at (disk, fail_at, code);
    n_done = do_fault_work (db, &result);
    if (disk->has_failed)
      g_assert_true (is_told (db, result, digests[n_done]));
    if (disk->has_failed && code == SQLITE_FULL && result != SQLITE_OK)
      g_assert_cmpint (result, ==, SQLITE_FULL);
    disk->fail_at = 0;
    sqlite3_close (db);
  }
  {
    g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, disk->name);
    sqlite3 *db = sak_vfs_open_for_test (vfs);
    guint64 digest = sak_sql_digest (db);

    g_assert_true (digest == digests[n_done]
                   || (result != SQLITE_OK && digest == digests[n_done + 1]));
    g_assert_true (sak_sql_is_sound (db));
    g_assert_false (sak_vfs_has_seen_damage (vfs));
    sak_vfs_close_for_test (db);
  }
  return result != SQLITE_OK;
}

typedef struct
{
  const char *name;
  int code;
  gboolean fails_on;
  gboolean fails_reads;
} Fault;

static const Fault faults[] = {
  { "one-call", 0, FALSE, FALSE },
  { "one-call-and-all-after", 0, TRUE, FALSE },
  { "one-call-reads-included", 0, FALSE, TRUE },
  { "disk-full-once", SQLITE_FULL, FALSE, FALSE },
  { "disk-full", SQLITE_FULL, TRUE, FALSE },
};

/* Makes the database on f's disk, and does the work without faults on a copy of it. */
static void
note_digests (Fixture *f,
              guint64  digests[static N_FAULT_STEPS + 1])
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  g_autoptr (SakVfs) copy_vfs = NULL;
  g_autoptr (SakFaultVfs) copy = NULL;
  sqlite3 *db;

  sak_vfs_make_small_database (vfs);
  copy = sak_fault_vfs_copy (f->disk);
  copy_vfs = sak_vfs_keys_new_vfs (&f->keys, copy->name);
  db = sak_vfs_open_for_test (copy_vfs);
  digests[0] = sak_sql_digest (db);
  for (guint i = 0; i < N_FAULT_STEPS; i++)
    {
      sak_sql_run (db, fault_work[i]);
      digests[i + 1] = sak_sql_digest (db);
    }
  sak_vfs_close_for_test (db);
}

/* Whichever call fails, an error comes back, and the database reads as before or after. */
static void
every_failed_call_is_told_and_survived (Fixture       *f,
                                        gconstpointer  data)
{
  const Fault *fault = data;
  guint64 digests[N_FAULT_STEPS + 1];
  gboolean has_failed = TRUE;
  guint n_told = 0;
  guint n_tried = 0;
  guint n;

  note_digests (f, digests);
  for (n = 1; has_failed; n += all_places || n < 60 ? 1 : 7)
    {
      g_autoptr (SakFaultVfs) disk = sak_fault_vfs_copy (f->disk);

      disk->fails_on = fault->fails_on;
      disk->fails_reads = fault->fails_reads;
      n_told += survive_fault (f, disk, n, fault->code, digests);
      has_failed = disk->has_failed;
      n_tried += has_failed;
    }
  g_test_message ("%u places to fail, %u tried, %u told", n, n_tried, n_told);
  g_assert_cmpuint (n_tried, >, 100);
  g_assert_cmpuint (n_told, >, n_tried / 2);
}

#define ADD(name, data, func) g_test_add ("/vfs/" name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  all_places = argc > 1 && g_str_equal (argv[1], "all");
  ADD ("hot-journal-is-rolled-back", NULL, hot_journal_is_rolled_back);
  ADD ("journal-of-another-vault-changes-nothing", SAK_VFS_TEST_JOURNAL,
       journal_of_another_vault_changes_nothing);
  ADD ("wal-of-another-vault-changes-nothing", SAK_VFS_TEST_PATH "-wal",
       journal_of_another_vault_changes_nothing);
  ADD ("damage-to-a-hot-journal-is-noticed", NULL, damage_to_a_hot_journal_is_noticed);
  ADD ("rollback-from-a-damaged-journal-is-an-error", NULL,
       rollback_from_a_damaged_journal_is_an_error);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/vfs/failed-calls/", faults[i].name, NULL);

      g_test_add (path, Fixture, &faults[i], set_up, every_failed_call_is_told_and_survived,
                  tear_down);
    }
  return g_test_run ();
}
