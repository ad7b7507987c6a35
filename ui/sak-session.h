/* sak-session.h - an unlocked vault and the thread that works on it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pages never touch the vault: they hand a call to the session, which runs it on the
 * vault's thread and answers on the main loop.
 */
#pragma once

#include "storage/sak-search.h"
#include "storage/sak-worker.h"

G_BEGIN_DECLS

/* How far a long call is; written by the worker, read by a bar. */
typedef struct _SakProgress SakProgress;
SakProgress *sak_progress_new    (void) G_GNUC_WARN_UNUSED_RESULT;
SakProgress *sak_progress_ref    (SakProgress *self);
void         sak_progress_unref  (SakProgress *self);
void         sak_progress_report (guint64      done_bytes,
                                  guint64      total_bytes,
                                  gpointer     progress);
void         sak_progress_get    (SakProgress *self,
                                  guint64     *ret_done_bytes,
                                  guint64     *ret_total_bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakProgress, sak_progress_unref)

#define SAK_TYPE_SESSION (sak_session_get_type ())
G_DECLARE_FINAL_TYPE (SakSession, sak_session, SAK, SESSION, GObject)

/* What a job is given. Which members are used is the job's affair; all are owned. */
typedef struct
{
  SakVault *vault;
  char *id;
  char *text;
  char *filename;
  char **names;
  char **records;               /* ids */
  SakSearch *search;
  json_t *fields;
  json_t *typed;                /* what stood there before it was converted, by path; or NULL */
  GInputStream *stream;
  GObject *offered;             /* a SakMediaOffer or a list of them, or a GFile */
  GBytes *bytes;
  GArray *rowids;               /* of gint64 */
  SakProgress *progress;
  gint64 number;
  SakSecret *secret;
  SakCredential *credential;
  gint64 first;                 /* of a stretch of a list, and */
  gint64 most;                  /* how many of it; -1 for all that are left */
  GObject *shared;              /* what the jobs of one page tell each other, on the worker */
  SakSession *waiting;          /* the session's own: which has no answer yet, */
  gint64 since;                 /* and since when */
} SakCall;

SakSession *sak_session_new         (SakWorker            *worker,
                                     SakVault             *vault) G_GNUC_WARN_UNUSED_RESULT;
const char *sak_session_get_name    (SakSession           *self);
gboolean    sak_session_is_practice (SakSession           *self);
gboolean    sak_session_is_locked   (SakSession           *self);

SakCall    *sak_session_new_call    (SakSession           *self) G_GNUC_WARN_UNUSED_RESULT;
void        sak_session_call        (SakSession           *self,
                                     SakCall              *call,
                                     SakJobFunc            job,
                                     GDestroyNotify        free_result,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gpointer    sak_session_call_finish (GAsyncResult         *result,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* The contents of a file in the vault; sak_session_call_finish() gives a GInputStream that can seek. */
void        sak_session_open_media  (SakSession           *self,
                                     const char           *sha256,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);

/* Whether some call has had no answer for so long that a person wonders; emits "busy" when that changes. */
gboolean    sak_session_is_busy     (SakSession           *self);
/* Tells every list that records are not what they were. */
void        sak_session_changed     (SakSession           *self);
/* While a long call runs, the idle lock waits. */
void        sak_session_hold        (SakSession           *self);
void        sak_session_release     (SakSession           *self);
gboolean    sak_session_is_held     (SakSession           *self);
/* Emits "closing" first: the last moment for a call. */
void        sak_session_lock        (SakSession           *self);

G_END_DECLS
