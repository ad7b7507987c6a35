/* test-review.c - what arrived, what was decided about it, and that decisions stay here
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Harbour" reports, "Desk" decides.
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-check.h"
#include "storage/sak-record-private.h"
#include "storage/sak-review.h"
#include "storage/sak-schema.h"
#include "storage/sak-search-private.h"
#include "storage/sak-thread.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-bundle.h"
#include "tests/headless/sak-test-old-vault.h"

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

static char *
report_event (const char *json)
{
  char *id = test_add_json (pair.partner, "event", json, TRUE);

  pass_on (pair.partner, "Desk", pair.desk, id);
  return id;
}

static void
change_event (const char *id,
              const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.partner, id, &error);

  json_object_set_new (record->fields, "title", json_string (title));
  g_assert_true (sak_vault_save_draft (pair.partner, id, record->base_revision, record->fields, &error));
  g_assert_no_error (error);
  test_finish (pair.partner, id, "changed");
  pass_on (pair.partner, "Desk", pair.desk, id);
}

static SakArrived *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  SakArrived *arrived = sak_vault_load_arrival (pair.desk, id, &error);

  g_assert_no_error (error);
  return arrived;
}

static void
assert_state (const char     *id,
              SakReviewState  state,
              SakGrade        grade)
{
  g_autoptr (SakArrived) arrived = load (id);

  g_assert_cmpstr (sak_review_state_to_code (arrived->state), ==, sak_review_state_to_code (state));
  g_assert_cmpstr (sak_grade_to_code (arrived->grade), ==, sak_grade_to_code (grade));
}

static void
assert_went_well (char         *id,
                  const GError *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (id);
  g_free (id);
}

static void
accept_it (const char *id,
           SakGrade    grade)
{
  g_autoptr (GError) error = NULL;

  assert_went_well (sak_vault_accept (pair.desk, id, NULL, grade, NULL, &error), error);
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
each_decision_moves_it_on (void)
{
  g_autofree char *id = report_event ("{\"title\": \"Raid on the pier\"}");
  g_autofree char *begun = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (GError) error = NULL;
  static const SakVerdictSays said[] = { SAK_SAYS_BEGUN, SAK_SAYS_NOTE, SAK_SAYS_ACCEPTED, SAK_SAYS_DECLINED,
                                         SAK_SAYS_ACCEPTED };

  assert_state (id, SAK_REVIEW_NEW, SAK_GRADE_NONE);
  begun = sak_vault_begin_review (pair.desk, id, &error);
  again = sak_vault_begin_review (pair.desk, id, &error);
  g_assert_cmpstr (begun, ==, again);
  assert_state (id, SAK_REVIEW_BEGUN, SAK_GRADE_NONE);
  assert_went_well (sak_vault_add_note (pair.desk, id, "Ask Ma Mya.", &error), error);
  assert_state (id, SAK_REVIEW_BEGUN, SAK_GRADE_NONE);
  accept_it (id, SAK_GRADE_LIKELY);
  assert_state (id, SAK_REVIEW_ACCEPTED, SAK_GRADE_LIKELY);
  assert_went_well (sak_vault_decline (pair.desk, id, NULL, "It was another pier.", &error), error);
  assert_state (id, SAK_REVIEW_DECLINED, SAK_GRADE_NONE);
  accept_it (id, SAK_GRADE_CONFIRMED);
  assert_state (id, SAK_REVIEW_ACCEPTED, SAK_GRADE_CONFIRMED);
  decisions = sak_vault_list_decisions (pair.desk, id, &error);
  g_assert_cmpuint (decisions->len, ==, G_N_ELEMENTS (said));
  for (guint i = 0; i < decisions->len; i++)
    g_assert_cmpint (((SakDecision *) decisions->pdata[i])->says, ==, said[i]);
  g_assert_cmpstr (((SakDecision *) decisions->pdata[1])->text, ==, "Ask Ma Mya.");
  assert_no_damage (pair.desk);
}

/* What nobody signed, or this vault did, is never said to be the word of whom the record came from. */
static void
whose_word_is_shown_is_known (void)
{
  g_autofree char *id = report_event ("{\"title\": \"Whose word it is\"}");
  g_autoptr (SakRecord) theirs = sak_vault_load_record (pair.desk, id, NULL);
  g_autoptr (SakRecord) draft = NULL;
  g_autoptr (SakRecord) ours = NULL;
  g_autoptr (json_t) fields = json_deep_copy (theirs->fields);

  g_assert_cmpint (theirs->signed_by, ==, SAK_SIGNED_BY_CONTACT);
  g_assert_cmpstr (theirs->author, ==, "Harbour");
  json_object_set_new (fields, "title", json_string ("As we see it"));
  g_assert_true (sak_vault_save_draft (pair.desk, id, theirs->base_revision, fields, NULL));
  draft = sak_vault_load_record (pair.desk, id, NULL);
  g_assert_cmpint (draft->signed_by, ==, SAK_SIGNED_BY_NOBODY);
  g_assert_null (draft->author);
  test_finish (pair.desk, id, "A name was wrong");
  ours = sak_vault_load_record (pair.desk, id, NULL);
  g_assert_cmpint (ours->signed_by, ==, SAK_SIGNED_BY_US);
  g_assert_cmpstr (ours->origin, ==, "Harbour");
}

