/* sak-cli-qr.c - QR codes, in the terminal and in files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "app/cli/sak-cli-qr.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/cli/sak-cli.h"
#include "ui/words/sak-qr-picture.h"

/* Ink is dark on paper and in a file; a terminal is told the colours. */
gboolean
sak_cli_print_qr (SakSecret  *text,
                  GError    **error)
{
  guint width;
  g_autoptr (SakSecret) modules = sak_qr_encode (text, &width, error);
  g_autoptr (SakSecret) blocks = NULL;
  const char *line, *end;
  gboolean is_terminal = isatty (STDOUT_FILENO);

  if (modules == NULL)
    return FALSE;
  blocks = sak_qr_to_half_blocks (modules, width);
  line = (const char *) sak_secret_get_bytes (blocks);
  for (end = line + sak_secret_get_size (blocks); line < end;)
    {
      const char *next = memchr (line, '\n', (gsize) (end - line));

      printf ("%s%.*s%s\n", is_terminal ? "\033[30;107m" : "", (int) (next - line), line, is_terminal ? "\033[0m" : "");
      line = next + 1;
    }
  return TRUE;
}

gboolean
sak_cli_write_qr (const char  *name,
                  const char  *text,
                  GError     **error)
{
  g_autoptr (SakSecret) secret = sak_secret_new_copy (text, strlen (text));
  g_autoptr (SakSecret) modules = NULL;
  g_autofree char *svg = NULL;
  g_autoptr (GBytes) png = NULL;
  guint width;

  if (g_str_equal (name, "-"))
    return sak_cli_print_qr (secret, error);
  if (!g_str_has_suffix (name, ".svg") && !g_str_has_suffix (name, ".png"))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_USAGE,
                           "a QR code goes to a file that ends in .svg or .png, or to -");
      return FALSE;
    }
  modules = sak_qr_encode (secret, &width, error);
  if (modules == NULL)
    return FALSE;
  if (g_str_has_suffix (name, ".svg"))
    {
      svg = sak_qr_to_svg (modules, width);
      return sak_cli_write_file (name, svg, strlen (svg), error);
    }
  png = sak_qr_to_png (modules, width);
  return sak_cli_write_file (name, g_bytes_get_data (png, NULL), g_bytes_get_size (png), error);
}
