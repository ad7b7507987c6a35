/* sak-words-talk.h - questions and answers, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-thread.h"
#include "sync/sak-bundle.h"

G_BEGIN_DECLS

const char *sak_words_for_question_state (const SakQuestion     *question);
/* Whether an answer, or that it is closed, is still here; NULL where it is not. */
const char *sak_words_about_talk_to_send (const SakQuestion     *question);
/* Who asks whom about what; without the words of the question. */
char       *sak_words_about_question     (const SakQuestion     *question,
                                          const char            *language) G_GNUC_WARN_UNUSED_RESULT;
/* The same beside the record, which it does not name. */
char       *sak_words_about_question_here (const SakQuestion    *question,
                                          const char            *language) G_GNUC_WARN_UNUSED_RESULT;
/* Why something could not be asked, answered or closed. */
const char *sak_words_for_talk_error     (const GError          *error);
const char *sak_words_for_answer         (const SakAnswer       *answer);
/* What an import brought for whoever imports; NULL where it brought no question and no answer. */
char       *sak_words_about_brought_talk (const SakBundleReport *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
