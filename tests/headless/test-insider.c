/* test-insider.c - what a known sender who means ill cannot do with bytes that he may sign
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Desk" is the one who means ill; "Harbour" is the vault that must hold.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/sak-check.h"
#include "storage/sak-media.h"
#include "storage/sak-thread.h"
#include "tests/headless/sak-test-bundle.h"

#define UNNAMED "{\"title\": \"At the pier\", \"statement\": \"I saw it.\"," \
                " \"identity.interviewer\": \"Ma Mya\", \"consent\": {\"share\": \"unnamed\"}}"
#define FIRST_ID "6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55"
#define SECOND_ID "7f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e56"

static TestPair pair;

static json_t *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  json_t *json = sak_json_parse (text, -1, &error);

  g_assert_no_error (error);
  return json;
}

static SakRecord *
load (const char *record_id)
{
  g_autoptr (GError) error = NULL;
  SakRecord *record = sak_vault_load_record (pair.partner, record_id, &error);

  g_assert_no_error (error);
  return record;
}

static SakExportPlan *
plan_for (const char *recipient,
          const char *record_id)
{
  const char *const recipients[] = { recipient, NULL };
  const char *const records[] = { record_id, NULL };
  g_autoptr (GError) error = NULL;
  SakExportPlan *plan = sak_export_plan_new (pair.partner, recipients, records, &error);

  g_assert_no_error (error);
  return plan;
}

static SakPlanVerdict
judge (SakExportPlan *plan,
       const char    *record_id)
{
  for (guint i = 0; i < plan->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (plan->items, i);

      if (g_str_equal (item->record_id, record_id))
        return item->verdict;
    }
  g_assert_not_reached ();
}

static void
deliver (HandBundle *bundle)
{
  g_autofree char *path = test_path (&pair, "insider.age");
  g_autoptr (SakBundleReport) report = NULL;

  hand_bundle_write (bundle, path);
  report = test_import (pair.partner, path);
  g_assert_true (report->is_verified);
  hand_bundle_clear (bundle);
}

static void
assert_no_damage (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (pair.partner, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

/* He was sent a testimony without its names, and writes on top of it that all may be told. */
static void
another_s_version_does_not_loosen_consent (void)
{
  g_autofree char *id = test_add_json (pair.partner, "testimony", UNNAMED, TRUE);
  g_autofree char *path = test_bundle (&pair, pair.partner, "Desk", id, "unnamed.age");
  g_autoptr (SakBundleReport) sent = test_import (pair.desk, path);
  g_autoptr (SakRecord) record = load (id);
  g_autoptr (SakRecord) after = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (json_t) fields = parse ("{\"title\": \"Mine\", \"consent\": {\"share\": \"named\"}}");
  HandBundle bundle;

  g_assert_cmpuint (sent->n_withheld_fields, ==, 1);
  hand_bundle_init (&bundle, pair.desk, pair.partner);
  bundle.preamble.time = 4000000000;
  hand_bundle_add_revision (&bundle, id, "testimony", record->base_revision, fields);
  deliver (&bundle);
  plan = plan_for ("Desk", id);
  g_assert_cmpint (judge (plan, id), ==, SAK_PLAN_LEAVES_UNNAMED);
  after = load (id);
  g_assert_cmpint (after->state, ==, SAK_RECORD_CONFLICT);
  /* Whoever opens or edits it begins with what its author wrote, whatever time is claimed. */
  g_assert_cmpstr (after->base_revision, ==, record->base_revision);
  g_assert_cmpstr (sak_json_get_text (after->fields, "title"), ==, "At the pier");
}

/* Sends only the digest of the title of what was added last. */
static void
withhold_title (HandBundle *bundle)
{
  char *end = bundle->revisions->str + bundle->revisions->len - 1;
  char *line = g_strrstr_len (bundle->revisions->str, end - bundle->revisions->str, "\n") + 1;
  g_autoptr (GHashTable) withheld = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) revision = sak_revision_parse (line, end - line, &error);
  g_autofree char *redacted = NULL;

  g_assert_no_error (error);
  g_hash_table_add (withheld, (gpointer) "title");
  redacted = sak_revision_to_line (revision, withheld);
  g_string_truncate (bundle->revisions, (gsize) (line - bundle->revisions->str));
  g_string_append_printf (bundle->revisions, "%s\n", redacted);
}

