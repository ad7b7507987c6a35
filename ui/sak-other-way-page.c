/* sak-other-way-page.c - opens a vault without its passphrase
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-other-way-page.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-key-entry.h"
#include "ui/sak-opening.h"
#include "ui/sak-patience.h"

struct _SakOtherWayPage
{
  AdwBin parent_instance;
  SakKeyEntry *entry;
  GtkWidget *unlock;
  GtkSpinner *spinner;

  SakWorker *worker;
  char *path;
  SakSlotType type;             /* of what is being tried */
  GCancellable *cancellable;    /* of the opening that nobody left yet */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (SakOtherWayPage, sak_other_way_page, ADW_TYPE_BIN)

enum { SIGNAL_OPENED, SIGNAL_LEFT, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
set_busy (SakOtherWayPage *self,
          gboolean         is_busy)
{
  self->is_busy = is_busy;
  gtk_widget_set_sensitive (self->unlock, !is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
}

static void
vault_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakOtherWayPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVault) vault = sak_opening_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->worker == NULL)
    return;
  set_busy (self, FALSE);
  if (vault == NULL)
    {
      sak_key_entry_refuse (self->entry, error, self->type);
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      return;
    }
  sak_patience_forget (sak_patience_get_default ());
  sak_key_entry_clear (self->entry);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, vault, self->path);
}

static void
unlock_clicked_cb (SakOtherWayPage *self)
{
  g_autoptr (SakCredential) credential = NULL;

  if (self->is_busy)
    return;
  credential = sak_key_entry_take (self->entry);
  if (credential == NULL)
    return;
  self->type = sak_credential_get_slot_type (credential);
  set_busy (self, TRUE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  sak_opening_open_with_async (self->worker, self->path, credential, self->cancellable, vault_opened_cb,
                               g_object_ref (self));
}

void
sak_other_way_page_leave (SakOtherWayPage *self)
{
  g_cancellable_cancel (self->cancellable);
  set_busy (self, FALSE);
  sak_key_entry_clear (self->entry);
}

static void
back_clicked_cb (SakOtherWayPage *self)
{
  sak_other_way_page_leave (self);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static gboolean
sak_other_way_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_OTHER_WAY_PAGE (widget)->entry));
}

static void
sak_other_way_page_dispose (GObject *object)
{
  SakOtherWayPage *self = SAK_OTHER_WAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (sak_other_way_page_parent_class)->dispose (object);
}

static void
sak_other_way_page_finalize (GObject *object)
{
  g_free (SAK_OTHER_WAY_PAGE (object)->path);
  G_OBJECT_CLASS (sak_other_way_page_parent_class)->finalize (object);
}

static void
sak_other_way_page_class_init (SakOtherWayPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_other_way_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_other_way_page_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), sak_other_way_page_grab_focus);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SAK_TYPE_OTHER_WAY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, SAK_TYPE_VAULT, G_TYPE_STRING);
  signals[SIGNAL_LEFT] = g_signal_new ("left", SAK_TYPE_OTHER_WAY_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
sak_other_way_page_init (SakOtherWayPage *self)
{
  GtkWidget *frame = sak_build_boxed (_("Open the vault without its passphrase"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkBox *column;

  adw_bin_set_child (ADW_BIN (self), sak_build_page (&column));
  gtk_box_append (GTK_BOX (frame),
                  sak_build_label (_("With what was put away for this day. If there is nothing of it, nobody can open "
                                     "the vault, neither you nor we."), NULL));
  self->entry = SAK_KEY_ENTRY (sak_key_entry_new (FALSE));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (unlock_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (frame), GTK_WIDGET (self->entry));
  self->unlock = sak_build_button (_("Unlock"), "suggested-action", G_CALLBACK (unlock_clicked_cb), self);
  gtk_box_append (GTK_BOX (row), self->unlock);
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Back to the passphrase"), NULL, G_CALLBACK (back_clicked_cb),
                                                   self));
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (frame), row);
  gtk_box_append (column, frame);
}

GtkWidget *
sak_other_way_page_new (SakWorker *worker)
{
  SakOtherWayPage *self = g_object_new (SAK_TYPE_OTHER_WAY_PAGE, NULL);

  self->worker = g_object_ref (worker);
  return GTK_WIDGET (self);
}

void
sak_other_way_page_set_path (SakOtherWayPage *self,
                             const char      *path)
{
  g_free (self->path);
  self->path = g_strdup (path);
  sak_key_entry_clear (self->entry);
}
