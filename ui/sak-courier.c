/* sak-courier.c - sends what waits in the outbox, one bundle after the other, while the vault is open
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A turn: the vault's thread is asked for what is due (sak-courier-turn). It gives an errand, which runs on
 * the courier's own thread, and is told what came of it (finish_job); then comes the next turn. Where nothing is due,
 * it says how long that will be so, and which folders are missing: those are looked for on the courier's thread, since
 * a folder of a network that is down may take minutes to answer.
 */
#include "config.h"

#include "ui/sak-courier.h"

#include "sync/sak-pace.h"
#include "ui/sak-courier-turn.h"

#define LOOK_SECONDS 10         /* how often for a folder that is missing */
#define RETRY_SECONDS 60        /* after the vault could not do its part: the disk may be full */
#define HINT_SECONDS 2          /* a network that comes says so several times */

struct _SakCourier
{
  GObject parent_instance;
  SakSession *session;          /* which owns this */
  SakWorker *worker;            /* whose thread the bytes travel on */
  GQueue asked;                 /* ids that somebody said */
  char *asking;                 /* of them, what the vault is just asked for */
  char *stopped;                /* what is not to go after all, though it is asked for */
  gboolean is_turning;          /* from sak_courier_begin_job() to the end of what it gave */
  gboolean is_stale;            /* something was said meanwhile */
  gboolean has_network_come;
  GPtrArray *missing;           /* of the last turn */
  char *current;
  SakProgress *progress;
  SakPace pace;
  GCancellable *cancellable;    /* of the current one */
  GObject *finished;            /* has the trip that is over, until the vault noted it */
  GError *problem;              /* why the vault did not do its part; it is asked again */
  guint timer;
  guint finish_timer;
  guint hint_timer;
};

/* One bundle on its way from thread to thread. */
typedef struct
{
  SakCourier *courier;
  SakErrand *errand;
  SakProgress *progress;
} Trip;

G_DEFINE_FINAL_TYPE (SakCourier, sak_courier, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_DELIVERED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void turn (SakCourier *self);

static void
free_trip (gpointer data)
{
  Trip *trip = data;

  g_clear_pointer (&trip->errand, sak_errand_free);
  g_clear_pointer (&trip->progress, sak_progress_unref);
  g_clear_object (&trip->courier);
  g_free (trip);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trip, free_trip)

static gboolean
is_open (SakCourier *self)
{
  return self->session != NULL && !sak_session_is_locked (self->session);
}

/* --- In the vault's thread --- */

static gpointer
finish_job (gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  SakCall *call = data;
  Trip *trip = g_object_get_data (call->shared, "sak-trip");
  SakOutboxItem *item = NULL;

  return sak_outbox_finish (call->vault, trip->errand, &item, error) ? item : NULL;
}

/* --- On the courier's own thread --- */

static gpointer
run_job (gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Trip *trip = data;

  /* The errand remembers why not. */
  (void) !sak_errand_run (trip->errand, sak_progress_report, trip->progress, cancellable, NULL);
  return SAK_JOB_DONE;
}

/* --- Turns --- */

static void
end_turn (SakCourier *self)
{
  self->is_turning = FALSE;
  if (self->is_stale && is_open (self))
    turn (self);
}

static void
note_problem (SakCourier *self,
              GError     *problem)
{
  gboolean had_one = self->problem != NULL;

  g_clear_error (&self->problem);
  self->problem = problem;
  if (had_one || problem != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
end_trip (SakCourier *self)
{
  g_clear_object (&self->finished);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->progress, sak_progress_unref);
  g_clear_object (&self->cancellable);
  self->is_stale = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  end_turn (self);
}

static void finished_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      data);

static void
finish (SakCourier *self)
{
  SakCall *call = sak_session_new_call (self->session);

  call->shared = g_object_ref (self->finished);
  sak_session_call (self->session, call, finish_job, (GDestroyNotify) sak_outbox_item_free, NULL, finished_cb,
                    g_object_ref (self));
}

static gboolean
finish_again_cb (gpointer data)
{
  SakCourier *self = data;

  self->finish_timer = 0;
  if (is_open (self))
    finish (self);
  return G_SOURCE_REMOVE;
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakCourier) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakOutboxItem) item = sak_session_call_finish (result, &error);

  /* Taken out meanwhile, there is nothing to note. */
  if (item == NULL && is_open (self) && !g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    {
      note_problem (self, g_steal_pointer (&error));
      self->finish_timer = g_timeout_add_seconds (RETRY_SECONDS, finish_again_cb, self);
      return;
    }
  note_problem (self, NULL);
  if (item != NULL && item->state == SAK_OUTBOX_DELIVERED && is_open (self))
    g_signal_emit (self, signals[SIGNAL_DELIVERED], 0, item->carrier);
  end_trip (self);
}

