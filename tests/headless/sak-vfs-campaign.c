/* sak-vfs-campaign.c - a day's work on a database, and the power cut at any step of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The work is recorded below the VFS. At a cut, what the disk may hold then is opened,
 * recovered, checked, and its digest must be that of a transaction between the last one
 * acknowledged before the cut and the last one begun.
 */
#include "config.h"

#include "tests/headless/sak-vfs-campaign.h"

#include <string.h>

#include "crypto/sak-crypto.h"

typedef struct
{
  guint started;                /* number of operations then */
  guint acknowledged;
  guint64 digest;
} Step;

void
sak_vfs_keys_init (SakVfsKeys *self)
{
  self->key = sak_secret_new_random (32);
  sak_random_bytes (self->vault_id, sizeof self->vault_id);
  sak_random_bytes (self->salt, sizeof self->salt);
}

void
sak_vfs_keys_clear (SakVfsKeys *self)
{
  g_clear_pointer (&self->key, sak_secret_unref);
}

SakVfs *
sak_vfs_keys_new_vfs (SakVfsKeys *self,
                      const char *base_name)
{
  return sak_vfs_new (base_name, self->key, self->vault_id, self->salt);
}

void
sak_sql_run (sqlite3    *db,
             const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s (%d)", sql, sqlite3_errmsg (db), sqlite3_extended_errcode (db));
}

/* Returns: the one number, or -1 for an error. */
int
sak_sql_count (sqlite3    *db,
               const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  int n = -1;

  if (sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) == SQLITE_OK
      && sqlite3_step (stmt) == SQLITE_ROW)
    n = sqlite3_column_int (stmt, 0);
  return sqlite3_finalize (stmt) == SQLITE_OK ? n : -1;
}

/* SQLite's own check, and that of the full-text index against its content. */
gboolean
sak_sql_is_sound (sqlite3 *db)
{
  return sak_sql_count (db, "SELECT count(*) FROM pragma_integrity_check"
                            " WHERE integrity_check <> 'ok'") == 0
         && (sak_sql_count (db, "SELECT count(*) FROM sqlite_schema WHERE name = 's'") == 0
             || sqlite3_exec (db, "INSERT INTO s(s) VALUES('integrity-check')", NULL, NULL, NULL)
                == SQLITE_OK);
}

static void
add_to_digest (guint64      *digest,
               const guint8 *bytes,
               int           size)
{
  for (int i = 0; i < size; i++)
    *digest = (*digest ^ bytes[i]) * 0x100000001b3;
}

