/* bench-start.c - how soon the page that asks for the passphrase stands there, and in how much memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-start FOLDER: needs a display (tests/display/run-display.sh). Starts itself in turns as what app/main.c does
 * up to the unlock page of a vault, and as an empty window of the same libraries, which is the peer. Counted
 * from before the process is made to the first frame with the whole page in it; memory is what is resident then.
 * The processor's own time stands beside the clock: other work on the machine does not lengthen it.
 */
#include "config.h"

#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-platform.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-window.h"
#include "ui/words/sak-language.h"

#define TIMES 11
#define BUDGET_MS 500
#define BUDGET_MB 150

static char **arguments;
static guint n_frames;

static double
get_resident_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL) || (line = strstr (status, "VmRSS:")) == NULL)
    g_error ("no /proc/self/status");
  return g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024;
}

/* The second frame is painted after the first was shown whole. */
static void
painted_cb (void)
{
  gint64 begun = g_ascii_strtoll (arguments[2], NULL, 10);
  struct timespec own;

  if (++n_frames < 2)
    return;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &own);
  printf ("%.1f %.1f %.1f\n", (double) (g_get_monotonic_time () - begun) / 1e3,
          (double) own.tv_sec * 1e3 + (double) own.tv_nsec / 1e6, get_resident_mb ());
  fflush (stdout);
  _exit (0);
}

static void
realized_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), NULL);
}

static void
activated_cb (GtkApplication *application)
{
  const SakSettings settings = { .width = 1100, .height = 700, .idle_minutes = 5, .text_percent = 100 };
  gboolean is_empty = g_str_equal (arguments[1], "--empty");
  GtkWidget *window;

  if (is_empty)
    {
      window = adw_application_window_new (application);
      gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
    }
  else
    window = sak_window_new (application, &settings);
  g_signal_connect (window, "realize", G_CALLBACK (realized_cb), NULL);
  if (!is_empty)
    sak_window_open_path (SAK_WINDOW (window), arguments[3]);
  gtk_window_present (GTK_WINDOW (window));
}

static void
started_cb (GtkApplication *application)
{
  sak_window_init_application (application);
}

/* As app/main.c. */
static int
start (char **argv)
{
  gboolean is_empty = g_str_equal (argv[1], "--empty");
  g_autoptr (AdwApplication) application = NULL;

  arguments = argv;
  if (!is_empty)
    {
      sak_platform_use_plain_heap (argv);
      sak_vault_prepare_process ();
      sak_crypto_init ();
      sak_language_init ("en");
      gtk_disable_setlocale ();
    }
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  if (!is_empty)
    g_signal_connect (application, "startup", G_CALLBACK (started_cb), NULL);
  g_signal_connect (application, "activate", G_CALLBACK (activated_cb), NULL);
  return g_application_run (G_APPLICATION (application), 1, argv);
}

typedef struct
{
  double clock[TIMES];
  double own[TIMES];
  double memory[TIMES];
} Starts;

static void
measure (Starts     *starts,
         guint       i,
         const char *way,
         const char *path)
{
  g_autofree char *begun = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *const argv[] = { "/proc/self/exe", way, begun, path, NULL };
  g_autofree char *said = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said, NULL, NULL, &error) ||
      sscanf (said, "%lf %lf %lf", &starts->clock[i], &starts->own[i], &starts->memory[i]) != 3)
    g_error ("%s: %s", way, error != NULL ? error->message : said);
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference > 0 ? 1 : difference < 0 ? -1 : 0;
}

static double
get_median (double *numbers)
{
  qsort (numbers, TIMES, sizeof *numbers, compare_doubles);
  return numbers[TIMES / 2];
}

int
main (int    argc,
      char **argv)
{
  TestVault f = { 0 };
  Starts unlock, empty;
  double clock, memory;

  if (argc > 2)
    return start (argv);
  if (argc < 2)
    {
      fprintf (stderr, "bench-start FOLDER\n");
      return 2;
    }
  g_setenv ("TMPDIR", argv[1], TRUE);
  sak_crypto_init ();
  test_vault_set_up (&f, NULL);
  test_vault_close (&f);
  for (guint i = 0; i < TIMES; i++)
    {
      measure (&unlock, i, "--unlock", f.path);
      measure (&empty, i, "--empty", f.path);
    }
  clock = get_median (unlock.clock);
  memory = get_median (unlock.memory);
  printf ("      to the unlock page  %6.0f ms (own %6.0f)  %6.1f MB\n", clock, get_median (unlock.own), memory);
  printf ("      an empty window     %6.0f ms (own %6.0f)  %6.1f MB\n", get_median (empty.clock),
          get_median (empty.own), get_median (empty.memory));
  printf ("      ratio %.2f (own %.2f), memory %.2f; %s\n", clock / get_median (empty.clock),
          get_median (unlock.own) / get_median (empty.own), memory / get_median (empty.memory),
          clock <= BUDGET_MS && memory <= BUDGET_MB ? "within budget" : "OVER");
  test_vault_tear_down (&f, NULL);
  return 0;
}
