/* sak-search-query.h - what somebody typed to search for, and where it stands in a text
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Anything may be typed. Blanks part what must be found, each wherever it is; "in quotes"
 * stands together and exactly so; -this must not be there.
 */
#pragma once

#include "storage/model/sak-syllable.h"

G_BEGIN_DECLS

/* What is typed beyond these is not looked at. */
#define SAK_SEARCH_MAX_CHARS 1000
#define SAK_SEARCH_MAX_TERMS 16

/* For one thread at a time. */
typedef struct _SakSearchQuery SakSearchQuery;

typedef struct
{
  char *text;                   /* as typed, NFC */
  SakSyllables *syllables;      /* never none */
  GPtrArray *codes;             /* borrowed codes whose labels have it; NULL where none */
  GPtrArray *ways;              /* of char: how else it may stand in the name of a place; or NULL */
  gboolean is_excluded;
  gboolean is_exact;            /* was in quotes */
  gboolean is_beginning;        /* a word of plain letters: longer ones that begin so are hits, too */
} SakSearchTerm;

/* In bytes of the text. */
typedef struct
{
  guint32 start;
  guint32 end;
} SakSearchRange;

/* The parts of a record as the index has them. */
typedef struct
{
  const char *title;
  const char *text;
  const char *place;
  const char *facet;
} SakSearchParts;

SakSearchQuery *sak_search_query_new         (const char           *typed) G_GNUC_WARN_UNUSED_RESULT;
/* Syllables of Vietnamese typed together may stand apart: for when nothing else is found.
 * NULL where that makes no difference.
 */
SakSearchQuery *sak_search_query_new_looser  (const SakSearchQuery *self) G_GNUC_WARN_UNUSED_RESULT;
void            sak_search_query_free        (SakSearchQuery       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSearchQuery, sak_search_query_free)

guint           sak_search_query_get_n_terms (const SakSearchQuery *self);
const SakSearchTerm *sak_search_query_get_term (const SakSearchQuery *self,
                                              guint                  n);

/* Other ways to write the name of a place: "mae sot" for "maesot", and back. */
GPtrArray      *sak_search_list_ways         (const SakSyllables   *typed) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a term may be the beginning of what is meant. */
gboolean        sak_search_query_has_beginnings (const SakSearchQuery *self);

/* Borrowed codes that do instead of all terms, for their label has them together; or NULL. */
GPtrArray      *sak_search_query_get_codes   (const SakSearchQuery *self);

/* How well it fits, more is better; -1 where what the index found is no hit. */
int             sak_search_query_judge       (SakSearchQuery       *self,
                                              const SakSearchParts *parts);
/* Array of SakSearchRange, in order, not touching each other. */
GArray         *sak_search_query_find_ranges (SakSearchQuery       *self,
                                              const char           *text) G_GNUC_WARN_UNUSED_RESULT;
/* The part of @text around the best hit; @ret_ranges are of the snippet. */
char           *sak_search_query_dup_snippet (SakSearchQuery       *self,
                                              const char           *text,
                                              guint                 max_chars,
                                              GArray              **ret_ranges) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
