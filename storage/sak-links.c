/* sak-links.c - which records refer to which, read both ways
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row for each reference that a record's present fields hold: the draft's if there is
 * one, else those of the head that stands for the record. Whether what is referred to is
 * here is looked up when it is asked, so that nothing is due when it arrives.
 */
#include "config.h"

#include "storage/sak-links-private.h"

/* Set by the step of the schema that made the table, in a vault with records. */
#define DUE "links-due"

const char SAK_SQL_LINKS_OUT[] =
  "SELECT link.path, link.role, link.code, link.target, record.kind, record.code, record.title, record.state"
  " FROM link LEFT JOIN record ON record.id = link.target WHERE link.record = ?1 ORDER BY link.number";
const char SAK_SQL_LINKS_IN[] =
  "SELECT link.path, link.role, link.code, record.id, record.kind, record.code, record.title, record.state"
  " FROM link JOIN record ON record.rowid = link.record WHERE link.target = ?1 ORDER BY link.record, link.number";

typedef struct
{
  SakVault *vault;
  gint64 record;
  gint64 number;
  GError *error;
} Filling;

void
sak_link_free (SakLink *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->role);
  g_free (self->code);
  g_free (self->id);
  g_free (self->kind);
  g_free (self->record_code);
  g_free (self->title);
  g_free (self);
}

/* Filling */

static gboolean
insert_reference (const SakReference *reference,
                  gpointer            user_data)
{
  Filling *filling = user_data;
  sak_autostmt statement = sak_db_prepare (filling->vault->db,
                                           "INSERT INTO link (record, number, target, path, role, code)"
                                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  guint8 target[SAK_UUID_SIZE];

  if (!sak_uuid_to_bytes (reference->target, target))
    return TRUE;
  sqlite3_bind_int64 (statement, 1, filling->record);
  sqlite3_bind_int64 (statement, 2, ++filling->number);
  sak_db_bind_blob (statement, 3, target, sizeof target);
  sak_db_bind_text (statement, 4, reference->path);
  sak_db_bind_text (statement, 5, reference->role);
  sak_db_bind_text (statement, 6, reference->code);
  return sak_db_run (filling->vault->db, statement, &filling->error);
}

gboolean
sak_links_remove (SakVault            *vault,
                  const SakRecordKey  *key,
                  GError             **error)
{
  return sak_db_run_for_row (vault->db, "DELETE FROM link WHERE record = ?1", key->rowid, error);
}

gboolean
sak_links_update (SakVault            *vault,
                  const SakRecordKey  *key,
                  const json_t        *fields,
                  GError             **error)
{
  Filling filling = { vault, key->rowid, 0, NULL };

  if (!sak_links_remove (vault, key, error))
    return FALSE;
  if (sak_link_walk (fields, insert_reference, &filling))
    return TRUE;
  g_propagate_error (error, filling.error);
  return FALSE;
}

/* What the record shows at present, as sak_record_refresh() takes it. */
static gboolean
fill_for_record (SakVault  *vault,
                 gint64     rowid,
                 GError   **error)
{
  const SakRecordKey key = { .rowid = rowid };
  g_autoptr (json_t) draft = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  g_autofree char *base = NULL;

  if (!sak_draft_load (vault, &key, &base, &draft, error))
    return FALSE;
  if (draft != NULL)
    return sak_links_update (vault, &key, draft, error);
  heads = sak_record_load_heads (vault, &key, error);
  if (heads == NULL)
    return FALSE;
  return heads->len == 0 || sak_links_update (vault, &key, sak_revision_get_fields (heads->pdata[0]), error);
}

gboolean
sak_links_catch_up (SakVault  *vault,
                    GError   **error)
{
  g_autoptr (GBytes) due = sak_vault_get_setting (vault, DUE, NULL);

  if (due == NULL)
    return TRUE;
  if (!sak_vault_begin (vault, error))
    return FALSE;
  if (sak_record_derive_all (vault, NULL, fill_for_record, error) &&
      sak_vault_remove_setting (vault, DUE, error) &&
      sak_vault_commit (vault, error))
    return TRUE;
  sak_vault_rollback (vault);
  return FALSE;
}

/* Reading */

static SakLink *
read_link (sqlite3_stmt *statement,
           gboolean      is_incoming)
{
  SakLink *link = g_new0 (SakLink, 1);
  guint8 id[SAK_UUID_SIZE];

  link->is_incoming = is_incoming;
  link->path = sak_db_dup_text (statement, 0);
  link->role = sak_db_dup_text (statement, 1);
  link->code = sak_db_dup_text (statement, 2);
  link->id = sak_db_copy_blob (statement, 3, id, sizeof id) ? sak_uuid_from_bytes (id) : g_strdup ("");
  link->is_here = sqlite3_column_type (statement, 4) != SQLITE_NULL;
  link->kind = link->is_here ? sak_db_dup_text (statement, 4) : g_strdup ("");
  link->record_code = link->is_here ? sak_db_dup_text (statement, 5) : g_strdup ("");
  link->title = link->is_here ? sak_db_dup_text (statement, 6) : g_strdup ("");
  link->state = link->is_here ? sqlite3_column_int (statement, 7) : SAK_RECORD_DRAFT;
  return link;
}

static gboolean
append_links (SakVault      *self,
              sqlite3_stmt  *statement,
              gboolean       is_incoming,
              GPtrArray     *links,
              GError       **error)
{
  gboolean has_row = FALSE;

  for (;;)
    {
      if (!sak_db_step (self->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      g_ptr_array_add (links, read_link (statement, is_incoming));
    }
}

/**
 * sak_vault_list_links:
 * @direction: one of them or both
 *
 * Returns: (transfer full): SakLink; those that the record has itself come first
 */
GPtrArray *
sak_vault_list_links (SakVault          *self,
                      const char        *record,
                      SakLinkDirection   direction,
                      GError           **error)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_link_free);
  g_auto (SakRecordKey) key = { 0 };

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error))
    return NULL;
  if (direction & SAK_LINKS_OUT)
    {
      sak_autostmt out = sak_db_prepare (self->db, SAK_SQL_LINKS_OUT);

      sqlite3_bind_int64 (out, 1, key.rowid);
      if (!append_links (self, out, FALSE, links, error))
        return NULL;
    }
  if (direction & SAK_LINKS_IN)
    {
      sak_autostmt in = sak_db_prepare (self->db, SAK_SQL_LINKS_IN);

      sak_db_bind_blob (in, 1, key.id, sizeof key.id);
      if (!append_links (self, in, TRUE, links, error))
        return NULL;
    }
  return g_steal_pointer (&links);
}
