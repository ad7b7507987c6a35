/* sak-digits-entry.h - an entry for digits in groups, as they stand on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts a space after every @group_size digits as they are typed, in whatever script. */
void sak_digits_entry_group (GtkEditable *entry,
                             guint        group_size);

G_END_DECLS
