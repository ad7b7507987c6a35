/* test-vault.c - making, opening and locking a vault; its header
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "storage/sak-check.h"
#include "storage/sak-header.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-vault.h"

static void
open_fails_with (const char *path,
                 const char *passphrase,
                 SakError    code)
{
  g_autoptr (SakSecret) secret = test_passphrase (passphrase);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVault) vault = sak_vault_open (path, secret, &error);

  g_assert_null (vault);
  g_assert_error (error, SAK_ERROR, (int) code);
}

static void
what_was_put_in_is_there_after_reopening (TestVault     *f,
                                          gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "ငါးဖမ်းလှေ", TRUE);
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  test_vault_reopen (f);
  g_assert_cmpstr (sak_vault_get_name (f->vault), ==, "Harbour");
  g_assert_true (sak_vault_is_practice (f->vault));
  record = sak_vault_load_record (f->vault, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sak_json_get_text (record->fields, "title"), ==, "ငါးဖမ်းလှေ");
}

static void
each_wrong_way_in_has_its_answer (TestVault     *f,
                                  gconstpointer  unused)
{
  g_autofree char *nowhere = g_build_filename (f->folder, "nowhere", NULL);
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autoptr (SakSecret) passphrase = test_passphrase ("x");
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  open_fails_with (f->path, "the passphrase", SAK_ERROR_IN_USE);
  vault = sak_vault_create (f->path, "Again", passphrase, SAK_VAULT_REAL, &floor, &error);
  g_assert_null (vault);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  test_vault_close (f);
  open_fails_with (f->path, "the Passphrase", SAK_ERROR_PASSPHRASE);
  open_fails_with (f->path, "", SAK_ERROR_INVALID);
  open_fails_with (f->path, "\xff\xfe", SAK_ERROR_INVALID);
  open_fails_with (nowhere, "the passphrase", SAK_ERROR_NOT_VAULT);
  open_fails_with (f->folder, "the passphrase", SAK_ERROR_NOT_VAULT);
}

/* The same word typed on two keyboards: U+1025 U+102E, and U+1026. */
static void
a_passphrase_is_the_same_on_every_keyboard (void)
{
  g_autoptr (SakSecret) composed = test_passphrase ("\u1026");
  g_autoptr (SakSecret) decomposed = test_passphrase ("\u1025\u102e");
  g_autoptr (SakSecret) a = sak_passphrase_normalise (composed, NULL);
  g_autoptr (SakSecret) b = sak_passphrase_normalise (decomposed, NULL);
  g_autoptr (SakSecret) spaces = test_passphrase (" a ");
  g_autoptr (SakSecret) kept = sak_passphrase_normalise (spaces, NULL);

  g_assert_true (sak_secret_equal (a, b));
  g_assert_cmpmem (sak_secret_get_bytes (kept), sak_secret_get_size (kept), " a ", 3);
}

static void
a_locked_vault_answers_locked (TestVault     *f,
                               gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Before", FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = NULL;

  sak_vault_lock (f->vault);
  g_assert_true (sak_vault_is_locked (f->vault));
  g_assert_null (f->vault->master_key);
  g_assert_null (f->vault->signing_seed);
  record = sak_vault_load_record (f->vault, id, &error);
  g_assert_null (record);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LOCKED);
}

static void
set_both_headers (TestVault    *f,
                  const guint8 *bytes,
                  gsize         size)
{
  static const char *const names[] = { "vault.header", "vault.header.bak" };

  for (gsize i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename (f->path, names[i], NULL);
      g_autoptr (GError) error = NULL;

      g_file_set_contents_full (path, (const char *) bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
      g_assert_no_error (error);
    }
}

static guint8 *
read_header (TestVault *f)
{
  g_autofree char *path = g_build_filename (f->path, "vault.header", NULL);
  g_autoptr (GError) error = NULL;
  char *content;
  gsize size;

  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, ==, SAK_HEADER_SIZE);
  return (guint8 *) content;
}

static void
seal_again (guint8 *header)
{
  sak_blake2b (NULL, 0, header, SAK_HEADER_SIZE - 32, header + SAK_HEADER_SIZE - 32, 32);
}

static void
every_flipped_byte_of_the_header_is_damage (TestVault     *f,
                                            gconstpointer  unused)
{
  g_autofree guint8 *header = NULL;

  test_vault_close (f);
  header = read_header (f);
  for (gsize i = 0; i < SAK_HEADER_SIZE; i++)
    {
      header[i] ^= 0x20;
      set_both_headers (f, header, SAK_HEADER_SIZE);
      open_fails_with (f->path, "the passphrase", SAK_ERROR_DAMAGED);
      header[i] ^= 0x20;
    }
  set_both_headers (f, header, 100);
  open_fails_with (f->path, "the passphrase", SAK_ERROR_DAMAGED);
}

