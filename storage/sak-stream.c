/* sak-stream.c - the numbered lists of what was sent and what arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-exchange.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-kind.h"
#include "storage/sak-delivery.h"
#include "storage/sak-stream-private.h"

#include <string.h>

#define CHAIN_PREFIX "sakkhi-stream-v1"

void
sak_stream_entry_free (SakStreamEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->id);
  g_free (self);
}

void
sak_stream_chain (const guint8  previous[static SAK_SHA256_SIZE],
                  guint64       number,
                  const char   *kind,
                  const char   *id,
                  guint8        ret_chain[static SAK_SHA256_SIZE])
{
  g_autoptr (json_t) entry = json_pack ("{s:s, s:s, s:I}", "id", id, "kind", kind, "n", (json_int_t) number);
  g_autofree char *text = NULL;
  SakSha256 hash;

  g_assert (entry != NULL);
  text = sak_json_to_canonical (entry);
  sak_sha256_init (&hash);
  sak_sha256_update (&hash, CHAIN_PREFIX, sizeof CHAIN_PREFIX);
  sak_sha256_update (&hash, previous, SAK_SHA256_SIZE);
  sak_sha256_update (&hash, text, strlen (text));
  sak_sha256_finish (&hash, ret_chain);
}

#define STREAM_COLUMNS "id, sequence, n_entries, n_acknowledged, head, rowid"

static gboolean
read_stream (sqlite3_stmt  *statement,
             SakStream     *ret_stream,
             GError       **error)
{
  SakStream stream = { 0 };

  stream.sequence = (guint64) sqlite3_column_int64 (statement, 1);
  stream.n_entries = (guint64) sqlite3_column_int64 (statement, 2);
  stream.n_acknowledged = (guint64) sqlite3_column_int64 (statement, 3);
  stream.rowid = sqlite3_column_int64 (statement, 5);
  if (!sak_db_copy_blob (statement, 0, stream.id, sizeof stream.id) ||
      !sak_db_copy_blob (statement, 4, stream.head, sizeof stream.head))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a stream's row is damaged");
      return FALSE;
    }
  *ret_stream = stream;
  return TRUE;
}

gboolean
sak_stream_insert (SakVault         *vault,
                   gint64            contact,
                   gboolean          is_incoming,
                   const SakStream  *stream,
                   GError          **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "INSERT INTO stream (id, contact, is_incoming, sequence, n_entries,"
                                           " n_acknowledged, head) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

  sak_db_bind_blob (statement, 1, stream->id, sizeof stream->id);
  sqlite3_bind_int64 (statement, 2, contact);
  sqlite3_bind_int (statement, 3, is_incoming);
  sqlite3_bind_int64 (statement, 4, (gint64) stream->sequence);
  sqlite3_bind_int64 (statement, 5, (gint64) stream->n_entries);
  sqlite3_bind_int64 (statement, 6, (gint64) stream->n_acknowledged);
  sak_db_bind_blob (statement, 7, stream->head, sizeof stream->head);
  return sak_db_run (vault->db, statement, error);
}

static gboolean
begin_outgoing (SakVault          *self,
                const SakContact  *contact,
                SakStream         *ret_stream,
                GError           **error)
{
  SakStream stream = { 0 };

  sak_random_bytes (stream.id, sizeof stream.id);
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (sak_stream_insert (self, contact->rowid, FALSE, &stream, error))
    {
      stream.rowid = sqlite3_last_insert_rowid (sak_db_get_sqlite (self->db));
      *ret_stream = stream;
      if (sak_vault_commit (self, error))
        return TRUE;
    }
  sak_vault_rollback (self);
  return FALSE;
}

static GArray *
list_recipients (SakVault  *vault,
                 GError   **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT DISTINCT contact FROM stream WHERE is_incoming = 0");

  return sak_db_list_numbers (vault->db, statement, error);
}

/* For a vault that was put back to an earlier state: what it sent since is forgotten here
 * and known there, so that to go on would tell a second history. A new stream tells a
 * new one, from its beginning; the old one stays for the record.
 */
