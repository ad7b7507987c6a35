/* sak-slow-window.h - the window over a store that takes its time, and what a test does in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/headless/sak-test-pair.h"
#include "ui/sak-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

extern TestPair slow_pair;
extern GtkWidget *slow_window;  /* of the partner's vault, locked between the tests */
extern SakWorker *slow_desk_worker;
extern SakSession *slow_desk;   /* for windows by themselves; the last to need it locks the vault */
extern char *slow_first_id;     /* "Alpha", finished */
extern char *slow_second_id;    /* "Beta", finished */
extern char *slow_draft_id;     /* "Gamma", with a picture */
extern char *slow_torn_id;      /* finished, and again in two places at once */
extern gboolean slow_has_talk;  /* chosen before it is set up; then there is: */
extern char *slow_foreign_id;   /* an action that came from the desk, which asked about "Alpha" */
extern char *slow_later_id;     /* another one that came after it; and "Stick", a way with a bundle that waits for it */
extern char *slow_bundle;       /* from the desk */

void       slow_set_up          (int         *argc,
                                 char      ***argv);
void       slow_tear_down       (void);

void       slow_unlock          (void);
void       slow_lock            (void);
void       slow_act             (const char  *action);
void       slow_go              (const char  *place);
void       slow_open_record     (const char  *id);
/* The store answers, and the windows have done with it. */
void       slow_let_go          (void);
/* Of what is mapped below @widget, the first of this type, or NULL. */
GtkWidget *slow_find_type       (GtkWidget   *widget,
                                 GType        type);
/* Over the window. */
GtkWidget *slow_find_dialog     (void);
GtkWidget *slow_wait_for_dialog (void);
/* Once these words are shown, by the button beside them. */
void       slow_stop            (const char  *words);

G_END_DECLS
