/* test-slow-desk.c - with a store that takes seconds, the review desk and what travels live, can be left and locked
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As test-slow-store.c. Two actions came: “Golf” the later, and before it “Foxtrot”.
 */
#include "config.h"

#include <adwaita.h>

#include "storage/sak-review.h"
#include "tests/display/sak-slow-store.h"
#include "tests/display/sak-slow-window.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-ask-window.h"
#include "ui/sak-news-window.h"
#include "ui/sak-record-list-model.h"
#include "ui/sak-review-record.h"
#include "ui/sak-verdict-window.h"
#include "ui/sak-window-private.h"

#define WAIT (60 * G_USEC_PER_SEC)

static void
open_desk_record (const char *id)
{
  g_assert_true (gtk_widget_activate_action (slow_window, "win.review-record", "s", id));
}

static GtkWidget *
find_page (void)
{
  return gtk_stack_get_visible_child (SAK_WINDOW (slow_window)->content);
}

static void
end (void)
{
  slow_lock ();
  slow_store_rest ();
}

static void
begin (const char *place)
{
  slow_unlock ();
  slow_go (place);
  slow_store_rest ();
}

/* Of the list of what arrived; not that of the choices above it. */
static gboolean
is_first (const char *title)
{
  GtkWidget *view = test_find_shown (find_page (), GTK_TYPE_LIST_VIEW);
  GListModel *rows = view != NULL ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view))) : NULL;
  g_autoptr (SakRecordItem) item = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;
  const SakRecordRow *row = item != NULL ? sak_record_item_get_row (item) : NULL;

  return row != NULL && g_str_equal (row->title, title);
}

static void
see_first (const char *title)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  while (!is_first (title))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

/* --- What arrived --- */

static void
a_record_of_the_desk_is_left_locked_or_shown_late (void)
{
  begin ("review");
  slow_store_hold ();
  open_desk_record (slow_foreign_id);
  slow_store_live ();
  slow_act ("win.back");
  open_desk_record (slow_later_id);
  slow_store_live ();
  slow_let_go ();
  test_see (slow_window, "Golf");
  g_assert_null (test_find_text (find_page (), "Foxtrot"));
  slow_act ("win.back");
  slow_store_rest ();
  slow_store_hold ();
  open_desk_record (slow_foreign_id);
  slow_store_live ();
  slow_lock ();
  slow_let_go ();
  g_assert_null (test_find_text (slow_window, "Foxtrot"));
}

/* However often it is pressed before the answer: one further on, and what was decided is about what is shown. */
static void
next_is_one_further_however_often_it_is_pressed (void)
{
  begin ("review");
  see_first ("Golf");
  open_desk_record (slow_later_id);
  test_see (slow_window, "Golf");
  slow_store_rest ();
  slow_store_hold ();
  test_click (slow_window, "Next");
  slow_store_live ();
  for (guint i = 0; i < 3; i++)
    gtk_widget_activate_action (find_page (), "review.next", NULL);
  slow_store_live ();
  /* Until it is there, what is on the screen is what can be decided about. */
  test_see (find_page (), "Golf");
  slow_let_go ();
  test_see (find_page (), "Foxtrot");
  g_assert_null (test_find_text (find_page (), "Golf"));
  end ();
}

static GtkDropDown *
find_states (void)
{
  return GTK_DROP_DOWN (gtk_widget_get_next_sibling (slow_find_type (find_page (), GTK_TYPE_DROP_DOWN)));
}

/* Of choices that follow each other quickly the last counts. */
static void
only_what_was_chosen_last_is_listed (void)
{
  begin ("review");
  see_first ("Golf");
  slow_store_rest ();
  slow_store_hold ();
  gtk_drop_down_set_selected (find_states (), 1 + SAK_REVIEW_DECLINED);
  slow_store_live ();
  gtk_drop_down_set_selected (find_states (), 0);
  slow_store_live ();
  slow_let_go ();
  see_first ("Golf");
  g_assert_null (test_find_text (find_page (), "Nothing of that is here"));
  slow_store_hold ();
  gtk_drop_down_set_selected (find_states (), 1 + SAK_REVIEW_DECLINED);
  slow_let_go ();
  test_see (find_page (), "Nothing of that is here");
  test_click (find_page (), "Show the whole list");
  slow_store_rest ();
  end ();
}

/* The last of what was pressed. */
static void
read_and_unread_pressed_in_a_row_end_as_said_last (void)
{
  begin ("review");
  open_desk_record (slow_later_id);
  test_see (slow_window, "Mark as unread");
  slow_store_rest ();
  slow_store_hold ();
  test_click (slow_window, "Mark as unread");
  slow_store_live ();
  test_click (slow_window, "Mark as unread");
  slow_let_go ();
  test_see (slow_window, "Mark as read");
  end ();
}

/* --- What is decided --- */

