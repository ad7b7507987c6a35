/* sak-print-wire.h - what the program that draws pages is given by its standard input
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paper as JSON; and where it has pictures, a byte that ends it and then each of them, in the
 * order of their blocks. Both ends run on one machine, so numbers are in its own order.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_PRINT_TEXT_END 0
#define SAK_PRINT_MAX_SIDE 8192

/* Followed by 4 * width * height bytes: RGBA, not premultiplied. */
typedef struct
{
  guint32 width;
  guint32 height;
} SakPrintPicture;

G_END_DECLS
