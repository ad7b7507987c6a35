/* sak-picture-private.h - what the windows and sakkhi-picture say to each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sakkhi-picture MAX_SIDE TYPE, or sakkhi-pages MAX_SIDE TYPE PAGE, with one socket as its
 * standard input and output. In: the file's bytes, to the end. Out: one SakPictureAnswer and,
 * if its status is OK, height rows of 4 * width bytes, to the end. Both run on one machine:
 * numbers are in its own order.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_PICTURE_MAGIC 0x32504b53

typedef enum
{
  SAK_PICTURE_STATUS_OK,
  SAK_PICTURE_STATUS_UNREADABLE,
  SAK_PICTURE_STATUS_TOO_LARGE,
  SAK_PICTURE_STATUS_FAILED,    /* the child could not confine itself, or was misused */
  SAK_PICTURE_STATUS_ENCRYPTED, /* pages that ask for a password */
} SakPictureStatus;

typedef struct
{
  guint32 magic;
  guint32 status;
  guint32 width;
  guint32 height;
  guint32 n_pages;              /* 0 for a picture */
} SakPictureAnswer;

int      sak_picture_child_main (int           argc,
                                 char        **argv);
int      sak_pages_child_main   (int           argc,
                                 char        **argv);

/* What both children do alike. */
gboolean sak_picture_write      (const guint8 *bytes,
                                 gsize         size);
int      sak_picture_refuse     (SakPictureStatus status);

gboolean sak_picture_confine    (void);
/* The same for pages, which need a font now and then: of the files that were opened before, by
 * sak_picture_open_font(), each can be opened again.
 */
gboolean sak_picture_confine_with_fonts (void);
void     sak_picture_open_font  (const char   *path);

G_END_DECLS
