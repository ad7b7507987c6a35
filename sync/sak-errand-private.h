/* sak-errand-private.h - one bundle on its way to one carrier
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-outbox.h"

G_BEGIN_DECLS

/* Takes over all. @ids: of the bundles that this vault ever began to send, and may clear away after. */
SakErrand      *sak_errand_new        (SakOutboxItem *item,
                                       SakCarrier    *carrier,
                                       char         **ids) G_GNUC_WARN_UNUSED_RESULT;
/* STOPPED where it did not run. */
SakCarryReason  sak_errand_get_reason (SakErrand     *self);
/* Bytes that lie there. */
guint64         sak_errand_get_done   (SakErrand     *self);

G_END_DECLS
