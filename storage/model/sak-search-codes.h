/* sak-search-codes.h - which codes have a label that somebody typed a part of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-syllable.h"
#include "storage/model/sak-word-edges.h"

G_BEGIN_DECLS

/* Of vocabularies and of options of forms, in every language; borrowed codes. NULL where there are
 * so many that they say nothing.
 */
GPtrArray *sak_search_find_codes (const SakSyllables *phrase,
                                  SakWordEdges       *edges) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
