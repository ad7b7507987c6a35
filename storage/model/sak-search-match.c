/* sak-search-match.c - how well a record fits a query, and what to show of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-search-private.h"

#include <string.h>

/* Of a long text the beginning says how well it fits; that it fits at all the index knows. */
#define MAX_JUDGED (64 * 1024)
/* Of the snippet, before the hit. */
#define LEAD_CHARS 40

/* What counts for more than what: a whole word before a part of one, then the same marks, then
 * the words together, then in the title.
 */
enum
{
  POINTS_EDGE = 100,            /* for each end */
  POINTS_EXACT = 60,
  POINTS_CODE = 150,            /* by a label alone */
  POINTS_UNSEEN = 0,
  POINTS_TOGETHER = 30,
  POINTS_TITLE = 20,
  POINTS_PLACE = 5,
};

typedef struct
{
  const char *text;
  gsize size;
  gboolean is_cut;
  SakSyllables *syllables;
} Part;

enum { TITLE, TEXT, PLACE, N_PARTS };

static void
read_part (Part       *part,
           const char *text)
{
  part->text = text != NULL ? text : "";
  part->size = strlen (part->text);
  part->is_cut = part->size > MAX_JUDGED;
  if (part->is_cut)
    for (part->size = MAX_JUDGED; (part->text[part->size] & 0xc0) == 0x80;)
      part->size--;
  part->syllables = sak_syllables_new (part->text, part->size);
}

static int
judge_hits (GArray *hits)
{
  int best = -1;

  for (guint i = 0; i < hits->len; i++)
    {
      const SakSearchHit *hit = &g_array_index (hits, SakSearchHit, i);

      best = MAX (best, hit->edges * POINTS_EDGE + (hit->is_exact ? POINTS_EXACT : 0));
    }
  return best;
}

static gboolean
has_code (GPtrArray  *codes,
          const char *facet)
{
  for (guint i = 0; codes != NULL && facet != NULL && i < codes->len; i++)
    {
      g_autofree char *item = g_strdup_printf (SAK_SYLLABLE_CODE "c:%s ", (const char *) codes->pdata[i]);

      if (strstr (facet, item) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Points of one term; -1 where it is not there. */
static int
judge_term (SakSearchQuery      *self,
            const SakSearchTerm *term,
            const Part          *parts,
            const char          *facet)
{
  int best = has_code (term->codes, facet) ? POINTS_CODE : -1;
  int bonus = 0;
  gboolean is_cut = FALSE;

  for (guint i = 0; i < N_PARTS; i++)
    {
      g_autoptr (GArray) hits = sak_search_find_hits (parts[i].text, parts[i].syllables, term, self->edges);

      if (hits->len > 0)
        bonus = MAX (bonus, i == TITLE ? POINTS_TITLE : i == PLACE ? POINTS_PLACE : 0);
      best = MAX (best, judge_hits (hits));
      is_cut |= parts[i].is_cut;
    }
  if (best < 0 && sak_search_has_way (term, parts[PLACE].syllables))
    {
      best = 2 * POINTS_EDGE;
      bonus = MAX (bonus, POINTS_PLACE);
    }
  if (best < 0 && is_cut && !term->is_excluded)
    best = POINTS_UNSEEN;
  return best < 0 ? -1 : best + bonus;
}

/* All that was typed, one behind the other. */
static gboolean
stands_together (SakSearchQuery *self,
                 const Part     *parts)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (SakSyllables) phrase = NULL;
  SakSearchTerm together = { 0 };

  for (guint i = 0; i < self->terms->len; i++)
    {
      const SakSearchTerm *term = self->terms->pdata[i];

      if (!term->is_excluded)
        g_string_append_printf (all, "%s ", term->text);
    }
  together.syllables = phrase = sak_syllables_new (all->str, all->len);
  for (guint i = 0; i < N_PARTS; i++)
    {
      g_autoptr (GArray) hits = sak_search_find_hits (parts[i].text, parts[i].syllables, &together, self->edges);

      if (hits->len > 0)
        return TRUE;
    }
  return FALSE;
}

static int
judge_parts (SakSearchQuery *self,
             const Part     *parts,
             const char     *facet)
{
  int worst = G_MAXINT;

  for (guint i = 0; i < self->terms->len; i++)
    {
      const SakSearchTerm *term = self->terms->pdata[i];
      int points = judge_term (self, term, parts, facet);

      if (term->is_excluded ? points >= 0 : points < 0)
        return -1;
      if (!term->is_excluded)
        worst = MIN (worst, points);
    }
  if (self->terms->len > 1 && stands_together (self, parts))
    worst += POINTS_TOGETHER;
  return worst;
}

/**
 * sak_search_query_judge:
 * @parts: any of them may be NULL
 */
int
sak_search_query_judge (SakSearchQuery       *self,
                        const SakSearchParts *parts)
{
  Part read[N_PARTS];
  int points;

  read_part (&read[TITLE], parts->title);
  read_part (&read[TEXT], parts->text);
  read_part (&read[PLACE], parts->place);
  points = judge_parts (self, read, parts->facet);
  if (has_code (self->codes, parts->facet))
    points = MAX (points, POINTS_CODE);
  for (guint i = 0; i < N_PARTS; i++)
    sak_syllables_free (read[i].syllables);
  return points;
}

/* --- What to show --- */

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const SakSearchHit *first = a, *second = b;

  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;
  return first->end > second->end ? -1 : first->end < second->end;
}

static GArray *
find_all (SakSearchQuery *self,
          const char     *text,
          gsize           size)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (SakSearchHit));
  g_autoptr (SakSyllables) syllables = sak_syllables_new (text, size);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const SakSearchTerm *term = self->terms->pdata[i];
      g_autoptr (GArray) hits = NULL;

      if (term->is_excluded)
        continue;
      hits = sak_search_find_hits (text, syllables, term, self->edges);
      g_array_append_vals (all, hits->data, hits->len);
    }
  g_array_sort (all, compare_hits);
  return all;
}

