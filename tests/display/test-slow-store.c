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

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "tests/display/sak-slow-store.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-fields.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-session.h"
#include "ui/sak-window.h"

static const char *const places[] = {
  "home", "event", "person", "testimony", "document", "intervention", "contacts", "export", "import", "care", "ways",
};

static TestPair pair;
static GtkWidget *window;
static SakWorker *desk_worker;
static SakSession *desk;        /* for windows by themselves; the last to need it locks the vault */
static char *first_id;          /* "Alpha", finished */
static char *second_id;         /* "Beta", finished */
static char *draft_id;          /* "Gamma" */
static char *bundle;            /* from the desk */

static void
act (const char *action)
{
  g_assert_true (gtk_widget_activate_action (window, action, NULL));
}

static void
go (const char *place)
{
  g_assert_true (gtk_widget_activate_action (window, "win.go", "s", place));
}

static void
open_record (const char *id)
{
  g_assert_true (gtk_widget_activate_action (window, "win.open-record", "s", id));
}

static void
let_go (void)
{
  slow_store_let_go ();
  slow_store_rest ();
}

static void
unlock (void)
{
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  test_see (window, "Incidents");
  slow_store_rest ();
}

static void
lock (void)
{
  act ("win.lock");
  g_assert_nonnull (test_find_text (window, "The vault is locked."));
}

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && gtk_widget_get_mapped (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* --- The gate --- */

static void
unlocking_can_be_left_and_nothing_opens_behind_ones_back (void)
{
  slow_store_hold ();
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  slow_store_live ();
  g_assert_true (gtk_spinner_get_spinning (GTK_SPINNER (find_type (window, GTK_TYPE_SPINNER))));
  test_click (window, "Another vault…");
  test_see (window, "Make a new vault…");
  slow_store_live ();
  let_go ();
  g_assert_nonnull (test_find_text (window, "Make a new vault…"));
  g_assert_null (test_find_text (window, "Incidents"));
  /* And it is closed again: it can be opened. */
  sak_window_open_path (SAK_WINDOW (window), pair.f.path);
  unlock ();
  lock ();
  slow_store_rest ();
}

/* Asked for twice over, it opens once. */
static void
who_comes_back_while_it_is_opened_opens_it_anew (void)
{
  slow_store_hold ();
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  test_click (window, "Another vault…");
  sak_window_open_path (SAK_WINDOW (window), pair.f.path);
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  slow_store_live ();
  let_go ();
  test_see (window, "Incidents");
  lock ();
  slow_store_rest ();
}

/* --- The pages --- */

static void
every_page_can_be_left_before_its_answer (void)
{
  unlock ();
  slow_store_hold ();
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      go (places[i]);
      slow_store_live ();
    }
  go ("event");
  let_go ();
  test_see (window, "3 records");
  lock ();
  slow_store_rest ();
}

static void
every_page_can_be_locked_before_its_answer (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      unlock ();
      slow_store_hold ();
      go (places[i]);
      slow_store_live ();
      lock ();
      slow_store_live ();
      let_go ();
      g_assert_nonnull (test_find_text (window, "The vault is locked."));
      g_assert_null (test_find_text (window, "Alpha"));
    }
}

static void
every_page_shows_what_came_late (void)
{
  static const char *const words[] = {
    "Drafts to finish", "3 records", "Record each person", "No testimonies yet", "No evidence yet", "No actions yet",
    "Your own code", "Who may open the bundle?", "Choose a bundle…", "Check the vault", "Passphrase",
  };

  unlock ();
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      slow_store_hold ();
      go (places[i]);
      slow_store_live ();
      let_go ();
      test_see (window, words[i]);
    }
  lock ();
  slow_store_rest ();
}

static void
a_record_that_was_left_shows_nowhere (void)
{
  unlock ();
  go ("event");
  slow_store_rest ();
  slow_store_hold ();
  open_record (first_id);
  slow_store_live ();
  act ("win.back");
  open_record (second_id);
  slow_store_live ();
  let_go ();
  test_see (window, "Beta");
  g_assert_null (test_find_text (window, "Alpha"));
  act ("win.back");
  test_see (window, "3 records");
  lock ();
  slow_store_rest ();
}

