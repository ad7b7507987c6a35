/* sak-backup-panel.c - makes a backup, and says when the last one was made
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The vault's thread only takes the snapshot and notes the result. Copying, and proving the
 * copy, is done on a thread of its own: saving goes on meanwhile. Locking ends it.
 */
#include "config.h"

#include "ui/sak-backup-panel.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-backup.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-check-panel.h"
#include "ui/sak-progress-bar.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakBackupPanel
{
  AdwBin parent_instance;
  GtkLabel *last;
  GtkWidget *start;
  SakProgressBar *progress;
  GtkLabel *outcome;
  GtkBox *damages;

  SakSession *session;
  SakWorker *copier;
  GCancellable *cancellable;    /* of the backup that runs */
};

G_DEFINE_FINAL_TYPE (SakBackupPanel, sak_backup_panel, ADW_TYPE_BIN)

/* One backup on its way from thread to thread. */
typedef struct
{
  SakBackupPanel *panel;
  SakProgress *progress;
  SakSnapshot *snapshot;
  SakBackupReport *report;
  char *filename;
} Backup;

static void
free_backup (gpointer data)
{
  Backup *backup = data;

  g_clear_object (&backup->panel);
  g_clear_pointer (&backup->progress, sak_progress_unref);
  g_clear_pointer (&backup->snapshot, sak_snapshot_free);
  g_clear_pointer (&backup->report, sak_backup_report_free);
  g_free (backup->filename);
  g_free (backup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Backup, free_backup)

static gpointer
last_backup_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;
  SakLastBackup *last = g_new0 (SakLastBackup, 1);

  if (sak_vault_get_last_backup (call->vault, last, error))
    return last;
  g_free (last);
  return NULL;
}

static void
last_backup_known_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      data)
{
  g_autoptr (SakBackupPanel) self = data;
  g_autofree SakLastBackup *last = sak_session_call_finish (result, NULL);
  g_autofree char *words = NULL;
  g_autofree char *broken = NULL;

  if (self->session == NULL || last == NULL)
    return;
  words = sak_words_about_last_backup (last);
  broken = sak_say_with_breaks (words);
  gtk_label_set_label (self->last, broken);
}

static void
refresh (SakBackupPanel *self)
{
  sak_session_call (self->session, sak_session_new_call (self->session), last_backup_job, g_free,
                    NULL, last_backup_known_cb, g_object_ref (self));
}

static void
end_backup (Backup *backup,
            GError *error)
{
  SakBackupPanel *self = backup->panel;
  g_autofree char *size = NULL;
  g_autofree char *words = NULL;

  if (self->session == NULL)
    return;
  sak_progress_bar_stop (self->progress);
  gtk_widget_set_sensitive (self->start, TRUE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sak_build_say (self->outcome, _("Stopped. There is no backup; nothing is left of it."), FALSE);
  else if (error != NULL)
    sak_build_say (self->outcome, sak_words_for_backup_error (error), TRUE);
  else
    {
      size = sak_words_size (backup->report->size_bytes);
      /* Translators: %s is a size such as "100.0 MB" */
      words = g_strdup_printf (_("The backup is made (%s). It was read back from the disk, and a vault could "
                                 "be restored from it. Keep it away from this computer; whoever finds it can "
                                 "read nothing without what opens the vault today."), size);
      sak_build_say (self->outcome, words, FALSE);
      sak_check_panel_append_damages (self->damages, backup->report->check);
    }
  refresh (self);
  sak_session_changed (self->session);
}

static gpointer
note_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  Backup *backup = g_object_get_data (call->shared, "sak-backup");

  return sak_backup_note (call->vault, backup->report, error) ? SAK_JOB_DONE : NULL;
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Backup) backup = data;
  g_autoptr (GError) error = NULL;

  if (sak_session_call_finish (result, &error) == NULL)
    end_backup (backup, error);
  else
    end_backup (backup, NULL);
}

