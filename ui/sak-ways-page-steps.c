/* sak-ways-page-steps.c - adding and removing a way to open the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-ways-page-private.h"

#include <glib/gi18n-lib.h>

#include "crypto/sak-kdf.h"
#include "storage/sak-key-slots.h"
#include "sync/sak-new-file.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-code-panel.h"
#include "ui/sak-shares-panel.h"
#include "ui/words/sak-words.h"

/* Another passphrase --------------------------------------------------------- */

static GtkEditable *
append_label_entry (GtkBox     *frame,
                    const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  gtk_box_append (frame, group);
  return GTK_EDITABLE (row);
}

static gpointer
add_passphrase_job (gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  SakCall *call = data;
  SakKdfCost cost;

  sak_kdf_measure_cost (SAK_KDF_TARGET_MS, &cost);
  return sak_vault_add_passphrase (call->vault, call->secret, &cost, call->text, NULL, error) ? SAK_JOB_DONE
                                                                                               : NULL;
}

static void
passphrase_given_cb (SakWaysPage *self)
{
  SakCall *call;

  if (!sak_new_passphrase_is_ready (self->passphrase))
    return;
  call = sak_session_new_call (self->session);
  call->text = g_strdup (gtk_editable_get_text (self->label));
  call->secret = sak_new_passphrase_take (self->passphrase);
  sak_ways_page_change (self, call, add_passphrase_job);
}

static void
passphrase_changed_cb (SakWaysPage *self)
{
  gtk_widget_set_sensitive (self->accept, sak_new_passphrase_is_ready (self->passphrase));
}

