/* sak-answer-window.h - an answer to a question, or its end
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-talk-window.h"

G_BEGIN_DECLS

#define SAK_TYPE_ANSWER_WINDOW (sak_answer_window_get_type ())
G_DECLARE_FINAL_TYPE (SakAnswerWindow, sak_answer_window, SAK, ANSWER_WINDOW, SakTalkWindow)

/* @question: id. @is_closing: it was asked here, and is to be closed. */
GtkWidget *sak_answer_window_new     (GtkWindow   *parent,
                                      SakSession  *session,
                                      const char  *question,
                                      gboolean     is_closing);
/* The same over the window of @parent, and shown. It tells the session when it was done. */
void       sak_answer_window_present (GtkWidget   *parent,
                                      SakSession  *session,
                                      const char  *question,
                                      gboolean     is_closing);

G_END_DECLS
