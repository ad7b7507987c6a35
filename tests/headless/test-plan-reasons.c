/* test-plan-reasons.c - for whom, how far, and why not: each thing that stays has its reason
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/sak-search.h"
#include "tests/headless/sak-test-pair.h"

#define ACCOUNT "\"title\": \"At the pier\", \"statement\": \"I saw it.\", \"identity.interviewer\": \"Ma Mya\""

static TestPair pair;

static SakExportPlan *
make_plan_for (const char *const *recipients,
               const char        *record_id)
{
  const char *const records[] = { record_id, NULL };
  g_autoptr (GError) error = NULL;
  SakExportPlan *plan = sak_export_plan_new (pair.partner, recipients, records, &error);

  g_assert_no_error (error);
  return plan;
}

static SakExportPlan *
make_plan (const char *record_id)
{
  static const char *const recipients[] = { "Desk", NULL };

  return make_plan_for (recipients, record_id);
}

static void
set_role (const char *role)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_set_contact_role (pair.partner, "Desk", role, &error));
  g_assert_no_error (error);
}

static void
assert_verdict (const char     *kind,
                const char     *consent,
                SakPlanVerdict  verdict)
{
  g_autofree char *json = g_strdup_printf ("{%s, \"consent\": %s}", g_str_equal (kind, "person")
                                           ? "\"identity.name\": \"Daw Khin Hla\", \"known_as\": \"A\"" : ACCOUNT,
                                           consent);
  g_autofree char *id = test_add_json (pair.partner, kind, json, TRUE);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  SakPlanItem *item = g_ptr_array_index (plan->items, 0);

  g_assert_cmpstr (sak_plan_verdict_to_code (item->verdict), ==, sak_plan_verdict_to_code (verdict));
  g_assert_cmpint (sak_plan_item_leaves (item), ==, plan->n_leaving == 1);
}

/* What was sent before and not confirmed goes again, before what is asked for. */
static SakPlanItem *
get_item (SakExportPlan *plan)
{
  return g_ptr_array_index (plan->items, plan->items->len - 1);
}

static SakPlanKeep
get_keep (SakExportPlan *plan,
          const char    *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (get_item (plan)->withheld, path));
}

static void
each_recipient_needs_its_own_yes (void)
{
  static const char lawyers[] = "{\"share\": \"no\", \"matrix\": [{\"purpose\": \"share\", \"recipient\": \"lawyers\","
                                " \"identity\": \"named\"}]}";
  static const char press[] = "{\"share\": \"named\", \"matrix\": [{\"purpose\": \"media\", \"recipient\":"
                              " \"journalists\", \"identity\": \"pseudonym\"}]}";

  assert_verdict ("testimony", lawyers, SAK_PLAN_STAYS_REFUSED);
  assert_verdict ("testimony", press, SAK_PLAN_LEAVES);
  set_role ("lawyers");
  assert_verdict ("testimony", lawyers, SAK_PLAN_LEAVES);
  assert_verdict ("testimony", press, SAK_PLAN_STAYS_NOT_ASKED);
  set_role ("journalists");
  assert_verdict ("testimony", lawyers, SAK_PLAN_STAYS_NOT_ASKED);
  assert_verdict ("testimony", press, SAK_PLAN_LEAVES_UNNAMED);
  assert_verdict ("testimony", "{\"share\": \"named\", \"matrix\": [{\"purpose\": \"media\", \"recipient\":"
                  " \"journalists\", \"identity\": \"named\"}, {\"purpose\": \"share\", \"recipient\": \"journalists\","
                  " \"identity\": \"no\"}]}", SAK_PLAN_STAYS_REFUSED);
  set_role ("un");
  assert_verdict ("testimony", "{\"court\": \"named\"}", SAK_PLAN_LEAVES);
  assert_verdict ("testimony", "{\"share\": \"named\"}", SAK_PLAN_STAYS_NOT_ASKED);
  set_role ("secretariat");
}

