/* sak-syllable.c - a text cut into what can be searched for: words, numbers, syllables
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Burmese shows where a syllable ends: a consonant with asat belongs to the one before it.
 * Thai, Lao and Khmer do not, so there each consonant with its vowels and tones is one, and a
 * bare consonant, too; a phrase of them finds whatever was typed, and who ranks the hits asks
 * where words end. All rules look at no more than the cluster itself and the one character
 * before it: so a part of a text is cut as it is cut within the text, and what is there is found.
 *
 * Words that some people write as one and others with a hyphen, with points or with a capital within are cut, and what
 * they make together is told beside the parts.
 */
#include "config.h"

#include "storage/model/sak-syllable.h"

#include "storage/model/sak-fold-private.h"

#include <string.h>
#include <unicode/uchar.h>

#define AT(array, i) (&g_array_index (array, SakFoldChar, i))

/* Of four letters, that only look like plurals. */
static const char *const no_plurals[] = { "this", "news", "laos", "does", "goes" };

typedef struct
{
  const char *text;
  GArray *chars;
  SakSyllables *out;
  guint at;
  GString *plain;               /* keys of words before plurals are taken off, one behind the other */
  GArray *plain_ends;           /* of gsize, for each syllable: where its part of that ends */
} Cutter;

void
sak_syllables_free (SakSyllables *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->all);
  g_array_unref (self->joined);
  g_string_free (self->keys, TRUE);
  g_free (self);
}

static gboolean
is_spaceless (gunichar c)
{
  return SAK_IS_THAI (c) || SAK_IS_LAO (c) || SAK_IS_KHMER (c);
}

static void
append_key (GString           *keys,
            gsize              start,
            const SakFoldChar *c)
{
  if (keys->len - start > SAK_SYLLABLE_MAX_KEY - 8)
    return;
  if (c->kind == SAK_FOLD_DIGIT)
    g_string_append_c (keys, (char) ('0' + u_charDigitValue ((UChar32) c->c)));
  else
    g_string_append_unichar (keys, c->c);
}

static void
emit (Cutter          *self,
      guint            from,
      guint            to,
      SakSyllableKind  kind)
{
  SakSyllable syllable = { .start = G_MAXUINT32, .kind = kind, .key = (guint32) self->out->keys->len };
  const SakFoldChar *before = from > 0 ? AT (self->chars, from - 1) : NULL;

  for (guint i = from; i < to; i++)
    {
      const SakFoldChar *c = AT (self->chars, i);

      append_key (self->out->keys, syllable.key, c);
      syllable.start = MIN (syllable.start, c->start);
      syllable.end = MAX (syllable.end, c->end);
    }
  syllable.first = AT (self->chars, from)->c;
  syllable.is_bare = to == from + 1 && AT (self->chars, from)->kind == SAK_FOLD_BASE && is_spaceless (syllable.first);
  syllable.follows = kind == SAK_SYLLABLE_CLUSTER && before != NULL && before->kind >= SAK_FOLD_SIGN &&
                     (before->c & ~0x7fu) == (syllable.first & ~0x7fu);
  syllable.key_size = (guint16) (self->out->keys->len - syllable.key);
  if (kind == SAK_SYLLABLE_WORD)
    g_string_append (self->plain, self->out->keys->str + syllable.key);
  g_array_append_val (self->plain_ends, self->plain->len);
  g_string_append_c (self->out->keys, '\0');
  g_array_append_val (self->out->all, syllable);
}

static guint8
kind_at (Cutter *self,
         guint   at)
{
  return at < self->chars->len ? AT (self->chars, at)->kind : SAK_FOLD_GAP;
}

static gunichar
char_at (Cutter *self,
         guint   at)
{
  return at < self->chars->len ? AT (self->chars, at)->c : 0;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02bc;
}

/* Not from these: the others in -men are many men. */
static const char *const no_men[] = { "specimen", "abdomen", "regimen", "omen", "yemen", "amen", "semen", "acumen" };

static gboolean
is_any_of (const char         *key,
           gsize               size,
           const char *const  *words,
           gsize               n_words)
{
  for (gsize i = 0; i < n_words; i++)
    if (strlen (words[i]) == size && memcmp (key, words[i], size) == 0)
      return TRUE;
  return FALSE;
}

/* Women and fishermen are a woman and a fisherman, children a child. */
static gsize
cut_old_plural (char  *key,
                gsize  size)
{
  if (size == 8 && memcmp (key, "children", 8) == 0)
    return 5;
  if (size >= 3 && memcmp (key + size - 3, "men", 3) == 0 && !is_any_of (key, size, no_men, G_N_ELEMENTS (no_men)))
    key[size - 2] = 'a';
  return size;
}

