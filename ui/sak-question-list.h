/* sak-question-list.h - all questions that wait for somebody: to answer, answered, and without an answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_QUESTION_LIST (sak_question_list_get_type ())
G_DECLARE_FINAL_TYPE (SakQuestionList, sak_question_list, SAK, QUESTION_LIST, AdwBin)

/* Hidden where there are none; it follows the session's changes. */
GtkWidget *sak_question_list_new       (SakSession      *session);
/* The keyboard goes to the first of them once they are there. */
void       sak_question_list_take_focus (SakQuestionList *self);

G_END_DECLS
