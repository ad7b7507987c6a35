/* test-rescue-disk.c - a disk that gives a file once and not again; where the parts go
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "storage/sak-rescue.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-backup.h"

static char *failing_path;      /* of which the second reading fails; NULL: none */
static guint n_begun;

/* GLib's calls come here as well: this program is asked for the name first. */
ssize_t
read (int     fd,
      void   *bytes,
      size_t  size)
{
  if (failing_path != NULL)
    {
      g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
      char target[4096] = "";

      if (readlink (link, target, sizeof target - 1) > 0 && strcmp (target, failing_path) == 0)
        {
          n_begun += lseek (fd, 0, SEEK_CUR) == 0;
          if (n_begun == 2)
            {
              errno = EIO;
              return -1;
            }
        }
    }
  return syscall (SYS_read, fd, bytes, size);
}

static SakRescueReport *
rescue (TestBackup  *f,
        const char  *parts,
        GError     **error)
{
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (SakCredential) credential = sak_credential_new_passphrase (passphrase, NULL);

  test_vault_close (&f->f);
  return sak_vault_rescue (f->f.path, NULL, credential, f->restored, parts, NULL, NULL, NULL, error);
}

static const SakLoss *
get_only_loss (const SakRescueReport *report)
{
  g_assert_cmpuint (report->losses->len, ==, 1);
  return g_ptr_array_index (report->losses, 0);
}

static void
what_can_be_read_only_once_is_lost_alone (TestBackup    *f,
                                          gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRescueReport) report = NULL;
  g_autofree char *stray = NULL;

  failing_path = g_strdup (f->photo);
  report = rescue (f, NULL, &error);
  g_clear_pointer (&failing_path, g_free);
  g_assert_no_error (error);
  g_assert_cmpuint (n_begun, ==, 2);
  g_assert_cmpint (get_only_loss (report)->kind, ==, SAK_LOSS_MEDIA_DAMAGED);
  g_assert_cmpstr (get_only_loss (report)->file_name, ==, "raid.jpg");
  g_assert_cmpuint (report->n_records, ==, 2);
  stray = test_find_object (f->restored);
  g_assert_null (stray);
}

static guint
count_files (const char *path,
             const char *suffix)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    n += g_str_has_suffix (name, suffix);
  return n;
}

/* Longer than a name may be, with what FAT does not take; and a second rescue beside the first. */
static void
parts_have_names_that_every_disk_takes (TestBackup    *f,
                                        gconstpointer  unused)
{
  g_autofree char *parts = g_build_filename (f->f.folder, "parts", NULL);
  g_autofree char *sailors = g_strnfill (240, 's');
  g_autofree char *name = g_strconcat (sailors, "?:*.jpg", NULL);
  g_autofree char *id = test_add_event (f->f.vault, "A long name", FALSE);
  g_autofree guint8 *photo = g_malloc0 (TEST_PHOTO);
  g_autoptr (GError) error = NULL;

  test_flip_byte (f->photo, TEST_PHOTO / 2);
  g_unlink (f->photo);
  test_add_media (f->f.vault, id, name, photo, TEST_PHOTO);
  g_free (f->photo);
  f->photo = test_find_object (f->f.path);
  test_flip_byte (f->photo, TEST_PHOTO / 2);
  g_assert_null (rescue (f, parts, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpint (g_mkdir (parts, 0700), ==, 0);
  for (guint n = 1; n <= 2; n++)
    {
      g_autoptr (SakRescueReport) report = rescue (f, parts, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (report->n_records, ==, 3);
      g_assert_cmpuint (count_files (parts, "sss___.jpg"), ==, n);
      test_remove_tree (f->restored);
    }
}

#define ADD(name, function) \
  g_test_add ("/rescue-disk/" name, TestBackup, NULL, test_backup_set_up, function, test_backup_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-can-be-read-only-once-is-lost-alone", what_can_be_read_only_once_is_lost_alone);
  ADD ("parts-have-names-that-every-disk-takes", parts_have_names_that_every_disk_takes);
  return g_test_run ();
}
