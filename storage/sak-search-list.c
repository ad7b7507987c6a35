/* sak-search-list.c - all records of a kind that pass some filters, in any order
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where nothing narrows the list, most orders are walked along an index, so that its first
 * screen costs the same at a million rows. The others sort row numbers, which can be
 * interrupted from outside.
 */
#include "config.h"

#include "storage/sak-search-private.h"

/* Parameters: kind, most, first. */
#define WHOLE(order) \
  "SELECT rowid FROM record WHERE kind = ?1 ORDER BY " order " LIMIT ?2 OFFSET ?3"

/* … state, expression, first and last day. */
#define SOME(order) \
  "SELECT rowid FROM record WHERE kind = ?1 AND (?4 IS NULL OR state = ?4)" \
  " AND (?5 IS NULL OR rowid IN (SELECT rowid FROM search WHERE search MATCH ?5))" \
  " AND (?6 IS NULL OR EXISTS (SELECT 1 FROM search_document AS document WHERE document.record = record.rowid" \
  "  AND document.latest_day >= ?6 AND document.earliest_day <= ?7))" \
  " ORDER BY " order " LIMIT ?2 OFFSET ?3"

#define ORDER(order) { WHOLE (order), SOME (order) }

static const char *const statements[][2][2] = {
  [SAK_SORT_CHANGED] = { ORDER ("changed DESC, rowid DESC"), ORDER ("changed, rowid") },
  [SAK_SORT_DATE] = { ORDER ("latest_day DESC, rowid DESC"), ORDER ("latest_day IS NULL, latest_day, rowid") },
  [SAK_SORT_TITLE] = { ORDER ("title COLLATE NOCASE, rowid"), ORDER ("title COLLATE NOCASE DESC, rowid DESC") },
  [SAK_SORT_CODE] = { ORDER ("code, rowid"), ORDER ("code DESC, rowid DESC") },
  [SAK_SORT_PLACE] = { ORDER ("place = '', place COLLATE NOCASE, rowid"),
                       ORDER ("place = '', place COLLATE NOCASE DESC, rowid DESC") },
  [SAK_SORT_STATE] = { ORDER ("state, changed DESC, rowid DESC"), ORDER ("state DESC, changed DESC, rowid DESC") },
};

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      connection)
{
  sqlite3_interrupt (connection);
}

static void
bind_filter (sqlite3_stmt          *statement,
             const SakSearch       *search,
             const SakSearchFilter *filter)
{
  if (search->state != NULL)
    sqlite3_bind_int (statement, 4, sak_search_find_state (search->state));
  if (filter->expression[0] != '\0')
    sak_db_bind_text (statement, 5, filter->expression);
  if (!filter->has_days)
    return;
  sqlite3_bind_int (statement, 6, filter->from_day);
  sqlite3_bind_int (statement, 7, filter->to_day);
}

/* Kind and state stand in the row itself, which needs no index to be complete. */
static gboolean
make_filter (SakVault         *vault,
             const SakSearch  *search,
             SakSearchFilter  *ret_filter,
             GError          **error)
{
  SakSearch rest = *search;

  if (search->state != NULL && sak_search_find_state (search->state) < 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "there is no such state");
      return FALSE;
    }
  rest.kind = rest.state = NULL;
  return sak_search_filter_init (ret_filter, vault, &rest, error);
}

/**
 * sak_vault_list_matching:
 * @first: how many rows to pass over
 * @most: how many to read, or -1 for all that are left
 *
 * Errors as sak_vault_search(). Where anything but kind and state narrows, what is not indexed yet is left out.
 */
GArray *
sak_vault_list_matching (SakVault         *self,
                         const SakSearch  *search,
                         SakRecordSort     sort,
                         gboolean          is_reversed,
                         gint64            first,
                         gint64            most,
                         GCancellable     *cancellable,
                         GError          **error)
{
  g_auto (SakSearchFilter) filter = { 0 };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GArray) rowids = NULL;
  sak_autostmt statement = NULL;
  gboolean is_some;
  gulong handler = 0;

  g_return_val_if_fail (sort <= SAK_SORT_STATE && search->kind != NULL, NULL);

  if (!sak_vault_require_unlocked (self, error) || !make_filter (self, search, &filter, error))
    return NULL;
  is_some = search->state != NULL || filter.has_days || filter.expression[0] != '\0';
  statement = sak_db_prepare (self->db, statements[sort][is_reversed ? 1 : 0][is_some ? 1 : 0]);
  sak_db_bind_text (statement, 1, search->kind);
  sqlite3_bind_int64 (statement, 2, most);
  sqlite3_bind_int64 (statement, 3, first);
  if (is_some)
    bind_filter (statement, search, &filter);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), sak_db_get_sqlite (self->db), NULL);
  rowids = sak_db_list_numbers (self->db, statement, &local_error);
  g_cancellable_disconnect (cancellable, handler);
  if (rowids != NULL)
    return g_steal_pointer (&rowids);
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}