static void
append_new_passphrase (SakWaysPage *self,
                       GtkBox      *frame,
                       gboolean     may_be_empty,
                       GCallback    given)
{
  self->passphrase = SAK_NEW_PASSPHRASE (sak_new_passphrase_new (may_be_empty));
  g_signal_connect_object (self->passphrase, "changed", G_CALLBACK (passphrase_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->passphrase, "activate", given, self, G_CONNECT_SWAPPED);
  gtk_box_append (frame, GTK_WIDGET (self->passphrase));
}

void
sak_ways_page_show_passphrase (SakWaysPage *self)
{
  GtkBox *frame = sak_ways_page_begin_step (self, _("A new passphrase"));

  gtk_box_append (frame, sak_build_label (_("It opens the vault beside those that are there. Remove an old one "
                                            "from the list afterwards."), NULL));
  self->label = append_label_entry (frame, _("Whose it is (seen only in the open vault)"));
  append_new_passphrase (self, frame, FALSE, G_CALLBACK (passphrase_given_cb));
  sak_ways_page_end_step (self, frame, _("Add this passphrase"), "suggested-action", G_CALLBACK (passphrase_given_cb));
  passphrase_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

/* In place of one that is there: whose it is stays as it was. */
static gpointer
change_passphrase_job (gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  SakCall *call = data;
  SakKdfCost cost;

  sak_kdf_measure_cost (SAK_KDF_TARGET_MS, &cost);
  return sak_vault_change_passphrase (call->vault, call->id, call->credential, &cost, error) ? SAK_JOB_DONE : NULL;
}

static void
change_given_cb (SakWaysPage *self)
{
  g_autoptr (SakSecret) typed = NULL;
  g_autoptr (GError) error = NULL;
  SakCredential *credential;
  SakCall *call;

  if (!sak_new_passphrase_is_ready (self->passphrase))
    return;
  typed = sak_new_passphrase_take (self->passphrase);
  credential = sak_credential_new_passphrase (typed, &error);
  if (credential == NULL)
    {
      sak_ways_page_return (self, sak_words_for_error (error), TRUE);
      return;
    }
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->slot);
  call->credential = credential;
  sak_ways_page_change (self, call, change_passphrase_job);
}

void
sak_ways_page_show_change (SakWaysPage *self)
{
  GtkBox *frame = sak_ways_page_begin_step (self, _("Another passphrase in place of this one"));

  gtk_box_append (frame, sak_build_label (_("Backups that were made before still open with the old one, and so does a "
                                            "copy of the vault’s folder that somebody may have."), NULL));
  append_new_passphrase (self, frame, FALSE, G_CALLBACK (change_given_cb));
  sak_ways_page_end_step (self, frame, _("Change it"), "suggested-action", G_CALLBACK (change_given_cb));
  passphrase_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

/* A recovery code ------------------------------------------------------------- */

static void
code_finished_cb (SakWaysPage *self,
                  gboolean     is_kept)
{
  if (self->session == NULL)
    return;
  sak_ways_page_return (self, is_kept ? _("The recovery code opens the vault from now on.")
                                      : _("No recovery code was added: what was shown opens nothing."), FALSE);
}

void
sak_ways_page_show_code (SakWaysPage *self)
{
  GtkWidget *panel = sak_code_panel_new (self->session, "");

  sak_ways_page_begin_step (self, NULL);
  sak_build_empty (self->box);
  g_signal_connect_object (panel, "finished", G_CALLBACK (code_finished_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, panel);
}

/* Shares -------------------------------------------------------------------------- */

static void
shares_finished_cb (SakWaysPage *self,
                    gboolean     is_kept)
{
  if (self->session == NULL)
    return;
  sak_ways_page_return (self, is_kept ? _("The shares open the vault from now on.")
                                      : _("No shares were added: what was shown opens nothing."), FALSE);
}

void
sak_ways_page_show_shares (SakWaysPage *self)
{
  GtkWidget *panel = sak_shares_panel_new (self->session);

  sak_ways_page_begin_step (self, NULL);
  sak_build_empty (self->box);
  g_signal_connect_object (panel, "finished", G_CALLBACK (shares_finished_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, panel);
}

/* A key file -------------------------------------------------------------------- */

static gboolean
write_key_file (const char  *filename,
                SakSecret   *text,
                GError     **error)
{
  g_autoptr (SakNewFile) file = sak_new_file_new (filename, error);

  return file != NULL
         && g_output_stream_write_all (sak_new_file_get_stream (file), sak_secret_get_bytes (text),
                                       sak_secret_get_size (text), NULL, NULL, error)
         && sak_new_file_sync (file, error) && sak_new_file_publish (file, error);
}

/* A slot whose file could not be written would be a way in that nobody has. */
static gpointer
add_key_file_job (gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SakCall *call = data;
  g_autofree char *id = NULL;
  g_autoptr (SakSecret) text = NULL;
  SakKdfCost cost;

  sak_kdf_measure_cost (SAK_KDF_TARGET_MS, &cost);
  text = sak_vault_add_key_file (call->vault, call->secret, &cost, call->text, &id, error);
  if (text == NULL)
    return NULL;
  if (write_key_file (call->filename, text, error))
    return SAK_JOB_DONE;
  (void) !sak_vault_remove_slot (call->vault, id, NULL);
  return NULL;
}

void
sak_ways_page_save_key_file (SakWaysPage *self,
                             const char  *filename)
{
  SakCall *call;

  if (self->session == NULL || self->passphrase == NULL)
    return;
  call = sak_session_new_call (self->session);
  call->filename = g_strdup (filename);
  call->text = g_strdup (gtk_editable_get_text (self->label));
  call->secret = sak_new_passphrase_take (self->passphrase);
  sak_ways_page_change (self, call, add_key_file_job);
}

static void
key_file_placed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (SakWaysPage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    sak_ways_page_save_key_file (self, path);
}

static void
key_file_wanted_cb (SakWaysPage *self)
{
  if (sak_new_passphrase_is_ready (self->passphrase))
    sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_SAVE, _("Save the key file"), _("Save"), "key.txt", NULL,
                           key_file_placed_cb, g_object_ref (self));
}

void
sak_ways_page_show_key_file (SakWaysPage *self)
{
  GtkBox *frame = sak_ways_page_begin_step (self, _("A key file"));

  gtk_box_append (frame, sak_build_label (_("A small file that opens the vault, for a stick that is kept apart from "
                                            "this computer. Whoever has a copy of it can open the vault, unless a "
                                            "passphrase is needed with it: leave that empty if none is."), NULL));
  self->label = append_label_entry (frame, _("Whose it is (seen only in the open vault)"));
  append_new_passphrase (self, frame, TRUE, G_CALLBACK (key_file_wanted_cb));
  sak_ways_page_end_step (self, frame, _("Save the key file…"), "suggested-action", G_CALLBACK (key_file_wanted_cb));
  gtk_widget_grab_focus (GTK_WIDGET (self->label));
}

/* Removing ---------------------------------------------------------------------- */

static gpointer
remove_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_vault_remove_slot (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

static void
remove_clicked_cb (SakWaysPage *self)
{
  SakCall *call = sak_session_new_call (self->session);

  call->id = g_strdup (self->slot);
  sak_ways_page_change (self, call, remove_job);
}

void
sak_ways_page_show_remove (SakWaysPage *self)
{
  GtkBox *frame = sak_ways_page_begin_step (self, _("Remove this way in?"));

  gtk_box_append (frame, sak_build_label (_("It opens the vault no more. Backups that were made before still open "
                                            "with it, and so does a copy of the vault’s folder that somebody may "
                                            "have: if it fell into wrong hands, that is not undone."), NULL));
  sak_ways_page_end_step (self, frame, _("Remove"), "destructive-action", G_CALLBACK (remove_clicked_cb));
  gtk_widget_grab_focus (self->accept);
}
