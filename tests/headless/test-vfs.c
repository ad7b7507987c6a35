/* test-vfs.c - the encrypting VFS: what it hides, what it refuses
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With the argument "all", every byte is flipped and every call fails, not some; with
 * "sample FOLDER", makes what is in tests/data/vfs.
 */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "tests/headless/sak-vfs-campaign.h"

#define CANARY "testimony of the net mender"
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

static sqlite3 *
open_database (SakVfs *vfs)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = sak_vfs_open_database (vfs, SAK_VFS_TEST_PATH, &error);

  g_assert_no_error (error);
  return db;
}

static void
close_database (sqlite3 *db)
{
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* Does some work, closes, and returns the digest of what is on the disk then. */
static guint64
make_database (Fixture     *f,
               SakFaultVfs *disk)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, disk->name);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  sqlite3 *db = open_database (vfs);
  guint64 digest;

  for (guint i = 0; i < N_STEPS; i++)
    g_assert_cmpint (sak_vfs_work (db, i, rand), ==, SQLITE_OK);
  digest = sak_sql_digest (db);
  close_database (db);
  return digest;
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

  *ret_digest = make_database (f, disk);
  vfs = sak_vfs_keys_new_vfs (&f->keys, disk->name);
  db = open_database (vfs);
  sak_sql_run (db, "PRAGMA cache_size = 5; BEGIN; UPDATE t SET x = x || hex(zeroblob(1000));"
                   "DELETE FROM s");
  hot = sak_fault_vfs_copy (disk);
  g_assert_cmpuint (sak_fault_vfs_get_bytes (hot, SAK_VFS_TEST_JOURNAL)->len, >, 30000);
  close_database (db);
  return hot;
}

/* --- What works --- */

static void
rows_come_back_from_a_real_disk (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autofree char *directory = g_dir_make_tmp ("sakkhi-vfs-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "records.db", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  g_autofree char *copy = g_build_filename (directory, "copy.db", NULL);
  g_autofree char *copy_journal = g_strconcat (copy, "-journal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, NULL);
  guint64 digest = 1;

  for (int round = 0; round < 3; round++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (round);
      sqlite3 *db = sak_vfs_open_database (vfs, round < 2 ? path : copy, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (sak_sql_digest (db), ==, digest);
      for (guint i = 0; i < N_STEPS; i++)
        g_assert_cmpint (sak_vfs_work (db, round * N_STEPS + i, rand), ==, SQLITE_OK);
      g_assert_true (sak_sql_is_sound (db));
      digest = sak_sql_digest (db);
      if (round == 1)
        g_assert_true (sak_vfs_vacuum_into (db, copy, &error));
      close_database (db);
    }
  g_assert_false (sak_vfs_has_seen_damage (vfs));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_unlink (copy), ==, 0);
  g_unlink (journal);
  g_unlink (copy_journal);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

/* SQLite may skip pages while a transaction grows the file, but not leave them so: they
 * could not be told from damage.
 */
static void
expect_no_hole (SakFaultVfs *disk)
{
  static const guint8 hole[SAK_VFS_PAGE_SIZE];
  GByteArray *file = sak_fault_vfs_get_bytes (disk, SAK_VFS_TEST_PATH);

  for (guint at = 0; at < file->len; at += SAK_VFS_PAGE_SIZE)
    g_assert_true (memcmp (file->data + at, hole, SAK_VFS_PAGE_SIZE) != 0);
}

/* A small cache makes SQLite write, read back and roll back through the files all the time. */
static void
spilled_work_gives_what_plain_sqlite_gives (Fixture       *f,
                                            gconstpointer  unused)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GRand) plain_rand = g_rand_new_with_seed (5);
  sqlite3 *db = open_database (vfs);
  sqlite3 *plain = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &plain), ==, SQLITE_OK);
  sak_sql_run (db, "PRAGMA cache_size = 5");
  for (guint i = 0; i < 150; i++)
    {
      g_assert_cmpint (sak_vfs_work (db, i, rand), ==, SQLITE_OK);
      g_assert_cmpint (sak_vfs_work (plain, i, plain_rand), ==, SQLITE_OK);
      g_assert_cmpuint (sak_sql_digest (db), ==, sak_sql_digest (plain));
      expect_no_hole (f->disk);
    }
  g_assert_true (sak_sql_is_sound (db));
  close_database (db);
  close_database (plain);
}

