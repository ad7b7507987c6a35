/* test-vocabulary.c - the shipped vocabularies; finding, adding to and following terms
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-form.h"
#include "storage/model/sak-vocabulary.h"

#include <string.h>

#define HEAD(version) "{\"vocabulary\":\"acts\",\"version\":" version ",\"label\":{\"en\":\"Acts\"},\"terms\":["
#define LOCAL_HEAD "{\"additions_to\":\"acts\",\"version\":2,\"terms\":["
#define TAIL "]}"

static SakVocabulary *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SakVocabulary *vocabulary = sak_vocabulary_parse (text, -1, &error);

  g_assert_no_error (error);
  return vocabulary;
}

static SakVocabulary *
add_local (const SakVocabulary *shared,
           const char          *text)
{
  g_autoptr (GError) error = NULL;
  SakVocabulary *merged = sak_vocabulary_add_local (shared, text, -1, &error);

  g_assert_no_error (error);
  return merged;
}

static SakVocabulary *
make_acts (void)
{
  return parse (HEAD ("1")
                "{\"code\":\"killing\",\"label\":{\"en\":\"Killing\",\"vi\":\"Giết người\"}},"
                "{\"code\":\"papers\",\"label\":{\"en\":\"Papers taken\"}},"
                "{\"code\":\"mob\",\"parent\":\"killing\",\"label\":{\"en\":\"By a mob\"}}" TAIL);
}

/* The shipped ones */

static void
shipped_vocabularies_load (void)
{
  static const char *const names[] = {
    "violations", "perpetrators", "involvement", "connection", "reliability", "places", "victim-status",
    "interventions", "responses", "relations", "chain", "languages", "peoples", "identity"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (sak_vocabulary_get (names[i]) == sak_vocabulary_get_nth ((guint) i));
      g_assert_cmpstr (sak_vocabulary_get_name (sak_vocabulary_get (names[i])), ==, names[i]);
      g_assert_cmpuint (sak_vocabulary_get_version (sak_vocabulary_get (names[i])), >=, 1);
    }
  g_assert_null (sak_vocabulary_get_nth (G_N_ELEMENTS (names)));
  g_assert_null (sak_vocabulary_get ("form"));
  g_assert_null (sak_vocabulary_get (NULL));
}

static void
violations_are_many_and_no_deeper_than_four (void)
{
  const SakVocabulary *violations = sak_vocabulary_get ("violations");
  guint deepest = 0;

  g_assert_cmpuint (sak_vocabulary_get_n_terms (violations), >=, 180);
  for (guint i = 0; i < sak_vocabulary_get_n_terms (violations); i++)
    deepest = MAX (deepest, sak_term_get_level (sak_vocabulary_get_term (violations, i)));
  g_assert_cmpuint (deepest, >=, 3);
  g_assert_cmpuint (deepest, <=, 4);
}

static void
count_palermo (const char *element,
               guint       expected)
{
  const SakVocabulary *violations = sak_vocabulary_get ("violations");
  guint n = 0;

  for (guint i = 0; i < sak_vocabulary_get_n_terms (violations); i++)
    if (g_strcmp0 (sak_term_get_palermo (sak_vocabulary_get_term (violations, i)), element) == 0)
      n++;
  g_assert_cmpuint (n, ==, expected);
}

/* Five acts and seven means as article 3 has them; its purposes are a minimum. */
static void
indicators_and_elements_are_all_there (void)
{
  const SakVocabulary *violations = sak_vocabulary_get ("violations");
  guint counts[12] = { 0 };

  for (guint i = 0; i < sak_vocabulary_get_n_terms (violations); i++)
    counts[sak_term_get_ilo (sak_vocabulary_get_term (violations, i))]++;
  for (guint i = 1; i <= 11; i++)
    g_assert_cmpuint (counts[i], ==, 1);
  count_palermo ("act", 5);
  count_palermo ("means", 7);
  count_palermo ("purpose", 9);
}