/* It stands as it did before: also where it was accepted before, or more came since. */
static void
what_is_left_stands_as_before (void)
{
  g_autofree char *id = report_event ("{\"title\": \"Left again\"}");
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_end_review (pair.desk, id, &error));
  assert_went_well (sak_vault_begin_review (pair.desk, id, &error), error);
  g_assert_true (sak_vault_end_review (pair.desk, id, &error));
  assert_state (id, SAK_REVIEW_NEW, SAK_GRADE_NONE);
  accept_it (id, SAK_GRADE_LIKELY);
  assert_went_well (sak_vault_begin_review (pair.desk, id, &error), error);
  assert_state (id, SAK_REVIEW_BEGUN, SAK_GRADE_NONE);
  g_assert_true (sak_vault_end_review (pair.desk, id, &error));
  g_assert_true (sak_vault_end_review (pair.desk, id, &error));
  assert_state (id, SAK_REVIEW_ACCEPTED, SAK_GRADE_LIKELY);
  change_event (id, "More of it");
  assert_state (id, SAK_REVIEW_CHANGED, SAK_GRADE_LIKELY);
  decisions = sak_vault_list_decisions (pair.desk, id, &error);
  g_assert_cmpuint (decisions->len, ==, 5);
  g_assert_cmpint (((SakDecision *) decisions->pdata[4])->says, ==, SAK_SAYS_LEFT);
  g_assert_cmpuint (((SakDecision *) decisions->pdata[4])->n_versions, ==, 1);
  assert_no_damage (pair.desk);
}

static void
a_new_version_puts_it_back (void)
{
  g_autofree char *id = report_event ("{\"title\": \"One version\"}");
  g_autoptr (GPtrArray) decisions = NULL;

  accept_it (id, SAK_GRADE_POSSIBLE);
  change_event (id, "Another version");
  assert_state (id, SAK_REVIEW_CHANGED, SAK_GRADE_POSSIBLE);
  decisions = sak_vault_list_decisions (pair.desk, id, NULL);
  g_assert_false (((SakDecision *) decisions->pdata[0])->is_of_present);
  accept_it (id, SAK_GRADE_CONFIRMED);
  assert_state (id, SAK_REVIEW_ACCEPTED, SAK_GRADE_CONFIRMED);
}

