/* sak-choice-field.c - one of a list, several of a list, and yes/no/unknown/not asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-fields.h"
#include "ui/sak-say.h"
#include "ui/sak-toggle-group.h"

#define FEW_OPTIONS 5

struct _SakChoiceField
{
  SakField parent_instance;
  GtkDropDown *drop_down;       /* position 0: no answer; NULL where there is the group */
  SakToggleGroup *group;        /* of a few answers in a row of a table: all of them in sight */
  char *unknown_code;           /* from a later form; kept as it is */
};

struct _SakChoicesField
{
  SakField parent_instance;
  GtkFlowBox *flow;
  GPtrArray *buttons;           /* GtkCheckButton, one for each option; borrowed */
  json_t *unknown_codes;
};

struct _SakYesnoField
{
  SakField parent_instance;
  SakToggleGroup *group;
};

G_DEFINE_FINAL_TYPE (SakChoiceField, sak_choice_field, SAK_TYPE_FIELD)
G_DEFINE_FINAL_TYPE (SakChoicesField, sak_choices_field, SAK_TYPE_FIELD)
G_DEFINE_FINAL_TYPE (SakYesnoField, sak_yesno_field, SAK_TYPE_FIELD)

static void
set_up_group (SakChoiceField *self)
{
  const SakFormField *form_field = sak_field_get_form_field (SAK_FIELD (self));

  self->group = SAK_TOGGLE_GROUP (sak_toggle_group_new ());
  for (guint i = 0; i < sak_form_field_get_n_options (form_field); i++)
    sak_toggle_group_append (self->group, sak_form_field_get_option (form_field, i),
                             sak_form_field_get_option_label (form_field, i, sak_say_language ()));
  g_signal_connect_object (self->group, "changed", G_CALLBACK (sak_field_changed), self, G_CONNECT_SWAPPED);
  sak_field_set_content (SAK_FIELD (self), GTK_WIDGET (self->group), GTK_WIDGET (self->group));
}

static void
choice_set_up (SakField *field)
{
  SakChoiceField *self = SAK_CHOICE_FIELD (field);
  const SakFormField *form_field = sak_field_get_form_field (field);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  if (sak_field_is_column (field) && sak_form_field_get_n_options (form_field) <= FEW_OPTIONS)
    {
      set_up_group (self);
      return;
    }
  /* Translators: no answer was chosen yet */
  gtk_string_list_append (labels, _("Not chosen"));
  for (guint i = 0; i < sak_form_field_get_n_options (form_field); i++)
    gtk_string_list_append (labels, sak_form_field_get_option_label (form_field, i,
                                                                     sak_say_language ()));
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)),
                                                      NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->drop_down), GTK_ALIGN_START);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (sak_field_changed),
                           field, G_CONNECT_SWAPPED);
  sak_field_set_content (field, GTK_WIDGET (self->drop_down), GTK_WIDGET (self->drop_down));
}

static int
find_option (const SakFormField *form_field,
             const char         *code)
{
  for (guint i = 0; code != NULL && i < sak_form_field_get_n_options (form_field); i++)
    if (g_str_equal (sak_form_field_get_option (form_field, i), code))
      return (int) i;
  return -1;
}

static void
choice_load (SakField     *field,
             const json_t *fields)
{
  SakChoiceField *self = SAK_CHOICE_FIELD (field);
  const char *code = sak_json_get_text (fields, sak_field_get_path (field));
  int option = find_option (sak_field_get_form_field (field), code);

  g_free (self->unknown_code);
  self->unknown_code = option < 0 ? g_strdup (code) : NULL;
  if (self->group != NULL)
    {
      sak_toggle_group_set_active (self->group, code);
      return;
    }
  gtk_drop_down_set_selected (self->drop_down, (guint) (option + 1));
}

static void
choice_store (SakField *field,
              json_t   *fields)
{
  SakChoiceField *self = SAK_CHOICE_FIELD (field);
  guint selected = self->group == NULL ? gtk_drop_down_get_selected (self->drop_down) : 0;
  const char *code = self->unknown_code;

  if (self->group != NULL && sak_toggle_group_get_active (self->group) != NULL)
    code = sak_toggle_group_get_active (self->group);
  else if (selected > 0 && selected != GTK_INVALID_LIST_POSITION)
    code = sak_form_field_get_option (sak_field_get_form_field (field), selected - 1);
  if (code != NULL)
    json_object_set_new (fields, sak_field_get_path (field), json_string (code));
  else
    json_object_del (fields, sak_field_get_path (field));
}

static void
choice_set_editable (SakField *field,
                     gboolean  is_editable)
{
  SakChoiceField *self = SAK_CHOICE_FIELD (field);

  gtk_widget_set_sensitive (self->group != NULL ? GTK_WIDGET (self->group) : GTK_WIDGET (self->drop_down),
                            is_editable);
}

static void
sak_choice_field_finalize (GObject *object)
{
  g_free (SAK_CHOICE_FIELD (object)->unknown_code);
  G_OBJECT_CLASS (sak_choice_field_parent_class)->finalize (object);
}

