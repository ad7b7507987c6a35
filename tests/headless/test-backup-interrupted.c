/* test-backup-interrupted.c - stopped, locked, killed or without room, and whatever happens meanwhile
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/sak-check.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-backup.h"
#include "tests/headless/sak-test-dump.h"

typedef struct
{
  TestBackup *fixture;
  GCancellable *cancellable;
  gint64 cancelled_at;
  gboolean locks;
  gboolean spoils;
  gdouble at;                   /* part of the whole */
} Intruder;

/* It has no name yet: it is found among the files that this process has open. */
static void
spoil_written_file (TestBackup *f)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  guint n_spoilt = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);
      FILE *file;

      if (target == NULL || !g_str_has_prefix (target, f->f.folder) || g_str_has_prefix (target, f->f.path))
        continue;
      file = fopen (path, "r+b");
      g_assert_cmpint (fseek (file, -5000, SEEK_END), ==, 0);
      g_assert_cmpint (fputc (0x5a, file), ==, 0x5a);
      g_assert_cmpint (fputc (0xa5, file), ==, 0xa5);
      g_assert_cmpint (fclose (file), ==, 0);
      n_spoilt++;
    }
  g_assert_cmpuint (n_spoilt, >, 0);
}

static void
came_along_cb (guint64  done_bytes,
               guint64  total_bytes,
               gpointer user_data)
{
  Intruder *intruder = user_data;

  if (intruder->cancelled_at != 0 || (gdouble) done_bytes < intruder->at * (gdouble) total_bytes)
    return;
  intruder->cancelled_at = g_get_monotonic_time ();
  if (intruder->spoils)
    spoil_written_file (intruder->fixture);
  else if (intruder->locks)
    sak_vault_lock (intruder->fixture->f.vault);
  else
    g_cancellable_cancel (intruder->cancellable);
}

static void
stopping_is_quick_and_leaves_nothing (TestBackup    *f,
                                      gconstpointer  unused)
{
  const gdouble moments[] = { 0, 0.3, 0.6 };

  test_add_film (f);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Intruder intruder = { .fixture = f, .cancellable = cancellable, .at = moments[i] };
      g_autoptr (GError) error = NULL;
      g_autoptr (SakBackupReport) report = sak_backup_create (f->f.vault, f->backup, came_along_cb, &intruder,
                                                              cancellable, &error);
      gint64 now = g_get_monotonic_time ();

      g_assert_null (report);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_test_message ("stopped after %" G_GINT64_FORMAT " us", now - intruder.cancelled_at);
      g_assert_cmpint (now - intruder.cancelled_at, <, G_USEC_PER_SEC);
      test_assert_only (f, FALSE, FALSE);
      test_assert_inbox_is_empty (f->f.path);
    }
}

static void
locking_ends_it (TestBackup    *f,
                 gconstpointer  unused)
{
  g_autoptr (SakSnapshot) snapshot = NULL;
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;
  Intruder intruder = { .fixture = f, .locks = TRUE, .at = 0.3 };

  test_add_film (f);
  snapshot = sak_vault_take_snapshot (f->f.vault, NULL, &error);
  g_assert_no_error (error);
  report = sak_backup_write (snapshot, f->backup, came_along_cb, &intruder, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LOCKED);
  g_clear_pointer (&snapshot, sak_snapshot_free);
  test_assert_only (f, FALSE, FALSE);
  test_assert_inbox_is_empty (f->f.path);
}

/* A stick that does not keep what it was given. */
static void
what_was_written_is_read_again (TestBackup    *f,
                                gconstpointer  unused)
{
  Intruder intruder = { .fixture = f, .spoils = TRUE, .at = 0.5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBackupReport) report = NULL;
  SakLastBackup last = { 0 };

  test_add_film (f);
  report = sak_backup_create (f->f.vault, f->backup, came_along_cb, &intruder, NULL, &error);
  g_assert_cmpint (intruder.cancelled_at, !=, 0);
  g_assert_null (report);
  test_assert_is_damage (error);
  test_assert_only (f, FALSE, FALSE);
  g_assert_true (sak_vault_get_last_backup (f->f.vault, &last, NULL));
  g_assert_cmpint (last.time, ==, 0);
}

typedef struct
{
  SakSnapshot *snapshot;
  const char *filename;
} Job;

