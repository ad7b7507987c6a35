/* sak-talk-window.c - a small window for words that go to somebody: a question, an answer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-talk-window.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-talk.h"
#include "storage/sak-unsent-words.h"
#include "ui/sak-build.h"
#include "ui/sak-fields.h"
#include "ui/sak-giving-up.h"
#include "ui/sak-typing.h"
#include "ui/sak-weak.h"
#include "ui/sak-zawgyi-hint.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-talk.h"

/* At most so much of what is written is lost, whatever happens. */
#define KEEP_AFTER_SECONDS 2

typedef struct
{
  SakSession *session;
  GCancellable *cancellable;
  GtkBox *top;
  GtkBox *bottom;
  GtkTextView *text;
  GtkWidget *button;
  GtkLabel *outcome;
  char *offered;                /* words that this program put there: to give them up is nothing */
  char *where;                  /* what is written is kept; or NULL */
  guint timer;
  gboolean is_kept;             /* something may be */
  gboolean needs_text;
  gboolean is_busy;
  gboolean is_done;
} SakTalkWindowPrivate;

/* Something is being signed: every page learns of that, also where the window is gone by then. */
typedef struct
{
  SakSession *session;
  gpointer window;              /* sak_weak_point_at() */
} Doing;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SakTalkWindow, sak_talk_window, ADW_TYPE_WINDOW)

static SakTalkWindowPrivate *
get_private (SakTalkWindow *self)
{
  return sak_talk_window_get_instance_private (self);
}

void
sak_talk_window_say (SakTalkWindow *self,
                     const char    *words)
{
  sak_build_say (get_private (self)->outcome, words, TRUE);
}

/* --- What is written is kept until it is sent or given up --- */

static gpointer
keep_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_vault_keep_unsent_words (call->vault, call->id, call->text, error) ? SAK_JOB_DONE : NULL;
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  /* The words still stand in the window; sending them says what is wrong with the vault. */
  (void) !sak_session_call_finish (result, NULL);
}

static void
keep (SakTalkWindow *self,
      const char    *text)
{
  SakTalkWindowPrivate *priv = get_private (self);
  SakCall *call;

  g_clear_handle_id (&priv->timer, g_source_remove);
  if (priv->where == NULL || sak_session_is_locked (priv->session) || (*text == '\0' && !priv->is_kept))
    return;
  priv->is_kept = *text != '\0';
  call = sak_session_new_call (priv->session);
  call->id = g_strdup (priv->where);
  call->text = g_strdup (text);
  sak_session_call (priv->session, call, keep_job, NULL, NULL, kept_cb, NULL);
}

static void
keep_written (SakTalkWindow *self)
{
  SakTalkWindowPrivate *priv = get_private (self);
  g_autofree char *text = sak_talk_window_dup_text (self);

  /* What is under way, or done, is kept as what it becomes. */
  if (!priv->is_busy && !priv->is_done && g_utf8_strlen (text, -1) <= SAK_TALK_MAX_TEXT)
    keep (self, g_strcmp0 (text, priv->offered) == 0 ? "" : text);
}

static gboolean
time_came_cb (gpointer data)
{
  SakTalkWindow *self = data;

  get_private (self)->timer = 0;
  keep_written (self);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (SakTalkWindow *self)
{
  SakTalkWindowPrivate *priv = get_private (self);

  if (priv->timer == 0)
    priv->timer = g_timeout_add_seconds (KEEP_AFTER_SECONDS, time_came_cb, self);
}

static gpointer
bring_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;

  return sak_vault_dup_unsent_words (call->vault, call->id, error);
}

static void
brought_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakTalkWindow) self = sak_weak_take (data);
  g_autofree char *kept = sak_session_call_finish (result, NULL);
  g_autofree char *text = NULL;
  SakTalkWindowPrivate *priv;

  if (self == NULL || kept == NULL || *kept == '\0' || sak_session_is_locked (get_private (self)->session))
    return;
  priv = get_private (self);
  priv->is_kept = TRUE;
  text = sak_talk_window_dup_text (self);
  if (*text != '\0' && g_strcmp0 (text, priv->offered) != 0)
    return;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (priv->text), kept, -1);
  sak_build_say (priv->outcome, _("You wrote this before, and it was not sent."), FALSE);
}

