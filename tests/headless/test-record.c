/* test-record.c - drafts, finishing, history, lists
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-check.h"
#include "storage/sak-record-private.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-vault.h"

static SakRecord *
load (TestVault  *f,
      const char *id)
{
  g_autoptr (GError) error = NULL;
  SakRecord *record = sak_vault_load_record (f->vault, id, &error);

  g_assert_no_error (error);
  return record;
}

static void
set_title (SakRecord  *record,
           const char *title)
{
  json_object_set_new (record->fields, "title", json_string (title));
}

static void
a_draft_becomes_a_signed_revision (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autoptr (SakRecord) draft = load (f, id);
  g_autoptr (SakRecord) finished = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *revision = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (draft->state, ==, SAK_RECORD_DRAFT);
  g_assert_null (draft->base_revision);
  revision = sak_vault_finish_record (f->vault, id, NULL, &error);
  g_assert_no_error (error);
  again = sak_vault_finish_record (f->vault, id, NULL, &error);
  g_assert_cmpstr (again, ==, revision);

  finished = load (f, id);
  g_assert_cmpint (finished->state, ==, SAK_RECORD_FINISHED);
  g_assert_cmpstr (finished->base_revision, ==, revision);
  g_assert_cmpstr (sak_json_get_text (finished->fields, "code"), ==, finished->code);
  g_assert_true (g_str_has_prefix (finished->code, "HAR-"));
  history = sak_vault_list_history (f->vault, finished->code, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 1);
}

static void
a_change_needs_a_reason_and_keeps_the_old (TestVault     *f,
                                           gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", TRUE);
  g_autoptr (SakRecord) record = load (f, id);
  g_autoptr (SakRecord) changed = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;

  set_title (record, "The harbour at night");
  g_assert_true (sak_vault_save_draft (f->vault, id, record->base_revision, record->fields, &error));
  revision = sak_vault_finish_record (f->vault, id, "", &error);
  g_assert_null (revision);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_USAGE);
  g_clear_error (&error);

  revision = sak_vault_finish_record (f->vault, id, "She remembered the hour.", &error);
  g_assert_no_error (error);
  history = sak_vault_list_history (f->vault, id, &error);
  g_assert_cmpuint (history->len, ==, 2);
  g_assert_cmpstr (sak_revision_get_reason (history->pdata[0]), ==, "She remembered the hour.");
  g_assert_cmpstr (sak_revision_get_parents (history->pdata[0])[0], ==, sak_revision_get_id (history->pdata[1]));
  changed = load (f, id);
  g_assert_cmpstr (sak_json_get_text (changed->fields, "title"), ==, "The harbour at night");
  g_assert_cmpint (changed->state, ==, SAK_RECORD_FINISHED);
}

static void
a_stale_edit_is_a_conflict_and_changes_nothing (TestVault     *f,
                                                gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", TRUE);
  g_autoptr (SakRecord) first = load (f, id);
  g_autoptr (SakRecord) second = load (f, id);
  g_autoptr (SakRecord) now = NULL;
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;

  set_title (first, "First");
  g_assert_true (sak_vault_save_draft (f->vault, id, first->base_revision, first->fields, &error));
  revision = sak_vault_finish_record (f->vault, id, "first", &error);
  g_assert_no_error (error);
  set_title (second, "Second");
  g_assert_false (sak_vault_save_draft (f->vault, id, second->base_revision, second->fields, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  now = load (f, id);
  g_assert_cmpstr (sak_json_get_text (now->fields, "title"), ==, "First");
}

static void
discarding_goes_back_to_what_was_finished (TestVault     *f,
                                           gconstpointer  unused)
{
  g_autofree char *draft = test_add_event (f->vault, "Never mind", FALSE);
  g_autofree char *id = test_add_event (f->vault, "Harbour", TRUE);
  g_autoptr (SakRecord) record = load (f, id);
  g_autoptr (SakRecord) back = NULL;
  g_autoptr (GError) error = NULL;

  set_title (record, "Changed");
  g_assert_true (sak_vault_save_draft (f->vault, id, record->base_revision, record->fields, &error));
  g_assert_true (sak_vault_discard_draft (f->vault, id, &error));
  back = load (f, id);
  g_assert_cmpstr (sak_json_get_text (back->fields, "title"), ==, "Harbour");
  g_assert_cmpint (back->state, ==, SAK_RECORD_FINISHED);
  g_assert_cmpuint (test_count_records (f->vault), ==, 2);
  g_assert_true (sak_vault_discard_draft (f->vault, draft, &error));
  g_assert_cmpuint (test_count_records (f->vault), ==, 1);
}

static void
bad_input_is_refused_and_leaves_nothing (TestVault     *f,
                                         gconstpointer  unused)
{
  static const struct { const char *kind; const char *json; SakError code; } cases[] = {
    { "event", "[]", SAK_ERROR_INVALID },
    { "event", "{\"title\": 3}", SAK_ERROR_INVALID },
    { "event", "{\"no-such-field\": \"x\"}", SAK_ERROR_INVALID },
    { "event", "{\"date\": \"last tuesday\"}", SAK_ERROR_INVALID },
    { "rumour", "{}", SAK_ERROR_NOT_FOUND },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (json_t) fields = json_loads (cases[i].json, 0, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *id = sak_vault_add_record (f->vault, cases[i].kind, fields, &error);

      g_assert_null (id);
      g_assert_error (error, SAK_ERROR, (int) cases[i].code);
    }
  g_assert_cmpuint (test_count_records (f->vault), ==, 0);
}

/* Of one record, what is refused and what is not. */
static gboolean
takes_place (TestVault  *f,
             const char *id,
             const char *title,
             const char *place)
{
  g_autoptr (SakRecord) record = load (f, id);
  g_autoptr (GError) error = NULL;
  gboolean is_taken;

  set_title (record, title);
  if (place != NULL)
    json_object_set_new (record->fields, "place", json_loads (place, 0, NULL));
  is_taken = sak_vault_save_draft (f->vault, id, record->base_revision, record->fields, &error);
  if (!is_taken)
    {
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "Field place:"));
    }
  return is_taken;
}