static void
add_range (GArray  *ranges,
           guint32  start,
           guint32  end)
{
  SakSearchRange range = { start, end };
  SakSearchRange *last = ranges->len > 0 ? &g_array_index (ranges, SakSearchRange, ranges->len - 1) : NULL;

  if (last != NULL && start <= last->end)
    last->end = MAX (last->end, end);
  else
    g_array_append_val (ranges, range);
}

/**
 * sak_search_query_find_ranges:
 * @text: as it is stored: a field, a title; NFC
 */
GArray *
sak_search_query_find_ranges (SakSearchQuery *self,
                              const char     *text)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (SakSearchRange));
  g_autoptr (GArray) hits = find_all (self, text, strlen (text));

  for (guint i = 0; i < hits->len; i++)
    add_range (ranges, g_array_index (hits, SakSearchHit, i).start, g_array_index (hits, SakSearchHit, i).end);
  return ranges;
}

/* The hit to show, and the field that it is in. */
static const SakSearchHit *
choose_hit (GArray *hits)
{
  const SakSearchHit *best = NULL;

  for (guint i = 0; i < hits->len; i++)
    {
      const SakSearchHit *hit = &g_array_index (hits, SakSearchHit, i);

      if (best == NULL || hit->edges + hit->is_exact > best->edges + best->is_exact)
        best = hit;
    }
  return best;
}

static gboolean
is_syllable_start (const SakSyllables *syllables,
                   guint32             at)
{
  for (guint i = 0; i < syllables->all->len; i++)
    if (sak_syllables_get (syllables, i)->start >= at)
      return sak_syllables_get (syllables, i)->start == at;
  return TRUE;
}

/* Not within a syllable, nor within a word of a script that has blanks. */
static const char *
find_start (const char *field,
            const char *hit)
{
  g_autoptr (SakSyllables) syllables = NULL;
  const char *at = hit;

  for (guint i = 0; i < LEAD_CHARS && at > field; i++)
    at = g_utf8_prev_char (at);
  if (at == field)
    return at;
  syllables = sak_syllables_new (field, (gsize) (hit - field));
  while (at < hit && !is_syllable_start (syllables, (guint32) (at - field)))
    at = g_utf8_next_char (at);
  return at;
}

char *
sak_search_query_dup_snippet (SakSearchQuery  *self,
                              const char      *text,
                              guint            max_chars,
                              GArray         **ret_ranges)
{
  gsize size = strnlen (text, MAX_JUDGED);
  g_autoptr (GArray) hits = NULL;
  const SakSearchHit *hit;
  const char *field = text, *end, *start;
  char *snippet;

  while (size > 0 && (text[size] & 0xc0) == 0x80)
    size--;
  hits = find_all (self, text, size);
  hit = choose_hit (hits);
  for (const char *at = text; hit != NULL && at < text + hit->start; at++)
    if (*at == SAK_SYLLABLE_BREAK[0])
      field = at + 1;
  start = hit != NULL ? find_start (field, text + hit->start) : field;
  for (end = start; *end != '\0' && *end != SAK_SYLLABLE_BREAK[0] && max_chars > 0; max_chars--)
    end = g_utf8_next_char (end);
  snippet = g_strndup (start, (gsize) (end - start));
  *ret_ranges = sak_search_query_find_ranges (self, snippet);
  return snippet;
}
