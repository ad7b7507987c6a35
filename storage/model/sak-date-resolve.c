/* sak-date-resolve.c - what the words of one date may mean
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A year of any calendar is a *window* (sak-date-years.c); a month or day belongs to the
 * year of ours in which it falls into the window. So the 12th of March of the Myanmar year
 * 1381 is in 2020, and April may be in either.
 */
#include "config.h"

#include "storage/model/sak-date-words-private.h"

typedef struct
{
  int year;
  int year_digits;
  int month;
  int day;
} Numbers;

/* Over New Year: an EDTF winter, "11/02". */
static void
get_season_months (const SakSense *season,
                   int            *ret_first,
                   int            *ret_last)
{
  *ret_first = season->a > 20 ? (season->a - 21) * 3 + 3 : season->a;
  *ret_last = season->a > 20 ? (season->a == 24 ? 2 : *ret_first + 2) : season->b;
}

/* Numbers that stand alone */

/* "winter 2018/19", "winter 2018/2019" */
static gboolean
is_season_of_two_years (const SakSaid *said)
{
  int first, last;

  if (said->season == NULL || said->n_loose != 2 || said->loose_digits[0] != 4)
    return FALSE;
  get_season_months (said->season, &first, &last);
  return last < first && (said->loose_digits[1] == 4 ? said->loose[1] == said->loose[0] + 1
                          : said->loose_digits[1] == 2 && said->loose[1] == (said->loose[0] + 1) % 100);
}

static gboolean
assign_numeric (const SakSaid *said,
                guint          variant,
                Numbers       *numbers)
{
  const int *loose = said->loose, *digits = said->loose_digits;
  gboolean is_year_first = digits[0] > 2;
  guint last = said->n_loose - 1;

  if (numbers->month != 0 || numbers->day != 0 || numbers->year_digits != 0)
    return FALSE;
  numbers->year = loose[is_year_first ? 0 : last];
  numbers->year_digits = digits[is_year_first ? 0 : last];
  if (is_season_of_two_years (said))
    return variant == 0;
  if (said->n_loose == 2)
    {
      numbers->month = loose[is_year_first ? 1 : 0];
      return variant == 0 && numbers->year_digits > 2;
    }
  if (is_year_first)
    {
      numbers->month = loose[1];
      numbers->day = loose[2];
      return variant == 0;
    }
  numbers->day = loose[variant == 0 ? 0 : 1];
  numbers->month = loose[variant == 0 ? 1 : 0];
  return variant == 0 || loose[0] != loose[1];
}

