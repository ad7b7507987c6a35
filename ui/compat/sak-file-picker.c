/* sak-file-picker.c - asks for a file or folder, and leaves no trace of the answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkFileChooserNative until the floor is GTK 4.10 (GtkFileDialog). GTK's own dialog
 * writes every choice to recently-used.xbel; what it added is taken out again. Switching
 * recent files off instead would empty the person's whole existing list.
 */
#include "config.h"

#include "ui/compat/sak-file-picker.h"

static void
forget_chosen (GListModel *files)
{
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *uri = g_file_get_uri (file);

      gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), uri, NULL);
    }
}

static gboolean
forget_chosen_later_cb (gpointer data)
{
  forget_chosen (data);
  return G_SOURCE_REMOVE;
}

/* The entry may be written just after the response: take it out now, and once more when
 * the dialog is done.
 */
static void
leave_no_trace (GListModel *files)
{
  forget_chosen (files);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 300, forget_chosen_later_cb,
                      g_object_ref (files), g_object_unref);
}

static void
dialog_responded_cb (GtkNativeDialog *dialog,
                     int              response,
                     GTask           *task)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      GListModel *files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      leave_no_trace (files);
      g_task_return_pointer (task, files, g_object_unref);
    }
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "nothing was chosen");
  gtk_native_dialog_destroy (dialog);
  g_object_unref (task);
}

static GtkFileChooserAction
get_action (SakPick pick)
{
  switch (pick)
    {
    case SAK_PICK_SAVE:
      return GTK_FILE_CHOOSER_ACTION_SAVE;
    case SAK_PICK_FOLDER:
      return GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;
    default:
      return GTK_FILE_CHOOSER_ACTION_OPEN;
    }
}

/**
 * sak_file_picker_async:
 * @suggested_name: (nullable): for SAK_PICK_SAVE
 *
 * The task owns the dialog: in GTK 4.8 nobody else does, and without an owner it never shows.
 */
void
sak_file_picker_async (GtkWidget           *parent,
                       SakPick              pick,
                       const char          *title,
                       const char          *accept_label,
                       const char          *suggested_name,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GtkFileChooserNative *dialog;

  g_task_set_source_tag (task, sak_file_picker_async);
  dialog = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        get_action (pick), accept_label, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), pick == SAK_PICK_OPEN_MANY);
  gtk_file_chooser_set_create_folders (GTK_FILE_CHOOSER (dialog),
                                       pick == SAK_PICK_SAVE || pick == SAK_PICK_FOLDER);
  if (suggested_name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), suggested_name);
  g_task_set_task_data (task, dialog, g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (dialog_responded_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GListModel *
sak_file_picker_finish (GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
