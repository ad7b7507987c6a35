/* test-withdrawal.c - a consent that is taken back travels, and takes effect where the record went
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Harbour" has the person's word, "Desk" got the record, "Stranger" gets it from Desk.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/model/sak-consent.h"
#include "storage/sak-check.h"
#include "storage/sak-history.h"
#include "storage/sak-media.h"
#include "storage/sak-people.h"
#include "storage/sak-search.h"
#include "storage/sak-vault-private.h"
#include "storage/sak-vfs-sqlite.h"
#include "storage/sak-withdrawal.h"
#include "tests/headless/sak-test-bundle.h"

#define STATEMENT "I saw it from the pier."
#define NAMED "{\"title\": \"At the pier\", \"statement\": \"" STATEMENT "\"," \
              " \"identity.interviewer\": \"Ma Mya\", \"consent\": {\"share\": \"named\"}}"
#define WITHDRAWN "{\"share\": \"named\", \"withdrawn\": \"2026-11-21\", \"withdrawn_by\": \"person\"}"

static TestPair pair;
static guint n_bundles;

static SakRecord *
load (SakVault   *vault,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  SakRecord *record = sak_vault_load_record (vault, id, &error);

  g_assert_no_error (error);
  return record;
}

static SakRecordState
get_state (SakVault   *vault,
           const char *id)
{
  g_autoptr (SakRecord) record = load (vault, id);

  return record->state;
}

static void
set_consent (const char *id,
             const char *consent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = load (pair.partner, id);
  g_autoptr (json_t) fields = json_copy (record->fields);

  json_object_set_new (fields, "consent", sak_json_parse (consent, -1, &error));
  g_assert_no_error (error);
  g_assert_true (sak_vault_save_draft (pair.partner, id, record->base_revision, fields, &error));
  test_finish (pair.partner, id, "Asked again.");
}

static char *
make_bundle (SakVault   *from,
             const char *to,
             const char *id)
{
  g_autofree char *name = g_strdup_printf ("%u.age", ++n_bundles);

  return test_bundle (&pair, from, to, id, name);
}

static void
send_to_desk (const char *id)
{
  g_autofree char *path = make_bundle (pair.partner, "Desk", id);

  sak_bundle_report_free (test_import (pair.desk, path));
}

static char *
add_sent_testimony (void)
{
  char *id = test_add_json (pair.partner, "testimony", NAMED, FALSE);

  test_add_media (pair.partner, id, "voice.ogg", id, strlen (id));
  test_finish (pair.partner, id, NULL);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_FINISHED);
  return id;
}

static SakPlanItem *
find_item (SakExportPlan *plan,
           const char    *id)
{
  for (guint i = 0; i < plan->items->len; i++)
    if (g_str_equal (((SakPlanItem *) plan->items->pdata[i])->record_id, id))
      return plan->items->pdata[i];
  g_assert_not_reached ();
}

static SakExportPlan *
make_plan (SakVault   *vault,
           const char *to,
           const char *id)
{
  const char *const recipients[] = { to, NULL };
  const char *const records[] = { id, NULL };
  g_autoptr (GError) error = NULL;
  SakExportPlan *plan = sak_export_plan_new (vault, recipients, id != NULL ? records : NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static void
assert_no_damage (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (vault, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

/* What can be read of the record, in all of its versions. */
static gboolean
can_be_read (SakVault   *vault,
             const char *id,
             const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = load (vault, id);
  g_autoptr (GPtrArray) history = sak_vault_list_history (vault, id, &error);
  g_autofree char *fields = sak_json_to_canonical (record->fields);
  gboolean found = strstr (fields, text) != NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < history->len; i++)
    {
      const char *revision_id = sak_revision_get_id (history->pdata[i]);
      g_autoptr (SakRevision) revision = sak_vault_load_revision (vault, revision_id, &error);
      g_autofree char *line = sak_revision_to_line (history->pdata[i], NULL);
      g_autofree char *single = sak_revision_to_line (revision, NULL);

      g_assert_no_error (error);
      found = found || strstr (line, text) != NULL || strstr (single, text) != NULL;
    }
  return found;
}