/* Returns: FNV-1a over all rows; 1 if there is no table yet, 0 if it cannot be read. */
guint64
sak_sql_digest (sqlite3 *db)
{
  guint64 digest = 0xcbf29ce484222325;
  sqlite3_stmt *stmt = NULL;
  int result;

  if (sak_sql_count (db, "SELECT count(*) FROM sqlite_schema WHERE name = 's'") == 0)
    return 1;
  if (sqlite3_prepare_v2 (db, "SELECT id, x FROM t UNION ALL SELECT rowid, x FROM s",
                          -1, &stmt, NULL) != SQLITE_OK)
    return 0;
  while ((result = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      add_to_digest (&digest, (const guint8 *) &id, sizeof id);
      add_to_digest (&digest, sqlite3_column_blob (stmt, 1), sqlite3_column_bytes (stmt, 1));
    }
  sqlite3_finalize (stmt);
  return result == SQLITE_DONE ? digest : 0;
}

/* --- The work --- */

#define ROWS(n) "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < " #n ") "

static const char *const work[] = {
  "BEGIN; INSERT INTO t(x) SELECT hex(zeroblob(%1$u % 900)) || i || ' salt road ' || %1$u"
  " FROM (" ROWS (3) "SELECT i FROM n); INSERT INTO s(rowid, x) SELECT id, substr(x, -40) FROM t"
  " WHERE id > (SELECT ifnull(max(rowid), 0) FROM s); COMMIT",

  "UPDATE t SET x = x || ' harbour %1$u' WHERE id % 7 = %1$u % 7",

  "BEGIN; DELETE FROM s WHERE rowid % 5 = %1$u % 5; DELETE FROM t WHERE id % 5 = %1$u % 5; COMMIT",

  /* Larger than the cache: SQLite writes to the file before the end of the transaction. */
  "BEGIN; INSERT INTO t(x) SELECT hex(zeroblob(1500)) || i || %1$u FROM (" ROWS (70)
  "SELECT i FROM n); UPDATE t SET x = substr(x, 1, 2000) || %1$u;"
  " DELETE FROM t WHERE id > (SELECT min(id) + 60 FROM t); COMMIT",

  "BEGIN; INSERT INTO t(x) VALUES ('before %1$u'); SAVEPOINT a;"
  " UPDATE t SET x = x || hex(zeroblob(400)) || %1$u; SAVEPOINT b; DELETE FROM t WHERE id % 2;"
  " ROLLBACK TO b; INSERT INTO t(x) VALUES ('between %1$u'); ROLLBACK TO a;"
  " INSERT INTO t(x) VALUES ('after %1$u'); COMMIT",

  "BEGIN; UPDATE t SET x = 'never ' || hex(zeroblob(2000)); DELETE FROM s; ROLLBACK",
};

int
sak_vfs_work (sqlite3 *db,
              guint    step,
              GRand   *rand)
{
  g_autofree char *sql = NULL;
  g_autofree char *format = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *number = g_strdup_printf ("%u", g_rand_int_range (rand, 0, 100000));
  int result;

  if (step == 0)
    sql = g_strdup ("BEGIN; CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);"
                    "CREATE INDEX i ON t (substr(x, -20)); CREATE VIRTUAL TABLE s USING fts5 (x);"
                    "INSERT INTO t(x) VALUES ('first'); COMMIT");
  else if (step % 40 == 0)
    sql = g_strdup ("VACUUM");
  else
    {
      parts = g_strsplit (work[g_rand_int_range (rand, 0, G_N_ELEMENTS (work))], "%1$u", -1);
      sql = g_strjoinv (number, parts);
    }
  result = sqlite3_exec (db, sql, NULL, NULL, NULL);
  if (result != SQLITE_OK && !sqlite3_get_autocommit (db))
    sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return result;
}

/* At the usual path. */
sqlite3 *
sak_vfs_open_for_test (SakVfs *vfs)
{
  g_autoptr (GError) error = NULL;
  sqlite3 *db = sak_vfs_open_database (vfs, SAK_VFS_TEST_PATH, &error);

  g_assert_no_error (error);
  return db;
}

void
sak_vfs_close_for_test (sqlite3 *db)
{
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

/* Does some work on @disk, closes, and returns the digest of what is there then. */
guint64
sak_vfs_make_database (SakVfsKeys  *keys,
                       SakFaultVfs *disk)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (keys, disk->name);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  sqlite3 *db = sak_vfs_open_for_test (vfs);
  guint64 digest;

  for (guint i = 0; i < 30; i++)
    g_assert_cmpint (sak_vfs_work (db, i, rand), ==, SQLITE_OK);
  digest = sak_sql_digest (db);
  sak_vfs_close_for_test (db);
  return digest;
}

/* Some pages of every kind, overflow pages too, and none free. */
void
sak_vfs_make_small_database (SakVfs *vfs)
{
  sqlite3 *db = sak_vfs_open_for_test (vfs);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  sak_vfs_work (db, 0, rand);
  sak_sql_run (db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 30)"
                   " INSERT INTO t(x) SELECT i || hex(zeroblob(300)) FROM n;"
                   "INSERT INTO t(x) VALUES (hex(zeroblob(10000))); VACUUM");
  sak_vfs_close_for_test (db);
}

