/* sak-place-list.c - lists of places that people load into a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file as it came is kept in settings: sak-pieces.c. The tables place_list, place and
 * place_name are made from it: a rescue need not know them, and what it brings without
 * them is made again before anything is looked for. place_name has every spelling folded, from
 * the beginning of each of its words on, so that one range of the index answers.
 */
#include "config.h"

#include "storage/sak-place-list.h"

#include "storage/sak-pieces.h"

#include <math.h>
#include <string.h>

#define KIND "place"
#define MAX_WORDS 4                     /* of a name, from which it is found */
#define SEPARATOR SAK_PLACE_LIST_SEPARATOR

void
sak_place_list_free (SakPlaceList *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self);
}

/* Making the rows */

static gboolean
add_folded (SakVault    *self,
            gint64       place,
            const char  *folded,
            GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "INSERT OR IGNORE INTO place_name (fold, place)"
                                           " VALUES (?1, ?2)");

  sak_db_bind_text (statement, 1, folded);
  sqlite3_bind_int64 (statement, 2, place);
  return folded[0] == '\0' || sak_db_run (self->db, statement, error);
}

static gboolean
add_name (SakVault    *self,
          gint64       place,
          const char  *name,
          GError     **error)
{
  const char *word = name;

  for (guint i = 0; i < MAX_WORDS && word != NULL; i++)
    {
      g_autofree char *folded = sak_place_fold (word);
      g_autofree char *joined = sak_place_fold_hyphens (word);

      if (!add_folded (self, place, folded, error) || (joined != NULL && !add_folded (self, place, joined, error)))
        return FALSE;
      word = strchr (word, ' ');
      word = word != NULL ? word + 1 : NULL;
    }
  return TRUE;
}

static gboolean
add_names (SakVault           *self,
           gint64              place,
           const SakPlaceRow  *row,
           GError            **error)
{
  if (!add_name (self, place, row->name, error) || !add_name (self, place, row->code, error))
    return FALSE;
  for (guint i = 0; row->spellings != NULL && i < row->spellings->len; i++)
    if (!add_name (self, place, row->spellings->pdata[i], error))
      return FALSE;
  return TRUE;
}

static char *
join_spellings (const SakPlaceRow *row)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; row->spellings != NULL && i < row->spellings->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? SEPARATOR : "", (const char *) row->spellings->pdata[i]);
  return g_string_free (joined, FALSE);
}

static void
bind_degrees (sqlite3_stmt *statement,
              int           index,
              double        degrees)
{
  if (isnan (degrees))
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_double (statement, index, degrees);
}

static gboolean
add_place (SakVault           *self,
           gint64              list,
           gint64              first,
           gint64              number,
           const SakPlaceRow  *row,
           GError            **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "INSERT INTO place (rowid, list, parent, code, name, spellings,"
                                           " type, lat, lon) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  g_autofree char *spellings = join_spellings (row);

  sqlite3_bind_int64 (statement, 1, first + number);
  sqlite3_bind_int64 (statement, 2, list);
  if (row->parent >= 0)
    sqlite3_bind_int64 (statement, 3, first + row->parent);
  sak_db_bind_text (statement, 4, row->code);
  sak_db_bind_text (statement, 5, row->name);
  sak_db_bind_text (statement, 6, spellings);
  sak_db_bind_text (statement, 7, row->type);
  bind_degrees (statement, 8, row->lat);
  bind_degrees (statement, 9, row->lon);
  return sak_db_run (self->db, statement, error) && add_names (self, first + number, row, error);
}