/* While somebody looks at one version, another comes; what they then decide and mark is about what they saw. */
static void
a_decision_is_about_what_was_seen (void)
{
  g_autofree char *id = report_event ("{\"title\": \"As it was first told\"}");
  g_autoptr (SakArrived) seen = load (id);
  g_autoptr (SakArrived) after = NULL;
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (GError) error = NULL;
  const char *const *versions = (const char *const *) seen->versions;

  g_assert_cmpuint (g_strv_length (seen->versions), ==, 1);
  change_event (id, "As it was told then");
  assert_went_well (sak_vault_accept (pair.desk, id, versions, SAK_GRADE_CONFIRMED, NULL, &error), error);
  assert_state (id, SAK_REVIEW_CHANGED, SAK_GRADE_CONFIRMED);
  assert_went_well (sak_vault_decline (pair.desk, id, versions, "Not true", &error), error);
  assert_state (id, SAK_REVIEW_CHANGED, SAK_GRADE_NONE);
  g_assert_true (sak_vault_set_read (pair.desk, id, versions, TRUE, &error));
  after = load (id);
  g_assert_false (after->is_read);
  decisions = sak_vault_list_decisions (pair.desk, id, NULL);
  for (guint i = 0; i < decisions->len; i++)
    g_assert_false (((SakDecision *) decisions->pdata[i])->is_of_present);
  versions = (const char *const *) after->versions;
  assert_went_well (sak_vault_accept (pair.desk, id, versions, SAK_GRADE_LIKELY, NULL, &error), error);
  assert_state (id, SAK_REVIEW_ACCEPTED, SAK_GRADE_LIKELY);
  g_assert_true (sak_vault_set_read (pair.desk, id, versions, TRUE, &error));
  g_clear_pointer (&after, sak_arrived_free);
  after = load (id);
  g_assert_true (after->is_read);
}

static void
what_is_no_version_of_it_was_not_seen (void)
{
  g_autofree char *id = report_event ("{\"title\": \"This one\"}");
  g_autofree char *other_id = report_event ("{\"title\": \"Another one\"}");
  g_autoptr (SakArrived) other = load (other_id);
  g_autofree char *junk = g_strconcat (other->versions[0], ":x", NULL);
  const char *const lists[][2] = { { other->versions[0] }, { junk }, { "seen" }, { NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) read_error = NULL;

      g_assert_null (sak_vault_accept (pair.desk, id, lists[i], SAK_GRADE_LIKELY, NULL, &error));
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
      g_assert_false (sak_vault_set_read (pair.desk, id, lists[i], TRUE, &read_error));
      g_assert_error (read_error, SAK_ERROR, SAK_ERROR_INVALID);
    }
  assert_state (id, SAK_REVIEW_NEW, SAK_GRADE_NONE);
}

static SakRevision *
tell_event (const char *id)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (pair.partner);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:s}", "title", "Half of it", "narrative", "The other half");
  const SakRevisionContent content = { .record_id = id, .kind = "event", .form = "event", .form_version = 1,
                                       .time = 1700000000, .fields = fields };
  SakRevision *revision = sak_revision_new (&content, seed, NULL);

  g_assert_nonnull (revision);
  return revision;
}

static void
send_line (SakRevision *revision,
           GHashTable  *withheld)
{
  g_autofree char *name = g_strdup_printf ("line-%u.age", ++n_files);
  g_autofree char *path = test_path (&pair, name);
  g_autofree char *line = sak_revision_to_line (revision, withheld);
  g_autoptr (SakBundleReport) report = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.partner, pair.desk);
  g_string_append_printf (bundle.revisions, "%s\n", line);
  hand_bundle_add_entry (&bundle, "revision", sak_revision_get_id (revision));
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  report = test_import (pair.desk, path);
  g_assert_true (report->is_verified);
}

/* The same version, of which more comes than came at first. */
static void
more_of_a_version_puts_it_back (void)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (SakRevision) revision = tell_event (id);
  g_autoptr (GHashTable) withheld = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SakArrived) half = NULL;
  g_autoptr (SakArrived) whole = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_add (withheld, (gpointer) "narrative");
  send_line (revision, withheld);
  half = load (id);
  accept_it (id, SAK_GRADE_CONFIRMED);
  g_assert_true (sak_vault_set_read (pair.desk, id, NULL, TRUE, NULL));
  send_line (revision, withheld);
  assert_state (id, SAK_REVIEW_ACCEPTED, SAK_GRADE_CONFIRMED);
  send_line (revision, NULL);
  assert_state (id, SAK_REVIEW_CHANGED, SAK_GRADE_CONFIRMED);
  whole = load (id);
  g_assert_false (whole->is_read);
  g_assert_cmpstr (half->versions[0], !=, whole->versions[0]);
  assert_went_well (sak_vault_accept (pair.desk, id, (const char *const *) half->versions, SAK_GRADE_LIKELY, NULL,
                                      &error), error);
  assert_state (id, SAK_REVIEW_CHANGED, SAK_GRADE_LIKELY);
  accept_it (id, SAK_GRADE_LIKELY);
  assert_state (id, SAK_REVIEW_ACCEPTED, SAK_GRADE_LIKELY);
  assert_no_damage (pair.desk);
}

