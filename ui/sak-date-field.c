/* sak-date-field.c - a date as known: typed freely, with a line that says how it was read
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words are kept beside the date whenever they are not the date itself. Words that
 * cannot be read as a date are kept alone. Where they may mean several dates, these can be
 * chosen from below; what was stored stays as it is until somebody changes it.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-date-events.h"
#include "ui/sak-fields.h"
#include "ui/sak-month-view.h"
#include "ui/sak-say.h"
#include "ui/sak-show-only.h"
#include "ui/sak-typing.h"
#include "ui/words/sak-words-date.h"

struct _SakDateField
{
  SakField parent_instance;
  GtkEditable *entry;
  GtkMenuButton *pick;
  GtkDropDown *choice;          /* seen where there is one */
  SakDateReading *reading;      /* of what is typed */
  json_t *stored;               /* as loaded; NULL once it was changed */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (SakDateField, sak_date_field, SAK_TYPE_FIELD)

static gint32
get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return now == NULL ? SAK_DATE_NO_REFERENCE
                     : sak_date_day_of (g_date_time_get_year (now), g_date_time_get_month (now),
                                        g_date_time_get_day_of_month (now));
}

static guint
get_chosen (SakDateField *self)
{
  guint selected = gtk_drop_down_get_selected (self->choice);

  return selected != GTK_INVALID_LIST_POSITION ? selected : 0;
}

static void
say_understanding (SakDateField *self)
{
  g_autofree char *words = sak_words_date_reading (self->reading, get_chosen (self), FALSE);
  g_autofree char *note = NULL;

  if (self->reading->edtf == NULL)
    note = words[0] != '\0' ? g_steal_pointer (&words) : NULL;
  else if (self->reading->alternatives->len > 0)
    note = g_strdup (_("It may mean more than one date. Choose which."));
  else if (self->reading->is_certain)
    /* Translators: how a date that was typed is read, for example "about July 2019" */
    note = g_strdup_printf (_("Understood as: %s"), words);
  else
    /* Translators: how a date that was typed is probably meant; the calendar is a guess */
    note = g_strdup_printf (_("Probably: %s. If that is wrong, write it in another way."), words);
  sak_field_set_note (SAK_FIELD (self), note, FALSE);
}

static void
offer_choice (SakDateField *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint n_alternatives = self->reading->alternatives->len;

  self->is_filling = TRUE;
  for (guint n = 0; n_alternatives > 0 && n <= n_alternatives; n++)
    {
      g_autofree char *words = sak_words_date_reading (self->reading, n, FALSE);

      gtk_string_list_append (list, words);
    }
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (list));
  gtk_widget_set_visible (GTK_WIDGET (self->choice), n_alternatives > 0);
  self->is_filling = FALSE;
}

static void
understand (SakDateField *self)
{
  g_autoptr (GArray) events = sak_date_get_events ();

  g_clear_pointer (&self->reading, sak_date_reading_free);
  self->reading = sak_date_understand (gtk_editable_get_text (self->entry), sak_say_language (), get_today (),
                                       sak_date_events_peek (events), NULL);
  offer_choice (self);
  say_understanding (self);
}

static void
touch (SakDateField *self)
{
  g_clear_pointer (&self->stored, json_decref);
  sak_field_changed (SAK_FIELD (self));
}

static void
entry_changed_cb (SakDateField *self)
{
  if (self->is_filling)
    return;
  understand (self);
  touch (self);
}

static void
choice_selected_cb (SakDateField *self)
{
  if (self->is_filling)
    return;
  say_understanding (self);
  touch (self);
}

static void
day_chosen_cb (SakDateField *self,
               const char   *day)
{
  gtk_editable_set_text (self->entry, day);
  sak_pop_down (self->pick);
}

