/* sak-print.c - pages as PDF, without GTK
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/print/sak-print.h"

#include <gio/gio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-platform.h"

#define PROGRAM "sakkhi-print"

static const char *chosen_program;

/* Beside this program or in the folder next to it as they were built, or where it is installed. */
static char *
find_program (void)
{
  static const char *const places[] = { PROGRAM, "../" PROGRAM };
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;

  if (chosen_program != NULL)
    return g_strdup (chosen_program);
  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *beside = g_build_filename (folder, places[i], NULL);

      if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&beside);
    }
  return sak_platform_dup_installed (SAK_LIBEXEC_DIR "/" PROGRAM);
}

void
sak_print_set_program (const char *path)
{
  chosen_program = path;
}

GBytes *
sak_print_to_pdf (const json_t  *paper,
                  GError       **error)
{
  g_autofree char *program = find_program ();
  g_autofree char *text = sak_json_to_canonical (paper);
  g_autoptr (GBytes) input = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GBytes) output = NULL;
  gboolean went_well;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                            G_SUBPROCESS_FLAGS_STDERR_SILENCE, &local_error, program, NULL);
  went_well = child != NULL && g_subprocess_communicate (child, input, NULL, &output, NULL, &local_error) &&
              g_subprocess_get_successful (child);
  sak_wipe (text, strlen (text));
  if (went_well && output != NULL && g_bytes_get_size (output) > 0)
    return g_steal_pointer (&output);
  g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "%s: %s", program,
               local_error != NULL ? local_error->message : "the pages could not be drawn");
  return NULL;
}
