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

/* As if this vault's own key had signed it on another laptop. */
static void
put (const char *id,
     const char *parent,
     const char *json)
{
  g_autoptr (json_t) fields = json_loads (json, 0, NULL);
  const char *const parents[] = { parent, NULL };
  SakRevisionContent content = { id, "event", "event", 1, parents, 1700000000, "On the other laptop", fields };
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (at_rest ());
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) revision = sak_revision_new (&content, seed, &error);
  g_auto (SakRecordKey) key = { 0 };
  gboolean is_new;

  g_assert_no_error (error);
  g_assert_true (sak_vault_begin (at_rest (), &error));
  g_assert_true (sak_record_find (at_rest (), id, &key, &error));
  g_assert_true (sak_revision_store (at_rest (), &key, revision, 0, &is_new, &error));
  g_assert_true (sak_record_refresh (at_rest (), &key, &error));
  g_assert_true (sak_vault_commit (at_rest (), &error));
}

static SakRecord *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  SakRecord *record = sak_vault_load_record (at_rest (), id, &error);

  g_assert_no_error (error);
  return record;
}

/* An incident with two heads; of these fields each has another title, one another place. */
static char *
add_conflict (void)
{
  char *id = test_add_json (at_rest (), "event", "{\"title\": \"Raid\", \"narrative\": \"They came at night.\"}", TRUE);
  g_autoptr (SakRecord) record = load (id);
  g_autofree char *first = g_strdup (record->base_revision);

  put (id, first, "{\"title\": \"Raid at the pier\", \"narrative\": \"They came at night.\"}");
  put (id, first, "{\"title\": \"Raid on the market\", \"narrative\": \"They came at dawn, in two trucks.\"}");
  return id;
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

/* The window of this type that is open; NULL if there is none. */
static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static gboolean
is_called (GtkWidget  *widget,
           const char *name)
{
  g_autofree char *problem = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                                 GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return problem == NULL;
}

/* Goes round by Tab alone until something is called so. What an entry has within itself gets
 * the focus for it.
 */
static GtkWidget *
tab_to (GtkWidget  *window,
        const char *name)
{
  for (guint i = 0; i < 60; i++)
    {
      GtkWidget *focus;

      gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
      focus = gtk_root_get_focus (GTK_ROOT (window));
      if (focus != NULL && GTK_IS_TEXT (focus))
        focus = gtk_widget_get_parent (focus);
      if (focus != NULL && is_called (focus, name))
        return focus;
    }
  g_error ("nothing is called %s", name);
}

static gboolean
is_gone (GType type)
{
  return find_window (type) == NULL;
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
  g_autofree char *id = add_conflict ();
  GtkWidget *window = open_page (id);
  GtkWidget *conflict, *focus;
  g_autoptr (SakRecord) record = NULL;

  test_see (window, "Two versions");
  test_see (window, "This record was changed in two places, and both versions are kept.");
  focus = tab_to (window, "Side by side…");
  g_assert_true (gtk_widget_activate (focus));
  for (guint i = 0; i < 2000 && find_window (SAK_TYPE_CONFLICT_WINDOW) == NULL; i++)
    test_turn ();
  conflict = find_window (SAK_TYPE_CONFLICT_WINDOW);
  test_see (conflict, "Different: choose which one stands");
  test_see (conflict, "Changed in one version only");
  focus = tab_to (conflict, "Title: Write it anew");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (focus), TRUE);
  focus = tab_to (conflict, "Title");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), "Raid on market and pier", -1);
  focus = tab_to (conflict, "Bring together");
  g_signal_emit_by_name (focus, "clicked");
  test_see (conflict, "Say in a few words why");
  focus = tab_to (conflict, "Why it was brought together like this");
  gtk_editable_set_text (GTK_EDITABLE (focus), "Both were there");
  focus = tab_to (conflict, "Bring together");
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
  put (id, before->base_revision, "{\"title\": \"Raid\", \"narrative\": \"From afar\"}");
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
  g_autofree char *id = add_conflict ();
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
  test_see (find_window (SAK_TYPE_PRINT_WINDOW), "The sheet names the record");
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
  g_object_unref (worker);
  test_vault_tear_down (&vaults, NULL);
  return status;
}
