/* sak-sign.c - Ed25519 signatures (RFC 8032) and X25519 key pairs (RFC 7748)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-sign.h"

#include <sodium.h>

G_STATIC_ASSERT (SAK_SIGN_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (SAK_SIGN_SEED_SIZE == crypto_sign_SEEDBYTES);
G_STATIC_ASSERT (SAK_SIGN_SIZE == crypto_sign_BYTES);

static SakSecret *
expand_seed (SakSecret *seed,
             guint8     public_key[static SAK_SIGN_PUBLIC_SIZE])
{
  SakSecret *expanded = sak_secret_new (crypto_sign_SECRETKEYBYTES);

  g_assert (sak_secret_get_size (seed) == SAK_SIGN_SEED_SIZE);
  crypto_sign_seed_keypair (public_key, sak_secret_get_bytes (expanded),
                            sak_secret_get_bytes (seed));
  return expanded;
}

void
sak_sign_get_public (SakSecret *seed,
                     guint8     public_key[static SAK_SIGN_PUBLIC_SIZE])
{
  sak_secret_unref (expand_seed (seed, public_key));
}

void
sak_sign (SakSecret  *seed,
          const void *message,
          gsize       size,
          guint8      signature[static SAK_SIGN_SIZE])
{
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];
  g_autoptr (SakSecret) expanded = expand_seed (seed, public_key);

  crypto_sign_detached (signature, NULL, message, size, sak_secret_get_bytes (expanded));
}

/* libsodium refuses small-order keys and non-canonical signatures itself. */
gboolean
sak_sign_verify (const guint8  public_key[static SAK_SIGN_PUBLIC_SIZE],
                 const void   *message,
                 gsize         size,
                 const guint8  signature[static SAK_SIGN_SIZE])
{
  return crypto_sign_verify_detached (signature, message, size, public_key) == 0;
}

void
sak_x25519_get_public (SakSecret *secret,
                       guint8     public_key[static SAK_X25519_SIZE])
{
  g_assert (sak_secret_get_size (secret) == SAK_X25519_SIZE);
  crypto_scalarmult_base (public_key, sak_secret_get_bytes (secret));
}
