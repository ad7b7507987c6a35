/* sak-sound-window.c - records sound for a record: level, time, pause
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/sak-recorder.h"
#include "ui/sak-sound-window.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakSoundWindow
{
  AdwWindow parent_instance;
  GtkBox *box;
  GtkLabel *time;
  GtkLevelBar *level;
  GtkButton *record;
  GtkButton *keep;
  GtkButton *discard;
  GtkLabel *outcome;

  SakSession *session;
  SakRecorder *recorder;        /* NULL until the vault has a place for it */
  GCancellable *cancellable;
  gboolean is_holding;          /* the idle lock waits */
};

G_DEFINE_FINAL_TYPE (SakSoundWindow, sak_sound_window, ADW_TYPE_WINDOW)

static guint kept_signal;

static SakRecorderState
get_state (SakSoundWindow *self)
{
  return self->recorder != NULL ? sak_recorder_get_state (self->recorder) : SAK_RECORDER_READY;
}

static gboolean
has_sound (SakSoundWindow *self)
{
  return self->recorder != NULL && sak_recorder_get_seconds (self->recorder) > 0;
}

static void
hold (SakSoundWindow *self,
      gboolean        is_holding)
{
  if (self->is_holding == is_holding)
    return;
  self->is_holding = is_holding;
  if (is_holding)
    sak_session_hold (self->session);
  else
    sak_session_release (self->session);
}

static void
name_record_button (SakSoundWindow *self,
                    const char     *label)
{
  /* Setting what it says already would have a screen reader say it ten times a second. */
  if (g_strcmp0 (gtk_button_get_label (self->record), label) != 0)
    gtk_button_set_label (self->record, label);
}

static void
say_state (SakSoundWindow   *self,
           SakRecorderState  state)
{
  static const char *const labels[] = {
    [SAK_RECORDER_READY] = N_("Start recording"), [SAK_RECORDER_RECORDING] = N_("Pause"),
    [SAK_RECORDER_PAUSED] = N_("Go on recording"), [SAK_RECORDER_ENDING] = N_("Pause"),
    [SAK_RECORDER_ENDED] = N_("Pause"), [SAK_RECORDER_FAILED] = N_("Start recording"),
  };
  gboolean is_open = state == SAK_RECORDER_READY || state == SAK_RECORDER_RECORDING || state == SAK_RECORDER_PAUSED;

  name_record_button (self, _(labels[state]));
  gtk_widget_set_sensitive (GTK_WIDGET (self->record), self->recorder != NULL && is_open);
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep), has_sound (self) && (is_open || state == SAK_RECORDER_FAILED));
  gtk_widget_set_sensitive (GTK_WIDGET (self->discard), has_sound (self) && state != SAK_RECORDER_ENDING);
}

static void
show_time (SakSoundWindow *self)
{
  int whole = (int) sak_recorder_get_seconds (self->recorder);
  g_autofree char *time = whole < 3600 ? g_strdup_printf ("%d:%02d", whole / 60, whole % 60)
                          : g_strdup_printf ("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  g_autofree char *words = sak_words_digits (time);

  gtk_label_set_label (self->time, words);
}

static void
keep_it (SakSoundWindow *self)
{
  g_autoptr (SakSoundWindow) holder = g_object_ref (self);

  g_signal_emit (self, kept_signal, 0, sak_recorder_get_id (self->recorder));
  g_clear_object (&self->recorder);
  hold (self, FALSE);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
recorder_changed_cb (SakSoundWindow *self)
{
  SakRecorderState state = get_state (self);

  show_time (self);
  gtk_level_bar_set_value (self->level, sak_recorder_get_level (self->recorder));
  hold (self, state == SAK_RECORDER_RECORDING || state == SAK_RECORDER_ENDING);
  say_state (self, state);
  if (state == SAK_RECORDER_ENDED)
    keep_it (self);
  else if (state == SAK_RECORDER_FAILED)
    {
      const GError *error = sak_recorder_get_error (self->recorder);
      const char *words = g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND)
                            ? _("No microphone was found, or it went away. Plug one in, or see in the settings of the "
                                "computer that it is switched on; then open this window again.")
                            : sak_words_for_error (error);

      sak_build_say (self->outcome, words, TRUE);
    }
}

static void
discarded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakSoundWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;

  /* It is offered again when the vault is opened. */
  if (sak_session_call_finish (result, &error) == NULL)
    g_debug ("a discarded recording stays: %s", error->message);
  if (self != NULL)
    gtk_window_destroy (GTK_WINDOW (self));
}

