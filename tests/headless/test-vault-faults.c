/* test-vault-faults.c - a vault on a disk that fails, in short memory, in a process that is killed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same work again and again: first its first system call (or SQLite's first allocation)
 * fails, then its second, until none does. Each time the failure must be told, and the
 * vault, opened again, must be the one after the last step that was acknowledged or the
 * one after the next, whole, with nothing left lying about, and fit to work on. And all of
 * it again with the process killed in the place of the call.
 *
 * With the argument "all", at every place, not some; of SQLite's 66,000 allocations those that
 * come from different calls, each the first, the middle and the last time ("every": all of
 * them, ten hours). Allocations of GLib's abort the program by design, which is the same as
 * being killed.
 */
#include "config.h"

#include <errno.h>
#include <execinfo.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-vfs-sqlite.h"
#include "tests/headless/sak-disk.h"
#include "tests/headless/sak-test-vault.h"
#include "tests/headless/sak-vault-work.h"

/* Of sak-vault-work.c: done before, and tried. */
#define N_BASE_STEPS 6
static const guint tried[] = { 2, 3, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 17 };
#define N_TRIED G_N_ELEMENTS (tried)

typedef enum
{
  FAULT_CALL,
  FAULT_MEMORY,
  FAULT_KILL,
} FaultKind;

typedef struct
{
  const char *name;
  FaultKind kind;
  guint calls;
  int code;
  gboolean goes_on;
  guint stride;                 /* without "all" */
} Fault;

static const Fault faults[] = {
  { "one-call-fails", FAULT_CALL, SAK_DISK_ALL, EIO, FALSE, 181 },
  { "all-calls-fail-from-one-on", FAULT_CALL, SAK_DISK_ALL, EIO, TRUE, 199 },
  { "one-write-finds-the-disk-full", FAULT_CALL, SAK_DISK_WRITE | SAK_DISK_OPEN | SAK_DISK_MKDIR, ENOSPC, FALSE, 211 },
  { "the-disk-is-full-from-one-write-on", FAULT_CALL, SAK_DISK_WRITE, ENOSPC, TRUE, 223 },
  { "one-sync-fails", FAULT_CALL, SAK_DISK_SYNC, EIO, FALSE, 23 },
  { "one-renaming-or-removal-fails", FAULT_CALL, SAK_DISK_RENAME | SAK_DISK_UNLINK, EACCES, FALSE, 2 },
  { "one-allocation-fails", FAULT_MEMORY, 0, 0, FALSE, 2503 },
  { "all-allocations-fail-from-one-on", FAULT_MEMORY, 0, 0, TRUE, 2521 },
  { "the-process-is-killed", FAULT_KILL, SAK_DISK_ALL, 0, FALSE, 163 },
};

/* What came out of one attempt. */
typedef struct
{
  guint n_done;                 /* steps acknowledged */
  gboolean is_open;             /* the vault could be opened */
  gboolean has_failed;          /* the fault came to pass */
  char digest[160];             /* after the last acknowledged step */
} Attempt;

static gboolean all_places;
static gboolean every_place;
static char *folder;
static char *base;              /* a vault with the base steps done in it */
static char *path;              /* a copy of it, worked on */
static SakVaultWork ids;        /* of the records in the base */
static char *shapes[N_TRIED + 1];

/* --- SQLite's memory --- */

static sqlite3_mem_methods plain_memory;
static guint memory_fail_at;
static gboolean memory_goes_on;
static gboolean memory_has_failed;
static gboolean memory_is_paused;
static GArray *memory_paths;    /* guint64, of every allocation; NULL: not noted */
static guint64 memory_path;     /* fail only where the calls are these; 0: any */
static int n_outer_calls;       /* up to the work */
#define MAX_CALLS 96
#define PATH_DRIFT 300
static void *failed_calls[MAX_CALLS];   /* where it was made to fail last */
static int n_failed_calls;

/* By which calls of the work this allocation came about. */
static guint64
hash_calls (void)
{
  void *calls[MAX_CALLS];
  int n = backtrace (calls, MAX_CALLS);
  guint64 hash = 14695981039346656037u; /* FNV-1a */

  for (int i = 0; i <= n - n_outer_calls; i++)
    hash = (hash ^ (guint64) (gsize) calls[i]) * 1099511628211u;
  return MAX (hash, 1);
}

