/* sak-manual-sheet.h - a page of the manual as it is printed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <jansson.h>

#include "ui/manual/sak-manual.h"

G_BEGIN_DECLS

/* Blocks for sak_paper_new(); pictures and links are left out. Returns: (transfer full) */
json_t *sak_manual_sheet_lay_out (const SakManualPage *page);

G_END_DECLS
