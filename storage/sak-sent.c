/* sak-sent.c - what was sent to a contact and what came, a stretch at a time, the latest first
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-sent.h"

#include "crypto/sak-hex.h"
#include "storage/model/sak-kind.h"
#include "storage/sak-record-private.h"
#include "storage/sak-stream-private.h"

/* Records of cases. A version counts by where it was sent last, and a record by its version sent last. Received is
 * received, even where it was sent again since. One row more than is asked for tells whether there is an end.
 */
static const char SQL_SENT[] =
  "SELECT e.stream, e.number, contact.name, e.ref, record.id, revision.is_head,"
  " ifnull (delivery.state, 0), ifnull (delivery.time, 0),"
  " (SELECT d.time FROM stream AS s CROSS JOIN stream_entry AS o ON o.stream = s.rowid AND o.ref = e.ref"
  "  CROSS JOIN delivery AS d ON d.stream = o.stream AND d.number = o.number"
  "  WHERE s.contact = ?1 AND s.is_incoming = 0 AND d.state = " G_STRINGIFY (SAK_DELIVERY_RECEIVED_NUMBER) " LIMIT 1)"
  " FROM stream CROSS JOIN stream_entry AS e ON e.stream = stream.rowid"
  " JOIN revision ON revision.id = e.ref JOIN record ON record.rowid = revision.record"
  " JOIN contact ON contact.rowid = stream.contact"
  " LEFT JOIN delivery ON delivery.stream = e.stream AND delivery.number = e.number"
  " WHERE stream.contact = ?1 AND stream.is_incoming = 0 AND e.kind = 'revision'"
  " AND record.kind NOT IN " SAK_SQL_NETWORK_KINDS
  " AND (?2 = 0 OR e.stream < ?2 OR (e.stream = ?2 AND e.number < ?3))"
  " AND NOT EXISTS (SELECT 1 FROM revision AS r CROSS JOIN stream AS s"
  "  CROSS JOIN stream_entry AS o ON o.stream = s.rowid AND o.ref = r.id"
  "  WHERE r.record = revision.record AND s.contact = ?1 AND s.is_incoming = 0"
  "  AND (o.stream > e.stream OR (o.stream = e.stream AND o.number > e.number)))"
  " ORDER BY stream.rowid DESC, e.number DESC LIMIT ?4";

static SakDelivery *
read_sent (sqlite3_stmt *statement)
{
  SakDelivery *self = g_new0 (SakDelivery, 1);
  guint8 ref[SAK_SHA256_SIZE] = { 0 };
  guint8 record[SAK_UUID_SIZE];
  int state = sqlite3_column_int (statement, 6);

  self->contact = sak_db_dup_text (statement, 2);
  self->kind = g_strdup ("revision");
  (void) !sak_db_copy_blob (statement, 3, ref, sizeof ref);
  self->id = sak_hex_encode (ref, sizeof ref);
  if (sak_db_copy_blob (statement, 4, record, sizeof record))
    self->record_id = sak_uuid_from_bytes (record);
  self->is_head = sqlite3_column_int (statement, 5) != 0;
  self->state = state > 0 && state < SAK_N_DELIVERY_STATES ? (SakDeliveryState) state : SAK_DELIVERY_SENT;
  self->time = sqlite3_column_int64 (statement, 7);
  if (sqlite3_column_type (statement, 8) != SQLITE_NULL)
    {
      self->state = SAK_DELIVERY_RECEIVED;
      self->time = sqlite3_column_int64 (statement, 8);
    }
  return self;
}

GPtrArray *
sak_vault_list_sent_records (SakVault          *self,
                             const SakContact  *contact,
                             SakSentPlace      *place,
                             guint              most,
                             gboolean          *ret_is_end,
                             GError           **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_delivery_free);
  sak_autostmt statement = NULL;
  gboolean has_row = TRUE;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db, SQL_SENT);
  sqlite3_bind_int64 (statement, 1, contact->rowid);
  sqlite3_bind_int64 (statement, 2, place->stream);
  sqlite3_bind_int64 (statement, 3, place->number);
  sqlite3_bind_int64 (statement, 4, (gint64) most + 1);
  while (list->len < most + 1)
    {
      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row || list->len == most)
        break;
      place->stream = sqlite3_column_int64 (statement, 0);
      place->number = sqlite3_column_int64 (statement, 1);
      g_ptr_array_add (list, read_sent (statement));
    }
  *ret_is_end = !has_row;
  return g_steal_pointer (&list);
}

void
sak_came_bundle_free (SakCameBundle *self)
{
  if (self == NULL)
    return;
  g_free (self->contact);
  g_free (self);
}

GPtrArray *
sak_vault_list_came (SakVault  *self,
                     gint64    *before,
                     guint      most,
                     gboolean  *ret_is_end,
                     GError   **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_came_bundle_free);
  sak_autostmt statement = NULL;
  gboolean has_row = TRUE;

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  statement = sak_db_prepare (self->db,
                              "SELECT bundle.rowid, contact.name, bundle.sequence, bundle.time FROM bundle"
                              " JOIN stream ON stream.rowid = bundle.stream"
                              " JOIN contact ON contact.rowid = stream.contact"
                              " WHERE stream.is_incoming = 1 AND (?1 = 0 OR bundle.rowid < ?1)"
                              " ORDER BY bundle.rowid DESC LIMIT ?2");
  sqlite3_bind_int64 (statement, 1, *before);
  sqlite3_bind_int64 (statement, 2, (gint64) most + 1);
  while (list->len < most + 1)
    {
      SakCameBundle *came;

      if (!sak_db_step (self->db, statement, &has_row, error))
        return NULL;
      if (!has_row || list->len == most)
        break;
      came = g_new0 (SakCameBundle, 1);
      *before = sqlite3_column_int64 (statement, 0);
      came->contact = sak_db_dup_text (statement, 1);
      came->sequence = (guint64) sqlite3_column_int64 (statement, 2);
      came->time = sqlite3_column_int64 (statement, 3);
      g_ptr_array_add (list, came);
    }
  *ret_is_end = !has_row;
  return g_steal_pointer (&list);
}

gboolean
sak_vault_find_last_receipt (SakVault          *self,
                             const SakContact  *contact,
                             char             **ret_text,
                             GError           **error)
{
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db,
                              "SELECT text FROM receipt WHERE stream = (SELECT max (rowid) FROM stream"
                              " WHERE contact = ?1 AND is_incoming = 0) ORDER BY rowid DESC LIMIT 1");
  sqlite3_bind_int64 (statement, 1, contact->rowid);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  *ret_text = has_row ? sak_db_dup_text (statement, 0) : NULL;
  return TRUE;
}