static void
store_draft_of_old (TestVault  *f,
                    const char *id,
                    const char *json)
{
  g_autoptr (json_t) fields = json_loads (json, 0, NULL);
  g_auto (SakRecordKey) key = { 0 };
  gboolean is_stored = sak_vault_begin (f->vault, NULL) && sak_record_find (f->vault, id, &key, NULL)
                       && sak_draft_store (f->vault, &key, NULL, fields, NULL) && sak_vault_commit (f->vault, NULL);

  g_assert_true (is_stored);
}

/* What is entered must be somewhere on earth; what was there before, or came, is nobody's fault now. */
static void
places_are_in_countries_that_there_are (TestVault     *f,
                                        gconstpointer  unused)
{
  static const char *const bad[] = {
    "{\"name\": \"x\", \"country\": \"XX\"}",
    "{\"name\": \"x\", \"country\": \"TH\", \"region_code\": \"MM-01\"}",
    "{\"name\": \"x\", \"country\": \"TH\", \"region_code\": \"TH-99\"}",
    "{\"name\": \"x\", \"region_code\": \"XX-1\"}",
    "{\"name\": \"x\", \"region_code\": \"TH63\"}", "{\"name\": \"x\", \"country\": \"MY\", \"region_code\": \"MY-\"}",
  };
  g_autofree char *id = test_add_event (f->vault, "Raid", FALSE);
  g_autofree char *came = test_add_event (f->vault, "Came", TRUE);
  g_autofree char *finished = NULL;
  g_autoptr (SakRecord) head = load (f, came);

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"title\": \"Raid\", \"place\": %s}", bad[i]);
      g_autoptr (json_t) fields = json_loads (json, 0, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *added = sak_vault_add_record (f->vault, "event", fields, &error);

      g_assert_null (added);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
      g_assert_false (takes_place (f, id, "Raid", bad[i]));
    }
  g_assert_true (takes_place (f, id, "Raid", "{\"name\": \"x\", \"country\": \"TH\", \"region_code\": \"TH-38\"}"));
  g_assert_true (takes_place (f, id, "Raid", "{\"name\": \"x\", \"country\": \"MY\", \"region_code\": \"MY-10\"}"));

  store_draft_of_old (f, id, "{\"title\": \"Raid\", \"place\": {\"name\": \"x\", \"country\": \"XX\"}}");
  g_assert_true (takes_place (f, id, "Raid at night", NULL));
  g_assert_true (takes_place (f, id, "Raid at night", "{\"name\": \"y\", \"country\": \"XX\"}"));
  g_assert_false (takes_place (f, id, "Raid at night", "{\"name\": \"y\", \"country\": \"YY\"}"));
  finished = sak_vault_finish_record (f->vault, id, NULL, NULL);
  g_assert_nonnull (finished);

  test_add_version (f->vault, came, head->base_revision,
                    "{\"title\": \"Came\", \"place\":"
                    " {\"name\": \"x\", \"country\": \"TH\", \"region_code\": \"TH-99\"}}");
  g_assert_true (takes_place (f, came, "Came later", NULL));
  g_assert_false (takes_place (f, came, "Came later",
                               "{\"name\": \"x\", \"country\": \"TH\", \"region_code\": \"TH-98\"}"));
}

