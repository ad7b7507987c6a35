/* sak-scan-window.c - reads a contact card from a QR code: by the camera, or from a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is taken in before the person says so, and nothing of any picture is kept.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-camera-view.h"
#include "ui/sak-found-card.h"
#include "ui/sak-scan-intake.h"
#include "ui/sak-scan-window.h"
#include "ui/sak-scan.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-codes.h"
#include "ui/words/sak-words.h"

struct _SakScanWindow
{
  AdwWindow parent_instance;
  GtkBox *box;
  GtkWidget *asking;            /* all that stands above the camera's picture */
  GtkWidget *start;
  SakCameraView *camera;
  GtkWidget *found;             /* NULL, or what was read */
  GtkLabel *words;
  SakSession *session;
  SakScanIntake *intake;
  GCancellable *cancellable;
  GCancellable *looking;        /* at what came last; the answer about anything before it is not waited for any more */
  char *card;                   /* what is shown, as text; or NULL */
  gboolean is_busy;             /* taking it in */
  gboolean has_seen;            /* the camera, another code than a card's, which was said */
};

G_DEFINE_FINAL_TYPE (SakScanWindow, sak_scan_window, ADW_TYPE_WINDOW)

static guint imported_signal;

static void
say (SakScanWindow *self,
     const char    *words,
     gboolean       is_warning)
{
  /* Setting what it says already would have a screen reader say it again and again. */
  const char *now = g_object_get_data (G_OBJECT (self->words), "sak-said");

  if (g_strcmp0 (now, words) == 0)
    return;
  g_object_set_data_full (G_OBJECT (self->words), "sak-said", g_strdup (words), g_free);
  sak_build_say (self->words, words, is_warning);
}

/* What was found */

static void
look_anew (SakScanWindow *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
}

/* An answer that came meanwhile is not cancelled by it: whether it is about what was asked last. */
static gboolean
is_awaited (SakScanWindow *self,
            GAsyncResult  *result)
{
  return self != NULL && !g_cancellable_is_cancelled (self->looking) &&
         g_task_get_cancellable (G_TASK (result)) == self->looking;
}

static void
forget_found (SakScanWindow *self)
{
  look_anew (self);
  g_clear_pointer (&self->card, g_free);
  if (self->found == NULL)
    return;
  gtk_widget_set_visible (self->asking, TRUE);
  gtk_widget_grab_focus (self->start);
  gtk_box_remove (self->box, self->found);
  self->found = NULL;
}

static void
declined_cb (SakScanWindow *self)
{
  forget_found (self);
  say (self, "", FALSE);
}

static gpointer
import_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;

  return sak_card_import (call->vault, call->text, strlen (call->text), error);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakScanWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_session_call_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->is_busy = FALSE;
  if (contact == NULL)
    {
      gtk_widget_set_sensitive (self->found, TRUE);
      say (self, sak_words_for_bundle_error (error), TRUE);
      return;
    }
  g_signal_emit (self, imported_signal, 0, contact->name);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* Done even if the vault is locked meanwhile: it was said. */