static void
a_withdrawal_leaves_with_nothing_but_itself (void)
{
  g_autofree char *id = add_sent_testimony ();
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (GHashTable) withheld = NULL;
  g_autoptr (SakRevision) head = NULL;
  g_autoptr (GError) error = NULL;
  SakPlanItem *item;

  set_consent (id, WITHDRAWN);
  plan = make_plan (pair.partner, "Desk", id);
  item = find_item (plan, id);
  g_assert_cmpint (item->verdict, ==, SAK_PLAN_LEAVES_WITHDRAWAL);
  g_assert_true (sak_plan_item_leaves (item));
  g_assert_cmpuint (item->media->len, ==, 0);
  head = sak_vault_load_revision (pair.partner, item->revision_id, &error);
  withheld = sak_plan_item_withhold (item, head);
  g_assert_false (g_hash_table_contains (withheld, "consent"));
  g_assert_cmpuint (g_hash_table_size (withheld), ==, json_object_size (sak_revision_get_fields (head)) - 1);
}

static void
it_takes_effect_where_the_record_went (void)
{
  g_autofree char *id = add_sent_testimony ();
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GPtrArray) media = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (can_be_read (pair.desk, id, STATEMENT));
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  g_assert_false (can_be_read (pair.desk, id, STATEMENT));
  g_assert_false (can_be_read (pair.desk, id, "At the pier"));
  g_assert_true (can_be_read (pair.desk, id, "2026-11-21"));
  record = load (pair.desk, id);
  g_assert_cmpstr (record->code, !=, "");
  media = sak_vault_list_media (pair.desk, id, &error);
  g_assert_cmpuint (media->len, ==, 0);
  /* Hidden, and still there until somebody says otherwise. */
  g_assert_true (sak_vault_has_media (pair.desk, sha256));
  plan = make_plan (pair.desk, "Harbour", id);
  g_assert_false (sak_plan_item_leaves (find_item (plan, id)));
  assert_no_damage (pair.desk);
}

static void
what_was_never_sent_is_not_told (void)
{
  g_autofree char *id = test_add_json (pair.partner, "testimony", NAMED, TRUE);
  g_autoptr (SakExportPlan) plan = NULL;

  set_consent (id, WITHDRAWN);
  plan = make_plan (pair.partner, "Desk", id);
  g_assert_cmpint (find_item (plan, id)->verdict, ==, SAK_PLAN_STAYS_WITHDRAWN);
}

static void
a_refusal_afterwards_travels_too (void)
{
  g_autofree char *id = add_sent_testimony ();

  set_consent (id, "{\"share\": \"no\"}");
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
}

static void
twice_changes_nothing (void)
{
  g_autofree char *id = add_sent_testimony ();

  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  assert_no_damage (pair.desk);
}

/* The first bundle was lost and the second came. */
static void
before_the_record_it_holds_too (void)
{
  g_autofree char *id = test_add_json (pair.partner, "testimony", NAMED, TRUE);
  g_autofree char *first = make_bundle (pair.partner, "Desk", id);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) late = NULL;

  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  late = sak_bundle_import (pair.desk, first, NULL, NULL, NULL, &error);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_REPLAYED);
  g_assert_false (can_be_read (pair.desk, id, STATEMENT));
  assert_no_damage (pair.desk);
}

static void
consent_given_again_shows_it_again (void)
{
  g_autofree char *id = add_sent_testimony ();

  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  set_consent (id, "{\"share\": \"unnamed\"}");
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_FINISHED);
  g_assert_true (can_be_read (pair.desk, id, STATEMENT));
  assert_no_damage (pair.desk);
}

