/* sak-typing.h - texts of a form: filled without a trace, and taken back by the one history of the form
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK keeps a history in each text. Two histories beside each other go in circles, and what GTK
 * keeps has the text that was filled in as its first step, so those of a form are off.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*SakTypingUndo) (GtkWidget *widget,
                               gboolean   is_redo);

/* @text: an entry, a row with one, or a GtkTextView. It keeps no steps of its own from here on. */
void       sak_typing_leave_history (GtkWidget     *text);
/* NULL: empties it. What stays the same is not touched, and the cursor stands behind what is new. */
void       sak_typing_load          (GtkWidget     *text,
                                     const char    *words);
char      *sak_typing_dup_text      (GtkWidget     *text) G_GNUC_WARN_UNUSED_RESULT;
/* The text below @widget that has the keyboard; NULL if there is none. */
GtkWidget *sak_typing_find          (GtkWidget     *widget);
/* Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, wherever in @widget the focus is, but in what only searches. */
void       sak_typing_add_undo_keys (GtkWidget     *widget,
                                     SakTypingUndo  pressed);

G_END_DECLS
