/* test-vfs.c - the encrypting VFS: what it refuses, what it hides, what it survives
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-vfs-sqlite.h"

typedef struct
{
  char *directory;
  char *path;
  SakSecret *key;
  guint8 vault_id[SAK_VFS_VAULT_ID_SIZE];
  guint8 salt[SAK_VFS_SALT_SIZE];
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  f->directory = g_dir_make_tmp ("sakkhi-vfs-XXXXXX", NULL);
  g_assert_nonnull (f->directory);
  f->path = g_build_filename (f->directory, "records.db", NULL);
  f->key = sak_secret_new_random (32);
  sak_random_bytes (f->vault_id, sizeof f->vault_id);
  sak_random_bytes (f->salt, sizeof f->salt);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  GDir *dir = g_dir_open (f->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->directory, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (f->directory), ==, 0);
  g_free (f->directory);
  g_free (f->path);
  sak_secret_unref (f->key);
}

static void
run (sqlite3    *db,
     const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (db, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s (%d)", sql, message, sqlite3_extended_errcode (db));
}

static int
count (sqlite3    *db,
       const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  int n;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  n = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  return n;
}

static void
rows_come_back_after_reopening (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  for (int round = 0; round < 3; round++)
    {
      g_autoptr (SakVfs) vfs = sak_vfs_new (NULL, f->key, f->vault_id, f->salt);
      sqlite3 *db = sak_vfs_open_database (vfs, f->path, &error);

      g_assert_no_error (error);
      if (round == 0)
        run (db, "CREATE TABLE t (x TEXT);"
                 "CREATE VIRTUAL TABLE s USING fts5 (x);");
      run (db, "BEGIN; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<500)"
               " INSERT INTO t SELECT hex(randomblob(500)) FROM n;"
               "INSERT INTO s SELECT x FROM t; COMMIT; DELETE FROM t WHERE rowid % 3 = 0;"
               "BEGIN; DELETE FROM t; ROLLBACK; VACUUM");
      g_assert_cmpint (count (db, "SELECT count(*) FROM t"), >, 300);
      g_assert_cmpint (count (db, "SELECT count(*) FROM pragma_integrity_check"
                                  " WHERE integrity_check <> 'ok'"), ==, 0);
      g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
      g_assert_false (sak_vfs_has_seen_damage (vfs));
    }
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/vfs/rows-come-back-after-reopening", Fixture, NULL, set_up,
              rows_come_back_after_reopening, tear_down);
  return g_test_run ();
}