static void
sak_choice_field_class_init (SakChoiceFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_choice_field_finalize;
  field_class->set_up = choice_set_up;
  field_class->load = choice_load;
  field_class->store = choice_store;
  field_class->set_editable = choice_set_editable;
}

static void
sak_choice_field_init (SakChoiceField *self)
{
}

static void
append_check (SakChoicesField *self,
              const char      *label)
{
  g_autofree char *broken = sak_say_with_breaks (label);
  GtkWidget *button = gtk_check_button_new_with_label (broken);

  g_signal_connect_object (button, "toggled", G_CALLBACK (sak_field_changed), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, button);
  gtk_flow_box_insert (self->flow, button, -1);
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
choices_set_up (SakField *field)
{
  SakChoicesField *self = SAK_CHOICES_FIELD (field);
  const SakFormField *form_field = sak_field_get_form_field (field);

  self->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->flow, 3);
  for (guint i = 0; i < sak_form_field_get_n_options (form_field); i++)
    append_check (self, sak_form_field_get_option_label (form_field, i, sak_say_language ()));
  sak_field_set_content (field, GTK_WIDGET (self->flow), GTK_WIDGET (self->flow));
}

static void
choices_load (SakField     *field,
              const json_t *fields)
{
  SakChoicesField *self = SAK_CHOICES_FIELD (field);
  const SakFormField *form_field = sak_field_get_form_field (field);
  const json_t *codes = json_object_get (fields, sak_field_get_path (field));

  json_array_clear (self->unknown_codes);
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->buttons, i), FALSE);
  for (gsize i = 0; i < json_array_size (codes); i++)
    {
      json_t *code = json_array_get (codes, i);
      int option = find_option (form_field, json_string_value (code));

      if (option >= 0)
        gtk_check_button_set_active (g_ptr_array_index (self->buttons, option), TRUE);
      else
        json_array_append (self->unknown_codes, code);
    }
}

static void
choices_store (SakField *field,
               json_t   *fields)
{
  SakChoicesField *self = SAK_CHOICES_FIELD (field);
  const SakFormField *form_field = sak_field_get_form_field (field);
  g_autoptr (json_t) codes = json_copy (self->unknown_codes);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)))
      json_array_append_new (codes, json_string (sak_form_field_get_option (form_field, i)));
  if (json_array_size (codes) > 0)
    json_object_set (fields, sak_field_get_path (field), codes);
  else
    json_object_del (fields, sak_field_get_path (field));
}

static void
choices_set_editable (SakField *field,
                      gboolean  is_editable)
{
  gtk_widget_set_sensitive (GTK_WIDGET (SAK_CHOICES_FIELD (field)->flow), is_editable);
}

static void
sak_choices_field_finalize (GObject *object)
{
  SakChoicesField *self = SAK_CHOICES_FIELD (object);

  g_ptr_array_unref (self->buttons);
  json_decref (self->unknown_codes);
  G_OBJECT_CLASS (sak_choices_field_parent_class)->finalize (object);
}

static void
sak_choices_field_class_init (SakChoicesFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_choices_field_finalize;
  field_class->set_up = choices_set_up;
  field_class->load = choices_load;
  field_class->store = choices_store;
  field_class->set_editable = choices_set_editable;
}

static void
sak_choices_field_init (SakChoicesField *self)
{
  self->buttons = g_ptr_array_new ();
  self->unknown_codes = json_array ();
}

static void
yesno_set_up (SakField *field)
{
  SakYesnoField *self = SAK_YESNO_FIELD (field);

  self->group = SAK_TOGGLE_GROUP (sak_toggle_group_new ());
  sak_toggle_group_append (self->group, "yes", C_("answer", "Yes"));
  sak_toggle_group_append (self->group, "no", C_("answer", "No"));
  sak_toggle_group_append (self->group, "unknown", C_("answer", "Not known"));
  sak_toggle_group_append (self->group, "not-asked", C_("answer", "Not asked"));
  g_signal_connect_object (self->group, "changed", G_CALLBACK (sak_field_changed), field,
                           G_CONNECT_SWAPPED);
  sak_field_set_content (field, GTK_WIDGET (self->group), GTK_WIDGET (self->group));
}

static void
yesno_load (SakField     *field,
            const json_t *fields)
{
  sak_toggle_group_set_active (SAK_YESNO_FIELD (field)->group,
                               sak_json_get_text (fields, sak_field_get_path (field)));
}

static void
yesno_store (SakField *field,
             json_t   *fields)
{
  const char *code = sak_toggle_group_get_active (SAK_YESNO_FIELD (field)->group);

  if (code != NULL)
    json_object_set_new (fields, sak_field_get_path (field), json_string (code));
  else
    json_object_del (fields, sak_field_get_path (field));
}

static void
yesno_set_editable (SakField *field,
                    gboolean  is_editable)
{
  gtk_widget_set_sensitive (GTK_WIDGET (SAK_YESNO_FIELD (field)->group), is_editable);
}

static void
sak_yesno_field_class_init (SakYesnoFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  field_class->set_up = yesno_set_up;
  field_class->load = yesno_load;
  field_class->store = yesno_store;
  field_class->set_editable = yesno_set_editable;
}

static void
sak_yesno_field_init (SakYesnoField *self)
{
}