/* Locked meanwhile: the next opening finds it under way, and lets it wait. */
static void
ran_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (Trip) trip = data;
  g_autoptr (SakCourier) self = g_object_ref (trip->courier);

  (void) !sak_worker_run_finish (SAK_WORKER (source), result, NULL);
  if (!is_open (self))
    {
      end_trip (self);
      return;
    }
  g_clear_object (&trip->courier);
  self->finished = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data_full (self->finished, "sak-trip", g_steal_pointer (&trip), free_trip);
  finish (self);
}

static void
run_errand (SakCourier *self,
            SakErrand  *errand)
{
  Trip *trip = g_new0 (Trip, 1);

  self->current = g_strdup (sak_errand_get_item (errand)->id);
  self->progress = sak_progress_new ();
  self->pace = (SakPace) { 0 };
  self->cancellable = g_cancellable_new ();
  trip->courier = g_object_ref (self);
  trip->errand = errand;
  trip->progress = sak_progress_ref (self->progress);
  /* Before it began: then it does not run, and waits again. */
  if (g_strcmp0 (self->stopped, self->current) == 0)
    g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->stopped, g_free);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  sak_worker_run_async (self->worker, run_job, trip, NULL, NULL, self->cancellable, ran_cb, trip);
}

static void
found_back_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakCourier) self = data;
  g_auto (GStrv) ids = sak_worker_run_finish (SAK_WORKER (source), result, NULL);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    g_queue_push_tail (&self->asked, g_strdup (ids[i]));
  self->is_stale = TRUE;
  end_turn (self);
}

static gboolean
time_came_cb (gpointer data)
{
  SakCourier *self = data;

  self->timer = 0;
  if (self->is_turning || !is_open (self))
    return G_SOURCE_REMOVE;
  if (self->missing == NULL || self->missing->len == 0)
    {
      turn (self);
      return G_SOURCE_REMOVE;
    }
  self->is_turning = TRUE;
  sak_worker_run_async (self->worker, sak_courier_find_back_job, g_steal_pointer (&self->missing),
                        (GDestroyNotify) g_ptr_array_unref, (GDestroyNotify) g_strfreev, NULL, found_back_cb,
                        g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
wait_for (SakCourier     *self,
          SakCourierTurn *turn)
{
  gint64 seconds = turn->wait;

  g_clear_pointer (&self->missing, g_ptr_array_unref);
  self->missing = g_steal_pointer (&turn->missing);
  if (self->missing != NULL && self->missing->len > 0)
    seconds = MIN (seconds, LOOK_SECONDS);
  if (seconds >= 0)
    self->timer = g_timeout_add_seconds ((guint) CLAMP (seconds, 1, SAK_OUTBOX_LONGEST_WAIT), time_came_cb, self);
}

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SakCourier) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCourierTurn) turn = sak_session_call_finish (result, &error);
  g_autofree char *asked = g_steal_pointer (&self->asking);

  if (turn == NULL && is_open (self))
    {
      if (asked != NULL)
        g_queue_push_head (&self->asked, g_steal_pointer (&asked));
      self->timer = g_timeout_add_seconds (RETRY_SECONDS, time_came_cb, self);
      note_problem (self, g_steal_pointer (&error));
    }
  if (turn == NULL || !is_open (self))
    {
      end_turn (self);
      return;
    }
  note_problem (self, NULL);
  if (turn->errand != NULL)
    {
      run_errand (self, g_steal_pointer (&turn->errand));
      return;
    }
  g_clear_pointer (&self->stopped, g_free);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_stale)
    wait_for (self, turn);
  /* What was asked for did not go after all. */
  if (asked != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  end_turn (self);
}

static void
turn (SakCourier *self)
{
  SakCall *call;

  self->is_stale = self->is_turning;
  if (self->is_turning || !is_open (self))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->is_turning = TRUE;
  call = sak_session_new_call (self->session);
  self->asking = g_queue_pop_head (&self->asked);
  call->id = g_strdup (self->asking);
  call->number = self->has_network_come;
  self->has_network_come = FALSE;
  sak_session_call (self->session, call, sak_courier_begin_job, (GDestroyNotify) sak_courier_turn_free, NULL, begun_cb,
                    g_object_ref (self));
}

