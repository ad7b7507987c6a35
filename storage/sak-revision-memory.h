/* sak-revision-memory.h - the lines parsed last, for work that looks at the same ones again and again
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An export plan asks a dozen questions about each record, and each question reads its latest version. Kept by
 * the bytes of the line: what is asked for is what was parsed, whatever happens to the database meanwhile.
 */
#pragma once

#include "storage/sak-revision.h"

G_BEGIN_DECLS

typedef struct _SakRevisionMemory SakRevisionMemory;

SakRevisionMemory *sak_revision_memory_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void               sak_revision_memory_free (SakRevisionMemory  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakRevisionMemory, sak_revision_memory_free)

/* As sak_revision_parse_stored(). */
SakRevision       *sak_revision_memory_parse (SakRevisionMemory  *self,
                                              const char         *line,
                                              gsize               size,
                                              GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
