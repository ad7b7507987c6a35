/* test-new-file.c - a file that a bundle is written to: whole and named, or nothing at all
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each test twice: where the file system has files without names, and as on a FAT stick.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "sync/sak-new-file.h"
#include "tests/headless/sak-disk.h"
#include "tests/headless/sak-test-vault.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *f,
        gconstpointer  is_simple)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("sakkhi-new-file-XXXXXX", &error);
  g_assert_no_error (error);
  f->path = g_build_filename (f->folder, "bundle.age", NULL);
  sak_disk_be_simple (is_simple != NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  sak_disk_be_simple (FALSE);
  test_remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->path);
}

static guint
count_files (Fixture *f)
{
  g_autoptr (GDir) directory = g_dir_open (f->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

static SakNewFile *
begin (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  SakNewFile *file = sak_new_file_new (f->path, &error);

  g_assert_no_error (error);
  g_assert_true (g_output_stream_write_all (sak_new_file_get_stream (file), "sealed", 6, NULL, NULL, &error));
  g_assert_no_error (error);
  return file;
}

static void
it_has_its_name_when_it_is_whole (Fixture       *f,
                                  gconstpointer  unused)
{
  g_autoptr (SakNewFile) file = begin (f);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_assert_true (sak_new_file_sync (file, &error));
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  g_assert_true (sak_new_file_publish (file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (f->path, &content, NULL, &error));
  g_assert_cmpstr (content, ==, "sealed");
  g_assert_cmpuint (count_files (f), ==, 1);
}

static void
it_takes_nobodys_name (Fixture       *f,
                       gconstpointer  unused)
{
  g_autoptr (SakNewFile) file = begin (f);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  g_assert_true (sak_new_file_sync (file, &error));
  g_assert_true (g_file_set_contents (f->path, "theirs", 6, &error));
  g_assert_false (sak_new_file_publish (file, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (f->path, &content, NULL, &error));
  g_assert_cmpstr (content, ==, "theirs");
  g_assert_null (sak_new_file_new (f->path, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
}

static void
kill_a_writer (Fixture *f)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      SakNewFile *file = begin (f);

      kill (getpid (), SIGKILL);
      sak_new_file_free (file);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

/* At once, or, where it had to have a name, with the next one. */
static void
a_killed_writer_leaves_nothing (Fixture       *f,
                                gconstpointer  is_simple)
{
  g_autofree char *others = g_build_filename (f->folder, "film.age.part", NULL);
  g_autoptr (SakNewFile) in_work = NULL;

  g_assert_true (g_file_set_contents (others, "theirs", 6, NULL));
  kill_a_writer (f);
  g_assert_cmpuint (count_files (f), ==, is_simple != NULL ? 2 : 1);
  in_work = begin (f);
  g_assert_cmpuint (count_files (f), ==, is_simple != NULL ? 2 : 1);
  /* What somebody is writing is not touched. */
  sak_new_file_free (begin (f));
  g_assert_cmpuint (count_files (f), ==, is_simple != NULL ? 2 : 1);
  g_clear_pointer (&in_work, sak_new_file_free);
  g_assert_cmpuint (count_files (f), ==, 1);
  g_assert_true (g_file_test (others, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
#define ADD(name, function) \
  g_test_add ("/new-file/" name, Fixture, NULL, set_up, function, tear_down); \
  g_test_add ("/new-file/on-a-stick/" name, Fixture, "simple", set_up, function, tear_down)

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("it-has-its-name-when-it-is-whole", it_has_its_name_when_it_is_whole);
  ADD ("it-takes-nobodys-name", it_takes_nobodys_name);
  ADD ("a-killed-writer-leaves-nothing", a_killed_writer_leaves_nothing);
  return g_test_run ();
}
