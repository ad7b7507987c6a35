/* sak-text-decode.h - the words of a text file, whatever letters were encoded by
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For showing: valid UTF-8 without control characters but for line ends and tabs.
 * @is_cut: the bytes may end inside a letter. @ret_encoding: its name, static or interned.
 * NULL where these bytes are no text.
 */
char *sak_text_decode (const guint8  *bytes,
                       gsize          size,
                       gboolean       is_cut,
                       const char   **ret_encoding) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
