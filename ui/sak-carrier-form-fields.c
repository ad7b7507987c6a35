/* sak-carrier-form-fields.c - the fields of a way for bundles, and what is said at them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-carrier-form-private.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"

#define TOR_ON_THIS_COMPUTER "socks5://127.0.0.1:9050"

static const guint64 folder_parts[] = { 0, 10000000, 25000000, 100000000, 650000000, 2000000000 };
static const guint64 server_parts[] = { 0, 1000000, 4000000, 16000000, 64000000 };

void
_sak_carrier_form_complain (SakCarrierForm  *self,
                            SakCarrierField  field,
                            const char      *words)
{
  SakCarrierRow *at = &self->fields[field];

  sak_build_say (at->problem, words, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (at->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_grab_focus (field == SAK_CARRIER_FIELD_ADDRESS && self->choose != NULL ? self->choose : at->row);
}

void
_sak_carrier_form_forget_complaints (SakCarrierForm *self)
{
  for (guint i = 0; i < SAK_CARRIER_N_FIELDS; i++)
    if (self->fields[i].row != NULL)
      {
        sak_build_say (self->fields[i].problem, "", TRUE);
        gtk_accessible_reset_property (GTK_ACCESSIBLE (self->fields[i].row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      }
  gtk_widget_set_visible (self->note, FALSE);
  sak_build_say (self->outcome, "", FALSE);
}

static void
try_clicked_cb (SakCarrierForm *self)
{
  _sak_carrier_form_look (self, TRUE);
}

static void
save_clicked_cb (SakCarrierForm *self)
{
  _sak_carrier_form_look (self, FALSE);
}

static void
leave_clicked_cb (SakCarrierForm *self)
{
  g_signal_emit_by_name (self, "left");
}

static void
note_clicked_cb (SakCarrierForm *self)
{
  g_autofree char *words = sak_carrier_form_write_pin (self->shown);

  _sak_carrier_form_forget_complaints (self);
  g_strdelimit (words, "\n", ' ');
  gtk_editable_set_text (GTK_EDITABLE (self->fields[SAK_CARRIER_FIELD_PIN].row), words);
  gtk_widget_grab_focus (self->fields[SAK_CARRIER_FIELD_PIN].row);
}

static void
tor_clicked_cb (SakCarrierForm *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->fields[SAK_CARRIER_FIELD_PROXY].row), TOR_ON_THIS_COMPUTER);
  gtk_widget_grab_focus (self->fields[SAK_CARRIER_FIELD_PROXY].row);
}

/* What was allowed for one address is to be allowed anew for another, here, where it is seen. */
static void
note_address (SakCarrierForm *self,
              const char     *address)
{
  if (self->is_moved || self->before == NULL || *address == '\0' || g_str_equal (address, self->before->address))
    return;
  self->is_moved = TRUE;
  gtk_switch_set_active (self->by_itself, FALSE);
}

static void
address_changed_cb (SakCarrierForm *self,
                    GtkEditable    *editable)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  note_address (self, address);
}

/* --- The folder --- */

static void
show_folder (SakCarrierForm *self)
{
  g_autofree char *broken = NULL;

  if (self->folder == NULL)
    return;
  broken = sak_say_with_breaks (self->folder);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->fields[SAK_CARRIER_FIELD_ADDRESS].row), broken);
}

static void
folder_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakCarrierForm) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (g_cancellable_is_cancelled (self->cancellable) || file == NULL)
    {
      g_free (path);
      return;
    }
  _sak_carrier_form_forget_complaints (self);
  if (path == NULL)
    {
      _sak_carrier_form_complain (self, SAK_CARRIER_FIELD_ADDRESS,
                                  _("This folder is on another computer. Choose one on this computer or on a stick."));
      return;
    }
  g_free (self->folder);
  self->folder = path;
  self->is_changed = TRUE;
  note_address (self, path);
  show_folder (self);
}

static void
choose_clicked_cb (SakCarrierForm *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_FOLDER, _("Choose the folder or the stick"), _("Choose"), NULL,
                         NULL, folder_picked_cb, g_object_ref (self));
}

/* --- The form --- */

