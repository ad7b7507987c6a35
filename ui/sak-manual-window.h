/* sak-manual-window.h - the manual, in a window beside the one it is about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_MANUAL_CONTENTS "contents"

#define SAK_TYPE_MANUAL_WINDOW (sak_manual_window_get_type ())
G_DECLARE_FINAL_TYPE (SakManualWindow, sak_manual_window, SAK, MANUAL_WINDOW, AdwWindow)

/* Goes when @about goes; until then it stays in front of or behind it, as it is put. */
GtkWidget  *sak_manual_window_new      (GtkWindow       *about);
void        sak_manual_window_show     (SakManualWindow *self,
                                        const char      *page);
/* NULL once it is gone; borrowed. */
GtkWindow  *sak_manual_window_get_about (SakManualWindow *self);
/* The name of the page shown; borrowed. */
const char *sak_manual_window_get_page (SakManualWindow *self);

G_END_DECLS
