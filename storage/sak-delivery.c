/* sak-delivery.c - what of the streams has reached the other side, as lists show it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-delivery-private.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/sak-record-private.h"
#include "storage/sak-stream-private.h"

void
sak_delivery_free (SakDelivery *self)
{
  if (self == NULL)
    return;
  g_free (self->contact);
  g_free (self->kind);
  g_free (self->id);
  g_free (self->record_id);
  g_free (self);
}

void
sak_kept_receipt_free (SakKeptReceipt *self)
{
  if (self == NULL)
    return;
  g_free (self->contact);
  g_free (self->text);
  g_free (self);
}

static gboolean
note_one (SakVault      *vault,
          gint64         stream,
          const guint8  *ref,
          gint64         now,
          GError       **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "INSERT INTO delivery (stream, number, state, time)"
                                           " SELECT ?1, number, " G_STRINGIFY (SAK_DELIVERY_RECEIVED_NUMBER) ", ?3"
                                           " FROM stream_entry WHERE stream = ?1 AND ref = ?2"
                                           " ON CONFLICT (stream, number) DO UPDATE"
                                           " SET state = excluded.state, time = excluded.time"
                                           " WHERE delivery.state != excluded.state");

  sqlite3_bind_int64 (statement, 1, stream);
  sak_db_bind_blob (statement, 2, ref, SAK_SHA256_SIZE);
  sqlite3_bind_int64 (statement, 3, now);
  return sak_db_run (vault->db, statement, error);
}

gboolean
sak_delivery_note_arrived (SakVault    *vault,
                           gint64       stream,
                           guint64      before,
                           GByteArray  *ids,
                           GError     **error)
{
  sak_autostmt statement = NULL;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  for (guint i = 0; i + SAK_SHA256_SIZE <= ids->len; i += SAK_SHA256_SIZE)
    if (!note_one (vault, stream, ids->data + i, now, error))
      return FALSE;
  statement = sak_db_prepare (vault->db,
                              "INSERT INTO delivery (stream, number, state, time)"
                              " SELECT ?1, number, " G_STRINGIFY (SAK_DELIVERY_ABSENT_NUMBER) ", ?3"
                              " FROM stream_entry WHERE stream = ?1 AND number > ?2"
                              " ON CONFLICT (stream, number) DO NOTHING");
  sqlite3_bind_int64 (statement, 1, stream);
  sqlite3_bind_int64 (statement, 2, (gint64) before);
  sqlite3_bind_int64 (statement, 3, now);
  return sak_db_run (vault->db, statement, error);
}

/* Of what was sent more than once, the time it arrived counts; what was begun anew lies in a later stream. */
#define DELIVERY_COLUMNS \
  " contact.name, stream_entry.kind, stream_entry.ref, record.id, revision.is_head," \
  " ifnull (delivery.state, 0), ifnull (delivery.time, 0)"
#define DELIVERY_FROM \
  " JOIN contact ON contact.rowid = stream.contact" \
  " LEFT JOIN delivery ON delivery.stream = stream_entry.stream AND delivery.number = stream_entry.number"

static SakDelivery *
read_delivery (sqlite3_stmt *statement)
{
  SakDelivery *self = g_new0 (SakDelivery, 1);
  guint8 ref[SAK_SHA256_SIZE] = { 0 };
  guint8 record[SAK_UUID_SIZE];
  int state = sqlite3_column_int (statement, 5);

  self->contact = sak_db_dup_text (statement, 0);
  self->kind = sak_db_dup_text (statement, 1);
  if (!sak_db_copy_blob (statement, 2, ref, sizeof ref))
    memset (ref, 0, sizeof ref);
  self->id = sak_hex_encode (ref, sizeof ref);
  if (sak_db_copy_blob (statement, 3, record, sizeof record))
    self->record_id = sak_uuid_from_bytes (record);
  self->is_head = sqlite3_column_int (statement, 4) != 0;
  self->state = state > 0 && state < SAK_N_DELIVERY_STATES ? (SakDeliveryState) state : SAK_DELIVERY_SENT;
  self->time = sqlite3_column_int64 (statement, 6);
  return self;
}

/* Received is received, even where it was sent again since; else what is known of the last time. */
static void
add_delivery (GPtrArray   *list,
              GHashTable  *seen,
              SakDelivery *delivery)
{
  g_autofree char *key = g_strconcat (delivery->id, " ", delivery->contact, NULL);
  SakDelivery *known = g_hash_table_lookup (seen, key);

  if (known == NULL)
    {
      g_hash_table_insert (seen, g_steal_pointer (&key), delivery);
      g_ptr_array_add (list, delivery);
      return;
    }
  if (known->state != SAK_DELIVERY_RECEIVED)
    {
      known->state = delivery->state;
      known->time = delivery->time;
    }
  sak_delivery_free (delivery);
}

