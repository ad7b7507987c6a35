/* sak-receipt.c - what a receipt says of a stream, made from rows and put into them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Receipts are cumulative: one that was lost is in the next, one that comes late or twice says
 * nothing new. Clocks decide nothing.
 */
#include "config.h"

#include "storage/sak-delivery-private.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-record-private.h"
#include "storage/sak-stream-private.h"

SakReceipt *
sak_receipt_new (void)
{
  SakReceipt *self = g_new0 (SakReceipt, 1);

  self->runs = g_array_new (FALSE, FALSE, sizeof (SakDeliveryRun));
  self->waiting = g_array_new (FALSE, FALSE, sizeof (SakWaiting));
  return self;
}

void
sak_receipt_free (SakReceipt *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->runs);
  g_array_unref (self->waiting);
  g_free (self);
}

gboolean
sak_vault_find_latest_incoming (SakVault          *self,
                                const SakContact  *contact,
                                SakStream         *ret_stream,
                                gint64            *ret_bundle,
                                GError           **error)
{
  guint8 id[SAK_STREAM_ID_SIZE];
  sak_autostmt statement = NULL;
  gboolean has_row = FALSE;

  if (!sak_vault_require_unlocked (self, error))
    return FALSE;
  statement = sak_db_prepare (self->db,
                              "SELECT stream.id, bundle.rowid FROM bundle JOIN stream ON stream.rowid = bundle.stream"
                              " WHERE stream.contact = ?1 AND stream.is_incoming = 1"
                              " ORDER BY bundle.rowid DESC LIMIT 1");
  sqlite3_bind_int64 (statement, 1, contact->rowid);
  if (!sak_db_step (self->db, statement, &has_row, error))
    return FALSE;
  *ret_bundle = has_row ? sqlite3_column_int64 (statement, 1) : 0;
  if (has_row && sak_db_copy_blob (statement, 0, id, sizeof id))
    return sak_vault_get_incoming_stream (self, contact, id, ret_stream, error);
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "nothing has come from this contact");
  return FALSE;
}

static void
append_to_run (SakReceipt       *self,
               guint64           number,
               SakDeliveryState  state,
               gint64            time)
{
  SakDeliveryRun run = { number, state, time };
  SakDeliveryRun *last = self->runs->len > 0 ? &g_array_index (self->runs, SakDeliveryRun, self->runs->len - 1) : NULL;

  if (last != NULL && last->state == state && last->time == time)
    last->last = number;
  else
    g_array_append_val (self->runs, run);
}

/* Entries of before there were receipts have no row: what is here of them came. */
static const char SQL_ARRIVED[] =
  "SELECT e.number, e.chain, ifnull (d.state, CASE WHEN EXISTS (SELECT 1 FROM revision WHERE id = e.ref)"
  " OR EXISTS (SELECT 1 FROM media WHERE sha256 = e.ref) THEN 1 ELSE 2 END),"
  " ifnull (d.time, (SELECT max (time) FROM bundle WHERE stream = ?1))"
  " FROM stream_entry AS e LEFT JOIN delivery AS d ON d.stream = e.stream AND d.number = e.number"
  " WHERE e.stream = ?1 AND e.number > ?2 ORDER BY e.number";

/* As many runs as a receipt may have: the next one goes on where the sender then knows it. */
static gboolean
list_runs (SakVault         *vault,
           const SakStream  *stream,
           SakReceipt       *receipt,
           GError          **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, SQL_ARRIVED);
  gboolean has_row = FALSE;

  sqlite3_bind_int64 (statement, 1, stream->rowid);
  sqlite3_bind_int64 (statement, 2, (gint64) receipt->base);
  while (sak_db_step (vault->db, statement, &has_row, error))
    {
      guint64 number;

      if (!has_row)
        return TRUE;
      number = (guint64) sqlite3_column_int64 (statement, 0);
      append_to_run (receipt, number,
                     sqlite3_column_int (statement, 2) == SAK_DELIVERY_RECEIVED ? SAK_DELIVERY_RECEIVED
                                                                               : SAK_DELIVERY_ABSENT,
                     CLAMP (sqlite3_column_int64 (statement, 3), 0, SAK_REVISION_MAX_TIME));
      if (receipt->runs->len > SAK_RECEIPT_MAX_RUNS)
        {
          g_array_set_size (receipt->runs, SAK_RECEIPT_MAX_RUNS);
          return TRUE;
        }
      receipt->count = number;
      if (!sak_db_copy_blob (statement, 1, receipt->head, sizeof receipt->head))
        {
          g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "a stream's entry is damaged");
          return FALSE;
        }
    }
  return FALSE;
}

