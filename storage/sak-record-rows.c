/* sak-record-rows.c - rows of records and drafts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-record-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-date.h"
#include "storage/sak-code.h"
#include "storage/sak-links-private.h"
#include "storage/sak-network-private.h"
#include "storage/sak-review-private.h"
#include "storage/sak-search-private.h"

#include <string.h>

void
sak_record_key_clear (SakRecordKey *self)
{
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->code, g_free);
}

void
sak_record_make_id (guint8 id[static SAK_UUID_SIZE])
{
  sak_random_bytes (id, SAK_UUID_SIZE);
  id[6] = (id[6] & 0x0f) | 0x40;        /* version 4 */
  id[8] = (id[8] & 0x3f) | 0x80;        /* variant of RFC 9562 */
}

static gboolean
read_key (SakVault      *vault,
          sqlite3_stmt  *statement,
          SakRecordKey  *ret_key,
          GError       **error)
{
  SakRecordKey key = { 0 };

  if (!sak_db_copy_blob (statement, 1, key.id, sizeof key.id))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a record row has an id of a wrong size");
      return FALSE;
    }
  key.rowid = sqlite3_column_int64 (statement, 0);
  key.kind = sak_db_dup_text (statement, 2);
  key.code = sak_db_dup_text (statement, 3);
  key.state = sqlite3_column_int (statement, 4);
  key.origin = sqlite3_column_int64 (statement, 5);
  key.changed = sqlite3_column_int64 (statement, 6);
  *ret_key = key;
  return TRUE;
}

#define KEY_COLUMNS "rowid, id, kind, code, state, origin, changed"

gboolean
sak_record_find (SakVault      *vault,
                 const char    *record,
                 SakRecordKey  *ret_key,
                 GError       **error)
{
  static const char by_id[] = "SELECT " KEY_COLUMNS " FROM record WHERE id = ?1";
  static const char by_code[] = "SELECT " KEY_COLUMNS " FROM record WHERE code = ?1 ORDER BY origin LIMIT 2";
  guint8 id[SAK_UUID_SIZE];
  gboolean is_id = sak_uuid_to_bytes (record, id);
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  statement = sak_db_prepare (vault->db, is_id ? by_id : by_code);
  if (is_id)
    sak_db_bind_blob (statement, 1, id, sizeof id);
  else
    sak_db_bind_text (statement, 1, record);
  if (!sak_db_step (vault->db, statement, &has_row, error))
    return FALSE;
  if (!has_row)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no such record here");
      return FALSE;
    }
  return read_key (vault, statement, ret_key, error);
}

gboolean
sak_record_insert (SakVault      *vault,
                   const guint8   id[static SAK_UUID_SIZE],
                   const char    *kind,
                   const char    *code,
                   gint64         origin,
                   SakRecordKey  *ret_key,
                   GError       **error)
{
  sak_autostmt statement = NULL;
  g_autofree char *made = code == NULL ? sak_code_make (vault, error) : g_strdup (code);

  if (made == NULL)
    return FALSE;
  statement = sak_db_prepare (vault->db,
                              "INSERT INTO record (id, kind, code, state, title, date, place, n_media, origin, changed)"
                              " VALUES (?1, ?2, ?3, 0, '', '', '', 0, ?4, 0)");
  sak_db_bind_blob (statement, 1, id, SAK_UUID_SIZE);
  sak_db_bind_text (statement, 2, kind);
  sak_db_bind_text (statement, 3, made);
  if (origin != 0)
    sqlite3_bind_int64 (statement, 4, origin);
  if (!sak_db_run (vault->db, statement, error))
    return FALSE;
  memset (ret_key, 0, sizeof *ret_key);
  ret_key->rowid = sqlite3_last_insert_rowid (sak_db_get_sqlite (vault->db));
  memcpy (ret_key->id, id, SAK_UUID_SIZE);
  ret_key->kind = g_strdup (kind);
  ret_key->code = g_steal_pointer (&made);
  ret_key->origin = origin;
  return TRUE;
}

static int
count_media (json_t *fields)
{
  const char *path;
  json_t *value;
  int count = 0;

  json_object_foreach (fields, path, value)
    if (g_str_has_prefix (path, "media/"))
      count++;
  return count;
}

