/* sak-contacts-page.c - the other vaults that this one knows, and its own card
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-card.h"
#include "ui/compat/sak-ask.h"
#include "ui/compat/sak-file-picker.h"
#include "ui/sak-build.h"
#include "ui/sak-contacts-page.h"
#include "ui/words/sak-words.h"

typedef struct
{
  char *own_code;
  GPtrArray *contacts;          /* SakContact */
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
  g_free (reading);
}

static gpointer
read_contacts_job (gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  SakCall *call = data;
  Reading *reading = g_new0 (Reading, 1);

  reading->own_code = sak_card_get_own_code (call->vault, error);
  if (reading->own_code != NULL)
    reading->contacts = sak_vault_list_contacts (call->vault, error);
  if (reading->contacts == NULL)
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

static void
set_trust (GtkWidget  *button,
           SakTrust    trust)
{
  SakContactsPage *self =
    SAK_CONTACTS_PAGE (gtk_widget_get_ancestor (button, SAK_TYPE_CONTACTS_PAGE));
  SakCall *call = sak_session_new_call (self->session);

  call->text = g_strdup (g_object_get_data (G_OBJECT (button), "sak-name"));
  call->number = trust;
  sak_session_call (self->session, call, set_trust_job, NULL, NULL, trust_set_cb,
                    g_object_ref (self));
}

static void
compared_confirmed (GtkWidget  *asker,
                    const char *text,
                    gpointer    unused)
{
  set_trust (asker, SAK_TRUST_COMPARED);
}

static void
revoke_confirmed (GtkWidget  *asker,
                  const char *text,
                  gpointer    unused)
{
  set_trust (asker, SAK_TRUST_REVOKED);
}

static void
compare_clicked_cb (GtkWidget *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "sak-name");
  const char *code = g_object_get_data (G_OBJECT (button), "sak-code");
  g_autofree char *body =
    /* Translators: %1$s is a contact's name, %2$s a code of groups of digits */
    g_strdup_printf (_("Meet %1$s, or call them on a line where you know the voice. They read out "
                       "their own code; it must be, to the last digit:\n\n%2$s"), name, code);

  sak_ask (button, SAK_ASK_SUGGESTED, _("Was the code the same?"), body,
           _("I compared it in person or by voice"), compared_confirmed, NULL);
}

static void
revoke_clicked_cb (GtkWidget *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "sak-name");
  g_autofree char *body =
    /* Translators: %s is a contact's name */
    g_strdup_printf (_("Nothing more will be sent to %s, and nothing from them will be accepted. Do "
                       "this when a laptop was taken or somebody has left."), name);

  sak_ask (button, SAK_ASK_DESTRUCTIVE, _("Revoke this contact?"), body, _("Revoke"),
           revoke_confirmed, NULL);
}

static GtkWidget *
make_button (const SakContact *contact,
             const char       *code,
             const char       *label,
             GCallback         clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  g_autofree char *name = g_strdup_printf ("%s: %s", contact->name, label);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "sak-name", g_strdup (contact->name), g_free);
  g_object_set_data_full (G_OBJECT (button), "sak-code", g_strdup (code), g_free);
  g_signal_connect (button, "clicked", clicked, NULL);
  return button;
}

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_contact (SakContactsPage  *self,
                const SakContact *contact)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *code = sak_card_get_code (contact);
  g_autofree char *name = contact->organisation[0] != '\0'
                            ? g_strdup_printf ("%s, %s", contact->name, contact->organisation)
                            : g_strdup (contact->name);
  GtkWidget *title = make_label (name, "sak-row-title");
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (top), title);
  gtk_box_append (GTK_BOX (top), make_label (sak_words_name_trust (contact->trust), "sak-state"));
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), make_label (code, "sak-code"));
  gtk_box_append (GTK_BOX (box), make_label (sak_words_for_trust (contact->trust), "dim-label"));
  if (contact->trust == SAK_TRUST_SEEN)
    gtk_box_append (GTK_BOX (buttons), make_button (contact, code, _("Compare the code…"),
                                                    G_CALLBACK (compare_clicked_cb)));
  if (contact->trust != SAK_TRUST_REVOKED)
    gtk_box_append (GTK_BOX (buttons), make_button (contact, code, _("Revoke…"),
                                                    G_CALLBACK (revoke_clicked_cb)));
  gtk_box_append (GTK_BOX (box), buttons);
  gtk_widget_add_css_class (box, "sak-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
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
    append_contact (self, g_ptr_array_index (reading->contacts, i));
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

static gpointer
export_card_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;
  g_autofree char *card = sak_card_export (call->vault, "", error);
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
  sak_session_call (self->session, call, export_card_job, NULL, NULL, card_exported_cb,
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
    /* Translators: %s is a contact's name */
    words = g_strdup_printf (_("The card of %s is here. Compare the code with them before you "
                               "rely on it."), contact->name);
  else if (g_error_matches (error, SAK_ERROR, SAK_ERROR_CONFLICT))
    words = g_strdup (_("A contact with this name but another key is already here. Ask the person "
                        "by another way whether they have a new key, before you trust either."));
  say_outcome (self, words != NULL ? words : sak_words_for_bundle_error (error));
  read_contacts (self);
}

static void
import_picked_cb (GObject      *source,
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
  sak_session_call (self->session, call, import_card_job, (GDestroyNotify) sak_contact_free, NULL,
                    card_imported_cb, g_object_ref (self));
}

static void
import_clicked_cb (SakContactsPage *self)
{
  sak_file_picker_async (GTK_WIDGET (self), SAK_PICK_OPEN, _("Choose a contact card"), _("Import"),
                         NULL, NULL, import_picked_cb, g_object_ref (self));
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
  read_contacts (self);
  return GTK_WIDGET (self);
}
