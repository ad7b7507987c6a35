/* sak-bring-up.c - what just opened within a form is moved into sight
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-bring-up.h"

#define MARGIN 12

/* The form's own, not that of a list within it. */
static GtkWidget *
find_outermost (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  for (GtkWidget *at = gtk_widget_get_parent (widget); at != NULL; at = gtk_widget_get_parent (at))
    if (GTK_IS_SCROLLED_WINDOW (at))
      found = at;
  return found;
}

static gboolean
frame_passed_cb (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       frames)
{
  GtkWidget *scrolled = find_outermost (widget);
  GtkAdjustment *adjustment;
  double top;
  int height = gtk_widget_get_height (widget) + 2 * MARGIN;

  /* The first frame lays out; the second knows where things are. */
  if (++*(guint *) frames < 2)
    return G_SOURCE_CONTINUE;
  if (scrolled == NULL || !gtk_widget_translate_coordinates (widget, scrolled, 0, -MARGIN, NULL, &top))
    return G_SOURCE_REMOVE;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  top += gtk_adjustment_get_value (adjustment);
  gtk_adjustment_clamp_page (adjustment, top,
                             top + MIN (height, gtk_adjustment_get_page_size (adjustment)));
  return G_SOURCE_REMOVE;
}

void
sak_bring_up (GtkWidget *widget)
{
  gtk_widget_add_tick_callback (widget, frame_passed_cb, g_new0 (guint, 1), g_free);
}
