/* fuzz-tar.c - zstd and tar inside a bundle, and a backup's tar, through libarchive with our limits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-unpacker.h"
#include "tests/fuzz/sak-fuzz.h"

#define BUDGET (1 << 20)

/* No more comes out than may: neither of a member nor of all of them. */
static void
unpack (const guint8     *bytes,
        size_t            size,
        SakUnpackerFlags  flags)
{
  static const char *const paths[] = { "bag/bagit.txt", "bag/bag-info.txt", "bag/manifest-sha256.txt" };
  g_autoptr (SakAgeReader) age = fuzz_seal (bytes, size);
  g_autoptr (SakUnpacker) unpacker = sak_unpacker_new (age, flags, BUDGET, NULL);
  guint64 total = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const void *piece;
      guint64 member_size, done = 0;
      gsize got = 1;

      if (!sak_unpacker_next (unpacker, paths[i], BUDGET / 4, &member_size, NULL))
        return;
      g_assert_cmpuint (member_size, <=, BUDGET / 4);
      while (got > 0)
        {
          if (!sak_unpacker_read (unpacker, &piece, &got, NULL))
            return;
          done += got;
        }
      g_assert_cmpuint (done, ==, member_size);
      total += done;
      g_assert_cmpuint (total, <=, BUDGET);
    }
  (void) !sak_unpacker_finish (unpacker, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  unpack (bytes, size, SAK_UNPACKER_PLAIN);
  unpack (bytes, size, SAK_UNPACKER_ZSTD);
  return 0;
}
