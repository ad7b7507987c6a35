/* sak-scan-intake.h - what may hold a QR code, dropped or pasted
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture on the clipboard is taken as the bytes of its file, so that nothing decodes it here.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Emits "file" with a path, "picture" with a GBytes, "text" with what some other program read from a code, and
 * "nothing" where there was none of these.
 */
#define SAK_TYPE_SCAN_INTAKE (sak_scan_intake_get_type ())
G_DECLARE_FINAL_TYPE (SakScanIntake, sak_scan_intake, SAK, SCAN_INTAKE, GObject)

/* Takes what is dropped on @widget, which lives as long. */
SakScanIntake *sak_scan_intake_new   (GtkWidget     *widget) G_GNUC_WARN_UNUSED_RESULT;
void           sak_scan_intake_paste (SakScanIntake *self);
/* What comes later is told to nobody. */
void           sak_scan_intake_end   (SakScanIntake *self);

G_END_DECLS
