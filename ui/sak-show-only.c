/* sak-show-only.c - one page of a stack, for eyes and screen readers alike
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-show-only.h"

void
sak_show_only (GtkStack  *stack,
               GtkWidget *page)
{
  g_return_if_fail (page != NULL);

  gtk_widget_set_visible (page, TRUE);
  gtk_stack_set_visible_child (stack, page);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, child == page);
}

void
sak_show_only_named (GtkStack   *stack,
                     const char *name)
{
  sak_show_only (stack, gtk_stack_get_child_by_name (stack, name));
}
