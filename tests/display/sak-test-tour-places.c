/* sak-test-tour-places.c - stops of the tour: what the sidebar leads to, and what opens over it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include "storage/sak-set-aside.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-manual-window.h"
#include "ui/sak-preferences.h"
#include "ui/sak-record-list.h"

#define PLACE(function, place)                  \
  static GtkWidget *                            \
  function (TestTour *tour)                     \
  {                                             \
    return test_tour_go (tour, place);          \
  }

PLACE (open_home, "home")
PLACE (open_incidents, "event")
PLACE (open_people, "person")
PLACE (open_testimonies, "testimony")
PLACE (open_evidence, "document")
PLACE (open_actions, "intervention")
PLACE (open_contacts, "contacts")
PLACE (open_export, "export")
PLACE (open_import, "import")
PLACE (open_care, "care")
PLACE (open_ways, "ways")

/* The toggle button with these words, pressed in. */
static void
toggle (GtkWidget  *window,
        const char *words)
{
  GtkWidget *label = test_see (window, words);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
}

static GtkWidget *
open_narrowed (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "event");

  test_tour_settle (tour);
  toggle (window, test_say ("Narrow down"));
  return window;
}

static GtkWidget *
open_choosing (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "event");

  test_tour_settle (tour);
  toggle (window, test_say ("Choose several"));
  return window;
}

static GtkWidget *
open_searched (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "testimony");

  test_type (window, "search", "zzzzzz");
  test_see (window, test_say ("Nothing is found"));
  return window;
}

/* One that has nothing. */
static GtkWidget *
open_empty (TestTour *tour)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), "Sakkhi");
  gtk_window_set_default_size (GTK_WINDOW (window), tour->width, tour->height);
  gtk_window_set_child (GTK_WINDOW (window), sak_record_list_new (tour->empty_session, "event"));
  return window;
}

static GtkWidget *
open_plan (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "export");
  GtkWidget *row = gtk_widget_get_ancestor (test_see (window, "Desk"), ADW_TYPE_ACTION_ROW);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_find_type (row, GTK_TYPE_CHECK_BUTTON)), TRUE);
  return window;
}

/* One from somebody whom nobody knows, another that came too early. */
static GtkWidget *
open_set_aside (TestTour *tour)
{
  static const guint8 nobody[SAK_SIGN_PUBLIC_SIZE];
  static const char *const names[] = { "7c1e2b40.sakkhi", "d0924f5b.sakkhi" };
  SakVault *vault = test_tour_at_rest (tour);

  for (guint i = 0; i < 2; i++)
    {
      int reason = i == 0 ? SAK_ERROR_UNKNOWN_SENDER : SAK_ERROR_GAP;
      g_autofree char *path = test_path (&tour->pair, names[i]);

      g_assert_true (g_file_set_contents (path, names[i], -1, NULL));
      sak_set_aside_free (sak_vault_set_aside (vault, path, nobody, i, reason, NULL, NULL));
    }
  return test_tour_go (tour, "import");
}

/* To whom something was sent. */
static GtkWidget *
open_transfer (TestTour *tour)
{
  g_autofree char *path = test_path (&tour->pair, "sent.sakkhi");

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_free (test_bundle (&tour->pair, test_tour_at_rest (tour), "Desk", tour->incident, "sent.sakkhi"));
  return test_tour_go (tour, "transfer");
}

/* And what. */
static GtkWidget *
open_sent (TestTour *tour)
{
  GtkWidget *window = open_transfer (tour);

  test_click (window, test_say ("What was sent"));
  return window;
}

static GtkWidget *
open_checked (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "care");

  test_click (window, test_say ("Check the vault"));
  return window;
}

static GtkWidget *
open_proof (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "ways");

  test_click (window, test_say ("A key file…"));
  return window;
}

static GtkWidget *
open_compare (TestTour *tour)
{
  test_click (test_tour_go (tour, "contacts"), test_say ("Compare the code…"));
  return test_see_window (ADW_TYPE_MESSAGE_DIALOG);
}

static GtkWidget *
open_preferences (TestTour *tour)
{
  static SakSettings settings = { .idle_minutes = 5, .text_percent = 100 };

  return sak_preferences_new (GTK_WINDOW (tour->window), &settings, tour->session);
}

static GtkWidget *
open_manual (TestTour *tour)
{
  GtkWidget *window = sak_manual_window_new (GTK_WINDOW (tour->window));

  sak_manual_window_show (SAK_MANUAL_WINDOW (window), SAK_MANUAL_CONTENTS);
  return window;
}

static GtkWidget *
open_keys (TestTour *tour)
{
  return GTK_WIDGET (gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (tour->window)));
}

const TestStop test_stops_places[] = {
  { "home", "window home-page", open_home },
  { "incidents", "record-list", open_incidents },
  { "people", "record-list", open_people },
  { "testimonies", "record-list", open_testimonies },
  { "evidence", "record-list", open_evidence },
  { "actions", "record-list", open_actions },
  { "list-narrowed", "record-list", open_narrowed },
  { "list-choosing", "record-list", open_choosing },
  { "list-nothing-found", "record-list", open_searched },
  { "list-empty", "record-list", open_empty },
  { "contacts", "contacts-page", open_contacts },
  { "compare", "contacts-page", open_compare },
  { "export", "export-page", open_export },
  { "export-plan", "export-page", open_plan },
  { "import", "import-page", open_import },
  { "import-set-aside", "import-page set-aside-list", open_set_aside },
  { "transfer", "transfer-page exchange-list", open_transfer },
  { "transfer-sent", "sent-list", open_sent },
  { "care", "care-page backup-panel", open_care },
  { "care-checked", "check-panel", open_checked },
  { "ways", "ways-page", open_ways },
  { "ways-proof", "ways-page", open_proof },
  { "preferences", "preferences", open_preferences },
  { "keys", "help-overlay", open_keys },
  { "manual", "manual-window", open_manual },
  { NULL, NULL, NULL },
};
