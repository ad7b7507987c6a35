/* sak-roles.h - what screen readers are spared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Before the first window: containers are groups, which need no name; icons are ornaments, because whatever has
 * one says in words what it means; labels that say nothing are not told of. GTK 4.8 would call them "SakFormSection",
 * "GtkImage" and "GtkLabel".
 */
void sak_roles_init       (void);
/* Names what libadwaita makes below @widget and leaves without a name: the list of a group, or of a row that opens. */
void sak_roles_name_lists (GtkWidget  *widget,
                           const char *name);

G_END_DECLS
