/* sak-sent.h - what was sent to a contact and what came, a stretch at a time, the latest first
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For lists: what a stretch costs goes by its length, not by how much was ever exchanged.
 */
#pragma once

#include "storage/sak-delivery.h"

G_BEGIN_DECLS

/* Where a stretch ended, and the next one goes on; zeros for the first. */
typedef struct
{
  gint64 stream;
  gint64 number;
} SakSentPlace;

/* Each record once, by the latest of its versions that was sent. GPtrArray of SakDelivery.
 * @place: (inout). @ret_is_end: whether nothing follows.
 */
GPtrArray *sak_vault_list_sent_records   (SakVault          *self,
                                          const SakContact  *contact,
                                          SakSentPlace      *place,
                                          guint              most,
                                          gboolean          *ret_is_end,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* A bundle that was imported: all of it was verified. */
typedef struct
{
  char *contact;
  guint64 sequence;
  gint64 time;                  /* when it was imported, by the clock here */
} SakCameBundle;

void       sak_came_bundle_free          (SakCameBundle     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakCameBundle, sak_came_bundle_free)

/* GPtrArray of SakCameBundle, of everybody. @before: (inout): 0 at first. */
GPtrArray *sak_vault_list_came           (SakVault          *self,
                                          gint64            *before,
                                          guint              most,
                                          gboolean          *ret_is_end,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* The text of the last receipt for the stream that is in use, as it was signed; NULL where none came. */
gboolean   sak_vault_find_last_receipt   (SakVault          *self,
                                          const SakContact  *contact,
                                          char             **ret_text,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
