/* test-search.c - the search index of a vault: what is found, and that it keeps up with the records
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "storage/model/sak-search-query.h"
#include "storage/model/sak-search-text.h"
#include "storage/model/sak-syllable.h"
#include "storage/model/sak-tags.h"
#include "storage/model/sak-vocabulary.h"
#include "storage/sak-check.h"
#include "storage/sak-rescue.h"
#include "storage/sak-schema.h"
#include "storage/sak-search.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-old-vault.h"
#include "tests/headless/sak-test-search.h"
#include "tests/headless/sak-test-vault.h"

static void
change (SakVault   *vault,
        const char *id,
        const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, &error);
  g_autoptr (json_t) fields = sak_json_parse (json, -1, &error);
  gboolean saved;

  g_assert_no_error (error);
  saved = sak_vault_save_draft (vault, id, record->base_revision, fields, &error);
  g_assert_no_error (error);
  g_assert_true (saved);
}

static void
run_sql (SakVault   *vault,
         const char *sql)
{
  g_autoptr (GError) error = NULL;
  gboolean went_well = sak_db_exec (vault->db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (went_well);
}

static void
what_is_found_is_what_stands_there_now (TestVault     *f,
                                        gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->vault, "event",
                                       "{\"title\": \"One\", \"narrative\": \"စစ်တပ်က ရွာကို မီးရှို့\"}", FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *revision = NULL;
  gboolean discarded;

  test_assert_found (f->vault, "မီး", "One");
  test_assert_found (f->vault, "ရေ", "");
  change (f->vault, id, "{\"title\": \"Two\", \"narrative\": \"ရေကြီးတယ်\"}");
  test_assert_found (f->vault, "မီး", "");
  test_assert_found (f->vault, "ရေ", "Two");
  revision = sak_vault_finish_record (f->vault, id, NULL, &error);
  g_assert_no_error (error);
  test_assert_found (f->vault, "two ရေကြီး", "Two");
  change (f->vault, id, "{\"title\": \"Three\"}");
  test_assert_found (f->vault, "ရေ", "");
  discarded = sak_vault_discard_draft (f->vault, id, &error);
  g_assert_no_error (error);
  g_assert_true (discarded);
  test_assert_found (f->vault, "ရေ", "Two");
  test_assert_found (f->vault, "three", "");
  test_assert_agrees (f->vault);
}

static void
a_record_that_is_gone_is_not_found (TestVault     *f,
                                    gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Never to be", FALSE);
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;
  gboolean discarded = sak_vault_discard_draft (f->vault, id, &error);

  g_assert_no_error (error);
  g_assert_true (discarded);
  test_assert_found (f->vault, "never", "");
  other = test_add_event (f->vault, "In its row", FALSE);
  test_assert_found (f->vault, "never", "");
  test_assert_found (f->vault, "row", "In its row");
  test_assert_agrees (f->vault);
}

static void
every_field_is_searched (TestVault     *f,
                         gconstpointer  unused)
{
  static const char *const wanted[] = {
    "pier raid", "Samut Sakhon", "rainy", "2019", "HAR", "0001", "bags", "photo", "bystander",
  };
  g_autofree char *id = NULL;

  id = test_add_json (f->vault, "event",
                      "{\"title\": \"Raid on the pier\", \"date\": {\"edtf\": \"2019-07\", \"said\": \"rainy season\"},"
                      " \"place\": {\"name\": \"Samut Sakhon\", \"country\": \"TH\"},"
                      " \"narrative\": \"Bags were taken.\","
                      " \"media/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"sha256\":"
                      " \"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\", \"size\": 3,"
                      " \"type\": \"image/jpeg\", \"name\": \"photo-7.jpg\", \"caption\": \"by a bystander\"}}", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    test_assert_found (f->vault, wanted[i], "Raid on the pier");
  test_assert_found (f->vault, "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "");
}

/* --- Old vaults, and an index that is not as it should be --- */

