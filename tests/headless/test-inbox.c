/* test-inbox.c - bundles that are refused today and taken tomorrow
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "storage/sak-check.h"
#include "sync/sak-card.h"
#include "sync/sak-inbox.h"
#include "tests/headless/sak-test-bundle.h"

static TestPair pair;

static guint
count_set_aside (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = sak_vault_list_set_aside (pair.desk, &error);

  g_assert_no_error (error);
  return list->len;
}

/* Returns: its id, or NULL where it was not set aside. */
static char *
refuse (const char *path,
        int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSetAside) kept = NULL;
  guint n_before = test_count_records (pair.desk);

  g_assert_null (sak_inbox_import (pair.desk, path, NULL, NULL, &kept, NULL, &error));
  g_assert_error (error, SAK_ERROR, code);
  g_assert_cmpuint (test_count_records (pair.desk), ==, n_before);
  return kept != NULL ? g_strdup (kept->id) : NULL;
}

static void
assert_retried (const char *id,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = sak_inbox_retry (pair.desk, id, NULL, NULL, NULL, &error);

  if (code >= 0)
    g_assert_error (error, SAK_ERROR, code);
  else
    g_assert_no_error (error);
}

static char *
make_from (SakVault   *sender,
           const char *name,
           SpoilFunc   content)
{
  char *path = test_path (&pair, name);
  HandBundle bundle;

  hand_bundle_init (&bundle, sender, pair.desk);
  bundle.spoil_content = content;
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  return path;
}

static void
assert_vault_is_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (pair.desk, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

static void
a_stranger_s_bundle_is_taken_once_he_is_known (void)
{
  g_autofree char *path = make_from (pair.stranger, "stranger.age", NULL);
  g_autofree char *again = make_from (pair.stranger, "another.age", NULL);
  g_autofree char *id = refuse (path, SAK_ERROR_UNKNOWN_SENDER);
  g_autofree char *same = refuse (path, SAK_ERROR_UNKNOWN_SENDER);
  g_autofree char *other = refuse (again, SAK_ERROR_UNKNOWN_SENDER);
  guint n_before = test_count_records (pair.desk);
  g_autoptr (SakSetAside) kept = NULL;

  g_assert_nonnull (id);
  g_assert_cmpstr (id, ==, same);
  g_assert_cmpstr (id, !=, other);
  g_assert_cmpuint (count_set_aside (), ==, 2);
  assert_vault_is_whole ();
  /* It does not need the file that came. */
  g_assert_cmpint (unlink (path), ==, 0);
  assert_retried (id, SAK_ERROR_UNKNOWN_SENDER);
  g_assert_cmpuint (count_set_aside (), ==, 2);
  kept = sak_vault_find_set_aside (pair.desk, id, NULL);
  g_assert_cmpstr (kept->origin, ==, "stranger.age");
  g_assert_cmpint (kept->reason, ==, SAK_ERROR_UNKNOWN_SENDER);
  g_assert_cmpuint (kept->sequence, ==, 1);
  test_introduce (pair.stranger, pair.desk);
  assert_retried (id, -1);
  g_assert_cmpuint (test_count_records (pair.desk), ==, n_before + 1);
  g_assert_cmpuint (count_set_aside (), ==, 1);
  g_assert_false (g_file_test (kept->path, G_FILE_TEST_EXISTS));
  assert_retried (id, SAK_ERROR_NOT_FOUND);
  g_assert_true (sak_vault_remove_set_aside (pair.desk, other, NULL));
  g_assert_cmpuint (count_set_aside (), ==, 0);
  assert_vault_is_whole ();
}

static void
set_revoked (gboolean is_revoked)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_set_trust (pair.desk, "Harbour", is_revoked ? SAK_TRUST_REVOKED : SAK_TRUST_COMPARED,
                                      &error));
}

static void
begin_after_what_is_missing (HandBundle *bundle)
{
  bundle->preamble.recipients[0].base_count = 1;
  bundle->preamble.recipients[0].base_head[0] = 1;
}

static void
the_reason_is_the_one_of_now (void)
{
  g_autofree char *path = make_from (pair.partner, "gap.age", begin_after_what_is_missing);
  g_autofree char *id = NULL;
  g_autoptr (SakSetAside) kept = NULL;

  set_revoked (TRUE);
  id = refuse (path, SAK_ERROR_UNTRUSTED);
  g_assert_nonnull (id);
  set_revoked (FALSE);
  assert_retried (id, SAK_ERROR_GAP);
  kept = sak_vault_find_set_aside (pair.desk, id, NULL);
  g_assert_cmpint (kept->reason, ==, SAK_ERROR_GAP);
  g_assert_true (sak_vault_remove_set_aside (pair.desk, id, NULL));
}

static void
alter_revision (HandBundle *bundle)
{
  strstr (bundle->revisions->str, "Made by hand")[0] = 'F';
}

static void
what_can_never_be_taken_is_not_kept (void)
{
  g_autofree char *forged = make_from (pair.partner, "forged.age", alter_revision);
  g_autofree char *good = make_from (pair.partner, "good.age", NULL);
  g_autofree char *junk = test_path (&pair, "junk.age");
  g_autofree char *foreign = test_path (&pair, "foreign.age");
  g_autofree char *damaged = NULL;
  HandBundle bundle;

  g_assert_null (refuse (forged, SAK_ERROR_FORGED));
  g_assert_true (g_file_set_contents (junk, "not a bundle", -1, NULL));
  g_assert_null (refuse (junk, SAK_ERROR_DAMAGED));
  hand_bundle_init (&bundle, pair.partner, pair.stranger);
  hand_bundle_write (&bundle, foreign);
  hand_bundle_clear (&bundle);
  damaged = refuse (foreign, SAK_ERROR_NOT_FOR_US);
  g_assert_null (damaged);
  sak_bundle_report_free (test_import (pair.desk, good));
  g_assert_null (refuse (good, SAK_ERROR_REPLAYED));
  g_assert_cmpuint (count_set_aside (), ==, 0);
}

static void
there_is_a_quota (void)
{
  g_autofree char *path = test_path (&pair, "huge.age");
  g_autoptr (GError) error = NULL;
  static const guint8 key[SAK_SIGN_PUBLIC_SIZE];

  for (guint i = 0; i < SAK_SET_ASIDE_MAX_FILES; i++)
    {
      g_autofree char *text = g_strdup_printf ("bundle %u", i);
      g_autoptr (SakSetAside) kept = NULL;

      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      kept = sak_vault_set_aside (pair.desk, path, key, i, SAK_ERROR_GAP, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_true (g_file_set_contents (path, "one more", -1, NULL));
  g_assert_null (sak_vault_set_aside (pair.desk, path, key, 0, SAK_ERROR_GAP, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_TOO_LARGE);
  g_assert_cmpuint (count_set_aside (), ==, SAK_SET_ASIDE_MAX_FILES);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
#define ADD(path, function) g_test_add_func ("/inbox/" path, function)
  ADD ("a-stranger-s-bundle-is-taken-once-he-is-known", a_stranger_s_bundle_is_taken_once_he_is_known);
  ADD ("the-reason-is-the-one-of-now", the_reason_is_the_one_of_now);
  ADD ("what-can-never-be-taken-is-not-kept", what_can_never_be_taken_is_not_kept);
  ADD ("there-is-a-quota", there_is_a_quota);
#undef ADD
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
