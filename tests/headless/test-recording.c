/* test-recording.c - what is being recorded survives whatever ends the program
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/sak-check.h"
#include "storage/sak-recording.h"
#include "tests/headless/sak-test-vault.h"

#define PIECE "a second of somebody's voice "

static TestVault vault;
static char *record;

static SakRecording *
begin (void)
{
  g_autoptr (GError) error = NULL;
  SakRecording *recording = sak_vault_begin_recording (vault.vault, record, &error);

  g_assert_no_error (error);
  return recording;
}

static void
append (SakRecording *recording,
        guint         n_pieces)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_pieces; i++)
    g_assert_true (sak_recording_append (recording, PIECE, strlen (PIECE), &error));
  g_assert_no_error (error);
}

static char *
find_file (void)
{
  g_autofree char *media = g_build_filename (vault.path, "media", NULL);
  g_autoptr (GDir) directory = g_dir_open (media, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_suffix (name, ".rec"))
      return g_build_filename (media, name, NULL);
  return NULL;
}

static SakRecordingInfo *
find_one (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = sak_vault_list_recordings (vault.vault, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 1);
  return g_ptr_array_steal_index (list, 0);
}

static void
assert_none (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = sak_vault_list_recordings (vault.vault, &error);
  g_autofree char *file = find_file ();

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_null (file);
}

static void
assert_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (vault.vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

/* Kept, it holds at least so many pieces, and nothing else. Returns how many. */
static guint
keep (const char *id,
      guint       at_least)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = sak_vault_keep_recording (vault.vault, id, NULL, NULL, NULL, &error);
  g_autoptr (GInputStream) stream = NULL;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (info->name, "recording-"));
  stream = sak_vault_open_media (vault.vault, info->sha256, &error);
  g_assert_no_error (error);
  for (;;)
    {
      char piece[sizeof PIECE] = "";
      gsize size;

      g_assert_true (g_input_stream_read_all (stream, piece, strlen (PIECE), &size, NULL, &error));
      if (size == 0)
        break;
      g_assert_cmpstr (piece, ==, PIECE);
      n++;
    }
  g_assert_cmpuint (n, >=, at_least);
  return n;
}

static void
what_was_recorded_is_taken_in (void)
{
  g_autoptr (SakRecording) recording = begin ();
  g_autofree char *id = g_strdup (sak_recording_get_id (recording));
  g_autoptr (GPtrArray) media = NULL;
  g_autoptr (GError) error = NULL;

  append (recording, 100);
  g_clear_pointer (&recording, sak_recording_free);
  g_assert_cmpuint (keep (id, 100), ==, 100);
  assert_none ();
  media = sak_vault_list_media (vault.vault, record, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (media->len, >=, 1);
  assert_whole ();
}

/* Larger than a frame may be, it is cut and put together again. */
static void
a_long_piece_is_kept_whole (void)
{
  g_autoptr (SakRecording) recording = begin ();
  g_autofree char *id = g_strdup (sak_recording_get_id (recording));
  g_autoptr (GString) much = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  while (much->len < 300000)
    g_string_append (much, PIECE);
  g_assert_true (sak_recording_append (recording, much->str, much->len, &error));
  g_clear_pointer (&recording, sak_recording_free);
  g_assert_cmpuint (keep (id, 1), ==, much->len / strlen (PIECE));
}

static void
nothing_of_it_lies_there_in_plain_text (void)
{
  g_autoptr (SakRecording) recording = begin ();
  g_autofree char *id = g_strdup (sak_recording_get_id (recording));
  g_autofree char *path = find_file ();
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  append (recording, 10);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, 10 * strlen (PIECE));
  g_assert_null (memmem (bytes, size, "voice", 5));
  g_assert_null (memmem (bytes, size, record, 8));
  g_assert_true (sak_vault_discard_recording (vault.vault, id, &error));
  assert_none ();
}

/* A process of its own records until it is killed; how far it came it says on a pipe, which it
 * does after each piece, so that what was said to be there must be there.
 */
static void
record_until_killed (int out)
{
  g_autoptr (SakRecording) recording = begin ();

  for (;;)
    {
      append (recording, 1);
      if (write (out, "+", 1) != 1)
        _exit (1);
    }
}

