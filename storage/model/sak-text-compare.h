/* sak-text-compare.h - what was taken out of a text and what was put in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAK_TEXT_SAME,
  SAK_TEXT_REMOVED,
  SAK_TEXT_ADDED,
} SakTextPieceKind;

typedef struct
{
  SakTextPieceKind kind;
  char *text;
} SakTextPiece;

void       sak_text_piece_free (SakTextPiece *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakTextPiece, sak_text_piece_free)

/* Of SakTextPiece. SAME and REMOVED together are @before, SAME and ADDED are @after. */
GPtrArray *sak_text_compare    (const char   *before,
                                const char   *after) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