static void
finishing_asks_for_what_is_missing (TestVault     *f,
                                    gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->vault, "event", "{}", FALSE);
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *revision = sak_vault_finish_record (f->vault, id, NULL, &error);

  g_assert_null (revision);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  record = load (f, id);
  g_assert_cmpint (record->state, ==, SAK_RECORD_DRAFT);
}

static void
text_is_stored_in_one_form (TestVault     *f,
                            gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "\u1025\u102e", TRUE);
  g_autoptr (SakRecord) record = load (f, id);

  g_assert_cmpstr (sak_json_get_text (record->fields, "title"), ==, "\u1026");
}

static SakRecordRow *
get_row (TestVault     *f,
         const char    *kind,
         SakRecordSort  sort,
         guint          n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = sak_vault_list_rowids (f->vault, kind, sort, &error);
  g_autoptr (GPtrArray) rows = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (n, <, rowids->len);
  rows = sak_vault_load_rows (f->vault, &g_array_index (rowids, gint64, n), 1, &error);
  g_assert_no_error (error);
  return g_ptr_array_steal_index (rows, 0);
}

static void
stretches_of_a_list_make_the_list (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autoptr (GArray) whole = NULL;
  g_autoptr (GArray) joined = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  guint n;

  for (guint i = 0; i < 7; i++)
    g_free (test_add_event (f->vault, "x", FALSE));
  whole = sak_vault_list_rowids (f->vault, "event", SAK_SORT_CHANGED, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->len, ==, 7);
  do
    {
      g_autoptr (GArray) part = sak_vault_list_stretch (f->vault, "event", SAK_SORT_CHANGED, joined->len, 3, &error);

      g_assert_no_error (error);
      n = part->len;
      g_array_append_vals (joined, part->data, n);
    }
  while (n == 3);
  g_assert_cmpmem (joined->data, joined->len * sizeof (gint64), whole->data, whole->len * sizeof (gint64));
}

static void
lists_sort_by_what_happened_and_by_title (TestVault     *f,
                                          gconstpointer  unused)
{
  g_autofree char *a = test_add_json (f->vault, "event", "{\"title\": \"b\", \"date\": \"2019\"}", TRUE);
  g_autofree char *b = test_add_json (f->vault, "event", "{\"title\": \"A\", \"date\": \"2021-03-04\"}", TRUE);
  g_autofree char *c = test_add_json (f->vault, "event", "{\"title\": \"c\"}", FALSE);
  g_autofree char *person = test_add_json (f->vault, "person", "{\"identity.name\": \"X\"}", TRUE);
  g_autoptr (SakRecordRow) latest = get_row (f, "event", SAK_SORT_DATE, 0);
  g_autoptr (SakRecordRow) undated = get_row (f, "event", SAK_SORT_DATE, 2);
  g_autoptr (SakRecordRow) first = get_row (f, "event", SAK_SORT_TITLE, 0);
  g_autoptr (SakRecordRow) only = get_row (f, "person", SAK_SORT_CODE, 0);

  g_assert_cmpstr (latest->id, ==, b);
  g_assert_cmpstr (latest->date, ==, "2021-03-04");
  g_assert_cmpstr (undated->id, ==, c);
  g_assert_cmpstr (first->id, ==, b);
  g_assert_cmpstr (only->title, ==, "X");
}