static void
an_old_vault_is_indexed_in_steps (TestVault     *f,
                                  gconstpointer  unused)
{
  g_autoptr (SakSearch) search = sak_search_new ("raid");
  g_autoptr (SakSearchResult) early = NULL;
  g_autoptr (SakSearchResult) late = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_left = 0;
  guint n_steps = 0;

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *title = g_strdup_printf ("Raid %u", i);
      g_autofree char *id = test_add_event (f->vault, title, i % 2 == 0);
    }
  test_vault_make_old (f->vault, 1);
  test_vault_reopen (f);
  early = test_search (f->vault, search);
  g_assert_false (early->is_index_complete);
  g_assert_cmpuint (early->found->len, ==, 0);
  test_assert_agrees (f->vault);
  g_free (test_add_event (f->vault, "Raid of today", FALSE));
  test_assert_found (f->vault, "raid", "Raid of today");
  do
    {
      gboolean went_well = sak_vault_index_some (f->vault, 3, &n_left, &error);

      g_assert_no_error (error);
      g_assert_true (went_well);
      n_steps++;
      test_assert_agrees (f->vault);
    }
  while (n_left > 0);
  g_assert_cmpuint (n_steps, ==, 3);
  late = test_search (f->vault, search);
  g_assert_true (late->is_index_complete);
  g_assert_cmpuint (late->found->len, ==, 8);
}

static gboolean
has_search_damage (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (sak_check_report_has_damage (report));
  g_assert_cmpuint (report->damages->len, <=, 1);
  return report->damages->len == 1 &&
         ((SakDamage *) report->damages->pdata[0])->kind == SAK_DAMAGE_SEARCH;
}

static void
make_anew (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  guint64 n_left = 1;
  gboolean went_well = sak_vault_reset_index (vault, &error);

  g_assert_no_error (error);
  g_assert_true (went_well);
  while (n_left > 0)
    {
      went_well = sak_vault_index_some (vault, 2, &n_left, &error);
      g_assert_no_error (error);
      g_assert_true (went_well);
    }
}

static void
an_index_that_does_not_fit_is_found_and_made_anew (TestVault     *f,
                                                   gconstpointer  unused)
{
  static const char *const faults[] = {
    "UPDATE search_document SET text = 'something else' WHERE record = 1",
    "DELETE FROM search_document WHERE record = 2",
    "INSERT INTO search (search) VALUES ('delete-all')",
    "INSERT INTO search (rowid, title, text, place, facet) VALUES (2, 'one word more', '', '', '')",
    "PRAGMA foreign_keys = OFF; INSERT INTO search_document VALUES (99, '', '', '', '', NULL, NULL)",
    "UPDATE record SET title = 'Otherwise' WHERE rowid = 1",
  };

  for (guint i = 0; i < 3; i++)
    g_free (test_add_event (f->vault, "Raid", TRUE));
  g_assert_false (has_search_damage (f->vault));
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      run_sql (f->vault, faults[i]);
      g_assert_true (has_search_damage (f->vault));
      make_anew (f->vault);
      test_assert_agrees (f->vault);
    }
}

/* Of a version that indexed otherwise: all of it is made anew, by the first change already. */
static void
an_index_of_another_version_is_made_anew (TestVault     *f,
                                          gconstpointer  unused)
{
  g_autofree char *first = test_add_event (f->vault, "First", FALSE);
  g_autofree char *second = test_add_event (f->vault, "Second", FALSE);
  guint64 n_left = 0;
  g_autoptr (GError) error = NULL;

  run_sql (f->vault,
           "UPDATE setting SET value = CAST ('{\"next\":0,\"version\":0}' AS BLOB) WHERE name = 'search-index'");
  test_assert_agrees (f->vault);
  change (f->vault, second, "{\"title\": \"Third\"}");
  test_assert_found (f->vault, "third", "Third");
  test_assert_found (f->vault, "first", "");
  g_assert_true (sak_vault_index_some (f->vault, 100, &n_left, &error));
  g_assert_cmpuint (n_left, ==, 0);
  test_assert_found (f->vault, "first", "First");
  test_assert_agrees (f->vault);
}

/* --- Filters --- */

