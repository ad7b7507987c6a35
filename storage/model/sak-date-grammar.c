/* sak-date-grammar.c - known words put together to dates and spans
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of whatever language: a word between two dates makes a span (sak-date-span.c); one word
 * of before, after, until, since with one date makes it open; what is left says one date, in
 * any order.
 */
#include "config.h"

#include "storage/model/sak-date-words-private.h"

/* One date */

static gboolean
is_mark_for (const GArray *tokens,
             guint         i,
             guint         begin,
             guint         end,
             SakWordKind   kind,
             int          *ret_unit)
{
  const SakSense *sense;

  if (i < begin || i >= end)
    return FALSE;
  sense = sak_token_find (&g_array_index (tokens, SakToken, i), kind);
  if (sense != NULL)
    *ret_unit = sense->a;
  return sense != NULL;
}

static gboolean
is_era (const GArray *tokens,
        guint         i,
        guint         begin,
        guint         end)
{
  return i >= begin && i < end && sak_token_find (&g_array_index (tokens, SakToken, i), SAK_WORD_ERA) != NULL;
}

static gboolean
set_once (int *place,
          int  value)
{
  if (*place != 0 || value == 0)
    return FALSE;
  *place = value;
  return TRUE;
}

static gboolean
add_loose (SakSaid *said,
           int      number,
           int      n_digits)
{
  if (said->n_loose >= 3)
    return FALSE;
  said->loose[said->n_loose] = number;
  said->loose_digits[said->n_loose++] = n_digits;
  return TRUE;
}

/* What the words at its sides say that a number is, or else what it looks like. */
static gboolean
take_number (SakSaid      *said,
             const GArray *tokens,
             guint         i,
             guint         begin,
             guint         end,
             int           number,
             int           n_digits)
{
  int unit = 0;

  if (is_era (tokens, i + 1, begin, end) || (i > begin && is_era (tokens, i - 1, begin, end)))
    unit = 'y';
  else if (!is_mark_for (tokens, i + 1, begin, end, SAK_WORD_AFTER_NUMBER, &unit) && i > begin)
    (void) is_mark_for (tokens, i - 1, begin, end, SAK_WORD_BEFORE_NUMBER, &unit);
  if (unit == 'm')
    return number <= 12 && set_once (&said->month, number);
  if (unit == 'd')
    return number <= 31 && set_once (&said->day, number);
  if (unit != 'y' || said->year_digits != 0)
    return add_loose (said, number, n_digits);
  said->year = number;
  said->year_digits = n_digits;
  return TRUE;
}

/* "3 days", before or behind "ago". */
static gboolean
take_count (SakSaid      *said,
            const GArray *tokens,
            guint         i,
            guint         end,
            int           number)
{
  const SakSense *unit = i + 1 < end ? sak_token_find (&g_array_index (tokens, SakToken, i + 1), SAK_WORD_UNIT) : NULL;

  if (unit == NULL || said->count_unit != 0 || number > 2000)
    return FALSE;
  said->count = number;
  said->count_unit = unit->a;
  return TRUE;
}

static gboolean
take_digits (SakSaid        *said,
             const GArray   *tokens,
             guint           i,
             guint           begin,
             guint           end)
{
  const SakToken *token = &g_array_index (tokens, SakToken, i);

  if (token->n_numbers == 1)
    return take_number (said, tokens, i, begin, end, token->numbers[0], token->n_digits[0]);
  if (said->n_loose > 0)
    return FALSE;
  said->is_numeric = TRUE;
  for (guint n = 0; n < token->n_numbers; n++)
    if (!add_loose (said, token->numbers[n], token->n_digits[n]))
      return FALSE;
  return TRUE;
}

static gboolean
take_sense (const SakSense **place,
            const SakSense  *sense)
{
  if (*place != NULL)
    return FALSE;
  *place = sense;
  return TRUE;
}

