/* sak-withdrawal.c - records from elsewhere whose consent was taken back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only whoever began a record can take its consent back: a version without parents tells who that
 * is. What others put on top is a conflict like any other, and hides nothing.
 */
#include "config.h"

#include "storage/sak-withdrawal.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/model/sak-consent.h"
#include "storage/model/sak-kind.h"
#include "storage/sak-record-private.h"

/* Which authors have a version without parents here. By the lines of this one record: who follows whom is
 * indexed by parents alone.
 */
static GHashTable *
list_beginners (SakVault            *vault,
                const SakRecordKey  *key,
                GError             **error)
{
  g_autoptr (GHashTable) authors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "SELECT DISTINCT author FROM revision WHERE record = ?1"
                                           " AND CASE WHEN json_valid (line)"
                                           " THEN json_array_length (line, '$.head.parents') END = 0");
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, key->rowid);
  while (sak_db_step (vault->db, statement, &has_row, error))
    {
      if (!has_row)
        return g_steal_pointer (&authors);
      g_hash_table_add (authors, sak_hex_encode (sqlite3_column_blob (statement, 0),
                                                 sqlite3_column_bytes (statement, 0)));
    }
  return NULL;
}

/* NULL for a vault that is being rescued, and has no key of its own yet. */
static char *
make_own_recipient (SakVault *vault)
{
  guint8 key[SAK_SIGN_PUBLIC_SIZE];
  g_autofree char *hex = NULL;

  if (vault->signing_seed == NULL)
    return NULL;
  sak_sign_get_public (vault->signing_seed, key);
  hex = sak_hex_encode (key, sizeof key);
  return g_strconcat (SAK_CONSENT_KEY_PREFIX, hex, NULL);
}

static gboolean
is_head_taken_back (SakRevision *head,
                    const char  *own)
{
  return sak_consent_is_taken_back (json_object_get (sak_revision_get_fields (head), SAK_CONSENT_PATH), own);
}

/* Nearly always none, and then it does not matter who began. */
static gboolean
is_any_taken_back (GPtrArray  *heads,
                   const char *own)
{
  for (guint i = 0; i < heads->len; i++)
    if (is_head_taken_back (heads->pdata[i], own))
      return TRUE;
  return FALSE;
}

/* @heads: as stored. Where nobody is known to have begun it, the beginning has not come yet: then all
 * must say so.
 */
gboolean
sak_record_is_withdrawn (SakVault            *vault,
                         const SakRecordKey  *key,
                         GPtrArray           *heads,
                         gboolean            *ret_is_withdrawn,
                         GError             **error)
{
  g_autoptr (GHashTable) beginners = NULL;
  g_autofree char *own = NULL;
  guint n_withdrawn = 0;

  *ret_is_withdrawn = FALSE;
  if (key->origin == 0 || sak_kind_is_network (key->kind))
    return TRUE;
  own = make_own_recipient (vault);
  if (!is_any_taken_back (heads, own))
    return TRUE;
  beginners = list_beginners (vault, key, error);
  if (beginners == NULL)
    return FALSE;
  for (guint i = 0; i < heads->len; i++)
    {
      g_autofree char *author = sak_hex_encode (sak_revision_get_author (heads->pdata[i]), SAK_SIGN_PUBLIC_SIZE);

      if (g_hash_table_size (beginners) > 0 && !g_hash_table_contains (beginners, author))
        continue;
      if (!is_head_taken_back (heads->pdata[i], own))
        return TRUE;
      n_withdrawn++;
    }
  *ret_is_withdrawn = n_withdrawn > 0;
  return TRUE;
}

/* What is not shown cannot be changed either: a version on top of it would show it again. */
gboolean
sak_record_require_shown (const SakRecordKey  *key,
                          GError             **error)
{
  if (key->state != SAK_RECORD_WITHDRAWN)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the consent to this record was taken back");
  return FALSE;
}

/* The same version with nothing to be read but its consent. */
SakRevision *
sak_revision_reduce (SakRevision  *revision,
                     GError      **error)
{
  g_autoptr (GHashTable) withheld = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *line = NULL;
  const char *path;
  json_t *value;

  json_object_foreach (sak_revision_get_fields (revision), path, value)
    if (!g_str_equal (path, SAK_CONSENT_PATH))
      g_hash_table_add (withheld, (gpointer) path);
  line = sak_revision_to_line (revision, withheld);
  return sak_revision_parse_stored (line, -1, error);
}

