/* sak-term-field.c - one or several terms of a vocabulary
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is chosen stands in rows with its path and can be taken out again; also what was withdrawn
 * since, or is not in the vocabulary of this program. The chooser opens below.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-bring-up.h"
#include "ui/sak-fields.h"
#include "ui/sak-say.h"
#include "ui/sak-term-chooser.h"
#include "ui/words/sak-words-answer.h"

struct _SakTermField
{
  SakField parent_instance;
  GtkBox *box;
  GtkListBox *list;
  GtkButton *open;
  SakTermChooser *chooser;      /* NULL until it is opened */
  json_t *codes;                /* array; in a field of one choice, of one at most */
};

G_DEFINE_FINAL_TYPE (SakTermField, sak_term_field, SAK_TYPE_FIELD)

static void show_codes (SakTermField *self);

static const SakVocabulary *
get_vocabulary (SakTermField *self)
{
  return sak_form_field_get_vocabulary (sak_field_get_form_field (SAK_FIELD (self)));
}

static gboolean
is_many (SakTermField *self)
{
  return sak_form_field_get_field_type (sak_field_get_form_field (SAK_FIELD (self))) == SAK_FIELD_CHOICES;
}

static gssize
find_code (SakTermField *self,
           const char   *code)
{
  json_t *item;
  gsize i;

  json_array_foreach (self->codes, i, item)
    if (g_strcmp0 (json_string_value (item), code) == 0)
      return (gssize) i;
  return -1;
}

static void
codes_changed (SakTermField *self)
{
  show_codes (self);
  if (self->chooser != NULL)
    sak_term_chooser_set_chosen (self->chooser, self->codes);
  sak_field_changed (SAK_FIELD (self));
}

static void
remove_clicked_cb (SakTermField *self,
                   GtkButton    *button)
{
  gssize n = find_code (self, g_object_get_data (G_OBJECT (button), "sak-code"));

  if (n >= 0)
    json_array_remove (self->codes, (gsize) n);
  codes_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->open));
}

static void
append_remove (SakTermField *self,
               AdwActionRow *row,
               const char   *code,
               const char   *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* Translators: %s is a chosen term, for example "Arbitrary arrest" */
  g_autofree char *name = g_strdup_printf (_("Take out %s"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "sak-code", g_strdup (code), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, button);
}

/* Where the term stands, what it means, and what is peculiar about it. */
static char *
describe (const SakTerm *term,
          const char    *code)
{
  const char *language = sak_say_language ();
  g_autofree char *place = NULL;
  g_autofree char *replaced = NULL;
  const char *state = NULL;

  if (term == NULL)
    return g_strdup (g_str_has_prefix (code, SAK_VOCABULARY_LOCAL)
                       ? _("A group’s own term, which is not in this program. It stays as it is.")
                       : _("Not in this program’s list. It stays as it is."));
  if (sak_term_get_parent (term) != NULL)
    {
      g_auto (GStrv) path = sak_term_dup_path (sak_term_get_parent (term), language);

      place = g_strjoinv (" › ", path);
    }
  if (sak_term_is_withdrawn (term) && sak_term_get_replacement (term) != NULL)
    /* Translators: %s is the term to use now */
    replaced = g_strdup_printf (_("Not used any more. Use now: %s"),
                                sak_term_get_label (sak_term_get_replacement (term), language));
  else if (sak_term_is_withdrawn (term))
    state = _("Not used any more.");
  else if (sak_term_is_local (term))
    state = _("A term of your own group.");
  return g_strjoin ("\n", place != NULL ? place : "", replaced != NULL ? replaced : state != NULL ? state : "",
                    sak_term_get_note (term, language), NULL);
}

/* g_strjoin leaves empty lines where there was nothing. */
static char *
drop_empty_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      g_string_append_printf (kept, "%s%s", kept->len > 0 ? "\n" : "", lines[i]);
  return g_string_free (kept, FALSE);
}

static void
append_code (SakTermField *self,
             const char   *code)
{
  const SakTerm *term = get_vocabulary (self) != NULL ? sak_vocabulary_find_term (get_vocabulary (self), code) : NULL;
  const char *title = term != NULL ? sak_term_get_label (term, sak_say_language ()) : code;
  g_autofree char *all = describe (term, code);
  g_autofree char *lines = drop_empty_lines (all);
  g_autofree char *broken = sak_say_with_breaks (title);
  g_autofree char *broken_lines = sak_say_with_breaks (lines);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), broken);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), broken_lines);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  if (sak_field_is_editable (SAK_FIELD (self)))
    append_remove (self, ADW_ACTION_ROW (row), code, title);
  gtk_list_box_append (self->list, row);
}

