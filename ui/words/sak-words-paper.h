/* sak-words-paper.h - what is put on paper, as blocks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An array of { "style": "title", "heading", "item", "question", "row", "text", "plain" or "code"; "label"?, "text";
 * "depth"? }. A label stands beside the text of a row. @depth: how far a row stands in, 0 to SAK_PAPER_MAX_DEPTH.
 * { "style": "picture"; "turn"?, "foot"? }: the rest of a page, or a page of its own, for a picture that is given
 * besides (ui/print/sak-print.h), turned by quarters to the right; what stands in the place of the page's number.
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

#define SAK_PAPER_MAX_DEPTH 3

/* One paragraph: line ends become spaces. */
void    sak_paper_add       (json_t       *blocks,
                             const char   *style,
                             const char   *label,
                             const char   *text);
/* Keeps line ends. Nothing where @text is NULL or "". */
void    sak_paper_add_row   (json_t       *blocks,
                             guint         depth,
                             const char   *label,
                             const char   *text);
/* Running text, however long. */
void    sak_paper_add_lines (json_t       *blocks,
                             const char   *text);
/* A text of somebody else's, with its lines as they are. */
void    sak_paper_add_plain (json_t       *blocks,
                             const char   *text);
void    sak_paper_add_picture (json_t     *blocks,
                               int         turn,
                               const char *foot);
/* What sak_print_to_pdf() takes. @footer: stands on each page, beside its number. */
json_t *sak_paper_new       (const json_t *blocks,
                             const char   *footer,
                             gboolean      is_practice) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