static void
a_named_contact_can_be_refused_or_allowed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) desk = sak_vault_find_contact (pair.partner, "Desk", &error);
  g_autofree char *key = sak_hex_encode (desk->signing_key, sizeof desk->signing_key);
  g_autofree char *refused = g_strdup_printf ("{\"share\": \"named\", \"matrix\": [{\"purpose\": \"any\","
                                              " \"recipient\": \"key:%s\", \"identity\": \"no\"}]}", key);
  g_autofree char *allowed = g_strdup_printf ("{\"matrix\": [{\"purpose\": \"share\","
                                              " \"recipient\": \"key:%s\", \"identity\": \"pseudonym\"}]}", key);

  g_assert_no_error (error);
  assert_verdict ("testimony", refused, SAK_PLAN_STAYS_REFUSED);
  assert_verdict ("testimony", allowed, SAK_PLAN_LEAVES_UNNAMED);
}

static void
what_a_contact_cannot_be_is_refused (void)
{
  static const char *const roles[] = { "public", "anyone", "friends", "",
    "key:0000000000000000000000000000000000000000000000000000000000000000" };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (sak_vault_set_contact_role (pair.partner, "Desk", roles[i], &error));
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

static void
each_end_of_consent_is_told_apart (void)
{
  assert_verdict ("testimony", "{\"share\": \"named\", \"expires\": \"2020-01-01\"}", SAK_PLAN_STAYS_EXPIRED);
  assert_verdict ("person", "{\"share\": \"named\", \"expires\": \"2020-01-01\"}", SAK_PLAN_STAYS_EXPIRED);
  assert_verdict ("testimony", "{\"share\": \"named\", \"given\": \"9000\"}", SAK_PLAN_STAYS_CLOCK);
  assert_verdict ("testimony", "{\"share\": \"named\", \"guardian\": \"refused\"}", SAK_PLAN_STAYS_GUARDIAN);
  assert_verdict ("person", "{\"guardian\": \"not-asked\"}", SAK_PLAN_STAYS_GUARDIAN);
  assert_verdict ("testimony", "{\"share\": \"named\", \"withdrawn\": \"9000\"}", SAK_PLAN_STAYS_WITHDRAWN);
}

static void
without_the_name_can_mean_without_the_pseudonym (void)
{
  g_autofree char *id = test_add_json (pair.partner, "person",
                                       "{\"identity.name\": \"Daw Khin Hla\", \"known_as\": \"A\", \"consent\":"
                                       " {\"matrix\": [{\"purpose\": \"share\", \"recipient\": \"secretariat\","
                                       " \"identity\": \"none\", \"conditions\": \"not in our province\"}]}}", TRUE);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  SakPlanItem *item = g_ptr_array_index (plan->items, 0);

  g_assert_cmpint (item->verdict, ==, SAK_PLAN_LEAVES_ANONYMOUS);
  g_assert_cmpint (get_keep (plan, "known_as"), ==, SAK_PLAN_KEEP_PSEUDONYM);
  g_assert_cmpint (get_keep (plan, "identity.name"), ==, SAK_PLAN_KEEP_IDENTITY);
  g_assert_cmpint (get_keep (plan, "consent"), ==, 0);
  g_assert_cmpstr (item->conditions, ==, "not in our province");
}

static void
save (const char *id,
      const char *path,
      const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.partner, id, &error);
  g_autoptr (json_t) fields = json_copy (record->fields);

  g_assert_no_error (error);
  json_object_set_new (fields, path, sak_json_parse (json, -1, &error));
  g_assert_no_error (error);
  g_assert_true (sak_vault_save_draft (pair.partner, id, record->base_revision, fields, &error));
}

/* Written down and not finished is a refusal all the same; a yes is none until it is finished. */
static void
a_refusal_in_a_draft_counts (void)
{
  g_autofree char *id = test_add_json (pair.partner, "testimony", "{" ACCOUNT ", \"consent\": {\"share\": \"named\"}}",
                                       TRUE);
  g_autoptr (SakExportPlan) before = make_plan (id);
  g_autoptr (SakExportPlan) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_export_plan_check (before, pair.partner, &error));
  save (id, "consent", "{\"share\": \"named\", \"withdrawn\": \"2026-11-21\"}");
  after = make_plan (id);
  g_assert_cmpint (((SakPlanItem *) after->items->pdata[0])->verdict, ==, SAK_PLAN_STAYS_WITHDRAWN);
  g_assert_false (sak_export_plan_check (before, pair.partner, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
}

static char *
add_event_about (const char *person,
                 const char *note)
{
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Raid\", \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\":"
                                           " {\"role\": \"victim\", \"to\": \"%s\"%s%s%s}}", person,
                                           note != NULL ? ", \"note\": \"" : "", note != NULL ? note : "",
                                           note != NULL ? "\"" : "");

  return test_add_json (pair.partner, "event", json, TRUE);
}

