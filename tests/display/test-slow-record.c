/* test-slow-record.c - with a store that takes seconds, what belongs to one record lives, can be left and locked
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As test-slow-store.c, of the windows over a record, and of what cannot be read at all.
 */
#include "config.h"

#include <adwaita.h>

#include "tests/display/sak-slow-store.h"
#include "tests/display/sak-slow-window.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-answer-window.h"
#include "ui/sak-ask-window.h"
#include "ui/sak-conflict-window.h"
#include "ui/sak-courier.h"
#include "ui/sak-custody-window.h"
#include "ui/sak-fields.h"
#include "ui/sak-folder-window.h"
#include "ui/sak-interrupted-window.h"
#include "ui/sak-media-tile.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-notice-window.h"
#include "ui/sak-outbox-view.h"
#include "ui/sak-sound-window.h"
#include "ui/sak-window-private.h"
#include "ui/sak-window.h"

static GtkWidget *
open_conflict (void)
{
  test_click (slow_window, "Side by side…");
  return test_see_window (SAK_TYPE_CONFLICT_WINDOW);
}

static GtkWidget *
open_viewer (void)
{
  g_signal_emit_by_name (slow_find_type (slow_window, SAK_TYPE_MEDIA_TILE), "clicked");
  return test_see_window (SAK_TYPE_MEDIA_VIEWER);
}

/* From the viewer, which need not show anything yet. */
static GtkWidget *
open_custody (void)
{
  test_click (open_viewer (), "Custody sheet");
  return test_see_window (SAK_TYPE_CUSTODY_WINDOW);
}

static GtkWidget *
open_sound (void)
{
  GtkWidget *sound;

  test_click (slow_window, "Record sound…");
  sound = test_see_window (SAK_TYPE_SOUND_WINDOW);
  return sound;
}

static GtkWidget *
open_folder (void)
{
  GtkWidget *folder;

  test_click (slow_window, "From a phone…");
  folder = test_see_window (SAK_TYPE_FOLDER_WINDOW);
  test_click (folder, "Choose a folder…");
  return folder;
}

static GtkWidget *
open_ask (void)
{
  test_click (slow_window, "Ask…");
  return test_see_window (SAK_TYPE_ASK_WINDOW);
}

static GtkWidget *
open_answer (void)
{
  test_click (slow_window, "Answer…");
  return test_see_window (SAK_TYPE_ANSWER_WINDOW);
}

/* From a page that need not have read anything yet. */
static GtkWidget *
open_notice (void)
{
  slow_go ("contacts");
  test_click (slow_window, "Network notice…");
  return test_see_window (SAK_TYPE_NOTICE_WINDOW);
}

/* What is above it goes first. */
static void
close_all (void)
{
  GtkWidget *above;

  while ((above = test_find_window (SAK_TYPE_CUSTODY_WINDOW)) != NULL)
    gtk_window_close (GTK_WINDOW (above));
  while ((above = slow_find_dialog ()) != NULL)
    gtk_window_close (GTK_WINDOW (above));
}

static void
every_window_of_a_record_is_closed_locked_or_shown_before_its_answer (void)
{
  const struct { GtkWidget *(*open) (void); const char *id; const char *text; } cases[] = {
    { open_conflict, slow_torn_id, "Why it was brought together like this" },
    { open_viewer, slow_draft_id, "100 %" },
    { open_custody, slow_draft_id, "How to verify this yourself" },
    { open_sound, slow_draft_id, "Start recording" },
    { open_ask, slow_foreign_id, "The question goes to Desk and to nobody else." },
    { open_answer, slow_first_id, "Which boat?" },
    { open_notice, slow_first_id, "You have made no network notice yet." },
    { open_folder, slow_draft_id, "There are no photos, films or recordings in this folder." },
  };

  slow_store_choose (slow_pair.f.path);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      slow_unlock ();
      slow_open_record (cases[i].id);
      slow_store_rest ();
      slow_store_hold ();
      (void) cases[i].open ();
      slow_store_live ();
      close_all ();
      slow_store_live ();
      slow_let_go ();
      g_assert_null (slow_find_dialog ());
      test_see (cases[i].open (), cases[i].text);
      close_all ();
      slow_store_rest ();
      slow_store_hold ();
      (void) cases[i].open ();
      slow_store_live ();
      slow_lock ();
      g_assert_null (slow_find_dialog ());
      slow_let_go ();
    }
}

