/* bench-age.c - our age against the stock one: whole processes, in turns, on the same file
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-age [FOLDER [MIB [ROUNDS]]]: by default /dev/shm, 1024 MiB, 5 rounds. Needs three
 * times the size in FOLDER. Prints medians of the ratios of neighbouring runs.
 */
#include "config.h"

#include "crypto/sak-age.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-sign.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK (1024 * 1024)
#define MAX_ROUNDS 101

typedef struct
{
  char *self;
  char *identity;
  char *recipient;
  char *plain;
  char *sealed;
  char *output;
} Paths;

static void
check (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static void
encrypt_file (const char *recipient_text,
              const char *input_path,
              const char *output_path)
{
  g_autoptr (GFile) input = g_file_new_for_path (input_path);
  g_autoptr (GFile) output = g_file_new_for_path (output_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) source = G_INPUT_STREAM (g_file_read (input, NULL, &error));
  g_autoptr (GOutputStream) sink = NULL;
  g_autoptr (SakAgeWriter) writer = NULL;
  g_autofree guint8 *block = g_malloc (BLOCK);
  SakAgeRecipient recipient;
  gssize got;

  if (!sak_age_recipient_from_text (recipient_text, &recipient))
    g_error ("not a recipient");
  check (error);
  sink = G_OUTPUT_STREAM (g_file_create (output, 0, NULL, &error));
  check (error);
  writer = sak_age_writer_new (sink, &recipient, 1, NULL, &error);
  check (error);
  while ((got = g_input_stream_read (source, block, BLOCK, NULL, &error)) > 0)
    if (!sak_age_writer_write (writer, block, (gsize) got, NULL, &error))
      check (error);
  check (error);
  if (!sak_age_writer_finish (writer, NULL, &error) || !g_output_stream_close (sink, NULL, &error))
    check (error);
}

static void
decrypt_file (const char *identity_path,
              const char *input_path,
              const char *output_path)
{
  g_autoptr (GFile) input = g_file_new_for_path (input_path);
  g_autoptr (GFile) output = g_file_new_for_path (output_path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) source = G_INPUT_STREAM (g_file_read (input, NULL, &error));
  g_autoptr (GOutputStream) sink = NULL;
  g_autoptr (SakSecret) identity = NULL;
  g_autoptr (SakAgeReader) reader = NULL;
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autofree char *text = NULL;
  gssize got;

  check (error);
  g_file_get_contents (identity_path, &text, NULL, &error);
  check (error);
  identity = sak_age_identity_from_text (g_strchomp (text));
  sink = G_OUTPUT_STREAM (g_file_create (output, 0, NULL, &error));
  check (error);
  reader = sak_age_reader_new (source, &identity, 1, NULL, &error);
  check (error);
  while ((got = sak_age_reader_read (reader, block, BLOCK, NULL, &error)) > 0)
    if (!g_output_stream_write_all (sink, block, (gsize) got, NULL, NULL, &error))
      check (error);
  check (error);
  if (!g_output_stream_close (sink, NULL, &error))
    check (error);
}

/* Returns: seconds from start to end of the process. */
static double
time_process (const char *const *arguments,
              const char        *output)
{
  g_autoptr (GError) error = NULL;
  gint64 start;
  int status = 0;

  g_remove (output);
  start = g_get_monotonic_time ();
  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                &status, &error);
  check (error);
  g_spawn_check_wait_status (status, &error);
  check (error);
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
find_median (double *values,
             guint   n_values)
{
  qsort (values, n_values, sizeof *values, compare_doubles);
  return values[n_values / 2];
}

static void
compare (const char        *name,
         const char *const *ours,
         const char *const *stock,
         const char        *output,
         guint              n_rounds,
         double             budget)
{
  double our_times[MAX_ROUNDS], stock_times[MAX_ROUNDS], ratios[MAX_ROUNDS];
  double median;

  for (guint i = 0; i < n_rounds; i++)
    {
      our_times[i] = time_process (ours, output);
      stock_times[i] = time_process (stock, output);
      ratios[i] = our_times[i] / stock_times[i];
    }
  median = find_median (ratios, n_rounds);    /* sorts */
  printf ("%s: %.2f of stock age (budget %.2f); ours %.2f s, stock %.2f s; ratios %.2f to %.2f\n",
          name, median, budget, find_median (our_times, n_rounds),
          find_median (stock_times, n_rounds), ratios[0], ratios[n_rounds - 1]);
}

static void
make_plain_file (const char *path,
                 guint       n_mib)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  FILE *file = g_fopen (path, "we");

  if (file == NULL)
    g_error ("cannot write %s", path);
  for (guint i = 0; i < n_mib; i++)
    {
      sak_random_bytes (block, BLOCK);
      if (fwrite (block, BLOCK, 1, file) != 1)
        g_error ("cannot write %s", path);
    }
  if (fclose (file) != 0)
    g_error ("cannot write %s", path);
}

