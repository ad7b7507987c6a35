/* print.c - sakkhi-print: a paper as JSON in, pages as PDF out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/print/sak-print-pages.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crypto/sak-platform.h"

static GByteArray *
read_input (void)
{
  GByteArray *input = g_byte_array_new ();
  guint8 buffer[16384];
  gssize n;

  while (input->len <= SAK_JSON_MAX_SIZE &&
         ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR)))
    if (n > 0)
      g_byte_array_append (input, buffer, (guint) n);
  return input;
}

int
main (void)
{
  g_autoptr (GByteArray) input = NULL;
  g_autoptr (GByteArray) pdf = NULL;
  g_autoptr (json_t) paper = NULL;
  g_autoptr (GError) error = NULL;

  sak_platform_harden_process ();
  input = read_input ();
  paper = sak_json_parse ((const char *) input->data, (gssize) input->len, &error);
  if (paper != NULL)
    pdf = sak_print_draw (paper, &error);
  if (pdf == NULL)
    {
      fprintf (stderr, "sakkhi-print: %s\n", error->message);
      return 1;
    }
  return fwrite (pdf->data, 1, pdf->len, stdout) == pdf->len && fflush (stdout) == 0 ? 0 : 1;
}
