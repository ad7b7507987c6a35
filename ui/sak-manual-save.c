/* sak-manual-save.c - a button that saves a page of the manual as PDF
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-manual-save.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-file-picker.h"
#include "ui/manual/sak-manual-sheet.h"
#include "ui/print/sak-print.h"
#include "ui/sak-build.h"
#include "ui/words/sak-words-paper.h"
#include "ui/words/sak-words.h"

#define SHEET_KEY "sak-sheet"
#define OUTCOME_KEY "sak-outcome"

typedef struct
{
  json_t *sheet;
  GFile *file;
} Order;

static void
free_order (gpointer data)
{
  Order *order = data;

  json_decref (order->sheet);
  g_object_unref (order->file);
  g_free (order);
}

/* Whoever chose a file that is there was asked whether to take its place. */
static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Order *order = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;
  g_autoptr (GBytes) pdf = sak_print_to_pdf (order->sheet, cancellable, &error);

  if (pdf == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_file_replace_contents (order->file, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL, FALSE,
                                     G_FILE_CREATE_NONE, NULL, NULL, &reason))
    g_task_return_new_error (task, SAK_ERROR, SAK_ERROR_IO, "%s", reason->message);
  else
    g_task_return_boolean (task, TRUE);
}

/* The thread must not be the last that holds the page: it would be taken down there. */
static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GtkWidget) box = data;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = g_task_propagate_boolean (G_TASK (result), &error);

  if (gtk_widget_get_root (box) == NULL)
    return;
  sak_build_say (g_object_get_data (G_OBJECT (box), OUTCOME_KEY),
                 is_saved ? _("Saved. It can be printed and given to others: it holds nothing of the vault.")
                          : sak_words_for_error (error), !is_saved);
}

static void
place_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (GtkWidget) box = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autoptr (GTask) task = NULL;
  Order *order;

  if (file == NULL || gtk_widget_get_root (box) == NULL)
    return;
  order = g_new0 (Order, 1);
  order->sheet = json_incref (g_object_get_data (G_OBJECT (box), SHEET_KEY));
  order->file = g_steal_pointer (&file);
  task = g_task_new (NULL, NULL, saved_cb, g_object_ref (box));
  g_task_set_source_tag (task, place_chosen_cb);
  g_task_set_task_data (task, order, free_order);
  g_task_run_in_thread (task, save_in_thread);
}

static void
save_clicked_cb (GtkWidget *box)
{
  /* Translators: suggested name of a file */
  sak_file_picker_async (box, SAK_PICK_SAVE, _("Save this page"), _("Save"), _("quick start.pdf"), NULL,
                         place_chosen_cb, g_object_ref (box));
}

GtkWidget *
sak_manual_save_new (const SakManualPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *outcome = sak_build_label ("", NULL);
  json_t *blocks = sak_manual_sheet_lay_out (page);

  gtk_widget_set_visible (outcome, FALSE);
  gtk_box_append (GTK_BOX (box), sak_build_button (_("Save as PDF, to print…"), NULL, G_CALLBACK (save_clicked_cb),
                                                   box));
  gtk_box_append (GTK_BOX (box), outcome);
  g_object_set_data (G_OBJECT (box), OUTCOME_KEY, outcome);
  g_object_set_data_full (G_OBJECT (box), SHEET_KEY, sak_paper_new (blocks, "Sakkhi", FALSE),
                          (GDestroyNotify) json_decref);
  json_decref (blocks);
  return box;
}
