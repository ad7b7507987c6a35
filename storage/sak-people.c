/* sak-people.c - all persons of a vault, one after the other, by what they are called
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-people.h"

#include "storage/model/sak-uuid.h"
#include "storage/sak-record-private.h"

static gboolean
tell_row (sqlite3_stmt   *statement,
          gboolean        is_draft,
          SakPersonFunc   func,
          gpointer        user_data,
          GError        **error)
{
  gsize size;
  const char *text = sak_db_get_bytes (statement, 2, &size);
  g_autofree char *title = sak_db_dup_text (statement, 1);
  g_autoptr (SakRevision) revision = NULL;
  g_autoptr (json_t) draft = NULL;
  g_autofree char *record_id = NULL;
  guint8 id[SAK_UUID_SIZE];

  if (!sak_db_copy_blob (statement, 0, id, sizeof id))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a record row has an id of a wrong size");
      return FALSE;
    }
  record_id = sak_uuid_from_bytes (id);
  if (is_draft && (draft = sak_json_parse (text, (gssize) size, error)) == NULL)
    return FALSE;
  if (!is_draft && (revision = sak_revision_parse_stored (text, (gssize) size, error)) == NULL)
    return FALSE;
  return func (record_id, title, is_draft ? draft : sak_revision_get_fields (revision), user_data, error);
}

static gboolean
tell_all (SakVault       *self,
          const char     *sql,
          gboolean        is_draft,
          SakPersonFunc   func,
          gpointer        user_data,
          GError        **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, sql);
  gboolean has_row = FALSE;

  while (sak_db_step (self->db, statement, &has_row, error))
    {
      if (!has_row)
        return TRUE;
      if (!tell_row (statement, is_draft, func, user_data, error))
        return FALSE;
    }
  return FALSE;
}

/**
 * sak_vault_foreach_person:
 *
 * In no order that means anything. @func may read the vault and must not change it.
 */
gboolean
sak_vault_foreach_person (SakVault       *self,
                          SakPersonFunc   func,
                          gpointer        user_data,
                          GError        **error)
{
  static const char drafts[] = "SELECT record.id, title, fields FROM draft JOIN record ON record.rowid = draft.record"
                               " WHERE kind = '" SAK_KIND_PERSON "'";
  static const char heads[] = "SELECT record.id, title, line FROM record JOIN revision"
                              " ON revision.record = record.rowid AND is_head = 1"
                              " WHERE kind = '" SAK_KIND_PERSON "'";

  return sak_vault_require_unlocked (self, error) &&
         tell_all (self, drafts, TRUE, func, user_data, error) &&
         tell_all (self, heads, FALSE, func, user_data, error);
}