/* FALSE where a word cannot be part of this date. */
static gboolean
take_word (SakSaid        *said,
           const SakToken *token)
{
  static const SakWordKind ignored[] = {
    SAK_WORD_NOISE, SAK_WORD_BEFORE_NUMBER, SAK_WORD_AFTER_NUMBER, SAK_WORD_UNIT,
  };
  const SakSense *sense;

  if ((sense = sak_token_find (token, SAK_WORD_EVENT)) != NULL)
    return set_once (&said->event, sense->a + 1);
  if ((sense = sak_token_find (token, SAK_WORD_MONTH)) != NULL)
    return set_once (&said->month, sense->a);
  if ((sense = sak_token_find (token, SAK_WORD_SEASON)) != NULL)
    return take_sense (&said->season, sense);
  if ((sense = sak_token_find (token, SAK_WORD_FESTIVAL)) != NULL)
    return take_sense (&said->festival, sense);
  if ((sense = sak_token_find (token, SAK_WORD_RELATIVE)) != NULL)
    return take_sense (&said->relative, sense);
  if ((sense = sak_token_find (token, SAK_WORD_WEEKDAY)) != NULL)
    return set_once (&said->weekday, sense->a);
  if ((sense = sak_token_find (token, SAK_WORD_PART)) != NULL)
    {
      if (said->part != SAK_PART_NONE)
        return FALSE;
      said->part = (SakPart) sense->a;
      return TRUE;
    }
  if ((sense = sak_token_find (token, SAK_WORD_ERA)) != NULL)
    {
      said->era = (SakEra) sense->a;
      return TRUE;
    }
  if (sak_token_find (token, SAK_WORD_DECADE) != NULL)
    return set_once (&said->decade, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (ignored); i++)
    if (sak_token_find (token, ignored[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_relation (const SakToken *token)
{
  for (int kind = SAK_WORD_BEFORE; kind <= SAK_WORD_BETWEEN; kind++)
    if (sak_token_find (token, (SakWordKind) kind) != NULL)
      return TRUE;
  return FALSE;
}

/* The words from @begin up to @end, without those that relate dates to each other. */
static gboolean
collect (SakSaid      *said,
         const GArray *tokens,
         guint         begin,
         guint         end,
         gboolean      is_ago,
         gboolean      is_of_span)
{
  for (guint i = begin; i < end; i++)
    {
      const SakToken *token = &g_array_index (tokens, SakToken, i);
      const SakSense *number = sak_token_find (token, SAK_WORD_NUMBER);

      if (is_ago && token->n_numbers == 1 && take_count (said, tokens, i, end, token->numbers[0]))
        continue;
      if (is_ago && number != NULL && take_count (said, tokens, i, end, number->a))
        continue;
      if (token->n_numbers > 0)
        {
          if (!take_digits (said, tokens, i, begin, end))
            return FALSE;
        }
      else if (sak_token_find (token, SAK_WORD_ABOUT) != NULL)
        said->is_about = TRUE;
      else if (is_of_span && sak_token_find (token, SAK_WORD_BETWEEN) != NULL)
        continue;
      else if (sak_token_find (token, SAK_WORD_PERHAPS) == NULL && !take_word (said, token)
               && !is_relation (token) && !(is_ago && sak_token_find (token, SAK_WORD_AGO) != NULL))
        return FALSE;
    }
  return !is_ago || (said->count_unit != 0 && said->n_loose == 0 && said->month == 0 && said->year_digits == 0
                     && said->season == NULL && said->festival == NULL && said->event == 0);
}

/* Whether a date may stand in a word: not what only relates, and not noise. */
static gboolean
is_of_date (const SakToken *token)
{
  static const SakWordKind contents[] = {
    SAK_WORD_MONTH, SAK_WORD_SEASON, SAK_WORD_FESTIVAL, SAK_WORD_RELATIVE, SAK_WORD_EVENT,
  };

  if (token->n_numbers > 0)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    if (sak_token_find (token, contents[i]) != NULL)
      return TRUE;
  return FALSE;
}

static guint
count_of_date (const GArray *tokens,
               guint         begin,
               guint         end)
{
  guint count = 0;

  for (guint i = begin; i < end; i++)
    count += is_of_date (&g_array_index (tokens, SakToken, i)) ? 1 : 0;
  return count;
}

static guint
count_kind (const GArray *tokens,
            SakWordKind   kind)
{
  guint count = 0;

  for (guint i = 0; i < tokens->len; i++)
    count += sak_token_find (&g_array_index (tokens, SakToken, i), kind) != NULL ? 1 : 0;
  return count;
}

/* "early to mid-1990s" */
static gboolean
has_date (const GArray *tokens,
          guint         begin,
          guint         end)
{
  if (count_of_date (tokens, begin, end) > 0)
    return TRUE;
  for (guint i = begin; i < end && count_kind (tokens, SAK_WORD_DECADE) > 0; i++)
    if (sak_token_find (&g_array_index (tokens, SakToken, i), SAK_WORD_PART) != NULL)
      return TRUE;
  return FALSE;
}

/* Where a span is cut in two: the only "to", "and" or "or" with a date at each side. */
static gboolean
find_joint (const GArray *tokens,
            guint        *ret_joint)
{
  guint n_joints = 0;

  for (guint i = 1; i + 1 < tokens->len; i++)
    {
      const SakToken *token = &g_array_index (tokens, SakToken, i);

      if ((sak_token_find (token, SAK_WORD_TO) == NULL && sak_token_find (token, SAK_WORD_AND) == NULL
           && sak_token_find (token, SAK_WORD_OR) == NULL)
          || !has_date (tokens, 0, i) || !has_date (tokens, i + 1, tokens->len))
        continue;
      *ret_joint = i;
      n_joints++;
    }
  return n_joints == 1;
}

static SakJoint
get_joint (const SakToken *token)
{
  const SakSense *to = sak_token_find (token, SAK_WORD_TO);

  if (sak_token_find (token, SAK_WORD_OR) != NULL)
    return SAK_JOINT_OR;
  return to != NULL && to->language[0] == '\0' ? SAK_JOINT_DASH : SAK_JOINT_WORD;
}

static GArray *
understand_span (const GArray         *tokens,
                 guint                 joint,
                 const SakDateContext *context,
                 gboolean             *ret_differs)
{
  SakSaid first = { 0 }, last = { 0 };

  if (count_kind (tokens, SAK_WORD_AFTER) > 0 || count_kind (tokens, SAK_WORD_BEFORE) > 0
      || !collect (&first, tokens, 0, joint, FALSE, TRUE)
      || !collect (&last, tokens, joint + 1, tokens->len, FALSE, TRUE))
    return g_array_new (FALSE, FALSE, sizeof (SakMeaning));
  return sak_date_resolve_span (&first, &last, get_joint (&g_array_index (tokens, SakToken, joint)), context,
                                ret_differs);
}

/* One date, perhaps open at an end. */

/* A feast that goes by the moon is some days within its weeks: before it may be all of them but the last, and after it
 * all but the first.
 */
#define LONGEST_FEAST 14

static gboolean
open_at_feast (SakMeaning  *meaning,
               SakWordKind  kind)
{
  if ((kind != SAK_WORD_BEFORE && kind != SAK_WORD_AFTER) || meaning->earliest_day == G_MININT32 ||
      meaning->latest_day == G_MAXINT32 || meaning->latest_day - meaning->earliest_day < LONGEST_FEAST)
    return FALSE;
  if (kind == SAK_WORD_BEFORE)
    {
      meaning->latest_day--;
      meaning->earliest_day = G_MININT32;
    }
  else
    {
      meaning->earliest_day++;
      meaning->latest_day = G_MAXINT32;
    }
  return TRUE;
}

static void
open_end (SakMeaning  *meaning,
          SakWordKind  kind)
{
  /* "before the late 1990s" may still be in the 1990s. */
  if (meaning->is_within && (kind == SAK_WORD_BEFORE || kind == SAK_WORD_AFTER))
    kind = kind == SAK_WORD_BEFORE ? SAK_WORD_UNTIL : SAK_WORD_SINCE;
  switch (kind)
    {
    case SAK_WORD_BEFORE:
      meaning->latest_day = meaning->earliest_day == G_MININT32 ? G_MAXINT32 : meaning->earliest_day - 1;
      meaning->earliest_day = G_MININT32;
      return;
    case SAK_WORD_AFTER:
      meaning->earliest_day = meaning->latest_day == G_MAXINT32 ? G_MININT32 : meaning->latest_day + 1;
      meaning->latest_day = G_MAXINT32;
      return;
    case SAK_WORD_UNTIL:
      meaning->earliest_day = G_MININT32;
      return;
    case SAK_WORD_SINCE:
    case SAK_WORD_FROM:
      meaning->latest_day = G_MAXINT32;
      return;
    default:
      return;
    }
}

/* The one word that opens an end; FALSE where two of them contradict each other. */
static gboolean
find_relation (const GArray *tokens,
               gboolean      is_ago,
               SakWordKind  *ret_kind)
{
  guint n_kinds = 0;

  *ret_kind = SAK_WORD_NOISE;
  for (guint i = 0; i < tokens->len; i++)
    {
      const SakToken *token = &g_array_index (tokens, SakToken, i);

      for (int kind = SAK_WORD_BEFORE; kind <= SAK_WORD_FROM; kind++)
        if (sak_token_find (token, (SakWordKind) kind) != NULL && !(is_ago && sak_token_find (token, SAK_WORD_AGO)))
          {
            n_kinds += *ret_kind != (SakWordKind) kind ? 1 : 0;
            *ret_kind = (SakWordKind) kind;
            break;
          }
    }
  return n_kinds <= 1;
}

/* A word that is "ago" goes with a count and a unit: "3 วันก่อน", not "ก่อนปี 2562". */
static gboolean
is_counted_back (const GArray *tokens)
{
  if (count_kind (tokens, SAK_WORD_AGO) == 0)
    return FALSE;
  for (guint i = 0; i + 1 < tokens->len; i++)
    {
      const SakToken *token = &g_array_index (tokens, SakToken, i);

      if ((token->n_numbers == 1 && token->n_digits[0] <= 2) || sak_token_find (token, SAK_WORD_NUMBER) != NULL)
        if (sak_token_find (&g_array_index (tokens, SakToken, i + 1), SAK_WORD_UNIT) != NULL
            && count_of_date (tokens, 0, tokens->len) <= 1)
          return TRUE;
    }
  return FALSE;
}

/* "between" with one date, where the word is not also "during" or "the middle of". */
static gboolean
has_lone_between (const GArray *tokens)
{
  for (guint i = 0; i < tokens->len; i++)
    {
      const SakToken *token = &g_array_index (tokens, SakToken, i);

      if (sak_token_find (token, SAK_WORD_BETWEEN) != NULL && sak_token_find (token, SAK_WORD_NOISE) == NULL
          && sak_token_find (token, SAK_WORD_PART) == NULL)
        return TRUE;
    }
  return FALSE;
}

static GArray *
understand_point (const GArray         *tokens,
                  const SakDateContext *context,
                  gboolean             *ret_differs)
{
  gboolean is_ago = is_counted_back (tokens);
  SakWordKind relation;
  SakSaid said = { 0 };
  GArray *meanings;

  if (!find_relation (tokens, is_ago, &relation) || !collect (&said, tokens, 0, tokens->len, is_ago, FALSE)
      || has_lone_between (tokens))
    return g_array_new (FALSE, FALSE, sizeof (SakMeaning));
  meanings = sak_date_resolve (&said, context, ret_differs);
  for (guint i = 0; i < meanings->len; i++)
    {
      SakMeaning *meaning = &g_array_index (meanings, SakMeaning, i);

      if (said.festival == NULL || !open_at_feast (meaning, relation))
        open_end (meaning, relation);
    }
  return meanings;
}

/* Of SakMeaning, the likelier first; empty where the words make no date. */
GArray *
sak_date_read_tokens (const GArray         *tokens,
                      const SakDateContext *context,
                      gboolean             *ret_weekday_differs)
{
  g_autoptr (GArray) meanings = NULL;
  guint joint;

  if (find_joint (tokens, &joint))
    meanings = understand_span (tokens, joint, context, ret_weekday_differs);
  else
    meanings = understand_point (tokens, context, ret_weekday_differs);
  if (count_kind (tokens, SAK_WORD_PERHAPS) > 0)
    for (guint i = 0; i < meanings->len; i++)
      g_array_index (meanings, SakMeaning, i).is_uncertain = TRUE;
  return g_steal_pointer (&meanings);
}
