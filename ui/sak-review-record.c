/* sak-review-record.c - a record that arrived, with all that belongs to it, and what is decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One page to be read from top to bottom. What is decided is about the versions that are on the screen: what arrives
 * meanwhile is told, and shown only when somebody asks for it.
 */
#include "config.h"

#include "ui/sak-review-record.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-links.h"
#include "ui/sak-ask-window.h"
#include "ui/sak-build.h"
#include "ui/sak-columns.h"
#include "ui/sak-review-head.h"
#include "ui/sak-review-look.h"
#include "ui/sak-review-part.h"
#include "ui/sak-show-only.h"
#include "ui/sak-thread-panel.h"
#include "ui/sak-verdict-window.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

/* As wide as text can be read, with room for a translation beside it. */
#define WIDTH 900
#define N_FIRST_LINKS 20
/* So many of them are open when the page is. */
#define N_OPEN_LINKS 6
/* Those after the next one, in case that is gone. */
#define N_NEXT 20

struct _SakReviewRecord
{
  AdwBin parent_instance;
  GtkStack *stack;
  AdwStatusPage *failed;
  GtkScrolledWindow *scrolled;
  SakReviewHead *head;
  GtkBox *text;                 /* the record itself */
  GtkBox *thread;               /* what was asked about it */
  GtkBox *links;                /* what belongs to it */
  GtkButton *accept;
  GtkButton *decline;
  GtkButton *ask;
  GtkButton *read;              /* or unread */
  GtkButton *next;

  SakSession *session;
  char *record;                 /* id; of what is on the screen, or is being read */
  char **seen;                  /* its versions that are on the screen; NULL: none yet */
  GArray *list;                 /* or NULL */
  guint at;                     /* in it */
  gboolean is_read;
  GCancellable *cancellable;    /* of all */
  GCancellable *reading;        /* NULL: nothing is being read */
  gboolean is_reading_all;      /* and not only what is about it */
};

G_DEFINE_FINAL_TYPE (SakReviewRecord, sak_review_record, ADW_TYPE_BIN)

static void read_it (SakReviewRecord *self,
                     GArray          *rowids,
                     gboolean         with_text);

/* --- What belongs to it --- */

static void
all_clicked_cb (SakReviewRecord *self,
                GtkWidget       *button)
{
  g_autoptr (GPtrArray) links = g_ptr_array_ref (g_object_get_data (G_OBJECT (button), "sak-links"));

  GtkWidget *first = NULL;

  /* What was opened of the first stays as it is. */
  for (guint i = N_FIRST_LINKS; i < links->len; i++)
    {
      GtkWidget *part = sak_review_part_new_linked (self->session, links->pdata[i], FALSE);

      gtk_box_append (self->links, part);
      first = first != NULL ? first : part;
    }
  if (first != NULL)
    gtk_widget_child_focus (first, GTK_DIR_TAB_FORWARD);
  gtk_box_remove (self->links, button);
}

static void
append_rest (SakReviewRecord *self,
             GPtrArray       *links)
{
  g_autofree char *words = sak_words_print (ngettext ("Show all %u", "Show all %u", links->len), links->len);
  GtkWidget *button = sak_build_button (words, NULL, G_CALLBACK (all_clicked_cb), self);

  g_object_set_data_full (G_OBJECT (button), "sak-links", g_ptr_array_ref (links),
                          (GDestroyNotify) g_ptr_array_unref);
  gtk_box_append (self->links, button);
}

/* A record of many: the first are shown, and the rest when somebody asks. */
static void
show_links (SakReviewRecord *self,
            GPtrArray       *links)
{
  sak_build_empty (self->links);
  if (links->len == 0)
    return;
  /* Translators: above the people, testimonies and other records that are linked with a record */
  gtk_box_append (self->links, sak_build_heading (_("What belongs to it")));
  for (guint i = 0; i < links->len && i < N_FIRST_LINKS; i++)
    gtk_box_append (self->links, sak_review_part_new_linked (self->session, links->pdata[i], i < N_OPEN_LINKS));
  if (links->len > N_FIRST_LINKS)
    append_rest (self, links);
}

