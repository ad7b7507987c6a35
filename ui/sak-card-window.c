/* sak-card-window.c - one's own contact card as a QR code, to be read from the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The code stands still; only the words beside it scroll, or below it where the window is narrow.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-card-window.h"
#include "ui/sak-columns.h"
#include "ui/sak-contacts-page.h"
#include "ui/sak-qr-view.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-qr-picture.h"
#include "ui/words/sak-words.h"

#define LEAST_WORDS 100

struct _SakCardWindow
{
  AdwWindow parent_instance;
  SakQrView *qr;
  GtkLabel *name;
  GtkLabel *organisation;
  GtkLabel *code;
  GtkButton *save;
  GtkLabel *outcome;
  SakSession *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakCardWindow, sak_card_window, ADW_TYPE_WINDOW)

typedef struct
{
  SakContact *contact;          /* as others will read it */
  char *code;
  SakSecret *modules;
  guint width;
} Shown;

static void
free_shown (gpointer data)
{
  Shown *shown = data;

  sak_contact_free (shown->contact);
  g_free (shown->code);
  g_clear_pointer (&shown->modules, sak_secret_unref);
  g_free (shown);
}

/* What is shown was read back: the names stand on it as they are in the code. */
static gpointer
draw_card_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;
  g_autofree char *card = sak_card_export (call->vault, NULL, error);
  g_autofree char *text = card != NULL ? sak_card_qr_from_card (card, strlen (card), error) : NULL;
  g_autoptr (SakSecret) secret = text != NULL ? sak_secret_new_copy (text, strlen (text)) : NULL;
  SakContact *contact = text != NULL ? sak_card_parse (text, strlen (text), error) : NULL;
  Shown *shown;

  if (contact == NULL)
    return NULL;
  shown = g_new0 (Shown, 1);
  shown->contact = contact;
  shown->code = sak_card_get_code (contact);
  shown->modules = sak_qr_encode (secret, &shown->width, error);
  if (shown->modules == NULL)
    g_clear_pointer (&shown, free_shown);
  return shown;
}

static void
card_drawn_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakCardWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  Shown *shown = sak_session_call_finish (result, &error);

  if (self != NULL && shown != NULL)
    {
      sak_qr_view_set (self->qr, shown->modules, shown->width);
      gtk_label_set_label (self->name, shown->contact->name);
      gtk_label_set_label (self->organisation, shown->contact->organisation);
      gtk_widget_set_visible (GTK_WIDGET (self->organisation), shown->contact->organisation[0] != '\0');
      gtk_label_set_label (self->code, shown->code);
      gtk_widget_set_sensitive (GTK_WIDGET (self->save), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->save));
    }
  else if (self != NULL)
    sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
  g_clear_pointer (&shown, free_shown);
}

/* Saving */

static gpointer
save_picture_job (gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SakCall *call = data;
  Shown *shown = draw_card_job (data, cancellable, error);
  g_autoptr (GBytes) png = shown != NULL ? sak_qr_to_png (shown->modules, shown->width) : NULL;
  g_autoptr (GError) local_error = NULL;

  g_clear_pointer (&shown, free_shown);
  if (png == NULL)
    return NULL;
  if (g_file_set_contents (call->filename, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png),
                           &local_error))
    return SAK_JOB_DONE;
  g_set_error (error, SAK_ERROR, SAK_ERROR_IO, "%s", local_error->message);
  return NULL;
}

static void
picture_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakCardWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = sak_session_call_finish (result, &error) != NULL;

  if (self != NULL)
    sak_build_say (self->outcome, is_saved ? _("The picture is saved. Send it by mail or chat: it holds no secret. "
                                               "Then compare the codes.")
                                           : sak_words_for_error (error), !is_saved);
}

