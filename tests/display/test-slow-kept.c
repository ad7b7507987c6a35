/* test-slow-kept.c - what was written or given is kept, or it is said, whatever comes before it is stored
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As test-slow-store.c: while the store is held, nothing is answered.
 */
#include "config.h"

#include <adwaita.h>

#include "tests/display/sak-slow-store.h"
#include "tests/display/sak-slow-window.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-fields.h"
#include "ui/sak-print-window.h"
#include "ui/sak-record-page.h"
#include "ui/sak-window.h"
#include "ui/words/sak-language.h"

static GtkEditable *
find_title (void)
{
  GtkWidget *field = slow_find_type (slow_window, SAK_TYPE_TEXT_FIELD);

  return field != NULL ? sak_text_field_get_editable (SAK_TEXT_FIELD (field)) : NULL;
}

static void
open_draft (void)
{
  slow_unlock ();
  slow_open_record (slow_draft_id);
  test_see (slow_window, "Discard draft…");
  slow_store_rest ();
}

static void
lock (void)
{
  slow_lock ();
  slow_store_rest ();
}

/* --- Another language --- */

static void
close_settings (void)
{
  GtkWidget *settings = test_find_window (ADW_TYPE_PREFERENCES_WINDOW);

  if (settings != NULL)
    gtk_window_destroy (GTK_WINDOW (settings));
}

/* Makes a new window, in which the record is shown again. */
static void
change_language (const char *code)
{
  slow_store_hold ();
  sak_window_change_language (SAK_WINDOW (slow_window), code);
  gtk_editable_set_text (find_title (), "Written while it was saved");
  slow_store_live ();
  slow_let_go ();
  g_assert_cmpstr (sak_language_get (), ==, code);
  slow_window = test_see_window (SAK_TYPE_WINDOW);
  slow_store_rest ();
  close_settings ();
}

static void
what_could_not_be_saved_stays_in_its_window (void)
{
  GtkWidget *window = slow_window;

  open_draft ();
  gtk_editable_set_text (find_title (), "Only on the screen");
  slow_store_fail_next (1);
  sak_window_change_language (SAK_WINDOW (slow_window), "my");
  slow_store_rest ();
  g_assert_true (test_see_window (SAK_TYPE_WINDOW) == window);
  g_assert_cmpstr (sak_language_get (), ==, "en");
  g_assert_cmpstr (gtk_editable_get_text (find_title ()), ==, "Only on the screen");
  test_see (slow_window, "The language stays as it is");
  lock ();
}

static void
what_is_written_while_the_language_changes_is_in_the_new_window (void)
{
  open_draft ();
  change_language ("my");
  g_assert_cmpstr (gtk_editable_get_text (find_title ()), ==, "Written while it was saved");
  gtk_editable_set_text (find_title (), "And back");
  change_language ("en");
  g_assert_cmpstr (gtk_editable_get_text (find_title ()), ==, "Written while it was saved");
  lock ();
}

/* --- Printing --- */

static void
what_could_not_be_saved_is_not_printed_without (void)
{
  GtkWidget *printing;

  open_draft ();
  gtk_editable_set_text (find_title (), "Not on paper");
  slow_store_fail_next (1);
  gtk_widget_activate_action (slow_find_type (slow_window, SAK_TYPE_RECORD_PAGE), "record.print", NULL);
  printing = test_see_window (SAK_TYPE_PRINT_WINDOW);
  test_see (printing, "Not printed: what was written last could not be saved");
  gtk_window_destroy (GTK_WINDOW (printing));
  lock ();
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_disable_setlocale ();
  sak_language_init ("en");
  slow_set_up (&argc, &argv);
  g_test_add_func ("/slow-kept/what-could-not-be-saved-stays-in-its-window",
                   what_could_not_be_saved_stays_in_its_window);
  g_test_add_func ("/slow-kept/what-is-written-while-the-language-changes-is-in-the-new-window",
                   what_is_written_while_the_language_changes_is_in_the_new_window);
  g_test_add_func ("/slow-kept/what-could-not-be-saved-is-not-printed-without",
                   what_could_not_be_saved_is_not_printed_without);
  status = g_test_run ();
  slow_tear_down ();
  return status;
}
