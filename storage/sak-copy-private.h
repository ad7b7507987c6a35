/* sak-copy-private.h - taking one file out of a stream
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* To a new file of exactly @size bytes, synced. */
gboolean sak_copy_to_file   (GInputStream  *content,
                             const char    *path,
                             guint64        size,
                             GCancellable  *cancellable,
                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Exactly @size bytes. */
gboolean sak_copy_to_memory (GInputStream  *content,
                             guint8        *bytes,
                             gsize          size,
                             GCancellable  *cancellable,
                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
