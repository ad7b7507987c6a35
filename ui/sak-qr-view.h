/* sak-qr-view.h - a QR code on the screen, for a camera
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

#define SAK_TYPE_QR_VIEW (sak_qr_view_get_type ())
G_DECLARE_FINAL_TYPE (SakQrView, sak_qr_view, SAK, QR_VIEW, GtkWidget)

/* Black on white whatever the theme is, with its margin, each module the same number of whole pixels of the screen;
 * as large as there is room for.
 */
GtkWidget *sak_qr_view_new (const char *name);
void       sak_qr_view_set (SakQrView  *self,
                            SakSecret  *modules,
                            guint       width);

G_END_DECLS
