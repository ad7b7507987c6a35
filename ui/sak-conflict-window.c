/* sak-conflict-window.c - versions of a record side by side, brought together into one
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For each field that differs a person chooses one version's value or writes another. What
 * one version alone changed is chosen already and can be chosen otherwise; a consent never is.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-conflict-choice.h"
#include "ui/sak-conflict-window.h"
#include "ui/sak-weak.h"
#include "ui/words/sak-words-versions.h"
#include "ui/words/sak-words.h"

struct _SakConflictWindow
{
  AdwWindow parent_instance;
  SakSession *session;
  char *record_id;
  SakConflict *conflict;
  GPtrArray *choices;           /* SakConflictChoice, borrowed */
  GtkBox *box;
  GtkEntry *reason;
  GtkButton *merge;
  GtkLabel *problem;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakConflictWindow, sak_conflict_window, ADW_TYPE_WINDOW)

enum { MERGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
say_problem (SakConflictWindow *self,
             const char        *words)
{
  sak_build_say (self->problem, words != NULL ? words : "", TRUE);
}

/* Merging */

static gpointer
merge_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  const SakMerge merge = { (const char *const *) call->names, call->number != 0, call->fields, call->text };

  return sak_vault_merge_record (call->vault, call->id, &merge, error);
}

static void
merged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakConflictWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *revision = sak_session_call_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->merge), TRUE);
  if (revision == NULL)
    {
      say_problem (self, sak_words_for_error (error));
      return;
    }
  sak_session_changed (self->session);
  g_signal_emit (self, signals[MERGED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* The first that is open gets the focus. */
static gboolean
check_all_chosen (SakConflictWindow *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (!sak_conflict_choice_is_made (self->choices->pdata[i]))
      {
        say_problem (self, _("Choose for each part which version stands, or write it anew."));
        gtk_widget_grab_focus (self->choices->pdata[i]);
        return FALSE;
      }
  if (gtk_entry_buffer_get_length (gtk_entry_get_buffer (self->reason)) > 0)
    return TRUE;
  say_problem (self, _("Say in a few words why it was brought together like this."));
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  return FALSE;
}

static void
merge_clicked_cb (SakConflictWindow *self)
{
  SakCall *call;

  if (!check_all_chosen (self))
    return;
  say_problem (self, NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->merge), FALSE);
  call = sak_session_new_call (self->session);
  call->id = g_strdup (self->record_id);
  call->names = sak_conflict_list_parents (self->conflict);
  call->number = sak_conflict_has_draft (self->conflict);
  call->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason)));
  call->fields = sak_record_compare_take (self->conflict->fields);
  for (guint i = 0; i < self->choices->len; i++)
    sak_conflict_choice_store (self->choices->pdata[i], call->fields);
  sak_session_call (self->session, call, merge_job, g_free, NULL, merged_cb, g_object_ref (self));
}

/* Showing */

static void
append_choices (SakConflictWindow *self)
{
  for (guint i = 0; i < self->conflict->fields->len; i++)
    {
      const SakFieldComparison *field = self->conflict->fields->pdata[i];
      GtkWidget *choice;

      if (field->outcome == SAK_OUTCOME_SAME)
        continue;
      choice = sak_conflict_choice_new (self->conflict, field);
      gtk_box_append (self->box, choice);
      g_ptr_array_add (self->choices, choice);
    }
}

static void
append_end (SakConflictWindow *self)
{
  GtkWidget *label = sak_build_label (_("Why it was brought together like this"), "heading");

  self->reason = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_max_length (self->reason, 1000);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reason), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Why it was brought together like this"), -1);
  self->merge = GTK_BUTTON (gtk_button_new_with_label (_("Bring together")));
  gtk_widget_add_css_class (GTK_WIDGET (self->merge), "suggested-action");
  gtk_widget_set_halign (GTK_WIDGET (self->merge), GTK_ALIGN_END);
  g_signal_connect_object (self->merge, "clicked", G_CALLBACK (merge_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, label);
  gtk_box_append (self->box, sak_build_label (_("Write no names here: these words always travel with the record."),
                                         "dim-label"));
  gtk_box_append (self->box, GTK_WIDGET (self->reason));
  gtk_box_append (self->box, GTK_WIDGET (self->merge));
}

static void
conflict_loaded_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (SakConflictWindow) self = sak_weak_take (data);
  g_autoptr (GError) error = NULL;
  SakConflict *conflict = sak_session_call_finish (result, &error);

  if (self == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      g_clear_pointer (&conflict, sak_conflict_free);
      return;
    }
  if (conflict == NULL)
    {
      say_problem (self, sak_words_for_error (error));
      return;
    }
  self->conflict = conflict;
  gtk_box_append (self->box, sak_build_label (sak_words_about_conflict (conflict), NULL));
  append_choices (self);
  if (conflict->n_mergeable < 2)
    return;
  append_end (self);
  for (guint i = 0; i < self->choices->len; i++)
    if (!sak_conflict_choice_is_made (self->choices->pdata[i]))
      {
        gtk_widget_grab_focus (self->choices->pdata[i]);
        return;
      }
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static gpointer
load_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  return sak_vault_load_conflict (call->vault, call->id, error);
}

static void
sak_conflict_window_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_CONFLICT_WINDOW (object)->cancellable);
  G_OBJECT_CLASS (sak_conflict_window_parent_class)->dispose (object);
}

static void
sak_conflict_window_finalize (GObject *object)
{
  SakConflictWindow *self = SAK_CONFLICT_WINDOW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->conflict, sak_conflict_free);
  g_ptr_array_unref (self->choices);
  g_free (self->record_id);
  G_OBJECT_CLASS (sak_conflict_window_parent_class)->finalize (object);
}

static void
sak_conflict_window_class_init (SakConflictWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_conflict_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_conflict_window_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
  signals[MERGED] = g_signal_new ("merged", SAK_TYPE_CONFLICT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
sak_conflict_window_init (SakConflictWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->choices = g_ptr_array_new ();
  sak_build_window (ADW_WINDOW (self), 960, NULL, &self->box, &self->problem);
}

GtkWidget *
sak_conflict_window_new (GtkWindow  *parent,
                         SakSession *session,
                         const char *record_id)
{
  SakConflictWindow *self = g_object_new (SAK_TYPE_CONFLICT_WINDOW, "transient-for", parent, "modal", TRUE,
                                          "destroy-with-parent", TRUE, "title", _("Versions side by side"),
                                          "default-width", 900, "default-height", 560, NULL);
  SakCall *call = sak_session_new_call (session);

  self->session = g_object_ref (session);
  self->record_id = g_strdup (record_id);
  call->id = g_strdup (record_id);
  sak_session_call (session, call, load_job, (GDestroyNotify) sak_conflict_free, self->cancellable,
                    conflict_loaded_cb, sak_weak_point_at (self));
  return GTK_WIDGET (self);
}
