/* sak-kdf.c - keys from passphrases (Argon2id) and keys from keys (BLAKE2b)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-kdf.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "crypto/sak-platform.h"

#include <sodium.h>
#include <string.h>

/* More than this much makes guessing no dearer by much, and opening slow where memory is. */
#define PREFERRED_MEMORY (512ULL * 1024 * 1024)

G_STATIC_ASSERT (SAK_KDF_FLOOR_PASSES >= SAK_KDF_MIN_PASSES && SAK_KDF_FLOOR_MEMORY >= SAK_KDF_MIN_MEMORY);
G_STATIC_ASSERT (SAK_KDF_SALT_SIZE == crypto_pwhash_argon2id_SALTBYTES);

static gboolean
cost_is_in_bounds (const SakKdfCost *cost)
{
  return cost->passes >= SAK_KDF_MIN_PASSES && cost->passes <= SAK_KDF_MAX_PASSES &&
         cost->memory_bytes >= SAK_KDF_MIN_MEMORY && cost->memory_bytes <= SAK_KDF_MAX_MEMORY;
}

/**
 * sak_kdf_from_passphrase:
 * @passphrase: the bytes as they are: normalising is the caller's
 * @ret_key: (out): %SAK_KDF_KEY_SIZE bytes
 *
 * Takes about a second by design: never on a user-interface thread.
 */
SakKdfResult
sak_kdf_from_passphrase (SakSecret        *passphrase,
                         const guint8      salt[static SAK_KDF_SALT_SIZE],
                         const SakKdfCost *cost,
                         SakSecret       **ret_key)
{
  g_autoptr (SakSecret) key = NULL;

  if (!cost_is_in_bounds (cost))
    return SAK_KDF_OUT_OF_BOUNDS;
  key = sak_secret_new (SAK_KDF_KEY_SIZE);
  if (crypto_pwhash_argon2id (sak_secret_get_bytes (key), SAK_KDF_KEY_SIZE,
                              (const char *) sak_secret_get_bytes (passphrase),
                              sak_secret_get_size (passphrase), salt,
                              cost->passes, (size_t) cost->memory_bytes,
                              crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
    return SAK_KDF_NO_MEMORY;
  *ret_key = g_steal_pointer (&key);
  return SAK_KDF_OK;
}

/* A quarter of the machine's memory, within the bounds: a 2 GB laptop also runs a desktop. */
static guint64
affordable_memory (guint64 machine_bytes)
{
  return CLAMP (machine_bytes / 4, SAK_KDF_FLOOR_MEMORY, PREFERRED_MEMORY);
}

/**
 * sak_kdf_scale_cost:
 * @sample: what was tried, and took @sample_ms
 *
 * More passes where there is time for them; less memory, down to the floor, where the
 * machine is too slow for the fewest passes.
 */
void
sak_kdf_scale_cost (const SakKdfCost *sample,
                    guint64           sample_ms,
                    guint64           target_ms,
                    SakKdfCost       *ret_cost)
{
  const guint64 step = 1024 * 1024;
  SakKdfCost cost = *sample;

  sample_ms = MAX (sample_ms, 1);
  cost.passes = CLAMP (sample->passes * target_ms / sample_ms, SAK_KDF_FLOOR_PASSES, SAK_KDF_MAX_PASSES);
  if (sample->passes * target_ms / sample_ms < SAK_KDF_FLOOR_PASSES)
    cost.memory_bytes = sample->memory_bytes / step * target_ms * sample->passes /
                        (sample_ms * SAK_KDF_FLOOR_PASSES) * step;
  cost.memory_bytes = CLAMP (cost.memory_bytes, SAK_KDF_FLOOR_MEMORY, SAK_KDF_MAX_MEMORY);
  *ret_cost = cost;
}

/**
 * sak_kdf_measure_cost_on:
 * @target_ms: how long one derivation shall take
 * @machine_bytes: how much memory there is; a quarter is taken at the most, but never
 *   less than the floor
 *
 * Runs one derivation on this machine and scales it to the target.
 */
void
sak_kdf_measure_cost_on (guint       target_ms,
                         guint64     machine_bytes,
                         SakKdfCost *ret_cost)
{
  static const guint8 salt[SAK_KDF_SALT_SIZE];
  g_autoptr (SakSecret) sample = sak_secret_new_copy ("sample", 6);
  g_autoptr (SakSecret) key = NULL;
  SakKdfCost cost = { SAK_KDF_FLOOR_PASSES, affordable_memory (machine_bytes) };
  gint64 start = g_get_monotonic_time ();

  if (sak_kdf_from_passphrase (sample, salt, &cost, &key) == SAK_KDF_OK)
    sak_kdf_scale_cost (&cost, (guint64) (g_get_monotonic_time () - start) / 1000, target_ms, ret_cost);
  else
    *ret_cost = (SakKdfCost) { SAK_KDF_FLOOR_PASSES, SAK_KDF_FLOOR_MEMORY };
}

void
sak_kdf_measure_cost (guint       target_ms,
                      SakKdfCost *ret_cost)
{
  sak_kdf_measure_cost_on (target_ms, sak_platform_get_memory_size (), ret_cost);
}

/**
 * sak_kdf_derive:
 * @context: names what the subkey is for, e.g. "sakkhi vault main v1"
 * @salt: (nullable): public bytes that make the subkey this vault's or this file's own
 *
 * Returns: BLAKE2b-256 keyed by @key over the context, a zero byte, and the salt.
 */
SakSecret *
sak_kdf_derive (SakSecret    *key,
                const char   *context,
                const guint8 *salt,
                gsize         salt_size)
{
  SakSecret *subkey = sak_secret_new (SAK_KDF_KEY_SIZE);
  g_autoptr (SakBlake2b) hash = sak_blake2b_new (sak_secret_get_bytes (key),
                                                 sak_secret_get_size (key), SAK_KDF_KEY_SIZE);

  sak_blake2b_update (hash, context, strlen (context) + 1);
  if (salt_size > 0)
    sak_blake2b_update (hash, salt, salt_size);
  sak_blake2b_finish (hash, sak_secret_get_bytes (subkey));
  return subkey;
}
