/* sak-unlock-page.c - asks for the passphrase of a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-opening.h"
#include "ui/sak-patience.h"
#include "ui/sak-unlock-page.h"
#include "ui/words/sak-words.h"

struct _SakUnlockPage
{
  AdwBin parent_instance;
  GtkEditable *passphrase;
  GtkButton *unlock;
  GtkSpinner *spinner;
  GtkLabel *problem;
  GtkWidget *rescue;            /* where the vault is damaged */

  SakWorker *worker;
  char *path;
  GCancellable *cancellable;    /* of the opening that nobody left yet */
  gboolean is_busy;
  gboolean is_waiting;          /* and says how long */
};

G_DEFINE_FINAL_TYPE (SakUnlockPage, sak_unlock_page, ADW_TYPE_BIN)

enum { SIGNAL_OPENED, SIGNAL_FORGOTTEN, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
show_ready (SakUnlockPage *self)
{
  gboolean is_ready = !self->is_busy && !sak_patience_must_wait (sak_patience_get_default ());

  gtk_widget_set_sensitive (GTK_WIDGET (self->unlock),
                            is_ready && gtk_editable_get_text (self->passphrase)[0] != '\0');
  /* Not insensitive: that would take the focus away in the middle of its own signal. */
  gtk_editable_set_editable (self->passphrase, !self->is_busy);
  gtk_spinner_set_spinning (self->spinner, self->is_busy);
}

static void
waited_cb (SakUnlockPage *self)
{
  SakPatience *patience = sak_patience_get_default ();
  g_autofree char *words = sak_patience_dup_words (patience);

  if (self->is_waiting)
    gtk_label_set_label (self->problem, words);
  self->is_waiting = self->is_waiting && sak_patience_must_wait (patience);
  show_ready (self);
}

/* Of tries at another page. */
static void
show_waiting (SakUnlockPage *self)
{
  self->is_waiting = sak_patience_must_wait (sak_patience_get_default ());
  waited_cb (self);
}

static void
vault_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakUnlockPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVault) vault = sak_opening_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->worker == NULL)
    return;
  self->is_busy = FALSE;
  if (vault != NULL)
    {
      sak_patience_forget (sak_patience_get_default ());
      gtk_label_set_label (self->problem, "");
      show_ready (self);
      g_signal_emit (self, signals[SIGNAL_OPENED], 0, vault, self->path);
      return;
    }
  gtk_label_set_label (self->problem, sak_words_for_error (error));
  gtk_widget_set_visible (self->rescue, g_error_matches (error, SAK_ERROR, SAK_ERROR_DAMAGED));
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_PASSPHRASE))
    sak_patience_note_wrong (sak_patience_get_default ());
  self->is_waiting = sak_patience_must_wait (sak_patience_get_default ());
  show_ready (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
unlock_clicked_cb (SakUnlockPage *self)
{
  g_autoptr (SakSecret) passphrase = NULL;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->unlock)))
    return;
  passphrase = sak_opening_take_secret (self->passphrase);
  self->is_busy = TRUE;
  gtk_label_set_label (self->problem, "");
  show_ready (self);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  sak_opening_open_async (self->worker, self->path, passphrase, self->cancellable, vault_opened_cb,
                          g_object_ref (self));
}

/* What is being opened is not to open behind the back of who went elsewhere. */
void
sak_unlock_page_leave (SakUnlockPage *self)
{
  g_cancellable_cancel (self->cancellable);
  self->is_busy = FALSE;
  show_ready (self);
}

static void
forgotten_clicked_cb (SakUnlockPage *self)
{
  sak_unlock_page_leave (self);
  g_signal_emit (self, signals[SIGNAL_FORGOTTEN], 0);
}

/* Where the program is started with a vault's folder, the window takes its first focus only
 * now, and would give it to the button that shows the passphrase.
 */
static void
sak_unlock_page_map (GtkWidget *widget)
{
  SakUnlockPage *self = SAK_UNLOCK_PAGE (widget);

  GTK_WIDGET_CLASS (sak_unlock_page_parent_class)->map (widget);
  show_waiting (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static gboolean
sak_unlock_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAK_UNLOCK_PAGE (widget)->passphrase));
}

static void
sak_unlock_page_dispose (GObject *object)
{
  SakUnlockPage *self = SAK_UNLOCK_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (sak_unlock_page_parent_class)->dispose (object);
}

static void
sak_unlock_page_finalize (GObject *object)
{
  g_free (SAK_UNLOCK_PAGE (object)->path);
  G_OBJECT_CLASS (sak_unlock_page_parent_class)->finalize (object);
}

static void
sak_unlock_page_class_init (SakUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_unlock_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_unlock_page_finalize;
  sak_build_set_grab_focus (widget_class, sak_unlock_page_grab_focus);
  widget_class->map = sak_unlock_page_map;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", SAK_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 2, SAK_TYPE_VAULT,
                                         G_TYPE_STRING);
  signals[SIGNAL_FORGOTTEN] = g_signal_new ("forgotten", SAK_TYPE_UNLOCK_PAGE, G_SIGNAL_RUN_LAST, 0,
                                            NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SakUnlockPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, SakUnlockPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, SakUnlockPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, SakUnlockPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SakUnlockPage, rescue);
  gtk_widget_class_bind_template_callback (widget_class, forgotten_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, unlock_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_ready);
}

static void
sak_unlock_page_init (SakUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sak_build_name_eye (GTK_WIDGET (self->passphrase));
}

GtkWidget *
sak_unlock_page_new (SakWorker *worker)
{
  SakUnlockPage *self = g_object_new (SAK_TYPE_UNLOCK_PAGE, NULL);

  self->worker = g_object_ref (worker);
  g_signal_connect_object (sak_patience_get_default (), "changed", G_CALLBACK (waited_cb), self, G_CONNECT_SWAPPED);
  show_ready (self);
  return GTK_WIDGET (self);
}

void
sak_unlock_page_set_path (SakUnlockPage *self,
                          const char    *path)
{
  sak_unlock_page_leave (self);
  g_free (self->path);
  self->path = g_strdup (path);
  sak_opening_wipe_entry (self->passphrase);
  gtk_label_set_label (self->problem, "");
  gtk_widget_set_visible (self->rescue, FALSE);
  show_waiting (self);
}
