/* sak-conflict-choice.h - one field of several versions side by side, to choose from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-history.h"

G_BEGIN_DECLS

#define SAK_TYPE_CONFLICT_CHOICE (sak_conflict_choice_get_type ())
G_DECLARE_FINAL_TYPE (SakConflictChoice, sak_conflict_choice, SAK, CONFLICT_CHOICE, AdwBin)

/* Both are borrowed and outlive it. */
GtkWidget *sak_conflict_choice_new     (const SakConflict        *conflict,
                                        const SakFieldComparison *field);
gboolean   sak_conflict_choice_is_made (SakConflictChoice        *self);
/* Puts what was chosen into @fields, or takes the field out. */
void       sak_conflict_choice_store   (SakConflictChoice        *self,
                                        json_t                   *fields);

G_END_DECLS
