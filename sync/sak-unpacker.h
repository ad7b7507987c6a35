/* sak-unpacker.h - the tar in a bundle or backup, member by member, strictly, within a budget
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-age.h"

G_BEGIN_DECLS

typedef struct _SakUnpacker SakUnpacker;

typedef enum
{
  SAK_UNPACKER_ZSTD = 0,
  SAK_UNPACKER_PLAIN = 1 << 0,  /* the tar is not compressed */
} SakUnpackerFlags;

/* @source, which stands after the preamble, and @cancellable are borrowed.
 * @budget: how many bytes the tar may have, headers and all.
 */
SakUnpacker *sak_unpacker_new    (SakAgeReader  *source,
                                  SakUnpackerFlags flags,
                                  guint64        budget,
                                  GCancellable  *cancellable) G_GNUC_WARN_UNUSED_RESULT;
/* Of every member, seconds since 1970; before the first is asked for. Else all have that of the first. */
void         sak_unpacker_expect_time (SakUnpacker *self,
                                       gint64       time);
/* The next member must be a plain file of this name. */
gboolean     sak_unpacker_next   (SakUnpacker   *self,
                                  const char    *path,
                                  guint64        max_size,
                                  guint64       *ret_size,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Some of the member, borrowed until the next call; of size 0 at its end. */
gboolean     sak_unpacker_read   (SakUnpacker   *self,
                                  const void   **ret_bytes,
                                  gsize         *ret_size,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* No member must be left, and nothing after the tar, the frame, the age file. */
gboolean     sak_unpacker_finish (SakUnpacker   *self,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void         sak_unpacker_free   (SakUnpacker   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakUnpacker, sak_unpacker_free)

G_END_DECLS
