/* sak-list-header.c - the names above a list's columns, by which it is sorted
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-list-header.h"
#include "ui/sak-record-columns.h"

struct _SakListHeader
{
  GtkWidget parent_instance;
  GtkWidget *lead;              /* words before the buttons, where they do not stand above columns */
  GtkWidget *buttons[SAK_N_COLUMNS];
  const char *names[SAK_N_COLUMNS];
  char *kind;
  SakColumn column;
  gboolean is_reversed;
};

G_DEFINE_FINAL_TYPE (SakListHeader, sak_list_header, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const SakRecordSort sorts[SAK_N_COLUMNS] = {
  [SAK_COLUMN_TITLE] = SAK_SORT_TITLE,
  [SAK_COLUMN_CODE] = SAK_SORT_CODE,
  [SAK_COLUMN_DATE] = SAK_SORT_DATE,
  [SAK_COLUMN_PLACE] = SAK_SORT_PLACE,
  [SAK_COLUMN_STATE] = SAK_SORT_STATE,
  [SAK_COLUMN_CHANGED] = SAK_SORT_CHANGED,
};

/* In the first order of a column, time goes backwards and letters forwards. */
static gboolean
is_downwards (SakColumn column,
              gboolean  is_reversed)
{
  return (column == SAK_COLUMN_DATE || column == SAK_COLUMN_CHANGED) != is_reversed;
}

static char *
say_order (SakListHeader *self,
           SakColumn      column)
{
  if (column != self->column)
    /* Translators: what a button does; %s is the name of a column, e.g. "Date" */
    return g_strdup_printf (_("Sort by: %s"), self->names[column]);
  if (self->is_reversed)
    /* Translators: %s is the name of a column */
    return g_strdup_printf (_("Sorted backwards by: %s"), self->names[column]);
  /* Translators: %s is the name of a column */
  return g_strdup_printf (_("Sorted by: %s"), self->names[column]);
}

static void
show_order (SakListHeader *self)
{
  for (guint i = 0; i < SAK_N_COLUMNS; i++)
    {
      GtkWidget *icon = gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (self->buttons[i])));
      g_autofree char *words = say_order (self, i);

      gtk_widget_set_visible (icon, i == self->column);
      gtk_image_set_from_icon_name (GTK_IMAGE (icon), is_downwards (self->column, self->is_reversed)
                                                        ? "pan-down-symbolic" : "pan-up-symbolic");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      gtk_widget_set_tooltip_text (self->buttons[i], words);
    }
}

static void
column_clicked_cb (SakListHeader *self,
                   GtkWidget     *button)
{
  SakColumn column = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "sak-column"));

  self->is_reversed = column == self->column && !self->is_reversed;
  self->column = column;
  show_order (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_button (SakListHeader *self,
             SakColumn      column)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (self->names[column]);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "sak-column");
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_object_set_data (G_OBJECT (button), "sak-column", GINT_TO_POINTER (column));
  g_signal_connect_object (button, "clicked", G_CALLBACK (column_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
sak_list_header_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  SakListHeader *self = SAK_LIST_HEADER (widget);

  *minimum = *natural = 0;
  for (guint i = 0; i < SAK_N_COLUMNS; i++)
    {
      int least, best;

      gtk_widget_measure (self->buttons[i], orientation, -1, &least, &best, NULL, NULL);
      if (orientation == GTK_ORIENTATION_VERTICAL)
        *minimum = *natural = MAX (*minimum, best);
      else
        *minimum = *natural = *minimum + least;
    }
}

static int
get_natural_width (GtkWidget *widget)
{
  int best;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &best, NULL, NULL);
  return best;
}

static void
place_child (SakListHeader *self,
             GtkWidget     *child,
             int            x,
             int            own)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation place = { 0, 0, own, gtk_widget_get_height (GTK_WIDGET (self)) };
  int least;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  place.width = MAX (own, least);
  place.x = is_rtl ? width - x - place.width : x;
  gtk_widget_size_allocate (child, &place, -1);
}