/* Who says nothing of me is to be told is not told of in the row of an incident either, nor by a bare
 * link. The bare link to who was not asked yet leaves.
 */
static void
a_row_about_somebody_who_refused_stays (void)
{
  static const char link[] = "links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55";
  g_autofree char *refusing = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Khin Hla\","
                                             " \"consent\": {\"share\": \"no\"}}", TRUE);
  g_autofree char *silent = test_add_json (pair.partner, "person", "{\"identity.name\": \"Ko Naing\"}", TRUE);
  g_autofree char *told = add_event_about (refusing, "beaten in the yard");
  g_autofree char *bare = add_event_about (refusing, NULL);
  g_autofree char *other = add_event_about (silent, "beaten in the yard");
  g_autoptr (SakExportPlan) told_plan = make_plan (told);
  g_autoptr (SakExportPlan) bare_plan = make_plan (bare);
  g_autofree char *bare_other = add_event_about (silent, NULL);
  g_autoptr (SakExportPlan) bare_other_plan = make_plan (bare_other);
  g_autoptr (SakExportPlan) other_plan = make_plan (other);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (get_keep (told_plan, link), ==, SAK_PLAN_KEEP_PERSON);
  g_assert_cmpint (get_keep (told_plan, "title"), ==, 0);
  g_assert_cmpint (get_keep (bare_plan, link), ==, SAK_PLAN_KEEP_PERSON);
  g_assert_cmpint (get_keep (bare_other_plan, link), ==, 0);
  g_assert_cmpint (get_keep (other_plan, link), ==, 0);
  save (silent, "consent", "{\"share\": \"no\"}");
  g_assert_false (sak_export_plan_check (other_plan, pair.partner, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_false (sak_export_plan_check (bare_other_plan, pair.partner, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
}

static void
each_file_that_stays_has_its_reason (void)
{
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"Ko Naing\"}", FALSE);
  g_autofree char *event = test_add_event (pair.partner, "Raid", FALSE);
  g_autoptr (SakExportPlan) person_plan = NULL;
  g_autoptr (SakExportPlan) event_plan = NULL;
  SakPlanKeptFile *kept;

  test_add_media (pair.partner, person, "face.jpg", "one face", 8);
  test_add_media (pair.partner, event, "crowd.jpg", "one face", 8);
  test_finish (pair.partner, person, NULL);
  test_finish (pair.partner, event, NULL);
  person_plan = make_plan (person);
  event_plan = make_plan (event);
  kept = ((SakPlanItem *) person_plan->items->pdata[0])->kept_files->pdata[0];
  g_assert_cmpint (kept->keep, ==, SAK_PLAN_KEEP_MEDIA);
  g_assert_cmpstr (kept->info->name, ==, "face.jpg");
  kept = ((SakPlanItem *) event_plan->items->pdata[0])->kept_files->pdata[0];
  g_assert_cmpint (kept->keep, ==, SAK_PLAN_KEEP_OTHER_RECORD);
}

static gboolean
is_copy_warned_of (const char *consent)
{
  g_autofree char *json = g_strdup_printf ("{" ACCOUNT ", \"consent\": %s}", consent);
  g_autofree char *id = test_add_json (pair.partner, "testimony", json, FALSE);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  g_autoptr (GError) error = NULL;
  gboolean is_withheld = FALSE;

  test_add_media (pair.partner, id, "voice.ogg", id, strlen (id));
  g_assert_true (sak_export_plan_find_media_consent (pair.partner, sha256, &is_withheld, &error));
  g_assert_no_error (error);
  return is_withheld;
}

static void
a_copy_of_a_withheld_file_is_warned_of (void)
{
  g_assert_false (is_copy_warned_of ("{\"share\": \"named\"}"));
  g_assert_true (is_copy_warned_of ("{\"share\": \"unnamed\"}"));
  g_assert_true (is_copy_warned_of ("{\"share\": \"named\", \"withdrawn\": \"9000\"}"));
  g_assert_true (is_copy_warned_of ("{}"));
}

/* Places */

#define VILLAGE "{\"name\": \"Ban Dam\", \"type\": \"village\", \"precision\": \"village\", \"country\": \"TH\"," \
  " \"region\": \"Tak\", \"region_code\": \"TH-63\"}"

static char *
add_place_limit (const char *level)
{
  g_autofree char *json = g_strdup_printf ("{\"identity.name\": \"Naw Paw\", \"consent\": {\"share\": \"named\","
                                           " \"place\": \"%s\"}}", level);

  return test_add_json (pair.partner, "person", json, TRUE);
}

static char *
add_event_at (const char *place,
              const char *victim)
{
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Raid\", \"date\": \"2019\", \"place\": %s,"
                                           " \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"role\": \"victim\","
                                           " \"to\": \"%s\"}}", place, victim);

  return test_add_json (pair.partner, "event", json, TRUE);
}

/* What was sent before comes again with every plan. */
static SakPlanItem *
find_item (SakExportPlan *plan,
           const char    *id)
{
  for (guint i = 0; i < plan->items->len; i++)
    if (g_str_equal (((SakPlanItem *) plan->items->pdata[i])->record_id, id))
      return plan->items->pdata[i];
  g_assert_not_reached ();
}

/* The village stays, and what leaves of the place is what its author signed. */
static void
a_place_leaves_as_exactly_as_allowed (void)
{
  g_autofree char *person = add_place_limit ("province");
  g_autofree char *id = add_event_at (VILLAGE, person);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  SakPlanItem *item = find_item (plan, id);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakRecord) arrived = NULL;
  g_autoptr (SakSearch) search = sak_search_new ("tak");
  g_autoptr (SakSearchResult) found = NULL;
  g_autoptr (SakSearchResult) not_found = NULL;

  g_assert_cmpint (item->place_level, ==, SAK_PLACE_PROVINCE);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (item->withheld, "place")), ==, SAK_PLAN_KEEP_PLACE);
  g_assert_false (g_hash_table_contains (item->withheld, "place.at.province"));
  g_assert_cmpstr (sak_plan_keep_to_code (SAK_PLAN_KEEP_PLACE), ==, "place");
  g_assert_cmpstr (item->place, ==, "Tak");
  path = test_bundle (&pair, pair.partner, "Desk", id, "coarse.age");
  report = test_import (pair.desk, path);
  arrived = sak_vault_load_record (pair.desk, id, &error);
  g_assert_no_error (error);
  g_assert_null (json_object_get (arrived->fields, "place"));
  g_assert_cmpstr (sak_json_get_text (json_object_get (arrived->fields, "place.at.province"), "name"), ==, "Tak");
  found = sak_vault_search (pair.desk, search, NULL, &error);
  g_assert_cmpuint (found->found->len, ==, 1);
  g_assert_cmpstr (((SakSearchFound *) found->found->pdata[0])->row->place, ==, "Tak");
  g_free (search->text);
  search->text = g_strdup ("ban dam");
  not_found = sak_vault_search (pair.desk, search, NULL, &error);
  g_assert_cmpuint (not_found->found->len, ==, 0);
}

