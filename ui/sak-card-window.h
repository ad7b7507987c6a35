/* sak-card-window.h - one's own contact card as a QR code, to be read from the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CARD_WINDOW (sak_card_window_get_type ())
G_DECLARE_FINAL_TYPE (SakCardWindow, sak_card_window, SAK, CARD_WINDOW, AdwWindow)

GtkWidget *sak_card_window_new  (GtkWindow  *parent,
                                 SakSession *session);
/* Opens one over the window in which @asker is. */
void       sak_card_window_show (GtkWidget  *asker,
                                 SakSession *session);

G_END_DECLS
