/* sak-worker.h - the one thread on which all work on a vault is done
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The synchronous functions of storage/ and sync/ are the real ones; a window runs them
 * here. Jobs run one after another, in the order given. A job asks no questions and
 * touches no widget. Completion comes in the thread that called run_async.
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

#define SAK_TYPE_WORKER (sak_worker_get_type ())
G_DECLARE_FINAL_TYPE (SakWorker, sak_worker, SAK, WORKER, GObject)

/* Returns the job's result, or NULL with @error set. A job without a result returns
 * any non-NULL pointer that needs no freeing, e.g. SAK_JOB_DONE.
 */
typedef gpointer (*SakJobFunc) (gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);
#define SAK_JOB_DONE ((gpointer) 1)

SakWorker *sak_worker_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void       sak_worker_run_async  (SakWorker            *self,
                                  SakJobFunc            run,
                                  gpointer              data,
                                  GDestroyNotify        free_data,
                                  GDestroyNotify        free_result,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gpointer   sak_worker_run_finish (SakWorker            *self,
                                  GAsyncResult         *result,
                                  GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
