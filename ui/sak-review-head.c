/* sak-review-head.c - above a record that is reviewed: what it is, who sent it, and what was decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-review-head.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-conflict-window.h"
#include "ui/sak-reading.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-review.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

struct _SakReviewHead
{
  AdwBin parent_instance;
  GtkLabel *title;
  GtkLabel *kind;
  GtkLabel *urgent;
  GtkLabel *warning;            /* two versions, or consent that was taken back */
  GtkWidget *newer;
  GtkButton *show_newer;
  GtkLabel *state;
  GtkLabel *sender;
  GtkBox *decisions;
  GtkButton *open;
  GtkButton *look;              /* says that somebody looks at it, or no more */
  GtkButton *compare;           /* of two versions */

  SakSession *session;
  char *record;                 /* id, of what is shown */
  gboolean is_begun;            /* somebody looks at it */
  gboolean is_busy;             /* that is being signed */
};

G_DEFINE_FINAL_TYPE (SakReviewHead, sak_review_head, ADW_TYPE_BIN)

static guint newer_wanted_signal;

static void
say (GtkLabel   *label,
     const char *words)
{
  g_autofree char *broken = sak_say_with_breaks (words != NULL ? words : "");

  gtk_label_set_label (label, broken);
  gtk_widget_set_visible (GTK_WIDGET (label), *broken != '\0');
}

static const char *
find_warning (const SakArrived *arrived)
{
  if (arrived->row->state == SAK_RECORD_WITHDRAWN)
    return _("The consent to this record was taken back. It is not used any more, and nothing is decided about it. A "
             "note can be written.");
  if (arrived->row->state == SAK_RECORD_CONFLICT)
    return _("Two versions of this record came, written without knowing of each other, and only one of them shows "
             "here. Look at both side by side before you decide: a decision is about both.");
  return NULL;
}

/* What was said last, notes aside. */
static gboolean
is_looked_at (GPtrArray *decisions)
{
  for (guint i = decisions->len; i > 0; i--)
    if (((SakDecision *) decisions->pdata[i - 1])->says != SAK_SAYS_NOTE)
      return ((SakDecision *) decisions->pdata[i - 1])->says == SAK_SAYS_BEGUN;
  return FALSE;
}

static char *
say_state (const SakArrived *arrived)
{
  g_autofree char *questions = NULL;

  if (arrived->n_questions == 0)
    return g_strdup (sak_words_for_review (arrived));
  questions = sak_words_print (ngettext ("%u question of yours is not closed.", "%u questions of yours are not closed.",
                                         arrived->n_questions), arrived->n_questions);
  return g_strjoin (" ", sak_words_for_review (arrived), questions, NULL);
}

/* "3 May 2026, 14:10: Declined:", the reason below, and whether that was about what is here now. */
static GtkWidget *
make_decision (const SakDecision *decision)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *when = sak_words_moment (decision->time);
  g_autofree char *words = g_strdup_printf (_("%1$s: %2$s"), when, sak_words_for_decision (decision));

  gtk_box_append (GTK_BOX (box), sak_build_label (words, "sak-small"));
  if (decision->text != NULL)
    {
      GtkWidget *text = sak_reading_new ();

      sak_reading_set_text (text, decision->text);
      gtk_box_append (GTK_BOX (box), text);
    }
  if (decision->says < SAK_SAYS_NOTE && decision->n_versions > 1)
    {
      g_autofree char *both = sak_words_print (ngettext ("This was about %u version.",
                                                         "This was about %u versions that stood beside each other.",
                                                         decision->n_versions), decision->n_versions);

      gtk_box_append (GTK_BOX (box), sak_build_label (both, "sak-small"));
    }
  if (decision->says < SAK_SAYS_NOTE && !decision->is_of_present)
    gtk_box_append (GTK_BOX (box), sak_build_label (_("This was about what was here before."), "sak-small"));
  return box;
}

/* The latest first. */
static void
show_decisions (SakReviewHead *self,
                GPtrArray     *decisions)
{
  sak_build_empty (self->decisions);
  gtk_widget_set_visible (GTK_WIDGET (self->decisions), decisions->len > 0);
  if (decisions->len > 0)
    gtk_box_append (self->decisions, sak_build_label (_("Decisions and notes"), "sak-field-label"));
  for (guint i = decisions->len; i > 0; i--)
    gtk_box_append (self->decisions, make_decision (decisions->pdata[i - 1]));
}

/* --- What can be done --- */

/* call->number: whether somebody looks at it now. */
static gpointer
look_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autofree char *begun = NULL;

  if (call->number == 0)
    return sak_vault_end_review (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
  begun = sak_vault_begin_review (call->vault, call->id, error);
  return begun != NULL ? SAK_JOB_DONE : NULL;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakReviewHead) self = data;
  g_autoptr (GError) error = NULL;

  self->is_busy = FALSE;
  if (sak_session_call_finish (result, &error) == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sak_words_for_error (error));
  else if (!sak_session_is_locked (self->session))
    sak_session_changed (self->session);
}

static void
look_clicked_cb (SakReviewHead *self)
{
  SakCall *call;

  if (self->is_busy || self->record == NULL || sak_session_is_locked (self->session))
    return;
  self->is_busy = TRUE;
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->record);
  call->number = !self->is_begun;
  sak_session_call (self->session, call, look_job, NULL, NULL, looked_cb, g_object_ref (self));
}

