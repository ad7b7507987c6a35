/* test-worker.c - the vault's one thread
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-worker.h"

typedef struct
{
  GString *log;
  int pending;
} Fixture;

static gpointer
append_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_string_append (((GString **) data)[0], "x");
  return SAK_JOB_DONE;
}

static void
job_done_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *f = user_data;
  g_autoptr (GError) error = NULL;
  gpointer done = sak_worker_run_finish (SAK_WORKER (source), result, &error);

  if (done == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  f->pending--;
}

static void
jobs_run_in_order_and_worker_is_finalised (void)
{
  Fixture f = { g_string_new (NULL), 100 };
  SakWorker *worker = sak_worker_new ();
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  for (int i = 0; i < 100; i++)
    sak_worker_run_async (worker, append_job, &f.log, NULL, NULL, NULL, job_done_cb, &f);
  while (f.pending > 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (f.pending, ==, 0);
  g_assert_cmpuint (f.log->len, ==, 100);
  g_assert_finalize_object (worker);
  g_string_free (f.log, TRUE);
}

static void
a_cancelled_job_never_starts (void)
{
  Fixture f = { g_string_new (NULL), 1 };
  g_autoptr (SakWorker) worker = sak_worker_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_cancellable_cancel (cancellable);
  sak_worker_run_async (worker, append_job, &f.log, NULL, NULL, cancellable, job_done_cb, &f);
  while (f.pending > 0 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (f.pending, ==, 0);
  g_assert_cmpuint (f.log->len, ==, 0);
  g_string_free (f.log, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/jobs-run-in-order-and-worker-is-finalised",
                   jobs_run_in_order_and_worker_is_finalised);
  g_test_add_func ("/worker/a-cancelled-job-never-starts", a_cancelled_job_never_starts);
  return g_test_run ();
}