static void
accepted_cb (SakScanWindow *self)
{
  SakCall *call;

  if (self->is_busy || self->card == NULL || sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  self->is_busy = TRUE;
  gtk_widget_set_sensitive (self->found, FALSE);
  call->text = g_strdup (self->card);
  sak_session_call (self->session, call, import_job, (GDestroyNotify) sak_contact_free, NULL, imported_cb,
                    sak_weak_point_at (self));
}

typedef struct
{
  SakContact *contact;
  SakCardStanding standing;
  char *card;
} Found;

static void
free_found (gpointer data)
{
  Found *found = data;

  sak_contact_free (found->contact);
  g_free (found->card);
  g_free (found);
}

static gpointer
look_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  SakCardStanding standing = SAK_CARD_NEW;
  SakContact *contact = sak_card_look (call->vault, call->text, strlen (call->text), &standing, error);
  Found *found;

  if (contact == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  found->contact = contact;
  found->standing = standing;
  found->card = g_strdup (call->text);
  return found;
}

static void
show_found (SakScanWindow *self,
            const Found   *found)
{
  self->card = g_strdup (found->card);
  self->found = sak_found_card_new (found->contact, found->standing);
  g_signal_connect_object (self->found, "accepted", G_CALLBACK (accepted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->found, "declined", G_CALLBACK (declined_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, self->found);
  gtk_widget_grab_focus (self->found);
  gtk_widget_set_visible (self->asking, FALSE);
  say (self, "", FALSE);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakScanWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  Found *found = sak_session_call_finish (result, &error);

  if (is_awaited (self, result) && self->found == NULL)
    {
      if (found != NULL)
        show_found (self, found);
      else
        say (self, sak_words_for_bundle_error (error), TRUE);
    }
  g_clear_pointer (&found, free_found);
}

/* @card: what is to be judged; taken. */
static void
look_at_card (SakScanWindow *self,
              char          *card)
{
  SakCall *call = sak_session_new_call (self->session);

  forget_found (self);
  sak_camera_view_stop (self->camera);
  call->text = card;
  sak_session_call (self->session, call, look_job, free_found, self->looking, looked_cb, sak_weak_point_at (self));
}

/* Pictures */

static void
scanned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakScanWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) codes = sak_scan_finish (result, &error);
  SakCodesKind kind;
  char *card = NULL;

  if (!is_awaited (self, result))
    return;
  if (codes == NULL)
    {
      say (self, sak_words_for_codes_error (error), TRUE);
      return;
    }
  kind = sak_codes_judge (codes, &card);
  if (kind == SAK_CODES_CARD)
    look_at_card (self, card);
  else
    say (self, sak_words_for_codes (kind, FALSE), TRUE);
}

/* Before something else is looked at; not while something is taken in. */
static gboolean
begin (SakScanWindow *self)
{
  if (self->is_busy)
    return FALSE;
  sak_camera_view_stop (self->camera);
  forget_found (self);
  say (self, _("Looking for a code…"), FALSE);
  return TRUE;
}

void
sak_scan_window_open (SakScanWindow *self,
                      const char    *path)
{
  if (begin (self))
    sak_scan_file_async (path, self->looking, scanned_cb, sak_weak_point_at (self));
}

static void
picture_pasted_cb (SakScanWindow *self,
                   GBytes        *bytes)
{
  if (begin (self))
    sak_scan_bytes_async (bytes, self->looking, scanned_cb, sak_weak_point_at (self));
}

static void
text_pasted_cb (SakScanWindow *self,
                const char    *text)
{
  if (begin (self))
    look_at_card (self, g_strdup (text));
}

static void
nothing_pasted_cb (SakScanWindow *self)
{
  say (self, _("There is no picture, file or text of a code to paste. Copy one first."), TRUE);
}

static void
picture_picked_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SakScanWindow) self = sak_weak_take (data);
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  if (self == NULL || file == NULL || self->session == NULL)
    return;
  if (g_file_peek_path (file) != NULL)
    sak_scan_window_open (self, g_file_peek_path (file));
  else
    say (self, sak_words_about_far_place (), TRUE);
}

static void
choose_clicked_cb (SakScanWindow *self)
{
  sak_camera_view_stop (self->camera);
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN, _("Choose a picture of a code"), _("Read"), NULL,
                         self->cancellable, picture_picked_cb, sak_weak_point_at (self));
}

static void
paste_clicked_cb (SakScanWindow *self)
{
  sak_scan_intake_paste (self->intake);
}

static gboolean
paste_pressed_cb (GtkWidget *widget,
                  GVariant  *args,
                  gpointer   unused)
{
  paste_clicked_cb (SAK_SCAN_WINDOW (widget));
  return TRUE;
}

/* The camera */

static void
start_clicked_cb (SakScanWindow *self)
{
  self->has_seen = FALSE;
  sak_camera_view_start (self->camera);
}

static void
camera_changed_cb (SakScanWindow *self)
{
  gboolean is_on = sak_camera_view_is_on (self->camera);
  const char *words = sak_camera_view_get_words (self->camera);

  if (is_on)
    gtk_widget_grab_focus (GTK_WIDGET (self->camera));
  gtk_widget_set_visible (self->asking, !is_on && self->found == NULL);
  if (!is_on && self->found == NULL)
    gtk_widget_grab_focus (self->start);
  if (words == NULL)
    words = is_on ? sak_words_for_codes (SAK_CODES_NONE, TRUE) : "";
  say (self, words, !is_on);
}

