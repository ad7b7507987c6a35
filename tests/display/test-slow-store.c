/* test-slow-store.c - with a store that takes seconds, every screen lives, can be left, stopped and locked
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While the store is held, nothing is answered: what a window does then, it does without it. What it does when the
 * answers come too late shows when it is let go. sak-slow-store.c breaks the program off where the main loop
 * stands still, or touches the store itself.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>

#include "tests/display/sak-slow-store.h"
#include "tests/display/sak-slow-window.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-fields.h"
#include "ui/sak-other-way-page.h"
#include "ui/sak-patience.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-session.h"
#include "ui/sak-window.h"

static const char *const places[] = {
  "home", "event", "person", "testimony", "document", "intervention", "contacts", "export", "import",
  "transfer", "care", "ways", "review",
};

/* --- The gate --- */

static void
unlocking_can_be_left_and_nothing_opens_behind_ones_back (void)
{
  slow_store_hold ();
  test_type (slow_window, "Passphrase", "the passphrase");
  test_click (slow_window, "Unlock");
  slow_store_live ();
  g_assert_true (gtk_spinner_get_spinning (GTK_SPINNER (slow_find_type (slow_window, GTK_TYPE_SPINNER))));
  test_click (slow_window, "Another vault…");
  test_see (slow_window, "Make a new vault…");
  slow_store_live ();
  slow_let_go ();
  g_assert_nonnull (test_find_text (slow_window, "Make a new vault…"));
  g_assert_null (test_find_text (slow_window, "Incidents"));
  /* And it is closed again: it can be opened. */
  sak_window_open_path (SAK_WINDOW (slow_window), slow_pair.f.path);
  slow_unlock ();
  slow_lock ();
  slow_store_rest ();
}

/* Asked for twice over, it opens once. */
static void
who_comes_back_while_it_is_opened_opens_it_anew (void)
{
  slow_store_hold ();
  test_type (slow_window, "Passphrase", "the passphrase");
  test_click (slow_window, "Unlock");
  test_click (slow_window, "Another vault…");
  sak_window_open_path (SAK_WINDOW (slow_window), slow_pair.f.path);
  test_type (slow_window, "Passphrase", "the passphrase");
  test_click (slow_window, "Unlock");
  slow_store_live ();
  slow_let_go ();
  test_see (slow_window, "Incidents");
  slow_lock ();
  slow_store_rest ();
}

/* Whoever was not waited for any more counts as a wrong try, and says and does nothing else. */
static void
a_wrong_passphrase_that_was_left_is_heard_of_no_more (void)
{
  GtkWidget *focus;

  slow_store_hold ();
  test_type (slow_window, "Passphrase", "not the passphrase");
  test_click (slow_window, "Unlock");
  slow_store_live ();
  test_click (slow_window, "I cannot remember the passphrase…");
  slow_store_live ();
  focus = gtk_root_get_focus (GTK_ROOT (slow_window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, SAK_TYPE_OTHER_WAY_PAGE));
  slow_let_go ();
  g_assert_true (gtk_root_get_focus (GTK_ROOT (slow_window)) == focus);
  g_assert_true (sak_patience_has_wrong (sak_patience_get_default ()));
  sak_patience_forget (sak_patience_get_default ());
  sak_window_open_path (SAK_WINDOW (slow_window), slow_pair.f.path);
  g_assert_null (test_find_text (slow_window, "This passphrase does not open the vault"));
  slow_unlock ();
  slow_lock ();
  slow_store_rest ();
}

/* --- The pages --- */

static void
every_page_can_be_left_before_its_answer (void)
{
  slow_unlock ();
  slow_store_hold ();
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      slow_go (places[i]);
      slow_store_live ();
    }
  slow_go ("event");
  slow_let_go ();
  test_see (slow_window, "4 records");
  slow_lock ();
  slow_store_rest ();
}

static void
every_page_can_be_locked_before_its_answer (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      slow_unlock ();
      slow_store_hold ();
      slow_go (places[i]);
      slow_store_live ();
      slow_lock ();
      slow_store_live ();
      slow_let_go ();
      g_assert_nonnull (test_find_text (slow_window, "The vault is locked."));
      g_assert_null (test_find_text (slow_window, "Alpha"));
    }
}

static void
every_page_shows_what_came_late (void)
{
  static const char *const words[] = {
    "Drafts to finish", "4 records", "Record each person", "No testimonies yet", "No evidence yet", "No actions yet",
    "Your own code", "Who may open the bundle?", "Choose a bundle…", "What was sent", "Check the vault",
    "Passphrase", "Nothing has arrived yet",
  };

  slow_unlock ();
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      slow_store_hold ();
      slow_go (places[i]);
      slow_store_live ();
      slow_let_go ();
      test_see (slow_window, words[i]);
    }
  slow_lock ();
  slow_store_rest ();
}

