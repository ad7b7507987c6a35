/* sak-roles.c - what screen readers are spared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-roles.h"

#include <glib/gi18n-lib.h>

/* Classes take over what their parents have when they are made, so this comes first. */
static void
set_role (GType             type,
          GtkAccessibleRole role)
{
  /* Kept for good. */
  gtk_widget_class_set_accessible_role (g_type_class_ref (type), role);
}

static void
label_changed_cb (GtkWidget *label)
{
  gboolean is_hidden = gtk_label_get_label (GTK_LABEL (label))[0] == '\0' || !gtk_widget_get_visible (label);

  gtk_accessible_update_state (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_STATE_HIDDEN, is_hidden, -1);
}

static void (*label_constructed) (GObject *object);

static void
construct_label (GObject *object)
{
  label_constructed (object);
  g_signal_connect (object, "notify::label", G_CALLBACK (label_changed_cb), NULL);
  g_signal_connect (object, "notify::visible", G_CALLBACK (label_changed_cb), NULL);
  label_changed_cb (GTK_WIDGET (object));
}

static void
make_groups (GtkWidget *widget)
{
  if (GTK_IS_LIST_BOX (widget))
    g_object_set (widget, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    make_groups (child);
}

static void (*rows_constructed) (GObject *object);

/* Around rows stands a list that nobody named; it does, where the group has a title. */
static void
construct_rows (GObject *object)
{
  rows_constructed (object);
  make_groups (GTK_WIDGET (object));
}

static void (*opening_row_constructed) (GObject *object);

/* Two lists within one row: its head, and what opens. */
static void
construct_opening_row (GObject *object)
{
  opening_row_constructed (object);
  make_groups (GTK_WIDGET (object));
}

/* Of all there will be, in the libraries' own widgets, too. */
static void
watch (GType   type,
       void  (*constructed) (GObject *object),
       void (**ret_before) (GObject *object))
{
  GObjectClass *klass = g_type_class_ref (type);

  if (klass->constructed == constructed)
    return;
  *ret_before = klass->constructed;
  klass->constructed = constructed;
}

void
sak_roles_init (void)
{
  watch (GTK_TYPE_LABEL, construct_label, &label_constructed);
  watch (ADW_TYPE_PREFERENCES_GROUP, construct_rows, &rows_constructed);
  watch (ADW_TYPE_EXPANDER_ROW, construct_opening_row, &opening_row_constructed);
  set_role (ADW_TYPE_BIN, GTK_ACCESSIBLE_ROLE_GROUP);
  set_role (GTK_TYPE_FLOW_BOX, GTK_ACCESSIBLE_ROLE_GROUP);
  set_role (GTK_TYPE_FLOW_BOX_CHILD, GTK_ACCESSIBLE_ROLE_GROUP);
  set_role (GTK_TYPE_IMAGE, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  set_role (GTK_TYPE_PICTURE, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

/* As GTK itself has it on the screen. */
#define GTK_WORDS(words) g_dgettext ("gtk40", words)

static void
name_search (GtkWidget  *widget,
             const char *name)
{
  /* A choice of sections, of which there is one. */
  if (GTK_IS_MENU_BUTTON (widget))
    gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  /* GTK says it in few languages. */
  else if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), GTK_WORDS ("Shortcuts")) == 0)
    gtk_label_set_label (GTK_LABEL (widget), _("Keys"));
  else if (GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_TOGGLE_BUTTON (widget) || GTK_IS_SCROLLED_WINDOW (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (GTK_IS_MENU_BUTTON (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_search (child, name);
}

void
sak_roles_name_keys (GtkShortcutsWindow *window)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Keys"), -1);
  /* Translators: in the window that lists the keys */
  name_search (GTK_WIDGET (window), _("Search the keys"));
}
