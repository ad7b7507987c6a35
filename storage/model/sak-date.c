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
#define MAX_LONG_YEAR_DIGITS 7
#define FIRST_SEASON 21
#define LAST_SEASON 24

typedef struct
{
  const char *at;
  SakDatePoint *point;
} Cursor;

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
  self->point->n_unspecified++;
  return TRUE;
}

/* "Y17000", "Y-17000": only for years that have more than four digits. */
static gboolean
take_long_year (Cursor *self)
{
  gint32 sign = take (self, '-') ? -1 : 1;
  gint32 year = 0;
  int n_digits = 0;

  if (*self->at == '0')
    return FALSE;
  for (; g_ascii_isdigit (*self->at) && n_digits <= MAX_LONG_YEAR_DIGITS; n_digits++)
    year = year * 10 + g_ascii_digit_value (*self->at++);
  if (n_digits <= 4 || year > SAK_DATE_MAX_YEAR)
    return FALSE;
  self->point->unit = SAK_DATE_YEAR;
  self->point->year = sign * year;
  return TRUE;
}

/* "201X", "20XX"; the leading digits were looked at already. */
static gboolean
take_decade_or_century (Cursor *self)
{
  int century = g_ascii_digit_value (self->at[0]) * 10 + g_ascii_digit_value (self->at[1]);
  gboolean is_century = self->at[2] == 'X';

  self->point->unit = is_century ? SAK_DATE_CENTURY : SAK_DATE_DECADE;
  self->point->year = century * 100 + (is_century ? 0 : g_ascii_digit_value (self->at[2]) * 10);
  self->at += 4;
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
  int hours, minutes = 0, sign;

  if (take (self, 'Z'))
    {
      self->point->shift = SAK_DATE_SHIFT_UTC;
      return TRUE;
    }
  self->point->shift = SAK_DATE_SHIFT_LOCAL;
  if (*self->at != '+' && *self->at != '-')
    return TRUE;
  sign = *self->at++ == '-' ? -1 : 1;
  if (!take_number_between (self, 0, 23, &hours)
      || (take (self, ':') && !take_number_between (self, 0, 59, &minutes)))
    return FALSE;
  self->point->shift = (gint16) (sign * (hours * 60 + minutes));
  return sign > 0 || self->point->shift != 0;
}

static gboolean
take_time (Cursor *self)
{
  int hours, minutes, seconds;

  if (!take_number_between (self, 0, 23, &hours)
      || !take (self, ':') || !take_number_between (self, 0, 59, &minutes)
      || !take (self, ':') || !take_number_between (self, 0, 59, &seconds))
    return FALSE;
  self->point->unit = SAK_DATE_TIME;
  self->point->seconds = hours * 3600 + minutes * 60 + seconds;
  return take_shift (self);
}

/* After "YYYY-MM-". */
static gboolean
take_day (Cursor *self)
{
  int day;

  if (take_unspecified (self))
    return TRUE;
  if (!take_number_between (self, 1, sak_date_days_of_month (self->point->year, self->point->month), &day))
    return FALSE;
  self->point->unit = SAK_DATE_DAY;
  self->point->day = (guint8) day;
  return TRUE;
}

/* After "YYYY-". */
static gboolean
take_month (Cursor *self)
{
  int month;

  if (take_unspecified (self))
    return !take (self, '-') || take_unspecified (self);
  if (!take_number (self, 2, &month))
    return FALSE;
  self->point->month = (guint8) month;
  if (month >= FIRST_SEASON && month <= LAST_SEASON)
    {
      self->point->unit = SAK_DATE_SEASON;
      return TRUE;
    }
  if (month < 1 || month > 12)
    return FALSE;
  self->point->unit = SAK_DATE_MONTH;
  return !take (self, '-') || take_day (self);
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
  self->point->unit = SAK_DATE_YEAR;
  self->point->year = is_negative ? -year : year;
  return !take (self, '-') || take_month (self);
}

static void
take_qualifier (Cursor *self)
{
  char c = *self->at;

  if (c != '?' && c != '~' && c != '%')
    return;
  self->at++;
  self->point->is_uncertain = c != '~';
  self->point->is_approximate = c != '?';
}

/* One date; with a time only where it stands alone. */
static gboolean
take_date (Cursor   *self,
           gboolean  may_have_time)
{
  if (!take_calendar_date (self))
    return FALSE;
  if (may_have_time && self->point->unit == SAK_DATE_DAY && take (self, 'T'))
    return take_time (self);
  take_qualifier (self);
  return TRUE;
}

