/* fuzz-minisign.c - a signature file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-minisign.h"
#include "tests/fuzz/sak-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  static const char content[] = "content";
  g_autofree char *comment = NULL;
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  sak_sign_get_public (fuzz_get_seed (), key);
  if (sak_minisign_verify (key, content, sizeof content - 1, (const char *) bytes, size, &comment))
    g_assert_true (g_utf8_validate (comment, -1, NULL));
  return 0;
}
