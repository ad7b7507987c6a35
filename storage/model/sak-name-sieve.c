/* sak-name-sieve.c - of very many names, those that texts may speak of
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds hashes of everything that sak_name_index_scan() would look up in the texts: their words, alone and
 * joined, as they are written and as they sound; of Thai, Lao and Khmer each three characters, and the consonants
 * behind a form of address, also without one of them, and those of words in Latin letters; the ends of numbers.
 */
#include "config.h"

#include "storage/model/sak-name-sieve.h"

#include <string.h>

#include "storage/model/sak-fold.h"
#include "storage/model/sak-name-private.h"
#include "storage/model/sak-number-scan.h"

#define FNV_OFFSET 2166136261u
#define FNV_PRIME 16777619u
#define WINDOW 3

/* What a hash is of: the same letters are another thing in another set. */
typedef enum { JOINED = 'j', SOUND = 's', ALONE = 'a', ADDRESSED = 'd', CHARACTERS = 'c', DIGITS = 'n',
               BONES = SAK_NAME_BONES, RUN = SAK_NAME_RUN } Set;

struct _SakNameSieve
{
  GHashTable *hashes;
};

SakNameSieve *
sak_name_sieve_new (void)
{
  SakNameSieve *self = g_new0 (SakNameSieve, 1);

  self->hashes = g_hash_table_new (g_direct_hash, g_direct_equal);
  return self;
}

void
sak_name_sieve_free (SakNameSieve *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->hashes);
  g_free (self);
}

static guint32
begin (Set set)
{
  return (FNV_OFFSET ^ set) * FNV_PRIME;
}

static guint32
add_bytes (guint32     hash,
           const char *bytes,
           gsize       size)
{
  for (gsize i = 0; i < size; i++)
    hash = (hash ^ (guchar) bytes[i]) * FNV_PRIME;
  return hash;
}

static void
put (SakNameSieve *self,
     guint32       hash)
{
  g_hash_table_add (self->hashes, GUINT_TO_POINTER (hash));
}

static gboolean
holds (const SakNameSieve *self,
       guint32             hash)
{
  return g_hash_table_contains (self->hashes, GUINT_TO_POINTER (hash));
}

/* Texts */

/* What begins with the word at @from: each further word that follows it joined to the others. */
static void
put_joined (SakNameSieve *self,
            const char   *text,
            GArray       *words,
            guint         from)
{
  gboolean is_capital = sak_name_word (words, from)->is_capital;
  gboolean is_addressed = sak_name_is_addressed (text, words, from);
  guint32 key = begin (JOINED), alone = begin (ALONE), addressed = begin (ADDRESSED), sound = begin (SOUND);

  for (guint to = from; to < words->len && to - from < SAK_NAME_MAX_WORDS; to++)
    {
      const SakNameWord *word = sak_name_word (words, to);
      gsize size = strlen (word->key);

      if (to > from && !sak_name_is_next (text, word - 1, word))
        return;
      put (self, key = add_bytes (key, word->key, size));
      put (self, sound = add_bytes (sound, word->sound, strlen (word->sound)));
      alone = add_bytes (alone, word->key, size);
      addressed = add_bytes (addressed, word->key, size);
      if (is_capital)
        put (self, alone);
      if (is_addressed)
        put (self, addressed);
    }
}

static void
put_words (SakNameSieve *self,
           const char   *text)
{
  g_autoptr (GArray) words = sak_name_cut (text);

  for (guint from = 0; from < words->len; from++)
    put_joined (self, text, words, from);
}

static gboolean
is_native (gunichar c)
{
  SakNameScript script = sak_name_get_script (c);

  return sak_name_is_native (script) && !g_unichar_isdigit (c);
}

/* Whatever else stands between them. */
static guint
take_natives (const char *folded,
              gsize       size,
              gunichar   *natives)
{
  guint n = 0;

  for (const char *at = folded; at < folded + size; at = g_utf8_next_char (at))
    if (is_native (g_utf8_get_char (at)))
      natives[n++] = g_utf8_get_char (at);
  return n;
}

static guint32
hash_window (const gunichar *window)
{
  return add_bytes (begin (CHARACTERS), (const char *) window, WINDOW * sizeof *window);
}

