/* sak-fetch-panel.h - looks for bundles on a stick, in a folder or on a server, and says what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_FETCH_PANEL (sak_fetch_panel_get_type ())
G_DECLARE_FINAL_TYPE (SakFetchPanel, sak_fetch_panel, SAK, FETCH_PANEL, AdwBin)

/* Emits "came" when something was imported, or a receipt taken. */
GtkWidget *sak_fetch_panel_new    (SakSession    *session);
/* The ways are others now. */
void       sak_fetch_panel_reload (SakFetchPanel *self);

G_END_DECLS
