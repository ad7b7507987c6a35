/* test-vfs-power.c - thousands of simulated power cuts; no acknowledged work is lost
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Argument: the number of cut points, each tried with all seven models of what the disk
 * made of the unsynced writes (sak-power-cut.h).
 */
#include "config.h"

#include <stdlib.h>

#include "crypto/sak-crypto.h"

#include "tests/headless/sak-vfs-campaign.h"

#define N_STEPS 120

static guint n_cuts = 250;

static void
no_power_cut_loses_or_mixes_anything (void)
{
  SakVfsKeys keys;
  SakVfsOutcome outcome;

  sak_vfs_keys_init (&keys);
  {
    g_autoptr (SakVfsTrace) trace = sak_vfs_trace_new (&keys, N_STEPS);

    sak_vfs_campaign (trace, n_cuts, (1 << SAK_POWER_N_MODELS) - 1, FALSE, &outcome);
    g_test_message ("%u points over %u operations: %u not opened, %u corrupt, %u lost;"
                    " %u survived a unit that did not authenticate",
                    outcome.n_points, trace->disk->operations->len, outcome.n_not_opened,
                    outcome.n_corrupt, outcome.n_lost, outcome.n_damage_seen);
  }
  g_assert_cmpuint (outcome.n_points, ==, n_cuts * SAK_POWER_N_MODELS);
  g_assert_cmpuint (sak_vfs_outcome_count_failures (&outcome), ==, 0);
  /* Else the cuts were too tame to mean anything. */
  g_assert_cmpuint (outcome.n_damage_seen, >, n_cuts / 10);
  sak_vfs_keys_clear (&keys);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    n_cuts = atoi (argv[1]);
  g_test_add_func ("/vfs/power/no-power-cut-loses-or-mixes-anything",
                   no_power_cut_loses_or_mixes_anything);
  return g_test_run ();
}
