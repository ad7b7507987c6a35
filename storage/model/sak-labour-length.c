/* sak-labour-length.c - how long a period of work was, as far as its dates tell
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "2019-03" is the whole of March. "2019-03/2019-04" began on some day of March and ended on some
 * of April: two days at the least, 61 at the most.
 */
#include "config.h"

#include "storage/model/sak-labour-private.h"

#include "storage/model/sak-date.h"
#include "storage/model/sak-json.h"

/* A century: longer is no period of work but an open or a mistaken date. */
#define MAX_DAYS (100 * 366)

static gboolean
find_span (const SakDatePoint *point,
           SakDateSpan        *ret_span)
{
  const SakDateParts alone = { FALSE, *point, { SAK_DATE_UNKNOWN } };
  g_autofree char *edtf = NULL;

  if (point->unit == SAK_DATE_UNKNOWN || point->unit == SAK_DATE_OPEN)
    return FALSE;
  edtf = sak_date_print (&alone);
  return edtf != NULL && sak_date_parse (edtf, ret_span, NULL);
}

/* Whole months, and what is left in thirtieths. A month from the 31st ends with the last day of a
 * shorter one.
 */
static gint64
count_months (gint32 first,
              gint32 last)
{
  gint32 year, end_year;
  int month, day, end_month, end_day, whole, before;

  if (last < first)
    return 0;
  sak_date_split_day (first, &year, &month, &day);
  sak_date_split_day (last + 1, &end_year, &end_month, &end_day);
  whole = (end_year - year) * 12 + end_month - month;
  if (end_day >= day)
    return whole * SAK_DECIMAL_ONE + MIN (end_day - day, 30) * SAK_DECIMAL_ONE / 30;
  before = sak_date_days_of_month (end_month == 1 ? end_year - 1 : end_year, end_month == 1 ? 12 : end_month - 1);
  return (whole - 1) * SAK_DECIMAL_ONE
         + MIN (end_day + before - MIN (day, before), 30) * SAK_DECIMAL_ONE / 30;
}

static void
set_length (SakLabourLength *length,
            gint32           outer_first,
            gint32           inner_first,
            gint32           inner_last,
            gint32           outer_last)
{
  gint64 most = (gint64) outer_last - outer_first + 1;
  gint64 least = (gint64) inner_last - inner_first + 1;

  if (most <= 0 || most > MAX_DAYS)
    return;
  length->days.is_known = length->months.is_known = TRUE;
  length->days.low = MAX (least, 0) * SAK_DECIMAL_ONE;
  length->days.high = most * SAK_DECIMAL_ONE;
  length->months.low = count_months (inner_first, inner_last);
  length->months.high = count_months (outer_first, outer_last);
}

void
sak_labour_measure (const json_t    *period,
                    SakLabourLength *ret_length)
{
  const char *edtf = json_is_object (period) ? sak_json_get_text (period, "edtf") : json_string_value (period);
  SakLabourLength length = { { 0 } };
  SakDateSpan from, to;
  SakDateParts parts;

  if (edtf != NULL && *edtf != '\0' && sak_date_parse_parts (edtf, &parts, NULL)
      && find_span (&parts.from, &from) && (!parts.is_interval || find_span (&parts.to, &to)))
    {
      if (parts.is_interval)
        set_length (&length, from.earliest_day, from.latest_day, to.earliest_day, to.latest_day);
      else
        set_length (&length, from.earliest_day, from.earliest_day, from.latest_day, from.latest_day);
      length.days.is_about = length.months.is_about =
          from.is_approximate || from.is_uncertain
          || (parts.is_interval && (to.is_approximate || to.is_uncertain));
    }
  *ret_length = length;
}
