/* sak-review-head.c - above a record that is reviewed: what it is, who sent it, and what was decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-review-head.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
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
             "here. Open the record and look at both side by side before you decide: a decision is about both.");
  return NULL;
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
  if (decision->says != SAK_SAYS_NOTE && !decision->is_of_present)
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
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->open), g_variant_new_string (arrived->row->id));
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
sak_review_head_class_init (SakReviewHeadClass *klass)
{
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

  self->title = append_label (column, "title-2");
  self->kind = append_label (column, "dim-label");
  self->urgent = append_label (column, "sak-warning");
  self->warning = append_label (column, "sak-warning");
  self->newer = build_newer (self);
  gtk_box_append (column, self->newer);
  self->state = append_label (GTK_BOX (card), "sak-field-label");
  self->sender = append_label (GTK_BOX (card), NULL);
  self->decisions = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->decisions));
  self->open = GTK_BUTTON (sak_build_button (_("Open the record"), NULL, NULL, NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "win.open-record");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->open), g_variant_new_string (""));
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (self->open));
  gtk_box_append (column, card);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (column));
}

GtkWidget *
sak_review_head_new (void)
{
  return g_object_new (SAK_TYPE_REVIEW_HEAD, NULL);
}
