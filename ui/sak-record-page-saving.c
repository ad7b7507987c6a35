/* sak-record-page-saving.c - autosave, finishing, discarding, taking media in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-withdrawal.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-folder-window.h"
#include "ui/sak-record-page-private.h"
#include "ui/sak-sound-window.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

/* From the first change that is not saved: no more than 2 seconds of writing are lost, saving included. */
#define AUTOSAVE_MILLISECONDS 1500
/* Whoever rested so long, and types on, begins something new. */
#define REST_SECONDS 2

static void take_next_in (SakRecordPage *self);
static void save (SakRecordPage *self);
static void wait_to_save (SakRecordPage *self);

static SakCall *
new_call (SakRecordPage *self)
{
  SakCall *call = sak_session_new_call (self->session);

  sak_draft_join (self->draft, call);
  call->fields = json_deep_copy (self->fields);
  call->typed = _sak_record_page_take_typed (self);
  if (self->record != NULL && self->record->base_revision != NULL)
    {
      call->names = g_new0 (char *, 2);
      call->names[0] = g_strdup (self->record->base_revision);
    }
  return call;
}

static void
say_problem (SakRecordPage *self,
             const GError  *error)
{
  gtk_label_set_label (self->problem, error != NULL ? sak_words_for_error (error) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

static void
say_saved (SakRecordPage *self)
{
  g_autofree char *time = sak_words_clock (g_get_real_time () / G_USEC_PER_SEC);
  /* Translators: %s is a time of day */
  g_autofree char *words = g_strdup_printf (_("Saved at %s"), time);

  gtk_label_set_label (self->saved, self->is_dirty ? _("Not saved yet…") : words);
}

/* Before the form fills up; who was finished once is who they are. */
void
_sak_record_page_look_for_like (SakRecordPage *self)
{
  gboolean is_new = self->record == NULL || self->record->base_revision == NULL;

  if (self->like != NULL)
    sak_like_people_look (self->like, is_new ? sak_json_get_text (self->fields, "identity.name") : NULL,
                          self->record != NULL ? self->record->id : NULL);
}

static void
forget_to_save (SakRecordPage *self)
{
  g_clear_handle_id (&self->save_timer, g_source_remove);
  self->is_save_due = FALSE;
}

static void
draft_saved_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_session_call_finish (result, &error);

  self->n_saving--;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  say_problem (self, error);
  self->could_not_save = record == NULL;
  if (record == NULL)
    {
      self->is_dirty = TRUE;
      gtk_label_set_label (self->saved, _("Not saved"));
      _sak_record_page_tell_unsaved (self);
      if (self->is_save_due)
        wait_to_save (self);
      return;
    }
  self->has_come_back = FALSE;
  if (self->n_saving > 0)
    return;
  _sak_record_page_take_record (self, record);
  _sak_record_page_look_for_like (self);
  say_saved (self);
  if (self->is_save_due && !self->is_finishing)
    save (self);
}

static void
save (SakRecordPage *self)
{
  forget_to_save (self);
  if (!self->is_dirty)
    return;
  self->is_dirty = FALSE;
  self->n_saving++;
  sak_session_call (self->session, new_call (self), sak_draft_save_job,
                    (GDestroyNotify) sak_record_unref, NULL, draft_saved_cb, g_object_ref (self));
}

static gboolean
save_due_cb (gpointer data)
{
  SakRecordPage *self = data;

  /* Written while it is being finished: that goes on top of the version that comes of it. */
  if (self->is_finishing)
    return G_SOURCE_CONTINUE;
  self->save_timer = 0;
  /* On a slow disk, what is written while it saves is not queued key by key behind it: one save follows at once. */
  if (self->n_saving > 0)
    self->is_save_due = TRUE;
  else
    save (self);
  return G_SOURCE_REMOVE;
}

/* Not begun anew by each key: who writes without a pause would never be saved. */
static void
wait_to_save (SakRecordPage *self)
{
  if (self->save_timer == 0)
    self->save_timer = g_timeout_add (AUTOSAVE_MILLISECONDS, save_due_cb, self);
}

static gboolean
rested_cb (gpointer data)
{
  SakRecordPage *self = data;

  self->rest_timer = 0;
  sak_undo_end_step (self->undo);
  return G_SOURCE_REMOVE;
}

void
_sak_record_page_mark_dirty (SakRecordPage *self)
{
  self->is_dirty = TRUE;
  say_saved (self);
  wait_to_save (self);
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  self->rest_timer = g_timeout_add_seconds (REST_SECONDS, rested_cb, self);
}

void
_sak_record_page_changed (SakRecordPage *self,
                          SakField      *field)
{
  sak_field_set_missing (field, FALSE);
  sak_field_store (field, self->fields);
  _sak_record_page_look_for_like (self);
  sak_form_view_refresh (self->view);
  _sak_record_page_mark_dirty (self);
  _sak_record_page_note_change (self, field);
}

void
sak_record_page_flush (SakRecordPage *self)
{
  if (self->session == NULL || sak_session_is_locked (self->session))
    return;
  save (self);
  sak_session_changed (self->session);
}

gboolean
sak_record_page_is_saved (SakRecordPage *self)
{
  return !self->is_dirty;
}

gboolean
sak_record_page_could_not_save (SakRecordPage *self)
{
  return self->could_not_save;
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  say_problem (self, error);
  self->is_finishing = FALSE;
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_CONFLICT))
    {
      gtk_label_set_label (self->problem, _("Something newer came meanwhile. What you wrote is kept: see the "
                                            "versions side by side, and bring them together."));
      gtk_widget_set_visible (GTK_WIDGET (self->conflict), TRUE);
    }
  self->could_not_save = record == NULL;
  if (record == NULL)
    {
      self->is_dirty = TRUE;
      _sak_record_page_tell_unfinished (self);
      return;
    }
  _sak_record_page_take_record (self, record);
  _sak_record_page_look_for_like (self);
  sak_session_changed (self->session);
  if (self->is_dirty)
    {
      save (self);
      return;
    }
  _sak_record_page_set_editing (self, FALSE);
  gtk_label_set_label (self->saved, _("Finished and signed."));
  gtk_widget_grab_focus (GTK_WIDGET (self->change));
}