/* With the checksum made right again, as somebody would who wants to get around it. */
static void
an_altered_header_is_refused_behind_the_checksum (TestVault     *f,
                                                  gconstpointer  unused)
{
  const gsize slot = 128;
  const struct { gsize offset; guint8 flip; SakError expected; } cases[] = {
    { 8, 3, SAK_ERROR_TOO_NEW },                /* version 2 */
    { 12, 4, SAK_ERROR_TOO_NEW },               /* a flag that this version does not know */
    { slot + 104, 0x02, SAK_ERROR_DAMAGED },    /* passes below the floor */
    { slot + 118, 0xff, SAK_ERROR_DAMAGED },    /* memory of petabytes */
    { slot + 24, 1, SAK_ERROR_PASSPHRASE },     /* the label is bound into the commitment */
    { slot + 176, 1, SAK_ERROR_DAMAGED },       /* the wrapped key */
    { slot + 256, 1, SAK_ERROR_DAMAGED },       /* a slot was added: the MAC shows it */
    { 64, 1, SAK_ERROR_DAMAGED },               /* the generation */
  };
  g_autofree guint8 *header = NULL;

  test_vault_close (f);
  header = read_header (f);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      header[cases[i].offset] ^= cases[i].flip;
      seal_again (header);
      set_both_headers (f, header, SAK_HEADER_SIZE);
      open_fails_with (f->path, "the passphrase", cases[i].expected);
      header[cases[i].offset] ^= cases[i].flip;
    }
}

static void
the_copy_of_the_header_opens_the_vault (TestVault     *f,
                                        gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->path, "vault.header", NULL);
  g_autoptr (SakCheckReport) report = NULL;
  g_autoptr (GError) error = NULL;

  test_vault_close (f);
  test_flip_byte (path, 200);
  open_fails_with (f->path, "another", SAK_ERROR_PASSPHRASE);
  test_vault_reopen (f);
  report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);       /* made whole by the copy */

  sak_check_report_free (g_steal_pointer (&report));
  test_flip_byte (path, 200);
  report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 1);
  g_assert_cmpint (((SakDamage *) report->damages->pdata[0])->kind, ==, SAK_DAMAGE_HEADER_COPY);

  test_vault_close (f);
  g_assert_cmpint (g_unlink (path), ==, 0);
  test_vault_reopen (f);
}

static void
a_vault_without_its_database_is_not_made_anew (TestVault     *f,
                                               gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->path, "records.db", NULL);

  test_vault_close (f);
  g_assert_cmpint (g_unlink (path), ==, 0);
  open_fails_with (f->path, "the passphrase", SAK_ERROR_DAMAGED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
a_newer_schema_is_too_new (TestVault     *f,
                           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  gboolean done = sak_db_exec (f->vault->db, "PRAGMA user_version = 1000", &error);

  g_assert_no_error (error);
  g_assert_true (done);
  test_vault_close (f);
  open_fails_with (f->path, "the passphrase", SAK_ERROR_TOO_NEW);
}

static void
assert_has_both_records (SakVault *vault)
{
  static const char *const codes[] = { "0001", "0002" };

  for (gsize i = 0; i < 2; i++)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      g_autofree char *code = g_strdup_printf ("HAR-%d-%s", g_date_time_get_year (now), codes[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SakRecord) record = sak_vault_load_record (vault, code, &error);

      g_assert_no_error (error);
      g_assert_cmpint (record->state, ==, SAK_RECORD_FINISHED);
    }
}

/* Every page of the database in turn put back as it was before the last record: an
 * authentic page of this vault, but an old one. The first page has nothing but SQLite's
 * counters and the schema, which is the same before and after.
 */
static void
a_page_from_an_earlier_time_is_noticed (TestVault     *f,
                                        gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->path, "records.db", NULL);
  g_autofree char *old = NULL;
  g_autofree char *now = NULL;
  gsize old_size, now_size;
  guint n_noticed = 0;

  g_free (test_add_event (f->vault, "First", TRUE));
  test_vault_close (f);
  g_assert_true (g_file_get_contents (path, &old, &old_size, NULL));
  test_vault_reopen (f);
  g_free (test_add_event (f->vault, "Second", TRUE));
  test_vault_close (f);
  g_assert_true (g_file_get_contents (path, &now, &now_size, NULL));

  for (gsize at = SAK_VFS_PAGE_SIZE; at + SAK_VFS_PAGE_SIZE <= MIN (old_size, now_size); at += SAK_VFS_PAGE_SIZE)
    {
      g_autofree char *mixed = g_memdup2 (now, now_size);
      g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
      g_autoptr (SakVault) vault = NULL;
      g_autoptr (SakCheckReport) report = NULL;

      if (memcmp (old + at, now + at, SAK_VFS_PAGE_SIZE) == 0)
        continue;
      memcpy (mixed + at, old + at, SAK_VFS_PAGE_SIZE);
      g_assert_true (g_file_set_contents (path, mixed, (gssize) now_size, NULL));
      vault = sak_vault_open (f->path, passphrase, NULL);
      report = vault != NULL ? sak_vault_check (vault, NULL, NULL, NULL, NULL) : NULL;
      g_test_message ("page %" G_GSIZE_FORMAT, at / SAK_VFS_PAGE_SIZE);
      n_noticed += report == NULL || report->damages->len > 0;
      /* A page of an empty table may be an old one and say the same. */
      if (report != NULL && report->damages->len == 0)
        assert_has_both_records (vault);
    }
  g_assert_cmpuint (n_noticed, >, 3);
}

