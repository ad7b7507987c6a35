/* sak-search-check.c - whether the search index and the records agree
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-search-private.h"

#include "storage/model/sak-kind.h"

static SakSearchText *
read_document (sqlite3_stmt *row)
{
  SakSearchText *text = g_new0 (SakSearchText, 1);

  text->title = sak_db_dup_text (row, 1);
  text->text = sak_db_dup_text (row, 2);
  text->place = sak_db_dup_text (row, 3);
  text->facet = sak_db_dup_text (row, 4);
  return text;
}

/* Of a record that cannot be read the check says so by itself. */
static gboolean
agrees (SakCheck      *check,
        sqlite3_stmt  *row,
        gboolean      *ret_agrees,
        GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakSearchText) stored = read_document (row);
  g_autoptr (SakSearchText) derived = sak_search_derive (check->vault, sqlite3_column_int64 (row, 0), &local_error);

  *ret_agrees = TRUE;
  if (derived == NULL && g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED))
    return TRUE;
  if (derived == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *ret_agrees = g_strcmp0 (stored->title, derived->title) == 0 && g_strcmp0 (stored->text, derived->text) == 0 &&
                g_strcmp0 (stored->place, derived->place) == 0 && g_strcmp0 (stored->facet, derived->facet) == 0;
  return TRUE;
}

/* Records, and what the search has of each; @ret_n_wrong counts those that differ. */
static gboolean
compare_documents (SakCheck  *check,
                   gint64     next,
                   guint64   *ret_n_wrong,
                   GError   **error)
{
  sak_autostmt statement = sak_db_prepare (check->vault->db,
                                           "SELECT record.rowid, document.title, text, document.place, facet"
                                           " FROM record LEFT JOIN search_document AS document"
                                           " ON document.record = record.rowid WHERE kind NOT IN "
                                           SAK_SQL_NETWORK_KINDS " ORDER BY record.rowid");
  gboolean has_row = FALSE, is_right;

  for (;;)
    {
      if (!sak_db_step (check->vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      if (sqlite3_column_type (statement, 1) == SQLITE_NULL)
        is_right = sqlite3_column_int64 (statement, 0) <= next;
      else if (!agrees (check, statement, &is_right, error))
        return FALSE;
      *ret_n_wrong += !is_right;
      if (!sak_check_advance (check, 0, error))
        return FALSE;
    }
}

static gboolean
compare_index (SakCheck  *check,
               GError   **error)
{
  guint64 n_wrong = 0;
  gint64 next, n_documents = 0, n_of_records = 0;

  if (!sak_search_get_next (check->vault, &next, error) || !compare_documents (check, next, &n_wrong, error) ||
      !sak_db_get_number (check->vault->db, sak_db_prepare (check->vault->db, "SELECT count(*) FROM search_document"),
                          0, &n_documents, error) ||
      !sak_db_get_number (check->vault->db,
                          sak_db_prepare (check->vault->db, "SELECT count(*) FROM search_document"
                                          " WHERE record IN (SELECT rowid FROM record WHERE kind NOT IN "
                                          SAK_SQL_NETWORK_KINDS ")"), 0, &n_of_records, error))
    return FALSE;
  if ((n_wrong > 0 && next < G_MAXINT64) || n_documents != n_of_records)
    {
      sak_check_add_damage (check->report, SAK_DAMAGE_SEARCH, NULL, "records");
      return TRUE;              /* once is enough: all of it is made anew */
    }
  /* Rank 1: not only whether the index is sound, also whether it is that of search_document. */
  return sak_db_exec (check->vault->db, "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)", error);
}

gboolean
sak_search_check (SakCheck  *check,
                  GError   **error)
{
  g_autoptr (GError) local_error = NULL;

  /* With records damaged they cannot agree: saying it twice helps nobody. */
  if (sak_check_report_has_damage (check->report) || compare_index (check, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  sak_check_add_damage (check->report, SAK_DAMAGE_SEARCH, NULL, "index");
  return TRUE;
}
