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

/* --- What works --- */

static goffset
get_size (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_size;
}

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
      /* What was deleted does not outlive the day in a journal that keeps its blocks. */
      g_assert_cmpint (get_size (round < 2 ? journal : copy_journal), >, 0);
      sak_vfs_close_for_test (db);
      g_assert_cmpint (get_size (round < 2 ? journal : copy_journal), ==, 0);
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
  sqlite3 *db = sak_vfs_open_for_test (vfs);
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
  sak_vfs_close_for_test (db);
  sak_vfs_close_for_test (plain);
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
  sqlite3 *db = sak_vfs_open_for_test (vfs);

  sak_sql_run (db, "CREATE TABLE t (x); INSERT INTO t VALUES (1);"
                   "CREATE VIRTUAL TABLE s USING fts5 (x)");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (sqlite3_exec (db, refused[i], NULL, NULL, NULL) == SQLITE_OK)
      g_error ("%s was not refused", refused[i]);
  g_assert_null (sak_fault_vfs_get_bytes (f->disk, "/other.db"));
  sak_sql_run (db, "VACUUM");
  g_assert_cmpint (sak_sql_count (db, "SELECT count(*) FROM t"), ==, 1);
  g_assert_cmpint (sak_sql_count (db, "PRAGMA synchronous"), ==, 2);
  sak_vfs_close_for_test (db);
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
  sak_vfs_close_for_test (db);
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
  guint64 digest = sak_vfs_make_database (&f->keys, f->disk);
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
  db = sak_vfs_open_for_test (vfs);
  g_assert_cmpuint (sak_sql_digest (db), ==, digest);
  sak_vfs_close_for_test (db);
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
every_flipped_byte_is_an_error (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (&f->keys, f->disk->name);
  GByteArray *file;
  guint n_flips = 0;

  sak_vfs_make_small_database (vfs);
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

  sak_vfs_make_small_database (vfs);
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
  db = sak_vfs_open_for_test (vfs);
  sak_sql_run (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);"
                   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 40)"
                   " INSERT INTO t(x) SELECT 'row ' || i FROM n;"
                   "CREATE TABLE u (x TEXT); INSERT INTO u VALUES (hex(zeroblob(8000)));"
                   "PRAGMA cache_size = 1; BEGIN; UPDATE t SET x = 'never';"
                   "INSERT INTO u VALUES (hex(zeroblob(30000))); UPDATE t SET x = 'nor this'");
  save_file (f.disk, folder, SAK_VFS_TEST_PATH);
  save_file (f.disk, folder, SAK_VFS_TEST_JOURNAL);
  sak_vfs_close_for_test (db);
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
  db = sak_vfs_open_for_test (vfs);
  g_assert_cmpint (sak_sql_count (db, "SELECT count(*) FROM t WHERE x = 'row ' || id"), ==, 40);
  g_assert_cmpint (sak_sql_count (db, "SELECT count(*) FROM u"), ==, 1);
  g_assert_false (sak_vfs_has_seen_damage (vfs));
  sak_vfs_close_for_test (db);
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
  ADD ("sample-of-version-1-opens", NULL, sample_of_version_1_opens);
  return g_test_run ();
}
