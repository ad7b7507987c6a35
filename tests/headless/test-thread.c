/* test-thread.c - questions and answers: who is asked, what comes back, and that they leave for nobody else
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Harbour" reports, "Desk" asks; "Stranger" is a third partner whom the desk knows.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-check.h"
#include "storage/sak-due.h"
#include "storage/sak-links.h"
#include "storage/sak-record-days.h"
#include "storage/sak-rescue-private.h"
#include "storage/sak-search.h"
#include "storage/sak-thread.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-bundle.h"

static TestPair pair;
static guint n_files;

static void
pass_on (SakVault   *from,
         const char *to_name,
         SakVault   *to,
         const char *record)
{
  g_autofree char *name = g_strdup_printf ("way-%u.age", ++n_files);
  g_autofree char *path = test_bundle (&pair, from, to_name, record, name);
  g_autoptr (SakBundleReport) report = test_import (to, path);

  g_assert_true (report->is_verified);
}

/* An incident of Harbour's that the desk has. */
static char *
report_event (const char *title)
{
  char *id = test_add_event (pair.partner, title, TRUE);

  pass_on (pair.partner, "Desk", pair.desk, id);
  return id;
}

static char *
ask (const char *record,
     const char *path,
     const char *text)
{
  g_autoptr (GError) error = NULL;
  char *id = sak_vault_ask (pair.desk, record, path, text, FALSE, &error);

  g_assert_no_error (error);
  g_assert_nonnull (id);
  return id;
}

static SakQuestion *
load (SakVault   *vault,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  SakQuestion *question = sak_vault_load_question (vault, id, &error);

  g_assert_no_error (error);
  return question;
}

static void
assert_state (SakVault         *vault,
              const char       *id,
              SakQuestionState  state,
              guint             n_answers)
{
  g_autoptr (SakQuestion) question = load (vault, id);

  g_assert_cmpint (question->state, ==, state);
  g_assert_cmpuint (question->answers->len, ==, n_answers);
}

