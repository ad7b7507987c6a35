/* sak-answer-window.c - an answer to a question, or its end
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "I cannot say" is an answer in words like any other: what is sent is what stands in the window.
 */
#include "config.h"

#include "ui/sak-answer-window.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-thread.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-talk.h"

typedef enum
{
  WAY_WORDS,
  WAY_VERSION,
  WAY_CANNOT,
  N_WAYS
} Way;

struct _SakAnswerWindow
{
  SakTalkWindow parent_instance;
  char *question;
  gboolean is_closing;
  GtkCheckButton *ways[N_WAYS];
};

G_DEFINE_FINAL_TYPE (SakAnswerWindow, sak_answer_window, SAK_TYPE_TALK_WINDOW)

static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_vault_load_question (call->vault, call->id, error);
}

static Way
get_way (SakAnswerWindow *self)
{
  for (guint i = 0; i < N_WAYS; i++)
    if (self->ways[i] != NULL && gtk_check_button_get_active (self->ways[i]))
      return i;
  return WAY_WORDS;
}

/* What this program wrote there goes again; what the person wrote stays. */
static void
way_chosen_cb (SakAnswerWindow *self)
{
  SakTalkWindow *window = SAK_TALK_WINDOW (self);
  const char *offer = _("We cannot say.");
  g_autofree char *text = sak_talk_window_dup_text (window);
  Way way = get_way (self);

  sak_talk_window_need_text (window, way != WAY_VERSION);
  if (way == WAY_CANNOT && *text == '\0')
    sak_talk_window_set_text (window, offer);
  else if (way != WAY_CANNOT && g_str_equal (text, offer))
    sak_talk_window_set_text (window, "");
}

/* --- Showing --- */

static void
append_way (SakAnswerWindow *self,
            Way              way,
            const char      *label)
{
  g_autofree char *broken = sak_say_with_breaks (label);
  GtkWidget *button = gtk_check_button_new_with_label (broken);
  GtkWidget *inner = gtk_widget_get_last_child (button);

  /* Longer than the window is wide, in some languages. */
  if (GTK_IS_LABEL (inner))
    gtk_label_set_wrap (GTK_LABEL (inner), TRUE);
  self->ways[way] = GTK_CHECK_BUTTON (button);
  if (way != WAY_WORDS)
    gtk_check_button_set_group (self->ways[way], self->ways[WAY_WORDS]);
  gtk_box_append (sak_talk_window_get_top (SAK_TALK_WINDOW (self)), button);
}

/* Only who has finished a new version can say "see there". */
static void
append_ways (SakAnswerWindow   *self,
             const SakQuestion *question)
{
  GtkBox *top = sak_talk_window_get_top (SAK_TALK_WINDOW (self));

  /* Translators: a choice: how a question is answered */
  append_way (self, WAY_WORDS, _("In words"));
  /* Translators: a choice: how a question is answered */
  append_way (self, WAY_VERSION, _("The new version of the record answers it"));
  if (!question->is_changed)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (self->ways[WAY_VERSION]), FALSE);
      gtk_box_append (top, sak_build_label (_("The record has not changed since it was asked. To answer by a new "
                                              "version, change the record and finish it, then come back here."),
                                            "dim-label"));
    }
  /* Translators: a choice: how a question is answered */
  append_way (self, WAY_CANNOT, _("We cannot say"));
  gtk_check_button_set_active (self->ways[WAY_WORDS], TRUE);
  for (guint i = 0; i < N_WAYS; i++)
    g_signal_connect_object (self->ways[i], "toggled", G_CALLBACK (way_chosen_cb), self, G_CONNECT_SWAPPED);
}

static const char *
tell_way_there (SakAnswerWindow *self)
{
  return self->is_closing ? _("That it is closed goes to whoever was asked, with your next bundle for them.")
                          : _("The answer goes to who asked, and to nobody else. It leaves with your next bundle for "
                              "them.");
}

