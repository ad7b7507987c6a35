/* sak-show-only.c - one page of a stack, for eyes and screen readers alike
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-show-only.h"

/* Each time the page with the focus is taken from sight, GTK 4.8 takes a reference for later and
 * forgets the one before: covered by the stack and then hidden, a page would never be freed, with
 * all the case's text in it.
 */
static void
leave_covered_page (GtkStack  *stack,
                    GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (stack));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (stack)) && focus != page &&
      !gtk_widget_is_ancestor (focus, page))
    gtk_root_set_focus (root, NULL);
}

void
sak_show_only (GtkStack  *stack,
               GtkWidget *page)
{
  g_return_if_fail (page != NULL);

  gtk_widget_set_visible (page, TRUE);
  /* In a window that is not shown yet, nothing comes to take such references back. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (stack)))
    leave_covered_page (stack, page);
  gtk_stack_set_visible_child (stack, page);
  leave_covered_page (stack, page);
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

/* Closed from within, it is taken from sight under the focus, as above. */
void
sak_pop_down (GtkMenuButton *button)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (button));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkPopover *popover = gtk_menu_button_get_popover (button);

  if (focus != NULL && popover != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (popover)))
    gtk_widget_grab_focus (GTK_WIDGET (button));
  gtk_menu_button_popdown (button);
}