/* More heads than a revision may have parents, and one that only its author could change. */
static void
others_cannot_keep_a_record_from_being_changed (void)
{
  g_autofree char *id = test_add_event (pair.partner, "Ours", TRUE);
  g_autoptr (SakRecord) record = load (id);
  g_autoptr (SakRecord) after = NULL;
  g_autoptr (json_t) theirs = parse ("{\"title\": \"Theirs\"}");
  g_autoptr (json_t) ours = parse ("{\"title\": \"Ours, changed\"}");
  g_autoptr (GError) error = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.desk, pair.partner);
  for (int i = 0; i < SAK_REVISION_MAX_PARENTS + 4; i++)
    hand_bundle_add_revision (&bundle, id, "event", NULL, theirs);
  withhold_title (&bundle);
  deliver (&bundle);
  g_assert_true (sak_vault_save_draft (pair.partner, id, record->base_revision, ours, &error));
  test_finish (pair.partner, id, "More is known.");
  after = load (id);
  g_assert_cmpstr (sak_json_get_text (after->fields, "title"), ==, "Ours, changed");
  g_assert_cmpint (after->state, ==, SAK_RECORD_CONFLICT);
  assert_no_damage ();
}

static void
a_record_does_not_push_another_aside (void)
{
  g_autoptr (json_t) fields = parse ("{\"title\": \"One\"}");
  g_autoptr (SakRecord) record = NULL;
  const SakStreamEntry *first;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.desk, pair.partner);
  hand_bundle_add_revision (&bundle, FIRST_ID, "event", NULL, fields);
  first = g_ptr_array_index (bundle.entries, bundle.entries->len - 1);
  hand_bundle_add_revision (&bundle, SECOND_ID, "event", first->id, fields);
  deliver (&bundle);
  record = load (FIRST_ID);
  g_assert_nonnull (record->base_revision);
  assert_no_damage ();
}

/* A stream's id is seen by all whom a bundle is for. */
static void
a_stream_s_id_can_be_taken_by_nobody (void)
{
  g_autofree char *first = test_add_event (pair.partner, "Before", TRUE);
  g_autofree char *before = test_bundle (&pair, pair.partner, "Desk", first, "before.age");
  g_autofree char *second = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) desk = sak_vault_find_contact (pair.partner, "Desk", &error);
  SakVault *senders[] = { pair.desk, pair.stranger };
  SakStream stream;

  g_assert_true (sak_vault_get_outgoing_stream (pair.partner, desk, &stream, &error));
  for (gsize i = 0; i < G_N_ELEMENTS (senders); i++)
    {
      HandBundle bundle;

      hand_bundle_init (&bundle, senders[i], pair.partner);
      memcpy (bundle.preamble.recipients[0].stream_id, stream.id, sizeof stream.id);
      deliver (&bundle);
    }
  second = test_add_event (pair.partner, "After", TRUE);
  after = test_bundle (&pair, pair.partner, "Desk", second, "after.age");
  sak_bundle_report_free (test_import (pair.desk, before));
  sak_bundle_report_free (test_import (pair.desk, after));
}

static void
a_wrong_size_of_a_photo_stops_nothing (void)
{
  static const char *const sizes[] = { "1", "4611686018427387", "-5", "\"big\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *record_id = g_uuid_string_random ();
      g_autofree char *name = g_strdup_printf ("size-%" G_GSIZE_FORMAT ".age", i);
      g_autofree char *text = NULL;
      g_autofree char *path = NULL;
      g_autoptr (json_t) fields = NULL;
      g_autoptr (SakExportPlan) plan = NULL;
      HandBundle bundle;

      hand_bundle_init (&bundle, pair.desk, pair.partner);
      text = g_strdup_printf ("{\"title\": \"x\", \"media/" FIRST_ID "\": {\"sha256\": \"%s\","
                              " \"size\": %s, \"type\": \"image/jpeg\", \"name\": \"a.jpg\"}}",
                              ((SakStreamEntry *) g_ptr_array_index (bundle.entries, 1))->id,
                              sizes[i]);
      fields = parse (text);
      hand_bundle_add_revision (&bundle, record_id, "event", NULL, fields);
      deliver (&bundle);
      plan = plan_for ("Stranger", record_id);
      path = test_bundle (&pair, pair.partner, "Stranger", record_id, name);
      g_assert_cmpuint (plan->media_bytes, ==, sizeof "not really a photo");
    }
}

