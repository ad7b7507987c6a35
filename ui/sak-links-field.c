/* sak-links-field.c - links to other records, each with the field's role
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The values lie at "links/<uuid>": { "role", "to", "code"?, "note"? }. This field owns those of its
 * role. Where the form has a vocabulary for them, each says by a code how the two are connected.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-bring-up.h"
#include "ui/sak-fields.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-record-titles.h"
#include "ui/sak-say.h"
#include "ui/sak-term-chooser.h"
#include "ui/sak-typing.h"
#include "ui/sak-zawgyi-hint.h"
#include "ui/words/sak-words-answer.h"
#include "ui/words/sak-words.h"

#define PREFIX "links/"

struct _SakLinksField
{
  SakField parent_instance;
  GtkListBox *list;
  GtkButton *add;
  GtkBox *box;
  SakTermChooser *chooser;      /* of the connection of one link; NULL until it is asked for */
  char *choosing;               /* path of that link */
  char *noting;                 /* path of the link whose note is being written, or NULL */
  GtkWidget *note;              /* its line, or NULL */
  SakRecordTitles *titles;
  json_t *links;                /* path → { "role", "to", "code"?, "note"? } */
  gboolean has_gone;            /* one of them to a record that was discarded */
};

G_DEFINE_FINAL_TYPE (SakLinksField, sak_links_field, SAK_TYPE_FIELD)

static void show_links (SakLinksField *self);

static const char *
get_role (SakLinksField *self)
{
  return sak_form_field_get_link_role (sak_field_get_form_field (SAK_FIELD (self)));
}

static const char *
get_kind (SakLinksField *self)
{
  return sak_form_field_get_link_kind (sak_field_get_form_field (SAK_FIELD (self)));
}

static const SakVocabulary *
get_vocabulary (SakLinksField *self)
{
  return sak_form_field_get_vocabulary (sak_field_get_form_field (SAK_FIELD (self)));
}

static const char *
get_title (SakLinksField *self,
           const json_t  *link)
{
  const char *id = sak_json_get_text (link, "to");
  const char *title = id != NULL ? sak_record_titles_find (self->titles, id) : NULL;

  if (title == NULL && id != NULL && sak_record_titles_is_gone (self->titles, id))
    /* Translators: in place of the title of a linked record, which was a draft */
    return _("A record that was discarded");
  if (title == NULL)
    /* Translators: the title of a linked record that is being read, or is not here */
    return _("A record that is not here");
  return title[0] != '\0' ? title : _("Without a title yet");
}

/* Connections */

static void
close_chooser (SakLinksField *self)
{
  if (self->chooser != NULL)
    gtk_box_remove (self->box, GTK_WIDGET (self->chooser));
  self->chooser = NULL;
  g_clear_pointer (&self->choosing, g_free);
}

/* A button of the link's row, which was made anew meanwhile. */
static void
focus_row (SakLinksField *self,
           const char    *path,
           const char    *which)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *button = g_object_get_data (G_OBJECT (row), which);

      if (button != NULL && g_strcmp0 (g_object_get_data (G_OBJECT (button), "sak-path"), path) == 0)
        gtk_widget_grab_focus (button);
    }
}

static void
focus_connection (SakLinksField *self,
                  const char    *path)
{
  focus_row (self, path, "sak-connection");
}

static void
connection_closed_cb (SakLinksField *self)
{
  g_autofree char *path = g_strdup (self->choosing);

  close_chooser (self);
  focus_connection (self, path);
}

static void
connection_chosen_cb (SakLinksField *self,
                      const char    *code)
{
  g_autofree char *path = g_strdup (self->choosing);
  json_t *link = json_object_get (self->links, path);

  if (link != NULL)
    json_object_set_new (link, "code", json_string (code));
  close_chooser (self);
  show_links (self);
  focus_connection (self, path);
  sak_field_changed (SAK_FIELD (self));
}

