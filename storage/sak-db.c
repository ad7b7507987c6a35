/* sak-db.c - SQLite with our errors: statements kept, steps checked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-db.h"

#include "storage/sak-vfs-sqlite.h"

#include <string.h>

struct _SakDb
{
  sqlite3 *connection;
  GHashTable *statements;       /* SQL text (constant) → sqlite3_stmt */
  gboolean is_in_transaction;
  GError *undone;               /* why SQLite ended the transaction by itself, if it has */
};

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

SakDb *
sak_db_new (sqlite3 *connection)
{
  SakDb *self = g_new0 (SakDb, 1);

  self->connection = connection;
  self->statements = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize_statement);
  return self;
}

void
sak_db_free (SakDb *self)
{
  int result;

  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  result = sqlite3_close (self->connection);
  g_assert (result == SQLITE_OK);
  g_clear_error (&self->undone);
  g_free (self);
}

sqlite3 *
sak_db_get_sqlite (SakDb *self)
{
  return self->connection;
}

void
sak_db_set_error (SakDb   *self,
                  GError **error)
{
  sak_set_error_from_sqlite (error, self->connection, "database");
}

/* A value that found no memory would stand as NULL: such a statement must not run. */
static _Thread_local sqlite3_stmt *half_bound;

sqlite3_stmt *
sak_db_prepare (SakDb      *self,
                const char *sql)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement == NULL)
    {
      int result = sqlite3_prepare_v3 (self->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);

      /* Reading the schema can fail for the disk's reasons; then every step fails too. */
      if (result == SQLITE_ERROR)
        g_error ("SQL does not compile: %s", sqlite3_errmsg (self->connection));
      if (statement == NULL)
        return NULL;
      g_hash_table_insert (self->statements, (gpointer) sql, statement);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  if (half_bound == statement)
    half_bound = NULL;
  return statement;
}

/* Where memory or space ends, or the work is stopped, SQLite may take the whole transaction back by itself. What came
 * after would each be a transaction of its own, and half of it would stay: so nothing more runs before the rollback.
 */
static gboolean
is_undone (SakDb *self)
{
  return self->is_in_transaction && sqlite3_get_autocommit (self->connection);
}

static gboolean
fail (SakDb   *self,
      GError **error)
{
  if (is_undone (self) && self->undone == NULL)
    sak_db_set_error (self, &self->undone);
  if (self->undone != NULL)
    g_propagate_error (error, g_error_copy (self->undone));
  else
    sak_db_set_error (self, error);
  return FALSE;
}

gboolean
sak_db_exec (SakDb       *self,
             const char  *sql,
             GError     **error)
{
  if (!is_undone (self) && sqlite3_exec (self->connection, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  return fail (self, error);
}

gboolean
sak_db_step (SakDb         *self,
             sqlite3_stmt  *statement,
             gboolean      *ret_has_row,
             GError       **error)
{
  gboolean can_run = statement != NULL && statement != half_bound && !is_undone (self);
  int result = can_run ? sqlite3_step (statement) : SQLITE_ERROR;

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    return fail (self, error);
  *ret_has_row = result == SQLITE_ROW;
  return TRUE;
}

gboolean
sak_db_run (SakDb         *self,
            sqlite3_stmt  *statement,
            GError       **error)
{
  gboolean has_row = FALSE;
  gboolean went_well = sak_db_step (self, statement, &has_row, error);

  sak_db_reset_statement (&statement);
  return went_well;
}

gboolean
sak_db_run_for_row (SakDb       *self,
                    const char  *sql,
                    gint64       row,
                    GError     **error)
{
  sqlite3_stmt *statement = sak_db_prepare (self, sql);

  sqlite3_bind_int64 (statement, 1, row);
  return sak_db_run (self, statement, error);
}

gboolean
sak_db_get_number (SakDb         *self,
                   sqlite3_stmt  *statement,
                   gint64         fallback,
                   gint64        *ret_number,
                   GError       **error)
{
  gboolean has_row = FALSE;

  if (!sak_db_step (self, statement, &has_row, error))
    {
      sak_db_reset_statement (&statement);
      return FALSE;
    }
  *ret_number = has_row ? sqlite3_column_int64 (statement, 0) : fallback;
  sak_db_reset_statement (&statement);
  return TRUE;
}

GArray *
sak_db_list_numbers (SakDb         *self,
                     sqlite3_stmt  *statement,
                     GError       **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_row = FALSE;

  for (;;)
    {
      gint64 number;

      if (!sak_db_step (self, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&numbers);
      number = sqlite3_column_int64 (statement, 0);
      g_array_append_val (numbers, number);
    }
}

void
sak_db_bind_text (sqlite3_stmt *statement,
                  int           index,
                  const char   *text)
{
  if (statement != NULL && sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT) != SQLITE_OK)
    half_bound = statement;
}

void
sak_db_bind_blob (sqlite3_stmt *statement,
                  int           index,
                  const void   *bytes,
                  gsize         size)
{
  if (statement != NULL && sqlite3_bind_blob64 (statement, index, bytes, size, SQLITE_TRANSIENT) != SQLITE_OK)
    half_bound = statement;
}

const void *
sak_db_get_bytes (sqlite3_stmt *statement,
                  int           column,
                  gsize        *ret_size)
{
  const void *bytes = sqlite3_column_blob (statement, column);

  *ret_size = (gsize) sqlite3_column_bytes (statement, column);
  return bytes != NULL ? bytes : "";
}

char *
sak_db_dup_text (sqlite3_stmt *statement,
                 int           column)
{
  gsize size;
  const char *text = sak_db_get_bytes (statement, column, &size);

  return sqlite3_column_type (statement, column) != SQLITE_NULL ? g_strndup (text, size) : NULL;
}

gboolean
sak_db_copy_blob (sqlite3_stmt *statement,
                  int           column,
                  void         *bytes,
                  gsize         size)
{
  if ((gsize) sqlite3_column_bytes (statement, column) != size)
    return FALSE;
  memcpy (bytes, sqlite3_column_blob (statement, column), size);
  return TRUE;
}

gboolean
sak_db_begin (SakDb   *self,
              GError **error)
{
  if (!sak_db_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  self->is_in_transaction = TRUE;
  return TRUE;
}

gboolean
sak_db_commit (SakDb   *self,
               GError **error)
{
  if (!sak_db_exec (self, "COMMIT", error))
    return FALSE;
  self->is_in_transaction = FALSE;
  return TRUE;
}

/* After any failure inside a transaction; SQLite may have rolled back by itself already. */
void
sak_db_rollback (SakDb *self)
{
  if (!sqlite3_get_autocommit (self->connection))
    sqlite3_exec (self->connection, "ROLLBACK", NULL, NULL, NULL);
  self->is_in_transaction = FALSE;
  g_clear_error (&self->undone);
}
