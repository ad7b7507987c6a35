/* sak-date-words.c - dates in the words that people use, understood as EDTF
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text is cut into known words (sak-date-lexicon.c); one that is not known ends it: what
 * is not understood as a whole is kept as said. The words are put together (-grammar) and
 * made to days (-resolve).
 */
#include "config.h"

#include "storage/model/sak-date-words-private.h"

#include <string.h>

static void
option_free (gpointer option)
{
  g_free (((SakDateOption *) option)->edtf);
  g_free (option);
}

static SakDateReading *
reading_new (const char *said)
{
  SakDateReading *self = g_new0 (SakDateReading, 1);

  self->said = g_strstrip (g_strdup (said));
  self->alternatives = g_ptr_array_new_with_free_func (option_free);
  return self;
}

void
sak_date_reading_free (SakDateReading *self)
{
  if (self == NULL)
    return;
  g_free (self->said);
  g_free (self->edtf);
  g_ptr_array_unref (self->alternatives);
  g_free (self);
}

static const char *
name_calendar (SakEra era)
{
  return era == SAK_ERA_BE ? "buddhist" : era == SAK_ERA_ME ? "myanmar" : "gregorian";
}

/* "199X": somewhere within, which an interval would not say. */
static char *
print_decade (const SakMeaning *meaning)
{
  int month, day;
  gint32 year;

  if (!meaning->is_within || meaning->earliest_day == G_MININT32)
    return NULL;
  sak_date_split_day (meaning->earliest_day, &year, &month, &day);
  if (year % 10 != 0 || meaning->earliest_day != sak_date_day_of (year, 1, 1)
      || meaning->latest_day != sak_date_day_of (year + 9, 12, 31))
    return NULL;
  return sak_date_print (&(SakDateParts) { FALSE, { .unit = SAK_DATE_DECADE, .year = year }, { 0 } });
}

/* The days in the shortest EDTF, with the doubt at each end that is a date. */
static char *
print_meaning (const SakMeaning *meaning)
{
  g_autofree char *decade = print_decade (meaning);
  g_autofree char *days = decade != NULL ? g_steal_pointer (&decade)
                          : sak_date_print_days (meaning->earliest_day, meaning->latest_day);
  SakDateParts parts;

  if (days == NULL || !sak_date_parse_parts (days, &parts, NULL))
    return NULL;
  for (int i = 0; i < 2; i++)
    {
      SakDatePoint *point = i == 0 ? &parts.from : &parts.to;

      if (point->unit <= SAK_DATE_OPEN)
        continue;
      point->is_approximate = meaning->is_approximate;
      point->is_uncertain = meaning->is_uncertain;
    }
  return sak_date_print (&parts);
}

static void
take_meanings (SakDateReading *self,
               const GArray   *meanings)
{
  gboolean is_guess = FALSE;

  for (guint i = 0; i < meanings->len; i++)
    {
      const SakMeaning *meaning = &g_array_index (meanings, SakMeaning, i);
      g_autofree char *edtf = print_meaning (meaning);

      if (edtf == NULL)
        continue;
      is_guess |= meaning->is_guess;
      if (self->edtf == NULL)
        {
          self->edtf = g_steal_pointer (&edtf);
          self->calendar = name_calendar (meaning->era);
        }
      else
        {
          SakDateOption *option = g_new0 (SakDateOption, 1);

          option->edtf = g_steal_pointer (&edtf);
          option->calendar = name_calendar (meaning->era);
          g_ptr_array_add (self->alternatives, option);
        }
    }
  self->is_certain = self->edtf != NULL && self->alternatives->len == 0 && !is_guess && !self->weekday_differs;
}

/* The text as EDTF */

static gboolean
is_buddhist (const SakDatePoint *point)
{
  return point->unit >= SAK_DATE_YEAR && point->year >= 2400 && point->year <= 2700;
}