/* Each vocabulary takes from lists of its own, and no code stands for two terms. */
static void
huridocs_codes_are_of_the_right_lists (void)
{
  static const struct
  {
    const char *name;
    const char *lists;
  } expected[] = {
    { "violations", "4/ 5/" }, { "perpetrators", "24/" }, { "involvement", "18/" }, { "connection", "19/" },
    { "reliability", "42/" }, { "places", "17/" }, { "victim-status", "25/" }, { "interventions", "20/" },
    { "responses", "27/" }, { "relations", "21/" }, { "chain", "" },
    { "languages", "" }, { "peoples", "" }, { "identity", "" },
  };

  for (gsize n = 0; n < G_N_ELEMENTS (expected); n++)
    {
      const SakVocabulary *vocabulary = sak_vocabulary_get (expected[n].name);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < sak_vocabulary_get_n_terms (vocabulary); i++)
        {
          const char *code = sak_term_get_huridocs (sak_vocabulary_get_term (vocabulary, i));
          g_autofree char *list = code != NULL ? g_strndup (code, strcspn (code, "/") + 1) : NULL;

          if (code == NULL)
            continue;
          if (strstr (expected[n].lists, list) == NULL || !g_hash_table_add (seen, (gpointer) code))
            g_error ("%s has %s", expected[n].name, code);
        }
    }
}

static void
assert_options_are_terms (const char *form,
                          const char *path,
                          const char *vocabulary)
{
  const SakFormField *field = sak_form_find_field (sak_form_get (form), path);

  g_assert_nonnull (field);
  for (guint i = 0; i < sak_form_field_get_n_options (field); i++)
    if (sak_vocabulary_resolve (sak_vocabulary_get (vocabulary), sak_form_field_get_option (field, i)) == NULL)
      g_error ("%s lacks %s, which records have", vocabulary, sak_form_field_get_option (field, i));
}

static void
codes_in_old_records_are_terms (void)
{
  assert_options_are_terms ("event", "violations", "violations");
  assert_options_are_terms ("testimony", "connection", "connection");
  assert_options_are_terms ("testimony", "language", "languages");
  assert_options_are_terms ("intervention", "action_type", "interventions");
}

static GUnicodeScript
get_script (const char *language)
{
  if (g_str_equal (language, "my"))
    return G_UNICODE_SCRIPT_MYANMAR;
  if (g_str_equal (language, "th"))
    return G_UNICODE_SCRIPT_THAI;
  if (g_str_equal (language, "km"))
    return G_UNICODE_SCRIPT_KHMER;
  if (g_str_equal (language, "lo"))
    return G_UNICODE_SCRIPT_LAO;
  return G_UNICODE_SCRIPT_LATIN;
}

static void
assert_script (const char *code,
               const char *language,
               const char *label)
{
  guint n_letters = 0;

  for (const char *at = label; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_isalpha (c) && !g_unichar_ismark (c))
        continue;
      n_letters++;
      if (g_unichar_get_script (c) != get_script (language))
        g_error ("%s has U+%04X in its label in %s: %s", code, c, language, label);
    }
  g_assert_cmpuint (n_letters, >, 0);
}

/* The fallback would hide a missing one: English in place of Thai is not in Thai script. */
static void
every_label_is_there_in_its_own_script (void)
{
  const char *const *languages = sak_vocabulary_get_languages ();

  g_assert_cmpuint (g_strv_length ((char **) languages), ==, 6);
  for (guint n = 0; sak_vocabulary_get_nth (n) != NULL; n++)
    for (guint i = 0; i < sak_vocabulary_get_n_terms (sak_vocabulary_get_nth (n)); i++)
      for (guint j = 0; languages[j] != NULL; j++)
        {
          const SakTerm *term = sak_vocabulary_get_term (sak_vocabulary_get_nth (n), i);

          assert_script (sak_term_get_code (term), languages[j], sak_term_get_label (term, languages[j]));
          assert_script (sak_vocabulary_get_name (sak_vocabulary_get_nth (n)), languages[j],
                         sak_vocabulary_get_label (sak_vocabulary_get_nth (n), languages[j]));
        }
}

