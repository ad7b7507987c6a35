/* sak-talk-window.h - a small window for words that go to somebody: a question, an answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is special of each stands above and below the words. What was written is not given up unasked, and what was not
 * sent when the vault was locked stands there again.
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_TALK_WINDOW (sak_talk_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (SakTalkWindow, sak_talk_window, SAK, TALK_WINDOW, AdwWindow)

struct _SakTalkWindowClass
{
  AdwWindowClass parent_class;

  /* The button was pressed, and what was written can go: what is to be done with it. The job returns SAK_JOB_DONE. */
  SakCall *(*make_call) (SakTalkWindow  *self,
                         SakJobFunc     *ret_job);
  /* Why that failed. */
  const char *(*say_error) (const GError *error);
};

/* Once, before anything else. @text_label: above the words. */
void          sak_talk_window_build       (SakTalkWindow *self,
                                           SakSession    *session,
                                           const char    *text_label,
                                           const char    *button_label);
/* Brings what was kept, and keeps from now on what is written; @where: see sak-unsent-words.h. (transfer full) */
void          sak_talk_window_keep_at     (SakTalkWindow *self,
                                           char          *where);
GtkBox       *sak_talk_window_get_top     (SakTalkWindow *self);
GtkBox       *sak_talk_window_get_bottom  (SakTalkWindow *self);
SakSession   *sak_talk_window_get_session (SakTalkWindow *self);
/* Cancelled when the window goes; for what it reads first. */
GCancellable *sak_talk_window_get_cancellable (SakTalkWindow *self);
char         *sak_talk_window_dup_text    (SakTalkWindow *self) G_GNUC_WARN_UNUSED_RESULT;
void          sak_talk_window_set_text    (SakTalkWindow *self,
                                           const char    *text);
void          sak_talk_window_need_text   (SakTalkWindow *self,
                                           gboolean       needs_text);
/* Until then the button cannot be pressed. */
void          sak_talk_window_set_ready   (SakTalkWindow *self,
                                           gboolean       is_ready);
void          sak_talk_window_say         (SakTalkWindow *self,
                                           const char    *words);
void          sak_talk_window_focus_text  (SakTalkWindow *self);

G_END_DECLS
