/* test-narrowing.c - lists narrowed by tag and by person, searches kept under a name, a bundle of what was chosen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <string.h>

#include "tests/display/sak-test-list.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-list-header.h"
#include "ui/sak-record-list.h"
#include "ui/sak-record-picker.h"
#include "ui/sak-record-row-view.h"

#define WAIT (60 * G_USEC_PER_SEC)

static TestVault vault;
static SakWorker *worker;
static SakSession *session;
static GtkWidget *window;
static char *boat;
static char *camp;

static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault.vault);
}

static void
show_list (const char *kind,
           const char *words)
{
  window = test_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 600);
  gtk_window_set_child (GTK_WINDOW (window), sak_record_list_new (session, kind));
  gtk_window_present (GTK_WINDOW (window));
  test_see (window, words);
}

static void
press_in (const char *words)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (test_see (window, words),
                                                                            GTK_TYPE_TOGGLE_BUTTON)), TRUE);
}

static void
close_list (void)
{
  GtkWidget *popover;

  /* Where one is open when its window goes, GTK 4.8 is told of a pointer over it that it cannot find. */
  while ((popover = test_find_shown (window, GTK_TYPE_POPOVER)) != NULL)
    {
      gtk_widget_grab_focus (gtk_widget_get_parent (popover));
      gtk_popover_popdown (GTK_POPOVER (popover));
      test_turn ();
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is closed is on the screen for a moment still. */
static void
see_gone (GType type)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  while (test_find_window (type) != NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("%s does not go", g_type_name (type));
      test_turn ();
    }
}

/* What screen readers call so, shown below @root. */
static GtkWidget *
find_called (GtkWidget  *root,
             const char *name)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (test_is_called (root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_called (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
see_called (GtkWidget  *root,
            const char *name)
{
  gint64 end = g_get_monotonic_time () + WAIT;
  GtkWidget *found;

  while ((found = find_called (root, name)) == NULL)
    {
      if (g_get_monotonic_time () > end)
        g_error ("nothing is called “%s”", name);
      test_turn ();
    }
  return found;
}

/* A key, as it comes to what catches keys before its entry does. */
static gboolean
press_key (GtkWidget *widget,
           guint      key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean is_taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0u, (GdkModifierType) 0, &is_taken);
    }
  return is_taken;
}

/* Tags */

static GtkWidget *
open_tags (void)
{
  press_in ("Narrow down");
  test_click (window, "Tag");
  return test_find_entry (window, "tag");
}

static void
tags_in_use_are_offered_with_how_many_have_them (void)
{
  GtkWidget *first;

  show_list ("event", "4 records");
  open_tags ();
  first = see_called (window, "Night raid, in 2 records");
  g_assert_true (first == GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (see_called (window, "Tags")), 0)));
  g_assert_nonnull (test_find_text (first, "2"));
  g_assert_nonnull (see_called (window, "Pier, in 1 record"));
  g_assert_nonnull (see_called (window, "น้ำท่วม, in 1 record"));
  g_assert_null (find_called (window, "Leader, in 1 record"));         /* of a person */
  close_list ();
}

static void
a_part_of_a_tag_finds_it_and_return_takes_it (void)
{
  GtkWidget *entry;

  show_list ("event", "4 records");
  entry = open_tags ();
  g_assert_true (test_is_called (entry, "Find a tag"));
  see_called (window, "Night raid, in 2 records");
  test_type (window, "tag", "RAID");
  g_assert_nonnull (find_called (window, "Night raid, in 2 records"));
  g_assert_null (find_called (window, "Pier, in 1 record"));
  g_signal_emit_by_name (entry, "activate");
  test_see (window, "Tag: Night raid");
  test_see (window, "2 records");
  g_signal_emit_by_name (see_called (window, "Take away “Tag: Night raid”"), "clicked");
  test_see (window, "4 records");
  close_list ();
}

