/* sak-record-row-view.c - how one record looks in a list
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws its words itself: a list view of GTK 4.8 makes two hundred rows at once, of which
 * twenty are seen, and labels in all of them are what opening a list would mostly cost.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "storage/model/sak-search-query.h"
#include "ui/sak-record-columns.h"
#include "ui/sak-record-row-view.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-review.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

#define MARGIN_Y 8
#define LINE_GAP 2
/* The tallest letters of the scripts we speak: rows are of one height, whatever is in them. */
#define TALL "Ágက္ကြိုំไทยឱ្យលື່"

struct _SakRecordRowView
{
  GtkWidget parent_instance;
  SakRecordItem *item;
};

typedef struct
{
  GtkWidget *widget;
  GtkSnapshot *snapshot;
  SakColumns columns;
  int width;
  int height;
  int line_height;
  int n_lines;                  /* that a text may take, over the middle of the row if it takes two */
  GdkRGBA color;
  GdkRGBA dim;
} Drawing;

G_DEFINE_FINAL_TYPE (SakRecordRowView, sak_record_row_view, GTK_TYPE_WIDGET)

static const char *
get_state_icon (const SakRecordRow *row)
{
  switch (row->state)
    {
    case SAK_RECORD_DRAFT:
      return "document-edit-symbolic";
    case SAK_RECORD_CHANGED:
      return "document-revert-symbolic";
    case SAK_RECORD_CONFLICT:
      return "dialog-warning-symbolic";
    case SAK_RECORD_WITHDRAWN:
      return "action-unavailable-symbolic";
    default:
      return row->origin != NULL ? "mail-unread-symbolic" : "emblem-ok-symbolic";
    }
}

/* The state in words; for what came from elsewhere, from whom. */
static char *
say_state (const SakRecordRow *row)
{
  if (row->origin != NULL && row->state == SAK_RECORD_FINISHED)
    /* Translators: a record that came in a bundle; %s is a contact's name */
    return g_strdup_printf (_("From %s"), row->origin);
  return g_strdup (sak_words_name_state (row->state));
}

static char *
say_files (const SakRecordRow *row)
{
  if (row->n_media == 0)
    return g_strdup ("");
  return sak_words_print (ngettext ("%u file", "%u files", row->n_media), row->n_media);
}

/* Without the hour: a list is looked through by days. */
static char *
say_changed (const SakRecordRow *row)
{
  return row->changed > 0 ? sak_words_day_of (row->changed) : g_strdup ("");
}

static const char *
get_title (const SakRecordRow *row)
{
  /* Translators: stands for the title of a draft in which nothing was written yet */
  return row->title[0] != '\0' ? row->title : _("Without a title yet");
}

/* Those that say something, with a dot between. */
static char *
join (const char *const parts[])
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " · " : "", parts[i]);
  return g_string_free (joined, FALSE);
}

static char *
say_subtitle (const SakRecordRow *row,
              const char         *code)
{
  g_autofree char *date = sak_words_date (row->date, NULL);
  g_autofree char *files = say_files (row);
  const char *const parts[] = { date, row->place, files, code, NULL };

  return join (parts);
}

/* --- Of what arrived --- */

static const char *
get_arrival_icon (const SakArrived *arrived)
{
  if (arrived->is_urgent)
    return "dialog-warning-symbolic";
  return arrived->is_read ? "mail-read-symbolic" : "mail-unread-symbolic";
}

static char *
say_arrival_title (const SakArrived *arrived)
{
  if (!arrived->is_urgent)
    return g_strdup (get_title (arrived->row));
  /* Translators: in a list of what arrived: somebody is in danger; %s is the record's title */
  return g_strdup_printf (_("Urgent: %s"), get_title (arrived->row));
}

