/* sak-name.c - whether two names may be one person's
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each name is compared with its form of address and without it ("Maung Maung" is a name,
 * "Maung Ba" may be Ba), and the likeliest of the four counts.
 */
#include "config.h"

#include "storage/model/sak-name-private.h"

#include <string.h>

#include "storage/model/sak-fold.h"

/* Less is in too many names to say anything. */
#define MIN_SOUND 5
#define MIN_PART 4
#define MIN_BONES 2

void
sak_name_match_clear (SakNameMatch *self)
{
  g_clear_pointer (&self->address, g_free);
}

static void
cut_off_prefix (SakName    *self,
                const char *text)
{
  gsize size;

  text += strspn (text, " ");
  size = sak_name_find_prefix (text, &self->is_man, &self->is_woman);
  self->prefix = size > 0 ? g_strndup (text, size) : NULL;
  text += size;
  self->text = g_strdup (text + strspn (text, " "));
}

/* A name that is nothing but forms of address is a name. */
static void
find_address (SakName *self)
{
  gboolean is_man, is_woman;

  while (self->n_address + 1 < self->words->len && self->n_address < 2 &&
         sak_name_is_address (sak_name_word (self->words, self->n_address), &is_man, &is_woman))
    {
      if (self->n_address == 0)
        {
          self->is_man = is_man;
          self->is_woman = is_woman;
        }
      self->n_address++;
    }
}

SakName *
sak_name_new (const char *text)
{
  SakName *self = g_new0 (SakName, 1);
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

  cut_off_prefix (self, normal != NULL ? normal : "");
  self->words = sak_name_cut (self->text);
  if (self->prefix == NULL)
    find_address (self);
  return self;
}

void
sak_name_free (SakName *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->words);
  g_free (self->prefix);
  g_free (self->text);
  g_free (self);
}

/* Which of a word's spellings. */
typedef const char *(*SpellFunc) (const SakNameWord *word);

static const char *
get_folded (const SakNameWord *word)
{
  return word->folded;
}

static const char *
get_key (const SakNameWord *word)
{
  return word->key;
}

static const char *
get_sound (const SakNameWord *word)
{
  return word->sound;
}

static char *
join (const SakName *self,
      guint          from,
      const char    *separator,
      SpellFunc      spell)
{
  GString *joined = g_string_new (NULL);

  for (guint i = from; i < self->words->len; i++)
    g_string_append_printf (joined, "%s%s", i > from ? separator : "", spell (sak_name_word (self->words, i)));
  return g_string_free (joined, FALSE);
}

static gboolean
is_equal (const SakName *a,
          guint          from_a,
          const SakName *b,
          guint          from_b,
          const char    *separator,
          SpellFunc      spell)
{
  g_autofree char *joined_a = join (a, from_a, separator, spell);
  g_autofree char *joined_b = join (b, from_b, separator, spell);

  return *joined_a != '\0' && g_str_equal (joined_a, joined_b);
}

static SakNameScript
get_script (const SakName *self)
{
  return self->words->len > 0 ? sak_name_word (self->words, self->words->len - 1)->script : SAK_NAME_IN_OTHER;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
sort_words (const SakName *self,
            guint          from,
            SpellFunc      spell)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = from; i < self->words->len; i++)
    g_ptr_array_add (sorted, (gpointer) spell (sak_name_word (self->words, i)));
  g_ptr_array_sort (sorted, compare_texts);
  return sorted;
}

/* How many words both have. */
static guint
count_common (GPtrArray *a,
              GPtrArray *b)
{
  guint n = 0, j = 0;

  for (guint i = 0; i < a->len && j < b->len;)
    {
      int order = strcmp (a->pdata[i], b->pdata[j]);

      n += order == 0;
      i += order <= 0;
      j += order >= 0;
    }
  return n;
}

/* As typed, in Unicode form C and small letters: marks and all. */
static gboolean
has_same_marks (const SakName *a,
                const SakName *b)
{
  g_autofree char *small_a = g_utf8_casefold (a->text, -1);
  g_autofree char *small_b = g_utf8_casefold (b->text, -1);

  return g_str_equal (small_a, small_b);
}

static gboolean
has_marks (const SakName *self)
{
  for (const char *at = self->text; *at != '\0'; at++)
    if ((guchar) *at >= 0x80)
      return TRUE;
  return FALSE;
}

static void
set (SakNameMatch    *match,
     SakNameLikeness  likeness,
     guint            score,
     guint            reasons)
{
  if (likeness < match->likeness || (likeness == match->likeness && score <= match->score))
    return;
  match->likeness = likeness;
  match->score = score;
  match->reasons = reasons;
}

