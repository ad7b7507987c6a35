/* sak-record-page-finishing.c - a record's page: what is written is signed, or given up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-withdrawal.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-record-page-private.h"
#include "ui/words/sak-words.h"

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
  _sak_record_page_say_problem (self, error);
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
      _sak_record_page_save (self);
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
  SakCall *call = _sak_record_page_new_call (self);

  _sak_record_page_forget_to_save (self);
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
  _sak_record_page_save (self);
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
  _sak_record_page_save (self);
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
      _sak_record_page_say_problem (self, error);
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
  SakCall *call = _sak_record_page_new_call (self);

  _sak_record_page_forget_to_save (self);
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
  _sak_record_page_say_problem (self, error);
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
