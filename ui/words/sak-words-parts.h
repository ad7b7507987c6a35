/* sak-words-parts.h - what is the matter with the parts of a bundle, for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-parts.h"

G_BEGIN_DECLS

char *sak_words_for_part (const SakParts    *parts,
                          const SakPartNote *note) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
