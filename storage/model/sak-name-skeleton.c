/* sak-name-skeleton.c - names of which only the consonants can be compared, found by these
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What matches (sak-name-glued.c, sak-name-run.c) has a variant in common with the name: all consonants as they are
 * heard, or all but one. Variants lie sorted by their hash, so that of ten thousand names only a handful is compared.
 */
#include "config.h"

#include "storage/model/sak-name-skeleton.h"

#include <stdlib.h>
#include <string.h>

#include "storage/model/sak-name-private.h"

typedef struct
{
  guint owner;
  SakNameScript script;
  char *bones;
  gboolean is_whole;
} Skeleton;

typedef struct
{
  guint32 hash;
  guint32 n;                    /* which skeleton has it */
} Variant;

struct _SakNameSkeletons
{
  GPtrArray *all;               /* Skeleton */
  GArray *variants;             /* Variant */
  GArray *found;                /* guint32: candidates, while they are looked up */
  gboolean is_sorted;
  gboolean has_native;          /* one of them is in Thai, Lao or Khmer */
};

static void
skeleton_free (gpointer data)
{
  Skeleton *self = data;

  g_free (self->bones);
  g_free (self);
}

SakNameSkeletons *
sak_name_skeletons_new (void)
{
  SakNameSkeletons *self = g_new0 (SakNameSkeletons, 1);

  self->all = g_ptr_array_new_with_free_func (skeleton_free);
  self->variants = g_array_new (FALSE, FALSE, sizeof (Variant));
  self->found = g_array_new (FALSE, FALSE, sizeof (guint32));
  return self;
}

void
sak_name_skeletons_free (SakNameSkeletons *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->all);
  g_array_unref (self->variants);
  g_array_unref (self->found);
  g_free (self);
}

/* --- Names --- */

static gboolean
add_variant (guint32  hash,
             gpointer data)
{
  SakNameSkeletons *self = data;
  Variant variant = { hash, self->all->len };

  g_array_append_val (self->variants, variant);
  return FALSE;
}

static void
add_one (SakNameSkeletons *self,
         GArray           *words,
         guint             from,
         guint             to,
         gboolean          is_whole,
         guint             owner)
{
  g_autoptr (GString) key = g_string_new (NULL);
  Skeleton *skeleton = g_new0 (Skeleton, 1);
  gsize size;

  for (guint i = from; i < to; i++)
    g_string_append (key, sak_name_word (words, i)->key);
  skeleton->owner = owner;
  skeleton->script = sak_name_word (words, from)->script;
  skeleton->bones = sak_name_make_bones (key->str);
  skeleton->is_whole = is_whole;
  self->has_native = self->has_native || sak_name_is_native (skeleton->script);
  self->is_sorted = FALSE;
  size = MIN (strlen (skeleton->bones), SAK_GLUED_MAX);
  sak_name_try_variants (SAK_NAME_BONES, skeleton->bones, size, is_whole, add_variant, self);
  if (sak_name_is_native (skeleton->script))
    sak_name_try_variants (SAK_NAME_RUN, skeleton->bones, size, is_whole, add_variant, self);
  g_ptr_array_add (self->all, skeleton);
}

/* Whole, and by its first word, which is what people in Thailand and Laos are called, or its last, as in Cambodia. */
void
sak_name_skeletons_add (SakNameSkeletons *self,
                        GArray           *words,
                        guint             first,
                        guint             owner)
{
  guint last = words->len - 1;

  add_one (self, words, first, words->len, TRUE, owner);
  if (last == first || sak_name_word (words, first)->script == SAK_NAME_IN_BURMESE)
    return;
  add_one (self, words, first, first + 1, FALSE, owner);
  add_one (self, words, last, words->len, FALSE, owner);
}

/* --- Texts --- */

static int
compare_variants (gconstpointer a,
                  gconstpointer b)
{
  const Variant *variant_a = a, *variant_b = b;

  if (variant_a->hash != variant_b->hash)
    return variant_a->hash < variant_b->hash ? -1 : 1;
  return variant_a->n < variant_b->n ? -1 : variant_a->n > variant_b->n;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint32 number_a = *(const guint32 *) a, number_b = *(const guint32 *) b;

  return number_a < number_b ? -1 : number_a > number_b;
}