static void
without_a_limit_the_place_leaves (void)
{
  g_autofree char *silent = add_place_limit ("not-asked");
  g_autofree char *coarse = add_place_limit ("country");
  g_autofree char *whole = add_event_at (VILLAGE, silent);
  g_autofree char *rough = add_event_at ("{\"name\": \"Thailand\", \"country\": \"TH\", \"precision\": \"country\"}",
                                         coarse);
  g_autoptr (SakExportPlan) whole_plan = make_plan (whole);
  g_autoptr (SakExportPlan) rough_plan = make_plan (rough);

  g_assert_cmpint (get_keep (whole_plan, "place"), ==, 0);
  g_assert_cmpstr (((SakPlanItem *) whole_plan->items->pdata[0])->place, ==, "Ban Dam");
  g_assert_cmpint (get_keep (rough_plan, "place"), ==, 0);
}

/* Of a testimony about the incident, too; and one that was written down and not finished. */
static void
a_limit_that_comes_later_stops_the_plan (void)
{
  g_autofree char *person = add_place_limit ("");
  g_autofree char *id = add_event_at (VILLAGE, person);
  g_autofree char *json = g_strdup_printf ("{" ACCOUNT ", \"consent\": {\"share\": \"named\"},"
                                           " \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\": {\"role\": \"about\","
                                           " \"to\": \"%s\"}}", id);
  g_autofree char *testimony = test_add_json (pair.partner, "testimony", json, TRUE);
  g_autoptr (SakExportPlan) before = make_plan (id);
  g_autoptr (SakExportPlan) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_export_plan_check (before, pair.partner, &error));
  save (testimony, "consent", "{\"share\": \"named\", \"place\": \"country\"}");
  g_assert_false (sak_export_plan_check (before, pair.partner, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  after = make_plan (id);
  g_assert_cmpint (get_keep (after, "place.at.province"), ==, SAK_PLAN_KEEP_PLACE);
  g_assert_cmpint (get_keep (after, "place.at.country"), ==, 0);
  g_assert_cmpstr (((SakPlanItem *) after->items->pdata[0])->place, ==, "Thailand");
}

/* Who writes cannot say by hand what is coarser, nor does an edit carry old ones along. */
static void
coarser_places_follow_from_the_place_alone (void)
{
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"Raid\", \"place\": " VILLAGE ","
                                       " \"place.at.country\": {\"name\": \"Atlantis\"}}", TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) first = sak_vault_load_record (pair.partner, id, &error);
  g_autoptr (SakRecord) second = NULL;

  g_assert_cmpstr (sak_json_get_text (json_object_get (first->fields, "place.at.country"), "name"), ==, "Thailand");
  save (id, "place", "{\"name\": \"Laos\", \"country\": \"LA\", \"precision\": \"country\"}");
  test_finish (pair.partner, id, "moved");
  second = sak_vault_load_record (pair.partner, id, &error);
  g_assert_null (json_object_get (second->fields, "place.at.country"));
  g_assert_null (json_object_get (second->fields, "place.at.province"));
}