static void
what_is_discarded_is_gone (void)
{
  g_autofree char *id = add_sent_testimony ();
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;

  g_assert_false (sak_vault_discard_withdrawn (pair.desk, id, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  g_clear_error (&error);
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_true (sak_vault_discard_withdrawn (pair.desk, id, &error));
  g_assert_no_error (error);
  g_assert_false (sak_vault_has_media (pair.desk, sha256));
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  history = sak_vault_list_history (pair.desk, id, &error);
  g_assert_cmpuint (history->len, ==, 2);
  assert_no_damage (pair.desk);
  /* A consent given again brings it back, with what is sent then. */
  set_consent (id, "{\"share\": \"named\"}");
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_FINISHED);
  g_assert_true (can_be_read (pair.desk, id, STATEMENT));
  g_assert_true (sak_vault_has_media (pair.desk, sha256));
  assert_no_damage (pair.desk);
}

/* Desk passes the record on; then the withdrawal comes, and goes the same way. */
static void
it_is_passed_on_as_the_record_was (void)
{
  g_autofree char *id = add_sent_testimony ();
  g_autofree char *path = NULL;
  g_autofree char *second = NULL;

  path = make_bundle (pair.desk, "Stranger", id);
  sak_bundle_report_free (test_import (pair.stranger, path));
  g_assert_true (can_be_read (pair.stranger, id, STATEMENT));
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  second = make_bundle (pair.desk, "Stranger", NULL);
  sak_bundle_report_free (test_import (pair.stranger, second));
  g_assert_cmpint (get_state (pair.stranger, id), ==, SAK_RECORD_WITHDRAWN);
  g_assert_false (can_be_read (pair.stranger, id, STATEMENT));
}

static void
forge (const char *id,
       const char *parent,
       SakVault   *by,
       const char *json)
{
  g_autoptr (json_t) fields = sak_json_parse (json, -1, NULL);
  g_autofree char *path = test_path (&pair, "forged.age");
  HandBundle bundle;

  hand_bundle_init (&bundle, by, pair.desk);
  hand_bundle_add_revision (&bundle, id, "testimony", parent, fields);
  hand_bundle_write (&bundle, path);
  sak_bundle_report_free (test_import (pair.desk, path));
  hand_bundle_clear (&bundle);
}

/* Somebody whom the desk knows says that it was taken back, of what is not theirs. */
static void
another_s_withdrawal_hides_nothing (void)
{
  g_autofree char *id = add_sent_testimony ();
  g_autoptr (SakRecord) record = load (pair.desk, id);

  forge (id, record->base_revision, pair.stranger, "{\"consent\": " WITHDRAWN "}");
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_CONFLICT);
  g_assert_true (can_be_read (pair.desk, id, STATEMENT));
}

/* What somebody else put on top of it does not keep it from being withdrawn. */
static void
another_s_version_does_not_keep_it_open (void)
{
  g_autofree char *id = add_sent_testimony ();
  g_autoptr (SakRecord) record = load (pair.desk, id);

  forge (id, record->base_revision, pair.stranger, "{\"title\": \"Mine\", \"statement\": \"" STATEMENT "\","
         " \"consent\": {\"share\": \"named\"}}");
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_CONFLICT);
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  g_assert_false (can_be_read (pair.desk, id, STATEMENT));
}

/* … and neither when it comes before the record itself. */
static void
another_s_withdrawal_in_front_hides_nothing (void)
{
  g_autofree char *id = test_add_json (pair.partner, "testimony", NAMED, TRUE);
  g_autoptr (SakRecord) record = load (pair.partner, id);

  forge (id, record->base_revision, pair.stranger, "{\"consent\": " WITHDRAWN "}");
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_CONFLICT);
  g_assert_true (can_be_read (pair.desk, id, STATEMENT));
}

/* Two who both say they began it: nothing tells which of them did. Neither is lost, and neither hides the other. */
static void
of_two_first_versions_neither_hides_the_other (void)
{
  g_autofree char *id = test_add_json (pair.partner, "testimony", NAMED, TRUE);

  forge (id, NULL, pair.stranger, "{\"consent\": " WITHDRAWN "}");
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_CONFLICT);
  g_assert_true (can_be_read (pair.desk, id, STATEMENT));
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
}

/* What crypto/THREATS.md says is not closed: one that goes on allowing it keeps the record open. */
static void
a_second_first_version_keeps_it_open (void)
{
  g_autofree char *id = add_sent_testimony ();

  forge (id, NULL, pair.stranger, "{\"title\": \"Mine\", \"consent\": {\"share\": \"named\"}}");
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_CONFLICT);
}

/* The desk's own change to what it was sent. */
static void
change_at_desk (const char *id,
                const char *path,
                const char *value)
{
  g_autoptr (SakRecord) record = load (pair.desk, id);
  g_autoptr (json_t) fields = json_copy (record->fields);
  g_autoptr (GError) error = NULL;

  json_object_set_new (fields, path, json_string (value));
  g_assert_true (sak_vault_save_draft (pair.desk, id, record->base_revision, fields, &error));
  g_assert_no_error (error);
}

/* The desk has a version of its own on top, and a change of that in the making. */
static char *
add_changed_at_desk (void)
{
  char *id = add_sent_testimony ();

  change_at_desk (id, "title", "Seen by us");
  test_finish (pair.desk, id, "We asked again.");
  change_at_desk (id, "title", "Quokka");
  return id;
}