static GtkWidget *
open_accept (void)
{
  test_click (slow_window, "Accept…");
  return test_see_window (SAK_TYPE_VERDICT_WINDOW);
}

static GtkWidget *
open_decline (void)
{
  test_click (slow_window, "Decline…");
  return test_see_window (SAK_TYPE_VERDICT_WINDOW);
}

static GtkWidget *
open_ask (void)
{
  test_click (slow_window, "Ask…");
  return test_see_window (SAK_TYPE_ASK_WINDOW);
}

static void
windows_of_the_desk_are_closed_locked_or_shown_before_any_answer (void)
{
  const struct { GtkWidget *(*open) (void); const char *text; } cases[] = {
    { open_accept, "How sure it is" }, { open_decline, "Why it is declined" },
    { open_ask, "The question goes to Desk and to nobody else." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      begin ("review");
      open_desk_record (slow_foreign_id);
      test_see (slow_window, "Foxtrot");
      slow_store_rest ();
      slow_store_hold ();
      gtk_window_close (GTK_WINDOW (cases[i].open ()));
      slow_store_live ();
      slow_let_go ();
      g_assert_null (slow_find_dialog ());
      test_see (cases[i].open (), cases[i].text);
      gtk_window_close (GTK_WINDOW (slow_find_dialog ()));
      slow_store_rest ();
      slow_store_hold ();
      (void) cases[i].open ();
      slow_store_live ();
      slow_lock ();
      g_assert_null (slow_find_dialog ());
      slow_let_go ();
    }
}

static guint
count_decisions (const char *id)
{
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");

  slow_store_allow_main_thread (TRUE);
  vault = sak_vault_open (slow_pair.f.path, passphrase, NULL);
  decisions = sak_vault_list_decisions (vault, id, NULL);
  slow_store_allow_main_thread (FALSE);
  return decisions->len;
}

/* Also where its window is closed, or the vault is locked, before the answer. */
static void
it_is_decided_once_however_often_one_clicks (void)
{
  GtkWidget *verdict;

  begin ("review");
  open_desk_record (slow_foreign_id);
  test_see (slow_window, "Foxtrot");
  slow_store_rest ();
  verdict = open_accept ();
  gtk_widget_activate (gtk_widget_get_ancestor (test_see (verdict, "Likely"), ADW_TYPE_ACTION_ROW));
  slow_store_hold ();
  for (guint i = 0; i < 3; i++)
    {
      test_click (verdict, "Accept");
      slow_store_live ();
    }
  gtk_window_close (GTK_WINDOW (verdict));
  slow_let_go ();
  test_see (slow_window, "Accepted: it is likely that it happened as it is told.");
  g_assert_null (slow_find_dialog ());
  verdict = open_decline ();
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (test_find_type (verdict, GTK_TYPE_TEXT_VIEW))),
                            "Another pier.", -1);
  slow_store_hold ();
  test_click (verdict, "Decline");
  slow_store_live ();
  slow_lock ();
  g_assert_null (slow_find_dialog ());
  slow_let_go ();
  g_assert_cmpuint (count_decisions (slow_foreign_id), ==, 2);
}

/* What was written stays in its window. */
static void
a_decision_that_could_not_be_kept_is_said (void)
{
  GtkWidget *verdict;

  begin ("review");
  open_desk_record (slow_later_id);
  test_see (slow_window, "Golf");
  slow_store_rest ();
  verdict = open_decline ();
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (test_find_type (verdict, GTK_TYPE_TEXT_VIEW))),
                            "Not kept.", -1);
  /* What the page still read would fail instead, and the decision would be kept. */
  slow_store_rest ();
  slow_store_fail_next (1);
  test_click (verdict, "Decline");
  test_see (verdict, "The disk or stick could not be read or written.");
  end ();
  g_assert_cmpuint (count_decisions (slow_later_id), ==, 0);
}

/* --- What travels --- */

static void
questions_and_the_outbox_come_late_and_are_left_before (void)
{
  slow_unlock ();
  slow_store_hold ();
  g_assert_true (gtk_widget_activate_action (slow_window, "win.show-questions", NULL));
  slow_store_live ();
  slow_go ("review");
  slow_store_live ();
  slow_let_go ();
  see_first ("Golf");
  slow_store_hold ();
  g_assert_true (gtk_widget_activate_action (slow_window, "win.show-questions", NULL));
  slow_store_live ();
  slow_let_go ();
  test_see (slow_window, "1 question to answer");
  test_see (slow_window, "Outbox");
  test_see (slow_window, "Look at Stick");
  slow_store_hold ();
  slow_go ("transfer");
  slow_store_live ();
  slow_lock ();
  slow_let_go ();
  g_assert_null (test_find_text (slow_window, "Outbox"));
}

static GtkWidget *
open_news (void)
{
  slow_go ("contacts");
  test_click (slow_window, "Forms and terms…");
  return test_see_window (SAK_TYPE_NEWS_WINDOW);
}

