/* sak-progress-bar.c - how far a long piece of work is, with a button to stop it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-progress-bar.h"

#include "ui/words/sak-words-number.h"

struct _SakProgressBar
{
  AdwBin parent_instance;
  GtkLabel *words;
  GtkProgressBar *bar;
  SakSession *session;          /* held while the work runs */
  SakProgress *progress;
  GCancellable *cancellable;
  guint timer;
};

G_DEFINE_FINAL_TYPE (SakProgressBar, sak_progress_bar, ADW_TYPE_BIN)

static gboolean
progress_polled_cb (gpointer data)
{
  SakProgressBar *self = data;
  guint64 done, total;

  sak_progress_get (self->progress, &done, &total);
  if (total > 0)
    {
      g_autofree char *done_text = sak_words_size (done);
      g_autofree char *total_text = sak_words_size (total);
      /* Translators: how far a copy is, for example "12 MB of 100 MB" */
      g_autofree char *text = g_strdup_printf (_("%1$s of %2$s"), done_text, total_text);

      gtk_progress_bar_set_fraction (self->bar, MIN (1.0, (double) done / (double) total));
      gtk_progress_bar_set_text (self->bar, text);
    }
  else
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static void
stop_clicked_cb (SakProgressBar *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_label_set_label (self->words, _("Stopping…"));
}

static void
sak_progress_bar_dispose (GObject *object)
{
  SakProgressBar *self = SAK_PROGRESS_BAR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  sak_progress_bar_stop (self);
  G_OBJECT_CLASS (sak_progress_bar_parent_class)->dispose (object);
}

static void
sak_progress_bar_class_init (SakProgressBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_progress_bar_dispose;
}

static void
sak_progress_bar_init (SakProgressBar *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *stop = gtk_button_new_with_label (_("Stop"));

  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->words, 0);
  gtk_label_set_wrap (self->words, TRUE);
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Progress"), -1);
  gtk_widget_set_hexpand (column, TRUE);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->bar));
  gtk_widget_set_valign (stop, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), column);
  gtk_box_append (GTK_BOX (row), stop);
  g_signal_connect_object (stop, "clicked", G_CALLBACK (stop_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), row);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_progress_bar_new (void)
{
  return g_object_new (SAK_TYPE_PROGRESS_BAR, NULL);
}

SakProgress *
sak_progress_bar_start (SakProgressBar  *self,
                        SakSession      *session,
                        const char      *words,
                        GCancellable   **ret_cancellable)
{
  sak_progress_bar_stop (self);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      sak_session_hold (session);
      /* Locking is the last job of the vault's thread: a film that is taken in would keep the keys for minutes. */
      g_signal_connect_object (session, "closing", G_CALLBACK (stop_clicked_cb), self, G_CONNECT_SWAPPED);
    }
  self->progress = sak_progress_new ();
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (100, progress_polled_cb, self);
  gtk_label_set_label (self->words, words);
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_progress_bar_set_text (self->bar, "");
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  *ret_cancellable = g_object_ref (self->cancellable);
  return sak_progress_ref (self->progress);
}

void
sak_progress_bar_keep_on (SakProgressBar *self)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, stop_clicked_cb, self);
}

void
sak_progress_bar_stop (SakProgressBar *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->session, stop_clicked_cb, self);
      sak_session_release (self->session);
    }
  g_clear_object (&self->session);
  g_clear_pointer (&self->progress, sak_progress_unref);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

gboolean
sak_progress_bar_runs_in (GtkWidget *page)
{
  gboolean runs = SAK_IS_PROGRESS_BAR (page) && SAK_PROGRESS_BAR (page)->cancellable != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL && !runs;
       child = gtk_widget_get_next_sibling (child))
    runs = sak_progress_bar_runs_in (child);
  return runs;
}
