/* sak-review.c - what arrived, and what was decided about it here: reading
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-review.h"

#include <string.h>

#include "storage/sak-network-private.h"
#include "storage/sak-review-private.h"

static const char *const state_codes[SAK_N_REVIEW_STATES] = {
  "new", "in-review", "question", "changed", "accepted", "declined",
};

const char *
sak_review_state_to_code (SakReviewState state)
{
  return state_codes[state];
}

gboolean
sak_review_state_from_code (const char     *code,
                            SakReviewState *ret_state)
{
  for (guint i = 0; i < SAK_N_REVIEW_STATES; i++)
    if (g_strcmp0 (code, state_codes[i]) == 0)
      {
        *ret_state = i;
        return TRUE;
      }
  return FALSE;
}

void
sak_decision_free (gpointer self)
{
  SakDecision *decision = self;

  g_free (decision->id);
  g_free (decision->text);
  g_free (decision);
}

void
sak_arrived_free (SakArrived *self)
{
  if (self == NULL)
    return;
  sak_record_row_free (self->row);
  g_strfreev (self->versions);
  g_free (self);
}

/* One of four, so that each walks along an index. */
static const char *
sql_for_list (gboolean of_state,
              gboolean of_contact)
{
  if (of_contact)
    return of_state ? "SELECT record FROM arrival WHERE contact = ?2 AND state = ?1"
                      " ORDER BY is_urgent DESC, latest DESC LIMIT ?3 OFFSET ?4"
                    : "SELECT record FROM arrival WHERE contact = ?2"
                      " ORDER BY is_urgent DESC, latest DESC LIMIT ?3 OFFSET ?4";
  return of_state ? "SELECT record FROM arrival WHERE state = ?1"
                    " ORDER BY is_urgent DESC, latest DESC LIMIT ?3 OFFSET ?4"
                  : "SELECT record FROM arrival ORDER BY is_urgent DESC, latest DESC LIMIT ?3 OFFSET ?4";
}

/**
 * sak_vault_list_arrivals:
 * @state: SAK_N_REVIEW_STATES for all
 * @from: (nullable)
 * @first: how many to pass over
 * @most: how many to list, or -1 for all that are left
 *
 * Returns: (transfer full): GArray of gint64
 */
GArray *
sak_vault_list_arrivals (SakVault          *self,
                         SakReviewState     state,
                         const SakContact  *from,
                         gint64             first,
                         gint64             most,
                         GError           **error)
{
  sak_autostmt statement = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, sql_for_list (state < SAK_N_REVIEW_STATES, from != NULL));
  if (state < SAK_N_REVIEW_STATES)
    sqlite3_bind_int (statement, 1, state);
  if (from != NULL)
    sqlite3_bind_int64 (statement, 2, from->rowid);
  sqlite3_bind_int64 (statement, 3, most);
  sqlite3_bind_int64 (statement, 4, first);
  return sak_db_list_numbers (self->db, statement, error);
}

static int
clamp (sqlite3_stmt *statement,
       int           column,
       int           n)
{
  return CLAMP (sqlite3_column_int (statement, column), 0, n - 1);
}

/* NULL without an error where it is no arrival. */
static SakArrived *
load_one (SakVault  *self,
          gint64     rowid,
          GError   **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
    "SELECT state, grade, is_urgent, NOT is_unread, n_questions, trust, EXISTS (SELECT 1 FROM revision"
    "  WHERE revision.record = arrival.record AND is_head = 1 AND author = signing_key)"
    " FROM arrival JOIN contact ON contact.rowid = arrival.contact WHERE record = ?1");
  g_autoptr (GPtrArray) rows = NULL;
  SakArrived *arrived;
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  if (!sak_db_step (self->db, statement, &has_row, error) || !has_row ||
      (rows = sak_vault_load_rows (self, &rowid, 1, error)) == NULL)
    return NULL;
  arrived = g_new0 (SakArrived, 1);
  arrived->row = g_ptr_array_steal_index (rows, 0);
  arrived->state = clamp (statement, 0, SAK_N_REVIEW_STATES);
  arrived->grade = clamp (statement, 1, SAK_N_GRADES);
  arrived->is_urgent = sqlite3_column_int (statement, 2) != 0;
  arrived->is_read = sqlite3_column_int (statement, 3) != 0;
  arrived->n_questions = (guint) sqlite3_column_int (statement, 4);
  arrived->trust = clamp (statement, 5, SAK_TRUST_REVOKED + 1);
  arrived->has_known_author = sqlite3_column_int (statement, 6) != 0;
  return arrived;
}