static void
finish_with_reason (GtkWidget  *asker,
                    const char *reason,
                    gpointer    unused)
{
  SakRecordPage *self = SAK_RECORD_PAGE (asker);
  SakCall *call = new_call (self);

  forget_to_save (self);
  self->is_dirty = FALSE;
  call->text = g_strdup (reason);
  /* Not made insensitive: that would push the focus into some field. */
  self->is_finishing = TRUE;
  sak_session_call (self->session, call, sak_draft_finish_job, (GDestroyNotify) sak_record_unref,
                    NULL, finished_cb, g_object_ref (self));
}

/* Marks what is missing, goes to the first of it, and says all of it in one sentence. */
static gboolean
show_missing (SakRecordPage *self)
{
  g_autofree char *names = sak_form_view_show_missing (self->view);
  g_autofree char *words = NULL;

  if (names == NULL)
    return FALSE;
  /* Translators: %s is a list of fields, for example "Title, Date" */
  words = g_strdup_printf (_("Before this can be finished, fill in: %s."), names);
  gtk_label_set_label (self->problem, words);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  return TRUE;
}

/* What is asked, and below it what is still empty: none of that keeps anybody from finishing. */
static char *
say_before_finishing (SakRecordPage *self,
                      const char    *question)
{
  g_autofree char *unasked = sak_form_view_list_unasked (self->view);
  g_autofree char *empty = sak_form_view_list_empty (self->view);
  g_autoptr (GString) words = g_string_new (question);

  if (unasked != NULL)
    {
      g_string_append (words, "\n\n");
      /* Translators: %s are questions, each on a line of its own */
      g_string_append_printf (words, _("These questions about consent have no answer, which counts as “no”:\n%s"),
                              unasked);
    }
  if (empty != NULL)
    {
      g_string_append (words, "\n\n");
      /* Translators: %s is a list of fields, for example "Language, Source" */
      g_string_append_printf (words, _("Still empty, and it may stay so: %s."), empty);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
ask_to_finish (SakRecordPage *self)
{
  gboolean is_new = self->record == NULL || self->record->base_revision == NULL;
  g_autofree char *words =
    say_before_finishing (self, is_new ? _("It will be signed with your group’s key. Afterwards it can be sent, and it "
                                           "is only changed by a new version with a reason.")
                                       : _("The earlier version stays in the history. Say in a few words what is new, "
                                           "for whoever reads both. Write no names here: these words always travel "
                                           "with the record."));

  if (is_new)
    sak_ask (GTK_WIDGET (self), SAK_ASK_SUGGESTED, _("Finish this record?"), words, _("Finish"), finish_with_reason,
             NULL);
  else
    sak_ask_text (GTK_WIDGET (self), _("Why is it changed?"), words, _("Reason for the change"), _("Finish"),
                  finish_with_reason, NULL);
}

static void
hidden_kept (GtkWidget  *asker,
             const char *text,
             gpointer    unused)
{
  ask_to_finish (SAK_RECORD_PAGE (asker));
}

static void
hidden_removed (GtkWidget  *asker,
                const char *text,
                gpointer    unused)
{
  SakRecordPage *self = SAK_RECORD_PAGE (asker);

  sak_form_remove_hidden (self->form, self->fields);
  sak_form_view_load (self->view, self->fields,
                      self->record != NULL ? (const char *const *) self->record->withheld : NULL);
  self->is_dirty = TRUE;
  _sak_record_page_note_change (self, NULL);
  save (self);
  ask_to_finish (self);
}

/* What no longer shows would be signed and sent unseen. Returns whether that was asked about. */
static gboolean
ask_about_hidden (SakRecordPage *self)
{
  g_autofree char *names = sak_form_view_list_hidden (self->view);
  g_autofree char *words = NULL;

  if (names == NULL)
    return FALSE;
  /* Translators: %s is a list of fields, whose answers stay though other answers make them needless */
  words = g_strdup_printf (_("Because of other answers, these are not asked any more and do not show: %s. What was "
                             "answered there is still in the record, and would be signed and sent with it."), names);
  sak_ask_either (GTK_WIDGET (self), _("Some answers are hidden"), words, _("Delete what is hidden"), hidden_removed,
                  _("Keep it"), hidden_kept);
  return TRUE;
}

void
_sak_record_page_finish (SakRecordPage *self)
{
  if (self->is_finishing || show_missing (self) || ask_about_hidden (self))
    return;
  /* What belongs to the record is in it before it is signed. */
  save (self);
  ask_to_finish (self);
}

static void
discarded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_new = self->record == NULL || self->record->base_revision == NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (sak_session_call_finish (result, &error) == NULL)
    {
      say_problem (self, error);
      return;
    }
  sak_session_changed (self->session);
  if (is_new)
    _sak_record_page_tell_gone (self);
  else
    _sak_record_page_reload (self);
}

static void
discard_confirmed (GtkWidget  *asker,
                   const char *text,
                   gpointer    unused)
{
  SakRecordPage *self = SAK_RECORD_PAGE (asker);
  SakCall *call = new_call (self);

  forget_to_save (self);
  self->is_dirty = FALSE;
  sak_session_call (self->session, call, sak_draft_discard_job, NULL, NULL, discarded_cb,
                    g_object_ref (self));
}

void
_sak_record_page_discard (SakRecordPage *self)
{
  gboolean is_new = self->record == NULL || self->record->base_revision == NULL;

  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Discard this draft?"),
           is_new ? _("Everything written in it is lost. It was never finished.")
                  : _("Your changes since the last finished version are lost. The finished "
                      "version stays."),
           _("Discard"), discard_confirmed, NULL);
}

