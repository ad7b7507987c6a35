/* sak-revision-rows.c - revisions in the database: heads, parents, and what arrives twice
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-kind.h"
#include "storage/sak-exchange.h"
#include "storage/sak-history-private.h"
#include "storage/sak-record-private.h"
#include "storage/sak-review-private.h"

#include "crypto/sak-hex.h"

#include <string.h>

/* @column: of @statement, a line. */
static SakRevision *
parse_row (SakVault      *vault,
           sqlite3_stmt  *statement,
           int            column,
           GError       **error)
{
  gsize size;
  const char *line = sak_db_get_bytes (statement, column, &size);
  SakRevision *revision = vault->revision_memory != NULL
                            ? sak_revision_memory_parse (vault->revision_memory, line, size, error)
                            : sak_revision_parse_stored (line, (gssize) size, error);

  if (revision == NULL)
    g_prefix_error (error, "a stored revision: ");
  return revision;
}

/* As it may be shown: of a withdrawn record, nothing but the consent. */
static SakRevision *
parse_shown (SakVault      *vault,
             sqlite3_stmt  *statement,
             gboolean       is_withdrawn,
             GError       **error)
{
  g_autoptr (SakRevision) revision = parse_row (vault, statement, 0, error);

  return revision != NULL && is_withdrawn ? sak_revision_reduce (revision, error) : g_steal_pointer (&revision);
}

/**
 * sak_vault_remember_revisions:
 *
 * From now on the revisions read last are not parsed again; whoever reads them may get the same object twice. It is for
 * work through the whole vault, so the database's own memory is spared meanwhile. Ends
 * with as many sak_vault_forget_revisions(), or with the lock.
 */
void
sak_vault_remember_revisions (SakVault *self)
{
  sak_vault_begin_sparing (self);
  if (self->n_remembering++ == 0 && self->db != NULL)
    self->revision_memory = sak_revision_memory_new ();
}

void
sak_vault_forget_revisions (SakVault *self)
{
  sak_vault_end_sparing (self);
  g_assert (self->n_remembering > 0);
  if (--self->n_remembering == 0)
    g_clear_pointer (&self->revision_memory, sak_revision_memory_free);
}

static GPtrArray *
reduce_all (GPtrArray  *revisions,
            GError    **error)
{
  for (guint i = 0; i < revisions->len; i++)
    {
      SakRevision *reduced = sak_revision_reduce (revisions->pdata[i], error);

      if (reduced == NULL)
        return NULL;
      sak_revision_unref (revisions->pdata[i]);
      revisions->pdata[i] = reduced;
    }
  return g_ptr_array_ref (revisions);
}

GPtrArray *
sak_record_load_heads (SakVault            *vault,
                       const SakRecordKey  *key,
                       GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_stored_heads (vault, key, error);

  if (heads == NULL || key->state != SAK_RECORD_WITHDRAWN)
    return g_steal_pointer (&heads);
  return reduce_all (heads, error);
}

/* The version of whoever began the record comes first, then the latest: nobody gets in
 * front of it by claiming a later time.
 */
GPtrArray *
sak_record_load_stored_heads (SakVault            *vault,
                              const SakRecordKey  *key,
                              GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "SELECT line FROM revision WHERE record = ?1 AND is_head = 1"
                                           " ORDER BY author IS NOT (SELECT author FROM revision WHERE record = ?1"
                                           " ORDER BY rowid LIMIT 1), time DESC, id");
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_revision_unref);
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, key->rowid);
  for (;;)
    {
      SakRevision *revision;

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&heads);
      revision = parse_row (vault, statement, 0, error);
      if (revision == NULL)
        return NULL;
      g_ptr_array_add (heads, revision);
    }
}

/**
 * sak_vault_list_heads:
 *
 * Returns: (transfer full): SakRevision, the one that stands for the record first; more
 *   than one are a conflict
 */