void
sak_talk_window_keep_at (SakTalkWindow *self,
                         char          *where)
{
  SakTalkWindowPrivate *priv = get_private (self);
  SakCall *call = sak_session_new_call (priv->session);

  priv->where = where;
  call->id = g_strdup (where);
  sak_session_call (priv->session, call, bring_job, g_free, priv->cancellable, brought_cb, sak_weak_point_at (self));
  g_signal_connect_object (priv->session, "closing", G_CALLBACK (keep_written), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (priv->text), "changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* --- Sending --- */

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Doing *doing = data;
  g_autoptr (SakSession) session = doing->session;
  g_autoptr (SakTalkWindow) self = sak_weak_take (doing->window);
  g_autoptr (GError) error = NULL;
  gboolean is_done = sak_session_call_finish (result, &error) != NULL;
  SakTalkWindowPrivate *priv;

  if (is_done && !sak_session_is_locked (session))
    sak_session_changed (session);
  if (self == NULL)
    return;
  priv = get_private (self);
  priv->is_busy = FALSE;
  if (!is_done)
    {
      keep_written (self);
      sak_talk_window_say (self, SAK_TALK_WINDOW_GET_CLASS (self)->say_error (error));
      return;
    }
  priv->is_done = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/* Why what was written cannot go as it is; NULL where it can. */
static char *
find_fault (SakTalkWindow *self,
            const char    *text)
{
  if (get_private (self)->needs_text && *text == '\0')
    return g_strdup (_("Write something first."));
  if (g_utf8_strlen (text, -1) > SAK_TALK_MAX_TEXT)
    return sak_words_print (_("This is too long: %u characters at most."), SAK_TALK_MAX_TEXT);
  return NULL;
}

static void
button_clicked_cb (SakTalkWindow *self)
{
  SakTalkWindowPrivate *priv = get_private (self);
  g_autofree char *text = sak_talk_window_dup_text (self);
  g_autofree char *fault = find_fault (self, text);
  SakJobFunc job = NULL;
  Doing *doing;
  SakCall *call;

  if (priv->is_busy || sak_session_is_locked (priv->session))
    return;
  sak_talk_window_say (self, fault != NULL ? fault : "");
  if (fault != NULL)
    {
      sak_talk_window_focus_text (self);
      return;
    }
  /* Before it is sent: a lock that comes while it is would leave what went already. */
  keep (self, "");
  priv->is_busy = TRUE;
  call = SAK_TALK_WINDOW_GET_CLASS (self)->make_call (self, &job);
  doing = g_new0 (Doing, 1);
  doing->session = g_object_ref (priv->session);
  doing->window = sak_weak_point_at (self);
  /* What was begun is done, whether the window is still there or not. */
  sak_session_call (priv->session, call, job, NULL, NULL, done_cb, doing);
}

/* Closing */

static gboolean
sak_talk_window_close_request (GtkWindow *window)
{
  SakTalkWindow *self = SAK_TALK_WINDOW (window);
  SakTalkWindowPrivate *priv = get_private (self);
  g_autofree char *text = sak_talk_window_dup_text (self);

  /* What was begun cannot be stopped; its answer closes the window, or says why not. */
  if (priv->is_busy && !sak_session_is_locked (priv->session))
    return TRUE;
  if (!priv->is_done && *text != '\0' && g_strcmp0 (text, priv->offered) != 0 &&
      !sak_session_is_locked (priv->session) && sak_giving_up_ask (window))
    return TRUE;
  return GTK_WINDOW_CLASS (sak_talk_window_parent_class)->close_request (window);
}

static void
sak_talk_window_dispose (GObject *object)
{
  SakTalkWindow *self = SAK_TALK_WINDOW (object);

  g_cancellable_cancel (get_private (self)->cancellable);
  /* Sent or given up; locked, it stays. */
  if (get_private (self)->session != NULL)
    keep (self, "");
  G_OBJECT_CLASS (sak_talk_window_parent_class)->dispose (object);
}

static void
sak_talk_window_finalize (GObject *object)
{
  SakTalkWindowPrivate *priv = get_private (SAK_TALK_WINDOW (object));

  g_clear_object (&priv->session);
  g_clear_object (&priv->cancellable);
  g_free (priv->offered);
  g_free (priv->where);
  G_OBJECT_CLASS (sak_talk_window_parent_class)->finalize (object);
}

static void
sak_talk_window_class_init (SakTalkWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_talk_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_talk_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sak_talk_window_close_request;
  klass->say_error = sak_words_for_talk_error;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_talk_window_init (SakTalkWindow *self)
{
  SakTalkWindowPrivate *priv = get_private (self);

  priv->cancellable = g_cancellable_new ();
  priv->needs_text = TRUE;
}

/* Building */

static GtkWidget *
make_text (SakTalkWindow *self,
           const char    *label)
{
  SakTalkWindowPrivate *priv = get_private (self);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  priv->text = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (priv->text, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (priv->text, FALSE);
  gtk_text_view_set_top_margin (priv->text, 8);
  gtk_text_view_set_bottom_margin (priv->text, 8);
  gtk_text_view_set_left_margin (priv->text, 10);
  gtk_text_view_set_right_margin (priv->text, 10);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->text), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (priv->text));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 90);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 240);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_add_css_class (scrolled, "sak-paragraphs");
  sak_paragraphs_pass_wheel_on (scrolled);
  return scrolled;
}

