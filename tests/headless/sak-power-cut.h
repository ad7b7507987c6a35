/* sak-power-cut.h - what a disk may hold after the power went
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "tests/headless/sak-fault-vfs.h"

G_BEGIN_DECLS

/* What became of the writes that no sync had covered yet. */
typedef enum
{
  SAK_POWER_DROP_ALL,           /* m0 */
  SAK_POWER_KEEP_ALL,           /* m1 */
  SAK_POWER_RANDOM_WRITES,      /* m2 */
  SAK_POWER_RANDOM_SECTORS,     /* m3: of 512 bytes */
  SAK_POWER_TORN_LAST,          /* m4: a prefix, the last write torn */
  SAK_POWER_GARBAGE_512,        /* m5: as m3, one 512-byte sector written to is garbage */
  SAK_POWER_GARBAGE_4096,       /* m6: the same with 4096 bytes, neighbours included */
  SAK_POWER_N_MODELS,
} SakPowerModel;

typedef struct _SakPowerCut SakPowerCut;

SakPowerCut *sak_power_cut_new  (SakFaultVfs   *trace) G_GNUC_WARN_UNUSED_RESULT;
void         sak_power_cut_free (SakPowerCut   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakPowerCut, sak_power_cut_free)

SakFaultVfs *sak_power_cut_at   (SakPowerCut   *self,
                                 guint          n_operations,
                                 SakPowerModel  model,
                                 guint32        seed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