/* The size of any one file is limited: every disk is full some time. */
static void
a_full_disk_loses_nothing (TestVault     *f,
                           gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->path, "records.db", NULL);
  g_autofree char *long_text = g_strnfill (400000, 'x');
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s}", "title", "Long", "narrative", long_text);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = test_add_event (f->vault, "Before", TRUE);
  g_autofree char *id = NULL;
  struct rlimit limit, old_limit;
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);
  limit = old_limit;
  limit.rlim_cur = (rlim_t) status.st_size + 100000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  id = sak_vault_add_record (f->vault, "event", fields, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);

  g_assert_null (id);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NO_SPACE);
  g_clear_error (&error);
  g_assert_cmpuint (test_count_records (f->vault), ==, 1);
  id = sak_vault_add_record (f->vault, "event", fields, &error);
  g_assert_no_error (error);
  test_vault_reopen (f);
  g_assert_cmpuint (test_count_records (f->vault), ==, 2);
}

static void
put_something_else (const char *path,
                    const char *what)
{
  test_remove_tree (path);
  if (g_str_equal (what, "pipe"))
    g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  else if (g_str_equal (what, "folder"))
    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  else
    g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
}

/* A pipe would be waited at, a link followed. */
static void
what_is_no_file_is_damage_at_once (TestVault     *f,
                                   gconstpointer  unused)
{
  static const char *const places[][2] = {
    { "records.db-journal", "pipe" }, { "records.db-journal", "folder" }, { "records.db-journal", "link" },
    { "records.db-wal", "pipe" }, { "records.db", "pipe" },
  };

  test_vault_close (f);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (f->path, places[i][0], NULL);

      put_something_else (path, places[i][1]);
      alarm (20);
      open_fails_with (f->path, "the passphrase", SAK_ERROR_DAMAGED);
      alarm (0);
      test_remove_tree (path);
    }
}

/* A file that grows beyond the limit ends the process at once, as a kill would. */
static void
make_and_die (const char *path,
              rlim_t      most_bytes)
{
  const struct rlimit size = { most_bytes, most_bytes }, no_core = { 0, 0 };
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      g_assert_cmpint (setrlimit (RLIMIT_CORE, &no_core), ==, 0);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &size), ==, 0);
      signal (SIGXFSZ, SIG_DFL);
      _exit (sak_vault_create (path, "Begun", passphrase, SAK_VAULT_REAL, &floor, NULL) == NULL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

static void
what_an_interrupted_creation_left_is_no_hindrance (TestVault     *f,
                                                   gconstpointer  unused)
{
  const rlim_t limits[] = { 0, 5000, 50000 };
  g_autofree char *path = g_build_filename (f->folder, "Begun", NULL);
  g_autofree char *mark = g_build_filename (path, "vault.part", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autoptr (SakVault) vault = NULL;

      make_and_die (path, limits[i]);
      g_assert_true (g_file_test (mark, G_FILE_TEST_EXISTS));
      open_fails_with (path, "the passphrase", SAK_ERROR_NOT_VAULT);
      vault = test_vault_make (f, "Begun");
      g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
      g_free (test_add_event (vault, "Now it works", TRUE));
      sak_vault_lock (vault);
      test_remove_tree (path);
    }
}

static void
making_one_is_refused (TestVault *f)
{
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autofree char *before = test_fingerprint (f->path);
  g_autofree char *after = NULL;
  g_autoptr (SakSecret) passphrase = test_passphrase ("x");
  g_autoptr (SakVault) vault = NULL;
  g_autoptr (GError) error = NULL;

  vault = sak_vault_create (f->path, "Again", passphrase, SAK_VAULT_REAL, &floor, &error);
  g_assert_null (vault);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_EXISTS);
  after = test_fingerprint (f->path);
  g_assert_cmpstr (before, ==, after);
}