static void
put_natives (SakNameSieve *self,
             const char   *text)
{
  g_autofree char *folded = sak_fold_text (text);
  g_autofree gunichar *natives = g_new (gunichar, strlen (folded) + 1);
  guint n = take_natives (folded, strlen (folded), natives);

  for (guint i = 0; i + WINDOW <= n; i++)
    put (self, hash_window (natives + i));
}

static guint32
hash_digits (const char *digits)
{
  return add_bytes (begin (DIGITS), digits, strlen (digits));
}

static void
put_numbers (SakNameSieve *self,
             const char   *text)
{
  g_autoptr (GArray) numbers = sak_number_scan (text);

  for (guint i = 0; i < numbers->len; i++)
    {
      const SakNumber *number = &g_array_index (numbers, SakNumber, i);

      if (number->n_digits >= SAK_NAME_LAST_DIGITS)
        put (self, hash_digits (number->digits + number->n_digits - SAK_NAME_LAST_DIGITS));
    }
}

/* With one letter for those that Thai hears as one. */
gboolean
sak_name_try_variants (char                set,
                       const char         *bones,
                       gsize               size,
                       gboolean            has_near,
                       SakNameVariantFunc  func,
                       gpointer            user_data)
{
  char heard[SAK_GLUED_MAX];

  for (gsize i = 0; i < size; i++)
    heard[i] = i > 0 && (bones[i] == 'r' || bones[i] == 'l') ? 'n' : bones[i];
  if (func (add_bytes (begin ((Set) set), heard, size), user_data))
    return TRUE;
  for (gsize i = 0; has_near && size >= SAK_GLUED_MIN_NEAR && i < size; i++)
    if (func (add_bytes (add_bytes (begin ((Set) set), heard, i), heard + i + 1, size - i - 1), user_data))
      return TRUE;
  return FALSE;
}

static gboolean
put_variant (guint32  hash,
             gpointer self)
{
  put (self, hash);
  return FALSE;
}

static gboolean
holds_variant (guint32  hash,
               gpointer self)
{
  return holds (self, hash);
}

static void
put_glued (SakNameSieve *self,
           const char   *text)
{
  g_autoptr (GArray) all = sak_name_list_glued (text);

  for (guint i = 0; i < all->len; i++)
    {
      const SakGluedName *glued = &g_array_index (all, SakGluedName, i);

      for (guint n = glued->is_pronoun ? SAK_GLUED_MIN_NEAR : 1; n <= glued->n_bones; n++)
        sak_name_try_variants (BONES, glued->bones, n, TRUE, put_variant, self);
    }
}

static void
put_runs (SakNameSieve *self,
          const char   *text)
{
  g_autoptr (GArray) all = sak_name_list_runs (text);

  for (guint i = 0; i < all->len; i++)
    {
      const SakNameRun *run = &g_array_index (all, SakNameRun, i);

      sak_name_try_variants (RUN, run->bones, run->n_bones, TRUE, put_variant, self);
    }
}

void
sak_name_sieve_add_text (SakNameSieve *self,
                         const char   *text)
{
  put_words (self, text);
  put_natives (self, text);
  put_glued (self, text);
  put_runs (self, text);
  put_numbers (self, text);
}

/* Names */

static guint32
hash_piece (Set                 set,
            const SakHintPiece *piece)
{
  return add_bytes (begin (set), piece->start, piece->size);
}

static SakNameScript
get_script (const SakHintView *view,
            guint              n)
{
  const SakHintPiece *folded = &view->words[SAK_HINT_FOLDED][n];

  return folded->size > 0 ? sak_name_get_script (g_utf8_get_char (folded->start)) : SAK_NAME_IN_OTHER;
}

/* As add_alone() of the scan has it. */
static gboolean
may_hold_alone (const SakNameSieve *self,
                const SakHintView  *view,
                guint               n)
{
  gboolean needs_address = get_script (view, n) == SAK_NAME_IN_BURMESE ||
                           view->words[SAK_HINT_FOLDED][n].size < SAK_NAME_MIN_ALONE;

  return holds (self, hash_piece (needs_address ? ADDRESSED : ALONE, &view->words[SAK_HINT_KEY][n]));
}

