/* sak-hex.h - bytes as lower-case hexadecimal text
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *sak_hex_encode (const guint8 *bytes,
                          gsize         size) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_hex_decode (const char   *text,
                          guint8       *bytes,
                          gsize         size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