/* Names in texts */

static void
assert_bundle (SakExportPlan *plan,
               const char    *name,
               gboolean       is_made)
{
  g_autofree char *path = test_path (&pair, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = sak_bundle_create (pair.partner, plan, path, NULL, NULL, NULL, &error);

  if (is_made)
    g_assert_no_error (error);
  else
    g_assert_error (error, SAK_ERROR, SAK_ERROR_CONSENT);
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, is_made);
}

static void
choose (SakExportPlan *plan,
        const char    *path,
        SakChoice      choice)
{
  g_autoptr (GError) error = NULL;

  gboolean is_chosen = sak_export_plan_choose (plan, pair.partner, get_item (plan), path, choice, &error);

  g_assert_no_error (error);
  g_assert_true (is_chosen);
}

static const SakPlanHit *
find_hit (SakExportPlan *plan,
          const char    *path)
{
  SakPlanItem *item = g_ptr_array_index (plan->items, 0);

  for (guint i = 0; i < item->hits->len; i++)
    if (g_str_equal (((SakPlanHit *) item->hits->pdata[i])->path, path))
      return item->hits->pdata[i];
  return NULL;
}

/* The account of one person names another, who was promised not to be named. */
static void
a_name_in_an_account_waits_for_a_decision (void)
{
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Yin Yin Htay\","
                                           " \"identity.contact\": \"09 8765 43210\","
                                           " \"consent\": {\"share\": \"unnamed\"}}", TRUE);
  g_autofree char *id = test_add_json (pair.partner, "testimony", "{\"title\": \"At the mill\", \"statement\":"
                                       " \"Yin Yin Htay was beaten, ask her at 09-876-543210.\", \"consent\":"
                                       " {\"share\": \"named\"}}", TRUE);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  g_autoptr (SakExportPlan) kept = NULL;
  g_autoptr (SakExportPlan) sent = NULL;
  const SakPlanHit *hit = find_hit (plan, "statement");

  g_assert_cmpuint (plan->n_undecided, ==, 1);
  g_assert_nonnull (hit);
  g_assert_cmpstr (hit->words, ==, "Yin Yin Htay");
  g_assert_cmpstr (hit->person_id, ==, person);
  g_assert_cmpuint (((SakPlanItem *) plan->items->pdata[0])->hits->len, ==, 2);
  assert_bundle (plan, "undecided.age", FALSE);
  choose (plan, "statement", SAK_CHOICE_WITHHOLD);
  kept = make_plan (id);
  g_assert_cmpuint (kept->n_undecided, ==, 0);
  g_assert_cmpint (get_keep (kept, "statement"), ==, SAK_PLAN_KEEP_CHOSEN);
  choose (kept, "statement", SAK_CHOICE_KNOWINGLY);
  sent = make_plan (id);
  g_assert_cmpint (get_keep (sent, "statement"), ==, 0);
  assert_bundle (sent, "knowingly.age", TRUE);
}

