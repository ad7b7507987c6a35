/* sak-interrupted-window.c - recordings that were broken off: keep them, or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-recording.h"
#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/sak-interrupted-window.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

/* What sak-recorder.c makes of a second. */
#define BYTES_PER_SECOND 6000

struct _SakInterruptedWindow
{
  AdwWindow parent_instance;
  GtkBox *box;
  GtkLabel *outcome;
  SakSession *session;
  GtkWidget *asked;             /* the row that is to be discarded, while it is asked whether */
  guint n_left;
};

G_DEFINE_FINAL_TYPE (SakInterruptedWindow, sak_interrupted_window, ADW_TYPE_WINDOW)

/* One of them, with the title of its record. */
typedef struct
{
  SakRecordingInfo *info;
  char *title;
} Found;

static void
free_found (gpointer data)
{
  Found *found = data;

  sak_recording_info_free (found->info);
  g_free (found->title);
  g_free (found);
}

/* What was done with a row. */
typedef struct
{
  gpointer window;              /* sak-weak.h */
  gpointer row;                 /* the same */
  gboolean is_kept;
} Doing;

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Doing *doing = data;
  g_autoptr (SakInterruptedWindow) self = sak_weak_take (doing->window);
  g_autoptr (GtkWidget) row = sak_weak_take (doing->row);
  g_autoptr (GError) error = NULL;
  gboolean is_done = sak_session_call_finish (result, &error) != NULL;

  if (self == NULL || row == NULL)
    return;
  if (!is_done)
    {
      gtk_widget_set_sensitive (row, TRUE);
      sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
      return;
    }
  if (doing->is_kept)
    sak_session_changed (self->session);
  gtk_box_remove (self->box, row);
  self->n_left--;
  sak_build_say (self->outcome, doing->is_kept ? _("Kept: the recording is among the files of its record.")
                                               : _("The recording was discarded."), FALSE);
  if (self->n_left == 0)
    gtk_window_close (GTK_WINDOW (self));
}

static gpointer
keep_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakMediaInfo) info = sak_vault_keep_recording (call->vault, call->id, NULL, NULL, cancellable, error);

  return info != NULL ? SAK_JOB_DONE : NULL;
}

static gpointer
discard_job (gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  SakCall *call = data;

  return sak_vault_discard_recording (call->vault, call->id, error) ? SAK_JOB_DONE : NULL;
}

static void
do_with (SakInterruptedWindow *self,
         GtkWidget            *row,
         gboolean              is_kept)
{
  SakCall *call = sak_session_new_call (self->session);
  Doing *doing = g_new0 (Doing, 1);

  doing->window = sak_weak_point_at (self);
  doing->row = sak_weak_point_at (row);
  doing->is_kept = is_kept;
  call->id = g_strdup (g_object_get_data (G_OBJECT (row), "sak-id"));
  gtk_widget_set_sensitive (row, FALSE);
  /* What was recorded is worth more than a window that is closed: this is not cancelled. */
  sak_session_call (self->session, call, is_kept ? keep_job : discard_job, NULL, NULL, done_cb, doing);
}

static GtkWidget *
find_row (GtkWidget *button)
{
  while (g_object_get_data (G_OBJECT (button), "sak-id") == NULL)
    button = gtk_widget_get_parent (button);
  return button;
}

static void
keep_clicked_cb (GtkButton            *button,
                 SakInterruptedWindow *self)
{
  do_with (self, find_row (GTK_WIDGET (button)), TRUE);
}

static void
discard_accepted (GtkWidget  *asker,
                  const char *text,
                  gpointer    unused)
{
  SakInterruptedWindow *self = SAK_INTERRUPTED_WINDOW (asker);

  if (self->asked != NULL)
    do_with (self, self->asked, FALSE);
}

static void
discard_clicked_cb (GtkButton            *button,
                    SakInterruptedWindow *self)
{
  self->asked = find_row (GTK_WIDGET (button));
  sak_ask (GTK_WIDGET (self), SAK_ASK_DESTRUCTIVE, _("Discard this recording?"),
           _("What was recorded is deleted. It cannot be brought back."), _("Discard"), discard_accepted, NULL);
}

