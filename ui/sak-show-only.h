/* sak-show-only.h - one page of a stack, for eyes and screen readers alike
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

G_END_DECLS