/* Of two marked names with the same letters: how a name without its form of address is marked. */
static gboolean
marks_differ (const SakName *a,
              guint          from_a,
              const SakName *b,
              guint          from_b)
{
  const char *rest_a = a->text, *rest_b = b->text;
  g_autofree char *small_a = NULL, *small_b = NULL;

  if (get_script (a) != SAK_NAME_IN_LATIN || !has_marks (a) || !has_marks (b))
    return FALSE;
  rest_a += from_a < a->words->len ? sak_name_word (a->words, from_a)->start : 0;
  rest_b += from_b < b->words->len ? sak_name_word (b->words, from_b)->start : 0;
  small_a = g_utf8_casefold (rest_a, -1);
  small_b = g_utf8_casefold (rest_b, -1);
  g_strdelimit (small_a, " ", '\1');
  g_strdelimit (small_b, " ", '\1');
  return !g_str_equal (small_a, small_b) && has_marks (a) && has_marks (b);
}

static void
compare_letters (const SakName *a,
                 guint          from_a,
                 const SakName *b,
                 guint          from_b,
                 SakNameMatch  *match)
{
  gboolean is_latin = get_script (a) == SAK_NAME_IN_LATIN && get_script (b) == SAK_NAME_IN_LATIN;
  gboolean is_marked_otherwise = is_latin && has_marks (a) != has_marks (b);

  if (!is_equal (a, from_a, b, from_b, "", get_folded))
    return;
  if (marks_differ (a, from_a, b, from_b) && is_equal (a, from_a, b, from_b, " ", get_folded))
    set (match, SAK_NAME_MAYBE, 80, SAK_NAME_OTHER_MARKS);
  else if (!is_equal (a, from_a, b, from_b, " ", get_folded))
    set (match, SAK_NAME_SAME, 96, SAK_NAME_LETTERS | SAK_NAME_SPACING);
  else
    set (match, SAK_NAME_SAME, is_marked_otherwise ? 97 : 100,
         is_marked_otherwise ? SAK_NAME_MARKS : SAK_NAME_LETTERS);
}

static void
compare_order (const SakName *a,
               guint          from_a,
               const SakName *b,
               guint          from_b,
               SakNameMatch  *match)
{
  g_autoptr (GPtrArray) words_a = sort_words (a, from_a, get_key);
  g_autoptr (GPtrArray) words_b = sort_words (b, from_b, get_key);
  guint fewer = MIN (words_a->len, words_b->len);
  guint n_common = count_common (words_a, words_b);

  if (fewer < 2 || n_common < fewer)
    return;
  if (words_a->len == words_b->len)
    set (match, SAK_NAME_SAME, 86, SAK_NAME_ORDER);
  else
    set (match, SAK_NAME_MAYBE, 72, SAK_NAME_PART);
}

/* "Somchai" and "Somchai Jaidee": people go by the first, and in Vietnam by the last. */
static void
compare_part (const SakName *a,
              guint          from_a,
              const SakName *b,
              guint          from_b,
              SakNameMatch  *match)
{
  const SakName *shorter = a->words->len - from_a <= b->words->len - from_b ? a : b;
  const SakName *longer = shorter == a ? b : a;
  guint from_shorter = shorter == a ? from_a : from_b, from_longer = shorter == a ? from_b : from_a;
  guint n_longer = longer->words->len - from_longer;
  const SakNameWord *word;

  if (shorter->words->len - from_shorter != 1 || n_longer < 2)
    return;
  word = sak_name_word (shorter->words, from_shorter);
  if (g_utf8_strlen (word->folded, -1) < MIN_PART || word->script == SAK_NAME_IN_BURMESE)
    return;
  if (g_str_equal (word->key, sak_name_word (longer->words, from_longer)->key)
      || g_str_equal (word->key, sak_name_word (longer->words, longer->words->len - 1)->key))
    set (match, SAK_NAME_MAYBE, 60, SAK_NAME_PART);
}

/* Whether one letter more, less or another makes one of the other. */
static gboolean
is_near (const char *a,
         const char *b)
{
  gsize size_a = strlen (a), size_b = strlen (b);
  gsize head = 0, tail = 0;

  while (head < size_a && head < size_b && a[head] == b[head])
    head++;
  while (tail < size_a - head && tail < size_b - head && a[size_a - 1 - tail] == b[size_b - 1 - tail])
    tail++;
  return MAX (size_a, size_b) - head - tail <= 1;
}

static void
compare_sound (const SakName *a,
               guint          from_a,
               const SakName *b,
               guint          from_b,
               SakNameMatch  *match)
{
  g_autofree char *sound_a = join (a, from_a, "", get_sound);
  g_autofree char *sound_b = join (b, from_b, "", get_sound);
  gsize shorter = MIN (strlen (sound_a), strlen (sound_b));

  if (shorter < 2)
    return;
  if (g_str_equal (sound_a, sound_b))
    set (match, SAK_NAME_MAYBE, 76, SAK_NAME_SOUND);
  else if (shorter > MIN_SOUND && is_near (sound_a, sound_b))
    set (match, SAK_NAME_MAYBE, 64, SAK_NAME_SOUND | SAK_NAME_LETTER);
}

static gboolean
is_without_vowels (SakNameScript script)
{
  return script == SAK_NAME_IN_THAI || script == SAK_NAME_IN_LAO || script == SAK_NAME_IN_KHMER;
}

