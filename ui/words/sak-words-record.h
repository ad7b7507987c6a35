/* sak-words-record.h - a whole record as it is read, for paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-record.h"

G_BEGIN_DECLS

/* What stands on the screen when the record is read, with what the people in it allowed, which
 * version it is, and what is noted about its files: see sak-words-paper.h. On the vault's thread.
 */
json_t *sak_words_make_record_paper (SakVault    *vault,
                                     const char  *record,
                                     const char  *language,
                                     GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same to be read on the screen: blocks alone, without what only paper has to say, and without what refers to the
 * record. A question that was answered at length has the "field" that it is.
 */
json_t *sak_words_make_record_reading (SakVault        *vault,
                                       const SakRecord *record,
                                       const char      *language,
                                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