/* What came of it is shown at once: whoever brought it together has read it. */
static void
merged_cb (SakReviewHead *self)
{
  g_signal_emit (self, newer_wanted_signal, 0);
}

static void
compare_clicked_cb (SakReviewHead *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window;

  if (self->record == NULL || sak_session_is_locked (self->session))
    return;
  window = sak_conflict_window_new (GTK_WINDOW (root), self->session, self->record);
  g_signal_connect_object (window, "merged", G_CALLBACK (merged_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
show_buttons (SakReviewHead    *self,
              const SakArrived *arrived)
{
  gtk_button_set_label (self->look, self->is_begun
                          /* Translators: a button: whoever looked at a record leaves it to others, undecided */
                          ? _("Put it back")
                          /* Translators: a button: the record stands as “In review” from now on */
                          : _("I am looking at it"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->look), arrived->row->state != SAK_RECORD_WITHDRAWN);
  gtk_widget_set_visible (GTK_WIDGET (self->compare), arrived->row->state == SAK_RECORD_CONFLICT);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->open), g_variant_new_string (arrived->row->id));
}

void
sak_review_head_show (SakReviewHead *self,
                      const SakLook *look,
                      gboolean       is_newer)
{
  const SakArrived *arrived = look->arrived;
  g_autofree char *kind = g_strjoin (" ", sak_words_name_kind (arrived->row->kind), arrived->row->code, NULL);
  g_autofree char *state = say_state (arrived);

  /* What is on the screen keeps its own title. */
  if (!is_newer)
    say (self->title, *arrived->row->title != '\0' ? arrived->row->title : _("Without a title yet"));
  say (self->kind, kind);
  say (self->urgent, arrived->is_urgent ? _("Urgent: it says that somebody is in danger.") : NULL);
  say (self->warning, find_warning (arrived));
  say (self->state, state);
  say (self->sender, look->sender);
  gtk_widget_set_visible (self->newer, is_newer);
  show_decisions (self, look->decisions);
  g_free (self->record);
  self->record = g_strdup (arrived->row->id);
  self->is_begun = is_looked_at (look->decisions);
  show_buttons (self, arrived);
}

static void
newer_clicked_cb (SakReviewHead *self)
{
  g_signal_emit (self, newer_wanted_signal, 0);
}

/* Within what scrolls, so that keys scroll it. */
static gboolean
sak_review_head_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_REVIEW_HEAD (widget)->open));
}

static void
sak_review_head_finalize (GObject *object)
{
  SakReviewHead *self = SAK_REVIEW_HEAD (object);

  g_clear_object (&self->session);
  g_free (self->record);
  G_OBJECT_CLASS (sak_review_head_parent_class)->finalize (object);
}

static void
sak_review_head_class_init (SakReviewHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_review_head_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_review_head_grab_focus);
  newer_wanted_signal = g_signal_new ("newer-wanted", SAK_TYPE_REVIEW_HEAD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);
}

static GtkWidget *
build_newer (SakReviewHead *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  gtk_widget_add_css_class (box, "sak-warning");
  gtk_box_append (GTK_BOX (box), sak_build_label (_("Something newer of this record arrived since you opened it. What "
                                                    "you decide is about what you see here."), NULL));
  self->show_newer = GTK_BUTTON (sak_build_button (_("Show what is newer"), NULL, G_CALLBACK (newer_clicked_cb), self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->show_newer));
  return box;
}

static GtkLabel *
append_label (GtkBox     *box,
              const char *css_class)
{
  GtkWidget *label = sak_build_label ("", css_class);

  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static void
sak_review_head_init (SakReviewHead *self)
{
  GtkBox *column = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  GtkWidget *card = sak_build_boxed (NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->title = append_label (column, "title-2");
  self->kind = append_label (column, "dim-label");
  self->urgent = append_label (column, "sak-warning");
  self->warning = append_label (column, "sak-warning");
  self->compare = GTK_BUTTON (sak_build_button (_("Side by side…"), NULL, G_CALLBACK (compare_clicked_cb), self));
  gtk_widget_set_visible (GTK_WIDGET (self->compare), FALSE);
  gtk_box_append (column, GTK_WIDGET (self->compare));
  self->newer = build_newer (self);
  gtk_box_append (column, self->newer);
  self->state = append_label (GTK_BOX (card), "sak-field-label");
  self->sender = append_label (GTK_BOX (card), NULL);
  self->decisions = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->decisions));
  self->open = GTK_BUTTON (sak_build_button (_("Open the record"), NULL, NULL, NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "win.open-record");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->open), g_variant_new_string (""));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->open));
  self->look = GTK_BUTTON (sak_build_button (_("I am looking at it"), NULL, G_CALLBACK (look_clicked_cb), self));
  gtk_box_append (GTK_BOX (buttons), GTK_WIDGET (self->look));
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_box_append (column, card);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (column));
}

void
sak_review_head_set_session (SakReviewHead *self,
                             SakSession    *session)
{
  g_set_object (&self->session, session);
}

GtkWidget *
sak_review_head_new (void)
{
  return g_object_new (SAK_TYPE_REVIEW_HEAD, NULL);
}
