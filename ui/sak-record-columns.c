/* sak-record-columns.c - where in a list of records what stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-record-columns.h"

#define MIN_TITLE_CHARS 26
/* In two lines: who it is from, and the day of the last change below that. */
#define NARROW_STATE_CHARS 28

/* In characters of the font, so that they grow with the text. */
static const int chars[SAK_N_COLUMNS] = {
  [SAK_COLUMN_CODE] = 15,
  [SAK_COLUMN_DATE] = 20,
  [SAK_COLUMN_PLACE] = 17,
  [SAK_COLUMN_STATE] = 17,
  [SAK_COLUMN_CHANGED] = 20,
};

static int
get_char_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (width, 1);
}

static void
place_wide (SakColumns *columns,
            int         from,
            int         title,
            int         unit)
{
  columns->x[SAK_COLUMN_TITLE] = from;
  columns->width[SAK_COLUMN_TITLE] = title;
  from += title + SAK_ROW_GAP;
  for (guint i = SAK_COLUMN_CODE; i < SAK_N_COLUMNS; i++)
    {
      columns->x[i] = from;
      columns->width[i] = chars[i] * unit;
      from += columns->width[i] + SAK_ROW_GAP;
    }
}

static void
place_two (SakColumns *columns,
           int         from,
           int         left,
           int         unit)
{
  columns->width[SAK_COLUMN_STATE] = MIN (NARROW_STATE_CHARS * unit, left / 3);
  columns->width[SAK_COLUMN_TITLE] = MAX (left - columns->width[SAK_COLUMN_STATE] - SAK_ROW_GAP, 1);
  columns->x[SAK_COLUMN_TITLE] = from;
  columns->x[SAK_COLUMN_STATE] = from + columns->width[SAK_COLUMN_TITLE] + SAK_ROW_GAP;
}

void
sak_record_columns_get_two (GtkWidget  *widget,
                            int         width,
                            SakColumns *ret_columns)
{
  int from = SAK_ROW_MARGIN + SAK_ROW_ICON + SAK_ROW_GAP;

  *ret_columns = (SakColumns) { 0 };
  place_two (ret_columns, from, width - from - SAK_ROW_MARGIN, get_char_width (widget));
}

void
sak_record_columns_get (GtkWidget  *widget,
                        int         width,
                        SakColumns *ret_columns)
{
  int unit = get_char_width (widget);
  int from = SAK_ROW_MARGIN + SAK_ROW_ICON + SAK_ROW_GAP;
  int left = width - from - SAK_ROW_MARGIN;
  int others = 0;

  *ret_columns = (SakColumns) { 0 };
  for (guint i = SAK_COLUMN_CODE; i < SAK_N_COLUMNS; i++)
    others += chars[i] * unit + SAK_ROW_GAP;
  ret_columns->is_wide = left - others >= MIN_TITLE_CHARS * unit;
  if (ret_columns->is_wide)
    {
      place_wide (ret_columns, from, left - others, unit);
      return;
    }
  place_two (ret_columns, from, left, unit);
}
