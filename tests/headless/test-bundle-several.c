/* test-bundle-several.c - one bundle for several: what each of them learns of the others
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "sync/sak-bag.h"
#include "sync/sak-bundle-private.h"
#include "sync/sak-unpacker.h"
#include "tests/headless/sak-test-pair.h"

static TestPair pair;

/* All that this recipient can read before the revisions: tags and streams. */
static GString *
read_as (SakVault   *vault,
         const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReader) reader = sak_bundle_reader_open (vault, path, NULL, &error);
  g_autoptr (SakUnpacker) unpacker = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  unpacker = sak_unpacker_new (reader->age, SAK_UNPACKER_ZSTD, 1 << 24, NULL);
  for (guint i = 0; i < SAK_BAG_N_TAGS + reader->preamble.n_recipients; i++)
    {
      g_autofree char *name = NULL;
      guint64 size;
      gsize got = 1;

      if (i >= SAK_BAG_N_TAGS)
        {
          g_auto (GStrv) lines = g_strsplit (strstr (text->str, "  data/stream/"), "\n", 3);

          name = g_strconcat ("bag/", lines[i - SAK_BAG_N_TAGS] + (i == SAK_BAG_N_TAGS ? 2 : 66), NULL);
        }
      else
        name = g_strconcat ("bag/", sak_bag_tag_get_path (i), NULL);
      g_assert_true (sak_unpacker_next (unpacker, name, 1 << 20, &size, &error));
      while (got > 0)
        {
          const void *piece;

          g_assert_true (sak_unpacker_read (unpacker, &piece, &got, &error));
          g_string_append_len (text, piece, (gssize) got);
        }
    }
  return text;
}

/* Not even as a digest: who has a photo would know by it who else was sent it. */
static void
of_what_another_was_sent_nothing_is_told (void)
{
  static const char *const both[] = { "Desk", "Stranger", NULL };
  g_autofree char *for_desk = test_add_event (pair.partner, "Only the desk knows of it", TRUE);
  g_autofree char *for_both = test_add_event (pair.partner, "Both know of it", TRUE);
  g_autofree char *desk_path = test_bundle (&pair, pair.partner, "Desk", for_desk, "desk-alone.age");
  g_autofree char *both_path = test_path (&pair, "both-again.age");
  const char *const records[] = { for_both, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair.partner, both, records, &error);
  g_autoptr (SakBundleReport) made = NULL;
  g_autoptr (SakRecord) secret = sak_vault_load_record (pair.partner, for_desk, NULL);
  g_autoptr (GString) alone = read_as (pair.desk, desk_path);
  g_autoptr (GString) seen = NULL;

  g_assert_no_error (error);
  made = sak_bundle_create (pair.partner, plan, both_path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  seen = read_as (pair.stranger, both_path);
  g_assert_nonnull (secret->base_revision);
  g_assert_nonnull (strstr (alone->str, secret->base_revision));
  g_assert_null (strstr (seen->str, secret->base_revision));
  sak_bundle_report_free (test_import (pair.desk, both_path));
  sak_bundle_report_free (test_import (pair.stranger, both_path));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  test_introduce (pair.stranger, pair.partner);
  test_introduce (pair.partner, pair.stranger);
  g_test_add_func ("/bundle-several/of-what-another-was-sent-nothing-is-told",
                   of_what_another_was_sent_nothing_is_told);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
