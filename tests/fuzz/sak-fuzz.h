/* sak-fuzz.h - what the fuzzers share: keys that never change, bytes as a sealed file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-age.h"
#include "crypto/sak-sign.h"
#include "sync/sak-preamble.h"

G_BEGIN_DECLS

/* Called by libFuzzer with each input; 0 always. */
int           LLVMFuzzerTestOneInput (const guint8 *bytes,
                                      size_t        size);

/* Made once; secrets of the fuzzers, known to everybody. */
SakSecret    *fuzz_get_identity      (void);
SakSecret    *fuzz_get_seed          (void);
/* The bytes as the plaintext of an age file to that identity, open for reading. */
SakAgeReader *fuzz_seal              (const guint8 *bytes,
                                      size_t        size);
/* A preamble of one recipient and no entries, signed by nobody yet. */
void          fuzz_init_preamble     (SakPreamble  *preamble);

G_END_DECLS