static gpointer
discard_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SakCall *call = data;

  return sak_vault_discard_recording (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

/* The window goes last: the question whether to discard belongs to it. */
static void
discard_it (SakSoundWindow *self)
{
  SakCall *call;

  hold (self, FALSE);
  if (self->recorder == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  call = sak_session_new_call (self->session);
  call->id = g_strdup (sak_recorder_get_id (self->recorder));
  sak_recorder_break_off (self->recorder);
  g_clear_object (&self->recorder);
  say_state (self, SAK_RECORDER_ENDED);
  sak_session_call (self->session, call, discard_job, NULL, NULL, discarded_cb, sak_weak_point_at (self));
}

static void
discard_accepted (GtkWidget  *asker,
                  const char *text,
                  gpointer    unused)
{
  discard_it (SAK_SOUND_WINDOW (asker));
}

static void
discard_clicked_cb (SakSoundWindow *self)
{
  sak_recorder_pause (self->recorder);
  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Discard this recording?"),
           _("What was recorded is deleted. It cannot be brought back."), _("Discard"), discard_accepted, NULL);
}

/* Where nothing was recorded, there is nothing to be offered later. */
static void
session_closing_cb (SakSoundWindow *self)
{
  if (self->recorder != NULL && !has_sound (self))
    discard_it (self);
}

static void
record_clicked_cb (SakSoundWindow *self)
{
  if (get_state (self) == SAK_RECORDER_RECORDING)
    sak_recorder_pause (self->recorder);
  else
    sak_recorder_start (self->recorder);
}

static void
keep_clicked_cb (SakSoundWindow *self)
{
  if (get_state (self) == SAK_RECORDER_FAILED)
    keep_it (self);
  else
    sak_recorder_end (self->recorder);
}

/* Whoever closes the window wants to stop, not to lose. */
static gboolean
sak_sound_window_close_request (GtkWindow *window)
{
  SakSoundWindow *self = SAK_SOUND_WINDOW (window);

  if (has_sound (self))
    keep_clicked_cb (self);
  else
    discard_it (self);
  return TRUE;
}

typedef struct
{
  gpointer window;              /* sak-weak.h */
  SakSession *session;
} Beginning;

/* Nobody is there to fill it: it must not be offered as one that was interrupted. */
static void
give_up (SakSession   *session,
         SakRecording *recording)
{
  SakCall *call = sak_session_new_call (session);

  call->id = g_strdup (sak_recording_get_id (recording));
  sak_recording_free (recording);
  sak_session_call (session, call, discard_job, NULL, NULL, discarded_cb, sak_weak_point_at (NULL));
}

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Beginning *beginning = data;
  g_autoptr (SakSoundWindow) self = sak_weak_take (beginning->window);
  g_autoptr (SakSession) session = beginning->session;
  g_autoptr (GError) error = NULL;
  SakRecording *recording = sak_session_call_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      if (recording != NULL)
        give_up (session, recording);
      return;
    }
  if (recording == NULL)
    {
      sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
      return;
    }
  self->recorder = sak_recorder_new (recording);
  g_signal_connect_object (self->recorder, "changed", G_CALLBACK (recorder_changed_cb), self, G_CONNECT_SWAPPED);
  say_state (self, SAK_RECORDER_READY);
  gtk_widget_grab_focus (GTK_WIDGET (self->record));
}