static void
tags_are_reached_and_left_by_keys (void)
{
  GtkWidget *entry, *chooser, *row;

  show_list ("event", "4 records");
  entry = open_tags ();
  row = see_called (window, "Night raid, in 2 records");
  chooser = gtk_widget_get_parent (gtk_widget_get_parent (entry));
  gtk_widget_grab_focus (entry);
  g_assert_true (press_key (chooser, GDK_KEY_Down));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == row);
  g_assert_true (gtk_widget_activate (row));
  test_see (window, "Tag: Night raid");
  test_click (window, "Tag: Night raid");
  test_find_entry (window, "tag");
  g_assert_true (press_key (chooser, GDK_KEY_Escape));
  for (gint64 end = g_get_monotonic_time () + WAIT; find_called (window, "Find a tag") != NULL; test_turn ())
    g_assert_cmpint (g_get_monotonic_time (), <, end);
  test_see (window, "2 records");
  close_list ();
}

static void
what_no_tag_has_is_said (void)
{
  GtkWidget *entry;

  show_list ("event", "4 records");
  entry = open_tags ();
  see_called (window, "Night raid, in 2 records");
  test_type (window, "tag", "zebra");
  test_see (window, "No tag of this list has this in it.");
  g_signal_emit_by_name (entry, "activate");
  test_see (window, "Tag: zebra");
  test_see (window, "Nothing is found");
  close_list ();
  show_list ("testimony", "1 record");
  open_tags ();
  test_see (window, "No record of this list has a tag yet.");
  close_list ();
}

/* Persons */

static GtkWidget *
open_picker (void)
{
  press_in ("Narrow down");
  test_click (window, "Person or group");
  return test_see_window (SAK_TYPE_RECORD_PICKER);
}

static void
a_person_s_records_are_listed_until_the_chip_is_cleared (void)
{
  GtkWidget *picker, *search;

  show_list ("event", "4 records");
  picker = open_picker ();
  search = test_find_type (picker, GTK_TYPE_SEARCH_ENTRY);
  test_see (picker, "Mi Chan");
  gtk_editable_set_text (GTK_EDITABLE (search), "Aung");
  g_signal_emit_by_name (search, "search-changed");
  for (gint64 end = g_get_monotonic_time () + WAIT; test_find_text (picker, "Mi Chan") != NULL; test_turn ())
    g_assert_cmpint (g_get_monotonic_time (), <, end);
  test_see (picker, "Ko Aung");
  g_signal_emit_by_name (search, "activate");
  see_gone (SAK_TYPE_RECORD_PICKER);
  test_see (window, "Person or group: Ko Aung");
  test_see (window, "1 record");
  test_see_first (window, "Boat");
  g_signal_emit_by_name (see_called (window, "Take away “Person or group: Ko Aung”"), "clicked");
  test_see (window, "4 records");
  g_assert_nonnull (find_called (window, "Person or group"));
  close_list ();
}

static void
a_picker_that_is_closed_narrows_nothing (void)
{
  show_list ("event", "4 records");
  gtk_window_close (GTK_WINDOW (open_picker ()));
  see_gone (SAK_TYPE_RECORD_PICKER);
  test_see (window, "4 records");
  g_assert_nonnull (find_called (window, "Person or group"));
  close_list ();
}

/* Saved searches */

static GtkWidget *
see_dialog (const char *words)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  for (;;)
    {
      GtkWidget *dialog = test_find_window (ADW_TYPE_MESSAGE_DIALOG);

      if (dialog != NULL && test_find_text (dialog, words) != NULL)
        return dialog;
      if (g_get_monotonic_time () > end)
        g_error ("“%s” is not asked", words);
      test_turn ();
    }
}

static void
name_and_answer (GtkWidget  *dialog,
                 const char *name,
                 const char *answer)
{
  GtkWidget *entry = test_find_type (dialog, GTK_TYPE_ENTRY);

  g_assert_true (test_is_called (entry, "Name"));
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  test_click (dialog, answer);
  see_gone (ADW_TYPE_MESSAGE_DIALOG);
}

