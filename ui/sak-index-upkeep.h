/* sak-index-upkeep.h - brings the search index of an older vault up to date, a little at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_INDEX_UPKEEP (sak_index_upkeep_get_type ())
G_DECLARE_FINAL_TYPE (SakIndexUpkeep, sak_index_upkeep, SAK, INDEX_UPKEEP, GObject)

/* Borrowed from the session: one for all pages, begun when the first asks for it. Emits "changed". */
SakIndexUpkeep *sak_index_upkeep_get        (SakSession     *session);
/* Records that wait; 0 also while it is not worth a word. */
guint64         sak_index_upkeep_get_n_left (SakIndexUpkeep *self);
gboolean        sak_index_upkeep_is_done    (SakIndexUpkeep *self);

G_END_DECLS
