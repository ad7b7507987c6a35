/* sak-idle-lock.h - notices that nobody is there, or that the computer goes to sleep
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SAK_TYPE_IDLE_LOCK (sak_idle_lock_get_type ())
G_DECLARE_FINAL_TYPE (SakIdleLock, sak_idle_lock, SAK, IDLE_LOCK, GObject)

/* Emits "due" with a boolean: TRUE when it must not wait (sleep, screen lock). */
SakIdleLock *sak_idle_lock_new         (GtkWidget   *window) G_GNUC_WARN_UNUSED_RESULT;
/* After "due", once nothing is in memory any more: until then the computer is asked to stay awake. */
void         sak_idle_lock_let_sleep   (SakIdleLock *self);
void         sak_idle_lock_set_seconds (SakIdleLock *self,
                                        guint        seconds);
void         sak_idle_lock_touch       (SakIdleLock *self);
/* When somebody was there last, by the monotonic clock. */
gint64       sak_idle_lock_get_last_seen (SakIdleLock *self);
/* Another window in which somebody may be there. */
void         sak_idle_lock_watch       (SakIdleLock *self,
                                        GtkWidget   *window);

G_END_DECLS
