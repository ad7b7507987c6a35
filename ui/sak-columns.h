/* sak-columns.h - two things side by side, or one above the other where there is no room
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SAK_TYPE_COLUMNS (sak_columns_get_type ())
G_DECLARE_FINAL_TYPE (SakColumns, sak_columns, SAK, COLUMNS, GtkWidget)

GtkWidget *sak_columns_new (GtkWidget *first,
                            GtkWidget *second);

G_END_DECLS
