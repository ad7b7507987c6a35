/* sak-slow-store.c - a store that takes its time, for test programs that are linked around it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The linker leads what calls NAME to __wrap_NAME here (tests/display/meson.build), so every job of a window
 * passes through delay(), and no database, sync or passphrase is left to the windows' own thread. How long a
 * job takes is counted in turns of the main loop, not in seconds: the test says the same on any machine, and a
 * window that waits for its store never sees the end of it.
 */
#include "config.h"

#include "tests/display/sak-slow-store.h"

#include "crypto/sak-kdf.h"
#include "storage/sak-worker.h"
#include "tests/display/sak-test-sight.h"
#include "ui/compat/sak-file-picker.h"

#define BEAT_MS 20
#define LIFE_BEATS 10
/* Without one turn of the main loop: it waits for somebody. */
#define DEAD_SECONDS 60

typedef void RunAsync (SakWorker *, SakJobFunc, gpointer, GDestroyNotify, GDestroyNotify, GCancellable *,
                       GAsyncReadyCallback, gpointer);
typedef void RunInThread (GTask *, GTaskThreadFunc);
typedef SakKdfResult TryPassphrase (SakSecret *, const guint8 *, const SakKdfCost *, SakSecret **);
typedef void Pick (GtkWidget *, SakPick, const char *, const char *, const char *, GCancellable *,
                   GAsyncReadyCallback, gpointer);

RunAsync __real_sak_worker_run_async, __wrap_sak_worker_run_async;
RunInThread __real_g_task_run_in_thread, __wrap_g_task_run_in_thread;
TryPassphrase __real_sak_kdf_from_passphrase, __wrap_sak_kdf_from_passphrase;
int __real_sqlite3_step (gpointer), __wrap_sqlite3_step (gpointer);
int __real_fsync (int), __wrap_fsync (int);
GBytes *__real_gdk_texture_save_to_png_bytes (GdkTexture *), *__wrap_gdk_texture_save_to_png_bytes (GdkTexture *);
Pick __wrap_sak_file_picker_async;
GListModel *__wrap_sak_file_picker_finish (GAsyncResult *, GError **);

static struct
{
  GMutex mutex;
  GCond cond;
  guint n_beats;                /* of the main loop, so far */
  guint delay_beats;            /* for each job */
  gboolean is_held;
  gboolean fails;
  guint n_failing;              /* of the next jobs */
  guint n_pending;              /* jobs that the windows have no answer to */
  gint64 last_beat;
  gint64 longest;
  GThread *main_thread;         /* while it must not touch the store */
} store;

static gboolean
beat_cb (gpointer unused)
{
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&store.mutex);
  store.longest = MAX (store.longest, now - store.last_beat);
  store.last_beat = now;
  store.n_beats++;
  g_cond_broadcast (&store.cond);
  g_mutex_unlock (&store.mutex);
  return G_SOURCE_CONTINUE;
}

void
slow_store_start (void)
{
  store.last_beat = g_get_monotonic_time ();
  store.main_thread = g_thread_self ();
  g_timeout_add (BEAT_MS, beat_cb, NULL);
}

void
slow_store_set_delay (guint milliseconds)
{
  g_mutex_lock (&store.mutex);
  store.delay_beats = milliseconds / BEAT_MS;
  g_mutex_unlock (&store.mutex);
}

void
slow_store_hold (void)
{
  g_mutex_lock (&store.mutex);
  store.is_held = TRUE;
  g_mutex_unlock (&store.mutex);
}

void
slow_store_let_go (void)
{
  g_mutex_lock (&store.mutex);
  store.is_held = FALSE;
  g_cond_broadcast (&store.cond);
  g_mutex_unlock (&store.mutex);
}

void
slow_store_fail (gboolean fails)
{
  g_mutex_lock (&store.mutex);
  store.fails = fails;
  g_mutex_unlock (&store.mutex);
}

void
slow_store_fail_next (guint n_jobs)
{
  g_mutex_lock (&store.mutex);
  store.n_failing = n_jobs;
  g_mutex_unlock (&store.mutex);
}

/* Several turns, since an answer may make a window ask for more. */
void
slow_store_rest (void)
{
  gint64 end = g_get_monotonic_time () + DEAD_SECONDS * G_USEC_PER_SEC;
  guint n_seen = store.n_pending;

  for (guint n_quiet = 0; n_quiet < 5; n_quiet++)
    {
      if (store.n_pending > 0)
        n_quiet = 0;
      /* It is counted from the last answer on, however many there are. */
      if (store.n_pending != n_seen)
        end = g_get_monotonic_time () + DEAD_SECONDS * G_USEC_PER_SEC;
      n_seen = store.n_pending;
      if (g_get_monotonic_time () > end)
        g_error ("the store never comes to rest");
      test_turn ();
    }
}

