/* test-memory.c - a locked vault leaves no key, no passphrase and no case in memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With crypto/sak-heap.c in it, as the programs have it.
 */
#include "config.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-platform.h"
#include "storage/sak-header.h"
#include "storage/sak-media.h"
#include "tests/headless/sak-memory-search.h"
#include "tests/headless/sak-test-vault.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static MemoryNeedle passphrase, title, story, photo, master_key, master_key_hex;

/* Random, so that it can be nowhere else: Burmese where @is_burmese, three bytes a letter. */
static void
make_needle (MemoryNeedle *needle,
             const char   *name,
             gsize         size,
             gboolean      is_burmese)
{
  guint8 bytes[128];

  sak_random_bytes (bytes, size);
  for (gsize i = 0; i < size; i++)
    if (!is_burmese)
      bytes[i] = (guint8) ('a' + bytes[i] % 26);
    else if (i % 3 == 2)
      bytes[i] = 0x80 + bytes[i] % 0x20;
    else
      bytes[i] = i % 3 == 0 ? 0xe1 : 0x80;
  memory_needle_set (needle, name, bytes, size);
  sak_wipe (bytes, sizeof bytes);
}

static SakSecret *
make_passphrase (void)
{
  SakSecret *secret = sak_secret_new (passphrase.size);

  memory_needle_get (&passphrase, sak_secret_get_bytes (secret));
  return secret;
}

