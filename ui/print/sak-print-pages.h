/* sak-print-pages.h - draws blocks of text on pages
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* As PDF, A4. @paper: see sak-words-paper.h. INVALID where it has no blocks, FAILED where cairo fails. */
GByteArray *sak_print_draw (const json_t  *paper,
                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