static void
a_check_finds_an_altered_line (TestVault     *f,
                               gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", TRUE);
  g_autoptr (SakCheckReport) whole = NULL;
  g_autoptr (SakCheckReport) altered = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  whole = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (whole->damages->len, ==, 0);
  g_assert_cmpuint (whole->n_revisions, ==, 1);
  done = sak_db_exec (f->vault->db, "UPDATE revision SET line = replace (line, 'Harbour', 'Harbor!')", &error);
  g_assert_true (done);
  altered = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (((SakDamage *) altered->damages->pdata[0])->kind, ==, SAK_DAMAGE_REVISION);
  g_assert_cmpstr (((SakDamage *) altered->damages->pdata[0])->record_id, ==, id);
}

static void
a_check_finds_a_row_that_is_gone (TestVault     *f,
                                  gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Harbour", FALSE);
  g_autoptr (SakCheckReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = sak_db_exec (f->vault->db, "UPDATE custody SET entry = entry || ' '", &error);

  g_assert_true (done);
  report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_cmpuint (report->damages->len, ==, 1);
  done = sak_db_exec (f->vault->db, "DELETE FROM draft", &error);
  g_assert_true (done);
  g_clear_pointer (&report, sak_check_report_free);
  report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_cmpint (((SakDamage *) report->damages->pdata[0])->kind, ==, SAK_DAMAGE_LINK);
}

/* Whole, readable and in its place, but not what was saved last: only the set hash tells. */
static void
a_check_finds_what_is_from_an_earlier_time (TestVault     *f,
                                            gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->vault, "Before", FALSE);
  g_autoptr (SakCheckReport) report = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = sak_db_exec (f->vault->db, "UPDATE draft SET fields = replace (fields, 'Before', 'Earlier')",
                               &error);

  g_assert_true (done);
  report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 1);
  g_assert_cmpint (((SakDamage *) report->damages->pdata[0])->kind, ==, SAK_DAMAGE_FRESHNESS);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, function) \
  g_test_add (path, TestVault, NULL, test_vault_set_up, function, test_vault_tear_down)

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/record/a-draft-becomes-a-signed-revision", a_draft_becomes_a_signed_revision);
  ADD ("/record/a-change-needs-a-reason-and-keeps-the-old", a_change_needs_a_reason_and_keeps_the_old);
  ADD ("/record/a-stale-edit-is-a-conflict-and-changes-nothing", a_stale_edit_is_a_conflict_and_changes_nothing);
  ADD ("/record/discarding-goes-back-to-what-was-finished", discarding_goes_back_to_what_was_finished);
  ADD ("/record/bad-input-is-refused-and-leaves-nothing", bad_input_is_refused_and_leaves_nothing);
  ADD ("/record/finishing-asks-for-what-is-missing", finishing_asks_for_what_is_missing);
  ADD ("/record/places-are-in-countries-that-there-are", places_are_in_countries_that_there_are);
  ADD ("/record/text-is-stored-in-one-form", text_is_stored_in_one_form);
  ADD ("/record/stretches-of-a-list-make-the-list", stretches_of_a_list_make_the_list);
  ADD ("/record/lists-sort-by-what-happened-and-by-title", lists_sort_by_what_happened_and_by_title);
  ADD ("/record/a-check-finds-an-altered-line", a_check_finds_an_altered_line);
  ADD ("/record/a-check-finds-what-is-from-an-earlier-time", a_check_finds_what_is_from_an_earlier_time);
  ADD ("/record/a-check-finds-a-row-that-is-gone", a_check_finds_a_row_that_is_gone);
  return g_test_run ();
}
