/* sak-packer.h - a tar, compressed or plain, into an age file
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-age.h"

G_BEGIN_DECLS

typedef struct _SakPacker SakPacker;

typedef enum
{
  SAK_PACKER_ZSTD = 0,
  SAK_PACKER_PLAIN = 1 << 0,    /* what is in it is encrypted already */
} SakPackerFlags;

/* @sink and @cancellable are borrowed. */
SakPacker *sak_packer_new          (SakAgeWriter  *sink,
                                    SakPackerFlags flags,
                                    gint64         time,
                                    GCancellable  *cancellable,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Exactly @size bytes must be written before the next one begins. */
gboolean   sak_packer_begin_member (SakPacker     *self,
                                    const char    *path,
                                    guint64        size,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean   sak_packer_write        (SakPacker     *self,
                                    const void    *bytes,
                                    gsize          size,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the tar and the frame; the age file is the caller's to finish. */
gboolean   sak_packer_finish       (SakPacker     *self,
                                    GError       **error) G_GNUC_WARN_UNUSED_RESULT;
void       sak_packer_free         (SakPacker     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakPacker, sak_packer_free)

G_END_DECLS