/* In Vietnamese, whose script is English's, the fallback would pass the test above. */
static void
vietnamese_is_not_english (void)
{
  guint n_same = 0, n_all = 0;

  for (guint n = 0; sak_vocabulary_get_nth (n) != NULL; n++)
    for (guint i = 0; i < sak_vocabulary_get_n_terms (sak_vocabulary_get_nth (n)); i++)
      {
        const SakTerm *term = sak_vocabulary_get_term (sak_vocabulary_get_nth (n), i);

        n_all++;
        if (strcmp (sak_term_get_label (term, "en"), sak_term_get_label (term, "vi")) == 0)
          n_same++;
      }
  g_assert_cmpuint (n_same * 20, <, n_all);
}

static void
no_two_beside_each_other_look_alike (void)
{
  const char *const *languages = sak_vocabulary_get_languages ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint n = 0; sak_vocabulary_get_nth (n) != NULL; n++)
    for (guint i = 0; i < sak_vocabulary_get_n_terms (sak_vocabulary_get_nth (n)); i++)
      for (guint j = 0; languages[j] != NULL; j++)
        {
          const SakTerm *term = sak_vocabulary_get_term (sak_vocabulary_get_nth (n), i);
          const SakTerm *parent = sak_term_get_parent (term);
          g_autofree char *folded = g_utf8_casefold (sak_term_get_label (term, languages[j]), -1);

          if (!g_hash_table_add (seen, g_strdup_printf ("%u %s %s %s", n,
                                                        parent != NULL ? sak_term_get_code (parent) : "",
                                                        languages[j], folded)))
            g_error ("%s is called like one beside it in %s", sak_term_get_code (term), languages[j]);
        }
}

static void
each_term_comes_before_its_children (void)
{
  for (guint n = 0; sak_vocabulary_get_nth (n) != NULL; n++)
    {
      const SakVocabulary *vocabulary = sak_vocabulary_get_nth (n);
      g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

      for (guint i = 0; i < sak_vocabulary_get_n_terms (vocabulary); i++)
        {
          const SakTerm *term = sak_vocabulary_get_term (vocabulary, i);
          const SakTerm *parent = sak_term_get_parent (term);
          guint level = parent != NULL ? sak_term_get_level (parent) + 1 : 1;

          g_assert_true (parent == NULL || g_hash_table_contains (seen, parent));
          g_assert_cmpuint (sak_term_get_level (term), ==, level);
          g_assert_cmpuint (level, <=, 4);
          g_assert_true (sak_vocabulary_find_term (vocabulary, sak_term_get_code (term)) == term);
          g_hash_table_add (seen, (gpointer) term);
        }
    }
}

/* Asking */

static void
paths_lead_from_the_top (void)
{
  g_autoptr (SakVocabulary) acts = make_acts ();
  const SakTerm *mob = sak_vocabulary_find_term (acts, "mob");
  g_auto (GStrv) path = sak_term_dup_path (mob, "vi");
  g_autoptr (GPtrArray) top = sak_vocabulary_list_children (acts, NULL);
  g_autoptr (GPtrArray) under = sak_vocabulary_list_children (acts, sak_term_get_parent (mob));
  g_autoptr (GPtrArray) leaf = sak_vocabulary_list_children (acts, mob);

  g_assert_cmpuint (g_strv_length (path), ==, 2);
  g_assert_cmpstr (path[0], ==, "Giết người");
  g_assert_cmpstr (path[1], ==, "By a mob");
  g_assert_cmpuint (top->len, ==, 2);
  g_assert_true (top->pdata[1] == sak_vocabulary_find_term (acts, "papers"));
  g_assert_cmpuint (under->len, ==, 1);
  g_assert_cmpuint (leaf->len, ==, 0);
  g_assert_true (sak_term_is_in (mob, top->pdata[0]));
  g_assert_true (sak_term_is_in (mob, mob));
  g_assert_false (sak_term_is_in (mob, top->pdata[1]));
}

