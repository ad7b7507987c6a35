/* sak-check-panel.h - checks the vault, and says in words what is damaged
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-check.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CHECK_PANEL (sak_check_panel_get_type ())
G_DECLARE_FINAL_TYPE (SakCheckPanel, sak_check_panel, SAK, CHECK_PANEL, AdwBin)

GtkWidget *sak_check_panel_new     (SakSession           *session);
/* What a check found, one frame for each sort of damage; nothing where there is none. */
void       sak_check_panel_append_damages (GtkBox               *box,
                                           const SakCheckReport *report);

G_END_DECLS
