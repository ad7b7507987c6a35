/* test-header-faults.c - vault.header written while every call to the system fails, or is the last
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker puts the functions below in place of the C library's (--wrap).
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-header.h"
#include "tests/headless/sak-test-vault.h"

typedef enum
{
  FAULT_KILL,                   /* the process is gone, in the middle of a write if it is one */
  FAULT_ONCE,                   /* EIO, and everything after works again */
  FAULT_FOR_GOOD,               /* EIO, and so everything after: the stick was pulled out */
} FaultKind;

static struct
{
  gboolean is_armed;
  FaultKind kind;
  guint at;                     /* the call that fails, from 1 */
  guint n;                      /* calls so far */
} fault;

int     __real_open64 (const char *path, int flags, ...);
ssize_t __real_write  (int fd, const void *bytes, size_t size);
int     __real_fsync  (int fd);
int     __real_rename (const char *from, const char *to);
int     __real_unlink (const char *path);
int     __wrap_open64 (const char *path, int flags, ...);
ssize_t __wrap_write  (int fd, const void *bytes, size_t size);
int     __wrap_fsync  (int fd);
int     __wrap_rename (const char *from, const char *to);
int     __wrap_unlink (const char *path);

static gboolean
fails_now (void)
{
  if (!fault.is_armed)
    return FALSE;
  fault.n++;
  if (fault.n != fault.at && !(fault.kind == FAULT_FOR_GOOD && fault.n > fault.at))
    return FALSE;
  if (fault.kind == FAULT_KILL)
    _exit (3);
  errno = EIO;
  return TRUE;
}

int
__wrap_open64 (const char *path,
               int         flags,
               ...)
{
  va_list arguments;
  mode_t mode = 0;

  if ((flags & O_CREAT) != 0)
    {
      va_start (arguments, flags);
      mode = va_arg (arguments, mode_t);
      va_end (arguments);
    }
  return fails_now () ? -1 : __real_open64 (path, flags, mode);
}

ssize_t
__wrap_write (int         fd,
              const void *bytes,
              size_t      size)
{
  /* Torn, whatever happens next. */
  if (fault.is_armed && fault.n + 1 == fault.at && __real_write (fd, bytes, size / 2) < 0)
    return -1;
  return fails_now () ? -1 : __real_write (fd, bytes, size);
}

int
__wrap_fsync (int fd)
{
  return fails_now () ? -1 : __real_fsync (fd);
}

int
__wrap_rename (const char *from,
               const char *to)
{
  return fails_now () ? -1 : __real_rename (from, to);
}

int
__wrap_unlink (const char *path)
{
  return fails_now () ? -1 : __real_unlink (path);
}

typedef struct
{
  char *folder;
  SakSecret *master_key;
  SakCredential *old;
  SakCredential *new;
  SakHeader before;             /* opened by the old one */
  SakHeader after;              /* the same slot, changed: opened by the new one */
} Fixture;

static SakCredential *
make_credential (void)
{
  g_autoptr (SakSecret) key = sak_recovery_code_new ();

  return sak_credential_new (SAK_SLOT_RECOVERY_CODE, key, NULL);
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  gboolean is_made;
  guint slot;

  f->folder = g_dir_make_tmp ("sakkhi-header-XXXXXX", &error);
  g_assert_no_error (error);
  f->master_key = sak_secret_new_random (32);
  f->old = make_credential ();
  f->new = make_credential ();
  sak_header_init_new (&f->before, FALSE);
  is_made = sak_header_add (&f->before, f->old, NULL, f->master_key, &slot, &error);
  g_assert_no_error (error);
  g_assert_true (is_made);
  f->after = f->before;
  is_made = sak_slot_make (f->after.slots[slot], f->after.vault_id, NULL, f->new, NULL, f->master_key, &error);
  g_assert_no_error (error);
  g_assert_true (is_made);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  test_remove_tree (f->folder);
  g_free (f->folder);
  sak_secret_unref (f->master_key);
  sak_credential_unref (f->old);
  sak_credential_unref (f->new);
}

