/* test-media.c - taking files in, giving them back, and what can go wrong on the way
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-check.h"
#include "storage/sak-media-type.h"
#include "storage/sak-media.h"
#include "tests/headless/sak-test-vault.h"

static guint8 *
make_content (gsize size)
{
  guint8 *content = g_malloc (MAX (size, 1));

  for (gsize i = 0; i < size; i++)
    content[i] = (guint8) (i * 31 + i / 257);
  return content;
}

static SakMediaInfo *
add_bytes (TestVault   *f,
           const char  *record,
           const char  *name,
           const void  *bytes,
           gsize        size,
           GError     **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);

  return sak_vault_add_media (f->vault, record, stream, name, size, NULL, NULL, NULL, error);
}

static void
files_of_every_size_come_back_as_they_were (TestVault     *f,
                                            gconstpointer  unused)
{
  static const gsize sizes[] = { 0, 1, 65535, 65536, 65537, 3000000 };
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree guint8 *content = make_content (sizes[i]);
      g_autofree guint8 *back = g_malloc (sizes[i] + 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (SakMediaInfo) info = add_bytes (f, id, "file", content, sizes[i], &error);
      g_autoptr (GInputStream) stream = NULL;
      gsize n;

      g_assert_no_error (error);
      g_assert_cmpuint (info->size_bytes, ==, sizes[i]);
      stream = sak_vault_open_media (f->vault, info->sha256, &error);
      g_assert_no_error (error);
      g_assert_true (g_input_stream_read_all (stream, back, sizes[i] + 1, &n, NULL, &error));
      g_assert_cmpmem (back, n, content, sizes[i]);
    }
}

static guint
count_objects (TestVault *f)
{
  g_autofree char *media = g_build_filename (f->path, "media", NULL);
  g_autofree char *files = test_fingerprint (media);
  guint count = *files != '\0';

  for (const char *at = files; *at != '\0'; at++)
    count += *at == '\n';
  return count;
}

static void
the_same_content_is_stored_once (TestVault     *f,
                                 gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) a = add_bytes (f, id, "a.txt", "the same", 8, &error);
  g_autoptr (SakMediaInfo) b = add_bytes (f, id, "b.txt", "the same", 8, &error);
  g_autoptr (GPtrArray) media = sak_vault_list_media (f->vault, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (a->sha256, ==, b->sha256);
  g_assert_cmpuint (media->len, ==, 2);
  g_assert_cmpuint (count_objects (f), ==, 1);
}

static char *
find_only_object (TestVault *f)
{
  g_autofree char *media = g_build_filename (f->path, "media", NULL);
  g_autoptr (GDir) folders = g_dir_open (media, 0, NULL);
  g_autofree char *folder = g_build_filename (media, g_dir_read_name (folders), NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);

  return g_build_filename (folder, g_dir_read_name (files), NULL);
}

static void
assert_whole (TestVault *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

/* Lost or damaged, it comes back when somebody has it still. */
static void
adding_it_again_heals_a_file (TestVault     *f,
                              gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) first = add_bytes (f, id, "a.txt", "the same", 8, &error);
  g_autofree char *object = find_only_object (f);
  g_autoptr (SakMediaInfo) second = NULL;
  g_autoptr (SakMediaInfo) third = NULL;

  g_assert_cmpint (g_unlink (object), ==, 0);
  second = add_bytes (f, id, "a.txt", "the same", 8, &error);
  g_assert_no_error (error);
  assert_whole (f);
  test_flip_byte (object, 200);
  third = add_bytes (f, id, "a.txt", "the same", 8, &error);
  g_assert_no_error (error);
  assert_whole (f);
}

static void
names_become_text_and_lose_their_folders (TestVault     *f,
                                          gconstpointer  unused)
{
  static const struct { const char *given; const char *kept; } cases[] = {
    { "/home/somebody/photos/a.jpg", "a.jpg" },
    { "\xff\xfe.jpg", "\uFFFD\uFFFD.jpg" },
    { "a\nb\x1b[31m", "a\uFFFDb\uFFFD[31m" },
    { "ဓာတ်ပုံ.jpg", "ဓာတ်ပုံ.jpg" },
    { "", "unnamed" },
  };
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakMediaInfo) info = add_bytes (f, id, cases[i].given, "x", 1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (info->name, ==, cases[i].kept);
    }
}

static void
media_of_an_unknown_record_are_refused (TestVault     *f,
                                        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = add_bytes (f, "HAR-1999-0001", "a", "x", 1, &error);

  g_assert_null (info);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_objects (f), ==, 0);
}

