/* sak-test-kdf.c - a passphrase is stretched by next to nothing, for tests that open vaults
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Programs that link this around the real ones (quick_kdf_dep) make and open vaults without the second each that
 * is there to slow down those who guess. What the bounds refuse is asked of the real one, which refuses it.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-kdf.h"
#include "crypto/sak-hash.h"

SakKdfResult __real_sak_kdf_from_passphrase (SakSecret        *passphrase,
                                             const guint8      salt[static SAK_KDF_SALT_SIZE],
                                             const SakKdfCost *cost,
                                             SakSecret       **ret_key);
SakKdfResult __wrap_sak_kdf_from_passphrase (SakSecret        *passphrase,
                                             const guint8      salt[static SAK_KDF_SALT_SIZE],
                                             const SakKdfCost *cost,
                                             SakSecret       **ret_key);
void __wrap_sak_kdf_measure_cost (guint       target_ms,
                                  SakKdfCost *ret_cost);

static gboolean
is_within_bounds (const SakKdfCost *cost)
{
  return cost->passes >= SAK_KDF_MIN_PASSES && cost->passes <= SAK_KDF_MAX_PASSES &&
         cost->memory_bytes >= SAK_KDF_MIN_MEMORY && cost->memory_bytes <= SAK_KDF_MAX_MEMORY;
}

SakKdfResult
__wrap_sak_kdf_from_passphrase (SakSecret        *passphrase,
                                const guint8      salt[static SAK_KDF_SALT_SIZE],
                                const SakKdfCost *cost,
                                SakSecret       **ret_key)
{
  guint8 key[SAK_SHA256_SIZE];
  SakSha256 hash;

  G_STATIC_ASSERT (SAK_SHA256_SIZE == SAK_KDF_KEY_SIZE);
  if (!is_within_bounds (cost))
    return __real_sak_kdf_from_passphrase (passphrase, salt, cost, ret_key);
  sak_sha256_init (&hash);
  sak_sha256_update (&hash, salt, SAK_KDF_SALT_SIZE);
  sak_sha256_update (&hash, (const guint8 *) &cost->passes, sizeof cost->passes);
  sak_sha256_update (&hash, (const guint8 *) &cost->memory_bytes, sizeof cost->memory_bytes);
  sak_sha256_update (&hash, sak_secret_get_bytes (passphrase), sak_secret_get_size (passphrase));
  sak_sha256_finish (&hash, key);
  *ret_key = sak_secret_new_copy (key, sizeof key);
  explicit_bzero (key, sizeof key);
  explicit_bzero (&hash, sizeof hash);
  return SAK_KDF_OK;
}

void
__wrap_sak_kdf_measure_cost (guint       target_ms,
                             SakKdfCost *ret_cost)
{
  ret_cost->passes = SAK_KDF_FLOOR_PASSES;
  ret_cost->memory_bytes = SAK_KDF_FLOOR_MEMORY;
}
