/* sak-name-scan.c - who is named in a text, and numbers that lead to somebody
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All spellings of all names are in one table, so a text costs the same for ten names and
 * for ten thousand: each place in it is looked up with one to eight words. Only names in Thai,
 * Lao and Khmer, which have no spaces, are looked for one by one; behind their forms of address the consonants of names
 * in other scripts are looked up, and theirs in words that are in Latin letters (sak-name-skeleton.c).
 */
#include "config.h"

#include "storage/model/sak-name-scan.h"

#include <string.h>

#include "storage/model/sak-fold.h"
#include "storage/model/sak-name-private.h"
#include "storage/model/sak-name-skeleton.h"
#include "storage/model/sak-number-scan.h"

#define MIN_SOUND 6             /* with its prefix */
#define MIN_NATIVE 3            /* characters */
#define SOUND_PREFIX "~"

typedef struct
{
  guint owner;
  SakNameLikeness likeness;
  guint reasons;
  gboolean needs_address;       /* too short to be a name by itself */
  gboolean needs_capital;
} Entry;

typedef struct
{
  guint owner;
  char *folded;
  SakNameLikeness likeness;
} Native;

struct _SakNameIndex
{
  GHashTable *by_key;           /* joined key -> GArray of Entry */
  GPtrArray *natives;           /* Native */
  SakNameSkeletons *skeletons;
  GHashTable *by_digits;        /* last digits -> owner */
};

static void
native_free (gpointer data)
{
  Native *self = data;

  g_free (self->folded);
  g_free (self);
}

SakNameIndex *
sak_name_index_new (void)
{
  SakNameIndex *self = g_new0 (SakNameIndex, 1);

  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->natives = g_ptr_array_new_with_free_func (native_free);
  self->skeletons = sak_name_skeletons_new ();
  self->by_digits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
sak_name_index_free (SakNameIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->natives);
  sak_name_skeletons_free (self->skeletons);
  g_hash_table_unref (self->by_digits);
  g_free (self);
}

static void
add_entry (SakNameIndex *self,
           char         *key,
           const Entry  *entry)
{
  GArray *entries = g_hash_table_lookup (self->by_key, key);

  if (entries == NULL)
    {
      entries = g_array_new (FALSE, FALSE, sizeof (Entry));
      g_hash_table_insert (self->by_key, g_strdup (key), entries);
    }
  g_array_append_vals (entries, entry, 1);
  g_free (key);
}

static char *
join (GArray   *words,
      guint     from,
      guint     to,
      gboolean  is_sound)
{
  GString *joined = g_string_new (is_sound ? SOUND_PREFIX : NULL);

  for (guint i = from; i < to; i++)
    g_string_append (joined, is_sound ? sak_name_word (words, i)->sound : sak_name_word (words, i)->key);
  return g_string_free (joined, FALSE);
}

/* One word: with a form of address before it, or when it is long enough and written as a name. */
static void
add_alone (SakNameIndex *self,
           GArray       *words,
           guint         n,
           Entry         entry)
{
  const SakNameWord *word = sak_name_word (words, n);

  entry.needs_address = word->script == SAK_NAME_IN_BURMESE || strlen (word->folded) < SAK_NAME_MIN_ALONE;
  entry.needs_capital = word->script == SAK_NAME_IN_LATIN;
  if (*word->key != '\0')
    add_entry (self, g_strdup (word->key), &entry);
}

static void
add_words (SakNameIndex *self,
           GArray       *words,
           guint         first,
           guint         owner)
{
  Entry whole = { .owner = owner, .likeness = SAK_NAME_SAME };
  Entry sound = { .owner = owner, .likeness = SAK_NAME_MAYBE, .reasons = SAK_NAME_SOUND };
  Entry part = { .owner = owner, .likeness = SAK_NAME_MAYBE, .reasons = SAK_NAME_PART };
  g_autofree char *sounds = join (words, first, words->len, TRUE);
  guint n = words->len - first;

  if (n == 1)
    {
      add_alone (self, words, first, whole);
      return;
    }
  add_entry (self, join (words, first, words->len, FALSE), &whole);
  if (strlen (sounds) >= MIN_SOUND)
    add_entry (self, g_strdup (sounds), &sound);
  for (guint from = first; n > 2 && from + 2 <= words->len; from++)
    for (guint to = from + 2; to <= words->len; to++)
      if (to - from < n)
        add_entry (self, join (words, from, to, FALSE), &part);
  if (sak_name_word (words, first)->script == SAK_NAME_IN_LATIN)
    {
      add_alone (self, words, first, part);
      add_alone (self, words, words->len - 1, part);
    }
}

