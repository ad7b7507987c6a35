/* sak-notice-window.h - makes a network notice: who belongs to it, what they are called, whose keys count no more
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_NOTICE_WINDOW (sak_notice_window_get_type ())
G_DECLARE_FINAL_TYPE (SakNoticeWindow, sak_notice_window, SAK, NOTICE_WINDOW, AdwWindow)

/* It tells the session when one was made. */
GtkWidget *sak_notice_window_new (GtkWindow  *parent,
                                  SakSession *session);

G_END_DECLS
