/* sak-question-list.c - all questions that wait for somebody: to answer, answered, and without an answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each group is read by stretches, the urgent ones first: a desk may have asked thousands.
 */
#include "config.h"

#include "ui/sak-question-list.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-thread.h"
#include "ui/sak-build.h"
#include "ui/sak-question-view.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

#define STRETCH 10
#define N_GROUPS 3

struct _SakQuestionList
{
  AdwBin parent_instance;
  SakSession *session;
  GtkBox *groups;
  GtkLabel *outcome;
  GCancellable *cancellable;
  guint most[N_GROUPS];
  int next_focus;               /* the group that grows and has the keyboard; -1 for none */
  gboolean takes_focus;
  gboolean is_reading;
  gboolean is_stale;
};

G_DEFINE_FINAL_TYPE (SakQuestionList, sak_question_list, ADW_TYPE_BIN)

static const SakQuestionFilter filters[N_GROUPS] = {
  SAK_QUESTIONS_TO_ANSWER, SAK_QUESTIONS_TO_CLOSE, SAK_QUESTIONS_WAITING,
};

typedef struct
{
  GPtrArray *questions[N_GROUPS];
  guint n[N_GROUPS];            /* all of them */
} Reading;

static void read_questions (SakQuestionList *self);

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  for (guint i = 0; i < N_GROUPS; i++)
    g_clear_pointer (&reading->questions[i], g_ptr_array_unref);
  g_free (reading);
}

/* How many of each are wanted comes as "rowids". */
static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  Reading *reading = g_new0 (Reading, 1);
  SakThreadCount count;

  if (!sak_vault_count_questions (call->vault, &count, error))
    goto failed;
  reading->n[0] = count.n_to_answer;
  reading->n[1] = count.n_to_close;
  reading->n[2] = count.n_waiting;
  for (guint i = 0; i < N_GROUPS; i++)
    {
      guint most = g_array_index (call->rowids, gint64, i);

      reading->questions[i] = sak_vault_list_questions (call->vault, NULL, filters[i], 0, most, error);
      if (reading->questions[i] == NULL)
        goto failed;
    }
  return reading;

failed:
  free_reading (reading);
  return NULL;
}

/* --- Showing --- */

static char *
say_heading (guint group,
             guint n)
{
  switch (group)
    {
    case 0:
      return sak_words_print (ngettext ("%u question to answer", "%u questions to answer", n), n);
    case 1:
      return sak_words_print (ngettext ("%u of your questions was answered", "%u of your questions were answered", n),
                              n);
    default:
      return sak_words_print (ngettext ("%u of your questions has no answer yet",
                                        "%u of your questions have no answer yet", n), n);
    }
}

static void
more_clicked_cb (SakQuestionList *self,
                 GtkWidget       *button)
{
  int group = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "sak-group"));

  self->most[group] += STRETCH;
  self->next_focus = group;
  read_questions (self);
}

static void
append_more (SakQuestionList *self,
             GtkWidget       *box,
             guint            group,
             const char      *heading)
{
  GtkWidget *button = sak_build_button (_("Show more"), NULL, G_CALLBACK (more_clicked_cb), self);
  /* Translators: a button and what it is about, for a screen reader: "Show: 2 incidents" */
  g_autofree char *name = g_strdup_printf (_("%1$s: %2$s"), _("Show more"), heading);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "sak-group", GUINT_TO_POINTER (group));
  gtk_box_append (GTK_BOX (box), button);
}

static GtkWidget *
append_group (SakQuestionList *self,
              guint            group,
              const Reading   *reading)
{
  GPtrArray *questions = reading->questions[group];
  g_autofree char *heading = say_heading (group, reading->n[group]);
  GtkWidget *box = sak_build_boxed (heading);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  for (guint i = 0; i < questions->len; i++)
    gtk_box_append (GTK_BOX (list), sak_question_view_new (self->session, questions->pdata[i], TRUE));
  gtk_box_append (GTK_BOX (box), list);
  if (reading->n[group] > questions->len)
    append_more (self, box, group, heading);
  gtk_box_append (self->groups, box);
  return list;
}

/* To what is new of a group that grew; elsewhere to the first of all. */
static void
put_focus (SakQuestionList *self,
           GtkWidget      **lists)
{
  GtkWidget *at = NULL;

  if (self->next_focus >= 0 && lists[self->next_focus] != NULL)
    {
      at = gtk_widget_get_first_child (lists[self->next_focus]);
      for (guint i = STRETCH; at != NULL && i < self->most[self->next_focus]; i++)
        at = gtk_widget_get_next_sibling (at);
    }
  if (at != NULL || self->takes_focus)
    gtk_widget_child_focus (at != NULL ? at : GTK_WIDGET (self->groups), GTK_DIR_TAB_FORWARD);
  self->next_focus = -1;
  self->takes_focus = FALSE;
}

static void
show (SakQuestionList *self,
      const Reading   *reading)
{
  GtkWidget *lists[N_GROUPS] = { NULL };
  gboolean has_any = FALSE;

  self->takes_focus = self->takes_focus || gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  sak_build_empty (self->groups);
  for (guint i = 0; i < N_GROUPS; i++)
    if (reading->questions[i]->len > 0)
      {
        lists[i] = append_group (self, i, reading);
        has_any = TRUE;
      }
  sak_build_say (self->outcome, "", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), has_any);
  put_focus (self, lists);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakQuestionList) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = sak_session_call_finish (result, &error);

  self->is_reading = FALSE;
  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      if (reading != NULL)
        show (self, reading);
      else
        {
          sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
          gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
        }
    }
  g_clear_pointer (&reading, free_reading);
  if (self->is_stale)
    read_questions (self);
}

/* Many changes in a row are read at once. */
static void
read_questions (SakQuestionList *self)
{
  SakCall *call;

  self->is_stale = self->is_reading;
  if (self->is_stale || self->session == NULL || sak_session_is_locked (self->session))
    return;
  self->is_reading = TRUE;
  call = sak_session_new_call (self->session);
  call->rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < N_GROUPS; i++)
    {
      gint64 most = self->most[i];

      g_array_append_val (call->rowids, most);
    }
  sak_session_call (self->session, call, read_job, free_reading, self->cancellable, read_cb, g_object_ref (self));
}

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (SAK_QUESTION_LIST (widget)->groups), GTK_DIR_TAB_FORWARD);
}

static void
sak_question_list_dispose (GObject *object)
{
  SakQuestionList *self = SAK_QUESTION_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_question_list_parent_class)->dispose (object);
}

static void
sak_question_list_finalize (GObject *object)
{
  g_object_unref (SAK_QUESTION_LIST (object)->cancellable);
  G_OBJECT_CLASS (sak_question_list_parent_class)->finalize (object);
}

static void
sak_question_list_class_init (SakQuestionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_question_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_question_list_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
}

static void
sak_question_list_init (SakQuestionList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->cancellable = g_cancellable_new ();
  self->next_focus = -1;
  for (guint i = 0; i < N_GROUPS; i++)
    self->most[i] = STRETCH;
  self->groups = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_box_append (GTK_BOX (box), sak_build_heading (_("Questions")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->groups));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_question_list_new (SakSession *session)
{
  SakQuestionList *self = g_object_new (SAK_TYPE_QUESTION_LIST, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_questions), self, G_CONNECT_SWAPPED);
  read_questions (self);
  return GTK_WIDGET (self);
}

void
sak_question_list_take_focus (SakQuestionList *self)
{
  self->takes_focus = TRUE;
  /* What is being read comes once more. */
  read_questions (self);
}
