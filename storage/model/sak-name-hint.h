/* sak-name-hint.h - what to look at first of a name that is to be compared with very many
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Taking a name apart and comparing it take a hundred microseconds; of a hundred thousand names, all but
 * a few are plainly others. A hint says so from text that can be kept, and never of one that
 * sak_name_compare() would ask about.
 */
#pragma once

#include "storage/model/sak-name.h"

G_BEGIN_DECLS

/* What hints of earlier versions say is of no use to a later one. */
#define SAK_NAME_HINT_VERSION 2
/* What a hint begins with that is no name. */
#define SAK_NAME_CONTACT_HINT '#'

char    *sak_name_make_hint (const SakName *self) G_GNUC_WARN_UNUSED_RESULT;
/* Of ways to reach somebody (char *): the numbers in them. */
char    *sak_name_make_contact_hint (const GPtrArray *texts) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE: surely different. TRUE also for a hint that is none. */
gboolean sak_name_may_match (const char    *hint,
                             const char    *other);

G_END_DECLS