/* Kept in Unicode, told in the font encoding from before it. */
static void
a_name_in_zawgyi_waits_for_a_decision (void)
{
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"ဦးအောင်ကျော်မိုး\","
                                           " \"consent\": {\"share\": \"no\"}}", TRUE);
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"At the horse pen\", \"narrative\":"
                                       " \"ျမင္းထဲမွာ ဦးေအာင္ေက်ာ္မိုး ေျပာတယ္\"}", TRUE);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  const SakPlanHit *hit = find_hit (plan, "narrative");

  g_assert_nonnull (hit);
  g_assert_cmpstr (hit->person_id, ==, person);
  g_assert_cmpuint (plan->n_undecided, ==, 1);
}

/* What nobody is named in can be kept here as well, also when its words change, and goes when that is taken back. */
static void
a_field_that_names_nobody_can_be_kept (void)
{
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"At the weir\", \"narrative\":"
                                       " \"They came by boat.\"}", TRUE);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  g_autoptr (SakExportPlan) kept = NULL;
  g_autoptr (SakExportPlan) sent = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sak_export_plan_choose (plan, pair.partner, plan->items->pdata[0], "date", SAK_CHOICE_WITHHOLD,
                                          &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  choose (plan, "narrative", SAK_CHOICE_WITHHOLD);
  save (id, "narrative", "\"They came by two boats.\"");
  test_finish (pair.partner, id, "Heard again.");
  kept = make_plan (id);
  g_assert_cmpint (get_keep (kept, "narrative"), ==, SAK_PLAN_KEEP_CHOSEN);
  g_assert_cmpint (get_keep (kept, "title"), ==, 0);
  choose (kept, "narrative", SAK_CHOICE_KNOWINGLY);
  sent = make_plan (id);
  g_assert_cmpint (get_keep (sent, "narrative"), ==, 0);
}

/* Whoever is in the bundle beside the one it was kept from. */
static void
what_is_kept_from_one_is_kept_from_all_together (void)
{
  static const char *const both[] = { "Desk", "Stranger", NULL };
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Thiri Swe\","
                                           " \"consent\": {\"share\": \"unnamed\"}}", TRUE);
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"At the lock\", \"number_affected\": 12,"
                                       " \"narrative\": \"Thiri Swe was taken.\"}", TRUE);
  static const char *const paths[] = { "narrative", "number_affected" };

  g_assert_nonnull (person);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (SakExportPlan) alone = make_plan (id);
      g_autoptr (SakExportPlan) together = NULL;
      g_autoptr (SakExportPlan) sent = NULL;
      g_autoptr (SakExportPlan) sent_alone = NULL;

      choose (alone, paths[i], SAK_CHOICE_WITHHOLD);
      together = make_plan_for (both, id);
      g_assert_cmpint (get_keep (together, paths[i]), ==, SAK_PLAN_KEEP_CHOSEN);
      /* Said of both, it takes back what was said of one. */
      choose (together, paths[i], SAK_CHOICE_KNOWINGLY);
      sent = make_plan_for (both, id);
      g_assert_cmpint (get_keep (sent, paths[i]), ==, 0);
      g_assert_cmpuint (sent->n_undecided, ==, 0);
      /* And kept from both it is kept from each. */
      choose (sent, paths[i], SAK_CHOICE_WITHHOLD);
      sent_alone = make_plan (id);
      g_assert_cmpint (get_keep (sent_alone, paths[i]), ==, SAK_PLAN_KEEP_CHOSEN);
    }
}

