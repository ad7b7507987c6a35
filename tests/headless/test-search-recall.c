/* test-search-recall.c - whether all is found that stands there, and how much else
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The sentences: tests/data/search/README.md.
 */
#include "config.h"

#include <glib.h>
#include <string.h>

#include "storage/model/sak-search-query.h"

typedef struct
{
  guint n_queries;
  guint n_expected;
  guint n_found;
  guint n_right;
  guint n_first;                /* right ones among the first so many as there are right ones */
} Sum;

typedef struct
{
  guint sentence;
  int points;
} Found;

static int
compare_found (gconstpointer a,
               gconstpointer b)
{
  const Found *first = a, *second = b;

  if (second->points != first->points)
    return second->points - first->points;
  return (int) first->sentence - (int) second->sentence;
}

/* Sentences by number; those that fit, best first, as sak_vault_search() would have them. */
static GArray *
find (GPtrArray  *sentences,
      const char *typed)
{
  g_autoptr (SakSearchQuery) query = sak_search_query_new (typed);
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Found));

  while (query != NULL)
    {
      SakSearchQuery *looser = NULL;

      for (guint i = 0; i < sentences->len; i++)
        {
          const SakSearchParts parts = { .text = sentences->pdata[i] };
          const Found found = { i + 1, sak_search_query_judge (query, &parts) };

          if (found.points >= 0)
            g_array_append_val (all, found);
        }
      if (all->len == 0)
        looser = sak_search_query_new_looser (query);
      sak_search_query_free (query);
      query = looser;
    }
  g_array_sort (all, compare_found);
  return all;
}

static gboolean
is_expected (char  **numbers,
             guint   sentence)
{
  g_autofree char *number = g_strdup_printf ("%u", sentence);

  return g_strv_contains ((const char *const *) numbers, number);
}

static void
try_query (GPtrArray  *sentences,
           const char *typed,
           const char *expected,
           Sum        *sum)
{
  g_auto (GStrv) numbers = g_strsplit (*expected != '\0' ? expected : "-", " ", -1);
  g_autoptr (GArray) found = find (sentences, typed);
  guint n_expected = *expected != '\0' ? g_strv_length (numbers) : 0, n_right = 0;

  for (guint i = 0; i < found->len; i++)
    {
      guint sentence = g_array_index (found, Found, i).sentence;

      if (is_expected (numbers, sentence))
        {
          n_right++;
          sum->n_first += i < n_expected;
        }
      else
        g_test_message ("%s: sentence %u is found, too", typed, sentence);
    }
  if (n_right < n_expected)
    g_test_message ("%s: %u of %u found", typed, n_right, n_expected);
  sum->n_queries++;
  sum->n_expected += n_expected;
  sum->n_found += found->len;
  sum->n_right += n_right;
}

static void
all_is_found_and_little_else (gconstpointer language)
{
  g_autofree char *path = g_strdup_printf (SAK_SOURCE_ROOT "/tests/data/search/%s.txt", (const char *) language);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new ();
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  Sum sum = { 0 };

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      char *tab = strchr (lines[i], '\t');

      g_assert_nonnull (tab);
      *tab = '\0';
      if (*lines[i] == '?')
        try_query (sentences, lines[i] + 2, tab + 1, &sum);
      else
        g_ptr_array_add (sentences, tab + 1);
    }
  g_test_message ("%s: %u searches, recall %.1f %%, precision %.1f %%, right ones first %.1f %%",
                  (const char *) language, sum.n_queries, 100.0 * sum.n_right / sum.n_expected,
                  100.0 * sum.n_right / sum.n_found, 100.0 * sum.n_first / sum.n_expected);
  g_assert_cmpuint (sum.n_queries, >=, 15);
  g_assert_cmpuint (sum.n_right, ==, sum.n_expected);
  g_assert_cmpuint (10 * sum.n_right, >=, 9 * sum.n_found);
  g_assert_cmpuint (10 * sum.n_first, >=, 9 * sum.n_expected);
}

int
main (int   argc,
      char *argv[])
{
  static const char *const languages[] = { "en", "km", "lo", "mix", "my", "th", "vi" };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_strdup_printf ("/search-recall/%s/all-is-found-and-little-else", languages[i]);

      g_test_add_data_func (name, languages[i], all_is_found_and_little_else);
    }
  return g_test_run ();
}