/* Inside a transaction of the caller's. */
static gboolean
add_rows (SakVault             *self,
          const char           *name,
          const SakPlaceTable  *table,
          gsize                 size,
          GError              **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "INSERT INTO place_list (name, n_places, size)"
                                           " VALUES (?1, ?2, ?3)");
  gint64 list, first;

  sak_db_bind_text (statement, 1, name);
  sqlite3_bind_int64 (statement, 2, table->rows->len);
  sqlite3_bind_int64 (statement, 3, (gint64) size);
  if (!sak_db_run (self->db, statement, error))
    return FALSE;
  list = sqlite3_last_insert_rowid (sak_db_get_sqlite (self->db));
  if (!sak_db_get_number (self->db, sak_db_prepare (self->db, "SELECT coalesce (max (rowid), 0) + 1 FROM place"),
                          1, &first, error))
    return FALSE;
  for (guint i = 0; i < table->rows->len; i++)
    if (!add_place (self, list, first, i, &g_array_index (table->rows, SakPlaceRow, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
remove_rows (SakVault    *self,
             const char  *name,
             GError     **error)
{
  static const char *const deletions[] = {
    ("DELETE FROM place_name WHERE place IN (SELECT place.rowid FROM place"
     " JOIN place_list ON place_list.rowid = place.list WHERE place_list.name = ?1)"),
    "DELETE FROM place WHERE list = (SELECT rowid FROM place_list WHERE name = ?1)",
    "DELETE FROM place_list WHERE name = ?1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (deletions); i++)
    {
      sak_autostmt statement = sak_db_prepare (self->db, deletions[i]);

      sak_db_bind_text (statement, 1, name);
      if (!sak_db_run (self->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* As records refer to it. */
static char *
check_name (const char  *name,
            GError     **error)
{
  g_autofree char *normal = g_utf8_validate (name, -1, NULL) ? g_utf8_normalize (name, -1, G_NORMALIZE_NFC) : NULL;

  if (normal != NULL && normal[0] != '\0' && g_utf8_strlen (normal, -1) <= SAK_PLACE_LIST_MAX_NAME
      && strcspn (normal, "\n\r\t" SEPARATOR) == strlen (normal))
    return g_steal_pointer (&normal);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a list's name is one line of up to %d characters",
               SAK_PLACE_LIST_MAX_NAME);
  return NULL;
}

/* The name of a list that came without its rows: out of a rescue, or from another program. */
static gboolean
find_missing (SakVault  *self,
              char     **ret_name,
              GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT substr (name, 12) FROM setting"
                                           " WHERE name >= 'place-list/' AND name < 'place-list0'"
                                           " AND substr (name, 12) NOT IN (SELECT name FROM place_list) LIMIT 1");
  gboolean has_row = FALSE;

  *ret_name = NULL;
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  if (has_row)
    *ret_name = sak_db_dup_text (statement, 0);
  return TRUE;
}

/* A list that damage took pieces of stays as one without places, to be loaded again. */
static gboolean
make_rows (SakVault    *self,
           const char  *name,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) source = sak_pieces_load (self, KIND, name, &local_error);
  g_autoptr (SakPlaceTable) table = NULL;

  if (source == NULL && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (source != NULL)
    table = sak_place_table_parse (g_bytes_get_data (source, NULL), g_bytes_get_size (source), NULL);
  if (table == NULL)
    table = sak_place_table_parse ("name\n", 5, NULL);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (add_rows (self, name, table, source != NULL ? g_bytes_get_size (source) : 0, error)
      && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_make_place_rows (SakVault  *self,
                           GError   **error)
{
  for (;;)
    {
      g_autofree char *name = NULL;

      if (!find_missing (self, &name, error))
        return FALSE;
      if (name == NULL)
        return TRUE;
      if (!make_rows (self, name, error))
        return FALSE;
    }
}

/**
 * sak_vault_load_place_list:
 *
 * Durable when it returns. A list of the same name must be removed first.
 */
SakPlaceTable *
sak_vault_load_place_list (SakVault    *self,
                           const char  *name,
                           const char  *text,
                           gsize        size,
                           GError     **error)
{
  g_autofree char *normal = check_name (name, error);
  g_autoptr (SakPlaceTable) table = NULL;

  if (normal == NULL || !sak_vault_require_unlocked (self, error))
    return NULL;
  if (sak_pieces_have (self, KIND, normal))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_EXISTS, "there is a list of this name: place list remove");
      return NULL;
    }
  table = sak_place_table_parse (text, size, error);
  if (table == NULL || !sak_vault_begin (self, error))
    return NULL;
  if (sak_pieces_store (self, KIND, normal, text, size, error) && add_rows (self, normal, table, size, error)
      && sak_vault_commit (self, error))
    return g_steal_pointer (&table);
  sak_vault_rollback (self);
  return NULL;
}

gboolean
sak_vault_remove_place_list (SakVault    *self,
                             const char  *name,
                             GError     **error)
{
  g_autofree char *normal = check_name (name, error);

  if (normal == NULL || !sak_vault_require_unlocked (self, error))
    return FALSE;
  if (!sak_pieces_have (self, KIND, normal))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no list of this name");
      return FALSE;
    }
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_pieces_remove (self, KIND, normal, error) && remove_rows (self, normal, error)
      && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

GPtrArray *
sak_vault_list_place_lists (SakVault  *self,
                            GError   **error)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_place_list_free);
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error) || !sak_vault_make_place_rows (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT name, n_places, size FROM place_list ORDER BY name");
  for (;;)
    {
      SakPlaceList *list;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&lists);
      list = g_new0 (SakPlaceList, 1);
      list->name = sak_db_dup_text (statement, 0);
      list->n_places = sqlite3_column_int64 (statement, 1);
      list->size = sqlite3_column_int64 (statement, 2);
      g_ptr_array_add (lists, list);
    }
}

char *
sak_vault_describe_place_list (SakVault    *self,
                               const char  *name,
                               GError     **error)
{
  g_autofree char *normal = check_name (name, error);
  g_autoptr (GBytes) source = NULL;
  g_autoptr (SakPlaceTable) table = NULL;

  if (normal == NULL || !sak_vault_require_unlocked (self, error))
    return NULL;
  if (!sak_pieces_have (self, KIND, normal))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no list of this name");
      return NULL;
    }
  source = sak_pieces_load (self, KIND, normal, error);
  if (source == NULL)
    return NULL;
  table = sak_place_table_parse (g_bytes_get_data (source, NULL), g_bytes_get_size (source), error);
  return table != NULL ? g_steal_pointer (&table->columns) : NULL;
}
