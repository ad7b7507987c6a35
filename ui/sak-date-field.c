/* sak-date-field.c - a date as known: typed freely, with a line that says how it was read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words are kept beside the date whenever they are not the date itself. Words that
 * cannot be read as a date are kept alone.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-fields.h"
#include "ui/sak-say.h"

struct _SakDateField
{
  SakField parent_instance;
  GtkEditable *entry;
  GtkMenuButton *pick;
};

G_DEFINE_FINAL_TYPE (SakDateField, sak_date_field, SAK_TYPE_FIELD)

static void
say_understanding (SakDateField *self)
{
  const char *typed = gtk_editable_get_text (self->entry);
  g_autofree char *edtf = sak_say_read_date (typed);
  g_autofree char *said = edtf != NULL ? sak_say_date (edtf) : NULL;
  g_autofree char *note = NULL;

  if (said != NULL)
    /* Translators: how a date that was typed is read, for example "about July 2019" */
    note = g_strdup_printf (_("Understood as: %s"), said);
  else if (typed[0] != '\0')
    note = g_strdup (_("Kept as you wrote it, but not understood as a date. Write for example "
                       "2019-07-14, 2019-07, 2019, about 2019, before 2015, or 2017 to 2019."));
  sak_field_set_note (SAK_FIELD (self), note, FALSE);
}

static void
entry_changed_cb (SakDateField *self)
{
  say_understanding (self);
  sak_field_changed (SAK_FIELD (self));
}

static void
day_selected_cb (GtkCalendar  *calendar,
                 SakDateField *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (date, "%Y-%m-%d");

  gtk_editable_set_text (self->entry, text);
  gtk_menu_button_popdown (self->pick);
}

static void
date_set_up (SakField *field)
{
  SakDateField *self = SAK_DATE_FIELD (field);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();
  /* Translators: %s is a field's label */
  g_autofree char *name = g_strdup_printf (_("Choose a day for %s"), sak_field_get_label (field));

  self->entry = GTK_EDITABLE (entry);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("A day, a month, a year, “about 2019”…"));
  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->pick = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->pick, "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pick), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pick), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), self, 0);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (self->pick, popover);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->pick));
  sak_field_set_content (field, row, entry);
}

static void
date_load (SakField     *field,
           const json_t *fields)
{
  SakDateField *self = SAK_DATE_FIELD (field);
  const json_t *value = json_object_get (fields, sak_field_get_path (field));
  const char *text = json_string_value (value);

  if (json_is_object (value))
    {
      text = sak_json_get_text (value, "said");
      if (text == NULL)
        text = sak_json_get_text (value, "edtf");
    }
  gtk_editable_set_text (self->entry, text != NULL ? text : "");
  say_understanding (self);
}

static void
date_store (SakField *field,
            json_t   *fields)
{
  SakDateField *self = SAK_DATE_FIELD (field);
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  g_autofree char *edtf = sak_say_read_date (typed);
  json_t *value;

  if (typed[0] == '\0')
    {
      json_object_del (fields, sak_field_get_path (field));
      return;
    }
  if (g_strcmp0 (edtf, typed) == 0)
    value = json_string (edtf);
  else if (edtf != NULL)
    value = json_pack ("{s:s, s:s}", "edtf", edtf, "said", typed);
  else
    value = json_pack ("{s:s}", "said", typed);
  json_object_set_new (fields, sak_field_get_path (field), value);
}

static void
date_set_editable (SakField *field,
                   gboolean  is_editable)
{
  SakDateField *self = SAK_DATE_FIELD (field);

  gtk_editable_set_editable (self->entry, is_editable);
  gtk_widget_set_visible (GTK_WIDGET (self->pick), is_editable);
}

static void
sak_date_field_class_init (SakDateFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  field_class->set_up = date_set_up;
  field_class->load = date_load;
  field_class->store = date_store;
  field_class->set_editable = date_set_editable;
}

static void
sak_date_field_init (SakDateField *self)
{
}