static void
a_record_of_many_versions_is_accepted (void)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *path = test_path (&pair, "many.age");
  g_autoptr (SakBundleReport) report = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.partner, pair.desk);
  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Told once more");

      hand_bundle_add_revision (&bundle, id, "event", NULL, fields);
    }
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  report = test_import (pair.desk, path);
  g_assert_true (report->is_verified);
  accept_it (id, SAK_GRADE_POSSIBLE);
  assert_state (id, SAK_REVIEW_ACCEPTED, SAK_GRADE_POSSIBLE);
}

static void
a_question_keeps_it_open (void)
{
  g_autofree char *id = report_event ("{\"title\": \"Which pier?\"}");
  g_autoptr (GError) error = NULL;
  g_autofree char *question = sak_vault_ask (pair.desk, id, NULL, "Which?", FALSE, &error);
  g_autoptr (SakArrived) arrived = load (id);

  g_assert_no_error (error);
  g_assert_cmpuint (arrived->n_questions, ==, 1);
  assert_state (id, SAK_REVIEW_QUESTION, SAK_GRADE_NONE);
  g_assert_true (sak_vault_close_question (pair.desk, question, NULL, &error));
  assert_state (id, SAK_REVIEW_NEW, SAK_GRADE_NONE);
}

static void
what_is_urgent_and_what_is_unread_comes_to_the_fore (void)
{
  g_autofree char *urgent = report_event ("{\"title\": \"In danger\", \"urgent\": \"yes\"}");
  g_autofree char *later = report_event ("{\"title\": \"Later\"}");
  g_autoptr (SakContact) harbour = sak_vault_find_contact (pair.desk, "Harbour", NULL);
  g_autoptr (GArray) rowids = sak_vault_list_arrivals (pair.desk, SAK_REVIEW_NEW, harbour, 0, 1, NULL);
  g_autoptr (GPtrArray) rows = sak_vault_load_arrivals (pair.desk, (const gint64 *) (void *) rowids->data, 1, NULL);
  const SakArrived *first = rows->pdata[0];
  SakReviewCount before, after;
  g_autoptr (SakArrived) arrived = NULL;

  g_assert_cmpstr (first->row->id, ==, urgent);
  g_assert_true (first->is_urgent && !first->is_read && first->has_known_author);
  g_assert_cmpstr (first->row->origin, ==, "Harbour");
  g_assert_true (sak_vault_count_arrivals (pair.desk, NULL, &before, NULL));
  g_assert_true (sak_vault_set_read (pair.desk, urgent, NULL, TRUE, NULL));
  g_assert_true (sak_vault_set_read (pair.desk, later, NULL, TRUE, NULL));
  g_assert_true (sak_vault_set_read (pair.desk, later, NULL, FALSE, NULL));
  g_assert_true (sak_vault_count_arrivals (pair.desk, NULL, &after, NULL));
  g_assert_cmpuint (before.n_unread - after.n_unread, ==, 1);
  change_event (urgent, "Out of danger");
  arrived = load (urgent);
  g_assert_false (arrived->is_read);
}