void
sak_courier_look (SakCourier *self)
{
  turn (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
sak_courier_send (SakCourier *self,
                  const char *id)
{
  if (sak_courier_is_asked (self, id) || g_strcmp0 (self->current, id) == 0)
    return;
  g_queue_push_tail (&self->asked, g_strdup (id));
  turn (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
sak_courier_is_asked (SakCourier *self,
                      const char *id)
{
  return g_strcmp0 (self->asking, id) == 0 ||
         g_queue_find_custom (&self->asked, id, (GCompareFunc) g_strcmp0) != NULL;
}

const GError *
sak_courier_get_problem (SakCourier *self)
{
  return self->problem;
}

void
sak_courier_stop (SakCourier *self,
                  const char *id)
{
  GList *asked = g_queue_find_custom (&self->asked, id, (GCompareFunc) g_strcmp0);

  if (asked != NULL)
    {
      g_free (asked->data);
      g_queue_delete_link (&self->asked, asked);
    }
  if (self->current == NULL && self->is_turning)
    {
      g_free (self->stopped);
      self->stopped = g_strdup (id);
    }
  else if (g_strcmp0 (self->current, id) == 0 && self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

const char *
sak_courier_get_current (SakCourier *self)
{
  return self->current;
}

void
sak_courier_get_progress (SakCourier *self,
                          guint64    *ret_done_bytes,
                          guint64    *ret_total_bytes,
                          gint64     *ret_seconds_left)
{
  *ret_done_bytes = *ret_total_bytes = 0;
  *ret_seconds_left = -1;
  if (self->progress == NULL)
    return;
  sak_progress_get (self->progress, ret_done_bytes, ret_total_bytes);
  *ret_seconds_left = sak_pace_get_seconds_left (&self->pace, g_get_monotonic_time (), *ret_done_bytes,
                                                 *ret_total_bytes);
}

/* --- Hints --- */

/* What is missing may be there: a mount says so sooner than the next look. */
static gboolean
hint_due_cb (gpointer data)
{
  SakCourier *self = data;

  self->hint_timer = 0;
  if (self->missing != NULL && self->missing->len > 0 && !self->has_network_come && self->timer != 0)
    {
      g_clear_handle_id (&self->timer, g_source_remove);
      (void) time_came_cb (self);
    }
  else
    turn (self);
  return G_SOURCE_REMOVE;
}

static void
hint (SakCourier *self)
{
  if (self->hint_timer == 0 && is_open (self))
    self->hint_timer = g_timeout_add_seconds (HINT_SECONDS, hint_due_cb, self);
}

static void
network_changed_cb (SakCourier *self,
                    gboolean    is_available)
{
  self->has_network_come |= is_available;
  if (is_available)
    hint (self);
}

static void
closing_cb (SakCourier *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->hint_timer, g_source_remove);
  /* What was not noted is found under way at the next opening. */
  if (self->finish_timer != 0)
    {
      g_clear_handle_id (&self->finish_timer, g_source_remove);
      g_clear_pointer (&self->current, g_free);
      g_clear_pointer (&self->progress, sak_progress_unref);
      g_clear_object (&self->cancellable);
      self->is_turning = FALSE;
    }
  g_clear_object (&self->finished);
  g_clear_error (&self->problem);
  g_queue_clear_full (&self->asked, g_free);
  /* Each has the password of its way. */
  g_clear_pointer (&self->missing, g_ptr_array_unref);
}

static void
sak_courier_dispose (GObject *object)
{
  SakCourier *self = SAK_COURIER (object);

  closing_cb (self);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (sak_courier_parent_class)->dispose (object);
}

static void
sak_courier_finalize (GObject *object)
{
  SakCourier *self = SAK_COURIER (object);

  g_free (self->asking);
  g_free (self->stopped);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->progress, sak_progress_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (sak_courier_parent_class)->finalize (object);
}

static void
sak_courier_class_init (SakCourierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_courier_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_courier_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_COURIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_DELIVERED] = g_signal_new ("delivered", SAK_TYPE_COURIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sak_courier_init (SakCourier *self)
{
  self->worker = sak_worker_new ();
  g_queue_init (&self->asked);
}

SakCourier *
sak_courier_get (SakSession *session)
{
  SakCourier *self = g_object_get_data (G_OBJECT (session), "sak-courier");
  g_autoptr (GVolumeMonitor) volumes = NULL;

  if (self != NULL)
    return self;
  self = g_object_new (SAK_TYPE_COURIER, NULL);
  volumes = g_volume_monitor_get ();
  g_set_weak_pointer (&self->session, session);
  g_object_set_data_full (G_OBJECT (session), "sak-courier", self, g_object_unref);
  g_signal_connect_object (session, "closing", G_CALLBACK (closing_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (volumes, "mount-added", G_CALLBACK (hint), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (self), "sak-volumes", g_steal_pointer (&volumes), g_object_unref);
  turn (self);
  return self;
}
