/* sak-words-links.h - what a link is called from either side
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-links.h"

G_BEGIN_DECLS

/* To stand before the other record's title, seen from the record that was asked about:
 * "Victim", "Harmed in". @language: for labels of vocabularies, "en", "my"…
 */
const char *sak_words_name_link         (const SakLink *link,
                                         const char    *language);
/* In place of the title of a record that has not arrived. */
const char *sak_words_about_absent_link (void);

G_END_DECLS