/* The key in two spellings, told by another process, so that nothing of it is left here. */
static void
learn_master_key (const char *path)
{
  guint8 bytes[96];
  int fds[2], status;
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      g_autoptr (SakSecret) typed = make_passphrase ();
      g_autoptr (GError) error = NULL;
      g_autoptr (SakCredential) credential = sak_credential_new_passphrase (typed, &error);
      g_autoptr (SakSecret) key = NULL;
      SakHeader header;
      guint slot;

      key = sak_header_open (path, credential, &header, &slot, &error);
      for (guint i = 0; key != NULL && i < 32; i++)
        bytes[i] = (guint8) ~sak_secret_get_bytes (key)[i];
      _exit (key != NULL && write (fds[1], bytes, 32) == 32 ? 0 : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (read (fds[0], bytes, 32), ==, 32);
  close (fds[0]);
  close (fds[1]);
  master_key = (MemoryNeedle) { "the master key", 32, { 0 } };
  memcpy (master_key.flipped, bytes, 32);
  master_key_hex = (MemoryNeedle) { "the master key in hexadecimal", 64, { 0 } };
  for (guint i = 0; i < 64; i++)
    {
      guint nibble = (guint) ((guint8) ~bytes[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15;

      master_key_hex.flipped[i] = (guint8) ~"0123456789abcdef"[nibble];
    }
}

static char *
take_text (const MemoryNeedle *needle)
{
  char *text = g_malloc0 (needle->size + 1);

  memory_needle_get (needle, text);
  return text;
}

static void
wipe_text (char *text)
{
  sak_wipe (text, strlen (text));
  g_free (text);
}

static SakVault *
make_vault (const char *path)
{
  const SakKdfCost cost = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autoptr (SakSecret) typed = make_passphrase ();
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_create (path, "Harbour", typed, SAK_VAULT_PRACTICE, &cost, &error);

  g_assert_no_error (error);
  return vault;
}

static void
read_all (SakVault *vault)
{
  g_autoptr (GArray) rowids = sak_vault_list_rowids (vault, NULL, SAK_SORT_CHANGED, NULL);
  g_autoptr (GPtrArray) rows = sak_vault_load_rows (vault, (const gint64 *) (void *) rowids->data, rowids->len, NULL);
  const SakRecordRow *row = g_ptr_array_index (rows, 0);
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, row->id, NULL);

  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpuint (strlen (row->title), ==, title.size);
  g_assert_nonnull (record);
}

/* What a day's work does: a record made, finished, found, listed, read; a photo put in and seen. */
static void
work (SakVault *vault)
{
  char *title_text = take_text (&title);
  char *story_text = take_text (&story);
  char *photo_text = take_text (&photo);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s, s:s, s:{s:s, s:s}}", "title", title_text,
                                         "narrative", story_text, "date", "2020", "place", "name",
                                         "X", "country", "TH");
  g_autoptr (GInputStream) content =
    g_memory_input_stream_new_from_data (photo_text, (gssize) photo.size, NULL);
  g_autoptr (GInputStream) shown = NULL;
  g_autoptr (SakMediaInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sak_vault_add_record (vault, SAK_KIND_EVENT, fields, &error);
  g_autofree char *revision = NULL;
  char buffer[256];

  g_assert_no_error (error);
  info = sak_vault_add_media (vault, id, content, title_text, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  revision = sak_vault_finish_record (vault, id, "", &error);
  g_assert_no_error (error);
  shown = sak_vault_open_media (vault, info->sha256, &error);
  g_assert_cmpint (g_input_stream_read (shown, buffer, sizeof buffer, NULL, NULL), ==, photo.size);
  sak_wipe (buffer, sizeof buffer);
  read_all (vault);
  wipe_text (title_text);
  wipe_text (story_text);
  wipe_text (photo_text);
}

static void
a_locked_vault_leaves_nothing_in_memory (void)
{
  const MemoryNeedle *const needles[] = { &passphrase, &title, &story, &photo, &master_key, &master_key_hex };
  g_autofree char *folder = g_dir_make_tmp ("sakkhi-memory-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "vault", NULL);
  g_autoptr (SakVault) vault = NULL;

  make_needle (&passphrase, "the passphrase", 40, FALSE);
  make_needle (&title, "the title", 60, FALSE);
  make_needle (&story, "the story", 120, TRUE);
  make_needle (&photo, "the photo", 120, FALSE);
  vault = make_vault (path);
  work (vault);
  g_clear_object (&vault);
  learn_master_key (path);
  {
    g_autoptr (SakSecret) typed = make_passphrase ();

    vault = sak_vault_open (path, typed, NULL);
  }
  read_all (vault);
  /* That the search finds what is there: what is shown of a record, and the key. */
  g_assert_cmpuint (memory_needle_count (&title), >, 0);
  g_assert_cmpuint (memory_needle_count (&master_key), >, 0);

  sak_vault_lock (vault);
  sak_platform_wipe_stack ();
  for (gsize i = 0; i < G_N_ELEMENTS (needles); i++)
    g_assert_cmpuint (memory_needle_count (needles[i]), ==, 0);
  test_remove_tree (folder);
}

static void
freed_and_moved_memory_is_wiped (void)
{
  MemoryNeedle needle;
  char *text, *moved;
  gsize sizes[] = { 300, 4000, 300000, 40 * 1024 * 1024 };

  make_needle (&needle, "a freed text", 64, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      text = g_malloc (sizes[i]);
      memory_needle_get (&needle, text + sizes[i] / 3);
      moved = g_realloc (text, sizes[i] * 3);
      g_assert_cmpuint (memory_needle_count (&needle), ==, 1);
      moved = g_realloc (moved, sizes[i] / 3);
      g_assert_cmpuint (memory_needle_count (&needle), ==, 0);
      memory_needle_get (&needle, moved + sizes[i] / 3 - 64);
      g_free (moved);
      g_assert_cmpuint (memory_needle_count (&needle), ==, 0);
    }
}

/* Runs @body as a process of its own, and looks at its memory in the moment of its end. */
static gboolean
secret_outlives (void (*body) (void))
{
  guint8 expected[32], seen[32] = { 0 };
  int fds[2], status;
  guint8 *address;
  pid_t pid;

  memset (expected, 0x5c, sizeof expected);
  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      SakSecret *secret = sak_secret_new_copy (expected, sizeof expected);

      address = sak_secret_get_bytes (secret);
      (void) !write (fds[1], &address, sizeof address);
      (void) ptrace (PTRACE_TRACEME, 0, NULL, NULL);
      (void) raise (SIGSTOP);
      body ();
      _exit (0);
    }
  g_assert_cmpint (read (fds[0], &address, sizeof address), ==, sizeof address);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSTOPPED (status));
  g_assert_cmpint (ptrace (PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACEEXIT), ==, 0);
  g_assert_cmpint (ptrace (PTRACE_CONT, pid, NULL, 0), ==, 0);
  while (waitpid (pid, &status, 0) == pid && WIFSTOPPED (status))
    {
      int sent = WSTOPSIG (status);
      gboolean is_end = status >> 8 == (SIGTRAP | (PTRACE_EVENT_EXIT << 8));

      if (is_end)
        for (gsize i = 0; i < sizeof seen; i += sizeof (long))
          {
            long word = ptrace (PTRACE_PEEKDATA, pid, address + i, NULL);

            memcpy (seen + i, &word, sizeof word);
          }
      (void) ptrace (PTRACE_CONT, pid, NULL, is_end ? 0 : sent);
    }
  close (fds[0]);
  close (fds[1]);
  return memcmp (seen, expected, sizeof seen) == 0;
}

static void
end_unprepared (void)
{
}

static void
end_by_exit (void)
{
  sak_secret_wipe_at_end ();
  exit (0);
}

static void
end_by_abort (void)
{
  sak_secret_wipe_at_end ();
  abort ();
}

static volatile gsize nowhere = 8;

static void
end_by_crash (void)
{
  sak_secret_wipe_at_end ();
  *(volatile int *) nowhere = 1;
}

static void
end_by_request (void)
{
  sak_secret_wipe_at_end ();
  (void) raise (SIGTERM);
}

static void
secrets_are_wiped_at_every_end (void)
{
  g_assert_true (secret_outlives (end_unprepared));
  g_assert_false (secret_outlives (end_by_exit));
  g_assert_false (secret_outlives (end_by_abort));
  g_assert_false (secret_outlives (end_by_crash));
  g_assert_false (secret_outlives (end_by_request));
}

static void
without_locked_memory_it_works_and_says_so (void)
{
  if (g_test_subprocess ())
    {
      const struct rlimit none = { 0, 0 };
      g_autoptr (SakSecret) before = sak_secret_new_random (32);
      g_autoptr (SakSecret) after = NULL;

      g_assert_true (sak_secret_is_memory_locked ());
      /* Root may lock all the same. */
      if (geteuid () == 0)
        g_assert_cmpint (setresuid (65534, 65534, 65534), ==, 0);
      g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &none), ==, 0);
      after = sak_secret_new_copy ("guarded", 7);
      g_assert_cmpmem (sak_secret_get_bytes (after), 7, "guarded", 7);
      g_assert_false (sak_secret_is_memory_locked ());
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static void
wait_to_be_looked_at (int fd)
{
  char byte;

  (void) !write (fd, "", 1);
  (void) !read (fd, &byte, 1);
}

/* Whether a process of the same person can look into a child of its own. */
static int
try_to_attach (gboolean is_hardened)
{
  int fds[2], r;
  char byte;
  pid_t pid;

  /* As anybody: root may look into everything. */
  if (geteuid () == 0 && setresuid (65534, 65534, 65534) != 0)
    return 98;
  if (socketpair (AF_UNIX, SOCK_STREAM, 0, fds) != 0)
    return 97;
  pid = fork ();
  if (pid == 0)
    {
      (void) prctl (PR_SET_DUMPABLE, 1, 0, 0, 0);
      if (is_hardened)
        sak_platform_harden_process ();
      wait_to_be_looked_at (fds[1]);
      _exit (0);
    }
  if (read (fds[0], &byte, 1) != 1)
    return 96;
  r = ptrace (PTRACE_ATTACH, pid, NULL, NULL) == 0 ? 0 : errno;
  (void) kill (pid, SIGKILL);
  (void) waitpid (pid, NULL, 0);
  return r;
}

static int
run_apart (int (*body) (gboolean argument),
           gboolean argument)
{
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    _exit (body (argument));
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
a_hardened_process_cannot_be_traced (void)
{
  g_assert_cmpint (run_apart (try_to_attach, FALSE), ==, 0);
  g_assert_cmpint (run_apart (try_to_attach, TRUE), ==, EPERM);
}

/* Whatever the machine's core pattern is, the kernel says whether it dumped. */
static gboolean
dumps_core (gboolean is_hardened)
{
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      if (is_hardened)
        sak_platform_harden_process ();
      abort ();
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  return WCOREDUMP (status);
}

static void
a_hardened_process_that_aborts_leaves_no_core (void)
{
  const struct rlimit much = { RLIM_INFINITY, RLIM_INFINITY };
  g_autofree char *folder = g_dir_make_tmp ("sakkhi-core-XXXXXX", NULL);
  g_autofree char *here = g_get_current_dir ();
  g_autoptr (GDir) dir = NULL;

  (void) setrlimit (RLIMIT_CORE, &much);
  g_assert_cmpint (chdir (folder), ==, 0);
  g_assert_false (dumps_core (TRUE));
  dir = g_dir_open (".", 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (chdir (here), ==, 0);
  test_remove_tree (folder);
}

int
main (int    argc,
      char **argv)
{
  sak_vault_prepare_process ();
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/memory/" path, function)
  ADD ("a-locked-vault-leaves-nothing-in-memory", a_locked_vault_leaves_nothing_in_memory);
  ADD ("freed-and-moved-memory-is-wiped", freed_and_moved_memory_is_wiped);
  ADD ("secrets-are-wiped-at-every-end", secrets_are_wiped_at_every_end);
  ADD ("without-locked-memory-it-works-and-says-so", without_locked_memory_it_works_and_says_so);
  ADD ("a-hardened-process-cannot-be-traced", a_hardened_process_cannot_be_traced);
  ADD ("a-hardened-process-that-aborts-leaves-no-core", a_hardened_process_that_aborts_leaves_no_core);
#undef ADD
  return g_test_run ();
}
