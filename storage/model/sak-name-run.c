/* sak-name-run.c - words in Latin letters that may be a name which is kept in Thai, Lao or Khmer
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the consonants can be compared. So that they say something, the words must look like a name: all with a
 * capital, or behind a form of address; or the name must be long and have the very same.
 */
#include "config.h"

#include "storage/model/sak-name-private.h"

#include <string.h>

#define MAX_WORDS 5
/* Of names that are … */
#define MIN_ADDRESSED 2
#define MIN_CAPITAL 2
#define MIN_SMALL 4
#define MIN_PART 3              /* … one word of a longer name, and behind a form of address */

/* Notes what the words up to @to are. FALSE: there are too many consonants. */
static gboolean
take_word (SakNameRun        *self,
           const SakNameWord *word,
           GString           *key)
{
  g_autofree char *bones = NULL;
  gsize n;

  g_string_append (key, word->key);
  bones = sak_name_make_bones (key->str);
  n = strlen (bones);
  if (n > SAK_GLUED_MAX)
    return FALSE;
  self->is_capital = self->is_capital && word->is_capital;
  self->end = word->end;
  self->n_words++;
  self->n_bones = (guint) n;
  memcpy (self->bones, bones, n);
  return TRUE;
}

static gboolean
may_be_name (const SakNameRun *self)
{
  if (self->is_addressed)
    return self->n_bones >= MIN_ADDRESSED;
  return self->is_capital ? self->n_bones >= MIN_CAPITAL : self->n_words > 1 && self->n_bones >= MIN_SMALL;
}

static void
list_from (const char *text,
           GArray     *words,
           guint       from,
           GArray     *all)
{
  SakNameRun run = { .start = sak_name_word (words, from)->start, .is_capital = TRUE };
  g_autoptr (GString) key = g_string_new (NULL);

  run.is_addressed = sak_name_is_addressed (text, words, from);
  for (guint to = from; to < words->len && to - from < MAX_WORDS; to++)
    {
      const SakNameWord *word = sak_name_word (words, to);
      guint n_before = run.n_bones;

      if (word->script != SAK_NAME_IN_LATIN || (to > from && !sak_name_is_next (text, word - 1, word)) ||
          !take_word (&run, word, key))
        return;
      /* What adds no consonant is rather the next word of the sentence. */
      if (run.n_bones > n_before && may_be_name (&run))
        g_array_append_val (all, run);
    }
}

GArray *
sak_name_list_runs (const char *text)
{
  g_autoptr (GArray) words = sak_name_cut (text);
  GArray *all = g_array_new (FALSE, TRUE, sizeof (SakNameRun));

  for (guint from = 0; from < words->len; from++)
    list_from (text, words, from, all);
  return all;
}

gboolean
sak_name_match_run (const SakNameRun *self,
                    SakNameScript     script,
                    const char       *bones,
                    gboolean          is_whole,
                    gboolean         *ret_is_near)
{
  gsize n = MIN (strlen (bones), SAK_GLUED_MAX);

  *ret_is_near = FALSE;
  if (!is_whole && (!self->is_addressed || self->n_words > 1 || n < MIN_PART))
    return FALSE;
  if (n == self->n_bones && sak_name_bones_are_alike (script, bones, self->bones, n))
    return TRUE;
  *ret_is_near = TRUE;
  return is_whole && MIN (n, self->n_bones) >= SAK_GLUED_MIN_NEAR && (self->is_addressed || self->is_capital) &&
         sak_name_bones_are_near (bones, n, self->bones, self->n_bones);
}