static void
append_field (SakCarrierForm  *self,
              SakCarrierField  field,
              GtkWidget       *row,
              const char      *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *problem = sak_build_label ("", NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_widget_set_visible (problem, FALSE);
  gtk_box_append (self->box, group);
  gtk_box_append (self->box, problem);
  self->fields[field].row = row;
  self->fields[field].problem = GTK_LABEL (problem);
}

static void
append_line (SakCarrierForm  *self,
             SakCarrierField  field,
             const char      *title,
             const char      *text)
{
  GtkWidget *row = adw_entry_row_new ();

  append_field (self, field, row, title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (save_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
append_advice (SakCarrierForm *self,
               const char     *words)
{
  gtk_box_append (self->box, sak_build_label (words, "dim-label"));
}

static void
append_folder (SakCarrierForm *self)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (_("Choose…"));
  /* Translators: a button that chooses the folder, for a screen reader */
  const char *name = _("Choose the folder…");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, FALSE);
  append_field (self, SAK_CARRIER_FIELD_ADDRESS, row, _("Folder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  self->fields[SAK_CARRIER_FIELD_ADDRESS].row = row;
  self->choose = button;
  self->folder = self->before != NULL ? g_strdup (self->before->address) : NULL;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Not chosen yet"));
  show_folder (self);
  append_advice (self, _("A folder on a stick, or one that a program such as Syncthing shares. Of a stick it is noted "
                         "that it is one: where it is missing, nothing is written in its place."));
}

static void
append_server (SakCarrierForm *self)
{
  const SakCarrier *before = self->before;
  GtkWidget *password = adw_password_entry_row_new ();
  g_autofree char *pin = before != NULL ? sak_carrier_form_write_pin (before->pin) : g_strdup ("");

  g_strdelimit (pin, "\n", ' ');
  append_line (self, SAK_CARRIER_FIELD_ADDRESS, _("Address (https://…)"), before != NULL ? before->address : "");
  append_line (self, SAK_CARRIER_FIELD_USER, _("Name at the server"), before != NULL ? before->user : "");
  sak_build_name_eye (password);
  append_field (self, SAK_CARRIER_FIELD_PASSWORD, password,
                before != NULL && before->password != NULL ? _("Password (empty: as before)") : _("Password"));
  append_advice (self, _("The password that who runs the server gave you; never what opens this vault. It is kept in "
                         "the vault."));
  append_line (self, SAK_CARRIER_FIELD_PROXY, _("Proxy, such as Tor (may stay empty)"),
               before != NULL ? before->proxy : "");
  gtk_box_append (self->box, sak_build_button (_("Through Tor on this computer"), NULL, G_CALLBACK (tor_clicked_cb),
                                               self));
  append_line (self, SAK_CARRIER_FIELD_PIN, _("SHA-256 of its certificate (may stay empty)"), pin);
  self->note = sak_build_button (_("Note this certificate"), NULL, G_CALLBACK (note_clicked_cb), self);
  append_advice (self, _("Noted, this certificate is taken and no other, whoever vouches for it."));
}

static void
append_parts (SakCarrierForm *self)
{
  const guint64 *sizes = self->kind == SAK_CARRIER_FOLDER ? folder_parts : server_parts;
  gsize n = self->kind == SAK_CARRIER_FOLDER ? G_N_ELEMENTS (folder_parts) : G_N_ELEMENTS (server_parts);
  guint64 chosen = self->before != NULL ? self->before->part_bytes : 0;
  GtkWidget *drop_down = gtk_drop_down_new (NULL, NULL);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;

  self->part_sizes = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_vals (self->part_sizes, sizes, (guint) n);
  while (selected < self->part_sizes->len && g_array_index (self->part_sizes, guint64, selected) != chosen)
    selected++;
  if (selected == self->part_sizes->len)
    g_array_append_val (self->part_sizes, chosen);
  for (guint i = 0; i < self->part_sizes->len; i++)
    {
      guint64 size = g_array_index (self->part_sizes, guint64, i);
      g_autofree char *words = sak_words_size (size);

      /* Translators: how large a file there may be: the program decides */
      gtk_string_list_append (list, size == 0 ? _("As is best there") : words);
    }
  gtk_drop_down_set_model (GTK_DROP_DOWN (drop_down), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), selected);
  gtk_widget_set_halign (drop_down, GTK_ALIGN_START);
  sak_build_name_choice (GTK_DROP_DOWN (drop_down), _("Largest file there"));
  self->parts = GTK_DROP_DOWN (drop_down);
  gtk_box_append (self->box, sak_build_label (_("Largest file there"), NULL));
  gtk_box_append (self->box, drop_down);
}

static void
append_by_itself (SakCarrierForm *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Send by itself when it can"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("While the vault is open. Without this, only when you say so."));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (self->box, group);
  self->by_itself = GTK_SWITCH (toggle);
  gtk_switch_set_active (self->by_itself, self->before != NULL && (self->before->flags & SAK_CARRIER_BY_ITSELF) != 0);
}

static void
append_end (SakCarrierForm *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->progress = SAK_PROGRESS_BAR (sak_progress_bar_new ());
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  /* Translators: a button: looks whether a folder or server can be reached with what was typed */
  gtk_box_append (GTK_BOX (buttons), sak_build_button (_("Try it"), NULL, G_CALLBACK (try_clicked_cb), self));
  self->save = sak_build_button (_("Save"), "suggested-action", G_CALLBACK (save_clicked_cb), self);
  gtk_box_append (GTK_BOX (buttons), self->save);
  gtk_box_append (GTK_BOX (buttons), sak_build_button (_("Cancel"), NULL, G_CALLBACK (leave_clicked_cb), self));
  self->buttons = buttons;
  gtk_box_append (self->box, GTK_WIDGET (self->progress));
  gtk_box_append (self->box, GTK_WIDGET (self->outcome));
  if (self->note == NULL)
    self->note = sak_build_label ("", NULL);
  gtk_widget_set_visible (self->note, FALSE);
  gtk_box_append (self->box, self->note);
  gtk_box_append (self->box, buttons);
}

static void
changed_cb (SakCarrierForm *self)
{
  self->is_changed = TRUE;
}

static void
watch (SakCarrierForm *self)
{
  for (guint i = 0; i < SAK_CARRIER_N_FIELDS; i++)
    if (self->fields[i].row != NULL && GTK_IS_EDITABLE (self->fields[i].row))
      g_signal_connect_object (self->fields[i].row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->parts, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->by_itself, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

void
_sak_carrier_form_build (SakCarrierForm *self)
{
  const char *heading = self->kind == SAK_CARRIER_FOLDER ? _("A folder or a stick") : _("A server");

  gtk_box_append (self->box, sak_build_heading (self->before != NULL ? self->before->name : heading));
  if (self->before == NULL)
    append_line (self, SAK_CARRIER_FIELD_NAME, _("Name, as you call it"), "");
  if (self->kind == SAK_CARRIER_FOLDER)
    append_folder (self);
  else
    append_server (self);
  append_by_itself (self);
  if (self->kind == SAK_CARRIER_WEBDAV)
    g_signal_connect_object (self->fields[SAK_CARRIER_FIELD_ADDRESS].row, "changed", G_CALLBACK (address_changed_cb),
                             self, G_CONNECT_SWAPPED);
  append_parts (self);
  append_end (self);
  watch (self);
}
