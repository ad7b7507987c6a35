/* sak-slow-store.h - a store that takes its time, for test programs that are linked around it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/* From now on the main loop is watched, and must not touch the store itself. */
void   slow_store_start             (void);
/* While a test does with a vault what is not the windows' doing. */
void   slow_store_allow_main_thread (gboolean    is_allowed);

/* Each job takes that long, and more where the main loop is kept from turning. */
void   slow_store_set_delay         (guint       milliseconds);
/* Nothing is answered until it is let go. */
void   slow_store_hold              (void);
void   slow_store_let_go            (void);
/* Every job fails, as on a disk that cannot be read. */
void   slow_store_fail              (gboolean    fails);
/* The next ones fail, and those after them do not. */
void   slow_store_fail_next         (guint       n_jobs);
/* Until all is answered, and nothing more is asked. */
void   slow_store_rest              (void);
/* Some turns of the main loop. */
void   slow_store_live              (void);
/* Between two of its turns, in milliseconds, since this was asked last. */
double slow_store_take_longest_gap  (void);

/* What every file dialog answers from now on, without being shown: a path, or an address elsewhere. */
void   slow_store_choose            (const char *path);

G_END_DECLS