static void
make_keys (Paths *paths)
{
  g_autoptr (SakSecret) identity = sak_secret_new_random (SAK_AGE_KEY_SIZE);
  g_autoptr (SakSecret) text = sak_age_identity_to_text (identity);
  g_autoptr (GError) error = NULL;
  SakAgeRecipient recipient;

  sak_x25519_get_public (identity, recipient.bytes);
  paths->recipient = sak_age_recipient_to_text (&recipient);
  g_file_set_contents (paths->identity, (const char *) sak_secret_get_bytes (text),
                       (gssize) sak_secret_get_size (text), &error);
  check (error);
}

static void
run_rounds (Paths *p,
            guint  n_rounds)
{
  const char *our_encrypt[] = { p->self, "encrypt", p->recipient, p->plain, p->output, NULL };
  const char *stock_encrypt[] = { "age", "-r", p->recipient, "-o", p->output, p->plain, NULL };
  const char *our_decrypt[] = { p->self, "decrypt", p->identity, p->sealed, p->output, NULL };
  const char *stock_decrypt[] = { "age", "-d", "-i", p->identity, "-o", p->output,
                                  p->sealed, NULL };

  encrypt_file (p->recipient, p->plain, p->sealed);
  compare ("encrypt", our_encrypt, stock_encrypt, p->output, n_rounds, 0.9);
  compare ("decrypt", our_decrypt, stock_decrypt, p->output, n_rounds, 0.6);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  guint n_mib = argc > 2 ? (guint) atoi (argv[2]) : 1024;
  guint n_rounds = argc > 3 ? CLAMP ((guint) atoi (argv[3]), 1, MAX_ROUNDS) : 5;
  Paths paths = { NULL };

  sak_crypto_init ();
  if (argc == 5 && strcmp (argv[1], "encrypt") == 0)
    return encrypt_file (argv[2], argv[3], argv[4]), 0;
  if (argc == 5 && strcmp (argv[1], "decrypt") == 0)
    return decrypt_file (argv[2], argv[3], argv[4]), 0;

  folder = g_build_filename (argc > 1 ? argv[1] : "/dev/shm", "sak-bench-XXXXXX", NULL);
  if (g_mkdtemp (folder) == NULL)
    g_error ("cannot make a folder in %s", argc > 1 ? argv[1] : "/dev/shm");
  paths.self = g_file_read_link ("/proc/self/exe", &error);
  check (error);
  paths.identity = g_build_filename (folder, "identity", NULL);
  paths.plain = g_build_filename (folder, "plain", NULL);
  paths.sealed = g_build_filename (folder, "sealed.age", NULL);
  paths.output = g_build_filename (folder, "output", NULL);
  make_keys (&paths);
  make_plain_file (paths.plain, n_mib);
  run_rounds (&paths, n_rounds);

  g_remove (paths.identity);
  g_remove (paths.plain);
  g_remove (paths.sealed);
  g_remove (paths.output);
  g_rmdir (folder);
  return 0;
}
