/* sak-outbox-view.h - the outbox: what waits for a stick, a folder or a server, how far it is, and why it waits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_OUTBOX_VIEW (sak_outbox_view_get_type ())
G_DECLARE_FINAL_TYPE (SakOutboxView, sak_outbox_view, SAK, OUTBOX_VIEW, AdwBin)

/* With what the courier of @session says. Hidden while nothing is there. */
GtkWidget *sak_outbox_view_new        (SakSession    *session);
/* The keyboard goes to the first that is there, now or when they are read. */
void       sak_outbox_view_take_focus (SakOutboxView *self);

G_END_DECLS
