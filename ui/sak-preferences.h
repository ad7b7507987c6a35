/* sak-preferences.h - idle lock, text size, and what the vault's forms ask about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"
#include "ui/sak-settings.h"

G_BEGIN_DECLS

/* @settings is the window's own, and written to. @session: NULL while the vault is locked. */
GtkWidget *sak_preferences_new             (GtkWindow   *window,
                                            SakSettings *settings,
                                            SakSession  *session);
void       sak_preferences_apply_text_size (int          percent);

G_END_DECLS
