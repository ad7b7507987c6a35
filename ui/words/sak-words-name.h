/* sak-words-name.h - why two names may be one person's, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-name.h"

G_BEGIN_DECLS

/* One sentence. @address: what was left out; may be NULL. */
char       *sak_words_for_name_reason (SakNameReason       reason,
                                       const char         *address) G_GNUC_WARN_UNUSED_RESULT;
/* All of a match, with a space between. */
char       *sak_words_for_name_match  (const SakNameMatch *match) G_GNUC_WARN_UNUSED_RESULT;
const char *sak_words_name_likeness   (SakNameLikeness     likeness);

G_END_DECLS