static void
every_kind_is_begun_and_left_before_its_answer (void)
{
  unlock ();
  slow_store_hold ();
  for (guint i = 1; i <= 5; i++)
    {
      g_assert_true (gtk_widget_activate_action (window, "win.new-of-kind", "s", places[i]));
      slow_store_live ();
      act ("win.back");
    }
  let_go ();
  lock ();
  slow_store_rest ();
}

/* --- Windows over it --- */

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != window && gtk_window_get_transient_for (l->data) == GTK_WINDOW (window) &&
        gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static GtkWidget *
wait_for_dialog (void)
{
  for (guint i = 0; i < 6000; i++)
    {
      if (find_dialog () != NULL)
        return find_dialog ();
      test_turn ();
    }
  g_error ("no window opens");
}

static void
open_settings (void)
{
  act ("win.settings");
}

static void
open_history (void)
{
  test_click (window, "History");
}

static void
a_window_over_it_is_closed_locked_or_shown_before_its_answer (void)
{
  static const struct { void (*open) (void); const char *text; } cases[] = {
    { open_settings, "Land, dams and mines" }, { open_history, "First version" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      unlock ();
      open_record (first_id);
      slow_store_rest ();
      slow_store_hold ();
      cases[i].open ();
      slow_store_live ();
      gtk_window_close (GTK_WINDOW (wait_for_dialog ()));
      slow_store_live ();
      let_go ();
      cases[i].open ();
      test_see (wait_for_dialog (), cases[i].text);
      gtk_window_destroy (GTK_WINDOW (find_dialog ()));
      slow_store_rest ();
      slow_store_hold ();
      cases[i].open ();
      (void) wait_for_dialog ();
      lock ();
      g_assert_null (find_dialog ());
      let_go ();
    }
}

/* --- What takes long --- */

static void
stop (const char *words)
{
  test_see (window, words);
  slow_store_live ();
  test_click (window, "Stop");
  test_see (window, "Stopping…");
  let_go ();
  g_assert_null (test_find_text (window, "Stopping…"));
}

static void
a_check_a_backup_and_an_import_are_stopped (void)
{
  g_autofree char *backup = test_path (&pair, "2026.backup");

  unlock ();
  go ("care");
  slow_store_rest ();
  slow_store_hold ();
  test_click (window, "Check the vault");
  stop ("Checking the vault…");
  test_see (window, "The check was stopped");
  slow_store_hold ();
  slow_store_choose (backup);
  test_click (window, "Make a backup…");
  stop ("Making a backup…");
  test_see (window, "Stopped. There is no backup");
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  go ("import");
  slow_store_choose (bundle);
  slow_store_hold ();
  test_click (window, "Choose a bundle…");
  stop ("Checking the bundle…");
  g_assert_null (test_find_text (window, "From Desk"));
  test_click (window, "Choose a bundle…");
  test_see (window, "From Desk");
  slow_store_hold ();
  test_click (window, "Import");
  stop ("Importing…");
  g_assert_null (test_find_text (window, "Imported:"));
  lock ();
  slow_store_rest ();
}

static void
choose_recipient (const char *name,
                  gboolean    is_chosen)
{
  GtkWidget *row = gtk_widget_get_ancestor (test_see (window, name), ADW_TYPE_ACTION_ROW);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row))),
                               is_chosen);
}

/* Whoever chose others meanwhile is not shown what would leave for the first ones. */
static void
only_the_plan_for_who_is_chosen_now_is_shown (void)
{
  unlock ();
  go ("export");
  slow_store_rest ();
  slow_store_hold ();
  choose_recipient ("Desk", TRUE);
  slow_store_live ();
  choose_recipient ("Desk", FALSE);
  let_go ();
  g_assert_null (test_find_text (window, "What will leave this computer"));
  slow_store_hold ();
  choose_recipient ("Desk", TRUE);
  choose_recipient ("Stranger", TRUE);
  let_go ();
  test_see (window, "Desk was looked up");
  test_see (window, "Stranger was looked up");
  lock ();
  slow_store_rest ();
}