/* --- Reading it --- */

static gpointer
set_read_job (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SakCall *call = data;

  return sak_vault_set_read (call->vault, call->id, (const char *const *) call->names, call->number != 0, error)
           ? SAK_JOB_DONE : NULL;
}

static void
read_set_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakReviewRecord) self = data;
  g_autoptr (GError) error = NULL;

  if (sak_session_call_finish (result, &error) == NULL)
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sak_words_for_error (error));
      return;
    }
  if (!sak_session_is_locked (self->session))
    sak_session_changed (self->session);
}

static void
set_read (SakReviewRecord *self,
          gboolean         is_read)
{
  SakCall *call = sak_session_new_call (self->session);

  call->id = g_strdup (self->record);
  call->names = g_strdupv (self->seen);
  call->number = is_read;
  sak_session_call (self->session, call, set_read_job, NULL, NULL, read_set_cb, g_object_ref (self));
}

static void
find_place (SakReviewRecord *self,
            gint64           rowid)
{
  self->at = G_MAXUINT;
  for (guint i = 0; self->list != NULL && i < self->list->len && self->at == G_MAXUINT; i++)
    if (g_array_index (self->list, gint64, i) == rowid)
      self->at = i;
}

/* What is about the record as it is now, whatever of it is on the screen. */
static void
show_state (SakReviewRecord *self,
            const SakLook   *look)
{
  const SakArrived *arrived = look->arrived;
  gboolean is_taken_back = arrived->row->state == SAK_RECORD_WITHDRAWN;
  gboolean is_newer = !g_strv_equal ((const char *const *) arrived->versions, (const char *const *) self->seen);

  self->is_read = arrived->is_read;
  sak_review_head_show (self->head, look, is_newer);
  gtk_widget_set_sensitive (GTK_WIDGET (self->accept), !is_taken_back);
  gtk_widget_set_sensitive (GTK_WIDGET (self->decline), !is_taken_back);
  /* Translators: a button: in the list of what arrived it stands as if nobody had opened it */
  gtk_button_set_label (self->read, arrived->is_read ? _("Mark as unread") : _("Mark as read"));
  /* What is not on the screen is not read. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->read), arrived->is_read || !is_newer);
  gtk_widget_set_sensitive (GTK_WIDGET (self->ask), !is_taken_back);
  find_place (self, arrived->row->rowid);
  gtk_widget_set_visible (GTK_WIDGET (self->next), self->list != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), self->at < G_MAXUINT && self->at + 1 < self->list->len);
}

static void
show_all (SakReviewRecord *self,
          const SakLook   *look)
{
  g_free (self->record);
  self->record = g_strdup (look->arrived->row->id);
  g_strfreev (self->seen);
  self->seen = g_strdupv (look->arrived->versions);
  sak_build_empty (self->text);
  gtk_box_append (self->text, sak_review_part_new (self->session, look->text));
  sak_build_empty (self->thread);
  gtk_box_append (self->thread, sak_thread_panel_new (self->session, self->record));
  show_links (self, look->links);
  show_state (self, look);
  sak_show_only_named (self->stack, "shown");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (!look->arrived->is_read)
    set_read (self, TRUE);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakReviewRecord) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakLook) look = sak_session_call_finish (result, &error);

  /* Something else is being read already, or the page is gone. */
  if (g_task_get_cancellable (G_TASK (result)) != self->reading || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_clear_object (&self->reading);
  /* What is on the screen stays there, unless it is here no more. */
  if (look == NULL && self->seen != NULL && !g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sak_words_for_error (error));
      sak_show_only_named (self->stack, "shown");
    }
  else if (look == NULL)
    {
      adw_status_page_set_description (self->failed, sak_words_for_error (error));
      sak_show_only_named (self->stack, "failed");
    }
  else if (look->text != NULL)
    show_all (self, look);
  else
    {
      show_state (self, look);
      sak_show_only_named (self->stack, "shown");
    }
}

