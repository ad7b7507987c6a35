/* sak-custody-window.c - the custody sheet of an item or a record, to read and to save
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-custody.h"
#include "ui/compat/sak-ask.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/print/sak-print.h"
#include "ui/sak-build.h"
#include "ui/sak-custody-window.h"
#include "ui/words/sak-words-custody.h"
#include "ui/words/sak-words.h"

struct _SakCustodyWindow
{
  AdwWindow parent_instance;
  SakSession *session;
  char *item;
  json_t *paper;                /* what is shown is what is saved */
  GtkBox *box;
  GtkButton *save;
  GtkLabel *outcome;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakCustodyWindow, sak_custody_window, ADW_TYPE_WINDOW)

/* Saving */

/* Never over a file that is there, and for nobody else to read. */
static gboolean
write_new_file (const char  *filename,
                GBytes      *bytes,
                GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (filename);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileOutputStream) stream = g_file_create (file, G_FILE_CREATE_PRIVATE, NULL, &local_error);

  if (stream != NULL && g_output_stream_write_all (G_OUTPUT_STREAM (stream), g_bytes_get_data (bytes, NULL),
                                                   g_bytes_get_size (bytes), NULL, NULL, &local_error) &&
      g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &local_error))
    return TRUE;
  if (stream != NULL)
    (void) g_file_delete (file, NULL, NULL);
  g_set_error (error, SAK_ERROR, g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS) ? SAK_ERROR_EXISTS
                                                                                            : SAK_ERROR_IO,
               "%s", local_error->message);
  return FALSE;
}

static gpointer
save_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GBytes) pdf = sak_print_to_pdf (call->fields, error);

  if (pdf == NULL || !write_new_file (call->filename, pdf, error) ||
      !sak_vault_note_sheet (call->vault, call->id, error))
    return NULL;
  return SAK_JOB_DONE;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SakCustodyWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = sak_session_call_finish (result, &error) != NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), TRUE);
  sak_build_say (self->outcome, is_saved ? _("Saved. The sheet is not encrypted: give it only to whom it is for.")
                                         : sak_words_for_error (error), !is_saved);
}

static void
place_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakCustodyWindow) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  SakCall *call;

  if (file == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->item);
  call->filename = g_file_get_path (file);
  call->fields = json_incref (self->paper);
  sak_session_call (self->session, call, save_job, NULL, NULL, saved_cb, g_object_ref (self));
}

static void
leaving_accepted (GtkWidget  *asker,
                  const char *text,
                  gpointer    unused)
{
  SakCustodyWindow *self = SAK_CUSTODY_WINDOW (asker);

  /* Translators: suggested name of a file; it says nothing of the case */
  sak_file_picker_async (asker, SAK_PICK_SAVE, _("Save the custody sheet"), _("Save"), _("custody sheet.pdf"),
                         self->cancellable, place_chosen_cb, g_object_ref (self));
}

static void
save_clicked_cb (SakCustodyWindow *self)
{
  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Save the sheet outside the vault?"),
           _("Outside the vault it is not encrypted: whoever has the file reads it. It names the record, the "
             "file, who gave it, and to whom it was sent. That it was saved is noted in the log of custody."),
           _("Save…"), leaving_accepted, NULL);
}

/* Showing */

static void
append_block (SakCustodyWindow *self,
              const json_t     *block)
{
  const char *style = sak_json_get_text (block, "style");
  const char *label = sak_json_get_text (block, "label");
  const char *text = sak_json_get_text (block, "text");
  g_autofree char *row = NULL;

  if (g_str_equal (style, "title") || g_str_equal (style, "heading"))
    gtk_box_append (self->box, sak_build_label (text, g_str_equal (style, "title") ? "title-2" : "heading"));
  else if (g_str_equal (style, "row"))
    {
      /* Translators: what something is, and its value: "Size: 20 bytes" */
      row = g_strdup_printf (_("%1$s: %2$s"), label, text);
      gtk_box_append (self->box, sak_build_label (row, NULL));
    }
  else
    gtk_box_append (self->box, sak_build_label (text, g_str_equal (style, "code") ? "monospace" : NULL));
}

static void
described_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakCustodyWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) sheet = sak_session_call_finish (result, &error);
  gsize i;
  json_t *block;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (sheet == NULL)
    {
      sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
      return;
    }
  self->paper = sak_words_make_custody_paper (sheet);
  json_array_foreach (json_object_get (self->paper, "blocks"), i, block)
    append_block (self, block);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->save));
}

static gpointer
describe_job (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SakCall *call = data;

  return sak_vault_describe_custody (call->vault, call->id, cancellable, error);
}

static void
sak_custody_window_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_CUSTODY_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (sak_custody_window_parent_class)->dispose (object);
}

static void
sak_custody_window_finalize (GObject *object)
{
  SakCustodyWindow *self = SAK_CUSTODY_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  json_decref (self->paper);
  g_free (self->item);
  G_OBJECT_CLASS (sak_custody_window_parent_class)->finalize (object);
}

static void
sak_custody_window_class_init (SakCustodyWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_custody_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_custody_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_custody_window_init (SakCustodyWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->save = GTK_BUTTON (gtk_button_new_with_label (_("Save as PDF…")));
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_clicked_cb), self, G_CONNECT_SWAPPED);
  sak_build_window (ADW_WINDOW (self), 760, GTK_WIDGET (self->save), &self->box, &self->outcome);
  gtk_box_set_spacing (self->box, 4);
}

GtkWidget *
sak_custody_window_new (GtkWindow  *parent,
                        SakSession *session,
                        const char *item)
{
  SakCustodyWindow *self = g_object_new (SAK_TYPE_CUSTODY_WINDOW, "transient-for", parent, "modal", TRUE,
                                         "destroy-with-parent", TRUE, "title", _("Custody sheet"),
                                         "default-width", 760, "default-height", 520, NULL);
  SakCall *call = sak_session_new_call (session);

  self->session = g_object_ref (session);
  self->item = g_strdup (item);
  call->id = g_strdup (item);
  sak_session_call (session, call, describe_job, (GDestroyNotify) json_decref, self->cancellable, described_cb,
                    g_object_ref (self));
  return GTK_WIDGET (self);
}
