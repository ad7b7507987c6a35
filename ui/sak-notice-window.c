/* sak-notice-window.c - makes a network notice: who belongs to it, what they are called, whose keys count no more
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What it will say stands there in words before it is made. It goes with the bundles, and as a file by any other way.
 */
#include "config.h"

#include "ui/sak-notice-window.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "sync/sak-notice.h"
#include "ui/compat/sak-ask.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-day-entry.h"
#include "ui/sak-giving-up.h"
#include "ui/sak-notice-row.h"
#include "ui/sak-notice-wish.h"
#include "ui/sak-replacing.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

/* "2026-11-23" */
#define DAY_SIZE 10

struct _SakNoticeWindow
{
  AdwWindow parent_instance;
  SakSession *session;
  GtkLabel *last;               /* which was made last */
  GtkListBox *list;
  GtkWidget *revoking;          /* since when, and why; hidden while nobody is revoked */
  SakDayEntry *since;
  GtkEditable *why;
  GtkLabel *preview;
  GtkWidget *make;
  GtkWidget *save;
  GtkLabel *outcome;
  GCancellable *cancellable;
  guint number;
  gboolean is_busy;             /* making one */
  gboolean is_stale;            /* until what there is to choose was read again */
};

typedef struct
{
  GPtrArray *standings;
  guint number;
} Reading;

G_DEFINE_FINAL_TYPE (SakNoticeWindow, sak_notice_window, ADW_TYPE_WINDOW)

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->standings, g_ptr_array_unref);
  g_free (reading);
}

static char *
dup_why (SakNoticeWindow *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->why)));
}

/* A day, and neither a month nor a year; NULL otherwise. */
static char *
dup_since (SakNoticeWindow *self)
{
  g_autofree char *edtf = sak_day_entry_dup_edtf (self->since);

  return edtf != NULL && strlen (edtf) == DAY_SIZE ? g_steal_pointer (&edtf) : NULL;
}

static void
changed_cb (SakNoticeWindow *self)
{
  g_auto (SakNoticeWish) wish = { NULL };
  g_autofree char *since = dup_since (self);
  g_autofree char *why = dup_why (self);
  g_autofree char *words = NULL;

  sak_notice_wish_read (&wish, self->list);
  words = sak_notice_wish_say (&wish, since, why);
  sak_build_say (self->preview, words != NULL ? words : _("Choose above what the notice is to say."), FALSE);
  gtk_widget_set_visible (self->revoking, wish.revoke->len > 0);
  gtk_widget_set_sensitive (self->make, words != NULL && !self->is_busy && !self->is_stale);
}

/* What is chosen goes into one notice, and is not changed while that is made. */
static void
hold_choices (SakNoticeWindow *self)
{
  gboolean is_open = !self->is_busy && !self->is_stale;

  gtk_widget_set_sensitive (GTK_WIDGET (self->list), is_open);
  gtk_widget_set_sensitive (self->revoking, is_open);
  changed_cb (self);
}

/* --- Reading --- */

static gpointer
read_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  Reading *reading = g_new0 (Reading, 1);

  reading->standings = sak_notice_list_standings (call->vault, &reading->number, error);
  if (reading->standings == NULL)
    g_clear_pointer (&reading, free_reading);
  return reading;
}

static void
show_last (SakNoticeWindow *self)
{
  g_autofree char *words = NULL;

  if (self->number == 0)
    words = g_strdup (_("You have made no network notice yet."));
  else
    words = sak_words_print (_("Your last notice has the number %u. It goes with your next bundle to each member; who "
                               "gets no bundle soon gets the file."), self->number);
  sak_build_say (self->last, words, FALSE);
  gtk_widget_set_sensitive (self->save, self->number > 0);
}

static void
show (SakNoticeWindow *self,
      const Reading   *reading)
{
  GtkWidget *child;

  self->number = reading->number;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < reading->standings->len; i++)
    {
      GtkWidget *row = sak_notice_row_new (reading->standings->pdata[i]);

      g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), reading->standings->len > 0);
  show_last (self);
  self->is_stale = FALSE;
  hold_choices (self);
}

/* Not in the place of the words that one was made. */
static void
say_unread (SakNoticeWindow *self,
            const GError    *error)
{
  const char *made = self->is_stale ? gtk_label_get_label (self->outcome) : "";
  g_autofree char *words = g_strconcat (made, *made != '\0' ? "\n" : "", sak_words_for_error (error), NULL);

  sak_build_say (self->outcome, words, TRUE);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakNoticeWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  Reading *reading = sak_session_call_finish (result, &error);

  if (self != NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      gboolean was_made = self->is_stale;

      if (reading != NULL)
        show (self, reading);
      else
        say_unread (self, error);
      if (was_made)
        gtk_widget_grab_focus (self->save);
    }
  g_clear_pointer (&reading, free_reading);
}

