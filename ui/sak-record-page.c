/* sak-record-page.c - one record as a form: reading, writing, finishing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-contact.h"
#include "storage/sak-links.h"
#include "storage/sak-vault-form.h"
#include "storage/sak-withdrawal.h"
#include "ui/sak-build.h"
#include "ui/sak-conflict-window.h"
#include "ui/sak-fields.h"
#include "ui/sak-history.h"
#include "ui/sak-plain-fields.h"
#include "ui/sak-record-page-private.h"
#include "ui/sak-record-titles.h"
#include "ui/sak-review-line.h"
#include "ui/sak-say.h"
#include "ui/sak-show-only.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words.h"

/* A record, and what is known of whom it came from. */
typedef struct
{
  SakRecord *record;
  SakContact *sender;           /* NULL if made here, or not among the contacts */
  char **packs;                 /* that are switched on */
  char **lost;                  /* records that the draft links to, and that were discarded; or NULL */
  gboolean has_hidden;          /* withdrawn, and not deleted */
} Reading;

G_DEFINE_FINAL_TYPE (SakRecordPage, sak_record_page, ADW_TYPE_BIN)

static guint unsaved_signal;
static guint gone_signal;

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->record, sak_record_unref);
  g_clear_pointer (&reading->sender, sak_contact_free);
  g_strfreev (reading->packs);
  g_strfreev (reading->lost);
  g_free (reading);
}

static gpointer
read_record_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;
  SakRecord *record = sak_vault_load_record (call->vault, call->id, error);
  Reading *reading;

  if (record == NULL)
    return NULL;
  reading = g_new0 (Reading, 1);
  reading->record = record;
  reading->packs = sak_vault_list_packs (call->vault);
  reading->lost = sak_vault_list_lost_links (call->vault, call->id, NULL);
  if (record->state == SAK_RECORD_WITHDRAWN
      && !sak_vault_has_withdrawn (call->vault, call->id, &reading->has_hidden, error))
    g_clear_pointer (&reading, free_reading);
  if (reading == NULL)
    return NULL;
  if (record->origin != NULL)
    reading->sender = sak_vault_find_contact (call->vault, record->origin, NULL);
  return reading;
}

void
_sak_record_page_show_state (SakRecordPage *self)
{
  SakRecord *record = self->record;
  gboolean is_received = record != NULL && record->origin != NULL;
  gboolean is_finished = record != NULL && record->state == SAK_RECORD_FINISHED;
  gboolean has_conflict = record != NULL && record->state == SAK_RECORD_CONFLICT;
  const char *kind = self->form != NULL ? sak_form_get_kind (self->form) : record->kind;
  g_autofree char *heading = g_strdup_printf ("%s %s", sak_words_name_kind (kind),
                                              record != NULL && record->code != NULL ? record->code : "");

  gtk_label_set_label (self->heading, g_strstrip (heading));
  gtk_label_set_label (self->state, sak_words_name_state (record != NULL ? record->state
                                                                         : SAK_RECORD_DRAFT));
  gtk_widget_set_visible (GTK_WIDGET (self->finish), self->is_editing);
  gtk_widget_set_visible (GTK_WIDGET (self->discard), self->is_editing && !is_finished);
  gtk_widget_set_visible (GTK_WIDGET (self->change), !self->is_editing && !is_received && self->form != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->conflict), has_conflict);
  /* One thing to do first. */
  gtk_widget_add_css_class (GTK_WIDGET (has_conflict ? self->conflict : self->finish), "suggested-action");
  gtk_widget_remove_css_class (GTK_WIDGET (has_conflict ? self->finish : self->conflict), "suggested-action");
  gtk_widget_set_visible (GTK_WIDGET (self->history), record != NULL && record->base_revision != NULL);
  _sak_record_page_enable_undo (self);
}

void
_sak_record_page_set_editing (SakRecordPage *self,
                              gboolean       is_editing)
{
  if (is_editing && !self->is_editing)
    sak_undo_start (self->undo, self->fields);
  self->is_editing = is_editing;
  _sak_record_page_show_state (self);
  /* Before the field that has it is hidden. */
  if (!is_editing)
    gtk_widget_grab_focus (GTK_WIDGET (self));
  if (self->view != NULL)
    sak_form_view_set_editing (self->view, is_editing);
}