static gboolean
assign_one (Numbers       *numbers,
            int            number,
            int            n_digits,
            gboolean       is_decade)
{
  if ((n_digits > 2 || (n_digits == 2 && is_decade)) && numbers->year_digits == 0)
    {
      numbers->year = number;
      numbers->year_digits = n_digits;
    }
  else if (n_digits <= 2 && numbers->month != 0 && numbers->day == 0)
    numbers->day = number;
  else if (n_digits == 2 && numbers->day != 0 && numbers->year_digits == 0)
    {
      numbers->year = number;
      numbers->year_digits = 2;
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
assign_numbers (const SakSaid *said,
                guint          variant,
                Numbers       *ret_numbers)
{
  Numbers numbers = { said->year, said->year_digits, said->month, said->day };

  if (said->is_numeric || (said->n_loose > 1 && said->month == 0))
    {
      if (!assign_numeric (said, variant, &numbers))
        return FALSE;
    }
  else
    for (guint i = 0; i < said->n_loose; i++)
      if (!assign_one (&numbers, said->loose[i], said->loose_digits[i], said->decade != 0))
        return FALSE;
  if (said->relative != NULL && (numbers.year_digits != 0 || said->relative->a == 'd' || said->relative->a == 'w'))
    return FALSE;
  if (numbers.year_digits <= 2 && numbers.year_digits > 0 && said->era != SAK_ERA_BE && numbers.day == 0
      && said->decade == 0)
    return FALSE;
  if (numbers.year_digits > 4 || (numbers.day != 0 && numbers.month == 0))
    return FALSE;
  *ret_numbers = numbers;
  return variant == 0 || said->n_loose == 3 || said->season != NULL || said->festival != NULL;
}

/* Days */

static gboolean
fill_months (int     first_year,
             int     first_month,
             int     last_year,
             int     last_month,
             gint32 *ret_first,
             gint32 *ret_last)
{
  *ret_first = sak_date_day_of (first_year, first_month, 1);
  *ret_last = sak_date_day_of (last_year, last_month, sak_date_days_of_month (last_year, last_month));
  return TRUE;
}

/* Over New Year: the year in which it begins, and then the year in which it ends. */
static gboolean
fill_season (const SakSense *season,
             int             year,
             guint           variant,
             gint32         *ret_first,
             gint32         *ret_last)
{
  int first, last;
  gboolean crosses;

  get_season_months (season, &first, &last);
  crosses = last < first;
  if (variant == 1 && !crosses)
    return FALSE;
  year -= (int) variant;
  return fill_months (year, first, crosses ? year + 1 : year, last, ret_first, ret_last);
}

static gboolean
fill_festival (const SakSense *festival,
               int             year,
               guint           variant,
               gint32         *ret_first,
               gint32         *ret_last)
{
  gboolean crosses = festival->b < festival->a;

  if (variant == 1 && !crosses)
    return FALSE;
  year -= (int) variant;
  *ret_first = sak_date_day_of (year, festival->a / 100, festival->a % 100);
  *ret_last = sak_date_day_of (crosses ? year + 1 : year, festival->b / 100, festival->b % 100);
  return TRUE;
}

/* What was said, in this year of ours. */
static gboolean
fill (const SakSaid *said,
      const Numbers *numbers,
      int            year,
      guint          variant,
      gint32        *ret_first,
      gint32        *ret_last)
{
  if (numbers->month < 0 || numbers->month > 12 || numbers->day < 0)
    return FALSE;
  if (numbers->day > 0)
    {
      if (numbers->day > sak_date_days_of_month (year, numbers->month))
        return FALSE;
      *ret_first = *ret_last = sak_date_day_of (year, numbers->month, numbers->day);
      return TRUE;
    }
  if (numbers->month > 0)
    return fill_months (year, numbers->month, year, numbers->month, ret_first, ret_last);
  if (said->season != NULL)
    return fill_season (said->season, year, variant, ret_first, ret_last);
  return fill_festival (said->festival, year, variant, ret_first, ret_last);
}

/* A third with soft borders: in months where it is whole years, else in days. */
static void
take_part (SakMeaning *meaning,
           SakPart     part)
{
  gint32 first = meaning->earliest_day, n_days = meaning->latest_day - first + 1;
  static const struct { int begin, end; } thirds[] = { { 0, 0 }, { 0, 2 }, { 2, 4 }, { 4, 6 }, { 0, 3 }, { 3, 6 } };
  int month, day, last_month, last_day;
  gint32 year, last_year;

  if (part == SAK_PART_NONE)
    return;
  meaning->is_approximate |= part <= SAK_PART_END;
  sak_date_split_day (first, &year, &month, &day);
  sak_date_split_day (meaning->latest_day, &last_year, &last_month, &last_day);
  if (year == last_year && month == 1 && day == 1 && last_month == 12 && last_day == 31)
    fill_months (year, 2 * thirds[part].begin + 1, year, 2 * thirds[part].end, &meaning->earliest_day,
                 &meaning->latest_day);
  else if (n_days <= 31)
    {
      meaning->earliest_day = first + 5 * thirds[part].begin;
      if (thirds[part].end < 6)
        meaning->latest_day = first + 5 * thirds[part].end - 1;
    }
  else
    {
      meaning->earliest_day = first + n_days * thirds[part].begin / 6;
      meaning->latest_day = first + n_days * thirds[part].end / 6 - 1;
    }
}

static void
add_meaning (GArray           *meanings,
             const SakMeaning *meaning)
{
  for (guint i = 0; i < meanings->len; i++)
    {
      const SakMeaning *other = &g_array_index (meanings, SakMeaning, i);

      if (other->earliest_day == meaning->earliest_day && other->latest_day == meaning->latest_day)
        return;
    }
  g_array_append_val (meanings, *meaning);
}

static void
add_in_window (GArray              *meanings,
               const SakSaid       *said,
               const Numbers       *numbers,
               const SakDateWindow *window,
               guint                variant)
{
  gboolean is_year = numbers->month == 0 && said->season == NULL && said->festival == NULL;
  gint32 first_year, last_year;
  int month, day;

  sak_date_split_day (window->first, &first_year, &month, &day);
  sak_date_split_day (window->last, &last_year, &month, &day);
  for (gint32 year = first_year; year <= (is_year ? first_year : last_year); year++)
    {
      SakMeaning meaning = { window->first, window->last, window->era, window->is_guess, said->is_about, FALSE };

      if (!is_year && !fill (said, numbers, year, variant, &meaning.earliest_day, &meaning.latest_day))
        continue;
      if (meaning.latest_day < window->first || meaning.earliest_day > window->last)
        continue;
      if (numbers->month > 0)
        {
          meaning.earliest_day = MAX (meaning.earliest_day, window->first);
          meaning.latest_day = MIN (meaning.latest_day, window->last);
        }
      take_part (&meaning, said->part);
      add_meaning (meanings, &meaning);
    }
}

/* "last year", "3 months ago": a day, a week, a month or a year of the reference day's. */
static gboolean
step_back (gint32      reference_day,
           int         unit,
           int         count,
           gboolean    is_counted,
           SakMeaning *meaning)
{
  int month, day, months;
  gint32 year;

  sak_date_split_day (reference_day, &year, &month, &day);
  meaning->era = SAK_ERA_CE;
  meaning->is_approximate = is_counted && unit != 'd';
  if (unit == 'd')
    meaning->earliest_day = meaning->latest_day = reference_day - count;
  else if (unit == 'w' && is_counted)
    {
      meaning->earliest_day = reference_day - 7 * count - 3;
      meaning->latest_day = meaning->earliest_day + 6;
    }
  else if (unit == 'w')
    {
      meaning->earliest_day = reference_day - (reference_day + 3) % 7 - 7 * count;
      meaning->latest_day = meaning->earliest_day + 6;
    }
  else if (unit == 'm')
    {
      months = year * 12 + month - 1 - count;
      fill_months (months / 12, months % 12 + 1, months / 12, months % 12 + 1, &meaning->earliest_day,
                   &meaning->latest_day);
    }
  else
    fill_months (year - count, 1, year - count, 12, &meaning->earliest_day, &meaning->latest_day);
  return meaning->earliest_day >= sak_date_day_of (SAK_DATE_FIRST_CE, 1, 1);
}

static void
add_event (GArray               *meanings,
           const SakSaid        *said,
           const SakDateContext *context)
{
  const SakDateEvent *event = &context->events[said->event - 1];
  SakMeaning meaning = { .era = SAK_ERA_CE };
  SakDateSpan span;

  if (!sak_date_parse (event->edtf, &span, NULL))
    return;
  meaning.earliest_day = span.earliest_day;
  meaning.latest_day = span.latest_day;
  meaning.is_approximate = span.is_approximate;
  meaning.is_uncertain = span.is_uncertain;
  add_meaning (meanings, &meaning);
}

/* Its early, middle and late years have no borders: somewhere within the ten. The halves have. */
static void
add_decade_from (GArray               *meanings,
                 const SakSaid        *said,
                 int                   year,
                 gboolean              is_guess,
                 const SakDateContext *context)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (SakDateWindow));
  g_autoptr (GArray) last = g_array_new (FALSE, FALSE, sizeof (SakDateWindow));
  SakMeaning meaning = { .is_approximate = said->is_about };

  sak_date_find_windows (first, said, year + (said->part == SAK_PART_SECOND_HALF ? 5 : 0), 4, context);
  sak_date_find_windows (last, said, year + (said->part == SAK_PART_FIRST_HALF ? 4 : 9), 4, context);
  if (first->len == 0 || last->len == 0)
    return;
  meaning.earliest_day = g_array_index (first, SakDateWindow, 0).first;
  meaning.latest_day = g_array_index (last, SakDateWindow, 0).last;
  meaning.era = g_array_index (first, SakDateWindow, 0).era;
  meaning.is_guess = is_guess || g_array_index (first, SakDateWindow, 0).is_guess;
  meaning.is_within = said->part >= SAK_PART_START && said->part <= SAK_PART_END;
  add_meaning (meanings, &meaning);
}