static void
read_standings (SakNoticeWindow *self)
{
  sak_session_call (self->session, sak_session_new_call (self->session), read_job, free_reading, self->cancellable,
                    read_cb, sak_weak_point_at (self));
}

/* --- Making --- */

static gpointer
make_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autofree const char **add = sak_notice_wish_get_names (call->fields, "add");
  g_autofree const char **rename = sak_notice_wish_get_names (call->fields, "rename");
  g_autofree const char **revoke = sak_notice_wish_get_names (call->fields, "revoke");
  const SakNoticeChange change = { add, rename, revoke, call->id, call->text };
  g_autofree char *id = sak_notice_make (call->vault, &change, error);

  return id != NULL ? SAK_JOB_DONE : NULL;
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SakNoticeWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean is_made = sak_session_call_finish (result, &error) != NULL;

  if (self == NULL)
    return;
  self->is_busy = FALSE;
  self->is_stale = is_made;
  hold_choices (self);
  sak_build_say (self->outcome, is_made ? _("The notice is made and signed. It goes with your next bundle to each "
                                            "member, or as a file.")
                                        : sak_words_for_own_notice_error (error), !is_made);
  if (!is_made)
    return;
  gtk_editable_set_text (self->why, "");
  sak_session_changed (self->session);
  read_standings (self);
}

static void
make_confirmed (GtkWidget  *asker,
                const char *text,
                gpointer    unused)
{
  SakNoticeWindow *self = SAK_NOTICE_WINDOW (asker);
  g_auto (SakNoticeWish) wish = { NULL };
  SakCall *call;

  if (self->is_busy || self->is_stale || sak_session_is_locked (self->session))
    return;
  sak_notice_wish_read (&wish, self->list);
  call = sak_session_new_call (self->session);
  call->fields = sak_notice_wish_to_json (&wish);
  if (wish.revoke->len > 0)
    {
      call->id = dup_since (self);
      call->text = dup_why (self);
    }
  self->is_busy = TRUE;
  hold_choices (self);
  sak_session_call (self->session, call, make_job, NULL, NULL, made_cb, sak_weak_point_at (self));
}

/* Who revokes says since when, and why: others decide by it what they still believe. */
static gboolean
check_revoking (SakNoticeWindow *self)
{
  g_autofree char *since = dup_since (self);
  g_autofree char *why = dup_why (self);

  if (since == NULL)
    {
      sak_build_say (self->outcome, _("Write the day since which the key counts no more: day, month and year."), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->since));
    }
  else if (*why == '\0')
    {
      sak_build_say (self->outcome, _("Write why the key counts no more, such as: the laptop was taken."), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->why));
    }
  return since != NULL && *why != '\0';
}

static void
make_clicked_cb (SakNoticeWindow *self)
{
  g_auto (SakNoticeWish) wish = { NULL };
  g_autofree char *names = NULL;
  g_autofree char *body = NULL;

  if (self->is_busy || self->is_stale)
    return;
  sak_build_say (self->outcome, "", FALSE);
  sak_notice_wish_read (&wish, self->list);
  if (wish.revoke->len == 0)
    {
      make_confirmed (GTK_WIDGET (self), NULL, NULL);
      return;
    }
  if (!check_revoking (self))
    return;
  names = sak_notice_wish_join (wish.revoke);
  /* Translators: %s is a list of contacts */
  body = g_strdup_printf (_("Everybody who believes your notices will accept nothing more from %s, nor will this "
                            "vault. This cannot be taken back: whoever it is about needs a new vault, and a new "
                            "card."), names);
  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Revoke these keys for the whole network?"), body,
           _("Revoke and make the notice"), make_confirmed, NULL);
}

/* --- Saving --- */

static gpointer
save_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autofree char *written = sak_replacing_begin (call->filename);

  if (!sak_notice_save (call->vault, written, error))
    return NULL;
  if (sak_replacing_finish (written, call->filename, error))
    return SAK_JOB_DONE;
  (void) g_unlink (written);
  return NULL;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SakNoticeWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = sak_session_call_finish (result, &error) != NULL;

  if (self != NULL)
    sak_build_say (self->outcome,
                   is_saved ? _("Saved. The file is signed, and not encrypted: whoever has it reads who belongs to the "
                                "network. Members choose it under “Import a bundle”.")
                            : sak_words_for_error (error), !is_saved);
}

static void
place_picked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakNoticeWindow) self = sak_weak_take (data);
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  SakCall *call;

  if (self == NULL || file == NULL || sak_session_is_locked (self->session))
    return;
  if (g_file_peek_path (file) == NULL)
    {
      sak_build_say (self->outcome, sak_words_about_far_place (), TRUE);
      return;
    }
  call = sak_session_new_call (self->session);
  call->filename = g_file_get_path (file);
  sak_session_call (self->session, call, save_job, NULL, NULL, saved_cb, sak_weak_point_at (self));
}

