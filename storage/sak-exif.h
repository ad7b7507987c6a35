/* sak-exif.h - what a camera wrote into its picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Source: CIPA DC-008 (Exif 2.32); only the few tags that say when, with what, and whether
 * where. Serial numbers and the position itself are not taken: they stay in the original.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_EXIF_CAMERA_SIZE 80

typedef struct
{
  gboolean is_there;            /* the picture carries camera data at all */
  gboolean has_position;
  char taken[20];               /* "2019-07-14T05:42:10", the camera's own clock; or "" */
  char camera[SAK_EXIF_CAMERA_SIZE];    /* make and model, printable ASCII; or "" */
} SakExif;

/* @bytes: foreign, the beginning of the file: what lies behind it is not seen. */
void sak_exif_read (const guint8 *bytes,
                    gsize         size,
                    SakExif      *ret_exif);

G_END_DECLS
