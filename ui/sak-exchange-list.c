/* sak-exchange-list.c - how far the exchange with each contact is, and what can be done about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-exchange-list.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "storage/sak-sent.h"
#include "sync/sak-countersign.h"
#include "sync/sak-receipt-text.h"
#include "ui/compat/sak-ask.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-replacing.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-receipt.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

typedef struct
{
  char *name;
  SakExchange *exchange;        /* NULL: only something that waits came from there */
  gboolean owes_receipt;        /* the contact does not know yet what came */
  gboolean tells_fork;          /* its last receipt tells of bundles that this vault did not send */
} Row;

struct _SakExchangeList
{
  AdwBin parent_instance;
  GtkListBox *list;
  GtkLabel *nothing;
  GtkLabel *outcome;
  SakSession *session;
  GCancellable *cancellable;
  char *contact;                /* for whom a receipt is being saved */
};

G_DEFINE_FINAL_TYPE (SakExchangeList, sak_exchange_list, ADW_TYPE_BIN)

enum { SIGNAL_SHOW_SENT, N_SIGNALS };
static guint signals[N_SIGNALS];

static void read_rows (SakExchangeList *self);

/* --- Reading --- */

static void
free_row (gpointer data)
{
  Row *row = data;

  g_free (row->name);
  sak_exchange_free (row->exchange);
  g_free (row);
}

static gboolean
find_fork (SakVault         *vault,
           const SakContact *contact)
{
  g_autofree char *text = NULL;
  g_autoptr (SakReceipt) receipt = NULL;
  SakReceiptParties parties;

  if (sak_vault_find_last_receipt (vault, contact, &text, NULL) && text != NULL)
    receipt = sak_receipt_from_text (text, strlen (text), &parties, NULL);
  for (guint i = 0; receipt != NULL && i < receipt->waiting->len; i++)
    if (g_array_index (receipt->waiting, SakWaiting, i).reason == SAK_WAITING_FORK)
      return TRUE;
  return FALSE;
}

static SakExchange *
steal_exchange (GPtrArray  *exchanges,
                const char *name)
{
  for (guint i = 0; i < exchanges->len; i++)
    if (g_str_equal (((SakExchange *) exchanges->pdata[i])->contact, name))
      return g_ptr_array_steal_index (exchanges, i);
  return NULL;
}

static gpointer
read_rows_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) exchanges = sak_vault_list_exchanges (call->vault, error);
  g_autoptr (GPtrArray) contacts = exchanges != NULL ? sak_vault_list_contacts (call->vault, error) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    {
      const SakContact *contact = g_ptr_array_index (contacts, i);
      g_autofree char *receipt = NULL;
      Row *row = g_new0 (Row, 1);

      row->name = g_strdup (contact->name);
      row->exchange = steal_exchange (exchanges, contact->name);
      row->tells_fork = find_fork (call->vault, contact);
      if (contact->trust != SAK_TRUST_REVOKED)
        receipt = sak_countersign_make (call->vault, contact, &row->owes_receipt, NULL);
      row->owes_receipt = receipt != NULL && row->owes_receipt;
      if (row->exchange != NULL || row->owes_receipt)
        g_ptr_array_add (rows, row);
      else
        free_row (row);
    }
  return contacts != NULL ? g_steal_pointer (&rows) : NULL;
}

/* --- Receipts --- */

static gpointer
write_receipt_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;
  g_autofree char *written = sak_replacing_begin (call->filename);

  if (!sak_countersign_write (call->vault, call->text, written, error))
    return NULL;
  if (sak_replacing_finish (written, call->filename, error))
    return g_strdup (call->text);
  (void) g_unlink (written);
  return NULL;
}

static void
receipt_written_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (SakExchangeList) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = sak_session_call_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (name != NULL)
    /* Translators: %1$s is a contact's name */
    words = g_strdup_printf (_("The receipt for %1$s is saved. It holds nothing of any record, and only %1$s can open "
                               "it. Send the file, or carry it there. Your next bundle for %1$s brings it, too."),
                             name);
  sak_build_say (self->outcome, words != NULL ? words : sak_words_for_receipt_error (error), name == NULL);
}