void
sak_talk_window_build (SakTalkWindow *self,
                       SakSession    *session,
                       const char    *text_label,
                       const char    *button_label)
{
  SakTalkWindowPrivate *priv = get_private (self);
  GtkBox *box;

  priv->session = g_object_ref (session);
  /* In view on a low screen, too. */
  priv->button = sak_build_button (button_label, "suggested-action", G_CALLBACK (button_clicked_cb), self);
  sak_build_window (ADW_WINDOW (self), 560, priv->button, &box, &priv->outcome);
  priv->top = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  priv->bottom = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gtk_box_append (box, GTK_WIDGET (priv->top));
  gtk_box_append (box, sak_build_label (text_label, "sak-field-label"));
  gtk_box_append (box, make_text (self, text_label));
  gtk_box_append (box, sak_zawgyi_hint_new (GTK_WIDGET (priv->text)));
  gtk_box_append (box, GTK_WIDGET (priv->bottom));
  gtk_widget_set_sensitive (priv->button, FALSE);
}

/* For those that are built on it */

GtkBox *
sak_talk_window_get_top (SakTalkWindow *self)
{
  return get_private (self)->top;
}

GtkBox *
sak_talk_window_get_bottom (SakTalkWindow *self)
{
  return get_private (self)->bottom;
}

SakSession *
sak_talk_window_get_session (SakTalkWindow *self)
{
  return get_private (self)->session;
}

GCancellable *
sak_talk_window_get_cancellable (SakTalkWindow *self)
{
  return get_private (self)->cancellable;
}

char *
sak_talk_window_dup_text (SakTalkWindow *self)
{
  g_autofree char *text = sak_typing_dup_text (GTK_WIDGET (get_private (self)->text));

  /* Blanks that are no ASCII are no words, either. */
  if (g_utf8_strlen (text, -1) <= SAK_TALK_MAX_TEXT && !sak_talk_is_text (text))
    return g_strdup ("");
  return g_strdup (g_strstrip (text));
}

void
sak_talk_window_set_text (SakTalkWindow *self,
                          const char    *text)
{
  SakTalkWindowPrivate *priv = get_private (self);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (priv->text), text, -1);
  g_free (priv->offered);
  priv->offered = g_strdup (text);
}

void
sak_talk_window_need_text (SakTalkWindow *self,
                           gboolean       needs_text)
{
  get_private (self)->needs_text = needs_text;
}

void
sak_talk_window_set_ready (SakTalkWindow *self,
                           gboolean       is_ready)
{
  gtk_widget_set_sensitive (get_private (self)->button, is_ready);
}

void
sak_talk_window_focus_text (SakTalkWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_private (self)->text));
}
