/* sak-reading.h - text to be read: wraps everywhere, and is copied as it was written
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *sak_reading_new      (void);
void       sak_reading_set_text (GtkWidget  *reading,
                                 const char *text);

G_END_DECLS