gboolean
sak_record_note_media (SakVault            *vault,
                       const SakRecordKey  *key,
                       json_t              *fields,
                       GError             **error)
{
  const char *path;
  json_t *value;

  if (sak_kind_is_network (key->kind))
    return TRUE;                /* they have no files: what somebody wrote there keeps none */
  json_object_foreach (fields, path, value)
    {
      const char *sha256 = g_str_has_prefix (path, "media/") ? sak_json_get_text (value, "sha256") : NULL;
      sak_autostmt statement = NULL;
      guint8 digest[32];

      if (sha256 == NULL || !sak_hex_decode (sha256, digest, sizeof digest))
        continue;
      statement = sak_db_prepare (vault->db, "INSERT OR IGNORE INTO media_use (sha256, record) VALUES (?1, ?2)");
      sak_db_bind_blob (statement, 1, digest, sizeof digest);
      sqlite3_bind_int64 (statement, 2, key->rowid);
      if (!sak_db_run (vault->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* A record of a kind that this program does not know yet still needs a line in the list. */
static char *
make_title (const SakForm *form,
            const json_t  *fields)
{
  const char *title = sak_json_get_text (fields, "title");

  if (form != NULL)
    return sak_form_get_title (form, fields);
  return g_strdup (title != NULL ? title : "");
}

static gboolean
update_case (SakVault            *vault,
             const SakRecordKey  *key,
             json_t              *fields,
             SakRecordState       state,
             GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "UPDATE record SET state = ?2, title = ?3, date = ?4, latest_day = ?5,"
                                           " place = ?6, n_media = ?7, changed = ?8 WHERE rowid = ?1");
  g_autoptr (SakForm) foreign = sak_record_find_foreign_form (vault, key);
  const SakForm *form = foreign != NULL ? foreign : sak_form_get (key->kind);
  g_autofree char *title = make_title (form, fields);
  const char *edtf = sak_form_get_date (form, fields);
  const char *place = sak_form_get_place (form, fields);
  SakDateSpan span;

  sqlite3_bind_int64 (statement, 1, key->rowid);
  sqlite3_bind_int (statement, 2, state);
  sak_db_bind_text (statement, 3, title);
  sak_db_bind_text (statement, 4, edtf != NULL ? edtf : "");
  if (edtf != NULL && sak_date_parse (edtf, &span, NULL))
    sqlite3_bind_int64 (statement, 5, span.latest_day);
  sak_db_bind_text (statement, 6, place != NULL ? place : "");
  sqlite3_bind_int (statement, 7, count_media (fields));
  sqlite3_bind_int64 (statement, 8, g_get_real_time () / G_USEC_PER_SEC);
  return sak_db_run (vault->db, statement, error) && sak_record_note_media (vault, key, fields, error) &&
         sak_links_update (vault, key, fields, error) &&
         sak_person_names_update (vault, key, state, fields, error) &&
         sak_search_update (vault, key, state, title, edtf, fields, error) &&
         sak_review_note_arrival (vault, key, fields, error);
}

gboolean
sak_record_update_summary (SakVault            *vault,
                           const SakRecordKey  *key,
                           json_t              *fields,
                           SakRecordState       state,
                           GError             **error)
{
  if (sak_kind_is_network (key->kind))
    return sak_network_update (vault, key, error);
  return update_case (vault, key, fields, state, error);
}

/* The draft's row as it is stored, or NULL where there is none. */
static char *
read_draft (SakVault            *vault,
            const SakRecordKey  *key,
            char               **ret_base,
            gboolean            *ret_exists,
            GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT base, fields FROM draft WHERE record = ?1");
  guint8 base[SAK_REVISION_ID_SIZE];

  *ret_exists = FALSE;
  sqlite3_bind_int64 (statement, 1, key->rowid);
  if (!sak_db_step (vault->db, statement, ret_exists, error) || !*ret_exists)
    return NULL;
  if (ret_base != NULL)
    *ret_base = sak_db_copy_blob (statement, 0, base, sizeof base) ? sak_hex_encode (base, sizeof base) : NULL;
  return sak_db_dup_text (statement, 1);
}

gboolean
sak_draft_load (SakVault            *vault,
                const SakRecordKey  *key,
                char               **ret_base,
                json_t             **ret_fields,
                GError             **error)
{
  g_autofree char *base = NULL;
  g_autofree char *text = NULL;
  gboolean exists;
  json_t *fields = NULL;
  g_autoptr (GError) local_error = NULL;

  text = read_draft (vault, key, &base, &exists, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (exists && (fields = sak_json_parse (text, -1, error)) == NULL)
    return FALSE;
  *ret_base = g_steal_pointer (&base);
  *ret_fields = fields;
  return TRUE;
}

gboolean
sak_draft_load_shown (SakVault            *vault,
                      const SakRecordKey  *key,
                      char               **ret_base,
                      json_t             **ret_fields,
                      GError             **error)
{
  if (key->state != SAK_RECORD_WITHDRAWN)
    return sak_draft_load (vault, key, ret_base, ret_fields, error);
  *ret_base = NULL;
  *ret_fields = NULL;
  return TRUE;
}

gboolean
sak_draft_remove (SakVault            *vault,
                  const SakRecordKey  *key,
                  GError             **error)
{
  g_autofree char *old = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean exists;

  old = read_draft (vault, key, NULL, &exists, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!exists)
    return TRUE;
  sak_freshness_remove (&vault->freshness, "draft", key->id, sizeof key->id, old, strlen (old));
  return sak_db_run_for_row (vault->db, "DELETE FROM draft WHERE record = ?1", key->rowid, error);
}

gboolean
sak_draft_store (SakVault            *vault,
                 const SakRecordKey  *key,
                 const char          *base,
                 json_t              *fields,
                 GError             **error)
{
  sak_autostmt statement = NULL;
  g_autofree char *text = sak_json_to_canonical (fields);
  guint8 base_id[SAK_REVISION_ID_SIZE];

  if (!sak_draft_remove (vault, key, error))
    return FALSE;
  statement = sak_db_prepare (vault->db,
                              "INSERT INTO draft (record, base, fields, changed) VALUES (?1, ?2, ?3, ?4)");
  sqlite3_bind_int64 (statement, 1, key->rowid);
  if (base != NULL && sak_hex_decode (base, base_id, sizeof base_id))
    sak_db_bind_blob (statement, 2, base_id, sizeof base_id);
  sak_db_bind_text (statement, 3, text);
  sqlite3_bind_int64 (statement, 4, g_get_real_time () / G_USEC_PER_SEC);
  sak_freshness_add (&vault->freshness, "draft", key->id, sizeof key->id, text, strlen (text));
  return sak_db_run (vault->db, statement, error);
}

/* A record that cannot be read is the check's to find; for the others it is done. */
gboolean
sak_record_derive_all (SakVault       *vault,
                       const char     *kind,
                       SakDeriveFunc   derive,
                       GError        **error)
{
  g_autoptr (GArray) rowids = sak_vault_list_rowids (vault, kind, SAK_SORT_CHANGED, error);

  for (guint i = 0; rowids != NULL && i < rowids->len; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (derive (vault, g_array_index (rowids, gint64, i), &local_error))
        continue;
      if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_DAMAGED) &&
          !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_INVALID))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return rowids != NULL;
}
