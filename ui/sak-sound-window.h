/* sak-sound-window.h - records sound for a record: level, time, pause
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-draft.h"

G_BEGIN_DECLS

#define SAK_TYPE_SOUND_WINDOW (sak_sound_window_get_type ())
G_DECLARE_FINAL_TYPE (SakSoundWindow, sak_sound_window, SAK, SOUND_WINDOW, AdwWindow)

/* Emits "kept" with the recording's id when it is to be taken in. Destroyed while it records,
 * as by locking, it leaves what there is to wait in the vault.
 */
GtkWidget *sak_sound_window_new (GtkWindow  *parent,
                                 SakSession *session,
                                 SakDraft   *draft);

G_END_DECLS