static void
forms_and_terms_are_closed_locked_or_shown_before_their_answer (void)
{
  slow_unlock ();
  slow_store_hold ();
  gtk_window_close (GTK_WINDOW (open_news ()));
  slow_store_live ();
  slow_let_go ();
  g_assert_null (slow_find_dialog ());
  test_see (open_news (), "No form and no terms of your own are in this vault yet.");
  gtk_window_close (GTK_WINDOW (slow_find_dialog ()));
  slow_store_rest ();
  slow_store_hold ();
  (void) open_news ();
  slow_store_live ();
  slow_lock ();
  g_assert_null (slow_find_dialog ());
  slow_let_go ();
}

static void
what_waits_is_paused_while_the_store_is_slow (void)
{
  begin ("transfer");
  test_see (slow_window, "It goes when you send it.");
  slow_store_hold ();
  test_click (slow_window, "Pause");
  slow_store_live ();
  test_click (slow_window, "Pause");
  slow_let_go ();
  test_see (slow_window, "Paused · by Stick");
  slow_store_hold ();
  test_click (slow_window, "Go on");
  slow_store_live ();
  slow_go ("home");
  slow_store_live ();
  slow_let_go ();
  slow_go ("transfer");
  test_see (slow_window, "It goes when you send it.");
  end ();
}

/* It is sent once, and locking before the answer ends it with nothing half there. */
static void
sending_is_asked_for_again_and_again_and_done_once (void)
{
  begin ("transfer");
  test_see (slow_window, "It goes when you send it.");
  slow_store_hold ();
  test_click (slow_window, "Send now");
  slow_store_live ();
  slow_lock ();
  slow_let_go ();
  begin ("transfer");
  slow_store_hold ();
  for (guint i = 0; i < 3 && test_find_text (slow_window, "Send now") != NULL; i++)
    {
      test_click (slow_window, "Send now");
      slow_store_live ();
    }
  slow_let_go ();
  test_see (slow_window, "Delivered · by Stick");
  slow_store_rest ();
  end ();
}

static void
with_two_seconds_for_each_call_a_record_is_decided_about (void)
{
  GtkWidget *verdict;
  double longest;

  (void) slow_store_take_longest_gap ();
  slow_store_set_delay (2000);
  slow_unlock ();
  slow_go ("review");
  see_first ("Golf");
  open_desk_record (slow_later_id);
  test_see (find_page (), "Golf");
  verdict = open_accept ();
  gtk_widget_activate (gtk_widget_get_ancestor (test_see (verdict, "Confirmed"), ADW_TYPE_ACTION_ROW));
  test_click (verdict, "Accept");
  test_see (slow_window, "Accepted: it is confirmed that it happened as it is told.");
  slow_act ("win.back");
  slow_go ("transfer");
  test_see (slow_window, "1 question to answer");
  slow_store_set_delay (0);
  end ();
  longest = slow_store_take_longest_gap ();
  g_test_message ("longest gap of the main loop, with a store of 2 s for each call: %.0f ms", longest);
}

int
main (int    argc,
      char **argv)
{
  int status;

  slow_has_talk = TRUE;
  slow_set_up (&argc, &argv);
#define ADD(path, function) g_test_add_func ("/slow-desk/" path, function)
  ADD ("a-record-of-the-desk-is-left-locked-or-shown-late", a_record_of_the_desk_is_left_locked_or_shown_late);
  ADD ("next-is-one-further-however-often-it-is-pressed", next_is_one_further_however_often_it_is_pressed);
  ADD ("only-what-was-chosen-last-is-listed", only_what_was_chosen_last_is_listed);
  ADD ("read-and-unread-pressed-in-a-row-end-as-said-last", read_and_unread_pressed_in_a_row_end_as_said_last);
  ADD ("windows-of-the-desk-are-closed-locked-or-shown-before-any-answer",
       windows_of_the_desk_are_closed_locked_or_shown_before_any_answer);
  ADD ("a-decision-that-could-not-be-kept-is-said", a_decision_that_could_not_be_kept_is_said);
  ADD ("it-is-decided-once-however-often-one-clicks", it_is_decided_once_however_often_one_clicks);
  ADD ("questions-and-the-outbox-come-late-and-are-left-before",
       questions_and_the_outbox_come_late_and_are_left_before);
  ADD ("forms-and-terms-are-closed-locked-or-shown-before-their-answer",
       forms_and_terms_are_closed_locked_or_shown_before_their_answer);
  ADD ("what-waits-is-paused-while-the-store-is-slow", what_waits_is_paused_while_the_store_is_slow);
  ADD ("sending-is-asked-for-again-and-again-and-done-once", sending_is_asked_for_again_and_again_and_done_once);
  ADD ("with-two-seconds-for-each-call-a-record-is-decided-about",
       with_two_seconds_for_each_call_a_record_is_decided_about);
#undef ADD
  status = g_test_run ();
  slow_tear_down ();
  return status;
}
