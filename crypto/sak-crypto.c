/* sak-crypto.c - starting the cryptographic library, and random bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-crypto.h"

#include <sodium.h>

#include "crypto/sak-chacha.h"

/**
 * sak_crypto_init:
 *
 * Must be the first call of every program: without sodium_init() libsodium
 * silently runs its portable code, three times slower. May be called again.
 */
void
sak_crypto_init (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      int result = sodium_init ();

      g_assert (result >= 0);
      sak_chacha_init ();
      g_once_init_leave (&done, 1);
    }
}

void
sak_random_bytes (void  *buffer,
                  gsize  size)
{
  randombytes_buf (buffer, size);
}

/* A memset that the compiler may not remove. */
void
sak_wipe (void  *buffer,
          gsize  size)
{
  sodium_memzero (buffer, size);
}

/* In constant time: for tags, digests and keys. */
gboolean
sak_equal (const void *a,
           const void *b,
           gsize       size)
{
  return sodium_memcmp (a, b, size) == 0;
}

void
sak_expand (const guint8  seed[static 32],
            void         *buffer,
            gsize         size)
{
  static const guint8 nonce[crypto_stream_chacha20_ietf_NONCEBYTES];

  crypto_stream_chacha20_ietf (buffer, size, nonce, seed);
}
