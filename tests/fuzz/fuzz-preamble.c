/* fuzz-preamble.c - a bundle's preamble, read before anything is known of its sender
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/fuzz/sak-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  SakPreamble preamble;
  gsize announced;

  if (size < SAK_PREAMBLE_FRAME_HEADER_SIZE || !sak_preamble_decode_size (bytes, &announced, NULL))
    return 0;
  g_assert_cmpuint (announced, <=, SAK_PREAMBLE_MAX_SIZE);
  size -= SAK_PREAMBLE_FRAME_HEADER_SIZE;
  if (!sak_preamble_decode (bytes + SAK_PREAMBLE_FRAME_HEADER_SIZE, size, &preamble, NULL))
    return 0;
  g_assert_true (preamble.n_recipients >= 1 && preamble.n_recipients <= SAK_AGE_MAX_RECIPIENTS);
  g_assert_cmpuint (preamble.n_files, <=, SAK_BUNDLE_MAX_FILES);
  (void) !sak_preamble_verify (&preamble);
  return 0;
}
