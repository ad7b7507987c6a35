/* sak-date-span.c - two dates that are said together
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They share what only one of them has: "between April and June 2020". "2 or 3 January" is
 * the two days; where others lie between the two nothing is made of them, for no EDTF of
 * level 1 leaves these out.
 */
#include "config.h"

#include "storage/model/sak-date-words-private.h"

/* What only one of two dates says holds for the other too. */
static void
share (SakSaid       *one,
       const SakSaid *other)
{
  gboolean is_bare = one->n_loose <= 1 && !one->is_numeric && one->year_digits == 0;
  gboolean has_year = one->year_digits != 0 || one->is_numeric || one->relative != NULL || one->event != 0
                      || (one->n_loose > 0 && one->loose_digits[one->n_loose - 1] > 2) || one->n_loose > 1;

  /* "March 5 to 7, 2019" */
  if (one->n_loose == 2 && !one->is_numeric && one->loose_digits[0] <= 2 && one->month == 0 && one->season == NULL)
    one->month = other->month;
  if (has_year || other->event != 0)
    return;
  if (is_bare && one->month == 0 && one->season == NULL && one->festival == NULL
      && (one->n_loose == 1 || one->day != 0))
    {
      one->month = other->is_numeric && other->n_loose == 3 ? other->loose[1] : other->month;
    }
  one->relative = other->relative;
  one->decade = MAX (one->decade, other->decade);
  one->era = one->era == SAK_ERA_NONE ? other->era : one->era;
  one->year = other->year;
  one->year_digits = other->year_digits;
  if (one->year_digits == 0 && other->n_loose > 0 && other->loose_digits[other->n_loose - 1] > 2)
    {
      one->year = other->loose[other->n_loose - 1];
      one->year_digits = other->loose_digits[other->n_loose - 1];
    }
}

static SakMeaning
join (const SakMeaning *first,
      const SakMeaning *last)
{
  SakMeaning whole = *last;

  whole.earliest_day = first->earliest_day;
  whole.is_guess |= first->is_guess;
  whole.is_approximate |= first->is_approximate;
  whole.is_uncertain |= first->is_uncertain;
  whole.is_within &= first->is_within && first->latest_day == last->latest_day;
  return whole;
}

/* "between November and February 2020": the first month is in the year before. */
static gint32
move_year_back (gint32 day)
{
  gint32 year;
  int month, day_of_month;

  sak_date_split_day (day, &year, &month, &day_of_month);
  return sak_date_day_of (year - 1, month, MIN (day_of_month, sak_date_days_of_month (year - 1, month)));
}

/* Seasons */

/* The year where nothing else stands beside it but perhaps a season; or 0. */
static int
get_bare_year (const SakSaid *said)
{
  gboolean is_loose = said->n_loose == 1 && said->loose_digits[0] > 2 && said->year_digits == 0;

  if (said->month != 0 || said->day != 0 || said->festival != NULL || said->relative != NULL || said->event != 0
      || said->part != SAK_PART_NONE || said->decade != 0 || said->is_numeric || said->weekday != 0)
    return 0;
  if (is_loose)
    return said->loose[0];
  return said->n_loose == 0 && said->year_digits > 2 ? said->year : 0;
}

/* "winter 2018-2019" is one; "rainy season 2018-2019" goes on to the rains of 2019. */
static GArray *
resolve_season_of_two_years (const SakSaid        *first,
                             SakSaid              *last,
                             const SakDateContext *context,
                             gboolean             *ret_differs)
{
  SakSaid both = *first;

  if (first->season == NULL || last->season != NULL || get_bare_year (first) == 0 || get_bare_year (last) == 0)
    return NULL;
  both.is_numeric = TRUE;
  both.n_loose = 2;
  both.loose[0] = get_bare_year (first);
  both.loose[1] = get_bare_year (last);
  both.loose_digits[0] = both.loose_digits[1] = 4;
  both.year = both.year_digits = 0;
  last->season = first->season;
  return sak_date_resolve (&both, context, ret_differs);
}

/* Either of two */

static gboolean
is_day_or_month (const SakMeaning *meaning)
{
  return (gint64) meaning->latest_day - meaning->earliest_day < 31;
}

/* "31 December or 1 January 2020" */
static gboolean
join_either (SakMeaning       first,
             const SakMeaning *last,
             gboolean          is_year_shared,
             SakMeaning       *ret_whole)
{
  if (first.is_within && last->is_within && first.earliest_day == last->earliest_day)
    {
      *ret_whole = join (&first, last);
      return TRUE;
    }
  if (!is_day_or_month (&first) || !is_day_or_month (last))
    return FALSE;
  if (is_year_shared && first.earliest_day > last->latest_day)
    {
      first.earliest_day = move_year_back (first.earliest_day);
      first.latest_day = move_year_back (first.latest_day);
    }
  *ret_whole = join (&first, last);
  return first.latest_day + 1 == last->earliest_day;
}

static gboolean
join_span (const SakMeaning *first,
           const SakMeaning *last,
           SakJoint          joint,
           gboolean          is_year_shared,
           SakMeaning       *ret_whole)
{
  if (joint == SAK_JOINT_OR)
    return join_either (*first, last, is_year_shared, ret_whole);
  *ret_whole = join (first, last);
  if (ret_whole->earliest_day > ret_whole->latest_day && is_year_shared)
    ret_whole->earliest_day = move_year_back (ret_whole->earliest_day);
  return ret_whole->earliest_day <= ret_whole->latest_day;
}

GArray *
sak_date_resolve_span (SakSaid              *first,
                       SakSaid              *last,
                       SakJoint              joint,
                       const SakDateContext *context,
                       gboolean             *ret_weekday_differs)
{
  g_autoptr (GArray) wholes = g_array_new (FALSE, FALSE, sizeof (SakMeaning));
  g_autoptr (GArray) firsts = NULL;
  g_autoptr (GArray) lasts = NULL;
  g_autoptr (GArray) season = NULL;
  gboolean is_year_shared = first->year_digits == 0 && (first->n_loose == 0 || first->loose_digits[0] <= 2);
  gboolean is_numeric_shared;

  if (joint == SAK_JOINT_DASH)
    season = resolve_season_of_two_years (first, last, context, ret_weekday_differs);
  if (season != NULL && season->len > 0)
    return g_steal_pointer (&season);
  share (first, last);
  share (last, first);
  firsts = sak_date_resolve (first, context, ret_weekday_differs);
  lasts = sak_date_resolve (last, context, ret_weekday_differs);
  /* "5-7/3/2019" takes its month from the likelier reading; the other is then none of a span. */
  is_numeric_shared = last->is_numeric && last->n_loose == 3 && !first->is_numeric && first->n_loose == 1;
  for (guint i = 0; i < MAX (firsts->len, lasts->len) && firsts->len > 0 && lasts->len > 0; i++)
    {
      SakMeaning whole;

      if (!join_span (&g_array_index (firsts, SakMeaning, MIN (i, firsts->len - 1)),
                      &g_array_index (lasts, SakMeaning, MIN (i, lasts->len - 1)), joint, is_year_shared, &whole))
        continue;
      whole.is_guess |= is_numeric_shared && lasts->len > 1;
      if (i == 0 || !is_numeric_shared)
        g_array_append_val (wholes, whole);
    }
  return g_steal_pointer (&wholes);
}
