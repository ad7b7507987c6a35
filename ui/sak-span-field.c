/* sak-span-field.c - a length of time: a number and its unit, or in their own words
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A number that has no unit yet is kept among the words, because alone it would not be.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-typing.h"
#include "ui/words/sak-words-answer.h"

struct _SakSpanField
{
  SakField parent_instance;
  GtkEditable *number;
  GtkDropDown *unit;            /* position 0: not chosen */
  GtkEditable *said;
  char *loaded;                 /* digits as they are stored: "1.505" is no 1505 */
};

G_DEFINE_FINAL_TYPE (SakSpanField, sak_span_field, SAK_TYPE_FIELD)

static const char *
get_unit (SakSpanField *self)
{
  guint selected = gtk_drop_down_get_selected (self->unit);

  return selected > 0 && selected != GTK_INVALID_LIST_POSITION ? sak_words_get_unit (selected - 1) : NULL;
}

static void
say_what_lacks (SakSpanField *self)
{
  const char *typed = gtk_editable_get_text (self->number);
  g_autofree char *number = sak_words_read_amount (typed);
  const char *note = NULL;

  if (typed[0] != '\0' && number == NULL)
    note = _("This is not a number. Write digits here, and words in the line below.");
  else if (typed[0] != '\0' && get_unit (self) == NULL)
    note = _("Choose hours, days, months…");
  sak_field_set_note (SAK_FIELD (self), note, TRUE);
}

static void
input_changed_cb (SakSpanField *self)
{
  say_what_lacks (self);
  sak_field_changed (SAK_FIELD (self));
}

static GtkDropDown *
make_units (void)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const char *unit;

  /* Translators: in place of hours, days, months… */
  gtk_string_list_append (labels, _("Hours, days…?"));
  for (guint i = 0; (unit = sak_words_get_unit (i)) != NULL; i++)
    gtk_string_list_append (labels, sak_words_name_unit (unit));
  return GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&labels)), NULL));
}

static void
span_set_up (SakField *field)
{
  SakSpanField *self = SAK_SPAN_FIELD (field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *number = gtk_entry_new ();
  GtkWidget *said = gtk_entry_new ();

  self->number = GTK_EDITABLE (number);
  gtk_entry_set_input_purpose (GTK_ENTRY (number), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_width_chars (self->number, 8);
  self->unit = make_units ();
  sak_build_name_choice (self->unit, _("Unit of time"));
  self->said = GTK_EDITABLE (said);
  sak_typing_leave_history (number);
  sak_typing_leave_history (said);
  gtk_entry_set_placeholder_text (GTK_ENTRY (said), _("Or in their own words: “one rainy season”"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (said), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("How long, in their own words"), -1);
  g_signal_connect_object (number, "changed", G_CALLBACK (input_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (said, "changed", G_CALLBACK (input_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->unit, "notify::selected", G_CALLBACK (input_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), number);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->unit));
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), said);
  sak_field_set_content (field, box, number);
}

static void
span_load (SakField     *field,
           const json_t *fields)
{
  SakSpanField *self = SAK_SPAN_FIELD (field);
  const json_t *value = json_object_get (fields, sak_field_get_path (field));
  const json_t *number = json_object_get (value, "number");
  const char *unit = sak_json_get_text (value, "unit");
  const char *said = sak_json_get_text (value, "said");
  char digits[G_ASCII_DTOSTR_BUF_SIZE] = "";
  guint selected = 0;

  if (json_is_number (number))
    g_ascii_formatd (digits, sizeof digits, "%.10g", json_number_value (number));
  for (guint i = 0; sak_words_get_unit (i) != NULL; i++)
    if (g_strcmp0 (sak_words_get_unit (i), unit) == 0)
      selected = i + 1;
  g_free (self->loaded);
  self->loaded = g_strdup (digits);
  sak_typing_load (GTK_WIDGET (self->number), digits);
  gtk_drop_down_set_selected (self->unit, selected);
  sak_typing_load (GTK_WIDGET (self->said), said);
  say_what_lacks (self);
}

/* A JSON number, or NULL. */
static json_t *
read_number (SakSpanField *self)
{
  const char *typed = gtk_editable_get_text (self->number);
  g_autofree char *number = self->loaded != NULL && g_str_equal (typed, self->loaded)
                              ? g_strdup (typed)
                              : sak_words_read_amount (typed);

  if (number == NULL || *number == '\0')
    return NULL;
  return strchr (number, '.') != NULL ? json_real (g_ascii_strtod (number, NULL))
                                      : json_integer (g_ascii_strtoll (number, NULL, 10));
}

static void
span_store (SakField *field,
            json_t   *fields)
{
  SakSpanField *self = SAK_SPAN_FIELD (field);
  g_autofree char *said = g_strstrip (g_strdup (gtk_editable_get_text (self->said)));
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->number)));
  g_autoptr (json_t) value = json_object ();
  json_t *number = read_number (self);
  const char *unit = get_unit (self);
  g_autofree char *words = NULL;

  if (number != NULL && unit != NULL)
    {
      json_object_set (value, "number", number);
      json_object_set_new (value, "unit", json_string (unit));
      words = g_strdup (said);
    }
  else
    words = g_strdup_printf ("%s%s%s", typed, *typed != '\0' && *said != '\0' ? " " : "", said);
  json_decref (number);
  if (*words != '\0')
    json_object_set_new (value, "said", json_string (words));
  if (json_object_size (value) > 0)
    json_object_set (fields, sak_field_get_path (field), value);
  else
    json_object_del (fields, sak_field_get_path (field));
}

static void
span_set_editable (SakField *field,
                   gboolean  is_editable)
{
  SakSpanField *self = SAK_SPAN_FIELD (field);

  gtk_editable_set_editable (self->number, is_editable);
  gtk_editable_set_editable (self->said, is_editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->unit), is_editable);
}

static void
sak_span_field_finalize (GObject *object)
{
  g_free (SAK_SPAN_FIELD (object)->loaded);
  G_OBJECT_CLASS (sak_span_field_parent_class)->finalize (object);
}

static void
sak_span_field_class_init (SakSpanFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_span_field_finalize;
  field_class->set_up = span_set_up;
  field_class->load = span_load;
  field_class->store = span_store;
  field_class->set_editable = span_set_editable;
}

static void
sak_span_field_init (SakSpanField *self)
{
}