static void
fill (SakVault *vault)
{
  g_autofree char *person = test_add_json (vault, "person", "{\"identity.name\": \"Daw Khin Hla\"}", TRUE);
  g_autofree char *linked = NULL;

  g_free (test_add_json (vault, "event", "{\"title\": \"Raid in July\", \"date\": \"2019-07\", \"place\":"
                         " {\"name\": \"Mae Sot\", \"region\": \"TH-63\", \"country\": \"TH\"}}", TRUE));
  g_free (test_add_json (vault, "event", "{\"title\": \"Raid long ago\", \"date\": \"../1988\", \"place\":"
                         " {\"name\": \"Hpa-An\", \"country\": \"MM\"}}", TRUE));
  g_free (test_add_json (vault, "event", "{\"title\": \"Raid in the twenties\","
                         " \"date\": \"2019-12/2021-02\"}", FALSE));
  linked = g_strdup_printf ("{\"title\": \"Raid that she saw\", \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\":"
                            " {\"role\": \"source\", \"to\": \"%s\"}}", person);
  g_free (test_add_json (vault, "testimony", linked, FALSE));
}

typedef struct
{
  SakSearch search;
  const char *titles;
} Filtered;

static void
filters_narrow_a_search (TestVault     *f,
                         gconstpointer  unused)
{
  const Filtered table[] = {
    { { .text = (char *) "raid", .kind = (char *) "testimony" }, "Raid that she saw" },
    { { .text = (char *) "raid", .kind = (char *) "person" }, "" },
    { { .kind = (char *) "person" }, "Daw Khin Hla" },
    { { .text = (char *) "raid", .state = (char *) "draft" }, "Raid that she saw|Raid in the twenties" },
    { { .text = (char *) "raid", .state = (char *) "finished" }, "Raid long ago|Raid in July" },
    { { .text = (char *) "raid", .place = (char *) "TH" }, "Raid in July" },
    { { .text = (char *) "raid", .place = (char *) "th-63" }, "Raid in July" },
    { { .text = (char *) "raid", .place = (char *) "mae sot" }, "Raid in July" },
    { { .place = (char *) "MM" }, "Raid long ago" },
    { { .place = (char *) "hpa-an" }, "Raid long ago" },
    { { .text = (char *) "raid", .from = (char *) "2019-07-15", .to = (char *) "2019-07-16" }, "Raid in July" },
    { { .text = (char *) "raid", .from = (char *) "2019-08" }, "Raid in the twenties" },
    { { .from = (char *) "2019", .to = (char *) "2020" }, "Raid in the twenties|Raid in July" },
    { { .text = (char *) "raid", .to = (char *) "1950" }, "Raid long ago" },
    { { .to = (char *) "1990" }, "Raid long ago" },
    { { .from = (char *) "1989", .to = (char *) "2018" }, "" },
    { { .text = (char *) "no such word", .kind = (char *) "event" }, "" },
  };

  fill (f->vault);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *titles = test_find_by (f->vault, &table[i].search);

      g_assert_cmpstr (titles, ==, table[i].titles);
    }
}

static void
records_that_name_a_person_are_found (TestVault     *f,
                                      gconstpointer  unused)
{
  g_autoptr (SakSearch) people = sak_search_new ("khin hla");
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  g_autoptr (SakSearchResult) found = NULL;
  g_autofree char *by_id = NULL;
  g_autofree char *by_code = NULL;
  const SakRecordRow *person;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSearchResult) nobody = NULL;

  fill (f->vault);
  found = test_search (f->vault, people);
  g_assert_cmpuint (found->found->len, ==, 1);
  person = ((SakSearchFound *) found->found->pdata[0])->row;
  search->person = g_strdup (person->id);
  by_id = test_find_by (f->vault, search);
  g_assert_cmpstr (by_id, ==, "Raid that she saw");
  g_free (search->person);
  search->person = g_strdup (person->code);
  by_code = test_find_by (f->vault, search);
  g_assert_cmpstr (by_code, ==, "Raid that she saw");
  g_free (search->person);
  search->person = g_strdup ("HAR-1999-0001");
  nobody = sak_vault_search (f->vault, search, NULL, &error);
  g_assert_null (nobody);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
}

