/* test-vocabulary-hostile.c - vocabularies from others: what is refused, and what is said of it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-vocabulary.h"

#include <string.h>

#define HEAD "{\"vocabulary\":\"acts\",\"version\":3,\"label\":{\"en\":\"Acts\"},\"terms\":["
#define TAIL "]}"
#define EN "\"label\":{\"en\":\"A\"}"
#define GOOD "{\"code\":\"good\",\"label\":{\"en\":\"Good\"}}"
#define LOCAL_HEAD "{\"additions_to\":\"acts\",\"version\":1,\"terms\":["

/* Each with what the message must name: the term, and the reason. */
static const struct
{
  const char *terms;
  const char *term;
  const char *reason;
} hostile_terms[] = {
  { "7", "term 1", "not an object" },
  { "{}", "term 1", "code" },
  { GOOD ",{\"code\":\"Bad\"," EN "}", "term 2", "code" },
  { "{\"code\":\"a.b\"," EN "}", "term 1", "code" },
  { "{\"code\":\"-a\"," EN "}", "term 1", "code" },
  { "{\"code\":\"a--b\"," EN "}", "term 1", "code" },
  { "{\"code\":\"\"," EN "}", "term 1", "code" },
  { "{\"code\":7," EN "}", "term 1", "code" },
  { "{\"code\":\"local.mine\"," EN "}", "local.mine", "begins with local." },
  { "{\"code\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"," EN "}", "term 1", "code" },
  { GOOD ",{\"code\":\"good\",\"label\":{\"en\":\"Again\"}}", "term 2, good", "twice" },
  { "{\"code\":\"a\"," EN ",\"colour\":\"red\"}", "term 1, a", "member" },
  { "{\"code\":\"a\"}", "term 1, a", "label" },
  { "{\"code\":\"a\",\"label\":\"A\"}", "term 1, a", "label" },
  { "{\"code\":\"a\",\"label\":{}}", "term 1, a", "label" },
  { "{\"code\":\"a\",\"label\":{\"th\":\"ก\"}}", "term 1, a", "label in en" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\",\"xx\":\"B\"}}", "term 1, a", "language" },
  { "{\"code\":\"a\",\"label\":{\"en\":7}}", "term 1, a", "not text" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"\"}}", "term 1, a", "empty" },
  { "{\"code\":\"a\",\"label\":{\"en\":\" A\"}}", "term 1, a", "blanks" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A \"}}", "term 1, a", "blanks" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A  B\"}}", "term 1, a", "blanks" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\nB\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\u001b[2J\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\u202eB\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\u2066B\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\u200eB\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\ufeffB\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\u00a0B\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\u2028B\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\ue000\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\\u0378\"}}", "term 1, a", "not seen" },
  { "{\"code\":\"a\",\"label\":{\"en\":\"A\",\"vi\":\"Ba\\u0301n\"}}", "term 1, a", "form C" },
  { "{\"code\":\"a\"," EN ",\"note\":\"x\"}", "term 1, a", "note" },
  { "{\"code\":\"a\"," EN ",\"note\":{\"en\":\"x\\u202ey\"}}", "term 1, a", "note in en" },
  { "{\"code\":\"a\"," EN ",\"also\":[\"x\"]}", "term 1, a", "also" },
  { "{\"code\":\"a\"," EN ",\"also\":{\"en\":\"x\"}}", "term 1, a", "also in en" },
  { "{\"code\":\"a\"," EN ",\"also\":{\"fr\":[\"x\"]}}", "term 1, a", "also" },
  { "{\"code\":\"a\"," EN ",\"also\":{\"en\":[7]}}", "term 1, a", "also in en" },
  { "{\"code\":\"a\"," EN ",\"also\":{\"en\":[\"x\\u202e\"]}}", "term 1, a", "also in en" },
  { "{\"code\":\"a\"," EN ",\"review\":\"th\"}", "term 1, a", "review" },
  { "{\"code\":\"a\"," EN ",\"review\":[\"fr\"]}", "term 1, a", "review" },
  { "{\"code\":\"a\"," EN ",\"since\":4}", "term 1, a", "since" },
  { "{\"code\":\"a\"," EN ",\"since\":0}", "term 1, a", "since" },
  { "{\"code\":\"a\"," EN ",\"since\":\"1\"}", "term 1, a", "since" },
  { "{\"code\":\"a\"," EN ",\"since\":3,\"withdrawn\":2}", "term 1, a", "withdrawn" },
  { "{\"code\":\"a\"," EN ",\"withdrawn\":4}", "term 1, a", "withdrawn" },
  { GOOD ",{\"code\":\"a\"," EN ",\"replaced_by\":\"good\"}", "term 2, a", "replaced_by" },
  { "{\"code\":\"a\"," EN ",\"withdrawn\":2,\"replaced_by\":\"b\"}", "term 1, a", "replaced_by b" },
  { "{\"code\":\"a\"," EN ",\"withdrawn\":2,\"replaced_by\":\"a\"}", "term 1, a", "circle" },
  { "{\"code\":\"a\"," EN ",\"withdrawn\":2,\"replaced_by\":\"b\"},"
    "{\"code\":\"b\",\"label\":{\"en\":\"B\"},\"withdrawn\":2,\"replaced_by\":\"a\"}", "term 1, a", "circle" },
  { "{\"code\":\"a\",\"parent\":\"b\"," EN "}", "term 1, a", "parent b" },
  { "{\"code\":\"a\",\"parent\":\"B \\u202e\"," EN "}", "term 1, a", "parent is not a code" },
  { "{\"code\":\"a\",\"parent\":\"local.x\"," EN "}", "term 1, a", "parent local.x" },
  { "{\"code\":\"a\",\"parent\":\"a\"," EN "}", "term 1, a", "circle" },
  { GOOD ",{\"code\":\"a\",\"parent\":\"b\"," EN "},{\"code\":\"b\",\"parent\":\"a\",\"label\":{\"en\":\"B\"}}",
    "term 2, a", "circle" },
  { "{\"code\":\"a\"," EN "},{\"code\":\"b\",\"parent\":\"a\"," EN "},{\"code\":\"c\",\"parent\":\"b\"," EN "},"
    "{\"code\":\"d\",\"parent\":\"c\"," EN "},{\"code\":\"e\",\"parent\":\"d\"," EN "}", "term 5, e", "4 levels" },
  { "{\"code\":\"a\"," EN ",\"withdrawn\":1},{\"code\":\"b\",\"parent\":\"a\"," EN "}", "term 2, b", "withdrawn" },
  { "{\"code\":\"a\"," EN "},{\"code\":\"b\",\"label\":{\"en\":\"a\"}}", "term 2, b", "label in en" },
  { "{\"code\":\"a\"," EN "},{\"code\":\"b\",\"label\":{\"en\":\"\\u200bA\"}}", "term 2, b", "label in en" },
  { "{\"code\":\"a\"," EN ",\"huridocs\":\"0101\"}", "term 1, a", "huridocs" },
  { "{\"code\":\"a\"," EN ",\"huridocs\":\"04/010101020000\"}", "term 1, a", "huridocs" },
  { "{\"code\":\"a\"," EN ",\"huridocs\":\"4/01010102\"}", "term 1, a", "huridocs" },
  { "{\"code\":\"a\"," EN ",\"huridocs\":\"4/01010102000x\"}", "term 1, a", "huridocs" },
  { "{\"code\":\"a\"," EN ",\"ilo\":12}", "term 1, a", "ilo" },
  { "{\"code\":\"a\"," EN ",\"palermo\":\"verdict\"}", "term 1, a", "palermo" },
  { "{\"code\":\"a\"," EN ",\"iso639\":\"my\"}", "term 1, a", "iso639" },
};

static void
assert_refused (const char *text,
                int         code,
                const char *first,
                const char *second)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVocabulary) vocabulary = sak_vocabulary_parse (text, -1, &error);

  g_assert_null (vocabulary);
  g_assert_error (error, SAK_ERROR, code);
  if (strstr (error->message, first) == NULL || strstr (error->message, second) == NULL)
    g_error ("“%s” does not say “%s” and “%s”: %.200s", error->message, first, second, text);
  g_assert_null (strstr (error->message, "\xe2\x80\xae"));      /* nothing hostile is repeated */
}

