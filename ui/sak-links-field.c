/* sak-links-field.c - links to other records, each with the field's role
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The values lie at "links/<uuid>": { "role", "to" }. This field owns those of its role.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-fields.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words.h"

#define PREFIX "links/"

struct _SakLinksField
{
  SakField parent_instance;
  GtkListBox *list;
  GtkButton *add;
  GCancellable *cancellable;
  json_t *links;                /* path → { "role", "to" } */
  GHashTable *titles;           /* record id → title */
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

static void
row_activated_cb (SakLinksField *self,
                  GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "s",
                              (const char *) g_object_get_data (G_OBJECT (row), "sak-id"));
}

static void
remove_clicked_cb (SakLinksField *self,
                   GtkButton     *button)
{
  json_object_del (self->links, g_object_get_data (G_OBJECT (button), "sak-path"));
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
show_links (SakLinksField *self)
{
  const char *path;
  json_t *link;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  json_object_foreach (self->links, path, link)
    {
      const char *id = sak_json_get_text (link, "to");
      const char *title = id != NULL ? g_hash_table_lookup (self->titles, id) : NULL;
      g_autofree char *broken = NULL;

      /* Translators: the title of a linked record that is being read, or is not here */
      if (title == NULL)
        title = _("A record that is not here");
      broken = sak_say_with_breaks (title);
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), broken);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), id != NULL);
      g_object_set_data_full (G_OBJECT (row), "sak-id", g_strdup (id), g_free);
      if (sak_field_is_editable (SAK_FIELD (self)))
        append_remove (self, ADW_ACTION_ROW (row), path, title);
      gtk_list_box_append (self->list, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), json_object_size (self->links) > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->add), sak_field_is_editable (SAK_FIELD (self)));
}

/* Titles of the records in call->names, as a hash table. One that cannot be read is left out. */
static gpointer
load_titles_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;
  GHashTable *titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; call->names[i] != NULL; i++)
    {
      g_autoptr (SakRecord) record = sak_vault_load_record (call->vault, call->names[i], NULL);
      const SakForm *form = record != NULL ? record->form : NULL;

      if (form != NULL)
        g_hash_table_insert (titles, g_strdup (call->names[i]),
                             sak_form_get_title (form, record->fields));
    }
  return titles;
}

static void
titles_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakLinksField) self = data;
  g_autoptr (GHashTable) titles = sak_session_call_finish (result, NULL);

  if (titles == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_hash_table_unref (self->titles);
  self->titles = g_hash_table_ref (titles);
  show_links (self);
}

static void
load_titles (SakLinksField *self)
{
  SakSession *session = sak_field_get_session (SAK_FIELD (self));
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  const char *path;
  json_t *link;
  SakCall *call;

  if (json_object_size (self->links) == 0 || session == NULL)
    return;
  json_object_foreach (self->links, path, link)
    if (sak_json_get_text (link, "to") != NULL)
      g_strv_builder_add (ids, sak_json_get_text (link, "to"));
  call = sak_session_new_call (session);
  call->names = g_strv_builder_end (ids);
  sak_session_call (session, call, load_titles_job, (GDestroyNotify) g_hash_table_unref,
                    self->cancellable, titles_loaded_cb, g_object_ref (self));
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
  g_hash_table_insert (self->titles, g_strdup (id), g_strdup (title));
  show_links (self);
  sak_field_changed (SAK_FIELD (self));
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
      json_object_set (self->links, path, link);
  show_links (self);
  load_titles (self);
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
  json_object_update (fields, self->links);
}

static void
links_set_editable (SakField *field,
                    gboolean  is_editable)
{
  show_links (SAK_LINKS_FIELD (field));
}

static void
sak_links_field_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_LINKS_FIELD (object)->cancellable);
  G_OBJECT_CLASS (sak_links_field_parent_class)->dispose (object);
}

static void
sak_links_field_finalize (GObject *object)
{
  SakLinksField *self = SAK_LINKS_FIELD (object);

  g_clear_object (&self->cancellable);
  json_decref (self->links);
  g_hash_table_unref (self->titles);
  G_OBJECT_CLASS (sak_links_field_parent_class)->finalize (object);
}

static void
sak_links_field_class_init (SakLinksFieldClass *klass)
{
  SakFieldClass *field_class = SAK_FIELD_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_links_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_links_field_finalize;
  field_class->set_up = links_set_up;
  field_class->load = links_load;
  field_class->store = links_store;
  field_class->set_editable = links_set_editable;
}

static void
sak_links_field_init (SakLinksField *self)
{
  self->cancellable = g_cancellable_new ();
  self->links = json_object ();
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