static void
a_full_disk_leaves_no_trace (TestVault     *f,
                             gconstpointer  unused)
{
  const gsize size = 4000000;
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree guint8 *content = make_content (size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = NULL;
  g_autoptr (GPtrArray) media = NULL;
  struct rlimit limit, old_limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);
  limit = old_limit;
  limit.rlim_cur = 2000000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  info = add_bytes (f, id, "big", content, size, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);
  g_assert_null (info);
  g_assert_nonnull (error);
  g_assert_cmpint (sak_error_get_code (error), ==, SAK_ERROR_NO_SPACE);
  g_assert_cmpuint (count_objects (f), ==, 0);
  media = sak_vault_list_media (f->vault, id, NULL);
  g_assert_cmpuint (media->len, ==, 0);
}

static void
cancel_at_once_cb (guint64  done,
                   guint64  total,
                   gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
a_cancelled_intake_leaves_no_trace (TestVault     *f,
                                    gconstpointer  unused)
{
  const gsize size = 4000000;
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree guint8 *content = make_content (size);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (content, (gssize) size, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = sak_vault_add_media (f->vault, id, stream, "a", size, cancel_at_once_cb,
                                                       cancellable, cancellable, &error);

  g_assert_null (info);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_objects (f), ==, 0);
}

static SakDamageKind
check_and_get_damage (TestVault *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 1);
  return ((SakDamage *) report->damages->pdata[0])->kind;
}

static void
a_check_tells_altered_missing_and_stray (TestVault     *f,
                                         gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree guint8 *content = make_content (200000);
  g_autofree char *media = g_build_filename (f->path, "media", NULL);
  g_autofree char *stray = g_build_filename (media, "stray", NULL);
  g_autofree char *object = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = add_bytes (f, id, "a", content, 200000, &error);

  g_assert_true (g_file_set_contents (stray, "x", 1, NULL));
  g_assert_cmpint (check_and_get_damage (f), ==, SAK_DAMAGE_MEDIA_STRAY);
  g_assert_cmpint (g_unlink (stray), ==, 0);
  object = test_find_object (media);
  test_flip_byte (object, 100000);
  g_assert_cmpint (check_and_get_damage (f), ==, SAK_DAMAGE_MEDIA_ALTERED);
  g_assert_cmpint (g_unlink (object), ==, 0);
  g_assert_cmpint (check_and_get_damage (f), ==, SAK_DAMAGE_MEDIA_MISSING);
  g_assert_false (sak_vault_has_media (f->vault, info->sha256));
}

static void
locking_ends_what_is_being_played (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree guint8 *content = make_content (200000);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = add_bytes (f, id, "a", content, 200000, &error);
  g_autoptr (GInputStream) stream = sak_vault_open_media (f->vault, info->sha256, &error);
  guint8 buffer[100];

  g_assert_cmpint (g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error), ==, 100);
  sak_vault_lock (f->vault);
  g_assert_cmpint (g_input_stream_read (stream, buffer, sizeof buffer, NULL, &error), ==, -1);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LOCKED);
}

static void
a_crash_leaves_no_unfinished_file (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *other = g_build_filename (f->path, "media", "notes.part", NULL);
  g_autofree char *left = g_build_filename (f->path, "media", "00112233445566778899aabbccddeeff.part", NULL);

  g_assert_true (g_file_set_contents (left, "x", 1, NULL));
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  test_vault_reopen (f);
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));      /* not ours to remove */
}

