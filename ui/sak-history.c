/* sak-history.c - the versions of a record: who, when, why, and what changed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-history.h"
#include "ui/sak-history.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-versions.h"
#include "ui/words/sak-words.h"

/* With the form that names the fields. */
typedef struct
{
  GPtrArray *versions;          /* SakVersion */
  SakForm *form;                /* or NULL */
} Reading;

struct _SakHistory
{
  AdwWindow parent_instance;
  GtkListBox *list;
  GtkLabel *outcome;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SakHistory, sak_history, ADW_TYPE_WINDOW)

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->versions, g_ptr_array_unref);
  sak_form_unref (reading->form);
  g_free (reading);
}

static gpointer
read_history_job (gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SakCall *call = data;
  g_autoptr (SakRecord) record = sak_vault_load_record (call->vault, call->id, error);
  g_autoptr (GPtrArray) versions = NULL;
  Reading *reading;

  if (record == NULL || (versions = sak_vault_list_versions (call->vault, call->id, error)) == NULL)
    return NULL;
  reading = g_new0 (Reading, 1);
  reading->versions = g_steal_pointer (&versions);
  reading->form = record->form != NULL ? sak_form_ref (record->form) : NULL;
  return reading;
}

/* "Before: …" and "Now: …", also for ears. */
static char *
describe_change (const SakForm            *form,
                 const SakFieldComparison *change)
{
  const char *language = sak_say_language ();
  const SakFieldSide *side = &change->sides[0];
  g_autofree char *before = sak_words_tell_value (form, change->path, change->base, language);
  g_autofree char *now = sak_words_tell_value (form, change->path, side->value, language);
  g_autofree char *words = NULL;

  if (change->base != NULL && side->value != NULL)
    /* Translators: what stood in a field before a change, and what stands there now */
    words = g_strdup_printf (_("Before: %1$s\nNow: %2$s"), before, now);
  else
    words = g_strdup_printf ("%s%s%s", sak_words_name_change (side->change),
                             change->base != NULL || side->value != NULL ? ": " : "",
                             side->value != NULL ? now : before);
  return sak_say_with_breaks (words);
}

static void
append_change (AdwExpanderRow           *row,
               const SakForm            *form,
               const SakFieldComparison *change)
{
  GtkWidget *line = adw_action_row_new ();
  const json_t *value = change->sides[0].value != NULL ? change->sides[0].value : change->base;
  g_autofree char *name = sak_words_name_path (form, change->path, value, sak_say_language ());
  g_autofree char *title = sak_say_with_breaks (name);
  g_autofree char *words = describe_change (form, change);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), words);
  adw_expander_row_add_row (row, line);
}

/* Who, when, whether it stands now, and what is wrong with its time. */
static char *
describe_version (const SakVersion *version)
{
  g_autofree char *time = sak_say_time (sak_revision_get_time (version->revision));
  const char *clock = sak_words_about_clock (version->clock);
  /* Translators: who made a version, and when */
  g_autofree char *who = g_strdup_printf (_("%1$s, %2$s"), sak_words_name_author (version->author, version->is_own),
                                          time);
  GString *words = g_string_new (who);

  if (version->is_head)
    /* Translators: follows who made a version, and when */
    g_string_append_printf (words, "\n%s", _("This version stands now."));
  if (version->lacks_parent)
    g_string_append_printf (words, "\n%s", _("A version that this one follows is not here."));
  if (clock != NULL)
    g_string_append_printf (words, "\n%s", clock);
  return g_string_free (words, FALSE);
}

static void
append_version (SakHistory       *self,
                const SakVersion *version,
                const SakForm    *form)
{
  GtkWidget *row = adw_expander_row_new ();
  const char *reason = sak_revision_get_reason (version->revision);
  g_autofree char *title = sak_say_with_breaks (reason[0] != '\0' ? reason : _("First version"));
  g_autofree char *subtitle = describe_version (version);
  g_autofree char *name = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  for (guint i = 0; i < version->changes->len; i++)
    append_change (ADW_EXPANDER_ROW (row), form, version->changes->pdata[i]);
  name = g_strdup_printf ("%s, %s", title, subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
}

static void
history_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SakHistory) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = sak_session_call_finish (result, &error);

  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      for (guint i = 0; reading != NULL && i < reading->versions->len; i++)
        append_version (self, reading->versions->pdata[i], reading->form);
      if (reading != NULL && reading->versions->len > 0)
        gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
      gtk_label_set_label (self->outcome, reading == NULL ? sak_words_for_error (error) : "");
      gtk_widget_set_visible (GTK_WIDGET (self->outcome), reading == NULL);
    }
  g_clear_pointer (&reading, free_reading);
}

static void
sak_history_dispose (GObject *object)
{
  g_cancellable_cancel (SAK_HISTORY (object)->cancellable);
  G_OBJECT_CLASS (sak_history_parent_class)->dispose (object);
}

static void
sak_history_finalize (GObject *object)
{
  g_clear_object (&SAK_HISTORY (object)->cancellable);
  G_OBJECT_CLASS (sak_history_parent_class)->finalize (object);
}

static void
sak_history_class_init (SakHistoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sak_history_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_history_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/sakkhi/Sakkhi/ui/sak-history.ui");
  gtk_widget_class_bind_template_child (widget_class, SakHistory, list);
  gtk_widget_class_bind_template_child (widget_class, SakHistory, outcome);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
sak_history_init (SakHistory *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sak_history_new (GtkWindow  *parent,
                 SakSession *session,
                 const char *record_id)
{
  SakHistory *self = g_object_new (SAK_TYPE_HISTORY, "transient-for", parent, "modal", TRUE, NULL);
  SakCall *call = sak_session_new_call (session);

  call->id = g_strdup (record_id);
  sak_session_call (session, call, read_history_job, free_reading,
                    self->cancellable, history_read_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}
