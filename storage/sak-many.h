/* sak-many.h - one change to many records at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each record is done by itself and is durable when the next begins: who stops, or runs out of disk, has what was done
 * so far, and is told how much that is.
 */
#pragma once

#include "storage/sak-progress.h"
#include "storage/sak-record.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_changed;
  guint n_left_out;             /* of others, in conflict, withdrawn, without room for it, or as wished already */
} SakManyOutcome;

/* Puts @tags (with commas between) to those of each, or takes them away. A draft stays one; what is finished gets a
 * new version with @reason, which always travels: it must not say the tag. INVALID: there is no tag in @tags.
 * @ret_outcome: filled in on failure too. @progress: counts records.
 */
gboolean sak_vault_tag_many     (SakVault           *self,
                                 const char *const  *ids,
                                 const char         *tags,
                                 gboolean            takes_away,
                                 const char         *reason,
                                 SakProgressFunc     progress,
                                 gpointer            progress_data,
                                 GCancellable       *cancellable,
                                 SakManyOutcome     *ret_outcome,
                                 GError            **error);
/* Of those that are drafts, or have one on top of what is finished. The rest is left out. */
gboolean sak_vault_discard_many (SakVault           *self,
                                 const char *const  *ids,
                                 SakProgressFunc     progress,
                                 gpointer            progress_data,
                                 GCancellable       *cancellable,
                                 SakManyOutcome     *ret_outcome,
                                 GError            **error);

G_END_DECLS