static void
place_picked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakCardWindow) self = sak_weak_take (data);
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  SakCall *call;

  if (file == NULL || self == NULL || self->session == NULL)
    return;
  if (g_file_peek_path (file) == NULL)
    {
      sak_build_say (self->outcome, sak_words_about_far_place (), TRUE);
      return;
    }
  call = sak_session_new_call (self->session);
  call->filename = g_file_get_path (file);
  sak_session_call (self->session, call, save_picture_job, NULL, self->cancellable, picture_saved_cb,
                    sak_weak_point_at (self));
}

static void
save_clicked_cb (SakCardWindow *self)
{
  g_autofree char *name = sak_contacts_dup_file_name (sak_session_get_name (self->session), ".png");

  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_SAVE, _("Save the code as a picture"), _("Save"), name,
                         self->cancellable, place_picked_cb, sak_weak_point_at (self));
}

/* The window */

static void
sak_card_window_dispose (GObject *object)
{
  SakCardWindow *self = SAK_CARD_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_card_window_parent_class)->dispose (object);
}

static void
sak_card_window_finalize (GObject *object)
{
  g_clear_object (&SAK_CARD_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (sak_card_window_parent_class)->finalize (object);
}

static void
sak_card_window_class_init (SakCardWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_card_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_card_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkLabel *
append_label (GtkBox     *box,
              const char *words,
              const char *css_class)
{
  GtkWidget *label = sak_build_label (words, css_class);

  gtk_box_append (box, label);
  return GTK_LABEL (label);
}

static GtkWidget *
make_words (SakCardWindow *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 10));

  self->name = append_label (box, "", "title-2");
  self->organisation = append_label (box, "", NULL);
  append_label (box, _("Who reads this code sees these digits, too. They must be the same, to the last one:"), NULL);
  self->code = append_label (box, "", "sak-code");
  append_label (box, _("The other person opens “Contacts”, then “Read a code…”, and holds this screen before their "
                       "camera, or takes a photo of it. Afterwards read theirs. It holds no secret."), NULL);
  self->save = GTK_BUTTON (sak_build_button (_("Save as a picture…"), NULL, G_CALLBACK (save_clicked_cb), self));
  /* With large letters it would else be too wide to stand beside the code. */
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (self->save)), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  gtk_box_append (box, GTK_WIDGET (self->save));
  self->outcome = append_label (box, "", NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), LEAST_WORDS);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (box));
  return scrolled;
}

static void
sak_card_window_init (SakCardWindow *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *columns;

  self->cancellable = g_cancellable_new ();
  self->qr = SAK_QR_VIEW (sak_qr_view_new (_("QR code of your contact card, for a camera")));
  columns = sak_columns_new (GTK_WIDGET (self->qr), make_words (self));
  gtk_widget_set_vexpand (columns, TRUE);
  gtk_widget_set_margin_start (columns, 12);
  gtk_widget_set_margin_end (columns, 12);
  gtk_widget_set_margin_top (columns, 12);
  gtk_widget_set_margin_bottom (columns, 12);
  gtk_box_append (GTK_BOX (content), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (content), columns);
  adw_window_set_content (ADW_WINDOW (self), content);
}

GtkWidget *
sak_card_window_new (GtkWindow  *parent,
                     SakSession *session)
{
  SakCardWindow *self = g_object_new (SAK_TYPE_CARD_WINDOW, "transient-for", parent, "modal", TRUE,
                                      "destroy-with-parent", TRUE, "title", _("Your contact card"),
                                      "default-width", 1040, "default-height", 620, NULL);

  self->session = g_object_ref (session);
  sak_session_call (session, sak_session_new_call (session), draw_card_job, free_shown, self->cancellable,
                    card_drawn_cb, sak_weak_point_at (self));
  return GTK_WIDGET (self);
}

void
sak_card_window_show (GtkWidget  *asker,
                      SakSession *session)
{
  GtkRoot *root = gtk_widget_get_root (asker);

  gtk_window_present (GTK_WINDOW (sak_card_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, session)));
}
