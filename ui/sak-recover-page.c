/* sak-recover-page.c - restores a backup, or rescues what can still be read of a damaged vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both make a new vault in a folder of its own; neither touches what it reads.
 */
#include "config.h"

#include "ui/sak-recover-page.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "storage/sak-rescue.h"
#include "sync/sak-backup.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-check-panel.h"
#include "ui/sak-key-entry.h"
#include "ui/sak-patience.h"
#include "ui/sak-progress-bar.h"
#include "ui/sak-say.h"
#include "ui/sak-start-page.h"
#include "ui/words/sak-words-keys.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakRecoverPage
{
  AdwBin parent_instance;
  GtkWidget *form;
  AdwActionRow *source_row;
  GtkEditable *name;
  SakKeyEntry *key;
  GtkWidget *start;
  SakProgressBar *progress;
  GtkLabel *outcome;
  GtkBox *findings;
  GtkWidget *open;

  SakWorker *worker;
  GCancellable *cancellable;    /* of what runs */
  char *damaged;                /* the vault to rescue from; NULL: a backup is restored */
  char *source;                 /* the backup, or a copy of the header; NULL: not chosen */
  char *directory;              /* of the new vault */
};

G_DEFINE_FINAL_TYPE (SakRecoverPage, sak_recover_page, ADW_TYPE_BIN)

enum { SIGNAL_VAULT_CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

typedef struct
{
  char *damaged;
  char *source;
  char *directory;
  SakCredential *credential;
  SakProgress *progress;
  /* Results, one of them. */
  SakRestoreReport *restored;
  SakRescueReport *rescued;
} Job;

static void
free_job (gpointer data)
{
  Job *job = data;

  g_free (job->damaged);
  g_free (job->source);
  g_free (job->directory);
  g_clear_pointer (&job->credential, sak_credential_unref);
  g_clear_pointer (&job->progress, sak_progress_unref);
  g_clear_pointer (&job->restored, sak_restore_report_free);
  g_clear_pointer (&job->rescued, sak_rescue_report_free);
  g_free (job);
}

static gpointer
recover_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Job *job = data;
  g_autofree char *folder = g_path_get_dirname (job->directory);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      sak_set_error_from_errno (error, errno, folder);
      return NULL;
    }
  if (job->damaged == NULL)
    job->restored = sak_backup_restore_with (job->source, job->credential, job->directory, sak_progress_report,
                                             job->progress, cancellable, error);
  else
    job->rescued = sak_vault_rescue (job->damaged, job->source, job->credential, job->directory, NULL,
                                     sak_progress_report, job->progress, cancellable, error);
  return job->restored != NULL || job->rescued != NULL ? SAK_JOB_DONE : NULL;
}

static void
append_loss (GString       *text,
             const SakLoss *loss)
{
  const char *parts[] = { loss->code, loss->title, loss->file_name, loss->detail };
  guint n = 0;

  g_string_append (text, sak_words_for_loss (loss->kind));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (text, "%s%s", n++ == 0 ? "\n" : ", ", parts[i]);
}

static void
show_rescued (SakRecoverPage        *self,
              const SakRescueReport *report)
{
  guint n = (guint) report->n_records;
  g_autofree char *media = sak_words_print (ngettext ("%u file", "%u files", (guint) report->n_media),
                                            (guint) report->n_media);
  /* Translators: %1$u records, %2$s "3 files" */
  g_autofree char *words = sak_words_print (ngettext ("%1$u record and %2$s could be read and are in the new vault. "
                                                      "The damaged one was not touched: keep it.",
                                                      "%1$u records and %2$s could be read and are in the new vault. "
                                                      "The damaged one was not touched: keep it.", n), n, media);

  sak_build_say (self->outcome, words, FALSE);
  if (report->losses->len == 0)
    gtk_box_append (self->findings, sak_build_label (_("Nothing was lost."), NULL));
  for (guint i = 0; i < report->losses->len; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      append_loss (text, g_ptr_array_index (report->losses, i));
      gtk_box_append (self->findings, sak_build_label (text->str, "sak-warning"));
    }
  sak_check_panel_append_damages (self->findings, report->check);
}

