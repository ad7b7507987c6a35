/* sak-labour-wages.c - one period of work: earned, paid, owed, rest and hours
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-labour-private.h"

#include "storage/model/sak-json.h"

#include <string.h>

/* One row of labour.wages, read. */
typedef struct
{
  const char *path;
  const json_t *row;
  SakLabourLength length;
  SakLabourRange days;          /* worked */
  SakLabourRange hours;         /* a day */
  SakLabourRange rest;
} Period;

static SakLabourRange
read_number (const json_t *row,
             const char   *column)
{
  SakLabourRange range = { 0 };

  range.is_known = sak_decimal_from_number (json_object_get (row, column), &range.low);
  range.high = range.low;
  return range;
}

static gboolean
multiply (const SakLabourRange *quantity,
          gint64                rate,
          SakLabourLine        *line)
{
  line->low_quantity = quantity->low;
  line->high_quantity = quantity->high;
  line->rate = rate;
  line->is_about = quantity->is_about;
  return sak_decimal_multiply (quantity->low, rate, &line->low)
         && sak_decimal_multiply (quantity->high, rate, &line->high);
}

/* Days that were worked: said, or the length without the days off. */
static SakLabourRange
find_days (const Period *period)
{
  SakLabourRange days = read_number (period->row, "days");

  if (days.is_known || !period->length.days.is_known || !period->rest.is_known)
    return days;
  days = period->length.days;
  days.low = MAX (days.low - period->rest.low, 0);
  days.high = MAX (days.high - period->rest.low, 0);
  return days;
}

static SakLabourRange
scale (SakLabourRange range,
       gint64         numerator,
       gint64         denominator)
{
  range.low = range.low * numerator / denominator;
  range.high = range.high * numerator / denominator;
  return range;
}

static SakLabourRange
find_hours_worked (const Period *period)
{
  SakLabourRange hours = period->days;

  hours.is_known = period->days.is_known && period->hours.is_known
                   && sak_decimal_multiply (period->days.low, period->hours.low, &hours.low)
                   && sak_decimal_multiply (period->days.high, period->hours.high, &hours.high);
  return hours;
}

/* How many of @per the wage is to be paid for. */
static SakLabourRange
find_quantity (const Period  *period,
               const char    *per,
               const char   **ret_lacking)
{
  SakLabourRange quantity = read_number (period->row, "units");

  *ret_lacking = "units";
  if (strcmp (per, "period") == 0)
    return (SakLabourRange) { SAK_DECIMAL_ONE, SAK_DECIMAL_ONE, TRUE, FALSE };
  if (quantity.is_known)
    return quantity;
  if (strcmp (per, "day") == 0)
    return period->days;
  if (strcmp (per, "hour") == 0)
    return find_hours_worked (period);
  if (strcmp (per, "week") == 0)
    return scale (period->length.days, 1, SAK_LABOUR_DAYS_A_WEEK);
  return strcmp (per, "month") == 0 ? period->length.months : quantity;
}

static SakLabourLine *
work_out_earned (const Period *period)
{
  SakLabourLine *line = sak_labour_line_new (SAK_LABOUR_EARNED, period->path, period->row);
  const char *per = sak_json_get_text (period->row, "promised_per");
  SakLabourRange quantity;
  const char *lacking;
  gint64 rate;

  if (!sak_money_read (json_object_get (period->row, "promised"), &rate, &line->currency))
    sak_labour_lack (line, "promised");
  if (per == NULL || *per == '\0')
    {
      sak_labour_lack (line, "promised_per");
      return line;
    }
  line->unit = per;
  quantity = find_quantity (period, per, &lacking);
  if (!quantity.is_known)
    sak_labour_lack (line, lacking);
  if (line->missing == NULL && !multiply (&quantity, rate, line))
    sak_labour_overflow (line, "promised");
  return line;
}

static SakLabourLine *
work_out_minimum (const Period *period)
{
  SakLabourLine *line = sak_labour_line_new (SAK_LABOUR_MINIMUM, period->path, period->row);
  gint64 rate;

  line->unit = "day";
  if (!sak_money_read (json_object_get (period->row, "minimum"), &rate, &line->currency))
    sak_labour_lack (line, "minimum");
  if (!period->days.is_known)
    sak_labour_lack (line, "days");
  if (line->missing == NULL && !multiply (&period->days, rate, line))
    sak_labour_overflow (line, "minimum");
  return line;
}

static SakLabourLine *
read_paid (const Period *period)
{
  SakLabourLine *line = sak_labour_line_new (SAK_LABOUR_PAID, period->path, period->row);

  if (!sak_money_read (json_object_get (period->row, "paid"), &line->low, &line->currency))
    sak_labour_lack (line, "paid");
  line->high = line->low;
  return line;
}