static gpointer
forget_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_vault_discard_withdrawn (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = sak_session_call_finish (result, &error) != NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  say_problem (self, error);
  if (!is_done)
    return;
  sak_session_changed (self->session);
  _sak_record_page_reload (self);
}

static void
forget_confirmed (GtkWidget  *asker,
                  const char *text,
                  gpointer    unused)
{
  SakRecordPage *self = SAK_RECORD_PAGE (asker);
  SakCall *call = sak_session_new_call (self->session);

  call->id = g_strdup (self->record->id);
  sak_session_call (self->session, call, forget_job, NULL, NULL, forgotten_cb, g_object_ref (self));
}

void
_sak_record_page_forget (SakRecordPage *self)
{
  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Delete what is hidden?"),
           _("The texts and files of this record are deleted from this vault for good. That it was here, and that it "
             "was withdrawn, stays."),
           _("Delete"), forget_confirmed, NULL);
}

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
  say_problem (self, error);
  if (record != NULL)
    {
      _sak_record_page_take_record (self, record);
      say_saved (self);
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
  save (self);
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
  save (self);
  call = sak_session_new_call (self->session);
  sak_draft_join (self->draft, call);
  call->id = g_strdup (media_id);
  call->fields = json_deep_copy (notes);
  self->n_saving++;
  sak_session_call (self->session, call, describe_media_job, (GDestroyNotify) sak_record_unref, NULL, draft_saved_cb,
                    g_object_ref (self));
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

  save (self);
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