static void
a_bundle_is_stopped (void)
{
  g_autofree char *path = test_path (&pair, "new.sakkhi");

  unlock ();
  go ("export");
  slow_store_rest ();
  choose_recipient ("Desk", TRUE);
  slow_store_choose (path);
  test_see (window, "What will leave this computer");
  slow_store_rest ();
  slow_store_hold ();
  test_click (window, "Save the bundle…");
  stop ("Writing the bundle…");
  g_assert_null (test_find_text (window, "is saved."));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  lock ();
  slow_store_rest ();
}

/* --- What is written meanwhile --- */

/* Signed is what was there when it was asked for; what came after it is a change on top. */
static void
what_is_written_while_it_is_finished_stays (void)
{
  GtkEditable *title;

  unlock ();
  open_record (draft_id);
  test_see (window, "Finish…");
  slow_store_rest ();
  title = sak_text_field_get_editable (SAK_TEXT_FIELD (find_type (window, SAK_TYPE_TEXT_FIELD)));
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Gamma");
  test_click (window, "Finish…");
  slow_store_hold ();
  test_click (wait_for_dialog (), "Finish");
  gtk_editable_set_text (title, "Gamma and more");
  slow_store_live ();
  let_go ();
  test_see (window, "Saved at");
  test_see (window, "Finish…");
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Gamma and more");
  g_assert_null (test_find_text (window, "Side by side…"));
  lock ();
  slow_store_rest ();
  unlock ();
  open_record (draft_id);
  test_see (window, "Finish…");
  title = sak_text_field_get_editable (SAK_TEXT_FIELD (find_type (window, SAK_TYPE_TEXT_FIELD)));
  g_assert_cmpstr (gtk_editable_get_text (title), ==, "Gamma and more");
  lock ();
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
  GtkWidget *picker = sak_record_picker_new (GTK_WINDOW (window), desk, SAK_KIND_EVENT);
  g_autofree char *picked = NULL;
  GtkWidget *entry;

  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), &picked);
  gtk_window_present (GTK_WINDOW (picker));
  test_see (picker, "Delta");
  test_see (picker, "Echo");
  slow_store_rest ();
  slow_store_hold ();
  entry = find_type (picker, GTK_TYPE_SEARCH_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "ch");
  g_signal_emit_by_name (entry, "activate");
  slow_store_live ();
  g_signal_emit_by_name (entry, "activate");
  slow_store_live ();
  g_assert_null (picked);
  let_go ();
  g_assert_cmpstr (picked, ==, "Echo");
}

static void
a_new_record_is_added_once_however_often_one_clicks (void)
{
  GtkWidget *picker = sak_record_picker_new (GTK_WINDOW (window), desk, SAK_KIND_EVENT);
  g_autofree char *picked = NULL;

  g_signal_connect (picker, "picked", G_CALLBACK (picked_cb), &picked);
  gtk_window_present (GTK_WINDOW (picker));
  gtk_editable_set_text (GTK_EDITABLE (find_type (picker, GTK_TYPE_SEARCH_ENTRY)), "Foxtrot");
  test_see (picker, "Record “Foxtrot” as new");
  slow_store_rest ();
  slow_store_hold ();
  for (guint i = 0; i < 3; i++)
    {
      test_click (picker, "Record “Foxtrot” as new");
      slow_store_live ();
    }
  let_go ();
  g_assert_cmpstr (picked, ==, "Foxtrot");
  slow_store_allow_main_thread (TRUE);
  g_assert_cmpuint (test_count_records (test_at_rest (desk_worker, pair.desk)), ==, 3);
  slow_store_allow_main_thread (FALSE);
}

/* --- Two seconds for each call --- */