/* What the vault says after a save: state, code and media; the screen's own text stays. */
void
_sak_record_page_take_record (SakRecordPage *self,
                              SakRecord     *record)
{
  const char *path;
  json_t *value;
  gboolean media_changed = FALSE;

  g_clear_pointer (&self->record, sak_record_unref);
  self->record = sak_record_ref (record);
  json_object_foreach (record->fields, path, value)
    if (g_str_has_prefix (path, "media/") && !json_equal (json_object_get (self->fields, path), value))
      {
        gboolean is_new = json_object_get (self->fields, path) == NULL;

        /* What was noted here is on its way, and this answer is from before it. */
        if (!is_new && self->n_saving > 0)
          continue;
        json_object_set_new (self->fields, path, json_deep_copy (value));
        _sak_record_page_note_media (self, path, is_new);
        media_changed = TRUE;
      }
  if (media_changed && self->view != NULL)
    {
      SakField *field = sak_form_view_find_media (self->view);

      if (field != NULL)
        sak_field_load (field, self->fields);
      sak_form_view_refresh (self->view);
    }
  _sak_record_page_show_state (self);
}

/* Once: who leaves it again knows what that costs, and must be able to. */
static void
come_back (SakRecordPage *self,
           const char    *words)
{
  if (self->has_come_back || gtk_widget_get_parent (GTK_WIDGET (self)) != NULL || self->session == NULL
      || sak_session_is_locked (self->session))
    return;
  self->has_come_back = TRUE;
  gtk_label_set_label (self->saved, words);
  g_signal_emit (self, unsaved_signal, 0);
}

void
_sak_record_page_tell_unsaved (SakRecordPage *self)
{
  come_back (self, _("Not saved. It stands here alone: who leaves this page again gives it up."));
}

void
_sak_record_page_tell_unfinished (SakRecordPage *self)
{
  /* Translators: of a record that somebody left right after choosing to finish it */
  come_back (self, _("This was not finished, and is not signed."));
}

void
_sak_record_page_tell_gone (SakRecordPage *self)
{
  g_signal_emit (self, gone_signal, 0);
}

static void
field_changed_cb (SakRecordPage *self,
                  SakField      *field)
{
  _sak_record_page_changed (self, field);
}

static void
build_form (SakRecordPage *self)
{
  self->view = SAK_FORM_VIEW (sak_form_view_new (self->session, self->form));
  g_signal_connect_object (self->view, "changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
  if (g_strcmp0 (sak_form_get_kind (self->form), SAK_KIND_PERSON) == 0)
    {
      self->like = SAK_LIKE_PEOPLE (sak_like_people_new (self->session));
      gtk_box_append (self->form_box, GTK_WIDGET (self->like));
    }
  gtk_box_append (self->form_box, GTK_WIDGET (self->view));
}

static void
asked_cb (SakRecordPage      *self,
          const char *const  *paths)
{
  if (self->view != NULL)
    sak_form_view_set_asked (self->view, paths);
}

static void
show_questions_activated (GtkWidget  *widget,
                          const char *action,
                          GVariant   *parameter)
{
  SakRecordPage *self = SAK_RECORD_PAGE (widget);

  if (self->thread != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->thread));
}

/* Below the form, whatever that is made of. */
static void
show_mentions (SakRecordPage *self)
{
  if (self->mentions == NULL)
    {
      if (self->record->origin != NULL)
        gtk_box_prepend (self->form_box, sak_review_line_new (self->session, self->record->id));
      self->thread = SAK_THREAD_PANEL (sak_thread_panel_new (self->session, self->record->id));
      g_signal_connect_object (self->thread, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->form_box, GTK_WIDGET (self->thread));
      self->deliveries = SAK_DELIVERIES (sak_deliveries_new (self->session));
      gtk_box_append (self->form_box, GTK_WIDGET (self->deliveries));
      self->mentions = SAK_MENTIONS (sak_mentions_new (self->session));
      gtk_box_append (self->form_box, GTK_WIDGET (self->mentions));
    }
  sak_deliveries_load (self->deliveries, self->record->id);
  sak_mentions_load (self->mentions, self->record->id);
}

/* Where it comes from, and what is to be known before it is read; "" for neither. */
static char *
say_notice (SakRecordPage *self,
            const Reading *reading)
{
  const SakRecord *record = self->record;
  g_autofree char *origin = sak_words_about_other_author (record);
  g_autofree char *trust = reading->sender != NULL ? sak_words_about_origin (reading->sender->trust, NULL) : NULL;
  const char *conflict = record->state != SAK_RECORD_CONFLICT ? NULL
                         : _("This record was changed in two places, and both versions are kept. Only one of them "
                             "shows here: choose “Side by side…” to see both and bring them together.");

  if (record->state == SAK_RECORD_WITHDRAWN)
    return sak_words_about_withdrawal (json_object_get (record->fields, "consent"), reading->has_hidden);
  if (record->origin != NULL && origin == NULL)
    /* Translators: %1$s is a contact's name, %2$s a sentence about whether its code was compared */
    origin = g_strdup_printf (_("Received from %1$s. The signature fits: nothing in it was altered. %2$s"),
                              record->origin, trust != NULL ? trust : "");
  return g_strjoin ("\n", origin != NULL ? origin : conflict != NULL ? conflict : "",
                    origin != NULL ? conflict : NULL, NULL);
}

