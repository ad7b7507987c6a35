/* sak-words-when.c - days, months, years and hours as a language writes them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By ICU, which knows all six languages on every machine; the C library knows those whose
 * locales were generated.
 */
#include "config.h"

#include "ui/words/sak-words-when.h"

#include <glib/gi18n-lib.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>

#include "ui/words/sak-language.h"

typedef enum { SHAPE_DAY, SHAPE_MONTH, SHAPE_YEAR, SHAPE_CLOCK, SHAPE_WEEKDAY, N_SHAPES } Shape;

#define PATTERN_UNITS 64
#define TEXT_UNITS 128

/* "y" is the year of the calendar, which has to say its era where it is not everybody's. */
static const UChar *const skeletons[N_SHAPES] = { u"yMMMMd", u"yMMMM", u"y", u"Hm", u"ccc" };
static const UChar *const buddhist_skeletons[N_SHAPES] = { u"GyMMMMd", u"GyMMMM", u"Gy", u"Hm", u"ccc" };

/* Whose dates each writes; English as in the region, day first. */
static const char *
get_locale (const char *language)
{
  static const char *const locales[][2] = {
    { "en", "en_GB" }, { "my", "my_MM" }, { "th", "th_TH@calendar=buddhist" },
    { "km", "km_KH" }, { "lo", "lo_LA" }, { "vi", "vi_VN" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    if (g_str_equal (locales[i][0], language))
      return locales[i][1];
  return locales[0][1];
}

static UDateFormat *
open_format (const char *language,
             Shape       shape)
{
  UErrorCode status = U_ZERO_ERROR;
  const char *locale = get_locale (language);
  UDateTimePatternGenerator *generator = udatpg_open (locale, &status);
  UDateFormat *format;
  UChar pattern[PATTERN_UNITS];
  const UChar *skeleton = sak_words_years_are_buddhist () ? buddhist_skeletons[shape] : skeletons[shape];
  int32_t size = udatpg_getBestPattern (generator, skeleton, -1, pattern, PATTERN_UNITS, &status);

  udatpg_close (generator);
  format = U_SUCCESS (status) ? udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, u"Etc/UTC", -1, pattern, size, &status)
                              : NULL;
  if (U_SUCCESS (status))
    /* The Gregorian calendar all the way back: ICU's turns Julian in 1582. */
    ucal_setGregorianChange ((UCalendar *) udat_getCalendar (format), -8.64e15, &status);
  return format;
}

/* A list asks for hundreds; making a format takes as long as using it a thousand times. */
static UDateFormat *
get_format (Shape shape)
{
  static const char *languages[N_SHAPES];
  static UDateFormat *formats[N_SHAPES];
  const char *language = sak_language_get ();

  if (formats[shape] == NULL || languages[shape] != language)
    {
      g_clear_pointer (&formats[shape], udat_close);
      formats[shape] = open_format (language, shape);
      languages[shape] = language;
    }
  return formats[shape];
}

static char *
say (GDateTime *time,
     Shape      shape)
{
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = NULL;
  UChar text[TEXT_UNITS];
  UErrorCode status = U_ZERO_ERROR;
  UDateFormat *format;
  int32_t size;

  if (time == NULL)
    return NULL;
  locker = g_mutex_locker_new (&mutex);
  format = get_format (shape);
  if (format == NULL)
    return g_date_time_format (time, shape == SHAPE_CLOCK ? "%H:%M" : "%Y-%m-%d");
  /* As if the clock on the wall were Greenwich's: the zone is GLib's affair. */
  size = udat_format (format, (double) (g_date_time_to_unix (time)
                                        + g_date_time_get_utc_offset (time) / G_TIME_SPAN_SECOND) * 1000,
                      text, TEXT_UNITS, NULL, &status);
  return U_SUCCESS (status) ? g_utf16_to_utf8 (text, size, NULL, NULL, NULL) : NULL;
}

static char *
say_date (int   year,
          int   month,
          int   day,
          Shape shape)
{
  g_autoptr (GDateTime) date = NULL;

  if (year < 1 || year > 9999)
    return NULL;
  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  return say (date, shape);
}

char *
sak_words_day (int year,
               int month,
               int day)
{
  return say_date (year, month, day, SHAPE_DAY);
}

char *
sak_words_month (int year,
                 int month)
{
  return say_date (year, month, 1, SHAPE_MONTH);
}

char *
sak_words_year (int year)
{
  return say_date (year, 1, 1, SHAPE_YEAR);
}

/* The first of January 2024 was a Monday. */
char *
sak_words_weekday (int weekday)
{
  return say_date (2024, 1, weekday, SHAPE_WEEKDAY);
}

int
sak_words_first_weekday (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UCalendar *calendar = ucal_open (NULL, 0, get_locale (sak_language_get ()), UCAL_DEFAULT, &status);
  int first = U_SUCCESS (status) ? ucal_getAttribute (calendar, UCAL_FIRST_DAY_OF_WEEK) : UCAL_MONDAY;

  ucal_close (calendar);
  /* ICU's 1 is Sunday. */
  return first == UCAL_SUNDAY ? 7 : first - 1;
}

gboolean
sak_words_years_are_buddhist (void)
{
  return g_str_equal (sak_language_get (), "th");
}

static char *
say_local (gint64 seconds,
           Shape  shape)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);
  char *said = say (time, shape);

  return said != NULL ? said : g_strdup ("");
}

char *
sak_words_day_of (gint64 seconds)
{
  return say_local (seconds, SHAPE_DAY);
}

char *
sak_words_clock (gint64 seconds)
{
  return say_local (seconds, SHAPE_CLOCK);
}

char *
sak_words_moment (gint64 seconds)
{
  g_autofree char *day = sak_words_day_of (seconds);
  g_autofree char *clock = sak_words_clock (seconds);

  if (day[0] == '\0')
    return g_strdup ("");
  /* Translators: a day and a time of day: "14 July 2019, 13:05" */
  return g_strdup_printf (_("%1$s, %2$s"), day, clock);
}