GPtrArray *
sak_vault_list_heads (SakVault    *self,
                      const char  *record_id,
                      GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record_id, &key, error))
    return NULL;
  return sak_record_load_heads (self, &key, error);
}

/* All of its versions, whatever may be shown of them, each before those that it follows:
 * clocks lie, parents do not.
 */
GPtrArray *
sak_record_load_stored (SakVault            *vault,
                        const SakRecordKey  *key,
                        GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT line FROM revision WHERE record = ?1");
  g_autoptr (GPtrArray) revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_revision_unref);
  g_autoptr (SakLineage) lineage = NULL;
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, key->rowid);
  for (;;)
    {
      SakRevision *revision;

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        break;
      revision = parse_row (vault, statement, 0, error);
      if (revision == NULL)
        return NULL;
      g_ptr_array_add (revisions, revision);
    }
  lineage = sak_lineage_new (revisions);
  sak_lineage_sort (lineage, revisions);
  return g_steal_pointer (&revisions);
}

/**
 * sak_vault_list_history:
 *
 * Returns: (transfer full): SakRevision, each before those that it follows, whatever times they
 *   claim; of others the latest first
 */
GPtrArray *
sak_vault_list_history (SakVault    *self,
                        const char  *record_id,
                        GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GPtrArray) revisions = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record_id, &key, error) ||
      (revisions = sak_record_load_stored (self, &key, error)) == NULL)
    return NULL;
  return key.state == SAK_RECORD_WITHDRAWN ? reduce_all (revisions, error) : g_steal_pointer (&revisions);
}

static SakRevision *
find_revision (SakVault    *self,
               const char  *revision_id,
               gboolean     is_to_be_shown,
               GError     **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT line, state FROM revision JOIN record"
                                           " ON record.rowid = revision.record WHERE revision.id = ?1");
  guint8 id[SAK_REVISION_ID_SIZE];
  gboolean has_row = FALSE;

  if (sak_hex_decode (revision_id, id, sizeof id))
    sak_db_bind_blob (statement, 1, id, sizeof id);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return NULL;
  if (has_row)
    return parse_shown (self, statement, is_to_be_shown && sqlite3_column_int (statement, 1) == SAK_RECORD_WITHDRAWN,
                        error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no such revision here");
  return NULL;
}

/**
 * sak_vault_load_revision:
 *
 * Returns: (transfer full): NOT_FOUND where the vault does not have it
 */
SakRevision *
sak_vault_load_revision (SakVault    *self,
                         const char  *revision_id,
                         GError     **error)
{
  return sak_vault_require_unlocked (self, error) ? find_revision (self, revision_id, TRUE, error) : NULL;
}

/* Whoever did not write the parent cannot push it aside from afar: their revision stands
 * beside it as a conflict that a person looks at. What is finished here is that look.
 * A parent in another record is none.
 */
static gboolean
supersede_parents (SakVault     *vault,
                   gint64        record,
                   SakRevision  *revision,
                   gint64        rowid,
                   gint64        origin,
                   GError      **error)
{
  const char *const *parents = sak_revision_get_parents (revision);

  for (; parents != NULL && *parents != NULL; parents++)
    {
      sak_autostmt link = sak_db_prepare (vault->db,
                                          "INSERT OR IGNORE INTO revision_parent (parent, child) VALUES (?1, ?2)");
      sak_autostmt clear = sak_db_prepare (vault->db,
                                           "UPDATE revision SET is_head = 0"
                                           " WHERE id = ?1 AND (author = ?2 OR ?3) AND record = ?4");
      guint8 id[SAK_REVISION_ID_SIZE];

      if (!sak_hex_decode (*parents, id, sizeof id))
        continue;
      sak_db_bind_blob (link, 1, id, sizeof id);
      sqlite3_bind_int64 (link, 2, rowid);
      sak_db_bind_blob (clear, 1, id, sizeof id);
      sak_db_bind_blob (clear, 2, sak_revision_get_author (revision), SAK_SIGN_PUBLIC_SIZE);
      sqlite3_bind_int (clear, 3, origin == 0);
      sqlite3_bind_int64 (clear, 4, record);
      if (!sak_db_run (vault->db, link, error) || !sak_db_run (vault->db, clear, error))
        return FALSE;
    }
  return TRUE;
}