static void
labels_fall_back_to_english (void)
{
  const SakTerm *term = sak_vocabulary_find_term (sak_vocabulary_get ("reliability"), "unsure");
  g_autoptr (SakVocabulary) acts = make_acts ();

  g_assert_cmpstr (sak_term_get_label (term, "th"), ==, "ไม่แน่ใจ");
  g_assert_cmpstr (sak_term_get_label (term, "th_TH.UTF-8"), ==, "ไม่แน่ใจ");
  g_assert_cmpstr (sak_term_get_label (term, "fr"), ==, "Cannot tell");
  g_assert_cmpstr (sak_vocabulary_get_label_for (acts, "papers", "km"), ==, "Papers taken");
  g_assert_null (sak_vocabulary_get_label_for (acts, "unheard-of", "km"));
  g_assert_null (sak_vocabulary_get_label_for (acts, NULL, "km"));
}

/* Local additions */

static void
local_terms_hang_under_shared_ones (void)
{
  g_autoptr (SakVocabulary) acts = make_acts ();
  g_autoptr (SakVocabulary) merged =
    add_local (acts, LOCAL_HEAD
               "{\"code\":\"local.witchcraft\",\"parent\":\"mob\",\"label\":{\"my\":\"စုန်းဟု စွပ်စွဲ\"}},"
               "{\"code\":\"local.killing\",\"label\":{\"en\":\"Killing\"}}" TAIL);
  const SakTerm *added = sak_vocabulary_find_term (merged, "local.witchcraft");
  g_autoptr (GPtrArray) found = sak_vocabulary_search (merged, "စွပ်စွဲ");

  g_assert_cmpstr (sak_term_get_code (sak_term_get_parent (added)), ==, "mob");
  g_assert_cmpuint (sak_term_get_level (added), ==, 3);
  g_assert_true (sak_term_is_local (added));
  g_assert_cmpstr (sak_term_get_label (added, "en"), ==, "စုန်းဟု စွပ်စွဲ");
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (found->pdata[0] == added);
  g_assert_cmpuint (sak_vocabulary_get_local_version (merged), ==, 2);
  g_assert_cmpuint (sak_vocabulary_get_local_version (acts), ==, 0);
  g_assert_null (sak_vocabulary_find_term (acts, "local.witchcraft"));
}

/* One of the same name stands beside the shared one, and behind it. */
static void
local_terms_cannot_shadow (void)
{
  g_autoptr (SakVocabulary) acts = make_acts ();
  g_autoptr (SakVocabulary) merged =
    add_local (acts, LOCAL_HEAD "{\"code\":\"local.killing\",\"label\":{\"en\":\"Killing\"}}" TAIL);
  const SakTerm *shared = sak_vocabulary_find_term (merged, "killing");
  g_autoptr (GPtrArray) found = sak_vocabulary_search (merged, "killing");
  g_autoptr (GPtrArray) top = sak_vocabulary_list_children (merged, NULL);

  g_assert_false (sak_term_is_local (shared));
  g_assert_cmpstr (sak_term_get_label (shared, "vi"), ==, "Giết người");
  g_assert_true (found->pdata[0] == shared);
  g_assert_true (sak_term_is_local (found->pdata[1]));
  g_assert_true (top->pdata[0] == shared);
  g_assert_true (sak_term_is_local (top->pdata[2]));
}

/* Renames */

