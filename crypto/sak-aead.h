/* sak-aead.h - XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), tag apart from the text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_AEAD_KEY_SIZE 32
#define SAK_AEAD_NONCE_SIZE 24
#define SAK_AEAD_TAG_SIZE 16

/* @output and @input may be the same memory, and have @size bytes both. */
void     sak_aead_encrypt (const guint8  key[static SAK_AEAD_KEY_SIZE],
                           const guint8  nonce[static SAK_AEAD_NONCE_SIZE],
                           const void   *associated,
                           gsize         associated_size,
                           const guint8 *input,
                           gsize         size,
                           guint8       *output,
                           guint8        tag[static SAK_AEAD_TAG_SIZE]);
gboolean sak_aead_decrypt (const guint8  key[static SAK_AEAD_KEY_SIZE],
                           const guint8  nonce[static SAK_AEAD_NONCE_SIZE],
                           const void   *associated,
                           gsize         associated_size,
                           const guint8 *input,
                           gsize         size,
                           const guint8  tag[static SAK_AEAD_TAG_SIZE],
                           guint8       *output) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
