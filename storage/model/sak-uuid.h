/* sak-uuid.h - record ids: random UUIDs (RFC 9562, version 4)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In programs and text always the canonical lower-case form of 36 characters.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_UUID_SIZE 16

char     *sak_uuid_from_bytes (const guint8  bytes[static SAK_UUID_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_uuid_to_bytes   (const char   *text,
                               guint8        bytes[static SAK_UUID_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
gboolean  sak_uuid_is_valid   (const char   *text);

G_END_DECLS
