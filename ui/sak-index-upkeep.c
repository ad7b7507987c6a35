/* sak-index-upkeep.c - brings the search index of an older vault up to date, a little at a time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each slice is a call of its own, queued only when the one before is done: whatever the
 * person does meanwhile comes before the next. How many records make a slice is learnt
 * from how long the last one took.
 */
#include "config.h"

#include "ui/sak-index-upkeep.h"

#include "storage/sak-search.h"

#define SLICE_USEC 30000
#define FIRST_SLICE 50
#define MAX_SLICE 5000
#define QUIET_USEC G_USEC_PER_SEC

struct _SakIndexUpkeep
{
  GObject parent_instance;
  SakSession *session;          /* which owns this */
  gint64 begun;
  guint64 n_left;
  gint64 most;                  /* records of the slice under way */
  gboolean is_done;
  guint idle;
};

typedef struct
{
  guint64 n_left;
  gint64 took_usec;
} Slice;

G_DEFINE_FINAL_TYPE (SakIndexUpkeep, sak_index_upkeep, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void begin_slice (SakIndexUpkeep *self);

static gpointer
index_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  SakCall *call = data;
  g_autofree Slice *slice = g_new0 (Slice, 1);
  gint64 start = g_get_monotonic_time ();

  if (!sak_vault_index_some (call->vault, (guint) call->number, &slice->n_left, error))
    return NULL;
  slice->took_usec = g_get_monotonic_time () - start;
  return g_steal_pointer (&slice);
}

static gboolean
next_due_cb (gpointer data)
{
  SakIndexUpkeep *self = data;

  self->idle = 0;
  begin_slice (self);
  return G_SOURCE_REMOVE;
}

static void
slice_done_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (SakIndexUpkeep) self = data;
  g_autofree Slice *slice = sak_session_call_finish (result, NULL);

  /* What cannot be indexed now is for the check of the vault to name. */
  self->n_left = slice != NULL ? slice->n_left : 0;
  self->is_done = self->n_left == 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (self->n_left == 0 || self->session == NULL || sak_session_is_locked (self->session))
    return;
  self->most = CLAMP (self->most * SLICE_USEC / MAX (slice->took_usec, 1), 1, MAX_SLICE);
  self->idle = g_idle_add_full (G_PRIORITY_LOW, next_due_cb, self, NULL);
}

static void
begin_slice (SakIndexUpkeep *self)
{
  SakCall *call;

  if (self->session == NULL || sak_session_is_locked (self->session))
    return;
  call = sak_session_new_call (self->session);
  call->number = self->most;
  sak_session_call (self->session, call, index_job, g_free, NULL, slice_done_cb, g_object_ref (self));
}

static void
sak_index_upkeep_dispose (GObject *object)
{
  SakIndexUpkeep *self = SAK_INDEX_UPKEEP (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (sak_index_upkeep_parent_class)->dispose (object);
}

static void
sak_index_upkeep_class_init (SakIndexUpkeepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_index_upkeep_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_INDEX_UPKEEP, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sak_index_upkeep_init (SakIndexUpkeep *self)
{
  self->begun = g_get_monotonic_time ();
  self->most = FIRST_SLICE;
}

SakIndexUpkeep *
sak_index_upkeep_get (SakSession *session)
{
  SakIndexUpkeep *self = g_object_get_data (G_OBJECT (session), "sak-index-upkeep");

  if (self != NULL)
    return self;
  self = g_object_new (SAK_TYPE_INDEX_UPKEEP, NULL);
  g_set_weak_pointer (&self->session, session);
  g_object_set_data_full (G_OBJECT (session), "sak-index-upkeep", self, g_object_unref);
  begin_slice (self);
  return self;
}

guint64
sak_index_upkeep_get_n_left (SakIndexUpkeep *self)
{
  return g_get_monotonic_time () - self->begun > QUIET_USEC ? self->n_left : 0;
}

gboolean
sak_index_upkeep_is_done (SakIndexUpkeep *self)
{
  return self->is_done;
}