/* As long as one of these jobs would take, at least. */
void
slow_store_live (void)
{
  guint begun = store.n_beats;

  while (store.n_beats - begun < LIFE_BEATS)
    test_turn ();
}

double
slow_store_take_longest_gap (void)
{
  double longest = (double) store.longest / 1000;

  store.longest = 0;
  store.last_beat = g_get_monotonic_time ();
  return longest;
}

/* In a thread of the store. Returns: whether the job is to be done at all. */
static gboolean
delay (void)
{
  gboolean fails;
  guint begun, seen;
  gint64 end = g_get_monotonic_time () + DEAD_SECONDS * G_USEC_PER_SEC;

  g_mutex_lock (&store.mutex);
  begun = seen = store.n_beats;
  while (store.is_held || store.n_beats - begun < store.delay_beats)
    {
      if (!g_cond_wait_until (&store.cond, &store.mutex, end))
        g_error ("the window waits for its store");
      if (store.n_beats != seen)
        end = g_get_monotonic_time () + DEAD_SECONDS * G_USEC_PER_SEC;
      seen = store.n_beats;
    }
  fails = store.fails || store.n_failing > 0;
  store.n_failing -= store.n_failing > 0 ? 1 : 0;
  g_mutex_unlock (&store.mutex);
  return !fails;
}

/* --- Jobs --- */

typedef struct
{
  SakJobFunc run;
  gpointer data;
  GDestroyNotify free_data;
} Slow;

static gpointer
slow_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Slow *slow = data;

  if (delay ())
    return slow->run (slow->data, cancellable, error);
  g_set_error_literal (error, SAK_ERROR, SAK_ERROR_IO, "the disk says no");
  return NULL;
}

static void
free_slow (gpointer data)
{
  Slow *slow = data;

  store.n_pending--;
  if (slow->free_data != NULL)
    slow->free_data (slow->data);
  g_free (slow);
}

void
__wrap_sak_worker_run_async (SakWorker           *worker,
                             SakJobFunc           run,
                             gpointer             data,
                             GDestroyNotify       free_data,
                             GDestroyNotify       free_result,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Slow *slow = g_new0 (Slow, 1);

  slow->run = run;
  slow->data = data;
  slow->free_data = free_data;
  store.n_pending++;
  __real_sak_worker_run_async (worker, slow_job, slow, free_slow, free_result, cancellable, callback, user_data);
}

static void
slow_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  GTaskThreadFunc run = g_object_get_data (G_OBJECT (task), "slow-run");

  (void) delay ();
  run (task, source, data, cancellable);
}

void
__wrap_g_task_run_in_thread (GTask           *task,
                             GTaskThreadFunc  run)
{
  g_object_set_data (G_OBJECT (task), "slow-run", run);
  __real_g_task_run_in_thread (task, slow_in_thread);
}

/* --- What the thread of the windows never does --- */

static void
refuse_main_thread (const char *what)
{
  if (g_thread_self () == store.main_thread)
    g_error ("%s in the thread of the windows", what);
}

void
slow_store_allow_main_thread (gboolean is_allowed)
{
  store.main_thread = is_allowed ? NULL : g_thread_self ();
}

int
__wrap_sqlite3_step (gpointer statement)
{
  refuse_main_thread ("the database is read");
  return __real_sqlite3_step (statement);
}

int
__wrap_fsync (int fd)
{
  refuse_main_thread ("a file is synced");
  return __real_fsync (fd);
}

GBytes *
__wrap_gdk_texture_save_to_png_bytes (GdkTexture *texture)
{
  refuse_main_thread ("a picture is encoded");
  return __real_gdk_texture_save_to_png_bytes (texture);
}

SakKdfResult
__wrap_sak_kdf_from_passphrase (SakSecret         *passphrase,
                                const guint8      *salt,
                                const SakKdfCost  *cost,
                                SakSecret        **ret_key)
{
  refuse_main_thread ("a passphrase is tried");
  return __real_sak_kdf_from_passphrase (passphrase, salt, cost, ret_key);
}

/* --- Files are chosen by the test --- */

static char *chosen;

void
slow_store_choose (const char *path)
{
  g_free (chosen);
  chosen = g_strdup (path);
}

void
__wrap_sak_file_picker_async (GtkWidget           *parent,
                              SakPick              pick,
                              const char          *title,
                              const char          *accept_label,
                              const char          *suggested_name,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (parent, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

GListModel *
__wrap_sak_file_picker_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (chosen);
  GListStore *files = g_list_store_new (G_TYPE_FILE);

  g_list_store_append (files, file);
  return G_LIST_MODEL (files);
}
