/* sak-path.h - field paths: what a record's fields may be called
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * [a-z0-9_.-]+ and, for what repeats, "/" and a UUID: "title", "identity.name",
 * "links/0b8f…". Strict, so that a path can be printed and compared as it is.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_PATH_MAX_SIZE 128
/* Fields of one record, whoever made it. */
#define SAK_PATH_MAX_FIELDS 4096

#define SAK_PATH_IDENTITY_PREFIX "identity."
#define SAK_PATH_LINKS "links"
#define SAK_PATH_MEDIA "media"
#define SAK_PATH_CODE "code"

gboolean    sak_path_is_valid    (const char *path);
gboolean    sak_path_is_identity (const char *path);
/* Whether @path is @collection ‖ "/" ‖ UUID. */
gboolean    sak_path_is_in       (const char *path,
                                  const char *collection);

G_END_DECLS
