/* sak-export-ways.c - sending a bundle by one of the ways that are set up: a button for each
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-export-ways.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-carrier.h"
#include "ui/sak-build.h"
#include "ui/sak-carriers-window.h"
#include "ui/sak-courier.h"
#include "ui/words/sak-words.h"

struct _SakExportWays
{
  AdwBin parent_instance;
  GtkBox *ways;
  SakSession *session;
  GCancellable *cancellable;
  char **names;                 /* as shown */
};

G_DEFINE_FINAL_TYPE (SakExportWays, sak_export_ways, ADW_TYPE_BIN)

enum { SIGNAL_SEND, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Names alone: the windows need no passwords. */
static gpointer
list_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  g_autoptr (GPtrArray) carriers = sak_vault_list_carriers (call->vault, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; carriers != NULL && i < carriers->len; i++)
    g_strv_builder_add (names, ((SakCarrier *) carriers->pdata[i])->name);
  return carriers != NULL ? g_strv_builder_end (names) : NULL;
}

static void
send_clicked_cb (SakExportWays *self,
                 GtkWidget     *button)
{
  g_signal_emit (self, signals[SIGNAL_SEND], 0, (const char *) g_object_get_data (G_OBJECT (button), "sak-name"));
}

static void
append_way (SakExportWays *self,
            const char    *name)
{
  /* Translators: a button: sends the bundle this way; %s is the name that the owner gave a stick, folder or server */
  g_autofree char *words = g_strdup_printf (_("Send by %s"), name);
  GtkWidget *button = sak_build_button (words, NULL, NULL, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  g_object_set_data_full (G_OBJECT (button), "sak-name", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (send_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->ways, button);
}

/* As long as they are the same the buttons stay, and the keyboard with them. */
static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakExportWays) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = sak_session_call_finish (result, &error);

  /* Once read, they are read again with each turn of the courier. */
  if (names == NULL && self->names == NULL && !g_cancellable_is_cancelled (self->cancellable))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sak_words_for_error (error));
  if (g_cancellable_is_cancelled (self->cancellable) || names == NULL ||
      (self->names != NULL && g_strv_equal ((const char *const *) names, (const char *const *) self->names)))
    return;
  sak_build_empty (self->ways);
  for (guint i = 0; names[i] != NULL; i++)
    append_way (self, names[i]);
  g_strfreev (self->names);
  self->names = g_steal_pointer (&names);
}

static void
reload (SakExportWays *self)
{
  if (!sak_session_is_locked (self->session))
    sak_session_call (self->session, sak_session_new_call (self->session), list_job, (GDestroyNotify) g_strfreev,
                      self->cancellable, listed_cb, g_object_ref (self));
}

static void
ways_clicked_cb (SakExportWays *self)
{
  gtk_window_present (GTK_WINDOW (sak_carriers_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                                           self->session)));
}

void
sak_export_ways_set_ready (SakExportWays *self,
                           gboolean       is_ready)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->ways), is_ready);
}

void
sak_export_ways_set_session (SakExportWays *self,
                             SakSession    *session)
{
  self->session = g_object_ref (session);
  g_signal_connect_object (sak_courier_get (session), "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
}

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (SAK_EXPORT_WAYS (widget)->ways), GTK_DIR_TAB_FORWARD);
}

static void
sak_export_ways_dispose (GObject *object)
{
  SakExportWays *self = SAK_EXPORT_WAYS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_export_ways_parent_class)->dispose (object);
}

static void
sak_export_ways_finalize (GObject *object)
{
  g_object_unref (SAK_EXPORT_WAYS (object)->cancellable);
  g_strfreev (SAK_EXPORT_WAYS (object)->names);
  G_OBJECT_CLASS (sak_export_ways_parent_class)->finalize (object);
}

static void
sak_export_ways_class_init (SakExportWaysClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_export_ways_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_export_ways_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
  signals[SIGNAL_SEND] = g_signal_new ("send", SAK_TYPE_EXPORT_WAYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_export_ways_init (SakExportWays *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *more = sak_build_button (_("Ways to send…"), "flat", G_CALLBACK (ways_clicked_cb), self);

  self->cancellable = g_cancellable_new ();
  self->ways = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_halign (more, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ways));
  gtk_box_append (GTK_BOX (box), more);
  adw_bin_set_child (ADW_BIN (self), box);
}
