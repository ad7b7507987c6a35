/* sak-conflict-window.h - versions of a record side by side, brought together into one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CONFLICT_WINDOW (sak_conflict_window_get_type ())
G_DECLARE_FINAL_TYPE (SakConflictWindow, sak_conflict_window, SAK, CONFLICT_WINDOW, AdwWindow)

/* Emits "merged" after the record has one version again. */
GtkWidget *sak_conflict_window_new (GtkWindow  *parent,
                                    SakSession *session,
                                    const char *record_id);

G_END_DECLS
