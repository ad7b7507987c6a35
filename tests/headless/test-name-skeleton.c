/* test-name-skeleton.c - names of which only the consonants can be compared are found by them, however many there are
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/model/sak-name-private.h"
#include "storage/model/sak-name-scan.h"

/* The consonants of every few words are looked up, not compared with those of each name. */
static void
many_names_in_thai_cost_no_more_than_few (void)
{
  static const char *const syllables[] = { "สม", "ชัย", "วิ", "รัตน์", "พร", "ชาติ", "บุญ", "ศรี", "ทอง", "เพชร" };
  g_autoptr (SakNameIndex) index = sak_name_index_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) hits = NULL;
  gboolean is_found = FALSE;

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%s %s%s", syllables[i % 10], syllables[i / 10 % 10],
                                               syllables[i / 100 % 10], syllables[i / 1000]);

      sak_name_index_add_name (index, name, i);
    }
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "Word and Other ");
  g_string_append (text, "Mr Somchai Wirat");
  hits = sak_name_index_scan (index, text->str);
  for (guint i = 0; i < hits->len; i++)
    {
      const SakTextHit *hit = &g_array_index (hits, SakTextHit, i);

      is_found = is_found || (hit->owner == 3210 && hit->likeness == SAK_NAME_MAYBE && hit->end == text->len);
    }
  g_assert_true (is_found);
}

static char *
make_bones (GRand *rand,
            gsize  size)
{
  static const char letters[] = "kpstnmlrC";
  char *bones = g_new0 (char, SAK_GLUED_MAX + 2);

  for (gsize i = 0; i < size; i++)
    bones[i] = letters[g_rand_int_range (rand, 0, sizeof letters - 1)];
  return bones;
}

/* One letter more, less or another, or r and l as they are heard. */
static char *
change_bones (GRand      *rand,
              const char *bones)
{
  g_autoptr (GString) changed = g_string_new (bones);
  g_autofree char *letter = make_bones (rand, 1);
  gssize at = g_rand_int_range (rand, 0, (gint) changed->len);

  if (g_rand_boolean (rand))
    g_string_erase (changed, at, 1);
  if (changed->len < SAK_GLUED_MAX && g_rand_boolean (rand))
    g_string_insert (changed, MIN (at, (gssize) changed->len), letter);
  return g_string_free (g_steal_pointer (&changed), FALSE);
}

static gboolean
note_variant (guint32  hash,
              gpointer set)
{
  g_hash_table_add (set, GUINT_TO_POINTER (hash));
  return FALSE;
}

static gboolean
has_variant (guint32  hash,
             gpointer set)
{
  return g_hash_table_contains (set, GUINT_TO_POINTER (hash));
}

/* By all of them, one by one: what fits is never passed over for want of a variant. */
static void
what_fits_has_a_variant_in_common (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint n_alike = 0, n_near = 0;

  for (guint i = 0; i < 200000; i++)
    {
      g_autofree char *name = make_bones (rand, (gsize) g_rand_int_range (rand, 1, SAK_GLUED_MAX + 1));
      g_autofree char *words = change_bones (rand, name);
      g_autoptr (GHashTable) set = g_hash_table_new (NULL, NULL);
      SakNameRun run = { .n_words = 1, .n_bones = (guint) strlen (words), .is_capital = TRUE, .is_addressed = TRUE };
      gboolean is_whole = g_rand_boolean (rand);
      gboolean is_near;

      memcpy (run.bones, words, run.n_bones);
      if (!sak_name_match_run (&run, SAK_NAME_IN_THAI, name, is_whole, &is_near))
        continue;
      n_near += is_near;
      n_alike += !is_near;
      sak_name_try_variants (SAK_NAME_RUN, name, strlen (name), is_whole, note_variant, set);
      g_assert_true (sak_name_try_variants (SAK_NAME_RUN, words, run.n_bones, TRUE, has_variant, set));
    }
  g_assert_cmpuint (n_alike, >, 1000);
  g_assert_cmpuint (n_near, >, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/name-skeleton/many-names-in-thai-cost-no-more-than-few", many_names_in_thai_cost_no_more_than_few);
  g_test_add_func ("/name-skeleton/what-fits-has-a-variant-in-common", what_fits_has_a_variant_in_common);
  return g_test_run ();
}
