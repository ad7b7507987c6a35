/* test-review-desk.c - what arrived from two partners is read whole, decided about and found again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In the real window of the desk. "Harbour" and "Stranger" report; bundles are real ones.
 */
#include <adwaita.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-review.h"
#include "storage/sak-thread.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-conflict-window.h"
#include "ui/sak-home-page.h"
#include "ui/sak-media-tile.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-record-list-model.h"
#include "ui/sak-record-page.h"
#include "ui/sak-review-record.h"
#include "ui/sak-verdict-window.h"
#include "ui/sak-window-private.h"

#define WAIT (30 * G_USEC_PER_SEC)

static TestPair pair;
static SakWorker *worker;       /* of the desk */
static SakSession *session;
static GtkWidget *window;
static guint n_bundles;

static SakVault *
desk_at_rest (void)
{
  return test_at_rest (worker, pair.desk);
}

/* As by “Import a bundle”, which says so to all pages. */
static void
arrive (SakVault   *from,
        const char *record)
{
  g_autofree char *name = g_strdup_printf ("way-%u.age", ++n_bundles);
  g_autofree char *path = test_bundle (&pair, from, "Desk", record, name);

  sak_bundle_report_free (test_import (desk_at_rest (), path));
  sak_session_changed (session);
}

static char *
report (SakVault   *from,
        const char *kind,
        const char *json)
{
  char *id = test_add_json (from, kind, json, TRUE);

  arrive (from, id);
  return id;
}

static void
change_title (const char *id,
              const char *title)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.partner, id, NULL);

  json_object_set_new (record->fields, "title", json_string (title));
  g_assert_true (sak_vault_save_draft (pair.partner, id, record->base_revision, record->fields, NULL));
  test_finish (pair.partner, id, "changed");
  arrive (pair.partner, id);
}

/* From elsewhere, so that what was opened in the place is left. */
static GtkWidget *
go (const char *place)
{
  gtk_widget_activate_action (window, "win.go", "s", "care");
  gtk_widget_activate_action (window, "win.go", "s", place);
  return window;
}

static void
open_review (const char *id)
{
  gtk_widget_activate_action (go ("review"), "win.review-record", "s", id);
}

static GtkWidget *
find_page (void)
{
  return gtk_stack_get_visible_child (SAK_WINDOW (window)->content);
}

/* Not those of the choices above them; NULL where there is none. */
static GListModel *
find_rows (void)
{
  GtkWidget *view = test_find_shown (find_page (), GTK_TYPE_LIST_VIEW);

  return view != NULL ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view))) : NULL;
}

static void
see_first (const char *title)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  for (;;)
    {
      g_autoptr (SakRecordItem) item = find_rows () != NULL ? g_list_model_get_item (find_rows (), 0) : NULL;
      const SakRecordRow *row = item != NULL ? sak_record_item_get_row (item) : NULL;

      if (row != NULL && g_str_equal (row->title, title))
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

/* Until the rows of the list are these, in this order; titles, up to NULL. */
static void
see_rows (const char *const titles[])
{
  gint64 end = g_get_monotonic_time () + WAIT;
  g_autofree char *wanted = g_strjoinv ("; ", (char **) titles);

  for (;;)
    {
      g_autoptr (GString) found = g_string_new (NULL);
      GListModel *rows = find_rows ();

      for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (rows); i++)
        {
          g_autoptr (SakRecordItem) item = g_list_model_get_item (rows, i);
          const SakRecordRow *row = sak_record_item_get_row (item);

          g_string_append_printf (found, "%s%s", i > 0 ? "; " : "", row != NULL ? row->title : "…");
        }
      if (g_str_equal (found->str, wanted))
        return;
      if (g_get_monotonic_time () > end)
        g_error ("the list is “%s” and not “%s”", found->str, wanted);
      test_turn ();
    }
}

static SakArrived *
load (const char *id)
{
  SakArrived *arrived = sak_vault_load_arrival (desk_at_rest (), id, NULL);

  g_assert_nonnull (arrived);
  return arrived;
}

static void
assert_state (const char     *id,
              SakReviewState  state)
{
  g_autoptr (SakArrived) arrived = load (id);

  g_assert_cmpint (arrived->state, ==, state);
}

