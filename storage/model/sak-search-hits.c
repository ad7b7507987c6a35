/* sak-search-hits.c - where a phrase stands in a text, and where it only seems to
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index finds every place with the same syllables. Some of them are provably not what
 * was typed:
 *
 * - A Thai, Lao or Khmer syllable is not over where only its last consonant is left behind
 *   the hit: "ตา" in "ตาย". No word is one bare consonant, so where the rest of the text,
 *   cut into words by itself, would begin with one, the hit ends within a syllable; and the
 *   same before it: "ลา" in "ปลา". Where the rest could be words, both readings are possible
 *   and the hit stays: "บ้าน" in "ชาวบ้าน".
 * - A word with other marks is another word: "đạt" for "đất". But marks may be left out on
 *   either side.
 *
 * The others are ranked by whether words end where they do.
 */
#include "config.h"

#include "storage/model/sak-search-private.h"

#include <string.h>
#include <unicode/uchar.h>

/* Syllables on each side that decide where words end. */
#define CONTEXT 30

#define MAX_LETTERS 64

/* --- Marks --- */

typedef struct
{
  gunichar base;
  guint marks;                  /* a bit for each kind, but tones, which belong to the whole syllable */
} Letter;

typedef struct
{
  Letter letters[MAX_LETTERS];
  guint n;
  guint tones;
} Word;

/* Vietnamese tones are typed on one vowel or the next: hòa, hoà. */
static guint
get_tone (gunichar c)
{
  switch (c)
    {
    case 0x0300: return 1;
    case 0x0301: return 2;
    case 0x0303: return 4;
    case 0x0309: return 8;
    case 0x0323: return 16;
    default: return 0;
    }
}

static guint
get_mark (gunichar c)
{
  switch (c)
    {
    case 0x0302: return 1;
    case 0x0306: return 2;
    case 0x031b: return 4;
    default: return 8;
    }
}

static void
read_word (const char *text,
           gsize       size,
           Word       *word)
{
  g_autofree char *cased = g_utf8_casefold (text, (gssize) size);
  g_autofree char *parts = g_utf8_normalize (cased, -1, G_NORMALIZE_NFKD);

  word->n = 0;
  word->tones = 0;
  for (const char *at = parts; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (get_tone (c) != 0)
        word->tones |= get_tone (c);
      else if (g_unichar_ismark (c) && word->n > 0)
        word->letters[word->n - 1].marks |= get_mark (c);
      else if (g_unichar_isalnum (c) && word->n < MAX_LETTERS)
        {
          gboolean is_stroked = c == 0x0111 || c == 0x00f0;

          word->letters[word->n++] = (Letter) { is_stroked ? 'd' : c, is_stroked ? 16 : 0 };
        }
    }
}

static gboolean
is_part_of_other (guint a,
                  guint b)
{
  return (a & b) == a || (a & b) == b;
}

/* Of different length are one and many. */
gboolean
sak_search_marks_agree (const char *a,
                        gsize       a_size,
                        const char *b,
                        gsize       b_size,
                        gboolean   *ret_is_same)
{
  Word first, second;

  *ret_is_same = TRUE;
  if (a_size == b_size && memcmp (a, b, a_size) == 0)
    return TRUE;
  read_word (a, a_size, &first);
  read_word (b, b_size, &second);
  *ret_is_same = first.n == second.n && first.tones == second.tones;
  if (!is_part_of_other (first.tones, second.tones))
    return FALSE;
  for (guint i = 0; i < MIN (first.n, second.n); i++)
    {
      if (first.letters[i].base != second.letters[i].base)
        {
          *ret_is_same = FALSE;
          return TRUE;          /* one of many spellings, and no matter of marks */
        }
      if (!is_part_of_other (first.letters[i].marks, second.letters[i].marks))
        return FALSE;
      *ret_is_same = *ret_is_same && first.letters[i].marks == second.letters[i].marks;
    }
  return TRUE;
}

/* --- Where words end --- */

typedef struct
{
  const char *text;
  const SakSyllables *syllables;
  SakWordEdges *edges;
  guint from;                   /* the hit: syllables from … to - 1 */
  guint to;
  guint run_from;               /* what stands with it without a blank */
  guint run_to;
} Place;

static const SakSyllable *
get (const Place *place,
     guint        at)
{
  return sak_syllables_get (place->syllables, at);
}

