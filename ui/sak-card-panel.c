/* sak-card-panel.c - one's own contact card, offered when a vault is new
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-card-panel.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-card.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-card-window.h"
#include "ui/sak-contacts-page.h"
#include "ui/words/sak-words.h"

struct _SakCardPanel
{
  AdwBin parent_instance;
  GtkLabel *code;
  GtkWidget *begin;
  GtkLabel *outcome;
  SakSession *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakCardPanel, sak_card_panel, ADW_TYPE_BIN)

enum { SIGNAL_FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

gpointer
sak_card_save_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;
  g_autofree char *card = sak_card_export (call->vault, NULL, error);
  g_autoptr (GError) local_error = NULL;

  if (card == NULL)
    return NULL;
  if (!g_file_set_contents (call->filename, card, -1, &local_error))
    {
      g_set_error (error, SAK_ERROR, SAK_ERROR_IO, "%s", local_error->message);
      return NULL;
    }
  return SAK_JOB_DONE;
}

static gpointer
read_code_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;

  return sak_card_get_own_code (call->vault, error);
}

static void
code_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakCardPanel) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *code = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (code != NULL)
    gtk_label_set_label (self->code, code);
  else
    sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
}

static void
card_saved_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakCardPanel) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_saved = sak_session_call_finish (result, &error) != NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  sak_build_say (self->outcome, is_saved ? _("Your card is saved. Give it to the others by stick, mail or chat.")
                                         : sak_words_for_error (error), !is_saved);
  gtk_widget_grab_focus (self->begin);
}

static void
place_picked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakCardPanel) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  SakCall *call;

  if (file == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  call = sak_session_new_call (self->session);
  call->filename = g_file_get_path (file);
  sak_session_call (self->session, call, sak_card_save_job, NULL, NULL, card_saved_cb, g_object_ref (self));
}

static void
save_clicked_cb (SakCardPanel *self)
{
  g_autofree char *name = sak_contacts_dup_file_name (sak_session_get_name (self->session), ".sakkhi-card");

  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_SAVE, _("Save your contact card"), _("Save"), name, NULL,
                         place_picked_cb, g_object_ref (self));
}

static void
show_clicked_cb (SakCardPanel *self)
{
  sak_card_window_show (GTK_WIDGET (self), self->session);
}

static void
begin_clicked_cb (SakCardPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

static gboolean
sak_card_panel_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_CARD_PANEL (widget)->begin);
}

static void
sak_card_panel_dispose (GObject *object)
{
  SakCardPanel *self = SAK_CARD_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_card_panel_parent_class)->dispose (object);
}

static void
sak_card_panel_finalize (GObject *object)
{
  g_object_unref (SAK_CARD_PANEL (object)->cancellable);
  G_OBJECT_CLASS (sak_card_panel_parent_class)->finalize (object);
}

static void
sak_card_panel_class_init (SakCardPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_card_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_card_panel_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_card_panel_grab_focus);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", SAK_TYPE_CARD_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);
}

static void
sak_card_panel_init (SakCardPanel *self)
{
  GtkWidget *box = sak_build_boxed (_("Your contact card"));
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->cancellable = g_cancellable_new ();
  gtk_box_append (GTK_BOX (box),
                  sak_build_label (_("With it, others can send you what only you can read, and know what really comes "
                                     "from you. It holds your name and organisation as you wrote them, and no secret. "
                                     "You find it later under Contacts, too."), NULL));
  gtk_box_append (GTK_BOX (box), sak_build_label (_("When somebody has your card, read this out to them by voice:"),
                                                  NULL));
  self->code = GTK_LABEL (sak_build_label ("", "sak-code"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->code));
  self->begin = sak_build_button (_("To the vault"), "suggested-action", G_CALLBACK (begin_clicked_cb), self);
  gtk_box_append (GTK_BOX (buttons), self->begin);
  gtk_box_append (GTK_BOX (buttons), sak_build_button (_("Save the card…"), NULL, G_CALLBACK (save_clicked_cb), self));
  gtk_box_append (GTK_BOX (buttons), sak_build_button (_("Show my code…"), NULL, G_CALLBACK (show_clicked_cb), self));
  gtk_box_append (GTK_BOX (box), buttons);
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_card_panel_new (SakSession *session)
{
  SakCardPanel *self = g_object_new (SAK_TYPE_CARD_PANEL, NULL);

  self->session = g_object_ref (session);
  sak_session_call (session, sak_session_new_call (session), read_code_job, g_free, self->cancellable, code_read_cb,
                    g_object_ref (self));
  return GTK_WIDGET (self);
}
