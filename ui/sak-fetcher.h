/* sak-fetcher.h - looks for bundles at one carrier, brings what lies there and has the vault take it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-fetch.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

/* What became of all that lay there. */
typedef struct
{
  GPtrArray *results;           /* SakFetchResult */
  guint n_incomplete;           /* of which parts are missing there yet */
  GError *problem;              /* why it ended early, or NULL; what is in results was done all the same */
} SakHarvest;

void        sak_harvest_free   (SakHarvest           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakHarvest, sak_harvest_free)

/* Bytes come on a thread of its own; the vault's has only what the vault does with them. Calls back in any case. */
void        sak_fetcher_async  (SakSession           *session,
                                const char           *carrier,
                                SakProgress          *progress,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
SakHarvest *sak_fetcher_finish (GAsyncResult         *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
