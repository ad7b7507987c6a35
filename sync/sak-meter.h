/* sak-meter.h - counting bytes: progress said not too often, cancelling heard soon
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-progress.h"

G_BEGIN_DECLS

typedef struct
{
  SakProgressFunc progress;     /* or NULL */
  gpointer progress_data;
  GCancellable *cancellable;    /* or NULL; borrowed */
  guint64 done_bytes;
  guint64 total_bytes;
  gint64 last_told;
} SakMeter;

/* Returns: FALSE, with the error set, once cancelled. */
gboolean sak_meter_add    (SakMeter  *self,
                           guint64    bytes,
                           GError   **error) G_GNUC_WARN_UNUSED_RESULT;
void     sak_meter_finish (SakMeter  *self);

G_END_DECLS
