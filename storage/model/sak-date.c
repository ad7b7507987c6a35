/* sak-date.c - dates as people know them: EDTF (ISO 8601-2) level 1
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Recursive descent without recursion: an interval has at most two dates, a date is year,
 * then month or season, then day or time, then a qualifier. Everything is read from a
 * cursor that only moves forward; what is left at the end is an error.
 *
 * A day is the day as written: "2019-07-01T01:00:00+07:00" is the first of July, although
 * it was still June in London.
 *
 * Seasons (21 spring, 22 summer, 23 autumn, 24 winter) are the meteorological ones of the
 * northern hemisphere, where nearly all of our region lies: March to May, June to August,
 * September to November, December to February. A winter has the year in which it begins.
 * Our people's own seasons are others (hot, rainy, cool) and differ from place to place:
 * they are written as months, "2019-06/2019-10", with "rainy season" kept as said.
 */
#include "config.h"

#include "storage/model/sak-date.h"

#include <string.h>

/* Five million years either way, whose days still fit and stay apart from the open ends. */
#define MAX_LONG_YEAR 5000000
#define MAX_LONG_YEAR_DIGITS 7
#define FIRST_SEASON 21
#define LAST_SEASON 24

typedef struct
{
  const char *at;
  SakDateSpan *span;
} Cursor;

/* Calendar: proleptic Gregorian, after Howard Hinnant's days_from_civil. The year begins
 * in March, so that the leap day comes last.
 */

static gint32
count_days (gint64 year,
            int    month,
            int    day)
{
  gint64 shifted_year = month <= 2 ? year - 1 : year;
  gint64 era = (shifted_year >= 0 ? shifted_year : shifted_year - 399) / 400;
  gint64 year_of_era = shifted_year - era * 400;
  gint64 day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint32) (era * 146097 + day_of_era - 719468);
}

static int
count_days_of_month (gint64 year,
                     int    month)
{
  if (month == 12)
    return 31;
  return count_days (year, month + 1, 1) - count_days (year, month, 1);
}

/* Reading */

static gboolean
take (Cursor *self,
      char    c)
{
  if (*self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
take_number (Cursor *self,
             int     n_digits,
             int    *ret_number)
{
  int number = 0;

  for (int i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (self->at[i]))
        return FALSE;
      number = number * 10 + g_ascii_digit_value (self->at[i]);
    }
  self->at += n_digits;
  *ret_number = number;
  return TRUE;
}

static gboolean
take_number_between (Cursor *self,
                     int     minimum,
                     int     maximum,
                     int    *ret_number)
{
  return take_number (self, 2, ret_number) && *ret_number >= minimum && *ret_number <= maximum;
}

static gboolean
take_unspecified (Cursor *self)
{
  if (self->at[0] != 'X' || self->at[1] != 'X')
    return FALSE;
  self->at += 2;
  return TRUE;
}

static void
set_years (Cursor *self,
           gint64  first,
           gint64  last)
{
  self->span->earliest_day = count_days (first, 1, 1);
  self->span->latest_day = count_days (last, 12, 31);
}

static void
set_months (Cursor *self,
            gint64  first_year,
            int     first_month,
            gint64  last_year,
            int     last_month)
{
  self->span->earliest_day = count_days (first_year, first_month, 1);
  self->span->latest_day = count_days (last_year, last_month,
                                       count_days_of_month (last_year, last_month));
}

/* "Y17000", "Y-17000": only for years that have more than four digits. */
static gboolean
take_long_year (Cursor *self)
{
  gint64 sign = take (self, '-') ? -1 : 1;
  gint64 year = 0;
  int n_digits = 0;

  if (*self->at == '0')
    return FALSE;
  for (; g_ascii_isdigit (*self->at) && n_digits <= MAX_LONG_YEAR_DIGITS; n_digits++)
    year = year * 10 + g_ascii_digit_value (*self->at++);
  if (n_digits <= 4 || year > MAX_LONG_YEAR)
    return FALSE;
  set_years (self, sign * year, sign * year);
  return TRUE;
}

/* "201X", "20XX"; the leading digits were looked at already. */
static gboolean
take_decade_or_century (Cursor *self)
{
  int century = g_ascii_digit_value (self->at[0]) * 10 + g_ascii_digit_value (self->at[1]);
  gboolean is_century = self->at[2] == 'X';
  int first = century * 100 + (is_century ? 0 : g_ascii_digit_value (self->at[2]) * 10);

  self->at += 4;
  set_years (self, first, first + (is_century ? 99 : 9));
  return TRUE;
}

static gboolean
is_decade_or_century (const char *text)
{
  return g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1])
         && (text[2] == 'X' || g_ascii_isdigit (text[2])) && text[3] == 'X';
}

static gboolean
take_shift (Cursor *self)
{
  int hours, minutes;

  if (take (self, 'Z'))
    return TRUE;
  if (!take (self, '+') && !take (self, '-'))
    return TRUE;                                /* local time, wherever that was */
  if (!take_number_between (self, 0, 23, &hours))
    return FALSE;
  return !take (self, ':') || take_number_between (self, 0, 59, &minutes);
}

static gboolean
take_time (Cursor *self)
{
  int hours, minutes, seconds;

  return take_number_between (self, 0, 23, &hours)
         && take (self, ':') && take_number_between (self, 0, 59, &minutes)
         && take (self, ':') && take_number_between (self, 0, 59, &seconds)
         && take_shift (self);
}

