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
/* What a grade means for whoever chooses it. */
const char *sak_words_about_grade   (SakGrade           grade);
/* In lists: "Accepted · Likely"; and below the title from whom it came, how far that is known, and what it is. */
char       *sak_words_arrival_state (const SakArrived  *arrived) G_GNUC_WARN_UNUSED_RESULT;
char       *sak_words_arrival_line  (const SakArrived  *arrived) G_GNUC_WARN_UNUSED_RESULT;
/* Who sent it, who signed what stands, and what is known of the sender. @author: a contact's name or NULL for a key
 * that nobody here knows.
 */
char       *sak_words_for_sender    (const SakArrived  *arrived,
                                     const char        *author) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
