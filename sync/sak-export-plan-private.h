/* sak-export-plan-private.h - the parts of an export plan
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-export-plan.h"

G_BEGIN_DECLS

GPtrArray     *sak_export_plan_find_candidates (SakVault          *vault,
                                                GPtrArray         *recipients,
                                                const char *const *record_ids,
                                                guint             *ret_n_again,
                                                GError           **error) G_GNUC_WARN_UNUSED_RESULT;
/* What consent says of one head of a record; the stricter verdict is the greater. */
SakPlanVerdict sak_export_plan_judge           (SakRevision       *head,
                                                GPtrArray         *recipients);

G_END_DECLS
