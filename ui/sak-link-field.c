/* sak-link-field.c - one linked record: who was the victim, who did it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-fields.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-record-titles.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words.h"

struct _SakLinkField
{
  SakField parent_instance;
  SakRecordTitles *titles;
  GtkListBox *list;             /* of the one row; activating it opens the record */
  AdwActionRow *row;
  GtkButton *remove;
  GtkButton *choose;
  char *record;                 /* NULL for none */
  gboolean is_gone;             /* it was discarded */
};

G_DEFINE_FINAL_TYPE (SakLinkField, sak_link_field, SAK_TYPE_FIELD)

static void
show_record (SakLinkField *self)
{
  gboolean is_editable = sak_field_is_editable (SAK_FIELD (self));
  const char *title = self->record != NULL ? sak_record_titles_find (self->titles, self->record) : NULL;
  gboolean is_gone = self->record != NULL && sak_record_titles_is_gone (self->titles, self->record);
  g_autofree char *broken = NULL;
  g_autofree char *name = NULL;
  g_autofree char *choose_name = g_strdup_printf (_("Choose for %s"), sak_field_get_label (SAK_FIELD (self)));

  if (title == NULL)
    title = is_gone ? _("A record that was discarded") : _("A record that is not here");
  else if (title[0] == '\0')
    title = _("Without a title yet");
  broken = sak_say_with_breaks (title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), broken);
  /* Translators: %s is the title of a linked record; the record itself stays */
  name = g_strdup_printf (_("Take out the link to %s"), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remove), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->is_gone != is_gone)
    sak_field_set_note (SAK_FIELD (self), is_gone ? sak_words_about_lost_link () : NULL, is_gone);
  self->is_gone = is_gone;
  gtk_widget_set_visible (GTK_WIDGET (self->remove), is_editable);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->record != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->choose), is_editable);
  gtk_button_set_label (self->choose, self->record == NULL ? _("Choose…") : _("Choose another…"));
  /* After the label, which would take the name's place. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose), GTK_ACCESSIBLE_PROPERTY_LABEL, choose_name, -1);
}

static void
set_record (SakLinkField *self,
            const char   *record)
{
  char *copy = g_strdup (record);

  g_free (self->record);
  self->record = copy;
  show_record (self);
}

static void
row_activated_cb (SakLinkField *self)
{
  if (self->record != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "s", self->record);
}

static void
remove_clicked_cb (SakLinkField *self)
{
  set_record (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->choose));
  sak_field_changed (SAK_FIELD (self));
}

static void
record_picked_cb (SakLinkField *self,
                  const char   *record,
                  const char   *title)
{
  sak_record_titles_put (self->titles, record, title);
  set_record (self, record);
  sak_field_changed (SAK_FIELD (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->choose));
}

static void
choose_clicked_cb (SakLinkField *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const SakFormField *form_field = sak_field_get_form_field (SAK_FIELD (self));
  GtkWidget *picker = sak_record_picker_new (GTK_WINDOW (root), sak_field_get_session (SAK_FIELD (self)),
                                             sak_form_field_get_link_kind (form_field));

  g_signal_connect_object (picker, "picked", G_CALLBACK (record_picked_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

static void
build_row (SakLinkField *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sak_field_get_label (SAK_FIELD (self)), -1);
  self->row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_action_row_set_title_lines (self->row, 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->row), TRUE);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  self->remove = GTK_BUTTON (gtk_button_new_from_icon_name ("window-close-symbolic"));
  gtk_widget_set_valign (GTK_WIDGET (self->remove), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->remove), "flat");
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (remove_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->row, GTK_WIDGET (self->remove));
  gtk_list_box_append (self->list, GTK_WIDGET (self->row));
}

static void
link_set_up (SakField *field)
{
  SakLinkField *self = SAK_LINK_FIELD (field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->titles = sak_record_titles_for (sak_field_get_session (field));
  g_signal_connect_object (self->titles, "changed", G_CALLBACK (show_record), self, G_CONNECT_SWAPPED);
  build_row (self);
  self->choose = GTK_BUTTON (gtk_button_new_with_label (_("Choose…")));
  gtk_widget_set_halign (GTK_WIDGET (self->choose), GTK_ALIGN_START);
  g_signal_connect_object (self->choose, "clicked", G_CALLBACK (choose_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->choose));
  sak_field_set_content (field, box, GTK_WIDGET (self->choose));
  show_record (self);
}

static void
link_load (SakField     *field,
           const json_t *fields)
{
  const char *record = sak_json_get_text (fields, sak_field_get_path (field));

  set_record (SAK_LINK_FIELD (field), record != NULL && *record != '\0' ? record : NULL);
}

static void
link_store (SakField *field,
            json_t   *fields)
{
  SakLinkField *self = SAK_LINK_FIELD (field);

  if (self->record != NULL)
    json_object_set_new (fields, sak_field_get_path (field), json_string (self->record));
  else
    json_object_del (fields, sak_field_get_path (field));
}

static void
link_set_editable (SakField *field,
                   gboolean  is_editable)
{
  show_record (SAK_LINK_FIELD (field));
}

static void
sak_link_field_finalize (GObject *object)
{
  SakLinkField *self = SAK_LINK_FIELD (object);

  g_clear_object (&self->titles);
  g_free (self->record);
  G_OBJECT_CLASS (sak_link_field_parent_class)->finalize (object);
}

static void
sak_link_field_class_init (SakLinkFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_link_field_finalize;
  field_class->set_up = link_set_up;
  field_class->load = link_load;
  field_class->store = link_store;
  field_class->set_editable = link_set_editable;
}

static void
sak_link_field_init (SakLinkField *self)
{
}