/* Two words and more that begin with this one; to the end, also as they sound. */
static gboolean
may_hold_joined (const SakNameSieve *self,
                 const SakHintView  *view,
                 guint               from,
                 gboolean            is_first)
{
  const SakHintPiece *keys = view->words[SAK_HINT_KEY], *sounds = view->words[SAK_HINT_SOUND];
  guint32 key = hash_piece (JOINED, &keys[from]), sound = hash_piece (SOUND, &sounds[from]);

  for (guint i = from + 1; i < view->n_words; i++)
    {
      key = add_bytes (key, keys[i].start, keys[i].size);
      sound = add_bytes (sound, sounds[i].start, sounds[i].size);
      if (holds (self, key))
        return TRUE;
    }
  return is_first && holds (self, sound);
}

/* As add_words() of the scan has it, without the words before @first, which may be a form of address. */
static gboolean
may_hold_from (const SakNameSieve *self,
               const SakHintView  *view,
               guint               first)
{
  guint last = view->n_words - 1;

  if (first == last)
    return may_hold_alone (self, view, first);
  if (get_script (view, first) == SAK_NAME_IN_LATIN &&
      (may_hold_alone (self, view, first) || may_hold_alone (self, view, last)))
    return TRUE;
  for (guint from = first; from < last; from++)
    if (may_hold_joined (self, view, from, from == first))
      return TRUE;
  return FALSE;
}

/* All that it is written with in its first word, or, where that is too short, in all of them. */
static gboolean
may_hold_native (const SakNameSieve *self,
                 const SakHintView  *view)
{
  const SakHintPiece *words = view->words[SAK_HINT_FOLDED];
  const SakHintPiece *last = &words[view->n_words - 1];
  g_autofree gunichar *natives = g_new (gunichar, (gsize) (last->start + last->size - words[0].start) + 1);
  guint n = take_natives (words[0].start, words[0].size, natives);

  if (n < WINDOW)
    {
      n = 0;
      for (guint i = 0; i < view->n_words; i++)
        n += take_natives (words[i].start, words[i].size, natives + n);
      return n < WINDOW || holds (self, hash_window (natives));
    }
  for (guint i = 0; i + WINDOW <= n; i++)
    if (!holds (self, hash_window (natives + i)))
      return FALSE;
  return TRUE;
}

/* As add_skeletons() of the scan has it; of a name in Thai, Lao or Khmer also what is in Latin letters. */
static gboolean
may_hold_bones (const SakNameSieve *self,
                const SakHintView  *view,
                guint               from,
                guint               to)
{
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *bones = NULL;
  gsize n;

  for (guint i = from; i < to; i++)
    g_string_append_len (key, view->words[SAK_HINT_KEY][i].start, (gssize) view->words[SAK_HINT_KEY][i].size);
  bones = sak_name_make_bones (key->str);
  n = MIN (strlen (bones), SAK_GLUED_MAX);
  return sak_name_try_variants (BONES, bones, n, TRUE, holds_variant, (SakNameSieve *) self) ||
         (sak_name_is_native (get_script (view, from)) &&
          sak_name_try_variants (RUN, bones, n, TRUE, holds_variant, (SakNameSieve *) self));
}

static gboolean
may_hold_glued (const SakNameSieve *self,
                const SakHintView  *view,
                guint               first)
{
  return may_hold_bones (self, view, first, view->n_words) ||
         (view->n_words - first > 1 && (may_hold_bones (self, view, first, first + 1) ||
                                        may_hold_bones (self, view, view->n_words - 1, view->n_words)));
}

static gboolean
may_hold_contact (const SakNameSieve *self,
                  const char         *hint)
{
  g_auto (GStrv) numbers = g_strsplit (hint, " ", -1);

  for (guint i = 0; numbers[i] != NULL; i++)
    if (holds (self, hash_digits (numbers[i])))
      return TRUE;
  return FALSE;
}

gboolean
sak_name_sieve_may_hold (const SakNameSieve *self,
                         const char         *hint)
{
  SakHintView view;

  if (*hint == SAK_NAME_CONTACT_HINT)
    return may_hold_contact (self, hint + 1);
  if (!sak_name_read_hint (hint, &view))
    return TRUE;
  for (guint first = 0; first <= MIN (view.n_address, view.n_words - 1); first++)
    if (may_hold_glued (self, &view, first))
      return TRUE;
  if (view.words[SAK_HINT_FOLDED][0].size > 0 && is_native (g_utf8_get_char (view.words[SAK_HINT_FOLDED][0].start)))
    return may_hold_native (self, &view);
  for (guint first = 0; first <= MIN (view.n_address, view.n_words - 1); first++)
    if (may_hold_from (self, &view, first))
      return TRUE;
  return FALSE;
}
