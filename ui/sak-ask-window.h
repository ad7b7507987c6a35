/* sak-ask-window.h - a question about a record, or about one of its fields, to whoever reported it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-talk-window.h"

G_BEGIN_DECLS

#define SAK_TYPE_ASK_WINDOW (sak_ask_window_get_type ())
G_DECLARE_FINAL_TYPE (SakAskWindow, sak_ask_window, SAK, ASK_WINDOW, SakTalkWindow)

/* @record: id; @path: of the field that is chosen first, or NULL for all of it. */
GtkWidget *sak_ask_window_new     (GtkWindow   *parent,
                                   SakSession  *session,
                                   const char  *record,
                                   const char  *path);
/* The same over the window of @parent, and shown. It tells the session when something was asked. */
void       sak_ask_window_present (GtkWidget   *parent,
                                   SakSession  *session,
                                   const char  *record,
                                   const char  *path);

G_END_DECLS
