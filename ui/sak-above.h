/* sak-above.h - what holds for every window that opens above the one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-idle-lock.h"

G_BEGIN_DECLS

/* As long as @lock is there: who uses any window of the program is present, and the keys that lock do so in
 * each that is above a SakWindow.
 */
void sak_above_watch (SakIdleLock *lock);

G_END_DECLS
