/* sak-delivery.h - what of the streams has reached the other side
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of an incoming stream: of which entries the content came. Of an outgoing one: what the
 * receiver's receipts say. Rules: sync/FORMAT.md §6.
 */
#pragma once

#include "storage/sak-exchange.h"

G_BEGIN_DECLS

#define SAK_RECEIPT_MAX_RUNS 4096
#define SAK_RECEIPT_MAX_WAITING 200

/* As they are stored. */
typedef enum
{
  SAK_DELIVERY_SENT,            /* put into a bundle; nothing is known yet */
  SAK_DELIVERY_RECEIVED,        /* the content is there, and verified */
  SAK_DELIVERY_ABSENT,          /* only the entry came */
  SAK_N_DELIVERY_STATES
} SakDeliveryState;

#define SAK_DELIVERY_RECEIVED_NUMBER 1
#define SAK_DELIVERY_ABSENT_NUMBER 2
G_STATIC_ASSERT (SAK_DELIVERY_RECEIVED == SAK_DELIVERY_RECEIVED_NUMBER);
G_STATIC_ASSERT (SAK_DELIVERY_ABSENT == SAK_DELIVERY_ABSENT_NUMBER);

/* The entries after those of the run before, up to @last. */
typedef struct
{
  guint64 last;
  SakDeliveryState state;       /* RECEIVED or ABSENT */
  gint64 time;                  /* as the receiver's clock claims */
} SakDeliveryRun;

typedef enum
{
  SAK_WAITING_GAP,              /* it begins after something that the receiver does not have */
  SAK_WAITING_FORK,             /* it tells another history than the receiver knows */
  SAK_N_WAITING
} SakWaitingReason;

/* A bundle that arrived and could not be taken. */
typedef struct
{
  guint64 sequence;
  SakWaitingReason reason;
} SakWaiting;

/* What a receiver says about one stream: so much of it arrived, and leads to this head. */
typedef struct
{
  guint8 stream_id[SAK_STREAM_ID_SIZE];
  guint64 sequence;             /* of the last bundle imported */
  guint64 base;                 /* up to where the sender knew it before */
  guint64 count;
  guint8 head[SAK_SHA256_SIZE]; /* chain value after @count entries */
  GArray *runs;                 /* SakDeliveryRun, ascending, from base to count */
  GArray *waiting;              /* SakWaiting, ascending */
  gint64 time;
} SakReceipt;

SakReceipt *sak_receipt_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void        sak_receipt_free (SakReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakReceipt, sak_receipt_free)

/* The stream from @contact whose bundle was imported last; NOT_FOUND. @ret_bundle: the number of that bundle
 * among all that this vault imported.
 */
gboolean    sak_vault_find_latest_incoming (SakVault          *self,
                                            const SakContact  *contact,
                                            SakStream         *ret_stream,
                                            gint64            *ret_bundle,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of an incoming stream as it stands, but for what waits. */
SakReceipt *sak_vault_make_receipt         (SakVault          *self,
                                            const SakStream   *stream,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a receipt changed. */
typedef struct
{
  guint64 count;                /* how much of the stream is countersigned now */
  guint n_received;             /* entries that were not known to be there before */
  guint n_absent;               /* entries whose content did not come: they are sent again */
  guint n_again;                /* entries that were there and are not any more: the same */
  gboolean tells_fork;          /* another vault sent bundles as if it were this one */
} SakReceiptOutcome;

/* A receipt of @contact that was verified, @text as it came: all or nothing. NOT_FOUND where it tells of
 * more than was sent, FORK of another history, GAP where an earlier receipt is missing, REPLAYED where
 * it says nothing new.
 */
gboolean    sak_vault_take_receipt         (SakVault          *self,
                                            const SakContact  *contact,
                                            const SakReceipt  *receipt,
                                            const char        *text,
                                            SakReceiptOutcome *ret_outcome,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* What was sent to one contact: a revision or a file, once, however often it travelled. */
typedef struct
{
  char *contact;
  char *kind;                   /* "revision" or "media" */
  char *id;
  char *record_id;              /* of a revision, else NULL */
  gboolean is_head;             /* of a revision: the latest of its author */
  SakDeliveryState state;       /* the best of all times it was sent */
  gint64 time;                  /* RECEIVED or ABSENT: when, as the contact says */
} SakDelivery;

void        sak_delivery_free (SakDelivery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakDelivery, sak_delivery_free)

/* The versions and files of one record, by contact. */
GPtrArray  *sak_vault_list_deliveries      (SakVault          *self,
                                            const char        *record,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* All that was sent to the contact, in the order it was. */
GPtrArray  *sak_vault_list_sent            (SakVault          *self,
                                            const SakContact  *contact,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the contact has confirmed by the stream that it has this revision or file. */
gboolean    sak_vault_was_received         (SakVault          *self,
                                            const SakStream   *stream,
                                            const char        *id,
                                            gboolean          *ret_was_received,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* How far the exchange with one contact is, by the streams that are in use. */
typedef struct
{
  char *contact;
  gboolean was_sent;            /* something went there, if only before it was begun anew */
  guint64 n_sent;               /* entries of what goes there */
  guint64 n_acknowledged;
  guint64 n_absent;             /* of these, without their content */
  gint64 last_receipt;          /* when it came here; 0 for none yet */
  guint64 n_came;               /* entries of what comes from there */
  guint64 n_told;               /* of these the contact knows that they came, when it sent its last bundle */
} SakExchange;

void        sak_exchange_free (SakExchange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakExchange, sak_exchange_free)

/* Of each contact with whom anything was exchanged, by name. */
GPtrArray  *sak_vault_list_exchanges       (SakVault          *self,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* After a fork: everything goes to the contact once more, in a stream that tells one history. CONFLICT
 * where nothing was sent yet.
 */
gboolean    sak_vault_begin_anew           (SakVault          *self,
                                            const SakContact  *contact,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* A receipt that was taken. */
typedef struct
{
  char *contact;
  char *text;                   /* as signed */
  gint64 time;                  /* as the contact's clock claims */
  gint64 arrived;
} SakKeptReceipt;

void        sak_kept_receipt_free (SakKeptReceipt *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakKeptReceipt, sak_kept_receipt_free)

/* @contact: NULL for all. The latest last. */
GPtrArray  *sak_vault_list_receipts        (SakVault          *self,
                                            const SakContact  *contact,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