static SakExportPlan *
make_plan (SakVault           *vault,
           const char *const  *recipients,
           const char         *record)
{
  const char *const records[] = { record, NULL };
  g_autoptr (GError) error = NULL;
  SakExportPlan *plan = sak_export_plan_new (vault, recipients, record != NULL ? records : NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static gboolean
has_item (const SakExportPlan *plan,
          const char          *record)
{
  for (guint i = 0; i < plan->items->len; i++)
    if (g_str_equal (((SakPlanItem *) plan->items->pdata[i])->record_id, record))
      return TRUE;
  return FALSE;
}

static const SakPlanItem *
find_item (const SakExportPlan *plan,
           const char          *record)
{
  for (guint i = 0; i < plan->items->len; i++)
    if (g_str_equal (((SakPlanItem *) plan->items->pdata[i])->record_id, record))
      return plan->items->pdata[i];
  g_assert_not_reached ();
}

static void
assert_no_damage (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

static void
a_question_goes_there_and_its_answer_comes_back (void)
{
  g_autofree char *event = report_event ("At the pier");
  g_autofree char *id = ask (event, "title", "  Which pier?\n");
  g_autofree char *answer = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SakQuestion) asked = load (pair.desk, id);
  g_autoptr (SakQuestion) arrived = NULL;
  g_autoptr (SakQuestion) answered = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (asked->is_own && asked->is_here && asked->has_path && !asked->is_changed && asked->waits_for_bundle);
  g_assert_cmpstr (asked->to, ==, "Harbour");
  g_assert_cmpstr (asked->text, ==, "Which pier?");
  path = test_bundle (&pair, pair.desk, "Harbour", NULL, "question.age");
  report = test_import (pair.partner, path);
  g_assert_cmpuint (report->n_questions, ==, 1);
  g_assert_cmpuint (report->n_urgent + report->n_answers, ==, 0);
  arrived = load (pair.partner, id);
  g_assert_false (arrived->is_own);
  g_assert_cmpstr (arrived->author, ==, "Desk");
  g_assert_cmpstr (arrived->path, ==, "title");
  g_assert_cmpstr (arrived->about_title, ==, "At the pier");
  answer = sak_vault_answer (pair.partner, id, SAK_ANSWER_TEXT, "The second one.", &error);
  g_assert_no_error (error);
  assert_state (pair.partner, id, SAK_QUESTION_ANSWERED, 1);
  g_clear_pointer (&report, sak_bundle_report_free);
  g_free (path);
  path = test_bundle (&pair, pair.partner, "Desk", NULL, "answer.age");
  report = test_import (pair.desk, path);
  g_assert_cmpuint (report->n_answers, ==, 1);
  answered = load (pair.desk, id);
  g_assert_cmpint (answered->state, ==, SAK_QUESTION_ANSWERED);
  g_assert_cmpstr (((SakAnswer *) answered->answers->pdata[0])->text, ==, "The second one.");
  g_assert_cmpstr (((SakAnswer *) answered->answers->pdata[0])->author, ==, "Harbour");
  g_assert_true (sak_vault_close_question (pair.desk, id, NULL, &error));
  g_assert_true (sak_vault_close_question (pair.desk, id, NULL, &error));
  assert_state (pair.desk, id, SAK_QUESTION_CLOSED, 2);
  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  assert_state (pair.partner, id, SAK_QUESTION_CLOSED, 2);
}

static void
a_new_version_is_an_answer (void)
{
  g_autofree char *event = report_event ("No date yet");
  g_autofree char *id = ask (event, NULL, "When was it?");
  g_autofree char *answer = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (SakQuestion) question = NULL;
  g_autoptr (GError) error = NULL;

  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  record = sak_vault_load_record (pair.partner, event, &error);
  json_object_set_new (record->fields, "date", json_string ("2019-07"));
  g_assert_true (sak_vault_save_draft (pair.partner, event, record->base_revision, record->fields, &error));
  test_finish (pair.partner, event, "the date");
  answer = sak_vault_answer (pair.partner, id, SAK_ANSWER_VERSION, NULL, &error);
  g_assert_no_error (error);
  pass_on (pair.partner, "Desk", pair.desk, NULL);
  question = load (pair.desk, id);
  g_assert_cmpint (question->state, ==, SAK_QUESTION_ANSWERED);
  g_assert_true (question->is_changed);
  g_assert_cmpint (((SakAnswer *) question->answers->pdata[0])->kind, ==, SAK_ANSWER_VERSION);
}

static void
what_cannot_be_asked_is_refused (void)
{
  g_autofree char *event = report_event ("Asked about");
  g_autofree char *own = test_add_event (pair.desk, "The desk's own", TRUE);
  g_autofree char *question = ask (event, NULL, "Anything?");
  g_autofree char *long_text = g_strnfill (SAK_TALK_MAX_TEXT + 1, 'x');
  const struct { const char *record, *path, *text; int code; } cases[] = {
    { event, NULL, "", SAK_ERROR_INVALID },
    { event, NULL, " \n\t", SAK_ERROR_INVALID },
    { event, NULL, long_text, SAK_ERROR_INVALID },
    { event, NULL, "\xff\xfe", SAK_ERROR_INVALID },
    { event, "no_such_field", "Why?", SAK_ERROR_NOT_FOUND },
    { event, "../title", "Why?", SAK_ERROR_NOT_FOUND },
    { own, NULL, "Why?", SAK_ERROR_INVALID },
    { question, NULL, "Why?", SAK_ERROR_INVALID },
    { "ZZZ-2020-0001", NULL, "Why?", SAK_ERROR_NOT_FOUND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sak_vault_ask (pair.desk, cases[i].record, cases[i].path, cases[i].text, FALSE, &error));
      g_assert_error (error, SAK_ERROR, cases[i].code);
    }
}

static void
each_side_does_its_own_part_alone (void)
{
  g_autofree char *event = report_event ("Two sides");
  g_autofree char *id = ask (event, NULL, "Anything?");
  g_autoptr (GError) own_answer = NULL;
  g_autoptr (GError) foreign_close = NULL;

  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  g_assert_null (sak_vault_answer (pair.desk, id, SAK_ANSWER_TEXT, "Me", &own_answer));
  g_assert_error (own_answer, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_false (sak_vault_close_question (pair.partner, id, NULL, &foreign_close));
  g_assert_error (foreign_close, SAK_ERROR, SAK_ERROR_INVALID);
}

/* The whole point: one partner's question is none of another's business. */
static void
it_leaves_for_nobody_else (void)
{
  static const char *const harbour[] = { "Harbour", NULL }, *const stranger[] = { "Stranger", NULL },
    *const both[] = { "Harbour", "Stranger", NULL };
  g_autofree char *event = report_event ("Between two");
  g_autofree char *id = ask (event, NULL, "Who told you?");
  g_autoptr (SakExportPlan) all_to_stranger = make_plan (pair.desk, stranger, NULL);
  g_autoptr (SakExportPlan) named_to_stranger = make_plan (pair.desk, stranger, id);
  g_autoptr (SakExportPlan) to_both = make_plan (pair.desk, both, NULL);
  g_autoptr (SakExportPlan) right = make_plan (pair.desk, harbour, NULL);
  g_autoptr (SakExportPlan) passed_on = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = test_path (&pair, "leak.age");

  g_assert_false (has_item (all_to_stranger, id));
  g_assert_cmpint (find_item (named_to_stranger, id)->verdict, ==, SAK_PLAN_STAYS_OTHERS);
  g_assert_cmpint (find_item (to_both, id)->verdict, ==, SAK_PLAN_STAYS_OTHERS);
  g_assert_cmpint (find_item (right, id)->verdict, ==, SAK_PLAN_LEAVES);
  g_assert_cmpstr (find_item (right, id)->title, ==, "Who told you?");
  g_assert_null (sak_bundle_create (pair.desk, named_to_stranger, path, NULL, NULL, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONSENT);
  /* Nor does who was asked give it on. */
  pass_on (pair.desk, "Harbour", pair.partner, id);
  passed_on = make_plan (pair.partner, stranger, id);
  g_assert_cmpint (find_item (passed_on, id)->verdict, ==, SAK_PLAN_STAYS_OTHERS);
}

/* What a restored vault has lost of its own, those who have it may send back. */
static void
it_may_go_back_to_who_wrote_it (void)
{
  static const char *const desk[] = { "Desk", NULL };
  g_autofree char *event = report_event ("Lost and found");
  g_autofree char *id = ask (event, NULL, "Who?");
  g_autoptr (SakExportPlan) plan = NULL;

  pass_on (pair.desk, "Harbour", pair.partner, id);
  plan = make_plan (pair.partner, desk, id);
  g_assert_cmpint (find_item (plan, id)->verdict, ==, SAK_PLAN_LEAVES);
}

static guint
count_all (SakVault *vault)
{
  g_autoptr (GArray) rowids = NULL;
  guint n = 0;

  for (SakRecordSort sort = SAK_SORT_CHANGED; sort <= SAK_SORT_CODE; sort++)
    {
      g_clear_pointer (&rowids, g_array_unref);
      rowids = sak_vault_list_rowids (vault, NULL, sort, NULL);
      g_assert_true (sort == SAK_SORT_CHANGED || rowids->len == n);
      n = rowids->len;
    }
  return n;
}

static guint
count_unsent (SakVault *vault)
{
  gint64 cursor = 0;
  guint n = 0;

  do
    g_assert_true (sak_vault_count_unsent (vault, 100, &cursor, &n, NULL));
  while (cursor != 0);
  return n;
}

static guint
count_dated (SakVault *vault)
{
  g_autoptr (SakDateCount) count = sak_vault_count_by_date (vault, NULL, SAK_COUNT_BY_YEAR, NULL);

  return count->n_records;
}

static guint
count_hits (SakVault   *vault,
            const char *text)
{
  const SakSearch search = { .text = (char *) text };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSearchResult) found = sak_vault_search (vault, &search, NULL, &error);

  g_assert_no_error (error);
  return found->found->len;
}

static void
it_stands_in_no_list_of_cases (void)
{
  g_autofree char *event = report_event ("Zanzibar");
  guint n_before = count_all (pair.desk), n_unsent = count_unsent (pair.desk), n_dated = count_dated (pair.desk);
  g_autofree char *id = ask (event, NULL, "Was it Zanzibar, Quelimane?");
  g_autoptr (GPtrArray) links = NULL;

  g_assert_nonnull (id);
  g_assert_cmpuint (count_all (pair.desk), ==, n_before);
  g_assert_cmpuint (count_unsent (pair.desk), ==, n_unsent);
  g_assert_cmpuint (count_dated (pair.desk), ==, n_dated);
  g_assert_cmpuint (count_hits (pair.desk, "Zanzibar"), ==, 1);
  g_assert_cmpuint (count_hits (pair.desk, "Quelimane"), ==, 0);
  links = sak_vault_list_links (pair.desk, event, SAK_LINKS_OUT | SAK_LINKS_IN, NULL);
  g_assert_cmpuint (links->len, ==, 0);
  assert_no_damage (pair.desk);
  g_assert_true (sak_vault_reset_index (pair.desk, NULL));
  for (guint64 left = 1; left > 0;)
    g_assert_true (sak_vault_index_some (pair.desk, 100, &left, NULL));
  g_assert_cmpuint (count_hits (pair.desk, "Quelimane"), ==, 0);
  assert_no_damage (pair.desk);
}

static void
it_is_never_changed (void)
{
  g_autofree char *event = report_event ("Fixed");
  g_autofree char *id = ask (event, NULL, "Sure?");
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.desk, id, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (record->form);
  json_object_set_new (record->fields, "text", json_string ("Something else"));
  g_assert_false (sak_vault_save_draft (pair.desk, id, record->base_revision, record->fields, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

static void
what_is_open_is_counted (void)
{
  SakThreadCount before, after;
  g_autofree char *event = report_event ("Counted");
  g_autofree char *plain = NULL;
  g_autofree char *urgent = NULL;
  g_autofree char *answer = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) none = NULL;

  plain = ask (event, NULL, "What was asked before comes along");
  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  g_assert_true (sak_vault_close_question (pair.desk, plain, NULL, NULL));
  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  g_clear_pointer (&plain, g_free);
  g_assert_true (sak_vault_count_questions (pair.partner, &before, NULL));
  plain = ask (event, NULL, "Plain");
  urgent = sak_vault_ask (pair.desk, event, NULL, "Urgent", TRUE, NULL);
  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  g_assert_true (sak_vault_count_questions (pair.partner, &after, NULL));
  g_assert_cmpuint (after.n_to_answer - before.n_to_answer, ==, 2);
  g_assert_cmpuint (after.n_urgent - before.n_urgent, ==, 1);
  listed = sak_vault_list_questions (pair.partner, event, SAK_QUESTIONS_NOT_CLOSED, 0, G_MAXUINT, NULL);
  g_assert_cmpuint (listed->len, ==, 2);
  g_assert_cmpstr (((SakQuestion *) listed->pdata[0])->id, ==, urgent);
  answer = sak_vault_answer (pair.partner, urgent, SAK_ANSWER_TEXT, "Yes.", NULL);
  g_assert_true (sak_vault_count_questions (pair.desk, &before, NULL));
  pass_on (pair.partner, "Desk", pair.desk, NULL);
  g_assert_true (sak_vault_count_questions (pair.desk, &after, NULL));
  g_assert_cmpuint (after.n_to_close - before.n_to_close, ==, 1);
  g_assert_cmpuint (before.n_waiting - after.n_waiting, ==, 1);
  g_assert_cmpuint (after.n_to_send, ==, before.n_to_send);
  g_assert_true (sak_vault_close_question (pair.desk, urgent, NULL, NULL));
  g_assert_true (sak_vault_close_question (pair.desk, plain, NULL, NULL));
  g_assert_true (sak_vault_count_questions (pair.desk, &before, NULL));
  g_assert_cmpuint (before.n_to_send - after.n_to_send, ==, 2);
  pass_on (pair.desk, "Harbour", pair.partner, NULL);
  g_assert_true (sak_vault_count_questions (pair.desk, &before, NULL));
  g_assert_cmpuint (before.n_to_send, ==, 0);
  none = sak_vault_list_questions (pair.desk, event, SAK_QUESTIONS_NOT_CLOSED, 0, G_MAXUINT, NULL);
  g_assert_cmpuint (none->len, ==, 0);
}

/* Names in its words are asked about as in any text; kept here, all of it is. */
static void
names_in_it_are_decided (void)
{
  static const char *const harbour[] = { "Harbour", NULL };
  g_autofree char *person = test_add_json (pair.desk, "person", "{\"identity.name\": \"Daw Khin Hla Myaing\","
                                           " \"consent\": {\"share\": \"no\"}}", TRUE);
  g_autofree char *event = report_event ("Named");
  g_autofree char *id = ask (event, NULL, "Did Daw Khin Hla Myaing see it?");
  g_autoptr (SakExportPlan) plan = make_plan (pair.desk, harbour, id);
  g_autoptr (SakExportPlan) decided = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (plan->n_undecided, ==, 1);
  g_assert_cmpstr (((SakPlanHit *) find_item (plan, id)->hits->pdata[0])->person_id, ==, person);
  g_assert_true (sak_export_plan_choose (plan, pair.desk, find_item (plan, id), SAK_TEXT_PATH, SAK_CHOICE_WITHHOLD,
                                         &error));
  decided = make_plan (pair.desk, harbour, id);
  g_assert_cmpuint (decided->n_undecided, ==, 0);
  g_assert_cmpint (find_item (decided, id)->verdict, ==, SAK_PLAN_STAYS_CHOSEN);
  g_assert_true (sak_export_plan_check (decided, pair.desk, &error));
  g_assert_no_error (error);
}

/* --- What others may send --- */

static void
deliver (HandBundle *bundle)
{
  g_autofree char *path = test_path (&pair, "hostile.age");
  g_autoptr (SakBundleReport) report = NULL;

  hand_bundle_write (bundle, path);
  report = test_import (pair.partner, path);
  hand_bundle_clear (bundle);
  g_assert_true (report->is_verified);
}

static char *
get_key (SakVault *vault)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  sak_sign_get_public (seed, key);
  return sak_hex_encode (key, sizeof key);
}

static json_t *
make_fields (const char *to,
             const char *text)
{
  return json_pack ("{s:s, s:s, s:s, s:s}", "to", to, "about", "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55", "version",
                    "00000000000000000000000000000000000000000000000000000000000000aa", "text", text);
}

static void
a_question_about_what_is_not_here_is_kept (void)
{
  g_autofree char *own = get_key (pair.partner);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (json_t) fields = make_fields (own, "And this?");
  g_autoptr (SakQuestion) question = NULL;
  HandBundle bundle;

  json_object_set_new (fields, "path", json_string ("nowhere"));
  hand_bundle_init (&bundle, pair.desk, pair.partner);
  hand_bundle_add_revision (&bundle, id, SAK_KIND_QUESTION, NULL, fields);
  deliver (&bundle);
  question = load (pair.partner, id);
  g_assert_false (question->is_here || question->has_path || question->is_changed);
  g_assert_cmpstr (question->about_code, ==, "");
}

/* Whatever stands in them: nothing is derived of it, and nothing breaks. */
static void
what_is_no_question_is_passed_over (void)
{
  static const char *const values[] = { "[]", "{}", "7", "true", "null", "\"\"", "\"x\"", "\"\\u001b[2J\"",
    "[\"00000000000000000000000000000000000000000000000000000000000000aa\", 7]",
    "\"00000000000000000000000000000000000000000000000000000000000000AA\"" };
  static const char *const paths[] = { "to", "about", "version", "path", "text", "urgent", "question", "says" };
  static const char *const kinds[] = { SAK_KIND_QUESTION, SAK_KIND_ANSWER, SAK_KIND_REVIEW, SAK_KIND_NOTICE };
  g_autofree char *own = get_key (pair.partner);
  guint n_before = count_all (pair.partner);
  g_autoptr (GPtrArray) before = sak_vault_list_questions (pair.partner, NULL, SAK_QUESTIONS_ALL, 0, G_MAXUINT, NULL);
  g_autoptr (GPtrArray) after = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.desk, pair.partner);
  n_before++;                   /* the incident that comes with it */
  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (gsize path = 0; path < G_N_ELEMENTS (paths); path++)
      for (gsize value = 0; value < G_N_ELEMENTS (values); value++)
        {
          g_autofree char *id = g_uuid_string_random ();
          g_autofree char *array = g_strdup_printf ("[%s]", values[value]);
          g_autoptr (json_t) parsed = sak_json_parse (array, -1, NULL);
          g_autoptr (json_t) fields = make_fields (own, "Is it?");

          json_object_set_new (fields, "says", json_string ("text"));
          json_object_set (fields, "question", json_object_get (fields, "version"));
          json_object_set (fields, paths[path], json_array_get (parsed, 0));
          hand_bundle_add_revision (&bundle, id, kinds[kind], NULL, fields);
        }
  deliver (&bundle);
  after = sak_vault_list_questions (pair.partner, NULL, SAK_QUESTIONS_ALL, 0, G_MAXUINT, NULL);
  /* Members that are none of a question's may hold what they like; "x" is a path, true is urgent, three are texts. */
  g_assert_cmpuint (after->len - before->len, ==, 2 * G_N_ELEMENTS (values) + 5);
  g_assert_cmpuint (count_all (pair.partner), ==, n_before);
  assert_no_damage (pair.partner);
}

/* A consent, a file, a code, rows: of a case each of them would have its effect. */
static void
it_is_no_case_in_disguise (void)
{
  g_autofree char *own = get_key (pair.partner);
  g_autofree char *mine = test_add_event (pair.partner, "Mine", TRUE);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.partner, mine, NULL);
  g_autoptr (SakRecord) by_code = NULL;
  g_autoptr (json_t) fields = make_fields (own, "Read this");
  g_autoptr (SakRecord) arrived = NULL;
  g_autoptr (GPtrArray) links = NULL;
  HandBundle bundle;

  json_object_set_new (fields, "code", json_string (record->code));
  json_object_set_new (fields, "consent", json_pack ("{s:s}", "withdrawn", "2020-01-01"));
  json_object_set_new (fields, "links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55",
                       json_pack ("{s:s, s:s}", "role", "about", "to", mine));
  json_object_set_new (fields, "media/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55",
                       json_pack ("{s:s, s:i, s:s, s:s}", "sha256",
                                  "00000000000000000000000000000000000000000000000000000000000000aa", "size", 5,
                                  "type", "image/jpeg", "name", "a.jpg"));
  hand_bundle_init (&bundle, pair.desk, pair.partner);
  hand_bundle_add_revision (&bundle, id, SAK_KIND_QUESTION, NULL, fields);
  deliver (&bundle);
  arrived = sak_vault_load_record (pair.partner, id, NULL);
  g_assert_cmpint (arrived->state, ==, SAK_RECORD_FINISHED);
  g_assert_cmpstr (arrived->code, ==, "");
  by_code = sak_vault_load_record (pair.partner, record->code, NULL);
  g_assert_cmpstr (by_code->id, ==, mine);
  links = sak_vault_list_links (pair.partner, mine, SAK_LINKS_IN, NULL);
  g_assert_cmpuint (links->len, ==, 0);
  assert_no_damage (pair.partner);
}

/* Who knows a question's id signs something else under it, or answers what is not theirs to answer. */
static void
others_words_about_a_question_change_nothing (void)
{
  g_autofree char *event = report_event ("Mixed up");
  g_autofree char *id = ask (event, NULL, "The desk's words");
  g_autofree char *own = get_key (pair.partner);
  g_autofree char *desk = get_key (pair.desk);
  g_autofree char *foreign = g_uuid_string_random ();
  g_autoptr (SakQuestion) before = NULL;
  g_autoptr (SakQuestion) after = NULL;
  g_autoptr (json_t) other = make_fields (own, "Other words");
  g_autoptr (json_t) answer = NULL;
  HandBundle bundle;

  pass_on (pair.desk, "Harbour", pair.partner, id);
  before = load (pair.partner, id);
  answer = json_pack ("{s:s, s:s, s:s, s:s}", "to", desk, "about", event, "question", before->revision_id,
                      "says", "closed");
  hand_bundle_init (&bundle, pair.stranger, pair.partner);
  hand_bundle_add_revision (&bundle, id, SAK_KIND_QUESTION, NULL, other);
  hand_bundle_add_revision (&bundle, id, SAK_KIND_QUESTION, before->revision_id, other);
  hand_bundle_add_revision (&bundle, foreign, SAK_KIND_ANSWER, NULL, answer);
  deliver (&bundle);
  after = load (pair.partner, id);
  g_assert_cmpstr (after->text, ==, "The desk's words");
  g_assert_cmpstr (after->revision_id, ==, before->revision_id);
  g_assert_cmpint (after->state, ==, SAK_QUESTION_OPEN);
  g_assert_cmpuint (after->answers->len, ==, 0);
  assert_no_damage (pair.partner);
}

/* Who brings it is a contact, and may bring what others wrote each other: it is kept, and nothing is settled by it. */
static guint
count_talk (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  g_assert_true (sak_db_get_number (vault->db, sak_db_prepare (vault->db, "SELECT count(*) FROM talk"), 0, &n, &error));
  g_assert_no_error (error);
  return (guint) n;
}

static void
what_others_ask_each_other_is_none_of_this_vaults (void)
{
  g_autofree char *event = report_event ("Of others");
  g_autofree char *asked = g_uuid_string_random ();
  g_autofree char *answered = g_uuid_string_random ();
  g_autofree char *desk = get_key (pair.desk);
  g_autoptr (json_t) question = make_fields (desk, "Between us two");
  g_autoptr (json_t) answer = json_pack ("{s:s, s:s, s:s, s:s}", "to", desk, "about", event, "question",
                                         "00000000000000000000000000000000000000000000000000000000000000bb",
                                         "says", "closed");
  g_autoptr (GError) error = NULL;
  guint n_before = count_talk (pair.partner);
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.stranger, pair.partner);
  hand_bundle_add_revision (&bundle, asked, SAK_KIND_QUESTION, NULL, question);
  hand_bundle_add_revision (&bundle, answered, SAK_KIND_ANSWER, NULL, answer);
  deliver (&bundle);
  g_assert_cmpuint (count_talk (pair.partner), ==, n_before);
  g_assert_null (sak_vault_load_question (pair.partner, asked, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  assert_no_damage (pair.partner);
}

/* Somebody else puts a version of their own on top of it, and one beside it: who is asked stays who reported it. */
static void
a_third_partys_version_takes_no_question_over (void)
{
  g_autofree char *event = report_event ("Reported by the harbour");
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.desk, event, NULL);
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Mine now");
  g_autofree char *path = test_path (&pair, "third.age");
  g_autofree char *before = ask (event, NULL, "Before?");
  g_autofree char *after = NULL;
  g_autoptr (SakContact) asked = NULL;
  g_autoptr (SakQuestion) question = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.stranger, pair.desk);
  hand_bundle_add_revision (&bundle, event, "event", record->base_revision, fields);
  hand_bundle_add_revision (&bundle, event, "event", NULL, fields);
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  report = test_import (pair.desk, path);
  g_assert_true (report->is_verified);
  asked = sak_vault_find_asked (pair.desk, event, NULL);
  g_assert_cmpstr (asked->name, ==, "Harbour");
  after = ask (event, NULL, "After?");
  question = load (pair.desk, after);
  g_assert_cmpstr (question->to, ==, "Harbour");
  assert_state (pair.desk, before, SAK_QUESTION_OPEN, 0);
}

/* A list is as long as somebody likes to make it. */
static void
a_list_is_read_a_stretch_at_a_time (void)
{
  g_autofree char *event = report_event ("Much asked about");
  g_autofree char *first = ask (event, NULL, "First?");
  g_autofree char *second = ask (event, NULL, "Second?");
  g_autofree char *urgent = sak_vault_ask (pair.desk, event, NULL, "Third!", TRUE, NULL);
  g_autoptr (GPtrArray) beginning = sak_vault_list_questions (pair.desk, event, SAK_QUESTIONS_WAITING, 0, 2, NULL);
  g_autoptr (GPtrArray) end = sak_vault_list_questions (pair.desk, event, SAK_QUESTIONS_WAITING, 2, 2, NULL);
  g_autoptr (GPtrArray) none = sak_vault_list_questions (pair.desk, event, SAK_QUESTIONS_TO_ANSWER, 0, 2, NULL);

  g_assert_cmpuint (beginning->len, ==, 2);
  g_assert_cmpstr (((SakQuestion *) beginning->pdata[0])->id, ==, urgent);
  g_assert_cmpuint (end->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (sak_vault_close_question (pair.desk, first, NULL, NULL));
  g_clear_pointer (&end, g_ptr_array_unref);
  end = sak_vault_list_questions (pair.desk, event, SAK_QUESTIONS_NOT_CLOSED, 1, 5, NULL);
  g_assert_cmpuint (end->len, ==, 1);
  g_assert_cmpstr (((SakQuestion *) end->pdata[0])->id, ==, second);
}

/* Asked for in turn, each list is its own. */
static void
lists_are_not_taken_for_each_other (void)
{
  static const guint expected[] = { 3, 2, 0, 0, 2 };
  g_autofree char *event = report_event ("Asked in turn");
  g_autofree char *first = ask (event, NULL, "One?");
  g_autofree char *second = ask (event, NULL, "Two?");
  g_autofree char *third = ask (event, NULL, "Three?");

  g_assert_true (sak_vault_close_question (pair.desk, second, NULL, NULL));
  for (guint i = 0; i < 50; i++)
    {
      SakQuestionFilter filter = i % G_N_ELEMENTS (expected);
      g_autoptr (GPtrArray) some = sak_vault_list_questions (pair.desk, event, filter, 0, 9, NULL);
      g_autoptr (GPtrArray) all = sak_vault_list_questions (pair.desk, NULL, filter, 0, 99, NULL);

      g_assert_cmpuint (some->len, ==, expected[filter]);
      g_assert_cmpuint (all->len, >=, some->len);
    }
  g_assert_cmpstr (first, !=, third);
}

/* Of who answers without end, the last ones. */
static void
answers_are_not_read_without_end (void)
{
  g_autofree char *event = report_event ("Much answered");
  g_autofree char *id = ask (event, NULL, "Well?");
  g_autoptr (SakQuestion) question = load (pair.desk, id);
  g_autofree char *desk = get_key (pair.desk);
  g_autofree char *path = test_path (&pair, "answers.age");
  g_autoptr (json_t) answer = json_pack ("{s:s, s:s, s:s, s:s, s:s}", "to", desk, "about", event, "question",
                                         question->revision_id, "says", "text", "text", "Again.");
  g_autoptr (SakBundleReport) report = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.partner, pair.desk);
  for (guint i = 0; i < SAK_QUESTION_MAX_ANSWERS + 5; i++)
    {
      g_autofree char *record = g_uuid_string_random ();

      hand_bundle_add_revision (&bundle, record, SAK_KIND_ANSWER, NULL, answer);
    }
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  report = test_import (pair.desk, path);
  g_assert_true (report->is_verified);
  assert_state (pair.desk, id, SAK_QUESTION_ANSWERED, SAK_QUESTION_MAX_ANSWERS);
}

/* The bundle that brings the question was lost: its answer waits for it. */
static void
the_order_of_arrival_does_not_matter (void)
{
  g_autofree char *event = report_event ("Back to front");
  g_autofree char *id = ask (event, NULL, "First?");
  g_autofree char *own = get_key (pair.partner);
  g_autoptr (SakQuestion) asked = load (pair.desk, id);
  g_autofree char *closing = g_uuid_string_random ();
  g_autoptr (json_t) closed = json_pack ("{s:s, s:s, s:s, s:s}", "to", own, "about", event, "question",
                                         asked->revision_id, "says", "closed");
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.desk, pair.partner);
  hand_bundle_add_revision (&bundle, closing, SAK_KIND_ANSWER, NULL, closed);
  deliver (&bundle);
  pass_on (pair.desk, "Harbour", pair.partner, id);
  assert_state (pair.partner, id, SAK_QUESTION_CLOSED, 1);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  test_introduce (pair.stranger, pair.desk);
  test_introduce (pair.stranger, pair.partner);
  g_test_add_func ("/thread/a-question-goes-there-and-its-answer-comes-back",
                   a_question_goes_there_and_its_answer_comes_back);
  g_test_add_func ("/thread/a-new-version-is-an-answer", a_new_version_is_an_answer);
  g_test_add_func ("/thread/what-cannot-be-asked-is-refused", what_cannot_be_asked_is_refused);
  g_test_add_func ("/thread/each-side-does-its-own-part-alone", each_side_does_its_own_part_alone);
  g_test_add_func ("/thread/it-leaves-for-nobody-else", it_leaves_for_nobody_else);
  g_test_add_func ("/thread/it-may-go-back-to-who-wrote-it", it_may_go_back_to_who_wrote_it);
  g_test_add_func ("/thread/it-stands-in-no-list-of-cases", it_stands_in_no_list_of_cases);
  g_test_add_func ("/thread/it-is-never-changed", it_is_never_changed);
  g_test_add_func ("/thread/what-is-open-is-counted", what_is_open_is_counted);
  g_test_add_func ("/thread/names-in-it-are-decided", names_in_it_are_decided);
  g_test_add_func ("/thread/a-question-about-what-is-not-here-is-kept", a_question_about_what_is_not_here_is_kept);
  g_test_add_func ("/thread/what-is-no-question-is-passed-over", what_is_no_question_is_passed_over);
  g_test_add_func ("/thread/it-is-no-case-in-disguise", it_is_no_case_in_disguise);
  g_test_add_func ("/thread/others-words-about-a-question-change-nothing",
                   others_words_about_a_question_change_nothing);
  g_test_add_func ("/thread/what-others-ask-each-other-is-none-of-this-vaults",
                   what_others_ask_each_other_is_none_of_this_vaults);
  g_test_add_func ("/thread/a-third-partys-version-takes-no-question-over",
                   a_third_partys_version_takes_no_question_over);
  g_test_add_func ("/thread/a-list-is-read-a-stretch-at-a-time", a_list_is_read_a_stretch_at_a_time);
  g_test_add_func ("/thread/lists-are-not-taken-for-each-other", lists_are_not_taken_for_each_other);
  g_test_add_func ("/thread/answers-are-not-read-without-end", answers_are_not_read_without_end);
  g_test_add_func ("/thread/the-order-of-arrival-does-not-matter", the_order_of_arrival_does_not_matter);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