static void
show_notice (SakRecordPage *self,
             const Reading *reading)
{
  g_autofree char *words = say_notice (self, reading);
  g_autofree char *broken = sak_say_with_breaks (words);

  gtk_label_set_label (self->origin, broken);
  gtk_widget_set_visible (GTK_WIDGET (self->origin), *words != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->forget), reading->has_hidden);
}

/* Discarded in a session before this one: its fields learn of it before they ask for titles. */
static void
put_lost (SakRecordPage  *self,
          char          **lost)
{
  g_autoptr (SakRecordTitles) titles = lost != NULL ? sak_record_titles_for (self->session) : NULL;

  if (titles != NULL)
    sak_record_titles_put_gone (titles, (const char *const *) lost);
}

static void
show_reading (SakRecordPage *self,
              Reading       *reading)
{
  SakRecord *record = reading->record;
  gboolean is_first = self->record == NULL && self->form == NULL;

  g_clear_pointer (&self->record, sak_record_unref);
  self->record = sak_record_ref (record);
  json_decref (self->fields);
  self->fields = json_deep_copy (record->fields);
  /* The fields on the screen point into the form that they were built of. */
  if (is_first && record->form != NULL)
    {
      self->form = sak_form_ref (record->form);
      build_form (self);
    }
  else if (is_first)
    gtk_box_append (self->form_box, sak_plain_fields_new (record->fields));
  sak_undo_start (self->undo, self->fields);
  put_lost (self, reading->lost);
  if (self->view != NULL)
    {
      sak_form_view_set_packs (self->view, (const char *const *) reading->packs);
      /* Of what is withdrawn, nothing else is spoken of: it was not the sender who kept it. */
      sak_form_view_load (self->view, self->fields, record->state == SAK_RECORD_WITHDRAWN
                                                    ? NULL : (const char *const *) record->withheld);
    }
  _sak_record_page_look_for_like (self);
  show_mentions (self);
  show_notice (self, reading);
  _sak_record_page_set_editing (self, record->state != SAK_RECORD_FINISHED
                                      && record->origin == NULL && self->form != NULL);
  gtk_label_set_label (self->saved, "");
  sak_show_only_named (self->stack, "form");
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
record_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (SakRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = sak_session_call_finish (result, &error);

  if (reading != NULL && !g_cancellable_is_cancelled (self->cancellable))
    show_reading (self, reading);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    {
      adw_status_page_set_description (self->failed, sak_words_for_error (error));
      sak_show_only_named (self->stack, "failed");
    }
  g_clear_pointer (&reading, free_reading);
}

static void
read_record (SakRecordPage *self,
             const char    *record_id)
{
  SakCall *call = sak_session_new_call (self->session);

  call->id = g_strdup (record_id);
  sak_session_call (self->session, call, read_record_job, free_reading, self->cancellable,
                    record_read_cb, g_object_ref (self));
}

void
_sak_record_page_reload (SakRecordPage *self)
{
  read_record (self, self->record->id);
}

static void
change_clicked_cb (SakRecordPage *self)
{
  _sak_record_page_set_editing (self, TRUE);
  gtk_label_set_label (self->saved, _("Change what is needed, then finish the new version."));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
history_clicked_cb (SakRecordPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (sak_history_new (GTK_WINDOW (root), self->session,
                                                   self->record->id)));
}

/* What was written last is one of the versions to see. */
static void
conflict_clicked_cb (SakRecordPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window;

  sak_record_page_flush (self);
  window = sak_conflict_window_new (GTK_WINDOW (root), self->session, self->record->id);
  g_signal_connect_object (window, "merged", G_CALLBACK (_sak_record_page_reload), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
forget_clicked_cb (SakRecordPage *self)
{
  _sak_record_page_forget (self);
}

static gboolean
sak_record_page_grab_focus (GtkWidget *widget)
{
  SakRecordPage *self = SAK_RECORD_PAGE (widget);

  if (self->is_editing && self->view != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->view));
  if (gtk_widget_get_visible (GTK_WIDGET (self->change)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->change));
  return gtk_widget_grab_focus (GTK_WIDGET (self->history));
}

static void
sak_record_page_dispose (GObject *object)
{
  SakRecordPage *self = SAK_RECORD_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->save_timer, g_source_remove);
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  g_queue_clear_full (&self->offers, g_object_unref);
  _sak_record_page_dismiss_undo (self);
  self->view = NULL;
  self->unkept = NULL;
  self->like = NULL;
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_record_page_parent_class)->dispose (object);
}

