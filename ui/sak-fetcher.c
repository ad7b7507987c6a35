/* sak-fetcher.c - looks for bundles at one carrier, brings what lies there and has the vault take it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * new (vault) - look - { bring - take (vault) }… - finish (vault). What is not the vault's is all done on one thread.
 */
#include "config.h"

#include "ui/sak-fetcher.h"

typedef struct
{
  SakSession *session;
  SakWorker *worker;
  SakProgress *progress;
  SakFetch *fetch;              /* NULL before it is made */
  SakHarvest *harvest;
} Round;

void
sak_harvest_free (SakHarvest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_error (&self->problem);
  g_free (self);
}

static gpointer
free_fetch_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  sak_fetch_free (data);
  return SAK_JOB_DONE;
}

/* Its connection ends on the thread where it was begun. */
static void
free_round (gpointer data)
{
  Round *round = data;

  if (round->fetch != NULL)
    sak_worker_run_async (round->worker, free_fetch_job, round->fetch, NULL, NULL, NULL, NULL, NULL);
  g_clear_object (&round->session);
  g_clear_object (&round->worker);
  g_clear_pointer (&round->progress, sak_progress_unref);
  g_clear_pointer (&round->harvest, sak_harvest_free);
  g_free (round);
}

/* --- Jobs; those of the vault find the round at call->shared --- */

static Round *
get_round (const SakCall *call)
{
  return g_task_get_task_data (G_TASK (call->shared));
}

static gpointer
new_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  SakCall *call = data;
  Round *round = get_round (call);

  round->fetch = sak_fetch_new (call->vault, call->text, error);
  return round->fetch != NULL ? SAK_JOB_DONE : NULL;
}

static gpointer
look_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Round *round = data;

  return sak_fetch_look (round->fetch, cancellable, error) ? SAK_JOB_DONE : NULL;
}

/* "" where there is no more. What cannot be brought keeps nobody from what is behind it. */
static gpointer
bring_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Round *round = data;

  for (;;)
    {
      GError *local_error = NULL;

      if (sak_fetch_bring (round->fetch, sak_progress_report, round->progress, cancellable, &local_error))
        return g_strdup ("brought");
      if (local_error == NULL)
        return g_strdup ("");
      if (sak_fetch_is_over (local_error))
        {
          g_propagate_error (error, local_error);
          return NULL;
        }
      if (round->harvest->problem == NULL)
        round->harvest->problem = local_error;
      else
        g_error_free (local_error);
    }
}

static gpointer
take_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;
  Round *round = get_round (call);
  SakFetchResult *result = sak_fetch_take (round->fetch, call->vault, sak_progress_report, round->progress,
                                           cancellable, error);

  if (result == NULL)
    return NULL;
  g_ptr_array_add (round->harvest->results, result);
  return SAK_JOB_DONE;
}

static gpointer
finish_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;
  Round *round = get_round (call);

  return sak_fetch_finish (round->fetch, call->vault, error) ? SAK_JOB_DONE : NULL;
}

/* --- From one to the next --- */

static void bring (GTask *task);

static void
end (GTask  *task,
     GError *problem)
{
  Round *round = g_task_get_task_data (task);

  if (round->fetch != NULL)
    round->harvest->n_incomplete = sak_fetch_get_n_incomplete (round->fetch);
  if (problem != NULL)
    {
      g_clear_error (&round->harvest->problem);
      round->harvest->problem = problem;
    }
  g_task_return_pointer (task, g_steal_pointer (&round->harvest), (GDestroyNotify) sak_harvest_free);
}

static void
ask_vault (GTask               *task,
           SakJobFunc           job,
           const char          *carrier,
           GAsyncReadyCallback  callback)
{
  Round *round = g_task_get_task_data (task);
  SakCall *call = sak_session_new_call (round->session);

  call->shared = g_object_ref (G_OBJECT (task));
  call->text = g_strdup (carrier);
  sak_session_call (round->session, call, job, NULL, g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  (void) !sak_session_call_finish (result, &error);
  end (task, error);
}

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (sak_session_call_finish (result, &error) != NULL)
    bring (task);
  else
    end (task, error);
}

static void
brought_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autofree char *what = sak_worker_run_finish (SAK_WORKER (source), result, &error);

  if (what == NULL)
    end (task, error);
  else if (*what != '\0')
    ask_vault (task, take_job, NULL, taken_cb);
  else
    ask_vault (task, finish_job, NULL, finished_cb);
}

static void
bring (GTask *task)
{
  Round *round = g_task_get_task_data (task);

  sak_worker_run_async (round->worker, bring_job, round, NULL, g_free, g_task_get_cancellable (task), brought_cb,
                        g_object_ref (task));
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (sak_worker_run_finish (SAK_WORKER (source), result, &error) != NULL)
    bring (task);
  else
    end (task, error);
}

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Round *round = g_task_get_task_data (task);
  GError *error = NULL;

  if (sak_session_call_finish (result, &error) == NULL)
    end (task, error);
  else
    sak_worker_run_async (round->worker, look_job, round, NULL, NULL, g_task_get_cancellable (task), looked_cb,
                          g_object_ref (task));
}

void
sak_fetcher_async (SakSession          *session,
                   const char          *carrier,
                   SakProgress         *progress,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Round *round = g_new0 (Round, 1);

  /* What was done until then is told, too. */
  g_task_set_check_cancellable (task, FALSE);
  round->session = g_object_ref (session);
  round->worker = sak_worker_new ();
  round->progress = sak_progress_ref (progress);
  round->harvest = g_new0 (SakHarvest, 1);
  round->harvest->results = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_fetch_result_free);
  g_task_set_task_data (task, round, free_round);
  ask_vault (task, new_job, carrier, made_cb);
}

SakHarvest *
sak_fetcher_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