/* "Harman's S": many for one, and the few other endings that are common here. */
static gsize
cut_plural (char  *key,
            gsize  size)
{
  gsize kept = size;

  if (size >= 3 && key[size - 1] == 'n')
    return cut_old_plural (key, size);
  if (size < 4 || key[size - 1] != 's' || strchr ("su", key[size - 2]) != NULL)
    return size;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_islower (key[i]))
      return size;
  if (is_any_of (key, size, no_plurals, G_N_ELEMENTS (no_plurals)))
    return size;
  kept = size - 1;
  if (size > 4 && key[size - 3] == 'i' && key[size - 2] == 'e' && strchr ("ae", key[size - 4]) == NULL)
    {
      key[size - 3] = 'y';
      kept = size - 2;
    }
  return kept;
}

/* @word: the last in the keys. */
static void
take_plural_off (SakSyllables *out,
                 SakSyllable  *word)
{
  gsize kept = cut_plural (out->keys->str + word->key, word->key_size);

  word->key_size = (guint16) kept;
  g_string_truncate (out->keys, word->key + kept);
  g_string_append_c (out->keys, '\0');
}

static gunichar
typed_at (Cutter *self,
          guint   at)
{
  return at < self->chars->len ? g_utf8_get_char (self->text + AT (self->chars, at)->start) : 0;
}

/* "Mae|Sot"; but "DoJ" and "NGOs" are whole. @from, @to: what there is of the word. */
static gboolean
begins_anew (Cutter *self,
             guint   from,
             guint   to)
{
  return to - from >= 2 && g_unichar_islower (typed_at (self, to - 1)) &&
         g_unichar_isupper (typed_at (self, self->at)) && kind_at (self, self->at + 1) == SAK_FOLD_LETTER &&
         g_unichar_islower (typed_at (self, self->at + 1));
}

/* "worker's" is "worker", "don't" is "dont". The apostrophes are taken out of the characters. */
static void
cut_word (Cutter *self)
{
  guint from = self->at, to = from;

  while (self->at < self->chars->len)
    {
      if (kind_at (self, self->at) == SAK_FOLD_LETTER ||
          (kind_at (self, self->at) == SAK_FOLD_MARK && !is_spaceless (char_at (self, self->at))))
        {
          if (begins_anew (self, from, to))
            break;
          *AT (self->chars, to++) = *AT (self->chars, self->at++);
        }
      else if (is_apostrophe (char_at (self, self->at)) && kind_at (self, self->at + 1) == SAK_FOLD_LETTER)
        {
          self->at++;
          if (char_at (self, self->at) == 's' && kind_at (self, self->at + 1) != SAK_FOLD_LETTER)
            self->at++;
        }
      else
        break;
    }
  emit (self, from, to, SAK_SYLLABLE_WORD);
  take_plural_off (self->out, sak_syllables_get (self->out, self->out->all->len - 1));
}

/* "12,500" is one number, "12.5.2019" three. */
static void
cut_number (Cutter *self)
{
  guint from = self->at, to = from;

  for (;;)
    {
      while (kind_at (self, self->at) == SAK_FOLD_DIGIT)
        *AT (self->chars, to++) = *AT (self->chars, self->at++);
      if (char_at (self, self->at) != ',' || kind_at (self, self->at + 1) != SAK_FOLD_DIGIT ||
          kind_at (self, self->at + 2) != SAK_FOLD_DIGIT || kind_at (self, self->at + 3) != SAK_FOLD_DIGIT ||
          kind_at (self, self->at + 4) == SAK_FOLD_DIGIT)
        break;
      self->at++;
    }
  emit (self, from, to, SAK_SYLLABLE_NUMBER);
}

static void
cut_cluster (Cutter *self)
{
  guint from = self->at;

  if (kind_at (self, self->at) == SAK_FOLD_LEAD)
    self->at++;
  if (kind_at (self, self->at) == SAK_FOLD_BASE || kind_at (self, self->at) == SAK_FOLD_FINAL || self->at == from)
    self->at++;
  while (kind_at (self, self->at) == SAK_FOLD_MARK || kind_at (self, self->at) == SAK_FOLD_FINAL)
    self->at++;
  emit (self, from, self->at, SAK_SYLLABLE_CLUSTER);
}

/* Verbatim: codes of vocabularies, ids of records. */
static void
cut_code (Cutter *self)
{
  guint from = self->at++;

  while (self->at < self->chars->len && char_at (self, self->at) > ' ')
    self->at++;
  emit (self, from, self->at, SAK_SYLLABLE_OTHER);
}

