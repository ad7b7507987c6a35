/* sak-parts-stream.h - several files, read as one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SAK_TYPE_PARTS_STREAM (sak_parts_stream_get_type ())
G_DECLARE_FINAL_TYPE (SakPartsStream, sak_parts_stream, SAK, PARTS_STREAM, GInputStream)

/* @paths: char *, in order. Opens one after the other. */
GInputStream *sak_parts_stream_new (GPtrArray *paths) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
