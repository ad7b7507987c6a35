/* sak-custody-window.h - the custody sheet of an item or a record, to read, to print and to save
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CUSTODY_WINDOW (sak_custody_window_get_type ())
G_DECLARE_FINAL_TYPE (SakCustodyWindow, sak_custody_window, SAK, CUSTODY_WINDOW, AdwWindow)

/* @item: a SHA-256, or a record's id. */
GtkWidget *sak_custody_window_new (GtkWindow  *parent,
                                   SakSession *session,
                                   const char *item);

G_END_DECLS