/* Nobody checks an arriving revision against its form: each reader must be ready for all. */
static void
fields_of_any_shape_are_borne (void)
{
  static const char *const values[] = {
    "[]", "{}", "-1", "1.5", "true", "\"\"", "\"\\u001b[2J\\u202e\\n\"", "{\"name\": 5, \"edtf\": 5,"
    " \"to\": 7, \"role\": [], \"sha256\": {}, \"share\": 1}", "{\"sha256\": \"zz\", \"to\": \"zz\","
    " \"role\": \"\", \"edtf\": \"9999999999-99\", \"name\": \"\\u001b\", \"share\": \"named\"}", "null",
  };
  static const char *const kinds[] = { "event", "person", "testimony", "document", "intervention",
                                       "form", "zz" };
  static const char *const paths[] = {
    "code", "title", "date", "place", "consent", "identity.name", "known_as", "statement",
    "narrative", "age", "violations", "media/" FIRST_ID, "links/" FIRST_ID, "media", "links",
    "consent/" FIRST_ID, "identity.", "...",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.desk, pair.partner);
  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (gsize value = 0; value < G_N_ELEMENTS (values); value++)
      {
        g_autofree char *record_id = g_uuid_string_random ();
        g_autofree char *array = g_strdup_printf ("[%s]", values[value]);
        g_autoptr (json_t) parsed = parse (array);
        g_autoptr (json_t) fields = json_object ();

        for (gsize path = 0; path < G_N_ELEMENTS (paths); path++)
          json_object_set (fields, paths[path], json_array_get (parsed, 0));
        hand_bundle_add_revision (&bundle, record_id, kinds[kind], NULL, fields);
      }
  deliver (&bundle);
  rowids = sak_vault_list_rowids (pair.partner, NULL, SAK_SORT_CHANGED, &error);
  g_assert_no_error (error);
  rows = sak_vault_load_rows (pair.partner, (const gint64 *) (void *) rowids->data, rowids->len,
                              &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      SakRecordRow *row = g_ptr_array_index (rows, i);
      g_autoptr (SakExportPlan) plan = plan_for ("Stranger", row->id);
      g_autoptr (GPtrArray) media = sak_vault_list_media (pair.partner, row->id, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (plan->items->len, >=, 1);
    }
  assert_no_damage ();
}

/* The person saw a plan; consent was withdrawn before the bundle was made. */
static void
a_plan_that_is_no_longer_true_makes_no_bundle (void)
{
  g_autofree char *id = test_add_json (pair.partner, "testimony",
                                       "{\"title\": \"x\", \"statement\": \"y\","
                                       " \"consent\": {\"share\": \"named\"}}", TRUE);
  g_autoptr (SakExportPlan) plan = plan_for ("Desk", id);
  g_autoptr (SakRecord) record = load (id);
  g_autoptr (json_t) fields = json_copy (record->fields);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autofree char *path = test_path (&pair, "stale.age");

  json_object_set_new (fields, "consent", parse ("{\"share\": \"no\"}"));
  g_assert_true (sak_vault_save_draft (pair.partner, id, record->base_revision, fields, &error));
  test_finish (pair.partner, id, "Consent was withdrawn.");
  report = sak_bundle_create (pair.partner, plan, path, NULL, NULL, NULL, &error);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  g_assert_null (report);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Content of an earlier version of a record that stays must not leave by another record. */
static void
a_file_taken_out_of_a_record_stays_withheld (void)
{
  static const char face[] = "a face that was in the first version";
  g_autofree char *person = test_add_json (pair.partner, "person",
                                           "{\"identity.name\": \"Daw Khin Hla\"}", FALSE);
  g_autofree char *event = test_add_json (pair.partner, "event", "{\"title\": \"Raid\"}", FALSE);
  const char *const recipients[] = { "Stranger", NULL };
  const char *const records[] = { person, event, NULL };
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (json_t) without = parse ("{\"identity.name\": \"Daw Khin Hla\"}");
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  test_add_media (pair.partner, person, "face.jpg", face, sizeof face);
  test_add_media (pair.partner, event, "scene.jpg", face, sizeof face);
  test_finish (pair.partner, person, NULL);
  test_finish (pair.partner, event, NULL);
  record = load (person);
  g_assert_true (sak_vault_save_draft (pair.partner, person, record->base_revision, without, &error));
  test_finish (pair.partner, person, "The photo is kept elsewhere.");
  plan = sak_export_plan_new (pair.partner, recipients, records, &error);
  g_assert_no_error (error);
  g_assert_cmpint (judge (plan, person), ==, SAK_PLAN_LEAVES_UNNAMED);
  for (guint i = 0; i < plan->items->len; i++)
    {
      SakPlanItem *item = g_ptr_array_index (plan->items, i);

      if (g_str_equal (item->record_id, event) || g_str_equal (item->record_id, person))
        g_assert_cmpuint (item->media->len, ==, 0);
    }
}

/* Whose word it is not is not announced as an answer. */
static void
only_who_was_asked_answers (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *event = test_add_event (pair.desk, "Whose answer", TRUE);
  g_autofree char *came = test_bundle (&pair, pair.desk, "Harbour", event, "asked-about.age");
  g_autoptr (SakBundleReport) first = test_import (pair.partner, came);
  g_autofree char *id = sak_vault_ask (pair.partner, event, NULL, "Who knows?", FALSE, &error);
  g_autoptr (SakQuestion) question = sak_vault_load_question (pair.partner, id, &error);
  g_autofree char *forged = test_path (&pair, "forged-answer.age");
  g_autofree char *record = g_uuid_string_random ();
  g_autoptr (SakQuestion) after = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (json_t) answer = NULL;
  g_autofree char *own = NULL;
  HandBundle bundle;

  g_assert_no_error (error);
  own = sak_hex_encode (question->author_key, SAK_SIGN_PUBLIC_SIZE);
  answer = json_pack ("{s:s, s:s, s:s, s:s, s:s}", "to", own, "about", event, "question", question->revision_id,
                      "says", "text", "text", "I do.");
  hand_bundle_init (&bundle, pair.stranger, pair.partner);
  hand_bundle_add_revision (&bundle, record, SAK_KIND_ANSWER, NULL, answer);
  hand_bundle_write (&bundle, forged);
  hand_bundle_clear (&bundle);
  report = test_import (pair.partner, forged);
  g_assert_cmpuint (report->n_new_revisions, >=, 1);
  g_assert_cmpuint (report->n_answers, ==, 0);
  after = sak_vault_load_question (pair.partner, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (after->state, ==, SAK_QUESTION_OPEN);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  test_introduce (pair.stranger, pair.partner);
#define ADD(path, function) g_test_add_func ("/insider/" path, function)
  ADD ("another-s-version-does-not-loosen-consent", another_s_version_does_not_loosen_consent);
  ADD ("others-cannot-keep-a-record-from-being-changed",
       others_cannot_keep_a_record_from_being_changed);
  ADD ("a-record-does-not-push-another-aside", a_record_does_not_push_another_aside);
  ADD ("a-stream-s-id-can-be-taken-by-nobody", a_stream_s_id_can_be_taken_by_nobody);
  ADD ("a-wrong-size-of-a-photo-stops-nothing", a_wrong_size_of_a_photo_stops_nothing);
  ADD ("fields-of-any-shape-are-borne", fields_of_any_shape_are_borne);
  ADD ("a-plan-that-is-no-longer-true-makes-no-bundle",
       a_plan_that_is_no_longer_true_makes_no_bundle);
  ADD ("only-who-was-asked-answers", only_who_was_asked_answers);
  ADD ("a-file-taken-out-of-a-record-stays-withheld", a_file_taken_out_of_a_record_stays_withheld);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