static void
each_hostile_term_is_named (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile_terms); i++)
    {
      g_autofree char *text = g_strconcat (HEAD, hostile_terms[i].terms, TAIL, NULL);

      assert_refused (text, SAK_ERROR_INVALID, hostile_terms[i].term, hostile_terms[i].reason);
    }
}

static void
each_hostile_head_is_refused (void)
{
  static const char *const heads[][2] = {
    { "[]", "not an object" },
    { "{}", "vocabulary is not a name" },
    { "{\"vocabulary\":\"../acts\",\"version\":1,\"label\":{\"en\":\"A\"},\"terms\":[]}", "not a name" },
    { "{\"vocabulary\":\"acts\",\"label\":{\"en\":\"A\"},\"terms\":[]}", "version" },
    { "{\"vocabulary\":\"acts\",\"version\":0,\"label\":{\"en\":\"A\"},\"terms\":[]}", "version" },
    { "{\"vocabulary\":\"acts\",\"version\":1.5,\"label\":{\"en\":\"A\"},\"terms\":[]}", "version" },
    { "{\"vocabulary\":\"acts\",\"version\":1,\"terms\":[]}", "label" },
    { "{\"vocabulary\":\"acts\",\"version\":1,\"label\":{\"en\":\"A\"}}", "terms" },
    { "{\"vocabulary\":\"acts\",\"version\":1,\"label\":{\"en\":\"A\"},\"terms\":{}}", "terms" },
    { "{\"vocabulary\":\"acts\",\"version\":1,\"label\":{\"en\":\"A\"},\"terms\":[],\"run\":1}", "member" },
    { "{\"vocabulary\":\"acts\",\"version\":1,\"label\":{\"en\":\"A\"},\"review\":1,\"terms\":[]}", "review" },
    { "{\"vocabulary\":\"acts\",\"version\":1,\"label\":{\"en\":\"A\"},\"note\":1,\"terms\":[]}", "note" },
    { "{\"vocabulary\":\"acts\",\"additions_to\":\"x\",\"version\":1,\"label\":{\"en\":\"A\"},\"terms\":[]}",
      "additions" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    assert_refused (heads[i][0], SAK_ERROR_INVALID, "vocabulary: ", heads[i][1]);
}

static void
what_is_no_json_is_refused (void)
{
  assert_refused ("", SAK_ERROR_INVALID, "JSON", "");
  assert_refused (HEAD GOOD, SAK_ERROR_INVALID, "JSON", "end");
  assert_refused (HEAD "{\"code\":\"a\",\"code\":\"b\"," EN "}" TAIL, SAK_ERROR_INVALID, "JSON", "twice");
  assert_refused (HEAD "{\"code\":\"a\",\"label\":{\"en\":\"\xff\"}}" TAIL, SAK_ERROR_INVALID, "JSON", "UTF-8");
  assert_refused (HEAD "{\"code\":\"a\",\"label\":{\"en\":\"A\\u0000B\"}}" TAIL, SAK_ERROR_INVALID, "JSON", "");
}

static char *
make_terms (guint       n,
            const char *label)
{
  GString *text = g_string_new (HEAD);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s{\"code\":\"t%u\",\"label\":{\"en\":\"%s%u\"}}", i > 0 ? "," : "", i, label, i);
  g_string_append (text, TAIL);
  return g_string_free (text, FALSE);
}

static void
limits_are_exact (void)
{
  g_autofree char *most = make_terms (SAK_VOCABULARY_MAX_TERMS, "T");
  g_autofree char *too_many = make_terms (SAK_VOCABULARY_MAX_TERMS + 1, "T");
  g_autofree char *longest = g_strnfill (SAK_VOCABULARY_MAX_LABEL - 1, 'x');
  g_autofree char *fits = make_terms (1, longest);
  g_autofree char *longer = g_strconcat ("x", longest, NULL);
  g_autofree char *too_long = make_terms (1, longer);
  g_autofree char *padding = g_strnfill (SAK_VOCABULARY_MAX_SIZE, ' ');
  g_autofree char *too_large = g_strconcat (HEAD GOOD TAIL, padding, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVocabulary) many = sak_vocabulary_parse (most, -1, &error);
  g_autoptr (SakVocabulary) one = sak_vocabulary_parse (fits, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sak_vocabulary_get_n_terms (many), ==, SAK_VOCABULARY_MAX_TERMS);
  g_assert_cmpuint (sak_vocabulary_get_n_terms (one), ==, 1);
  assert_refused (too_many, SAK_ERROR_TOO_LARGE, "terms", "");
  assert_refused (too_long, SAK_ERROR_INVALID, "term 1, t0", "too long");
  assert_refused (too_large, SAK_ERROR_TOO_LARGE, "bytes", "");
}

/* Every prefix, and every byte changed: an answer, never a crash. */
static void
cut_and_changed_bytes_are_borne (void)
{
  const char *good = HEAD "{\"code\":\"a\",\"label\":{\"en\":\"A\",\"vi\":\"Bán\"},\"also\":{\"en\":[\"x\"]}},"
                     "{\"code\":\"b\",\"parent\":\"a\"," EN ",\"withdrawn\":2,\"replaced_by\":\"a\"}" TAIL;

  for (gsize i = 0; i < strlen (good); i++)
    {
      g_autoptr (SakVocabulary) cut = sak_vocabulary_parse (good, (gssize) i, NULL);
      g_autofree char *changed = g_strdup (good);

      g_assert_null (cut);
      for (guint bit = 0; bit < 8; bit++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (SakVocabulary) read = NULL;

          changed[i] = (char) (good[i] ^ (1 << bit));
          read = sak_vocabulary_parse (changed, (gssize) strlen (good), &error);
          g_assert_true ((read != NULL) == (error == NULL));
        }
    }
}

static SakVocabulary *
make_shared (void)
{
  g_autoptr (GError) error = NULL;
  SakVocabulary *shared = sak_vocabulary_parse (HEAD GOOD ","
                                                "{\"code\":\"a\"," EN "},{\"code\":\"b\",\"parent\":\"a\"," EN "},"
                                                "{\"code\":\"c\",\"parent\":\"b\"," EN "},"
                                                "{\"code\":\"d\",\"parent\":\"c\"," EN "}" TAIL, -1, &error);

  g_assert_no_error (error);
  return shared;
}

static void
local_additions_cannot_touch_shared_terms (void)
{
  static const char *const hostile[][2] = {
    { LOCAL_HEAD "{\"code\":\"good\",\"label\":{\"en\":\"Bad\"}}" TAIL, "begin with local." },
    { LOCAL_HEAD "{\"code\":\"new\",\"label\":{\"en\":\"New\"}}" TAIL, "begin with local." },
    { LOCAL_HEAD "{\"code\":\"localgood\",\"label\":{\"en\":\"New\"}}" TAIL, "begin with local." },
    { LOCAL_HEAD "{\"code\":\"local.x\"," EN "},{\"code\":\"local.x\"," EN "}" TAIL, "twice" },
    { LOCAL_HEAD "{\"code\":\"local.x\",\"parent\":\"none\"," EN "}" TAIL, "parent none" },
    { LOCAL_HEAD "{\"code\":\"local.x\",\"parent\":\"d\"," EN "}" TAIL, "4 levels" },
    { LOCAL_HEAD "{\"code\":\"local.x\",\"parent\":\"local.x\"," EN "}" TAIL, "circle" },
    { LOCAL_HEAD "{\"code\":\"local.x\",\"label\":{\"my\":\"A\\u202e\"}}" TAIL, "not seen" },
    { "{\"additions_to\":\"others\",\"version\":1,\"terms\":[]}", "additions to others" },
    { "{\"additions_to\":\"acts\",\"version\":1,\"terms\":[],\"vocabulary\":\"acts\"}", "additions" },
    { HEAD GOOD TAIL, "additions_to" },
  };
  g_autoptr (SakVocabulary) shared = make_shared ();

  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakVocabulary) merged = sak_vocabulary_add_local (shared, hostile[i][0], -1, &error);

      g_assert_null (merged);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
      if (strstr (error->message, hostile[i][1]) == NULL)
        g_error ("“%s” does not say “%s”", error->message, hostile[i][1]);
    }
  g_assert_cmpstr (sak_vocabulary_get_label_for (shared, "good", "en"), ==, "Good");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vocabulary-hostile/each-hostile-term-is-named", each_hostile_term_is_named);
  g_test_add_func ("/vocabulary-hostile/each-hostile-head-is-refused", each_hostile_head_is_refused);
  g_test_add_func ("/vocabulary-hostile/what-is-no-json-is-refused", what_is_no_json_is_refused);
  g_test_add_func ("/vocabulary-hostile/limits-are-exact", limits_are_exact);
  g_test_add_func ("/vocabulary-hostile/cut-and-changed-bytes-are-borne", cut_and_changed_bytes_are_borne);
  g_test_add_func ("/vocabulary-hostile/local-additions-cannot-touch-shared-terms",
                   local_additions_cannot_touch_shared_terms);
  return g_test_run ();
}
