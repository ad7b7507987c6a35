/* sak-preferences.c - idle lock and text size
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/sak-preferences.h"
#include "ui/sak-window.h"

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
  return row;
}

GtkWidget *
sak_preferences_new (GtkWindow   *window,
                     SakSettings *settings)
{
  GtkWidget *self = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GtkStringList) minute_labels = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) percent_labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    gtk_string_list_take (minute_labels, g_strdup_printf (ngettext ("%d minute", "%d minutes",
                                                                    (guint) minutes[i]),
                                                          minutes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    gtk_string_list_take (percent_labels, g_strdup_printf ("%d %%", percents[i]));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
    make_row (_("Lock when nobody has touched anything for"), minute_labels,
              find_number (minutes, G_N_ELEMENTS (minutes), settings->idle_minutes), settings,
              G_CALLBACK (minutes_selected_cb), window));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
    make_row (_("Text size"), percent_labels,
              find_number (percents, G_N_ELEMENTS (percents), settings->text_percent), settings,
              G_CALLBACK (percent_selected_cb), window));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (self), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (self), FALSE);
  gtk_window_set_title (GTK_WINDOW (self), _("Settings"));
  gtk_window_set_transient_for (GTK_WINDOW (self), window);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
  return self;
}
