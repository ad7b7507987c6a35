/* sak-record-page-taking.c - files and recordings given to a record's page, and what is noted about them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-media.h"
#include "ui/sak-folder-window.h"
#include "ui/sak-record-page-private.h"
#include "ui/sak-sound-window.h"

static void take_next_in (SakRecordPage *self);

static void
media_taken_in_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SakRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_media_intake_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_object (&self->taking_in);
  sak_progress_bar_stop (self->progress);
  /* Stopped is all that was still to come. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_queue_clear_full (&self->offers, g_object_unref);
  _sak_record_page_say_problem (self, error);
  if (record != NULL)
    {
      _sak_record_page_take_record (self, record);
      _sak_record_page_say_saved (self);
    }
  take_next_in (self);
}

static void
take_next_in (SakRecordPage *self)
{
  if (self->taking_in != NULL)
    return;
  self->taking_in = g_queue_pop_head (&self->offers);
  if (self->taking_in == NULL)
    return;
  _sak_record_page_save (self);
  sak_media_intake_async (self->session, self->draft, self->taking_in, self->progress, media_taken_in_cb,
                          g_object_ref (self));
}

static void
session_closing_cb (SakRecordPage *self)
{
  if (self->taking_in != NULL)
    sak_media_intake_end (self->session, self->draft, self->taking_in, &self->offers);
}

void
_sak_record_page_join (SakRecordPage *self,
                       SakSession    *session)
{
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "closing", G_CALLBACK (session_closing_cb), self, G_CONNECT_SWAPPED);
}

void
sak_record_page_take_media (SakRecordPage *self,
                            SakMediaOffer *offer)
{
  g_queue_push_tail (&self->offers, offer);
  take_next_in (self);
}

static gpointer
describe_media_job (gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  SakCall *call = data;
  const char *id = sak_draft_ensure_record (call, error);

  if (id == NULL || !sak_vault_describe_media (call->vault, id, call->id, call->fields, error))
    return NULL;
  return sak_vault_load_record (call->vault, id, error);
}

gboolean
sak_record_page_is_editing (SakRecordPage *self)
{
  return self->is_editing;
}

void
sak_record_page_describe_media (SakRecordPage *self,
                                const char    *media_id,
                                const json_t  *notes)
{
  SakCall *call;

  if (self->session == NULL || sak_session_is_locked (self->session) || !self->is_editing)
    return;
  _sak_record_page_save (self);
  call = sak_session_new_call (self->session);
  sak_draft_join (self->draft, call);
  call->id = g_strdup (media_id);
  call->fields = json_deep_copy (notes);
  self->n_saving++;
  sak_session_call (self->session, call, describe_media_job, (GDestroyNotify) sak_record_unref, NULL,
                    _sak_record_page_saved_cb, g_object_ref (self));
}

static void
recording_kept_cb (SakRecordPage *self,
                   const char    *id)
{
  sak_record_page_take_media (self, sak_media_offer_new_recording (id));
}

/* What is on the screen is saved first: the recording needs a record to belong to. */
void
sak_record_page_record_sound (SakRecordPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window;

  _sak_record_page_save (self);
  window = sak_sound_window_new (GTK_WINDOW (root), self->session, self->draft);
  g_signal_connect_object (window, "kept", G_CALLBACK (recording_kept_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
files_chosen_cb (SakRecordPage *self,
                 GPtrArray     *files)
{
  for (guint i = 0; i < files->len; i++)
    sak_record_page_take_media (self, sak_media_offer_new_file (files->pdata[i]));
}

void
sak_record_page_add_from_folder (SakRecordPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window = sak_folder_window_new (GTK_WINDOW (root));

  g_signal_connect_object (window, "chosen", G_CALLBACK (files_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}
