/* test-backup-disk.c - a backup and the disks it meets: torn pages, and sticks with FAT
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "storage/sak-folder.h"
#include "storage/sak-vault-private.h"
#include "storage/sak-vfs-pages.h"
#include "sync/sak-backup.h"
#include "tests/headless/sak-test-dump.h"
#include "tests/headless/sak-test-pair.h"

#define PAGE SAK_VFS_PAGE_SIZE
#define LONG_TEXT 60000
#define GIB (G_GINT64_CONSTANT (1) << 30)

typedef struct
{
  TestVault f;
  char *backup;
  char *restored;
} Fixture;

static gboolean is_fat;

int __real_statfs64 (const char *path, struct statfs *information);
int __wrap_statfs64 (const char *path, struct statfs *information);

int
__wrap_statfs64 (const char    *path,
                 struct statfs *information)
{
  int result = __real_statfs64 (path, information);

  if (is_fat)
    information->f_type = MSDOS_SUPER_MAGIC;
  return result;
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  test_vault_set_up (&f->f, NULL);
  f->backup = g_build_filename (f->f.folder, "copy.sakkhi", NULL);
  f->restored = g_build_filename (f->f.folder, "Restored", NULL);
  g_free (test_add_event (f->f.vault, "A raid", TRUE));
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  is_fat = FALSE;
  g_free (f->backup);
  g_free (f->restored);
  test_vault_tear_down (&f->f, NULL);
}

/* A draft that filled several pages, discarded: they are free afterwards. The text of one
 * that is finished takes the last pages of the file.
 */
static void
fill_pages (SakVault *vault,
            gboolean  stays)
{
  g_autofree char *text = g_strnfill (LONG_TEXT, 'x');
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Long\", \"narrative\": \"%s\"}", text);
  g_autofree char *id = test_add_json (vault, "event", json, stays);
  g_autoptr (GError) error = NULL;
  gboolean is_done = stays || sak_vault_discard_draft (vault, id, &error);

  g_assert_no_error (error);
  g_assert_true (is_done);
}

/* @is_free: one that holds nothing, or one that holds something. */
static void
tear_a_page (Fixture  *f,
             gboolean  is_free)
{
  g_autofree char *path = g_build_filename (f->f.path, "records.db", NULL);
  sqlite3 *sqlite = sak_db_get_sqlite (f->f.vault->db);
  g_autoptr (GHashTable) free_pages = sak_vfs_list_free_pages (sqlite);
  gint64 number = sak_vfs_count_pages (sqlite);

  while (number > 1 && g_hash_table_contains (free_pages, GUINT_TO_POINTER (number)) != is_free)
    number--;
  g_assert_cmpint (number, >, 1);
  test_vault_close (&f->f);
  test_flip_byte (path, (goffset) (number - 1) * PAGE + 100);
  test_vault_reopen (&f->f);
}

static SakBackupReport *
back_up (Fixture  *f,
         GError  **error)
{
  return sak_backup_create (f->f.vault, f->backup, NULL, NULL, NULL, error);
}

/* Of a power cut: nobody reads it, and no backup may fail for it. */
static void
a_torn_free_page_is_no_reason (Fixture       *f,
                               gconstpointer  unused)
{
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (SakRestoreReport) restored = NULL;
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  fill_pages (f->f.vault, FALSE);
  before = test_dump_vault (f->f.vault);
  tear_a_page (f, TRUE);
  report = back_up (f, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->check->damages->len, ==, 0);
  restored = sak_backup_restore (f->backup, passphrase, f->restored, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (restored->check->damages->len, ==, 0);
  vault = sak_vault_open (f->restored, passphrase, &error);
  g_assert_no_error (error);
  after = test_dump_vault (vault);
  test_assert_same_dump (before, after);
  sak_vault_lock (vault);
}

/* The other way round it is: a backup without what stood there would be none. */
static void
a_torn_page_in_use_is_a_reason (Fixture       *f,
                                gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  fill_pages (f->f.vault, TRUE);
  tear_a_page (f, TRUE);
  tear_a_page (f, FALSE);
  g_assert_null (back_up (f, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_DAMAGED);
  g_assert_false (g_file_test (f->backup, G_FILE_TEST_EXISTS));
}

/* Without writing so much. */
static void
blow_up_the_film (Fixture *f)
{
  sak_autostmt statement = sak_db_prepare (f->f.vault->db, "SELECT object FROM media");
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has_row = FALSE;

  g_assert_true (sak_db_step (f->f.vault->db, statement, &has_row, &error) && has_row);
  name = sak_folder_name_object ((const char *) sqlite3_column_text (statement, 0));
  path = g_build_filename (f->f.path, name, NULL);
  g_assert_cmpint (truncate (path, 4 * GIB), ==, 0);
}

/* Before hours of writing, not after them. */
static void
what_no_file_on_fat_can_hold_is_refused_first (Fixture       *f,
                                               gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->f.vault, "event", "{\"title\": \"Filmed\"}", FALSE);
  g_autoptr (SakBackupReport) report = NULL;
  g_autoptr (GError) error = NULL;

  test_add_media (f->f.vault, id, "film.mp4", "film", 4);
  is_fat = TRUE;
  report = back_up (f, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (f->backup), ==, 0);

  blow_up_the_film (f);
  g_assert_null (back_up (f, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE);
  g_assert_false (g_file_test (f->backup, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/backup-disk/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("a-torn-free-page-is-no-reason", a_torn_free_page_is_no_reason);
  ADD ("a-torn-page-in-use-is-a-reason", a_torn_page_in_use_is_a_reason);
  ADD ("what-no-file-on-fat-can-hold-is-refused-first", what_no_file_on_fat_can_hold_is_refused_first);
  return g_test_run ();
}
