/* sak-test-tour-records.c - stops of the tour: records, and what opens over them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include "ui/sak-form-section.h"
#include "ui/sak-history.h"
#include "ui/sak-record-picker.h"

/* All that a form has to show. */
static void
open_all (GtkWidget *widget)
{
  if (SAK_IS_FORM_SECTION (widget))
    sak_form_section_set_open (SAK_FORM_SECTION (widget), TRUE);
  if (GTK_IS_EXPANDER (widget))
    gtk_expander_set_expanded (GTK_EXPANDER (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    open_all (child);
}

static GtkWidget *
open_new (TestTour   *tour,
          const char *kind)
{
  gtk_widget_activate_action (tour->window, "win.new-of-kind", "s", kind);
  test_tour_settle (tour);
  open_all (tour->window);
  return tour->window;
}

#define NEW(function, kind)                     \
  static GtkWidget *                            \
  function (TestTour *tour)                     \
  {                                             \
    return open_new (tour, kind);               \
  }

NEW (open_new_incident, "event")
NEW (open_new_person, "person")
NEW (open_new_testimony, "testimony")
NEW (open_new_evidence, "document")
NEW (open_new_action, "intervention")

static GtkWidget *
open_finished (TestTour *tour)
{
  gtk_widget_activate_action (tour->window, "win.open-record", "s", tour->incident);
  return tour->window;
}

static GtkWidget *
open_history (TestTour *tour)
{
  return sak_history_new (GTK_WINDOW (tour->window), tour->session, tour->incident);
}

static GtkWidget *
open_picker (TestTour *tour)
{
  return sak_record_picker_new (GTK_WINDOW (tour->window), tour->session, "person");
}

const TestStop test_stops_records[] = {
  { "new-incident", "record-page", open_new_incident },
  { "new-person", "record-page", open_new_person },
  { "new-testimony", "record-page consent-matrix", open_new_testimony },
  { "new-evidence", "record-page", open_new_evidence },
  { "new-action", "record-page", open_new_action },
  { "finished-incident", "record-page", open_finished },
  { "history", "history", open_history },
  { "picker", "record-picker", open_picker },
  { NULL, NULL, NULL },
};
