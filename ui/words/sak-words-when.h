/* sak-words-when.h - days, months, years and hours as a language writes them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In Thai years are of the Buddhist Era, and say so; in Burmese the digits are Burmese. Spans,
 * doubts and seasons: sak-words-date.h.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gregorian, year 1 to 9999; NULL for what is no day, month or year. */
char    *sak_words_day           (int    year,
                                  int    month,
                                  int    day) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_words_month         (int    year,
                                  int    month) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_words_year          (int    year) G_GNUC_WARN_UNUSED_RESULT;
/* "Mon"; 1 is Monday, and 7 Sunday. And with which a week begins. */
char    *sak_words_weekday       (int    weekday) G_GNUC_WARN_UNUSED_RESULT;
int      sak_words_first_weekday (void);
/* Whether those are of the Buddhist Era anyway. */
gboolean sak_words_years_are_buddhist (void);

/* In local time; "" for what no clock shows. @seconds: since 1970. */
char    *sak_words_moment        (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_words_day_of        (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_words_clock         (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
