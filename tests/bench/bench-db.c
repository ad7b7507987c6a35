/* bench-db.c - one side of the database benchmark, once: bench-db.py runs the sides in turns
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-db plain|encrypted FILE ROWS ROUND: rows of about 1 KB of words, an index and a full text
 * index, with the vault's settings. Prints "what<TAB>seconds (or bytes)", a line each. The same
 * source, built with BENCH_SQLCIPHER against SQLCipher's sqlite3.c, is that side's program.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#ifdef BENCH_SQLCIPHER
#include <sqlite3.h>
#else
#include "config.h"

#include "crypto/sak-crypto.h"
#include "storage/sak-vfs-sqlite.h"
#endif

#define N_COMMITS 300
#define N_POINTS 20000
#define N_WORDS 20000           /* of the made-up language */
#define TEXT_SIZE 1024

static void
run (sqlite3    *db,
     const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static double
now (void)
{
  return g_get_monotonic_time () / 1e6;
}

static void
print_result (const char *what,
              double      value)
{
  printf ("%s\t%.9g\n", what, value);
}

static sqlite3 *
open_stock (const char *path,
            const char *key)
{
  sqlite3 *db = NULL;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL)
      != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));
  run (db, key);
  run (db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192; PRAGMA temp_store = MEMORY;"
           "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
           "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
  return db;
}

#ifdef BENCH_SQLCIPHER

/* A raw key: what a passphrase costs is no part of this. */
static sqlite3 *
open_side (const char *side,
           const char *path)
{
  return open_stock (path, "PRAGMA key = \"x'2DD29CA851E7B56E4697B0E1F08507293D761A05CE4D1B628663F411A8086D99'\";"
                           "PRAGMA cipher_page_size = 8192");
}

#else

static sqlite3 *
open_side (const char *side,
           const char *path)
{
  static SakVfs *vfs;           /* one for the process, which is short */
  const guint8 zeros[SAK_VFS_SALT_SIZE] = { 0 };
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  if (g_str_equal (side, "plain"))
    return open_stock (path, "");
  if (vfs == NULL)
    {
      g_autoptr (SakSecret) key = sak_secret_new (32);

      memset (sak_secret_get_bytes (key), 7, 32);
      vfs = sak_vfs_new (NULL, key, zeros, zeros);
    }
  db = sak_vfs_open_database (vfs, path, &error);
  if (db == NULL)
    g_error ("%s", error->message);
  return db;
}

#endif

/* Words of 3 to 10 letters, the n-th about 1/n as frequent as the first, as languages are. */
static void
make_text (GRand *rand,
           char   text[static TEXT_SIZE + 1])
{
  gsize at = 0;

  while (at < TEXT_SIZE)
    {
      guint32 word = (guint32) (N_WORDS * pow (g_rand_double (rand), 4));
      guint32 letters = word * 2654435761u;
      gsize length = 3 + word % 8;

      for (gsize i = 0; i < length && at < TEXT_SIZE; i++, letters = letters * 1664525u + 1013904223u)
        text[at++] = 'a' + (letters >> 24) % 26;
      if (at < TEXT_SIZE)
        text[at++] = ' ';
    }
  text[TEXT_SIZE] = '\0';
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  return stmt;
}

static void
step_and_reset (sqlite3      *db,
                sqlite3_stmt *stmt,
                int           expected)
{
  if (sqlite3_step (stmt) != expected)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_reset (stmt);
}

