/* sak-code-panel.h - a new recovery code: shown, printed, and typed back to see that it is on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

/* Emits "finished" with whether the code is kept: what nobody confirmed opens nothing. */
#define SAK_TYPE_CODE_PANEL (sak_code_panel_get_type ())
G_DECLARE_FINAL_TYPE (SakCodePanel, sak_code_panel, SAK, CODE_PANEL, AdwBin)

GtkWidget *sak_code_panel_new (SakSession *session,
                               const char *label);

G_END_DECLS