static void
a_record_that_was_left_shows_nowhere (void)
{
  slow_unlock ();
  slow_go ("event");
  slow_store_rest ();
  slow_store_hold ();
  slow_open_record (slow_first_id);
  slow_store_live ();
  slow_act ("win.back");
  slow_open_record (slow_second_id);
  slow_store_live ();
  slow_let_go ();
  test_see (slow_window, "Beta");
  g_assert_null (test_find_text (slow_window, "Alpha"));
  slow_act ("win.back");
  test_see (slow_window, "4 records");
  slow_lock ();
  slow_store_rest ();
}

static void
every_kind_is_begun_and_left_before_its_answer (void)
{
  slow_unlock ();
  slow_store_hold ();
  for (guint i = 1; i <= 5; i++)
    {
      g_assert_true (gtk_widget_activate_action (slow_window, "win.new-of-kind", "s", places[i]));
      slow_store_live ();
      slow_act ("win.back");
    }
  slow_let_go ();
  slow_lock ();
  slow_store_rest ();
}

/* --- Windows over it --- */

static void
open_settings (void)
{
  slow_act ("win.settings");
}

static void
open_history (void)
{
  test_click (slow_window, "History");
}

static void
open_ways (void)
{
  slow_go ("transfer");
  test_click (slow_window, "Ways to send…");
}

static void
a_window_over_it_is_closed_locked_or_shown_before_its_answer (void)
{
  static const struct { void (*open) (void); const char *text; } cases[] = {
    { open_settings, "Land, dams and mines" }, { open_history, "First version" },
    { open_ways, "None is set up yet." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      slow_unlock ();
      slow_open_record (slow_first_id);
      slow_store_rest ();
      slow_store_hold ();
      cases[i].open ();
      slow_store_live ();
      gtk_window_close (GTK_WINDOW (slow_wait_for_dialog ()));
      slow_store_live ();
      slow_let_go ();
      cases[i].open ();
      test_see (slow_wait_for_dialog (), cases[i].text);
      gtk_window_destroy (GTK_WINDOW (slow_find_dialog ()));
      slow_store_rest ();
      slow_store_hold ();
      cases[i].open ();
      (void) slow_wait_for_dialog ();
      slow_lock ();
      g_assert_null (slow_find_dialog ());
      slow_let_go ();
    }
}

/* --- What takes long --- */

static void
a_check_a_backup_and_an_import_are_stopped (void)
{
  g_autofree char *backup = test_path (&slow_pair, "2026.backup");

  slow_unlock ();
  slow_go ("care");
  slow_store_rest ();
  slow_store_hold ();
  test_click (slow_window, "Check the vault");
  slow_stop ("Checking the vault…");
  test_see (slow_window, "The check was stopped");
  slow_store_hold ();
  slow_store_choose (backup);
  test_click (slow_window, "Make a backup…");
  slow_stop ("Making a backup…");
  test_see (slow_window, "Stopped. There is no backup");
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  slow_go ("import");
  slow_store_choose (slow_bundle);
  slow_store_hold ();
  test_click (slow_window, "Choose a bundle…");
  slow_stop ("Checking the bundle…");
  g_assert_null (test_find_text (slow_window, "From Desk"));
  test_click (slow_window, "Choose a bundle…");
  test_see (slow_window, "From Desk");
  slow_store_hold ();
  test_click (slow_window, "Import");
  slow_stop ("Importing…");
  g_assert_null (test_find_text (slow_window, "Imported:"));
  slow_lock ();
  slow_store_rest ();
}

/* It came in the bundle: that the desk has what went there before. */
static void
an_import_says_what_its_receipt_says (void)
{
  slow_unlock ();
  slow_go ("import");
  slow_store_choose (slow_bundle);
  test_click (slow_window, "Choose a bundle…");
  test_see (slow_window, "From Desk");
  test_click (slow_window, "Import");
  test_see (slow_window, "Imported: 1 record is new or changed.");
  test_see (slow_window, "1 thing that you sent has arrived at Desk.");
  slow_lock ();
  slow_store_rest ();
}

static void
choose_recipient (const char *name,
                  gboolean    is_chosen)
{
  GtkWidget *row = gtk_widget_get_ancestor (test_see (slow_window, name), ADW_TYPE_ACTION_ROW);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))),
                               is_chosen);
}

