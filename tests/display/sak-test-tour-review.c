/* sak-test-tour-review.c - stops of the tour: what arrived, and what is decided about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-review.h"
#include "tests/display/sak-test-sight.h"
#include "tests/display/sak-test-tour.h"
#include "ui/sak-review-page.h"
#include "ui/sak-verdict-window.h"

static GtkWidget *
open_list (TestTour *tour)
{
  return test_tour_go (tour, "review");
}

/* Of a vault to which nothing came. */
static GtkWidget *
open_empty (TestTour *tour)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), "Sakkhi");
  gtk_window_set_default_size (GTK_WINDOW (window), tour->width, tour->height);
  gtk_window_set_child (GTK_WINDOW (window), sak_review_page_new (tour->empty_session));
  return window;
}

static GtkWidget *
open_narrowed (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "review");
  GtkWidget *page = test_see_type (window, SAK_TYPE_REVIEW_PAGE);
  GtkWidget *from = test_find_type (page, GTK_TYPE_DROP_DOWN);

  test_tour_settle (tour);
  /* The other one is beside it. */
  gtk_drop_down_set_selected (GTK_DROP_DOWN (gtk_widget_get_next_sibling (from)), 1 + SAK_REVIEW_BEGUN);
  test_see (page, test_say ("Nothing of that is here"));
  return window;
}

static GtkWidget *
open_record (TestTour *tour)
{
  GtkWidget *window = test_tour_go (tour, "review");

  test_tour_settle (tour);
  gtk_widget_activate_action (window, "win.review-record", "s", tour->told);
  return window;
}

/* Decided about, and noted. */
static GtkWidget *
open_decided (TestTour *tour)
{
  SakVault *vault = test_tour_at_rest (tour);
  g_autofree char *note = sak_vault_add_note (vault, tour->foreign, "The boat is known from 2019.", NULL);
  g_autofree char *decision = sak_vault_accept (vault, tour->foreign, NULL, SAK_GRADE_LIKELY, NULL, NULL);

  g_assert_nonnull (note);
  g_assert_nonnull (decision);
  sak_session_changed (tour->session);
  gtk_widget_activate_action (test_tour_go (tour, "review"), "win.review-record", "s", tour->foreign);
  return tour->window;
}

static GtkWidget *
open_verdict (TestTour       *tour,
              SakVerdictSays  says)
{
  return sak_verdict_window_new (GTK_WINDOW (tour->window), tour->session, says, tour->told, NULL);
}

static GtkWidget *
open_accept (TestTour *tour)
{
  return open_verdict (tour, SAK_SAYS_ACCEPTED);
}

static GtkWidget *
open_decline (TestTour *tour)
{
  return open_verdict (tour, SAK_SAYS_DECLINED);
}

static GtkWidget *
open_note (TestTour *tour)
{
  return open_verdict (tour, SAK_SAYS_NOTE);
}

const TestStop test_stops_review[] = {
  { "review", "review-page", open_list },
  { "review-empty", "review-page", open_empty },
  { "review-narrowed", "review-page", open_narrowed },
  { "review-record", "review-record review-head review-part", open_record },
  { "review-decided", "review-record", open_decided },
  { "accept", "verdict-window", open_accept },
  { "decline", "verdict-window", open_decline },
  { "note", "verdict-window", open_note },
  { NULL, NULL, NULL },
};
