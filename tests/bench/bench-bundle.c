/* bench-bundle.c - bundles against the pipeline of stock tools, in turns, on the same content
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-bundle [FOLDER [MIB [ROUNDS [RECORDS [hole]]]]]: by default /dev/shm, 1024 MiB, 3 rounds, 1000 records.
 * Needs six times the size in FOLDER. Prints medians of the ratios of neighbouring runs. Ours reads from a vault
 * and writes into one; the peer reads and writes plain files. With "hole" the films are one file that is a hole,
 * which takes three times the size: for what does not fit otherwise.
 */
#include "config.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-media.h"
#include "tests/headless/sak-test-pair.h"

#define MAX_ROUNDS 101
#define N_PHOTOS 100
#define N_FILMS 4

#define PEER_WRITE \
  "cd plain && sha256sum * >../manifest && tar c . | zstd -q -3 -T0 | age -r \"$1\" -o ../peer.age"
#define PEER_READ \
  "rm -rf opened && mkdir opened && cd opened && age -d -i ../identity ../peer.age | zstd -dq |" \
  " tar x && sha256sum --quiet -c ../manifest"

typedef struct
{
  double ours[MAX_ROUNDS];
  double peer[MAX_ROUNDS];
  double ratio[MAX_ROUNDS];
  double cpu_ratio[MAX_ROUNDS];
  guint64 peak_bytes;
} Measured;

