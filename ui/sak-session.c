/* sak-session.c - an unlocked vault and the thread that works on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-session.h"

#include "crypto/sak-platform.h"
#include "storage/model/sak-vocabulary.h"
#include "storage/sak-media.h"

/* After that a person begins to wonder. */
#define LONG_USEC G_USEC_PER_SEC
#define LOOK_MS 250

struct _SakProgress
{
  gatomicrefcount ref_count;
  GMutex mutex;
  guint64 done_bytes;
  guint64 total_bytes;
};

struct _SakSession
{
  GObject parent_instance;
  SakWorker *worker;
  SakVault *vault;
  char *name;
  gboolean is_practice;
  gboolean is_locked;
  guint n_holds;
  GQueue calls;                 /* without an answer, the oldest first */
  guint look;
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (SakSession, sak_session, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_CLOSING, SIGNAL_BUSY, N_SIGNALS };
static guint signals[N_SIGNALS];

SakProgress *
sak_progress_new (void)
{
  SakProgress *self = g_new0 (SakProgress, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  return self;
}

SakProgress *
sak_progress_ref (SakProgress *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sak_progress_unref (SakProgress *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* A SakProgressFunc, for any thread. */
void
sak_progress_report (guint64  done_bytes,
                     guint64  total_bytes,
                     gpointer progress)
{
  SakProgress *self = progress;

  g_mutex_lock (&self->mutex);
  self->done_bytes = done_bytes;
  self->total_bytes = total_bytes;
  g_mutex_unlock (&self->mutex);
}

void
sak_progress_get (SakProgress *self,
                  guint64     *ret_done_bytes,
                  guint64     *ret_total_bytes)
{
  g_mutex_lock (&self->mutex);
  *ret_done_bytes = self->done_bytes;
  *ret_total_bytes = self->total_bytes;
  g_mutex_unlock (&self->mutex);
}

static void
set_busy (SakSession *self,
          gboolean    is_busy)
{
  if (self->is_busy == is_busy)
    return;
  self->is_busy = is_busy;
  g_signal_emit (self, signals[SIGNAL_BUSY], 0);
}

static gboolean
looked_cb (gpointer data)
{
  SakSession *self = data;
  const SakCall *oldest = g_queue_peek_head (&self->calls);

  set_busy (self, oldest != NULL && g_get_monotonic_time () - oldest->since >= LONG_USEC);
  if (oldest == NULL)
    self->look = 0;
  return oldest != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
wait_for (SakSession *self,
          SakCall    *call)
{
  g_set_weak_pointer (&call->waiting, self);
  call->since = g_get_monotonic_time ();
  g_queue_push_tail (&self->calls, call);
  if (self->look == 0)
    self->look = g_timeout_add (LOOK_MS, looked_cb, self);
}

static void
stop_waiting (SakCall *call)
{
  SakSession *self = call->waiting;

  if (self == NULL)
    return;
  g_clear_weak_pointer (&call->waiting);
  g_queue_remove (&self->calls, call);
  if (g_queue_is_empty (&self->calls))
    set_busy (self, FALSE);
}

static void
free_call (gpointer data)
{
  SakCall *call = data;

  stop_waiting (call);
  g_clear_object (&call->vault);
  g_free (call->id);
  g_free (call->text);
  g_free (call->filename);
  g_strfreev (call->names);
  g_strfreev (call->records);
  sak_search_free (call->search);
  json_decref (call->fields);
  json_decref (call->typed);
  g_clear_object (&call->stream);
  g_clear_object (&call->offered);
  g_clear_pointer (&call->bytes, g_bytes_unref);
  g_clear_pointer (&call->rowids, g_array_unref);
  g_clear_pointer (&call->progress, sak_progress_unref);
  g_clear_pointer (&call->secret, sak_secret_unref);
  g_clear_pointer (&call->credential, sak_credential_unref);
  g_clear_object (&call->shared);
  g_free (call);
}

static void
sak_session_dispose (GObject *object)
{
  SakSession *self = SAK_SESSION (object);

  sak_session_lock (self);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (sak_session_parent_class)->dispose (object);
}

static void
sak_session_finalize (GObject *object)
{
  SakSession *self = SAK_SESSION (object);

  g_clear_handle_id (&self->look, g_source_remove);
  g_queue_clear (&self->calls);
  g_free (self->name);
  G_OBJECT_CLASS (sak_session_parent_class)->finalize (object);
}

static void
sak_session_class_init (SakSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sak_session_dispose;
  object_class->finalize = sak_session_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_BUSY] = g_signal_new ("busy", SAK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSING] = g_signal_new ("closing", SAK_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_session_init (SakSession *self)
{
}

/* @vault must have been opened on @worker, and is only used there from now on. */
SakSession *
sak_session_new (SakWorker *worker,
                 SakVault  *vault)
{
  SakSession *self = g_object_new (SAK_TYPE_SESSION, NULL);

  self->worker = g_object_ref (worker);
  self->vault = g_object_ref (vault);
  self->name = g_strdup (sak_vault_get_name (vault));
  self->is_practice = sak_vault_is_practice (vault);
  return self;
}

const char *
sak_session_get_name (SakSession *self)
{
  return self->name;
}

gboolean
sak_session_is_practice (SakSession *self)
{
  return self->is_practice;
}

gboolean
sak_session_is_locked (SakSession *self)
{
  return self->is_locked;
}

SakCall *
sak_session_new_call (SakSession *self)
{
  SakCall *call = g_new0 (SakCall, 1);

  g_return_val_if_fail (SAK_IS_SESSION (self), call);

  g_set_object (&call->vault, self->vault);
  return call;
}

static gpointer
refuse_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  g_set_error_literal (error, SAK_ERROR, SAK_ERROR_LOCKED, "the vault is locked");
  return NULL;
}

/**
 * sak_session_call:
 * @call: (transfer full): released on the main thread when the job is done
 *
 * Calls run one after another. After locking, every call answers LOCKED.
 */
void
sak_session_call (SakSession          *self,
                  SakCall             *call,
                  SakJobFunc           job,
                  GDestroyNotify       free_result,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_return_if_fail (SAK_IS_SESSION (self));

  wait_for (self, call);
  sak_worker_run_async (self->worker, call->vault != NULL ? job : refuse_job, call, free_call,
                        free_result, cancellable, callback, user_data);
}

gpointer
sak_session_call_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_autoptr (GObject) worker = g_async_result_get_source_object (result);

  return sak_worker_run_finish (SAK_WORKER (worker), result, error);
}

static gpointer
open_media_job (gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  SakCall *call = data;

  return sak_vault_open_media (call->vault, call->id, error);
}

void
sak_session_open_media (SakSession          *self,
                        const char          *sha256,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  SakCall *call = sak_session_new_call (self);

  call->id = g_strdup (sha256);
  sak_session_call (self, call, open_media_job, g_object_unref, cancellable, callback, user_data);
}

void
sak_session_changed (SakSession *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
sak_session_is_busy (SakSession *self)
{
  return self->is_busy;
}

void
sak_session_hold (SakSession *self)
{
  self->n_holds++;
}

void
sak_session_release (SakSession *self)
{
  g_return_if_fail (self->n_holds > 0);
  self->n_holds--;
}

gboolean
sak_session_is_held (SakSession *self)
{
  return self->n_holds > 0;
}

static gpointer
lock_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  sak_vault_lock (call->vault);
  sak_platform_wipe_stack ();
  return SAK_JOB_DONE;
}

/* By now no page shows anything of the vault. */
static void
locked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      unused)
{
  sak_vocabulary_forget_local ();
}

/* Wiping the keys is the last job, after whatever the pages still had to save. */
void
sak_session_lock (SakSession *self)
{
  if (self->is_locked || self->vault == NULL)
    return;
  g_signal_emit (self, signals[SIGNAL_CLOSING], 0);
  self->is_locked = TRUE;
  sak_session_call (self, sak_session_new_call (self), lock_job, NULL, NULL, locked_cb, NULL);
  g_clear_object (&self->vault);
}
