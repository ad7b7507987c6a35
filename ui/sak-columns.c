/* sak-columns.c - two things side by side, or one above the other where there is no room
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Decided when it is measured and placed, not by a box that is turned: that would have to be laid
 * out again in the middle of a layout.
 */
#include "config.h"

#include "ui/sak-columns.h"

#define SPACING 14
/* Each column, where they stand side by side: some five words of Burmese to a line. */
#define LEAST_COLUMN 290

struct _SakColumns
{
  GtkWidget parent_instance;
  GtkWidget *first;
  GtkWidget *second;
};

G_DEFINE_FINAL_TYPE (SakColumns, sak_columns, GTK_TYPE_WIDGET)

static gboolean
are_both_seen (SakColumns *self)
{
  return gtk_widget_should_layout (self->first) && gtk_widget_should_layout (self->second);
}

static int
get_least (GtkWidget *widget)
{
  int least = 0;

  if (gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static gboolean
is_side_by_side (SakColumns *self,
                 int         width)
{
  int column = (width - SPACING) / 2;

  return are_both_seen (self) && column >= MAX (LEAST_COLUMN, MAX (get_least (self->first), get_least (self->second)));
}

static int
get_height (GtkWidget *widget,
            int        width)
{
  int height = 0;

  if (gtk_widget_should_layout (widget))
    gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static GtkSizeRequestMode
sak_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sak_columns_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  SakColumns *self = SAK_COLUMNS (widget);
  int least = MAX (get_least (self->first), get_least (self->second));

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = are_both_seen (self) ? 2 * MAX (least, LEAST_COLUMN) + SPACING : least;
      return;
    }
  if (for_size < 0)
    for_size = least;
  if (is_side_by_side (self, for_size))
    {
      int column = (for_size - SPACING) / 2;

      *minimum = MAX (get_height (self->first, column), get_height (self->second, column));
    }
  else
    *minimum = get_height (self->first, for_size) + get_height (self->second, for_size)
               + (are_both_seen (self) ? SPACING : 0);
  *natural = *minimum;
}

static void
place (GtkWidget *widget,
       int        x,
       int        y,
       int        width,
       int        height)
{
  if (gtk_widget_should_layout (widget))
    gtk_widget_size_allocate (widget, &(GtkAllocation) { x, y, width, height }, -1);
}

static void
sak_columns_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  SakColumns *self = SAK_COLUMNS (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (is_side_by_side (self, width))
    {
      int column = (width - SPACING) / 2;

      place (self->first, is_rtl ? width - column : 0, 0, column, height);
      place (self->second, is_rtl ? 0 : width - column, 0, column, height);
    }
  else
    {
      int first = get_height (self->first, width);
      int top = first + (are_both_seen (self) ? SPACING : 0);

      place (self->first, 0, 0, width, first);
      place (self->second, 0, top, width, MAX (height - top, 0));
    }
}

static void
sak_columns_dispose (GObject *object)
{
  SakColumns *self = SAK_COLUMNS (object);

  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);
  G_OBJECT_CLASS (sak_columns_parent_class)->dispose (object);
}

static void
sak_columns_class_init (SakColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_columns_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  widget_class->get_request_mode = sak_columns_get_request_mode;
  widget_class->measure = sak_columns_measure;
  widget_class->size_allocate = sak_columns_size_allocate;
}

static void
sak_columns_init (SakColumns *self)
{
}

GtkWidget *
sak_columns_new (GtkWidget *first,
                 GtkWidget *second)
{
  SakColumns *self = g_object_new (SAK_TYPE_COLUMNS, NULL);

  self->first = first;
  self->second = second;
  gtk_widget_set_parent (first, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
