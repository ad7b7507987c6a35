/* sak-slip39-private.h - what the files of SLIP-0039 share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-slip39.h"

G_BEGIN_DECLS

#define SAK_SLIP39_MAX_LETTERS 8
#define SAK_SLIP39_PREFIX_LETTERS 4     /* as many tell the words apart */
#define SAK_SLIP39_MIN_VALUE 16
#define SAK_SLIP39_MAX_VALUE 64

extern const char sak_slip39_words[SAK_SLIP39_N_WORDS][SAK_SLIP39_MAX_LETTERS + 1];

/* The polynomial through the @n points, at @x; all @size bytes long. The points' places are
 * public, their bytes are not.
 */
void     sak_slip39_interpolate (const guint8  *places,
                                 SakSecret    **values,
                                 guint          n,
                                 guint8         x,
                                 SakSecret     *ret_value);
/* With this number of words, how many bytes the value has; 0 where no share is so long. */
gsize    sak_slip39_value_size  (guint          n_words);
G_END_DECLS