static gboolean
is_way_wanted (void)
{
  return memory_paths != NULL || (memory_fail_at == 1 && memory_path != 0 && !memory_has_failed);
}

static gboolean
memory_may (void)
{
  guint64 way;

  if (memory_is_paused || (memory_fail_at == 0 && memory_paths == NULL))
    return TRUE;
  /* In one place only: where it is asked from is part of the way. */
  memory_is_paused = TRUE;
  way = is_way_wanted () ? hash_calls () : 0;
  if (memory_paths != NULL)
    g_array_append_val (memory_paths, way);
  memory_is_paused = FALSE;
  if (memory_fail_at != 1)
    {
      memory_fail_at -= memory_fail_at > 1;
      return TRUE;
    }
  /* The number of allocations before it is not quite the same each time. */
  if (memory_path != 0 && !memory_has_failed && way != memory_path)
    return TRUE;
  if (!memory_has_failed)
    n_failed_calls = backtrace (failed_calls, MAX_CALLS);
  memory_has_failed = TRUE;
  if (!memory_goes_on)
    memory_fail_at = 0;
  return FALSE;
}

/* For addr2line: the way to the allocation that somebody did not survive. */
static void
tell_where_memory_failed (void)
{
  char **names = backtrace_symbols (failed_calls, n_failed_calls);

  for (int i = 0; names != NULL && i < n_failed_calls; i++)
    g_test_message ("%s", names[i]);
  free (names);
}

static void *
take_memory (int size)
{
  return memory_may () ? plain_memory.xMalloc (size) : NULL;
}

static void *
resize_memory (void *memory,
               int   size)
{
  return memory_may () ? plain_memory.xRealloc (memory, size) : NULL;
}

/* Before the vault puts its own allocator, which wipes, over the one that it finds. */
static void
prepare_memory (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &plain_memory), ==, SQLITE_OK);
  methods = plain_memory;
  methods.xMalloc = take_memory;
  methods.xRealloc = resize_memory;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
  g_assert_true (sak_vfs_wipe_freed_memory ());
}

/* --- One attempt --- */

static void
begin_fault (const Fault *fault,
             guint        n)
{
  sak_disk_watch (path);
  memory_has_failed = FALSE;
  if (fault == NULL)
    return;
  if (fault->kind == FAULT_CALL)
    sak_disk_fail_at (n, fault->calls, fault->code, fault->goes_on);
  else if (fault->kind == FAULT_KILL)
    sak_disk_kill_at (n);
  else
    memory_fail_at = n;
  memory_goes_on = fault->goes_on;
}

static void
end_fault (void)
{
  sak_disk_watch (path);
  memory_fail_at = 0;
  memory_path = 0;
  memory_paths = NULL;
}

static void
pause_fault (gboolean is_paused)
{
  sak_disk_pause (is_paused);
  memory_is_paused = is_paused;
}

static void
note_digest (SakVault *vault,
             Attempt  *attempt)
{
  g_autofree char *digest = NULL;

  pause_fault (TRUE);
  digest = sak_vault_work_digest (vault);
  g_strlcpy (attempt->digest, digest, sizeof attempt->digest);
  pause_fault (FALSE);
}

static SakVaultWork
make_work (SakVault *vault)
{
  return (SakVaultWork) { vault, g_strdup (ids.event), g_strdup (ids.person), NULL };
}

/* Tells what it did through @report as well, from a process that may end at any time. */
G_NO_INLINE static void
attempt_work (const Fault *fault,
              guint        n,
              Attempt     *attempt,
              int          report)
{
  g_autoptr (GError) error = NULL;
  SakVaultWork work = { 0 };
  gboolean went_well = TRUE;
  void *calls[MAX_CALLS];

  n_outer_calls = backtrace (calls, MAX_CALLS);
  begin_fault (fault, n);
  work = make_work (sak_vault_work_open (path, &error));
  attempt->is_open = work.vault != NULL;
  g_assert_true (attempt->is_open == (error == NULL));
  for (guint i = 0; went_well && attempt->is_open && i < N_TRIED; i++)
    {
      /* Nothing may be read while it fails on: then the shape tells what was acknowledged, as also
       * where a step went well although its last call failed.
       */
      if (!(sak_disk_has_failed () || memory_has_failed) || !fault->goes_on)
        note_digest (work.vault, attempt);
      else
        attempt->digest[0] = '\0';
      g_assert_true (report < 0 || write (report, attempt, sizeof *attempt) == sizeof *attempt);
      went_well = sak_vault_work_do (&work, tried[i], &error);
      g_assert_true (went_well == (error == NULL));
      attempt->n_done += went_well;
    }
  attempt->has_failed = sak_disk_has_failed () || memory_has_failed;
  if (went_well && attempt->is_open)
    note_digest (work.vault, attempt);
  g_assert_true (report < 0 || write (report, attempt, sizeof *attempt) == sizeof *attempt);
  sak_vault_work_clear (&work);
  end_fault ();
}