/* Whoever chose others meanwhile is not shown what would leave for the first ones. */
static void
only_the_plan_for_who_is_chosen_now_is_shown (void)
{
  slow_unlock ();
  slow_go ("export");
  slow_store_rest ();
  slow_store_hold ();
  choose_recipient ("Desk", TRUE);
  slow_store_live ();
  choose_recipient ("Desk", FALSE);
  slow_let_go ();
  g_assert_null (test_find_text (slow_window, "What will leave this computer"));
  slow_store_hold ();
  choose_recipient ("Desk", TRUE);
  choose_recipient ("Stranger", TRUE);
  slow_let_go ();
  test_see (slow_window, "Desk was looked up");
  test_see (slow_window, "Stranger was looked up");
  slow_lock ();
  slow_store_rest ();
}

static void
a_bundle_is_stopped (void)
{
  g_autofree char *path = test_path (&slow_pair, "new.sakkhi");

  slow_unlock ();
  slow_go ("export");
  slow_store_rest ();
  choose_recipient ("Desk", TRUE);
  slow_store_choose (path);
  test_see (slow_window, "What will leave this computer");
  slow_store_rest ();
  slow_store_hold ();
  test_click (slow_window, "Save the bundle…");
  slow_stop ("Writing the bundle…");
  g_assert_null (test_find_text (slow_window, "is saved."));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  slow_lock ();
  slow_store_rest ();
}

/* Whoever looks at something else meanwhile finds the page as it was left, and what came of it. */
static void
a_bundle_that_is_written_is_there_on_return (void)
{
  g_autofree char *path = test_path (&slow_pair, "behind.sakkhi");

  slow_unlock ();
  slow_go ("export");
  slow_store_rest ();
  choose_recipient ("Desk", TRUE);
  slow_store_choose (path);
  test_see (slow_window, "What will leave this computer");
  slow_store_rest ();
  slow_store_hold ();
  test_click (slow_window, "Save the bundle…");
  test_see (slow_window, "Writing the bundle…");
  slow_go ("home");
  slow_go ("export");
  test_see (slow_window, "Writing the bundle…");
  slow_go ("home");
  slow_let_go ();
  slow_go ("export");
  test_see (slow_window, " is saved. Only the recipient can open it.");
  /* It was seen. */
  slow_go ("home");
  slow_go ("export");
  slow_store_rest ();
  g_assert_null (test_find_text (slow_window, " is saved. Only"));
  slow_lock ();
  slow_store_rest ();
}

/* --- What is written meanwhile --- */

/* Signed is what was there when it was asked for; what came after it is a change on top. */
static void
what_is_written_while_it_is_finished_stays (void)
{
  GtkEditable *title;

  slow_unlock ();
  slow_open_record (slow_draft_id);
  test_see (slow_window, "Finish…");
  slow_store_rest ();
  title = sak_text_field_get_editable (SAK_TEXT_FIELD (slow_find_type (slow_window, SAK_TYPE_TEXT_FIELD)));
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Gamma");
  test_click (slow_window, "Finish…");
  slow_store_hold ();
  test_click (slow_wait_for_dialog (), "Finish");
  gtk_editable_set_text (title, "Gamma and more");
  slow_store_live ();
  slow_let_go ();
  test_see (slow_window, "Saved at");
  test_see (slow_window, "Finish…");
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Gamma and more");
  g_assert_null (test_find_text (slow_window, "Side by side…"));
  slow_lock ();
  slow_store_rest ();
  slow_unlock ();
  slow_open_record (slow_draft_id);
  test_see (slow_window, "Finish…");
  title = sak_text_field_get_editable (SAK_TEXT_FIELD (slow_find_type (slow_window, SAK_TYPE_TEXT_FIELD)));
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Gamma and more");
  slow_lock ();
  slow_store_rest ();
}

/* It is saved while it is being finished, and is on top of what was signed all the same. */
static void
what_is_written_while_it_is_finished_and_left_is_no_conflict (void)
{
  GtkEditable *title;
  GtkWidget *dialog;

  slow_unlock ();
  slow_open_record (slow_draft_id);
  test_see (slow_window, "Finish…");
  slow_store_rest ();
  title = sak_text_field_get_editable (SAK_TEXT_FIELD (slow_find_type (slow_window, SAK_TYPE_TEXT_FIELD)));
  test_click (slow_window, "Finish…");
  slow_store_rest ();
  slow_store_hold ();
  dialog = slow_wait_for_dialog ();
  gtk_editable_set_text (GTK_EDITABLE (slow_find_type (dialog, GTK_TYPE_ENTRY)), "New facts");
  test_click (dialog, "Finish");
  gtk_editable_set_text (title, "Gamma, left");
  slow_act ("win.back");
  slow_store_live ();
  slow_let_go ();
  slow_open_record (slow_draft_id);
  test_see (slow_window, "Finish…");
  slow_store_rest ();
  g_assert_null (test_find_text (slow_window, "Side by side…"));
  title = sak_text_field_get_editable (SAK_TEXT_FIELD (slow_find_type (slow_window, SAK_TYPE_TEXT_FIELD)));
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Gamma, left");
  slow_lock ();
  slow_store_rest ();
}

