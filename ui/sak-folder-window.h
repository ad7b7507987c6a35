/* sak-folder-window.h - photos, films and recordings of a folder, to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Such as that of a telephone. Nothing is written there.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_FOLDER_WINDOW (sak_folder_window_get_type ())
G_DECLARE_FINAL_TYPE (SakFolderWindow, sak_folder_window, SAK, FOLDER_WINDOW, AdwWindow)

/* Emits "chosen" with a GPtrArray of GFile, and goes. */
GtkWidget *sak_folder_window_new  (GtkWindow       *parent);
/* What the person does by the button. */
void       sak_folder_window_open (SakFolderWindow *self,
                                   GFile           *folder);

G_END_DECLS