static gpointer
write_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Backup *backup = data;

  return sak_backup_write (backup->snapshot, backup->filename, sak_progress_report, backup->progress,
                           cancellable, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Backup) backup = data;
  g_autoptr (GError) error = NULL;
  SakSession *session = backup->panel->session;
  SakCall *call;

  backup->report = sak_worker_run_finish (SAK_WORKER (source), result, &error);
  g_clear_pointer (&backup->snapshot, sak_snapshot_free);
  if (backup->report == NULL || session == NULL)
    {
      end_backup (backup, error);
      return;
    }
  call = sak_session_new_call (session);
  call->shared = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (call->shared, "sak-backup", backup);
  sak_session_call (session, call, note_job, NULL, NULL, noted_cb, g_steal_pointer (&backup));
}

static gpointer
snapshot_job (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SakCall *call = data;

  return sak_vault_take_snapshot (call->vault, cancellable, error);
}

static void
free_snapshot (gpointer data)
{
  sak_snapshot_free (data);
}

static void
free_report (gpointer data)
{
  sak_backup_report_free (data);
}

static void
snapshot_taken_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (Backup) backup = data;
  g_autoptr (GError) error = NULL;
  SakBackupPanel *self = backup->panel;
  Backup *borrowed = backup;

  backup->snapshot = sak_session_call_finish (result, &error);
  if (backup->snapshot == NULL || self->session == NULL)
    {
      end_backup (backup, error);
      return;
    }
  sak_worker_run_async (self->copier, write_job, borrowed, NULL, free_report, self->cancellable,
                        written_cb, g_steal_pointer (&backup));
}

void
sak_backup_panel_back_up (SakBackupPanel *self,
                          const char     *filename)
{
  Backup *backup = g_new0 (Backup, 1);

  g_clear_object (&self->cancellable);
  backup->panel = g_object_ref (self);
  backup->filename = g_strdup (filename);
  backup->progress = sak_progress_bar_start (self->progress, self->session, _("Making a backup…"),
                                             &self->cancellable);
  sak_build_say (self->outcome, "", FALSE);
  sak_build_empty (self->damages);
  gtk_widget_set_sensitive (self->start, FALSE);
  sak_session_call (self->session, sak_session_new_call (self->session), snapshot_job, free_snapshot,
                    self->cancellable, snapshot_taken_cb, backup);
}

static void
file_picked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakBackupPanel) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL && self->session != NULL)
    sak_backup_panel_back_up (self, path);
}

/* The name says nothing of whose it is: it may lie on a stick. */
static void
start_clicked_cb (SakBackupPanel *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "%Y-%m-%d.backup");

  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_SAVE, _("Save the backup"), _("Make the backup"),
                         name, NULL, file_picked_cb, g_object_ref (self));
}

static gboolean
sak_backup_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_BACKUP_PANEL (widget)->start);
}

static void
sak_backup_panel_dispose (GObject *object)
{
  SakBackupPanel *self = SAK_BACKUP_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_backup_panel_parent_class)->dispose (object);
}

static void
sak_backup_panel_finalize (GObject *object)
{
  g_clear_object (&SAK_BACKUP_PANEL (object)->copier);
  G_OBJECT_CLASS (sak_backup_panel_parent_class)->finalize (object);
}

static void
sak_backup_panel_class_init (SakBackupPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_backup_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_backup_panel_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_backup_panel_grab_focus);
}

static void
sak_backup_panel_init (SakBackupPanel *self)
{
  GtkWidget *box = sak_build_boxed (_("Backup"));

  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("Copies the whole vault, encrypted, into one file, and proves the copy by "
                                     "restoring it for a moment. You can go on working meanwhile."), NULL));
  self->last = GTK_LABEL (sak_build_label ("", NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->last));
  self->start = sak_build_button (_("Make a backup…"), "suggested-action", G_CALLBACK (start_clicked_cb), self);
  gtk_box_append (GTK_BOX (box), self->start);
  self->progress = SAK_PROGRESS_BAR (sak_progress_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  self->outcome = GTK_LABEL (sak_build_label ("", "sak-notice"));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  self->damages = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->damages));
  adw_bin_set_child (ADW_BIN (self), box);
  self->copier = sak_worker_new ();
}

GtkWidget *
sak_backup_panel_new (SakSession *session)
{
  SakBackupPanel *self = g_object_new (SAK_TYPE_BACKUP_PANEL, NULL);

  self->session = g_object_ref (session);
  refresh (self);
  return GTK_WIDGET (self);
}