/* Without its row a file would be of no record, and the recipient would refuse it all. */
static void
who_keeps_what_is_said_of_a_file_keeps_the_file (void)
{
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"At the quay\"}", FALSE);
  g_autofree char *bundle = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakExportPlan) kept = NULL;
  g_autoptr (SakBundleReport) report = NULL;

  test_add_media (pair.partner, id, "quay.jpg", "the quay", 8);
  test_finish (pair.partner, id, NULL);
  plan = make_plan (id);
  path = g_strconcat ("media/", ((SakMediaInfo *) get_item (plan)->media->pdata[0])->id, NULL);
  choose (plan, path, SAK_CHOICE_WITHHOLD);
  kept = make_plan (id);
  g_assert_cmpint (get_keep (kept, path), ==, SAK_PLAN_KEEP_CHOSEN);
  g_assert_cmpuint (get_item (kept)->media->len, ==, 0);
  g_assert_cmpuint (get_item (kept)->n_media_withheld, ==, 1);
  g_assert_cmpuint (kept->media_bytes, ==, 0);
  bundle = test_bundle (&pair, pair.partner, "Desk", id, "no-quay.sakkhi");
  report = test_import (pair.desk, bundle);
  g_assert_cmpuint (report->n_new_revisions, >=, 1);
}

static void
a_kept_place_keeps_the_coarser_ones (void)
{
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"Raid\", \"place\": " VILLAGE "}", TRUE);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  g_autoptr (SakExportPlan) kept = NULL;
  GHashTableIter iter;
  gpointer path;
  guint n = 0;

  g_assert_cmpint (get_keep (plan, "place.at.township"), ==, 0);
  choose (plan, "place", SAK_CHOICE_WITHHOLD);
  kept = make_plan (id);
  g_hash_table_iter_init (&iter, get_item (kept)->withheld);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    n += g_str_has_prefix (path, "place") ? 1 : 0;
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (get_keep (kept, "place.at.country"), ==, SAK_PLAN_KEEP_CHOSEN);
  g_assert_cmpint (get_keep (kept, "title"), ==, 0);
}

/* Typed on an old telephone, in an account that is Unicode otherwise; with spaces or without. */
static void
a_name_in_zawgyi_among_unicode_waits_for_a_decision (void)
{
  static const char *const accounts[] = {
    ("မနေ့က ရွာထဲမှာ ဦးေဇာ္ျမင့္သန္း ပြောတယ်။"
     " စစ်တပ်က ရွာကို မီးရှို့ပြီး ရွာသားတွေကို ဖမ်းသွားတယ်။"),
    ("မနေ့က ရွာထဲမှာဦးေဇာ္ျမင့္သန္းပြောတယ်။"
     " စစ်တပ်က ရွာကို မီးရှို့ပြီး ရွာသားတွေကို ဖမ်းသွားတယ်။"),
  };
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"ဦးဇော်မြင့်သန်း\","
                                           " \"consent\": {\"share\": \"no\"}}", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"title\": \"Raid\", \"narrative\": \"%s\"}", accounts[i]);
      g_autofree char *id = test_add_json (pair.partner, "event", json, TRUE);
      g_autoptr (SakExportPlan) plan = make_plan (id);
      const SakPlanHit *hit = find_hit (plan, "narrative");

      g_assert_nonnull (hit);
      g_assert_cmpstr (hit->person_id, ==, person);
      g_assert_cmpuint (plan->n_undecided, ==, 1);
    }
}

static void
other_words_are_another_decision (void)
{
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Moe Moe Khaing\","
                                           " \"consent\": {\"quote\": \"no\"}}", TRUE);
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"Moe Moe Khaing taken away\"}", TRUE);
  g_autoptr (SakExportPlan) plan = make_plan (id);
  g_autoptr (SakExportPlan) decided = NULL;
  g_autoptr (SakExportPlan) again = NULL;

  g_assert_cmpuint (plan->n_undecided, ==, 1);
  choose (plan, "title", SAK_CHOICE_KNOWINGLY);
  decided = make_plan (id);
  g_assert_cmpuint (decided->n_undecided, ==, 0);
  save (id, "title", "\"Daw Moe Moe Khine taken away\"");
  test_finish (pair.partner, id, "By request of Moe Moe Khaing.");
  again = make_plan (id);
  /* The title, which is spelled anew, and the reason of the change. */
  g_assert_cmpuint (again->n_undecided, ==, 2);
  g_assert_nonnull (find_hit (again, SAK_PLAN_REASON_PATH));
  choose (again, SAK_PLAN_REASON_PATH, SAK_CHOICE_WITHHOLD);
  g_clear_pointer (&decided, sak_export_plan_free);
  decided = make_plan (id);
  /* What is signed with the head cannot be kept back. */
  g_assert_cmpuint (decided->n_undecided, ==, 2);
  g_assert_nonnull (person);
}

