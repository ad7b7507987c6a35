/* sak-date-years.c - the years that are said, in several calendars, as windows of days
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The Buddhist Era: Thailand and Laos count 543 more than we do, from January on; until
 * 1940 the Thai year began in April. In Cambodia and Myanmar the year of the religion
 * begins at a full moon of April or May, with 544: nobody's first of January, so wide at
 * both ends, and the Thai way beside it as another reading. The Myanmar year begins when
 * the sun enters Aries; sums after Yan Naing Aye's description of the Third Era.
 */
#include "config.h"

#include "storage/model/sak-date-words-private.h"

#include <math.h>
#include <string.h>

#define MYANMAR_SOLAR_YEAR (1577917828.0 / 4320000.0)
#define MYANMAR_EPOCH 1954168.050623
#define JULIAN_DAY_OF_1970 2440588
#define LAST_CE 2399
#define FIRST_BE 2400
#define LAST_BE 2700
#define FIRST_ME 1100
#define LAST_ME 1600

/* "New Year's Day": the day after the sun entered Aries. */
static gint32
find_myanmar_new_year (int year)
{
  return (gint32) floor (MYANMAR_SOLAR_YEAR * year + MYANMAR_EPOCH + 0.5) + 1 - JULIAN_DAY_OF_1970;
}

void
sak_date_add_window (GArray   *windows,
                     gint32    first,
                     gint32    last,
                     SakEra    era,
                     gboolean  is_guess)
{
  const SakDateWindow window = { first, last, era, is_guess };

  g_array_append_val (windows, window);
}

static void
add_calendar_year (GArray   *windows,
                   int       year,
                   SakEra    era,
                   gboolean  is_guess)
{
  if (year >= SAK_DATE_FIRST_CE && year <= LAST_CE)
    sak_date_add_window (windows, sak_date_day_of (year, 1, 1), sak_date_day_of (year, 12, 31), era, is_guess);
}

static void
add_buddhist_year (GArray     *windows,
                   int         year,
                   const char *language,
                   gboolean    is_guess)
{
  gboolean begins_in_may = g_str_equal (language, "km") || g_str_equal (language, "my");

  if (begins_in_may)
    sak_date_add_window (windows, sak_date_day_of (year - 544, 4, 1), sak_date_day_of (year - 543, 5, 31), SAK_ERA_BE,
                         is_guess);
  if (g_str_equal (language, "th") && year <= 2483)
    sak_date_add_window (windows, sak_date_day_of (year - 543, 4, 1),
                         year == 2483 ? sak_date_day_of (1940, 12, 31) : sak_date_day_of (year - 542, 3, 31),
                         SAK_ERA_BE, is_guess);
  else
    add_calendar_year (windows, year - 543, SAK_ERA_BE, is_guess || begins_in_may);
}

/* "62": where the Buddhist Era is in daily use it comes first; nothing after the reference day. */
static void
add_short_year (GArray               *windows,
                int                   year,
                const SakDateContext *context)
{
  gboolean is_buddhist = g_str_equal (context->language, "th") || g_str_equal (context->language, "lo");
  gint32 limit = context->reference_day != SAK_DATE_NO_REFERENCE ? context->reference_day : G_MAXINT32;
  const struct { int year; SakEra era; } choices[] = {
    { 2500 + year - 543, SAK_ERA_BE }, { 2000 + year, SAK_ERA_CE }, { 1900 + year, SAK_ERA_CE },
    { 2500 + year - 543, SAK_ERA_BE },
  };

  for (guint i = is_buddhist ? 0 : 1; i < (is_buddhist ? 3 : G_N_ELEMENTS (choices)); i++)
    if (sak_date_day_of (choices[i].year, 1, 1) <= limit)
      add_calendar_year (windows, choices[i].year, choices[i].era, TRUE);
}

void
sak_date_find_windows (GArray               *windows,
                       const SakSaid        *said,
                       int                   year,
                       int                   n_digits,
                       const SakDateContext *context)
{
  SakEra era = said->era;
  gboolean is_guess = FALSE;

  if (n_digits <= 2 && era == SAK_ERA_BE)
    year += 2500;
  else if (n_digits <= 2)
    {
      add_short_year (windows, year, context);
      return;
    }
  if (era == SAK_ERA_NONE && year >= FIRST_BE && year <= LAST_BE)
    {
      era = SAK_ERA_BE;
      is_guess = TRUE;
    }
  else if (era == SAK_ERA_NONE && year >= FIRST_ME && year <= LAST_ME)
    {
      era = SAK_ERA_ME;         /* nobody here was wronged in our year 1381 */
      is_guess = TRUE;
    }
  if (era == SAK_ERA_BE && year >= FIRST_BE - 200 && year <= LAST_BE)
    add_buddhist_year (windows, year, context->language, is_guess);
  else if (era == SAK_ERA_ME && year >= FIRST_ME && year <= LAST_ME)
    sak_date_add_window (windows, find_myanmar_new_year (year), find_myanmar_new_year (year + 1) - 1, SAK_ERA_ME,
                         is_guess);
  else if (era <= SAK_ERA_CE)
    add_calendar_year (windows, year, SAK_ERA_CE, FALSE);
  if (said->era == SAK_ERA_NONE && era == SAK_ERA_ME && !g_str_equal (context->language, "my"))
    add_calendar_year (windows, year, SAK_ERA_CE, TRUE);
}