static void
what_is_no_date_and_no_state_is_said (TestVault     *f,
                                      gconstpointer  unused)
{
  const SakSearch wrong[] = { { .from = (char *) "2019-02-30" }, { .to = (char *) "yesterday" },
                              { .state = (char *) "open" } };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakSearchResult) result = sak_vault_search (f->vault, &wrong[i], NULL, &error);

      g_assert_null (result);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

/* --- Codes --- */

/* An incident with one violation, wherever its form has them. */
static void
add_violation (SakVault   *vault,
               const char *title,
               const char *code)
{
  const gboolean has_acts = sak_form_find_field (sak_form_get ("event"), "acts") != NULL;

   const char *before = has_acts
                       ? "\"acts/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"type\": \""
                       : "\"violations\": [\"";
  g_autofree char *json = g_strdup_printf ("{\"title\": \"%s\", %s%s\"%s}", title, before, code, has_acts ? "}" : "]");

  g_free (test_add_json (vault, "event", json, FALSE));
}

static void
a_chosen_code_is_found_by_its_label_in_every_language (TestVault     *f,
                                                       gconstpointer  unused)
{
  const char *const *languages = sak_vocabulary_get_languages ();
  const SakTerm *term = sak_vocabulary_find_term (sak_vocabulary_get ("violations"), "land-taken");

  g_assert_nonnull (term);
  add_violation (f->vault, "Another", "debt-bondage");
  add_violation (f->vault, "The one", "land-taken");
  for (guint i = 0; languages[i] != NULL; i++)
    test_assert_found (f->vault, sak_term_get_label (term, languages[i]), "The one");
  test_assert_found (f->vault, "eviction", "The one");
  test_assert_found (f->vault, "ไล่ที่", "The one");
}

static void
a_violation_counts_with_all_that_stand_under_it (TestVault     *f,
                                                 gconstpointer  unused)
{
  const SakTerm *term = sak_vocabulary_find_term (sak_vocabulary_get ("violations"), "land-taken");
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  guint n_levels = 0;

  add_violation (f->vault, "Another", "debt-bondage");
  add_violation (f->vault, "The one", "land-taken");
  for (; term != NULL; term = sak_term_get_parent (term), n_levels++)
    {
      g_autofree char *found = NULL;

      g_clear_pointer (&search->violation, g_free);
      search->violation = g_strdup (sak_term_get_code (term));
      found = test_find_by (f->vault, search);
      g_assert_cmpstr (found, ==, "The one");
    }
  g_assert_cmpuint (n_levels, >=, 2);
}

/* --- What is typed --- */

static void
whatever_is_typed_is_text (TestVault     *f,
                           gconstpointer  unused)
{
  static const char *const typed[] = {
    "", " ", "\"", "\"\"", "-", "--", "*", "a*", "^pier", "NEAR(pier raid, 2)", "pier AND", "OR", "NOT pier", "(pier",
    "title: pier",
    "{title}: pier", "pier\"raid", ("\x1e" "c:torture"), "\x1f", "pier\x1fraid", "\xff\xfe",
    "'; DROP TABLE x; --",
    "\u200b", "\u0e31", "\u1039", "\u17d2", "-\"pier", "pier -", "a b c d e f g h i j k l m n o p q r s t u v w x y z",
  };
  g_autoptr (GString) much = g_string_new (NULL);

  g_free (test_add_event (f->vault, "Raid on the pier", TRUE));
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    g_free (test_find (f->vault, typed[i]));
  for (guint i = 0; i < 20000; i++)
    g_string_append (much, "\"ကa ");
  g_free (test_find (f->vault, much->str));
  test_assert_found (f->vault, "\x1e" "k:event", "");
  test_assert_found (f->vault, "^pier*", "Raid on the pier");
  test_assert_found (f->vault, "pier\"raid", "Raid on the pier");
  test_assert_agrees (f->vault);
}

