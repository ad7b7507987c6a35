/* test-conflict.c - several heads seen side by side and merged; late drafts; clocks that lie
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-check.h"
#include "storage/sak-exchange.h"
#include "storage/sak-history.h"
#include "storage/sak-record-private.h"
#include "tests/headless/sak-test-vault.h"

#define NOW 1700000000

typedef struct
{
  TestVault base;
  SakVault *vault;
  char *id;                     /* an incident, finished once */
  char *first;                  /* that revision */
  SakSecret *own_seed;
  SakSecret *other_seed;
  gint64 other;                 /* the contact with that key */
} Fixture;

static gint64
add_contact (SakVault  *vault,
             SakSecret *seed)
{
  SakContact contact = { .name = (char *) "Desk", .organisation = (char *) "", .card = (char *) "{}" };
  g_autoptr (SakContact) found = NULL;
  g_autoptr (GError) error = NULL;

  sak_sign_get_public (seed, contact.signing_key);
  sak_random_bytes (contact.recipient.bytes, sizeof contact.recipient.bytes);
  g_assert_true (sak_vault_add_contact (vault, &contact, &error));
  found = sak_vault_find_contact (vault, "Desk", &error);
  g_assert_no_error (error);
  return found->rowid;
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  test_vault_set_up (&f->base, NULL);
  f->vault = f->base.vault;
  f->id = test_add_json (f->vault, "event", "{\"title\": \"Raid\", \"narrative\": \"They came at night.\"}", TRUE);
  record = sak_vault_load_record (f->vault, f->id, &error);
  g_assert_no_error (error);
  f->first = g_strdup (record->base_revision);
  f->own_seed = sak_vault_dup_signing_seed (f->vault);
  f->other_seed = sak_secret_new (SAK_SIGN_SEED_SIZE);
  sak_random_bytes (sak_secret_get_bytes (f->other_seed), SAK_SIGN_SEED_SIZE);
  f->other = add_contact (f->vault, f->other_seed);
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  g_free (f->id);
  g_free (f->first);
  g_clear_pointer (&f->own_seed, sak_secret_unref);
  g_clear_pointer (&f->other_seed, sak_secret_unref);
  test_vault_tear_down (&f->base, NULL);
}

typedef struct
{
  const char *parent;           /* or NULL */
  const char *fields;           /* JSON */
  const char *withheld;         /* one path, or NULL */
  gboolean is_foreign;
  gint64 time;
} Coming;

/* As if it came in a bundle: by the other, or by this vault's own key from another laptop. */
static char *
put (Fixture      *f,
     const Coming *coming)
{
  g_autoptr (json_t) fields = json_loads (coming->fields, 0, NULL);
  const char *const parents[] = { coming->parent, NULL };
  SakRevisionContent content = { f->id, "event", "event", 1, parents, coming->time != 0 ? coming->time : NOW,
                                 "because", fields };
  g_autoptr (GHashTable) withheld = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) whole = NULL;
  g_autoptr (SakRevision) revision = NULL;
  g_autofree char *line = NULL;
  g_auto (SakRecordKey) key = { 0 };
  gboolean is_new;

  g_assert_nonnull (fields);
  whole = sak_revision_new (&content, coming->is_foreign ? f->other_seed : f->own_seed, &error);
  g_assert_no_error (error);
  if (coming->withheld != NULL)
    g_hash_table_add (withheld, (gpointer) coming->withheld);
  line = sak_revision_to_line (whole, withheld);
  revision = sak_revision_parse (line, -1, &error);
  g_assert_no_error (error);
  g_assert_true (sak_vault_begin (f->vault, &error));
  g_assert_true (sak_record_find (f->vault, f->id, &key, &error));
  g_assert_true (sak_revision_store (f->vault, &key, revision, f->other, &is_new, &error));
  g_assert_true (sak_record_refresh (f->vault, &key, &error));
  g_assert_true (sak_vault_commit (f->vault, &error));
  return g_strdup (sak_revision_get_id (revision));
}

static SakConflict *
load (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  SakConflict *conflict = sak_vault_load_conflict (f->vault, f->id, &error);

  g_assert_no_error (error);
  return conflict;
}

