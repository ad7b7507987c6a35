/* test-backup.c - a backup holds the vault, and what is no whole backup holds nothing
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crypto/sak-age.h"
#include "storage/sak-check.h"
#include "storage/sak-folder.h"
#include "storage/sak-media.h"
#include "storage/sak-vault-private.h"
#include "sync/sak-backup-reader.h"
#include "sync/sak-notice.h"
#include "tests/headless/sak-test-backup.h"
#include "tests/headless/sak-test-dump.h"

#define PROLOGUE SAK_BACKUP_PROLOGUE_SIZE
#define PAGE SAK_VFS_PAGE_SIZE

static void
a_vault_comes_back_whole (TestBackup    *f,
                          gconstpointer  unused)
{
  g_autoptr (GHashTable) before = test_dump_vault (f->f.vault);
  g_autoptr (SakBackupReport) report = test_back_up (f);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRestoreReport) restored = test_restore (f, "the passphrase", &error);
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (SakCheckReport) check = NULL;
  g_autoptr (GHashTable) after = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (report->check->damages->len, ==, 0);
  g_assert_cmpuint (report->check->n_media, ==, 1);
  g_assert_cmpuint (restored->check->damages->len, ==, 0);
  g_assert_cmpint (restored->time, ==, report->mark.time);
  test_assert_only (f, TRUE, TRUE);
  test_assert_inbox_is_empty (f->f.path);
  vault = test_open_restored (f);
  after = test_dump_vault (vault);
  test_assert_same_dump (before, after);
  check = sak_vault_check (vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (check->damages->len, ==, 0);
  sak_vault_lock (vault);
}

static guint
make_notice (SakVault *vault)
{
  static const SakNoticeChange none = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sak_notice_make (vault, &none, &error);
  g_autoptr (SakRevision) notice = sak_vault_load_own_notice (vault, &error);
  SakNoticeFields fields;

  g_assert_no_error (error);
  g_assert_cmpstr (sak_revision_get_record_id (notice), ==, id);
  g_assert_true (sak_notice_read (sak_revision_get_fields (notice), &fields));
  return fields.number;
}

/* What was announced after the backup has a number that the vault does not know of. */
static void
no_notice_has_a_number_again (TestBackup    *f,
                              gconstpointer  unused)
{
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (SakRestoreReport) restored = NULL;
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (make_notice (f->f.vault), ==, 1);
  report = test_back_up (f);
  g_assert_cmpuint (make_notice (f->f.vault), ==, 2);
  restored = test_restore (f, "the passphrase", &error);
  g_assert_no_error (error);
  vault = test_open_restored (f);
  g_assert_cmpuint (make_notice (vault), ==, 1002);
  g_assert_cmpuint (make_notice (vault), ==, 1003);
  sak_vault_lock (vault);
}

/* Where none was made before the backup, the first one that is made then names none before it. */
static void
nor_where_none_was_made_before (TestBackup    *f,
                                gconstpointer  unused)
{
  g_autoptr (SakBackupReport) report = test_back_up (f);
  g_autoptr (SakRestoreReport) restored = test_restore (f, "the passphrase", NULL);
  g_autoptr (SakVault) vault = test_open_restored (f);

  g_assert_cmpuint (make_notice (vault), ==, 1001);
  g_assert_cmpuint (make_notice (vault), ==, 1002);
  sak_vault_lock (vault);
}

static void
the_last_backup_is_remembered (TestBackup    *f,
                               gconstpointer  unused)
{
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;
  SakLastBackup last = { 0 };

  g_assert_true (sak_vault_get_last_backup (f->f.vault, &last, &error));
  g_assert_cmpint (last.time, ==, 0);
  g_assert_cmpuint (last.n_changes, >, 0);
  report = test_back_up (f);
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

static char *
add_and_get_code (SakVault *vault)
{
  g_autofree char *id = test_add_event (vault, "After the backup", TRUE);
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, NULL);

  return g_strdup (record->code);
}

