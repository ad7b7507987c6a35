/* sak-print.c - pages as PDF, without GTK
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/print/sak-print.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-platform.h"
#include "ui/print/sak-print-wire.h"

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

/* It listens to all of it before it says anything, so neither waits for the other. */
static gboolean
send_all (GOutputStream     *to,
          const json_t      *paper,
          SakPrintNextFunc   next,
          gpointer           data,
          GCancellable      *cancellable,
          GError           **error)
{
  g_autofree char *text = sak_json_to_canonical (paper);
  const json_t *blocks = json_object_get (paper, "blocks");
  const json_t *block;
  gboolean is_sent;
  gsize i;

  is_sent = g_output_stream_write_all (to, text, strlen (text) + (next != NULL ? 1 : 0), NULL, cancellable, error);
  sak_wipe (text, strlen (text));
  json_array_foreach (blocks, i, block)
    if (is_sent && next != NULL && g_strcmp0 (sak_json_get_text (block, "style"), "picture") == 0)
      {
        SakPrintPicture head = { 0 };
        g_autoptr (GBytes) pixels = next (data, &head.width, &head.height, cancellable, error);

        is_sent = pixels != NULL && g_output_stream_write_all (to, &head, sizeof head, NULL, cancellable, error) &&
                  g_output_stream_write_all (to, g_bytes_get_data (pixels, NULL), g_bytes_get_size (pixels), NULL,
                                             cancellable, error);
      }
  return g_output_stream_close (to, NULL, is_sent ? error : NULL) && is_sent;
}

static GBytes *
receive_all (GInputStream  *from,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  if (g_output_stream_splice (output, from, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, cancellable, error) < 0)
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

/**
 * sak_print_pictures_to_pdf:
 *
 * For a worker's thread: it waits for the program, and for @next, as long as they take.
 *
 * Returns: the pages, or NULL with the error of @next, cancelled, or FAILED.
 */
GBytes *
sak_print_pictures_to_pdf (const json_t      *paper,
                           SakPrintNextFunc   next,
                           gpointer           data,
                           GCancellable      *cancellable,
                           GError           **error)
{
  g_autofree char *program = find_program ();
  g_autoptr (GError) cause = NULL;
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GBytes) output = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                            G_SUBPROCESS_FLAGS_STDERR_SILENCE, &cause, program, NULL);
  if (child != NULL && send_all (g_subprocess_get_stdin_pipe (child), paper, next, data, cancellable, &cause))
    output = receive_all (g_subprocess_get_stdout_pipe (child), cancellable, &cause);
  if (output != NULL && g_subprocess_wait_check (child, cancellable, &cause) && g_bytes_get_size (output) > 0)
    return g_steal_pointer (&output);
  if (child != NULL)
    g_subprocess_force_exit (child);
  if (cause != NULL && (cause->domain == SAK_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED)))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, SAK_ERROR, SAK_ERROR_FAILED, "%s: %s", program,
                 cause != NULL ? cause->message : "the pages could not be drawn");
  return NULL;
}

GBytes *
sak_print_to_pdf (const json_t  *paper,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return sak_print_pictures_to_pdf (paper, NULL, NULL, cancellable, error);
}