static void
show_restored (SakRecoverPage         *self,
               const SakRestoreReport *report)
{
  g_autofree char *time = sak_say_time (report->time);
  /* Translators: %s is a day and time */
  g_autofree char *words = g_strdup_printf (_("The vault is as it was on %s. All of it was checked."), time);

  sak_build_say (self->outcome, words, FALSE);
  gtk_box_append (self->findings, sak_build_label (sak_words_after_restore (), NULL));
  sak_check_panel_append_damages (self->findings, report->check);
}

static void
say_failure (SakRecoverPage *self,
             const Job      *job,
             const GError   *error)
{
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_PASSPHRASE))
    sak_patience_note_wrong (sak_patience_get_default ());
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sak_build_say (self->outcome, _("Stopped. Nothing is left of it."), FALSE);
  else if (self->damaged == NULL)
    sak_build_say (self->outcome, sak_words_for_backup_error (error), TRUE);
  else
    sak_build_say (self->outcome, sak_words_for_way_error (error, sak_credential_get_slot_type (job->credential)),
                   TRUE);
}

/* What was made, with the page for which it was. */
typedef struct
{
  SakRecoverPage *page;
  Job *job;
} Recovery;

static void
recovered_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autofree Recovery *recovery = data;
  g_autoptr (SakRecoverPage) self = recovery->page;
  Job *job = recovery->job;
  g_autoptr (GError) error = NULL;
  gpointer done = sak_worker_run_finish (SAK_WORKER (source), result, &error);

  if (self->worker != NULL)
    {
      sak_progress_bar_stop (self->progress);
      gtk_widget_set_visible (self->form, done == NULL);
      gtk_widget_set_visible (self->open, done != NULL);
      if (done == NULL)
        say_failure (self, job, error);
      else if (job->restored != NULL)
        show_restored (self, job->restored);
      else
        show_rescued (self, job->rescued);
      if (done != NULL)
        gtk_widget_grab_focus (self->open);
    }
  free_job (job);
}

/* The name as a folder's name: what file systems do not take becomes a stroke. */
static char *
dup_directory (SakRecoverPage *self)
{
  g_autofree char *folder = sak_start_page_dup_folder ();
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));

  g_strdelimit (name, "/\\:*?\"<>|.", '-');
  return g_build_filename (folder, name[0] != '\0' ? name : "-", NULL);
}

static void
start_clicked_cb (SakRecoverPage *self)
{
  g_autoptr (SakCredential) credential = NULL;
  Recovery *recovery;
  Job *job;

  if (self->source == NULL && self->damaged == NULL)
    {
      sak_build_say (self->outcome, _("Choose the backup first."), TRUE);
      return;
    }
  credential = sak_key_entry_take (self->key);
  if (credential == NULL)
    return;
  g_free (self->directory);
  self->directory = dup_directory (self);
  job = g_new0 (Job, 1);
  job->damaged = g_strdup (self->damaged);
  job->source = g_strdup (self->source);
  job->directory = g_strdup (self->directory);
  job->credential = g_steal_pointer (&credential);
  g_clear_object (&self->cancellable);
  sak_build_empty (self->findings);
  sak_build_say (self->outcome, "", FALSE);
  gtk_widget_set_visible (self->form, FALSE);
  job->progress = sak_progress_bar_start (self->progress, NULL,
                                          self->damaged == NULL ? _("Restoring the backup…")
                                                                : _("Reading what can still be read…"),
                                          &self->cancellable);
  recovery = g_new0 (Recovery, 1);
  recovery->page = g_object_ref (self);
  recovery->job = job;
  sak_worker_run_async (self->worker, recover_job, job, NULL, NULL, self->cancellable, recovered_cb, recovery);
}

static void
open_clicked_cb (SakRecoverPage *self)
{
  g_signal_emit (self, signals[SIGNAL_VAULT_CHOSEN], 0, self->directory);
}

void
sak_recover_page_set_source (SakRecoverPage *self,
                             const char     *filename)
{
  g_autofree char *name = g_filename_display_basename (filename);

  g_free (self->source);
  self->source = g_strdup (filename);
  adw_action_row_set_subtitle (self->source_row, name);
  sak_build_say (self->outcome, "", FALSE);
}

static void
source_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakRecoverPage) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && self->worker != NULL)
    sak_recover_page_set_source (self, path);
}

static void
choose_clicked_cb (SakRecoverPage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN,
                         self->damaged == NULL ? _("Choose the backup") : _("Choose a copy of the header, or a backup"),
                         _("Choose"), NULL, NULL, source_picked_cb, g_object_ref (self));
}