static void
start_anew (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  SakHeader header = f->before;
  gboolean is_written = sak_header_write (&header, f->master_key, f->folder, &error);

  g_assert_no_error (error);
  g_assert_true (is_written);
}

/* Returns: what the child ended with: 0 it was written, 1 an error was told, 3 killed */
static int
change_under_fault (Fixture   *f,
                    FaultKind  kind,
                    guint      at)
{
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    {
      SakHeader header = f->after;
      gboolean is_written;

      header.generation++;
      fault.is_armed = TRUE;
      fault.kind = kind;
      fault.at = at;
      is_written = sak_header_write (&header, f->master_key, f->folder, NULL);
      _exit (is_written ? (fault.n < at ? 0 : 2) : 1);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static gboolean
opens (Fixture       *f,
       SakCredential *credential)
{
  g_autoptr (GError) error = NULL;
  SakHeader header;
  guint slot;
  g_autoptr (SakSecret) key = sak_header_open (f->folder, credential, &header, &slot, &error);

  if (key != NULL)
    g_assert_true (sak_secret_equal (key, f->master_key));
  else
    g_assert_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE);
  return key != NULL;
}

/* Opens by exactly one; and from then on by that one alone, also by the copy alone. */
static void
assert_old_or_new (Fixture *f,
                   guint   *n_old,
                   guint   *n_new)
{
  g_autofree char *path = g_build_filename (f->folder, "vault.header", NULL);
  gboolean is_new = opens (f, f->new);
  gboolean is_old = opens (f, f->old);

  g_assert_true (is_new != is_old);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (opens (f, f->new), ==, is_new);
  g_assert_cmpint (opens (f, f->old), ==, is_old);
  *n_old += is_old;
  *n_new += is_new;
}

static void
run_campaign (Fixture   *f,
              FaultKind  kind)
{
  guint n_old = 0, n_new = 0, n_calls = 0;
  int ended;

  do
    {
      start_anew (f);
      ended = change_under_fault (f, kind, ++n_calls);
      assert_old_or_new (f, &n_old, &n_new);
    }
  while (ended != 0);
  g_test_message ("%u calls: %u times the old, %u times the new", n_calls - 1, n_old, n_new);
  /* Each of the two files: unlink, open, write, fsync, rename, and the folder's open and fsync, twice. */
  g_assert_cmpuint (n_calls - 1, >=, 2 * 7);
  g_assert_cmpuint (n_old, >, 3);
  g_assert_cmpuint (n_new, >, 3);
}

static void
a_killed_change_leaves_the_old_or_the_new (Fixture       *f,
                                           gconstpointer  unused)
{
  run_campaign (f, FAULT_KILL);
}

static void
a_failed_change_leaves_the_old_or_the_new (Fixture       *f,
                                           gconstpointer  unused)
{
  run_campaign (f, FAULT_ONCE);
  run_campaign (f, FAULT_FOR_GOOD);
}

/* What cannot be mended opens all the same. */
static void
mending_may_fail (Fixture       *f,
                  gconstpointer  unused)
{
  g_autofree char *copy = g_build_filename (f->folder, "vault.header.bak", NULL);
  guint n = 0;
  gboolean has_failed;

  do
    {
      start_anew (f);
      g_assert_cmpint (g_unlink (copy), ==, 0);
      fault.is_armed = TRUE;
      fault.kind = FAULT_FOR_GOOD;
      fault.n = 0;
      fault.at = ++n + 3;       /* behind the openings for reading: two to compare, one to read */
      g_assert_true (opens (f, f->old));
      has_failed = fault.n >= fault.at;
      fault.is_armed = FALSE;
      g_assert_true (opens (f, f->old));
    }
  while (has_failed);
  g_assert_cmpuint (n, >, 5);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/header-faults/a-killed-change-leaves-the-old-or-the-new", a_killed_change_leaves_the_old_or_the_new);
  ADD ("/header-faults/a-failed-change-leaves-the-old-or-the-new", a_failed_change_leaves_the_old_or_the_new);
  ADD ("/header-faults/mending-may-fail", mending_may_fail);
  return g_test_run ();
}
