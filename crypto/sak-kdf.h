/* sak-kdf.h - keys from passphrases (Argon2id) and keys from keys (BLAKE2b)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

#define SAK_KDF_SALT_SIZE 16
#define SAK_KDF_KEY_SIZE 32

/* Argon2id bounds, enforced before any hashing: a hostile header must not be able to
 * ask for 64 GiB, nor a careless one for a cost that a laptop guesses through.
 */
#define SAK_KDF_MIN_PASSES 3
#define SAK_KDF_MAX_PASSES 64
#define SAK_KDF_MIN_MEMORY (256ULL * 1024 * 1024)
#define SAK_KDF_MAX_MEMORY (2048ULL * 1024 * 1024)

/* What is made costs no less than this, and a slot below it is wrapped anew when it next
 * opens. Machines get faster: raise these, and leave the ones above for old vaults.
 */
#define SAK_KDF_FLOOR_PASSES 3
#define SAK_KDF_FLOOR_MEMORY (256ULL * 1024 * 1024)

/* About a second on the machine where the passphrase is set (DESIGN §5). */
#define SAK_KDF_TARGET_MS 1000

typedef struct
{
  guint64 passes;
  guint64 memory_bytes;
} SakKdfCost;

typedef enum
{
  SAK_KDF_OK,
  SAK_KDF_OUT_OF_BOUNDS,
  SAK_KDF_NO_MEMORY,
} SakKdfResult;

SakKdfResult  sak_kdf_from_passphrase (SakSecret        *passphrase,
                                       const guint8      salt[static SAK_KDF_SALT_SIZE],
                                       const SakKdfCost *cost,
                                       SakSecret       **ret_key) G_GNUC_WARN_UNUSED_RESULT;
void          sak_kdf_measure_cost    (guint             target_ms,
                                       SakKdfCost       *ret_cost);
void          sak_kdf_measure_cost_on (guint           target_ms,
                                       guint64           machine_bytes,
                                       SakKdfCost       *ret_cost);
void          sak_kdf_scale_cost      (const SakKdfCost *sample,
                                       guint64           sample_ms,
                                       guint64           target_ms,
                                       SakKdfCost       *ret_cost);
SakSecret    *sak_kdf_derive          (SakSecret        *key,
                                       const char       *context,
                                       const guint8     *salt,
                                       gsize             salt_size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
