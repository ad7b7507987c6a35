/* test-backup.c - a backup holds the vault, and what is no whole backup holds nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-check.h"
#include "storage/sak-folder.h"
#include "storage/sak-media.h"
#include "storage/sak-vault-private.h"
#include "sync/sak-backup-reader.h"
#include "sync/sak-backup.h"
#include "tests/headless/sak-test-dump.h"
#include "tests/headless/sak-test-pair.h"

#define PHOTO 300000
#define PROLOGUE SAK_BACKUP_PROLOGUE_SIZE
#define PAGE SAK_VFS_PAGE_SIZE

typedef struct
{
  TestVault f;
  char *backup;
  char *restored;
  char *photo;                  /* path of the object in the vault */
  char *event;
} Fixture;

static char *
find_object (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  if (g_str_has_suffix (path, ".age"))
    return g_strdup (path);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);
      char *found = find_object (inside);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autofree guint8 *photo = g_malloc (PHOTO);
  g_autofree char *media = NULL;

  test_vault_set_up (&f->f, NULL);
  sak_random_bytes (photo, PHOTO);
  f->backup = g_build_filename (f->f.folder, "copy.sakkhi", NULL);
  f->restored = g_build_filename (f->f.folder, "Restored", NULL);
  f->event = test_add_event (f->f.vault, "A raid", FALSE);
  test_add_media (f->f.vault, f->event, "raid.jpg", photo, PHOTO);
  test_finish (f->f.vault, f->event, NULL);
  g_free (test_add_event (f->f.vault, "Only begun", FALSE));
  media = g_build_filename (f->f.path, "media", NULL);
  f->photo = find_object (media);
  g_assert_nonnull (f->photo);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_free (f->backup);
  g_free (f->restored);
  g_free (f->photo);
  g_free (f->event);
  test_vault_tear_down (&f->f, NULL);
}