static char *
say_arrival (const SakArrived *arrived)
{
  g_autofree char *title = say_arrival_title (arrived);
  g_autofree char *state = sak_words_arrival_state (arrived);
  g_autofree char *line = sak_words_arrival_line (arrived);
  g_autofree char *changed = say_changed (arrived->row);
  /* Translators: of a record that nobody opened yet */
  const char *read = arrived->is_read ? "" : _("Unread");
  const char *const parts[] = { read, title, state, line, changed, NULL };

  return join (parts);
}

/* List rows of GTK 4.8 say nothing of themselves to a screen reader. */
static void
name_row (SakRecordRowView *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  const SakRecordRow *row = self->item != NULL ? sak_record_item_get_row (self->item) : NULL;
  const char *snippet = self->item != NULL ? sak_record_item_get_snippet (self->item, NULL) : "";
  g_autofree char *state = NULL;
  g_autofree char *subtitle = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  if (parent == NULL || row == NULL)
    return;
  if (sak_record_item_get_arrived (self->item) != NULL)
    {
      state = say_arrival (sak_record_item_get_arrived (self->item));
      gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, state, -1);
      return;
    }
  state = say_state (row);
  subtitle = say_subtitle (row, "");
  if (sak_record_item_is_marked (self->item))
    /* Translators: of a row in a list from which some are being chosen */
    g_string_append_printf (words, "%s, ", _("Chosen"));
  g_string_append_printf (words, "%s, %s, %s", get_title (row), subtitle, state);
  if (snippet[0] != '\0')
    g_string_append_printf (words, ", %s", snippet);
  gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

static void
item_changed_cb (SakRecordRowView *self)
{
  name_row (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- Drawing --- */

static PangoAttrList *
make_attributes (const GArray *ranges,
                 gboolean      is_bold)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  for (guint i = 0; ranges != NULL && i < ranges->len; i++)
    {
      const SakSearchRange *range = &g_array_index (ranges, SakSearchRange, i);
      PangoAttribute *marks[] = {
        pango_attr_background_new (0xf9f9, 0xd7d7, 0x4e4e), pango_attr_foreground_new (0, 0, 0),
        pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
      };

      for (guint j = 0; j < G_N_ELEMENTS (marks); j++)
        {
          marks[j]->start_index = range->start;
          marks[j]->end_index = range->end;
          pango_attr_list_insert (attributes, marks[j]);
        }
    }
  return attributes;
}

static void
draw_text (const Drawing *drawing,
           const char    *text,
           PangoAttrList *attributes,
           const GdkRGBA *color,
           int            x,
           int            y,
           int            width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (drawing->widget, text);
  gboolean is_rtl = gtk_widget_get_direction (drawing->widget) == GTK_TEXT_DIR_RTL;
  int own_height, own_y;

  if (attributes != NULL)
    pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_height (layout, -drawing->n_lines);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, NULL, &own_height);
  own_y = pango_layout_get_line_count (layout) > 1 ? (drawing->height - own_height) / 2
                                                   : y + (drawing->line_height - own_height) / 2;
  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot,
                          &GRAPHENE_POINT_INIT ((float) (is_rtl ? drawing->width - x - width : x),
                                                (float) own_y));
  gtk_snapshot_append_layout (drawing->snapshot, layout, color);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
draw_plain (const Drawing *drawing,
            SakColumn      column,
            const char    *text,
            const GdkRGBA *color,
            int            y)
{
  if (drawing->columns.width[column] > 0)
    draw_text (drawing, text, NULL, color, drawing->columns.x[column], y, drawing->columns.width[column]);
}

static void
draw_icon (const Drawing *drawing,
           const char    *name)
{
  gboolean is_rtl = gtk_widget_get_direction (drawing->widget) == GTK_TEXT_DIR_RTL;
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (drawing->widget));
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (theme, name, NULL, SAK_ROW_ICON, gtk_widget_get_scale_factor (drawing->widget),
                                gtk_widget_get_direction (drawing->widget), 0);
  int x = is_rtl ? drawing->width - SAK_ROW_MARGIN - SAK_ROW_ICON : SAK_ROW_MARGIN;

  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot,
                          &GRAPHENE_POINT_INIT ((float) x, (float) (drawing->height - SAK_ROW_ICON) / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), drawing->snapshot, SAK_ROW_ICON,
                                            SAK_ROW_ICON, &drawing->color, 1);
  gtk_snapshot_restore (drawing->snapshot);
}