/* The chain value after @number entries of our own list. */
static gboolean
get_chain (SakVault         *vault,
           const SakStream  *stream,
           guint64           number,
           guint8            ret_chain[static SAK_SHA256_SIZE],
           GError          **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "SELECT chain FROM stream_entry WHERE stream = ?1 AND number = ?2");
  gboolean has_row = FALSE;

  memset (ret_chain, 0, SAK_SHA256_SIZE);
  if (number == 0)
    return TRUE;
  sqlite3_bind_int64 (statement, 1, stream->rowid);
  sqlite3_bind_int64 (statement, 2, (gint64) number);
  if (!sak_db_step (vault->db, statement, &has_row, error))
    return FALSE;
  if (has_row && sak_db_copy_blob (statement, 0, ret_chain, SAK_SHA256_SIZE))
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_DAMAGED, "the vault's list of a stream has a hole");
  return FALSE;
}

SakReceipt *
sak_vault_make_receipt (SakVault         *self,
                        const SakStream  *stream,
                        GError          **error)
{
  g_autoptr (SakReceipt) receipt = sak_receipt_new ();

  if (!sak_vault_require_unlocked (self, error))
    return NULL;
  memcpy (receipt->stream_id, stream->id, sizeof receipt->stream_id);
  receipt->sequence = stream->sequence;
  receipt->base = MIN (stream->n_acknowledged, stream->n_entries);
  receipt->count = receipt->base;
  receipt->time = CLAMP (g_get_real_time () / G_USEC_PER_SEC, 0, SAK_REVISION_MAX_TIME);
  if (!get_chain (self, stream, receipt->base, receipt->head, error) || !list_runs (self, stream, receipt, error))
    return NULL;
  return g_steal_pointer (&receipt);
}

static gboolean
find_own_stream (SakVault          *vault,
                 const SakContact  *contact,
                 const SakReceipt  *receipt,
                 SakStream         *ret_stream,
                 GError           **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT rowid FROM stream WHERE id = ?1 AND contact = ?2"
                                           " AND is_incoming = 0");
  gint64 rowid;

  sak_db_bind_blob (statement, 1, receipt->stream_id, sizeof receipt->stream_id);
  sqlite3_bind_int64 (statement, 2, contact->rowid);
  if (!sak_db_get_number (vault->db, statement, 0, &rowid, error) ||
      (rowid != 0 && !sak_stream_load (vault, rowid, ret_stream, error)))
    return FALSE;
  if (rowid != 0 && receipt->count <= ret_stream->n_entries && receipt->sequence <= ret_stream->sequence)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND, "the receipt is for what was never sent from here");
  return FALSE;
}

static gboolean
check_against (SakVault          *vault,
               const SakReceipt  *receipt,
               const SakStream   *stream,
               GError           **error)
{
  guint8 chain[SAK_SHA256_SIZE];

  if (!get_chain (vault, stream, receipt->count, chain, error))
    return FALSE;
  if (memcmp (chain, receipt->head, sizeof chain) != 0)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_FORK, "the receipt tells of another history than this vault knows");
      return FALSE;
    }
  if (receipt->base <= stream->n_acknowledged)
    return TRUE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_GAP, "the receipt goes on after entry %" G_GUINT64_FORMAT
               ", of which none has come", receipt->base);
  return FALSE;
}