gboolean
sak_stream_begin_anew (SakVault  *vault,
                       GError   **error)
{
  g_autoptr (GArray) contacts = list_recipients (vault, error);

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    {
      SakStream stream = { 0 };

      sak_random_bytes (stream.id, sizeof stream.id);
      if (!sak_stream_insert (vault, g_array_index (contacts, gint64, i), FALSE, &stream, error))
        return FALSE;
    }
  return contacts != NULL;
}

gboolean
sak_vault_get_outgoing_stream (SakVault          *self,
                               const SakContact  *contact,
                               SakStream         *ret_stream,
                               GError           **error)
{
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db, "SELECT " STREAM_COLUMNS " FROM stream"
                              " WHERE contact = ?1 AND is_incoming = 0 ORDER BY rowid DESC LIMIT 1");
  sqlite3_bind_int64 (statement, 1, contact->rowid);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  if (has_row)
    return read_stream (statement, ret_stream, error);
  sqlite3_reset (statement);
  return begin_outgoing (self, contact, ret_stream, error);
}

gboolean
sak_vault_get_incoming_stream (SakVault          *self,
                               const SakContact  *contact,
                               const guint8       stream_id[static SAK_STREAM_ID_SIZE],
                               SakStream         *ret_stream,
                               GError           **error)
{
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db, "SELECT " STREAM_COLUMNS " FROM stream"
                              " WHERE is_incoming = 1 AND id = ?1 AND contact = ?2");
  sak_db_bind_blob (statement, 1, stream_id, SAK_STREAM_ID_SIZE);
  sqlite3_bind_int64 (statement, 2, contact->rowid);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  if (has_row)
    return read_stream (statement, ret_stream, error);
  memset (ret_stream, 0, sizeof *ret_stream);
  memcpy (ret_stream->id, stream_id, SAK_STREAM_ID_SIZE);
  return TRUE;
}

static gboolean
find_stream_rowid (SakVault      *self,
                   const guint8  *stream_id,
                   gboolean       is_incoming,
                   gint64        *ret_rowid,
                   GError       **error)
{
  sak_autostmt statement = sak_db_prepare (self->db,
                                           "SELECT rowid FROM stream WHERE id = ?1 AND is_incoming = ?2");

  sak_db_bind_blob (statement, 1, stream_id, SAK_STREAM_ID_SIZE);
  sqlite3_bind_int (statement, 2, is_incoming);
  return sak_db_get_number (self->db, statement, 0, ret_rowid, error);
}

static SakStreamEntry *
read_entry (sqlite3_stmt  *statement,
            GError       **error)
{
  g_autoptr (SakStreamEntry) entry = g_new0 (SakStreamEntry, 1);
  guint8 ref[SAK_SHA256_SIZE];

  entry->number = (guint64) sqlite3_column_int64 (statement, 0);
  entry->kind = sak_db_dup_text (statement, 1);
  if (sak_db_copy_blob (statement, 2, ref, sizeof ref) &&
      sak_db_copy_blob (statement, 3, entry->chain, sizeof entry->chain))
    {
      entry->id = sak_hex_encode (ref, sizeof ref);
      return g_steal_pointer (&entry);
    }
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a stream's entry is damaged");
  return NULL;
}

/* Of an outgoing or an incoming stream; empty where the stream is not known. */
GPtrArray *
sak_vault_list_stream_entries (SakVault         *self,
                               const SakStream  *stream,
                               guint64           after,
                               GError          **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_stream_entry_free);
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, "SELECT number, kind, ref, chain FROM stream_entry"
                              " WHERE stream = ?1 AND number > ?2 ORDER BY number");
  sqlite3_bind_int64 (statement, 1, stream->rowid);
  sqlite3_bind_int64 (statement, 2, (gint64) MIN (after, (guint64) G_MAXINT64));
  for (;;)
    {
      SakStreamEntry *entry;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row)
        return g_steal_pointer (&entries);
      entry = read_entry (statement, error);
      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }
}

/* Records of the network go to those to whom they are addressed; for the others they are not due. But a form that was
 * brought in here, which is for nobody, goes to all: records that were written by it are shown by it there.
 */
