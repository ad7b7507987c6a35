/* sak-media-type.h - what a file is, told from its first bytes, never from its name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @bytes: foreign, at most the first few hundred kilobytes of the file. */
const char *sak_media_type_guess   (const guint8 *bytes,
                                    gsize         size);

G_END_DECLS