/* With a hyphen, with points or as one word; and what is shown of it is the whole of it. */
static void
hyphens_and_points_part_nothing (TestVault     *f,
                                 gconstpointer  unused)
{
  static const char *const typed[] = { "cooperative", "co-operative", "Co-Operatives", "UN cooperative", "U.N. coop",
                                       "maesot", "Mae-Sot", "MaeSot", "Mae Sot" };
  g_autoptr (SakSearchResult) result = NULL;

  g_free (test_add_json (f->vault, "event", "{\"title\": \"A\", \"narrative\": \"the co-operative of the U.N. in"
                         " Mae-Sot\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"B\", \"narrative\": \"the UN cooperative of MaeSot\"}",
                         FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"C\", \"narrative\": \"operative, unless\"}", FALSE));
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *titles = test_find (f->vault, typed[i]);

      g_test_message ("%s: %s", typed[i], titles);
      g_assert_true (g_str_equal (titles, "A|B") || g_str_equal (titles, "B|A"));
    }
  test_assert_found (f->vault, "\"cooperative\"", "B");
  test_assert_found (f->vault, "\"co-operative\"", "A");
  test_assert_found (f->vault, "sot -cooperative", "");
  test_assert_found (f->vault, "unless -cooperative", "C");
  result = test_search (f->vault, &(SakSearch) { .text = (char *) "cooperative U.N." });
  g_assert_cmpuint (result->found->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const SakSearchFound *found = result->found->pdata[i];
      const SakSearchRange *range;
      g_autofree char *shown = NULL;

      g_assert_cmpuint (found->snippet_ranges->len, ==, 2);
      range = &g_array_index (found->snippet_ranges, SakSearchRange, 0);
      shown = g_strndup (found->snippet + range->start, range->end - range->start);
      g_assert_true (g_str_equal (shown, "co-operative") || g_str_equal (shown, "UN"));
    }
  test_assert_agrees (f->vault);
}

/* Names of places only: in a narrative "the rapist" is no therapist. */
static void
a_place_is_found_as_one_word_and_as_two (TestVault     *f,
                                         gconstpointer  unused)
{
  static const struct { const char *typed, *titles; } cases[] = {
    { "maesot", "One|Two" }, { "Maesot", "One|Two" }, { "mae sot", "Two|One" }, { "ha noi", "Three" },
    { "Hà Nội", "Three" },
    { "arrest mae sot", "One" }, { "mae arrest sot", "" }, { "\"mae sot\"", "Two" }, { "\"maesot\"", "One" },
    { "therapist", "" }, { "maesot -one", "Two" }, { "sot", "Two" },
  };
  g_autoptr (SakSearchResult) by_word = NULL;
  g_autoptr (SakSearchResult) by_words = NULL;

  g_free (test_add_json (f->vault, "event", "{\"title\": \"One\", \"narrative\": \"arrest, the rapist\","
                         " \"place\": {\"name\": \"Maesot\", \"country\": \"TH\"}}", TRUE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"Two\", \"place\": {\"name\": \"Mae Sot\","
                         " \"country\": \"TH\"}}", TRUE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"Three\", \"place\": {\"name\": \"Hanoi\","
                         " \"country\": \"VN\"}}", TRUE));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_assert_found (f->vault, cases[i].typed, cases[i].titles);
  by_word = test_search (f->vault, &(SakSearch) { .place = (char *) "maesot" });
  g_assert_cmpuint (by_word->found->len, ==, 2);
  by_words = test_search (f->vault, &(SakSearch) { .place = (char *) "mae sot" });
  g_assert_cmpuint (by_words->found->len, ==, 2);
}