/* The suggested name says nothing. */
static void
save_clicked_cb (SakNoticeWindow *self)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("%.8s.sakkhi-notice", uuid);

  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_SAVE, _("Save the notice"), _("Save"), name, self->cancellable,
                         place_picked_cb, sak_weak_point_at (self));
}

/* --- The window --- */

/* Whether something is chosen or written that no notice has yet. */
static gboolean
is_filled (SakNoticeWindow *self)
{
  g_auto (SakNoticeWish) wish = { NULL };
  g_autofree char *why = dup_why (self);

  if (self->is_stale)
    return FALSE;
  sak_notice_wish_read (&wish, self->list);
  return wish.add->len > 0 || wish.rename->len > 0 || wish.revoke->len > 0 || *why != '\0';
}

/* What was begun cannot be stopped; its answer says that it is done, or why not. */
static gboolean
sak_notice_window_close_request (GtkWindow *window)
{
  SakNoticeWindow *self = SAK_NOTICE_WINDOW (window);

  if (!sak_session_is_locked (self->session) && (self->is_busy || (is_filled (self) && sak_giving_up_ask (window))))
    return TRUE;
  return GTK_WINDOW_CLASS (sak_notice_window_parent_class)->close_request (window);
}

static void
sak_notice_window_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_NOTICE_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (sak_notice_window_parent_class)->dispose (object);
}

static void
sak_notice_window_finalize (GObject *object)
{
  SakNoticeWindow *self = SAK_NOTICE_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (sak_notice_window_parent_class)->finalize (object);
}

static void
sak_notice_window_class_init (SakNoticeWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_notice_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_notice_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sak_notice_window_close_request;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
build_revoking (SakNoticeWindow *self)
{
  GtkWidget *box = sak_build_boxed (NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  self->revoking = box;
  self->since = SAK_DAY_ENTRY (sak_day_entry_new ());
  self->why = GTK_EDITABLE (gtk_entry_new ());
  sak_day_entry_set_name (self->since, _("Since which day the key counts no more"));
  sak_day_entry_set_edtf (self->since, today);
  gtk_entry_set_max_length (GTK_ENTRY (self->why), 300);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->why), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Why the key counts no more"), -1);
  gtk_box_append (GTK_BOX (box), sak_build_label (_("Since which day the key counts no more"), "sak-field-label"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->since));
  gtk_box_append (GTK_BOX (box), sak_build_label (_("Why the key counts no more"), "sak-field-label"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->why));
  gtk_box_append (GTK_BOX (box), sak_build_label (_("All members read this. Name nobody in it."), "dim-label"));
  g_signal_connect_object (self->since, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->why, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (box, FALSE);
}

static void
sak_notice_window_init (SakNoticeWindow *self)
{
  GtkBox *box;
  GtkWidget *list = gtk_list_box_new ();

  self->cancellable = g_cancellable_new ();
  /* Translators: a button: makes a network notice */
  self->make = sak_build_button (_("Make the notice"), "suggested-action", G_CALLBACK (make_clicked_cb), self);
  gtk_widget_set_sensitive (self->make, FALSE);
  sak_build_window (ADW_WINDOW (self), 620, self->make, &box, &self->outcome);
  self->list = GTK_LIST_BOX (list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Contacts"), -1);
  self->last = GTK_LABEL (sak_build_label ("", NULL));
  self->preview = GTK_LABEL (sak_build_label ("", NULL));
  self->save = sak_build_button (_("Save as a file…"), NULL, G_CALLBACK (save_clicked_cb), self);
  build_revoking (self);
  gtk_box_append (box, sak_build_label (_("A network notice is the secretariat’s signed word on who belongs to the "
                                          "network, and whose keys count no more: somebody left, or a laptop was "
                                          "taken. Only those who chose to believe your notices follow it."), NULL));
  gtk_box_append (box, GTK_WIDGET (self->last));
  gtk_box_append (box, self->save);
  gtk_box_append (box, list);
  gtk_box_append (box, self->revoking);
  /* Translators: above the words of a notice that is about to be made */
  gtk_box_append (box, sak_build_heading (_("What the next notice will say")));
  gtk_box_append (box, GTK_WIDGET (self->preview));
}

GtkWidget *
sak_notice_window_new (GtkWindow  *parent,
                       SakSession *session)
{
  SakNoticeWindow *self = g_object_new (SAK_TYPE_NOTICE_WINDOW, "transient-for", parent, "modal", TRUE,
                                        "destroy-with-parent", TRUE, "title", _("Network notice"),
                                        "default-width", 660, "default-height", 560, NULL);

  self->session = g_object_ref (session);
  read_standings (self);
  return GTK_WIDGET (self);
}
