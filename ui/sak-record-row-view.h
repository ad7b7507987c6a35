/* sak-record-row-view.h - how one record looks in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "ui/sak-record-list-model.h"

G_BEGIN_DECLS

#define SAK_TYPE_RECORD_ROW_VIEW (sak_record_row_view_get_type ())
G_DECLARE_FINAL_TYPE (SakRecordRowView, sak_record_row_view, SAK, RECORD_ROW_VIEW, GtkWidget)

GtkWidget *sak_record_row_view_new      (void);
void       sak_record_row_view_set_item (SakRecordRowView *self,
                                         SakRecordItem    *item);

G_END_DECLS
