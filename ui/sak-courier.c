/* sak-courier.c - sends what waits in the outbox, one bundle after the other, while the vault is open
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A turn: the vault's thread is asked for what is due (begin_job). It gives an errand, which runs on the courier's own
 * thread, and is told what came of it (finish_job); then comes the next turn. Where nothing is due, it says how long
 * that will be so, and which folders are missing: those are looked for on the courier's thread, since a folder of a
 * network that is down may take minutes to answer.
 */
#include "config.h"

#include "ui/sak-courier.h"

#include "sync/sak-outbox.h"
#include "sync/sak-pace.h"

#define LOOK_SECONDS 10         /* how often for a folder that is missing */
#define HINT_SECONDS 2          /* a network that comes says so several times */

struct _SakCourier
{
  GObject parent_instance;
  SakSession *session;          /* which owns this */
  SakWorker *worker;            /* whose thread the bytes travel on */
  GQueue asked;                 /* ids that somebody said */
  gboolean is_turning;          /* from begin_job to the end of what it gave */
  gboolean is_stale;            /* something was said meanwhile */
  gboolean has_network_come;
  GPtrArray *missing;           /* Missing, of the last turn */
  char *current;
  SakProgress *progress;
  SakPace pace;
  GCancellable *cancellable;    /* of the current one */
  guint timer;
  guint hint_timer;
};

/* What somebody waits for, and the carrier that is not there. */
typedef struct
{
  char *id;
  SakCarrier *carrier;
} Missing;

/* What the vault says to a turn. */
typedef struct
{
  SakErrand *errand;            /* or NULL, and then */
  gint64 wait;                  /* seconds; -1: nothing waits */
  GPtrArray *missing;
} Turn;

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
free_missing (gpointer data)
{
  Missing *missing = data;

  g_free (missing->id);
  sak_carrier_free (missing->carrier);
  g_free (missing);
}

static void
free_turn (gpointer data)
{
  Turn *turn = data;

  g_clear_pointer (&turn->errand, sak_errand_free);
  g_clear_pointer (&turn->missing, g_ptr_array_unref);
  g_free (turn);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Turn, free_turn)

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

static const SakCarrier *
find_carrier (GPtrArray  *carriers,
              const char *name)
{
  for (guint i = 0; i < carriers->len; i++)
    if (g_str_equal (((SakCarrier *) carriers->pdata[i])->name, name))
      return carriers->pdata[i];
  return NULL;
}

/* Only what waits and may go unasked. */
static GPtrArray *
list_willing (SakVault   *vault,
              GPtrArray  *carriers,
              GError    **error)
{
  GPtrArray *items = sak_vault_list_outbox (vault, error);

  for (guint i = items != NULL ? items->len : 0; i-- > 0;)
    {
      const SakOutboxItem *item = items->pdata[i];
      const SakCarrier *carrier = find_carrier (carriers, item->carrier);

      if (item->state != SAK_OUTBOX_WAITING || item->is_paused || carrier == NULL ||
          (carrier->flags & SAK_CARRIER_BY_ITSELF) == 0)
        g_ptr_array_remove_index (items, i);
    }
  return items;
}

/* A hint alone: what waits for the network is due at once. */
static gboolean
hurry (SakVault   *vault,
       GPtrArray  *items,
       GError    **error)
{
  for (guint i = 0; i < items->len; i++)
    {
      SakOutboxItem *item = items->pdata[i];

      if (item->next_try == 0 || (item->reason != SAK_CARRY_UNREACHABLE && item->reason != SAK_CARRY_PROXY))
        continue;
      item->next_try = 0;
      if (!sak_vault_note_outbox (vault, item, error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
list_missing (GPtrArray *items,
              GPtrArray *carriers)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_missing);

  for (guint i = 0; i < items->len; i++)
    {
      const SakOutboxItem *item = items->pdata[i];
      Missing *missing;

      if (item->reason != SAK_CARRY_NO_FOLDER)
        continue;
      missing = g_new0 (Missing, 1);
      missing->id = g_strdup (item->id);
      missing->carrier = sak_carrier_copy (find_carrier (carriers, item->carrier));
      g_ptr_array_add (list, missing);
    }
  return list;
}

/* The first that is due of those that go unasked. */
static gboolean
begin_due (SakVault  *vault,
           gboolean   has_network_come,
           Turn      *turn,
           GError   **error)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (GPtrArray) carriers = sak_vault_list_carriers (vault, error);
  g_autoptr (GPtrArray) items = carriers != NULL ? list_willing (vault, carriers, error) : NULL;

  if (items == NULL || (has_network_come && !hurry (vault, items, error)))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (sak_outbox_item_is_due (items->pdata[i], now))
      {
        turn->errand = sak_outbox_begin (vault, ((SakOutboxItem *) items->pdata[i])->id, error);
        return turn->errand != NULL;
      }
  turn->wait = sak_outbox_get_wait (items, now);
  turn->missing = list_missing (items, carriers);
  return TRUE;
}

/* What somebody said may have been paused or taken out since: then the others have their turn. */
static gpointer
begin_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  g_autoptr (Turn) turn = g_new0 (Turn, 1);

  turn->wait = -1;
  if (call->id != NULL)
    turn->errand = sak_outbox_begin (call->vault, call->id, NULL);
  if (turn->errand == NULL && !begin_due (call->vault, call->number != 0, turn, error))
    return NULL;
  return g_steal_pointer (&turn);
}

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

static gpointer
find_back_job (gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  GPtrArray *missing = data;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < missing->len; i++)
    {
      const Missing *one = missing->pdata[i];

      if (sak_carrier_is_there (one->carrier))
        g_strv_builder_add (ids, one->id);
    }
  return g_strv_builder_end (ids);
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
end_trip (SakCourier *self)
{
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->progress, sak_progress_unref);
  g_clear_object (&self->cancellable);
  self->is_stale = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  end_turn (self);
}

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SakCourier) self = data;
  g_autoptr (SakOutboxItem) item = sak_session_call_finish (result, NULL);

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
  SakCall *call;

  (void) !sak_worker_run_finish (SAK_WORKER (source), result, NULL);
  if (!is_open (self))
    {
      end_trip (self);
      return;
    }
  call = sak_session_new_call (self->session);
  call->shared = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data_full (call->shared, "sak-trip", g_steal_pointer (&trip), free_trip);
  sak_session_call (self->session, call, finish_job, (GDestroyNotify) sak_outbox_item_free, NULL, finished_cb,
                    g_object_ref (self));
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
  sak_worker_run_async (self->worker, find_back_job, g_steal_pointer (&self->missing),
                        (GDestroyNotify) g_ptr_array_unref, (GDestroyNotify) g_strfreev, NULL, found_back_cb,
                        g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
wait_for (SakCourier *self,
          Turn       *turn)
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
  g_autoptr (Turn) turn = sak_session_call_finish (result, NULL);

  if (turn == NULL || !is_open (self))
    {
      end_turn (self);
      return;
    }
  if (turn->errand != NULL)
    {
      run_errand (self, g_steal_pointer (&turn->errand));
      return;
    }
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_stale)
    wait_for (self, turn);
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
  call->id = g_queue_pop_head (&self->asked);
  call->number = self->has_network_come;
  self->has_network_come = FALSE;
  sak_session_call (self->session, call, begin_job, free_turn, NULL, begun_cb, g_object_ref (self));
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
  g_queue_push_tail (&self->asked, g_strdup (id));
  turn (self);
}

void
sak_courier_stop (SakCourier *self,
                  const char *id)
{
  if (g_strcmp0 (self->current, id) == 0 && self->cancellable != NULL)
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