static void
picked_cb (GtkWidget   *picker,
           const char  *id,
           const char  *title,
           char       **picked)
{
  g_assert_null (*picked);
  *picked = g_strdup (title);
}

/* Return before the answer takes nothing of what was found for other words. */
static void
only_what_was_searched_is_picked (void)
{
  GtkWidget *picker = sak_record_picker_new (GTK_WINDOW (slow_window), slow_desk, SAK_KIND_EVENT);
  g_autofree char *picked = NULL;
  GtkWidget *entry;

  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), &picked);
  gtk_window_present (GTK_WINDOW (picker));
  test_see (picker, "Delta");
  test_see (picker, "Echo");
  slow_store_rest ();
  slow_store_hold ();
  entry = slow_find_type (picker, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "ch");
  g_signal_emit_by_name (entry, "activate");
  slow_store_live ();
  g_signal_emit_by_name (entry, "activate");
  slow_store_live ();
  g_assert_null (picked);
  slow_let_go ();
  g_assert_cmpstr (picked, ==, "Echo");
}

/* Whoever writes on after Return is asked, and not answered for. */
static void
what_was_written_on_after_return_is_not_picked (void)
{
  GtkWidget *picker = sak_record_picker_new (GTK_WINDOW (slow_window), slow_desk, SAK_KIND_EVENT);
  g_autofree char *picked = NULL;
  GtkWidget *entry;

  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), &picked);
  gtk_window_present (GTK_WINDOW (picker));
  test_see (picker, "Delta");
  slow_store_rest ();
  slow_store_hold ();
  entry = slow_find_type (picker, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "c");
  g_signal_emit_by_name (entry, "activate");
  gtk_editable_set_text (GTK_EDITABLE (entry), "ch");
  g_signal_emit_by_name (entry, "search-changed");
  slow_let_go ();
  test_see (picker, "Echo");
  g_assert_null (picked);
  gtk_window_close (GTK_WINDOW (picker));
  slow_store_rest ();
}

static void
a_new_record_is_added_once_however_often_one_clicks (void)
{
  GtkWidget *picker = sak_record_picker_new (GTK_WINDOW (slow_window), slow_desk, SAK_KIND_EVENT);
  g_autofree char *picked = NULL;
  guint n;

  slow_store_allow_main_thread (TRUE);
  n = test_count_records (test_at_rest (slow_desk_worker, slow_pair.desk));
  slow_store_allow_main_thread (FALSE);
  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), &picked);
  gtk_window_present (GTK_WINDOW (picker));
  gtk_editable_set_text (GTK_EDITABLE (slow_find_type (picker, GTK_TYPE_SEARCH_ENTRY)), "Foxtrot");
  test_see (picker, "Record “Foxtrot” as new");
  slow_store_rest ();
  slow_store_hold ();
  for (guint i = 0; i < 3; i++)
    {
      test_click (picker, "Record “Foxtrot” as new");
      slow_store_live ();
    }
  slow_let_go ();
  g_assert_cmpstr (picked, ==, "Foxtrot");
  slow_store_allow_main_thread (TRUE);
  g_assert_cmpuint (test_count_records (test_at_rest (slow_desk_worker, slow_pair.desk)), ==, n + 1);
  slow_store_allow_main_thread (FALSE);
}

/* --- Two seconds for each call --- */

static GtkWidget *
find_busy (void)
{
  for (GtkWidget *found = test_find_text (slow_window, "Incidents"); found != NULL;
       found = gtk_widget_get_parent (found))
    if (ADW_IS_LEAFLET (found))
      return slow_find_type (found, GTK_TYPE_SPINNER);
  return NULL;
}