static gboolean
set_acknowledged (SakVault   *vault,
                  gint64      stream,
                  guint64     count,
                  GError    **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "UPDATE stream SET n_acknowledged = ?2 WHERE rowid = ?1");

  sqlite3_bind_int64 (statement, 1, stream);
  sqlite3_bind_int64 (statement, 2, (gint64) count);
  return sak_db_run (vault->db, statement, error);
}

/* The latest bundle for which the receiver said that something is missing, or that it took. */
static gboolean
get_settled (SakVault   *vault,
             gint64      stream,
             gint64     *ret_sequence,
             GError    **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT max (max (sequence, asked)) FROM receipt"
                                           " WHERE stream = ?1");

  sqlite3_bind_int64 (statement, 1, stream);
  return sak_db_get_number (vault->db, statement, 0, ret_sequence, error);
}

/* 0 where nothing is asked for. Only what was sent since the last word counts: an old receipt
 * that comes again asks for nothing.
 */
static gboolean
find_asked (SakVault          *vault,
            const SakReceipt  *receipt,
            const SakStream   *stream,
            guint64           *ret_asked,
            GError           **error)
{
  gint64 settled;

  *ret_asked = 0;
  if (receipt->count >= stream->n_acknowledged)
    return TRUE;
  if (!get_settled (vault, stream->rowid, &settled, error))
    return FALSE;
  for (guint i = 0; i < receipt->waiting->len; i++)
    {
      const SakWaiting *waiting = &g_array_index (receipt->waiting, SakWaiting, i);

      if (waiting->reason == SAK_WAITING_GAP && waiting->sequence > (guint64) settled &&
          waiting->sequence <= stream->sequence)
        *ret_asked = MAX (*ret_asked, waiting->sequence);
    }
  return TRUE;
}

/* What the receiver had and lost is as if it had never arrived. */
static gboolean
forget_after (SakVault    *vault,
              gint64       stream,
              guint64      count,
              guint       *ret_n_again,
              GError     **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "DELETE FROM delivery WHERE stream = ?1 AND number > ?2");

  sqlite3_bind_int64 (statement, 1, stream);
  sqlite3_bind_int64 (statement, 2, (gint64) count);
  if (!sak_db_run (vault->db, statement, error))
    return FALSE;
  *ret_n_again = (guint) sqlite3_changes (sak_db_get_sqlite (vault->db));
  return set_acknowledged (vault, stream, count, error);
}

/* Received once is received: an older receipt does not make it unsaid. */
static gboolean
mark_run (SakVault              *vault,
          gint64                 stream,
          guint64                after,
          const SakDeliveryRun  *run,
          SakReceiptOutcome     *outcome,
          GError               **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "INSERT INTO delivery (stream, number, state, time)"
                                           " SELECT ?1, number, ?4, ?5 FROM stream_entry"
                                           " WHERE stream = ?1 AND number > ?2 AND number <= ?3"
                                           " ON CONFLICT (stream, number) DO UPDATE"
                                           " SET state = excluded.state, time = excluded.time"
                                           " WHERE delivery.state != " G_STRINGIFY (SAK_DELIVERY_RECEIVED_NUMBER)
                                           " AND delivery.state != excluded.state");
  guint n;

  sqlite3_bind_int64 (statement, 1, stream);
  sqlite3_bind_int64 (statement, 2, (gint64) after);
  sqlite3_bind_int64 (statement, 3, (gint64) run->last);
  sqlite3_bind_int (statement, 4, run->state);
  sqlite3_bind_int64 (statement, 5, run->time);
  if (!sak_db_run (vault->db, statement, error))
    return FALSE;
  n = (guint) sqlite3_changes (sak_db_get_sqlite (vault->db));
  if (run->state == SAK_DELIVERY_RECEIVED)
    outcome->n_received += n;
  else
    outcome->n_absent += n;
  return TRUE;
}

static gboolean
mark_runs (SakVault           *vault,
           gint64              stream,
           const SakReceipt   *receipt,
           SakReceiptOutcome  *outcome,
           GError            **error)
{
  guint64 after = receipt->base;

  for (guint i = 0; i < receipt->runs->len; i++)
    {
      const SakDeliveryRun *run = &g_array_index (receipt->runs, SakDeliveryRun, i);

      if (!mark_run (vault, stream, after, run, outcome, error))
        return FALSE;
      after = run->last;
    }
  return TRUE;
}