/* Arrived after a child of the same author: then it is history from the start. */
static gboolean
is_superseded (SakVault      *vault,
               gint64         record,
               const guint8  *id,
               SakRevision   *revision,
               gboolean      *ret_is_superseded,
               GError       **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "SELECT 1 FROM revision_parent JOIN revision ON revision.rowid = child"
                                           " WHERE parent = ?1 AND (author = ?2 OR origin IS NULL)"
                                           " AND record = ?3 LIMIT 1");
  gint64 found = 0;

  sak_db_bind_blob (statement, 1, id, SAK_REVISION_ID_SIZE);
  sak_db_bind_blob (statement, 2, sak_revision_get_author (revision), SAK_SIGN_PUBLIC_SIZE);
  sqlite3_bind_int64 (statement, 3, record);
  if (!sak_db_get_number (vault->db, statement, 0, &found, error))
    return FALSE;
  *ret_is_superseded = found != 0;
  return TRUE;
}

static void
forget_if_form (SakVault            *vault,
                const SakRecordKey  *key)
{
  if (g_str_equal (key->kind, SAK_KIND_FORM))
    sak_vault_forget_forms (vault);
}

static gboolean
insert_revision (SakVault            *vault,
                 const SakRecordKey  *key,
                 const guint8        *id,
                 SakRevision         *revision,
                 gint64               origin,
                 GError             **error)
{
  g_autofree char *line = sak_revision_to_line (revision, NULL);
  sak_autostmt statement = NULL;
  gboolean superseded;
  gint64 rowid;

  if (!is_superseded (vault, key->rowid, id, revision, &superseded, error))
    return FALSE;
  statement = sak_db_prepare (vault->db,
                              "INSERT INTO revision (id, record, author, time, is_head, origin, line)"
                              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  sak_db_bind_blob (statement, 1, id, SAK_REVISION_ID_SIZE);
  sqlite3_bind_int64 (statement, 2, key->rowid);
  sak_db_bind_blob (statement, 3, sak_revision_get_author (revision), SAK_SIGN_PUBLIC_SIZE);
  sqlite3_bind_int64 (statement, 4, sak_revision_get_time (revision));
  sqlite3_bind_int (statement, 5, !superseded);
  if (origin != 0)
    sqlite3_bind_int64 (statement, 6, origin);
  sak_db_bind_text (statement, 7, line);
  if (!sak_db_run (vault->db, statement, error))
    return FALSE;
  forget_if_form (vault, key);
  sak_freshness_add (&vault->freshness, "revision", id, SAK_REVISION_ID_SIZE, line, strlen (line));
  rowid = sqlite3_last_insert_rowid (sak_db_get_sqlite (vault->db));
  return sak_record_note_media (vault, key, sak_revision_get_fields (revision), error) &&
         supersede_parents (vault, key->rowid, revision, rowid, origin, error);
}

/* The same revision with more of its fields open than the stored one: take the fuller line.
 * Two that each open what the other withholds cannot be merged into less than both, so the
 * stored one stays unless the new one opens everything it has, and more.
 */
static gboolean
replace_line_if_fuller (SakVault            *vault,
                        const SakRecordKey  *key,
                        const guint8        *id,
                        SakRevision         *stored,
                        SakRevision         *revision,
                        GError             **error)
{
  json_t *old_fields = sak_revision_get_fields (stored);
  json_t *new_fields = sak_revision_get_fields (revision);
  g_autofree char *old_line = NULL;
  g_autofree char *new_line = NULL;
  sak_autostmt statement = NULL;
  const char *path;
  json_t *value;

  if (json_object_size (new_fields) <= json_object_size (old_fields))
    return TRUE;
  json_object_foreach (old_fields, path, value)
    if (json_object_get (new_fields, path) == NULL)
      return TRUE;
  old_line = sak_revision_to_line (stored, NULL);
  new_line = sak_revision_to_line (revision, NULL);
  sak_freshness_remove (&vault->freshness, "revision", id, SAK_REVISION_ID_SIZE, old_line, strlen (old_line));
  sak_freshness_add (&vault->freshness, "revision", id, SAK_REVISION_ID_SIZE, new_line, strlen (new_line));
  statement = sak_db_prepare (vault->db, "UPDATE revision SET line = ?2 WHERE id = ?1");
  sak_db_bind_blob (statement, 1, id, SAK_REVISION_ID_SIZE);
  sak_db_bind_text (statement, 2, new_line);
  forget_if_form (vault, key);
  return sak_db_run (vault->db, statement, error) && sak_review_forget_seen (vault, key, error);
}

gboolean
sak_revision_store (SakVault            *vault,
                    const SakRecordKey  *key,
                    SakRevision         *revision,
                    gint64               origin,
                    gboolean            *ret_is_new,
                    GError             **error)
{
  g_autoptr (SakRevision) stored = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 id[SAK_REVISION_ID_SIZE];
  gboolean decoded = sak_hex_decode (sak_revision_get_id (revision), id, sizeof id);

  g_assert (decoded);
  stored = find_revision (vault, sak_revision_get_id (revision), FALSE, &local_error);
  *ret_is_new = stored == NULL;
  if (stored != NULL)
    return replace_line_if_fuller (vault, key, id, stored, revision, error);
  if (g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return insert_revision (vault, key, id, revision, origin, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
sak_record_has_head (GPtrArray  *heads,
                     const char *revision_id)
{
  for (guint i = 0; i < heads->len; i++)
    if (g_strcmp0 (sak_revision_get_id (heads->pdata[i]), revision_id) == 0)
      return TRUE;
  return FALSE;
}

/* A draft whose base is history takes part in a conflict as a head does. */
SakRecordState
sak_record_tell_state (GPtrArray  *heads,
                       gboolean    has_draft,
                       const char *base)
{
  if (heads->len == 0)
    return SAK_RECORD_DRAFT;
  if (heads->len > 1 || (has_draft && !sak_record_has_head (heads, base)))
    return SAK_RECORD_CONFLICT;
  return has_draft ? SAK_RECORD_CHANGED : SAK_RECORD_FINISHED;
}

gboolean
sak_record_refresh (SakVault            *vault,
                    const SakRecordKey  *key,
                    GError             **error)
{
  g_autoptr (GPtrArray) heads = sak_record_load_stored_heads (vault, key, error);
  g_autoptr (json_t) fields = NULL;
  g_autofree char *base = NULL;
  gboolean is_withdrawn;
  SakRecordState state;

  if (heads == NULL || !sak_draft_load (vault, key, &base, &fields, error) ||
      !sak_record_is_withdrawn (vault, key, heads, &is_withdrawn, error))
    return FALSE;
  state = fields == NULL && heads->len == 0 ? SAK_RECORD_FINISHED
                                            : sak_record_tell_state (heads, fields != NULL, base);
  if (is_withdrawn)
    {
      g_autoptr (SakRevision) shown = sak_revision_reduce (heads->pdata[0], error);

      return shown != NULL &&
             sak_record_update_summary (vault, key, sak_revision_get_fields (shown), SAK_RECORD_WITHDRAWN, error);
    }
  if (fields == NULL)
    fields = heads->len > 0 ? json_incref (sak_revision_get_fields (heads->pdata[0])) : json_object ();
  return sak_record_update_summary (vault, key, fields, state, error);
}