/* "the 90s": of the latest century in which they have begun; in Thai and Lao perhaps of the Buddhist Era. */
static void
add_short_decade (GArray               *meanings,
                  const SakSaid        *said,
                  int                   year,
                  const SakDateContext *context)
{
  gboolean is_buddhist = g_str_equal (context->language, "th") || g_str_equal (context->language, "lo");
  gint32 today = context->reference_day;

  if (said->era == SAK_ERA_BE)
    add_decade_from (meanings, said, 2500 + year, FALSE, context);
  else if (said->era != SAK_ERA_ME && today != SAK_DATE_NO_REFERENCE)
    {
      add_decade_from (meanings, said, (sak_date_day_of (2000 + year, 1, 1) <= today ? 2000 : 1900) + year, TRUE,
                       context);
      if (is_buddhist && said->era == SAK_ERA_NONE && sak_date_day_of (2500 + year - 543, 1, 1) <= today)
        add_decade_from (meanings, said, 2500 + year, TRUE, context);
    }
}

static void
add_decade (GArray               *meanings,
            const SakSaid        *said,
            const Numbers        *numbers,
            const SakDateContext *context)
{
  if (numbers->year % 10 != 0 || numbers->month != 0 || said->season != NULL || said->festival != NULL)
    return;
  if (numbers->year_digits == 4)
    add_decade_from (meanings, said, numbers->year, FALSE, context);
  else if (numbers->year_digits == 2)
    add_short_decade (meanings, said, numbers->year, context);
}