/**
 * sak_vault_load_arrivals:
 *
 * Returns: (transfer full): SakArrived, for each of @rowids that is still one
 */
GPtrArray *
sak_vault_load_arrivals (SakVault      *self,
                         const gint64  *rowids,
                         guint          n_rowids,
                         GError       **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_arrived_free);

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  for (guint i = 0; i < n_rowids; i++)
    {
      g_autoptr (GError) local_error = NULL;
      SakArrived *arrived = load_one (self, rowids[i], &local_error);

      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (arrived != NULL)
        g_ptr_array_add (all, arrived);
    }
  return g_steal_pointer (&all);
}

SakArrived *
sak_vault_load_arrival (SakVault    *self,
                        const char  *record,
                        GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  g_auto (SakRecordKey) key = { 0 };
  SakArrived *arrived;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error) ||
      (heads = sak_record_load_stored_heads (self, &key, error)) == NULL)
    return NULL;
  arrived = load_one (self, key.rowid, &local_error);
  if (arrived == NULL && local_error == NULL)
    g_set_error (&local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the record did not come from elsewhere");
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  if (arrived != NULL)
    arrived->versions = sak_review_name_heads (heads);
  return arrived;
}

static SakDecision *
load_decision (SakVault   *self,
               gint64      rowid,
               GPtrArray  *heads,
               GError    **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakRevision) revision = sak_network_load (self, rowid, &local_error);
  SakVerdictFields verdict;
  SakDecision *decision;

  if (revision == NULL || !sak_verdict_read (sak_revision_get_fields (revision), &verdict))
    {
      if (local_error == NULL)
        g_set_error (&local_error, SAK_ERROR, SAK_ERROR_DAMAGED, "a decision is not what its row says");
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  decision = g_new0 (SakDecision, 1);
  decision->id = g_strdup (sak_revision_get_record_id (revision));
  decision->says = verdict.says;
  decision->grade = verdict.grade;
  decision->text = g_strdup (verdict.text);
  decision->n_versions = (guint) json_array_size (verdict.versions);
  decision->time = sak_revision_get_time (revision);
  decision->is_of_present = sak_review_covers (&verdict, heads);
  return decision;
}

/**
 * sak_vault_list_decisions:
 * @record: id or code
 *
 * Returns: (transfer full): SakDecision, notes among them, in the order in which they were made
 */
GPtrArray *
sak_vault_list_decisions (SakVault    *self,
                          const char  *record,
                          GError     **error)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (sak_decision_free);
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (GArray) rowids = NULL;
  g_auto (SakRecordKey) key = { 0 };
  sak_autostmt statement = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error) ||
      (heads = sak_record_load_stored_heads (self, &key, error)) == NULL)
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT record FROM review WHERE about = ?1 ORDER BY number, record");
  sak_db_bind_blob (statement, 1, key.id, sizeof key.id);
  rowids = sak_db_list_numbers (self->db, statement, error);
  for (guint i = 0; rowids != NULL && i < rowids->len; i++)
    {
      SakDecision *decision = load_decision (self, g_array_index (rowids, gint64, i), heads, error);

      if (decision == NULL)
        return NULL;
      g_ptr_array_add (decisions, decision);
    }
  return rowids != NULL ? g_steal_pointer (&decisions) : NULL;
}

/**
 * sak_vault_count_arrivals:
 * @from: (nullable)
 */
gboolean
sak_vault_count_arrivals (SakVault          *self,
                          const SakContact  *from,
                          SakReviewCount    *ret_count,
                          GError           **error)
{
  sak_autostmt statement = NULL;
  SakReviewCount count = { 0 };
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db, from != NULL
    ? "SELECT state, count(*), sum (is_unread), sum (is_urgent) FROM arrival WHERE contact = ?1 GROUP BY state"
    : "SELECT state, count(*), sum (is_unread), sum (is_urgent) FROM arrival GROUP BY state");
  if (from != NULL)
    sqlite3_bind_int64 (statement, 1, from->rowid);
  for (;;)
    {
      int state;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      state = clamp (statement, 0, SAK_N_REVIEW_STATES);
      count.n[state] += (guint) sqlite3_column_int (statement, 1);
      if (state < SAK_REVIEW_ACCEPTED)
        count.n_urgent += (guint) sqlite3_column_int (statement, 3);
      count.n_unread += (guint) sqlite3_column_int (statement, 2);
    }
  *ret_count = count;
  return TRUE;
}