static void
find_run (Place *place)
{
  place->run_from = place->from;
  place->run_to = place->to;
  while (place->run_from > 0 && place->from - place->run_from < CONTEXT && get (place, place->run_from)->follows)
    place->run_from--;
  while (place->run_to < place->syllables->all->len && place->run_to - place->to < CONTEXT &&
         get (place, place->run_to)->follows)
    place->run_to++;
}

static void
set_text (const Place *place,
          guint        from,
          guint        to)
{
  guint32 start = get (place, from)->start;

  sak_word_edges_set_text (place->edges, place->text + start, get (place, to - 1)->end - start);
}

/* Words of one consonant, after all: "at", "he"; neck, white, dumb. */
static gboolean
is_word_alone (const SakSyllable *syllable)
{
  static const gunichar words[] = { 0x0e13, 0x0e18, 0x1780, 0x179f, 0x1782 };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (syllable->first == words[i])
      return TRUE;
  return FALSE;
}

/* A consonant that is written and not spoken: it is never the beginning of anything. */
static gboolean
is_silent (const Place *place,
           guint        at)
{
  const SakSyllable *syllable = get (place, at);
  const char *key = sak_syllables_get_key (place->syllables, syllable);
  gunichar second = syllable->key_size > 3 ? g_utf8_get_char (g_utf8_next_char (key)) : 0;

  return second == 0x0e4c || second == 0x0ecc || second == 0x17cd;
}

/* Whether what is left behind the hit begins with what cannot stand alone. */
static gboolean
leaves_consonant_behind (const Place *place)
{
  const SakSyllable *next = get (place, place->to);

  if (is_silent (place, place->to))
    return TRUE;
  if (!next->is_bare || is_word_alone (next))
    return FALSE;
  set_text (place, place->to, place->run_to);
  return sak_word_edges_end_first (place->edges) == next->end - next->start;
}

static gboolean
leaves_consonant_before (const Place *place)
{
  const SakSyllable *last = get (place, place->from - 1);

  if (!last->is_bare || is_word_alone (last))
    return FALSE;
  set_text (place, place->run_from, place->from);
  return sak_word_edges_get_last (place->edges) == last->start - get (place, place->run_from)->start;
}

/* FALSE where the hit is none. */
static gboolean
judge_edges (Place        *place,
             SakSearchHit *hit)
{
  gboolean has_before, has_behind, at_start = TRUE, at_end = TRUE;

  find_run (place);
  has_before = get (place, place->from)->follows;
  has_behind = place->to < place->syllables->all->len && get (place, place->to)->follows;
  if (has_before || has_behind)
    {
      guint32 start = get (place, place->run_from)->start;

      set_text (place, place->run_from, place->run_to);
      at_start = !has_before || sak_word_edges_is_at (place->edges, hit->start - start);
      at_end = !has_behind || sak_word_edges_is_at (place->edges, hit->end - start);
    }
  hit->edges = (guint8) (at_start + at_end);
  return (at_end || !leaves_consonant_behind (place)) && (at_start || !leaves_consonant_before (place));
}

/* --- Hits --- */

static gboolean
is_phrase_at (const SakSyllables *syllables,
              guint               at,
              const SakSyllables *phrase)
{
  for (guint i = 0; i < phrase->all->len; i++)
    if (!sak_syllables_same (syllables, at + i, phrase, i))
      return FALSE;
  return TRUE;
}

gboolean
sak_search_has_phrase (const SakSyllables *syllables,
                       const SakSyllables *phrase)
{
  for (guint at = 0; at + phrase->all->len <= syllables->all->len; at++)
    if (is_phrase_at (syllables, at, phrase))
      return TRUE;
  return FALSE;
}

/* "work" in "workers", but no Vietnamese word in another. */
static gboolean
is_beginning_of (const SakSearchTerm *term,
                 const SakSyllables  *syllables,
                 guint                at)
{
  const SakSyllable *typed = sak_syllables_get (term->syllables, 0);
  const SakSyllable *found = sak_syllables_get (syllables, at);
  const char *key = sak_syllables_get_key (syllables, found);

  return term->is_beginning && found->kind == SAK_SYLLABLE_WORD && found->key_size > typed->key_size &&
         memcmp (key, sak_syllables_get_key (term->syllables, typed), typed->key_size) == 0 &&
         !sak_search_is_vietnamese_syllable (key);
}

