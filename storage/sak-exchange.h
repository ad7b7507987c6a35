/* sak-exchange.h - what a vault remembers of what it sent and what arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each pair of vaults has a stream each way: an append-only, hash-chained, numbered list
 * of what was sent. Rules: DESIGN §7 and sync/FORMAT.md; here are the rows.
 */
#pragma once

#include "storage/sak-contact.h"
#include "storage/sak-record.h"

G_BEGIN_DECLS

#define SAK_STREAM_ID_SIZE 16

typedef struct
{
  gint64 rowid;                 /* 0 where the vault does not have it yet */
  guint8 id[SAK_STREAM_ID_SIZE]; /* the sender's choice: by itself it tells nothing apart */
  guint64 sequence;             /* of the last bundle made or imported; 0 for none yet */
  guint64 n_entries;            /* length of the list */
  guint64 n_acknowledged;       /* how much of it the other side has countersigned */
  guint8 head[SAK_SHA256_SIZE]; /* chain value after the last entry; zeros when empty */
} SakStream;

typedef struct
{
  guint64 number;               /* from 1 */
  char *kind;                   /* "revision" or "media" */
  char *id;                     /* revision id, or SHA-256 of the content */
  guint8 chain[SAK_SHA256_SIZE]; /* chain value after this entry */
} SakStreamEntry;

void sak_stream_entry_free (SakStreamEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakStreamEntry, sak_stream_entry_free)

/* The next chain value: SHA-256 ("sakkhi-stream-v1\0" ‖ previous ‖ canonical JSON of
 * {"id":…,"kind":…,"n":…}).
 */
void       sak_stream_chain             (const guint8      previous[static SAK_SHA256_SIZE],
                                         guint64           number,
                                         const char       *kind,
                                         const char       *id,
                                         guint8            ret_chain[static SAK_SHA256_SIZE]);

/* Sending. Finds or begins the stream to @contact. */
gboolean   sak_vault_get_outgoing_stream (SakVault         *self,
                                          const SakContact *contact,
                                          SakStream        *ret_stream,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Entries after number @after, in order: GPtrArray of SakStreamEntry. */
GPtrArray *sak_vault_list_stream_entries (SakVault         *self,
                                          const SakStream  *stream,
                                          guint64           after,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Revision ids of finished records that the stream does not list yet, oldest first;
 * @record_ids: NULL-terminated, or NULL for all.
 */
GPtrArray *sak_vault_list_unsent         (SakVault          *self,
                                          const guint8       stream_id[static SAK_STREAM_ID_SIZE],
                                          const char *const *record_ids,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* From now on a revision read a moment ago is not parsed again: for work that reads the same ones over and over. As
 * many calls end it as began it; the lock does, too.
 */
void         sak_vault_remember_revisions (SakVault        *self);
void         sak_vault_forget_revisions  (SakVault          *self);
/* Between these the database keeps no more pages than large work needs, so that a bundle of any size is made and taken
 * in within the budget of memory. As many end as began.
 */
void         sak_vault_begin_sparing     (SakVault          *self);
void         sak_vault_end_sparing       (SakVault          *self);
SakRevision *sak_vault_load_revision     (SakVault          *self,
                                          const char        *revision_id,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* After the bundle file is safely written: appends @entries (SakStreamEntry, numbers and
 * chain values filled in) and remembers the bundle; all in one transaction.
 */
gboolean   sak_vault_commit_sent         (SakVault         *self,
                                          const guint8      stream_id[static SAK_STREAM_ID_SIZE],
                                          guint64           sequence,
                                          GPtrArray        *entries,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* Receiving. An incoming stream that is not known yet reads as sequence 0, no entries. */
gboolean   sak_vault_get_incoming_stream (SakVault         *self,
                                          const SakContact *contact,
                                          const guint8      stream_id[static SAK_STREAM_ID_SIZE],
                                          SakStream        *ret_stream,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* An arriving bundle: media objects go to the inbox as they stream past, revisions are
 * held back; nothing shows in the vault until commit, and freeing without commit leaves
 * nothing behind.
 */
typedef struct _SakArrival SakArrival;
SakArrival   *sak_vault_begin_arrival     (SakVault          *self,
                                           const SakContact  *sender,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* A place for one media object: bytes written are encrypted straight into the inbox. */
gboolean      sak_arrival_begin_media     (SakArrival        *self,
                                           GCancellable      *cancellable,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_arrival_write_media     (SakArrival        *self,
                                           const void        *bytes,
                                           gsize              size,
                                           GCancellable      *cancellable,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* @sha256: what the manifest says; FORGED if the bytes were others. */
gboolean      sak_arrival_end_media       (SakArrival        *self,
                                           const char        *sha256,
                                           GCancellable      *cancellable,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* Verified revisions (sak_revision_parse checks digests and signature). Kept encrypted
 * in the database inside the open transaction, so a million do not fill memory.
 */
gboolean      sak_arrival_add_revision    (SakArrival        *self,
                                           SakRevision       *revision,
                                           gboolean          *ret_is_new,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sak_arrival_commit          (SakArrival        *self,
                                           const SakStream   *stream_after,
                                           GPtrArray         *new_entries,
                                           const guint8       bundle_digest[static SAK_SHA256_SIZE],
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void          sak_arrival_free            (SakArrival        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakArrival, sak_arrival_free)

G_END_DECLS
