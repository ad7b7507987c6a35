/* sak-picture.h - pictures from outside, decoded by a child process that can do nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture may have been made to break its decoder. So the windows never decode one: they
 * start sakkhi-picture (for PDF sakkhi-pages), write the bytes into a socket and read pixels
 * back. The child has no files, no network and little time and memory (sak-picture-confine.c); what it answers is
 * believed only within the limits given here.
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

#define SAK_PICTURE_MAX_SIDE 8192
#define SAK_PICTURE_MAX_BYTES (256 * 1024 * 1024)
#define SAK_PICTURE_MAX_PAGES_BYTES (128 * 1024 * 1024)
#define SAK_PICTURE_MAX_PAGES 100000

/* Pixels are RGBA, not premultiplied, with no padding: 4 * width to the row. */
typedef struct
{
  guint width;
  guint height;
  guint n_pages;                /* 0 where there are none */
  GBytes *pixels;               /* wiped when the last reference goes */
} SakPicture;

void        sak_picture_free        (SakPicture    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakPicture, sak_picture_free)

SakPicture *sak_picture_decode      (GInputStream  *stream,
                                     const char    *type,
                                     guint          max_side,
                                     GCancellable  *cancellable,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
SakPicture *sak_picture_decode_page (GInputStream  *stream,
                                     const char    *type,
                                     guint          page,
                                     guint          max_side,
                                     GCancellable  *cancellable,
                                     GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether sakkhi-pages draws it. */
gboolean    sak_picture_has_pages   (const char    *type);

/* For tests: another program in the child's place, and how long it may take. */
void        sak_picture_set_program (const char    *path,
                                     guint          timeout_ms);

G_END_DECLS