/* @rowids: one of these instead, the first that is here. */
static void
read_it (SakReviewRecord *self,
         GArray          *rowids,
         gboolean         with_text)
{
  SakCall *call;

  if (sak_session_is_locked (self->session))
    return;
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->is_reading_all = with_text;
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->record);
  call->rowids = rowids != NULL ? g_array_ref (rowids) : NULL;
  call->number = with_text;
  sak_session_call (self->session, call, sak_look_job, sak_look_free, self->reading, looked_cb, g_object_ref (self));
}

/* What is on the screen stays until somebody asks for what is newer; before there is anything, all is awaited. */
static void
changed_cb (SakReviewRecord *self)
{
  if (self->seen != NULL && (self->reading == NULL || !self->is_reading_all))
    read_it (self, NULL, FALSE);
}

static void
newer_wanted_cb (SakReviewRecord *self)
{
  read_it (self, NULL, TRUE);
}

/* --- What can be done --- */

static void
decide (SakReviewRecord *self,
        SakVerdictSays   says)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->seen != NULL)
    gtk_window_present (GTK_WINDOW (sak_verdict_window_new (GTK_WINDOW (root), self->session, says, self->record,
                                                            (const char *const *) self->seen)));
}

static void
accept_clicked_cb (SakReviewRecord *self)
{
  decide (self, SAK_SAYS_ACCEPTED);
}

static void
decline_clicked_cb (SakReviewRecord *self)
{
  decide (self, SAK_SAYS_DECLINED);
}

static void
note_clicked_cb (SakReviewRecord *self)
{
  decide (self, SAK_SAYS_NOTE);
}

static void
ask_clicked_cb (SakReviewRecord *self)
{
  if (self->seen != NULL)
    sak_ask_window_present (GTK_WIDGET (self), self->session, self->record, NULL);
}

static void
read_clicked_cb (SakReviewRecord *self)
{
  if (self->seen != NULL)
    set_read (self, !self->is_read);
}

/* To the one after it in the list as it was, or before it. */
static void
go (SakReviewRecord *self,
    int              step)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (self->list == NULL || self->at == G_MAXUINT)
    return;
  for (gint64 at = (gint64) self->at + step; at >= 0 && at < self->list->len && rowids->len < N_NEXT; at += step)
    g_array_append_val (rowids, g_array_index (self->list, gint64, at));
  if (rowids->len > 0)
    read_it (self, rowids, TRUE);
}

static void
next_activated (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  go (SAK_REVIEW_RECORD (widget), 1);
}

static void
previous_activated (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  go (SAK_REVIEW_RECORD (widget), -1);
}

/* --- The page --- */

static gboolean
sak_review_record_grab_focus (GtkWidget *widget)
{
  SakReviewRecord *self = SAK_REVIEW_RECORD (widget);

  /* GTK 4.8 gives it to what is covered, too, and Tab is lost there. */
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "failed") == 0)
    return gtk_widget_grab_focus (adw_status_page_get_child (self->failed));
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "shown") == 0 &&
         gtk_widget_grab_focus (GTK_WIDGET (self->head));
}

static void
sak_review_record_dispose (GObject *object)
{
  SakReviewRecord *self = SAK_REVIEW_RECORD (object);

  g_cancellable_cancel (self->cancellable);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  G_OBJECT_CLASS (sak_review_record_parent_class)->dispose (object);
}

static void
sak_review_record_finalize (GObject *object)
{
  SakReviewRecord *self = SAK_REVIEW_RECORD (object);

  /* Until the last answer: that it was read is told to other pages when this one is left, too. */
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->list, g_array_unref);
  g_free (self->record);
  g_strfreev (self->seen);
  G_OBJECT_CLASS (sak_review_record_parent_class)->finalize (object);
}

