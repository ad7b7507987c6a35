/* sak-sign.h - Ed25519 signatures (RFC 8032) and X25519 key pairs (RFC 7748)
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-secret.h"

G_BEGIN_DECLS

#define SAK_SIGN_PUBLIC_SIZE 32
#define SAK_SIGN_SEED_SIZE 32
#define SAK_SIGN_SIZE 64
#define SAK_X25519_SIZE 32

/* The secret is the 32-byte seed; the public key follows from it. */
void      sak_sign_get_public   (SakSecret    *seed,
                                 guint8        public_key[static SAK_SIGN_PUBLIC_SIZE]);
void      sak_sign              (SakSecret    *seed,
                                 const void   *message,
                                 gsize         size,
                                 guint8        signature[static SAK_SIGN_SIZE]);
gboolean  sak_sign_verify       (const guint8  public_key[static SAK_SIGN_PUBLIC_SIZE],
                                 const void   *message,
                                 gsize         size,
                                 const guint8  signature[static SAK_SIGN_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
void      sak_x25519_get_public (SakSecret    *secret,
                                 guint8        public_key[static SAK_X25519_SIZE]);

G_END_DECLS