static void
only_this_database_is_reached (Fixture       *f,
                               gconstpointer  unused)
{
  const char *const refused[] = {
    "ATTACH '/other.db' AS o", "ATTACH ':memory:' AS o", "ATTACH char(47) || 'x' AS o",
    "DETACH main", "PRAGMA journal_mode = WAL", "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = NORMAL", "PRAGMA locking_mode = NORMAL", "PRAGMA temp_store = FILE",
    "PRAGMA mmap_size = 65536", "PRAGMA SECURE_DELETE = 0", "PRAGMA trusted_schema = 1",
    "PRAGMA writable_schema = 1", "SELECT load_extension('x')",
  };
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  sqlite3 *db = open_database (vfs);

  sak_sql_run (db, "CREATE TABLE t (x); INSERT INTO t VALUES (1);"
                   "CREATE VIRTUAL TABLE s USING fts5 (x)");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (sqlite3_exec (db, refused[i], NULL, NULL, NULL) == SQLITE_OK)
      g_error ("%s was not refused", refused[i]);
  g_assert_null (sak_fault_vfs_get_bytes (f->disk, "/other.db"));
  sak_sql_run (db, "VACUUM");
  g_assert_cmpint (sak_sql_count (db, "SELECT count(*) FROM t"), ==, 1);
  g_assert_cmpint (sak_sql_count (db, "PRAGMA synchronous"), ==, 2);
  close_database (db);
}

/* --- What is hidden --- */

static void
write_canaries_everywhere (SakFaultVfs *disk,
                           const char  *vfs_name)
{
  int reserved = SAK_VFS_RESERVED;
  sqlite3 *db = NULL;

  disk->canary = CANARY;
  g_assert_cmpint (sqlite3_open_v2 (SAK_VFS_TEST_PATH, &db,
                                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs_name),
                   ==, SQLITE_OK);
  sak_sql_run (db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192;"
                   "PRAGMA temp_store = FILE; PRAGMA cache_size = 5");
  sqlite3_file_control (db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  sak_sql_run (db, "CREATE TABLE t (x TEXT); CREATE INDEX i ON t (x);"
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 800)"
                   " INSERT INTO t SELECT random() || '" CANARY "' || hex(zeroblob(400)) FROM n;"
                   "UPDATE t SET x = x || '!';"
                   "CREATE TEMP TABLE c AS SELECT x FROM t ORDER BY substr(x, 3);"
                   "PRAGMA temp.cache_size = 2; UPDATE c SET x = x || '?';"
                   "BEGIN; SAVEPOINT a; UPDATE t SET x = x || '.'; ROLLBACK TO a; COMMIT;"
                   "VACUUM; PRAGMA journal_mode = WAL; UPDATE t SET x = x || ','");
  close_database (db);
}

static void
no_plaintext_goes_below_the_vfs (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autoptr (SakFaultVfs) plain = sak_fault_vfs_new ();
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);

  write_canaries_everywhere (plain, plain->name);
  g_assert_cmpuint (plain->n_canaries_main, >, 0);
  g_assert_cmpuint (plain->n_canaries_journal, >, 0);
  g_assert_cmpuint (plain->n_canaries_wal, >, 0);
  g_assert_cmpuint (plain->n_canaries_temp, >, 0);

  write_canaries_everywhere (f->disk, sak_vfs_get_name (vfs));
  g_assert_cmpuint (f->disk->n_canaries_main, ==, 0);
  g_assert_cmpuint (f->disk->n_canaries_journal, ==, 0);
  g_assert_cmpuint (f->disk->n_canaries_wal, ==, 0);
  g_assert_cmpuint (f->disk->n_canaries_temp, ==, 0);
  g_assert_cmpuint (f->disk->n_writes_temp, >, 0);
  g_assert_null (memmem (sak_fault_vfs_get_bytes (f->disk, SAK_VFS_TEST_PATH)->data, 8192,
                         "SQLite", 6));
}