/* In another script than Latin or Burmese only the consonants can be compared. */
static void
compare_bones (const SakName *a,
               guint          from_a,
               const SakName *b,
               guint          from_b,
               SakNameMatch  *match)
{
  g_autofree char *key_a = join (a, from_a, "", get_key);
  g_autofree char *key_b = join (b, from_b, "", get_key);
  g_autofree char *bones_a = sak_name_make_bones (key_a);
  g_autofree char *bones_b = sak_name_make_bones (key_b);
  gsize shorter = MIN (strlen (bones_a), strlen (bones_b));

  if ((!is_without_vowels (get_script (a)) && !is_without_vowels (get_script (b))) || shorter < MIN_BONES)
    return;
  if (g_str_equal (bones_a, bones_b))
    set (match, SAK_NAME_MAYBE, 70, SAK_NAME_SOUND);
  else if (shorter >= 4 && is_near (bones_a, bones_b))
    set (match, SAK_NAME_MAYBE, 58, SAK_NAME_SOUND | SAK_NAME_LETTER);
}

static void
compare_from (const SakName *a,
              guint          from_a,
              const SakName *b,
              guint          from_b,
              SakNameMatch  *match)
{
  gboolean is_same_script = get_script (a) == get_script (b);

  compare_letters (a, from_a, b, from_b, match);
  if (match->likeness == SAK_NAME_SAME)
    return;
  if (is_same_script ? !is_without_vowels (get_script (a))
                     : !is_without_vowels (get_script (a)) && !is_without_vowels (get_script (b)))
    {
      if (match->likeness == SAK_NAME_DIFFERENT && is_equal (a, from_a, b, from_b, "", get_key))
        set (match, SAK_NAME_SAME, 90, SAK_NAME_ROMANISATION);
      if ((match->reasons & SAK_NAME_OTHER_MARKS) == 0)
        compare_order (a, from_a, b, from_b, match);
      compare_sound (a, from_a, b, from_b, match);
    }
  else if (is_same_script)
    compare_order (a, from_a, b, from_b, match);
  compare_part (a, from_a, b, from_b, match);
  compare_bones (a, from_a, b, from_b, match);
  if (!is_same_script && match->likeness != SAK_NAME_DIFFERENT)
    match->reasons = (match->reasons & ~(guint) SAK_NAME_ROMANISATION) | SAK_NAME_SCRIPT;
}

static char *
dup_address (const SakName *self)
{
  const SakNameWord *first = sak_name_word (self->words, 0);

  return self->prefix != NULL ? g_strdup (self->prefix)
                              : g_strndup (self->text + first->start, first->end - first->start);
}

static gboolean
has_same_address (const SakName *a,
                  const SakName *b)
{
  g_autofree char *address_a = dup_address (a);
  g_autofree char *address_b = dup_address (b);
  g_autofree char *folded_a = sak_fold_text (address_a);
  g_autofree char *folded_b = sak_fold_text (address_b);

  return g_str_equal (folded_a, folded_b);
}

/* @from_a, @from_b: how many words at the beginning are left out. */
static void
consider (const SakName *a,
          guint          from_a,
          const SakName *b,
          guint          from_b,
          SakNameMatch  *best)
{
  g_auto (SakNameMatch) match = { 0 };
  gboolean is_a_addressed = from_a > 0 || a->prefix != NULL, is_b_addressed = from_b > 0 || b->prefix != NULL;
  gboolean is_contrary = (a->is_man && b->is_woman) || (a->is_woman && b->is_man);

  compare_from (a, from_a, b, from_b, &match);
  if (match.likeness == SAK_NAME_DIFFERENT)
    return;
  if ((is_a_addressed || is_b_addressed) && !(is_a_addressed && is_b_addressed && has_same_address (a, b)))
    {
      match.reasons |= SAK_NAME_ADDRESS;
      match.score -= 2;
    }
  if (is_contrary && is_a_addressed && is_b_addressed)
    {
      match.reasons |= SAK_NAME_OTHER_ADDRESS;
      match.score -= MIN (match.score, 30);
      match.likeness = SAK_NAME_MAYBE;
    }
  if (match.likeness < best->likeness || (match.likeness == best->likeness && match.score <= best->score))
    return;
  sak_name_match_clear (best);
  *best = match;
  best->address = (match.reasons & SAK_NAME_ADDRESS) != 0 ? dup_address (is_a_addressed ? a : b) : NULL;
}

/**
 * sak_name_compare:
 *
 * Takes a few microseconds; a name is one person's, so a list of several is split first.
 */
void
sak_name_compare (const SakName *self,
                  const SakName *other,
                  SakNameMatch  *ret_match)
{
  *ret_match = (SakNameMatch) { 0 };
  if (self->words->len == 0 || other->words->len == 0)
    return;
  if (has_same_marks (self, other) && g_strcmp0 (self->prefix, other->prefix) == 0)
    {
      set (ret_match, SAK_NAME_SAME, 100, SAK_NAME_LETTERS);
      return;
    }
  for (guint from_a = 0; from_a <= self->n_address; from_a++)
    for (guint from_b = 0; from_b <= other->n_address; from_b++)
      consider (self, from_a, other, from_b, ret_match);
}

char **
sak_name_split (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",;/\n", -1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (names, parts[i]);
  return g_strv_builder_end (names);
}