static void
reopen_and_expect_clean (TestVault *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = NULL;

  test_vault_reopen (f);
  report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

static void
what_a_mark_names_and_no_row_knows_goes (TestVault     *f,
                                         gconstpointer  unused)
{
  static const char digits[] = "ab00112233445566778899aabbccddeeff00112233445566778899aabbccddee";
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree char *folder = g_build_filename (f->path, "media", "ab", NULL);
  g_autofree char *object = g_strconcat (folder, "/", digits, ".age", NULL);
  g_autofree char *mark = g_strconcat (f->path, "/media/", digits, ".part", NULL);
  g_autofree char *media = g_build_filename (f->path, "media", NULL);
  g_autofree char *kept = NULL;
  g_autofree char *kept_name = NULL;
  g_autofree char *kept_mark = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = add_bytes (f, id, "a", (const guint8 *) "salt", 4, &error);

  g_assert_no_error (error);
  /* The transaction was committed, and the mark not yet removed. */
  kept = test_find_object (media);
  kept_name = g_path_get_basename (kept);
  kept_name[64] = '\0';
  kept_mark = g_strconcat (f->path, "/media/", kept_name, ".part", NULL);
  g_assert_true (g_file_set_contents (kept_mark, "", 0, NULL));
  /* The transaction was not committed, before and after the object moved. */
  (void) g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  g_assert_true (g_file_set_contents (object, "x", 1, NULL));
  reopen_and_expect_clean (f);
  g_assert_false (g_file_test (object, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_true (sak_vault_has_media (f->vault, info->sha256));
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  reopen_and_expect_clean (f);
}

/* Opening a pipe to read would wait until somebody writes into it. */
static void
a_pipe_in_the_place_of_an_object_is_an_error (TestVault     *f,
                                              gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree char *media = g_build_filename (f->path, "media", NULL);
  g_autofree char *object = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = add_bytes (f, id, "a", (const guint8 *) "salt", 4, &error);

  g_assert_no_error (error);
  object = test_find_object (media);
  g_assert_cmpint (g_unlink (object), ==, 0);
  g_assert_cmpint (mkfifo (object, 0600), ==, 0);
  stream = sak_vault_open_media (f->vault, info->sha256, &error);
  g_assert_null (stream);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_DAMAGED);
  g_assert_cmpint (check_and_get_damage (f), ==, SAK_DAMAGE_MEDIA_MISSING);
}

/* Bytes that this process has read from files. */
static guint64
count_read_bytes (void)
{
  g_autofree char *text = NULL;
  const char *at;

  g_assert_true (g_file_get_contents ("/proc/self/io", &text, NULL, NULL));
  at = strstr (text, "rchar: ");
  g_assert_nonnull (at);
  return g_ascii_strtoull (at + strlen ("rchar: "), NULL, 10);
}

/* What makes a player's slider usable in a film of gigabytes. */
static void
seeking_reads_a_few_chunks_and_no_more (TestVault     *f,
                                        gconstpointer  unused)
{
  const gsize size = 48 * 1024 * 1024;
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autofree guint8 *content = make_content (size);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = add_bytes (f, id, "film", content, size, &error);
  g_autoptr (GInputStream) stream = NULL;
  guint64 before = count_read_bytes ();
  guint8 back[4096];
  gsize n;

  stream = sak_vault_open_media (f->vault, info->sha256, &error);
  g_assert_no_error (error);
  for (gsize i = 1; i <= 20; i++)
    {
      gsize at = (i * 7919 * 4001) % (size - sizeof back);

      g_assert_true (g_seekable_seek (G_SEEKABLE (stream), (goffset) at, G_SEEK_SET, NULL, &error));
      g_assert_true (g_input_stream_read_all (stream, back, sizeof back, &n, NULL, &error));
      g_assert_cmpmem (back, n, content + at, sizeof back);
    }
  /* Opening reads the last chunk, and each place lies in one chunk of 64 KiB or two. */
  g_assert_cmpuint (count_read_bytes () - before, <, 64 * 66000);
}

static void
types_are_told_from_content (void)
{

  g_assert_cmpstr (sak_media_type_guess ((const guint8 *) "\x89PNG\r\n\x1a\n", 8), ==, "image/png");
  g_assert_cmpstr (sak_media_type_guess ((const guint8 *) "RIFFxxxxWAVEfmt ", 16), ==, "audio/x-wav");
  g_assert_cmpstr (sak_media_type_guess ((const guint8 *) "just words", 10), ==, "text/plain");
  g_assert_cmpstr (sak_media_type_guess ((const guint8 *) "a\0b", 3), ==, "application/octet-stream");
  g_assert_cmpstr (sak_media_type_guess (NULL, 0), ==, "application/octet-stream");
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, function) \
  g_test_add (path, TestVault, NULL, test_vault_set_up, function, test_vault_tear_down)

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/media/files-of-every-size-come-back-as-they-were", files_of_every_size_come_back_as_they_were);
  ADD ("/media/the-same-content-is-stored-once", the_same_content_is_stored_once);
  ADD ("/media/adding-it-again-heals-a-file", adding_it_again_heals_a_file);
  ADD ("/media/names-become-text-and-lose-their-folders", names_become_text_and_lose_their_folders);
  ADD ("/media/media-of-an-unknown-record-are-refused", media_of_an_unknown_record_are_refused);
  ADD ("/media/a-full-disk-leaves-no-trace", a_full_disk_leaves_no_trace);
  ADD ("/media/a-cancelled-intake-leaves-no-trace", a_cancelled_intake_leaves_no_trace);
  ADD ("/media/a-check-tells-altered-missing-and-stray", a_check_tells_altered_missing_and_stray);
  ADD ("/media/locking-ends-what-is-being-played", locking_ends_what_is_being_played);
  ADD ("/media/a-crash-leaves-no-unfinished-file", a_crash_leaves_no_unfinished_file);
  ADD ("/media/what-a-mark-names-and-no-row-knows-goes", what_a_mark_names_and_no_row_knows_goes);
  ADD ("/media/a-pipe-in-the-place-of-an-object-is-an-error", a_pipe_in_the_place_of_an_object_is_an_error);
  ADD ("/media/seeking-reads-a-few-chunks-and-no-more", seeking_reads_a_few_chunks_and_no_more);
  g_test_add_func ("/media/types-are-told-from-content", types_are_told_from_content);
  return g_test_run ();
}