static GtkWidget *
find_busy (void)
{
  for (GtkWidget *found = test_find_text (window, "Incidents"); found != NULL; found = gtk_widget_get_parent (found))
    if (ADW_IS_LEAFLET (found))
      return find_type (found, GTK_TYPE_SPINNER);
  return NULL;
}

/* Whatever it is that takes long, and only then. */
static void
that_the_program_is_still_at_work_is_seen (void)
{
  unlock ();
  go ("contacts");
  slow_store_rest ();
  g_assert_null (find_busy ());
  slow_store_hold ();
  go ("care");
  for (guint i = 0; find_busy () == NULL; i++)
    {
      g_assert_cmpuint (i, <, 6000);
      test_turn ();
    }
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_busy ()), GTK_ACCESSIBLE_PROPERTY_LABEL, "Still at work…");
  let_go ();
  g_assert_null (find_busy ());
  lock ();
}

static void
with_two_seconds_for_each_call_one_can_work (void)
{
  double usual, slow;

  unlock ();
  open_record (draft_id);
  test_see (window, "Finish…");
  lock ();
  slow_store_rest ();
  usual = slow_store_take_longest_gap ();
  slow_store_set_delay (2000);
  unlock ();
  go ("event");
  test_see (window, "3 records");
  open_record (draft_id);
  test_see (window, "Finish…");
  lock ();
  slow_store_rest ();
  slow = slow_store_take_longest_gap ();
  slow_store_set_delay (0);
  g_test_message ("longest gap of the main loop: %.0f ms, with a store of 2 s for each call %.0f ms", usual, slow);
}

/* --- */

static void
set_up (void)
{
  g_autofree char *id = NULL;
  g_autofree char *other = NULL;

  test_pair_set_up (&pair);
  test_introduce (pair.stranger, pair.partner);
  first_id = test_add_event (pair.partner, "Alpha", TRUE);
  second_id = test_add_event (pair.partner, "Beta", TRUE);
  draft_id = test_add_event (pair.partner, "Gamma", FALSE);
  id = test_add_event (pair.desk, "Delta", TRUE);
  other = test_add_event (pair.desk, "Echo", TRUE);
  bundle = test_bundle (&pair, pair.desk, "Harbour", id, "desk.sakkhi");
  test_vault_close (&pair.f);
  desk_worker = sak_worker_new ();
  desk = sak_session_new (desk_worker, pair.desk);
}

static void
tear_down (void)
{
  slow_store_rest ();
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&desk);
  slow_store_rest ();
  g_clear_object (&desk_worker);
  slow_store_allow_main_thread (TRUE);
  slow_store_choose (NULL);
  test_pair_tear_down (&pair);
  g_free (first_id);
  g_free (second_id);
  g_free (draft_id);
  g_free (bundle);
}

int
main (int    argc,
      char **argv)
{
  const SakSettings settings = { .width = 1100, .height = 700, .idle_minutes = 60, .text_percent = 100 };
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  set_up ();
  slow_store_start ();
  window = sak_window_new (NULL, &settings);
  gtk_window_present (GTK_WINDOW (window));
  sak_window_open_path (SAK_WINDOW (window), pair.f.path);
  g_test_add_func ("/slow-store/unlocking-can-be-left-and-nothing-opens-behind-ones-back",
                   unlocking_can_be_left_and_nothing_opens_behind_ones_back);
  g_test_add_func ("/slow-store/who-comes-back-while-it-is-opened-opens-it-anew",
                   who_comes_back_while_it_is_opened_opens_it_anew);
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
  g_test_add_func ("/slow-store/only-what-was-searched-is-picked", only_what_was_searched_is_picked);
  g_test_add_func ("/slow-store/a-new-record-is-added-once-however-often-one-clicks",
                   a_new_record_is_added_once_however_often_one_clicks);
  g_test_add_func ("/slow-store/that-the-program-is-still-at-work-is-seen",
                   that_the_program_is_still_at_work_is_seen);
  g_test_add_func ("/slow-store/with-two-seconds-for-each-call-one-can-work",
                   with_two_seconds_for_each_call_one_can_work);
  status = g_test_run ();
  tear_down ();
  return status;
}
