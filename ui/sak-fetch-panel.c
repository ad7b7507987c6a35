/* sak-fetch-panel.c - looks for bundles on a stick, in a folder or on a server, and says what came of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-fetch-panel.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-build.h"
#include "ui/sak-fetcher.h"
#include "ui/sak-progress-bar.h"
#include "ui/sak-say.h"
#include "ui/words/sak-words-carrier.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

struct _SakFetchPanel
{
  AdwBin parent_instance;
  GtkBox *ways;                 /* a button for each */
  GtkLabel *none;
  SakProgressBar *progress;
  GtkLabel *outcome;
  GtkListBox *results;
  GtkWidget *set_aside;         /* leads to what was refused */
  SakSession *session;
  GCancellable *cancellable;
  char **names;                 /* of the ways, as shown */
  char *way;                    /* where is looked, or was last */
};

G_DEFINE_FINAL_TYPE (SakFetchPanel, sak_fetch_panel, ADW_TYPE_BIN)

enum { SIGNAL_CAME, N_SIGNALS };
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

/* --- What was found --- */

static void
append_result (SakFetchPanel        *self,
               const SakFetchResult *result)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *size = sak_words_size (result->size_bytes);
  g_autofree char *words = sak_words_for_fetch_result (result);
  g_autofree char *broken = sak_say_with_breaks (words);
  g_autofree char *title = g_strdup_printf ("%s · %s", result->name, size);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), broken);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->results, row);
}

static gboolean
has_come (const SakFetchResult *result)
{
  return result->report != NULL || result->is_receipt;
}

/* Why it ended early, what is there in part, or that nothing new is. */
static void
say_harvest (SakFetchPanel    *self,
             const SakHarvest *harvest)
{
  g_autofree char *incomplete = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *words = NULL;
  const char *problem = NULL;

  if (g_error_matches (harvest->problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    problem = sak_words_for_carry_reason (SAK_CARRY_STOPPED);
  else if (harvest->problem != NULL && harvest->problem->domain == SAK_CARRY_ERROR)
    problem = sak_words_for_carry_reason ((SakCarryReason) harvest->problem->code);
  else if (harvest->problem != NULL)
    problem = sak_words_for_error (harvest->problem);
  if (harvest->n_incomplete > 0)
    incomplete = sak_words_print (ngettext ("%u bundle is not complete there yet. Look again later.",
                                            "%u bundles are not complete there yet. Look again later.",
                                            harvest->n_incomplete), harvest->n_incomplete);
  if (problem == NULL && incomplete == NULL && harvest->results->len == 0)
    /* Translators: %s is the name that the owner gave a stick, folder or server */
    nothing = g_strdup_printf (_("Nothing new lies at %s."), self->way);
  words = g_strconcat (problem != NULL ? problem : "", problem != NULL && incomplete != NULL ? "\n" : "",
                       incomplete != NULL ? incomplete : "", nothing != NULL ? nothing : "", NULL);
  sak_build_say (self->outcome, words, problem != NULL);
}

static void
empty_results (SakFetchPanel *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->results))) != NULL)
    gtk_list_box_remove (self->results, row);
  gtk_widget_set_visible (GTK_WIDGET (self->results), FALSE);
  gtk_widget_set_visible (self->set_aside, FALSE);
  sak_build_say (self->outcome, "", FALSE);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SakFetchPanel) self = data;
  g_autoptr (SakHarvest) harvest = sak_fetcher_finish (result);
  gboolean came = FALSE, is_set_aside = FALSE;

  if (g_cancellable_is_cancelled (self->cancellable) || sak_session_is_locked (self->session))
    return;
  sak_progress_bar_stop (self->progress);
  gtk_widget_set_sensitive (GTK_WIDGET (self->ways), TRUE);
  for (guint i = 0; i < harvest->results->len; i++)
    {
      const SakFetchResult *one = harvest->results->pdata[i];

      append_result (self, one);
      came |= has_come (one);
      is_set_aside |= one->set_aside != NULL;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->results), harvest->results->len > 0);
  gtk_widget_set_visible (self->set_aside, is_set_aside);
  say_harvest (self, harvest);
  gtk_widget_child_focus (GTK_WIDGET (self->ways), GTK_DIR_TAB_FORWARD);
  if (!came)
    return;
  sak_session_changed (self->session);
  g_signal_emit (self, signals[SIGNAL_CAME], 0);
}