static gpointer
write_in_thread (gpointer data)
{
  const Job *job = data;
  g_autoptr (GError) error = NULL;
  SakBackupReport *report = sak_backup_write (job->snapshot, job->filename, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

/* The snapshot is what counts, whatever is written and deleted meanwhile. */
static void
work_goes_on_meanwhile (TestBackup    *f,
                        gconstpointer  unused)
{
  g_autoptr (GHashTable) before = test_dump_vault (f->f.vault);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSnapshot) snapshot = sak_vault_take_snapshot (f->f.vault, NULL, &error);
  Job job = { snapshot, f->backup };
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (SakRestoreReport) restored = NULL;
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GHashTable) after = NULL;
  SakLastBackup last = { 0 };
  GThread *thread;

  g_assert_no_error (error);
  sak_pins_remove (f->f.vault->pins, f->photo);
  g_assert_true (g_file_test (f->photo, G_FILE_TEST_EXISTS));
  thread = g_thread_new ("backup", write_in_thread, &job);
  for (int i = 0; i < 20; i++)
    g_free (test_add_event (f->f.vault, "Meanwhile", TRUE));
  report = g_thread_join (thread);
  g_assert_true (g_file_test (f->photo, G_FILE_TEST_EXISTS));
  g_clear_pointer (&snapshot, sak_snapshot_free);
  g_assert_false (g_file_test (f->photo, G_FILE_TEST_EXISTS));
  g_assert_true (sak_backup_note (f->f.vault, report, &error));
  g_assert_true (sak_vault_get_last_backup (f->f.vault, &last, &error));
  g_assert_cmpuint (last.n_revisions, ==, 20);

  restored = test_restore (f, "the passphrase", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (restored->check->damages->len, ==, 0);
  vault = test_open_restored (f);
  after = test_dump_vault (vault);
  test_assert_same_dump (before, after);
  sak_vault_lock (vault);
}

/* Deleted while a backup ran and taken in again before its end: it stays. */
static void
what_is_put_back_is_not_deleted (TestBackup    *f,
                                 gconstpointer  unused)
{
  g_autoptr (SakSnapshot) snapshot = sak_vault_take_snapshot (f->f.vault, NULL, NULL);

  sak_pins_remove (f->f.vault->pins, f->photo);
  sak_pins_keep (f->f.vault->pins, f->photo);
  g_clear_pointer (&snapshot, sak_snapshot_free);
  g_assert_true (g_file_test (f->photo, G_FILE_TEST_EXISTS));
}

static void
limit_file_size (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
a_full_disk_leaves_nothing (TestBackup    *f,
                            gconstpointer  unused)
{
  /* Within the database's copy, within the media, in the last bytes. */
  const rlim_t limits[] = { 100000, 400000, 500000 };

  signal (SIGXFSZ, SIG_IGN);
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakBackupReport) report = NULL;

      limit_file_size (limits[i]);
      report = sak_backup_create (f->f.vault, f->backup, NULL, NULL, NULL, &error);
      limit_file_size (RLIM_INFINITY);
      g_assert_null (report);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE);
      test_assert_only (f, FALSE, FALSE);
      test_assert_inbox_is_empty (f->f.path);
    }
  sak_backup_report_free (test_back_up (f));
  limit_file_size (100000);
  test_assert_restore_fails (f, SAK_ERROR_NO_SPACE);
  limit_file_size (RLIM_INFINITY);
}

static void
die_cb (guint64  done_bytes,
        guint64  total_bytes,
        gpointer unused)
{
  if (done_bytes * 10 > total_bytes)
    kill (getpid (), SIGKILL);
}

/* What a killed restore left is taken away by the next one to the same place. */
static void
a_killed_restore_can_be_done_again (TestBackup    *f,
                                    gconstpointer  unused)
{
  g_autofree char *part = g_strconcat (f->restored, ".part", NULL);
  g_autofree char *foreign = g_build_filename (part, "notes.txt", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRestoreReport) report = NULL;
  int status;
  pid_t child;

  sak_backup_report_free (test_back_up (f));
  child = fork ();
  if (child == 0)
    {
      g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");

      sak_restore_report_free (sak_backup_restore (f->backup, passphrase, f->restored, die_cb, NULL, NULL, NULL));
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  g_assert_true (g_file_test (part, G_FILE_TEST_IS_DIR));
  g_assert_false (g_file_test (f->restored, G_FILE_TEST_EXISTS));
  report = test_restore (f, "the passphrase", &error);
  g_assert_no_error (error);
  test_assert_only (f, TRUE, TRUE);
  test_remove_tree (f->restored);

  /* What is not ours under that name stays. */
  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  g_assert_true (g_file_set_contents (foreign, "mine", -1, NULL));
  g_assert_null (test_restore (f, "the passphrase", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
}

/* Such a name is no proof that nobody needs it. */
static void
a_vault_that_stands_in_the_way_stays (TestBackup    *f,
                                      gconstpointer  unused)
{
  g_autofree char *part = g_strconcat (f->restored, ".part", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (SakVault) other = test_vault_make (&f->f, "Restored.part");

  sak_vault_lock (other);
  before = test_fingerprint (part);
  sak_backup_report_free (test_back_up (f));
  g_assert_null (test_restore (f, "the passphrase", NULL));
  after = test_fingerprint (part);
  g_assert_cmpstr (before, ==, after);
  g_assert_false (g_file_test (f->restored, G_FILE_TEST_EXISTS));
}

#define ADD(name, function) \
  g_test_add ("/backup-interrupted/" name, TestBackup, NULL, test_backup_set_up, function, test_backup_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("stopping-is-quick-and-leaves-nothing", stopping_is_quick_and_leaves_nothing);
  ADD ("locking-ends-it", locking_ends_it);
  ADD ("what-was-written-is-read-again", what_was_written_is_read_again);
  ADD ("work-goes-on-meanwhile", work_goes_on_meanwhile);
  ADD ("what-is-put-back-is-not-deleted", what_is_put_back_is_not_deleted);
  ADD ("a-full-disk-leaves-nothing", a_full_disk_leaves_nothing);
  ADD ("a-killed-restore-can-be-done-again", a_killed_restore_can_be_done_again);
  ADD ("a-vault-that-stands-in-the-way-stays", a_vault_that_stands_in_the_way_stays);
  return g_test_run ();
}
