/* sak-thread-panel.h - what was asked about one record, and answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_THREAD_PANEL (sak_thread_panel_get_type ())
G_DECLARE_FINAL_TYPE (SakThreadPanel, sak_thread_panel, SAK, THREAD_PANEL, AdwBin)

/* Hidden where nothing was asked and there is nobody to ask; it follows the session's changes. @record: id.
 * Emits "asked" with the paths of the fields about which questions wait (GStrv).
 */
GtkWidget *sak_thread_panel_new (SakSession *session,
                                 const char *record);

G_END_DECLS
