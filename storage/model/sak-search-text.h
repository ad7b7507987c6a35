/* sak-search-text.h - what of a record can be searched for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* Counted up whenever the same record would be indexed otherwise than before: here, by the fold, or by how
 * it is cut. Indexes of another number are made anew.
 */
#define SAK_SEARCH_VERSION 6

/* Spans longer than this have one word for all years. */
#define SAK_SEARCH_MAX_YEARS 30

typedef struct
{
  char *title;                  /* and the code */
  char *text;                   /* whatever was written, fields apart by SAK_SYLLABLE_BREAK */
  char *place;                  /* the same of places */
  char *facet;                  /* SAK_SYLLABLE_CODE, "x:code", blank: see sak-search-text.c */
  gint32 earliest_day;
  gint32 latest_day;
  gboolean has_days;
} SakSearchText;

/* What another version of the record says besides: of a conflict, each head is found. */
void           sak_search_text_add  (SakSearchText  *self,
                                     json_t         *fields);
SakSearchText *sak_search_text_new  (const char     *kind,
                                     const char     *code,
                                     const char     *title,
                                     int             state,
                                     const char     *edtf,
                                     json_t         *fields) G_GNUC_WARN_UNUSED_RESULT;
void           sak_search_text_free (SakSearchText  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakSearchText, sak_search_text_free)

/* Days are put together by this many, counted from 1970: one facet for when a consent ends or is to be asked again. */
#define SAK_SEARCH_CONSENT_DAYS 7

/* The years of an interval, as an array of facets without SAK_SYLLABLE_CODE; NULL where there are too many. */
GPtrArray     *sak_search_list_years (gint32        earliest_day,
                                      gint32        latest_day) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
