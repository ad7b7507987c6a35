/* sak-toggle-group.c - one of a few answers, all of them in sight
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Toggle buttons that wrap into further rows when there is no room. Clicking the chosen
 * one takes the answer back.
 */
#include "config.h"

#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/sak-toggle-group.h"

struct _SakToggleGroup
{
  AdwBin parent_instance;
  GtkFlowBox *flow;
  GPtrArray *buttons;           /* borrowed */
  char *active;
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (SakToggleGroup, sak_toggle_group, ADW_TYPE_BIN)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *
get_code (gpointer button)
{
  return g_object_get_data (button, "sak-code");
}

static void
button_toggled_cb (SakToggleGroup  *self,
                   GtkToggleButton *button)
{
  if (self->is_setting)
    return;
  sak_toggle_group_set_active (self, gtk_toggle_button_get_active (button) ? get_code (button) : NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
sak_toggle_group_grab_focus (GtkWidget *widget)
{
  SakToggleGroup *self = SAK_TOGGLE_GROUP (widget);

  return self->buttons->len > 0 && gtk_widget_grab_focus (g_ptr_array_index (self->buttons, 0));
}

static void
sak_toggle_group_finalize (GObject *object)
{
  SakToggleGroup *self = SAK_TOGGLE_GROUP (object);

  g_ptr_array_unref (self->buttons);
  g_free (self->active);
  G_OBJECT_CLASS (sak_toggle_group_parent_class)->finalize (object);
}

static void
sak_toggle_group_class_init (SakToggleGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_toggle_group_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_toggle_group_grab_focus);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_TOGGLE_GROUP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_toggle_group_init (SakToggleGroup *self)
{
  self->buttons = g_ptr_array_new ();
  self->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->flow, 12);
  gtk_flow_box_set_column_spacing (self->flow, 4);
  gtk_flow_box_set_row_spacing (self->flow, 4);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->flow));
}

GtkWidget *
sak_toggle_group_new (void)
{
  return g_object_new (SAK_TYPE_TOGGLE_GROUP, NULL);
}

void
sak_toggle_group_append (SakToggleGroup *self,
                         const char     *code,
                         const char     *label)
{
  g_autofree char *broken = sak_say_with_breaks (label);
  GtkWidget *button = gtk_toggle_button_new_with_label (broken);
  GtkWidget *text = gtk_button_get_child (GTK_BUTTON (button));
  GtkWidget *cell;

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 40);
  g_object_set_data_full (G_OBJECT (button), "sak-code", g_strdup (code), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (button_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, button);
  gtk_flow_box_insert (self->flow, button, -1);
  gtk_widget_add_css_class (button, "sak-answer");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  /* The cell around it is nothing to stop at with the Tab key. */
  cell = gtk_widget_get_parent (button);
  gtk_widget_set_focusable (cell, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
sak_toggle_group_set_active (SakToggleGroup *self,
                             const char     *code)
{
  g_autofree char *active = g_strdup (code);

  self->is_setting = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkToggleButton *button = g_ptr_array_index (self->buttons, i);

      gtk_toggle_button_set_active (button, g_strcmp0 (get_code (button), active) == 0);
    }
  self->is_setting = FALSE;
  g_free (self->active);
  self->active = g_steal_pointer (&active);
}

const char *
sak_toggle_group_get_active (SakToggleGroup *self)
{
  return self->active;
}