/* Not made twice by the compiler, one of them for the round that notes the ways: they are told by return addresses. */
static void (*volatile attempt_here) (const Fault *, guint, Attempt *, int) = attempt_work;

static void
attempt_in_child (const Fault *fault,
                  guint        n,
                  Attempt     *attempt)
{
  Attempt reported;
  int ends[2];
  int status;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      attempt_here (fault, n, attempt, ends[1]);
      _exit (0);
    }
  close (ends[1]);
  while (read (ends[0], &reported, sizeof reported) == sizeof reported)
    *attempt = reported;
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  attempt->has_failed = WIFSIGNALED (status);
  if (attempt->has_failed)
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

/* --- What is there afterwards --- */

static void
expect_clean (SakVault *vault)
{
  g_autofree char *complaints = sak_vault_work_check (vault);

  if (complaints[0] != '\0')
    tell_where_memory_failed ();
  g_assert_cmpstr (complaints, ==, "");
}

/* The step that was interrupted, and those after it, can be done now. */
static void
finish_the_work (SakVaultWork *work,
                 guint         n_done)
{
  g_autoptr (GError) error = NULL;
  gboolean is_done;

  for (guint i = n_done; i < N_TRIED; i++)
    {
      if (tried[i] == 14 && work->testimony == NULL)
        continue;
      is_done = sak_vault_work_do (work, tried[i], &error);
      g_assert_no_error (error);
      g_assert_true (is_done);
    }
}

static void
expect_whole_vault (const Attempt *attempt)
{
  g_autoptr (GError) error = NULL;
  SakVaultWork work = make_work (sak_vault_work_open (path, &error));
  g_autofree char *digest = NULL;
  g_autofree char *shape = NULL;
  gboolean is_before;

  g_assert_no_error (error);
  expect_clean (work.vault);
  digest = sak_vault_work_digest (work.vault);
  shape = sak_vault_work_shape (work.vault);
  is_before = attempt->digest[0] != '\0' ? g_str_equal (digest, attempt->digest)
              : g_str_equal (shape, shapes[attempt->n_done]);
  if (!is_before)
    {
      g_assert_cmpuint (attempt->n_done, <, N_TRIED);
      g_assert_cmpstr (shape, ==, shapes[attempt->n_done + 1]);
    }
  finish_the_work (&work, attempt->n_done + (is_before ? 0 : 1));
  expect_clean (work.vault);
  sak_vault_work_clear (&work);
}

/* Returns: whether there was still something to fail. */
static gboolean
survive (const Fault *fault,
         guint        n)
{
  Attempt attempt = { 0 };

  sak_disk_copy_tree (base, path);
  if (fault->kind == FAULT_KILL)
    attempt_in_child (fault, n, &attempt);
  else
    attempt_here (fault, n, &attempt, -1);
  if (!attempt.has_failed)
    g_assert_cmpuint (attempt.n_done, ==, N_TRIED);
  expect_whole_vault (&attempt);
  sak_disk_watch (NULL);
  test_remove_tree (path);
  return attempt.has_failed;
}

/* --- Every way that leads to an allocation --- */

/* Numbers of allocations (from 1) that came about in the same way. */
typedef struct
{
  guint places[3];              /* the first, one in the middle, the last */
  guint n;
} Path;

static GArray *
note_paths (void)
{
  const Fault none = { "none", FAULT_MEMORY, 0, 0, FALSE, 1 };
  GArray *paths = g_array_new (FALSE, FALSE, sizeof (guint64));

  memory_paths = paths;
  g_assert_false (survive (&none, 0));
  return paths;
}

