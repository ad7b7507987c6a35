/* sak-cheap-kdf.c - the floor of the key derivation's cost, for test programs that are linked around its measuring
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Windows measure what takes a second, and take it several times in a row: on a busy machine that is minutes.
 */
#include "config.h"

#include "crypto/sak-kdf.h"

void __wrap_sak_kdf_measure_cost (guint, SakKdfCost *);

void
__wrap_sak_kdf_measure_cost (guint       target_ms,
                             SakKdfCost *ret_cost)
{
  ret_cost->passes = SAK_KDF_MIN_PASSES;
  ret_cost->memory_bytes = SAK_KDF_MIN_MEMORY;
}
