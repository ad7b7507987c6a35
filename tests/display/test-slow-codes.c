/* test-slow-codes.c - cards as QR codes, over a store that takes its time, and locked in the midst of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "tests/display/sak-slow-store.h"
#include "tests/display/sak-slow-window.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-camera.h"
#include "ui/sak-card-window.h"
#include "ui/sak-scan-window.h"
#include "ui/words/sak-words.h"

#define CAMERA "videotestsrc is-live=true pattern=ball"

static char *text;              /* of a card's code */
static char *other_text;        /* of somebody else's */

/* From the page of contacts, which has answered. */
static GtkWidget *
open_from_contacts (const char *button,
                    GType       type)
{
  slow_go ("contacts");
  slow_store_rest ();
  test_click (slow_window, button);
  return test_see_window (type);
}

/* Of a vault that nobody knows yet. */
static char *
make_text (const char *name)
{
  SakVault *vault;
  g_autofree char *card = NULL;

  slow_store_allow_main_thread (TRUE);
  vault = test_vault_make (&slow_pair.f, name);
  card = sak_card_export (vault, NULL, NULL);
  sak_vault_lock (vault);
  g_object_unref (vault);
  slow_store_allow_main_thread (FALSE);
  return sak_card_qr_from_card (card, strlen (card), NULL);
}

static void
paste (GtkWidget *window)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window), text);
  test_click (window, "Paste");
}

static void
wait_until_released (void)
{
  for (guint i = 0; sak_camera_count_open () > 0; i++)
    {
      g_assert_cmpuint (i, <, 6000);
      test_turn ();
    }
}

static void
ones_own_code_can_be_left_before_it_is_drawn (void)
{
  GtkWidget *window;

  slow_unlock ();
  slow_go ("contacts");
  slow_store_rest ();
  slow_store_hold ();
  test_click (slow_window, "Show my code…");
  window = test_see_window (SAK_TYPE_CARD_WINDOW);
  slow_store_live ();
  gtk_window_close (GTK_WINDOW (window));
  slow_store_live ();
  g_assert_null (test_find_window (SAK_TYPE_CARD_WINDOW));
  test_click (slow_window, "Show my code…");
  slow_store_live ();
  slow_lock ();
  g_assert_null (test_find_window (SAK_TYPE_CARD_WINDOW));
  slow_let_go ();
}

static void
what_was_read_can_be_left_before_it_is_judged (void)
{
  GtkWidget *window;

  slow_unlock ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  slow_store_hold ();
  paste (window);
  slow_store_live ();
  gtk_window_close (GTK_WINDOW (window));
  slow_let_go ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  slow_store_hold ();
  paste (window);
  slow_store_live ();
  slow_lock ();
  slow_let_go ();
  g_assert_null (test_find_window (SAK_TYPE_SCAN_WINDOW));
  g_assert_null (test_find_text (slow_window, "Newcomer"));
}

/* Locking is the last thing that is done; and it is accepted once. */
static void
what_was_accepted_is_there_after_a_lock (void)
{
  GtkWidget *window, *accept;

  slow_unlock ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  paste (window);
  accept = gtk_widget_get_ancestor (test_see (window, "Add to contacts"), GTK_TYPE_BUTTON);
  slow_store_rest ();
  slow_store_hold ();
  test_click (window, "Add to contacts");
  g_assert_false (gtk_widget_is_sensitive (accept));
  slow_store_live ();
  slow_lock ();
  slow_let_go ();
  slow_unlock ();
  slow_go ("contacts");
  test_see (slow_window, "Newcomer");
  slow_lock ();
  slow_store_rest ();
}

static void
a_failing_store_is_told (void)
{
  GtkWidget *window;

  slow_unlock ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  slow_store_fail (TRUE);
  paste (window);
  slow_store_rest ();
  slow_store_fail (FALSE);
  g_assert_null (test_find_text (window, "Looking for a code…"));
  paste (window);
  test_see (window, "This contact is already here");
  slow_lock ();
  slow_store_rest ();
}

static void
the_camera_goes_with_the_lock (void)
{
  GtkWidget *window;

  sak_camera_set_source (CAMERA);
  slow_unlock ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  test_click (window, "Use the camera");
  test_see (window, "Hold the code before the camera");
  g_assert_cmpuint (sak_camera_count_open (), ==, 1);
  slow_lock ();
  wait_until_released ();
  slow_store_rest ();
  /* While it is being switched on. */
  slow_unlock ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  slow_store_hold ();
  test_click (window, "Use the camera");
  slow_store_live ();
  slow_lock ();
  slow_let_go ();
  wait_until_released ();
  sak_camera_set_source (NULL);
}

