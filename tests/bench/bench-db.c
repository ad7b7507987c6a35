/* bench-db.c - the encrypted database against plain SQLite: the same work in turns
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-db [FOLDER [ROWS [ROUNDS]]]: by default the current folder, 100000 rows of 1 KB,
 * 5 rounds. Needs four times the rows' size in FOLDER. Both sides have the vault's
 * settings; plain SQLite uses the system's VFS as it is. Prints medians over the rounds
 * and the ratios of them.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-vfs-sqlite.h"

#define N_COMMITS 500
#define MAX_ROUNDS 51
#define TEXT_SIZE 1024

enum { BULK, COMMIT, SCAN_CACHED, SCAN_UNCACHED, POINT_UNCACHED, SIZE, N_TESTS };
enum { PLAIN, ENCRYPTED, N_SIDES };

typedef struct
{
  const char *what;
  const char *unit;
  double factor;                /* from seconds or bytes to the unit */
  double budget;                /* of the ratio: DESIGN §12 */
} Test;

static const Test tests[N_TESTS] = {
  { "bulk insert, with an index, one transaction", "s", 1, 1.06 },
  { "one durable record per transaction, median", "ms", 1e3, 1.15 },
  { "scan of all texts, cached", "ms", 1e3, 1.03 },
  { "scan of all texts, not cached", "ms", 1e3, 2.0 },
  { "point read, not cached, mean", "us", 1e6, 2.0 },
  { "size of the file", "MB", 1e-6, 1.01 },
};

static double results[N_TESTS][N_SIDES][MAX_ROUNDS];

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

static sqlite3 *
open_side (int         side,
           SakVfs     *vfs,
           const char *path)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  if (side == ENCRYPTED)
    {
      db = sak_vfs_open_database (vfs, path, &error);
      if (db == NULL)
        g_error ("%s", error->message);
      return db;
    }
  if (sqlite3_open_v2 (path, &db, flags, NULL) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (db));
  run (db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192; PRAGMA temp_store = MEMORY;"
           "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
           "PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
  return db;
}

/* Text that no page compression or pattern helps with; the same on both sides. */
static void
insert_rows (sqlite3 *db,
             guint    n,
             GRand   *rand)
{
  char text[TEXT_SIZE + 1];
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, "INSERT INTO t(code, x) VALUES (?, ?)", -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  for (guint i = 0; i < n; i++)
    {
      for (int j = 0; j < TEXT_SIZE; j++)
        text[j] = 'a' + (g_rand_int (rand) & 15);
      text[TEXT_SIZE] = '\0';
      sqlite3_bind_text (stmt, 1, text, 16, SQLITE_STATIC);
      sqlite3_bind_text (stmt, 2, text, TEXT_SIZE, SQLITE_STATIC);
      if (sqlite3_step (stmt) != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (db));
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static double
median (double *values,
        guint   n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
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
time_commits (sqlite3 *db,
              GRand   *rand)
{
  double times[N_COMMITS];

  for (guint i = 0; i < N_COMMITS; i++)
    {
      double start = now ();

      insert_rows (db, 1, rand);
      times[i] = now () - start;
    }
  return median (times, N_COMMITS);
}

static double
time_points (sqlite3 *db,
             guint    n_rows,
             GRand   *rand)
{
  const guint n = 20000;
  sqlite3_stmt *stmt = NULL;
  double start;

  if (sqlite3_prepare_v2 (db, "SELECT length(x) FROM t WHERE id = ?", -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  start = now ();
  for (guint i = 0; i < n; i++)
    {
      sqlite3_bind_int (stmt, 1, g_rand_int_range (rand, 1, n_rows + 1));
      if (sqlite3_step (stmt) != SQLITE_ROW)
        g_error ("%s", sqlite3_errmsg (db));
      sqlite3_reset (stmt);
    }
  sqlite3_finalize (stmt);
  return (now () - start) / n;
}

static double
get_size (const char *path)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    g_error ("%s: %s", path, g_strerror (errno));
  return status.st_size;
}

static void
measure (int         side,
         guint       round,
         SakVfs     *vfs,
         const char *path,
         guint       n_rows)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (round);
  const char *scan = "SELECT count(*) FROM t WHERE instr(x, 'zz')";
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  sqlite3 *db = open_side (side, vfs, path);
  double start;

  run (db, "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT, x TEXT);"
           "CREATE INDEX i ON t (code)");
  start = now ();
  run (db, "BEGIN");
  insert_rows (db, n_rows, rand);
  run (db, "COMMIT");
  results[BULK][side][round] = now () - start;
  results[COMMIT][side][round] = time_commits (db, rand);
  sqlite3_close (db);
  results[SIZE][side][round] = get_size (path);

  db = open_side (side, vfs, path);
  run (db, "PRAGMA cache_size = -2000");
  run (db, scan);               /* the system's cache is warm on both sides */
  results[SCAN_UNCACHED][side][round] = time_sql (db, scan);
  results[POINT_UNCACHED][side][round] = time_points (db, n_rows, rand);
  run (db, "PRAGMA cache_size = -4000000");
  run (db, scan);
  results[SCAN_CACHED][side][round] = time_sql (db, scan);
  sqlite3_close (db);
  g_unlink (path);
  g_unlink (journal);
}

int
main (int   argc,
      char *argv[])
{
  const char *folder = argc > 1 ? argv[1] : ".";
  guint n_rows = argc > 2 ? atoi (argv[2]) : 100000;
  guint n_rounds = argc > 3 ? CLAMP (atoi (argv[3]), 1, MAX_ROUNDS) : 5;
  g_autofree char *directory = g_build_filename (folder, "bench-db-XXXXXX", NULL);
  g_autofree char *path = NULL;
  const guint8 zeros[SAK_VFS_SALT_SIZE] = { 0 };
  g_autoptr (SakSecret) key = NULL;
  g_autoptr (SakVfs) vfs = NULL;

  sak_crypto_init ();
  key = sak_secret_new_random (32);
  vfs = sak_vfs_new (NULL, key, zeros, zeros);
  if (g_mkdtemp (directory) == NULL)
    g_error ("%s: %s", directory, g_strerror (errno));
  path = g_build_filename (directory, "t.db", NULL);
  for (guint round = 0; round < n_rounds; round++)
    for (guint turn = 0; turn < N_SIDES; turn++)
      measure ((round + turn) % N_SIDES, round, vfs, path, n_rows);
  g_rmdir (directory);

  printf ("%u rows of %u bytes, %u rounds, SQLite %s\n", n_rows, TEXT_SIZE, n_rounds,
          sqlite3_libversion ());
  printf ("%-46s %12s %12s %8s %8s\n", "what", "plain", "encrypted", "ratio", "budget");
  for (guint i = 0; i < N_TESTS; i++)
    {
      double plain = median (results[i][PLAIN], n_rounds);
      double encrypted = median (results[i][ENCRYPTED], n_rounds);

      printf ("%-46s %9.3f %-2s %9.3f %-2s %7.3fx %7.2fx%s\n", tests[i].what,
              plain * tests[i].factor, tests[i].unit, encrypted * tests[i].factor, tests[i].unit,
              encrypted / plain, tests[i].budget,
              encrypted / plain <= tests[i].budget ? "" : "  over");
    }
  return 0;
}