/* "2562-07~": the years of the Buddhist Era, and as a second choice what stands there. */
static gboolean
read_edtf (SakDateReading *self)
{
  g_autofree char *folded = sak_date_fold (self->said);
  g_autofree char *upper = g_ascii_strup (folded, -1);
  SakDateOption *literal;
  SakDateParts parts;

  if (strspn (upper, "0123456789") == strlen (upper) || !sak_date_parse_parts (upper, &parts, NULL))
    return FALSE;
  self->edtf = sak_date_print (&parts);
  self->calendar = name_calendar (SAK_ERA_CE);
  self->is_certain = TRUE;
  if (!is_buddhist (&parts.from) && !(parts.is_interval && is_buddhist (&parts.to)))
    return TRUE;
  literal = g_new0 (SakDateOption, 1);
  literal->edtf = g_steal_pointer (&self->edtf);
  literal->calendar = self->calendar;
  g_ptr_array_add (self->alternatives, literal);
  parts.from.year -= is_buddhist (&parts.from) ? 543 : 0;
  parts.to.year -= is_buddhist (&parts.to) ? 543 : 0;
  self->edtf = sak_date_print (&parts);
  self->calendar = name_calendar (SAK_ERA_BE);
  self->is_certain = FALSE;
  return TRUE;
}

/* The language of the words themselves counts more than that of the person who types. */
static void
find_language (const GArray *tokens,
               const char   *language,
               char          ret_language[static 4])
{
  g_strlcpy (ret_language, language != NULL ? language : "en", 4);
  for (guint i = 0; i < tokens->len; i++)
    {
      const GArray *senses = g_array_index (tokens, SakToken, i).senses;
      const char *its = senses != NULL ? g_array_index (senses, SakSense, 0).language : "";

      if (its[0] != '\0' && !g_str_equal (its, "en"))
        {
          g_strlcpy (ret_language, its, 4);
          return;
        }
    }
}

static void
read_words (SakDateReading     *self,
            const GArray       *tokens,
            const char         *language,
            gint32              reference_day,
            const SakDateEvent *events)
{
  SakDateContext context = { "", reference_day, events };
  g_autoptr (GArray) meanings = NULL;

  find_language (tokens, language, context.language);
  meanings = sak_date_read_tokens (tokens, &context, &self->weekday_differs);
  take_meanings (self, meanings);
}

/**
 * sak_date_understand:
 * @text: what was typed
 * @language: (nullable): of the person, "th": settles what else would be open
 * @reference_day: the day that "last year" is counted from, or SAK_DATE_NO_REFERENCE
 * @events: (nullable): what is known by name, up to a NULL name
 *
 * As wide as the words, and never wider or narrower, but that the early years of a decade
 * are its ten years: "the flood" is a date only where the caller knows the flood. What is
 * not understood as a whole has no EDTF. A pure function. Errors: INVALID where the text is
 * not UTF-8.
 */
SakDateReading *
sak_date_understand (const char          *text,
                     const char          *language,
                     gint32               reference_day,
                     const SakDateEvent  *events,
                     GError             **error)
{
  g_autoptr (SakDateReading) self = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GArray) tokens = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_INVALID, "The date is not UTF-8 text");
      return NULL;
    }
  self = reading_new (text);
  if (g_utf8_strlen (self->said, -1) > SAK_DATE_MAX_WORDS || read_edtf (self))
    return g_steal_pointer (&self);
  folded = sak_date_fold (self->said);
  tokens = sak_date_tokenise (folded, events);
  if (tokens != NULL && tokens->len > 0)
    read_words (self, tokens, language, reference_day, events);
  return g_steal_pointer (&self);
}

/**
 * sak_date_reading_to_value:
 * @n: 0 for the reading itself, else which alternative, from 1
 *
 * Returns: (nullable): EDTF text where it is what was said, else an object of edtf, said and
 *   calendar; NULL where nothing was said
 */
json_t *
sak_date_reading_to_value (const SakDateReading *self,
                           guint                 n)
{
  const SakDateOption *option = n > 0 && n <= self->alternatives->len ? self->alternatives->pdata[n - 1] : NULL;
  const char *edtf = option != NULL ? option->edtf : self->edtf;
  const char *calendar = option != NULL ? option->calendar : self->calendar;

  if (self->said[0] == '\0')
    return NULL;
  if (edtf == NULL)
    return json_pack ("{s:s}", "said", self->said);
  if (g_str_equal (edtf, self->said))
    return json_string (edtf);
  if (g_str_equal (calendar, "gregorian"))
    return json_pack ("{s:s, s:s}", "edtf", edtf, "said", self->said);
  return json_pack ("{s:s, s:s, s:s}", "edtf", edtf, "said", self->said, "calendar", calendar);
}
