/* sak-hash.h - SHA-256, HMAC, HKDF (nettle) and BLAKE2b (libsodium)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SHA-256 comes from nettle: with SHA-NI it is five times faster than libsodium's or
 * GLib's, and libarchive brings it along anyway.
 */
#pragma once

#include <glib.h>
#include <nettle/sha2.h>

G_BEGIN_DECLS

#define SAK_SHA256_SIZE 32
#define SAK_BLAKE2B_MAX_SIZE 64

typedef struct sha256_ctx SakSha256;
typedef struct _SakBlake2b SakBlake2b;

void sak_sha256_init   (SakSha256    *self);
void sak_sha256_update (SakSha256    *self,
                        const void   *bytes,
                        gsize         size);
void sak_sha256_finish (SakSha256    *self,
                        guint8        digest[static SAK_SHA256_SIZE]);
void sak_sha256        (const void   *bytes,
                        gsize         size,
                        guint8        digest[static SAK_SHA256_SIZE]);

/* RFC 2104 and RFC 5869 over SHA-256. */
void sak_hmac_sha256   (const guint8 *key,
                        gsize         key_size,
                        const void   *bytes,
                        gsize         size,
                        guint8        mac[static SAK_SHA256_SIZE]);
void sak_hkdf_sha256   (const guint8 *input,
                        gsize         input_size,
                        const guint8 *salt,
                        gsize         salt_size,
                        const char   *info,
                        guint8        output[static SAK_SHA256_SIZE]);

/* @key may be NULL; @digest_size 16 to 64, @key_size 16 to 64. */
void        sak_blake2b        (const guint8 *key,
                                gsize         key_size,
                                const void   *bytes,
                                gsize         size,
                                guint8       *digest,
                                gsize         digest_size);
SakBlake2b *sak_blake2b_new    (const guint8 *key,
                                gsize         key_size,
                                gsize         digest_size) G_GNUC_WARN_UNUSED_RESULT;
void        sak_blake2b_update (SakBlake2b   *self,
                                const void   *bytes,
                                gsize         size);
void        sak_blake2b_finish (SakBlake2b   *self,
                                guint8       *digest);
void        sak_blake2b_free   (SakBlake2b   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBlake2b, sak_blake2b_free)

G_END_DECLS