static TestVault f;
static guint n_records = 1000;

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static double
now (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* Processor time, ours or of the peer's processes: a busy machine alters it less. */
static double
read_cpu (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static guint64
read_status (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;
  line = strstr (status, name);
  return line != NULL ? g_ascii_strtoull (line + strlen (name), NULL, 10) * 1024 : 0;
}

/* Forgets the peak of the key derivation. Returns: what is used when nothing goes on. */
static guint64
begin_memory (void)
{
  FILE *file;

  malloc_trim (0);
  file = fopen ("/proc/self/clear_refs", "w");
  if (file != NULL)
    {
      fputs ("5", file);
      fclose (file);
    }
  return read_status ("VmRSS:");
}

static void
end_memory (guint64   before,
            Measured *measured)
{
  guint64 peak = read_status ("VmHWM:");

  measured->peak_bytes = MAX (measured->peak_bytes, peak > before ? peak - before : 0);
}

static double
time_script (const char *script,
             const char *argument)
{
  const char *argv[] = { "bash", "-eo", "pipefail", "-c", script, "bench", argument, NULL };
  g_autoptr (GError) error = NULL;
  double start = now ();
  int status = 0;

  g_spawn_sync (f.folder, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  check (error);
  g_spawn_check_wait_status (status, &error);
  check (error);
  return now () - start;
}

/* In the vault and as a plain file. */
static void
add_file (const char *record_id,
          const char *name,
          const char *bytes,
          gsize       size)
{
  g_autofree char *path = g_build_filename (f.folder, "plain", name, NULL);
  g_autoptr (GError) error = NULL;

  test_add_media (f.vault, record_id, name, bytes, size);
  g_file_set_contents (path, bytes, (gssize) size, &error);
  check (error);
}

static void
add_noise (const char *record_id,
           const char *kind,
           guint       n_files,
           gsize       total)
{
  gsize size = total / n_files;
  g_autofree char *noise = g_malloc (size);

  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%03u", kind, i);

      sak_random_bytes (noise, size);
      add_file (record_id, name, noise, size);
    }
}

/* Records of a kilobyte of words that do not repeat too much. */
static void
add_records (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *path = g_build_filename (f.folder, "plain", "records.jsonl", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_records; i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);
      g_autofree char *id = NULL;

      g_string_printf (json, "{\"title\": \"Incident %u\", \"narrative\": \"", i);
      for (guint j = 0; j < 60; j++)
        g_string_append_printf (json, "ငါးဖမ်း %x ", g_random_int ());
      g_string_append (json, "\"}");
      id = test_add_json (f.vault, "event", json->str, TRUE);
      g_string_append_printf (all, "%s\n", json->str);
    }
  g_file_set_contents (path, all->str, (gssize) all->len, &error);
  check (error);
}

/* A file of zeros, of which the disk holds nothing, on both sides. */
static void
add_hole (const char *record_id,
          guint       mib)
{
  g_autofree char *path = g_build_filename (f.folder, "plain", "film", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (SakMediaInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  guint64 size = (guint64) mib * 1024 * 1024;

  g_file_set_contents (path, "", 0, &error);
  check (error);
  if (truncate (path, (off_t) size) != 0)
    g_error ("%s cannot be made so large", path);
  stream = g_file_read (file, NULL, &error);
  check (error);
  info = sak_vault_add_media (f.vault, record_id, G_INPUT_STREAM (stream), "film", size, NULL, NULL, NULL, &error);
  check (error);
}

static void
add_mixed (const char *record_id,
           gsize       total)
{
  g_autofree char *text = g_malloc (total / 10);

  add_noise (record_id, "film", N_FILMS, total / 10 * 7);
  add_noise (record_id, "photo", N_PHOTOS, total / 10 * 2);
  for (gsize i = 0; i < total / 10; i++)
    text[i] = "the pier at night "[(i * 7 + i / 300) % 18];
  add_file (record_id, "scan-text", text, total / 10);
}

static void
fill (guint    mib,
      gboolean is_hole)
{
  g_autofree char *plain = g_build_filename (f.folder, "plain", NULL);
  g_autofree char *id = test_add_event (f.vault, "With media", FALSE);
  gsize total = (gsize) mib * 1024 * 1024;

  g_mkdir_with_parents (plain, 0700);
  if (is_hole)
    add_hole (id, mib);
  else
    add_mixed (id, total);
  test_finish (f.vault, id, NULL);
  add_records ();
}

static void
write_identity (SakVault *desk,
                char    **ret_recipient)
{
  g_autofree char *path = g_build_filename (f.folder, "identity", NULL);
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (desk);
  g_autoptr (SakSecret) text = sak_age_identity_to_text (identity);
  g_autoptr (GError) error = NULL;
  SakAgeRecipient recipient;

  g_file_set_contents (path, (const char *) sak_secret_get_bytes (text),
                       (gssize) sak_secret_get_size (text), &error);
  check (error);
  sak_x25519_get_public (identity, recipient.bytes);
  *ret_recipient = sak_age_recipient_to_text (&recipient);
}

static double
time_create (const char *to,
             const char *path,
             Measured   *measured)
{
  const char *const recipients[] = { to, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  guint64 before = begin_memory ();
  double start = now ();

  plan = sak_export_plan_new (f.vault, recipients, NULL, &error);
  check (error);
  report = sak_bundle_create (f.vault, plan, path, NULL, NULL, NULL, &error);
  check (error);
  start = now () - start;
  end_memory (before, measured);
  return start;
}

static double
time_import (SakVault   *desk,
             const char *path,
             Measured   *measured)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  guint64 before = begin_memory ();
  double start = now ();

  report = sak_bundle_import (desk, path, NULL, NULL, NULL, &error);
  check (error);
  start = now () - start;
  end_memory (before, measured);
  g_assert_cmpuint (report->n_new_revisions, ==, n_records + 1);
  return start;
}

/* A desk of its own for each round, to which everything is new. */
static void
run_round (guint     round,
           Measured *writing,
           Measured *reading)
{
  g_autofree char *name = g_strdup_printf ("Desk %u", round);
  g_autofree char *path = g_build_filename (f.folder, "ours.age", NULL);
  g_autofree char *recipient = NULL;
  SakVault *desk = test_vault_make (&f, name);
  g_autofree char *desk_path = g_strdup (sak_vault_get_path (desk));
  double ours, peer;

  test_introduce (desk, f.vault);
  test_introduce (f.vault, desk);
  write_identity (desk, &recipient);
  peer = read_cpu (RUSAGE_CHILDREN);
  writing->peer[round] = time_script ("rm -f peer.age ours.age; " PEER_WRITE, recipient);
  peer = read_cpu (RUSAGE_CHILDREN) - peer;
  ours = read_cpu (RUSAGE_SELF);
  writing->ours[round] = time_create (name, path, writing);
  writing->cpu_ratio[round] = (read_cpu (RUSAGE_SELF) - ours) / peer;
  peer = read_cpu (RUSAGE_CHILDREN);
  reading->peer[round] = time_script (PEER_READ, "");
  peer = read_cpu (RUSAGE_CHILDREN) - peer;
  (void) time_script ("rm -rf opened", "");
  ours = read_cpu (RUSAGE_SELF);
  reading->ours[round] = time_import (desk, path, reading);
  reading->cpu_ratio[round] = (read_cpu (RUSAGE_SELF) - ours) / peer;
  writing->ratio[round] = writing->ours[round] / writing->peer[round];
  reading->ratio[round] = reading->ours[round] / reading->peer[round];
  sak_vault_lock (desk);
  g_object_unref (desk);
  test_remove_tree (desk_path);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
find_median (double *values,
             guint   n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}

static void
tell (const char *what,
      Measured   *measured,
      guint       n,
      double      budget)
{
  double ratio = find_median (measured->ratio, n);

  printf ("%-8s ours %6.2f s, stock tools %6.2f s: ratio %.2f (budget %.2f) %s; "
          "of processor time %.2f; memory above idle %.0f MiB (budget 64)\n",
          what, find_median (measured->ours, n), find_median (measured->peer, n), ratio, budget,
          ratio <= budget ? "within" : "OVER",
          find_median (measured->cpu_ratio, n), (double) measured->peak_bytes / (1024 * 1024));
}

int
main (int   argc,
      char *argv[])
{
  const char *folder = argc > 1 ? argv[1] : "/dev/shm";
  guint mib = argc > 2 ? (guint) atoi (argv[2]) : 1024;
  guint n = argc > 3 ? (guint) atoi (argv[3]) : 3;
  static Measured writing, reading;

  n = CLAMP (n, 1, MAX_ROUNDS);
  if (argc > 4)
    n_records = (guint) atoi (argv[4]);
  sak_crypto_init ();
  g_setenv ("TMPDIR", folder, TRUE);
  test_vault_set_up (&f, NULL);
  fill (MAX (mib, 10), argc > 5 && g_str_equal (argv[5], "hole"));
  for (guint round = 0; round < n; round++)
    run_round (round, &writing, &reading);
  printf ("%u MiB of films, photos and text, %u records, %u rounds in %s\n", mib, n_records, n,
          folder);
  tell ("create", &writing, n, 0.4);
  tell ("import", &reading, n, 0.7);
  test_vault_tear_down (&f, NULL);
  return 0;
}