static void
connection_clicked_cb (SakLinksField *self,
                       GtkButton     *button)
{
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (button), "sak-path"));
  const json_t *link = json_object_get (self->links, path);
  const char *under = sak_form_field_get_under (sak_field_get_form_field (SAK_FIELD (self)));
  /* Translators: %s is the title of a linked record */
  g_autofree char *name = g_strdup_printf (_("Connection with %s"), get_title (self, link));

  close_chooser (self);
  self->choosing = g_steal_pointer (&path);
  self->chooser = SAK_TERM_CHOOSER (sak_term_chooser_new (get_vocabulary (self), under, FALSE, name));
  g_signal_connect_object (self->chooser, "chosen", G_CALLBACK (connection_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chooser, "closed", G_CALLBACK (connection_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_insert_child_after (self->box, GTK_WIDGET (self->chooser), GTK_WIDGET (self->list));
  gtk_widget_grab_focus (GTK_WIDGET (self->chooser));
  sak_bring_up (GTK_WIDGET (self->chooser));
}

static void
append_connection (SakLinksField *self,
                   GtkWidget     *row,
                   const char    *path,
                   const json_t  *link)
{
  GtkWidget *button;
  g_autofree char *name = g_strdup_printf (_("Connection with %s"), get_title (self, link));

  if (get_vocabulary (self) == NULL)
    return;
  /* Translators: on a button: how the linked record is connected with this one */
  button = gtk_button_new_with_label (_("Connection…"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "sak-path", g_strdup (path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (connection_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "sak-connection", button);
}

/* Notes */

static void
note_changed_cb (SakLinksField *self,
                 GtkEditable   *entry)
{
  json_t *link = json_object_get (self->links, self->noting);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (link == NULL)
    return;
  if (*text != '\0')
    json_object_set_new (link, "note", json_string (text));
  else
    json_object_del (link, "note");
  sak_field_changed (SAK_FIELD (self));
}

/* Which is no change by the person. */
static void
fill_note (SakLinksField *self,
           const char    *words)
{
  g_signal_handlers_block_by_func (self->note, note_changed_cb, self);
  sak_typing_load (self->note, words);
  g_signal_handlers_unblock_by_func (self->note, note_changed_cb, self);
}

static void
note_done_cb (SakLinksField *self)
{
  g_autofree char *path = g_steal_pointer (&self->noting);

  show_links (self);
  focus_row (self, path, "sak-note");
}

/* Its frame is nothing to see or to stop at while there is nothing to say. */
static void
append_hint (SakLinksField *self)
{
  GtkWidget *hint = sak_zawgyi_hint_new (self->note);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_set_margin_start (hint, 12);
  gtk_widget_set_margin_end (hint, 12);
  gtk_widget_set_margin_top (hint, 6);
  gtk_widget_set_margin_bottom (hint, 6);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), hint);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_object_bind_property (hint, "visible", row, "visible", G_BINDING_SYNC_CREATE);
  gtk_list_box_append (self->list, row);
}

/* A line below the link's own; Enter closes it. What is typed counts at once. */
static void
append_note (SakLinksField *self,
             const json_t  *link,
             const char    *title)
{
  const char *note = sak_json_get_text (link, "note");
  /* Translators: %s is the title of a linked record */
  g_autofree char *name = g_strdup_printf (_("Note on the link to %s"), title);

  self->note = adw_entry_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->note), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->note), name);
  sak_typing_leave_history (self->note);
  sak_typing_load (self->note, note);
  g_signal_connect_object (self->note, "changed", G_CALLBACK (note_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note, "entry-activated", G_CALLBACK (note_done_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, self->note);
  append_hint (self);
}

static void
note_clicked_cb (SakLinksField *self,
                 GtkButton     *button)
{
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (button), "sak-path"));

  if (g_strcmp0 (self->noting, path) == 0)
    {
      note_done_cb (self);
      return;
    }
  g_free (self->noting);
  self->noting = g_steal_pointer (&path);
  close_chooser (self);
  show_links (self);
  gtk_widget_grab_focus (self->note);
}

