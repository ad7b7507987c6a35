/* sak-minisign.h - minisign signatures (jedisct1/minisign), prehashed form
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-sign.h"

G_BEGIN_DECLS

#define SAK_MINISIGN_MAX_COMMENT 512

/* The key id is the first 8 bytes of BLAKE2b-256 of the public key: a hint only.
 * As text: the line for -P; as file: that line below a comment, for -p.
 */
char     *sak_minisign_public_key_to_text (const guint8  public_key[static SAK_SIGN_PUBLIC_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
char     *sak_minisign_public_key_to_file (const guint8  public_key[static SAK_SIGN_PUBLIC_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
char     *sak_minisign_sign               (SakSecret    *seed,
                                           const void   *content,
                                           gsize         size,
                                           const char   *trusted_comment) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_minisign_verify             (const guint8  public_key[static SAK_SIGN_PUBLIC_SIZE],
                                           const void   *content,
                                           gsize         size,
                                           const char   *signature_text,
                                           gsize         signature_size,
                                           char        **ret_trusted_comment) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
