/* sak-record-list.c - lists of any length, in two steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-record-private.h"

#include "storage/model/sak-kind.h"

void
sak_record_row_free (SakRecordRow *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->kind);
  g_free (self->code);
  g_free (self->title);
  g_free (self->date);
  g_free (self->place);
  g_free (self->origin);
  g_free (self);
}

#define OF_CASES " WHERE kind NOT IN " SAK_SQL_NETWORK_KINDS

/* Each order is walked along an index of its own: nothing is sorted at a million rows.
 * Rows without a date come last.
 */
static const char *
sql_for_order (const char    *kind,
               SakRecordSort  sort)
{
  static const char *const of_kind[] = {
    "SELECT rowid FROM record WHERE kind = ?1 ORDER BY changed DESC, rowid DESC LIMIT ?2 OFFSET ?3",
    "SELECT rowid FROM record WHERE kind = ?1 ORDER BY latest_day DESC, rowid DESC LIMIT ?2 OFFSET ?3",
    "SELECT rowid FROM record WHERE kind = ?1 ORDER BY title COLLATE NOCASE, rowid LIMIT ?2 OFFSET ?3",
    "SELECT rowid FROM record WHERE kind = ?1 ORDER BY code, rowid LIMIT ?2 OFFSET ?3",
  };
  static const char *const of_all[] = {
    "SELECT rowid FROM record" OF_CASES " ORDER BY changed DESC, rowid DESC LIMIT ?2 OFFSET ?3",
    "SELECT rowid FROM record" OF_CASES " ORDER BY latest_day DESC, rowid DESC LIMIT ?2 OFFSET ?3",
    "SELECT rowid FROM record" OF_CASES " ORDER BY title COLLATE NOCASE, rowid LIMIT ?2 OFFSET ?3",
    "SELECT rowid FROM record" OF_CASES " ORDER BY code, rowid LIMIT ?2 OFFSET ?3",
  };

  return kind != NULL ? of_kind[sort] : of_all[sort];
}

/**
 * sak_vault_list_stretch:
 * @first: how many rows to pass over
 * @most: how many to read, or -1 for all that are left
 *
 * A part of the list, so that the first screen need not wait for the millionth row.
 *
 * Returns: (transfer full): GArray of gint64, shorter than @most at the end of the list
 */
GArray *
sak_vault_list_stretch (SakVault       *self,
                        const char     *kind,
                        SakRecordSort   sort,
                        gint64          first,
                        gint64          most,
                        GError        **error)
{
  sak_autostmt statement = NULL;

  g_return_val_if_fail (sort <= SAK_SORT_CODE, NULL);

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, sql_for_order (kind, sort));
  if (kind != NULL)
    sak_db_bind_text (statement, 1, kind);
  sqlite3_bind_int64 (statement, 2, most);
  sqlite3_bind_int64 (statement, 3, first);
  return sak_db_list_numbers (self->db, statement, error);
}

/**
 * sak_vault_list_rowids:
 *
 * Returns: (transfer full): GArray of gint64, the whole list
 */
GArray *
sak_vault_list_rowids (SakVault       *self,
                       const char     *kind,
                       SakRecordSort   sort,
                       GError        **error)
{
  return sak_vault_list_stretch (self, kind, sort, 0, -1, error);
}

static SakRecordRow *
load_row (SakVault  *self,
          gint64     rowid,
          GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
                                           "SELECT record.id, kind, code, title, date, place, state,"
                                           " contact.name, changed, n_media"
                                           " FROM record LEFT JOIN contact ON contact.rowid = record.origin"
                                           " WHERE record.rowid = ?1");
  g_autoptr (SakRecordRow) row = g_new0 (SakRecordRow, 1);
  guint8 id[SAK_UUID_SIZE];
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return NULL;
  row->rowid = rowid;
  if (has_row && sak_db_copy_blob (statement, 0, id, sizeof id))
    row->id = sak_uuid_from_bytes (id);
  row->kind = has_row ? sak_db_dup_text (statement, 1) : g_strdup ("");
  row->code = has_row ? sak_db_dup_text (statement, 2) : g_strdup ("");
  row->title = has_row ? sak_db_dup_text (statement, 3) : g_strdup ("");
  row->date = has_row ? sak_db_dup_text (statement, 4) : g_strdup ("");
  row->place = has_row ? sak_db_dup_text (statement, 5) : g_strdup ("");
  if (!has_row)
    return g_steal_pointer (&row);
  row->state = sqlite3_column_int (statement, 6);
  row->origin = sak_db_dup_text (statement, 7);
  row->changed = sqlite3_column_int64 (statement, 8);
  row->n_media = (guint) sqlite3_column_int (statement, 9);
  return g_steal_pointer (&row);
}

/**
 * sak_vault_load_rows:
 *
 * Returns: (transfer full): one SakRecordRow for each of @rowids, in their order; a record
 *   that is gone meanwhile has a NULL id
 */
GPtrArray *
sak_vault_load_rows (SakVault      *self,
                     const gint64  *rowids,
                     guint          n_rowids,
                     GError       **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_full (n_rowids, (GDestroyNotify) sak_record_row_free);

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  for (guint i = 0; i < n_rowids; i++)
    {
      SakRecordRow *row = load_row (self, rowids[i], error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return g_steal_pointer (&rows);
}
