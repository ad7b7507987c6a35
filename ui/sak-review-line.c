/* sak-review-line.c - on the page of a record that came from elsewhere: what was decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-review-line.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-review.h"
#include "ui/sak-build.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-review.h"

struct _SakReviewLine
{
  AdwBin parent_instance;
  GtkLabel *words;
  SakSession *session;
  GCancellable *cancellable;
  char *record;
};

G_DEFINE_FINAL_TYPE (SakReviewLine, sak_review_line, ADW_TYPE_BIN)

static gpointer
load_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_vault_load_arrival (call->vault, call->id, error);
}

/* Why one cannot be read is told by the page around this; most did not come from elsewhere. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakReviewLine) self = data;
  g_autoptr (SakArrived) arrived = sak_session_call_finish (result, NULL);
  g_autofree char *broken = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  broken = sak_say_with_breaks (arrived != NULL ? sak_words_for_review (arrived) : "");
  gtk_label_set_label (self->words, broken);
  gtk_widget_set_visible (GTK_WIDGET (self), arrived != NULL);
}

static void
load (SakReviewLine *self)
{
  SakCall *call;

  if (sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->record);
  sak_session_call (self->session, call, load_job, (GDestroyNotify) sak_arrived_free, self->cancellable, loaded_cb,
                    g_object_ref (self));
}

static void
sak_review_line_dispose (GObject *object)
{
  SakReviewLine *self = SAK_REVIEW_LINE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sak_review_line_parent_class)->dispose (object);
}

static void
sak_review_line_finalize (GObject *object)
{
  g_object_unref (SAK_REVIEW_LINE (object)->cancellable);
  g_free (SAK_REVIEW_LINE (object)->record);
  G_OBJECT_CLASS (sak_review_line_parent_class)->finalize (object);
}

static void
sak_review_line_class_init (SakReviewLineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_review_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_review_line_finalize;
}

static void
sak_review_line_init (SakReviewLine *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sak_review_line_new (SakSession *session,
                     const char *record)
{
  SakReviewLine *self = g_object_new (SAK_TYPE_REVIEW_LINE, NULL);
  /* Translators: above a line that says whether a record that came from a partner was accepted */
  GtkWidget *box = sak_build_boxed (C_("heading", "Review"));
  GtkWidget *button = sak_build_button (C_("review", "Review…"), NULL, NULL, NULL);

  self->session = g_object_ref (session);
  self->record = g_strdup (record);
  self->words = GTK_LABEL (sak_build_label ("", NULL));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.review-record");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_string (record));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), button);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (session, "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}
