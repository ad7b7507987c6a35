/* sak-fold-private.h - the spelling of each script
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-fold.h"

G_BEGIN_DECLS

#define SAK_IS_THAI(c) ((c) >= 0x0e00 && (c) < 0x0e80)
#define SAK_IS_LAO(c) ((c) >= 0x0e80 && (c) < 0x0f00)
#define SAK_IS_KHMER(c) ((c) >= 0x1780 && (c) < 0x1800)
#define SAK_IS_MYANMAR(c) (((c) >= 0x1000 && (c) < 0x10a0) || ((c) >= 0xaa60 && (c) < 0xaa80) || \
                           ((c) >= 0xa9e0 && (c) < 0xaa00))

/* In place; @chars is an array of SakFoldChar with kinds. */
void sak_fold_respell (GArray *chars);

G_END_DECLS