static GHashTable *
sort_paths (GArray *paths)
{
  GHashTable *sorted = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);

  for (guint i = 0; i < paths->len; i++)
    {
      guint64 *key = &g_array_index (paths, guint64, i);
      Path *path_seen = g_hash_table_lookup (sorted, key);

      if (path_seen == NULL)
        {
          path_seen = g_new0 (Path, 1);
          path_seen->places[0] = i + 1;
          g_hash_table_insert (sorted, key, path_seen);
        }
      path_seen->n++;
      path_seen->places[2] = i + 1;
      /* Each time their number doubles: somewhere in the middle. */
      if ((path_seen->n & (path_seen->n - 1)) == 0)
        path_seen->places[1] = i + 1;
    }
  return sorted;
}

/* Returns: whether it came to pass, as it does but for a rare one. */
static gboolean
fail_path (const Fault *fault,
           guint64      hash,
           guint        n)
{
  memory_path = hash;
  return survive (fault, n > PATH_DRIFT ? n - PATH_DRIFT : 1);
}

static void
fail_every_path (const Fault *fault)
{
  g_autoptr (GArray) paths = note_paths ();
  g_autoptr (GHashTable) sorted = sort_paths (paths);
  guint n_tried = 0;
  guint n_missed = 0;
  GHashTableIter iter;
  gpointer key, value;

  g_test_message ("%u allocations by %u ways", paths->len, g_hash_table_size (sorted));
  /* Round by round, so that a run that is broken off has been everywhere once. */
  for (gsize i = 0; i < G_N_ELEMENTS (((Path *) NULL)->places); i++)
    {
      g_hash_table_iter_init (&iter, sorted);
      while (g_hash_table_iter_next (&iter, &key, &value))
        if (i < ((Path *) value)->n)
          {
            n_tried++;
            n_missed += !fail_path (fault, *(guint64 *) key, ((Path *) value)->places[i]);
          }
      g_test_message ("round %u: %u tried", (guint) i + 1, n_tried);
    }
  g_test_message ("%u tried, %u did not come again", n_tried, n_missed);
  g_assert_cmpuint (g_hash_table_size (sorted), >, 1000);
  g_assert_cmpuint (n_missed, <, n_tried / 50);
}

static void
nothing_is_lost_wherever_it_happens (gconstpointer data)
{
  const Fault *fault = data;
  guint n = 1;
  guint n_tried = 0;

  if (all_places && !every_place && fault->kind == FAULT_MEMORY)
    {
      fail_every_path (fault);
      return;
    }
  for (; survive (fault, n); n += all_places ? 1 : fault->stride)
    n_tried++;
  g_test_message ("%u places, %u tried", n, n_tried);
  g_assert_cmpuint (n_tried, >, 4);
}

/* --- The vault to begin with --- */

static void
make_base (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("sakkhi-faults-XXXXXX", &error);
  g_assert_no_error (error);
  base = g_build_filename (folder, "base", NULL);
  path = g_build_filename (folder, "vault", NULL);
  ids.vault = sak_vault_work_create (base, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_BASE_STEPS; i++)
    g_assert_true (sak_vault_work_do (&ids, i, &error));
  g_clear_object (&ids.vault);
}

/* Where nothing fails. */
static void
note_shapes (void)
{
  g_autoptr (GError) error = NULL;
  SakVaultWork work = { 0 };

  sak_disk_copy_tree (base, path);
  sak_disk_watch (path);
  work = make_work (sak_vault_work_open (path, &error));
  g_assert_no_error (error);
  shapes[0] = sak_vault_work_shape (work.vault);
  for (guint i = 0; i < N_TRIED; i++)
    {
      g_assert_true (sak_vault_work_do (&work, tried[i], &error));
      shapes[i + 1] = sak_vault_work_shape (work.vault);
    }
  sak_vault_work_clear (&work);
  sak_disk_watch (NULL);
  test_remove_tree (path);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  prepare_memory ();
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  every_place = argc > 1 && g_str_equal (argv[1], "every");
  all_places = every_place || (argc > 1 && g_str_equal (argv[1], "all"));
  make_base ();
  note_shapes ();
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *name = g_strconcat ("/vault/faults/", faults[i].name, NULL);

      g_test_add_data_func (name, &faults[i], nothing_is_lost_wherever_it_happens);
    }
  result = g_test_run ();
  for (gsize i = 0; i <= N_TRIED; i++)
    g_free (shapes[i]);
  sak_vault_work_clear (&ids);
  test_remove_tree (folder);
  g_free (path);
  g_free (base);
  g_free (folder);
  return result;
}