static gpointer
begin_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  const char *id = sak_draft_ensure_record (call, error);
  g_autoptr (SakRecording) recording = id != NULL ? sak_vault_begin_recording (call->vault, id, error) : NULL;
  g_autofree char *unwanted = NULL;

  if (recording == NULL || !g_cancellable_is_cancelled (cancellable))
    return g_steal_pointer (&recording);
  /* Left or locked meanwhile: afterwards nobody could remove it any more. */
  unwanted = g_strdup (sak_recording_get_id (recording));
  g_clear_pointer (&recording, sak_recording_free);
  if (sak_vault_discard_recording (call->vault, unwanted, error))
    (void) g_cancellable_set_error_if_cancelled (cancellable, error);
  return NULL;
}

static void
free_recording (gpointer data)
{
  sak_recording_free (data);
}

static void
sak_sound_window_dispose (GObject *object)
{
  SakSoundWindow *self = SAK_SOUND_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->recorder != NULL)
    sak_recorder_break_off (self->recorder);
  g_clear_object (&self->recorder);
  if (self->session != NULL)
    hold (self, FALSE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_sound_window_parent_class)->dispose (object);
}

static void
sak_sound_window_finalize (GObject *object)
{
  g_clear_object (&SAK_SOUND_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (sak_sound_window_parent_class)->finalize (object);
}

static void
sak_sound_window_class_init (SakSoundWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_sound_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_sound_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sak_sound_window_close_request;
  kept_signal = g_signal_new ("kept", SAK_TYPE_SOUND_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
add_buttons (SakSoundWindow *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->record = GTK_BUTTON (sak_build_button (_("Start recording"), "suggested-action",
                                               G_CALLBACK (record_clicked_cb), self));
  self->keep = GTK_BUTTON (sak_build_button (_("Stop and keep"), NULL, G_CALLBACK (keep_clicked_cb), self));
  self->discard = GTK_BUTTON (sak_build_button (_("Discard…"), NULL, G_CALLBACK (discard_clicked_cb), self));
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->record));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->keep));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->discard));
  gtk_box_append (self->box, row);
}

static void
sak_sound_window_init (SakSoundWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->time = GTK_LABEL (gtk_label_new ("0:00"));
  self->level = GTK_LEVEL_BAR (gtk_level_bar_new ());
  sak_build_window (ADW_WINDOW (self), 560, NULL, &self->box, &self->outcome);
  gtk_box_append (self->box, sak_build_label (_("Ask first whether you may record, and say what the recording is "
                                                "for. What is recorded is encrypted at once, here on this computer: "
                                                "should the computer stop, nothing of it is lost."), NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "title-1");
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("How loud it is"), -1);
  gtk_box_append (self->box, GTK_WIDGET (self->time));
  gtk_box_append (self->box, GTK_WIDGET (self->level));
  add_buttons (self);
  say_state (self, SAK_RECORDER_READY);
}

GtkWidget *
sak_sound_window_new (GtkWindow  *parent,
                      SakSession *session,
                      SakDraft   *draft)
{
  SakSoundWindow *self = g_object_new (SAK_TYPE_SOUND_WINDOW, "transient-for", parent, "modal", TRUE,
                                       "destroy-with-parent", TRUE, "title", _("Record sound"),
                                       "default-width", 620, "default-height", 380, NULL);
  SakCall *call = sak_session_new_call (session);
  Beginning *beginning = g_new0 (Beginning, 1);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "closing", G_CALLBACK (session_closing_cb), self, G_CONNECT_SWAPPED);
  sak_draft_join (draft, call);
  beginning->window = sak_weak_point_at (self);
  beginning->session = g_object_ref (session);
  sak_session_call (session, call, begin_job, free_recording, self->cancellable, begun_cb,
                    beginning);
  return GTK_WIDGET (self);
}
