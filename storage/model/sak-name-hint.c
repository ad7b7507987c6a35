/* sak-name-hint.c - what to look at first of a name that is to be compared with very many
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The number of words that are a form of address, whether its script has no vowels, and for each word its
 * three spellings. What is compared here is what sak_name_compare() compares, without scores or reasons
 * and without memory.
 */
#include "config.h"

#include "storage/model/sak-name-hint.h"

#include <string.h>

#include "storage/model/sak-name-private.h"
#include "storage/model/sak-number-scan.h"

#define END_OF_SPELLING '\037'
#define END_OF_WORD '\036'
#define MAX_JOINED 200

static const char *
get_spelling (const SakNameWord *word,
              SakHintSpelling    spelling)
{
  return spelling == SAK_HINT_FOLDED ? word->folded : spelling == SAK_HINT_KEY ? word->key : word->sound;
}

char *
sak_name_make_hint (const SakName *self)
{
  GString *hint = g_string_new (NULL);
  gboolean without = FALSE;

  for (guint i = 0; i < self->words->len; i++)
    without = without || sak_name_is_native (sak_name_word (self->words, i)->script);
  g_string_append_printf (hint, "%u%c", self->n_address, without ? 'c' : 'v');
  for (SakHintSpelling spelling = 0; spelling < SAK_HINT_N_SPELLINGS; spelling++)
    {
      g_string_append_c (hint, END_OF_SPELLING);
      for (guint i = 0; i < self->words->len; i++)
        g_string_append_printf (hint, "%s%c", get_spelling (sak_name_word (self->words, i), spelling), END_OF_WORD);
    }
  return g_string_free (hint, FALSE);
}

gboolean
sak_name_read_hint (const char  *hint,
                    SakHintView *view)
{
  view->n_address = 0;
  for (; g_ascii_isdigit (*hint); hint++)
    view->n_address = view->n_address * 10 + (guint) g_ascii_digit_value (*hint);
  view->is_without_vowels = *hint == 'c';
  if (*hint != 'c' && *hint != 'v')
    return FALSE;
  hint++;
  for (SakHintSpelling spelling = 0; spelling < SAK_HINT_N_SPELLINGS; spelling++)
    {
      guint n = 0;

      if (*hint++ != END_OF_SPELLING)
        return FALSE;
      for (; *hint != '\0' && *hint != END_OF_SPELLING; hint++, n++)
        {
          const char *end = strchr (hint, END_OF_WORD);

          if (end == NULL || n == SAK_HINT_MAX_WORDS)
            return FALSE;
          view->words[spelling][n] = (SakHintPiece) { hint, (gsize) (end - hint) };
          hint = end;
        }
      if (spelling > 0 && n != view->n_words)
        return FALSE;
      view->n_words = n;
    }
  return *hint == '\0' && view->n_words > 0;
}

char *
sak_name_make_contact_hint (const GPtrArray *texts)
{
  GString *hint = g_string_new (NULL);

  g_string_append_c (hint, SAK_NAME_CONTACT_HINT);
  for (guint i = 0; i < texts->len; i++)
    {
      g_autoptr (GArray) numbers = sak_number_scan (texts->pdata[i]);

      for (guint j = 0; j < numbers->len; j++)
        {
          const SakNumber *number = &g_array_index (numbers, SakNumber, j);

          if (number->n_digits >= SAK_NAME_LAST_DIGITS)
            g_string_append_printf (hint, "%s%s", hint->len > 1 ? " " : "",
                                    number->digits + number->n_digits - SAK_NAME_LAST_DIGITS);
        }
    }
  return g_string_free (hint, FALSE);
}

/* Of the words from @from on. Too long: cut, and then they look alike rather than not. */
static gsize
join (const SakHintView *view,
      guint              from,
      SakHintSpelling    spelling,
      char               joined[static MAX_JOINED])
{
  gsize size = 0;

  for (guint i = from; i < view->n_words; i++)
    {
      const SakHintPiece *word = &view->words[spelling][i];
      gsize n = MIN (word->size, MAX_JOINED - size);

      memcpy (joined + size, word->start, n);
      size += n;
    }
  return size;
}

