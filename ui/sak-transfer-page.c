/* sak-transfer-page.c - what was sent to whom and whether it arrived, what came, and receipts
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-transfer-page.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-due.h"
#include "ui/sak-build.h"
#include "ui/sak-carriers-window.h"
#include "ui/sak-courier.h"
#include "ui/sak-exchange-list.h"
#include "ui/sak-fetch-panel.h"
#include "ui/sak-outbox-view.h"
#include "ui/sak-question-list.h"
#include "ui/sak-sent-list.h"
#include "ui/words/sak-words-number.h"

#define SLICE 2000

struct _SakTransferPage
{
  AdwBin parent_instance;
  GtkLabel *ready;
  GtkWidget *make_bundle;
  GtkBox *talk;
  SakQuestionList *questions;
  SakOutboxView *waiting;
  GtkBox *outbox;
  GtkBox *fetch;
  GtkBox *exchanges;
  GtkBox *sent;                 /* to one contact, once asked for */
  GtkBox *came;
  SakSession *session;
  GCancellable *cancellable;
  guint n_unsent;
};

typedef struct
{
  gint64 cursor;
  guint n;
} Slice;

G_DEFINE_FINAL_TYPE (SakTransferPage, sak_transfer_page, ADW_TYPE_BIN)

static void count_slice (SakTransferPage *self,
                         gint64           cursor);

static gpointer
slice_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  g_autofree Slice *slice = g_new0 (Slice, 1);

  slice->cursor = call->first;
  return sak_vault_count_unsent (call->vault, SLICE, &slice->cursor, &slice->n, error) ? g_steal_pointer (&slice)
                                                                                     : NULL;
}

static void
show_ready (SakTransferPage *self)
{
  g_autofree char *words = NULL;

  if (self->n_unsent == 0)
    words = g_strdup (_("Everything that is finished was put into a bundle for somebody."));
  else
    words = sak_words_print (ngettext ("%u record is finished and was not put into a bundle yet",
                                       "%u records are finished and were not put into a bundle yet",
                                       self->n_unsent), self->n_unsent);
  gtk_label_set_label (self->ready, words);
}

static void
slice_counted_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakTransferPage) self = data;
  g_autofree Slice *slice = sak_session_call_finish (result, NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->ready), slice != NULL);
  if (slice == NULL)
    return;
  self->n_unsent += slice->n;
  if (slice->cursor != 0)
    count_slice (self, slice->cursor);
  else
    show_ready (self);
}

/* Between other work: there may be a million records. */
static void
count_slice (SakTransferPage *self,
             gint64           cursor)
{
  SakCall *call = sak_session_new_call (self->session);

  call->first = cursor;
  sak_session_call (self->session, call, slice_job, g_free, self->cancellable, slice_counted_cb, g_object_ref (self));
}

static void
show_sent_cb (SakTransferPage *self,
              const char      *contact)
{
  /* Translators: %s is a contact's name */
  g_autofree char *heading = g_strdup_printf (_("Sent to %s"), contact);
  GtkWidget *label = sak_build_heading (heading);
  GtkWidget *list;

  sak_build_empty (self->sent);
  gtk_box_append (self->sent, label);
  list = sak_sent_list_new (self->session, contact);
  sak_sent_list_take_focus (SAK_SENT_LIST (list));
  gtk_box_append (self->sent, list);
  gtk_widget_set_visible (GTK_WIDGET (self->sent), TRUE);
}

static void
ways_clicked_cb (SakTransferPage *self)
{
  gtk_window_present (GTK_WINDOW (sak_carriers_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                                           self->session)));
}

/* Below its heading, what came since too. */
static void
came_cb (SakTransferPage *self)
{
  gtk_box_remove (self->came, gtk_widget_get_last_child (GTK_WIDGET (self->came)));
  gtk_box_append (self->came, sak_sent_list_new (self->session, NULL));
}