static void
add_native (SakNameIndex    *self,
            const char      *text,
            SakNameLikeness  likeness,
            guint            owner)
{
  Native *native = g_new0 (Native, 1);

  native->owner = owner;
  native->likeness = likeness;
  native->folded = sak_fold_text (text);
  g_strstrip (native->folded);
  if (g_utf8_strlen (native->folded, -1) < MIN_NATIVE)
    native_free (native);
  else
    g_ptr_array_add (self->natives, native);
}

gboolean
sak_name_is_native (SakNameScript script)
{
  return script == SAK_NAME_IN_THAI || script == SAK_NAME_IN_LAO || script == SAK_NAME_IN_KHMER;
}

static void
add_natives (SakNameIndex  *self,
             const SakName *name,
             guint          owner)
{
  g_auto (GStrv) parts = g_strsplit (name->text, " ", -1);
  g_autofree char *together = g_strjoinv ("", parts);

  add_native (self, name->text, SAK_NAME_SAME, owner);
  if (parts[0] == NULL || parts[1] == NULL)
    return;
  add_native (self, together, SAK_NAME_SAME, owner);
  add_native (self, parts[0], SAK_NAME_MAYBE, owner);
}

void
sak_name_index_add_name (SakNameIndex *self,
                         const char   *text,
                         guint         owner)
{
  g_autoptr (SakName) name = sak_name_new (text);

  if (name->words->len == 0 || name->words->len > 4 * SAK_NAME_MAX_WORDS)
    return;
  if (name->n_address > 0)
    sak_name_skeletons_add (self->skeletons, name->words, 0, owner);
  sak_name_skeletons_add (self->skeletons, name->words, MIN (name->n_address, name->words->len - 1), owner);
  if (sak_name_is_native (sak_name_word (name->words, 0)->script))
    {
      add_natives (self, name, owner);
      return;
    }
  /* With the form of address too, where it may be a part of the name: "Maung Maung". */
  if (name->n_address > 0 && name->words->len - name->n_address == 1)
    add_words (self, name->words, 0, owner);
  add_words (self, name->words, MIN (name->n_address, name->words->len - 1), owner);
}

void
sak_name_index_add_contact (SakNameIndex *self,
                            const char   *text,
                            guint         owner)
{
  g_autoptr (GArray) numbers = sak_number_scan (text);

  for (guint i = 0; i < numbers->len; i++)
    {
      const SakNumber *number = &g_array_index (numbers, SakNumber, i);

      if (number->n_digits >= SAK_NAME_LAST_DIGITS)
        g_hash_table_insert (self->by_digits, g_strdup (number->digits + number->n_digits - SAK_NAME_LAST_DIGITS),
                             GUINT_TO_POINTER (owner));
    }
}

/* Scanning */

static void
add_hit (GArray           *hits,
         const SakTextHit *hit)
{
  for (guint i = 0; i < hits->len; i++)
    {
      SakTextHit *other = &g_array_index (hits, SakTextHit, i);

      if (other->kind != hit->kind || other->owner != hit->owner || hit->start >= other->end
          || other->start >= hit->end)
        continue;
      if (hit->likeness > other->likeness
          || (hit->likeness == other->likeness && hit->end - hit->start > other->end - other->start))
        *other = *hit;
      return;
    }
  g_array_append_vals (hits, hit, 1);
}

gboolean
sak_name_is_next (const char        *text,
                  const SakNameWord *word,
                  const SakNameWord *next)
{
  gsize gap = next->start - word->end;

  return gap <= 3 && strspn (text + word->end, " \t-") >= gap;
}

gboolean
sak_name_is_addressed (const char *text,
                       GArray     *words,
                       guint       n)
{
  gboolean is_man, is_woman;

  return n > 0 && sak_name_is_address (sak_name_word (words, n - 1), &is_man, &is_woman) &&
         sak_name_is_next (text, sak_name_word (words, n - 1), sak_name_word (words, n));
}

static void
look_up (SakNameIndex *self,
         const char   *text,
         GArray       *words,
         guint         from,
         guint         to,
         const char   *key,
         GArray       *hits)
{
  GArray *entries = g_hash_table_lookup (self->by_key, key);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      SakTextHit hit = { SAK_HIT_NAME, sak_name_word (words, from)->start, sak_name_word (words, to - 1)->end,
                         entry->owner, entry->likeness, entry->reasons };

      if (entry->needs_address && !sak_name_is_addressed (text, words, from))
        continue;
      if (entry->needs_capital && !sak_name_word (words, from)->is_capital)
        continue;
      add_hit (hits, &hit);
    }
}

