/* sak-search-query.c - what somebody typed to search for
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-search-private.h"

#include "storage/model/sak-search-codes.h"

#include <string.h>

static void
free_term (gpointer data)
{
  SakSearchTerm *term = data;

  g_free (term->text);
  sak_syllables_free (term->syllables);
  g_clear_pointer (&term->codes, g_ptr_array_unref);
  g_clear_pointer (&term->ways, g_ptr_array_unref);
  g_free (term);
}

void
sak_search_query_free (SakSearchQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->typed);
  g_ptr_array_unref (self->terms);
  g_clear_pointer (&self->codes, g_ptr_array_unref);
  sak_word_edges_free (self->edges);
  g_free (self);
}

static void
add_term (SakSearchQuery *self,
          const char     *text,
          gsize           size,
          gboolean        is_excluded,
          gboolean        is_exact)
{
  g_autoptr (SakSyllables) syllables = sak_syllables_new (text, size);
  SakSearchTerm *term;

  if (syllables->all->len == 0 || self->terms->len >= SAK_SEARCH_MAX_TERMS)
    return;
  term = g_new0 (SakSearchTerm, 1);
  term->text = g_strndup (text, size);
  term->syllables = g_steal_pointer (&syllables);
  term->is_excluded = is_excluded;
  term->is_exact = is_exact;
  g_ptr_array_add (self->terms, term);
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || (c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb;
}

/* Invisible blanks part nothing: people do not see that they typed one. */
static gboolean
is_parting (gunichar c)
{
  return g_unichar_isspace (c) && c != 0x200b;
}

static const char *
find_end (const char *at,
          gboolean    is_quoted)
{
  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (is_quote (c) || (!is_quoted && is_parting (c)))
        break;
    }
  return at;
}

static void
read_terms (SakSearchQuery *self)
{
  const char *at = self->typed;

  while (*at != '\0')
    {
      gunichar c = g_utf8_get_char (at);
      const char *start = at;
      const char *end;

      if (is_parting (c))
        {
          at = g_utf8_next_char (at);
          continue;
        }
      if (c == '-')
        start = g_utf8_next_char (start);
      if (is_quote (g_utf8_get_char (start)))
        {
          start = g_utf8_next_char (start);
          end = find_end (start, TRUE);
          add_term (self, start, (gsize) (end - start), c == '-', TRUE);
          at = *end != '\0' ? g_utf8_next_char (end) : end;
          continue;
        }
      end = find_end (start, FALSE);
      add_term (self, start, (gsize) (end - start), c == '-', FALSE);
      at = end;
    }
}

/* Nothing can be found by what is not there alone. */
static void
mind_exclusions (SakSearchQuery *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    if (!((SakSearchTerm *) self->terms->pdata[i])->is_excluded)
      return;
  for (guint i = 0; i < self->terms->len; i++)
    ((SakSearchTerm *) self->terms->pdata[i])->is_excluded = FALSE;
}

/* --- Vietnamese, whose words are of several syllables with blanks between --- */

gboolean
sak_search_is_vietnamese_syllable (const char *key)
{
  static GRegex *regex;

  if (g_once_init_enter (&regex))
    {
      GRegex *made = g_regex_new ("^(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
                                  "(?:a[iouy]?|e[ou]?|i(?:a|eu?|u)?|o(?:a[ioy]?|eo?|i|o)?"
                                  "|u(?:a[ioy]?|e|i|o[iu]?|u|y(?:a|eu?|u)?)?|y(?:eu?)?)"
                                  "(?:ch?|m|ng?|nh|p|t)?$", G_REGEX_OPTIMIZE, 0, NULL);

      g_once_init_leave (&regex, made);
    }
  return g_regex_match (regex, key, 0, NULL);
}

static gboolean
is_one_syllable (const SakSearchTerm *term)
{
  const SakSyllable *only = sak_syllables_get (term->syllables, 0);

  return term->syllables->all->len == 1 && only->kind == SAK_SYLLABLE_WORD && !term->is_exact && !term->is_excluded &&
         sak_search_is_vietnamese_syllable (sak_syllables_get_key (term->syllables, only));
}

static gboolean
has_marks (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return TRUE;
  return FALSE;
}

/* Words next to each other that may be syllables of one: all of them are, or some have marks. */
static guint
count_joinable (SakSearchQuery *self,
                guint           from)
{
  gboolean has_any_marks = FALSE;
  guint n = 0;

  while (from + n < self->terms->len && is_one_syllable (self->terms->pdata[from + n]))
    has_any_marks |= has_marks (((SakSearchTerm *) self->terms->pdata[from + n++])->text);
  return n >= 2 && (has_any_marks || n == self->terms->len) ? n : 0;
}