static void
append_note_button (GtkWidget     *row,
                    SakLinksField *self,
                    const char    *path,
                    const char    *title)
{
  /* Translators: on a button: opens a line of text about a link */
  GtkWidget *button = gtk_button_new_with_label (_("Note…"));
  g_autofree char *name = g_strdup_printf (_("Note on the link to %s"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "sak-path", g_strdup (path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (note_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "sak-note", button);
}

/* Links */

static void
row_activated_cb (SakLinksField *self,
                  GtkListBoxRow *row)
{
  const char *id = g_object_get_data (G_OBJECT (row), "sak-id");

  if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "s", id);
}

static void
remove_clicked_cb (SakLinksField *self,
                   GtkButton     *button)
{
  json_object_del (self->links, g_object_get_data (G_OBJECT (button), "sak-path"));
  close_chooser (self);
  show_links (self);
  sak_field_changed (SAK_FIELD (self));
}

static void
append_remove (SakLinksField *self,
               AdwActionRow  *row,
               const char    *path,
               const char    *title)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  /* Translators: %s is the title of a linked record; the record itself stays */
  g_autofree char *name = g_strdup_printf (_("Take out the link to %s"), title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "sak-path", g_strdup (path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, button);
}

static void
append_link (SakLinksField *self,
             const char    *path,
             const json_t  *link)
{
  const char *id = sak_json_get_text (link, "to");
  const char *code = sak_json_get_text (link, "code");
  const char *title = get_title (self, link);
  g_autofree char *term = code == NULL ? NULL : sak_words_term (get_vocabulary (self), code, sak_say_language (),
                                                                FALSE);
  g_autofree char *subtitle = g_strjoin (" · ", term != NULL ? term : sak_json_get_text (link, "note"),
                                         term != NULL ? sak_json_get_text (link, "note") : NULL, NULL);
  g_autofree char *broken = sak_say_with_breaks (title);
  g_autofree char *broken_subtitle = sak_say_with_breaks (subtitle);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), broken);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), broken_subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), id != NULL);
  g_object_set_data_full (G_OBJECT (row), "sak-id", g_strdup (id), g_free);
  if (sak_field_is_editable (SAK_FIELD (self)))
    {
      append_connection (self, row, path, link);
      append_note_button (row, self, path, title);
      append_remove (self, ADW_ACTION_ROW (row), path, title);
    }
  gtk_list_box_append (self->list, row);
  if (sak_field_is_editable (SAK_FIELD (self)) && g_strcmp0 (self->noting, path) == 0)
    append_note (self, link, title);
}

/* Nothing that links to it can be finished. */
static void
tell_gone (SakLinksField *self)
{
  const char *path;
  json_t *link;
  gboolean has_gone = FALSE;

  json_object_foreach (self->links, path, link)
    {
      const char *id = sak_json_get_text (link, "to");

      has_gone = has_gone || (id != NULL && sak_record_titles_is_gone (self->titles, id));
    }
  if (self->has_gone != has_gone)
    sak_field_set_note (SAK_FIELD (self), has_gone ? sak_words_about_lost_link () : NULL, has_gone);
  self->has_gone = has_gone;
}

/* The list was made anew under somebody's hands. With the focus all of the note would be selected, and the
 * next letter would take its place; and a space before the next word is no part of the note yet.
 */
static void
take_up_writing (SakLinksField *self,
                 const char    *written,
                 int            position)
{
  fill_note (self, written);
  gtk_widget_grab_focus (self->note);
  gtk_editable_set_position (GTK_EDITABLE (self->note), position);
}

static void
show_links (SakLinksField *self)
{
  const char *path;
  json_t *link;
  GtkWidget *row;
  gboolean was_noting = self->note != NULL && gtk_widget_get_focus_child (self->note) != NULL;
  g_autofree char *written = was_noting ? g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->note))) : NULL;
  int position = was_noting ? gtk_editable_get_position (GTK_EDITABLE (self->note)) : 0;

  self->note = NULL;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  json_object_foreach (self->links, path, link)
    append_link (self, path, link);
  tell_gone (self);
  gtk_widget_set_visible (GTK_WIDGET (self->list), json_object_size (self->links) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->add), sak_field_is_editable (SAK_FIELD (self)));
  if (was_noting && self->note != NULL)
    take_up_writing (self, written, position);
}