/* Nobody asked her: where the record is about her it waits, elsewhere it is shown. */
static void
who_was_never_asked_is_asked_about_where_linked (void)
{
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Hnin Pwint\"}", TRUE);
  g_autofree char *other = test_add_json (pair.partner, "event", "{\"title\": \"Hnin Pwint street\"}", TRUE);
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Hnin Pwint taken away\", \"links/6f1c6a0e-2b56-4f0a-9d3e-"
                                           "0c2c7a1b9e55\": {\"role\": \"victim\", \"to\": \"%s\"}}", person);
  g_autofree char *linked = test_add_json (pair.partner, "event", json, TRUE);
  g_autoptr (SakExportPlan) other_plan = make_plan (other);
  g_autoptr (SakExportPlan) linked_plan = make_plan (linked);

  g_assert_nonnull (find_hit (other_plan, "title"));
  g_assert_cmpuint (other_plan->n_undecided, ==, 0);
  g_assert_cmpuint (linked_plan->n_undecided, ==, 1);
}

static void
who_may_be_named_is_not_asked_about (void)
{
  g_autofree char *person = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Pyone Cho\","
                                           " \"consent\": {\"share\": \"named\"}}", TRUE);
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"Pyone Cho taken away\"}", TRUE);
  g_autoptr (SakExportPlan) before = make_plan (id);
  g_autoptr (SakExportPlan) after = NULL;

  g_assert_cmpuint (before->n_undecided, ==, 0);
  save (person, "consent", "{\"share\": \"unnamed\"}");
  after = make_plan (id);
  g_assert_cmpuint (after->n_undecided, ==, 1);
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
#define ADD(path, function) g_test_add_func ("/plan-reasons/" path, function)
  ADD ("without-a-limit-the-place-leaves", without_a_limit_the_place_leaves);
  ADD ("a-limit-that-comes-later-stops-the-plan", a_limit_that_comes_later_stops_the_plan);
  ADD ("coarser-places-follow-from-the-place-alone", coarser_places_follow_from_the_place_alone);
  ADD ("each-recipient-needs-its-own-yes", each_recipient_needs_its_own_yes);
  ADD ("a-named-contact-can-be-refused-or-allowed", a_named_contact_can_be_refused_or_allowed);
  ADD ("what-a-contact-cannot-be-is-refused", what_a_contact_cannot_be_is_refused);
  ADD ("each-end-of-consent-is-told-apart", each_end_of_consent_is_told_apart);
  ADD ("without-the-name-can-mean-without-the-pseudonym", without_the_name_can_mean_without_the_pseudonym);
  ADD ("a-refusal-in-a-draft-counts", a_refusal_in_a_draft_counts);
  ADD ("a-row-about-somebody-who-refused-stays", a_row_about_somebody_who_refused_stays);
  ADD ("each-file-that-stays-has-its-reason", each_file_that_stays_has_its_reason);
  ADD ("a-copy-of-a-withheld-file-is-warned-of", a_copy_of_a_withheld_file_is_warned_of);
  ADD ("a-name-in-zawgyi-waits-for-a-decision", a_name_in_zawgyi_waits_for_a_decision);
  ADD ("a-field-that-names-nobody-can-be-kept", a_field_that_names_nobody_can_be_kept);
  ADD ("a-name-in-zawgyi-among-unicode-waits-for-a-decision",
       a_name_in_zawgyi_among_unicode_waits_for_a_decision);
  ADD ("what-is-kept-from-one-is-kept-from-all-together", what_is_kept_from_one_is_kept_from_all_together);
  ADD ("a-kept-place-keeps-the-coarser-ones", a_kept_place_keeps_the_coarser_ones);
  ADD ("other-words-are-another-decision", other_words_are_another_decision);
  ADD ("who-was-never-asked-is-asked-about-where-linked", who_was_never_asked_is_asked_about_where_linked);
  ADD ("who-may-be-named-is-not-asked-about", who_may_be_named_is_not_asked_about);
  /* Last: what is sent here goes again in each later plan. */
  ADD ("a-name-in-an-account-waits-for-a-decision", a_name_in_an_account_waits_for_a_decision);
  ADD ("a-place-leaves-as-exactly-as-allowed", a_place_leaves_as_exactly_as_allowed);
  ADD ("who-keeps-what-is-said-of-a-file-keeps-the-file", who_keeps_what_is_said_of_a_file_keeps_the_file);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
