/* sak-scan-window.h - reads a contact card from a QR code: by the camera, or from a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

/* Emits "imported" with a contact's name once it is among the contacts, and closes. */
#define SAK_TYPE_SCAN_WINDOW (sak_scan_window_get_type ())
G_DECLARE_FINAL_TYPE (SakScanWindow, sak_scan_window, SAK, SCAN_WINDOW, AdwWindow)

GtkWidget *sak_scan_window_new  (GtkWindow     *parent,
                                 SakSession    *session);
/* A picture's file, as if it had been chosen. */
void       sak_scan_window_open (SakScanWindow *self,
                                 const char    *path);

G_END_DECLS
