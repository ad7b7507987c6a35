/* sak-base64.h - reading base64 strictly
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @variant: one of libsodium's sodium_base64_VARIANT_*. */
gboolean sak_base64_decode (const char *text,
                            gsize       length,
                            int         variant,
                            guint8     *bytes,
                            gsize       room,
                            gsize      *ret_size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
