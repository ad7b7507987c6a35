/* sak-question-view.h - one question with its answers, and what can be done about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-thread.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_QUESTION_VIEW (sak_question_view_get_type ())
G_DECLARE_FINAL_TYPE (SakQuestionView, sak_question_view, SAK, QUESTION_VIEW, AdwBin)

/* @names_record: beside others; then it has a button that opens the record, too. */
GtkWidget *sak_question_view_new (SakSession        *session,
                                  const SakQuestion *question,
                                  gboolean           names_record);

G_END_DECLS