#define VERSION_2 \
  HEAD ("2") \
  "{\"code\":\"killing\",\"label\":{\"en\":\"Unlawful killing\",\"vi\":\"Giết người\"}}," \
  "{\"code\":\"papers\",\"label\":{\"en\":\"Papers taken\"},\"withdrawn\":2,\"replaced_by\":\"passport\"}," \
  "{\"code\":\"passport\",\"label\":{\"en\":\"Papers taken\"},\"since\":2," \
  "\"withdrawn\":2,\"replaced_by\":\"documents\"}," \
  "{\"code\":\"documents\",\"label\":{\"en\":\"Identity documents kept\"},\"since\":2}," \
  "{\"code\":\"witch\",\"label\":{\"en\":\"Witch\"},\"withdrawn\":2}," \
  "{\"code\":\"mob\",\"label\":{\"en\":\"By a mob\"}}" TAIL

static void
old_codes_lead_to_what_came_in_their_place (void)
{
  g_autoptr (SakVocabulary) acts = parse (VERSION_2);
  g_autoptr (GPtrArray) top = sak_vocabulary_list_children (acts, NULL);
  g_autoptr (GPtrArray) found = sak_vocabulary_search (acts, "papers taken");
  g_autoptr (GPtrArray) gone = sak_vocabulary_search (acts, "witch");
  const SakTerm *papers = sak_vocabulary_find_term (acts, "papers");

  g_assert_true (sak_term_is_withdrawn (papers));
  g_assert_cmpstr (sak_term_get_code (sak_term_get_replacement (papers)), ==, "passport");
  g_assert_cmpstr (sak_term_get_code (sak_vocabulary_resolve (acts, "papers")), ==, "documents");
  g_assert_cmpstr (sak_vocabulary_get_label_for (acts, "papers", "en"), ==, "Identity documents kept");
  g_assert_cmpstr (sak_vocabulary_get_label_for (acts, "killing", "en"), ==, "Unlawful killing");
  g_assert_cmpstr (sak_vocabulary_get_label_for (acts, "witch", "en"), ==, "Witch");
  g_assert_cmpuint (top->len, ==, 3);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_true (found->pdata[0] == sak_vocabulary_find_term (acts, "documents"));
  g_assert_cmpuint (gone->len, ==, 0);
}

static void
local_terms_move_with_a_withdrawn_parent (void)
{
  g_autoptr (SakVocabulary) acts = parse (VERSION_2);
  g_autoptr (SakVocabulary) merged =
    add_local (acts, LOCAL_HEAD
               "{\"code\":\"local.card\",\"parent\":\"papers\",\"label\":{\"en\":\"Pink card\"}},"
               "{\"code\":\"local.curse\",\"parent\":\"witch\",\"label\":{\"en\":\"Curse\"}},"
               "{\"code\":\"local.slain\",\"label\":{\"en\":\"Slain\"},\"withdrawn\":2,\"replaced_by\":\"killing\"}"
               TAIL);

  g_assert_cmpstr (sak_term_get_code (sak_term_get_parent (sak_vocabulary_find_term (merged, "local.card"))),
                   ==, "documents");
  g_assert_null (sak_term_get_parent (sak_vocabulary_find_term (merged, "local.curse")));
  g_assert_cmpstr (sak_term_get_code (sak_vocabulary_resolve (merged, "local.slain")), ==, "killing");
}

static void
assert_change (GPtrArray               *changes,
               guint                    n,
               SakVocabularyChangeKind  kind,
               const char              *code,
               const char              *detail)
{
  const SakVocabularyChange *change = changes->pdata[n];

  g_assert_cmpint (change->kind, ==, kind);
  g_assert_cmpstr (change->code, ==, code);
  g_assert_cmpstr (change->detail, ==, detail);
}

