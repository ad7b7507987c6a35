/* sak-words-keys.h - the ways into a vault, and slips in typing them, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-key-slots.h"

G_BEGIN_DECLS

/* "Passphrase", "Recovery code": what it is, in a word or two. */
const char *sak_words_name_way    (SakSlotType             type);
/* "Passphrase: Naw Paw", "Any 3 of 5 shares together (set 12345)". */
char       *sak_words_for_slot    (const SakSlotInfo      *slot) G_GNUC_WARN_UNUSED_RESULT;
/* Where the slip is, and what to do. "" where there is none. */
char       *sak_words_for_mistake (const SakTypingMistake *mistake) G_GNUC_WARN_UNUSED_RESULT;
/* Where another way than the passphrase was tried. */
const char *sak_words_for_way_error (const GError         *error,
                                     SakSlotType           type);

G_END_DECLS