static SakBackupReport *
back_up (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  SakBackupReport *report = sak_backup_create (f->f.vault, f->backup, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

static SakRestoreReport *
restore (Fixture     *f,
         const char  *words,
         GError     **error)
{
  g_autoptr (SakSecret) passphrase = test_passphrase (words);

  return sak_backup_restore (f->backup, passphrase, f->restored, NULL, NULL, NULL, error);
}

static SakVault *
open_restored (Fixture *f)
{
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_open (f->restored, passphrase, &error);

  g_assert_no_error (error);
  return vault;
}

/* In the test's folder, beside what is named: nothing half. */
static void
assert_only (Fixture    *f,
             gboolean    has_backup,
             gboolean    has_restored)
{
  g_autoptr (GDir) directory = g_dir_open (f->f.folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_test_message ("there is %s", name);
      n++;
    }
  g_assert_cmpuint (n, ==, 1 + !!has_backup + !!has_restored);
  g_assert_true (g_file_test (f->backup, G_FILE_TEST_EXISTS) == has_backup);
  g_assert_true (g_file_test (f->restored, G_FILE_TEST_EXISTS) == has_restored);
}

static void
assert_inbox_is_empty (const char *vault)
{
  g_autofree char *inbox = g_build_filename (vault, "inbox", NULL);
  g_autoptr (GDir) directory = g_dir_open (inbox, 0, NULL);

  g_assert_null (g_dir_read_name (directory));
}

static void
assert_restore_fails (Fixture *f,
                      int      code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRestoreReport) report = restore (f, "the passphrase", &error);

  g_assert_null (report);
  g_assert_error (error, SAK_ERROR, code);
  assert_only (f, TRUE, FALSE);
}

static void
a_vault_comes_back_whole (Fixture       *f,
                          gconstpointer  unused)
{
  g_autoptr (GHashTable) before = test_dump_vault (f->f.vault);
  g_autoptr (SakBackupReport) report = back_up (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRestoreReport) restored = restore (f, "the passphrase", &error);
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (SakCheckReport) check = NULL;
  g_autoptr (GHashTable) after = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (report->check->damages->len, ==, 0);
  g_assert_cmpuint (report->check->n_media, ==, 1);
  g_assert_cmpuint (restored->check->damages->len, ==, 0);
  g_assert_cmpint (restored->time, ==, report->mark.time);
  assert_only (f, TRUE, TRUE);
  assert_inbox_is_empty (f->f.path);
  vault = open_restored (f);
  after = test_dump_vault (vault);
  test_assert_same_dump (before, after);
  check = sak_vault_check (vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (check->damages->len, ==, 0);
  sak_vault_lock (vault);
}

static void
the_last_backup_is_remembered (Fixture       *f,
                               gconstpointer  unused)
{
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;
  SakLastBackup last = { 0 };

  g_assert_true (sak_vault_get_last_backup (f->f.vault, &last, &error));
  g_assert_cmpint (last.time, ==, 0);
  g_assert_cmpuint (last.n_changes, >, 0);
  report = back_up (f);
  g_assert_true (sak_vault_get_last_backup (f->f.vault, &last, &error));
  g_assert_cmpint (last.time, ==, report->mark.time);
  g_assert_cmpuint (last.size_bytes, ==, report->size_bytes);
  g_assert_cmpuint (last.n_changes, ==, 0);
  g_assert_cmpuint (last.n_revisions, ==, 0);
  g_free (test_add_event (f->f.vault, "Since", TRUE));
  g_assert_true (sak_vault_get_last_backup (f->f.vault, &last, &error));
  g_assert_cmpuint (last.n_changes, ==, 1);
  g_assert_cmpuint (last.n_revisions, ==, 1);
}

/* In twenty years, without us. */
static void
stock_tools_open_it (Fixture       *f,
                     gconstpointer  unused)
{
  g_autofree char *identity = g_build_filename (f->f.folder, "identity", NULL);
  g_autoptr (SakSecret) text = sak_age_identity_to_text (f->f.vault->media_identity);
  g_autofree char *command = NULL;
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GHashTable) before = test_dump_vault (f->f.vault);
  g_autoptr (GHashTable) after = NULL;
  int status = -1;

  sak_backup_report_free (back_up (f));
  g_assert_true (g_file_set_contents (identity, (const char *) sak_secret_get_bytes (text),
                                      (gssize) sak_secret_get_size (text), NULL));
  command = g_strdup_printf ("sh -ec 'mkdir \"%1$s\"; tail -c +%2$d \"%3$s\" | age -d -i \"%4$s\" | tar x -C \"%1$s\";"
                             " cd \"%1$s\"; sha256sum -c --strict --quiet manifest-sha256.txt;"
                             " test $(wc -l <manifest-sha256.txt) = 5'",
                             f->restored, PROLOGUE + 1, f->backup, identity);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  vault = open_restored (f);
  after = test_dump_vault (vault);
  test_assert_same_dump (before, after);
  sak_vault_lock (vault);
}

static void
nothing_is_overwritten (Fixture       *f,
                        gconstpointer  unused)
{
  g_autofree char *inside = g_build_filename (f->restored, "mine", NULL);
  g_autoptr (SakBackupReport) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  g_assert_true (g_file_set_contents (f->backup, "mine", -1, NULL));
  refused = sak_backup_create (f->f.vault, f->backup, NULL, NULL, NULL, &error);
  g_assert_null (refused);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  g_assert_true (g_file_get_contents (f->backup, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
  g_assert_cmpint (g_unlink (f->backup), ==, 0);
  sak_backup_report_free (back_up (f));

  g_clear_error (&error);
  g_assert_cmpint (g_mkdir (f->restored, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "mine", -1, NULL));
  g_assert_null (restore (f, "the passphrase", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  g_assert_true (g_file_test (inside, G_FILE_TEST_EXISTS));
  assert_only (f, TRUE, TRUE);
}

static gboolean
drain (const char    *name,
       guint64        size,
       GInputStream  *content,
       gpointer       user_data,
       GCancellable  *cancellable,
       GError       **error)
{
  guint8 block[4096];
  gssize n;

  while ((n = g_input_stream_read (content, block, sizeof block, cancellable, error)) > 0)
    continue;
  return n == 0;
}

/* All of the encrypted part, as restoring reads it, without the second that a passphrase takes. */
static gboolean
can_be_read (Fixture  *f,
             GError  **error)
{
  SakMeter meter = { 0 };
  guint8 digest[SAK_SHA256_SIZE];
  g_autoptr (SakBackupReader) reader = sak_backup_reader_open (f->backup, error);

  return reader != NULL && sak_backup_reader_unlock (reader, f->f.vault->media_identity, &meter, error) != NULL &&
         sak_backup_reader_run (reader, drain, NULL, digest, error);
}

static void
set_content (Fixture    *f,
             const char *content,
             gsize       size)
{
  FILE *file = fopen (f->backup, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (content, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
assert_is_damage (const GError *error)
{
  g_assert_true (g_error_matches (error, SAK_ERROR, SAK_ERROR_DAMAGED) ||
                 g_error_matches (error, SAK_ERROR, SAK_ERROR_TRUNCATED));
}

/* Of the encrypted part: every byte of its beginning, then here and there. */
static void
flipped_bytes_are_damage (Fixture       *f,
                          gconstpointer  unused)
{
  g_autofree char *content = NULL;
  gsize size;

  sak_backup_report_free (back_up (f));
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  for (gsize at = PROLOGUE; at < size; at += at < PROLOGUE + 300 ? 1 : g_test_slow () ? 7 : 997)
    {
      g_autoptr (GError) error = NULL;

      content[at] ^= 1 << (at % 8);
      set_content (f, content, size);
      g_assert_false (can_be_read (f, &error));
      assert_is_damage (error);
      content[at] ^= 1 << (at % 8);
    }
  set_content (f, content, size);
  g_assert_true (can_be_read (f, NULL));
}

static void
a_backup_cut_short_is_said_so (Fixture       *f,
                               gconstpointer  unused)
{
  g_autofree char *content = NULL;
  gsize size;

  sak_backup_report_free (back_up (f));
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  for (gsize length = 8; length < size; length += g_test_slow () ? 13 : 1009)
    {
      g_autoptr (GError) error = NULL;

      set_content (f, content, length);
      g_assert_false (can_be_read (f, &error));
      assert_is_damage (error);
    }
  set_content (f, content, size - 1);
  assert_restore_fails (f, SAK_ERROR_TRUNCATED);
  set_content (f, content, 100);
  assert_restore_fails (f, SAK_ERROR_TRUNCATED);
  set_content (f, "SAKVAUL", 7);
  assert_restore_fails (f, SAK_ERROR_INVALID);
}

/* One damaged block at the beginning must not cost everything. */
static void
one_header_is_enough (Fixture       *f,
                      gconstpointer  unused)
{
  g_autoptr (GHashTable) before = test_dump_vault (f->f.vault);
  g_autofree char *content = NULL;
  gsize size;

  sak_backup_report_free (back_up (f));
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  for (int half = 0; half < 2; half++)
    {
      g_autofree char *spoilt = g_memdup2 (content, size);
      g_autoptr (GHashTable) after = NULL;
      g_autoptr (SakRestoreReport) report = NULL;
      g_autoptr (SakVault) vault = NULL;
      g_autoptr (GError) error = NULL;

      memset (spoilt + half * PROLOGUE / 2, 0x55, PROLOGUE / 2);
      set_content (f, spoilt, size);
      report = restore (f, "the passphrase", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->check->damages->len, ==, 0);
      vault = open_restored (f);
      after = test_dump_vault (vault);
      test_assert_same_dump (before, after);
      sak_vault_lock (vault);
      test_remove_tree (f->restored);
    }
  content[200] ^= 1;
  content[PROLOGUE / 2 + 200] ^= 1;
  set_content (f, content, size);
  assert_restore_fails (f, SAK_ERROR_DAMAGED);
}

static void
what_does_not_open_it_says_so (Fixture       *f,
                               gconstpointer  unused)
{
  g_autoptr (SakVault) other = test_vault_make (&f->f, "Other");
  g_autofree char *path = g_build_filename (sak_vault_get_path (other), "vault.header", NULL);
  g_autofree char *header = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize size, header_size;

  sak_vault_lock (other);
  g_assert_true (g_file_get_contents (path, &header, &header_size, NULL));
  test_remove_tree (sak_vault_get_path (other));
  sak_backup_report_free (back_up (f));
  g_assert_null (restore (f, "another passphrase", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE);
  assert_only (f, TRUE, FALSE);
  /* Somebody else's header before our content. */
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  memcpy (content, header, header_size);
  memcpy (content + header_size, header, header_size);
  set_content (f, content, size);
  assert_restore_fails (f, SAK_ERROR_DAMAGED);
}

typedef struct
{
  Fixture *fixture;
  GCancellable *cancellable;
  gint64 cancelled_at;
  gboolean locks;
  gboolean spoils;
  gdouble at;                   /* part of the whole */
} Intruder;

/* It has no name yet: it is found among the files that this process has open. */
static void
spoil_written_file (Fixture *f)
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
add_film (Fixture *f)
{
  gsize size = 48 * 1024 * 1024;
  g_autofree guint8 *film = g_malloc (size);
  g_autofree char *id = test_add_event (f->f.vault, "With a film", FALSE);

  sak_random_bytes (film, size);
  test_add_media (f->f.vault, id, "film.mp4", film, size);
}

static void
stopping_is_quick_and_leaves_nothing (Fixture       *f,
                                      gconstpointer  unused)
{
  const gdouble moments[] = { 0, 0.3, 0.6 };

  add_film (f);
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
      assert_only (f, FALSE, FALSE);
      assert_inbox_is_empty (f->f.path);
    }
}

static void
locking_ends_it (Fixture       *f,
                 gconstpointer  unused)
{
  g_autoptr (SakSnapshot) snapshot = NULL;
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;
  Intruder intruder = { .fixture = f, .locks = TRUE, .at = 0.3 };

  add_film (f);
  snapshot = sak_vault_take_snapshot (f->f.vault, NULL, &error);
  g_assert_no_error (error);
  report = sak_backup_write (snapshot, f->backup, came_along_cb, &intruder, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LOCKED);
  g_clear_pointer (&snapshot, sak_snapshot_free);
  assert_only (f, FALSE, FALSE);
  assert_inbox_is_empty (f->f.path);
}

/* A stick that does not keep what it was given. */
static void
what_was_written_is_read_again (Fixture       *f,
                                gconstpointer  unused)
{
  Intruder intruder = { .fixture = f, .spoils = TRUE, .at = 0.5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBackupReport) report = NULL;
  SakLastBackup last = { 0 };

  add_film (f);
  report = sak_backup_create (f->f.vault, f->backup, came_along_cb, &intruder, NULL, &error);
  g_assert_cmpint (intruder.cancelled_at, !=, 0);
  g_assert_null (report);
  assert_is_damage (error);
  assert_only (f, FALSE, FALSE);
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
work_goes_on_meanwhile (Fixture       *f,
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

  restored = restore (f, "the passphrase", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (restored->check->damages->len, ==, 0);
  vault = open_restored (f);
  after = test_dump_vault (vault);
  test_assert_same_dump (before, after);
  sak_vault_lock (vault);
}

/* Deleted while a backup ran and taken in again before its end: it stays. */
static void
what_is_put_back_is_not_deleted (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autoptr (SakSnapshot) snapshot = sak_vault_take_snapshot (f->f.vault, NULL, NULL);

  sak_pins_remove (f->f.vault->pins, f->photo);
  sak_pins_keep (f->f.vault->pins, f->photo);
  g_clear_pointer (&snapshot, sak_snapshot_free);
  g_assert_true (g_file_test (f->photo, G_FILE_TEST_EXISTS));
}

/* One lost photo is no reason not to save all the others. */
static void
damaged_media_are_told_and_the_rest_is_saved (Fixture       *f,
                                              gconstpointer  unused)
{
  for (int is_missing = 0; is_missing < 2; is_missing++)
    {
      g_autoptr (SakBackupReport) report = NULL;
      g_autoptr (SakRestoreReport) restored = NULL;
      g_autoptr (GError) error = NULL;
      const SakDamage *damage;

      if (is_missing)
        g_assert_cmpint (g_unlink (f->photo), ==, 0);
      else
        test_flip_byte (f->photo, PHOTO / 2);
      report = back_up (f);
      g_assert_cmpuint (report->check->damages->len, ==, 1);
      damage = g_ptr_array_index (report->check->damages, 0);
      g_assert_cmpint (damage->kind, ==, is_missing ? SAK_DAMAGE_MEDIA_MISSING : SAK_DAMAGE_MEDIA_ALTERED);
      g_assert_cmpstr (damage->record_id, ==, f->event);
      g_assert_cmpstr (damage->title, ==, "A raid");
      g_assert_cmpstr (damage->file_name, ==, "raid.jpg");
      restored = restore (f, "the passphrase", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (restored->check->damages->len, ==, 1);
      test_remove_tree (f->restored);
      g_assert_cmpint (g_unlink (f->backup), ==, 0);
    }
}

static void
a_damaged_database_is_not_backed_up (Fixture       *f,
                                     gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->f.path, "records.db", NULL);
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;

  test_vault_close (&f->f);
  test_flip_byte (path, 9 * PAGE + 100);
  test_vault_reopen (&f->f);
  report = sak_backup_create (f->f.vault, f->backup, NULL, NULL, NULL, &error);
  g_assert_null (report);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_DAMAGED);
  assert_only (f, FALSE, FALSE);
  assert_inbox_is_empty (f->f.path);
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
a_full_disk_leaves_nothing (Fixture       *f,
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
      assert_only (f, FALSE, FALSE);
      assert_inbox_is_empty (f->f.path);
    }
  sak_backup_report_free (back_up (f));
  limit_file_size (100000);
  assert_restore_fails (f, SAK_ERROR_NO_SPACE);
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
a_killed_restore_can_be_done_again (Fixture       *f,
                                    gconstpointer  unused)
{
  g_autofree char *part = g_strconcat (f->restored, ".part", NULL);
  g_autofree char *foreign = g_build_filename (part, "notes.txt", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRestoreReport) report = NULL;
  int status;
  pid_t child;

  sak_backup_report_free (back_up (f));
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
  report = restore (f, "the passphrase", &error);
  g_assert_no_error (error);
  assert_only (f, TRUE, TRUE);
  test_remove_tree (f->restored);

  /* What is not ours under that name stays. */
  g_assert_cmpint (g_mkdir (part, 0700), ==, 0);
  g_assert_true (g_file_set_contents (foreign, "mine", -1, NULL));
  g_assert_null (restore (f, "the passphrase", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
}

#define ADD(name, function) \
  g_test_add ("/backup/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-vault-comes-back-whole", a_vault_comes_back_whole);
  ADD ("the-last-backup-is-remembered", the_last_backup_is_remembered);
  ADD ("stock-tools-open-it", stock_tools_open_it);
  ADD ("nothing-is-overwritten", nothing_is_overwritten);
  ADD ("flipped-bytes-are-damage", flipped_bytes_are_damage);
  ADD ("a-backup-cut-short-is-said-so", a_backup_cut_short_is_said_so);
  ADD ("one-header-is-enough", one_header_is_enough);
  ADD ("what-does-not-open-it-says-so", what_does_not_open_it_says_so);
  ADD ("stopping-is-quick-and-leaves-nothing", stopping_is_quick_and_leaves_nothing);
  ADD ("locking-ends-it", locking_ends_it);
  ADD ("what-was-written-is-read-again", what_was_written_is_read_again);
  ADD ("work-goes-on-meanwhile", work_goes_on_meanwhile);
  ADD ("what-is-put-back-is-not-deleted", what_is_put_back_is_not_deleted);
  ADD ("damaged-media-are-told-and-the-rest-is-saved", damaged_media_are_told_and_the_rest_is_saved);
  ADD ("a-damaged-database-is-not-backed-up", a_damaged_database_is_not_backed_up);
  ADD ("a-full-disk-leaves-nothing", a_full_disk_leaves_nothing);
  ADD ("a-killed-restore-can-be-done-again", a_killed_restore_can_be_done_again);
  return g_test_run ();
}
