/* sak-contacts-page.c - the other vaults that this one knows, and its own card
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-network-news.h"
#include "storage/sak-notice-store.h"
#include "sync/sak-card.h"
#include "sync/sak-notice.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-card-panel.h"
#include "ui/sak-card-window.h"
#include "ui/sak-contact-row.h"
#include "ui/sak-contacts-page.h"
#include "ui/sak-news-window.h"
#include "ui/sak-notice-window.h"
#include "ui/sak-scan-window.h"
#include "ui/words/sak-words-consent.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words.h"

typedef struct
{
  char *own_code;
  gint64 authority;             /* whose notices are believed; 0: nobody's */
  GPtrArray *contacts;          /* SakContact */
  GPtrArray *roles;             /* what each is to the network */
  GPtrArray *noticed;           /* what its notice says of each; NULL for nothing */
} Reading;

struct _SakContactsPage
{
  AdwBin parent_instance;
  GtkLabel *own_code;
  GtkListBox *list;
  GtkLabel *outcome;
  GtkButton *export;
  SakSession *session;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakContactsPage, sak_contacts_page, ADW_TYPE_BIN)

static void read_contacts (SakContactsPage *self);

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_free (reading->own_code);
  g_clear_pointer (&reading->contacts, g_ptr_array_unref);
  g_ptr_array_unref (reading->roles);
  g_ptr_array_unref (reading->noticed);
  g_free (reading);
}

static gboolean
read_authority (SakVault  *vault,
                Reading   *reading,
                GError   **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (SakContact) authority = sak_vault_load_authority (vault, &local_error);

  reading->authority = authority != NULL ? authority->rowid : 0;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
read_about (SakVault  *vault,
            Reading   *reading,
            GError   **error)
{
  for (guint i = 0; i < reading->contacts->len; i++)
    {
      const SakContact *contact = g_ptr_array_index (reading->contacts, i);
      char *role = sak_vault_dup_contact_role (vault, contact, error);
      g_autoptr (SakContactNote) note = NULL;

      if (role == NULL)
        return FALSE;
      g_ptr_array_add (reading->roles, role);
      note = sak_vault_load_contact_note (vault, contact->signing_key, error);
      if (note == NULL)
        return FALSE;
      g_ptr_array_add (reading->noticed, sak_words_about_contact_note (note, contact->trust));
    }
  return TRUE;
}

static gpointer
read_contacts_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;
  Reading *reading = g_new0 (Reading, 1);

  reading->roles = g_ptr_array_new_with_free_func (g_free);
  reading->noticed = g_ptr_array_new_with_free_func (g_free);
  reading->own_code = sak_card_get_own_code (call->vault, error);
  if (reading->own_code != NULL)
    reading->contacts = sak_vault_list_contacts (call->vault, error);
  if (reading->contacts == NULL || !read_about (call->vault, reading, error) ||
      !read_authority (call->vault, reading, error))
    g_clear_pointer (&reading, free_reading);
  return reading;
}

static void
say_outcome (SakContactsPage *self,
             const char      *words)
{
  gtk_label_set_label (self->outcome, words);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), words[0] != '\0');
}

static gpointer
set_trust_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  SakCall *call = data;

  return sak_vault_set_trust (call->vault, call->text, (SakTrust) call->number, error)
           ? SAK_JOB_DONE
           : NULL;
}

static void
trust_set_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (SakContactsPage) self = data;
  g_autoptr (GError) error = NULL;

  if (sak_session_call_finish (result, &error) == NULL
      && !g_cancellable_is_cancelled (self->cancellable))
    say_outcome (self, sak_words_for_error (error));
  read_contacts (self);
}

static gpointer
set_role_job (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  SakCall *call = data;

  return sak_vault_set_contact_role (call->vault, call->text, call->id, error) ? g_strdup (call->id) : NULL;
}

static void
role_set_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakContactsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *role = sak_session_call_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (role != NULL)
    /* Translators: %s is such as "Lawyers" or "Journalists" */
    words = g_strdup_printf (_("Saved. What each person answered about “%s” now decides what may be sent to this "
                               "contact."), sak_words_name_recipient (role));
  say_outcome (self, words != NULL ? words : sak_words_for_error (error));
  if (role == NULL)
    read_contacts (self);
}

static void
trust_chosen_cb (SakContactsPage *self,
                 int              trust,
                 SakContactRow   *row)
{
  SakCall *call = sak_session_new_call (self->session);

  call->text = g_strdup (sak_contact_row_get_name (row));
  call->number = trust;
  sak_session_call (self->session, call, set_trust_job, NULL, NULL, trust_set_cb, g_object_ref (self));
}

