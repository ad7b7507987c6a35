/* sak-picture-private.h - what the windows and sakkhi-picture say to each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sakkhi-picture MAX_SIDE TYPE, with one socket as its standard input and output. In: the
 * file's bytes, to the end. Out: one SakPictureAnswer and, if its status is OK, height rows of
 * 4 * width bytes, to the end. Both run on one machine: numbers are in its own order.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_PICTURE_MAGIC 0x31504b53

typedef enum
{
  SAK_PICTURE_STATUS_OK,
  SAK_PICTURE_STATUS_UNREADABLE,
  SAK_PICTURE_STATUS_TOO_LARGE,
  SAK_PICTURE_STATUS_FAILED,    /* the child could not confine itself, or was misused */
} SakPictureStatus;

typedef struct
{
  guint32 magic;
  guint32 status;
  guint32 width;
  guint32 height;
} SakPictureAnswer;

int      sak_picture_child_main (int    argc,
                                 char **argv);
gboolean sak_picture_confine    (void);

G_END_DECLS
