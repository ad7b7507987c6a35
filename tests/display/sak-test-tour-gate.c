/* sak-test-tour-gate.c - stops of the tour: what there is before a vault is open, and what opens it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include "tests/display/sak-test-sight.h"
#include "ui/sak-build.h"
#include "ui/sak-card-panel.h"
#include "ui/sak-code-panel.h"
#include "ui/sak-recover-page.h"
#include "ui/sak-shares-panel.h"

static GtkWidget *
open_gate (TestTour *tour,
           gboolean  is_new)
{
  const SakSettings settings = {
    .width = tour->width, .height = tour->height, .idle_minutes = 30, .text_percent = tour->percent, .is_new = is_new,
  };
  GtkWidget *window = sak_window_new (NULL, &settings);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
open_welcome (TestTour *tour)
{
  return open_gate (tour, TRUE);
}

static GtkWidget *
open_start (TestTour *tour)
{
  return open_gate (tour, FALSE);
}

static GtkWidget *
open_create (TestTour *tour)
{
  GtkWidget *window = open_gate (tour, FALSE);

  test_click (window, test_say ("Make a new vault…"));
  return window;
}

static GtkWidget *
open_create_name (TestTour *tour)
{
  GtkWidget *window = open_create (tour);

  test_click (window, test_say ("Practice"));
  return window;
}

static GtkWidget *
open_create_passphrase (TestTour *tour)
{
  GtkWidget *window = open_create_name (tour);

  test_type (window, test_say ("Your name, a code name, or your group’s"), "Mangrove");
  test_click (window, test_say ("Next"));
  test_click (window, test_say ("Take this one"));
  return window;
}

/* As the window shows it, without making another vault. */
static GtkWidget *
open_panel (TestTour  *tour,
            GtkWidget *panel)
{
  GtkWidget *window = adw_window_new ();
  GtkBox *column;
  GtkWidget *page = sak_build_page (&column);

  gtk_box_append (column, panel);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_set_title (GTK_WINDOW (window), "Sakkhi");
  gtk_window_set_default_size (GTK_WINDOW (window), tour->width, tour->height);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
open_code (TestTour *tour)
{
  GtkWidget *window = open_panel (tour, sak_code_panel_new (tour->session, ""));

  test_see (window, test_say ("I have written it down…"));
  return window;
}

static GtkWidget *
open_code_typed (TestTour *tour)
{
  GtkWidget *window = open_code (tour);

  test_click (window, test_say ("I have written it down…"));
  test_see (window, test_say ("It is on paper"));
  return window;
}

static GtkWidget *
open_card (TestTour *tour)
{
  return open_panel (tour, sak_card_panel_new (tour->session));
}

static GtkWidget *
open_shares (TestTour *tour)
{
  return open_panel (tour, sak_shares_panel_new (tour->session));
}

static GtkWidget *
open_shares_page (TestTour *tour)
{
  GtkWidget *window = open_shares (tour);

  test_click (window, test_say ("Make the pages"));
  test_see (window, test_say ("The next person…"));
  return window;
}

static GtkWidget *
open_unlock (TestTour *tour)
{
  GtkWidget *window = open_gate (tour, FALSE);

  sak_window_open_path (SAK_WINDOW (window), tour->pair.f.path);
  return window;
}

static GtkWidget *
open_other_way (TestTour *tour)
{
  GtkWidget *window = open_unlock (tour);

  test_click (window, test_say ("I cannot remember the passphrase…"));
  return window;
}

static GtkWidget *
choose_kind (TestTour   *tour,
             const char *name)
{
  GtkWidget *window = open_other_way (tour);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_find_entry (window, name)), TRUE);
  return window;
}

static GtkWidget *
open_with_file (TestTour *tour)
{
  return choose_kind (tour, "file");
}

static GtkWidget *
open_with_shares (TestTour *tour)
{
  return choose_kind (tour, "shares");
}

static GtkWidget *
open_recover (TestTour *tour)
{
  GtkWidget *window = open_gate (tour, FALSE);

  gtk_widget_activate_action (window, "win.restore", NULL);
  return window;
}

static GtkWidget *
open_rescue (TestTour *tour)
{
  GtkWidget *window = open_unlock (tour);

  gtk_widget_activate_action (window, "win.rescue", NULL);
  return window;
}

const TestStop test_stops_gate[] = {
  { "welcome", "welcome-page", open_welcome },
  { "start", "start-page", open_start },
  { "create-what-for", "create-page", open_create },
  { "create-name", "create-page", open_create_name },
  { "create-passphrase", "create-page", open_create_passphrase },
  { "code", "code-panel", open_code },
  { "code-typed-back", "code-panel", open_code_typed },
  { "card", "card-panel", open_card },
  { "shares", "shares-panel", open_shares },
  { "shares-page", "shares-panel", open_shares_page },
  { "unlock", "unlock-page", open_unlock },
  { "other-way", "other-way-page", open_other_way },
  { "other-way-key-file", "other-way-page", open_with_file },
  { "other-way-shares", "other-way-page", open_with_shares },
  { "recover", "recover-page", open_recover },
  { "rescue", "recover-page", open_rescue },
  { NULL, NULL, NULL },
};