static void
scan_words (SakNameIndex *self,
            const char   *text,
            GArray       *hits)
{
  g_autoptr (GArray) words = sak_name_cut (text);

  for (guint from = 0; from < words->len; from++)
    {
      g_autoptr (GString) key = g_string_new (NULL);
      g_autoptr (GString) sound = g_string_new (SOUND_PREFIX);

      for (guint to = from + 1; to <= words->len && to - from <= SAK_NAME_MAX_WORDS; to++)
        {
          const SakNameWord *word = sak_name_word (words, to - 1);

          if (to > from + 1 && !sak_name_is_next (text, word - 1, word))
            break;
          g_string_append (key, word->key);
          g_string_append (sound, word->sound);
          look_up (self, text, words, from, to, key->str, hits);
          look_up (self, text, words, from, to, sound->str, hits);
        }
    }
}

/* Folded, with the place of each character in the text. */
static char *
fold_with_places (const char *text,
                  GArray     *starts,
                  GArray     *ends)
{
  g_autoptr (GArray) chars = sak_fold_chars (text, strlen (text));
  GString *folded = g_string_new (NULL);

  for (guint i = 0; i < chars->len; i++)
    {
      const SakFoldChar *c = &g_array_index (chars, SakFoldChar, i);
      gsize before = folded->len;

      g_string_append_unichar (folded, c->c);
      for (; before < folded->len; before++)
        {
          g_array_append_val (starts, c->start);
          g_array_append_val (ends, c->end);
        }
    }
  return g_string_free (folded, FALSE);
}

static void
scan_natives (SakNameIndex *self,
              const char   *text,
              GArray       *hits)
{
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *folded = self->natives->len > 0 ? fold_with_places (text, starts, ends) : NULL;

  for (guint i = 0; i < self->natives->len; i++)
    {
      const Native *native = g_ptr_array_index (self->natives, i);
      gsize size = strlen (native->folded);

      for (const char *at = folded; (at = strstr (at, native->folded)) != NULL; at += size)
        {
          gsize offset = at - folded;
          SakTextHit hit = { SAK_HIT_NAME, g_array_index (starts, guint32, offset),
                             g_array_index (ends, guint32, offset + size - 1), native->owner, native->likeness,
                             native->likeness == SAK_NAME_SAME ? SAK_NAME_LETTERS : SAK_NAME_PART };

          add_hit (hits, &hit);
        }
    }
}

static void
take_skeleton (const SakTextHit *hit,
               gpointer          hits)
{
  add_hit (hits, hit);
}

static gboolean
find_owner (SakNameIndex    *self,
            const SakNumber *number,
            guint           *ret_owner)
{
  const char *last = number->digits + number->n_digits - MIN (number->n_digits, SAK_NAME_LAST_DIGITS);
  gpointer owner;

  if (number->n_digits < SAK_NAME_LAST_DIGITS || !g_hash_table_lookup_extended (self->by_digits, last, NULL, &owner))
    return FALSE;
  *ret_owner = GPOINTER_TO_UINT (owner);
  return TRUE;
}

static void
scan_numbers (SakNameIndex *self,
              const char   *text,
              GArray       *hits)
{
  g_autoptr (GArray) numbers = sak_number_scan (text);

  for (guint i = 0; i < numbers->len; i++)
    {
      const SakNumber *number = &g_array_index (numbers, SakNumber, i);
      SakTextHit hit = { number->is_paper ? SAK_HIT_PAPER : SAK_HIT_PHONE, number->start, number->end, 0,
                         SAK_NAME_MAYBE, 0 };

      if (find_owner (self, number, &hit.owner))
        {
          hit.kind = SAK_HIT_CONTACT;
          hit.likeness = SAK_NAME_SAME;
        }
      if (hit.kind == SAK_HIT_CONTACT || number->is_paper || number->is_phone)
        g_array_append_val (hits, hit);
    }
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const SakTextHit *hit_a = a, *hit_b = b;

  return hit_a->start != hit_b->start ? (hit_a->start < hit_b->start ? -1 : 1) : (int) hit_a->kind - (int) hit_b->kind;
}

GArray *
sak_name_index_scan (SakNameIndex *self,
                     const char   *text)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (SakTextHit));

  scan_words (self, text, hits);
  scan_natives (self, text, hits);
  sak_name_skeletons_scan (self->skeletons, text, take_skeleton, hits);
  scan_numbers (self, text, hits);
  g_array_sort (hits, compare_hits);
  return hits;
}