/* What was begun is done once, however often it is pressed, and although its window is closed meanwhile. */
static void
a_question_is_asked_once (void)
{
  GtkWidget *window;

  slow_unlock ();
  slow_open_record (slow_foreign_id);
  slow_store_rest ();
  window = open_ask ();
  test_see (window, "The question goes to Desk and to nobody else.");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (test_find_type (window, GTK_TYPE_TEXT_VIEW))),
                            "Only once?", -1);
  slow_store_hold ();
  test_click (window, "Ask");
  slow_store_live ();
  test_click (window, "Ask");
  slow_store_live ();
  slow_lock ();
  slow_let_go ();
  slow_unlock ();
  slow_open_record (slow_foreign_id);
  test_see (slow_window, "Only once?");
  slow_store_rest ();
  test_see (slow_window, "Close…");
  test_click (slow_window, "Close…");
  window = test_see_window (SAK_TYPE_ANSWER_WINDOW);
  test_see (window, "Only once?");
  test_click (window, "Close the question");
  test_see (slow_window, "It is closed.");
  slow_store_rest ();
  g_assert_null (test_find_text (slow_window, "Close…"));
  slow_lock ();
  slow_store_rest ();
}

/* The microphone is not opened behind one's back, and nothing is left that would be offered later. */
static void
a_recording_that_was_left_before_it_began_is_none (void)
{
  slow_unlock ();
  slow_open_record (slow_draft_id);
  slow_store_rest ();
  slow_store_hold ();
  (void) open_sound ();
  slow_store_live ();
  close_all ();
  slow_let_go ();
  g_assert_null (slow_find_dialog ());
  slow_lock ();
  slow_store_rest ();
  slow_unlock ();
  g_assert_null (test_find_window (SAK_TYPE_INTERRUPTED_WINDOW));
  slow_lock ();
  slow_store_rest ();
}

/* Encoding it is left to the store, too: a large one takes a second. */
static void
a_picture_is_pasted_while_the_store_is_slow (void)
{
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 (4 * 300 * 200), 4 * 300 * 200);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (300, 200, GDK_MEMORY_R8G8B8A8, pixels, 4 * 300);
  GtkWidget *tile;

  slow_unlock ();
  slow_open_record (slow_draft_id);
  slow_store_rest ();
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (slow_window), texture);
  slow_store_hold ();
  test_click (slow_window, "Paste");
  slow_store_live ();
  test_see (slow_window, "Taking the file into the vault…");
  slow_let_go ();
  tile = test_see (slow_window, "pasted-");
  g_assert_nonnull (tile);
  slow_lock ();
  slow_store_rest ();
}

/* Discarding goes on behind what was opened meanwhile, which stays. */
static void
only_the_page_of_a_discarded_draft_goes (void)
{
  GtkEditable *title;

  slow_unlock ();
  slow_go ("event");
  slow_store_rest ();
  g_assert_true (gtk_widget_activate_action (slow_window, "win.new-of-kind", "s", "event"));
  test_see (slow_window, "Discard draft…");
  title = sak_text_field_get_editable (SAK_TEXT_FIELD (slow_find_type (slow_window, SAK_TYPE_TEXT_FIELD)));
  gtk_editable_set_text (title, "Never mind");
  slow_store_rest ();
  slow_store_hold ();
  test_click (slow_window, "Discard draft…");
  test_click (slow_wait_for_dialog (), "Discard");
  slow_open_record (slow_first_id);
  slow_store_live ();
  slow_let_go ();
  test_see (slow_window, "Alpha");
  slow_act ("win.back");
  test_see (slow_window, "4 records");
  g_assert_null (test_find_text (slow_window, "Never mind"));
  slow_lock ();
  slow_store_rest ();
}

/* --- What cannot be read --- */