static void
look_clicked_cb (SakFetchPanel *self,
                 GtkWidget     *button)
{
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (SakProgress) progress = NULL;
  g_autofree char *words = NULL;

  g_free (self->way);
  self->way = g_strdup (g_object_get_data (G_OBJECT (button), "sak-name"));
  /* Translators: %s is the name that the owner gave a stick, folder or server */
  words = g_strdup_printf (_("Looking at %s…"), self->way);
  empty_results (self);
  progress = sak_progress_bar_start (self->progress, self->session, words, &cancellable);
  gtk_widget_child_focus (GTK_WIDGET (self->progress), GTK_DIR_TAB_FORWARD);
  gtk_widget_set_sensitive (GTK_WIDGET (self->ways), FALSE);
  sak_fetcher_async (self->session, self->way, progress, cancellable, fetched_cb, g_object_ref (self));
}

/* --- The ways --- */

static void
append_way (SakFetchPanel *self,
            const char    *name)
{
  /* Translators: a button: looks for bundles there; %s is the name that the owner gave a stick, folder or server */
  g_autofree char *words = g_strdup_printf (_("Look at %s"), name);
  GtkWidget *button = sak_build_button (words, NULL, NULL, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  g_object_set_data_full (G_OBJECT (button), "sak-name", g_strdup (name), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (look_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->ways, button);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakFetchPanel) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = sak_session_call_finish (result, &error);

  /* As long as they are the same the buttons stay, and the keyboard with them. */
  if (g_cancellable_is_cancelled (self->cancellable) ||
      (names != NULL && self->names != NULL &&
       g_strv_equal ((const char *const *) names, (const char *const *) self->names)))
    return;
  sak_build_empty (self->ways);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    append_way (self, names[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->none), names != NULL && names[0] == NULL);
  if (names == NULL)
    sak_build_say (self->outcome, sak_words_for_error (error), TRUE);
  g_strfreev (self->names);
  self->names = g_steal_pointer (&names);
}

void
sak_fetch_panel_reload (SakFetchPanel *self)
{
  if (!sak_session_is_locked (self->session))
    sak_session_call (self->session, sak_session_new_call (self->session), list_job, (GDestroyNotify) g_strfreev,
                      self->cancellable, listed_cb, g_object_ref (self));
}

static gboolean
focus_inside (GtkWidget *widget)
{
  return gtk_widget_child_focus (GTK_WIDGET (SAK_FETCH_PANEL (widget)->ways), GTK_DIR_TAB_FORWARD);
}

static void
sak_fetch_panel_dispose (GObject *object)
{
  SakFetchPanel *self = SAK_FETCH_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (sak_fetch_panel_parent_class)->dispose (object);
}

static void
sak_fetch_panel_finalize (GObject *object)
{
  SakFetchPanel *self = SAK_FETCH_PANEL (object);

  g_clear_object (&self->session);
  g_object_unref (self->cancellable);
  g_strfreev (self->names);
  g_free (self->way);
  G_OBJECT_CLASS (sak_fetch_panel_parent_class)->finalize (object);
}

static void
sak_fetch_panel_class_init (SakFetchPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_fetch_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_fetch_panel_finalize;
  sak_build_set_grab_focus (GTK_WIDGET_CLASS (klass), focus_inside);
  signals[SIGNAL_CAME] = g_signal_new ("came", SAK_TYPE_FETCH_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
sak_fetch_panel_init (SakFetchPanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *list = gtk_list_box_new ();

  self->cancellable = g_cancellable_new ();
  self->ways = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->none = GTK_LABEL (sak_build_label (_("No way is set up yet: neither a stick or folder nor a server."),
                                           "dim-label"));
  gtk_widget_set_visible (GTK_WIDGET (self->none), FALSE);
  self->progress = SAK_PROGRESS_BAR (sak_progress_bar_new ());
  self->outcome = GTK_LABEL (sak_build_label ("", NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), FALSE);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_visible (list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What was found"), -1);
  self->results = GTK_LIST_BOX (list);
  self->set_aside = sak_build_button (_("What was set aside"), NULL, NULL, NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->set_aside), "win.go");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->set_aside), "s", "import");
  gtk_widget_set_visible (self->set_aside, FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->none));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->ways));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->outcome));
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), self->set_aside);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sak_fetch_panel_new (SakSession *session)
{
  SakFetchPanel *self = g_object_new (SAK_TYPE_FETCH_PANEL, NULL);

  self->session = g_object_ref (session);
  sak_fetch_panel_reload (self);
  return GTK_WIDGET (self);
}
