/* sak-words-date.h - dates in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-date-words.h"

G_BEGIN_DECLS

/* "about July 2019", "2019 (BE 2562)"; "" for none, the text itself where it is no EDTF.
 * @calendar: NULL for ours.
 */
char *sak_words_date          (const char           *edtf,
                               const char           *calendar) G_GNUC_WARN_UNUSED_RESULT;
/* "between 1 June 2019 and 31 October 2019 (as you said: rainy season 2019)" */
char *sak_words_date_as_said  (const char           *edtf,
                               const char           *calendar,
                               const char           *said) G_GNUC_WARN_UNUSED_RESULT;
/* How it was understood, and what is in doubt about that; @n as in a reading's value.
 * @shows_said: with the words, where they do not stand above it anyway
 */
char *sak_words_date_reading  (const SakDateReading *reading,
                               guint                 n,
                               gboolean              shows_said) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
