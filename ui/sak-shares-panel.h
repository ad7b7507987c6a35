/* sak-shares-panel.h - new shares, a page for each person
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

/* Emits "finished" with whether they are kept: what was not handed out opens nothing. */
#define SAK_TYPE_SHARES_PANEL (sak_shares_panel_get_type ())
G_DECLARE_FINAL_TYPE (SakSharesPanel, sak_shares_panel, SAK, SHARES_PANEL, AdwBin)

GtkWidget *sak_shares_panel_new       (SakSession     *session);
/* The words on the page that is shown, for tests. */
char      *sak_shares_panel_dup_words (SakSharesPanel *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
