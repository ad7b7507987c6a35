/* sak-words-number.h - numbers within sentences, in the digits that a language writes
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As in dates (sak-words-when.h) by CLDR: Burmese has digits of its own; Thai, Khmer, Lao and Vietnamese write 0 to 9.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As g_strdup_printf(), with each number that is put in (%u, %ld…) in those digits. What stands in the words that
 * are put in (%s) stays: it may be a name, a code or a file. So do numbers with leading zeros (%05u), which are codes.
 */
char *sak_words_print        (const char *format,
                              ...) G_GNUC_PRINTF (1, 2) G_GNUC_WARN_UNUSED_RESULT;
void  sak_words_append_print (GString    *words,
                              const char *format,
                              ...) G_GNUC_PRINTF (2, 3);
/* All of @text's digits: for an amount, a share of something, a length of time. Never for a code. */
char *sak_words_digits       (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* "2.1 MB", in those digits. */
char *sak_words_size         (guint64     bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
