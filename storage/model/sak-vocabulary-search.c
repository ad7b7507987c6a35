/* sak-vocabulary-search.c - terms by typed text, in all languages at once
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Labels and other words are compared without case, without the marks of Latin letters
 * ("mua ban nguoi" is "Mua bán người"), without characters that are not seen, and with the
 * compatible spellings of Thai and Lao made one. Every word typed must be found in one text.
 * Burmese, Thai, Khmer and Lao have no spaces, so a word anywhere within the text counts.
 */
#include "config.h"

#include "storage/model/sak-vocabulary-private.h"

#include <string.h>

/* Beyond this nobody types; it bounds the work. */
#define MAX_TYPED 400

/* Lower is better. */
enum
{
  RANK_WHOLE,
  RANK_START,
  RANK_WORDS,
  RANK_WITHIN,
  RANK_NONE
};

static const char *const noun_prefixes[] = { " การ", " ความ", " ການ", " ຄວາມ", " ការ" };

#define NOT_FOUND ((2u * RANK_NONE) << 20)

typedef struct
{
  const SakTerm *term;          /* that is found by it: what came in place of a withdrawn one */
  gboolean is_label;
  char *folded;                 /* " mua ban nguoi": a blank before each word */
} Text;

static void
text_free (Text *self)
{
  g_free (self->folded);
  g_free (self);
}

static gboolean
is_dropped (gunichar c)
{
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200D) || c == 0x00AD;
}

static char *
fold (const char *text)
{
  g_autofree char *cased = g_utf8_casefold (text, -1);
  g_autofree char *parts = g_utf8_normalize (cased, -1, G_NORMALIZE_NFKD);
  GString *folded = g_string_new (NULL);
  gboolean is_between = TRUE;

  for (const char *at = parts; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_dropped (c))
        continue;
      if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
        {
          is_between = TRUE;
          continue;
        }
      if (is_between)
        g_string_append_c (folded, ' ');
      is_between = FALSE;
      g_string_append_unichar (folded, c == 0x0111 ? 'd' : c);
    }
  return g_string_free (folded, FALSE);
}

static void
add_folded (GPtrArray     *texts,
            const SakTerm *term,
            gboolean       is_label,
            char          *folded)
{
  Text *text = g_new0 (Text, 1);

  text->term = term;
  text->is_label = is_label;
  text->folded = folded;
  g_ptr_array_add (texts, text);
}

/* Thai, Lao and Khmer make nouns with a syllable in front, which people leave out. */
static void
add_text (GPtrArray     *texts,
          const SakTerm *term,
          gboolean       is_label,
          const char    *words)
{
  char *folded = fold (words);

  add_folded (texts, term, is_label, folded);
  for (gsize i = 0; i < G_N_ELEMENTS (noun_prefixes); i++)
    if (g_str_has_prefix (folded, noun_prefixes[i]) && folded[strlen (noun_prefixes[i])] != '\0')
      add_folded (texts, term, is_label, g_strconcat (" ", folded + strlen (noun_prefixes[i]), NULL));
}

static void
add_term (GPtrArray     *texts,
          const SakTerm *found,
          const SakTerm *term)
{
  const char *language;
  json_t *label, *list, *words;
  gsize i;

  json_object_foreach (json_object_get (term->data, "label"), language, label)
    add_text (texts, found, TRUE, json_string_value (label));
  json_object_foreach (json_object_get (term->data, "also"), language, list)
    json_array_foreach (list, i, words)
      add_text (texts, found, FALSE, json_string_value (words));
  add_text (texts, found, FALSE, sak_term_get_code (term));
  if (sak_term_get_iso639 (term) != NULL)
    add_text (texts, found, FALSE, sak_term_get_iso639 (term));
}

static GPtrArray *
fold_terms (const SakVocabulary *self)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func ((GDestroyNotify) text_free);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const SakTerm *term = self->terms->pdata[i];
      const SakTerm *found = sak_vocabulary_resolve (self, sak_term_get_code (term));

      if (!sak_term_is_withdrawn (found))
        add_term (texts, found, term);
    }
  return texts;
}

/* When first searched: most vocabularies never are. */
static GPtrArray *
get_texts (const SakVocabulary *self)
{
  SakVocabulary *owner = (SakVocabulary *) self;

  if (g_once_init_enter (&owner->has_texts))
    {
      owner->texts = fold_terms (self);
      g_once_init_leave (&owner->has_texts, 1);
    }
  return owner->texts;
}

static guint
rank_words (const char  *folded,
            char       **typed)
{
  guint rank = RANK_WORDS;

  for (guint i = 0; typed[i] != NULL; i++)
    {
      g_autofree char *start = g_strconcat (" ", typed[i], NULL);

      if (strstr (folded, typed[i]) == NULL)
        return RANK_NONE;
      if (strstr (folded, start) == NULL)
        rank = RANK_WITHIN;
    }
  return rank;
}

/* Of the same rank, a label before other words, the wider term before those under it, and then
 * the shorter text: in a script without spaces nothing else tells the word itself from a long
 * phrase around it.
 */
static guint
rank_text (const Text  *text,
           const char  *typed,
           char       **typed_words)
{
  guint rank;

  if (strcmp (text->folded, typed) == 0)
    rank = RANK_WHOLE;
  else if (g_str_has_prefix (text->folded, typed))
    rank = RANK_START;
  else
    rank = rank_words (text->folded, typed_words);
  return (2 * rank + (text->is_label ? 0 : 1)) << 20 | text->term->level << 16
         | (guint) MIN (strlen (text->folded), 0xFFFF);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b,
              gpointer      ranks)
{
  const SakTerm *first = *(const SakTerm *const *) a;
  const SakTerm *second = *(const SakTerm *const *) b;
  guint first_rank = ((const guint *) ranks)[first->index];
  guint second_rank = ((const guint *) ranks)[second->index];

  if (first_rank != second_rank)
    return first_rank < second_rank ? -1 : 1;
  return first->index < second->index ? -1 : 1;
}

static GPtrArray *
sort_hits (const SakVocabulary *self,
           guint               *ranks)
{
  GPtrArray *hits = g_ptr_array_new ();

  for (guint i = 0; i < self->terms->len; i++)
    if (ranks[i] < NOT_FOUND)
      g_ptr_array_add (hits, self->terms->pdata[i]);
  g_ptr_array_sort_with_data (hits, compare_hits, ranks);
  return hits;
}

/**
 * sak_vocabulary_search:
 * @text: as typed, valid UTF-8; in any of the languages, with or without marks
 *
 * Returns: (transfer container): const SakTerm that may be chosen, best first; of equals in the
 *   order of the tree. Nothing for text without letters. Any thread.
 */
GPtrArray *
sak_vocabulary_search (const SakVocabulary *self,
                       const char          *text)
{
  g_autofree char *typed = strlen (text) <= MAX_TYPED ? fold (text) : g_strdup ("");
  g_autofree guint *ranks = g_new (guint, self->terms->len + 1);
  g_auto (GStrv) words = NULL;
  GPtrArray *texts;

  if (*typed == '\0')
    return g_ptr_array_new ();
  words = g_strsplit (typed + 1, " ", -1);
  texts = get_texts (self);
  for (guint i = 0; i < self->terms->len; i++)
    ranks[i] = NOT_FOUND;
  for (guint i = 0; i < texts->len; i++)
    {
      const Text *candidate = texts->pdata[i];
      guint rank = rank_text (candidate, typed, words);

      ranks[candidate->term->index] = MIN (ranks[candidate->term->index], rank);
    }
  return sort_hits (self, ranks);
}
