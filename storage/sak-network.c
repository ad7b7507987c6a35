/* sak-network.c - records that run the network: made, and what is derived of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each has one version that counts: the first that came without parents, this vault's own before all others. It is
 * never followed: who has more to say makes another record. Whatever else somebody signs under the same id is kept
 * as it came, and means nothing.
 */
#include "config.h"

#include "storage/sak-network.h"
#include "storage/sak-announcement.h"
#include "storage/sak-network-private.h"
#include "storage/sak-review-private.h"

#include <string.h>

#include "crypto/sak-hex.h"

/* All of them are filled in by the forms of this version; they are no forms that anybody fills in. */
#define NETWORK_FORM_VERSION 1

void
sak_network_get_own_key (SakVault *vault,
                         guint8    key[static SAK_SIGN_PUBLIC_SIZE])
{
  memset (key, 0, SAK_SIGN_PUBLIC_SIZE);
  if (vault->signing_seed != NULL)      /* none yet in a vault that is being rescued */
    sak_sign_get_public (vault->signing_seed, key);
}

char *
sak_network_dup_own_key (SakVault *vault)
{
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  sak_network_get_own_key (vault, key);
  return sak_hex_encode (key, sizeof key);
}

static SakRevision *
sign (SakVault      *vault,
      const char    *record_id,
      const char    *kind,
      const json_t  *fields,
      GError       **error)
{
  const SakRevisionContent content = {
    .record_id = record_id,
    .kind = kind,
    .form = kind,
    .form_version = NETWORK_FORM_VERSION,
    .time = g_get_real_time () / G_USEC_PER_SEC,
    .fields = (json_t *) fields,
  };

  return sak_revision_new (&content, vault->signing_seed, error);
}

char *
sak_network_add (SakVault      *vault,
                 const char    *kind,
                 const json_t  *fields,
                 GError       **error)
{
  g_autoptr (SakRevision) revision = NULL;
  g_auto (SakRecordKey) key = { 0 };
  g_autofree char *record_id = NULL;
  guint8 id[SAK_UUID_SIZE];
  gboolean is_new;

  sak_record_make_id (id);
  record_id = sak_uuid_from_bytes (id);
  revision = sign (vault, record_id, kind, fields, error);
  if (revision == NULL || !sak_record_insert (vault, id, kind, "", 0, &key, error) ||
      !sak_revision_store (vault, &key, revision, 0, &is_new, error) ||
      !sak_network_update (vault, &key, error) ||
      !sak_vault_log_custody (vault, "finished", sak_revision_get_id (revision), vault->name, error))
    return NULL;
  return g_steal_pointer (&record_id);
}

char *
sak_network_add_alone (SakVault      *vault,
                       const char    *kind,
                       const json_t  *fields,
                       GError       **error)
{
  g_autofree char *id = NULL;

  if (!sak_vault_begin (vault, error))
    return NULL;
  id = sak_network_add (vault, kind, fields, error);
  if (id != NULL && sak_vault_commit (vault, error))
    return g_steal_pointer (&id);
  sak_vault_rollback (vault);
  return NULL;
}

char *
sak_network_encode_key (const guint8 key[static SAK_SIGN_PUBLIC_SIZE])
{
  return sak_hex_encode (key, SAK_SIGN_PUBLIC_SIZE);
}

json_t *
sak_network_list_keys (SakVault           *vault,
                       const char *const  *names,
                       GError            **error)
{
  g_autoptr (json_t) keys = json_array ();
  guint n = names != NULL ? g_strv_length ((char **) names) : 0;

  if (n == 0 || n > SAK_MAX_ADDRESSEES)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "it is for 1 to %d contacts", SAK_MAX_ADDRESSEES);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SakContact) contact = sak_vault_find_contact (vault, names[i], error);
      g_autofree char *key = NULL;

      if (contact == NULL)
        return NULL;
      if (contact->trust == SAK_TRUST_REVOKED)
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED, "the key of a contact was revoked");
          return NULL;
        }
      key = sak_network_encode_key (contact->signing_key);
      json_array_append_new (keys, json_string (key));
    }
  return g_steal_pointer (&keys);
}

SakRevision *
sak_network_load (SakVault  *vault,
                  gint64     record,
                  GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT line FROM revision WHERE record = ?1"
                                           " ORDER BY origin IS NOT NULL, rowid");
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, record);
  while (sak_db_step (vault->db, statement, &has_row, error) && has_row)
    {
      g_autoptr (SakRevision) revision = NULL;
      const char *const *parents;
      const char *line;
      gsize size;

      line = sak_db_get_bytes (statement, 0, &size);
      revision = sak_revision_parse_stored (line, (gssize) size, error);
      if (revision == NULL)
        return NULL;
      parents = sak_revision_get_parents (revision);
      if (parents == NULL || *parents == NULL)
        return g_steal_pointer (&revision);
    }
  return NULL;
}

SakRevision *
sak_vault_load_counting (SakVault    *self,
                         const char  *record,
                         GError     **error)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (GError) local_error = NULL;
  SakRevision *revision;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error))
    return NULL;
  revision = sak_kind_is_network (key.kind) ? sak_network_load (self, key.rowid, &local_error) : NULL;
  if (revision == NULL && local_error == NULL)
    g_set_error (&local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the record has no version that counts");
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return revision;
}

static gboolean
put_addressees (SakVault            *vault,
                const SakRecordKey  *key,
                SakRevision         *revision,
                GError             **error)
{
  g_autoptr (GPtrArray) keys = sak_kind_list_addressees (sak_revision_get_fields (revision));

  for (guint i = 0; i < keys->len; i++)
    {
      sak_autostmt statement = sak_db_prepare (vault->db, "INSERT OR IGNORE INTO addressee (record, key)"
                                               " VALUES (?1, ?2)");
      guint8 bytes[SAK_SIGN_PUBLIC_SIZE];

      if (!sak_hex_decode (keys->pdata[i], bytes, sizeof bytes))
        continue;
      sqlite3_bind_int64 (statement, 1, key->rowid);
      sak_db_bind_blob (statement, 2, bytes, sizeof bytes);
      if (!sak_db_run (vault->db, statement, error))
        return FALSE;
    }
  return TRUE;
}

/* They have no title, day or place: nothing lists them by one. */
static gboolean
update_row (SakVault            *vault,
            const SakRecordKey  *key,
            GError             **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "UPDATE record SET state = ?2, code = '', changed = ?3"
                                           " WHERE rowid = ?1");

  sqlite3_bind_int64 (statement, 1, key->rowid);
  sqlite3_bind_int (statement, 2, SAK_RECORD_FINISHED);
  sqlite3_bind_int64 (statement, 3, g_get_real_time () / G_USEC_PER_SEC);
  return sak_db_run (vault->db, statement, error);
}

gboolean
sak_network_update (SakVault            *vault,
                    const SakRecordKey  *key,
                    GError             **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakRevision) revision = NULL;

  if (!update_row (vault, key, error) ||
      !sak_db_run_for_row (vault->db, "DELETE FROM addressee WHERE record = ?1", key->rowid, error))
    return FALSE;
  revision = sak_network_load (vault, key->rowid, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return (revision == NULL || put_addressees (vault, key, revision, error)) &&
         sak_announcement_update (vault, key, error) &&
         sak_thread_update (vault, key, revision, error) && sak_review_update (vault, key, revision, error);
}
