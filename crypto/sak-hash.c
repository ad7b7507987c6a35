/* sak-hash.c - SHA-256, HMAC, HKDF (nettle) and BLAKE2b (libsodium)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-hash.h"

#include "crypto/sak-crypto.h"

#include <nettle/hkdf.h>
#include <nettle/hmac.h>
#include <sodium.h>
#include <string.h>

struct _SakBlake2b
{
  crypto_generichash_state *state;
  gsize digest_size;
  gboolean is_keyed;            /* the state then holds a secret */
};

void
sak_sha256_init (SakSha256 *self)
{
  sha256_init (self);
}

void
sak_sha256_update (SakSha256  *self,
                   const void *bytes,
                   gsize       size)
{
  sha256_update (self, size, bytes);
}

void
sak_sha256_finish (SakSha256 *self,
                   guint8     digest[static SAK_SHA256_SIZE])
{
  sha256_digest (self, SAK_SHA256_SIZE, digest);
}

void
sak_sha256 (const void *bytes,
            gsize       size,
            guint8      digest[static SAK_SHA256_SIZE])
{
  SakSha256 hash;

  sha256_init (&hash);
  sha256_update (&hash, size, bytes);
  sha256_digest (&hash, SAK_SHA256_SIZE, digest);
}

void
sak_hmac_sha256 (const guint8 *key,
                 gsize         key_size,
                 const void   *bytes,
                 gsize         size,
                 guint8        mac[static SAK_SHA256_SIZE])
{
  struct hmac_sha256_ctx hmac;

  hmac_sha256_set_key (&hmac, key_size, key);
  hmac_sha256_update (&hmac, size, bytes);
  hmac_sha256_digest (&hmac, SAK_SHA256_SIZE, mac);
  sak_wipe (&hmac, sizeof hmac);
}

/* One block of output, which is all that age and the vault ask for. */
void
sak_hkdf_sha256 (const guint8 *input,
                 gsize         input_size,
                 const guint8 *salt,
                 gsize         salt_size,
                 const char   *info,
                 guint8        output[static SAK_SHA256_SIZE])
{
  static const guint8 no_salt[SAK_SHA256_SIZE];
  struct hmac_sha256_ctx hmac;
  guint8 extracted[SAK_SHA256_SIZE];

  if (salt_size > 0)
    hmac_sha256_set_key (&hmac, salt_size, salt);
  else
    hmac_sha256_set_key (&hmac, sizeof no_salt, no_salt);
  hmac_sha256_update (&hmac, input_size, input);
  hmac_sha256_digest (&hmac, sizeof extracted, extracted);

  hmac_sha256_set_key (&hmac, sizeof extracted, extracted);
  hkdf_expand (&hmac, (nettle_hash_update_func *) hmac_sha256_update,
               (nettle_hash_digest_func *) hmac_sha256_digest, SHA256_DIGEST_SIZE,
               strlen (info), (const guint8 *) info, SAK_SHA256_SIZE, output);
  sak_wipe (&hmac, sizeof hmac);
  sak_wipe (extracted, sizeof extracted);
}

void
sak_blake2b (const guint8 *key,
             gsize         key_size,
             const void   *bytes,
             gsize         size,
             guint8       *digest,
             gsize         digest_size)
{
  int result = crypto_generichash (digest, digest_size, bytes, size, key, key_size);

  g_assert (result == 0);
}

SakBlake2b *
sak_blake2b_new (const guint8 *key,
                 gsize         key_size,
                 gsize         digest_size)
{
  SakBlake2b *self = g_new0 (SakBlake2b, 1);
  int result;

  self->is_keyed = key_size > 0;
  if (self->is_keyed)
    self->state = sodium_malloc (sizeof *self->state);
  else
    self->state = g_aligned_alloc (1, sizeof *self->state, 64);
  g_assert (self->state != NULL);
  self->digest_size = digest_size;
  result = crypto_generichash_init (self->state, key, key_size, digest_size);
  g_assert (result == 0);
  return self;
}

void
sak_blake2b_update (SakBlake2b *self,
                    const void *bytes,
                    gsize       size)
{
  crypto_generichash_update (self->state, bytes, size);
}

void
sak_blake2b_finish (SakBlake2b *self,
                    guint8     *digest)
{
  crypto_generichash_final (self->state, digest, self->digest_size);
}

void
sak_blake2b_free (SakBlake2b *self)
{
  if (self == NULL)
    return;
  if (self->is_keyed)
    sodium_free (self->state);
  else
    g_aligned_free (self->state);
  g_free (self);
}
