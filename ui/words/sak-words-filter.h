/* sak-words-filter.h - what narrows a list, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-search.h"

G_BEGIN_DECLS

#define SAK_N_FILTER_STATES 5

typedef enum
{
  SAK_FILTER_STATE,
  SAK_FILTER_DAYS,
  SAK_FILTER_PLACE,
  SAK_FILTER_VIOLATION,
  SAK_FILTER_PERSON,
  SAK_FILTER_TAG,
  SAK_FILTER_CONSENT,
  SAK_N_FILTERS
} SakFilter;

const char *sak_words_name_filter    (SakFilter filter);
/* What it is set to; NULL where it narrows nothing, and for the person, whose name only the vault knows. */
char       *sak_words_for_filter     (SakFilter        filter,
                                      const SakSearch *search,
                                      const char      *language) G_GNUC_WARN_UNUSED_RESULT;
/* The one thing that the filter of consents can be set to. */
const char *sak_words_filter_consent (void);
/* @i: of SakRecordState; as sak-search.h spells it. */
const char *sak_filter_state         (guint i);

G_END_DECLS