static void
sak_review_record_class_init (SakReviewRecordClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_review_record_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_review_record_finalize;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  sak_build_set_grab_focus (widget_class, sak_review_record_grab_focus);
  gtk_widget_class_install_action (widget_class, "review.next", NULL, next_activated);
  gtk_widget_class_install_action (widget_class, "review.previous", NULL, previous_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "review.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "review.previous", NULL);
}

static GtkButton *
append_button (GtkWidget       *bar,
               SakReviewRecord *self,
               const char      *label,
               const char      *css_class,
               GCallback        clicked)
{
  GtkWidget *button = sak_build_button (label, css_class, clicked, self);

  gtk_box_append (GTK_BOX (bar), button);
  return GTK_BUTTON (button);
}

/* In sight wherever one reads; in a narrow window in two lines. */
static GtkWidget *
build_bar (SakReviewRecord *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *rest = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *columns = sak_columns_new (bar, rest);

  gtk_widget_add_css_class (columns, "sak-actions");
  /* Translators: a button: what arrived counts from now on; how sure it is, is asked */
  self->accept = append_button (bar, self, C_("review", "Accept…"), "suggested-action",
                                G_CALLBACK (accept_clicked_cb));
  /* Translators: a button: what arrived does not count; why, is asked */
  self->decline = append_button (bar, self, C_("review", "Decline…"), NULL, G_CALLBACK (decline_clicked_cb));
  /* Translators: a button: to write a note that stays in this vault */
  (void) append_button (bar, self, C_("review", "Note…"), NULL, G_CALLBACK (note_clicked_cb));
  /* Translators: a button: to write a question to whoever reported it */
  self->ask = append_button (rest, self, C_("review", "Ask…"), NULL, G_CALLBACK (ask_clicked_cb));
  self->read = append_button (rest, self, _("Mark as unread"), NULL, G_CALLBACK (read_clicked_cb));
  /* Translators: a button: shows the record that comes next in the list */
  self->next = append_button (rest, self, C_("review", "Next"), NULL, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next), "review.next");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->next), _("The next record in the list (Alt+Down)"));
  return columns;
}

static GtkWidget *
build_shown (SakReviewRecord *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *clamp;
  GtkBox *column;

  self->scrolled = GTK_SCROLLED_WINDOW (sak_build_page (&column));
  clamp = gtk_widget_get_ancestor (GTK_WIDGET (column), ADW_TYPE_CLAMP);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), WIDTH);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scrolled), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The record to be reviewed"), -1);
  self->head = SAK_REVIEW_HEAD (sak_review_head_new ());
  g_signal_connect_object (self->head, "newer-wanted", G_CALLBACK (newer_wanted_cb), self, G_CONNECT_SWAPPED);
  self->text = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  self->thread = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->links = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 10));
  gtk_box_append (column, GTK_WIDGET (self->head));
  gtk_box_append (column, GTK_WIDGET (self->text));
  gtk_box_append (column, GTK_WIDGET (self->thread));
  gtk_box_append (column, GTK_WIDGET (self->links));
  gtk_box_append (GTK_BOX (page), GTK_WIDGET (self->scrolled));
  gtk_box_append (GTK_BOX (page), build_bar (self));
  return page;
}

static void
sak_review_record_init (SakReviewRecord *self)
{
  GtkWidget *spinner = gtk_spinner_new ();
  GtkWidget *retry;

  self->cancellable = g_cancellable_new ();
  self->at = G_MAXUINT;
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reading the record"), -1);
  self->failed = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->failed, "dialog-warning-symbolic");
  adw_status_page_set_title (self->failed, _("The record could not be read"));
  retry = sak_build_button (_("Try again"), "pill", G_CALLBACK (newer_wanted_cb), self);
  gtk_widget_set_halign (retry, GTK_ALIGN_CENTER);
  adw_status_page_set_child (self->failed, retry);
  gtk_stack_add_named (self->stack, spinner, "wait");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->failed), "failed");
  gtk_stack_add_named (self->stack, build_shown (self), "shown");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
  sak_show_only_named (self->stack, "wait");
}

GtkWidget *
sak_review_record_new (SakSession *session,
                       const char *record,
                       GArray     *list)
{
  SakReviewRecord *self = g_object_new (SAK_TYPE_REVIEW_RECORD, NULL);

  self->session = g_object_ref (session);
  self->record = g_strdup (record);
  self->list = list != NULL ? g_array_ref (list) : NULL;
  sak_review_head_set_session (self->head, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  read_it (self, NULL, TRUE);
  return GTK_WIDGET (self);
}

GtkWidget *
sak_review_record_new_like (SakReviewRecord *other)
{
  return sak_review_record_new (other->session, other->record, other->list);
}