static gboolean
take_day (Cursor *self,
          gint64  year,
          int     month)
{
  int day;

  if (take_unspecified (self))
    {
      set_months (self, year, month, year, month);
      return TRUE;
    }
  if (!take_number_between (self, 1, count_days_of_month (year, month), &day))
    return FALSE;
  self->span->earliest_day = self->span->latest_day = count_days (year, month, day);
  return TRUE;
}

static void
set_season (Cursor *self,
            gint64  year,
            int     season)
{
  int first_month = (season - FIRST_SEASON) * 3 + 3;

  if (season == LAST_SEASON)
    set_months (self, year, first_month, year + 1, 2);
  else
    set_months (self, year, first_month, year, first_month + 2);
}

/* After "YYYY-". */
static gboolean
take_month (Cursor *self,
            gint64  year)
{
  int month;

  if (take_unspecified (self))
    {
      set_years (self, year, year);
      return !take (self, '-') || take_unspecified (self);
    }
  if (!take_number (self, 2, &month))
    return FALSE;
  if (month >= FIRST_SEASON && month <= LAST_SEASON)
    {
      set_season (self, year, month);
      return TRUE;
    }
  if (month < 1 || month > 12)
    return FALSE;
  if (take (self, '-'))
    return take_day (self, year, month);
  set_months (self, year, month, year, month);
  return TRUE;
}

static gboolean
take_calendar_date (Cursor *self)
{
  gboolean is_negative;
  int year;

  if (take (self, 'Y'))
    return take_long_year (self);
  if (is_decade_or_century (self->at))
    return take_decade_or_century (self);
  is_negative = take (self, '-');
  if (!take_number (self, 4, &year) || (is_negative && year == 0))
    return FALSE;
  year = is_negative ? -year : year;
  if (take (self, '-'))
    return take_month (self, year);
  set_years (self, year, year);
  return TRUE;
}

static void
take_qualifier (Cursor *self)
{
  char c = *self->at;

  if (c != '?' && c != '~' && c != '%')
    return;
  self->at++;
  self->span->is_uncertain |= c != '~';
  self->span->is_approximate |= c != '?';
}

static gboolean
is_whole_day (const Cursor *self,
              const char   *start)
{
  return self->at - start >= 10 && g_ascii_isdigit (self->at[-1])
         && self->span->earliest_day == self->span->latest_day;
}

/* One date; with a time only where it stands alone. */
static gboolean
take_date (Cursor   *self,
           gboolean  may_have_time)
{
  const char *start = self->at;

  if (!take_calendar_date (self))
    return FALSE;
  if (may_have_time && is_whole_day (self, start) && take (self, 'T'))
    return take_time (self);
  take_qualifier (self);
  return TRUE;
}

/* ".." is open, nothing is unknown; to an index both are endless. */
static gboolean
take_end (Cursor   *self,
          gboolean  is_first,
          gboolean *ret_is_date)
{
  *ret_is_date = FALSE;
  if (self->at[0] == '.' && self->at[1] == '.')
    {
      self->at += 2;
      return TRUE;
    }
  if (*self->at == (is_first ? '/' : '\0'))
    return TRUE;
  *ret_is_date = TRUE;
  return take_date (self, FALSE);
}

static gboolean
take_interval (Cursor *self)
{
  SakDateSpan whole = *self->span;
  gboolean has_start, has_end;

  whole.earliest_day = G_MININT32;
  whole.latest_day = G_MAXINT32;
  if (!take_end (self, TRUE, &has_start) || !take (self, '/'))
    return FALSE;
  if (has_start)
    whole.earliest_day = self->span->earliest_day;
  if (!take_end (self, FALSE, &has_end))
    return FALSE;
  if (has_end)
    whole.latest_day = self->span->latest_day;
  self->span->earliest_day = whole.earliest_day;
  self->span->latest_day = whole.latest_day;
  return (has_start || has_end) && whole.earliest_day <= whole.latest_day;
}

/**
 * sak_date_parse:
 * @edtf: (nullable): as typed or received
 * @ret_span: (out): untouched on failure
 *
 * Level 1, and strictly: no spaces, no other spellings, no days that do not exist. Of an
 * interval at least one end must be a date. Errors: INVALID.
 */
gboolean
sak_date_parse (const char   *edtf,
                SakDateSpan  *ret_span,
                GError      **error)
{
  SakDateSpan span = { 0 };
  Cursor cursor = { edtf, &span };
  gboolean is_date;

  if (edtf == NULL)
    is_date = FALSE;
  else if (strchr (edtf, '/') != NULL)
    is_date = take_interval (&cursor);
  else
    is_date = take_date (&cursor, TRUE);
  if (!is_date || *cursor.at != '\0')
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "Not a date in EDTF, level 1");
      return FALSE;
    }
  *ret_span = span;
  return TRUE;
}

/**
 * sak_date_day_to_text:
 * @day: as in a span
 *
 * Returns: "2019-07-01", itself EDTF where the year has four digits; ".." for an open end
 */
char *
sak_date_day_to_text (gint32 day)
{
  gint64 shifted = (gint64) day + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 day_of_era = shifted - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524
                        - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (int) ((5 * day_of_year + 2) / 153);
  int day_of_month = (int) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
  int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  gint64 year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);

  if (day == G_MININT32 || day == G_MAXINT32)
    return g_strdup ("..");
  return g_strdup_printf ("%s%s%04" G_GINT64_FORMAT "-%02d-%02d", ABS (year) > 9999 ? "Y" : "",
                          year < 0 ? "-" : "", ABS (year), month, day_of_month);
}