/* ".." is open, nothing is unknown; to an index both are endless. */
static gboolean
take_end (Cursor       *self,
          SakDatePoint *point,
          char          stop)
{
  self->point = point;
  if (self->at[0] == '.' && self->at[1] == '.')
    {
      self->at += 2;
      point->unit = SAK_DATE_OPEN;
      return TRUE;
    }
  return *self->at == stop || take_date (self, FALSE);
}

/* The days of a point */

static gint32
find_earliest_day (const SakDatePoint *point)
{
  switch (point->unit)
    {
    case SAK_DATE_SEASON:
      return sak_date_day_of (point->year, (point->month - FIRST_SEASON) * 3 + 3, 1);
    case SAK_DATE_MONTH:
      return sak_date_day_of (point->year, point->month, 1);
    case SAK_DATE_DAY:
    case SAK_DATE_TIME:
      return sak_date_day_of (point->year, point->month, point->day);
    case SAK_DATE_CENTURY:
    case SAK_DATE_DECADE:
    case SAK_DATE_YEAR:
      return sak_date_day_of (point->year, 1, 1);
    case SAK_DATE_UNKNOWN:
    case SAK_DATE_OPEN:
    default:
      return G_MININT32;
    }
}

static gint32
find_latest_day (const SakDatePoint *point)
{
  switch (point->unit)
    {
    case SAK_DATE_CENTURY:
      return sak_date_day_of (point->year + 99, 12, 31);
    case SAK_DATE_DECADE:
      return sak_date_day_of (point->year + 9, 12, 31);
    case SAK_DATE_YEAR:
      return sak_date_day_of (point->year, 12, 31);
    case SAK_DATE_SEASON:
      return point->month == LAST_SEASON
               ? sak_date_day_of (point->year + 1, 3, 1) - 1
               : sak_date_day_of (point->year, (point->month - FIRST_SEASON) * 3 + 6, 1) - 1;
    case SAK_DATE_MONTH:
      return sak_date_day_of (point->year, point->month, sak_date_days_of_month (point->year, point->month));
    case SAK_DATE_DAY:
    case SAK_DATE_TIME:
      return sak_date_day_of (point->year, point->month, point->day);
    case SAK_DATE_UNKNOWN:
    case SAK_DATE_OPEN:
    default:
      return G_MAXINT32;
    }
}

static SakDateSpan
find_span (const SakDateParts *parts)
{
  const SakDatePoint *to = parts->is_interval ? &parts->to : &parts->from;
  SakDateSpan span = {
    .earliest_day = find_earliest_day (&parts->from),
    .latest_day = find_latest_day (to),
    .is_uncertain = parts->from.is_uncertain || to->is_uncertain,
    .is_approximate = parts->from.is_approximate || to->is_approximate,
  };

  return span;
}

static gboolean
take_interval (Cursor       *self,
               SakDateParts *parts)
{
  SakDateSpan span;

  parts->is_interval = TRUE;
  if (!take_end (self, &parts->from, '/') || !take (self, '/') || !take_end (self, &parts->to, '\0'))
    return FALSE;
  span = find_span (parts);
  return span.earliest_day <= span.latest_day
         && (span.earliest_day != G_MININT32 || span.latest_day != G_MAXINT32);
}

/**
 * sak_date_parse_parts:
 * @edtf: (nullable): as typed or received
 * @ret_parts: (out): untouched on failure
 *
 * Level 1, and strictly: no spaces, no other spellings, no days that do not exist. Of an
 * interval at least one end must be a date. Errors: INVALID.
 */
gboolean
sak_date_parse_parts (const char    *edtf,
                      SakDateParts  *ret_parts,
                      GError       **error)
{
  SakDateParts parts = { 0 };
  Cursor cursor = { edtf, &parts.from };
  gboolean is_date;

  if (edtf == NULL)
    is_date = FALSE;
  else if (strchr (edtf, '/') != NULL)
    is_date = take_interval (&cursor, &parts);
  else
    is_date = take_date (&cursor, TRUE);
  if (!is_date || *cursor.at != '\0')
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "Not a date in EDTF, level 1");
      return FALSE;
    }
  *ret_parts = parts;
  return TRUE;
}

/**
 * sak_date_parse:
 * @edtf: (nullable): as typed or received
 * @ret_span: (out): untouched on failure
 *
 * The same, as the first and the last day that it may mean. Errors: INVALID.
 */
gboolean
sak_date_parse (const char   *edtf,
                SakDateSpan  *ret_span,
                GError      **error)
{
  SakDateParts parts;

  if (!sak_date_parse_parts (edtf, &parts, error))
    return FALSE;
  *ret_span = find_span (&parts);
  return TRUE;
}
