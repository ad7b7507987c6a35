/* sak-test-old-vault.c - a vault as an older program left it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its tables are made by the steps that the older program had, not by undoing later ones.
 */
#include "config.h"

#include "tests/headless/sak-test-old-vault.h"

#include "storage/sak-schema.h"
#include "storage/sak-vault-private.h"

static void
run (SakVault   *vault,
     const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean went_well = sak_db_exec (vault->db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (went_well);
}

/* Names out of a query's first column. */
static GPtrArray *
list_names (SakVault   *vault,
            const char *sql)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (sak_db_get_sqlite (vault->db), sql, -1, &statement, NULL), ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_ptr_array_add (names, g_strdup ((const char *) sqlite3_column_text (statement, 0)));
  sqlite3_finalize (statement);
  return names;
}

/* "$" stands for the name. */
static void
run_for_each (SakVault   *vault,
              GPtrArray  *names,
              const char *pattern)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GString) sql = g_string_new (pattern);

      g_string_replace (sql, "$", names->pdata[i], 0);
      run (vault, sql->str);
    }
}

static void
put_rows_back (SakVault   *vault,
               const char *table)
{
  g_autofree char *ask = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s', 'main')", table);
  g_autoptr (GPtrArray) columns = list_names (vault, ask);
  g_autofree char *list = NULL;
  g_autofree char *sql = NULL;

  g_ptr_array_add (columns, NULL);
  list = g_strjoinv (", ", (char **) columns->pdata);
  /* A step may have made rows of its own: a setting that says what is due. */
  sql = g_strdup_printf ("INSERT OR REPLACE INTO main.%s (%s) SELECT %s FROM temp.kept_%s", table, list, list, table);
  run (vault, sql);
}

void
test_vault_make_old (SakVault *vault,
                     guint     version)
{
  static const char all_tables[] = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE %'"
                                   " AND name NOT LIKE 'sqlite%'";
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %u", version);
  g_autoptr (GPtrArray) virtual_ones = list_names (vault, "SELECT name FROM main.sqlite_schema"
                                                   " WHERE sql LIKE 'CREATE VIRTUAL %'");
  g_autoptr (GPtrArray) tables = NULL;
  g_autoptr (GPtrArray) old_tables = NULL;

  run (vault, "PRAGMA foreign_keys = OFF");
  run_for_each (vault, virtual_ones, "DROP TABLE main.$");
  tables = list_names (vault, all_tables);
  run_for_each (vault, tables, "CREATE TEMP TABLE kept_$ AS SELECT * FROM main.$");
  run_for_each (vault, tables, "DROP TABLE main.$");
  for (guint i = 1; i <= version; i++)
    run (vault, sak_schema_get_step (i));
  old_tables = list_names (vault, all_tables);
  for (guint i = 0; i < old_tables->len; i++)
    if (g_ptr_array_find_with_equal_func (tables, old_tables->pdata[i], g_str_equal, NULL))
      put_rows_back (vault, old_tables->pdata[i]);
  if (g_ptr_array_find_with_equal_func (old_tables, "search", g_str_equal, NULL))
    run (vault, "INSERT INTO main.search (search) VALUES ('rebuild')");
  run (vault, set_version);
}

guint
test_vault_get_version (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  gint64 version = 0;

  g_assert_true (sak_db_get_number (vault->db, sak_db_prepare (vault->db, "PRAGMA user_version"), 0, &version, &error));
  return (guint) version;
}
