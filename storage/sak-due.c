/* sak-due.c - what in a vault waits for somebody
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-due.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-kind.h"
#include "storage/sak-search-private.h"

#define MAX_WITHDRAWN 500

const char *const sak_due_kinds[SAK_N_DUE_KINDS] = {
  SAK_KIND_EVENT, SAK_KIND_PERSON, SAK_KIND_TESTIMONY, SAK_KIND_DOCUMENT, SAK_KIND_INTERVENTION,
};

/* Whether anything but the consent can still be read of it. */
static gboolean
has_content (SakVault  *vault,
             gint64     rowid,
             guint      n[SAK_N_DUE_KINDS],
             GError   **error)
{
  gint64 one = rowid;
  g_autoptr (GPtrArray) rows = sak_vault_load_rows (vault, &one, 1, error);
  const SakRecordRow *row = rows != NULL && rows->len > 0 ? rows->pdata[0] : NULL;
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GPtrArray) revisions = NULL;
  gboolean has_any = FALSE;

  if (row != NULL && row->id == NULL)
    return TRUE;
  if (row == NULL || !sak_record_find (vault, row->id, &key, error) ||
      (revisions = sak_record_load_stored (vault, &key, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < revisions->len; i++)
    {
      json_t *fields = sak_revision_get_fields (revisions->pdata[i]);

      has_any = has_any || json_object_size (fields) > (json_object_get (fields, SAK_CONSENT_PATH) != NULL ? 1 : 0);
    }
  for (guint i = 0; has_any && i < SAK_N_DUE_KINDS; i++)
    n[i] += g_strcmp0 (key.kind, sak_due_kinds[i]) == 0;
  return TRUE;
}

static GArray *
list_withdrawn (SakVault  *vault,
                GError   **error)
{
  static const SakSearch search = { .state = (char *) "withdrawn" };
  g_auto (SakSearchFilter) filter = { 0 };
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT rowid FROM search WHERE search MATCH ?1"
                                           " ORDER BY rowid DESC LIMIT ?2");
  gboolean has_row = FALSE;

  if (!sak_search_filter_init (&filter, vault, &search, error))
    return NULL;
  sak_db_bind_text (statement, 1, filter.expression);
  sqlite3_bind_int (statement, 2, MAX_WITHDRAWN);
  for (;;)
    {
      gint64 rowid;

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&rowids);
      rowid = sqlite3_column_int64 (statement, 0);
      g_array_append_val (rowids, rowid);
    }
}

/* What was deleted already waits for nobody. Few consents are ever taken back, so each is looked at. */
static gboolean
count_withdrawn (SakVault  *vault,
                 guint      n[SAK_N_DUE_KINDS],
                 GError   **error)
{
  g_autoptr (GArray) rowids = list_withdrawn (vault, error);

  for (guint i = 0; rowids != NULL && i < rowids->len; i++)
    if (!has_content (vault, g_array_index (rowids, gint64, i), n, error))
      return FALSE;
  return rowids != NULL;
}

static gboolean
count_matter (SakVault         *vault,
              const SakSearch  *search,
              guint             n[SAK_N_DUE_KINDS],
              GError          **error)
{
  g_auto (SakSearchFilter) filter = { 0 };
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "SELECT kind, count(*) FROM record WHERE rowid IN"
                                           " (SELECT rowid FROM search WHERE search MATCH ?1) GROUP BY kind");
  gboolean has_row = FALSE;

  if (!sak_search_filter_init (&filter, vault, search, error))
    return FALSE;
  sak_db_bind_text (statement, 1, filter.expression);
  for (;;)
    {
      g_autofree char *kind = NULL;

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      kind = sak_db_dup_text (statement, 0);
      for (guint i = 0; i < SAK_N_DUE_KINDS; i++)
        if (g_strcmp0 (kind, sak_due_kinds[i]) == 0)
          n[i] = (guint) sqlite3_column_int64 (statement, 1);
    }
}

gboolean
sak_vault_count_due (SakVault  *self,
                     SakDue    *ret_due,
                     GError   **error)
{
  static const SakSearch searches[SAK_N_DUE] = {
    [SAK_DUE_CONFLICT] = { .state = (char *) "conflict" },
    [SAK_DUE_ENDING] = { .consent = (char *) SAK_SEARCH_CONSENT_ENDING },
    [SAK_DUE_DRAFT] = { .state = (char *) "draft" },
    [SAK_DUE_CHANGED] = { .state = (char *) "changed" },
  };
  SakDue due = { 0 };
  gint64 next;

  if (!sak_vault_require_unlocked (self, error) || !sak_search_get_next (self, &next, error))
    return FALSE;
  for (guint i = 0; i < SAK_N_DUE; i++)
    if (!(i == SAK_DUE_WITHDRAWN ? count_withdrawn (self, due.n[i], error)
                                 : count_matter (self, &searches[i], due.n[i], error)))
      return FALSE;
  due.is_complete = next == 0;
  *ret_due = due;
  return TRUE;
}

/* The streams first: there are few, and each has an index of what it lists. */
static const char SQL_SLICE[] =
  "SELECT rowid, is_head AND origin IS NULL"
  " AND (SELECT kind FROM record WHERE record.rowid = revision.record) NOT IN " SAK_SQL_NETWORK_KINDS " AND NOT EXISTS"
  " (SELECT 1 FROM stream CROSS JOIN stream_entry ON stream_entry.stream = stream.rowid"
  "  AND stream_entry.ref = revision.id WHERE stream.is_incoming = 0)"
  " FROM revision WHERE rowid > ?1 ORDER BY rowid LIMIT ?2";

gboolean
sak_vault_count_unsent (SakVault  *self,
                        guint      most,
                        gint64    *cursor,
                        guint     *ret_n,
                        GError   **error)
{
  sak_autostmt statement = NULL;
  gboolean has_row = TRUE;
  gint64 last = *cursor;
  guint n_seen = 0;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db, SQL_SLICE);
  sqlite3_bind_int64 (statement, 1, last);
  sqlite3_bind_int64 (statement, 2, most);
  for (; has_row; n_seen++)
    {
      if (!sak_db_step (self->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        break;
      last = sqlite3_column_int64 (statement, 0);
      *ret_n += (guint) sqlite3_column_int (statement, 1);
    }
  *cursor = n_seen < most ? 0 : last;
  return TRUE;
}
