/* sak-arrival.c - a bundle on its way in: all of it or nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One transaction from begin to commit. Media objects are sealed in inbox/ as they pass
 * and move to media/ just before the commit: no row is ever without its object, and what a
 * crash in between leaves goes when the vault is opened again (sak-leftovers.h).
 */
#include "config.h"

#include "storage/sak-exchange.h"

#include "crypto/sak-hex.h"
#include "storage/model/sak-kind.h"
#include "storage/sak-delivery-private.h"
#include "storage/sak-object.h"
#include "storage/sak-stream-private.h"

#include <string.h>

struct _SakArrival
{
  SakVault *vault;
  gint64 sender;
  char *sender_name;
  gboolean is_open;             /* the transaction is */
  SakObject *current;
  GPtrArray *objects;           /* sealed, not yet kept */
  GByteArray *arrived;          /* digests of all that came, one after the other */
  GHashTable *changed;          /* set of record ids, whose summaries are due at the end */
};

SakArrival *
sak_vault_begin_arrival (SakVault          *self,
                         const SakContact  *sender,
                         GError           **error)
{
  SakArrival *arrival;

  if (!sak_vault_begin (self, error))
    return NULL;
  sak_vault_begin_sparing (self);
  arrival = g_new0 (SakArrival, 1);
  arrival->vault = g_object_ref (self);
  arrival->sender = sender->rowid;
  arrival->sender_name = g_strdup (sender->name);
  arrival->is_open = TRUE;
  arrival->arrived = g_byte_array_new ();
  arrival->changed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  arrival->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_object_free);
  return arrival;
}

gboolean
sak_arrival_begin_media (SakArrival    *self,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (self->current == NULL, FALSE);

  self->current = sak_object_begin (self->vault, SAK_OBJECT_IN_INBOX, cancellable, error);
  return self->current != NULL;
}

gboolean
sak_arrival_write_media (SakArrival    *self,
                         const void    *bytes,
                         gsize          size,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_return_val_if_fail (self->current != NULL, FALSE);

  return sak_object_write (self->current, bytes, size, cancellable, error);
}

gboolean
sak_arrival_end_media (SakArrival    *self,
                       const char    *sha256,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (SakObject) object = g_steal_pointer (&self->current);
  guint8 expected[SAK_SHA256_SIZE];

  g_return_val_if_fail (object != NULL, FALSE);

  if (!sak_object_seal (object, cancellable, error))
    return FALSE;
  if (!sak_hex_decode (sha256, expected, sizeof expected) ||
      memcmp (expected, sak_object_get_sha256 (object), sizeof expected) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_FORGED, "a file is not the one that the manifest lists");
      return FALSE;
    }
  sak_object_forget_head (object);
  g_ptr_array_add (self->objects, g_steal_pointer (&object));
  return TRUE;
}

static gboolean
find_or_insert_record (SakArrival    *self,
                       SakRevision   *revision,
                       SakRecordKey  *ret_key,
                       GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  const char *code = sak_json_get_text (sak_revision_get_fields (revision), "code");
  guint8 id[SAK_UUID_SIZE];

  if (sak_record_find (self->vault, sak_revision_get_record_id (revision), ret_key, &local_error))
    {
      if (g_str_equal (ret_key->kind, sak_revision_get_kind (revision)))
        return TRUE;
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a revision changes the kind of its record");
      return FALSE;
    }
  if (!g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!sak_uuid_to_bytes (sak_revision_get_record_id (revision), id))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a revision names no record");
      return FALSE;
    }
  if (sak_kind_is_network (sak_revision_get_kind (revision)))
    code = "";                  /* nothing is found by one that somebody wrote there */
  return sak_record_insert (self->vault, id, sak_revision_get_kind (revision), code != NULL ? code : "",
                            self->sender, ret_key, error);
}

/**
 * sak_arrival_add_revision:
 * @ret_is_new: (out): FALSE where the vault has this revision already
 */
gboolean
sak_arrival_add_revision (SakArrival   *self,
                          SakRevision  *revision,
                          gboolean     *ret_is_new,
                          GError      **error)
{
  g_auto (SakRecordKey) key = { 0 };
  guint8 id[SAK_SHA256_SIZE];

  if (!find_or_insert_record (self, revision, &key, error) ||
      !sak_revision_store (self->vault, &key, revision, self->sender, ret_is_new, error))
    return FALSE;
  g_hash_table_add (self->changed, g_strdup (sak_revision_get_record_id (revision)));
  if (sak_hex_decode (sak_revision_get_id (revision), id, sizeof id))
    g_byte_array_append (self->arrived, id, sizeof id);
  return TRUE;
}

