/* sak-search-codes.c - which codes have a label that somebody typed a part of
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The index has a record's codes, not their labels in six languages: those are looked
 * through here instead, once for each search, and may be bettered without indexing anew.
 */
#include "config.h"

#include "storage/model/sak-search-codes.h"

#include "storage/model/sak-form.h"
#include "storage/model/sak-search-private.h"

#include <string.h>

/* "the" is in a hundred labels, and who types it does not mean them. */
#define MAX_CODES 60

typedef struct
{
  const char *code;
  const char *text;             /* as long as the program */
  SakSyllables *syllables;
} Label;

/* What has no meaning but that nothing fits; and it is a code of nearly every vocabulary. */
static const char *const meaningless[] = { "other", "unknown", "own-words", "not-asked", "not-said", NULL };

static void
add_label (GArray     *labels,
           const char *code,
           const char *text)
{
  Label label = { .code = code, .text = text };

  if (text == NULL || g_strv_contains (meaningless, code))
    return;
  label.syllables = sak_syllables_new (text, strlen (text));
  g_array_append_val (labels, label);
}

static void
add_terms (GArray              *labels,
           const SakVocabulary *vocabulary,
           gboolean             is_local)
{
  for (guint i = 0; i < sak_vocabulary_get_n_terms (vocabulary); i++)
    {
      const SakTerm *term = sak_vocabulary_get_term (vocabulary, i);
      g_autoptr (GPtrArray) words = NULL;

      if (sak_term_is_local (term) != is_local)
        continue;
      words = sak_term_list_words (term);
      for (guint k = 0; k < words->len; k++)
        add_label (labels, sak_term_get_code (term), words->pdata[k]);
    }
}

static void
add_field (GArray             *labels,
           const SakFormField *field)
{
  const char *const *languages = sak_vocabulary_get_languages ();

  for (guint i = 0; i < sak_form_field_get_n_options (field); i++)
    for (guint l = 0; languages[l] != NULL; l++)
      {
        const char *label = sak_form_field_get_option_label (field, i, languages[l]);

        /* A language without a label of its own has the English one. */
        if (l == 0 || g_strcmp0 (label, sak_form_field_get_option_label (field, i, languages[0])) != 0)
          add_label (labels, sak_form_field_get_option (field, i), label);
      }
  for (guint i = 0; i < sak_form_field_get_n_columns (field); i++)
    add_field (labels, sak_form_field_get_column (field, i));
}

static GArray *
get_labels (void)
{
  static GArray *all;

  if (g_once_init_enter (&all))
    {
      GArray *labels = g_array_new (FALSE, FALSE, sizeof (Label));
      const SakVocabulary *vocabulary;
      const SakForm *form;

      for (guint i = 0; (vocabulary = sak_vocabulary_get_shipped (i)) != NULL; i++)
        add_terms (labels, vocabulary, FALSE);
      for (guint i = 0; (form = sak_form_get_nth (i)) != NULL; i++)
        for (guint k = 0; k < sak_form_get_n_fields (form); k++)
          add_field (labels, sak_form_get_field (form, k));
      g_once_init_leave (&all, labels);
    }
  return all;
}

/* As a word of the label, not only letters within one. */
static gboolean
has_phrase (const Label        *label,
            const SakSyllables *phrase,
            SakWordEdges       *edges)
{
  const SakSearchTerm term = { .syllables = (SakSyllables *) phrase };
  g_autoptr (GArray) hits = NULL;

  if (!sak_search_has_phrase (label->syllables, phrase))
    return FALSE;
  hits = sak_search_find_hits (label->text, label->syllables, &term, edges);
  for (guint i = 0; i < hits->len; i++)
    if (g_array_index (hits, SakSearchHit, i).edges == 2)
      return TRUE;
  return FALSE;
}

static void
clear_label (gpointer data)
{
  Label *label = data;

  sak_syllables_free (label->syllables);
}

/* Few, and others in every vault. */
static GArray *
make_local_labels (void)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (Label));
  g_autoptr (GPtrArray) vocabularies = sak_vocabulary_list_local ();

  g_array_set_clear_func (labels, clear_label);
  for (guint i = 0; i < vocabularies->len; i++)
    add_terms (labels, vocabularies->pdata[i], TRUE);
  return labels;
}

/* FALSE where there are so many that they say nothing. */
static gboolean
add_codes (GPtrArray          *codes,
           const GArray       *labels,
           const SakSyllables *phrase,
           SakWordEdges       *edges)
{
  for (guint i = 0; i < labels->len; i++)
    {
      const Label *label = &g_array_index (labels, Label, i);

      if (!has_phrase (label, phrase, edges) ||
          g_ptr_array_find_with_equal_func (codes, label->code, g_str_equal, NULL))
        continue;
      g_ptr_array_add (codes, (gpointer) label->code);
      if (codes->len > MAX_CODES)
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
sak_search_find_codes (const SakSyllables *phrase,
                       SakWordEdges       *edges)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  g_autoptr (GArray) local = make_local_labels ();

  if (!add_codes (codes, get_labels (), phrase, edges) || !add_codes (codes, local, phrase, edges))
    return NULL;
  return codes->len > 0 ? g_steal_pointer (&codes) : NULL;
}
