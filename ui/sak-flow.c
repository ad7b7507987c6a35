/* sak-flow.c - Tab goes through what lies in a flow box, and never stops at what is around it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GTK gives the focus to the child of a flow box first, which has no name and does nothing, and only then to the
 * button in it: two stops for one thing, one of them silent for a screen reader. GTK's own kinds of children, as in
 * its chooser of emoji, have nothing in them that could take it: they keep it themselves.
 */
#include "config.h"

#include "ui/sak-flow.h"

static gboolean (*focus_child) (GtkWidget        *widget,
                                GtkDirectionType  direction);

static gboolean
focus_inside (GtkWidget        *widget,
              GtkDirectionType  direction)
{
  GtkWidget *child = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (widget));

  if (G_OBJECT_TYPE (widget) != GTK_TYPE_FLOW_BOX_CHILD)
    return focus_child (widget, direction);
  return child != NULL && gtk_widget_child_focus (child, direction);
}

void
sak_flow_init (void)
{
  /* Kept for good. */
  GtkWidgetClass *klass = g_type_class_ref (GTK_TYPE_FLOW_BOX_CHILD);

  if (klass->focus == focus_inside)
    return;
  focus_child = klass->focus;
  klass->focus = focus_inside;
}
