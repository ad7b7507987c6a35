/* sak-number-entry.h - a whole number with more and less beside it, in the digits of the language
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GtkSpinButton. Typed, it may be in the digits of any script. */
GtkWidget *sak_number_entry_new (int min,
                                 int max);

G_END_DECLS
