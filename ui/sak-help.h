/* sak-help.h - F1: the page of the manual about what is on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The name of the page about what @widget is in; static. */
const char *sak_help_find_page (GtkWidget  *widget);
/* Beside the one window that @asker is in, or that its own window is over. */
void        sak_help_show      (GtkWidget  *asker,
                                const char *page);
/* F1, Shift+F1, and the keys that lock, in the one window and in all that come over it. */
void        sak_help_watch     (GtkWindow  *window);
/* The manual's window, where it is open; @window as for watching. */
GtkWidget  *sak_help_get_manual (GtkWindow *window);
void        sak_help_close     (GtkWindow  *window);

G_END_DECLS