/* What was paid in another currency cannot be taken off. */
static SakLabourLine *
work_out_owed (SakLabourStep        step,
               const SakLabourLine *due,
               const SakLabourLine *paid,
               const json_t        *row)
{
  SakLabourLine *line = sak_labour_line_new (step, due->path, row);

  line->currency = due->currency;
  line->is_about = due->is_about;
  line->is_too_large = due->is_too_large && paid->missing == NULL;
  if (due->missing != NULL && !(due->is_too_large && paid->missing != NULL))
    sak_labour_lack (line, due->missing);
  if (paid->missing != NULL)
    sak_labour_lack (line, paid->missing);
  if (line->missing == NULL && strcmp (due->currency, paid->currency) != 0)
    sak_labour_lack (line, "currency");
  line->low = due->low - paid->low;
  line->high = due->high - paid->low;
  return line;
}

/* The days that a rest was due for: where it was said how many were worked, those and the days off,
 * but for what the period has no room for. Five days of work in a year lack no 52 days of rest.
 */
static SakLabourRange
find_rest_span (const Period *period)
{
  SakLabourRange span = read_number (period->row, "days");

  if (!span.is_known || !period->rest.is_known)
    return period->length.days;
  span.low += period->rest.low;
  span.high += period->rest.high;
  if (!period->length.days.is_known)
    return span;
  span.low = MIN (span.low, period->length.days.low);
  span.high = MIN (span.high, period->length.days.high);
  span.is_about = period->length.days.is_about;
  return span;
}

/* Days off, with those worked, are more than the longest that the period can have been. */
static gboolean
is_beyond_period (const Period *period)
{
  SakLabourRange worked = read_number (period->row, "days");
  gint64 days = period->rest.low;

  if (!period->length.days.is_known)
    return FALSE;
  if (worked.is_known && !sak_decimal_add (days, worked.low, &days))
    return TRUE;
  return days > period->length.days.high;
}

/* One day in seven. */
static SakLabourLine *
work_out_rest (const Period *period)
{
  SakLabourLine *line = sak_labour_line_new (SAK_LABOUR_REST, period->path, period->row);
  SakLabourRange length = find_rest_span (period);

  line->unit = "day";
  if (!length.is_known)
    sak_labour_lack (line, "period");
  if (!period->rest.is_known)
    sak_labour_lack (line, "rest_days");
  if (line->missing != NULL)
    return line;
  line->low_quantity = length.low / SAK_DECIMAL_ONE / SAK_LABOUR_DAYS_A_WEEK * SAK_DECIMAL_ONE;
  line->high_quantity = length.high / SAK_DECIMAL_ONE / SAK_LABOUR_DAYS_A_WEEK * SAK_DECIMAL_ONE;
  line->rate = period->rest.low;
  line->low = MAX (line->low_quantity - line->rate, 0);
  line->high = MAX (line->high_quantity - line->rate, 0);
  line->is_about = length.is_about;
  line->is_odd = is_beyond_period (period);
  return line;
}

static SakLabourLine *
work_out_hours (const Period *period)
{
  SakLabourLine *line = sak_labour_line_new (SAK_LABOUR_HOURS, period->path, period->row);
  gint64 beyond = MAX (period->hours.low - SAK_LABOUR_HOURS_A_DAY * SAK_DECIMAL_ONE, 0);

  line->unit = "hour";
  if (!period->hours.is_known)
    sak_labour_lack (line, "hours_per_day");
  if (!period->days.is_known)
    sak_labour_lack (line, "days");
  if (line->missing == NULL && !multiply (&period->days, beyond, line))
    sak_labour_overflow (line, "days");
  return line;
}

static gboolean
has_any (const json_t *row,
         const char   *one,
         const char   *other)
{
  return json_object_get (row, one) != NULL || (other != NULL && json_object_get (row, other) != NULL);
}

/* What nobody entered anything for is not asked about. */
void
sak_labour_add_period (GPtrArray    *lines,
                       const char   *path,
                       const json_t *row)
{
  Period period = { path, row };
  SakLabourLine *earned, *paid;

  sak_labour_measure (json_object_get (row, "period"), &period.length);
  period.hours = read_number (row, "hours_per_day");
  period.rest = read_number (row, "rest_days");
  period.days = find_days (&period);
  earned = work_out_earned (&period);
  paid = read_paid (&period);
  g_ptr_array_add (lines, earned);
  g_ptr_array_add (lines, paid);
  g_ptr_array_add (lines, work_out_owed (SAK_LABOUR_OWED, earned, paid, row));
  if (has_any (row, "minimum", NULL))
    {
      SakLabourLine *minimum = work_out_minimum (&period);

      g_ptr_array_add (lines, minimum);
      g_ptr_array_add (lines, work_out_owed (SAK_LABOUR_OWED_TO_MINIMUM, minimum, paid, row));
    }
  if (has_any (row, "rest_days", NULL))
    g_ptr_array_add (lines, work_out_rest (&period));
  if (has_any (row, "hours_per_day", NULL))
    g_ptr_array_add (lines, work_out_hours (&period));
}
