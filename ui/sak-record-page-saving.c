/* sak-record-page-saving.c - what is written on a record's page is saved without being asked
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-record-page-private.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

/* From the first change that is not saved: no more than 2 seconds of writing are lost, saving included. */
#define AUTOSAVE_MILLISECONDS 1500
/* Whoever rested so long, and types on, begins something new. */
#define REST_SECONDS 2

static void wait_to_save (SakRecordPage *self);

SakCall *
_sak_record_page_new_call (SakRecordPage *self)
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

void
_sak_record_page_say_problem (SakRecordPage *self,
                              const GError  *error)
{
  gtk_label_set_label (self->problem, error != NULL ? sak_words_for_error (error) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), error != NULL);
}

void
_sak_record_page_say_saved (SakRecordPage *self)
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

void
_sak_record_page_forget_to_save (SakRecordPage *self)
{
  g_clear_handle_id (&self->save_timer, g_source_remove);
  self->is_save_due = FALSE;
}

void
_sak_record_page_saved_cb (GObject      *source,
                           GAsyncResult *result,
                           gpointer      data)
{
  g_autoptr (SakRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_session_call_finish (result, &error);

  self->n_saving--;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  _sak_record_page_say_problem (self, error);
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
  _sak_record_page_say_saved (self);
  if (self->is_save_due && !self->is_finishing)
    _sak_record_page_save (self);
}

void
_sak_record_page_save (SakRecordPage *self)
{
  _sak_record_page_forget_to_save (self);
  if (!self->is_dirty)
    return;
  self->is_dirty = FALSE;
  self->n_saving++;
  sak_session_call (self->session, _sak_record_page_new_call (self), sak_draft_save_job,
                    (GDestroyNotify) sak_record_unref, NULL, _sak_record_page_saved_cb, g_object_ref (self));
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
    _sak_record_page_save (self);
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
  _sak_record_page_say_saved (self);
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
  _sak_record_page_save (self);
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