static void
lists_and_counts_agree (void)
{
  g_autoptr (SakContact) harbour = sak_vault_find_contact (pair.desk, "Harbour", NULL);
  const SakContact *const from[] = { NULL, harbour };

  for (gsize i = 0; i < G_N_ELEMENTS (from); i++)
    {
      g_autoptr (GArray) all = sak_vault_list_arrivals (pair.desk, SAK_N_REVIEW_STATES, from[i], 0, -1, NULL);
      SakReviewCount count;
      guint n = 0;

      g_assert_true (sak_vault_count_arrivals (pair.desk, from[i], &count, NULL));
      for (SakReviewState state = SAK_REVIEW_NEW; state < SAK_N_REVIEW_STATES; state++)
        {
          g_autoptr (GArray) some = sak_vault_list_arrivals (pair.desk, state, from[i], 0, -1, NULL);

          g_assert_cmpuint (some->len, ==, count.n[state]);
          n += some->len;
        }
      g_assert_cmpuint (all->len, ==, n);
      g_assert_cmpuint (n, >, 0);
    }
}

static void
what_cannot_be_decided_is_refused (void)
{
  g_autofree char *own = test_add_event (pair.desk, "The desk's own", TRUE);
  g_autofree char *id = report_event ("{\"title\": \"Refused\"}");
  g_autofree char *question = sak_vault_ask (pair.desk, id, NULL, "Why?", FALSE, NULL);
  const char *const records[] = { own, question };

  for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) read_error = NULL;

      g_assert_null (sak_vault_accept (pair.desk, records[i], NULL, SAK_GRADE_LIKELY, NULL, &error));
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
      g_assert_false (sak_vault_set_read (pair.desk, records[i], NULL, TRUE, &read_error));
      g_assert_error (read_error, SAK_ERROR, SAK_ERROR_INVALID);
    }
  g_assert_null (sak_vault_decline (pair.desk, id, NULL, "  ", NULL));
  g_assert_null (sak_vault_add_note (pair.desk, id, NULL, NULL));
  assert_went_well (sak_vault_add_note (pair.desk, own, "For ourselves", NULL), NULL);
}

static void
nothing_of_it_ever_leaves (void)
{
  static const char *const recipients[] = { "Harbour", NULL };
  g_autofree char *id = report_event ("{\"title\": \"Between us\"}");
  g_autoptr (GError) error = NULL;
  g_autofree char *note = sak_vault_add_note (pair.desk, id, "Not for them", &error);
  g_autofree char *decision = sak_vault_decline (pair.desk, id, NULL, "Not true", &error);
  const char *const named[] = { note, decision, NULL };
  g_autoptr (SakExportPlan) all = sak_export_plan_new (pair.desk, recipients, NULL, &error);
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair.desk, recipients, named, &error);
  g_autofree char *path = test_path (&pair, "leak.age");

  g_assert_no_error (error);
  for (guint i = 0; i < all->items->len; i++)
    g_assert_cmpstr (((SakPlanItem *) all->items->pdata[i])->kind, !=, SAK_KIND_REVIEW);
  g_assert_cmpuint (plan->items->len, ==, 2);
  for (guint i = 0; i < plan->items->len; i++)
    g_assert_cmpint (((SakPlanItem *) plan->items->pdata[i])->verdict, ==, SAK_PLAN_STAYS_INTERNAL);
  g_assert_null (sak_bundle_create (pair.desk, plan, path, NULL, NULL, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONSENT);
}

/* A partner signs that its own report was accepted. */
static void
others_decisions_decide_nothing (void)
{
  g_autofree char *id = report_event ("{\"title\": \"Accept me\"}");
  g_autofree char *forged = g_uuid_string_random ();
  g_autofree char *path = test_path (&pair, "forged.age");
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.partner, id, NULL);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:i, s:s, s:s, s:[s]}", "about", id, "number", 99, "says", "accepted",
                                         "grade", "confirmed", "versions", record->base_revision);
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GPtrArray) decisions = NULL;
  SakVerdictFields verdict;
  HandBundle bundle;

  g_assert_true (sak_verdict_read (fields, &verdict));
  hand_bundle_init (&bundle, pair.partner, pair.desk);
  hand_bundle_add_revision (&bundle, forged, SAK_KIND_REVIEW, NULL, fields);
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  report = test_import (pair.desk, path);
  g_assert_true (report->is_verified);
  assert_state (id, SAK_REVIEW_NEW, SAK_GRADE_NONE);
  decisions = sak_vault_list_decisions (pair.desk, id, NULL);
  g_assert_cmpuint (decisions->len, ==, 0);
}