static void
append_carriers (SakTransferPage *self,
                 SakSession      *session)
{
  GtkWidget *panel = sak_fetch_panel_new (session);

  g_signal_connect_object (panel, "came", G_CALLBACK (came_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sak_courier_get (session), "changed", G_CALLBACK (sak_fetch_panel_reload), panel,
                           G_CONNECT_SWAPPED);
  self->waiting = SAK_OUTBOX_VIEW (sak_outbox_view_new (session));
  gtk_box_append (self->outbox, GTK_WIDGET (self->waiting));
  gtk_box_append (self->fetch, panel);
  gtk_box_append (self->fetch, sak_build_button (_("Ways to send…"), NULL, G_CALLBACK (ways_clicked_cb), self));
}

static gboolean
sak_transfer_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (SAK_TRANSFER_PAGE (widget)->make_bundle);
}

static void
sak_transfer_page_dispose (GObject *object)
{
  SakTransferPage *self = SAK_TRANSFER_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_transfer_page_parent_class)->dispose (object);
}

static void
sak_transfer_page_finalize (GObject *object)
{
  g_object_unref (SAK_TRANSFER_PAGE (object)->cancellable);
  G_OBJECT_CLASS (sak_transfer_page_parent_class)->finalize (object);
}

static void
sak_transfer_page_class_init (SakTransferPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_transfer_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_transfer_page_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_transfer_page_grab_focus);
}

static GtkWidget *
make_way (const char *label,
          const char *place)
{
  GtkWidget *button = sak_build_button (label, NULL, NULL, NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", place);
  return button;
}

static GtkBox *
append_section (GtkBox     *box,
                const char *heading)
{
  GtkWidget *section = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  if (heading != NULL)
    gtk_box_append (GTK_BOX (section), sak_build_heading (heading));
  gtk_box_append (box, section);
  return GTK_BOX (section);
}

static void
sak_transfer_page_init (SakTransferPage *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkBox *box;
  GtkBox *ready;

  self->cancellable = g_cancellable_new ();
  adw_bin_set_child (ADW_BIN (self), sak_build_page (&box));
  ready = append_section (box, _("To send"));
  self->ready = GTK_LABEL (sak_build_label (_("Looking…"), NULL));
  gtk_box_append (ready, GTK_WIDGET (self->ready));
  self->make_bundle = make_way (_("Make a bundle…"), "export");
  gtk_box_append (GTK_BOX (buttons), self->make_bundle);
  gtk_box_append (GTK_BOX (buttons), make_way (_("Import a bundle…"), "import"));
  gtk_box_append (ready, buttons);
  self->talk = append_section (box, NULL);
  self->outbox = append_section (box, NULL);
  /* Translators: the heading of looking on sticks and servers for bundles that others put there */
  self->fetch = append_section (box, _("Look for bundles"));
  self->exchanges = append_section (box, _("With each contact"));
  self->sent = append_section (box, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sent), FALSE);
  self->came = append_section (box, _("Bundles that came"));
}

GtkWidget *
sak_transfer_page_new (SakSession *session)
{
  SakTransferPage *self = g_object_new (SAK_TYPE_TRANSFER_PAGE, NULL);
  GtkWidget *exchanges = sak_exchange_list_new (session);

  self->session = g_object_ref (session);
  g_signal_connect_object (exchanges, "show-sent", G_CALLBACK (show_sent_cb), self, G_CONNECT_SWAPPED);
  self->questions = SAK_QUESTION_LIST (sak_question_list_new (session));
  gtk_box_append (self->talk, GTK_WIDGET (self->questions));
  append_carriers (self, session);
  gtk_box_append (self->exchanges, exchanges);
  gtk_box_append (self->came, sak_sent_list_new (session, NULL));
  count_slice (self, 0);
  return GTK_WIDGET (self);
}

void
sak_transfer_page_show_questions (SakTransferPage *self)
{
  sak_question_list_take_focus (self->questions);
}

void
sak_transfer_page_show_outbox (SakTransferPage *self)
{
  sak_outbox_view_take_focus (self->waiting);
}