static GtkWidget *
add_button (GtkWidget            *row,
            SakInterruptedWindow *self,
            const char           *label,
            const char           *css_class,
            GCallback             clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static char *
describe (const Found *found)
{
  g_autofree char *when = sak_words_moment (found->info->started);
  guint minutes = (guint) (found->info->size_bytes / BYTES_PER_SECOND / 60);
  g_autofree char *length = minutes == 0 ? g_strdup (_("less than a minute"))
                            : sak_words_print (g_dngettext (GETTEXT_PACKAGE, "about %u minute", "about %u minutes",
                                                            minutes), minutes);

  /* Translators: %1$s is a record's title, %2$s date and time, %3$s a length of time */
  return g_strdup_printf (_("%1$s\nBegun %2$s, %3$s long"), found->title, when, length);
}

static void
add_row (SakInterruptedWindow *self,
         const Found          *found)
{
  g_autofree char *words = describe (found);
  GtkWidget *row = sak_build_boxed (NULL);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *keep;

  g_object_set_data_full (G_OBJECT (row), "sak-id", g_strdup (found->info->id), g_free);
  gtk_box_append (GTK_BOX (row), sak_build_label (words, NULL));
  /* Which one is kept, where there are several. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  keep = add_button (buttons, self, _("Keep"), "suggested-action", G_CALLBACK (keep_clicked_cb));
  add_button (buttons, self, _("Discard…"), NULL, G_CALLBACK (discard_clicked_cb));
  gtk_box_append (GTK_BOX (row), buttons);
  gtk_box_append (self->box, row);
  if (self->n_left++ == 0)
    gtk_window_set_focus (GTK_WINDOW (self), keep);
}

static void
sak_interrupted_window_finalize (GObject *object)
{
  SakInterruptedWindow *self = SAK_INTERRUPTED_WINDOW (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_interrupted_window_parent_class)->finalize (object);
}

static void
sak_interrupted_window_class_init (SakInterruptedWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_interrupted_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_interrupted_window_init (SakInterruptedWindow *self)
{
  sak_build_window (ADW_WINDOW (self), 560, NULL, &self->box, &self->outcome);
  gtk_box_append (self->box, sak_build_heading (_("A recording was interrupted")));
  gtk_box_append (self->box, sak_build_label (_("The program or the computer stopped while sound was being recorded, "
                                                "or the vault was locked. What was recorded until then is here, "
                                                "encrypted. Keep it, or discard it; until you do, this window comes "
                                                "again."), NULL));
}

/* Looking whether there are any */

typedef struct
{
  gpointer parent;              /* sak-weak.h */
  SakSession *session;
} Offer;

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autofree Offer *offer = data;
  g_autoptr (GtkWindow) parent = sak_weak_take (offer->parent);
  g_autoptr (SakSession) session = offer->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = sak_session_call_finish (result, &error);
  SakInterruptedWindow *self;

  if (parent == NULL || sak_session_is_locked (session) || (list != NULL && list->len == 0))
    return;
  if (list == NULL)
    {
      sak_tell (GTK_WIDGET (parent), _("Whether a recording was interrupted could not be read"),
                sak_words_for_error (error));
      return;
    }
  self = g_object_new (SAK_TYPE_INTERRUPTED_WINDOW, "transient-for", parent, "modal", TRUE, "destroy-with-parent",
                       TRUE, "title", _("Interrupted recordings"), "default-width", 620, "default-height", 420, NULL);
  self->session = g_object_ref (session);
  for (guint i = 0; i < list->len; i++)
    add_row (self, g_ptr_array_index (list, i));
  gtk_window_present (GTK_WINDOW (self));
}

static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) recordings = sak_vault_list_recordings (call->vault, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_found);

  if (recordings == NULL)
    return NULL;
  while (recordings->len > 0)
    {
      Found *found = g_new0 (Found, 1);
      g_autoptr (SakRecord) record = NULL;
      const char *title;

      found->info = g_ptr_array_steal_index (recordings, 0);
      record = sak_vault_load_record (call->vault, found->info->record_id, NULL);
      title = record != NULL ? sak_json_get_text (record->fields, "title") : NULL;
      found->title = g_strdup (title != NULL ? title : _("A record without a title"));
      g_ptr_array_add (list, found);
    }
  return g_steal_pointer (&list);
}

void
sak_interrupted_window_offer (GtkWindow  *parent,
                              SakSession *session)
{
  SakCall *call = sak_session_new_call (session);
  Offer *offer = g_new0 (Offer, 1);

  offer->parent = sak_weak_point_at (parent);
  offer->session = g_object_ref (session);
  sak_session_call (session, call, list_job, (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb, offer);
}
