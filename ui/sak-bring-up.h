/* sak-bring-up.h - what just opened within a form is moved into sight
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Once it has its size: all of @widget as far as there is room, its top before its bottom. */
void sak_bring_up (GtkWidget *widget);

G_END_DECLS
