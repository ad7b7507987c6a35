/* sak-dav-watch.c - ends a request that goes on without getting anywhere
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-dav-watch.h"

struct _SakDavWatch
{
  GThread *thread;
  GMutex mutex;
  GCond over;
  GCancellable *cancellable;
  GCancellable *outer;
  gulong handler;
  gint64 began;
  guint64 bytes;
  guint patience_seconds;
  gboolean is_over;
  gboolean was_slow;
};

static gint64
get_end (SakDavWatch *self)
{
  return self->began + (gint64) (self->patience_seconds + self->bytes / SAK_DAV_LEAST_BYTES) * G_USEC_PER_SEC;
}

static gpointer
watch (gpointer data)
{
  SakDavWatch *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->is_over && g_get_monotonic_time () < get_end (self))
    g_cond_wait_until (&self->over, &self->mutex, get_end (self));
  self->was_slow = !self->is_over;
  g_mutex_unlock (&self->mutex);
  if (self->was_slow)
    g_cancellable_cancel (self->cancellable);
  return NULL;
}

static void
outer_cancelled_cb (GCancellable *outer,
                    GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

SakDavWatch *
sak_dav_watch_new (GCancellable *outer,
                   guint         patience_seconds)
{
  SakDavWatch *self = g_new0 (SakDavWatch, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->over);
  self->patience_seconds = patience_seconds;
  self->began = g_get_monotonic_time ();
  self->cancellable = g_cancellable_new ();
  if (outer != NULL)
    {
      self->outer = g_object_ref (outer);
      self->handler = g_cancellable_connect (outer, G_CALLBACK (outer_cancelled_cb), g_object_ref (self->cancellable),
                                             g_object_unref);
    }
  self->thread = g_thread_new ("dav-watch", watch, self);
  return self;
}

void
sak_dav_watch_free (SakDavWatch *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_cond_signal (&self->over);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->handler);
  g_clear_object (&self->outer);
  g_object_unref (self->cancellable);
  g_cond_clear (&self->over);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

GCancellable *
sak_dav_watch_get_cancellable (SakDavWatch *self)
{
  return self->cancellable;
}

void
sak_dav_watch_count (SakDavWatch *self,
                     gsize        bytes)
{
  g_mutex_lock (&self->mutex);
  self->bytes += bytes;
  g_mutex_unlock (&self->mutex);
}

gboolean
sak_dav_watch_was_slow (SakDavWatch *self)
{
  gboolean was_slow;

  g_mutex_lock (&self->mutex);
  was_slow = self->was_slow;
  g_mutex_unlock (&self->mutex);
  return was_slow;
}
