/* sak-print-pages.h - draws blocks of text on pages
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* The next picture of the paper, in the order of its blocks: 4 bytes a pixel, RGBA. NULL where none comes. */
typedef guint8 *(*SakPrintReadFunc) (gpointer  data,
                                     guint    *ret_width,
                                     guint    *ret_height);

/* As PDF, A4. @paper: see sak-words-paper.h. INVALID where it has no blocks, or its pictures do not come; FAILED
 * where cairo fails.
 */
GByteArray *sak_print_draw (const json_t      *paper,
                            SakPrintReadFunc   read,
                            gpointer           data,
                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
