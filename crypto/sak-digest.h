/* sak-digest.h - the hashes that manifests of others are made with, by name (nettle)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For checking what somebody else wrote. Nothing of ours rests on MD5 or SHA-1.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_DIGEST_MAX_SIZE 64

typedef struct _SakDigest SakDigest;

/* "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3256", "sha3384", "sha3512", in any case.
 * Returns: its size in bytes, 0 for a name that is none of these.
 */
gsize      sak_digest_get_size (const char   *algorithm);
/* NULL where the size is 0. */
SakDigest *sak_digest_new      (const char   *algorithm) G_GNUC_WARN_UNUSED_RESULT;
void       sak_digest_update   (SakDigest    *self,
                                const void   *bytes,
                                gsize         size);
/* Lower case hexadecimal digits. @self then begins anew. */
char      *sak_digest_finish   (SakDigest    *self) G_GNUC_WARN_UNUSED_RESULT;
void       sak_digest_free     (SakDigest    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakDigest, sak_digest_free)

G_END_DECLS
