/* sak-crypto.h - starting the cryptographic library, and random bytes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sak_crypto_init  (void);
void sak_random_bytes (void  *buffer,
                       gsize  size);
void sak_wipe         (void  *buffer,
                       gsize  size);
gboolean sak_equal    (const void *a,
                       const void *b,
                       gsize       size) G_GNUC_WARN_UNUSED_RESULT;

/* The same @size bytes for the same seed, always (ChaCha20, RFC 8439, zero nonce). */
void sak_expand       (const guint8  seed[static 32],
                       void         *buffer,
                       gsize         size);

G_END_DECLS
