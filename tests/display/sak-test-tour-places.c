/* sak-test-tour-places.c - stops of the tour: what the sidebar leads to, and what opens over it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include "ui/sak-preferences.h"

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

static GtkWidget *
open_preferences (TestTour *tour)
{
  static SakSettings settings = { .idle_minutes = 5, .text_percent = 100 };

  return sak_preferences_new (GTK_WINDOW (tour->window), &settings, tour->session);
}

const TestStop test_stops_places[] = {
  { "home", "window home-page", open_home },
  { "incidents", "record-list list-header search-bar", open_incidents },
  { "people", "record-list", open_people },
  { "testimonies", "record-list", open_testimonies },
  { "evidence", "record-list", open_evidence },
  { "actions", "record-list", open_actions },
  { "contacts", "contacts-page", open_contacts },
  { "export", "export-page", open_export },
  { "import", "import-page", open_import },
  { "care", "care-page check-panel backup-panel", open_care },
  { "ways", "ways-page", open_ways },
  { "preferences", "preferences", open_preferences },
  { NULL, NULL, NULL },
};
