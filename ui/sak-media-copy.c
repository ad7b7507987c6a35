/* sak-media-copy.c - saves a file of the vault outside of it, after a warning
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-media-copy.h"

#include "crypto/sak-crypto.h"
#include "storage/sak-custody.h"
#include "sync/sak-export-plan.h"
#include "ui/compat/sak-ask.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-replacing.h"
#include "ui/words/sak-words.h"

#define BLOCK_SIZE (256 * 1024)

/* What one asking knows, until the copy is made. */
typedef struct
{
  GtkWidget *held;              /* the asker, once it no longer owns this */
  SakSession *session;
  SakMediaInfo *info;
  SakProgressBar *bar;
  GtkLabel *outcome;
} Copy;

static void
free_copy (gpointer data)
{
  Copy *self = data;

  g_clear_object (&self->held);
  g_object_unref (self->session);
  sak_media_info_free (self->info);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, free_copy)

static gboolean
copy_bytes (SakCall        *call,
            GInputStream   *from,
            GOutputStream  *to,
            GCancellable   *cancellable,
            GError        **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint64 done = 0;
  gboolean went_well = FALSE;
  gsize n;

  while (g_input_stream_read_all (from, block, BLOCK_SIZE, &n, cancellable, error))
    {
      went_well = n == 0;
      if (n == 0 || !g_output_stream_write_all (to, block, n, NULL, cancellable, error))
        break;
      done += n;
      sak_progress_report (done, (guint64) call->number, call->progress);
    }
  sak_wipe (block, BLOCK_SIZE);
  return went_well;
}

/* GIO's words for a file that has come there meanwhile are ours for a copy that must not replace it. */
static void
take_error (GError **error,
            GError  *gio_error)
{
  if (gio_error->domain == SAK_ERROR || g_error_matches (gio_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, gio_error);
      return;
    }
  g_set_error_literal (error, SAK_ERROR,
                       g_error_matches (gio_error, G_IO_ERROR, G_IO_ERROR_EXISTS) ? SAK_ERROR_EXISTS
                       : g_error_matches (gio_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? SAK_ERROR_NO_SPACE
                                                                                      : SAK_ERROR_IO,
                       "the copy cannot be written");
  g_error_free (gio_error);
}

static gpointer
copy_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autofree char *written = sak_replacing_begin (call->filename);
  g_autoptr (GFile) file = g_file_new_for_path (written);
  g_autoptr (GInputStream) from = sak_vault_open_media (call->vault, call->id, error);
  g_autoptr (GFileOutputStream) to = NULL;
  GError *gio_error = NULL;

  if (from == NULL)
    return NULL;
  to = g_file_create (file, G_FILE_CREATE_PRIVATE, cancellable, &gio_error);
  if (to != NULL && copy_bytes (call, from, G_OUTPUT_STREAM (to), cancellable, &gio_error) &&
      g_output_stream_close (G_OUTPUT_STREAM (to), cancellable, &gio_error) &&
      sak_vault_note_export (call->vault, call->id, &gio_error) &&
      sak_replacing_finish (written, call->filename, &gio_error))
    return SAK_JOB_DONE;
  /* Half a copy, or one that the log of custody does not know, does not stay. */
  if (to != NULL)
    (void) g_file_delete (file, NULL, NULL);
  take_error (error, gio_error);
  return NULL;
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Copy) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = sak_session_call_finish (result, &error) != NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self->bar)) == NULL)
    return;
  sak_progress_bar_stop (self->bar);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sak_build_say (self->outcome, _("Stopped. Nothing was saved outside the vault."), FALSE);
  else
    sak_build_say (self->outcome, is_saved ? _("Saved. The copy is not encrypted: delete it when it is no longer "
                                               "needed.")
                                           : sak_words_for_error (error), !is_saved);
}

static void
place_chosen_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (Copy) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  SakCall *call;

  if (file == NULL || gtk_widget_get_root (GTK_WIDGET (self->bar)) == NULL)
    return;
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->info->sha256);
  call->filename = g_file_get_path (file);
  call->number = (gint64) self->info->size_bytes;
  sak_build_say (self->outcome, "", FALSE);
  call->progress = sak_progress_bar_start (self->bar, self->session, _("Saving a copy outside the vault…"),
                                           &cancellable);
  sak_session_call (self->session, call, copy_job, NULL, cancellable, copied_cb, self);
  g_steal_pointer (&self);
}

static void
leaving_accepted (GtkWidget  *asker,
                  const char *text,
                  gpointer    data)
{
  Copy *self = g_object_get_data (G_OBJECT (asker), "sak-media-copy");

  if (self == NULL)
    return;
  g_object_steal_data (G_OBJECT (asker), "sak-media-copy");
  self->held = g_object_ref (asker);
  sak_file_picker_async (asker, SAK_PICK_SAVE, _("Save a copy outside the vault"), _("Save"), self->info->name, NULL,
                         place_chosen_cb, self);
}

static char *
say_warning (const SakMediaInfo *info,
             gboolean            is_withheld)
{
  GString *words = g_string_new (_("Outside the vault it is not encrypted: whoever has the file can open it. That it "
                                   "was saved is noted in the log of custody."));

  if (info->has_gps)
    g_string_append_printf (words, "\n\n%s", _("The file says where it was taken, and so does the copy."));
  else if (info->has_exif)
    g_string_append_printf (words, "\n\n%s", _("The file carries camera data, and so does the copy."));
  if (is_withheld)
    g_string_append_printf (words, "\n\n%s", sak_words_for_media_copy ());
  return g_string_free (words, FALSE);
}

typedef struct
{
  gboolean is_withheld;
} Verdict;

static gpointer
judge_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  gboolean is_withheld = FALSE;
  Verdict *verdict;

  if (!sak_export_plan_find_media_consent (call->vault, call->id, &is_withheld, error))
    return NULL;
  verdict = g_new0 (Verdict, 1);
  verdict->is_withheld = is_withheld;
  return verdict;
}

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GtkWidget) asker = data;
  g_autoptr (GError) error = NULL;
  g_autofree Verdict *verdict = sak_session_call_finish (result, &error);
  Copy *self = g_object_get_data (G_OBJECT (asker), "sak-media-copy");
  g_autofree char *words = NULL;

  if (self == NULL || gtk_widget_get_root (GTK_WIDGET (self->bar)) == NULL)
    return;
  if (verdict == NULL)
    {
      sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
      return;
    }
  words = say_warning (self->info, verdict->is_withheld);
  sak_ask (asker, SAK_ASK_DESTRUCTIVE, _("Save a copy outside the vault?"), words, _("Save…"), leaving_accepted, NULL);
}

void
sak_media_copy_ask (GtkWidget          *asker,
                    SakSession         *session,
                    const SakMediaInfo *info,
                    SakProgressBar     *bar,
                    GtkLabel           *outcome)
{
  Copy *self = g_new0 (Copy, 1);
  SakCall *call = sak_session_new_call (session);

  self->session = g_object_ref (session);
  self->info = sak_media_info_copy (info);
  self->bar = bar;
  self->outcome = outcome;
  g_object_set_data_full (G_OBJECT (asker), "sak-media-copy", self, free_copy);
  call->id = g_strdup (info->sha256);
  sak_session_call (session, call, judge_job, g_free, NULL, judged_cb, g_object_ref (asker));
}
