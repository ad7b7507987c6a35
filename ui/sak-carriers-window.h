/* sak-carriers-window.h - the ways by which bundles are sent and fetched: sticks, folders, servers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CARRIERS_WINDOW (sak_carriers_window_get_type ())
G_DECLARE_FINAL_TYPE (SakCarriersWindow, sak_carriers_window, SAK, CARRIERS_WINDOW, AdwWindow)

/* What changes there the courier of @session says ("changed"). */
GtkWidget *sak_carriers_window_new (GtkWindow  *parent,
                                    SakSession *session);

G_END_DECLS