static gboolean
forget_text (SakVault      *vault,
             SakRevision   *revision,
             GError       **error)
{
  g_autoptr (SakRevision) reduced = sak_revision_reduce (revision, error);
  g_autofree char *old_line = sak_revision_to_line (revision, NULL);
  g_autofree char *new_line = reduced != NULL ? sak_revision_to_line (reduced, NULL) : NULL;
  sak_autostmt statement = NULL;
  guint8 id[SAK_REVISION_ID_SIZE];

  if (reduced == NULL || !sak_hex_decode (sak_revision_get_id (revision), id, sizeof id))
    return FALSE;
  sak_freshness_remove (&vault->freshness, "revision", id, sizeof id, old_line, strlen (old_line));
  sak_freshness_add (&vault->freshness, "revision", id, sizeof id, new_line, strlen (new_line));
  statement = sak_db_prepare (vault->db, "UPDATE revision SET line = ?2 WHERE id = ?1");
  sak_db_bind_blob (statement, 1, id, sizeof id);
  sak_db_bind_text (statement, 2, new_line);
  return sak_db_run (vault->db, statement, error);
}

static gboolean
discard (SakVault            *vault,
         const SakRecordKey  *key,
         SakUnusedMedia      *unused,
         GError             **error)
{
  g_autoptr (GPtrArray) revisions = sak_record_load_stored (vault, key, error);
  g_autofree char *id = sak_uuid_from_bytes (key->id);

  if (revisions == NULL)
    return FALSE;
  if (key->state != SAK_RECORD_WITHDRAWN)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the record is not withdrawn");
      return FALSE;
    }
  for (guint i = 0; i < revisions->len; i++)
    if (!forget_text (vault, revisions->pdata[i], error))
      return FALSE;
  return sak_draft_remove (vault, key, error) && sak_record_set_form (vault, key, NULL, error) &&
         sak_unused_media_collect (unused, key, error) && sak_record_refresh (vault, key, error) &&
         sak_vault_log_custody (vault, "withdrawn-discarded", id, vault->name, error);
}

gboolean
sak_vault_discard_withdrawn (SakVault    *self,
                             const char  *record,
                             GError     **error)
{
  g_autoptr (SakUnusedMedia) unused = NULL;
  g_auto (SakRecordKey) key = { 0 };

  if (!sak_vault_begin (self, error))
    return FALSE;
  unused = sak_unused_media_new (self);
  if (sak_record_find (self, record, &key, error) && discard (self, &key, unused, error) &&
      sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}

gboolean
sak_vault_has_withdrawn (SakVault    *self,
                         const char  *record,
                         gboolean    *ret_has_any,
                         GError     **error)
{
  g_autoptr (GPtrArray) revisions = NULL;
  g_auto (SakRecordKey) key = { 0 };

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error))
    return FALSE;
  revisions = sak_record_load_stored (self, &key, error);
  if (revisions == NULL)
    return FALSE;
  *ret_has_any = FALSE;
  for (guint i = 0; i < revisions->len && key.state == SAK_RECORD_WITHDRAWN; i++)
    {
      const json_t *fields = sak_revision_get_fields (revisions->pdata[i]);
      gboolean has_consent = json_object_get (fields, SAK_CONSENT_PATH) != NULL;

      *ret_has_any = *ret_has_any || json_object_size (fields) > (has_consent ? 1 : 0);
    }
  return TRUE;
}

gboolean
sak_vault_was_sent (SakVault          *self,
                    const SakContact  *contact,
                    const char        *record_id,
                    gboolean          *ret_was_sent,
                    GError           **error)
{
  sak_autostmt statement = NULL;
  guint8 id[SAK_UUID_SIZE];
  gint64 found = 0;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  /* In this order: of the many entries only those of this record are looked at. */
  statement = sak_db_prepare (self->db,
                              "SELECT 1 FROM record CROSS JOIN revision ON revision.record = record.rowid"
                              " CROSS JOIN stream CROSS JOIN stream_entry"
                              " ON stream_entry.stream = stream.rowid AND stream_entry.ref = revision.id"
                              " WHERE record.id = ?1 AND stream.contact = ?2 AND stream.is_incoming = 0 LIMIT 1");
  if (sak_uuid_to_bytes (record_id, id))
    sak_db_bind_blob (statement, 1, id, sizeof id);
  sqlite3_bind_int64 (statement, 2, contact->rowid);
  if (!sak_db_get_number (self->db, statement, 0, &found, error))
    return FALSE;
  *ret_was_sent = found != 0;
  return TRUE;
}
