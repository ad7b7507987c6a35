/* sak-toggle-group.h - one of a few answers, all of them in sight
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_TOGGLE_GROUP (sak_toggle_group_get_type ())
G_DECLARE_FINAL_TYPE (SakToggleGroup, sak_toggle_group, SAK, TOGGLE_GROUP, AdwBin)

GtkWidget  *sak_toggle_group_new        (void);
void        sak_toggle_group_append     (SakToggleGroup *self,
                                         const char     *code,
                                         const char     *label);
/* NULL: none. Emits "changed" when the person chose. */
void        sak_toggle_group_set_active (SakToggleGroup *self,
                                         const char     *code);
const char *sak_toggle_group_get_active (SakToggleGroup *self);

G_END_DECLS
