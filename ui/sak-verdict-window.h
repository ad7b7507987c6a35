/* sak-verdict-window.h - accepting a record, declining it, or noting something about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-review.h"
#include "ui/sak-talk-window.h"

G_BEGIN_DECLS

#define SAK_TYPE_VERDICT_WINDOW (sak_verdict_window_get_type ())
G_DECLARE_FINAL_TYPE (SakVerdictWindow, sak_verdict_window, SAK, VERDICT_WINDOW, SakTalkWindow)

/* @says: accepted, declined or a note. @seen: the versions that are on the screen behind it, as SakArrived has them. */
GtkWidget *sak_verdict_window_new (GtkWindow         *parent,
                                   SakSession        *session,
                                   SakVerdictSays     says,
                                   const char        *record,
                                   const char *const *seen);

G_END_DECLS
