/* sak-preferences.c - idle lock, text size, and what the vault's forms ask about
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/sak-vault-form.h"
#include "ui/sak-build.h"
#include "ui/sak-preferences.h"
#include "ui/sak-say.h"
#include "ui/sak-show-only.h"
#include "ui/sak-window.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

static const int minutes[] = { 1, 2, 5, 10, 15, 30 };
static const int percents[] = { 80, 100, 125, 150, 200 };

/* By the screen's resolution, because that scales every font and no layout. */
void
sak_preferences_apply_text_size (int percent)
{
  static int system_dpi;
  GtkSettings *settings = gtk_settings_get_default ();

  if (system_dpi == 0)
    g_object_get (settings, "gtk-xft-dpi", &system_dpi, NULL);
  if (system_dpi > 0 && percent != 100)
    g_object_set (settings, "gtk-xft-dpi", system_dpi / 100 * percent, NULL);
  else if (system_dpi > 0)
    g_object_set (settings, "gtk-xft-dpi", system_dpi, NULL);
}

static SakSettings *
get_settings (gpointer row)
{
  return g_object_get_data (row, "sak-settings");
}

static void
minutes_selected_cb (AdwComboRow *row,
                     GParamSpec  *unused,
                     SakWindow   *window)
{
  int n = minutes[MIN (adw_combo_row_get_selected (row), G_N_ELEMENTS (minutes) - 1)];

  get_settings (row)->idle_minutes = n;
  sak_window_set_idle_seconds (window, (guint) n * 60);
  sak_settings_save_async (get_settings (row));
}

static void
percent_selected_cb (AdwComboRow *row,
                     GParamSpec  *unused,
                     SakWindow   *window)
{
  int n = percents[MIN (adw_combo_row_get_selected (row), G_N_ELEMENTS (percents) - 1)];

  get_settings (row)->text_percent = n;
  sak_preferences_apply_text_size (n);
  sak_settings_save_async (get_settings (row));
}

static guint
find_number (const int *numbers,
             guint      n_numbers,
             int        number)
{
  for (guint i = 0; i < n_numbers; i++)
    if (numbers[i] >= number)
      return i;
  return n_numbers - 1;
}

static GtkWidget *
make_row (const char    *title,
          GtkStringList *labels,
          guint          selected,
          SakSettings   *settings,
          GCallback      selected_cb,
          GtkWindow     *window)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_object_set_data (G_OBJECT (row), "sak-settings", settings);
  g_signal_connect_object (row, "notify::selected", selected_cb, window, 0);
  sak_build_name_choices (row);
  return row;
}

/* Packs */

static gpointer
list_packs_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SakCall *call = data;

  return sak_vault_list_packs (call->vault);
}

static gpointer
switch_pack_job (gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  SakCall *call = data;

  return sak_vault_switch_pack (call->vault, call->text, call->number != 0, error) ? SAK_JOB_DONE : NULL;
}

static void
pack_switched_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (AdwActionRow) row = data;
  g_autoptr (GError) error = NULL;

  if (sak_session_call_finish (result, &error) == NULL)
    adw_action_row_set_subtitle (row, sak_words_for_error (error));
}

static void
switch_toggled_cb (GtkSwitch    *toggle,
                   GParamSpec   *unused,
                   AdwActionRow *row)
{
  SakSession *session = g_object_get_data (G_OBJECT (row), "sak-session");
  SakCall *call = sak_session_new_call (session);

  call->text = g_strdup (g_object_get_data (G_OBJECT (row), "sak-pack"));
  call->number = gtk_switch_get_active (toggle);
  sak_session_call (session, call, switch_pack_job, NULL, NULL, pack_switched_cb, g_object_ref (row));
}

static void
add_pack (AdwPreferencesGroup *group,
          SakSession          *session,
          const char          *pack,
          gboolean             is_on)
{
  const char *label = sak_form_get_pack_label (pack, sak_say_language ());
  g_autofree char *help = sak_say_with_breaks (sak_form_get_pack_help (pack, sak_say_language ()));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *toggle = gtk_switch_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), help);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_switch_set_active (GTK_SWITCH (toggle), is_on);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "sak-session", g_object_ref (session), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "sak-pack", g_strdup (pack), g_free);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (switch_toggled_cb), row, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  /* The row's title would be said besides. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  adw_preferences_group_add (group, row);
}

static void
packs_listed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (AdwPreferencesGroup) group = data;
  g_auto (GStrv) on = sak_session_call_finish (result, NULL);
  SakSession *session = g_object_get_data (G_OBJECT (group), "sak-session");
  const char *pack;

  for (guint i = 0; on != NULL && (pack = sak_form_get_nth_pack (i)) != NULL; i++)
    add_pack (group, session, pack, g_strv_contains ((const char *const *) on, pack));
  gtk_widget_set_visible (GTK_WIDGET (group), on != NULL);
}

static GtkWidget *
make_packs (SakSession *session)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("What this vault’s forms ask about"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
    _("What is switched off can still be added to one record, at the end of its form. Answers always stay."));
  gtk_widget_set_visible (group, FALSE);
  g_object_set_data_full (G_OBJECT (group), "sak-session", g_object_ref (session), g_object_unref);
  sak_session_call (session, sak_session_new_call (session), list_packs_job, (GDestroyNotify) g_strfreev, NULL,
                    packs_listed_cb, g_object_ref (group));
  return group;
}

/* It is switched off, and yet screen readers would be told of it. */
static void
hide_search (GtkWidget *widget)
{
  if (GTK_IS_STACK (widget) && gtk_stack_get_visible_child (GTK_STACK (widget)) != NULL)
    sak_show_only (GTK_STACK (widget), gtk_stack_get_visible_child (GTK_STACK (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hide_search (child);
}

GtkWidget *
sak_preferences_new (GtkWindow   *window,
                     SakSettings *settings,
                     SakSession  *session)
{
  GtkWidget *self = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) minute_labels = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) percent_labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    gtk_string_list_take (minute_labels, sak_words_print (ngettext ("%d minute", "%d minutes",
                                                                    (guint) minutes[i]),
                                                          minutes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    gtk_string_list_take (percent_labels, sak_words_print ("%d %%", percents[i]));
  if (SAK_IS_WINDOW (window))
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), sak_window_build_language_row (SAK_WINDOW (window)));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
    make_row (_("Lock when nobody has touched anything for"), minute_labels,
              find_number (minutes, G_N_ELEMENTS (minutes), settings->idle_minutes), settings,
              G_CALLBACK (minutes_selected_cb), window));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
    make_row (_("Text size"), percent_labels,
              find_number (percents, G_N_ELEMENTS (percents), settings->text_percent), settings,
              G_CALLBACK (percent_selected_cb), window));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  if (session != NULL && !sak_session_is_locked (session))
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (make_packs (session)));
  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), _("Settings"));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), FALSE);
  hide_search (GTK_WIDGET (self));
  gtk_window_set_title (GTK_WINDOW (self), _("Settings"));
  gtk_window_set_transient_for (GTK_WINDOW (self), window);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  return self;
}