static void
sak_record_page_finalize (GObject *object)
{
  SakRecordPage *self = SAK_RECORD_PAGE (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->taking_in);
  g_clear_object (&self->undo);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->record, sak_record_unref);
  g_free (self->opened);
  json_decref (self->fields);
  json_decref (self->typed);
  sak_form_unref (self->form);
  G_OBJECT_CLASS (sak_record_page_parent_class)->finalize (object);
}

/* Before the entry that has the focus: it would only drop what is no text. */
static gboolean
paste_pressed (GtkWidget *widget,
               GVariant  *args,
               gpointer   unused)
{
  SakRecordPage *self = SAK_RECORD_PAGE (widget);
  SakField *field;

  field = self->view != NULL ? sak_form_view_find_media (self->view) : NULL;
  return field != NULL && sak_media_field_paste (SAK_MEDIA_FIELD (field));
}

static void
listen_for_paste (SakRecordPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_v, GDK_CONTROL_MASK),
                      gtk_callback_action_new (paste_pressed, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, failed);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, more);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, heading);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, state);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, origin);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, saved);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, form_box);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, finish);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, change);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, discard);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, forget);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, history);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, conflict);
  gtk_widget_class_bind_template_child (widget_class, SakRecordPage, progress);
}

static void
sak_record_page_class_init (SakRecordPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_record_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_record_page_finalize;
  sak_build_set_grab_focus (widget_class, sak_record_page_grab_focus);
  g_type_ensure (SAK_TYPE_PROGRESS_BAR);
  unsaved_signal = g_signal_new ("unsaved", SAK_TYPE_RECORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 0);
  /* What it showed is no more, and the page is of no use. */
  gone_signal = g_signal_new ("gone", SAK_TYPE_RECORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-record-page.ui");
  bind_children (widget_class);
  _sak_record_page_add_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "record.show-questions", NULL, show_questions_activated);
  _sak_record_page_add_printing (widget_class);
  gtk_widget_class_bind_template_callback_full (widget_class, "finish_clicked_cb",
                                                G_CALLBACK (_sak_record_page_finish));
  gtk_widget_class_bind_template_callback_full (widget_class, "discard_clicked_cb",
                                                G_CALLBACK (_sak_record_page_discard));
  gtk_widget_class_bind_template_callback (widget_class, change_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, conflict_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_clicked_cb);
}

static void
sak_record_page_init (SakRecordPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->fields = json_object ();
  self->undo = sak_undo_new ();
  g_queue_init (&self->offers);
  gtk_widget_init_template (GTK_WIDGET (self));
  sak_build_name_menu (self->more, _("More"));
  listen_for_paste (self);
  _sak_record_page_listen_for_undo (self);
  _sak_record_page_enable_undo (self);
}

GtkWidget *
sak_record_page_new (SakSession *session,
                     const char *record_id)
{
  SakRecordPage *self = g_object_new (SAK_TYPE_RECORD_PAGE, NULL);

  _sak_record_page_join (self, session);
  self->opened = g_strdup (record_id);
  self->draft = sak_draft_new (NULL, record_id);
  read_record (self, record_id);
  return GTK_WIDGET (self);
}

static gpointer
list_packs_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_packs (call->vault);
}

static void
packs_listed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakRecordPage) self = data;
  g_auto (GStrv) packs = sak_session_call_finish (result, NULL);

  if (packs != NULL && !g_cancellable_is_cancelled (self->cancellable))
    sak_form_view_set_packs (self->view, (const char *const *) packs);
}

/* Nothing is stored before something is written. */
GtkWidget *
sak_record_page_new_for_kind (SakSession *session,
                              const char *kind)
{
  SakRecordPage *self = g_object_new (SAK_TYPE_RECORD_PAGE, NULL);

  _sak_record_page_join (self, session);
  self->opened = g_strdup (kind);
  self->draft = sak_draft_new (kind, NULL);
  g_return_val_if_fail (sak_form_get (kind) != NULL, GTK_WIDGET (self));
  self->form = sak_form_ref_for_new (NULL, kind);
  build_form (self);
  sak_form_view_load (self->view, self->fields, NULL);
  _sak_record_page_set_editing (self, TRUE);
  sak_show_only_named (self->stack, "form");
  sak_session_call (session, sak_session_new_call (session), list_packs_job, (GDestroyNotify) g_strfreev,
                    self->cancellable, packs_listed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

GtkWidget *
sak_record_page_new_like (SakRecordPage *other)
{
  if (other->record == NULL && sak_form_get (other->opened) != NULL)
    return sak_record_page_new_for_kind (other->session, other->opened);
  return sak_record_page_new (other->session, other->record != NULL ? other->record->id : other->opened);
}