static void
role_chosen_cb (SakContactsPage *self,
                const char      *role,
                SakContactRow   *row)
{
  SakCall *call = sak_session_new_call (self->session);

  call->text = g_strdup (sak_contact_row_get_name (row));
  call->id = g_strdup (role);
  sak_session_call (self->session, call, set_role_job, g_free, NULL, role_set_cb, g_object_ref (self));
}

/* What is here already of theirs is carried out at once. */
static gpointer
set_belief_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SakCall *call = data;
  SakNoticeOutcome *outcome;
  g_autoptr (GError) local_error = NULL;

  if (!sak_vault_set_authority (call->vault, call->text, call->number != 0, error))
    return NULL;
  outcome = sak_notice_apply (call->vault, error);
  /* Forms and terms, too; what cannot be taken now is tried again with each bundle that comes, and told then. */
  if (outcome != NULL && !sak_vault_take_news (call->vault, &local_error))
    g_debug ("terms of the network wait");
  return outcome;
}

static void
belief_set_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakContactsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakNoticeOutcome) outcome = sak_session_call_finish (result, &error);
  g_autofree char *words = outcome != NULL ? sak_words_about_notice (outcome) : NULL;

  /* Contacts may be others by it, for every page. */
  if (outcome != NULL && !sak_session_is_locked (self->session))
    sak_session_changed (self->session);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (outcome == NULL)
    say_outcome (self, sak_words_for_notice_error (error));
  else
    say_outcome (self, words != NULL ? words : _("Saved."));
  read_contacts (self);
}

static void
belief_chosen_cb (SakContactsPage *self,
                  gboolean         is_believed,
                  SakContactRow   *row)
{
  SakCall *call = sak_session_new_call (self->session);

  call->text = g_strdup (sak_contact_row_get_name (row));
  call->number = is_believed;
  sak_session_call (self->session, call, set_belief_job, (GDestroyNotify) sak_notice_outcome_free, NULL, belief_set_cb,
                    g_object_ref (self));
}

/* Of one contact at most notices are believed. */
static void
append_contact (SakContactsPage  *self,
                const SakContact *contact,
                const char       *role,
                const char       *noticed,
                gint64            authority)
{
  GtkWidget *row = sak_contact_row_new (contact, role, noticed);

  if (authority == contact->rowid || (authority == 0 && contact->trust == SAK_TRUST_COMPARED))
    sak_contact_row_offer_belief (SAK_CONTACT_ROW (row), authority == contact->rowid);
  g_signal_connect_object (row, "belief-set", G_CALLBACK (belief_chosen_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (row, "trust-set", G_CALLBACK (trust_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "role-set", G_CALLBACK (role_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static void
contacts_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakContactsPage) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = sak_session_call_finish (result, &error);
  GtkWidget *row;

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&reading, free_reading);
      return;
    }
  if (reading == NULL)
    {
      say_outcome (self, sak_words_for_error (error));
      return;
    }
  gtk_label_set_label (self->own_code, reading->own_code);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < reading->contacts->len; i++)
    append_contact (self, g_ptr_array_index (reading->contacts, i), g_ptr_array_index (reading->roles, i),
                    g_ptr_array_index (reading->noticed, i), reading->authority);
  gtk_widget_set_visible (GTK_WIDGET (self->list), reading->contacts->len > 0);
  free_reading (reading);
}

static void
read_contacts (SakContactsPage *self)
{
  if (self->session == NULL || sak_session_is_locked (self->session))
    return;
  sak_session_call (self->session, sak_session_new_call (self->session), read_contacts_job,
                    free_reading, self->cancellable, contacts_read_cb, g_object_ref (self));
}

static void
card_exported_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakContactsPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = sak_session_call_finish (result, &error) != NULL;

  if (!g_cancellable_is_cancelled (self->cancellable))
    say_outcome (self, is_done ? _("Your card is saved. Give it to the others by stick, mail or "
                                   "chat: it holds no secret. Then compare the codes.")
                               : sak_words_for_error (error));
}

/* The picker's one answer as a path; NULL when nothing was chosen. */
static char *
take_picked_path (GAsyncResult *result)
{
  g_autoptr (GListModel) files = sak_file_picker_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;

  return file != NULL ? g_file_get_path (file) : NULL;
}

static void
export_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakContactsPage) self = data;
  g_autofree char *path = take_picked_path (result);
  SakCall *call;

  if (path == NULL || self->session == NULL)
    return;
  call = sak_session_new_call (self->session);
  call->filename = g_steal_pointer (&path);
  sak_session_call (self->session, call, sak_card_save_job, NULL, NULL, card_exported_cb,
                    g_object_ref (self));
}

