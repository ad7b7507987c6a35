/* sak-aead.c - XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), tag apart from the text
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HChaCha20 makes a key of this unit's own from the key and the nonce's first 16 bytes;
 * the rest is ChaCha20-Poly1305 with the last 8.
 */
#include "config.h"

#include "crypto/sak-aead.h"

#include <sodium.h>
#include <string.h>

#include "crypto/sak-chacha.h"

G_STATIC_ASSERT (SAK_AEAD_KEY_SIZE == crypto_core_hchacha20_KEYBYTES);
G_STATIC_ASSERT (SAK_AEAD_NONCE_SIZE == crypto_core_hchacha20_INPUTBYTES + 8);
G_STATIC_ASSERT (SAK_AEAD_TAG_SIZE == SAK_CHACHA_TAG_SIZE);

static void
derive_unit (const guint8 *key,
             const guint8 *nonce,
             guint8        unit_key[static SAK_CHACHA_KEY_SIZE],
             guint8        unit_nonce[static SAK_CHACHA_NONCE_SIZE])
{
  crypto_core_hchacha20 (unit_key, nonce, key, NULL);
  memset (unit_nonce, 0, 4);
  memcpy (unit_nonce + 4, nonce + crypto_core_hchacha20_INPUTBYTES, 8);
}

void
sak_aead_encrypt (const guint8  key[static SAK_AEAD_KEY_SIZE],
                  const guint8  nonce[static SAK_AEAD_NONCE_SIZE],
                  const void   *associated,
                  gsize         associated_size,
                  const guint8 *input,
                  gsize         size,
                  guint8       *output,
                  guint8        tag[static SAK_AEAD_TAG_SIZE])
{
  guint8 unit_key[SAK_CHACHA_KEY_SIZE];
  guint8 unit_nonce[SAK_CHACHA_NONCE_SIZE];
  const SakChachaUnit unit = { unit_key, unit_nonce, associated, associated_size };

  derive_unit (key, nonce, unit_key, unit_nonce);
  sak_chacha_seal (&unit, input, size, output, tag);
  sodium_memzero (unit_key, sizeof unit_key);
}

/* Returns: whether the tag fits; nothing of the text is in @output if it does not. */
gboolean
sak_aead_decrypt (const guint8  key[static SAK_AEAD_KEY_SIZE],
                  const guint8  nonce[static SAK_AEAD_NONCE_SIZE],
                  const void   *associated,
                  gsize         associated_size,
                  const guint8 *input,
                  gsize         size,
                  const guint8  tag[static SAK_AEAD_TAG_SIZE],
                  guint8       *output)
{
  guint8 unit_key[SAK_CHACHA_KEY_SIZE];
  guint8 unit_nonce[SAK_CHACHA_NONCE_SIZE];
  const SakChachaUnit unit = { unit_key, unit_nonce, associated, associated_size };
  gboolean is_authentic;

  derive_unit (key, nonce, unit_key, unit_nonce);
  is_authentic = sak_chacha_open (&unit, input, size, tag, output);
  sodium_memzero (unit_key, sizeof unit_key);
  return is_authentic;
}