static void
show (SakAnswerWindow   *self,
      const SakQuestion *question)
{
  SakTalkWindow *window = SAK_TALK_WINDOW (self);
  GtkBox *top = sak_talk_window_get_top (window);
  g_autofree char *about = sak_words_about_question (question, sak_say_language ());

  gtk_box_append (top, sak_build_label (about, NULL));
  gtk_box_append (top, sak_build_label (question->text, "sak-original"));
  if (!self->is_closing)
    append_ways (self, question);
  gtk_box_append (sak_talk_window_get_bottom (window), sak_build_label (tell_way_there (self), "dim-label"));
  sak_talk_window_set_ready (window, TRUE);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakAnswerWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakQuestion) question = sak_session_call_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (sak_talk_window_get_cancellable (SAK_TALK_WINDOW (self))))
    return;
  if (question != NULL)
    show (self, question);
  else
    sak_talk_window_say (SAK_TALK_WINDOW (self), sak_words_for_talk_error (error));
}

/* --- Answering --- */

static gpointer
answer_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;
  g_autofree char *id = sak_vault_answer (call->vault, call->id, (SakAnswerKind) call->number, call->text, error);

  return id != NULL ? SAK_JOB_DONE : NULL;
}

static gpointer
close_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;

  return sak_vault_close_question (call->vault, call->id, call->text, error) ? SAK_JOB_DONE : NULL;
}

static SakCall *
make_call (SakTalkWindow  *window,
           SakJobFunc     *ret_job)
{
  SakAnswerWindow *self = SAK_ANSWER_WINDOW (window);
  SakCall *call = sak_session_new_call (sak_talk_window_get_session (window));

  call->id = g_strdup (self->question);
  call->text = sak_talk_window_dup_text (window);
  call->number = get_way (self) == WAY_VERSION ? SAK_ANSWER_VERSION : SAK_ANSWER_TEXT;
  *ret_job = self->is_closing ? close_job : answer_job;
  return call;
}

static void
sak_answer_window_finalize (GObject *object)
{
  g_free (SAK_ANSWER_WINDOW (object)->question);
  G_OBJECT_CLASS (sak_answer_window_parent_class)->finalize (object);
}

static void
sak_answer_window_class_init (SakAnswerWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_answer_window_finalize;
  SAK_TALK_WINDOW_CLASS (klass)->make_call = make_call;
}

static void
sak_answer_window_init (SakAnswerWindow *self)
{
}

GtkWidget *
sak_answer_window_new (GtkWindow  *parent,
                       SakSession *session,
                       const char *question,
                       gboolean    is_closing)
{
  SakAnswerWindow *self = g_object_new (SAK_TYPE_ANSWER_WINDOW, "transient-for", parent, "modal", TRUE,
                                        "destroy-with-parent", TRUE,
                                        "title", is_closing ? _("Question") : _("Answer a question"),
                                        "default-width", 600, "default-height", 460, NULL);
  SakTalkWindow *window = SAK_TALK_WINDOW (self);
  SakCall *call = sak_session_new_call (session);

  self->question = g_strdup (question);
  self->is_closing = is_closing;
  if (is_closing)
    /* Translators: a button: closes a question, of which nothing is open any more */
    sak_talk_window_build (window, session, _("A last word, if you like"), C_("button", "Close the question"));
  else
    /* Translators: a button: sends an answer */
    sak_talk_window_build (window, session, _("Your answer"), C_("button", "Answer"));
  sak_talk_window_need_text (window, !is_closing);
  sak_talk_window_keep_at (window, g_strconcat (is_closing ? "close/" : "answer/", question, NULL));
  sak_talk_window_focus_text (window);
  call->id = g_strdup (question);
  sak_session_call (session, call, read_job, (GDestroyNotify) sak_question_free,
                    sak_talk_window_get_cancellable (window), read_cb, sak_weak_point_at (self));
  return GTK_WIDGET (self);
}

void
sak_answer_window_present (GtkWidget  *parent,
                           SakSession *session,
                           const char *question,
                           gboolean    is_closing)
{
  GtkRoot *root = gtk_widget_get_root (parent);

  if (!sak_session_is_locked (session))
    gtk_window_present (GTK_WINDOW (sak_answer_window_new (GTK_WINDOW (root), session, question, is_closing)));
}