/* Once the vault has it, and not before: saving takes its time. */
static void
see_saved (const char *name,
           gboolean    is_there)
{
  gint64 end = g_get_monotonic_time () + WAIT;

  for (;;)
    {
      g_auto (GStrv) names = sak_vault_list_searches (at_rest (), NULL);

      if (g_strv_contains ((const char *const *) names, name) == is_there)
        return;
      if (g_get_monotonic_time () > end)
        g_error ("“%s” is %s", name, is_there ? "not saved" : "still saved");
      test_turn ();
    }
}

static void
search_for_the_captain (void)
{
  show_list ("event", "4 records");
  test_type (window, "search", "captain");
  test_see (window, "1 record found");
  test_click (window, "Saved searches");
}

static void
a_search_is_saved_under_a_name_and_run (void)
{
  g_autoptr (SakSearch) saved = NULL;
  GtkWidget *dialog;

  search_for_the_captain ();
  test_see (window, "No search is saved for this list yet.");
  test_click (window, "Save this search…");
  dialog = see_dialog ("Save this search");
  test_click (dialog, "Cancel");
  see_gone (ADW_TYPE_MESSAGE_DIALOG);
  test_click (window, "Saved searches");
  test_click (window, "Save this search…");
  name_and_answer (see_dialog ("Save this search"), "Captains", "Save");
  see_saved ("Captains", TRUE);
  close_list ();
  saved = sak_vault_load_search (at_rest (), "Captains", NULL);
  g_assert_cmpstr (saved->text, ==, "captain");
  g_assert_cmpstr (saved->kind, ==, "event");

  show_list ("event", "4 records");
  test_click (window, "Saved searches");
  test_click (window, "Captains");
  test_see (window, "1 record found");
  close_list ();
}

static void
nothing_is_saved_without_a_name (void)
{
  GtkWidget *dialog, *entry;

  search_for_the_captain ();
  test_click (window, "Save this search…");
  dialog = see_dialog ("Save this search");
  entry = test_find_type (dialog, GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "yes"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "x");
  g_assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "yes"));
  test_click (dialog, "Cancel");
  see_gone (ADW_TYPE_MESSAGE_DIALOG);
  close_list ();
}

static void
a_saved_search_is_renamed (void)
{
  g_autoptr (SakSearch) saved = NULL;

  show_list ("event", "4 records");
  test_click (window, "Saved searches");
  g_signal_emit_by_name (see_called (window, "Rename “Captains”…"), "clicked");
  name_and_answer (see_dialog ("Another name for this search"), "About the captain", "Rename");
  see_saved ("About the captain", TRUE);
  see_saved ("Captains", FALSE);
  close_list ();
  saved = sak_vault_load_search (at_rest (), "About the captain", NULL);
  g_assert_cmpstr (saved->text, ==, "captain");
}

static void
a_saved_search_is_removed (void)
{
  show_list ("event", "4 records");
  test_click (window, "Saved searches");
  g_signal_emit_by_name (see_called (window, "Remove “About the captain”"), "clicked");
  test_see (window, "No search is saved for this list yet.");
  see_saved ("About the captain", FALSE);
  close_list ();
}

/* Chosen ones */

static void
bundled_cb (GSimpleAction *action,
            GVariant      *parameter,
            char        ***records)
{
  g_strfreev (*records);
  *records = g_variant_dup_strv (parameter, NULL);
}

static char **bundled;

