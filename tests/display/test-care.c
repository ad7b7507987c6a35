/* test-care.c - check and backup in the windows, and what the first page says of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "storage/sak-check.h"
#include "storage/sak-key-slots.h"
#include "storage/sak-last-backup.h"
#include "storage/sak-media.h"
#include "sync/sak-backup.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-care-page.h"
#include "ui/sak-backup-panel.h"
#include "ui/sak-recover-page.h"
#include "ui/sak-home-page.h"
#include "ui/sak-window.h"
#include "ui/words/sak-words.h"

static TestVault vault;
static SakWorker *worker;
static SakSession *session;
static char *backup_path;

/* The vault, for this thread. */
static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault.vault);
}

static GtkWidget *
show (GtkWidget *page)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
find_panel (GtkWidget *widget)
{
  if (SAK_IS_BACKUP_PANEL (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_panel (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
a_backup_is_made_and_said (void)
{
  GtkWidget *window = show (sak_care_page_new (session));

  test_see (window, "There is no backup of this vault yet");
  sak_backup_panel_back_up (SAK_BACKUP_PANEL (find_panel (window)), backup_path);
  test_see (window, "The backup is made");
  test_see (window, "Nothing has changed since.");
  g_assert_true (g_file_test (backup_path, G_FILE_TEST_IS_REGULAR));
  /* Not over what is there. */
  sak_backup_panel_back_up (SAK_BACKUP_PANEL (find_panel (window)), backup_path);
  test_see (window, "Something is there already");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_stopped_backup_leaves_nothing (void)
{
  g_autofree char *path = g_build_filename (vault.folder, "stopped.backup", NULL);
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  GtkWidget *window = show (sak_care_page_new (session));

  sak_backup_panel_back_up (SAK_BACKUP_PANEL (find_panel (window)), path);
  test_click (window, "Stop");
  test_see (window, "There is no backup; nothing is left of it.");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_check_says_what_is_whole_and_what_is_not (void)
{
  g_autofree char *media = g_build_filename (vault.path, "media", NULL);
  g_autofree char *object = test_find_object (media);
  GtkWidget *window = show (sak_care_page_new (session));

  test_click (window, "Check the vault");
  test_see (window, "Everything in the vault is whole: 1 record");
  g_assert_nonnull (object);
  test_flip_byte (object, 210);
  test_click (window, "Check the vault");
  test_see (window, "Damage was found.");
  test_see (window, "A photo, recording or file was damaged or altered.");
  test_see (window, "paper.txt");
  test_see (window, "add it to its record again");
  test_flip_byte (object, 210);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* As if it had been made so many days ago, with a change since. */
static void
pretend_backup (gint64 days)
{
  const guint8 digest[32] = { 0 };
  SakSnapshotMark mark = { g_get_real_time () / G_USEC_PER_SEC - days * 24 * 60 * 60, 0, 0 };

  g_assert_true (sak_vault_note_backup (at_rest (), &mark, 1000, digest, NULL));
}

static void
flip_page_and_check (void)
{
  g_autofree char *path = g_build_filename (vault.path, "records.db", NULL);

  test_flip_byte (path, 5 * 8192 + 100);
  sak_check_report_free (sak_vault_check (at_rest (), NULL, NULL, NULL, NULL));
}

static void
damage_that_was_seen_is_said_on_the_first_page (void)
{
  GtkWidget *window = show (sak_home_page_new (session));

  test_see (window, "Only one thing opens this vault.");
  g_assert_null (test_find_text (window, "Something in the vault could not be read as it was written."));
  flip_page_and_check ();
  sak_session_changed (session);
  test_see (window, "Something in the vault could not be read as it was written.");
  /* Without the window around it, nobody can go there. */
  g_assert_nonnull (test_find_text (window, "Check…"));
  flip_page_and_check ();
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
an_old_backup_is_remembered_on_the_first_page (void)
{
  GtkWidget *window = show (sak_home_page_new (session));
  g_autoptr (SakSecret) code = NULL;

  test_see (window, "Only one thing opens this vault.");
  g_assert_null (test_find_text (window, "The last backup is of"));
  pretend_backup (15);
  code = sak_vault_add_recovery_code (at_rest (), "", NULL, NULL);
  g_assert_nonnull (code);
  sak_session_changed (session);
  test_see (window, "The last backup is of");
  g_assert_null (test_find_text (window, "Only one thing opens this vault."));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_backup_is_due_when_there_is_something_to_lose (void)
{
  const gint64 now = 1763800000, day = 24 * 60 * 60;
  const struct { SakLastBackup last; gboolean is_due; } cases[] = {
    { { 0, 0, 5, 0 }, FALSE },
    { { 0, 0, 5, 1 }, TRUE },
    { { now - 13 * day, 1, 5, 5 }, FALSE },
    { { now - 14 * day, 1, 1, 0 }, TRUE },
    { { now - 400 * day, 1, 0, 0 }, FALSE },
    { { now + 400 * day, 1, 9, 9 }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (sak_words_is_backup_due (&cases[i].last, now), ==, cases[i].is_due);
}

static GtkWidget *
find_recover_page (GtkWidget *widget)
{
  if (SAK_IS_RECOVER_PAGE (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_recover_page (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
show_window (void)
{
  SakSettings settings = { 1100, 700, 5, 100 };
  GtkWidget *window = sak_window_new (NULL, &settings);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Now that nobody works in it any more. */
static void
a_backup_is_restored_and_opened (void)
{
  GtkWidget *window;

  sak_session_lock (session);
  window = show_window ();
  test_click (window, "Restore a backup…");
  test_click (window, "Restore");
  test_see (window, "Choose the backup first.");
  sak_recover_page_set_source (SAK_RECOVER_PAGE (find_recover_page (window)), backup_path);
  test_type (window, "Name of the new vault", "Back again");
  test_type (window, "Passphrase", "no such passphrase");
  test_click (window, "Restore");
  test_see (window, "This does not open the backup.");
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Restore");
  test_see (window, "All of it was checked.");
  test_click (window, "Open it");
  test_see (window, "The vault is locked.");
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  test_see (window, "1 incident");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_damaged_vault_is_rescued (void)
{
  g_autofree char *header = g_build_filename (vault.path, "vault.header", NULL);
  g_autofree char *copy = g_build_filename (vault.path, "vault.header.bak", NULL);
  g_autofree char *kept = g_build_filename (vault.folder, "header-on-a-stick", NULL);
  g_autofree char *bytes = NULL;
  GtkWidget *window = show_window ();
  gsize size;

  g_assert_true (g_file_get_contents (header, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (kept, bytes, (gssize) size, NULL));
  test_flip_byte (header, 100);
  test_flip_byte (copy, 100);
  sak_window_open_path (SAK_WINDOW (window), vault.path);
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  test_click (window, "Try to rescue what can still be read…");
  sak_recover_page_set_source (SAK_RECOVER_PAGE (find_recover_page (window)), kept);
  test_type (window, "Name of the new vault", "Rescued");
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Rescue");
  test_see (window, "1 record and 1 file could be read and are in the new vault.");
  test_click (window, "Open it");
  test_see (window, "The vault is locked.");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GInputStream) paper = NULL;
  g_autoptr (SakMediaInfo) info = NULL;
  g_autofree char *record = NULL;
  g_autofree char *data_folder = NULL;
  int status;

  data_folder = g_dir_make_tmp ("sakkhi-care-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", data_folder, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_window_init_application (NULL);
  test_vault_set_up (&vault, NULL);
  record = test_add_json (at_rest (), "event", "{\"title\": \"A boat\", \"narrative\": \"It left.\", "
                          "\"date\": \"2020\", \"place\": {\"name\": \"Pier\", \"country\": \"TH\"}}", FALSE);
  paper = g_memory_input_stream_new_from_data ("what the paper says", -1, NULL);
  info = sak_vault_add_media (at_rest (), record, paper, "paper.txt", 0, NULL, NULL, NULL, NULL);
  g_assert_nonnull (info);
  backup_path = g_build_filename (vault.folder, "first.backup", NULL);
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault.vault);

  g_test_add_func ("/care/a-backup-is-made-and-said", a_backup_is_made_and_said);
  g_test_add_func ("/care/a-stopped-backup-leaves-nothing", a_stopped_backup_leaves_nothing);
  g_test_add_func ("/care/a-check-says-what-is-whole-and-what-is-not",
                   a_check_says_what_is_whole_and_what_is_not);
  g_test_add_func ("/care/damage-that-was-seen-is-said-on-the-first-page",
                   damage_that_was_seen_is_said_on_the_first_page);
  g_test_add_func ("/care/an-old-backup-is-remembered-on-the-first-page",
                   an_old_backup_is_remembered_on_the_first_page);
  g_test_add_func ("/care/a-backup-is-due-when-there-is-something-to-lose",
                   a_backup_is_due_when_there_is_something_to_lose);
  g_test_add_func ("/care/a-backup-is-restored-and-opened", a_backup_is_restored_and_opened);
  g_test_add_func ("/care/a-damaged-vault-is-rescued", a_damaged_vault_is_rescued);
  status = g_test_run ();
  g_object_unref (session);
  test_end_worker (worker);
  test_remove_tree (data_folder);
  g_free (backup_path);
  test_vault_tear_down (&vault, NULL);
  return status;
}