static gboolean
is_near (const char *a,
         gsize       size_a,
         const char *b,
         gsize       size_b)
{
  gsize head = 0, tail = 0, longer = MAX (size_a, size_b);

  if (longer - MIN (size_a, size_b) > 1)
    return FALSE;
  while (head < size_a && head < size_b && a[head] == b[head])
    head++;
  while (tail < size_a - head && tail < size_b - head && a[size_a - 1 - tail] == b[size_b - 1 - tail])
    tail++;
  return longer - head - tail <= 1;
}

static gboolean
sounds_alike (const SakHintView *a,
              guint              from_a,
              const SakHintView *b,
              guint              from_b)
{
  char joined_a[MAX_JOINED], joined_b[MAX_JOINED];

  for (SakHintSpelling spelling = 0; spelling < SAK_HINT_N_SPELLINGS; spelling++)
    {
      gsize size_a = join (a, from_a, spelling, joined_a), size_b = join (b, from_b, spelling, joined_b);

      if (size_a == size_b && memcmp (joined_a, joined_b, size_a) == 0)
        return TRUE;
      if (spelling == SAK_HINT_SOUND && is_near (joined_a, size_a, joined_b, size_b))
        return TRUE;
    }
  return FALSE;
}

/* As sak_name_make_bones(): of the sound of the whole key, the consonants, none twice in a row. */
static gsize
make_bones (const SakHintView *view,
            guint              from,
            char               bones[static MAX_JOINED])
{
  char key[MAX_JOINED + 1];
  g_autofree char *made = NULL;
  gsize size = join (view, from, SAK_HINT_KEY, (char *) key);

  key[MIN (size, MAX_JOINED)] = '\0';
  made = sak_name_make_bones (key);
  size = MIN (strlen (made), MAX_JOINED);
  memcpy (bones, made, size);
  return size;
}

static gboolean
bones_are_near (const SakHintView *a,
                guint              from_a,
                const SakHintView *b,
                guint              from_b)
{
  char bones_a[MAX_JOINED], bones_b[MAX_JOINED];
  gsize size_a, size_b;

  if (!a->is_without_vowels && !b->is_without_vowels)
    return FALSE;
  size_a = make_bones (a, from_a, bones_a);
  size_b = make_bones (b, from_b, bones_b);
  return is_near (bones_a, size_a, bones_b, size_b);
}

static gboolean
is_same_piece (const SakHintPiece *a,
               const SakHintPiece *b)
{
  return a->size == b->size && memcmp (a->start, b->start, a->size) == 0;
}

/* Whether each word of the shorter is one of the longer. */
static gboolean
has_all_words (const SakHintView *shorter,
               guint              from_shorter,
               const SakHintView *longer,
               guint              from_longer)
{
  for (guint i = from_shorter; i < shorter->n_words; i++)
    {
      gboolean is_there = FALSE;

      for (guint j = from_longer; j < longer->n_words && !is_there; j++)
        is_there = is_same_piece (&shorter->words[SAK_HINT_KEY][i], &longer->words[SAK_HINT_KEY][j]);
      if (!is_there)
        return FALSE;
    }
  return TRUE;
}

static gboolean
may_match_from (const SakHintView *a,
                guint              from_a,
                const SakHintView *b,
                guint              from_b)
{
  gboolean is_a_shorter = a->n_words - from_a <= b->n_words - from_b;

  return sounds_alike (a, from_a, b, from_b) || bones_are_near (a, from_a, b, from_b) ||
         (is_a_shorter ? has_all_words (a, from_a, b, from_b) : has_all_words (b, from_b, a, from_a));
}

gboolean
sak_name_may_match (const char *hint,
                    const char *other)
{
  SakHintView a, b;

  if (!sak_name_read_hint (hint, &a) || !sak_name_read_hint (other, &b))
    return TRUE;
  for (guint from_a = 0; from_a <= MIN (a.n_address, a.n_words - 1); from_a++)
    for (guint from_b = 0; from_b <= MIN (b.n_address, b.n_words - 1); from_b++)
      if (may_match_from (&a, from_a, &b, from_b))
        return TRUE;
  return FALSE;
}
