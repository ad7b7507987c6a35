/* sak-test-tour-records.c - stops of the tour: records, and what opens over them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include "tests/display/sak-test-sight.h"
#include "ui/sak-conflict-window.h"
#include "ui/sak-consent-matrix.h"
#include "ui/sak-custody-window.h"
#include "ui/sak-fields.h"
#include "ui/sak-form-section.h"
#include "ui/sak-history.h"
#include "ui/sak-print-window.h"
#include "ui/sak-record-page.h"
#include "ui/sak-record-picker.h"

/* Each widget below @widget of this type, once. */
static void
for_each (GtkWidget *widget,
          GType      type,
          void     (*visit) (GtkWidget *found))
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    visit (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    for_each (child, type, visit);
}

static void
open_section (GtkWidget *section)
{
  sak_form_section_set_open (SAK_FORM_SECTION (section), TRUE);
}

static void
expand (GtkWidget *expander)
{
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
}

static void
click_first (GtkWidget *widget)
{
  GtkWidget *button = test_find_type (widget, GTK_TYPE_BUTTON);

  if (button != NULL && gtk_widget_get_mapped (button))
    g_signal_emit_by_name (button, "clicked");
}

/* The last one: before it stand the buttons of rows, and of help. */
static void
add_row (GtkWidget *table)
{
  GtkWidget *last = NULL;

  for (GtkWidget *child = gtk_widget_get_last_child (gtk_widget_get_first_child (table)); child != NULL && last == NULL;
       child = gtk_widget_get_prev_sibling (child))
    last = test_find_type (child, GTK_TYPE_BUTTON);
  if (last != NULL && gtk_widget_get_mapped (last))
    g_signal_emit_by_name (last, "clicked");
}

static GtkWidget *
open_new (TestTour   *tour,
          const char *kind)
{
  gtk_widget_activate_action (tour->window, "win.new-of-kind", "s", kind);
  test_tour_settle (tour);
  for_each (tour->window, SAK_TYPE_FORM_SECTION, open_section);
  for_each (tour->window, GTK_TYPE_EXPANDER, expand);
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
open_tables (TestTour *tour)
{
  GtkWidget *window = open_new (tour, "event");

  for_each (window, SAK_TYPE_TABLE_FIELD, add_row);
  return window;
}

static GtkWidget *
open_terms (TestTour *tour)
{
  GtkWidget *window = open_new (tour, "event");

  for_each (window, SAK_TYPE_TERM_FIELD, add_row);
  return window;
}

static GtkWidget *
open_matrix (TestTour *tour)
{
  GtkWidget *window = open_new (tour, "testimony");

  for_each (window, SAK_TYPE_CONSENT_MATRIX, click_first);
  return window;
}

static GtkWidget *
open_record (TestTour   *tour,
             const char *id)
{
  gtk_widget_activate_action (tour->window, "win.open-record", "s", id);
  test_tour_settle (tour);
  return tour->window;
}

static GtkWidget *
open_finished (TestTour *tour)
{
  return open_record (tour, tour->incident);
}

static GtkWidget *
open_with_media (TestTour *tour)
{
  GtkWidget *window = open_record (tour, tour->testimony);

  for_each (window, SAK_TYPE_FORM_SECTION, open_section);
  return window;
}

static GtkWidget *
open_torn (TestTour *tour)
{
  return open_record (tour, tour->torn);
}

/* What a click on it asks. */
static GtkWidget *
ask (TestTour   *tour,
     const char *id,
     const char *button)
{
  (void) open_record (tour, id);
  test_click (tour->window, button);
  return test_see_window (ADW_TYPE_MESSAGE_DIALOG);
}

static GtkWidget *
open_finish (TestTour *tour)
{
  return ask (tour, tour->draft, test_say ("Finish…"));
}

static GtkWidget *
open_discard (TestTour *tour)
{
  return ask (tour, tour->draft, test_say ("Discard draft…"));
}

static GtkWidget *
open_missing (TestTour *tour)
{
  (void) open_new (tour, "event");
  test_click (tour->window, test_say ("Finish…"));
  return tour->window;
}

static GtkWidget *
open_history (TestTour *tour)
{
  return sak_history_new (GTK_WINDOW (tour->window), tour->session, tour->torn);
}

static GtkWidget *
open_conflict (TestTour *tour)
{
  return sak_conflict_window_new (GTK_WINDOW (tour->window), tour->session, tour->torn);
}

static GtkWidget *
open_custody (TestTour *tour)
{
  return sak_custody_window_new (GTK_WINDOW (tour->window), tour->session, tour->incident);
}

/* Of any sheet: pages that are still to come, with something to be thought of. */
static GtkWidget *
open_print (TestTour *tour)
{
  GtkWidget *window = sak_print_window_new (GTK_WINDOW (tour->window), tour->session, SAK_PRINT_CASE,
                                            "Seven men kept at sea", tour->incident);

  sak_print_window_warn (SAK_PRINT_WINDOW (window), test_say ("The vault is locked."));
  return window;
}

static GtkWidget *
open_picker (TestTour *tour)
{
  return sak_record_picker_new (GTK_WINDOW (tour->window), tour->session, "person");
}

static GtkWidget *
open_picker_found (TestTour *tour)
{
  GtkWidget *picker = open_picker (tour);

  gtk_window_present (GTK_WINDOW (picker));
  gtk_editable_set_text (GTK_EDITABLE (test_find_type (picker, GTK_TYPE_TEXT)), "Zaw");
  return picker;
}

const TestStop test_stops_records[] = {
  { "new-incident", "record-page", open_new_incident },
  { "new-person", "record-page", open_new_person },
  { "new-testimony", "record-page", open_new_testimony },
  { "new-evidence", "record-page", open_new_evidence },
  { "new-action", "record-page", open_new_action },
  { "tables", "record-page", open_tables },
  { "terms", "term-chooser", open_terms },
  { "consent-matrix", "consent-matrix", open_matrix },
  { "finished-incident", "record-page", open_finished },
  { "testimony-with-media", "record-page", open_with_media },
  { "conflict-told", "record-page", open_torn },
  { "finish", "record-page", open_finish },
  { "discard", "record-page", open_discard },
  { "missing", "record-page", open_missing },
  { "history", "history", open_history },
  { "conflict", "conflict-window", open_conflict },
  { "custody", "custody-window", open_custody },
  { "print", "print-window", open_print },
  { "picker", "record-picker", open_picker },
  { "picker-found", "record-picker", open_picker_found },
  { NULL, NULL, NULL },
};