static void
cut_next (Cutter *self)
{
  gunichar c = char_at (self, self->at);

  switch (kind_at (self, self->at))
    {
    case SAK_FOLD_LETTER:
      cut_word (self);
      break;
    case SAK_FOLD_DIGIT:
      cut_number (self);
      break;
    case SAK_FOLD_GAP:
      if (c == (gunichar) SAK_SYLLABLE_CODE[0])
        cut_code (self);
      else
        {
          if (c == (gunichar) SAK_SYLLABLE_BREAK[0])
            emit (self, self->at, self->at + 1, SAK_SYLLABLE_OTHER);
          self->at++;
        }
      break;
    case SAK_FOLD_SIGN:
      emit (self, self->at, self->at + 1, SAK_SYLLABLE_CLUSTER);
      self->at++;
      break;
    default:
      cut_cluster (self);
      break;
    }
}

/* --- Words that may be one --- */

static gsize
get_plain_start (Cutter *self,
                 guint   at)
{
  return at > 0 ? g_array_index (self->plain_ends, gsize, at - 1) : 0;
}

/* Whether nothing but a hyphen is before the next, or, of one or two letters, a point. */
static gboolean
is_linked (Cutter *self,
           guint   at)
{
  const SakSyllable *word = sak_syllables_get (self->out, at), *next = sak_syllables_get (self->out, at + 1);
  const char *gap = self->text + word->end;
  gsize size = next->start - MIN (word->end, next->start);

  if (word->kind != SAK_SYLLABLE_WORD || next->kind != SAK_SYLLABLE_WORD)
    return FALSE;
  if (size == 1 && *gap == '.')
    return g_array_index (self->plain_ends, gsize, at) - get_plain_start (self, at) <= 2;
  return size == 0 || (size == 1 && *gap == '-') ||
         (size == 3 && (memcmp (gap, "\xe2\x80\x90", 3) == 0 || memcmp (gap, "\xe2\x80\x91", 3) == 0));
}

static void
join (Cutter *self,
      guint   from,
      guint   to)
{
  gsize start = get_plain_start (self, from);
  gsize size = g_array_index (self->plain_ends, gsize, to - 1) - start;
  SakJoinedWord joined = { from, to, *sak_syllables_get (self->out, from) };

  if (size > SAK_SYLLABLE_MAX_KEY)
    return;
  joined.word.end = sak_syllables_get (self->out, to - 1)->end;
  joined.word.key = (guint32) self->out->keys->len;
  joined.word.key_size = (guint16) size;
  g_string_append_len (self->out->keys, self->plain->str + start, (gssize) size);
  take_plural_off (self->out, &joined.word);
  g_array_append_val (self->out->joined, joined);
}

static void
join_words (Cutter *self)
{
  for (guint from = 0; from < self->out->all->len; from++)
    for (guint to = from + 1; to < self->out->all->len && to - from < SAK_SYLLABLE_MAX_JOINED &&
         is_linked (self, to - 1); to++)
      join (self, from, to + 1);
}

/**
 * sak_syllables_new:
 * @text: valid UTF-8
 */
SakSyllables *
sak_syllables_new (const char *text,
                   gsize       size)
{
  SakSyllables *self = g_new0 (SakSyllables, 1);
  g_autoptr (GArray) chars = sak_fold_chars (text, size);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GArray) plain_ends = g_array_new (FALSE, FALSE, sizeof (gsize));
  Cutter cutter = { .text = text, .chars = chars, .out = self, .plain = plain, .plain_ends = plain_ends };

  self->joined = g_array_new (FALSE, FALSE, sizeof (SakJoinedWord));
  self->all = g_array_sized_new (FALSE, FALSE, sizeof (SakSyllable), chars->len / 3 + 4);
  self->keys = g_string_sized_new (size + size / 4 + 16);
  while (cutter.at < chars->len)
    cut_next (&cutter);
  join_words (&cutter);
  return self;
}

const SakSyllable *
sak_syllables_get_whole (const SakSyllables *self)
{
  for (guint i = 0; i < self->joined->len; i++)
    if (sak_syllables_get_joined (self, i)->from == 0 && sak_syllables_get_joined (self, i)->to == self->all->len)
      return &sak_syllables_get_joined (self, i)->word;
  return NULL;
}

gboolean
sak_syllables_same (const SakSyllables  *self,
                    guint                at,
                    const SakSyllables  *other,
                    guint                other_at)
{
  const SakSyllable *a = sak_syllables_get (self, at);
  const SakSyllable *b = sak_syllables_get (other, other_at);

  return a->key_size == b->key_size &&
         memcmp (sak_syllables_get_key (self, a), sak_syllables_get_key (other, b), a->key_size) == 0;
}
