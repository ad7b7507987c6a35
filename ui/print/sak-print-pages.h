/* sak-print-pages.h - draws blocks of text on pages
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* As PDF, A4. INVALID where the blocks are none, FAILED where cairo fails. */
GByteArray *sak_print_draw (const json_t  *blocks,
                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
