/* test-many.c - a tag for many records at once, and drafts thrown away together
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-crypto.h"
#include "storage/model/sak-tags.h"
#include "storage/sak-history.h"
#include "storage/sak-many.h"
#include "tests/headless/sak-test-vault.h"

#define REASON "A tag was added"

static char *
get_tags (SakVault   *vault,
          const char *id)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, NULL);

  return g_strdup (sak_json_get_text (record->fields, SAK_TAGS_PATH));
}

static void
assert_tags (SakVault   *vault,
             const char *id,
             const char *tags)
{
  g_autofree char *found = get_tags (vault, id);

  g_assert_cmpstr (found, ==, tags);
}

static SakRecordState
get_state (SakVault   *vault,
           const char *id)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, NULL);

  return record->state;
}

static guint
count_versions (SakVault   *vault,
                const char *id)
{
  g_autoptr (GPtrArray) versions = sak_vault_list_versions (vault, id, NULL);

  return versions->len;
}

/* A draft stays a draft; what was finished is, again; one that has it already is not signed for nothing. */
static void
a_tag_is_put_to_each_as_it_is (TestVault     *f,
                               gconstpointer  unused)
{
  g_autofree char *draft = test_add_json (f->vault, "event", "{\"title\": \"Raid\", \"tags\": \"boats\"}", FALSE);
  g_autofree char *finished = test_add_json (f->vault, "event", "{\"title\": \"Wages\"}", TRUE);
  g_autofree char *tagged = test_add_json (f->vault, "event", "{\"title\": \"Dam\", \"tags\": \"Harbour, dam\"}", TRUE);
  const char *const ids[] = { draft, finished, tagged, NULL };
  SakManyOutcome outcome;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_tag_many (f->vault, ids, " harbour ", FALSE, REASON, NULL, NULL, NULL, &outcome, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (outcome.n_changed, ==, 2);
  g_assert_cmpuint (outcome.n_left_out, ==, 1);
  assert_tags (f->vault, draft, "boats, harbour");
  assert_tags (f->vault, finished, "harbour");
  assert_tags (f->vault, tagged, "Harbour, dam");
  g_assert_cmpint (get_state (f->vault, draft), ==, SAK_RECORD_DRAFT);
  g_assert_cmpint (get_state (f->vault, finished), ==, SAK_RECORD_FINISHED);
  g_assert_cmpuint (count_versions (f->vault, finished), ==, 2);
  g_assert_cmpuint (count_versions (f->vault, tagged), ==, 1);
  g_assert_true (sak_vault_tag_many (f->vault, ids, "HARBOUR", TRUE, REASON, NULL, NULL, NULL, &outcome, &error));
  g_assert_cmpuint (outcome.n_changed, ==, 3);
  assert_tags (f->vault, draft, "boats");
  assert_tags (f->vault, finished, NULL);
  assert_tags (f->vault, tagged, "dam");
}

static void
what_is_no_tag_changes_nothing (TestVault     *f,
                                gconstpointer  unused)
{
  static const char *const wrong[] = { "", "  ", ",", " ၊ " };
  g_autofree char *id = test_add_json (f->vault, "event", "{\"title\": \"Raid\"}", FALSE);
  const char *const ids[] = { id, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      SakManyOutcome outcome;

      g_assert_false (sak_vault_tag_many (f->vault, ids, wrong[i], FALSE, REASON, NULL, NULL, NULL, &outcome, &error));
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
      assert_tags (f->vault, id, NULL);
    }
}

/* As in the field: with a comma between. */
static void
several_tags_are_put_and_taken_together (TestVault     *f,
                                         gconstpointer  unused)
{
  g_autofree char *id = test_add_json (f->vault, "event", "{\"title\": \"Raid\", \"tags\": \"boats\"}", TRUE);
  const char *const ids[] = { id, NULL };
  SakManyOutcome outcome;

  g_assert_true (sak_vault_tag_many (f->vault, ids, "Boats, dam၊ night", FALSE, REASON, NULL, NULL, NULL, &outcome,
                                     NULL));
  g_assert_cmpuint (outcome.n_changed, ==, 1);
  assert_tags (f->vault, id, "boats, dam, night");
  g_assert_cmpuint (count_versions (f->vault, id), ==, 2);
  g_assert_true (sak_vault_tag_many (f->vault, ids, "night, boats, mine", TRUE, REASON, NULL, NULL, NULL, &outcome,
                                     NULL));
  assert_tags (f->vault, id, "dam");
}

/* One that has no room for it is no reason to leave the next ones out, and gets no draft from it. */
static void
what_does_not_take_it_does_not_stop_the_rest (TestVault     *f,
                                              gconstpointer  unused)
{
  g_autofree char *longest = g_strnfill (SAK_FORM_MAX_LINE, 'a');
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Raid\", \"tags\": \"%s\"}", longest);
  g_autofree char *full = test_add_json (f->vault, "event", json, TRUE);
  g_autofree char *full_draft = test_add_json (f->vault, "event", json, FALSE);
  g_autofree char *next = test_add_json (f->vault, "event", "{\"title\": \"Wages\"}", TRUE);
  const char *const ids[] = { full, full_draft, next, NULL };
  g_autoptr (GError) error = NULL;
  SakManyOutcome outcome;

  g_assert_true (sak_vault_tag_many (f->vault, ids, "boats", FALSE, REASON, NULL, NULL, NULL, &outcome, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (outcome.n_changed, ==, 1);
  g_assert_cmpuint (outcome.n_left_out, ==, 2);
  assert_tags (f->vault, full, longest);
  assert_tags (f->vault, full_draft, longest);
  assert_tags (f->vault, next, "boats");
  g_assert_cmpint (get_state (f->vault, full), ==, SAK_RECORD_FINISHED);
}

static void
a_conflict_is_left_to_a_person (TestVault     *f,
                                gconstpointer  unused)
{
  g_autofree char *torn = test_add_torn (f->vault);
  const char *const ids[] = { torn, NULL };
  SakManyOutcome outcome;

  g_assert_true (sak_vault_tag_many (f->vault, ids, "boats", FALSE, REASON, NULL, NULL, NULL, &outcome, NULL));
  g_assert_cmpuint (outcome.n_left_out, ==, 1);
  g_assert_true (sak_vault_discard_many (f->vault, ids, NULL, NULL, NULL, &outcome, NULL));
  g_assert_cmpuint (outcome.n_left_out, ==, 1);
  g_assert_cmpint (get_state (f->vault, torn), ==, SAK_RECORD_CONFLICT);
}

static void
stop_after_one (guint64  done,
                guint64  total,
                gpointer cancellable)
{
  g_assert_cmpuint (total, ==, 3);
  g_cancellable_cancel (cancellable);
}

static void
who_stops_has_what_was_done_and_is_told (TestVault     *f,
                                         gconstpointer  unused)
{
  g_autofree char *first = test_add_json (f->vault, "event", "{\"title\": \"One\"}", TRUE);
  g_autofree char *second = test_add_json (f->vault, "event", "{\"title\": \"Two\"}", TRUE);
  g_autofree char *third = test_add_json (f->vault, "event", "{\"title\": \"Three\"}", TRUE);
  const char *const ids[] = { first, second, third, NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  SakManyOutcome outcome;

  g_assert_false (sak_vault_tag_many (f->vault, ids, "boats", FALSE, REASON, stop_after_one, cancellable, cancellable,
                                      &outcome, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (outcome.n_changed, ==, 1);
  assert_tags (f->vault, first, "boats");
  assert_tags (f->vault, second, NULL);
}

static void
drafts_go_and_what_is_finished_stays (TestVault     *f,
                                      gconstpointer  unused)
{
  g_autofree char *draft = test_add_json (f->vault, "event", "{\"title\": \"Raid\"}", FALSE);
  g_autofree char *finished = test_add_json (f->vault, "event", "{\"title\": \"Wages\"}", TRUE);
  g_autofree char *changed = test_add_json (f->vault, "event", "{\"title\": \"Dam\"}", TRUE);
  g_autoptr (SakRecord) before = sak_vault_load_record (f->vault, changed, NULL);
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Dam and mine");
  const char *const ids[] = { draft, finished, changed, NULL };
  g_autoptr (SakRecord) gone = NULL;
  g_autoptr (SakRecord) after = NULL;
  SakManyOutcome outcome;

  g_assert_true (sak_vault_save_draft (f->vault, changed, before->base_revision, fields, NULL));
  g_assert_true (sak_vault_discard_many (f->vault, ids, NULL, NULL, NULL, &outcome, NULL));
  g_assert_cmpuint (outcome.n_changed, ==, 2);
  g_assert_cmpuint (outcome.n_left_out, ==, 1);
  gone = sak_vault_load_record (f->vault, draft, NULL);
  g_assert_null (gone);
  after = sak_vault_load_record (f->vault, changed, NULL);
  g_assert_cmpstr (sak_json_get_text (after->fields, "title"), ==, "Dam");
  g_assert_cmpint (get_state (f->vault, finished), ==, SAK_RECORD_FINISHED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sak_crypto_init ();
#define ADD(name, test) g_test_add ("/many/" name, TestVault, NULL, test_vault_set_up, test, test_vault_tear_down)
  ADD ("a-tag-is-put-to-each-as-it-is", a_tag_is_put_to_each_as_it_is);
  ADD ("what-is-no-tag-changes-nothing", what_is_no_tag_changes_nothing);
  ADD ("several-tags-are-put-and-taken-together", several_tags_are_put_and_taken_together);
  ADD ("what-does-not-take-it-does-not-stop-the-rest", what_does_not_take_it_does_not_stop_the_rest);
  ADD ("a-conflict-is-left-to-a-person", a_conflict_is_left_to_a_person);
  ADD ("who-stops-has-what-was-done-and-is-told", who_stops_has_what_was_done_and_is_told);
  ADD ("drafts-go-and-what-is-finished-stays", drafts_go_and_what_is_finished_stays);
#undef ADD
  return g_test_run ();
}
