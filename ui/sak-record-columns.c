/* sak-record-columns.c - where in a list of records what stands
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-record.h"
#include "ui/sak-record-columns.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-when.h"

#define MIN_TITLE_CHARS 26
#define CODE_CHARS 15
#define PLACE_CHARS 17
#define STATE_CHARS 17
/* Dates and places are at most so much wider than they must be, before all else goes to the title. */
#define MORE_CHARS 12
/* In two lines: who it is from, and the day of the last change below that. */
#define NARROW_STATE_CHARS 28

/* How wide days are in a language and a font: no list may cut the year off. */
typedef struct
{
  char *key;
  int day;                      /* "28 September 2026" */
  int about;                    /* the same, and that it is not sure */
} DayWidths;

static int
get_char_width (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (width, 1);
}

static int
measure (GtkWidget *widget,
         char      *words)
{
  g_autofree char *owned = words;
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, owned);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* One for all rows in the same fonts and language: to shape two dozen dates for each would be felt. */
static const DayWidths *
get_day_widths (GtkWidget *widget)
{
  static DayWidths known;
  PangoContext *context = gtk_widget_get_pango_context (widget);
  g_autofree char *font = pango_font_description_to_string (pango_context_get_font_description (context));
  g_autofree char *key = g_strdup_printf ("%s %g %s", font, pango_cairo_context_get_resolution (context),
                                          sak_say_language ());

  if (g_strcmp0 (key, known.key) == 0)
    return &known;
  g_free (known.key);
  known = (DayWidths) { g_steal_pointer (&key), 0, 0 };
  for (int month = 1; month <= 12; month++)
    {
      g_autoptr (GDateTime) noon = g_date_time_new_local (2026, month, 28, 12, 0, 0);
      g_autofree char *edtf = g_strdup_printf ("2026-%02d-28~", month);

      known.day = MAX (known.day, measure (widget, sak_words_day_of (g_date_time_to_unix (noon))));
      known.about = MAX (known.about, measure (widget, sak_words_date (edtf, NULL)));
    }
  return &known;
}

gboolean
sak_record_columns_has (const char *kind,
                        SakColumn   column)
{
  return (column != SAK_COLUMN_DATE && column != SAK_COLUMN_PLACE) || g_strcmp0 (kind, SAK_KIND_PERSON) != 0;
}

static void
set_least_widths (GtkWidget  *widget,
                  const char *kind,
                  int         unit,
                  SakColumns *columns)
{
  const DayWidths *days = get_day_widths (widget);

  columns->width[SAK_COLUMN_TITLE] = MIN_TITLE_CHARS * unit;
  columns->width[SAK_COLUMN_CODE] = CODE_CHARS * unit;
  columns->width[SAK_COLUMN_DATE] = days->about + 2;
  columns->width[SAK_COLUMN_PLACE] = PLACE_CHARS * unit;
  columns->width[SAK_COLUMN_STATE] = STATE_CHARS * unit;
  columns->width[SAK_COLUMN_CHANGED] = days->day + 2;
  for (guint i = 0; i < SAK_N_COLUMNS; i++)
    if (!sak_record_columns_has (kind, i))
      columns->width[i] = 0;
}

static int
sum_up (const SakColumns *columns)
{
  int sum = -SAK_ROW_GAP;

  for (guint i = 0; i < SAK_N_COLUMNS; i++)
    sum += columns->width[i] > 0 ? columns->width[i] + SAK_ROW_GAP : 0;
  return sum;
}

/* Stretches of time and names of places are long; the title takes what is left. */
static void
share_out (SakColumns *columns,
           int         more,
           int         unit)
{
  int share = MIN (more / 4, MORE_CHARS * unit);

  for (guint i = SAK_COLUMN_DATE; i <= SAK_COLUMN_PLACE; i++)
    if (columns->width[i] > 0)
      {
        columns->width[i] += share;
        more -= share;
      }
  columns->width[SAK_COLUMN_TITLE] += more;
}

static void
place_wide (SakColumns *columns,
            int         from)
{
  for (guint i = 0; i < SAK_N_COLUMNS; i++)
    {
      columns->x[i] = from;
      from += columns->width[i] > 0 ? columns->width[i] + SAK_ROW_GAP : 0;
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
                        const char *kind,
                        int         width,
                        SakColumns *ret_columns)
{
  int unit = get_char_width (widget);
  int from = SAK_ROW_MARGIN + SAK_ROW_ICON + SAK_ROW_GAP;
  int left = width - from - SAK_ROW_MARGIN;
  int more;

  *ret_columns = (SakColumns) { 0 };
  set_least_widths (widget, kind, unit, ret_columns);
  more = left - sum_up (ret_columns);
  ret_columns->is_wide = more >= 0;
  if (ret_columns->is_wide)
    {
      share_out (ret_columns, more, unit);
      place_wide (ret_columns, from);
      return;
    }
  *ret_columns = (SakColumns) { 0 };
  place_two (ret_columns, from, left, unit);
}