/* What is no card is said once and stays said, though the next picture has nothing. */
static void
camera_read_cb (SakScanWindow *self,
                GPtrArray     *codes)
{
  char *card = NULL;
  SakCodesKind kind = sak_codes_judge (codes, &card);

  if (kind == SAK_CODES_CARD)
    look_at_card (self, card);
  else if (kind != SAK_CODES_NONE)
    say (self, sak_words_for_codes (kind, TRUE), TRUE);
  else if (!self->has_seen)
    say (self, sak_words_for_codes (kind, TRUE), FALSE);
  self->has_seen |= kind != SAK_CODES_NONE;
}

/* The window */

/* What was begun cannot be stopped; its answer closes the window, or says why not. */
static gboolean
sak_scan_window_close_request (GtkWindow *window)
{
  SakScanWindow *self = SAK_SCAN_WINDOW (window);

  if (self->is_busy && !sak_session_is_locked (self->session))
    return TRUE;
  return GTK_WINDOW_CLASS (sak_scan_window_parent_class)->close_request (window);
}

static void
sak_scan_window_dispose (GObject *object)
{
  SakScanWindow *self = SAK_SCAN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->looking);
  if (self->intake != NULL)
    sak_scan_intake_end (self->intake);
  g_clear_object (&self->intake);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_scan_window_parent_class)->dispose (object);
}

static void
sak_scan_window_finalize (GObject *object)
{
  SakScanWindow *self = SAK_SCAN_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->looking);
  g_free (self->card);
  G_OBJECT_CLASS (sak_scan_window_parent_class)->finalize (object);
}

static void
sak_scan_window_class_init (SakScanWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_scan_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_scan_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sak_scan_window_close_request;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, paste_pressed_cb, NULL);
  imported_signal = g_signal_new ("imported", SAK_TYPE_SCAN_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_asking (SakScanWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("The other person opens “Contacts”, then “Show my code…”. Hold that screen before "
                                     "the camera here, or choose a photo or picture of it."), NULL));
  self->start = sak_build_button (_("Use the camera"), "suggested-action", G_CALLBACK (start_clicked_cb), self);
  gtk_box_append (GTK_BOX (row), self->start);
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Choose a picture…"), NULL, G_CALLBACK (choose_clicked_cb), self));
  gtk_box_append (GTK_BOX (row), sak_build_button (C_("media", "Paste"), NULL, G_CALLBACK (paste_clicked_cb), self));
  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), sak_build_label (_("You can also drop a picture here, or paste the text that another "
                                                    "program read from the code. Nothing of the camera or of a picture "
                                                    "is kept."), "dim-label"));
  return box;
}

static void
sak_scan_window_init (SakScanWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->looking = g_cancellable_new ();
  sak_build_window (ADW_WINDOW (self), 640, NULL, &self->box, &self->words);
  gtk_widget_set_margin_end (GTK_WIDGET (self->words), 18);
  self->asking = make_asking (self);
  self->camera = SAK_CAMERA_VIEW (sak_camera_view_new ());
  gtk_box_append (self->box, self->asking);
  gtk_box_append (self->box, GTK_WIDGET (self->camera));
  self->intake = sak_scan_intake_new (GTK_WIDGET (self));
  g_signal_connect_object (self->intake, "file", G_CALLBACK (sak_scan_window_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->intake, "picture", G_CALLBACK (picture_pasted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->intake, "text", G_CALLBACK (text_pasted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->intake, "nothing", G_CALLBACK (nothing_pasted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "changed", G_CALLBACK (camera_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "read", G_CALLBACK (camera_read_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sak_scan_window_new (GtkWindow  *parent,
                     SakSession *session)
{
  SakScanWindow *self = g_object_new (SAK_TYPE_SCAN_WINDOW, "transient-for", parent, "modal", TRUE,
                                      "destroy-with-parent", TRUE, "title", _("Read a code"),
                                      "default-width", 720, "default-height", 560, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