static void
paste_text (GtkWidget  *window,
            const char *what)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (window), what);
  test_click (window, "Paste");
  slow_store_live ();
}

/* Two cards while the vault is busy: what is shown is what came last, and that is what is taken in. */
static void
what_is_taken_in_is_what_is_shown (void)
{
  GtkWidget *window;

  slow_unlock ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  slow_store_hold ();
  paste_text (window, text);
  paste_text (window, other_text);
  slow_let_go ();
  test_see (window, "Somebody");
  g_assert_null (test_find_text (window, "Newcomer"));
  test_click (window, "Read another");
  slow_lock ();
  slow_store_rest ();
}

static void
what_was_left_for_a_picture_is_not_offered (void)
{
  g_autofree char *path = test_path (&slow_pair, "no-picture");
  GtkWidget *window;

  g_assert_true (g_file_set_contents (path, "nothing", -1, NULL));
  slow_unlock ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  slow_store_hold ();
  paste_text (window, text);
  sak_scan_window_open (SAK_SCAN_WINDOW (window), path);
  slow_let_go ();
  slow_store_live ();
  g_assert_null (test_find_text (window, "Newcomer"));
  g_assert_null (test_find_text (window, "Read another"));
  slow_lock ();
  slow_store_rest ();
}

static void
the_window_stays_until_the_card_is_taken_in (void)
{
  GtkWidget *window;

  slow_unlock ();
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  paste_text (window, other_text);
  test_see (window, "Add to contacts");
  slow_store_rest ();
  slow_store_hold ();
  test_click (window, "Add to contacts");
  slow_store_live ();
  gtk_window_close (GTK_WINDOW (window));
  slow_store_live ();
  g_assert_true (test_find_window (SAK_TYPE_SCAN_WINDOW) == window);
  sak_scan_window_open (SAK_SCAN_WINDOW (window), "/nowhere");
  slow_let_go ();
  slow_store_live ();
  g_assert_null (test_find_window (SAK_TYPE_SCAN_WINDOW));
  test_see (slow_window, "Somebody");
  slow_lock ();
  slow_store_rest ();
}

static void
a_place_elsewhere_is_told (void)
{
  GtkWidget *window;

  slow_unlock ();
  slow_store_choose ("sftp://example.org/x.png");
  window = open_from_contacts ("Show my code…", SAK_TYPE_CARD_WINDOW);
  test_see (window, "Save as a picture…");
  slow_store_rest ();
  test_click (window, "Save as a picture…");
  test_see (window, sak_words_about_far_place ());
  slow_store_rest ();
  gtk_window_close (GTK_WINDOW (window));
  window = open_from_contacts ("Read a code…", SAK_TYPE_SCAN_WINDOW);
  test_click (window, "Choose a picture…");
  test_see (window, sak_words_about_far_place ());
  slow_store_choose (NULL);
  slow_lock ();
  slow_store_rest ();
}

int
main (int    argc,
      char **argv)
{
  int status;

  slow_set_up (&argc, &argv);
  text = make_text ("Newcomer");
  other_text = make_text ("Somebody");
#define ADD(path, function) g_test_add_func ("/slow-codes/" path, function)
  ADD ("ones-own-code-can-be-left-before-it-is-drawn", ones_own_code_can_be_left_before_it_is_drawn);
  ADD ("what-was-read-can-be-left-before-it-is-judged", what_was_read_can_be_left_before_it_is_judged);
  ADD ("what-was-accepted-is-there-after-a-lock", what_was_accepted_is_there_after_a_lock);
  ADD ("a-failing-store-is-told", a_failing_store_is_told);
  ADD ("the-camera-goes-with-the-lock", the_camera_goes_with_the_lock);
  ADD ("what-is-taken-in-is-what-is-shown", what_is_taken_in_is_what_is_shown);
  ADD ("what-was-left-for-a-picture-is-not-offered", what_was_left_for_a_picture_is_not_offered);
  ADD ("the-window-stays-until-the-card-is-taken-in", the_window_stays_until_the_card_is_taken_in);
  ADD ("a-place-elsewhere-is-told", a_place_elsewhere_is_told);
#undef ADD
  status = g_test_run ();
  slow_tear_down ();
  g_free (other_text);
  g_free (text);
  return status;
}