/* Whatever it is that takes long, and only then. */
static void
that_the_program_is_still_at_work_is_seen (void)
{
  slow_unlock ();
  slow_go ("contacts");
  slow_store_rest ();
  g_assert_null (find_busy ());
  slow_store_hold ();
  slow_go ("care");
  for (guint i = 0; find_busy () == NULL; i++)
    {
      g_assert_cmpuint (i, <, 6000);
      test_turn ();
    }
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_busy ()), GTK_ACCESSIBLE_PROPERTY_LABEL, "Still at work…");
  slow_let_go ();
  g_assert_null (find_busy ());
  slow_lock ();
}

static void
with_two_seconds_for_each_call_one_can_work (void)
{
  double usual, slow;

  slow_unlock ();
  slow_open_record (slow_draft_id);
  test_see (slow_window, "Finish…");
  slow_lock ();
  slow_store_rest ();
  usual = slow_store_take_longest_gap ();
  slow_store_set_delay (2000);
  slow_unlock ();
  slow_go ("event");
  test_see (slow_window, "4 records");
  slow_open_record (slow_draft_id);
  test_see (slow_window, "Finish…");
  slow_lock ();
  slow_store_rest ();
  slow = slow_store_take_longest_gap ();
  slow_store_set_delay (0);
  g_test_message ("longest gap of the main loop: %.0f ms, with a store of 2 s for each call %.0f ms", usual, slow);
}

/* --- */

int
main (int    argc,
      char **argv)
{
  int status;

  slow_set_up (&argc, &argv);
  g_test_add_func ("/slow-store/unlocking-can-be-left-and-nothing-opens-behind-ones-back",
                   unlocking_can_be_left_and_nothing_opens_behind_ones_back);
  g_test_add_func ("/slow-store/who-comes-back-while-it-is-opened-opens-it-anew",
                   who_comes_back_while_it_is_opened_opens_it_anew);
  g_test_add_func ("/slow-store/a-wrong-passphrase-that-was-left-is-heard-of-no-more",
                   a_wrong_passphrase_that_was_left_is_heard_of_no_more);
  g_test_add_func ("/slow-store/every-page-can-be-left-before-its-answer", every_page_can_be_left_before_its_answer);
  g_test_add_func ("/slow-store/every-page-can-be-locked-before-its-answer",
                   every_page_can_be_locked_before_its_answer);
  g_test_add_func ("/slow-store/every-page-shows-what-came-late", every_page_shows_what_came_late);
  g_test_add_func ("/slow-store/a-record-that-was-left-shows-nowhere", a_record_that_was_left_shows_nowhere);
  g_test_add_func ("/slow-store/every-kind-is-begun-and-left-before-its-answer",
                   every_kind_is_begun_and_left_before_its_answer);
  g_test_add_func ("/slow-store/a-window-over-it-is-closed-locked-or-shown-before-its-answer",
                   a_window_over_it_is_closed_locked_or_shown_before_its_answer);
  g_test_add_func ("/slow-store/a-check-a-backup-and-an-import-are-stopped",
                   a_check_a_backup_and_an_import_are_stopped);
  g_test_add_func ("/slow-store/only-the-plan-for-who-is-chosen-now-is-shown",
                   only_the_plan_for_who_is_chosen_now_is_shown);
  g_test_add_func ("/slow-store/a-bundle-is-stopped", a_bundle_is_stopped);
  g_test_add_func ("/slow-store/what-is-written-while-it-is-finished-stays",
                   what_is_written_while_it_is_finished_stays);
  g_test_add_func ("/slow-store/what-is-written-while-it-is-finished-and-left-is-no-conflict",
                   what_is_written_while_it_is_finished_and_left_is_no_conflict);
  g_test_add_func ("/slow-store/only-what-was-searched-is-picked", only_what_was_searched_is_picked);
  g_test_add_func ("/slow-store/what-was-written-on-after-return-is-not-picked",
                   what_was_written_on_after_return_is_not_picked);
  g_test_add_func ("/slow-store/a-new-record-is-added-once-however-often-one-clicks",
                   a_new_record_is_added_once_however_often_one_clicks);
  g_test_add_func ("/slow-store/that-the-program-is-still-at-work-is-seen",
                   that_the_program_is_still_at_work_is_seen);
  g_test_add_func ("/slow-store/with-two-seconds-for-each-call-one-can-work",
                   with_two_seconds_for_each_call_one_can_work);
  /* The last: it brings a record more. */
  g_test_add_func ("/slow-store/a-bundle-that-is-written-is-there-on-return",
                   a_bundle_that_is_written_is_there_on_return);
  g_test_add_func ("/slow-store/an-import-says-what-its-receipt-says", an_import_says_what_its_receipt_says);
  status = g_test_run ();
  slow_tear_down ();
  return status;
}