/* What the lost vault did after the backup nobody knows. */
static void
a_restored_vault_gives_no_code_twice (TestBackup    *f,
                                      gconstpointer  unused)
{
  g_autofree char *lost = NULL;
  g_autofree char *given = NULL;
  g_autofree char *again = NULL;
  g_autoptr (SakVault) vault = NULL;

  sak_backup_report_free (test_back_up (f));
  lost = add_and_get_code (f->f.vault);
  g_assert_true (g_str_has_prefix (lost, "HAR-"));
  sak_restore_report_free (test_restore (f, "the passphrase", NULL));
  vault = test_open_restored (f);
  given = add_and_get_code (vault);
  g_assert_true (g_regex_match_simple ("^HAR[B-Z]{2}-[0-9]{4}-0003$", given, 0, 0));
  g_assert_cmpstr (strchr (lost, '-'), ==, strchr (given, '-'));

  /* And once more, out of the restored one. */
  g_assert_cmpint (g_unlink (f->backup), ==, 0);
  sak_backup_report_free (sak_backup_create (vault, f->backup, NULL, NULL, NULL, NULL));
  sak_vault_lock (vault);
  test_remove_tree (f->restored);
  sak_restore_report_free (test_restore (f, "the passphrase", NULL));
  g_clear_object (&vault);
  vault = test_open_restored (f);
  again = add_and_get_code (vault);
  g_assert_true (g_regex_match_simple ("^HAR[B-Z]{2}-[0-9]{4}-0004$", again, 0, 0));
  g_assert_cmpint (strncmp (given, again, 5), !=, 0);
  sak_vault_lock (vault);
}

/* In twenty years, without us. */
static void
stock_tools_open_it (TestBackup    *f,
                     gconstpointer  unused)
{
  g_autofree char *identity = g_build_filename (f->f.folder, "identity", NULL);
  g_autoptr (SakSecret) text = sak_age_identity_to_text (f->f.vault->media_identity);
  g_autofree char *command = NULL;
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GHashTable) before = test_dump_vault (f->f.vault);
  g_autoptr (GHashTable) after = NULL;
  int status = -1;

  sak_backup_report_free (test_back_up (f));
  g_assert_true (g_file_set_contents (identity, (const char *) sak_secret_get_bytes (text),
                                      (gssize) sak_secret_get_size (text), NULL));
  command = g_strdup_printf ("sh -ec 'mkdir \"%1$s\"; tail -c +%2$d \"%3$s\" | age -d -i \"%4$s\" | tar x -C \"%1$s\";"
                             " cd \"%1$s\"; sha256sum -c --strict --quiet manifest-sha256.txt;"
                             " test $(wc -l <manifest-sha256.txt) = 5'",
                             f->restored, PROLOGUE + 1, f->backup, identity);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  vault = test_open_restored (f);
  after = test_dump_vault (vault);
  test_assert_same_dump (before, after);
  sak_vault_lock (vault);
}