static void
add_variant (GArray               *meanings,
             const SakSaid        *said,
             guint                 variant,
             const SakDateContext *context)
{
  g_autoptr (GArray) windows = g_array_new (FALSE, FALSE, sizeof (SakDateWindow));
  gboolean is_bare_season = said->season != NULL || said->festival != NULL;
  SakMeaning back = { 0 };
  Numbers numbers;

  if (!assign_numbers (said, variant, &numbers) || (is_bare_season && numbers.month != 0))
    return;
  if (said->decade != 0)
    {
      add_decade (meanings, said, &numbers, context);
      return;
    }
  if (numbers.year_digits != 0)
    sak_date_find_windows (windows, said, numbers.year, numbers.year_digits, context);
  else if (said->relative != NULL
           && step_back (context->reference_day, said->relative->a, said->relative->b, FALSE, &back))
    {
      /* "the 12th of last month" */
      if (said->relative->a == 'm' && numbers.month == 0)
        sak_date_add_window (windows, back.earliest_day, back.latest_day, SAK_ERA_CE, FALSE);
      else if (said->relative->a == 'y')
        sak_date_add_window (windows, back.earliest_day, back.latest_day, SAK_ERA_CE, FALSE);
    }
  for (guint i = 0; i < windows->len; i++)
    add_in_window (meanings, said, &numbers, &g_array_index (windows, SakDateWindow, i), variant);
}

/* Which of the readings fall on the weekday that was said; all of them if none does. */
static GArray *
keep_weekday (GArray   *meanings,
              int       weekday,
              gboolean *ret_differs)
{
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (SakMeaning));

  for (guint i = 0; i < meanings->len; i++)
    {
      const SakMeaning *meaning = &g_array_index (meanings, SakMeaning, i);
      gint32 day = ((meaning->earliest_day + 3) % 7 + 7) % 7 + 1;

      if (meaning->earliest_day == meaning->latest_day && day == weekday)
        g_array_append_val (kept, *meaning);
    }
  *ret_differs = kept->len == 0 && meanings->len > 0;
  return g_array_ref (kept->len > 0 ? kept : meanings);
}

GArray *
sak_date_resolve (const SakSaid        *said,
                  const SakDateContext *context,
                  gboolean             *ret_weekday_differs)
{
  g_autoptr (GArray) meanings = g_array_new (FALSE, FALSE, sizeof (SakMeaning));
  gboolean has_reference = context->reference_day != SAK_DATE_NO_REFERENCE;
  SakMeaning back = { .is_approximate = said->is_about };

  if ((said->count_unit != 0 || said->relative != NULL) && !has_reference)
    return g_steal_pointer (&meanings);
  if (said->event != 0)
    add_event (meanings, said, context);
  else if (said->count_unit != 0)
    {
      if (step_back (context->reference_day, said->count_unit, said->count, TRUE, &back))
        add_meaning (meanings, &back);
    }
  else if (said->relative != NULL && (said->relative->a == 'd' || said->relative->a == 'w') && said->n_loose == 0
           && said->month == 0 && said->year_digits == 0)
    {
      if (step_back (context->reference_day, said->relative->a, said->relative->b, FALSE, &back))
        add_meaning (meanings, &back);
    }
  else
    for (guint variant = 0; variant < 2; variant++)
      add_variant (meanings, said, variant, context);
  if (said->weekday == 0)
    return g_steal_pointer (&meanings);
  return keep_weekday (meanings, said->weekday, ret_weekday_differs);
}