static void
a_bundle_is_made_of_those_that_were_chosen (void)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("bundle-records", G_VARIANT_TYPE ("as"));
  GtkWidget *button;
  gint64 end;

  g_signal_connect (action, "activate", G_CALLBACK (bundled_cb), &bundled);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (action));
  show_list ("event", "4 records");
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));
  test_click (test_find_type (window, SAK_TYPE_LIST_HEADER), "Title");
  press_in ("Choose several");
  button = gtk_widget_get_ancestor (test_find_text (window, "Make a bundle of these…"), GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_get_sensitive (button));
  test_see_first (window, "Boat");
  g_signal_emit_by_name (test_find_type (window, GTK_TYPE_LIST_VIEW), "activate", 0u);
  g_signal_emit_by_name (test_find_type (window, GTK_TYPE_LIST_VIEW), "activate", 1u);
  test_see (window, "2 records are chosen");
  test_click (window, "Make a bundle of these…");
  for (end = g_get_monotonic_time () + WAIT; bundled == NULL; test_turn ())
    g_assert_cmpint (g_get_monotonic_time (), <, end);
  g_assert_cmpuint (g_strv_length (bundled), ==, 2);
  g_assert_true (g_strv_contains ((const char *const *) bundled, boat));
  g_assert_true (g_strv_contains ((const char *const *) bundled, camp));
  g_signal_handlers_disconnect_by_func (action, bundled_cb, &bundled);
  close_list ();
}

static void
set_up (void)
{
  g_autofree char *person = NULL;
  g_autofree char *json = NULL;

  test_vault_set_up (&vault, NULL);
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault.vault);
  person = test_add_json (vault.vault, "person", "{\"identity.name\": \"Ko Aung\", \"known_as\": \"Ko Aung\","
                          " \"tags\": \"Leader\"}", TRUE);
  g_free (test_add_json (vault.vault, "person", "{\"identity.name\": \"Mi Chan\", \"known_as\": \"Mi Chan\"}", TRUE));
  json = g_strdup_printf ("{\"title\": \"Boat\", \"narrative\": \"The captain held their papers.\","
                          " \"tags\": \"Night raid, Pier\","
                          " \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"role\": \"victim\", \"to\": \"%s\"}}",
                          person);
  boat = test_add_json (vault.vault, "event", json, TRUE);
  camp = test_add_json (vault.vault, "event", "{\"title\": \"Camp\", \"tags\": \"Night raid\"}", TRUE);
  g_free (test_add_json (vault.vault, "event", "{\"title\": \"Dam\", \"tags\": \"น้ำท่วม\"}", FALSE));
  g_free (test_add_json (vault.vault, "event", "{\"title\": \"Empty house\"}", FALSE));
  g_free (test_add_json (vault.vault, "testimony", "{\"title\": \"At the pier\"}", FALSE));
}

int
main (int    argc,
      char **argv)
{
  int failed;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  set_up ();
  g_test_add_func ("/narrowing/tags-in-use-are-offered-with-how-many-have-them",
                   tags_in_use_are_offered_with_how_many_have_them);
  g_test_add_func ("/narrowing/a-part-of-a-tag-finds-it-and-return-takes-it",
                   a_part_of_a_tag_finds_it_and_return_takes_it);
  g_test_add_func ("/narrowing/tags-are-reached-and-left-by-keys", tags_are_reached_and_left_by_keys);
  g_test_add_func ("/narrowing/what-no-tag-has-is-said", what_no_tag_has_is_said);
  g_test_add_func ("/narrowing/a-person-s-records-are-listed-until-the-chip-is-cleared",
                   a_person_s_records_are_listed_until_the_chip_is_cleared);
  g_test_add_func ("/narrowing/a-picker-that-is-closed-narrows-nothing", a_picker_that_is_closed_narrows_nothing);
  g_test_add_func ("/narrowing/a-search-is-saved-under-a-name-and-run", a_search_is_saved_under_a_name_and_run);
  g_test_add_func ("/narrowing/nothing-is-saved-without-a-name", nothing_is_saved_without_a_name);
  g_test_add_func ("/narrowing/a-saved-search-is-renamed", a_saved_search_is_renamed);
  g_test_add_func ("/narrowing/a-saved-search-is-removed", a_saved_search_is_removed);
  g_test_add_func ("/narrowing/a-bundle-is-made-of-those-that-were-chosen", a_bundle_is_made_of_those_that_were_chosen);
  failed = g_test_run ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_vault_tear_down (&vault, NULL);
  g_strfreev (bundled);
  g_free (boat);
  g_free (camp);
  return failed;
}
