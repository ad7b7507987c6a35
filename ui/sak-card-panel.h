/* sak-card-panel.h - one's own contact card, offered when a vault is new
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

/* Emits "finished". */
#define SAK_TYPE_CARD_PANEL (sak_card_panel_get_type ())
G_DECLARE_FINAL_TYPE (SakCardPanel, sak_card_panel, SAK, CARD_PANEL, AdwBin)

GtkWidget *sak_card_panel_new (SakSession    *session);

/* For the session: writes the card of its vault to call->filename. */
gpointer   sak_card_save_job  (gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
