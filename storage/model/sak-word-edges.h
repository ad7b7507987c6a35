/* sak-word-edges.h - where words begin and end in a script that does not show it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For one thread at a time. */
typedef struct _SakWordEdges SakWordEdges;

SakWordEdges *sak_word_edges_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void          sak_word_edges_free      (SakWordEdges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakWordEdges, sak_word_edges_free)

/* What the others then speak of: a copy is made. */
void          sak_word_edges_set_text  (SakWordEdges *self,
                                        const char   *text,
                                        gsize         size);
/* By ICU's dictionaries; the ends of the text are edges. */
gboolean      sak_word_edges_is_at     (SakWordEdges *self,
                                        gsize         at);
/* Where the first word ends, and the last begins. */
gsize         sak_word_edges_end_first (SakWordEdges *self);
gsize         sak_word_edges_get_last  (SakWordEdges *self);

G_END_DECLS