static const SakFieldComparison *
get_field (const SakConflict *conflict,
           const char        *path)
{
  for (guint i = 0; i < conflict->fields->len; i++)
    if (g_str_equal (((SakFieldComparison *) conflict->fields->pdata[i])->path, path))
      return conflict->fields->pdata[i];
  g_assert_not_reached ();
}

static char *
merge (Fixture      *f,
       SakConflict  *conflict,
       json_t       *fields,
       GError      **error)
{
  g_auto (GStrv) parents = sak_conflict_list_parents (conflict);
  const SakMerge decision = { (const char *const *) parents, sak_conflict_has_draft (conflict), fields,
                              "Brought together" };

  return sak_vault_merge_record (f->vault, f->id, &decision, error);
}

static void
assert_stands (Fixture        *f,
               SakRecordState  state,
               const char     *title,
               const char     *narrative)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (f->vault, f->id, &error);
  g_autoptr (SakCheckReport) report = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (record->state, ==, state);
  g_assert_cmpstr (sak_json_get_text (record->fields, "title"), ==, title);
  g_assert_cmpstr (sak_json_get_text (record->fields, "narrative"), ==, narrative);
  report = sak_vault_check (f->vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

static void
what_each_side_changed_alone_is_brought_together (Fixture       *f,
                                                  gconstpointer  unused)
{
  g_autofree char *here = put (f, &(Coming) { f->first, "{\"title\": \"Raid at the pier\","
                                              " \"narrative\": \"They came at night.\"}" });
  g_autofree char *there = put (f, &(Coming) { f->first,
                                               "{\"title\": \"Raid\", \"narrative\": \"They came at dawn.\"}" });
  g_autoptr (SakConflict) conflict = load (f);
  g_autoptr (json_t) fields = sak_record_compare_take (conflict->fields);
  g_autofree char *revision = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (conflict->base, ==, f->first);
  g_assert_cmpuint (conflict->sides->len, ==, 2);
  g_assert_cmpuint (conflict->n_mergeable, ==, 2);
  g_assert_cmpint (get_field (conflict, "title")->outcome, ==, SAK_OUTCOME_TAKEN);
  g_assert_cmpint (get_field (conflict, "narrative")->outcome, ==, SAK_OUTCOME_TAKEN);
  revision = merge (f, conflict, fields, &error);
  g_assert_no_error (error);
  assert_stands (f, SAK_RECORD_FINISHED, "Raid at the pier", "They came at dawn.");
  heads = sak_vault_list_heads (f->vault, f->id, &error);
  g_assert_cmpuint (heads->len, ==, 1);
  g_assert_cmpuint (g_strv_length ((char **) sak_revision_get_parents (heads->pdata[0])), ==, 2);
}

static void
what_both_changed_is_asked_and_so_is_consent (Fixture       *f,
                                              gconstpointer  unused)
{
  g_autofree char *here = put (f, &(Coming) { f->first, "{\"title\": \"One\", \"narrative\": \"x\"}" });
  g_autofree char *there = put (f, &(Coming) { f->first, "{\"title\": \"Two\", \"narrative\": \"x\","
                                               " \"consent\": {\"share\": \"named\"}}" });
  g_autoptr (SakConflict) conflict = load (f);

  g_assert_cmpint (get_field (conflict, "title")->outcome, ==, SAK_OUTCOME_ASKED);
  g_assert_cmpint (get_field (conflict, "narrative")->outcome, ==, SAK_OUTCOME_TAKEN);
  g_assert_cmpint (get_field (conflict, "consent")->outcome, ==, SAK_OUTCOME_ASKED);
  /* In the order of the form, which has no consent in an incident. */
  g_assert_true (conflict->fields->pdata[0] == get_field (conflict, "title"));
  g_assert_true (conflict->fields->pdata[2] == get_field (conflict, "consent"));
}

static void
three_heads_are_brought_together_in_one (Fixture       *f,
                                         gconstpointer  unused)
{
  g_autofree char *a = put (f, &(Coming) { f->first, "{\"title\": \"A\", \"narrative\": \"They came at night.\"}" });
  g_autofree char *b = put (f, &(Coming) { f->first, "{\"title\": \"Raid\", \"narrative\": \"B\"}" });
  g_autofree char *c = put (f, &(Coming) { a, "{\"title\": \"C\", \"narrative\": \"They came at night.\"}" });
  g_autofree char *d = put (f, &(Coming) { a, "{\"title\": \"A\", \"narrative\": \"They came at night.\"}",
                                           .is_foreign = TRUE });
  g_autoptr (SakConflict) conflict = load (f);
  g_autoptr (json_t) fields = sak_record_compare_take (conflict->fields);
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (conflict->n_mergeable, ==, 3);
  g_assert_cmpstr (conflict->base, ==, f->first);
  /* Both sides of A's line have a new title, but not the same one. */
  g_assert_cmpint (get_field (conflict, "title")->outcome, ==, SAK_OUTCOME_ASKED);
  json_object_set_new (fields, "title", json_string ("C"));
  revision = merge (f, conflict, fields, &error);
  g_assert_no_error (error);
  assert_stands (f, SAK_RECORD_FINISHED, "C", "B");
}

static void
a_merge_on_stale_heads_is_refused (Fixture       *f,
                                   gconstpointer  unused)
{
  g_autofree char *here = put (f, &(Coming) { f->first, "{\"title\": \"Here\"}" });
  g_autofree char *there = put (f, &(Coming) { f->first, "{\"title\": \"There\"}" });
  g_autoptr (SakConflict) conflict = load (f);
  g_autofree char *later = put (f, &(Coming) { there, "{\"title\": \"Later\"}" });
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Together");
  g_autoptr (GError) error = NULL;
  g_autofree char *revision = merge (f, conflict, fields, &error);
  g_autoptr (SakConflict) after = NULL;

  g_assert_null (revision);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  after = load (f);
  g_assert_cmpuint (after->sides->len, ==, 2);
}

static void
a_merge_is_checked_like_every_version (Fixture       *f,
                                       gconstpointer  unused)
{
  g_autofree char *here = put (f, &(Coming) { f->first, "{\"title\": \"Here\"}" });
  g_autofree char *there = put (f, &(Coming) { f->first, "{\"title\": \"There\"}" });
  g_autoptr (SakConflict) conflict = load (f);
  g_autoptr (json_t) empty = json_object ();
  g_autoptr (json_t) good = json_pack ("{s:s}", "title", "Together");
  const char *const parents[] = { here, there, NULL };
  const SakMerge silent = { parents, FALSE, good, "" };
  const SakMerge orphan = { parents + 2, FALSE, good, "because" };
  g_autoptr (GError) error = NULL;

  g_assert_null (merge (f, conflict, empty, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (sak_vault_merge_record (f->vault, f->id, &silent, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_null (sak_vault_merge_record (f->vault, f->id, &orphan, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_USAGE);
}

/* It is shown, it is not merged, and it is still there afterwards. */
static void
what_was_withheld_is_never_signed_away (Fixture       *f,
                                        gconstpointer  unused)
{
  g_autofree char *here = put (f, &(Coming) { f->first, "{\"title\": \"Here\"}" });
  g_autofree char *there = put (f, &(Coming) { f->first, "{\"title\": \"There\", \"narrative\": \"secret\"}",
                                               "narrative", TRUE });
  g_autoptr (SakConflict) conflict = load (f);
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Together");
  const char *const parents[] = { here, there, NULL };
  const SakMerge forced = { parents, FALSE, fields, "because" };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (conflict->sides->len, ==, 2);
  g_assert_cmpuint (conflict->n_mergeable, ==, 1);
  g_assert_cmpint (get_field (conflict, "narrative")->sides[1].change, ==, SAK_CHANGE_WITHHELD);
  g_assert_cmpint (get_field (conflict, "title")->outcome, ==, SAK_OUTCOME_SHOWN);
  g_assert_null (sak_vault_merge_record (f->vault, f->id, &forced, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  assert_stands (f, SAK_RECORD_CONFLICT, "Here", NULL);
}

/* Such a draft was to be had from earlier versions of the program, and by an import beneath an open record. */
static void
a_draft_over_a_part_takes_nothing_out (Fixture       *f,
                                       gconstpointer  unused)
{
  g_autofree char *partial = put (f, &(Coming) { f->first, "{\"title\": \"There\", \"narrative\": \"secret\"}",
                                                 "narrative", TRUE });
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Mine");
  g_autoptr (SakConflict) conflict = NULL;
  const SakConflictSide *draft = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_keep_draft (f->vault, f->id, partial, fields, &error));
  g_assert_no_error (error);
  conflict = load (f);
  g_assert_cmpuint (conflict->sides->len, ==, 3);       /* a part stands in for nothing: our own is a head still */
  for (guint i = 0; i < 3; i++)
    if (((SakConflictSide *) conflict->sides->pdata[i])->is_draft)
      draft = conflict->sides->pdata[i];
  g_assert_nonnull (draft);
  g_assert_false (draft->is_whole);
  g_assert_true (g_strv_contains ((const char *const *) draft->withheld, "narrative"));
  g_assert_cmpuint (conflict->n_mergeable, ==, 1);
  g_assert_cmpint (get_field (conflict, "title")->outcome, ==, SAK_OUTCOME_SHOWN);
  g_assert_cmpint (get_field (conflict, "narrative")->outcome, ==, SAK_OUTCOME_WITHHELD);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpint (get_field (conflict, "narrative")->sides[i].change, ==, SAK_CHANGE_WITHHELD);
  g_assert_false (sak_conflict_has_draft (conflict));   /* no merge of others takes it */
}

/* Finishing a change is no look at what somebody else put beside it. */
static void
a_plain_change_leaves_the_other_head (Fixture       *f,
                                      gconstpointer  unused)
{
  g_autofree char *theirs = put (f, &(Coming) { f->first, "{\"title\": \"Theirs\"}", NULL, TRUE });
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Ours, changed");
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakConflict) conflict = NULL;

  g_assert_true (sak_vault_save_draft (f->vault, f->id, f->first, fields, &error));
  revision = sak_vault_finish_record (f->vault, f->id, "More is known", &error);
  g_assert_no_error (error);
  assert_stands (f, SAK_RECORD_CONFLICT, "Ours, changed", NULL);
  conflict = load (f);
  g_assert_cmpuint (conflict->sides->len, ==, 2);
  g_assert_cmpstr (conflict->base, ==, f->first);
}

static void
an_edit_that_came_too_late_is_kept_and_merged (Fixture       *f,
                                               gconstpointer  unused)
{
  g_autofree char *newer = put (f, &(Coming) { f->first, "{\"title\": \"Raid\", \"narrative\": \"At dawn.\"}" });
  g_autoptr (json_t) late = json_pack ("{s:s, s:s}", "title", "Raid at the pier", "narrative", "They came at night.");
  g_autoptr (SakConflict) conflict = NULL;
  g_autoptr (json_t) fields = NULL;
  g_autofree char *revision = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sak_vault_save_draft (f->vault, f->id, f->first, late, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (sak_vault_keep_draft (f->vault, f->id, f->first, late, &error));
  g_assert_no_error (error);
  assert_stands (f, SAK_RECORD_CONFLICT, "Raid at the pier", "They came at night.");
  g_assert_null (sak_vault_finish_record (f->vault, f->id, "because", &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  g_clear_error (&error);

  conflict = load (f);
  g_assert_true (sak_conflict_has_draft (conflict));
  g_assert_cmpstr (conflict->base, ==, f->first);
  fields = sak_record_compare_take (conflict->fields);
  revision = merge (f, conflict, fields, &error);
  g_assert_no_error (error);
  assert_stands (f, SAK_RECORD_FINISHED, "Raid at the pier", "At dawn.");
}

static void
a_draft_that_nobody_saw_is_not_merged_away (Fixture       *f,
                                            gconstpointer  unused)
{
  g_autofree char *here = put (f, &(Coming) { f->first, "{\"title\": \"Here\"}" });
  g_autofree char *there = put (f, &(Coming) { f->first, "{\"title\": \"There\"}" });
  g_autoptr (SakConflict) conflict = load (f);
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Draft");
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_save_draft (f->vault, f->id, here, fields, &error));
  g_assert_null (merge (f, conflict, fields, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
}

static void
another_draft_is_not_overwritten_by_a_late_edit (Fixture       *f,
                                                 gconstpointer  unused)
{
  g_autofree char *newer = put (f, &(Coming) { f->first, "{\"title\": \"Newer\"}" });
  g_autoptr (json_t) draft = json_pack ("{s:s}", "title", "Draft");
  g_autoptr (json_t) late = json_pack ("{s:s}", "title", "Late");
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_save_draft (f->vault, f->id, newer, draft, &error));
  g_assert_false (sak_vault_keep_draft (f->vault, f->id, f->first, late, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
  assert_stands (f, SAK_RECORD_CHANGED, "Draft", NULL);
}

static void
no_common_ancestor_means_asking (Fixture       *f,
                                 gconstpointer  unused)
{
  g_autofree char *stranger = put (f, &(Coming) { NULL, "{\"title\": \"Raid\", \"narrative\": \"Another\"}",
                                                  NULL, TRUE });
  g_autoptr (SakConflict) conflict = load (f);

  g_assert_null (conflict->base);
  g_assert_cmpint (get_field (conflict, "title")->outcome, ==, SAK_OUTCOME_TAKEN);      /* alike on both sides */
  g_assert_cmpint (get_field (conflict, "narrative")->outcome, ==, SAK_OUTCOME_ASKED);
}

/* Order is by parents; a time that cannot be is said to be so. */
static void
clocks_that_lie_do_not_change_the_order (Fixture       *f,
                                         gconstpointer  unused)
{
  g_autofree char *second = put (f, &(Coming) { f->first, "{\"title\": \"Second\"}", .time = 1000000 });
  g_autofree char *third = put (f, &(Coming) { second, "{\"title\": \"Third\"}", .time = 32503680000 });
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = sak_vault_list_versions (f->vault, f->id, &error);
  const SakVersion *version;

  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, 3);
  version = versions->pdata[0];
  g_assert_cmpstr (sak_revision_get_id (version->revision), ==, third);
  g_assert_cmpint (version->clock, ==, SAK_CLOCK_IN_FUTURE);
  g_assert_true (version->is_head && version->is_own);
  g_assert_cmpuint (version->changes->len, ==, 1);
  version = versions->pdata[1];
  g_assert_cmpstr (sak_revision_get_id (version->revision), ==, second);
  g_assert_cmpint (version->clock, ==, SAK_CLOCK_BEFORE_PARENT);
  g_assert_cmpuint (version->changes->len, ==, 2);      /* title changed, narrative gone */
  version = versions->pdata[2];
  g_assert_cmpint (version->clock, ==, SAK_CLOCK_FINE);
  g_assert_cmpuint (version->changes->len, ==, 2);      /* both new */
}

#define ADD(name, func) g_test_add ("/conflict/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-each-side-changed-alone-is-brought-together", what_each_side_changed_alone_is_brought_together);
  ADD ("what-both-changed-is-asked-and-so-is-consent", what_both_changed_is_asked_and_so_is_consent);
  ADD ("three-heads-are-brought-together-in-one", three_heads_are_brought_together_in_one);
  ADD ("a-merge-on-stale-heads-is-refused", a_merge_on_stale_heads_is_refused);
  ADD ("a-merge-is-checked-like-every-version", a_merge_is_checked_like_every_version);
  ADD ("what-was-withheld-is-never-signed-away", what_was_withheld_is_never_signed_away);
  ADD ("a-draft-over-a-part-takes-nothing-out", a_draft_over_a_part_takes_nothing_out);
  ADD ("a-plain-change-leaves-the-other-head", a_plain_change_leaves_the_other_head);
  ADD ("an-edit-that-came-too-late-is-kept-and-merged", an_edit_that_came_too_late_is_kept_and_merged);
  ADD ("a-draft-that-nobody-saw-is-not-merged-away", a_draft_that_nobody_saw_is_not_merged_away);
  ADD ("another-draft-is-not-overwritten-by-a-late-edit", another_draft_is_not_overwritten_by_a_late_edit);
  ADD ("no-common-ancestor-means-asking", no_common_ancestor_means_asking);
  ADD ("clocks-that-lie-do-not-change-the-order", clocks_that_lie_do_not_change_the_order);
  return g_test_run ();
}