static void
nothing_is_overwritten (TestBackup    *f,
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
  sak_backup_report_free (test_back_up (f));

  g_clear_error (&error);
  g_assert_cmpint (g_mkdir (f->restored, 0700), ==, 0);
  g_assert_true (g_file_set_contents (inside, "mine", -1, NULL));
  g_assert_null (test_restore (f, "the passphrase", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  g_assert_true (g_file_test (inside, G_FILE_TEST_EXISTS));
  test_assert_only (f, TRUE, TRUE);
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
can_be_read (TestBackup  *f,
             GError     **error)
{
  SakMeter meter = { 0 };
  guint8 digest[SAK_SHA256_SIZE];
  g_autoptr (SakBackupReader) reader = sak_backup_reader_open (f->backup, error);

  return reader != NULL && sak_backup_reader_unlock (reader, f->f.vault->media_identity, &meter, error) != NULL &&
         sak_backup_reader_run (reader, drain, NULL, digest, error);
}

/* Of the encrypted part: every byte of its beginning, then here and there. */
static void
flipped_bytes_are_damage (TestBackup    *f,
                          gconstpointer  unused)
{
  g_autofree char *content = NULL;
  gsize size;

  sak_backup_report_free (test_back_up (f));
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  for (gsize at = PROLOGUE; at < size; at += at < PROLOGUE + 300 ? 1 : g_test_slow () ? 7 : 997)
    {
      g_autoptr (GError) error = NULL;

      content[at] ^= 1 << (at % 8);
      test_set_content (f, content, size);
      g_assert_false (can_be_read (f, &error));
      test_assert_is_damage (error);
      content[at] ^= 1 << (at % 8);
    }
  test_set_content (f, content, size);
  g_assert_true (can_be_read (f, NULL));
}

static GByteArray *
decrypt (TestBackup   *f,
         const char   *content,
         gsize         size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content + PROLOGUE, (gssize) size - PROLOGUE,
                                                                         NULL);
  g_autoptr (SakAgeReader) reader = sak_age_reader_new (stream, &f->f.vault->media_identity, 1, NULL, NULL);
  GByteArray *plain = g_byte_array_new ();
  guint8 block[4096];
  gssize n;

  while ((n = sak_age_reader_read (reader, block, sizeof block, NULL, NULL)) > 0)
    g_byte_array_append (plain, block, (guint) n);
  g_assert_cmpint (n, ==, 0);
  return plain;
}

/* Whole and encrypted as it should be, by somebody who knows the vault's public key. */
static void
what_does_not_fit_its_manifest_is_damage (TestBackup    *f,
                                          gconstpointer  unused)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (SakAgeWriter) writer = NULL;
  g_autoptr (GByteArray) plain = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  SakAgeRecipient recipient;
  char *line;
  gsize size;

  sak_backup_report_free (test_back_up (f));
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  plain = decrypt (f, content, size);
  line = memmem (plain->data, plain->len, "  records.db\n", 13);
  g_assert_nonnull (line);
  line[-1] = line[-1] == '0' ? '1' : '0';
  sak_x25519_get_public (f->f.vault->media_identity, recipient.bytes);
  g_assert_true (g_output_stream_write_all (out, content, PROLOGUE, NULL, NULL, NULL));
  writer = sak_age_writer_new (out, &recipient, 1, NULL, NULL);
  g_assert_true (sak_age_writer_write (writer, plain->data, plain->len, NULL, NULL));
  g_assert_true (sak_age_writer_finish (writer, NULL, NULL));
  test_set_content (f, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
  g_assert_false (can_be_read (f, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_DAMAGED);
}

static void
a_backup_cut_short_is_said_so (TestBackup    *f,
                               gconstpointer  unused)
{
  g_autofree char *content = NULL;
  gsize size;

  sak_backup_report_free (test_back_up (f));
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  for (gsize length = 8; length < size; length += g_test_slow () ? 13 : 1009)
    {
      g_autoptr (GError) error = NULL;

      test_set_content (f, content, length);
      g_assert_false (can_be_read (f, &error));
      test_assert_is_damage (error);
    }
  test_set_content (f, content, size - 1);
  test_assert_restore_fails (f, SAK_ERROR_TRUNCATED);
  test_set_content (f, content, 100);
  test_assert_restore_fails (f, SAK_ERROR_TRUNCATED);
  test_set_content (f, "SAKVAUL", 7);
  test_assert_restore_fails (f, SAK_ERROR_INVALID);
}

/* One damaged block at the beginning must not cost everything. */
static void
one_header_is_enough (TestBackup    *f,
                      gconstpointer  unused)
{
  g_autoptr (GHashTable) before = test_dump_vault (f->f.vault);
  g_autofree char *content = NULL;
  gsize size;

  sak_backup_report_free (test_back_up (f));
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  for (int half = 0; half < 2; half++)
    {
      g_autofree char *spoilt = g_memdup2 (content, size);
      g_autoptr (GHashTable) after = NULL;
      g_autoptr (SakRestoreReport) report = NULL;
      g_autoptr (SakVault) vault = NULL;
      g_autoptr (GError) error = NULL;

      memset (spoilt + half * PROLOGUE / 2, 0x55, PROLOGUE / 2);
      test_set_content (f, spoilt, size);
      report = test_restore (f, "the passphrase", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (report->check->damages->len, ==, 0);
      vault = test_open_restored (f);
      after = test_dump_vault (vault);
      test_assert_same_dump (before, after);
      sak_vault_lock (vault);
      test_remove_tree (f->restored);
    }
  content[200] ^= 1;
  content[PROLOGUE / 2 + 200] ^= 1;
  test_set_content (f, content, size);
  test_assert_restore_fails (f, SAK_ERROR_DAMAGED);
}

static void
what_does_not_open_it_says_so (TestBackup    *f,
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
  sak_backup_report_free (test_back_up (f));
  g_assert_null (test_restore (f, "another passphrase", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE);
  test_assert_only (f, TRUE, FALSE);
  /* Somebody else's header before our content. */
  g_assert_true (g_file_get_contents (f->backup, &content, &size, NULL));
  memcpy (content, header, header_size);
  memcpy (content + header_size, header, header_size);
  test_set_content (f, content, size);
  test_assert_restore_fails (f, SAK_ERROR_DAMAGED);
}

/* One lost photo is no reason not to save all the others. */
static void
damaged_media_are_told_and_the_rest_is_saved (TestBackup    *f,
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
        test_flip_byte (f->photo, TEST_PHOTO / 2);
      report = test_back_up (f);
      g_assert_cmpuint (report->check->damages->len, ==, 1);
      damage = g_ptr_array_index (report->check->damages, 0);
      g_assert_cmpint (damage->kind, ==, is_missing ? SAK_DAMAGE_MEDIA_MISSING : SAK_DAMAGE_MEDIA_ALTERED);
      g_assert_cmpstr (damage->record_id, ==, f->event);
      g_assert_cmpstr (damage->title, ==, "A raid");
      g_assert_cmpstr (damage->file_name, ==, "raid.jpg");
      restored = test_restore (f, "the passphrase", &error);
      g_assert_no_error (error);
      g_assert_cmpuint (restored->check->damages->len, ==, 1);
      test_remove_tree (f->restored);
      g_assert_cmpint (g_unlink (f->backup), ==, 0);
    }
}

/* Each is whole, and under the name of the other. */
static void
media_that_changed_places_are_told (TestBackup    *f,
                                    gconstpointer  unused)
{
  g_autofree char *aside = g_build_filename (f->f.folder, "aside.age", NULL);
  g_autofree char *other = NULL;
  g_autoptr (SakBackupReport) report = NULL;

  g_assert_cmpint (g_rename (f->photo, aside), ==, 0);
  test_add_media (f->f.vault, f->event, "second.jpg", "another photo", 13);
  other = test_find_object (f->f.path);
  g_assert_cmpint (g_rename (other, f->photo), ==, 0);
  g_assert_cmpint (g_rename (aside, other), ==, 0);
  report = test_back_up (f);
  g_assert_cmpuint (report->check->damages->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (((SakDamage *) report->check->damages->pdata[i])->kind, ==, SAK_DAMAGE_MEDIA_ALTERED);
}

static void
a_damaged_database_is_not_backed_up (TestBackup    *f,
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
  test_assert_only (f, FALSE, FALSE);
  test_assert_inbox_is_empty (f->f.path);
}

#define ADD(name, function) \
  g_test_add ("/backup/" name, TestBackup, NULL, test_backup_set_up, function, test_backup_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-vault-comes-back-whole", a_vault_comes_back_whole);
  ADD ("the-last-backup-is-remembered", the_last_backup_is_remembered);
  ADD ("a-restored-vault-gives-no-code-twice", a_restored_vault_gives_no_code_twice);
  ADD ("stock-tools-open-it", stock_tools_open_it);
  ADD ("nothing-is-overwritten", nothing_is_overwritten);
  ADD ("flipped-bytes-are-damage", flipped_bytes_are_damage);
  ADD ("what-does-not-fit-its-manifest-is-damage", what_does_not_fit_its_manifest_is_damage);
  ADD ("a-backup-cut-short-is-said-so", a_backup_cut_short_is_said_so);
  ADD ("no-notice-has-a-number-again", no_notice_has_a_number_again);
  ADD ("nor-where-none-was-made-before", nor_where_none_was_made_before);
  ADD ("one-header-is-enough", one_header_is_enough);
  ADD ("what-does-not-open-it-says-so", what_does_not_open_it_says_so);
  ADD ("damaged-media-are-told-and-the-rest-is-saved", damaged_media_are_told_and_the_rest_is_saved);
  ADD ("media-that-changed-places-are-told", media_that_changed_places_are_told);
  ADD ("a-damaged-database-is-not-backed-up", a_damaged_database_is_not_backed_up);
  return g_test_run ();
}
