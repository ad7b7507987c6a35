/* test-carrier-form.c - the form of a way for bundles, by the keyboard: what is said where, and what is not given up
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-carriers-window.h"

#define WAIT_TURNS 6000

static SakSession *session;

static GtkWidget *
show_ways (void)
{
  GtkWidget *window = sak_carriers_window_new (NULL, session);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
what_was_typed_of_a_way_is_not_given_up_unasked (void)
{
  GtkWidget *window = show_ways ();
  GtkWidget *dialog;

  test_click (window, "Add a server…");
  test_see (window, "Address (https://…)");
  test_press_keys (window, "Escape");
  test_see (window, "None is set up yet.");
  test_click (window, "Add a server…");
  test_type (window, "Name, as you call it", "Office");
  gtk_window_close (GTK_WINDOW (window));
  dialog = test_see_window (ADW_TYPE_MESSAGE_DIALOG);
  test_see (dialog, "Give up what you wrote?");
  test_click (dialog, "Cancel");
  test_turn ();
  g_assert_true (test_find_window (SAK_TYPE_CARRIERS_WINDOW) == window);
  gtk_window_close (GTK_WINDOW (window));
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Give it up");
  for (guint i = 0; i < WAIT_TURNS && test_find_window (SAK_TYPE_CARRIERS_WINDOW) != NULL; i++)
    test_turn ();
  g_assert_null (test_find_window (SAK_TYPE_CARRIERS_WINDOW));
}

/* Where what is complained about can be mended. */
static void
the_keyboard_goes_to_the_folder_that_is_missing (void)
{
  GtkWidget *window = show_ways ();
  GtkWidget *focus;

  test_click (window, "Add a folder or stick…");
  test_type (window, "Name, as you call it", "Stick");
  g_signal_emit_by_name (test_tab_to (window, "Save"), "clicked");
  test_see (window, "Choose the folder.");
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "Choose…");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  TestPair pair;
  SakWorker *worker;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  test_pair_set_up (&pair);
  worker = sak_worker_new ();
  session = sak_session_new (worker, pair.partner);
  g_test_add_func ("/carrier-form/what-was-typed-is-not-given-up-unasked",
                   what_was_typed_of_a_way_is_not_given_up_unasked);
  g_test_add_func ("/carrier-form/the-keyboard-goes-to-the-folder-that-is-missing",
                   the_keyboard_goes_to_the_folder_that_is_missing);
  status = g_test_run ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_pair_tear_down (&pair);
  return status;
}
