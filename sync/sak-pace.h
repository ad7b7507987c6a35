/* sak-pace.h - how long it will still take, by how fast it went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Zeroed at first. By the monotonic clock: the other one may jump. */
typedef struct
{
  gint64 began_us;
  guint64 began_bytes;          /* what was there already took no time */
} SakPace;

/* Returns: seconds; -1 while it cannot be said, in the first three seconds above all. */
static inline gint64
sak_pace_get_seconds_left (SakPace *self,
                           gint64   now_us,
                           guint64  done_bytes,
                           guint64  total_bytes)
{
  double passed, done, left;

  if (self->began_us == 0 || done_bytes < self->began_bytes)
    {
      self->began_us = now_us;
      self->began_bytes = done_bytes;
    }
  passed = (double) (now_us - self->began_us) / G_USEC_PER_SEC;
  done = (double) (done_bytes - self->began_bytes);
  if (passed < 3 || done <= 0 || done_bytes > total_bytes)
    return -1;
  left = (double) (total_bytes - done_bytes) * passed / done;
  return left < 1e9 ? (gint64) left : -1;
}

G_END_DECLS
