/* test-plan.c - what leaves, what leaves in part, what stays
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-zawgyi.h"
#include "storage/sak-media.h"
#include "tests/headless/sak-test-pair.h"

#define STATEMENT "\"title\": \"At the pier\", \"statement\": \"I saw it.\""

static TestPair pair;

static SakExportPlan *
make_plan (const char *record_id)
{
  static const char *const recipients[] = { "Desk", NULL };
  const char *const records[] = { record_id, NULL };
  g_autoptr (GError) error = NULL;
  SakExportPlan *plan = sak_export_plan_new (pair.partner, recipients, records, &error);

  g_assert_no_error (error);
  return plan;
}

static char *
add_testimony (const char *consent)
{
  g_autofree char *json = g_strdup_printf ("{" STATEMENT ", \"identity.interviewer\": \"Ma Mya\","
                                           " \"consent\": %s}", consent);
  char *id = test_add_json (pair.partner, "testimony", json, FALSE);

  test_add_media (pair.partner, id, "voice.ogg", id, strlen (id));
  test_finish (pair.partner, id, NULL);
  return id;
}

static char *
add_person (const char *consent)
{
  g_autofree char *json = g_strdup_printf ("{\"identity.name\": \"Daw Khin Hla\","
                                           " \"known_as\": \"Witness A\"%s%s}",
                                           consent != NULL ? ", \"consent\": " : "",
                                           consent != NULL ? consent : "");
  char *id = test_add_json (pair.partner, "person", json, FALSE);

  test_add_media (pair.partner, id, "face.jpg", id, strlen (id));
  test_finish (pair.partner, id, NULL);
  return id;
}

static void
assert_verdict (const char     *record_id,
                SakPlanVerdict  verdict,
                guint           n_media)
{
  g_autoptr (SakExportPlan) plan = make_plan (record_id);
  SakPlanItem *item;

  g_assert_cmpuint (plan->items->len, ==, 1);
  item = g_ptr_array_index (plan->items, 0);
  g_assert_cmpint (item->verdict, ==, verdict);
  g_assert_cmpuint (item->media->len, ==, n_media);
  g_assert_cmpuint (item->n_media_withheld, ==, 1 - n_media);
  g_assert_cmpuint (plan->n_leaving, ==, sak_plan_item_leaves (item) ? 1 : 0);
  g_assert_cmpuint (plan->n_staying, ==, sak_plan_item_leaves (item) ? 0 : 1);
  if (n_media == 0)
    g_assert_cmpuint (plan->media_bytes, ==, 0);
}

static void
a_testimony_leaves_as_its_consent_says (void)
{
  static const struct
  {
    const char *consent;
    SakPlanVerdict verdict;
    guint n_media;
  } cases[] = {
    { "{\"share\": \"named\"}", SAK_PLAN_LEAVES, 1 },
    { "{\"share\": \"unnamed\"}", SAK_PLAN_LEAVES_UNNAMED, 0 },
    { "{\"share\": \"no\"}", SAK_PLAN_STAYS_REFUSED, 0 },
    { "{\"share\": \"not-asked\"}", SAK_PLAN_STAYS_NOT_ASKED, 0 },
    { "{\"quote\": \"named\", \"court\": \"named\"}", SAK_PLAN_STAYS_NOT_ASKED, 0 },
    { "{\"share\": \"named\", \"withdrawn\": \"2020-01-01\"}", SAK_PLAN_STAYS_WITHDRAWN, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = add_testimony (cases[i].consent);

      assert_verdict (id, cases[i].verdict, cases[i].n_media);
    }
}

static void
a_person_who_was_not_asked_leaves_unnamed (void)
{
  g_autofree char *not_asked = add_person (NULL);
  g_autofree char *unnamed = add_person ("{\"share\": \"unnamed\"}");
  g_autofree char *named = add_person ("{\"share\": \"named\"}");
  g_autofree char *refused = add_person ("{\"share\": \"no\"}");
  g_autofree char *withdrawn = add_person ("{\"share\": \"named\", \"withdrawn\": \"2021\"}");

  assert_verdict (not_asked, SAK_PLAN_LEAVES_UNNAMED, 0);
  assert_verdict (unnamed, SAK_PLAN_LEAVES_UNNAMED, 0);
  assert_verdict (named, SAK_PLAN_LEAVES, 1);
  assert_verdict (refused, SAK_PLAN_STAYS_REFUSED, 0);
  assert_verdict (withdrawn, SAK_PLAN_STAYS_WITHDRAWN, 0);
}

static void
what_identifies_is_withheld (void)
{
  g_autofree char *id = add_person (NULL);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  SakPlanItem *item = g_ptr_array_index (plan->items, 0);
  guint n_media_fields = 0;
  GHashTableIter iter;
  gpointer path;

  g_assert_true (g_hash_table_contains (item->withheld, "identity.name"));
  g_assert_false (g_hash_table_contains (item->withheld, "known_as"));
  g_hash_table_iter_init (&iter, item->withheld);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    n_media_fields += g_str_has_prefix (path, "media/") ? 1 : 0;
  g_assert_cmpuint (n_media_fields, ==, 1);
  g_assert_null (item->name);
}

/* Older values say who was present, in the consent itself. */
static void
a_consent_that_names_others_is_withheld_with_the_names (void)
{
  static const struct { const char *consent; gboolean is_withheld; } cases[] = {
    { "{\"share\": \"unnamed\", \"present\": \"her sister Mi Chan\"}", TRUE },
    { "{\"share\": \"unnamed\", \"interpreter\": \"Naw Paw\"}", TRUE },
    { "{\"share\": \"unnamed\", \"interpreter\": \"yes\"}", FALSE },
    { "{\"share\": \"named\", \"present\": \"her sister Mi Chan\"}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = add_testimony (cases[i].consent);
      g_autoptr (SakExportPlan) plan = make_plan (id);
      SakPlanItem *item = g_ptr_array_index (plan->items, 0);

      g_assert_cmpint (g_hash_table_contains (item->withheld, "consent"), ==, cases[i].is_withheld);
    }
}

static void
the_name_and_place_that_leave_are_told (void)
{
  g_autofree char *person = add_person ("{\"share\": \"named\"}");
  g_autofree char *event = test_add_json (pair.partner, "event", "{\"title\": \"Raid\","
                                          " \"place\": {\"name\": \"Ranong\"}}", TRUE);
  g_autoptr (SakExportPlan) person_plan = make_plan (person);
  g_autoptr (SakExportPlan) event_plan = make_plan (event);
  SakPlanItem *person_item = g_ptr_array_index (person_plan->items, 0);
  SakPlanItem *event_item = g_ptr_array_index (event_plan->items, 0);

  g_assert_cmpstr (person_item->name, ==, "Daw Khin Hla");
  g_assert_cmpstr (event_item->place, ==, "Ranong");
  g_assert_cmpstr (event_item->title, ==, "Raid");
  g_assert_cmpint (event_item->verdict, ==, SAK_PLAN_LEAVES);
}

/* One content, attached to a testimony that stays and to an incident that leaves. */
static void
what_one_record_withholds_does_not_leave_by_another (void)
{
  static const char *const recipients[] = { "Desk", NULL };
  g_autofree char *testimony = test_add_json (pair.partner, "testimony",
                                              "{" STATEMENT ", \"consent\": {\"share\": \"no\"}}", FALSE);
  g_autofree char *event = test_add_event (pair.partner, "Raid", FALSE);
  const char *const records[] = { event, testimony, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = NULL;

  test_add_media (pair.partner, testimony, "a.jpg", "one face", 8);
  test_add_media (pair.partner, event, "b.jpg", "one face", 8);
  test_finish (pair.partner, testimony, NULL);
  test_finish (pair.partner, event, NULL);
  plan = sak_export_plan_new (pair.partner, recipients, records, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->items->len, ==, 2);
  g_assert_cmpuint (plan->n_leaving, ==, 1);
  g_assert_cmpuint (plan->media_bytes, ==, 0);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (((SakPlanItem *) g_ptr_array_index (plan->items, i))->media->len, ==, 0);
}

/* The one file of a record, with these notes on it. */
static void
describe_file (const char *record_id,
               const char *notes_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) media = sak_vault_list_media (pair.partner, record_id, &error);
  g_autoptr (json_t) notes = sak_json_parse (notes_json, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (media->len, ==, 1);
  g_assert_true (sak_vault_describe_media (pair.partner, record_id, ((SakMediaInfo *) media->pdata[0])->id, notes,
                                           &error));
  g_assert_no_error (error);
}

/* In incidents nobody is asked for consent; what is noted on the file itself counts. */
static void
what_is_noted_on_a_file_decides_whether_it_leaves (void)
{
  g_autofree char *agrees = add_person ("{\"share\": \"named\"}");
  g_autofree char *unnamed = add_person ("{\"share\": \"unnamed\"}");
  g_autofree char *refuses = add_person ("{\"share\": \"no\"}");
  g_autofree char *by_agreeing = g_strdup_printf ("{\"persons\": [\"%s\"]}", agrees);
  g_autofree char *by_unnamed = g_strdup_printf ("{\"persons\": [\"%s\", \"%s\"]}", agrees, unnamed);
  g_autofree char *by_refusing = g_strdup_printf ("{\"persons\": [\"%s\"]}", refuses);
  const struct { const char *notes; guint n_media; } cases[] = {
    { "{\"caption\": \"the pier\"}", 1 }, { "{\"consent\": \"yes\"}", 1 }, { "{\"consent\": \"no\"}", 0 },
    { by_agreeing, 1 }, { by_unnamed, 0 }, { by_refusing, 0 },
    { "{\"persons\": [\"00000000-0000-4000-8000-000000000001\"]}", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *event = test_add_event (pair.partner, "Raid", FALSE);

      test_add_media (pair.partner, event, "crowd.jpg", event, strlen (event));
      describe_file (event, cases[i].notes);
      test_finish (pair.partner, event, NULL);
      g_test_message ("%s", cases[i].notes);
      assert_verdict (event, SAK_PLAN_LEAVES, cases[i].n_media);
    }
}

/* … also where another record has the same content, and there nobody noted anything. */
static void
a_no_noted_in_one_record_holds_in_all (void)
{
  g_autofree char *noted = test_add_event (pair.partner, "Raid", FALSE);
  g_autofree char *sent = test_add_event (pair.partner, "Another raid", FALSE);

  test_add_media (pair.partner, noted, "a.jpg", "a crowd of faces", 16);
  test_add_media (pair.partner, sent, "b.jpg", "a crowd of faces", 16);
  test_finish (pair.partner, sent, NULL);
  assert_verdict (sent, SAK_PLAN_LEAVES, 1);
  describe_file (noted, "{\"consent\": \"no\"}");
  assert_verdict (sent, SAK_PLAN_LEAVES, 0);
}

/* … nor does it where only the other record is sent, and not even while the refusal is a draft. */
static void
what_a_record_outside_the_plan_withholds_stays (void)
{
  static const char *const recipients[] = { "Desk", NULL };
  g_autofree char *testimony = test_add_json (pair.partner, "testimony",
                                              "{" STATEMENT ", \"consent\": {\"share\": \"no\"}}", FALSE);
  g_autofree char *event = test_add_event (pair.partner, "Raid on the pier", FALSE);
  const char *const records[] = { event, NULL };

  test_add_media (pair.partner, testimony, "a.jpg", "another face", 12);
  test_add_media (pair.partner, event, "b.jpg", "another face", 12);
  test_finish (pair.partner, event, NULL);
  for (int round = 0; round < 2; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair.partner, recipients, records, &error);
      SakPlanItem *item;

      g_assert_no_error (error);
      g_assert_cmpuint (plan->items->len, ==, 1);
      item = g_ptr_array_index (plan->items, 0);
      g_assert_cmpint (item->verdict, ==, SAK_PLAN_LEAVES);
      g_assert_cmpuint (item->media->len, ==, 0);
      g_assert_cmpuint (item->n_media_withheld, ==, 1);
      if (round == 0)
        test_finish (pair.partner, testimony, NULL);
    }
}

/* Earlier versions go under the verdict of the latest, with what they had. */
static void
a_change_of_consent_governs_the_whole_history (void)
{
  g_autofree char *id = add_person ("{\"share\": \"named\"}");
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakRevision) first = NULL;
  g_autoptr (GHashTable) withheld = NULL;
  g_autoptr (json_t) fields = NULL;
  g_autoptr (GError) error = NULL;
  SakPlanItem *item;
  gboolean saved;

  record = sak_vault_load_record (pair.partner, id, &error);
  g_assert_no_error (error);
  fields = json_deep_copy (record->fields);
  json_object_set_new (fields, "consent", json_pack ("{s:s}", "share", "unnamed"));
  json_object_del (fields, "identity.name");
  saved = sak_vault_save_draft (pair.partner, id, record->base_revision, fields, &error);
  g_assert_no_error (error);
  g_assert_true (saved);
  test_finish (pair.partner, id, "Asked again");
  plan = make_plan (id);
  item = g_ptr_array_index (plan->items, 0);
  g_assert_cmpint (item->verdict, ==, SAK_PLAN_LEAVES_UNNAMED);
  g_assert_cmpuint (item->revision_ids->len, ==, 2);
  first = sak_vault_load_revision (pair.partner, g_ptr_array_index (item->revision_ids, 0), &error);
  g_assert_no_error (error);
  withheld = sak_plan_item_withhold (item, first);
  g_assert_true (g_hash_table_contains (withheld, "identity.name"));
}

static void
what_was_never_finished_cannot_leave (void)
{
  static const char *const recipients[] = { "Desk", NULL };
  g_autofree char *id = test_add_event (pair.partner, "A draft", FALSE);
  const char *const records[] = { id, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair.partner, recipients, records, &error);

  g_assert_null (plan);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

static void
recipients_who_may_not_have_it_are_refused (void)
{
  static const char *const nobody[] = { NULL };
  static const char *const unknown[] = { "Nobody", NULL };
  static const char *const desk[] = { "Desk", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair.partner, nobody, NULL, &error);

  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (sak_export_plan_new (pair.partner, unknown, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (sak_vault_set_trust (pair.partner, "Desk", SAK_TRUST_REVOKED, &error));
  g_assert_null (sak_export_plan_new (pair.partner, desk, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_true (sak_vault_set_trust (pair.partner, "Desk", SAK_TRUST_SEEN, &error));
}

/* A version that was sent goes again with its own files, not with those of a later version
 * that stays here until it is chosen.
 */
static void
what_goes_again_takes_no_later_files_along (void)
{
  g_autofree char *earlier_id = test_add_event (pair.partner, "Sent without a photo", TRUE);
  g_autofree char *first = test_bundle (&pair, pair.partner, "Desk", earlier_id, "without-photo.age");
  g_autofree char *chosen_id = test_add_event (pair.partner, "Chosen", TRUE);
  g_autofree char *later = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "a later face", 12);
  g_autofree char *second = NULL;

  test_add_media (pair.partner, earlier_id, "later.jpg", "a later face", 12);
  test_finish (pair.partner, earlier_id, "With a photo.");
  second = test_bundle (&pair, pair.partner, "Desk", chosen_id, "chosen-later.age");
  sak_bundle_report_free (test_import (pair.desk, second));
  g_assert_true (sak_vault_has_media (pair.partner, later));
  g_assert_false (sak_vault_has_media (pair.desk, later));
}

/* It tells what its field tells, which may be withheld. */
static void
what_was_typed_before_a_conversion_stays (void)
{
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"Raid\"}", FALSE);
  g_autoptr (SakExportPlan) plan = NULL;
  SakPlanItem *item;

  test_add_media (pair.partner, id, "pier.jpg", "pier", 4);
  test_add_media (pair.partner, id, SAK_ZAWGYI_FILE, "{}", 2);
  test_finish (pair.partner, id, NULL);
  plan = make_plan (id);
  item = g_ptr_array_index (plan->items, 0);
  g_assert_cmpint (item->verdict, ==, SAK_PLAN_LEAVES);
  g_assert_cmpuint (item->media->len, ==, 1);
  g_assert_cmpuint (item->n_media_withheld, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
#define ADD(path, function) g_test_add_func ("/plan/" path, function)
  ADD ("a-testimony-leaves-as-its-consent-says", a_testimony_leaves_as_its_consent_says);
  ADD ("what-was-typed-before-a-conversion-stays", what_was_typed_before_a_conversion_stays);
  ADD ("a-person-who-was-not-asked-leaves-unnamed", a_person_who_was_not_asked_leaves_unnamed);
  ADD ("what-identifies-is-withheld", what_identifies_is_withheld);
  ADD ("a-consent-that-names-others-is-withheld-with-the-names",
       a_consent_that_names_others_is_withheld_with_the_names);
  ADD ("the-name-and-place-that-leave-are-told", the_name_and_place_that_leave_are_told);
  ADD ("what-one-record-withholds-does-not-leave-by-another",
       what_one_record_withholds_does_not_leave_by_another);
  ADD ("what-is-noted-on-a-file-decides-whether-it-leaves", what_is_noted_on_a_file_decides_whether_it_leaves);
  ADD ("a-no-noted-in-one-record-holds-in-all", a_no_noted_in_one_record_holds_in_all);
  ADD ("what-a-record-outside-the-plan-withholds-stays", what_a_record_outside_the_plan_withholds_stays);
  ADD ("a-change-of-consent-governs-the-whole-history",
       a_change_of_consent_governs_the_whole_history);
  ADD ("what-goes-again-takes-no-later-files-along", what_goes_again_takes_no_later_files_along);
  ADD ("what-was-never-finished-cannot-leave", what_was_never_finished_cannot_leave);
  ADD ("recipients-who-may-not-have-it-are-refused", recipients_who_may_not_have_it_are_refused);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