static void
record_picked_cb (SakLinksField *self,
                  const char    *id,
                  const char    *title)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *path = g_strconcat (PREFIX, uuid, NULL);

  json_object_set_new (self->links, path, json_pack ("{s:s, s:s}", "role", get_role (self),
                                                     "to", id));
  sak_record_titles_put (self->titles, id, title);
  show_links (self);
  sak_field_changed (SAK_FIELD (self));
  focus_connection (self, path);
}

static void
add_clicked_cb (SakLinksField *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *picker = sak_record_picker_new (GTK_WINDOW (root),
                                             sak_field_get_session (SAK_FIELD (self)),
                                             get_kind (self));

  g_signal_connect_object (picker, "picked", G_CALLBACK (record_picked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (picker));
}

static void
links_set_up (SakField *field)
{
  SakLinksField *self = SAK_LINKS_FIELD (field);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  /* Translators: %s is a field's label, for example "Victims" */
  g_autofree char *name = g_strdup_printf (_("Add to %s"), sak_field_get_label (field));

  self->titles = sak_record_titles_for (sak_field_get_session (field));
  g_signal_connect_object (self->titles, "changed", G_CALLBACK (show_links), self, G_CONNECT_SWAPPED);
  self->box = GTK_BOX (box);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sak_field_get_label (field), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  self->add = GTK_BUTTON (gtk_button_new_with_label (_("Add…")));
  gtk_widget_set_halign (GTK_WIDGET (self->add), GTK_ALIGN_START);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->add));
  sak_field_set_content (field, box, GTK_WIDGET (self->add));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

static void
links_load (SakField     *field,
            const json_t *fields)
{
  SakLinksField *self = SAK_LINKS_FIELD (field);
  const char *path;
  json_t *link;

  json_object_clear (self->links);
  json_object_foreach ((json_t *) fields, path, link)
    if (g_str_has_prefix (path, PREFIX)
        && g_strcmp0 (sak_json_get_text (link, "role"), get_role (self)) == 0)
      json_object_set_new (self->links, path, json_deep_copy (link));
  close_chooser (self);
  /* Whoever takes back what was written in a note goes on with it. */
  if (self->noting != NULL && json_object_get (self->links, self->noting) == NULL)
    g_clear_pointer (&self->noting, g_free);
  if (self->noting != NULL && self->note != NULL)
    fill_note (self, sak_json_get_text (json_object_get (self->links, self->noting), "note"));
  show_links (self);
}

static void
links_store (SakField *field,
             json_t   *fields)
{
  SakLinksField *self = SAK_LINKS_FIELD (field);
  const char *path;
  json_t *link;
  void *next;

  json_object_foreach_safe (fields, next, path, link)
    if (g_str_has_prefix (path, PREFIX)
        && g_strcmp0 (sak_json_get_text (link, "role"), get_role (self)) == 0)
      json_object_del (fields, path);
  json_object_foreach (self->links, path, link)
    json_object_set_new (fields, path, json_deep_copy (link));
}

static void
links_set_editable (SakField *field,
                    gboolean  is_editable)
{
  close_chooser (SAK_LINKS_FIELD (field));
  show_links (SAK_LINKS_FIELD (field));
}

static void
sak_links_field_finalize (GObject *object)
{
  SakLinksField *self = SAK_LINKS_FIELD (object);

  g_clear_object (&self->titles);
  json_decref (self->links);
  g_free (self->choosing);
  g_free (self->noting);
  G_OBJECT_CLASS (sak_links_field_parent_class)->finalize (object);
}

static void
sak_links_field_class_init (SakLinksFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sak_links_field_finalize;
  field_class->set_up = links_set_up;
  field_class->load = links_load;
  field_class->store = links_store;
  field_class->set_editable = links_set_editable;
}

static void
sak_links_field_init (SakLinksField *self)
{
  self->links = json_object ();
}
