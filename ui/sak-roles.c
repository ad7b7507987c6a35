/* sak-roles.c - what screen readers are spared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-roles.h"

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

/* Of all there will be, in GTK's own widgets, too. */
static void
watch_labels (void)
{
  GObjectClass *klass = g_type_class_ref (GTK_TYPE_LABEL);

  if (klass->constructed == construct_label)
    return;
  label_constructed = klass->constructed;
  klass->constructed = construct_label;
}

void
sak_roles_init (void)
{
  watch_labels ();
  set_role (ADW_TYPE_BIN, GTK_ACCESSIBLE_ROLE_GROUP);
  set_role (GTK_TYPE_FLOW_BOX, GTK_ACCESSIBLE_ROLE_GROUP);
  set_role (GTK_TYPE_FLOW_BOX_CHILD, GTK_ACCESSIBLE_ROLE_GROUP);
  set_role (GTK_TYPE_IMAGE, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

void
sak_roles_name_lists (GtkWidget  *widget,
                      const char *name)
{
  if (GTK_IS_LIST_BOX (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    sak_roles_name_lists (child, name);
}
