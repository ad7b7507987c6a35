/* sak-say.h - values in the words and shape a person reads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The language of forms: "en", "my"… Borrowed. */
const char *sak_say_language    (void);

char       *sak_say_time        (gint64      seconds) G_GNUC_WARN_UNUSED_RESULT;

/* Pango wraps Thai, but cuts Burmese, Khmer and Lao anywhere or nowhere: this puts a
 * zero-width space at ICU's line breaks. For labels only, never for what is stored.
 */
char       *sak_say_with_breaks (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