static gboolean
take_variant (guint32  hash,
              gpointer data)
{
  SakNameSkeletons *self = data;
  guint from = 0, to = self->variants->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;

      if (g_array_index (self->variants, Variant, middle).hash < hash)
        from = middle + 1;
      else
        to = middle;
    }
  for (; from < self->variants->len && g_array_index (self->variants, Variant, from).hash == hash; from++)
    g_array_append_val (self->found, g_array_index (self->variants, Variant, from).n);
  return FALSE;
}

/* In the order in which they were added, each once: of two that fit as well the first is told. */
static void
sort_found (SakNameSkeletons *self)
{
  guint n = 0;

  g_array_sort (self->found, compare_numbers);
  for (guint i = 0; i < self->found->len; i++)
    if (n == 0 || g_array_index (self->found, guint32, n - 1) != g_array_index (self->found, guint32, i))
      g_array_index (self->found, guint32, n++) = g_array_index (self->found, guint32, i);
  g_array_set_size (self->found, n);
}

static void
begin (SakNameSkeletons *self)
{
  g_array_set_size (self->found, 0);
  if (!self->is_sorted)
    g_array_sort (self->variants, compare_variants);
  self->is_sorted = TRUE;
}

static void
tell (const Skeleton      *skeleton,
      guint32              start,
      guint32              end,
      gboolean             is_near,
      SakNameSkeletonFunc  func,
      gpointer             user_data)
{
  SakTextHit hit = { SAK_HIT_NAME, start, end, skeleton->owner, SAK_NAME_MAYBE, SAK_NAME_SCRIPT | SAK_NAME_SOUND };

  hit.reasons |= is_near ? SAK_NAME_LETTER : 0;
  hit.reasons |= skeleton->is_whole ? 0 : SAK_NAME_PART;
  func (&hit, user_data);
}

static void
look_up_glued (SakNameSkeletons    *self,
               const SakGluedName  *glued,
               SakNameSkeletonFunc  func,
               gpointer             user_data)
{
  begin (self);
  for (guint n = 1; n <= glued->n_bones; n++)
    sak_name_try_variants (SAK_NAME_BONES, glued->bones, n, TRUE, take_variant, self);
  sort_found (self);
  for (guint i = 0; i < self->found->len; i++)
    {
      const Skeleton *skeleton = g_ptr_array_index (self->all, g_array_index (self->found, guint32, i));
      gboolean is_near;
      guint n = skeleton->script == glued->script ? 0
                : sak_name_match_glued (glued, skeleton->bones, skeleton->is_whole, &is_near);

      if (n > 0)
        tell (skeleton, glued->start, glued->ends[n - 1], is_near, func, user_data);
    }
}

static void
look_up_run (SakNameSkeletons    *self,
             const SakNameRun    *run,
             SakNameSkeletonFunc  func,
             gpointer             user_data)
{
  begin (self);
  sak_name_try_variants (SAK_NAME_RUN, run->bones, run->n_bones, TRUE, take_variant, self);
  sort_found (self);
  for (guint i = 0; i < self->found->len; i++)
    {
      const Skeleton *skeleton = g_ptr_array_index (self->all, g_array_index (self->found, guint32, i));
      gboolean is_near;

      if (sak_name_is_native (skeleton->script) &&
          sak_name_match_run (run, skeleton->script, skeleton->bones, skeleton->is_whole, &is_near))
        tell (skeleton, run->start, run->end, is_near, func, user_data);
    }
}

void
sak_name_skeletons_scan (SakNameSkeletons    *self,
                         const char          *text,
                         SakNameSkeletonFunc  func,
                         gpointer             user_data)
{
  g_autoptr (GArray) glued = self->all->len > 0 ? sak_name_list_glued (text) : NULL;
  g_autoptr (GArray) runs = self->has_native ? sak_name_list_runs (text) : NULL;

  for (guint i = 0; glued != NULL && i < glued->len; i++)
    look_up_glued (self, &g_array_index (glued, SakGluedName, i), func, user_data);
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    look_up_run (self, &g_array_index (runs, SakNameRun, i), func, user_data);
}