static GPtrArray *
list_deliveries (SakVault      *vault,
                 sqlite3_stmt  *statement,
                 GPtrArray     *list,
                 GHashTable    *seen,
                 GError       **error)
{
  gboolean has_row = FALSE;

  while (sak_db_step (vault->db, statement, &has_row, error))
    {
      if (!has_row)
        return list;
      add_delivery (list, seen, read_delivery (statement));
    }
  return NULL;
}

/* The streams first: there are few, and each has an index of what it lists. */
GPtrArray *
sak_vault_list_deliveries (SakVault    *self,
                           const char  *record,
                           GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_delivery_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (SakRecordKey) key = { 0 };
  sak_autostmt revisions = NULL;
  sak_autostmt media = NULL;

  if (!sak_vault_require_unlocked (self, error) || !sak_record_find (self, record, &key, error))
    return NULL;
  revisions = sak_db_prepare (self->db,
                              "SELECT" DELIVERY_COLUMNS " FROM revision CROSS JOIN stream CROSS JOIN stream_entry"
                              " ON stream_entry.stream = stream.rowid AND stream_entry.ref = revision.id"
                              " JOIN record ON record.rowid = revision.record" DELIVERY_FROM
                              " WHERE revision.record = ?1 AND stream.is_incoming = 0"
                              " ORDER BY contact.name, revision.rowid, stream.rowid, stream_entry.number");
  media = sak_db_prepare (self->db,
                          "SELECT contact.name, stream_entry.kind, stream_entry.ref, NULL, 0,"
                          " ifnull (delivery.state, 0), ifnull (delivery.time, 0)"
                          " FROM media_use CROSS JOIN stream CROSS JOIN stream_entry"
                          " ON stream_entry.stream = stream.rowid AND stream_entry.ref = media_use.sha256" DELIVERY_FROM
                          " WHERE media_use.record = ?1 AND stream.is_incoming = 0"
                          " ORDER BY contact.name, media_use.sha256, stream.rowid, stream_entry.number");
  sqlite3_bind_int64 (revisions, 1, key.rowid);
  sqlite3_bind_int64 (media, 1, key.rowid);
  if (list_deliveries (self, revisions, list, seen, error) == NULL ||
      list_deliveries (self, media, list, seen, error) == NULL)
    return NULL;
  return g_steal_pointer (&list);
}

GPtrArray *
sak_vault_list_sent (SakVault          *self,
                     const SakContact  *contact,
                     GError           **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_delivery_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sak_autostmt statement = NULL;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db,
                              "SELECT" DELIVERY_COLUMNS " FROM stream CROSS JOIN stream_entry"
                              " ON stream_entry.stream = stream.rowid" DELIVERY_FROM
                              " LEFT JOIN revision ON revision.id = stream_entry.ref"
                              " LEFT JOIN record ON record.rowid = revision.record"
                              " WHERE stream.contact = ?1 AND stream.is_incoming = 0"
                              " ORDER BY stream.rowid, stream_entry.number");
  sqlite3_bind_int64 (statement, 1, contact->rowid);
  return list_deliveries (self, statement, list, seen, error) != NULL ? g_steal_pointer (&list) : NULL;
}

GPtrArray *
sak_vault_list_receipts (SakVault          *self,
                         const SakContact  *contact,
                         GError           **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_kept_receipt_free);
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db,
                              "SELECT contact.name, receipt.text, receipt.time, receipt.arrived FROM receipt"
                              " JOIN stream ON stream.rowid = receipt.stream"
                              " JOIN contact ON contact.rowid = stream.contact"
                              " WHERE ?1 = 0 OR contact.rowid = ?1 ORDER BY receipt.rowid");
  sqlite3_bind_int64 (statement, 1, contact != NULL ? contact->rowid : 0);
  while (sak_db_step (self->db, statement, &has_row, error))
    {
      SakKeptReceipt *receipt;

      if (!has_row)
        return g_steal_pointer (&list);
      receipt = g_new0 (SakKeptReceipt, 1);
      receipt->contact = sak_db_dup_text (statement, 0);
      receipt->text = sak_db_dup_text (statement, 1);
      receipt->time = sqlite3_column_int64 (statement, 2);
      receipt->arrived = sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (list, receipt);
    }
  return NULL;
}