/* --- What is refused --- */

static void
expect_refusal (Fixture *f)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  g_autoptr (GError) error = NULL;
  sqlite3 *db = sak_vfs_open_database (vfs, SAK_VFS_TEST_PATH, &error);

  g_assert_null (db);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_DAMAGED);
  g_assert_true (sak_vfs_has_seen_damage (vfs));
}

static void
wrong_key_salt_or_vault_is_refused (Fixture       *f,
                                    gconstpointer  unused)
{
  guint64 digest = make_database (f, f->disk);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (SakVfs) vfs = NULL;
  GByteArray *file = sak_fault_vfs_get_bytes (f->disk, SAK_VFS_TEST_PATH);
  sqlite3 *db;

  before = g_bytes_new (file->data, file->len);
  f->keys.salt[31] ^= 1;
  expect_refusal (f);
  f->keys.salt[31] ^= 1;
  f->keys.vault_id[0] ^= 1;
  expect_refusal (f);
  f->keys.vault_id[0] ^= 1;
  sak_secret_get_bytes (f->keys.key)[5] ^= 1;
  expect_refusal (f);
  sak_secret_get_bytes (f->keys.key)[5] ^= 1;
  g_assert_cmpmem (file->data, file->len,
                   g_bytes_get_data (before, NULL), g_bytes_get_size (before));
  vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  db = open_database (vfs);
  g_assert_cmpuint (sak_sql_digest (db), ==, digest);
  close_database (db);
}

/* Returns: whether all of it can be read, and is sound. */
static gboolean
reads_whole (SakVfs *vfs)
{
  sqlite3 *db = sak_vfs_open_database (vfs, SAK_VFS_TEST_PATH, NULL);
  gboolean is_whole = db != NULL && sak_sql_count (db, "PRAGMA freelist_count") == 0
                      && sak_sql_is_sound (db) && sak_sql_digest (db) > 1;

  sqlite3_close (db);
  return is_whole;
}

static void
make_small_database (SakVfs *vfs)
{
  sqlite3 *db = open_database (vfs);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  sak_vfs_work (db, 0, rand);
  sak_sql_run (db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 30)"
                   " INSERT INTO t(x) SELECT i || hex(zeroblob(300)) FROM n;"
                   "INSERT INTO t(x) VALUES (hex(zeroblob(10000))); VACUUM");
  close_database (db);
}

static void
every_flipped_byte_is_an_error (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  GByteArray *file;
  guint n_flips = 0;

  make_small_database (vfs);
  file = sak_fault_vfs_get_bytes (f->disk, SAK_VFS_TEST_PATH);
  g_assert_cmpuint (file->len % SAK_VFS_PAGE_SIZE, ==, 0);
  g_assert_true (reads_whole (vfs));
  for (guint i = 0; i < file->len; i++)
    {
      guint at = i % SAK_VFS_PAGE_SIZE;

      if (!all_places && at % 251 != 0 && at < SAK_VFS_PAGE_SIZE - SAK_VFS_RESERVED)
        continue;
      file->data[i] ^= 1 << i % 8;
      if (reads_whole (vfs))
        g_error ("byte %u of %u was flipped and not missed", i, file->len);
      file->data[i] ^= 1 << i % 8;
      n_flips++;
    }
  g_assert_cmpuint (n_flips, >, 500);
  g_test_message ("%u bytes flipped, one at a time, of %u pages", n_flips,
                  file->len / SAK_VFS_PAGE_SIZE);
  g_assert_true (reads_whole (vfs));
}