/* Beside a header the mark means nothing; and whose headers are lost can still be rescued. */
static void
what_may_be_a_vault_is_not_made_anew (TestVault     *f,
                                      gconstpointer  unused)
{
  g_autofree char *mark = g_build_filename (f->path, "vault.part", NULL);
  g_autofree char *header = g_build_filename (f->path, "vault.header", NULL);
  g_autofree char *copy = g_build_filename (f->path, "vault.header.bak", NULL);

  test_vault_close (f);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  making_one_is_refused (f);
  g_assert_cmpint (g_unlink (header), ==, 0);
  making_one_is_refused (f);
  test_vault_reopen (f);
  g_assert_false (g_file_test (mark, G_FILE_TEST_EXISTS));
  test_vault_close (f);
  g_assert_cmpint (g_unlink (header), ==, 0);
  g_assert_cmpint (g_unlink (copy), ==, 0);
  making_one_is_refused (f);
  open_fails_with (f->path, "the passphrase", SAK_ERROR_DAMAGED);
}

static void
check_finds_damage (TestVault *f,
                    gboolean   expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (sak_check_report_has_damage (report) == expected);
  g_assert_true (sak_vault_has_seen_damage (f->vault) == expected);
}

static void
seen_damage_is_remembered_until_a_check_finds_none (TestVault     *f,
                                                    gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (f->path, "records.db", NULL);

  g_free (test_add_event (f->vault, "A raid", TRUE));
  g_assert_false (sak_vault_has_seen_damage (f->vault));
  test_vault_close (f);
  test_flip_byte (path, 5 * SAK_VFS_PAGE_SIZE + 100);
  test_vault_reopen (f);
  check_finds_damage (f, TRUE);
  check_finds_damage (f, TRUE);
  test_flip_byte (path, 5 * SAK_VFS_PAGE_SIZE + 100);
  check_finds_damage (f, FALSE);
  sak_vault_lock (f->vault);
  g_assert_false (sak_vault_has_seen_damage (f->vault));
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, function) \
  g_test_add (path, TestVault, NULL, test_vault_set_up, function, test_vault_tear_down)

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/vault/what-was-put-in-is-there-after-reopening", what_was_put_in_is_there_after_reopening);
  ADD ("/vault/each-wrong-way-in-has-its-answer", each_wrong_way_in_has_its_answer);
  g_test_add_func ("/vault/a-passphrase-is-the-same-on-every-keyboard",
                   a_passphrase_is_the_same_on_every_keyboard);
  ADD ("/vault/a-locked-vault-answers-locked", a_locked_vault_answers_locked);
  ADD ("/vault/every-flipped-byte-of-the-header-is-damage", every_flipped_byte_of_the_header_is_damage);
  ADD ("/vault/an-altered-header-is-refused-behind-the-checksum", an_altered_header_is_refused_behind_the_checksum);
  ADD ("/vault/the-copy-of-the-header-opens-the-vault", the_copy_of_the_header_opens_the_vault);
  ADD ("/vault/a-vault-without-its-database-is-not-made-anew", a_vault_without_its_database_is_not_made_anew);
  ADD ("/vault/what-is-no-file-is-damage-at-once", what_is_no_file_is_damage_at_once);
  ADD ("/vault/a-newer-schema-is-too-new", a_newer_schema_is_too_new);
  ADD ("/vault/a-page-from-an-earlier-time-is-noticed", a_page_from_an_earlier_time_is_noticed);
  ADD ("/vault/a-full-disk-loses-nothing", a_full_disk_loses_nothing);
  ADD ("/vault/what-an-interrupted-creation-left-is-no-hindrance", what_an_interrupted_creation_left_is_no_hindrance);
  ADD ("/vault/what-may-be-a-vault-is-not-made-anew", what_may_be_a_vault_is_not_made_anew);
  ADD ("/vault/seen-damage-is-remembered-until-a-check-finds-none", seen_damage_is_remembered_until_a_check_finds_none);
  return g_test_run ();
}