/* Below the title: where the searched words stand, or what has no column. */
static void
draw_second_line (const Drawing       *drawing,
                  SakRecordItem       *item,
                  const SakRecordRow  *row,
                  int                  y)
{
  const GArray *ranges;
  const char *snippet = sak_record_item_get_snippet (item, &ranges);
  g_autoptr (PangoAttrList) attributes = NULL;
  g_autofree char *words = NULL;
  g_autofree char *changed = say_changed (row);
  int width = drawing->width - drawing->columns.x[SAK_COLUMN_TITLE] - SAK_ROW_MARGIN;

  if (snippet[0] != '\0')
    {
      attributes = make_attributes (ranges, FALSE);
      draw_text (drawing, snippet, attributes, &drawing->dim, drawing->columns.x[SAK_COLUMN_TITLE], y, width);
      return;
    }
  words = drawing->columns.is_wide ? say_files (row) : say_subtitle (row, row->code);
  draw_text (drawing, words, NULL, &drawing->dim, drawing->columns.x[SAK_COLUMN_TITLE], y,
             drawing->columns.width[SAK_COLUMN_TITLE]);
  if (!drawing->columns.is_wide)
    draw_plain (drawing, SAK_COLUMN_STATE, changed, &drawing->dim, y);
}

static void
draw_row (const Drawing      *drawing,
          SakRecordItem      *item,
          const SakRecordRow *row)
{
  g_autoptr (PangoAttrList) attributes = make_attributes (sak_record_item_get_title_ranges (item), TRUE);
  g_autofree char *state = say_state (row);
  g_autofree char *date = sak_words_date (row->date, NULL);
  g_autofree char *changed = say_changed (row);
  int first = MARGIN_Y, second = MARGIN_Y + drawing->line_height + LINE_GAP;
  Drawing title = *drawing, tall = *drawing;

  /* What is long goes on below, unless something else stands there. */
  if (drawing->columns.is_wide && sak_record_item_get_snippet (item, NULL)[0] == '\0')
    {
      tall.n_lines = 2;
      if (row->n_media == 0)
        {
          title.n_lines = 2;
          first = (drawing->height - drawing->line_height) / 2;
        }
    }
  draw_icon (drawing, sak_record_item_is_marked (item) ? "object-select-symbolic" : get_state_icon (row));
  draw_text (&title, get_title (row), attributes, &drawing->color, drawing->columns.x[SAK_COLUMN_TITLE], first,
             drawing->columns.width[SAK_COLUMN_TITLE]);
  draw_plain (&tall, SAK_COLUMN_STATE, state, &drawing->color, first);
  draw_second_line (drawing, item, row, second);
  if (!drawing->columns.is_wide)
    return;
  draw_plain (drawing, SAK_COLUMN_CODE, row->code, &drawing->dim, first);
  draw_plain (&tall, SAK_COLUMN_DATE, date, &drawing->color, first);
  draw_plain (&tall, SAK_COLUMN_PLACE, row->place, &drawing->color, first);
  draw_plain (drawing, SAK_COLUMN_CHANGED, changed, &drawing->dim, first);
}