static void
moved_missing_and_zeroed_pages_are_errors (Fixture       *f,
                                           gconstpointer  unused)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  g_autofree guint8 *original = NULL;
  GByteArray *file;
  guint size;

  make_small_database (vfs);
  file = sak_fault_vfs_get_bytes (f->disk, SAK_VFS_TEST_PATH);
  size = file->len;
  original = g_memdup2 (file->data, size);
  for (guint page = 0; page < size; page += SAK_VFS_PAGE_SIZE)
    {
      guint other = (page + SAK_VFS_PAGE_SIZE) % size;

      memcpy (file->data + page, original + other, SAK_VFS_PAGE_SIZE);
      g_assert_false (reads_whole (vfs));
      memcpy (file->data + other, original + page, SAK_VFS_PAGE_SIZE);
      g_assert_false (reads_whole (vfs));
      memcpy (file->data, original, size);
      memset (file->data + page, 0, SAK_VFS_PAGE_SIZE);
      g_assert_false (reads_whole (vfs));
      memcpy (file->data, original, size);
      for (guint cut = 0; cut < SAK_VFS_PAGE_SIZE && page > 0; cut += 1000)
        {
          g_byte_array_set_size (file, page + cut);
          g_assert_false (reads_whole (vfs));
          sak_fault_resize (file, size);
          memcpy (file->data, original, size);
        }
    }
  g_assert_true (reads_whole (vfs));
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
  sqlite3 *db = open_database (vfs);

  g_assert_cmpuint (sak_sql_digest (db), ==, digest);
  g_assert_true (sak_sql_is_sound (db));
  g_assert_true (sak_vfs_has_seen_damage (vfs) == sees_damage);
  for (guint i = 1; i < N_STEPS; i++)
    g_assert_cmpint (sak_vfs_work (db, i, rand), ==, SQLITE_OK);
  g_assert_true (sak_sql_is_sound (db));
  close_database (db);
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
  guint64 digest = make_database (f, f->disk);
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

/* Recovery stops at such a block, as at a torn one; that it happened must be known, unless
 * recovery did not need the block.
 */
static void
damage_to_a_hot_journal_is_noticed (Fixture       *f,
                                    gconstpointer  unused)
{
  guint64 digest;
  g_autoptr (SakFaultVfs) hot = make_hot_disk (f, &digest);
  guint size = sak_fault_vfs_get_bytes (hot, SAK_VFS_TEST_JOURNAL)->len;
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
  guint64 digest = make_database (f, f->disk);
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  sqlite3 *db = open_database (vfs);
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
  "BEGIN; UPDATE t SET x = x || hex(zeroblob(500)); SAVEPOINT a; DELETE FROM t WHERE id % 3 = 0;"
  " ROLLBACK TO a; INSERT INTO s(x) SELECT x FROM t; COMMIT",
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
    sqlite3 *db = open_database (vfs);

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
    sqlite3 *db = open_database (vfs);
    guint64 digest = sak_sql_digest (db);

    g_assert_true (digest == digests[n_done]
                   || (result != SQLITE_OK && digest == digests[n_done + 1]));
    g_assert_true (sak_sql_is_sound (db));
    g_assert_false (sak_vfs_has_seen_damage (vfs));
    close_database (db);
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

  make_small_database (vfs);
  copy = sak_fault_vfs_copy (f->disk);
  copy_vfs = sak_vfs_keys_new_vfs (&f->keys, copy->name);
  db = open_database (copy_vfs);
  digests[0] = sak_sql_digest (db);
  for (guint i = 0; i < N_FAULT_STEPS; i++)
    {
      sak_sql_run (db, fault_work[i]);
      digests[i + 1] = sak_sql_digest (db);
    }
  close_database (db);
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

/* --- The sample in tests/data/vfs --- */

static void
set_sample_keys (SakVfsKeys *keys)
{
  for (guint i = 0; i < 32; i++)
    {
      sak_secret_get_bytes (keys->key)[i] = i;
      keys->salt[i] = 32 + i;
    }
  for (guint i = 0; i < SAK_VFS_VAULT_ID_SIZE; i++)
    keys->vault_id[i] = 64 + i;
}

static void
save_file (SakFaultVfs *disk,
           const char  *folder,
           const char  *name)
{
  g_autofree char *path = g_strconcat (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = sak_fault_vfs_get_bytes (disk, name);

  g_file_set_contents (path, (const char *) bytes->data, bytes->len, &error);
  g_assert_no_error (error);
}

/* How the sample was made: forty rows, and a crash while they were being changed. */
static int
make_sample (const char *folder)
{
  Fixture f;
  g_autoptr (SakVfs) vfs = NULL;
  sqlite3 *db;

  set_up (&f, NULL);
  set_sample_keys (&f.keys);
  vfs = sak_vfs_keys_new_vfs (&f.keys, f.disk->name);
  db = open_database (vfs);
  sak_sql_run (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);"
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 40)"
                   " INSERT INTO t(x) SELECT 'row ' || i FROM n;"
                   "CREATE TABLE u (x TEXT); INSERT INTO u VALUES (hex(zeroblob(8000)));"
                   "PRAGMA cache_size = 1; BEGIN; UPDATE t SET x = 'never';"
                   "INSERT INTO u VALUES (hex(zeroblob(30000))); UPDATE t SET x = 'nor this'");
  save_file (f.disk, folder, SAK_VFS_TEST_PATH);
  save_file (f.disk, folder, SAK_VFS_TEST_JOURNAL);
  close_database (db);
  g_clear_pointer (&vfs, sak_vfs_free);
  tear_down (&f, NULL);
  return 0;
}

