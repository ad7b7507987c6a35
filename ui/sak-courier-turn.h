/* sak-courier-turn.h - what the courier asks the vault's thread: which bundle goes next, or how long none is due
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-outbox.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

/* What the vault says to a turn. */
typedef struct
{
  SakErrand *errand;            /* or NULL, and then */
  gint64 wait;                  /* seconds; -1: nothing waits */
  GPtrArray *missing;           /* what waits for a folder that is not there, for sak_courier_find_back_job() */
} SakCourierTurn;

void     sak_courier_turn_free     (SakCourierTurn  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakCourierTurn, sak_courier_turn_free)

/* For a SakCall in the vault's thread: "id", what somebody said goes next, or NULL; "number", whether the network came.
 * Returns: a SakCourierTurn.
 */
gpointer sak_courier_begin_job     (gpointer         data,
                                    GCancellable    *cancellable,
                                    GError         **error);
/* In any other thread. @data: "missing" of a turn. Returns: the ids whose folders are there (GStrv). */
gpointer sak_courier_find_back_job (gpointer         data,
                                    GCancellable    *cancellable,
                                    GError         **error);

G_END_DECLS
