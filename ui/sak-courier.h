/* sak-courier.h - sends what waits in the outbox, one bundle after the other, while the vault is open
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By itself it only uses ways that the person allowed it to (SAK_CARRIER_BY_ITSELF); by others it sends what somebody
 * says. Bytes travel on a thread of its own: the vault's is asked for what begins and told what came of it. Locking
 * ends what is under way at once; the next opening goes on there.
 */
#pragma once

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_COURIER (sak_courier_get_type ())
G_DECLARE_FINAL_TYPE (SakCourier, sak_courier, SAK, COURIER, GObject)

/* Borrowed from the session: one for all pages, begun when the first asks for it. Emits "changed" when something in the
 * outbox stands otherwise than before, and "delivered" with the carrier's name.
 */
SakCourier *sak_courier_get          (SakSession  *session);
/* What is due may be another now: something was put there, or a carrier was changed. Emits "changed". */
void        sak_courier_look         (SakCourier  *self);
/* That one next, due or not, whatever its carrier may do unasked. */
void        sak_courier_send         (SakCourier  *self,
                                      const char  *id);
/* Whether it is one of those, and has not begun. */
gboolean    sak_courier_is_asked     (SakCourier  *self,
                                      const char  *id);
/* Borrowed; or NULL. Why nothing is sent just now, though the way may be free: the vault could not note it. It is tried
 * again by itself.
 */
const GError *sak_courier_get_problem (SakCourier *self);
/* Where that one is under way, or about to be, it stays where it is. */
void        sak_courier_stop         (SakCourier  *self,
                                      const char  *id);
/* Of the one under way, or NULL. */
const char *sak_courier_get_current  (SakCourier  *self);
/* How far it is; @ret_seconds_left: -1 while it cannot be said. */
void        sak_courier_get_progress (SakCourier  *self,
                                      guint64     *ret_done_bytes,
                                      guint64     *ret_total_bytes,
                                      gint64      *ret_seconds_left);

G_END_DECLS
