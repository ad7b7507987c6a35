/* sak-codes-private.h - what the windows and sakkhi-codes say to each other
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sakkhi-codes WIDTH HEIGHT, with one socket as its standard input and output. In: WIDTH * HEIGHT grey pixels. Out:
 * one SakCodesAnswer and, if its status is OK, for each code its size in four bytes and its bytes, to the end.
 * Numbers are in the machine's own order.
 */
#pragma once

#include "ui/picture/sak-picture-private.h"

G_BEGIN_DECLS

#define SAK_CODES_MAGIC 0x31434b53

typedef struct
{
  guint32 magic;
  guint32 status;               /* SakPictureStatus */
  guint32 n_codes;
} SakCodesAnswer;

int sak_codes_child_main (int    argc,
                          char **argv);

G_END_DECLS
