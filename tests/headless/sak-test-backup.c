/* sak-test-backup.c - a vault with a photo, its backup, and where that is restored
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/headless/sak-test-backup.h"

#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"

void
test_backup_set_up (TestBackup    *f,
                    gconstpointer  unused)
{
  g_autofree guint8 *photo = g_malloc (TEST_PHOTO);
  g_autofree char *media = NULL;

  test_vault_set_up (&f->f, NULL);
  sak_random_bytes (photo, TEST_PHOTO);
  f->backup = g_build_filename (f->f.folder, "copy.sakkhi", NULL);
  f->restored = g_build_filename (f->f.folder, "Restored", NULL);
  f->event = test_add_event (f->f.vault, "A raid", FALSE);
  test_add_media (f->f.vault, f->event, "raid.jpg", photo, TEST_PHOTO);
  test_finish (f->f.vault, f->event, NULL);
  g_free (test_add_event (f->f.vault, "Only begun", FALSE));
  media = g_build_filename (f->f.path, "media", NULL);
  f->photo = test_find_object (media);
  g_assert_nonnull (f->photo);
}

void
test_backup_tear_down (TestBackup    *f,
                       gconstpointer  unused)
{
  g_free (f->backup);
  g_free (f->restored);
  g_free (f->photo);
  g_free (f->event);
  test_vault_tear_down (&f->f, NULL);
}

SakBackupReport *
test_back_up (TestBackup *f)
{
  g_autoptr (GError) error = NULL;
  SakBackupReport *report = sak_backup_create (f->f.vault, f->backup, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return report;
}

SakRestoreReport *
test_restore (TestBackup  *f,
              const char  *words,
              GError     **error)
{
  g_autoptr (SakSecret) passphrase = test_passphrase (words);

  return sak_backup_restore (f->backup, passphrase, f->restored, NULL, NULL, NULL, error);
}

SakVault *
test_open_restored (TestBackup *f)
{
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_open (f->restored, passphrase, &error);

  g_assert_no_error (error);
  return vault;
}

void
test_assert_only (TestBackup *f,
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

void
test_assert_inbox_is_empty (const char *vault)
{
  g_autofree char *inbox = g_build_filename (vault, "inbox", NULL);
  g_autoptr (GDir) directory = g_dir_open (inbox, 0, NULL);

  g_assert_null (g_dir_read_name (directory));
}

void
test_assert_restore_fails (TestBackup *f,
                           int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRestoreReport) report = test_restore (f, "the passphrase", &error);

  g_assert_null (report);
  g_assert_error (error, SAK_ERROR, code);
  test_assert_only (f, TRUE, FALSE);
}

void
test_set_content (TestBackup *f,
                  const char *content,
                  gsize       size)
{
  FILE *file = fopen (f->backup, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (content, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
test_assert_is_damage (const GError *error)
{
  g_assert_true (g_error_matches (error, SAK_ERROR, SAK_ERROR_DAMAGED) ||
                 g_error_matches (error, SAK_ERROR, SAK_ERROR_TRUNCATED));
}

void
test_add_film (TestBackup *f)
{
  gsize size = 48 * 1024 * 1024;
  g_autofree guint8 *film = g_malloc (size);
  g_autofree char *id = test_add_event (f->f.vault, "With a film", FALSE);

  sak_random_bytes (film, size);
  test_add_media (f->f.vault, id, "film.mp4", film, size);
}