#define SQL_IS_FOR_THEM \
  "(record.kind NOT IN " SAK_SQL_NETWORK_KINDS " OR EXISTS (SELECT 1 FROM addressee WHERE addressee.record =" \
  " record.rowid AND addressee.key = (SELECT signing_key FROM stream JOIN contact ON contact.rowid = stream.contact" \
  " WHERE stream.rowid = ?1)) OR (record.kind = '" SAK_KIND_FORM "'" \
  " AND NOT EXISTS (SELECT 1 FROM addressee WHERE addressee.record = record.rowid)))"

/* What the receiver has but the entry of was sent in vain, too. */
#define SQL_UNSENT \
  "SELECT revision.id FROM revision JOIN record ON record.rowid = revision.record" \
  " WHERE NOT EXISTS (SELECT 1 FROM stream_entry WHERE stream = ?1 AND ref = revision.id" \
  " AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.stream = ?1 AND delivery.number = stream_entry.number" \
  " AND delivery.state = " G_STRINGIFY (SAK_DELIVERY_ABSENT_NUMBER) "))"

/* … but for what tells that consent was taken back, to whoever was sent the record from here. */
#define SQL_PASSED_ON \
  "record.state = " G_STRINGIFY (SAK_RECORD_WITHDRAWN_NUMBER) " AND EXISTS (SELECT 1 FROM revision AS sent" \
  " CROSS JOIN stream_entry ON stream = ?1 AND stream_entry.ref = sent.id WHERE sent.record = record.rowid)"

static gboolean
append_unsent (SakVault      *self,
               gint64         stream,
               const char    *record,
               GPtrArray     *ids,
               GError       **error)
{
  /* What came from others is not passed on by itself: only when a record is named. */
  sak_autostmt statement = sak_db_prepare (self->db, record == NULL
                                           ? SQL_UNSENT " AND (revision.origin IS NULL OR " SQL_PASSED_ON ")"
                                             " AND " SQL_IS_FOR_THEM " ORDER BY revision.rowid"
                                           : SQL_UNSENT " AND record.rowid = ?2 ORDER BY revision.rowid");
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, stream);
  if (record != NULL)
    {
      g_auto (SakRecordKey) key = { 0 };

      if (!sak_record_find (self, record, &key, error))
        return FALSE;
      sqlite3_bind_int64 (statement, 2, key.rowid);
    }
  for (;;)
    {
      if (!sak_db_step (self->db, statement, &has_row, error))
        return FALSE;
      if (!has_row)
        return TRUE;
      g_ptr_array_add (ids, sak_hex_encode (sqlite3_column_blob (statement, 0),
                                            sqlite3_column_bytes (statement, 0)));
    }
}

GPtrArray *
sak_vault_list_unsent (SakVault           *self,
                       const guint8        stream_id[static SAK_STREAM_ID_SIZE],
                       const char *const  *record_ids,
                       GError            **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  gint64 stream;

  if (!sak_vault_require_unlocked (self, error) ||
      !find_stream_rowid (self, stream_id, FALSE, &stream, error))
    return NULL;
  if (record_ids == NULL)
    return append_unsent (self, stream, NULL, ids, error) ? g_steal_pointer (&ids) : NULL;
  for (; *record_ids != NULL; record_ids++)
    if (!append_unsent (self, stream, *record_ids, ids, error))
      return NULL;
  return g_steal_pointer (&ids);
}

/* A question or an answer was put into a bundle for whoever it is for; see sak-thread-count.c. */
static gboolean
note_sent (SakVault      *vault,
           gint64         stream,
           const guint8   ref[static SAK_SHA256_SIZE],
           GError       **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "UPDATE talk SET is_sent = 1 WHERE revision = ?2 AND addressee ="
                                           " (SELECT signing_key FROM stream CROSS JOIN contact"
                                           " ON contact.rowid = stream.contact"
                                           " WHERE stream.rowid = ?1 AND stream.is_incoming = 0)");

  sqlite3_bind_int64 (statement, 1, stream);
  sak_db_bind_blob (statement, 2, ref, SAK_SHA256_SIZE);
  return sak_db_run (vault->db, statement, error);
}