static void
quotes_and_minus_mean_what_people_think (TestVault     *f,
                                         gconstpointer  unused)
{
  g_free (test_add_json (f->vault, "event", "{\"title\": \"A\", \"narrative\": \"police took the land\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"B\", \"narrative\": \"land that the police took\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"C\", \"narrative\": \"dat cua Đạt\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"D\", \"narrative\": \"thu hồi đất\"}", FALSE));
  test_assert_found (f->vault, "land police", "B|A");
  test_assert_found (f->vault, "\"police took\"", "B|A");
  test_assert_found (f->vault, "\"took the land\"", "A");
  test_assert_found (f->vault, "police -\"took the\"", "B");
  test_assert_found (f->vault, "-police", "B|A");
  test_assert_found (f->vault, "dat", "C|D");
  test_assert_found (f->vault, "đất", "D|C");
  test_assert_found (f->vault, "\"đất\"", "D");
  test_assert_found (f->vault, "\"dat\"", "C");
  test_assert_found (f->vault, "đạt", "C");
}

static void
whole_words_and_titles_come_first (TestVault     *f,
                                   gconstpointer  unused)
{
  g_free (test_add_json (f->vault, "event", "{\"title\": \"1\", \"narrative\": \"ตาไปตลาด\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"2\", \"narrative\": \"คนงานตายสามคน\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"3 ตา\", \"narrative\": \"\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"4\", \"narrative\": \"ตาข่ายจับปลา\"}", FALSE));
  g_free (test_add_json (f->vault, "event", "{\"title\": \"5\", \"narrative\": \"ชาวบ้าน\"}", FALSE));
  test_assert_found (f->vault, "ตา", "3 ตา|1|4");
  test_assert_found (f->vault, "บ้าน", "5");
  test_assert_found (f->vault, "ลา", "");
}

static void
more_than_asked_for_is_said (TestVault     *f,
                             gconstpointer  unused)
{
  g_autoptr (SakSearch) search = sak_search_new ("raid");
  g_autoptr (SakSearchResult) some = NULL;
  g_autoptr (SakSearchResult) all = NULL;

  for (guint i = 0; i < 4; i++)
    g_free (test_add_event (f->vault, "Raid", FALSE));
  search->limit = 3;
  some = test_search (f->vault, search);
  g_assert_cmpuint (some->found->len, ==, 3);
  g_assert_true (some->has_more);
  search->limit = 4;
  all = test_search (f->vault, search);
  g_assert_cmpuint (all->found->len, ==, 4);
  g_assert_false (all->has_more);
}

/* --- Saved searches --- */