/* When it is first opened: forms have dozens of them. It opens on the month that is written there. */
static void
calendar_wanted (GtkMenuButton *button,
                 gpointer       field)
{
  SakDateField *self = field;
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (button));
  SakDateParts parts;

  if (popover == NULL)
    {
      GtkWidget *month = sak_month_view_new ();

      popover = gtk_popover_new ();
      g_signal_connect_object (month, "chosen", G_CALLBACK (day_chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_popover_set_child (GTK_POPOVER (popover), month);
      gtk_menu_button_set_popover (button, popover);
    }
  if (self->reading->edtf != NULL && sak_date_parse_parts (self->reading->edtf, &parts, NULL)
      && parts.from.unit >= SAK_DATE_YEAR)
    sak_month_view_show (SAK_MONTH_VIEW (gtk_popover_get_child (GTK_POPOVER (popover))), parts.from.year,
                         parts.from.unit >= SAK_DATE_MONTH ? parts.from.month : 1);
}

/* A day out of a month, for those who rather point. */
static GtkWidget *
make_picker (SakDateField *self)
{
  /* Translators: %s is a field's label */
  g_autofree char *name = g_strdup_printf (_("Choose a day for %s"), sak_field_get_label (SAK_FIELD (self)));

  self->pick = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->pick, "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pick), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pick), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  gtk_menu_button_set_create_popup_func (self->pick, calendar_wanted, self, NULL);
  return GTK_WIDGET (self->pick);
}

static GtkWidget *
make_choice (SakDateField *self)
{
  /* Translators: %s is a field's label; a list of dates that it may be */
  g_autofree char *name = g_strdup_printf (_("Which date is meant: %s"), sak_field_get_label (SAK_FIELD (self)));

  self->choice = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->choice), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (self->choice, "notify::selected", G_CALLBACK (choice_selected_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self->choice);
}

static void
date_set_up (SakField *field)
{
  SakDateField *self = SAK_DATE_FIELD (field);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = gtk_entry_new ();

  self->entry = GTK_EDITABLE (entry);
  sak_typing_leave_history (entry);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("A day, a month, a year, “about 2019”…"));
  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), entry);
  gtk_box_append (GTK_BOX (row), make_picker (self));
  gtk_box_append (GTK_BOX (column), row);
  gtk_box_append (GTK_BOX (column), make_choice (self));
  sak_field_set_content (field, column, entry);
}

/* Which of the readings is the one that was stored. */
static void
choose_stored (SakDateField *self,
               const char   *edtf)
{
  for (guint i = 0; i < self->reading->alternatives->len; i++)
    {
      const SakDateOption *option = self->reading->alternatives->pdata[i];

      if (g_strcmp0 (option->edtf, edtf) == 0)
        {
          self->is_filling = TRUE;
          gtk_drop_down_set_selected (self->choice, i + 1);
          self->is_filling = FALSE;
        }
    }
}

/* As it was stored, whatever this program would make of the words today. */
static void
say_stored (SakDateField *self,
            const json_t *value,
            const char   *edtf)
{
  g_autofree char *words = NULL;
  g_autofree char *note = NULL;

  if (edtf == NULL)
    return;
  words = sak_words_date_as_said (edtf, sak_json_get_text (value, "calendar"), NULL);
  note = g_strdup_printf (_("Understood as: %s"), words);
  sak_field_set_note (SAK_FIELD (self), note, FALSE);
}

static void
date_load (SakField     *field,
           const json_t *fields)
{
  SakDateField *self = SAK_DATE_FIELD (field);
  const json_t *value = json_object_get (fields, sak_field_get_path (field));
  const char *edtf = json_is_object (value) ? sak_json_get_text (value, "edtf") : json_string_value (value);
  const char *said = json_is_object (value) ? sak_json_get_text (value, "said") : NULL;

  self->is_filling = TRUE;
  sak_typing_load (GTK_WIDGET (self->entry), said != NULL ? said : edtf);
  self->is_filling = FALSE;
  understand (self);
  choose_stored (self, edtf);
  say_stored (self, value, edtf);
  g_clear_pointer (&self->stored, json_decref);
  self->stored = value != NULL ? json_deep_copy (value) : NULL;
}

static void
date_store (SakField *field,
            json_t   *fields)
{
  SakDateField *self = SAK_DATE_FIELD (field);
  json_t *value = self->stored != NULL ? json_deep_copy (self->stored)
                                       : sak_date_reading_to_value (self->reading, get_chosen (self));

  if (value != NULL)
    json_object_set_new (fields, sak_field_get_path (field), value);
  else
    json_object_del (fields, sak_field_get_path (field));
}

static void
date_set_editable (SakField *field,
                   gboolean  is_editable)
{
  SakDateField *self = SAK_DATE_FIELD (field);

  gtk_editable_set_editable (self->entry, is_editable);
  gtk_widget_set_visible (GTK_WIDGET (self->pick), is_editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choice), is_editable);
}

static void
sak_date_field_finalize (GObject *object)
{
  SakDateField *self = SAK_DATE_FIELD (object);

  sak_date_reading_free (self->reading);
  json_decref (self->stored);
  G_OBJECT_CLASS (sak_date_field_parent_class)->finalize (object);
}

static void
sak_date_field_class_init (SakDateFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_date_field_finalize;
  field_class->set_up = date_set_up;
  field_class->load = date_load;
  field_class->store = date_store;
  field_class->set_editable = date_set_editable;
}

static void
sak_date_field_init (SakDateField *self)
{
  self->reading = sak_date_understand ("", NULL, SAK_DATE_NO_REFERENCE, NULL, NULL);
}
