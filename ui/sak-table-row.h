/* sak-table-row.h - one row of a table: a sentence that opens into its columns
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-record-titles.h"

G_BEGIN_DECLS

#define SAK_TYPE_TABLE_ROW (sak_table_row_get_type ())
G_DECLARE_FINAL_TYPE (SakTableRow, sak_table_row, SAK, TABLE_ROW, AdwBin)

/* @path: of the row among the fields, NULL in a table within a row. @data: (transfer full): the
 * row as an object of columns. Emits "changed", and "move" with -1 or 1.
 */
GtkWidget    *sak_table_row_new          (SakSession         *session,
                                          const SakFormField *table,
                                          const char         *path,
                                          json_t             *data);
const char   *sak_table_row_get_path     (SakTableRow        *self);
/* As it stands now; borrowed. NULL where nothing is in it, or it was taken out. */
json_t       *sak_table_row_get_data     (SakTableRow        *self);
void          sak_table_row_set_data     (SakTableRow        *self,
                                         json_t             *data);
double        sak_table_row_get_order    (SakTableRow        *self);
void          sak_table_row_set_order    (SakTableRow        *self,
                                          guint               order);
void          sak_table_row_set_open     (SakTableRow        *self,
                                          gboolean            is_open);
void          sak_table_row_set_editable (SakTableRow        *self,
                                          gboolean            is_editable);
void          sak_table_row_set_movable  (SakTableRow        *self,
                                          gboolean            up,
                                          gboolean            down);
/* Says what it is called anew. */
void          sak_table_row_refresh      (SakTableRow        *self);
/* Opens and marks what is needed and not answered; the first such field, or NULL. */
GtkWidget    *sak_table_row_show_missing (SakTableRow        *self);

G_END_DECLS