static gboolean
keep_receipt (SakVault          *vault,
              gint64             stream,
              const SakReceipt  *receipt,
              guint64            asked,
              const char        *text,
              GError           **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db,
                                           "INSERT INTO receipt (stream, sequence, asked, time, arrived, text)"
                                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

  sqlite3_bind_int64 (statement, 1, stream);
  sqlite3_bind_int64 (statement, 2, (gint64) receipt->sequence);
  sqlite3_bind_int64 (statement, 3, (gint64) asked);
  sqlite3_bind_int64 (statement, 4, receipt->time);
  sqlite3_bind_int64 (statement, 5, g_get_real_time () / G_USEC_PER_SEC);
  sak_db_bind_text (statement, 6, text);
  return sak_db_run (vault->db, statement, error);
}

static gboolean
has_fork (const SakReceipt *receipt)
{
  for (guint i = 0; i < receipt->waiting->len; i++)
    if (g_array_index (receipt->waiting, SakWaiting, i).reason == SAK_WAITING_FORK)
      return TRUE;
  return FALSE;
}

static gboolean
check_is_new (SakVault    *vault,
              gint64       stream,
              const char  *text,
              GError     **error)
{
  sak_autostmt statement = sak_db_prepare (vault->db, "SELECT count(*) FROM receipt WHERE stream = ?1 AND text = ?2");
  gint64 n;

  sqlite3_bind_int64 (statement, 1, stream);
  sak_db_bind_text (statement, 2, text);
  if (!sak_db_get_number (vault->db, statement, 0, &n, error))
    return FALSE;
  if (n > 0)
    g_set_error (error, SAK_ERROR, SAK_ERROR_REPLAYED, "this receipt was taken before");
  return n == 0;
}

static gboolean
take_in_transaction (SakVault           *self,
                     const SakContact   *contact,
                     const SakReceipt   *receipt,
                     const char         *text,
                     SakReceiptOutcome  *outcome,
                     GError            **error)
{
  g_autofree char *id = NULL;
  SakStream stream;
  guint64 asked;

  if (!find_own_stream (self, contact, receipt, &stream, error) ||
      !check_is_new (self, stream.rowid, text, error) ||
      !check_against (self, receipt, &stream, error) || !find_asked (self, receipt, &stream, &asked, error))
    return FALSE;
  if (asked > 0 && !forget_after (self, stream.rowid, receipt->count, &outcome->n_again, error))
    return FALSE;
  if (receipt->count > stream.n_acknowledged && !set_acknowledged (self, stream.rowid, receipt->count, error))
    return FALSE;
  if (!mark_runs (self, stream.rowid, receipt, outcome, error))
    return FALSE;
  if (asked == 0 && outcome->n_received + outcome->n_absent == 0 && receipt->count <= stream.n_acknowledged &&
      !outcome->tells_fork)
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_REPLAYED, "the receipt says nothing new");
      return FALSE;
    }
  outcome->count = asked > 0 ? receipt->count : MAX (receipt->count, stream.n_acknowledged);
  id = sak_hex_encode (stream.id, sizeof stream.id);
  return keep_receipt (self, stream.rowid, receipt, asked, text, error) &&
         sak_vault_log_custody (self, "confirmed", id, contact->name, error);
}

gboolean
sak_vault_take_receipt (SakVault           *self,
                        const SakContact   *contact,
                        const SakReceipt   *receipt,
                        const char         *text,
                        SakReceiptOutcome  *ret_outcome,
                        GError            **error)
{
  SakReceiptOutcome outcome = { .tells_fork = has_fork (receipt) };

  if (!sak_vault_begin (self, error))
    return FALSE;
  if (take_in_transaction (self, contact, receipt, text, &outcome, error) && sak_vault_commit (self, error))
    {
      *ret_outcome = outcome;
      return TRUE;
    }
  sak_vault_rollback (self);
  return FALSE;
}
