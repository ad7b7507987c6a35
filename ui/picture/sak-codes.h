/* sak-codes.h - QR codes in a picture, found by a child process that can do nothing else
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A picture may have been made to break whoever looks for codes in it, too. So sakkhi-codes gets grey pixels, has
 * no files, network or time to spare, and answers with what stands in the codes, within the limits given here.
 */
#pragma once

#include "crypto/sak-secret.h"
#include "ui/picture/sak-picture.h"

G_BEGIN_DECLS

#define SAK_CODES_MAX_SIDE 4096
#define SAK_CODES_MAX 16
/* More than the largest QR code holds. */
#define SAK_CODES_MAX_SIZE 8192

/* All return an array of SakSecret, since a code may hold a key: the bytes of each code, whatever they are; empty
 * where there is none. For worker's threads: ten seconds at most for each child.
 */
/* @grey: a byte for each pixel, 255 is light, rows without padding. FAILED, or cancelled. */
GPtrArray *sak_codes_find            (GBytes            *grey,
                                      guint              width,
                                      guint              height,
                                      GCancellable      *cancellable,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* @stream, @type: as sak_picture_decode() takes them; the same errors besides. */
GPtrArray *sak_codes_find_in_picture (GInputStream      *stream,
                                      const char        *type,
                                      GCancellable      *cancellable,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