static void
see_read (const char *id,
          gboolean    is_read)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  for (;;)
    {
      g_autoptr (SakArrived) arrived = load (id);

      if (arrived->is_read == is_read)
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

static void
see_no_window (GType type)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  while (test_find_window (type) != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

/* What it asks first, chosen by its name. */
static void
accept_as (const char *grade)
{
  GtkWidget *verdict;

  test_click (window, "Accept…");
  verdict = test_see_window (SAK_TYPE_VERDICT_WINDOW);
  gtk_widget_activate (gtk_widget_get_ancestor (test_see (verdict, grade), ADW_TYPE_ACTION_ROW));
  test_click (verdict, "Accept");
  see_no_window (SAK_TYPE_VERDICT_WINDOW);
}

static void
write_verdict (const char *button,
               const char *label,
               const char *words,
               const char *done)
{
  GtkWidget *verdict;

  test_click (window, button);
  verdict = test_see_window (SAK_TYPE_VERDICT_WINDOW);
  test_see (verdict, label);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (test_find_type (verdict, GTK_TYPE_TEXT_VIEW))),
                            words, -1);
  test_click (verdict, done);
  see_no_window (SAK_TYPE_VERDICT_WINDOW);
}

static GtkWidget *
find_choice (GtkWidget  *widget,
             const char *name)
{
  GtkWidget *found = GTK_IS_DROP_DOWN (widget) && test_is_called (widget, name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_choice (child, name);
  return found;
}

static void
choose (const char *name,
        const char *begins)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (find_choice (find_page (), name));
  gint64 end = g_get_monotonic_time () + WAIT;

  for (;;)
    {
      GListModel *model = gtk_drop_down_get_model (drop_down);

      for (guint i = 0; i < g_list_model_get_n_items (model); i++)
        {
          g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

          if (g_str_has_prefix (gtk_string_object_get_string (item), begins))
            {
              gtk_drop_down_set_selected (drop_down, i);
              return;
            }
        }
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

/* --- What is told --- */

static void
an_empty_desk_says_how_it_fills (void)
{
  go ("review");
  test_see (window, "Nothing has arrived yet");
  test_click (window, "Import a bundle…");
  test_see (window, "Choose a bundle");
}

static void
what_arrived_is_listed_and_narrowed (void)
{
  g_autofree char *first = report (pair.partner, "event", "{\"title\": \"Raid on the pier\"}");
  g_autofree char *second = report (pair.stranger, "event", "{\"title\": \"Beaten at the camp\"}");
  g_autofree char *urgent = report (pair.partner, "event",
                                    "{\"title\": \"He must get away\", \"urgent\": \"yes\"}");

  go ("home");
  test_see (window, "Urgent: in 1 record somebody is in danger.");
  test_see (window, "3 records wait for review");
  test_click (window, "Review…");
  see_rows ((const char *const[]) { "He must get away", "Beaten at the camp", "Raid on the pier", NULL });
  test_see (window, "From everybody (3 unread)");
  test_see (window, "3 records");
  choose ("From whom", "From Stranger (1 unread)");
  see_rows ((const char *const[]) { "Beaten at the camp", NULL });
  choose ("State", "Accepted");
  test_see (window, "Nothing of that is here");
  test_click (window, "Show the whole list");
  see_rows ((const char *const[]) { "He must get away", "Beaten at the camp", "Raid on the pier", NULL });
  choose ("State", "New (3)");
  see_rows ((const char *const[]) { "He must get away", "Beaten at the camp", "Raid on the pier", NULL });
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_nonnull (urgent);
}

#define A "links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define B "links/7f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"

static void
a_record_is_read_whole_on_one_page (void)
{
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"Ko Aung\"}", TRUE);
  g_autofree char *event = test_add_event (pair.partner, "Taken from the boat", TRUE);
  g_autofree char *json = g_strdup_printf (
    "{\"title\": \"What the cook saw\", \"statement\": \"He said it twice.\","
    " \"translation\": \"Il l’a dit deux fois.\","
    " \"consent\": {\"share\": \"named\"},"
    " \"" A "\": {\"role\": \"source\", \"to\": \"%s\"},"
    " \"" B "\": {\"role\": \"about\", \"to\": \"%s\"}}", person, event);
  g_autofree char *told = test_add_json (pair.partner, "testimony", json, FALSE);

  test_add_media (pair.partner, told, "words.txt", "words", 5);
  test_finish (pair.partner, told, "");
  arrive (pair.partner, NULL);
  open_review (told);
  test_see (window, "What the cook saw");
  test_see (window, "Received from Harbour. The signature fits: nothing in it was altered.");
  test_see (window, "The code has not been compared.");
  test_see (window, "Nobody has decided about it yet.");
  test_see (window, "He said it twice.");
  test_see (window, "Il l’a dit deux fois.");
  test_see (window, "What belongs to it");
  test_see (window, "Taken from the boat");
  g_signal_emit_by_name (test_see_type (find_page (), SAK_TYPE_MEDIA_TILE), "clicked");
  gtk_window_close (GTK_WINDOW (test_see_window (SAK_TYPE_MEDIA_VIEWER)));
  see_no_window (SAK_TYPE_MEDIA_VIEWER);
  see_read (told, TRUE);
  test_click (find_page (), "Open the record");
  g_assert_true (SAK_IS_RECORD_PAGE (find_page ()));
}

/* --- What is decided --- */

/* Whether it can be clicked or not. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *label)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0
                       ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* Tab goes by where things are: until they have their place. */
static void
see_place (const char *label)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  while (gtk_widget_get_height (find_button (find_page (), label)) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
  for (guint i = 0; i < 20; i++)
    test_turn ();
}

static void
it_is_accepted (void)
{
  g_autofree char *id = report (pair.partner, "event", "{\"title\": \"Found to be so\"}");
  g_autoptr (SakArrived) arrived = NULL;
  GtkWidget *verdict;

  open_review (id);
  test_see (window, "Found to be so");
  see_place ("Accept…");
  /* Only in a window that has the keyboard does GTK know the way to what has the focus. */
  test_press_keys (window, "Tab");
  g_signal_emit_by_name (test_tab_to (window, "Accept…"), "clicked");
  verdict = test_see_window (SAK_TYPE_VERDICT_WINDOW);
  test_see (verdict, "Several sources that do not depend on each other say so, or there is proof.");
  g_assert_false (gtk_widget_get_sensitive (find_button (verdict, "Accept")));
  gtk_widget_activate (gtk_widget_get_ancestor (test_see (verdict, "Confirmed"), ADW_TYPE_ACTION_ROW));
  g_signal_emit_by_name (test_tab_to (verdict, "Accept"), "clicked");
  see_no_window (SAK_TYPE_VERDICT_WINDOW);
  test_see (window, "Accepted: it is confirmed that it happened as it is told.");
  arrived = load (id);
  g_assert_cmpint (arrived->state, ==, SAK_REVIEW_ACCEPTED);
  g_assert_cmpint (arrived->grade, ==, SAK_GRADE_CONFIRMED);
}

static void
a_wrong_decision_is_answered_by_another (void)
{
  g_autofree char *id = report (pair.stranger, "event", "{\"title\": \"Decided twice\"}");
  g_autoptr (GPtrArray) decisions = NULL;

  open_review (id);
  test_see (window, "Decided twice");
  write_verdict ("Note…", "The note", "Known since 2019.", "Keep the note");
  test_see (window, "Known since 2019.");
  test_see (window, "Nobody has decided about it yet.");
  accept_as ("Unlikely");
  test_see (window, "Accepted: it is unlikely that it happened as it is told.");
  test_click (window, "Decline…");
  test_click (test_see_window (SAK_TYPE_VERDICT_WINDOW), "Decline");
  test_see (test_see_window (SAK_TYPE_VERDICT_WINDOW), "Write something first.");
  gtk_window_close (GTK_WINDOW (test_find_window (SAK_TYPE_VERDICT_WINDOW)));
  see_no_window (SAK_TYPE_VERDICT_WINDOW);
  write_verdict ("Decline…", "Why it is declined", "It was another camp.", "Decline");
  test_see (window, "It was another camp.");
  decisions = sak_vault_list_decisions (desk_at_rest (), id, NULL);
  g_assert_cmpuint (decisions->len, ==, 3);
  gtk_widget_activate_action (window, "win.back", NULL);
  choose ("State", "Declined (1)");
  see_rows ((const char *const[]) { "Decided twice", NULL });
  choose ("State", "All states");
}

/* What came while somebody was reading is not decided about. */
static void
a_decision_is_about_what_was_on_the_screen (void)
{
  g_autofree char *id = report (pair.partner, "event", "{\"title\": \"As it came first\"}");

  open_review (id);
  test_see (window, "As it came first");
  see_read (id, TRUE);
  change_title (id, "As it came later");
  test_see (window, "Something newer of this record arrived since you opened it.");
  accept_as ("Likely");
  test_see (window, "More came after it was decided about");
  assert_state (id, SAK_REVIEW_CHANGED);
  g_assert_null (test_find_text (find_page (), "As it came later"));
  test_click (window, "Show what is newer");
  test_see (window, "As it came later");
  test_see (window, "This was about what was here before.");
  accept_as ("Possible");
  test_see (window, "Accepted: it is possible that it happened as it is told.");
  assert_state (id, SAK_REVIEW_ACCEPTED);
}

static void
somebody_looks_at_it_and_puts_it_back (void)
{
  g_autofree char *id = report (pair.partner, "event", "{\"title\": \"Looked at\"}");

  open_review (id);
  test_see (window, "Looked at");
  test_click (window, "I am looking at it");
  test_see (window, "Somebody is looking at it.");
  assert_state (id, SAK_REVIEW_BEGUN);
  gtk_widget_activate_action (window, "win.back", NULL);
  choose ("State", "In review (1)");
  see_rows ((const char *const[]) { "Looked at", NULL });
  gtk_widget_activate_action (window, "win.review-record", "s", id);
  test_click (find_page (), "Put it back");
  test_see (window, "Nobody has decided about it yet.");
  test_see (window, "Put back, without a decision.");
  assert_state (id, SAK_REVIEW_NEW);
  test_click (find_page (), "I am looking at it");
  test_see (find_page (), "Put it back");
  accept_as ("Likely");
  test_see (find_page (), "I am looking at it");
  assert_state (id, SAK_REVIEW_ACCEPTED);
  gtk_widget_activate_action (window, "win.back", NULL);
  choose ("State", "All states");
}

/* From the desk to both, and back. */
static void
two_versions_are_looked_at_side_by_side (void)
{
  g_autofree char *id = test_add_torn (pair.partner);
  g_autoptr (GPtrArray) decisions = NULL;
  GtkWidget *verdict, *conflict;

  arrive (pair.partner, id);
  open_review (id);
  test_see (window, "Two versions of this record came");
  test_click (window, "Side by side…");
  conflict = test_see_window (SAK_TYPE_CONFLICT_WINDOW);
  test_see (conflict, "Why it was brought together like this");
  gtk_window_close (GTK_WINDOW (conflict));
  see_no_window (SAK_TYPE_CONFLICT_WINDOW);
  g_assert_true (SAK_IS_REVIEW_RECORD (find_page ()));
  test_click (window, "Accept…");
  verdict = test_see_window (SAK_TYPE_VERDICT_WINDOW);
  test_see (verdict, "2 versions of this record stand beside each other.");
  gtk_widget_activate (gtk_widget_get_ancestor (test_see (verdict, "Possible"), ADW_TYPE_ACTION_ROW));
  test_click (verdict, "Accept");
  see_no_window (SAK_TYPE_VERDICT_WINDOW);
  test_see (window, "This was about 2 versions that stood beside each other.");
  assert_state (id, SAK_REVIEW_ACCEPTED);
  decisions = sak_vault_list_decisions (desk_at_rest (), id, NULL);
  g_assert_cmpuint (((SakDecision *) decisions->pdata[0])->n_versions, ==, 2);
}

static void
what_was_read_is_marked_unread_again (void)
{
  g_autofree char *id = report (pair.partner, "event", "{\"title\": \"Read twice\"}");

  see_read (id, FALSE);
  open_review (id);
  test_see (window, "Read twice");
  see_read (id, TRUE);
  test_click (window, "Mark as unread");
  see_read (id, FALSE);
  test_click (window, "Mark as read");
  see_read (id, TRUE);
}

static void
one_goes_from_one_to_the_next (void)
{
  g_autofree char *third = report (pair.stranger, "event", "{\"title\": \"Third of three\"}");
  g_autofree char *second = report (pair.stranger, "event", "{\"title\": \"Second of three\"}");
  g_autofree char *first = report (pair.stranger, "event", "{\"title\": \"First of three\"}");

  go ("review");
  choose ("From whom", "From Stranger");
  see_first ("First of three");
  gtk_widget_activate_action (window, "win.review-record", "s", first);
  test_see (window, "First of three");
  test_click (window, "Next");
  test_see (window, "Second of three");
  gtk_widget_activate_action (find_page (), "review.next", NULL);
  test_see (window, "Third of three");
  gtk_widget_activate_action (find_page (), "review.previous", NULL);
  test_see (window, "Second of three");
  see_read (second, TRUE);
  see_read (third, TRUE);
  /* The list is as it was left. */
  gtk_widget_activate_action (window, "win.back", NULL);
  see_first ("First of three");
  test_see (find_page (), "From Stranger");
  choose ("From whom", "From everybody");
}

static void
a_question_is_asked_from_here (void)
{
  g_autofree char *id = report (pair.partner, "event", "{\"title\": \"Asked about\"}");
  g_autofree char *question = NULL;

  open_review (id);
  test_see (window, "Asked about");
  question = sak_vault_ask (desk_at_rest (), id, NULL, "Which pier was it?", FALSE, NULL);
  g_assert_nonnull (question);
  sak_session_changed (session);
  test_see (window, "It waits for a question to be settled. 1 question of yours is not closed.");
  test_see (window, "Which pier was it?");
}

static void
the_page_of_a_record_leads_here (void)
{
  g_autofree char *id = report (pair.partner, "event", "{\"title\": \"Seen in the list\"}");

  go ("event");
  gtk_widget_activate_action (window, "win.open-record", "s", id);
  test_see (window, "Nobody has decided about it yet.");
  test_click (find_page (), "Review…");
  g_assert_true (SAK_IS_REVIEW_RECORD (find_page ()));
  test_see (find_page (), "Seen in the list");
}

static void
set_up (void)
{
  const SakSettings settings = { .width = 1000, .height = 760, .idle_minutes = 30, .text_percent = 100 };

  test_pair_set_up (&pair);
  test_introduce (pair.stranger, pair.desk);
  worker = sak_worker_new ();
  session = sak_session_new (worker, pair.desk);
  window = _sak_window_new_with_worker (NULL, &settings, worker);
  gtk_window_present (GTK_WINDOW (window));
  /* A window that comes up gives the focus to somebody first. */
  for (guint i = 0; i < 40 || !gtk_widget_get_mapped (window); i++)
    test_turn ();
  _sak_window_adopt (SAK_WINDOW (window), session, pair.f.path);
  _sak_window_show_main (SAK_WINDOW (window));
  test_see (window, "To keep the vault safe");
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  set_up ();
#define ADD(path, function) g_test_add_func ("/review-desk/" path, function)
  ADD ("an-empty-desk-says-how-it-fills", an_empty_desk_says_how_it_fills);
  ADD ("what-arrived-is-listed-and-narrowed", what_arrived_is_listed_and_narrowed);
  ADD ("a-record-is-read-whole-on-one-page", a_record_is_read_whole_on_one_page);
  ADD ("it-is-accepted", it_is_accepted);
  ADD ("a-wrong-decision-is-answered-by-another", a_wrong_decision_is_answered_by_another);
  ADD ("a-decision-is-about-what-was-on-the-screen", a_decision_is_about_what_was_on_the_screen);
  ADD ("somebody-looks-at-it-and-puts-it-back", somebody_looks_at_it_and_puts_it_back);
  ADD ("two-versions-are-looked-at-side-by-side", two_versions_are_looked_at_side_by_side);
  ADD ("what-was-read-is-marked-unread-again", what_was_read_is_marked_unread_again);
  ADD ("one-goes-from-one-to-the-next", one_goes_from_one_to_the_next);
  ADD ("a-question-is-asked-from-here", a_question_is_asked_from_here);
  ADD ("the-page-of-a-record-leads-here", the_page_of_a_record_leads_here);
#undef ADD
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  (void) desk_at_rest ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_pair_tear_down (&pair);
  return status;
}