static void
add_step (SakVfsTrace *self,
          guint        started,
          sqlite3     *db)
{
  Step step = { started, self->disk->operations->len, db != NULL ? sak_sql_digest (db) : 1 };

  g_assert_cmpuint (step.digest, !=, 0);
  g_array_append_val (self->steps, step);
}

SakVfsTrace *
sak_vfs_trace_new (SakVfsKeys *keys,
                   guint       n_steps)
{
  SakVfsTrace *self = g_new0 (SakVfsTrace, 1);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVfs) vfs = NULL;
  sqlite3 *db;

  self->keys = keys;
  self->disk = sak_fault_vfs_new ();
  self->disk->is_recording = TRUE;
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  vfs = sak_vfs_keys_new_vfs (keys, self->disk->name);
  add_step (self, 0, NULL);
  db = sak_vfs_open_database (vfs, SAK_VFS_TEST_PATH, &error);
  g_assert_no_error (error);
  sak_sql_run (db, "PRAGMA cache_size = 20");
  for (guint i = 0; i < n_steps; i++)
    {
      guint started = self->disk->operations->len;

      g_assert_cmpint (sak_vfs_work (db, i, rand), ==, SQLITE_OK);
      add_step (self, started, db);
    }
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return self;
}

void
sak_vfs_trace_free (SakVfsTrace *self)
{
  sak_fault_vfs_free (self->disk);
  g_array_unref (self->steps);
  g_free (self);
}

/* --- The judgement --- */

/* Whether it is the state of a transaction that the cut may have left. */
static gboolean
is_possible (SakVfsTrace *trace,
             guint        n_operations,
             guint64      digest)
{
  for (guint i = trace->steps->len; i-- > 0;)
    {
      Step *step = &g_array_index (trace->steps, Step, i);

      if (step->started < n_operations && step->digest == digest)
        return TRUE;
      if (step->acknowledged <= n_operations)
        return step->digest == digest;
    }
  return FALSE;
}

static void
judge (SakVfsTrace   *trace,
       SakFaultVfs   *disk,
       guint          n_operations,
       SakVfsOutcome *outcome)
{
  g_autoptr (SakVfs) vfs = sak_vfs_keys_new_vfs (trace->keys, disk->name);
  sqlite3 *db = sak_vfs_open_database (vfs, SAK_VFS_TEST_PATH, NULL);

  outcome->n_points++;
  if (db == NULL)
    {
      outcome->n_not_opened++;
      return;
    }
  if (!sak_sql_is_sound (db))
    outcome->n_corrupt++;
  else if (!is_possible (trace, n_operations, sak_sql_digest (db)))
    outcome->n_lost++;
  else if (sak_vfs_has_seen_damage (vfs))
    outcome->n_damage_seen++;
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

guint
sak_vfs_outcome_count_failures (const SakVfsOutcome *self)
{
  return self->n_not_opened + self->n_corrupt + self->n_lost;
}

void
sak_vfs_campaign (SakVfsTrace   *trace,
                  guint          n_points,
                  guint          models,
                  gboolean       stops,
                  SakVfsOutcome *ret_outcome)
{
  g_autoptr (SakPowerCut) cut = sak_power_cut_new (trace->disk);
  guint n_operations = trace->disk->operations->len;
  SakVfsOutcome outcome = { 0 };

  for (guint i = 0; i < n_points; i++)
    {
      guint at = (guint64) (n_operations + 1) * i / n_points;

      for (guint model = 0; model < SAK_POWER_N_MODELS; model++)
        if (models & 1u << model)
          {
            g_autoptr (SakFaultVfs) disk = sak_power_cut_at (cut, at, model, i * 8 + model);

            judge (trace, disk, at, &outcome);
            if (stops && sak_vfs_outcome_count_failures (&outcome) > 0)
              {
                *ret_outcome = outcome;
                return;
              }
          }
    }
  *ret_outcome = outcome;
}
