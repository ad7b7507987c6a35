/* sak-choosing-bar.c - below a list from which some are being chosen: how many, and what to do with them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-choosing-bar.h"

#include <glib/gi18n-lib.h>

#include "ui/compat/sak-ask.h"
#include "ui/sak-build.h"
#include "ui/sak-choosing-more.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakChoosingBar
{
  AdwBin parent_instance;
  SakSession *session;
  SakRecordListModel *model;
  GCancellable *cancellable;
  GtkLabel *words;
  GtkWidget *none;
  GtkWidget *bundle;
  GtkWidget *more;
  GtkBox *row;
  GtkWidget *progress;
  gboolean is_active;
};

G_DEFINE_FINAL_TYPE (SakChoosingBar, sak_choosing_bar, ADW_TYPE_BIN)

static void
show (SakChoosingBar *self)
{
  guint n = (guint) gtk_bitset_get_size (sak_record_list_model_get_marked (self->model));
  g_autofree char *words = sak_words_print (ngettext ("%u record is chosen", "%u records are chosen", n), n);

  gtk_label_set_label (self->words, n > 0 ? words : _("Choose records in the list"));
  gtk_widget_set_sensitive (self->none, n > 0);
  gtk_widget_set_sensitive (self->bundle, n > 0);
  gtk_widget_set_sensitive (self->more, n > 0);
}

static void
all_clicked_cb (SakChoosingBar *self)
{
  sak_record_list_model_mark_all (self->model, TRUE);
  show (self);
}

static void
none_clicked_cb (SakChoosingBar *self)
{
  sak_record_list_model_mark_all (self->model, FALSE);
  show (self);
}

static gpointer
load_ids_job (gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return sak_choosing_load_ids (data, NULL, error);
}

static void
ids_loaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakChoosingBar) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (ids == NULL)
    sak_tell (GTK_WIDGET (self), _("The chosen records were not read"), sak_words_for_error (error));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.bundle-records", "^as", ids);
}

static void
bundle_clicked_cb (SakChoosingBar *self)
{
  SakCall *call = sak_session_new_call (self->session);

  call->rowids = sak_choosing_list_marked (self->model);
  sak_session_call (self->session, call, load_ids_job, (GDestroyNotify) g_strfreev, self->cancellable, ids_loaded_cb,
                    g_object_ref (self));
}

/* What was begun goes on, and can be stopped, when nothing is chosen any more. */
static void
show_bar (SakChoosingBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->row), self->is_active);
  gtk_widget_set_visible (GTK_WIDGET (self), self->is_active || gtk_widget_get_visible (self->progress));
}

/* Stands there until something else is chosen. */
static void
told_cb (SakChoosingBar *self,
         const char     *words)
{
  show (self);
  gtk_label_set_label (self->words, words);
}

static void
sak_choosing_bar_dispose (GObject *object)
{
  SakChoosingBar *self = SAK_CHOOSING_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_choosing_bar_parent_class)->dispose (object);
}

static void
sak_choosing_bar_finalize (GObject *object)
{
  g_clear_object (&SAK_CHOOSING_BAR (object)->cancellable);
  G_OBJECT_CLASS (sak_choosing_bar_parent_class)->finalize (object);
}

static void
sak_choosing_bar_class_init (SakChoosingBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_choosing_bar_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  G_OBJECT_CLASS (klass)->finalize = sak_choosing_bar_finalize;
}

static void
sak_choosing_bar_init (SakChoosingBar *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->row = GTK_BOX (row);
  self->progress = sak_progress_bar_new ();
  g_signal_connect_object (self->progress, "notify::visible", G_CALLBACK (show_bar), self, G_CONNECT_SWAPPED);
  self->cancellable = g_cancellable_new ();
  self->words = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->words, 0);
  gtk_label_set_wrap (self->words, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->words), TRUE);
  /* Translators: of the rows of a list */
  self->none = sak_build_button (_("Choose none"), NULL, G_CALLBACK (none_clicked_cb), self);
  /* Translators: of the chosen rows of a list */
  self->bundle = sak_build_button (_("Make a bundle of these…"), "suggested-action", G_CALLBACK (bundle_clicked_cb),
                                   self);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->words));
  /* Translators: of the rows of a list */
  gtk_box_append (GTK_BOX (row), sak_build_button (_("Choose all"), NULL, G_CALLBACK (all_clicked_cb), self));
  gtk_box_append (GTK_BOX (row), self->none);
  gtk_box_append (GTK_BOX (row), self->bundle);
  gtk_box_append (GTK_BOX (column), self->progress);
  gtk_box_append (GTK_BOX (column), row);
  gtk_widget_add_css_class (column, "sak-actions");
  adw_bin_set_child (ADW_BIN (self), column);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_choosing_bar_new (SakSession         *session,
                      SakRecordListModel *model)
{
  SakChoosingBar *self = g_object_new (SAK_TYPE_CHOOSING_BAR, NULL);

  self->session = g_object_ref (session);
  self->model = g_object_ref (model);
  self->more = sak_choosing_more_new (session, model, SAK_PROGRESS_BAR (self->progress));
  g_signal_connect_object (self->more, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->row, self->more);
  show (self);
  return GTK_WIDGET (self);
}

void
sak_choosing_bar_set_active (SakChoosingBar *self,
                             gboolean        is_active)
{
  if (!is_active)
    sak_record_list_model_mark_all (self->model, FALSE);
  self->is_active = is_active;
  show_bar (self);
  show (self);
}

void
sak_choosing_bar_toggle (SakChoosingBar *self,
                         guint           position)
{
  sak_record_list_model_mark (self->model, position, !sak_record_list_model_is_marked (self->model, position));
  show (self);
}
