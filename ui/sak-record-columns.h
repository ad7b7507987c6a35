/* sak-record-columns.h - where in a list of records what stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  SAK_COLUMN_TITLE,
  SAK_COLUMN_CODE,
  SAK_COLUMN_DATE,
  SAK_COLUMN_PLACE,
  SAK_COLUMN_STATE,
  SAK_COLUMN_CHANGED,
  SAK_N_COLUMNS
} SakColumn;

typedef struct
{
  gboolean is_wide;             /* else only title and state are columns, and the rest is a line below */
  int x[SAK_N_COLUMNS];         /* from the side where lines begin */
  int width[SAK_N_COLUMNS];
} SakColumns;

/* What the theme puts around each row of a list view: the header above is so much wider on each side. */
#define SAK_ROW_INSET 2
#define SAK_ROW_MARGIN 12
#define SAK_ROW_ICON 16
#define SAK_ROW_GAP 12

/* Whether lists of this kind have it: of people, neither a day nor a place is listed. */
gboolean sak_record_columns_has (const char *kind,
                                 SakColumn   column);
/* For a row of this width, in the fonts of @widget and the language on the screen. Of what the kind does not have, the
 * width is 0.
 */
void sak_record_columns_get (GtkWidget  *widget,
                             const char *kind,
                             int         width,
                             SakColumns *ret_columns);
/* Title and state alone, however wide it is. */
void sak_record_columns_get_two (GtkWidget  *widget,
                                 int         width,
                                 SakColumns *ret_columns);

G_END_DECLS