static void
insert_rows (sqlite3 *db,
             guint    n,
             GRand   *rand)
{
  sqlite3_stmt *row = prepare (db, "INSERT INTO t(code, x) VALUES (?, ?)");
  sqlite3_stmt *words = prepare (db, "INSERT INTO f(rowid, x) VALUES (last_insert_rowid(), ?)");
  char text[TEXT_SIZE + 1];
  char code[17];

  for (guint i = 0; i < n; i++)
    {
      make_text (rand, text);
      g_snprintf (code, sizeof code, "%08x%08x", g_rand_int (rand), g_rand_int (rand));
      sqlite3_bind_text (row, 1, code, 16, SQLITE_STATIC);
      sqlite3_bind_text (row, 2, text, TEXT_SIZE, SQLITE_STATIC);
      sqlite3_bind_text (words, 1, text, TEXT_SIZE, SQLITE_STATIC);
      step_and_reset (db, row, SQLITE_DONE);
      step_and_reset (db, words, SQLITE_DONE);
    }
  sqlite3_finalize (row);
  sqlite3_finalize (words);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

/* The median: a commit now and then pays for the merging of the full text index. */
static double
time_commits (sqlite3 *db,
              GRand   *rand)
{
  double times[N_COMMITS];

  for (guint i = 0; i < N_COMMITS; i++)
    {
      double start = now ();

      run (db, "BEGIN IMMEDIATE");
      insert_rows (db, 1, rand);
      run (db, "COMMIT");
      times[i] = now () - start;
    }
  qsort (times, N_COMMITS, sizeof *times, compare_doubles);
  return times[N_COMMITS / 2];
}

static double
time_points (sqlite3 *db,
             guint    n_rows,
             GRand   *rand)
{
  sqlite3_stmt *stmt = prepare (db, "SELECT length(x) FROM t WHERE id = ?");
  double start = now ();

  for (guint i = 0; i < N_POINTS; i++)
    {
      sqlite3_bind_int (stmt, 1, g_rand_int_range (rand, 1, n_rows + 1));
      step_and_reset (db, stmt, SQLITE_ROW);
    }
  sqlite3_finalize (stmt);
  return (now () - start) / N_POINTS;
}

/* The first 50 rows that have two words in common use, newest first. */
static double
time_searches (sqlite3 *db,
               GRand   *rand)
{
  sqlite3_stmt *stmt = prepare (db, "SELECT rowid FROM f WHERE f MATCH ? ORDER BY rowid DESC LIMIT 50");
  const guint n = 200;
  double start = now ();

  for (guint i = 0; i < n; i++)
    {
      char text[TEXT_SIZE + 1];
      g_auto (GStrv) words = NULL;
      g_autofree char *query = NULL;

      make_text (rand, text);
      words = g_strsplit (text, " ", 4);
      query = g_strdup_printf ("\"%s\" AND \"%s\"", words[0], words[1]);
      sqlite3_bind_text (stmt, 1, query, -1, SQLITE_STATIC);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        ;
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  return (now () - start) / n;
}

static double
time_sql (sqlite3    *db,
          const char *sql)
{
  double start = now ();

  run (db, sql);
  return now () - start;
}

static double
time_opening (const char *side,
              const char *path)
{
  double start = now ();
  sqlite3 *db = open_side (side, path);

  run (db, "SELECT x FROM t LIMIT 1");
  start = now () - start;
  sqlite3_close (db);
  return start;
}

static void
fill (sqlite3 *db,
      guint    n_rows,
      GRand   *rand)
{
  double start;

  run (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT, x TEXT);"
           "CREATE INDEX i ON t (code);"
           "CREATE VIRTUAL TABLE f USING fts5 (x, content='', tokenize='unicode61')");
  start = now ();
  run (db, "BEGIN IMMEDIATE");
  insert_rows (db, n_rows, rand);
  run (db, "COMMIT");
  print_result ("bulk", (now () - start) / n_rows);
  print_result ("commit", time_commits (db, rand));
}

/* What is read with a cache of 2 MB, then with one that has room for everything. */
static void
read_back (sqlite3 *db,
           guint    n_rows,
           GRand   *rand)
{
  static const char scan[] = "SELECT count(*) FROM t WHERE instr(x, 'zz')";

  run (db, "PRAGMA cache_size = -2000");
  run (db, scan);               /* the system's cache is warm on every side */
  print_result ("scan-uncached", time_sql (db, scan) / n_rows);
  print_result ("point-uncached", time_points (db, n_rows, rand));
  print_result ("search-uncached", time_searches (db, rand));
  run (db, "PRAGMA cache_size = -8000000");
  run (db, scan);
  print_result ("scan-cached", time_sql (db, scan) / n_rows);
  print_result ("point-cached", time_points (db, n_rows, rand));
  (void) time_searches (db, rand);
  print_result ("search-cached", time_searches (db, rand));
}

int
main (int   argc,
      char *argv[])
{
  guint n_rows = argc == 5 ? atoi (argv[3]) : 0;
  g_autoptr (GRand) rand = NULL;
  GStatBuf status;
  sqlite3 *db;

  if (n_rows == 0)
    g_error ("bench-db plain|encrypted|sqlcipher FILE ROWS ROUND");
#ifndef BENCH_SQLCIPHER
  sak_crypto_init ();
#endif
  rand = g_rand_new_with_seed (atoi (argv[4]));
  db = open_side (argv[1], argv[2]);
  fill (db, n_rows, rand);
  sqlite3_close (db);
  if (g_stat (argv[2], &status) != 0)
    g_error ("%s is gone", argv[2]);
  print_result ("size", status.st_size);
  print_result ("open", time_opening (argv[1], argv[2]));
  db = open_side (argv[1], argv[2]);
  read_back (db, n_rows, rand);
  sqlite3_close (db);
  return 0;
}