static void
assert_stays_withdrawn (const char *id)
{
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  g_assert_false (can_be_read (pair.desk, id, STATEMENT));
  assert_no_damage (pair.desk);
}

/* Whoever had it on the screen when it was withdrawn does not show it again by typing on. */
static void
a_change_does_not_show_it_again (void)
{
  g_autofree char *id = add_changed_at_desk ();
  g_autoptr (SakRecord) seen = load (pair.desk, id);
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  assert_stays_withdrawn (id);
  g_assert_false (sak_vault_save_draft (pair.desk, id, seen->base_revision, seen->fields, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  g_clear_error (&error);
  record = load (pair.desk, id);
  g_assert_false (sak_vault_save_draft (pair.desk, id, record->base_revision, record->fields, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  assert_stays_withdrawn (id);
}

/* … nor is what was being written told by what the draft was, wherever that is read. */
static void
a_draft_of_it_is_not_shown (void)
{
  const SakSearch search = { .text = (char *) "Quokka" };
  g_autofree char *id = add_changed_at_desk ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SakConflict) conflict = NULL;
  g_autoptr (SakSearchResult) result = NULL;
  guint64 n_left = 1;

  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  conflict = sak_vault_load_conflict (pair.desk, id, &error);
  g_assert_no_error (error);
  g_assert_false (sak_conflict_has_draft (conflict));
  g_assert_true (sak_vault_reset_index (pair.desk, &error));
  while (n_left > 0)
    g_assert_true (sak_vault_index_some (pair.desk, 100, &n_left, &error));
  result = sak_vault_search (pair.desk, &search, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->found->len, ==, 0);
  assert_stays_withdrawn (id);
}

/* Hidden is not deleted: not by what ends a draft either. */
static void
its_files_stay_until_somebody_says_otherwise (void)
{
  g_autofree char *id = add_changed_at_desk ();
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  g_autoptr (GError) error = NULL;

  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_true (sak_vault_discard_draft (pair.desk, id, &error));
  g_assert_no_error (error);
  g_assert_true (sak_vault_has_media (pair.desk, sha256));
  test_finish (pair.desk, id, NULL);
  g_assert_true (sak_vault_has_media (pair.desk, sha256));
  assert_stays_withdrawn (id);
}

/* Nobody is to be attached to it, and a draft of before is not to be overwritten. */
static void
nothing_is_attached_to_it (void)
{
  g_autofree char *id = add_changed_at_desk ();
  g_autoptr (GInputStream) content = g_memory_input_stream_new_from_data ("abc", 3, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakMediaInfo) info = NULL;

  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  info = sak_vault_add_media (pair.desk, id, content, "late.txt", 3, NULL, NULL, NULL, &error);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  assert_stays_withdrawn (id);
}

/* The vault gathers the names of all persons when it is first asked. */
static void
a_withdrawn_person_is_not_named (void)
{
  g_autofree char *id = test_add_json (pair.partner, "person", "{\"identity.name\": \"Zarni Htunlinn\","
                                       " \"consent\": {\"share\": \"named\"}}", TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = NULL;

  send_to_desk (id);
  change_at_desk (id, "known_as", "Ko Zarni");
  test_finish (pair.desk, id, "We asked again.");
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  people = sak_vault_list_like_people (pair.desk, "Zarni Htunlinn", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (people->len, ==, 0);
}

/* Whatever the vault ever asked its database about @table, it did not do it so. */
static void
assert_never (SakVault   *vault,
              const char *table,
              const char *scan)
{
  sqlite3 *connection = sak_db_get_sqlite (vault->db);
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);

  for (sqlite3_stmt *each = sqlite3_next_stmt (connection, NULL); each != NULL;
       each = sqlite3_next_stmt (connection, each))
    if (strstr (sqlite3_sql (each), table) != NULL)
      g_ptr_array_add (asked, g_strconcat ("EXPLAIN QUERY PLAN ", sqlite3_sql (each), NULL));
  g_assert_cmpuint (asked->len, >, 0);
  for (guint i = 0; i < asked->len; i++)
    {
      sqlite3_stmt *plan = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (connection, asked->pdata[i], -1, &plan, NULL), ==, SQLITE_OK);
      while (sqlite3_step (plan) == SQLITE_ROW)
        if (strstr ((const char *) sqlite3_column_text (plan, 3), scan) != NULL)
          g_error ("%s: %s", (const char *) asked->pdata[i], (const char *) sqlite3_column_text (plan, 3));
      sqlite3_finalize (plan);
    }
}

/* In a vault of many, what concerns one record is asked about that record. */
static void
it_costs_the_same_among_many (void)
{
  g_autofree char *id = add_sent_testimony ();
  g_autofree char *path = NULL;

  path = make_bundle (pair.desk, "Stranger", id);
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_free (make_bundle (pair.desk, "Stranger", NULL));
  assert_never (pair.desk, "author", "SCAN revision_parent");
  assert_never (pair.desk, "stream_entry", "SCAN stream_entry");
  assert_never (pair.desk, "stream_entry", "stream_entry_by_ref (stream=?)");
  assert_never (pair.partner, "stream_entry", "SCAN stream_entry");
}

static guint
count_names_found (const char *statement)
{
  g_autofree char *json = g_strdup_printf ("{\"title\": \"At the pier\", \"statement\": \"%s\","
                                           " \"consent\": {\"share\": \"named\"}}", statement);
  g_autofree char *id = test_add_json (pair.desk, "testimony", json, TRUE);
  g_autoptr (SakExportPlan) plan = make_plan (pair.desk, "Stranger", id);

  return find_item (plan, id)->hits->len;
}

/* Nothing of her shows any more, so no list of names has hers; what others wrote still does. */
static void
the_name_of_whoever_took_it_back_is_looked_for (void)
{
  g_autofree char *id = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Khin Hla\","
                                       " \"consent\": {\"share\": \"named\"}}", TRUE);

  send_to_desk (id);
  set_consent (id, WITHDRAWN);
  send_to_desk (id);
  g_assert_cmpint (get_state (pair.desk, id), ==, SAK_RECORD_WITHDRAWN);
  g_assert_cmpuint (count_names_found ("We met Khin Hla there."), ==, 1);
  g_assert_cmpuint (count_names_found ("We met nobody there."), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  test_introduce (pair.stranger, pair.desk);
  test_introduce (pair.partner, pair.stranger);
#define ADD(path, function) g_test_add_func ("/withdrawal/" path, function)
  ADD ("a-withdrawal-leaves-with-nothing-but-itself", a_withdrawal_leaves_with_nothing_but_itself);
  ADD ("it-takes-effect-where-the-record-went", it_takes_effect_where_the_record_went);
  ADD ("what-was-never-sent-is-not-told", what_was_never_sent_is_not_told);
  ADD ("a-refusal-afterwards-travels-too", a_refusal_afterwards_travels_too);
  ADD ("twice-changes-nothing", twice_changes_nothing);
  ADD ("before-the-record-it-holds-too", before_the_record_it_holds_too);
  ADD ("consent-given-again-shows-it-again", consent_given_again_shows_it_again);
  ADD ("what-is-discarded-is-gone", what_is_discarded_is_gone);
  ADD ("it-is-passed-on-as-the-record-was", it_is_passed_on_as_the_record_was);
  ADD ("another-s-withdrawal-hides-nothing", another_s_withdrawal_hides_nothing);
  ADD ("another-s-version-does-not-keep-it-open", another_s_version_does_not_keep_it_open);
  ADD ("another-s-withdrawal-in-front-hides-nothing", another_s_withdrawal_in_front_hides_nothing);
  ADD ("of-two-first-versions-neither-hides-the-other", of_two_first_versions_neither_hides_the_other);
  ADD ("a-second-first-version-keeps-it-open", a_second_first_version_keeps_it_open);
  ADD ("it-costs-the-same-among-many", it_costs_the_same_among_many);
  ADD ("a-change-does-not-show-it-again", a_change_does_not_show_it_again);
  ADD ("a-draft-of-it-is-not-shown", a_draft_of_it_is_not_shown);
  ADD ("its-files-stay-until-somebody-says-otherwise", its_files_stay_until_somebody_says_otherwise);
  ADD ("nothing-is-attached-to-it", nothing_is_attached_to_it);
  ADD ("a-withdrawn-person-is-not-named", a_withdrawn_person_is_not_named);
  /* Last: what it wrote is to be decided about before anything of the desk leaves. */
  ADD ("the-name-of-whoever-took-it-back-is-looked-for", the_name_of_whoever_took_it_back_is_looked_for);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
