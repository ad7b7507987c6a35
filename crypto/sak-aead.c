/* sak-aead.c - XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), tag apart from the text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-aead.h"

#include <sodium.h>

G_STATIC_ASSERT (SAK_AEAD_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (SAK_AEAD_NONCE_SIZE == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (SAK_AEAD_TAG_SIZE == crypto_aead_xchacha20poly1305_ietf_ABYTES);

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
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (output, tag, NULL, input, size,
                                                       associated, associated_size,
                                                       NULL, nonce, key);
}

/* Returns: whether the tag fits; @output is untouched if it does not. */
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
  return crypto_aead_xchacha20poly1305_ietf_decrypt_detached (output, NULL, input, size, tag,
                                                              associated, associated_size,
                                                              nonce, key) == 0;
}