/* FALSE where a word has other marks. */
static gboolean
judge_marks (const Place         *place,
             const SakSearchTerm *term,
             gboolean            *ret_is_exact)
{
  *ret_is_exact = TRUE;
  for (guint i = 0; term->text != NULL && i < term->syllables->all->len; i++)
    {
      const SakSyllable *typed = sak_syllables_get (term->syllables, i);
      const SakSyllable *found = get (place, place->from + i);
      gboolean is_same;

      if (typed->kind != SAK_SYLLABLE_WORD)
        continue;
      if (!sak_search_marks_agree (term->text + typed->start, typed->end - typed->start,
                                   place->text + found->start, found->end - found->start, &is_same))
        return FALSE;
      *ret_is_exact = *ret_is_exact && is_same;
    }
  return TRUE;
}

/* --- Words with a hyphen, with points, or as one --- */

static gboolean
is_same_key (const SakSyllables *a,
             const SakSyllable  *word,
             const SakSyllables *b,
             const SakSyllable  *other,
             gsize               size)
{
  return size <= word->key_size &&
         memcmp (sak_syllables_get_key (a, word), sak_syllables_get_key (b, other), size) == 0;
}

static void
take_joined (const char          *text,
             const SakSyllables  *syllables,
             const SakSyllable   *found,
             const SakSearchTerm *term,
             const SakSyllable   *typed,
             GArray              *hits)
{
  gboolean is_whole = found->key_size == typed->key_size;
  SakSearchHit hit = { found->start, found->end, is_whole ? 2 : 1, FALSE };
  gboolean is_same;

  if ((is_whole || term->is_beginning) &&
      is_same_key (syllables, found, term->syllables, typed, typed->key_size) &&
      sak_search_marks_agree (term->text + typed->start, typed->end - typed->start, text + found->start,
                              found->end - found->start, &is_same))
    g_array_append_val (hits, hit);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const SakSearchHit *first = a, *second = b;

  return first->start != second->start ? (first->start < second->start ? -1 : 1)
                                       : (first->end > second->end) - (first->end < second->end);
}

/* "co-operative" where "cooperative" was typed, and the other way round; what is in quotes is exactly so. */
static void
find_joined_hits (const char          *text,
                  const SakSyllables  *syllables,
                  const SakSearchTerm *term,
                  GArray              *hits)
{
  guint n = term->syllables->all->len;
  const SakSyllable *typed = n == 1 ? sak_syllables_get (term->syllables, 0)
                             : sak_syllables_get_whole (term->syllables);

  if (typed == NULL || typed->kind != SAK_SYLLABLE_WORD || term->text == NULL || term->is_exact)
    return;
  for (guint i = 0; i < syllables->joined->len; i++)
    {
      const SakJoinedWord *joined = sak_syllables_get_joined (syllables, i);

      if (joined->to - joined->from != n || !is_phrase_at (syllables, joined->from, term->syllables))
        take_joined (text, syllables, &joined->word, term, typed, hits);
    }
  for (guint i = 0; n > 1 && i < syllables->all->len; i++)
    if (sak_syllables_get (syllables, i)->kind == SAK_SYLLABLE_WORD)
      take_joined (text, syllables, sak_syllables_get (syllables, i), term, typed, hits);
  g_array_sort (hits, compare_hits);
}

/**
 * sak_search_find_hits:
 * @term: without a text, marks do not matter
 *
 * Returns: (transfer full): array of SakSearchHit, in the order of the text
 */
GArray *
sak_search_find_hits (const char           *text,
                      const SakSyllables   *syllables,
                      const SakSearchTerm  *term,
                      SakWordEdges         *edges)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (SakSearchHit));
  guint n = term->syllables->all->len;

  for (guint at = 0; n > 0 && at + n <= syllables->all->len; at++)
    {
      Place place = { text, syllables, edges, at, at + n, 0, 0 };
      gboolean is_whole = is_phrase_at (syllables, at, term->syllables);
      SakSearchHit hit = { 0 };

      if (!is_whole && !is_beginning_of (term, syllables, at))
        continue;
      hit.start = get (&place, at)->start;
      hit.end = get (&place, at + n - 1)->end;
      if (!judge_marks (&place, term, &hit.is_exact) || (!hit.is_exact && term->is_exact) ||
          !judge_edges (&place, &hit))
        continue;
      if (!is_whole)
        hit.edges = 1;
      g_array_append_val (hits, hit);
    }
  find_joined_hits (text, syllables, term, hits);
  return hits;
}
