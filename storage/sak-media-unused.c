/* sak-media-unused.c - content that was taken in and never became part of a record goes again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A photo added by mistake must be removable for good: a wrong face in a vault is a danger.
 * While a draft is open nothing goes, so that removing it can be undone; when the draft is
 * finished or thrown away, what it had taken in and nothing refers to any more is deleted.
 * What any finished revision names, of whichever record, is evidence and stays.
 */
#include "config.h"

#include "storage/sak-record-private.h"

#include <string.h>

#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "storage/sak-leftovers.h"

struct _SakUnusedMedia
{
  SakVault *vault;
  GPtrArray *objects;           /* names of those whose rows are gone */
};

SakUnusedMedia *
sak_unused_media_new (SakVault *vault)
{
  SakUnusedMedia *self = g_new0 (SakUnusedMedia, 1);

  self->vault = g_object_ref (vault);
  self->objects = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* After the transaction, which decides: an object whose row is still there stays. */
void
sak_unused_media_free (SakUnusedMedia *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->objects->len; i++)
    sak_leftovers_settle (self->vault, self->objects->pdata[i]);
  g_ptr_array_unref (self->objects);
  g_object_unref (self->vault);
  g_free (self);
}

/* @sha256s: a set of hexadecimal digests; @fields: (nullable) */
static void
collect (GHashTable *sha256s,
         json_t     *fields)
{
  const char *path;
  json_t *value;

  json_object_foreach (fields, path, value)
    {
      const char *sha256 = g_str_has_prefix (path, "media/") ? sak_json_get_text (value, "sha256") : NULL;

      if (sha256 != NULL)
        g_hash_table_add (sha256s, g_strdup (sha256));
    }
}

static void
collect_from_revisions (GHashTable *sha256s,
                        GPtrArray  *revisions)
{
  for (guint i = 0; i < revisions->len; i++)
    collect (sha256s, sak_revision_get_fields (revisions->pdata[i]));
}

/* What the record refers to as it stands now, whether or not that may be shown. */
static GHashTable *
collect_present (SakVault            *vault,
                 const SakRecordKey  *key,
                 GError             **error)
{
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) heads = sak_record_load_stored_heads (vault, key, error);
  g_autoptr (json_t) draft = NULL;
  g_autofree char *base = NULL;

  if (heads == NULL || !sak_draft_load (vault, key, &base, &draft, error))
    return NULL;
  collect_from_revisions (kept, heads);
  collect (kept, draft);
  return g_steal_pointer (&kept);
}

static gboolean
contains_all (GHashTable *kept,
              GPtrArray  *sha256s)
{
  for (guint i = 0; i < sha256s->len; i++)
    if (!g_hash_table_contains (kept, sha256s->pdata[i]))
      return FALSE;
  return TRUE;
}

/* … and as it ever stood; a long history is read only where that matters. */
static gboolean
add_past (SakVault            *vault,
          const SakRecordKey  *key,
          GHashTable          *kept,
          GError             **error)
{
  g_autoptr (GPtrArray) revisions = sak_record_load_stored (vault, key, error);

  if (revisions == NULL)
    return FALSE;
  collect_from_revisions (kept, revisions);
  return TRUE;
}

static GPtrArray *
list_uses (SakVault            *vault,
           const SakRecordKey  *key,
           GError             **error)
{
  g_autoptr (GPtrArray) sha256s = g_ptr_array_new_with_free_func (g_free);
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT sha256 FROM media_use WHERE record = ?1");
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, key->rowid);
  for (;;)
    {
      guint8 digest[SAK_SHA256_SIZE];

      if (!sak_db_step (vault->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&sha256s);
      if (sak_db_copy_blob (statement, 0, digest, sizeof digest))
        g_ptr_array_add (sha256s, sak_hex_encode (digest, sizeof digest));
    }
}

/* Its use by this record; then, where no other record uses it, the content itself. The mark
 * is set before the row goes, so that a crash in between leaves nothing behind.
 */
static gboolean
forget (SakUnusedMedia      *self,
        const SakRecordKey  *key,
        const char          *sha256,
        GError             **error)
{
  SakDb *db = self->vault->db;
  sak_autostmt use = sak_db_prepare (db, "DELETE FROM media_use WHERE sha256 = ?1 AND record = ?2");
  sak_autostmt find = sak_db_prepare (db, "SELECT object FROM media WHERE sha256 = ?1"
                                      " AND NOT EXISTS (SELECT 1 FROM media_use WHERE media_use.sha256 = ?1)");
  sak_autostmt row = sak_db_prepare (db, "DELETE FROM media WHERE sha256 = ?1");
  g_autofree char *object = NULL;
  guint8 digest[SAK_SHA256_SIZE];
  gboolean has_row = FALSE;

  if (!sak_hex_decode (sha256, digest, sizeof digest))
    return TRUE;
  sak_db_bind_blob (use, 1, digest, sizeof digest);
  sqlite3_bind_int64 (use, 2, key->rowid);
  sak_db_bind_blob (find, 1, digest, sizeof digest);
  sak_db_bind_blob (row, 1, digest, sizeof digest);
  if (!sak_db_run (db, use, error) || !sak_db_step (db, find, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  object = sak_db_dup_text (find, 0);
  if (!sak_leftovers_mark (self->vault, object, error))
    return FALSE;
  sak_freshness_remove (&self->vault->freshness, "media", digest, sizeof digest, object, strlen (object));
  g_ptr_array_add (self->objects, g_strdup (object));
  return sak_db_run (db, row, error) &&
         sak_vault_log_custody (self->vault, "removed-unused", sha256, self->vault->name, error);
}

/**
 * sak_unused_media_collect:
 *
 * Inside a transaction that ends a draft, after the draft is gone.
 */
gboolean
sak_unused_media_collect (SakUnusedMedia      *self,
                          const SakRecordKey  *key,
                          GError             **error)
{
  g_autoptr (GPtrArray) uses = list_uses (self->vault, key, error);
  g_autoptr (GHashTable) kept = NULL;

  if (uses == NULL)
    return FALSE;
  if (uses->len == 0)
    return TRUE;
  kept = collect_present (self->vault, key, error);
  if (kept == NULL)
    return FALSE;
  if (contains_all (kept, uses))
    return TRUE;
  if (!add_past (self->vault, key, kept, error))
    return FALSE;
  for (guint i = 0; i < uses->len; i++)
    if (!g_hash_table_contains (kept, uses->pdata[i]) && !forget (self, key, uses->pdata[i], error))
      return FALSE;
  return TRUE;
}