static void
load_file (Fixture    *f,
           const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "vfs", name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  sak_fault_vfs_add_file (f->disk, name, (const guint8 *) bytes, size);
}

/* Made by the first version of the format: it must open for ever. */
static void
sample_of_version_1_opens (Fixture       *f,
                           gconstpointer  unused)
{
  g_autoptr (SakVfs) vfs = NULL;
  sqlite3 *db;

  set_sample_keys (&f->keys);
  load_file (f, SAK_VFS_TEST_PATH);
  load_file (f, SAK_VFS_TEST_JOURNAL);
  vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  db = open_database (vfs);
  g_assert_cmpint (sak_sql_count (db, "SELECT count(*) FROM t WHERE x = 'row ' || id"), ==, 40);
  g_assert_cmpint (sak_sql_count (db, "SELECT count(*) FROM u"), ==, 1);
  g_assert_false (sak_vfs_has_seen_damage (vfs));
  close_database (db);
}

#define ADD(name, data, func) g_test_add ("/vfs/" name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  if (argc > 2 && g_str_equal (argv[1], "sample"))
    return make_sample (argv[2]);
  all_places = argc > 1 && g_str_equal (argv[1], "all");
  ADD ("rows-come-back-from-a-real-disk", NULL, rows_come_back_from_a_real_disk);
  ADD ("spilled-work-gives-what-plain-sqlite-gives", NULL,
       spilled_work_gives_what_plain_sqlite_gives);
  ADD ("only-this-database-is-reached", NULL, only_this_database_is_reached);
  ADD ("no-plaintext-goes-below-the-vfs", NULL, no_plaintext_goes_below_the_vfs);
  ADD ("wrong-key-salt-or-vault-is-refused", NULL, wrong_key_salt_or_vault_is_refused);
  ADD ("every-flipped-byte-is-an-error", NULL, every_flipped_byte_is_an_error);
  ADD ("moved-missing-and-zeroed-pages-are-errors", NULL,
       moved_missing_and_zeroed_pages_are_errors);
  ADD ("hot-journal-is-rolled-back", NULL, hot_journal_is_rolled_back);
  ADD ("journal-of-another-vault-changes-nothing", SAK_VFS_TEST_JOURNAL,
       journal_of_another_vault_changes_nothing);
  ADD ("wal-of-another-vault-changes-nothing", SAK_VFS_TEST_PATH "-wal",
       journal_of_another_vault_changes_nothing);
  ADD ("damage-to-a-hot-journal-is-noticed", NULL, damage_to_a_hot_journal_is_noticed);
  ADD ("rollback-from-a-damaged-journal-is-an-error", NULL,
       rollback_from_a_damaged_journal_is_an_error);
  ADD ("sample-of-version-1-opens", NULL, sample_of_version_1_opens);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/vfs/failed-calls/", faults[i].name, NULL);

      g_test_add (path, Fixture, &faults[i], set_up, every_failed_call_is_told_and_survived,
                  tear_down);
    }
  return g_test_run ();
}