static void
join_vietnamese (SakSearchQuery *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      guint n = count_joinable (self, i);
      g_autoptr (GString) joined = g_string_new (NULL);
      SakSearchTerm *first = self->terms->pdata[i];

      if (n == 0)
        continue;
      for (guint k = 0; k < n; k++)
        g_string_append_printf (joined, "%s%s", k > 0 ? " " : "", ((SakSearchTerm *) self->terms->pdata[i + k])->text);
      g_ptr_array_remove_range (self->terms, i + 1, n - 1);
      sak_syllables_free (first->syllables);
      first->syllables = sak_syllables_new (joined->str, joined->len);
      g_free (first->text);
      first->text = g_strdup (joined->str);
      self->is_joined = TRUE;
    }
}

/* --- Words of which the beginning was typed --- */

/* Not for what has marks: Vietnamese words do not go on. */
static gboolean
may_go_on (const SakSearchTerm *term)
{
  const SakSyllable *only = sak_syllables_get (term->syllables, 0);

  return term->syllables->all->len == 1 && only->kind == SAK_SYLLABLE_WORD && !term->is_exact && !term->is_excluded &&
         only->key_size >= SAK_SEARCH_MIN_BEGINNING && !has_marks (term->text);
}

static void
find_beginnings (SakSearchQuery *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    {
      SakSearchTerm *term = self->terms->pdata[i];

      term->is_beginning = may_go_on (term);
    }
}

/* --- All --- */

/* English words that people type and no text is missed for. */
static gboolean
is_filler (const SakSearchTerm *term)
{
  static const char *const fillers[] = {
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", NULL,
  };
  g_autofree char *word = g_ascii_strdown (term->text, -1);

  return !term->is_exact && !term->is_excluded && g_strv_contains (fillers, word);
}

static void
drop_fillers (SakSearchQuery *self)
{
  for (guint i = self->terms->len; i > 0; i--)
    if (self->terms->len > 1 && is_filler (self->terms->pdata[i - 1]))
      g_ptr_array_remove_index (self->terms, i - 1);
}

/* Somebody's label whole, with what is dropped from the terms. */
static void
find_codes (SakSearchQuery *self)
{
  gboolean is_plain = TRUE;

  for (guint i = 0; i < self->terms->len; i++)
    {
      SakSearchTerm *term = self->terms->pdata[i];

      if (!term->is_excluded && !term->is_exact)
        term->codes = sak_search_find_codes (term->syllables, self->edges);
      is_plain = is_plain && !term->is_excluded && !term->is_exact;
    }
  if (is_plain && self->terms->len > 1)
    {
      g_autoptr (SakSyllables) whole = sak_syllables_new (self->typed, strlen (self->typed));

      self->codes = sak_search_find_codes (whole, self->edges);
    }
}

static SakSearchQuery *
new_query (const char *typed,
           gboolean    joins)
{
  SakSearchQuery *self = g_new0 (SakSearchQuery, 1);

  self->typed = g_strdup (typed);
  self->terms = g_ptr_array_new_with_free_func (free_term);
  self->edges = sak_word_edges_new ();
  read_terms (self);
  mind_exclusions (self);
  if (joins)
    join_vietnamese (self);
  if (joins && !self->is_joined)
    drop_fillers (self);
  find_beginnings (self);
  sak_search_find_ways (self);
  find_codes (self);
  return self;
}

/**
 * sak_search_query_new:
 * @typed: anything
 *
 * Returns: (transfer full): without terms where nothing in @typed can be searched for
 */
SakSearchQuery *
sak_search_query_new (const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autofree char *start = g_utf8_substring (normal, 0, MIN (g_utf8_strlen (normal, -1), SAK_SEARCH_MAX_CHARS));

  /* Not for whoever types: what the index has between its texts. */
  return new_query (g_strdelimit (start, SAK_SYLLABLE_CODE SAK_SYLLABLE_BREAK, ' '), TRUE);
}

SakSearchQuery *
sak_search_query_new_looser (const SakSearchQuery *self)
{
  return self->is_joined ? new_query (self->typed, FALSE) : NULL;
}

GPtrArray *
sak_search_query_get_codes (const SakSearchQuery *self)
{
  return self->codes;
}

guint
sak_search_query_get_n_terms (const SakSearchQuery *self)
{
  return self->terms->len;
}

const SakSearchTerm *
sak_search_query_get_term (const SakSearchQuery *self,
                           guint                 n)
{
  g_return_val_if_fail (n < self->terms->len, NULL);

  return self->terms->pdata[n];
}

gboolean
sak_search_query_has_beginnings (const SakSearchQuery *self)
{
  for (guint i = 0; i < self->terms->len; i++)
    if (((SakSearchTerm *) self->terms->pdata[i])->is_beginning)
      return TRUE;
  return FALSE;
}
