/* test-vfs-rules.c - the seven rules of sak-vfs.c: what is lost without each of them
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Built with its own copy of the VFS, in which rules can be broken. Each test does the
 * same thing twice: with the rule nothing is lost, without it something is.
 */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-vfs-private.h"

#include "tests/headless/sak-vfs-campaign.h"

#define N_STEPS 120
#define N_CUTS 100
#define PLAIN_MODELS (1 << SAK_POWER_DROP_ALL | 1 << SAK_POWER_KEEP_ALL \
                      | 1 << SAK_POWER_RANDOM_WRITES | 1 << SAK_POWER_RANDOM_SECTORS \
                      | 1 << SAK_POWER_TORN_LAST)
#define GARBAGE_MODELS (1 << SAK_POWER_GARBAGE_512 | 1 << SAK_POWER_GARBAGE_4096)

extern guint sak_vfs_broken_rules;
guint sak_vfs_broken_rules;

static SakVfsKeys keys;

static guint
count_failures (guint       broken_rules,
                guint       models,
                guint       n_cuts,
                const char *sql_at_start)
{
  g_autoptr (SakVfsTrace) trace = NULL;
  SakVfsOutcome outcome;

  sak_vfs_broken_rules = broken_rules;
  trace = sak_vfs_trace_new (&keys, N_STEPS, sql_at_start);
  sak_vfs_campaign (trace, n_cuts, models, broken_rules != 0, &outcome);
  sak_vfs_broken_rules = 0;
  g_test_message ("%s: %u points: %u not opened, %u corrupt, %u lost",
                  broken_rules != 0 ? "broken" : "kept", outcome.n_points, outcome.n_not_opened,
                  outcome.n_corrupt, outcome.n_lost);
  return sak_vfs_outcome_count_failures (&outcome);
}

typedef struct
{
  const char *name;
  guint rule;
  guint models;
  const char *sql_at_start;
} Control;

static const Control controls[] = {
  { "1-blocks-share-no-sector", SAK_VFS_RULE_STRIDE, GARBAGE_MODELS, "" },
  { "2-no-block-is-rewritten-for-a-gap", SAK_VFS_RULE_TAIL, PLAIN_MODELS, "" },
  { "3-a-sector-is-a-block", SAK_VFS_RULE_SECTOR, PLAIN_MODELS, "" },
  { "3-no-powersafe-overwrite", SAK_VFS_RULE_POWERSAFE, PLAIN_MODELS, "" },
  { "4-a-torn-unit-is-no-error-in-recovery", SAK_VFS_RULE_TORN, PLAIN_MODELS, "" },
  { "5-every-commit-is-synced", SAK_VFS_RULE_DURABLE, PLAIN_MODELS, "" },
};

static void
rule_is_what_saves_the_work (gconstpointer data)
{
  const Control *control = data;

  g_assert_cmpuint (count_failures (0, control->models, N_CUTS, control->sql_at_start), ==, 0);
  g_assert_cmpuint (count_failures (control->rule, control->models, 20 * N_CUTS,
                                    control->sql_at_start), >, 0);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  sak_vfs_keys_init (&keys);
  for (guint i = 0; i < G_N_ELEMENTS (controls); i++)
    {
      g_autofree char *path = g_strconcat ("/vfs/rules/", controls[i].name, NULL);

      g_test_add_data_func (path, &controls[i], rule_is_what_saves_the_work);
    }
  result = g_test_run ();
  sak_vfs_keys_clear (&keys);
  return result;
}
