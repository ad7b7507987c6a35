/* sak-date-print.c - dates as EDTF, in one spelling; days and their numbers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Calendar: proleptic Gregorian, after Howard Hinnant's days_from_civil. The year begins
 * in March, so that the leap day comes last.
 */
#include "config.h"

#include "storage/model/sak-date.h"

#include <string.h>

gint32
sak_date_day_of (gint64 year,
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

int
sak_date_days_of_month (gint64 year,
                        int    month)
{
  if (month == 12)
    return 31;
  return sak_date_day_of (year, month + 1, 1) - sak_date_day_of (year, month, 1);
}

void
sak_date_split_day (gint32  day,
                    gint32 *ret_year,
                    int    *ret_month,
                    int    *ret_day)
{
  gint64 shifted = (gint64) day + 719468;
  gint64 era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  gint64 day_of_era = shifted - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524
                        - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (int) ((5 * day_of_year + 2) / 153);
  int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

  *ret_day = (int) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
  *ret_month = month;
  *ret_year = (gint32) (year_of_era + era * 400 + (month <= 2 ? 1 : 0));
}

static void
append_year (GString *text,
             gint32   year)
{
  g_string_append_printf (text, "%s%s%04d", ABS (year) > 9999 ? "Y" : "", year < 0 ? "-" : "", ABS (year));
}

static void
append_time (GString            *text,
             const SakDatePoint *point)
{
  int shift = ABS (point->shift);

  g_string_append_printf (text, "T%02d:%02d:%02d", point->seconds / 3600, point->seconds / 60 % 60,
                          point->seconds % 60);
  if (point->shift == SAK_DATE_SHIFT_UTC)
    g_string_append_c (text, 'Z');
  else if (point->shift != SAK_DATE_SHIFT_LOCAL)
    g_string_append_printf (text, "%c%02d:%02d", point->shift < 0 ? '-' : '+', shift / 60, shift % 60);
}

static void
append_point (GString            *text,
              const SakDatePoint *point)
{
  if (point->unit == SAK_DATE_OPEN)
    g_string_append (text, "..");
  if (point->unit <= SAK_DATE_OPEN)
    return;
  if (point->unit == SAK_DATE_CENTURY)
    g_string_append_printf (text, "%02dXX", point->year / 100);
  else if (point->unit == SAK_DATE_DECADE)
    g_string_append_printf (text, "%03dX", point->year / 10);
  else
    append_year (text, point->year);
  if (point->unit >= SAK_DATE_SEASON)
    g_string_append_printf (text, "-%02d", point->month);
  if (point->unit >= SAK_DATE_DAY)
    g_string_append_printf (text, "-%02d", point->day);
  if (point->unit == SAK_DATE_TIME)
    append_time (text, point);
  for (guint i = 0; i < point->n_unspecified; i++)
    g_string_append (text, "-XX");
  if (point->is_uncertain || point->is_approximate)
    g_string_append_c (text, !point->is_uncertain ? '~' : !point->is_approximate ? '?' : '%');
}

/* The members that count, each by itself: structures have holes. */
static gboolean
points_equal (const SakDatePoint *a,
              const SakDatePoint *b)
{
  return a->unit == b->unit && a->year == b->year && a->month == b->month && a->day == b->day
         && a->n_unspecified == b->n_unspecified && !a->is_uncertain == !b->is_uncertain
         && !a->is_approximate == !b->is_approximate && a->seconds == b->seconds && a->shift == b->shift;
}

gboolean
sak_date_parts_equal (const SakDateParts *a,
                      const SakDateParts *b)
{
  return !a->is_interval == !b->is_interval && points_equal (&a->from, &b->from)
         && (!a->is_interval || points_equal (&a->to, &b->to));
}

/**
 * sak_date_print:
 *
 * The one spelling of @parts. What it prints sak_date_parse_parts() reads back as the same
 * parts, so parts that make no date (the 30th of February, an interval that runs backwards,
 * a season with a day) print as nothing.
 *
 * Returns: (nullable): EDTF, level 1; NULL where the parts make no date
 */
char *
sak_date_print (const SakDateParts *parts)
{
  g_autoptr (GString) text = g_string_new (NULL);
  SakDateParts again;

  append_point (text, &parts->from);
  if (parts->is_interval)
    {
      g_string_append_c (text, '/');
      append_point (text, &parts->to);
    }
  if (!sak_date_parse_parts (text->str, &again, NULL) || !sak_date_parts_equal (parts, &again))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
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
  g_autoptr (GString) text = g_string_new (NULL);
  gint32 year;
  int month, day_of_month;

  if (day == G_MININT32 || day == G_MAXINT32)
    return g_strdup ("..");
  sak_date_split_day (day, &year, &month, &day_of_month);
  append_year (text, year);
  g_string_append_printf (text, "-%02d-%02d", month, day_of_month);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The coarsest unit whose first or last day this is. */
static SakDateUnit
find_unit (gint32   day,
           gboolean is_first)
{
  int month, day_of_month;
  gint32 year;

  if (day == G_MININT32 || day == G_MAXINT32)
    return SAK_DATE_OPEN;
  sak_date_split_day (day, &year, &month, &day_of_month);
  if (day_of_month != (is_first ? 1 : sak_date_days_of_month (year, month)))
    return SAK_DATE_DAY;
  return month == (is_first ? 1 : 12) ? SAK_DATE_YEAR : SAK_DATE_MONTH;
}

static SakDatePoint
make_end (gint32      day,
          SakDateUnit unit)
{
  SakDatePoint point = { SAK_DATE_OPEN };
  int month, day_of_month;

  if (day == G_MININT32 || day == G_MAXINT32)
    return point;
  point.unit = unit;
  sak_date_split_day (day, &point.year, &month, &day_of_month);
  if (unit >= SAK_DATE_MONTH)
    point.month = (guint8) month;
  if (unit >= SAK_DATE_DAY)
    point.day = (guint8) day_of_month;
  return point;
}

/**
 * sak_date_print_days:
 *
 * The shortest EDTF that means exactly these days, both ends in one unit: "2019",
 * "2019-06/2019-10", "2019-04-17/2020-04-16", "../2014".
 *
 * Returns: (nullable): NULL where both ends are open, or in the wrong order
 */
char *
sak_date_print_days (gint32 earliest_day,
                     gint32 latest_day)
{
  SakDateUnit unit = earliest_day == latest_day
                       ? SAK_DATE_DAY
                       : MAX (find_unit (earliest_day, TRUE), find_unit (latest_day, FALSE));
  SakDateParts parts = { TRUE, make_end (earliest_day, unit), make_end (latest_day, unit) };

  parts.is_interval = !points_equal (&parts.from, &parts.to);
  return sak_date_print (&parts);
}