/* Bold until it is read; who it is from, and how far that is known, below. */
static void
draw_arrival (const Drawing    *drawing,
              const SakArrived *arrived)
{
  g_autoptr (PangoAttrList) attributes = make_attributes (NULL, !arrived->is_read);
  g_autofree char *title = say_arrival_title (arrived);
  g_autofree char *state = sak_words_arrival_state (arrived);
  g_autofree char *line = sak_words_arrival_line (arrived);
  g_autofree char *changed = say_changed (arrived->row);
  int second = MARGIN_Y + drawing->line_height + LINE_GAP;

  draw_icon (drawing, get_arrival_icon (arrived));
  draw_text (drawing, title, attributes, &drawing->color, drawing->columns.x[SAK_COLUMN_TITLE], MARGIN_Y,
             drawing->columns.width[SAK_COLUMN_TITLE]);
  draw_plain (drawing, SAK_COLUMN_STATE, state, &drawing->color, MARGIN_Y);
  draw_plain (drawing, SAK_COLUMN_TITLE, line, &drawing->dim, second);
  draw_plain (drawing, SAK_COLUMN_STATE, changed, &drawing->dim, second);
}

/* One for all rows in the same fonts: to shape so many scripts two hundred times would be felt. */
static int
get_line_height (GtkWidget *widget)
{
  static char *known_font;
  static int known_height;
  PangoContext *context = gtk_widget_get_pango_context (widget);
  g_autofree char *name = pango_font_description_to_string (pango_context_get_font_description (context));
  g_autofree char *font = g_strdup_printf ("%s %g", name, pango_cairo_context_get_resolution (context));
  g_autoptr (PangoLayout) layout = NULL;

  if (g_strcmp0 (font, known_font) == 0)
    return known_height;
  layout = gtk_widget_create_pango_layout (widget, TALL);
  pango_layout_get_pixel_size (layout, NULL, &known_height);
  g_free (known_font);
  known_font = g_steal_pointer (&font);
  return known_height;
}

static void
sak_record_row_view_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                          ? 2 * get_line_height (widget) + LINE_GAP + 2 * MARGIN_Y : 200;
}

static void
sak_record_row_view_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  SakRecordRowView *self = SAK_RECORD_ROW_VIEW (widget);
  const SakRecordRow *row = self->item != NULL ? sak_record_item_get_row (self->item) : NULL;
  Drawing drawing = { .widget = widget, .snapshot = snapshot, .width = gtk_widget_get_width (widget),
                      .height = gtk_widget_get_height (widget), .n_lines = 1 };

  drawing.line_height = get_line_height (widget);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &drawing.color);
  drawing.dim = drawing.color;
  drawing.dim.alpha *= adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) ? 1.0f : 0.7f;
  sak_record_columns_get (widget, row != NULL ? row->kind : NULL, drawing.width, &drawing.columns);
  if (row != NULL && sak_record_item_get_arrived (self->item) != NULL)
    {
      sak_record_columns_get_two (widget, drawing.width, &drawing.columns);
      draw_arrival (&drawing, sak_record_item_get_arrived (self->item));
    }
  else if (row != NULL)
    draw_row (&drawing, self->item, row);
  else
    draw_plain (&drawing, SAK_COLUMN_TITLE, "…", &drawing.dim, MARGIN_Y);
}

static void
sak_record_row_view_dispose (GObject *object)
{
  sak_record_row_view_set_item (SAK_RECORD_ROW_VIEW (object), NULL);
  G_OBJECT_CLASS (sak_record_row_view_parent_class)->dispose (object);
}

static void
sak_record_row_view_class_init (SakRecordRowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_record_row_view_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  widget_class->measure = sak_record_row_view_measure;
  widget_class->snapshot = sak_record_row_view_snapshot;
}

static void
sak_record_row_view_init (SakRecordRowView *self)
{
}

GtkWidget *
sak_record_row_view_new (void)
{
  return g_object_new (SAK_TYPE_RECORD_ROW_VIEW, NULL);
}

void
sak_record_row_view_set_item (SakRecordRowView *self,
                              SakRecordItem    *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, item_changed_cb, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect_object (item, "filled", G_CALLBACK (item_changed_cb), self, G_CONNECT_SWAPPED);
  item_changed_cb (self);
}