char *
sak_contacts_dup_file_name (const char *name,
                            const char *ending)
{
  g_autofree char *safe = g_strdup (name);

  g_strdelimit (safe, "/\\:*?\"<>| .", '-');
  return g_strconcat (safe, ending, NULL);
}

static void
export_clicked_cb (SakContactsPage *self)
{
  g_autofree char *name = sak_contacts_dup_file_name (sak_session_get_name (self->session),
                                                      ".sakkhi-card");

  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_SAVE, _("Save your contact card"), _("Save"),
                         name, NULL, export_picked_cb, g_object_ref (self));
}

static gpointer
import_card_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;
  char text[SAK_CARD_MAX_SIZE + 1];
  gsize size = 0;
  g_autoptr (GFile) file = g_file_new_for_path (call->filename);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  SakContact *contact;

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, sizeof text, &size, cancellable,
                                   NULL))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_IO, "cannot read the card's file");
      return NULL;
    }
  contact = sak_card_import (call->vault, text, size, error);
  return contact;
}

static void
say_imported (SakContactsPage *self,
              const char      *name)
{
  /* Translators: %s is a contact's name */
  g_autofree char *words = g_strdup_printf (_("The card of %s is here. Compare the code with them before you "
                                              "rely on it."), name);

  say_outcome (self, words);
  read_contacts (self);
}

static void
card_imported_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakContactsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_session_call_finish (result, &error);
  g_autofree char *words = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (contact != NULL)
    {
      say_imported (self, contact->name);
      return;
    }
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_CONFLICT))
    words = g_strdup (_("A contact with this name but another key is already here. Ask the person "
                        "by another way whether they have a new key, before you trust either."));
  say_outcome (self, words != NULL ? words : sak_words_for_bundle_error (error));
  read_contacts (self);
}

void
sak_contacts_page_import (SakContactsPage *self,
                          const char      *path)
{
  SakCall *call = sak_session_new_call (self->session);

  call->filename = g_strdup (path);
  sak_session_call (self->session, call, import_card_job, (GDestroyNotify) sak_contact_free, NULL,
                    card_imported_cb, g_object_ref (self));
}

static void
import_picked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (SakContactsPage) self = data;
  g_autofree char *path = take_picked_path (result);

  if (path != NULL && self->session != NULL)
    sak_contacts_page_import (self, path);
}

static void
import_clicked_cb (SakContactsPage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN, _("Choose a contact card"), _("Import"),
                         NULL, NULL, import_picked_cb, g_object_ref (self));
}

/* QR codes */

static void
show_clicked_cb (SakContactsPage *self)
{
  sak_card_window_show (GTK_WIDGET (self), self->session);
}

static void
read_clicked_cb (SakContactsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *window = sak_scan_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->session);

  g_signal_connect_object (window, "imported", G_CALLBACK (say_imported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
notice_clicked_cb (SakContactsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->session != NULL && !sak_session_is_locked (self->session))
    gtk_window_present (GTK_WINDOW (sak_notice_window_new (GTK_WINDOW (root), self->session)));
}

static void
news_clicked_cb (SakContactsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->session != NULL && !sak_session_is_locked (self->session))
    gtk_window_present (GTK_WINDOW (sak_news_window_new (GTK_WINDOW (root), self->session)));
}

static gboolean
sak_contacts_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_CONTACTS_PAGE (widget)->export));
}

static void
sak_contacts_page_dispose (GObject *object)
{
  SakContactsPage *self = SAK_CONTACTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_contacts_page_parent_class)->dispose (object);
}

static void
sak_contacts_page_finalize (GObject *object)
{
  g_clear_object (&SAK_CONTACTS_PAGE (object)->cancellable);
  G_OBJECT_CLASS (sak_contacts_page_parent_class)->finalize (object);
}

static void
sak_contacts_page_class_init (SakContactsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_contacts_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_contacts_page_finalize;
  sak_build_set_grab_focus (widget_class, sak_contacts_page_grab_focus);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-contacts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SakContactsPage, own_code);
  gtk_widget_class_bind_template_child (widget_class, SakContactsPage, list);
  gtk_widget_class_bind_template_child (widget_class, SakContactsPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, SakContactsPage, export);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, notice_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, news_clicked_cb);
}

static void
sak_contacts_page_init (SakContactsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_contacts_page_new (SakSession *session)
{
  SakContactsPage *self = g_object_new (SAK_TYPE_CONTACTS_PAGE, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_contacts), self, G_CONNECT_SWAPPED);
  read_contacts (self);
  return GTK_WIDGET (self);
}