static void
place_picked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakExchangeList) self = data;
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  SakCall *call;

  if (file == NULL || self->session == NULL || sak_session_is_locked (self->session))
    return;
  if (g_file_peek_path (file) == NULL)
    {
      sak_build_say (self->outcome, sak_words_about_far_place (), TRUE);
      return;
    }
  call = sak_session_new_call (self->session);
  call->text = g_strdup (self->contact);
  call->filename = g_file_get_path (file);
  sak_session_call (self->session, call, write_receipt_job, g_free, NULL, receipt_written_cb, g_object_ref (self));
}

static SakExchangeList *
get_list (GtkWidget *row)
{
  return SAK_EXCHANGE_LIST (gtk_widget_get_ancestor (row, SAK_TYPE_EXCHANGE_LIST));
}

static const char *
get_name (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "sak-name");
}

/* The suggested name says nothing: not who, not when. */
static void
receipt_clicked_cb (GtkWidget *row)
{
  SakExchangeList *self = get_list (row);
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("%.8s.sakkhi-receipt", uuid);

  g_free (self->contact);
  self->contact = g_strdup (get_name (row));
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_SAVE, _("Save the receipt"), _("Save"), name, NULL,
                         place_picked_cb, g_object_ref (self));
}

/* --- Beginning anew --- */

static gpointer
begin_anew_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakContact) contact = sak_vault_find_contact (call->vault, call->text, error);

  return contact != NULL && sak_vault_begin_anew (call->vault, contact, error) ? g_strdup (call->text) : NULL;
}

static void
begun_anew_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakExchangeList) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = sak_session_call_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (name != NULL)
    /* Translators: %s is a contact's name */
    words = g_strdup_printf (_("Begun anew with %s: the next bundle for them brings everything that may leave."), name);
  sak_build_say (self->outcome, words != NULL ? words : sak_words_for_receipt_error (error), name == NULL);
  read_rows (self);
}

/* @asker: the row, which may be gone when the question is answered. */
static void
begin_anew_confirmed (GtkWidget  *asker,
                      const char *text,
                      gpointer    data)
{
  SakExchangeList *self = get_list (asker);
  SakCall *call;

  if (self == NULL || sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->text = g_strdup (get_name (asker));
  sak_session_call (self->session, call, begin_anew_job, g_free, NULL, begun_anew_cb, g_object_ref (self));
}

static void
begin_anew_clicked_cb (GtkWidget *row)
{
  /* Translators: %s is a contact's name */
  g_autofree char *heading = g_strdup_printf (_("Begin anew with %s?"), get_name (row));

  sak_ask (row, SAK_ASK_SUGGESTED, heading,
           _("Do this only when the two vaults do not agree on what was sent, after one of them was put back from an "
             "old copy, or a copy of it was in use. First agree on which copy is used from now on. Then everything is "
             "sent once more with the next bundle. Nothing is lost, here or there."),
           _("Begin anew"), begin_anew_confirmed, NULL);
}

/* --- Rows --- */

static void
sent_clicked_cb (GtkWidget *row)
{
  g_signal_emit (get_list (row), signals[SIGNAL_SHOW_SENT], 0, get_name (row));
}

static void
add_button (GtkWidget  *row,
            GtkWidget  *buttons,
            const char *label,
            GCallback   clicked)
{
  GtkWidget *button = sak_build_button (label, NULL, clicked, row);
  g_autofree char *name = g_strdup_printf ("%s: %s", label, get_name (row));

  gtk_widget_set_halign (button, GTK_ALIGN_FILL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (buttons), button);
}

static void
add_line (GtkWidget  *box,
          const char *words,
          const char *css_class)
{
  gtk_box_append (GTK_BOX (box), sak_build_label (words, css_class));
}

static void
add_words (GtkWidget *box,
           const Row *row)
{
  g_autofree char *how_far = row->exchange != NULL ? sak_words_for_exchange (row->exchange) : NULL;
  g_autofree char *day = NULL;

  add_line (box, row->name, "sak-row-title");
  if (how_far != NULL)
    add_line (box, how_far, NULL);
  if (row->exchange != NULL && row->exchange->n_sent > 0 && row->exchange->last_receipt > 0)
    {
      g_autofree char *when = sak_words_day_of (row->exchange->last_receipt);

      /* Translators: %s is a day */
      day = g_strdup_printf (_("Their last receipt came on %s."), when);
      add_line (box, day, "dim-label");
    }
  else if (row->exchange != NULL && row->exchange->n_sent > 0)
    add_line (box, _("No receipt has come from there yet."), "dim-label");
  if (row->owes_receipt)
    add_line (box, _("They do not know yet what has arrived here. Your next bundle for them tells it; if you send "
                     "none soon, save a receipt for them."), "dim-label");
  if (row->tells_fork)
    add_line (box, _("They were sent bundles that do not fit to what this vault sent. A copy of this vault is in use "
                     "somewhere. Find out who has it, go on with one of them alone, then begin anew."), "sak-warning");
}

static void
append_row (SakExchangeList *self,
            const Row       *seen)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  g_object_set_data_full (G_OBJECT (row), "sak-name", g_strdup (seen->name), g_free);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  add_words (words, seen);
  if (seen->exchange != NULL && seen->exchange->was_sent)
    add_button (row, buttons, _("What was sent"), G_CALLBACK (sent_clicked_cb));
  if (seen->owes_receipt)
    add_button (row, buttons, _("Save a receipt…"), G_CALLBACK (receipt_clicked_cb));
  if (seen->exchange != NULL && seen->exchange->n_sent > 0)
    add_button (row, buttons, _("Begin anew…"), G_CALLBACK (begin_anew_clicked_cb));
  gtk_widget_add_css_class (box, "sak-row");
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, seen->name, -1);
  /* The stops for the keyboard are the buttons. */
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->list, row);
}

