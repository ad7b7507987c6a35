/* sak-thread-panel.c - what was asked about one record, and answered
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Made anew only when something of it is another, so that the keyboard stays where it is while a record is written.
 */
#include "config.h"

#include "ui/sak-thread-panel.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-thread.h"
#include "ui/sak-ask-window.h"
#include "ui/sak-build.h"
#include "ui/sak-question-view.h"
#include "ui/words/sak-words-talk.h"

#define STRETCH 10

struct _SakThreadPanel
{
  AdwBin parent_instance;
  SakSession *session;
  char *record;
  GtkBox *list;
  GtkLabel *nothing;
  GtkWidget *ask;
  GtkWidget *more;
  GCancellable *cancellable;
  char *shown;                  /* what it was made of */
  guint most;
  gboolean is_reading;
  gboolean is_stale;
};

typedef struct
{
  GPtrArray *questions;
  char *asked;                  /* name of who would be asked; NULL for nobody */
} Reading;

G_DEFINE_FINAL_TYPE (SakThreadPanel, sak_thread_panel, ADW_TYPE_BIN)

enum { SIGNAL_ASKED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void read_thread (SakThreadPanel *self);

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->questions, g_ptr_array_unref);
  g_free (reading->asked);
  g_free (reading);
}

static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) questions = sak_vault_list_questions (call->vault, call->id, SAK_QUESTIONS_ALL, 0,
                                                              (guint) call->most, error);
  g_autoptr (SakContact) asked = NULL;
  Reading *reading;

  if (questions == NULL)
    return NULL;
  reading = g_new0 (Reading, 1);
  reading->questions = g_steal_pointer (&questions);
  /* Of the vault's own there is nobody to ask, which is no error. */
  asked = sak_vault_find_asked (call->vault, call->id, NULL);
  reading->asked = asked != NULL ? g_strdup (asked->name) : NULL;
  return reading;
}

/* --- Showing --- */

static char *
sum_up (const Reading *reading)
{
  GString *sum = g_string_new (reading->asked);

  for (guint i = 0; i < reading->questions->len; i++)
    {
      const SakQuestion *question = reading->questions->pdata[i];

      g_string_append_printf (sum, "\n%s %u %d %d %s %s %s%s", question->id, question->answers->len,
                              question->is_changed, question->has_path, question->to, question->author,
                              sak_words_for_question_state (question), sak_words_about_talk_to_send (question));
    }
  return g_string_free (sum, FALSE);
}

static void
show_empty (SakThreadPanel *self,
            const Reading  *reading)
{
  gboolean is_empty = reading->questions->len == 0;
  g_autofree char *words = NULL;

  if (reading->asked != NULL)
    /* Translators: %s is a contact, from whom a record came */
    words = g_strdup_printf (_("If something is not clear, you can ask %s."), reading->asked);
  sak_build_say (self->nothing, is_empty && words != NULL ? words : "", FALSE);
  gtk_widget_set_visible (self->ask, reading->asked != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), !is_empty || reading->asked != NULL);
}

static void
tell_asked (SakThreadPanel *self,
            const Reading  *reading)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < reading->questions->len; i++)
    {
      const SakQuestion *question = reading->questions->pdata[i];

      if (question->path != NULL && question->state != SAK_QUESTION_CLOSED)
        g_ptr_array_add (paths, question->path);
    }
  g_ptr_array_add (paths, NULL);
  g_signal_emit (self, signals[SIGNAL_ASKED], 0, paths->pdata);
}

static void
show (SakThreadPanel *self,
      const Reading  *reading)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  /* Of the list a stretch more was asked for than is shown. */
  guint n = MIN (reading->questions->len, self->most - 1);

  sak_build_empty (self->list);
  for (guint i = 0; i < n; i++)
    gtk_box_append (self->list, sak_question_view_new (self->session, reading->questions->pdata[i], FALSE));
  gtk_widget_set_visible (self->more, reading->questions->len > n);
  show_empty (self, reading);
  tell_asked (self, reading);
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakThreadPanel) self = data;
  Reading *reading = sak_session_call_finish (result, NULL);
  g_autofree char *sum = reading != NULL ? sum_up (reading) : NULL;

  self->is_reading = FALSE;
  /* Why a record cannot be read is told by the page around this. */
  if (reading != NULL && !g_cancellable_is_cancelled (self->cancellable) && g_strcmp0 (sum, self->shown) != 0)
    {
      show (self, reading);
      g_free (self->shown);
      self->shown = g_steal_pointer (&sum);
    }
  g_clear_pointer (&reading, free_reading);
  if (self->is_stale)
    read_thread (self);
}

/* Many changes in a row are read at once. */
static void
read_thread (SakThreadPanel *self)
{
  SakCall *call;

  self->is_stale = self->is_reading;
  if (self->is_stale || self->session == NULL || sak_session_is_locked (self->session))
    return;
  self->is_reading = TRUE;
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->record);
  call->most = self->most;
  sak_session_call (self->session, call, read_job, free_reading, self->cancellable, read_cb, g_object_ref (self));
}

static void
more_clicked_cb (SakThreadPanel *self)
{
  self->most += STRETCH;
  /* What is read may be what was read before, of which less was shown. */
  g_clear_pointer (&self->shown, g_free);
  read_thread (self);
}

static void
ask_clicked_cb (SakThreadPanel *self)
{
  sak_ask_window_present (GTK_WIDGET (self), self->session, self->record, NULL);
}

static void
sak_thread_panel_dispose (GObject *object)
{
  SakThreadPanel *self = SAK_THREAD_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_thread_panel_parent_class)->dispose (object);
}

static void
sak_thread_panel_finalize (GObject *object)
{
  SakThreadPanel *self = SAK_THREAD_PANEL (object);

  g_clear_object (&self->cancellable);
  g_free (self->record);
  g_free (self->shown);
  G_OBJECT_CLASS (sak_thread_panel_parent_class)->finalize (object);
}

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_child_focus (adw_bin_get_child (ADW_BIN (widget)), GTK_DIR_TAB_FORWARD);
}

static void
sak_thread_panel_class_init (SakThreadPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_thread_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_thread_panel_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
  signals[SIGNAL_ASKED] = g_signal_new ("asked", SAK_TYPE_THREAD_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
sak_thread_panel_init (SakThreadPanel *self)
{
  GtkWidget *box = sak_build_boxed (_("Questions"));

  self->cancellable = g_cancellable_new ();
  self->most = STRETCH + 1;
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 18));
  self->nothing = GTK_LABEL (sak_build_label ("", "dim-label"));
  self->more = sak_build_button (_("Show more"), NULL, G_CALLBACK (more_clicked_cb), self);
  /* Translators: a button: opens a window for a question about a record */
  self->ask = sak_build_button (_("Ask…"), NULL, G_CALLBACK (ask_clicked_cb), self);
  gtk_widget_set_visible (self->more, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->nothing));
  gtk_box_append (GTK_BOX (box), self->ask);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Questions"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_thread_panel_new (SakSession *session,
                      const char *record)
{
  SakThreadPanel *self = g_object_new (SAK_TYPE_THREAD_PANEL, NULL);

  self->session = g_object_ref (session);
  self->record = g_strdup (record);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_thread), self, G_CONNECT_SWAPPED);
  read_thread (self);
  return GTK_WIDGET (self);
}
