/* test-vault-power.c - thousands of power cuts in the middle of work in a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The work is done once, through the vault's own functions, and every step on the disk is
 * recorded: database, journal, header, media. At a cut, what the disk may hold then is laid
 * out in a folder and opened as a person would. It must be the vault after an acknowledged
 * step or after the one that was under way, whole: a check finds nothing to complain of.
 *
 * Argument: the number of cuts, each tried with all seven models of sak-power-cut.h.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "crypto/sak-crypto.h"
#include "tests/headless/sak-disk.h"
#include "tests/headless/sak-power-cut.h"
#include "tests/headless/sak-test-vault.h"
#include "tests/headless/sak-vault-work.h"

typedef struct
{
  guint started;                /* number of operations then */
  guint acknowledged;
  char *digest;                 /* NULL: no vault yet */
} Step;

typedef struct
{
  char *folder;
  char *path;                   /* of the vault */
  SakFaultVfs *trace;
  GArray *steps;
  guint n_points;
  guint n_failures;
} Campaign;

static guint n_cuts = 60;

static void
add_step (Campaign *self,
          guint     started,
          SakVault *vault)
{
  Step step = { started, self->trace->operations->len, vault != NULL ? sak_vault_work_digest (vault) : NULL };

  g_array_append_val (self->steps, step);
}

static void
record_work (Campaign *self)
{
  g_autoptr (GError) error = NULL;
  SakVaultWork work = { 0 };

  sak_disk_watch (self->path);
  self->trace = sak_disk_record ();
  add_step (self, 0, NULL);
  work.vault = sak_vault_work_create (self->path, &error);
  g_assert_no_error (error);
  add_step (self, 0, work.vault);
  for (guint i = 0; i < sak_vault_work_count (); i++)
    {
      guint started = self->trace->operations->len;

      g_assert_true (sak_vault_work_do (&work, i, &error));
      g_assert_no_error (error);
      add_step (self, started, work.vault);
    }
  sak_vault_work_clear (&work);
  sak_disk_watch (NULL);
  test_remove_tree (self->path);
}

/* Whether the vault may be in this state after the cut. */
static gboolean
is_possible (Campaign   *self,
             guint       n_operations,
             const char *digest)
{
  for (guint i = self->steps->len; i-- > 0;)
    {
      Step *step = &g_array_index (self->steps, Step, i);

      if (step->started < n_operations && g_strcmp0 (step->digest, digest) == 0)
        return TRUE;
      if (step->acknowledged <= n_operations)
        return g_strcmp0 (step->digest, digest) == 0;
    }
  return FALSE;
}

/* NULL if all is as it must be. */
static char *
judge (Campaign *self,
       guint     n_operations,
       gboolean  goes_on)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *complaints = NULL;
  g_autofree char *digest = NULL;
  SakVaultWork work = { .vault = sak_vault_work_open (self->path, &error) };

  if (work.vault == NULL)
    return is_possible (self, n_operations, NULL) && g_error_matches (error, SAK_ERROR, SAK_ERROR_NOT_VAULT)
           ? NULL : g_strdup_printf ("not opened: %s", error->message);
  digest = sak_vault_work_digest (work.vault);
  complaints = sak_vault_work_check (work.vault);
  if (*complaints == '\0' && is_possible (self, n_operations, digest) && goes_on)
    {
      /* What was recovered is a vault to work in. */
      g_assert_true (sak_vault_work_do (&work, 0, &error) && sak_vault_work_do (&work, 5, &error));
      g_free (complaints);
      complaints = sak_vault_work_check (work.vault);
    }
  sak_vault_work_clear (&work);
  if (*complaints != '\0')
    return g_steal_pointer (&complaints);
  return is_possible (self, n_operations, digest) ? NULL : g_strdup_printf ("lost or mixed: %s", digest);
}

static void
try_cut (Campaign      *self,
         SakPowerCut   *cut,
         guint          at,
         SakPowerModel  model,
         guint          seed)
{
  g_autoptr (SakFaultVfs) disk = sak_power_cut_at (cut, at, model, seed);
  g_autofree char *failure = NULL;

  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  sak_disk_lay_out (disk, self->path);
  sak_disk_watch (self->path);  /* no waiting for the real disk */
  failure = judge (self, at, seed % 16 == 0);
  sak_disk_watch (NULL);
  test_remove_tree (self->path);
  self->n_points++;
  if (failure == NULL)
    return;
  self->n_failures++;
  g_test_message ("after %u of %u operations, model %d: %s", at, self->trace->operations->len, (int) model, failure);
}

static void
clear_step (gpointer data)
{
  g_free (((Step *) data)->digest);
}

static void
no_power_cut_loses_or_halves_anything (void)
{
  Campaign self = { .folder = g_dir_make_tmp ("sakkhi-power-XXXXXX", NULL) };
  g_autoptr (SakPowerCut) cut = NULL;

  self.path = g_build_filename (self.folder, "vault", NULL);
  self.steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self.steps, clear_step);
  record_work (&self);
  cut = sak_power_cut_new (self.trace);
  for (guint i = 0; i < n_cuts; i++)
    {
      guint at = (guint) ((guint64) (self.trace->operations->len + 1) * i / n_cuts);

      for (guint model = 0; model < SAK_POWER_N_MODELS; model++)
        try_cut (&self, cut, at, model, i * 8 + model);
    }
  g_test_message ("%u points over %u operations: %u failures", self.n_points, self.trace->operations->len,
                  self.n_failures);
  g_assert_cmpuint (self.n_points, ==, n_cuts * SAK_POWER_N_MODELS);
  g_assert_cmpuint (self.n_failures, ==, 0);
  g_clear_pointer (&cut, sak_power_cut_free);
  sak_fault_vfs_free (self.trace);
  g_array_unref (self.steps);
  test_remove_tree (self.folder);
  g_free (self.folder);
  g_free (self.path);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  if (argc > 1)
    n_cuts = (guint) atoi (argv[1]);
  g_test_add_func ("/vault/power/no-power-cut-loses-or-halves-anything", no_power_cut_loses_or_halves_anything);
  return g_test_run ();
}