gboolean
sak_vault_was_received (SakVault         *self,
                        const SakStream  *stream,
                        const char       *id,
                        gboolean         *ret_was_received,
                        GError          **error)
{
  sak_autostmt statement = NULL;
  guint8 ref[SAK_SHA256_SIZE];
  gint64 n = 0;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db,
                              "SELECT count(*) FROM stream_entry CROSS JOIN delivery"
                              " ON delivery.stream = stream_entry.stream AND delivery.number = stream_entry.number"
                              " WHERE stream_entry.stream = ?1 AND stream_entry.ref = ?2"
                              " AND delivery.state = " G_STRINGIFY (SAK_DELIVERY_RECEIVED_NUMBER));
  sqlite3_bind_int64 (statement, 1, stream->rowid);
  if (sak_hex_decode (id, ref, sizeof ref))
    sak_db_bind_blob (statement, 2, ref, sizeof ref);
  if (!sak_db_get_number (self->db, statement, 0, &n, error))
    return FALSE;
  *ret_was_received = n > 0;
  return TRUE;
}

void
sak_exchange_free (SakExchange *self)
{
  if (self == NULL)
    return;
  g_free (self->contact);
  g_free (self);
}

/* What goes goes by the newest stream, what comes by the one that something came by last. */
static const char SQL_EXCHANGES[] =
  "SELECT contact.name, ifnull (o.n_entries, 0), ifnull (o.n_acknowledged, 0),"
  " (SELECT count(*) FROM delivery WHERE delivery.stream = o.rowid"
  "  AND state = " G_STRINGIFY (SAK_DELIVERY_ABSENT_NUMBER) "),"
  " (SELECT ifnull (max (arrived), 0) FROM receipt JOIN stream ON stream.rowid = receipt.stream"
  "  WHERE stream.contact = contact.rowid), ifnull (i.n_entries, 0), ifnull (i.n_acknowledged, 0),"
  " EXISTS (SELECT 1 FROM stream WHERE contact = contact.rowid AND is_incoming = 0 AND n_entries > 0) AS was_sent"
  " FROM contact"
  " LEFT JOIN stream AS o ON o.rowid = (SELECT max (rowid) FROM stream WHERE contact = contact.rowid"
  "  AND is_incoming = 0)"
  " LEFT JOIN stream AS i ON i.rowid = (SELECT bundle.stream FROM bundle JOIN stream AS s ON s.rowid = bundle.stream"
  "  WHERE s.contact = contact.rowid AND s.is_incoming = 1 ORDER BY bundle.rowid DESC LIMIT 1)"
  " WHERE was_sent OR i.rowid IS NOT NULL ORDER BY contact.name COLLATE NOCASE";

GPtrArray *
sak_vault_list_exchanges (SakVault  *self,
                          GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_exchange_free);
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, SQL_EXCHANGES);
  while (sak_db_step (self->db, statement, &has_row, error))
    {
      SakExchange *exchange;

      if (!has_row)
        return g_steal_pointer (&list);
      exchange = g_new0 (SakExchange, 1);
      exchange->contact = sak_db_dup_text (statement, 0);
      exchange->n_sent = (guint64) sqlite3_column_int64 (statement, 1);
      exchange->n_acknowledged = (guint64) sqlite3_column_int64 (statement, 2);
      exchange->n_absent = (guint64) sqlite3_column_int64 (statement, 3);
      exchange->last_receipt = sqlite3_column_int64 (statement, 4);
      exchange->n_came = (guint64) sqlite3_column_int64 (statement, 5);
      exchange->n_told = (guint64) sqlite3_column_int64 (statement, 6);
      exchange->was_sent = sqlite3_column_int (statement, 7) != 0;
      g_ptr_array_add (list, exchange);
    }
  return NULL;
}

static gboolean
begin_anew_in_transaction (SakVault          *self,
                           const SakContact  *contact,
                           GError           **error)
{
  sak_autostmt statement = sak_db_prepare (self->db, "SELECT count(*) FROM stream WHERE contact = ?1"
                                           " AND is_incoming = 0 AND n_entries > 0");
  SakStream stream = { 0 };
  gint64 n = 0;

  sqlite3_bind_int64 (statement, 1, contact->rowid);
  if (!sak_db_get_number (self->db, statement, 0, &n, error))
    return FALSE;
  if (n == 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_CONFLICT, "nothing was sent to this contact yet");
      return FALSE;
    }
  sak_random_bytes (stream.id, sizeof stream.id);
  return sak_stream_insert (self, contact->rowid, FALSE, &stream, error) &&
         sak_vault_log_custody (self, "begun-anew", contact->name, self->name, error);
}

gboolean
sak_vault_begin_anew (SakVault          *self,
                      const SakContact  *contact,
                      GError           **error)
{
  if (!sak_vault_begin (self, error))
    return FALSE;
  if (begin_anew_in_transaction (self, contact, error) && sak_vault_commit (self, error))
    return TRUE;
  sak_vault_rollback (self);
  return FALSE;
}
