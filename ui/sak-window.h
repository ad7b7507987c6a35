/* sak-window.h - the one window: gate, sidebar, pages, lock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-settings.h"

G_BEGIN_DECLS

#define SAK_TYPE_WINDOW (sak_window_get_type ())
G_DECLARE_FINAL_TYPE (SakWindow, sak_window, SAK, WINDOW, AdwApplicationWindow)

/* Once for the whole program: style, icons, keys. */
void       sak_window_init_application (GtkApplication    *application);
GtkWidget *sak_window_new              (GtkApplication    *application,
                                        const SakSettings *settings);
/* Asks for the passphrase of the vault in this folder. */
void       sak_window_open_path        (SakWindow         *self,
                                        const char        *path);
void       sak_window_set_idle_seconds (SakWindow         *self,
                                        guint              seconds);
void       sak_window_lock             (SakWindow         *self);

/* At once, with everything that is open; not while a long call runs. */
void       sak_window_change_language  (SakWindow         *self,
                                        const char        *code);
gboolean   sak_window_can_change_language (SakWindow      *self);
/* A row for the settings. */
GtkWidget *sak_window_build_language_row (SakWindow       *self);

G_END_DECLS