static void
what_a_list_cannot_read_is_said (void)
{
  slow_unlock ();
  slow_go ("event");
  test_see (slow_window, "4 records");
  slow_store_rest ();
  slow_store_fail (TRUE);
  test_click (slow_window, "Saved searches");
  test_see (slow_window, "The disk or stick could not be read or written.");
  gtk_popover_popdown (GTK_POPOVER (slow_find_type (slow_window, GTK_TYPE_POPOVER)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (test_see (slow_window, "Choose several"),
                                                                            GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  test_click (slow_window, "Choose all");
  test_click (slow_window, "Make a bundle of these…");
  test_see (slow_wait_for_dialog (), "The chosen records were not read");
  close_all ();
  sak_interrupted_window_offer (GTK_WINDOW (slow_window), slow_desk);
  test_see (slow_wait_for_dialog (), "Whether a recording was interrupted could not be read");
  close_all ();
  slow_store_fail (FALSE);
  slow_lock ();
  slow_store_rest ();
}

static void
rescue (void)
{
  slow_act ("win.rescue");
  test_type (slow_window, "Passphrase", "the passphrase");
  slow_store_hold ();
  test_click (slow_window, "Rescue");
  slow_store_live ();
}

static void
a_rescue_is_stopped_or_left (void)
{
  rescue ();
  slow_stop ("Reading what can still be read…");
  test_see (slow_window, "Stopped. Nothing is left of it.");
  slow_act ("win.to-start");
  sak_window_open_path (SAK_WINDOW (slow_window), slow_pair.f.path);
  rescue ();
  slow_act ("win.to-start");
  slow_store_live ();
  slow_let_go ();
  test_see (slow_window, "Make a new vault…");
  sak_window_open_path (SAK_WINDOW (slow_window), slow_pair.f.path);
  slow_unlock ();
  slow_lock ();
  slow_store_rest ();
}

/* What is read stays on the screen, though it cannot be read again. */
static void
a_record_on_the_desk_outlasts_a_failure (void)
{
  slow_unlock ();
  gtk_widget_activate_action (slow_window, "win.review-record", "s", slow_foreign_id);
  slow_store_rest ();
  test_see (slow_window, "Mark as unread");
  slow_store_rest ();
  slow_store_fail (TRUE);
  sak_session_changed (SAK_WINDOW (slow_window)->session);
  slow_store_rest ();
  slow_store_fail (FALSE);
  slow_store_live ();
  g_assert_null (test_find_text (slow_window, "The record could not be read"));
  g_assert_nonnull (test_find_text (slow_window, "Mark as unread"));
  slow_lock ();
  slow_store_rest ();
}

/* Home is looked at again with each turn of the courier, while somebody goes through it by Tab. */
static void
home_keeps_the_keyboard_and_leads_to_the_outbox (void)
{
  GtkWidget *button, *focus;

  slow_unlock ();
  slow_go ("home");
  slow_store_rest ();
  button = gtk_widget_get_ancestor (test_see (slow_window, "Show"), GTK_TYPE_BUTTON);
  gtk_widget_grab_focus (button);
  g_object_add_weak_pointer (G_OBJECT (button), (gpointer *) &button);
  sak_courier_look (sak_courier_get (SAK_WINDOW (slow_window)->session));
  slow_store_rest ();
  slow_store_live ();
  g_assert_nonnull (button);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (slow_window)) == button);
  g_object_remove_weak_pointer (G_OBJECT (button), (gpointer *) &button);
  gtk_widget_activate_action (slow_window, "win.show-outbox", NULL);
  slow_store_rest ();
  slow_store_live ();
  focus = gtk_root_get_focus (GTK_ROOT (slow_window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, SAK_TYPE_OUTBOX_VIEW));
  slow_lock ();
  slow_store_rest ();
}

int
main (int    argc,
      char **argv)
{
  int status;

  slow_has_talk = TRUE;
  slow_set_up (&argc, &argv);
  g_test_add_func ("/slow-record/every-window-of-a-record-is-closed-locked-or-shown-before-its-answer",
                   every_window_of_a_record_is_closed_locked_or_shown_before_its_answer);
  g_test_add_func ("/slow-record/a-question-is-asked-once", a_question_is_asked_once);
  g_test_add_func ("/slow-record/a-recording-that-was-left-before-it-began-is-none",
                   a_recording_that_was_left_before_it_began_is_none);
  g_test_add_func ("/slow-record/a-picture-is-pasted-while-the-store-is-slow",
                   a_picture_is_pasted_while_the_store_is_slow);
  g_test_add_func ("/slow-record/only-the-page-of-a-discarded-draft-goes", only_the_page_of_a_discarded_draft_goes);
  g_test_add_func ("/slow-record/what-a-list-cannot-read-is-said", what_a_list_cannot_read_is_said);
  g_test_add_func ("/slow-record/a-rescue-is-stopped-or-left", a_rescue_is_stopped_or_left);
  g_test_add_func ("/slow-record/a-record-on-the-desk-outlasts-a-failure", a_record_on_the_desk_outlasts_a_failure);
  g_test_add_func ("/slow-record/home-keeps-the-keyboard-and-leads-to-the-outbox",
                   home_keeps_the_keyboard_and_leads_to_the_outbox);
  status = g_test_run ();
  slow_tear_down ();
  return status;
}
