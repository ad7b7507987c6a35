/* sak-interrupted-window.h - recordings that were broken off: keep them, or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_INTERRUPTED_WINDOW (sak_interrupted_window_get_type ())
G_DECLARE_FINAL_TYPE (SakInterruptedWindow, sak_interrupted_window, SAK, INTERRUPTED_WINDOW, AdwWindow)

/* Looks whether there are any, and shows them; to be called once a vault is opened. Closed, the
 * window comes again the next time.
 */
void sak_interrupted_window_offer (GtkWindow  *parent,
                                   SakSession *session);

G_END_DECLS
