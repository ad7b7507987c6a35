/* sak-build.c - the few shapes of which pages made in code consist
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"

#include "ui/sak-say.h"

#define PAGE_WIDTH 760
/* Of the button in libadwaita 1.2 that shows a passphrase. */
#define SHOWS_ICON "view-reveal-symbolic"

static GtkWidget *
build_column (int      width,
              GtkBox **ret_box)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), width);
  gtk_widget_set_margin_start (box, 18);
  gtk_widget_set_margin_end (box, 18);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 24);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  *ret_box = GTK_BOX (box);
  return scrolled;
}

GtkWidget *
sak_build_page (GtkBox **ret_box)
{
  return build_column (PAGE_WIDTH, ret_box);
}

void
sak_build_window (AdwWindow  *window,
                  int         width,
                  GtkWidget  *end,
                  GtkBox    **ret_box,
                  GtkLabel  **ret_words)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *words = sak_build_label ("", NULL);

  if (end != NULL)
    adw_header_bar_pack_end (ADW_HEADER_BAR (header), end);
  gtk_widget_set_margin_start (words, 18);
  gtk_widget_set_margin_bottom (words, 6);
  gtk_widget_set_visible (words, FALSE);
  gtk_box_append (GTK_BOX (content), header);
  gtk_box_append (GTK_BOX (content), build_column (width, ret_box));
  gtk_box_append (GTK_BOX (content), words);
  adw_window_set_content (window, content);
  *ret_words = GTK_LABEL (words);
}

GtkWidget *
sak_build_boxed (const char *heading)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  gtk_widget_add_css_class (box, "sak-boxed");
  if (heading != NULL)
    gtk_box_append (GTK_BOX (box), sak_build_heading (heading));
  return box;
}

GtkStack *
sak_build_steps (AdwBin      *bin,
                 const char  *heading,
                 GtkLabel   **ret_problem)
{
  GtkWidget *box = sak_build_boxed (heading);
  GtkWidget *steps = gtk_stack_new ();
  GtkWidget *problem = sak_build_label ("", NULL);

  /* Homogeneous one way only, a stack of GTK 4.8 is as wide as its hidden children would like. */
  gtk_stack_set_hhomogeneous (GTK_STACK (steps), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (steps), FALSE);
  gtk_widget_set_visible (problem, FALSE);
  gtk_box_append (GTK_BOX (box), steps);
  gtk_box_append (GTK_BOX (box), problem);
  adw_bin_set_child (bin, box);
  *ret_problem = GTK_LABEL (problem);
  return GTK_STACK (steps);
}

GtkWidget *
sak_build_label (const char *words,
                 const char *css_class)
{
  g_autofree char *broken = sak_say_with_breaks (words);
  GtkWidget *label = gtk_label_new (broken);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
sak_build_heading (const char *words)
{
  return sak_build_label (words, "title-4");
}

GtkWidget *
sak_build_button (const char *label,
                  const char *css_class,
                  GCallback   clicked,
                  gpointer    owner)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  if (clicked != NULL)
    g_signal_connect_object (button, "clicked", clicked, owner, G_CONNECT_SWAPPED);
  return button;
}

GtkWidget *
sak_build_offers (const char  *name,
                  int          max_height,
                  GCallback    activated,
                  gpointer     owner,
                  GtkListBox **ret_list)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  g_signal_connect_object (list, "row-activated", activated, owner, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (scrolled, "sak-terms");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), max_height);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  *ret_list = GTK_LIST_BOX (list);
  return scrolled;
}

static gboolean
focus_inside (GtkWidget        *widget,
              GtkDirectionType  direction)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  return child != NULL && gtk_widget_child_focus (child, direction);
}

/* As it comes, an AdwBin of libadwaita 1.2 asks itself to grab the focus when Tab enters it: from
 * behind too, so that Shift+Tab never gets past it, and what stands before is never reached.
 */
void
sak_build_set_grab_focus (GtkWidgetClass *klass,
                          gboolean      (*grab_focus) (GtkWidget *widget))
{
  klass->grab_focus = grab_focus;
  klass->focus = focus_inside;
}

static void
choice_changed_cb (GtkDropDown *drop_down)
{
  GObject *item = gtk_drop_down_get_selected_item (drop_down);
  const char *choice = GTK_IS_STRING_OBJECT (item) ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : NULL;
  const char *name = g_object_get_data (G_OBJECT (drop_down), "sak-name");
  g_autofree char *words = g_strjoin (", ", name, choice, NULL);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  /* The button within has the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static GtkWidget *
find_below (GtkWidget *widget,
            GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_below (child, type);
  return found;
}

/* GTK 4.8 leaves the rows of what it lets choose from without names. */
static void
name_rows (GtkWidget *list)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *label = find_below (row, GTK_TYPE_LABEL);

      if (label != NULL)
        gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                        gtk_label_get_text (GTK_LABEL (label)), -1);
    }
}

static void
choices_shown_cb (GtkWidget *popover)
{
  GtkWidget *list = find_below (popover, GTK_TYPE_LIST_VIEW);

  if (list != NULL)
    name_rows (list);
}

void
sak_build_name_choices (GtkWidget *widget)
{
  GtkWidget *popover = find_below (widget, GTK_TYPE_POPOVER);

  if (popover != NULL)
    g_signal_connect_after (popover, "map", G_CALLBACK (choices_shown_cb), NULL);
}

void
sak_build_name_choice (GtkDropDown *drop_down,
                       const char  *name)
{
  gboolean is_first = g_object_get_data (G_OBJECT (drop_down), "sak-name") == NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (drop_down), "sak-name", g_strdup (name), g_free);
  if (is_first)
    {
      g_signal_connect (drop_down, "notify::selected-item", G_CALLBACK (choice_changed_cb), NULL);
      sak_build_name_choices (GTK_WIDGET (drop_down));
    }
  choice_changed_cb (drop_down);
}

static void
icon_changed_cb (GtkButton *eye)
{
  gboolean is_hidden = g_strcmp0 (gtk_button_get_icon_name (eye), SHOWS_ICON) == 0;
  const char *words = is_hidden ? _("Show what is typed") : _("Hide what is typed");

  gtk_widget_set_tooltip_text (GTK_WIDGET (eye), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (eye), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static GtkWidget *
find_eye (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), SHOWS_ICON) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_eye (child);
  return found;
}

void
sak_build_name_menu (GtkMenuButton *button,
                     const char    *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_menu_button_get_popover (button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
sak_build_name_eye (GtkWidget *password_row)
{
  GtkWidget *eye = find_eye (password_row);

  /* A newer libadwaita may have it elsewhere, and names it. */
  if (eye == NULL)
    return;
  g_signal_connect (eye, "notify::icon-name", G_CALLBACK (icon_changed_cb), NULL);
  icon_changed_cb (GTK_BUTTON (eye));
}

void
sak_build_empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

void
sak_build_say (GtkLabel   *label,
               const char *words,
               gboolean    is_warning)
{
  g_autofree char *broken = sak_say_with_breaks (words);
  GtkWidget *widget = GTK_WIDGET (label);

  gtk_label_set_label (label, broken);
  gtk_widget_set_visible (widget, words[0] != '\0');
  gtk_widget_remove_css_class (widget, is_warning ? "sak-notice" : "sak-warning");
  gtk_widget_add_css_class (widget, is_warning ? "sak-warning" : "sak-notice");
}
