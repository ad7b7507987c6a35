/* sak-attempts.c - how long to wait after wrong passphrases
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against who tries at the keyboard, in this program. It keeps nothing on the disk, where
 * whoever has the disk could undo it, and slows nobody who has a copy of the vault and a
 * program of their own: for that there is the cost of the key derivation.
 */
#include "config.h"

#include "storage/sak-attempts.h"

#define N_FREE 3                /* anybody's slips */
#define MAX_SECONDS 60          /* the owner must be able to wait for it */

guint
sak_attempts_get_delay_seconds (guint n_wrong)
{
  if (n_wrong <= N_FREE)
    return 0;
  return n_wrong - N_FREE > 6 ? MAX_SECONDS : 1U << (n_wrong - N_FREE - 1);
}
