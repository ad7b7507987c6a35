/* sak-question-view.c - one question with its answers, and what can be done about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-question-view.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-answer-window.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-talk.h"
#include "ui/words/sak-words-when.h"

/* Of the question's words in the name of a button, characters. */
#define MAX_IN_NAME 60

struct _SakQuestionView
{
  AdwBin parent_instance;
  SakSession *session;
  char *id;
  char *record;
  GtkBox *column;
};

G_DEFINE_FINAL_TYPE (SakQuestionView, sak_question_view, ADW_TYPE_BIN)

static void
answer_clicked_cb (SakQuestionView *self)
{
  sak_answer_window_present (GTK_WIDGET (self), self->session, self->id, FALSE);
}

static void
close_clicked_cb (SakQuestionView *self)
{
  sak_answer_window_present (GTK_WIDGET (self), self->session, self->id, TRUE);
}

static void
open_clicked_cb (SakQuestionView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "s", self->record);
}

static void
sak_question_view_finalize (GObject *object)
{
  SakQuestionView *self = SAK_QUESTION_VIEW (object);

  g_clear_object (&self->session);
  g_free (self->id);
  g_free (self->record);
  G_OBJECT_CLASS (sak_question_view_parent_class)->finalize (object);
}

static void
sak_question_view_class_init (SakQuestionViewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_question_view_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
sak_question_view_init (SakQuestionView *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->column = GTK_BOX (column);
  adw_bin_set_child (ADW_BIN (self), column);
}

static void
append_words (SakQuestionView *self,
              const char      *words,
              const char      *css_class)
{
  gtk_box_append (self->column, sak_build_label (words, css_class));
}

/* Each can be told from that of the question below it. */
static void
append_button (SakQuestionView   *self,
               GtkWidget         *row,
               const char        *label,
               GCallback          clicked,
               const SakQuestion *question)
{
  GtkWidget *button = sak_build_button (label, NULL, clicked, self);
  g_autofree char *beginning = g_utf8_substring (question->text, 0,
                                                 MIN (MAX_IN_NAME, g_utf8_strlen (question->text, -1)));
  /* Translators: a button and what it is about, for a screen reader: "Show: 2 incidents" */
  g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), label, beginning);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (row), button);
}

static void
append_buttons (SakQuestionView   *self,
                const SakQuestion *question,
                gboolean           names_record)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (!question->is_own && question->state != SAK_QUESTION_CLOSED)
    append_button (self, row, question->state == SAK_QUESTION_OPEN ? _("Answer…") : _("Answer again…"),
                   G_CALLBACK (answer_clicked_cb), question);
  if (question->is_own && question->state != SAK_QUESTION_CLOSED)
    /* Translators: a button: closes a question, of which nothing is open any more */
    append_button (self, row, C_("question", "Close…"), G_CALLBACK (close_clicked_cb), question);
  if (names_record && question->is_here)
    append_button (self, row, _("Open the record"), G_CALLBACK (open_clicked_cb), question);
  gtk_box_append (self->column, row);
  gtk_widget_set_visible (row, gtk_widget_get_first_child (row) != NULL);
}

/* "Harbour, 3 November: Answer", and its words below. */
static void
append_answer (SakQuestionView *self,
               const SakAnswer *answer)
{
  g_autofree char *day = sak_words_day_of (answer->time);
  g_autofree char *line = NULL;

  if (answer->is_own)
    /* Translators: of an answer to a question; %1$s is a day, %2$s such as "Answer" or "Closed by who asked." */
    line = g_strdup_printf (_("From here, %1$s: %2$s"), day, sak_words_for_answer (answer));
  else
    /* Translators: of an answer to a question; %1$s is a contact, %2$s a day, %3$s such as "Answer" */
    line = g_strdup_printf (_("%1$s, %2$s: %3$s"), answer->author != NULL ? answer->author : _("somebody unknown"), day,
                            sak_words_for_answer (answer));
  append_words (self, line, "dim-label");
  if (answer->text != NULL)
    append_words (self, answer->text, "sak-original");
}

GtkWidget *
sak_question_view_new (SakSession        *session,
                       const SakQuestion *question,
                       gboolean           names_record)
{
  SakQuestionView *self = g_object_new (SAK_TYPE_QUESTION_VIEW, NULL);
  g_autofree char *about = names_record ? sak_words_about_question (question, sak_say_language ())
                                        : sak_words_about_question_here (question, sak_say_language ());
  g_autofree char *day = sak_words_day_of (question->time);
  /* Translators: %1$s is a day, %2$s such as "It waits for your answer." */
  g_autofree char *state = g_strdup_printf (_("Asked on %1$s. %2$s"), day, sak_words_for_question_state (question));

  self->session = g_object_ref (session);
  self->id = g_strdup (question->id);
  self->record = g_strdup (question->about);
  append_words (self, about, "sak-row-title");
  append_words (self, question->text, "sak-original");
  for (guint i = 0; i < question->answers->len; i++)
    append_answer (self, question->answers->pdata[i]);
  append_words (self, state, "dim-label");
  if (sak_words_about_talk_to_send (question) != NULL)
    append_words (self, sak_words_about_talk_to_send (question), "dim-label");
  append_buttons (self, question, names_record);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, about, -1);
  return GTK_WIDGET (self);
}