static void
what_no_decision_holds_is_told (void)
{
  static const char about[] = "\"about\": \"6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\", \"number\": 1, \"versions\": []";
  static const struct { const char *rest; gboolean is_good; } cases[] = {
    { "\"says\": \"begun\"", TRUE },
    { "\"says\": \"accepted\", \"grade\": \"likely\"", TRUE },
    { "\"says\": \"declined\", \"text\": \"x\"", TRUE },
    { "\"says\": \"note\", \"text\": \"x\"", TRUE },
    { "\"says\": \"accepted\"", FALSE },
    { "\"says\": \"accepted\", \"grade\": \"\"", FALSE },
    { "\"says\": \"accepted\", \"grade\": \"sure\"", FALSE },
    { "\"says\": \"begun\", \"grade\": \"likely\"", FALSE },
    { "\"says\": \"declined\"", FALSE },
    { "\"says\": \"declined\", \"text\": \" \"", FALSE },
    { "\"says\": \"note\", \"text\": 7", FALSE },
    { "\"says\": \"maybe\"", FALSE },
    { "\"says\": \"begun\", \"open\": []", TRUE },
    { "\"says\": \"begun\", \"open\": [1]", FALSE },
    { "\"says\": \"begun\", \"open\": 1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{%s, %s}", about, cases[i].rest);
      g_autoptr (json_t) fields = sak_json_parse (text, -1, NULL);
      SakVerdictFields verdict;

      g_assert_nonnull (fields);
      g_assert_cmpint (sak_verdict_read (fields, &verdict), ==, cases[i].is_good);
    }
}

/* In a vault that an older program made, everything that came is new and read. */
static void
an_older_vault_has_its_arrivals (void)
{
  g_autofree char *path = g_strdup (sak_vault_get_path (pair.desk));
  g_autofree char *id = report_event ("{\"title\": \"From before\", \"urgent\": \"yes\"}");
  g_autoptr (GArray) before = sak_vault_list_arrivals (pair.desk, SAK_N_REVIEW_STATES, NULL, 0, -1, NULL);
  g_autoptr (GArray) after = NULL;
  g_autoptr (SakArrived) arrived = NULL;
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;

  test_vault_make_old (pair.desk, 9);
  sak_vault_lock (pair.desk);
  g_clear_object (&pair.desk);
  pair.desk = sak_vault_open (path, passphrase, &error);
  g_assert_no_error (error);
  after = sak_vault_list_arrivals (pair.desk, SAK_N_REVIEW_STATES, NULL, 0, -1, NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  arrived = load (id);
  g_assert_true (arrived->is_read && arrived->is_urgent);
  g_assert_cmpint (arrived->state, ==, SAK_REVIEW_NEW);
}

static void
run (SakVault   *vault,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_db_exec (vault->db, sql, &error));
  g_assert_no_error (error);
}

static void
bring (const char *kind,
       json_t     *fields,
       char      **ret_id)
{
  g_autofree char *name = g_strdup_printf ("brought-%u.age", ++n_files);
  g_autofree char *path = test_path (&pair, name);
  g_autoptr (SakBundleReport) report = NULL;
  HandBundle bundle;

  *ret_id = g_uuid_string_random ();
  hand_bundle_init (&bundle, pair.partner, pair.desk);
  hand_bundle_add_revision (&bundle, *ret_id, kind, NULL, fields);
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  report = test_import (pair.desk, path);
  g_assert_true (report->is_verified);
}

/* Also one that an older program listed among the cases, and had the search find. */
static void
list_as_a_case (const char *id)
{
  g_auto (SakRecordKey) key = { 0 };
  g_autoptr (json_t) fields = json_pack ("{s:s}", "text", "Which pier was it?");
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_record_find (pair.desk, id, &key, &error));
  g_assert_true (sak_vault_begin (pair.desk, &error));
  g_assert_true (sak_search_update (pair.desk, &key, SAK_RECORD_FINISHED, "Which pier?", NULL, fields, &error));
  g_assert_true (sak_vault_commit (pair.desk, &error));
  g_assert_no_error (error);
}

