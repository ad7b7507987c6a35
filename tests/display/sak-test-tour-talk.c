/* sak-test-tour-talk.c - stops of the tour: what is asked, answered and announced
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-network-news.h"
#include "storage/sak-thread.h"
#include "storage/sak-vault-terms.h"
#include "tests/display/sak-test-sight.h"
#include "tests/display/sak-test-tour.h"
#include "ui/sak-answer-window.h"
#include "ui/sak-ask-window.h"
#include "ui/sak-news-window.h"
#include "ui/sak-notice-window.h"
#include "ui/sak-thread-panel.h"

/* Its end is looked at, too. */
static GtkWidget *
open_thread (TestTour   *tour,
             const char *record)
{
  gtk_widget_activate_action (tour->window, "win.open-record", "s", record);
  test_tour_settle (tour);
  gtk_widget_child_focus (test_see_type (tour->window, SAK_TYPE_THREAD_PANEL), GTK_DIR_TAB_FORWARD);
  return tour->window;
}

static GtkWidget *
open_asked_here (TestTour *tour)
{
  return open_thread (tour, tour->foreign);
}

static GtkWidget *
open_to_answer (TestTour *tour)
{
  return open_thread (tour, tour->reported);
}

static GtkWidget *
open_ask (TestTour *tour)
{
  return sak_ask_window_new (GTK_WINDOW (tour->window), tour->session, tour->foreign, "title");
}

static char *
find_question (TestTour          *tour,
               SakQuestionFilter  filter)
{
  g_autoptr (GPtrArray) questions = sak_vault_list_questions (test_tour_at_rest (tour), NULL, filter, 0, 1, NULL);

  return g_strdup (((SakQuestion *) questions->pdata[0])->id);
}

static GtkWidget *
open_answer (TestTour *tour)
{
  g_autofree char *id = find_question (tour, SAK_QUESTIONS_TO_ANSWER);

  return sak_answer_window_new (GTK_WINDOW (tour->window), tour->session, id, FALSE);
}

static GtkWidget *
open_close (TestTour *tour)
{
  g_autofree char *id = find_question (tour, SAK_QUESTIONS_TO_CLOSE);

  return sak_answer_window_new (GTK_WINDOW (tour->window), tour->session, id, TRUE);
}

static GtkWidget *
open_notice (TestTour *tour)
{
  return sak_notice_window_new (GTK_WINDOW (tour->window), tour->session);
}

/* With terms of its own, and one that was sent already. */
static GtkWidget *
open_forms (TestTour *tour)
{
  SakVault *vault = test_tour_at_rest (tour);
  const char *to[] = { "Desk", NULL };
  g_autofree char *term = sak_vault_add_term (vault, "places", NULL, "en", "Fish landing", NULL);
  g_autofree char *id = sak_vault_send_terms (vault, "places", to, NULL);

  g_assert_nonnull (id);
  return sak_news_window_new (GTK_WINDOW (tour->window), tour->session);
}

static GtkWidget *
open_forms_empty (TestTour *tour)
{
  return sak_news_window_new (GTK_WINDOW (tour->window), tour->empty_session);
}

/* Of who was compared; and back, for what comes after. */
static GtkWidget *
open_believe (TestTour *tour)
{
  GtkWidget *dialog;

  g_assert_true (sak_vault_set_trust (test_tour_at_rest (tour), "Desk", SAK_TRUST_COMPARED, NULL));
  test_click (test_tour_go (tour, "contacts"), test_say ("Believe their notices…"));
  dialog = test_see_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_true (sak_vault_set_trust (test_tour_at_rest (tour), "Desk", SAK_TRUST_SEEN, NULL));
  return dialog;
}

const TestStop test_stops_talk[] = {
  { "asked-here", "thread-panel", open_asked_here },
  { "to-answer", "thread-panel", open_to_answer },
  { "ask", "ask-window talk-window", open_ask },
  { "answer", "answer-window", open_answer },
  { "close-question", "answer-window", open_close },
  { "notice", "notice-window", open_notice },
  { "forms", "news-window news-item", open_forms },
  { "forms-empty", "news-window", open_forms_empty },
  { "believe", "contacts-page", open_believe },
  { NULL, NULL, NULL },
};
