/* sak-history-private.h - who comes from whom
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-revision.h"

G_BEGIN_DECLS

/* All revisions of one record, in any order, and what is known of their order. */
typedef struct _SakLineage SakLineage;

SakLineage  *sak_lineage_new        (GPtrArray          *revisions) G_GNUC_WARN_UNUSED_RESULT;
void         sak_lineage_free       (SakLineage         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakLineage, sak_lineage_free)

/* Sorts @revisions: each before all that it comes from; of others the later claimed time. */
void         sak_lineage_sort       (SakLineage         *self,
                                     GPtrArray          *revisions);
/* NULL where it is not here. Borrowed. */
SakRevision *sak_lineage_find       (SakLineage         *self,
                                     const char         *id);
/* The last one that all of @ids are or come from, or NULL. Borrowed. */
SakRevision *sak_lineage_find_base  (SakLineage         *self,
                                     const char *const  *ids);

G_END_DECLS
