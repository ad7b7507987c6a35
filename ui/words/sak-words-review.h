/* sak-words-review.h - what was decided about what arrived, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-review.h"

G_BEGIN_DECLS

const char *sak_words_for_review    (const SakArrived  *arrived);
const char *sak_words_for_decision  (const SakDecision *decision);
/* A word or two, for lists and chips; "" for none. */
const char *sak_words_name_review   (SakReviewState     state);
const char *sak_words_name_grade    (SakGrade           grade);

G_END_DECLS
