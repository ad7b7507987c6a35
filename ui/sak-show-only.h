/* sak-show-only.h - one page of a stack, for eyes and screen readers alike; what is closed lets go of the focus
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* GTK 4.8 tells screen readers of a stack's covered pages as if they were there. */
void sak_show_only       (GtkStack   *stack,
                          GtkWidget  *page);
void sak_show_only_named (GtkStack   *stack,
                          const char *name);
/* Closes what @button opened; the focus goes to the button, if it was in there. */
void sak_pop_down        (GtkMenuButton *button);

G_END_DECLS