static void
open_as_an_older_one_left_it (guint version)
{
  g_autofree char *path = g_strdup (sak_vault_get_path (pair.desk));
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;

  test_vault_make_old (pair.desk, version);
  run (pair.desk, "UPDATE record SET title = 'Which pier?', state = 3 WHERE kind = 'question'");
  sak_vault_lock (pair.desk);
  g_clear_object (&pair.desk);
  pair.desk = sak_vault_open (path, passphrase, &error);
  g_assert_no_error (error);
}

static void
what_runs_the_network_is_no_arrival (void)
{
  g_autofree char *about = report_event ("{\"title\": \"Asked about\"}");
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.desk, about, NULL);
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (pair.desk);
  g_autofree char *key = NULL;
  g_autoptr (json_t) question = NULL;
  g_autoptr (json_t) form = json_pack ("{s:s, s:s, s:i}", "title", "A form", "form", "visit", "version", 1);
  g_autofree char *question_id = NULL;
  g_autofree char *form_id = NULL;
  guint8 own[SAK_SIGN_PUBLIC_SIZE];

  sak_sign_get_public (seed, own);
  key = sak_hex_encode (own, sizeof own);
  question = json_pack ("{s:s, s:s, s:s, s:s}", "to", key, "about", about, "version", record->base_revision,
                        "text", "Which pier was it?");
  bring (SAK_KIND_QUESTION, question, &question_id);
  bring (SAK_KIND_FORM, form, &form_id);
  for (guint version = 9; version <= 13; version++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakArrived) arrived = sak_vault_load_arrival (pair.desk, form_id, &error);
      g_autoptr (GPtrArray) threads = sak_vault_list_questions (pair.desk, about, SAK_QUESTIONS_ALL, 0, 10, NULL);

      g_assert_null (arrived);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
      g_assert_cmpuint (threads->len, ==, 1);
      assert_no_damage (pair.desk);
      if (version == 13)
        break;
      list_as_a_case (question_id);
      open_as_an_older_one_left_it (version);
    }
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  g_test_add_func ("/review/each-decision-moves-it-on", each_decision_moves_it_on);
  g_test_add_func ("/review/whose-word-is-shown-is-known", whose_word_is_shown_is_known);
  g_test_add_func ("/review/what-is-left-stands-as-before", what_is_left_stands_as_before);
  g_test_add_func ("/review/a-new-version-puts-it-back", a_new_version_puts_it_back);
  g_test_add_func ("/review/a-decision-is-about-what-was-seen", a_decision_is_about_what_was_seen);
  g_test_add_func ("/review/what-is-no-version-of-it-was-not-seen", what_is_no_version_of_it_was_not_seen);
  g_test_add_func ("/review/more-of-a-version-puts-it-back", more_of_a_version_puts_it_back);
  g_test_add_func ("/review/a-record-of-many-versions-is-accepted", a_record_of_many_versions_is_accepted);
  g_test_add_func ("/review/a-question-keeps-it-open", a_question_keeps_it_open);
  g_test_add_func ("/review/what-is-urgent-and-what-is-unread-comes-to-the-fore",
                   what_is_urgent_and_what_is_unread_comes_to_the_fore);
  g_test_add_func ("/review/lists-and-counts-agree", lists_and_counts_agree);
  g_test_add_func ("/review/what-cannot-be-decided-is-refused", what_cannot_be_decided_is_refused);
  g_test_add_func ("/review/nothing-of-it-ever-leaves", nothing_of_it_ever_leaves);
  g_test_add_func ("/review/others-decisions-decide-nothing", others_decisions_decide_nothing);
  g_test_add_func ("/review/what-no-decision-holds-is-told", what_no_decision_holds_is_told);
  g_test_add_func ("/review/an-older-vault-has-its-arrivals", an_older_vault_has_its_arrivals);
  g_test_add_func ("/review/what-runs-the-network-is-no-arrival", what_runs_the_network_is_no_arrival);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