static void
show_codes (SakTermField *self)
{
  gboolean is_editable = sak_field_is_editable (SAK_FIELD (self));
  gboolean has_any = json_array_size (self->codes) > 0;
  /* Translators: %s is a field's label, for example "Kind of violation" */
  g_autofree char *name = g_strdup_printf (_("Choose for %s"), sak_field_get_label (SAK_FIELD (self)));
  GtkWidget *row;
  json_t *code;
  gsize i;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  json_array_foreach (self->codes, i, code)
    append_code (self, json_string_value (code));
  gtk_widget_set_visible (GTK_WIDGET (self->list), has_any);
  gtk_widget_set_visible (GTK_WIDGET (self->open), is_editable && get_vocabulary (self) != NULL);
  gtk_button_set_label (self->open, !has_any ? _("Choose…") : is_many (self) ? _("Choose more…")
                                                                             : _("Choose another…"));
  /* After the label, which would take the name's place. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->open), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (is_editable && get_vocabulary (self) == NULL)
    sak_field_set_note (SAK_FIELD (self), _("The list of terms for this is not in this program."), FALSE);
}

static void
close_chooser (SakTermField *self)
{
  if (self->chooser != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->chooser), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->open),
                          sak_field_is_editable (SAK_FIELD (self)) && get_vocabulary (self) != NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self->open)))
    gtk_widget_grab_focus (GTK_WIDGET (self->open));
}

static void
term_chosen_cb (SakTermField *self,
                const char   *code)
{
  gssize n = find_code (self, code);

  if (!is_many (self))
    json_array_clear (self->codes);
  if (is_many (self) && n >= 0)
    json_array_remove (self->codes, (gsize) n);
  else
    json_array_append_new (self->codes, json_string (code));
  codes_changed (self);
  if (is_many (self))
    gtk_widget_set_visible (GTK_WIDGET (self->open), FALSE);
  else
    close_chooser (self);
}

static void
open_clicked_cb (SakTermField *self)
{
  const SakFormField *form_field = sak_field_get_form_field (SAK_FIELD (self));

  if (self->chooser == NULL)
    {
      self->chooser = SAK_TERM_CHOOSER (sak_term_chooser_new (get_vocabulary (self),
                                                              sak_form_field_get_under (form_field),
                                                              is_many (self),
                                                              sak_field_get_label (SAK_FIELD (self))));
      g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (term_chosen_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->chooser, "closed", G_CALLBACK (close_chooser), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->box, GTK_WIDGET (self->chooser));
    }
  sak_term_chooser_set_chosen (self->chooser, self->codes);
  sak_term_chooser_start (self->chooser);
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->chooser));
  gtk_widget_set_visible (GTK_WIDGET (self->open), FALSE);
  sak_bring_up (GTK_WIDGET (self->chooser));
}

static void
term_set_up (SakField *field)
{
  SakTermField *self = SAK_TERM_FIELD (field);

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sak_field_get_label (field), -1);
  self->open = GTK_BUTTON (gtk_button_new_with_label (_("Choose…")));
  gtk_widget_set_halign (GTK_WIDGET (self->open), GTK_ALIGN_START);
  g_signal_connect_object (self->open, "clicked", G_CALLBACK (open_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, GTK_WIDGET (self->list));
  gtk_box_append (self->box, GTK_WIDGET (self->open));
  sak_field_set_content (field, GTK_WIDGET (self->box), GTK_WIDGET (self->open));
  show_codes (self);
}

static void
term_load (SakField     *field,
           const json_t *fields)
{
  SakTermField *self = SAK_TERM_FIELD (field);
  const json_t *value = json_object_get (fields, sak_field_get_path (field));
  const json_t *code;

  json_array_clear (self->codes);
  if (json_is_string (value) && json_string_length (value) > 0)
    json_array_append (self->codes, (json_t *) value);
  for (gsize i = 0; i < json_array_size (value); i++)
    if (json_is_string (code = json_array_get (value, i)))
      json_array_append (self->codes, (json_t *) code);
  show_codes (self);
}

static void
term_store (SakField *field,
            json_t   *fields)
{
  SakTermField *self = SAK_TERM_FIELD (field);

  if (json_array_size (self->codes) == 0)
    json_object_del (fields, sak_field_get_path (field));
  else if (is_many (self))
    json_object_set_new (fields, sak_field_get_path (field), json_deep_copy (self->codes));
  else
    json_object_set (fields, sak_field_get_path (field), json_array_get (self->codes, 0));
}

static void
term_set_editable (SakField *field,
                   gboolean  is_editable)
{
  SakTermField *self = SAK_TERM_FIELD (field);

  if (self->chooser != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->chooser), FALSE);
  show_codes (self);
}

static void
sak_term_field_finalize (GObject *object)
{
  json_decref (SAK_TERM_FIELD (object)->codes);
  G_OBJECT_CLASS (sak_term_field_parent_class)->finalize (object);
}

static void
sak_term_field_class_init (SakTermFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_term_field_finalize;
  field_class->set_up = term_set_up;
  field_class->load = term_load;
  field_class->store = term_store;
  field_class->set_editable = term_set_editable;
}

static void
sak_term_field_init (SakTermField *self)
{
  self->codes = json_array ();
}