static void
killed_at_any_moment_it_is_there_on_the_next_start (void)
{
  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (SakRecordingInfo) info = NULL;
      guint n_said = 0;
      int pipes[2], status;
      char sign;
      pid_t pid;

      g_assert_cmpint (pipe (pipes), ==, 0);
      pid = fork ();
      if (pid == 0)
        record_until_killed (pipes[1]);
      close (pipes[1]);
      while (n_said < 50 + 37 * round && read (pipes[0], &sign, 1) == 1)
        n_said++;
      g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
      g_assert_true (WIFSIGNALED (status));
      while (read (pipes[0], &sign, 1) == 1)
        n_said++;
      close (pipes[0]);
      test_vault_reopen (&vault);
      info = find_one ();
      g_assert_cmpstr (info->record_id, ==, record);
      g_assert_cmpint (info->started, >, 1500000000);
      assert_whole ();
      g_assert_cmpuint (n_said, >=, 50);
      keep (info->id, n_said);
      assert_none ();
      assert_whole ();
    }
}

static void
cut_anywhere_it_is_read_up_to_there (void)
{
  g_autoptr (SakRecording) recording = begin ();
  g_autofree char *id = g_strdup (sak_recording_get_id (recording));
  g_autofree char *path = find_file ();
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  append (recording, 4);
  g_clear_pointer (&recording, sak_recording_free);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize cut = size; cut > 0; cut--)
    {
      g_autoptr (GPtrArray) list = NULL;

      g_assert_cmpint (truncate (path, (off_t) cut), ==, 0);
      list = sak_vault_list_recordings (vault.vault, &error);
      g_assert_no_error (error);
      /* Until its first frame is whole nobody knows whose it is. */
      g_assert_cmpuint (list->len, <=, 1);
      g_assert_cmpuint (list->len, ==, cut >= size - 4 * (20 + strlen (PIECE)));
    }
  /* A frame that was tampered with ends it. */
  bytes[size - 1] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
  g_assert_cmpuint (keep (id, 3), ==, 3);
  assert_none ();
}

static void
another_vault_s_recording_is_not_read (void)
{
  g_autoptr (SakRecording) recording = begin ();
  g_autofree char *id = g_strdup (sak_recording_get_id (recording));
  g_autofree char *path = find_file ();
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_strconcat (id, ".rec", NULL);
  g_autofree char *there = NULL;
  g_autoptr (SakVault) other = test_vault_make (&vault, "other");
  g_autoptr (GPtrArray) list = NULL;
  g_autofree char *other_path = g_build_filename (vault.folder, "other", "media", file, NULL);

  append (recording, 4);
  g_clear_pointer (&recording, sak_recording_free);
  g_assert_true (g_rename (path, other_path) == 0);
  list = sak_vault_list_recordings (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_null (sak_vault_keep_recording (other, id, NULL, NULL, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_DAMAGED);
}

static void
names_that_are_no_recording_s_are_refused (void)
{
  static const char *const names[] = { "", "../records.db", "x", "00000000000000000000000000000000/../../a" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sak_vault_keep_recording (vault.vault, names[i], NULL, NULL, NULL, &error));
      g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
      g_clear_error (&error);
      g_assert_false (sak_vault_discard_recording (vault.vault, names[i], &error));
      g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  test_vault_set_up (&vault, NULL);
  record = test_add_event (vault.vault, "A boat", FALSE);
#define ADD(path, function) g_test_add_func ("/recording/" path, function)
  ADD ("what-was-recorded-is-taken-in", what_was_recorded_is_taken_in);
  ADD ("a-long-piece-is-kept-whole", a_long_piece_is_kept_whole);
  ADD ("nothing-of-it-lies-there-in-plain-text", nothing_of_it_lies_there_in_plain_text);
  ADD ("killed-at-any-moment-it-is-there-on-the-next-start", killed_at_any_moment_it_is_there_on_the_next_start);
  ADD ("cut-anywhere-it-is-read-up-to-there", cut_anywhere_it_is_read_up_to_there);
  ADD ("another-vault-s-recording-is-not-read", another_vault_s_recording_is_not_read);
  ADD ("names-that-are-no-recording-s-are-refused", names_that_are_no_recording_s_are_refused);
#undef ADD
  status = g_test_run ();
  g_free (record);
  test_vault_tear_down (&vault, NULL);
  return status;
}
