/* sak-say.h - values in the words and shape a person reads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-date.h"

G_BEGIN_DECLS

/* The language of forms: "en", "my"… Borrowed. */
const char *sak_say_language    (void);

/* @edtf as in a record; "" for none. "about July 2019", "14 July 2019 to 2 August 2019". */
char       *sak_say_date        (const char *edtf) G_GNUC_WARN_UNUSED_RESULT;
/* What was typed, as EDTF: digits of any script, "about 2019", "14.7.2562", "before 2015";
 * NULL if it cannot be read.
 */
char       *sak_say_read_date   (const char *typed) G_GNUC_WARN_UNUSED_RESULT;
char       *sak_say_time        (gint64      seconds) G_GNUC_WARN_UNUSED_RESULT;

/* Pango wraps Thai, but cuts Burmese, Khmer and Lao anywhere or nowhere: this puts a
 * zero-width space at ICU's line breaks. For labels only, never for what is stored.
 */
char       *sak_say_with_breaks (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
