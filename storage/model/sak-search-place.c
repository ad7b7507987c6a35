/* sak-search-place.c - names of places that some write as one word and others as two
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Maesot" is Mae Sot, "Ha Noi" Hanoi. In what is told of a case that would find "the rapist" for "therapist"; names of
 * places are few, and so it is for them alone, and only while searching: the index knows nothing of it.
 */
#include "config.h"

#include "storage/model/sak-search-private.h"

#include <string.h>

/* In letters: of a word that is parted, and of a part of it. */
#define MIN_WORD 5
#define MAX_WORD 24
#define MIN_PART 2

static void
add_parted (GPtrArray  *ways,
            const char *key,
            gsize       size)
{
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_islower (key[i]))
      return;
  for (gsize at = MIN_PART; size >= MIN_WORD && size <= MAX_WORD && at + MIN_PART <= size; at++)
    g_ptr_array_add (ways, g_strdup_printf ("%.*s %s", (int) at, key, key + at));
}

/**
 * sak_search_list_ways:
 * @typed: a word, or several
 *
 * Returns: (transfer full): of char, other ways to write the name of a place; folded
 */
GPtrArray *
sak_search_list_ways (const SakSyllables *typed)
{
  g_autoptr (GPtrArray) ways = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) whole = g_string_new (NULL);

  for (guint i = 0; i < typed->all->len; i++)
    {
      const SakSyllable *word = sak_syllables_get (typed, i);

      if (word->kind != SAK_SYLLABLE_WORD)
        return g_steal_pointer (&ways);
      g_string_append (whole, sak_syllables_get_key (typed, word));
    }
  if (typed->all->len == 1)
    add_parted (ways, whole->str, whole->len);
  else if (whole->len >= MIN_WORD && whole->len <= MAX_WORD)
    g_ptr_array_add (ways, g_strdup (whole->str));
  return g_steal_pointer (&ways);
}

static void
take_ways (SakSearchTerm *term,
           const char    *text)
{
  g_autoptr (SakSyllables) typed = sak_syllables_new (text, strlen (text));
  g_autoptr (GPtrArray) ways = sak_search_list_ways (typed);

  if (term->ways == NULL)
    term->ways = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_extend_and_steal (term->ways, g_steal_pointer (&ways));
}

static gboolean
is_plain (const SakSearchTerm *term)
{
  return !term->is_exact && !term->is_excluded;
}

/* Each word by itself, and with the next: "prison in mae sot" has Maesot for the last two. */
void
sak_search_find_ways (SakSearchQuery *query)
{
  for (guint i = 0; i < query->terms->len; i++)
    {
      SakSearchTerm *term = query->terms->pdata[i];
      SakSearchTerm *next = i + 1 < query->terms->len ? query->terms->pdata[i + 1] : NULL;

      if (!is_plain (term))
        continue;
      take_ways (term, term->text);
      if (next != NULL && is_plain (next) && term->syllables->all->len == 1 && next->syllables->all->len == 1)
        {
          g_autofree char *both = g_strdup_printf ("%s %s", term->text, next->text);

          take_ways (term, both);
          take_ways (next, both);
        }
    }
}

gboolean
sak_search_has_way (const SakSearchTerm *term,
                    const SakSyllables  *place)
{
  for (guint i = 0; place->all->len > 0 && term->ways != NULL && i < term->ways->len; i++)
    {
      const char *way = term->ways->pdata[i];
      g_autoptr (SakSyllables) phrase = sak_syllables_new (way, strlen (way));

      if (sak_search_has_phrase (place, phrase))
        return TRUE;
    }
  return FALSE;
}