static void
rows_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakExchangeList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = sak_session_call_finish (result, &error);
  GtkWidget *row;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (rows == NULL)
    {
      sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
      return;
    }
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < rows->len; i++)
    append_row (self, g_ptr_array_index (rows, i));
  gtk_widget_set_visible (GTK_WIDGET (self->list), rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), rows->len == 0);
}

static void
read_rows (SakExchangeList *self)
{
  if (sak_session_is_locked (self->session))
    return;
  sak_session_call (self->session, sak_session_new_call (self->session), read_rows_job,
                    (GDestroyNotify) g_ptr_array_unref, self->cancellable, rows_read_cb, g_object_ref (self));
}

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (SAK_EXCHANGE_LIST (widget)->list), GTK_DIR_TAB_FORWARD);
}

static void
sak_exchange_list_dispose (GObject *object)
{
  SakExchangeList *self = SAK_EXCHANGE_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_exchange_list_parent_class)->dispose (object);
}

static void
sak_exchange_list_finalize (GObject *object)
{
  SakExchangeList *self = SAK_EXCHANGE_LIST (object);

  g_object_unref (self->cancellable);
  g_free (self->contact);
  G_OBJECT_CLASS (sak_exchange_list_parent_class)->finalize (object);
}

static void
sak_exchange_list_class_init (SakExchangeListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_exchange_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_exchange_list_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
  signals[SIGNAL_SHOW_SENT] = g_signal_new ("show-sent", SAK_TYPE_EXCHANGE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_exchange_list_init (SakExchangeList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *list = gtk_list_box_new ();

  self->cancellable = g_cancellable_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_visible (list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Contacts"), -1);
  self->list = GTK_LIST_BOX (list);
  gtk_box_append (GTK_BOX (box), list);
  self->nothing =
    GTK_LABEL (sak_build_label (_("Nothing was sent or received yet. Finish a record, make a bundle of it for one of "
                                  "your contacts, and carry the file there. When their receipt comes back, you see "
                                  "here what has arrived."), NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->nothing));
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_exchange_list_new (SakSession *session)
{
  SakExchangeList *self = g_object_new (SAK_TYPE_EXCHANGE_LIST, NULL);

  self->session = g_object_ref (session);
  read_rows (self);
  return GTK_WIDGET (self);
}