static void
a_search_with_a_name_is_kept (TestVault     *f,
                              gconstpointer  unused)
{
  g_autoptr (SakSearch) search = sak_search_new ("raid");
  g_autoptr (SakSearch) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = NULL;
  gboolean went_well;

  search->kind = g_strdup ("event");
  search->from = g_strdup ("2019");
  search->tag = g_strdup ("factory raid");
  went_well = sak_vault_save_search (f->vault, " မီးရှို့မှု ", search, &error);
  g_assert_no_error (error);
  g_assert_true (went_well);
  g_assert_true (sak_vault_save_search (f->vault, "Another", search, NULL));
  test_vault_reopen (f);
  names = sak_vault_list_searches (f->vault, &error);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  loaded = sak_vault_load_search (f->vault, "မီးရှို့မှု", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->text, ==, "raid");
  g_assert_cmpstr (loaded->kind, ==, "event");
  g_assert_cmpstr (loaded->from, ==, "2019");
  g_assert_cmpstr (loaded->tag, ==, "factory raid");
  g_assert_null (loaded->place);
  g_assert_true (sak_vault_forget_search (f->vault, "Another", NULL));
  g_assert_false (sak_vault_forget_search (f->vault, "Another", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (sak_vault_save_search (f->vault, "two\nlines", search, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

static void
assert_tagged (SakVault   *vault,
               const char *tag,
               const char *titles)
{
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  g_autofree char *found = NULL;

  search->tag = g_strdup (tag);
  found = test_find_by (vault, search);
  g_assert_cmpstr (found, ==, titles);
}

/* Whole, in whatever spelling; and a tag that reads like a code is none. */
static void
records_are_found_by_their_tags (TestVault     *f,
                                 gconstpointer  unused)
{
  g_autoptr (SakSearch) search = sak_search_new (NULL);
  g_autofree char *found = NULL;

  g_free (test_add_json (f->vault, "event", "{\"title\": \"One\", \"date\": \"2019\","
                         " \"tags\": \"Factory  raid, rape\"}", TRUE));
  g_free (test_add_json (f->vault, "person", "{\"identity.name\": \"Two\", \"tags\": \"raid၊ ရေကာတာ\"}", FALSE));
  assert_tagged (f->vault, "factory raid", "One");
  assert_tagged (f->vault, " FACTORY\tRAID ", "One");
  assert_tagged (f->vault, "raid", "Two");
  assert_tagged (f->vault, "ရေကာတာ", "Two");
  assert_tagged (f->vault, "factory", "");
  assert_tagged (f->vault, "", "");
  assert_tagged (f->vault, "\xff", "");
  test_assert_found (f->vault, "factory", "One");
  search->violation = g_strdup ("rape");
  found = test_find_by (f->vault, search);
  g_assert_cmpstr (found, ==, "");
  test_assert_agrees (f->vault);
}

/* Somebody else's record may have as many as a record can hold: each is compared with none of the others. */
static void
a_hundred_thousand_tags_are_read_at_once (TestVault     *f,
                                          gconstpointer  unused)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (json_t) value = NULL;
  g_autoptr (json_t) fields = json_object ();
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (SakSearchText) text = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (many, "%u,%u, ", i, i);
  value = json_string (many->str);
  tags = sak_tags_list (value);
  g_assert_cmpuint (tags->len, ==, 100000);
  g_assert_cmpstr (tags->pdata[99999], ==, "99999");
  json_object_set (fields, SAK_TAGS_PATH, value);
  text = sak_search_text_new ("event", "A", "", 0, NULL, fields);
  sak_search_text_add (text, fields);
  g_assert_true (g_str_has_suffix (text->facet, SAK_SYLLABLE_CODE "t:99999 "));
}

#define ADD(name, function) \
  g_test_add ("/search/" name, TestVault, NULL, test_vault_set_up, function, test_vault_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("what-is-found-is-what-stands-there-now", what_is_found_is_what_stands_there_now);
  ADD ("a-record-that-is-gone-is-not-found", a_record_that_is_gone_is_not_found);
  ADD ("every-field-is-searched", every_field_is_searched);
  ADD ("an-old-vault-is-indexed-in-steps", an_old_vault_is_indexed_in_steps);
  ADD ("an-index-that-does-not-fit-is-found-and-made-anew", an_index_that_does_not_fit_is_found_and_made_anew);
  ADD ("an-index-of-another-version-is-made-anew", an_index_of_another_version_is_made_anew);
  ADD ("filters-narrow-a-search", filters_narrow_a_search);
  ADD ("records-that-name-a-person-are-found", records_that_name_a_person_are_found);
  ADD ("what-is-no-date-and-no-state-is-said", what_is_no_date_and_no_state_is_said);
  ADD ("a-chosen-code-is-found-by-its-label-in-every-language", a_chosen_code_is_found_by_its_label_in_every_language);
  ADD ("a-violation-counts-with-all-that-stand-under-it", a_violation_counts_with_all_that_stand_under_it);
  ADD ("whatever-is-typed-is-text", whatever_is_typed_is_text);
  ADD ("hyphens-and-points-part-nothing", hyphens_and_points_part_nothing);
  ADD ("a-place-is-found-as-one-word-and-as-two", a_place_is_found_as_one_word_and_as_two);
  ADD ("quotes-and-minus-mean-what-people-think", quotes_and_minus_mean_what_people_think);
  ADD ("whole-words-and-titles-come-first", whole_words_and_titles_come_first);
  ADD ("more-than-asked-for-is-said", more_than_asked_for_is_said);
  ADD ("a-search-with-a-name-is-kept", a_search_with_a_name_is_kept);
  ADD ("records-are-found-by-their-tags", records_are_found_by_their_tags);
  ADD ("a-hundred-thousand-tags-are-read-at-once", a_hundred_thousand_tags_are_read_at_once);
  return g_test_run ();
}