static void
versions_are_compared (void)
{
  g_autoptr (SakVocabulary) older = make_acts ();
  g_autoptr (SakVocabulary) newer = parse (VERSION_2);
  g_autoptr (GPtrArray) changes = sak_vocabulary_compare (older, newer);
  g_autoptr (GPtrArray) back = sak_vocabulary_compare (newer, older);
  g_autoptr (GPtrArray) none = sak_vocabulary_compare (newer, newer);

  g_assert_cmpuint (changes->len, ==, 6);
  assert_change (changes, 0, SAK_VOCABULARY_RENAMED, "killing", "en");
  assert_change (changes, 1, SAK_VOCABULARY_WITHDRAWN, "papers", "passport");
  assert_change (changes, 2, SAK_VOCABULARY_ADDED, "passport", NULL);
  assert_change (changes, 3, SAK_VOCABULARY_ADDED, "documents", NULL);
  assert_change (changes, 4, SAK_VOCABULARY_ADDED, "witch", NULL);
  assert_change (changes, 5, SAK_VOCABULARY_MOVED, "mob", NULL);
  assert_change (back, 1, SAK_VOCABULARY_MOVED, "mob", "killing");
  assert_change (back, back->len - 1, SAK_VOCABULARY_LOST, "witch", NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Finding */

static const struct
{
  const char *vocabulary;
  const char *typed;
  const char *code;             /* the first found */
} searches[] = {
  { "involvement", "order", "ordered" },
  { "involvement", "RRIED IT", "carried-out" },
  { "connection", "nhan chung", "witness" },
  { "connection", "nhân chứng", "witness" },
  { "connection", "Hang xom", "neighbour" },
  { "connection", "ทนายความ", "legal" },
  { "connection", "พยาน", "witness" },
  { "connection", "စကားပြန်", "interpreter" },
  { "connection", "អ្នកបកប្រែ", "interpreter" },
  { "connection", "ນາຍພາສາ", "interpreter" },
  { "reliability", "not-judged", "not-judged" },
  { "violations", "passp", "documents-taken" },
  { "violations", "forced evic", "forced-eviction" },
  { "violations", "ข่มขืน", "rape" },
  { "violations", "ຂົ່ມຂືນ", "rape" },
  { "violations", "mua ban nguoi", "trafficking" },
  { "violations", "Mua bán", "trafficking" },
  { "violations", "hiep dam", "rape" },
  { "violations", "ทรมาน", "torture" },
  { "violations", "อุ้มหาย", "disappearance" },
  { "violations", "นายหน้า", "unlicensed-agent" },
  { "violations", "หลอก", "means-deception" },
  { "violations", "လူကုန်ကူး", "trafficking" },
  { "violations", "အကြွေး", "debt-bondage" },
  { "violations", "ညှဉ်းပန်း", "torture" },
  { "violations", "ជួញដូរ", "trafficking" },
  { "violations", "ចងបំណុល", "debt-bondage" },
  { "violations", "ទារុណកម្ម", "torture" },
  { "violations", "ຄ້າມະນຸດ", "trafficking" },
  { "violations", "ທໍລະມານ", "torture" },
  { "violations", "ໂຮງຫມໍ", "attack-protected" },      /* typed without the ligature of ໂຮງໝໍ */
  { "violations", "scam compound", "purpose-scam" },
  { "violations", "deepfake", "faked-images" },
  { "languages", "mya", "my" },
  { "languages", "กะเหรี่ยง", "ksw" },
  { "peoples", "ກຶມມຸ", "khmu" },
  { "places", "don cong an", "police-station" },
};

static void
terms_are_found_by_part_of_a_word (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (GPtrArray) found = sak_vocabulary_search (sak_vocabulary_get (searches[i].vocabulary),
                                                           searches[i].typed);

      if (found->len == 0 || strcmp (sak_term_get_code (found->pdata[0]), searches[i].code) != 0)
        g_error ("“%s” finds %s, not %s", searches[i].typed,
                 found->len > 0 ? sak_term_get_code (found->pdata[0]) : "nothing", searches[i].code);
    }
}

static void
beginnings_come_before_what_is_within (void)
{
  g_autoptr (SakVocabulary) acts = parse (HEAD ("1")
                                          "{\"code\":\"a\",\"label\":{\"en\":\"Mistreatment\"}},"
                                          "{\"code\":\"b\",\"label\":{\"en\":\"Bad treat\"}},"
                                          "{\"code\":\"c\",\"label\":{\"en\":\"Other\"},\"also\":{\"en\":[\"Treat\"]}},"
                                          "{\"code\":\"d\",\"label\":{\"en\":\"Treaty\"}},"
                                          "{\"code\":\"e\",\"label\":{\"en\":\"Treat\"}}" TAIL);
  g_autoptr (GPtrArray) found = sak_vocabulary_search (acts, "treat");
  const char *const order = "ecdba";

  g_assert_cmpuint (found->len, ==, strlen (order));
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpint (sak_term_get_code (found->pdata[i])[0], ==, order[i]);
}

static void
every_typed_word_must_be_there (void)
{
  g_autoptr (SakVocabulary) acts = make_acts ();
  g_autoptr (GPtrArray) turned = sak_vocabulary_search (acts, "taken, papers");
  g_autoptr (GPtrArray) half = sak_vocabulary_search (acts, "taken passports");
  g_autoptr (GPtrArray) nothing = sak_vocabulary_search (acts, " -\xe2\x80\x8b ");
  g_autofree char *endless = g_strnfill (100000, 'k');
  g_autoptr (GPtrArray) too_long = sak_vocabulary_search (acts, endless);

  g_assert_cmpuint (turned->len, ==, 1);
  g_assert_cmpuint (half->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpuint (too_long->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vocabulary/shipped-vocabularies-load", shipped_vocabularies_load);
  g_test_add_func ("/vocabulary/violations-are-many-and-no-deeper-than-four",
                   violations_are_many_and_no_deeper_than_four);
  g_test_add_func ("/vocabulary/indicators-and-elements-are-all-there", indicators_and_elements_are_all_there);
  g_test_add_func ("/vocabulary/huridocs-codes-are-of-the-right-lists", huridocs_codes_are_of_the_right_lists);
  g_test_add_func ("/vocabulary/codes-in-old-records-are-terms", codes_in_old_records_are_terms);
  g_test_add_func ("/vocabulary/every-label-is-there-in-its-own-script", every_label_is_there_in_its_own_script);
  g_test_add_func ("/vocabulary/vietnamese-is-not-english", vietnamese_is_not_english);
  g_test_add_func ("/vocabulary/no-two-beside-each-other-look-alike", no_two_beside_each_other_look_alike);
  g_test_add_func ("/vocabulary/each-term-comes-before-its-children", each_term_comes_before_its_children);
  g_test_add_func ("/vocabulary/paths-lead-from-the-top", paths_lead_from_the_top);
  g_test_add_func ("/vocabulary/labels-fall-back-to-english", labels_fall_back_to_english);
  g_test_add_func ("/vocabulary/local-terms-hang-under-shared-ones", local_terms_hang_under_shared_ones);
  g_test_add_func ("/vocabulary/local-terms-cannot-shadow", local_terms_cannot_shadow);
  g_test_add_func ("/vocabulary/old-codes-lead-to-what-came-in-their-place",
                   old_codes_lead_to_what_came_in_their_place);
  g_test_add_func ("/vocabulary/local-terms-move-with-a-withdrawn-parent",
                   local_terms_move_with_a_withdrawn_parent);
  g_test_add_func ("/vocabulary/versions-are-compared", versions_are_compared);
  g_test_add_func ("/vocabulary/terms-are-found-by-part-of-a-word", terms_are_found_by_part_of_a_word);
  g_test_add_func ("/vocabulary/beginnings-come-before-what-is-within", beginnings_come_before_what_is_within);
  g_test_add_func ("/vocabulary/every-typed-word-must-be-there", every_typed_word_must_be_there);
  return g_test_run ();
}
