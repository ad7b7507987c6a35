/* sak-bech32.h - bytes as Bech32 text (BIP 173) without its length limit, as age keys have it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long the text is, without a terminating zero. */
#define SAK_BECH32_LENGTH(prefix_length, size) ((prefix_length) + 1 + ((size) * 8 + 4) / 5 + 6)

/* The prefix's case is the text's case, both ways. */
void     sak_bech32_encode (const char   *prefix,
                            const guint8 *bytes,
                            gsize         size,
                            char         *text);
gboolean sak_bech32_decode (const char   *prefix,
                            const char   *text,
                            guint8       *bytes,
                            gsize         size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