/* Once for each record: with each revision, it would cost the square of their number. */
static gboolean
refresh_records (SakArrival  *self,
                 GError     **error)
{
  GHashTableIter iter;
  gpointer record_id;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &record_id, NULL))
    {
      g_auto (SakRecordKey) key = { 0 };

      if (!sak_record_find (self->vault, record_id, &key, error) ||
          !sak_record_refresh (self->vault, &key, error) ||
          !sak_vault_log_custody (self->vault, "received", record_id, self->sender_name, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_or_insert_stream (SakArrival       *self,
                       const SakStream  *stream,
                       gint64           *ret_rowid,
                       GError          **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db,
                                           "SELECT rowid FROM stream WHERE id = ?1 AND is_incoming = 1"
                                           " AND contact = ?2");

  sak_db_bind_blob (statement, 1, stream->id, sizeof stream->id);
  sqlite3_bind_int64 (statement, 2, self->sender);
  if (!sak_db_get_number (self->vault->db, statement, 0, ret_rowid, error))
    return FALSE;
  if (*ret_rowid != 0)
    return TRUE;
  if (!sak_stream_insert (self->vault, self->sender, TRUE, stream, error))
    return FALSE;
  *ret_rowid = sqlite3_last_insert_rowid (sak_db_get_sqlite (self->vault->db));
  return TRUE;
}

static gboolean
remember_bundle (SakArrival       *self,
                 gint64            stream,
                 const SakStream  *after,
                 const guint8      digest[static SAK_SHA256_SIZE],
                 GError          **error)
{
  sak_autostmt statement = sak_db_prepare (self->vault->db,
                                           "INSERT INTO bundle (stream, sequence, digest, time)"
                                           " VALUES (?1, ?2, ?3, ?4)");
  g_autofree char *hex = sak_hex_encode (digest, SAK_SHA256_SIZE);

  sqlite3_bind_int64 (statement, 1, stream);
  sqlite3_bind_int64 (statement, 2, (gint64) after->sequence);
  sak_db_bind_blob (statement, 3, digest, SAK_SHA256_SIZE);
  sqlite3_bind_int64 (statement, 4, g_get_real_time () / G_USEC_PER_SEC);
  return sak_db_run (self->vault->db, statement, error) &&
         sak_vault_log_custody (self->vault, "received", hex, self->sender_name, error);
}

static gboolean
keep_objects (SakArrival  *self,
              GError     **error)
{
  for (guint i = 0; i < self->objects->len; i++)
    {
      SakObject *object = g_ptr_array_index (self->objects, i);
      g_autofree char *sha256 = sak_hex_encode (sak_object_get_sha256 (object), SAK_SHA256_SIZE);

      if (!sak_object_keep (object, error) ||
          !sak_vault_log_custody (self->vault, "received", sha256, self->sender_name, error))
        return FALSE;
      g_byte_array_append (self->arrived, sak_object_get_sha256 (object), SAK_SHA256_SIZE);
    }
  return TRUE;
}

/* Entries that the stream had before may have come once more, this time with their content. */
static gboolean
note_deliveries (SakArrival       *self,
                 gint64            stream,
                 const SakStream  *after,
                 GPtrArray        *new_entries,
                 GError          **error)
{
  return sak_delivery_note_arrived (self->vault, stream, after->n_entries - new_entries->len, self->arrived, error);
}

gboolean
sak_arrival_commit (SakArrival       *self,
                    const SakStream  *stream_after,
                    GPtrArray        *new_entries,
                    const guint8      bundle_digest[static SAK_SHA256_SIZE],
                    GError          **error)
{
  gint64 stream;

  g_return_val_if_fail (self->is_open && self->current == NULL, FALSE);

  if (!refresh_records (self, error) ||
      !find_or_insert_stream (self, stream_after, &stream, error) ||
      !sak_stream_append (self->vault, stream, new_entries, error) ||
      !sak_stream_advance (self->vault, stream, stream_after, error) ||
      !remember_bundle (self, stream, stream_after, bundle_digest, error) ||
      !keep_objects (self, error) || !note_deliveries (self, stream, stream_after, new_entries, error) ||
      !sak_vault_commit (self->vault, error))
    return FALSE;
  self->is_open = FALSE;
  return TRUE;
}

void
sak_arrival_free (SakArrival *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->current, sak_object_free);
  if (self->is_open)
    sak_vault_rollback (self->vault);
  sak_vault_end_sparing (self->vault);
  g_ptr_array_unref (self->objects);
  g_byte_array_unref (self->arrived);
  g_hash_table_unref (self->changed);
  g_free (self->sender_name);
  g_object_unref (self->vault);
  g_free (self);
}
