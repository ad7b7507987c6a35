/* test-home.c - the first page: what waits is counted, and what does not is not said
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "storage/sak-key-slots.h"
#include "storage/sak-last-backup.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-home-page.h"
#include "ui/sak-window.h"

static TestVault vault;
static SakWorker *worker;
static SakSession *session;

/* The vault, for this thread. */
static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault.vault);
}

static GtkWidget *
show_home (void)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), sak_home_page_new (session));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
where_nothing_waits_it_is_calm (void)
{
  GtkWidget *window = show_home ();

  test_see (window, "Nothing waits for you");
  g_assert_nonnull (test_find_text (window, "New testimony…"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
drafts_are_counted_by_kind_as_they_come_and_go (void)
{
  GtkWidget *window = show_home ();
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  test_see (window, "Nothing waits for you");
  first = test_add_event (at_rest (), "Begun", FALSE);
  second = test_add_json (at_rest (), "testimony", "{\"title\": \"Told on the pier\"}", FALSE);
  sak_session_changed (session);
  test_see (window, "Drafts to finish");
  test_see (window, "1 incident");
  test_see (window, "1 testimony");
  g_assert_true (sak_vault_discard_draft (at_rest (), first, NULL));
  g_assert_true (sak_vault_discard_draft (at_rest (), second, NULL));
  sak_session_changed (session);
  test_see (window, "Nothing waits for you");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_consent_that_runs_out_is_said (void)
{
  GtkWidget *window = show_home ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_days (now, 10);
  g_autofree char *day = g_date_time_format (soon, "%Y-%m-%d");
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Told\", \"consent\": {\"share\": \"named\", \"expires\":"
                                           " \"%s\"}}", day);
  g_autofree char *id = NULL;

  test_see (window, "Nothing waits for you");
  id = test_add_json (at_rest (), "testimony", json, FALSE);
  sak_session_changed (session);
  test_see (window, "Consent that runs out");
  g_assert_true (sak_vault_discard_draft (at_rest (), id, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
set_up (void)
{
  const guint8 digest[32] = { 0 };
  SakSnapshotMark mark = { g_get_real_time () / G_USEC_PER_SEC, 0, 0 };
  g_autoptr (SakSecret) code = NULL;

  test_vault_set_up (&vault, NULL);
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault.vault);
  g_assert_true (sak_vault_note_backup (at_rest (), &mark, 1000, digest, NULL));
  code = sak_vault_add_recovery_code (at_rest (), "", NULL, NULL);
  g_assert_nonnull (code);
}

int
main (int    argc,
      char **argv)
{
  int failed;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  set_up ();
  g_test_add_func ("/home/where-nothing-waits-it-is-calm", where_nothing_waits_it_is_calm);
  g_test_add_func ("/home/drafts-are-counted-by-kind-as-they-come-and-go",
                   drafts_are_counted_by_kind_as_they_come_and_go);
  g_test_add_func ("/home/a-consent-that-runs-out-is-said", a_consent_that_runs_out_is_said);
  failed = g_test_run ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_vault_tear_down (&vault, NULL);
  return failed;
}
