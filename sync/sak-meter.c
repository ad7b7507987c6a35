/* sak-meter.c - counting bytes: progress said not too often, cancelling heard soon
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-meter.h"

#define INTERVAL_US (G_USEC_PER_SEC / 20)

gboolean
sak_meter_add (SakMeter  *self,
               guint64    bytes,
               GError   **error)
{
  gint64 now;

  self->done_bytes += bytes;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->progress == NULL)
    return TRUE;
  now = g_get_monotonic_time ();
  if (now - self->last_told >= INTERVAL_US)
    {
      self->last_told = now;
      /* Headers and the like are not counted in the total. */
      self->progress (MIN (self->done_bytes, self->total_bytes), self->total_bytes,
                      self->progress_data);
    }
  return TRUE;
}

void
sak_meter_finish (SakMeter *self)
{
  if (self->progress != NULL)
    self->progress (self->total_bytes, self->total_bytes, self->progress_data);
}
