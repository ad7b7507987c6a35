/* sak-people.c - the persons of a vault whom texts may name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-people.h"

#include "storage/model/sak-consent.h"
#include "storage/model/sak-uuid.h"
#include "storage/sak-record-private.h"

typedef struct
{
  gint64 rowid;
  gboolean is_withdrawn;
} Held;

/* NULL with @error where it cannot be read. */
static json_t *
read_fields (sqlite3_stmt  *statement,
             gboolean       is_draft,
             GError       **error)
{
  gsize size;
  const char *text = sak_db_get_bytes (statement, 2, &size);
  g_autoptr (SakRevision) revision = NULL;

  if (is_draft)
    return sak_json_parse (text, (gssize) size, error);
  revision = sak_revision_parse_stored (text, (gssize) size, error);
  return revision != NULL ? json_incref (sak_revision_get_fields (revision)) : NULL;
}

/* @consent: of the first row for all of them; or NULL for each its own. */
static gboolean
tell_row (sqlite3_stmt   *statement,
          gboolean        is_draft,
          json_t        **consent,
          SakPersonFunc   func,
          gpointer        user_data,
          GError        **error)
{
  g_autofree char *title = sak_db_dup_text (statement, 1);
  g_autoptr (json_t) fields = NULL;
  g_autofree char *record_id = NULL;
  guint8 id[SAK_UUID_SIZE];

  if (!sak_db_copy_blob (statement, 0, id, sizeof id))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a record row has an id of a wrong size");
      return FALSE;
    }
  record_id = sak_uuid_from_bytes (id);
  fields = read_fields (statement, is_draft, error);
  if (fields == NULL)
    return FALSE;
  if (consent != NULL && *consent == NULL)
    *consent = json_incref (json_object_get (fields, SAK_CONSENT_PATH));
  else if (consent != NULL)
    json_object_set (fields, SAK_CONSENT_PATH, *consent);
  return func (record_id, title, fields, user_data, error);
}

static gboolean
tell_all (SakVault       *self,
          gint64          rowid,
          const char     *sql,
          gboolean        is_draft,
          json_t        **consent,
          SakPersonFunc   func,
          gpointer        user_data,
          GError        **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, sql);
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  while (sak_db_step (self->db, statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (!tell_row (statement, is_draft, consent, func, user_data, error))
        return FALSE;
    }
  return FALSE;
}

/* Of somebody who took consent back, the version that says so has no name any more; those before it have. */
static gboolean
tell_person (SakVault       *self,
             const Held     *held,
             SakPersonFunc   func,
             gpointer        user_data,
             GError        **error)
{
  static const char drafts[] = "SELECT record.id, title, fields FROM draft JOIN record ON record.rowid = draft.record"
                               " WHERE record.rowid = ?1";
  static const char heads[] = "SELECT record.id, title, line FROM record JOIN revision"
                              " ON revision.record = record.rowid AND is_head = 1 WHERE record.rowid = ?1";
  static const char every[] = "SELECT record.id, title, line FROM record JOIN revision"
                              " ON revision.record = record.rowid WHERE record.rowid = ?1 ORDER BY is_head DESC";
  g_autoptr (json_t) consent = NULL;

  return tell_all (self, held->rowid, drafts, TRUE, NULL, func, user_data, error) &&
         tell_all (self, held->rowid, held->is_withdrawn ? every : heads, FALSE, held->is_withdrawn ? &consent : NULL,
                   func, user_data, error);
}

/* Of a person whose consent was taken back, hints say nothing, and what is stored has the name; where there
 * is no hint the record could not be read, and reading it tells why.
 */
static GArray *
list_held (SakVault            *self,
           const SakNameSieve  *sieve,
           GError             **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
                                           "SELECT record.rowid, state, hint FROM record LEFT JOIN person_name"
                                           " ON person_name.record = record.rowid"
                                           " WHERE kind = '" SAK_KIND_PERSON "'");
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Held));
  gboolean has_row = FALSE;

  while (sak_db_step (self->db, statement, &has_row, error))
    {
      g_autofree char *hint = has_row ? sak_db_dup_text (statement, 2) : NULL;
      Held held = { sqlite3_column_int64 (statement, 0), sqlite3_column_int (statement, 1) == SAK_RECORD_WITHDRAWN };

      if (!has_row)
        return g_steal_pointer (&all);
      if (all->len > 0 && g_array_index (all, Held, all->len - 1).rowid == held.rowid)
        continue;
      if (held.is_withdrawn || hint == NULL || sak_name_sieve_may_hold (sieve, hint))
        g_array_append_val (all, held);
    }
  return NULL;
}

/**
 * sak_vault_foreach_named:
 *
 * In no order that means anything. @func may read the vault and must not change it. In a vault of an older
 * program the names of all are gathered first, once.
 */
gboolean
sak_vault_foreach_named (SakVault            *self,
                         const SakNameSieve  *sieve,
                         SakPersonFunc        func,
                         gpointer             user_data,
                         GError             **error)
{
  g_autoptr (GArray) all = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_person_names_catch_up (self, error) ||
      (all = list_held (self, sieve, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    if (!tell_person (self, &g_array_index (all, Held, i), func, user_data, error))
      return FALSE;
  return TRUE;
}
