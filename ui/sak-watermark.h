/* sak-watermark.h - says across every window of a practice vault that nothing in it is real
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *sak_watermark_new   (void);
/* Puts one over each window that opens above @parent while @watermark, which is the parent's own, is visible. */
void       sak_watermark_watch (GtkWindow *parent,
                                GtkWidget *watermark);

G_END_DECLS