gboolean
sak_stream_append (SakVault   *vault,
                   gint64      stream,
                   GPtrArray  *entries,
                   GError    **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const SakStreamEntry *entry = g_ptr_array_index (entries, i);
      sak_autostmt statement = sak_db_prepare (vault->db,
                                               "INSERT INTO stream_entry (stream, number, kind, ref, chain)"
                                               " VALUES (?1, ?2, ?3, ?4, ?5)");
      guint8 ref[SAK_SHA256_SIZE];

      if (!sak_hex_decode (entry->id, ref, sizeof ref))
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "a stream entry names no digest");
          return FALSE;
        }
      sqlite3_bind_int64 (statement, 1, stream);
      sqlite3_bind_int64 (statement, 2, (gint64) entry->number);
      sak_db_bind_text (statement, 3, entry->kind);
      sak_db_bind_blob (statement, 4, ref, sizeof ref);
      sak_db_bind_blob (statement, 5, entry->chain, sizeof entry->chain);
      if (!sak_db_run (vault->db, statement, error) || !note_sent (vault, stream, ref, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sak_stream_advance (SakVault         *vault,
                    gint64            stream,
                    const SakStream  *after,
                    GError          **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "UPDATE stream SET sequence = ?2, n_entries = ?3, head = ?4,"
                                           " n_acknowledged = ?5 WHERE rowid = ?1");

  sqlite3_bind_int64 (statement, 1, stream);
  sqlite3_bind_int64 (statement, 2, (gint64) after->sequence);
  sqlite3_bind_int64 (statement, 3, (gint64) after->n_entries);
  sak_db_bind_blob (statement, 4, after->head, sizeof after->head);
  sqlite3_bind_int64 (statement, 5, (gint64) after->n_acknowledged);
  return sak_db_run (vault->db, statement, error);
}

gboolean
sak_stream_load (SakVault   *vault,
                 gint64      rowid,
                 SakStream  *ret_stream,
                 GError    **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT " STREAM_COLUMNS " FROM stream WHERE rowid = ?1");
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  if (!sak_db_step (vault->db, statement, &has_row, error))
    return FALSE;
  if (has_row)
    return read_stream (statement, ret_stream, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "there is no such stream");
  return FALSE;
}

/* To whom, for each version and file. */
static gboolean
log_sent (SakVault   *self,
          gint64      stream,
          GPtrArray  *entries,
          GError    **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT contact FROM stream WHERE rowid = ?1");
  g_autofree char *name = NULL;
  gint64 contact;

  sqlite3_bind_int64 (statement, 1, stream);
  if (!sak_db_get_number (self->db, statement, 0, &contact, error))
    return FALSE;
  name = sak_contact_dup_name (self, contact);
  for (guint i = 0; i < entries->len; i++)
    {
      const SakStreamEntry *entry = g_ptr_array_index (entries, i);

      if (!sak_vault_log_custody (self, "sent", entry->id, name != NULL ? name : "", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
commit_sent_in_transaction (SakVault      *self,
                            const guint8  *stream_id,
                            guint64        sequence,
                            GPtrArray     *entries,
                            GError       **error)
{
  g_autofree char *id = sak_hex_encode (stream_id, SAK_STREAM_ID_SIZE);
  SakStream stream;
  gint64 rowid;

  if (!find_stream_rowid (self, stream_id, FALSE, &rowid, error) ||
      !sak_stream_load (self, rowid, &stream, error))
    return FALSE;
  stream.sequence = sequence;
  if (entries->len > 0)
    {
      const SakStreamEntry *last = g_ptr_array_index (entries, entries->len - 1);

      stream.n_entries = last->number;
      memcpy (stream.head, last->chain, sizeof stream.head);
    }
  return sak_stream_append (self, rowid, entries, error) &&
         sak_stream_advance (self, rowid, &stream, error) &&
         log_sent (self, rowid, entries, error) &&
         sak_vault_log_custody (self, "sent", id, self->name, error);
}

gboolean
sak_vault_commit_sent (SakVault      *self,
                       const guint8   stream_id[static SAK_STREAM_ID_SIZE],
                       guint64        sequence,
                       GPtrArray     *entries,
                       GError       **error)
{
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (commit_sent_in_transaction (self, stream_id, sequence, entries, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
