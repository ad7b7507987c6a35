/* sak-words-place.h - a place in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-division.h"

G_BEGIN_DECLS

/* Returns: (transfer full): that @division was none of its own @when, and what it was part of; NULL where it was. */
char *sak_words_about_division (const SakDivision *division,
                                const SakDateSpan *when,
                                const char        *language) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
