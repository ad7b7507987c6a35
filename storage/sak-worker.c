/* sak-worker.c - the one thread on which all work on a vault is done
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A thread pool of one, exclusive. The worker neither completes nor releases a GTask:
 * if it dropped the last reference, the store would be finalised in the worker, which
 * would then wait for itself.
 */
#include "config.h"

#include "storage/sak-worker.h"

struct _SakWorker
{
  GObject parent_instance;
  GThreadPool *pool;
};

G_DEFINE_FINAL_TYPE (SakWorker, sak_worker, G_TYPE_OBJECT)

typedef struct
{
  GTask *task;
  SakJobFunc run;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
} Job;

static gboolean
complete_job (gpointer data)
{
  Job *job = data;

  if (job->error != NULL)
    g_task_return_error (job->task, job->error);
  else
    g_task_return_pointer (job->task, job->result, job->free_result);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_object_unref (job->task);
  g_free (job);
  return G_SOURCE_REMOVE;
}

static void
run_job (gpointer data,
         gpointer unused)
{
  g_autoptr (GSource) source = NULL;
  Job *job = data;
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  if (!g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    job->result = job->run (job->data, cancellable, &job->error);
  g_assert ((job->result != NULL) != (job->error != NULL));

  /* Not g_main_context_invoke(): when nobody is iterating the default context it runs
   * the callback right here, in the worker.
   */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, complete_job, job, NULL);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
sak_worker_finalize (GObject *object)
{
  SakWorker *self = SAK_WORKER (object);

  /* Nothing can be queued: each job's task holds a reference to us. */
  g_thread_pool_free (self->pool, FALSE, TRUE);
  G_OBJECT_CLASS (sak_worker_parent_class)->finalize (object);
}

static void
sak_worker_class_init (SakWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sak_worker_finalize;
}

static void
sak_worker_init (SakWorker *self)
{
  g_autoptr (GError) error = NULL;

  self->pool = g_thread_pool_new (run_job, NULL, 1, TRUE, &error);
  if (self->pool == NULL)
    g_error ("cannot start the vault's thread: %s", error->message);
}

SakWorker *
sak_worker_new (void)
{
  return g_object_new (SAK_TYPE_WORKER, NULL);
}

/**
 * sak_worker_run_async:
 * @data: handed to @run in the worker, freed with @free_data in the calling thread
 * @free_result: for a result that nobody takes
 *
 * Cancelling before the job starts skips it; once started, the job looks itself. A
 * finished write is never reported as cancelled.
 */
void
sak_worker_run_async (SakWorker           *self,
                      SakJobFunc           run,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GDestroyNotify       free_result,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (SAK_IS_WORKER (self));

  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, sak_worker_run_async);
  g_task_set_check_cancellable (job->task, FALSE);
  job->run = run;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_thread_pool_push (self->pool, job, NULL);
}

gpointer
sak_worker_run_finish (SakWorker     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
