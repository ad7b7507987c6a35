/* sak-words-date.c - dates in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-date.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-when.h"

/* Years that no calendar of ours goes to stand as they are. */
static char *
say_year (int year)
{
  char *said = sak_words_year (year);

  return said != NULL ? said : g_strdup_printf (year < 0 ? "%05d" : "%04d", year);
}

static const char *
name_season (const SakDatePoint *point)
{
  switch (point->month)
    {
    case 21:
      /* Translators: March to May; %s is a year */
      return _("spring %s");
    case 22:
      /* Translators: June to August; %s is a year */
      return _("summer %s");
    case 23:
      /* Translators: September to November; %s is a year */
      return _("autumn %s");
    default:
      /* Translators: December to February; %s is the year in which it begins */
      return _("winter beginning in %s");
    }
}

static char *
say_season (const SakDatePoint *point)
{
  const char *name = name_season (point);
  g_autofree char *year = say_year (point->year);
  g_auto (GStrv) pieces = g_strsplit (name, "%s", 2);

  return g_strjoinv (year, pieces);
}

static char *
say_plain_point (const SakDatePoint *point)
{
  SakDateParts parts = { FALSE, *point, { 0 } };
  char *said = NULL;

  parts.from.is_uncertain = parts.from.is_approximate = FALSE;
  if (point->unit >= SAK_DATE_DAY)
    said = sak_words_day (point->year, point->month, point->day);
  else if (point->unit == SAK_DATE_MONTH)
    said = sak_words_month (point->year, point->month);
  else if (point->unit == SAK_DATE_SEASON)
    said = say_season (point);
  else if (point->unit == SAK_DATE_DECADE)
    /* Translators: ten years, "the 1990s", of the Common Era */
    said = sak_words_print (_("the %ds"), point->year);
  else if (point->unit == SAK_DATE_CENTURY)
    /* Translators: a hundred years of the Common Era */
    said = sak_words_print (_("%1$d to %2$d"), point->year, point->year + 99);
  else if (point->unit == SAK_DATE_YEAR && ABS (point->year) <= 9999)
    said = say_year (point->year);
  return said != NULL ? said : sak_date_print (&parts);
}

/* With the year that the person counts, where that is another. */
static char *
say_calendar_point (const SakDatePoint *point,
                    const char         *calendar)
{
  g_autofree char *said = say_plain_point (point);

  if (g_strcmp0 (calendar, "buddhist") != 0 || point->unit < SAK_DATE_YEAR || sak_words_years_are_buddhist ())
    return g_steal_pointer (&said);
  /* Translators: a date, and its year in the Buddhist Era: "12 March 2019 (BE 2562)" */
  return sak_words_print (_("%1$s (BE %2$d)"), said, point->year + 543);
}

static char *
say_point (const SakDatePoint *point,
           const char         *calendar)
{
  g_autofree char *said = say_calendar_point (point, calendar);

  if (point->is_approximate && point->is_uncertain)
    /* Translators: an approximate and uncertain date */
    return g_strdup_printf (_("about %s, not certain"), said);
  if (point->is_approximate)
    /* Translators: an approximate date: "about July 2019" */
    return g_strdup_printf (_("about %s"), said);
  if (point->is_uncertain)
    /* Translators: an uncertain date: "July 2019, not certain" */
    return g_strdup_printf (_("%s, not certain"), said);
  return g_steal_pointer (&said);
}

static char *
say_open_interval (const SakDateParts *parts,
                   const char         *calendar)
{
  gboolean has_end = parts->to.unit > SAK_DATE_OPEN;
  g_autofree char *said = say_point (has_end ? &parts->to : &parts->from, calendar);

  /* Translators: a span with an open begin */
  return has_end ? g_strdup_printf (_("until %s"), said)
                 /* Translators: a span with an open end */
                 : g_strdup_printf (_("from %s on"), said);
}

static gboolean
is_open (const SakDateParts *parts)
{
  return parts->is_interval && (parts->from.unit <= SAK_DATE_OPEN || parts->to.unit <= SAK_DATE_OPEN);
}

char *
sak_words_date (const char *edtf,
                const char *calendar)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  SakDateParts parts;

  if (!sak_date_parse_parts (edtf, &parts, NULL))
    return g_str_equal (edtf, "../..") ? g_strdup (_("date not known")) : g_strdup (edtf);
  if (is_open (&parts))
    return say_open_interval (&parts, calendar);
  from = say_point (&parts.from, calendar);
  if (!parts.is_interval)
    return g_steal_pointer (&from);
  to = say_point (&parts.to, calendar);
  /* Translators: from the first date to the second */
  return g_strdup_printf (_("%1$s to %2$s"), from, to);
}

/* A span by its first and its last day: nobody has to know what a month's name includes. */
static char *
say_days (const char *edtf,
          const char *calendar)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  SakDateParts parts;
  SakDateSpan span;

  if (!sak_date_parse_parts (edtf, &parts, NULL) || !parts.is_interval || is_open (&parts)
      || !sak_date_parse (edtf, &span, NULL))
    return sak_words_date (edtf, calendar);
  first = sak_date_day_to_text (span.earliest_day);
  last = sak_date_day_to_text (span.latest_day);
  from = sak_words_date (first, calendar);
  to = sak_words_date (last, calendar);
  if (span.is_approximate)
    /* Translators: two days, whose borders are soft */
    return g_strdup_printf (_("between about %1$s and %2$s"), from, to);
  /* Translators: two days */
  return g_strdup_printf (_("between %1$s and %2$s"), from, to);
}

char *
sak_words_date_as_said (const char *edtf,
                        const char *calendar,
                        const char *said)
{
  g_autofree char *days = say_days (edtf, calendar);

  if (said == NULL || g_str_equal (said, edtf) || g_str_equal (said, days))
    return g_steal_pointer (&days);
  /* Translators: a date, and the words that a person used for it */
  return g_strdup_printf (_("%1$s (as you said: %2$s)"), days, said);
}

char *
sak_words_date_reading (const SakDateReading *reading,
                        guint                 n,
                        gboolean              shows_said)
{
  const SakDateOption *option = n > 0 && n <= reading->alternatives->len ? reading->alternatives->pdata[n - 1] : NULL;
  const char *edtf = option != NULL ? option->edtf : reading->edtf;
  g_autofree char *said = NULL;

  if (reading->said[0] == '\0')
    return g_strdup ("");
  if (edtf == NULL)
    return g_strdup (_("Kept as you wrote it, but not understood as a date. Write for example 14 July 2019, July 2019, "
                       "about 2019, before 2015, rainy season 2019, or 2017 to 2019."));
  said = sak_words_date_as_said (edtf, option != NULL ? option->calendar : reading->calendar,
                                 shows_said ? reading->said : NULL);
  if (reading->weekday_differs)
    /* Translators: %s is a date */
    return g_strdup_printf (_("%s. But that was another day of the week: please check."), said);
  return g_steal_pointer (&said);
}
