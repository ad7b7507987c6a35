/* test-versions.c - history, conflicts and custody in the windows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-history.h"
#include "storage/sak-record-private.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-conflict-window.h"
#include "ui/sak-custody-window.h"
#include "ui/sak-history.h"
#include "ui/sak-print-window.h"
#include "ui/sak-record-page.h"
#include "ui/sak-window.h"

static TestVault vaults;
static SakVault *vault;
static SakWorker *worker;
static SakSession *session;

/* The vault, for this thread. */
static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault);
}

static SakRecord *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  SakRecord *record = sak_vault_load_record (at_rest (), id, &error);

  g_assert_no_error (error);
  return record;
}

static GtkWidget *
open_page (const char *id)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (window), sak_record_page_new (session, id));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
is_gone (GType type)
{
  return test_find_window (type) == NULL;
}

static void
wait_until_gone (GType type)
{
  for (guint i = 0; i < 2000 && !is_gone (type); i++)
    test_turn ();
  g_assert_true (is_gone (type));
}

static void
two_versions_are_brought_together_with_keys_alone (void)
{
  g_autofree char *id = test_add_torn (at_rest ());
  GtkWidget *window = open_page (id);
  GtkWidget *conflict, *focus;
  g_autoptr (SakRecord) record = NULL;

  test_see (window, "Two versions");
  test_see (window, "This record was changed in two places, and both versions are kept.");
  focus = test_tab_to (window, "Side by side…");
  g_assert_true (gtk_widget_activate (focus));
  for (guint i = 0; i < 2000 && test_find_window (SAK_TYPE_CONFLICT_WINDOW) == NULL; i++)
    test_turn ();
  conflict = test_find_window (SAK_TYPE_CONFLICT_WINDOW);
  test_see (conflict, "Different: choose which one stands");
  test_see (conflict, "Changed in one version only");
  focus = test_tab_to (conflict, "Title: Write it anew");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (focus), TRUE);
  focus = test_tab_to (conflict, "Title");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), "Raid on market and pier", -1);
  focus = test_tab_to (conflict, "Bring together");
  g_signal_emit_by_name (focus, "clicked");
  test_see (conflict, "Say in a few words why");
  focus = test_tab_to (conflict, "Why it was brought together like this");
  gtk_editable_set_text (GTK_EDITABLE (focus), "Both were there");
  focus = test_tab_to (conflict, "Bring together");
  g_signal_emit_by_name (focus, "clicked");
  wait_until_gone (SAK_TYPE_CONFLICT_WINDOW);
  test_see (window, "Finished");
  record = load (id);
  g_assert_cmpint (record->state, ==, SAK_RECORD_FINISHED);
  g_assert_cmpstr (sak_json_get_text (record->fields, "title"), ==, "Raid on market and pier");
  g_assert_cmpstr (sak_json_get_text (record->fields, "narrative"), ==, "They came at dawn, in two trucks.");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The first one, which is the title's. */
static GtkWidget *
find_entry (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_ENTRY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child);
  return found;
}

/* Whoever writes while another version arrives loses nothing. */
static void
what_was_written_too_late_is_kept (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"Raid\"}", TRUE);
  g_autoptr (SakRecord) before = load (id);
  GtkWidget *window = open_page (id);
  GtkWidget *entry;
  g_autoptr (SakRecord) after = NULL;

  test_click (window, "Change…");
  test_add_version (at_rest (), id, before->base_revision, "{\"title\": \"Raid\", \"narrative\": \"From afar\"}");
  entry = find_entry (window);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Raid at the pier");
  test_see (window, "Side by side…");
  after = load (id);
  g_assert_cmpint (after->state, ==, SAK_RECORD_CONFLICT);
  g_assert_cmpstr (sak_json_get_text (after->fields, "title"), ==, "Raid at the pier");
  g_assert_cmpstr (after->base_revision, ==, before->base_revision);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
history_says_what_each_version_changed (void)
{
  g_autofree char *id = test_add_torn (at_rest ());
  GtkWidget *parent = test_window_new ();
  GtkWidget *history = sak_history_new (GTK_WINDOW (parent), session, id);

  gtk_window_present (GTK_WINDOW (history));
  test_see (history, "First version");
  test_see (history, "On the other laptop");
  test_see (history, "This version stands now.");
  test_see (history, "The time cannot be right: it is earlier");
  test_see (history, "Before: Raid");
  gtk_window_destroy (GTK_WINDOW (history));
  gtk_window_destroy (GTK_WINDOW (parent));
}

static void
the_custody_sheet_can_be_read (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"Raid\"}", TRUE);
  GtkWidget *parent = test_window_new ();
  GtkWidget *sheet = sak_custody_window_new (GTK_WINDOW (parent), session, id);

  gtk_window_present (GTK_WINDOW (sheet));
  test_see (sheet, "Signed as a version");
  test_see (sheet, "How to verify this yourself");
  test_click (sheet, "Print or save…");
  test_see (test_see_window (SAK_TYPE_PRINT_WINDOW), "The sheet names the record");
  gtk_window_destroy (GTK_WINDOW (sheet));
  gtk_window_destroy (GTK_WINDOW (parent));
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  test_vault_set_up (&vaults, NULL);
  vault = vaults.vault;
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault);
  g_test_add_func ("/versions/two-versions-are-brought-together-with-keys-alone",
                   two_versions_are_brought_together_with_keys_alone);
  g_test_add_func ("/versions/what-was-written-too-late-is-kept", what_was_written_too_late_is_kept);
  g_test_add_func ("/versions/history-says-what-each-version-changed", history_says_what_each_version_changed);
  g_test_add_func ("/versions/the-custody-sheet-can-be-read", the_custody_sheet_can_be_read);
  status = g_test_run ();
  g_object_unref (session);
  test_end_worker (worker);
  test_vault_tear_down (&vaults, NULL);
  return status;
}