/* As wide as their words, if there is room for that. */
static void
place_side_by_side (SakListHeader *self,
                    int            width)
{
  int lead = get_natural_width (self->lead);
  int x = SAK_ROW_MARGIN;
  int n = 0, at = 0;
  int all = x + lead + SAK_ROW_GAP;
  gboolean has_room;

  for (int i = 0; i < SAK_N_COLUMNS; i++)
    n += gtk_widget_get_visible (self->buttons[i]) ? 1 : 0;
  for (int i = 0; i < SAK_N_COLUMNS; i++)
    all += gtk_widget_get_visible (self->buttons[i]) ? get_natural_width (self->buttons[i]) : 0;
  has_room = all <= width;
  gtk_widget_set_child_visible (self->lead, has_room);
  if (has_room)
    {
      place_child (self, self->lead, x, lead);
      x += lead + SAK_ROW_GAP;
    }
  for (int i = 0; i < SAK_N_COLUMNS; i++)
    {
      int own;

      if (!gtk_widget_get_visible (self->buttons[i]))
        continue;
      own = has_room ? get_natural_width (self->buttons[i]) : width / n;
      place_child (self, self->buttons[i], has_room ? x : at++ * width / n, own);
      x += own;
    }
}

/* Above the columns where there are any, else side by side. */
static void
sak_list_header_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  SakListHeader *self = SAK_LIST_HEADER (widget);
  SakColumns columns;
  int padding = SAK_ROW_GAP / 2;

  /* By the width of the rows, or it would stand above columns that they do not have. */
  sak_record_columns_get (widget, self->kind, width - 2 * SAK_ROW_INSET, &columns);
  if (!columns.is_wide)
    {
      place_side_by_side (self, width);
      return;
    }
  gtk_widget_set_child_visible (self->lead, FALSE);
  for (int i = 0; i < SAK_N_COLUMNS; i++)
    if (gtk_widget_get_visible (self->buttons[i]))
      place_child (self, self->buttons[i], SAK_ROW_INSET + columns.x[i] - padding, columns.width[i] + padding);
}

static void
sak_list_header_dispose (GObject *object)
{
  SakListHeader *self = SAK_LIST_HEADER (object);

  g_clear_pointer (&self->lead, gtk_widget_unparent);
  for (guint i = 0; i < SAK_N_COLUMNS; i++)
    g_clear_pointer (&self->buttons[i], gtk_widget_unparent);
  G_OBJECT_CLASS (sak_list_header_parent_class)->dispose (object);
}

static void
sak_list_header_finalize (GObject *object)
{
  g_free (SAK_LIST_HEADER (object)->kind);
  G_OBJECT_CLASS (sak_list_header_parent_class)->finalize (object);
}

static void
sak_list_header_class_init (SakListHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_list_header_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_list_header_finalize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  widget_class->measure = sak_list_header_measure;
  widget_class->size_allocate = sak_list_header_size_allocate;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_LIST_HEADER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_list_header_init (SakListHeader *self)
{
  self->column = SAK_COLUMN_CHANGED;
  /* Translators: before the buttons "Title", "Date" and so on, which sort a list */
  self->lead = gtk_label_new (_("Sort by"));
  gtk_widget_add_css_class (self->lead, "dim-label");
  gtk_widget_set_parent (self->lead, GTK_WIDGET (self));
}

GtkWidget *
sak_list_header_new (const char *kind)
{
  SakListHeader *self = g_object_new (SAK_TYPE_LIST_HEADER, NULL);

  /* Translators: names of columns */
  self->names[SAK_COLUMN_TITLE] = g_str_equal (kind, SAK_KIND_PERSON) ? C_("column", "Name") : C_("column", "Title");
  self->names[SAK_COLUMN_CODE] = C_("column", "Number");
  self->names[SAK_COLUMN_DATE] = C_("column", "Date");
  self->names[SAK_COLUMN_PLACE] = C_("column", "Place");
  self->names[SAK_COLUMN_STATE] = C_("column", "State");
  self->names[SAK_COLUMN_CHANGED] = C_("column", "Last change");
  self->kind = g_strdup (kind);
  for (guint i = 0; i < SAK_N_COLUMNS; i++)
    {
      self->buttons[i] = make_button (self, i);
      gtk_widget_set_visible (self->buttons[i], sak_record_columns_has (kind, i));
    }
  show_order (self);
  return GTK_WIDGET (self);
}

SakRecordSort
sak_list_header_get_sort (SakListHeader *self,
                          gboolean      *ret_is_reversed)
{
  *ret_is_reversed = self->is_reversed;
  return sorts[self->column];
}
