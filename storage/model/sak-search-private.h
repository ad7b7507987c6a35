/* sak-search-private.h - what reading a query and matching it share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-search-query.h"
#include "storage/model/sak-word-edges.h"

G_BEGIN_DECLS

/* In letters; what is shorter begins too much. */
#define SAK_SEARCH_MIN_BEGINNING 3

struct _SakSearchQuery
{
  char *typed;
  GPtrArray *terms;             /* SakSearchTerm */
  GPtrArray *codes;             /* whose label has all that was typed; or NULL */
  SakWordEdges *edges;
  gboolean is_joined;           /* words were put together as Vietnamese ones */
};

typedef struct
{
  guint32 start;                /* bytes of the text */
  guint32 end;
  guint8 edges;                 /* 0 to 2: at how many of its ends a word ends */
  gboolean is_exact;            /* with the same marks */
} SakSearchHit;

/* Without looking at marks or words: whether it is worth while. */
gboolean sak_search_has_phrase (const SakSyllables  *syllables,
                                const SakSyllables  *phrase);
/* Hits that are none, by where words end or by their marks, are left out. */
GArray  *sak_search_find_hits  (const char           *text,
                                const SakSyllables   *syllables,
                                const SakSearchTerm  *term,
                                SakWordEdges         *edges) G_GNUC_WARN_UNUSED_RESULT;
/* What sak_search_list_ways() tells, for each term of @query; whether @place has one of them. */
void     sak_search_find_ways  (SakSearchQuery       *query);
gboolean sak_search_has_way    (const SakSearchTerm  *term,
                                const SakSyllables   *place);
/* Whether a key may be one, without its marks. */
gboolean sak_search_is_vietnamese_syllable (const char *key);
/* Whether two words, whose keys are the same, may be one, typed with more and with fewer marks. */
gboolean sak_search_marks_agree (const char         *a,
                                 gsize               a_size,
                                 const char         *b,
                                 gsize               b_size,
                                 gboolean           *ret_is_same);

G_END_DECLS
