/* sak-preferences.h - idle lock and text size
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-settings.h"

G_BEGIN_DECLS

/* @settings is the window's own, and written to. */
GtkWidget *sak_preferences_new             (GtkWindow   *window,
                                            SakSettings *settings);
void       sak_preferences_apply_text_size (int          percent);

G_END_DECLS