static gboolean
sak_recover_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_RECOVER_PAGE (widget)->form);
}

static void
sak_recover_page_dispose (GObject *object)
{
  SakRecoverPage *self = SAK_RECOVER_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (sak_recover_page_parent_class)->dispose (object);
}

static void
sak_recover_page_finalize (GObject *object)
{
  SakRecoverPage *self = SAK_RECOVER_PAGE (object);

  g_free (self->damaged);
  g_free (self->source);
  g_free (self->directory);
  G_OBJECT_CLASS (sak_recover_page_parent_class)->finalize (object);
}

static void
sak_recover_page_class_init (SakRecoverPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_recover_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_recover_page_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_recover_page_grab_focus);
  signals[SIGNAL_VAULT_CHOSEN] = g_signal_new ("vault-chosen", SAK_TYPE_RECOVER_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_recover_page_init (SakRecoverPage *self)
{
}

static GtkWidget *
build_form (SakRecoverPage *self)
{
  GtkWidget *form = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *choose = sak_build_button (_("Choose…"), NULL, G_CALLBACK (choose_clicked_cb), self);

  self->source_row = ADW_ACTION_ROW (adw_action_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->source_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->source_row),
                                 self->damaged == NULL ? _("Backup")
                                                       : _("Copy of the header, or a backup, if the vault’s own "
                                                           "header is damaged"));
  gtk_widget_set_valign (choose, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->source_row, choose);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->source_row));
  self->name = GTK_EDITABLE (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), _("Name of the new vault’s folder"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (form), group);
  gtk_box_append (GTK_BOX (form),
                  sak_build_label (self->damaged == NULL
                                     ? _("What opened the vault on the day of the backup opens it:")
                                     : _("What opened the vault opens the new one:"), NULL));
  self->key = SAK_KEY_ENTRY (sak_key_entry_new (TRUE));
  g_signal_connect_object (self->key, "activate", G_CALLBACK (start_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (form), GTK_WIDGET (self->key));
  self->start = sak_build_button (self->damaged == NULL ? _("Restore") : _("Rescue"), "suggested-action",
                                  G_CALLBACK (start_clicked_cb), self);
  gtk_box_append (GTK_BOX (form), self->start);
  return form;
}

static void
build (SakRecoverPage *self)
{
  GtkWidget *frame = sak_build_boxed (self->damaged == NULL ? _("Restore a backup") : _("Rescue a damaged vault"));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = NULL;
  GtkBox *column;

  adw_bin_set_child (ADW_BIN (self), sak_build_page (&column));
  if (self->damaged != NULL)
    gtk_box_append (GTK_BOX (frame),
                    sak_build_label (_("Everything that can still be read is copied into a new vault; the damaged one "
                                       "is only read. If you have a backup, restore that first: it is whole."), NULL));
  self->form = build_form (self);
  /* Translators: the suggested name of a folder; %Y-%m-%d is the day, keep it */
  name = g_date_time_format (now, self->damaged == NULL ? _("Restored %Y-%m-%d") : _("Rescued %Y-%m-%d"));
  gtk_editable_set_text (self->name, name != NULL ? name : "");
  gtk_box_append (GTK_BOX (frame), self->form);
  self->progress = SAK_PROGRESS_BAR (sak_progress_bar_new ());
  gtk_box_append (GTK_BOX (frame), GTK_WIDGET (self->progress));
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_box_append (GTK_BOX (frame), GTK_WIDGET (self->outcome));
  self->findings = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (frame), GTK_WIDGET (self->findings));
  self->open = sak_build_button (_("Open it"), "suggested-action", G_CALLBACK (open_clicked_cb), self);
  gtk_widget_set_visible (self->open, FALSE);
  gtk_box_append (GTK_BOX (frame), self->open);
  gtk_box_append (column, frame);
  gtk_box_append (column, sak_build_button (_("Back"), NULL, NULL, NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (gtk_widget_get_last_child (GTK_WIDGET (column))), "win.to-start");
}

GtkWidget *
sak_recover_page_new (SakWorker  *worker,
                      const char *damaged_vault)
{
  SakRecoverPage *self = g_object_new (SAK_TYPE_RECOVER_PAGE, NULL);

  self->worker = g_object_ref (worker);
  self->damaged = g_strdup (damaged_vault);
  build (self);
  return GTK_WIDGET (self);
}
