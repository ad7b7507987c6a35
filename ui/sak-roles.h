/* sak-roles.h - what screen readers are spared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Before the first window: containers and frames around rows are groups, which need no name; icons are ornaments,
 * because whatever has one says in words what it means; labels that say nothing are not told of. GTK 4.8 would call
 * them "SakFormSection", "GtkListBox", "GtkImage" and "GtkLabel".
 */
void sak_roles_init      (void);
/* The search of the window of keys, which GTK leaves without a name. */
void sak_roles_name_keys (GtkShortcutsWindow *window);

G_END_DECLS
