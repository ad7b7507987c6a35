/* sak-import-page.c - looks into a bundle that arrived, and imports it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-bundle.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-import-page.h"
#include "ui/sak-progress-bar.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-receipt.h"
#include "ui/words/sak-words.h"

struct _SakImportPage
{
  AdwBin parent_instance;
  GtkButton *choose;
  GtkWidget *found;
  GtkLabel *sender;
  GtkLabel *code;
  GtkLabel *trust;
  GtkLabel *contents;
  GtkLabel *verified;
  GtkButton *import;
  SakProgressBar *progress;
  GtkLabel *outcome;

  SakSession *session;
  GCancellable *cancellable;
  char *path;
};

G_DEFINE_FINAL_TYPE (SakImportPage, sak_import_page, ADW_TYPE_BIN)

static void
say_outcome (SakImportPage *self,
             const char    *words,
             gboolean       is_refusal)
{
  GtkWidget *outcome = GTK_WIDGET (self->outcome);

  gtk_label_set_label (self->outcome, words);
  gtk_widget_set_visible (outcome, words[0] != '\0');
  gtk_widget_remove_css_class (outcome, is_refusal ? "sak-notice" : "sak-warning");
  gtk_widget_add_css_class (outcome, is_refusal ? "sak-warning" : "sak-notice");
}

static gpointer
verify_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_bundle_verify (call->vault, call->filename, sak_progress_report, call->progress,
                            cancellable, error);
}

static gpointer
import_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_bundle_import (call->vault, call->filename, sak_progress_report, call->progress,
                            cancellable, error);
}

static void
show_report (SakImportPage         *self,
             const SakBundleReport *report)
{
  g_autofree char *time = sak_say_time (report->time);
  g_autofree char *size = sak_words_size (report->total_bytes);
  g_autofree char *records = NULL;
  g_autofree char *media = NULL;
  g_autofree char *sender = NULL;
  g_autofree char *contents = NULL;

  /* Translators: %s is a contact's name */
  sender = g_strdup_printf (_("From %s"), report->sender_name != NULL ? report->sender_name
                                                                       : _("somebody unknown"));
  records = sak_words_print (ngettext ("%u version of a record", "%u versions of records",
                                       report->n_revisions), report->n_revisions);
  media = sak_words_print (ngettext ("%u file", "%u files", report->n_media), report->n_media);
  contents =
    /* Translators: %1$u bundle's number, %2$s day and time, %3$s versions, %4$s files, %5$s size */
    sak_words_print (_("Bundle number %1$u, made on %2$s by the sender’s clock: %3$s, %4$s, %5$s."),
                     (guint) report->sequence, time, records, media, size);
  gtk_label_set_label (self->sender, sender);
  gtk_label_set_label (self->code, report->sender_code != NULL ? report->sender_code : "");
  gtk_widget_set_visible (GTK_WIDGET (self->code), report->sender_code != NULL);
  gtk_label_set_label (self->trust, sak_words_for_trust (report->sender_trust));
  gtk_label_set_label (self->contents, contents);
  gtk_label_set_label (self->verified, report->is_verified
                                         ? _("Checked to the last byte: nothing was altered on the "
                                             "way.")
                                         : "");
  gtk_widget_set_visible (self->found, TRUE);
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakImportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  sak_progress_bar_stop (self->progress);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose), TRUE);
  gtk_widget_set_visible (self->found, report != NULL);
  if (report == NULL)
    {
      say_outcome (self, sak_words_for_bundle_error (error), TRUE);
      return;
    }
  show_report (self, report);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->import));
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakImportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = sak_session_call_finish (result, &error);
  g_autofree char *words = NULL, *about_receipt = NULL, *both = NULL;
  guint n = 0;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  sak_progress_bar_stop (self->progress);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose), TRUE);
  if (report == NULL)
    {
      say_outcome (self, sak_words_for_bundle_error (error), TRUE);
      return;
    }
  show_report (self, report);
  n = report->record_ids != NULL ? report->record_ids->len : 0;
  words = sak_words_print (ngettext ("Imported: %u record is new or changed. You find it in the lists.",
                                     "Imported: %u records are new or changed. You find them in the "
                                     "lists.", n), n);
  about_receipt = sak_words_about_brought_receipt (report);
  both = g_strjoin ("\n\n", words, about_receipt, NULL);
  say_outcome (self, both, FALSE);
  sak_session_changed (self->session);
}

static void
run (SakImportPage       *self,
     SakJobFunc           job,
     const char          *words,
     GAsyncReadyCallback  done)
{
  g_autoptr (GCancellable) cancellable = NULL;
  SakCall *call = sak_session_new_call (self->session);

  call->filename = g_strdup (self->path);
  call->progress = sak_progress_bar_start (self->progress, self->session, words, &cancellable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->choose), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import), FALSE);
  say_outcome (self, "", FALSE);
  sak_session_call (self->session, call, job, (GDestroyNotify) sak_bundle_report_free, cancellable,
                    done, g_object_ref (self));
}

static void
bundle_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakImportPage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (file == NULL || self->session == NULL)
    return;
  g_free (self->path);
  self->path = g_file_get_path (file);
  gtk_widget_set_visible (self->found, FALSE);
  run (self, verify_job, _("Checking the bundle…"), verified_cb);
}

static void
choose_clicked_cb (SakImportPage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN, _("Choose a bundle"), _("Check it"),
                         NULL, NULL, bundle_picked_cb, g_object_ref (self));
}

static void
import_clicked_cb (SakImportPage *self)
{
  run (self, import_job, _("Importing…"), imported_cb);
}

static gboolean
sak_import_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_IMPORT_PAGE (widget)->choose));
}

static void
sak_import_page_dispose (GObject *object)
{
  SakImportPage *self = SAK_IMPORT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_import_page_parent_class)->dispose (object);
}

static void
sak_import_page_finalize (GObject *object)
{
  g_clear_object (&SAK_IMPORT_PAGE (object)->cancellable);
  g_free (SAK_IMPORT_PAGE (object)->path);
  G_OBJECT_CLASS (sak_import_page_parent_class)->finalize (object);
}

static void
sak_import_page_class_init (SakImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_import_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_import_page_finalize;
  sak_build_set_grab_focus (widget_class, sak_import_page_grab_focus);
  g_type_ensure (SAK_TYPE_PROGRESS_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-import-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, choose);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, found);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, sender);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, code);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, trust);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, contents);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, verified);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, import);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, progress);
  gtk_widget_class_bind_template_child (widget_class, SakImportPage, outcome);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
}

static void
sak_import_page_init (SakImportPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_import_page_new (SakSession *session)
{
  SakImportPage *self = g_object_new (SAK_TYPE_IMPORT_PAGE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
