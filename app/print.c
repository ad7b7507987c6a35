/* print.c - sakkhi-print: a paper as JSON in, pages as PDF out
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pictures of the paper follow its text, each when it is drawn (ui/print/sak-print-wire.h), so
 * that one page of a long paper is in memory at a time.
 */
#include "config.h"

#include "ui/print/sak-print-pages.h"
#include "ui/print/sak-print-wire.h"

#include <stdio.h>

#include "crypto/sak-platform.h"

/* Up to the byte that ends it, or the end of all. */
static GByteArray *
read_text (void)
{
  GByteArray *input = g_byte_array_new ();
  int c;

  while (input->len <= SAK_JSON_MAX_SIZE && (c = getchar ()) != EOF && c != SAK_PRINT_TEXT_END)
    {
      guint8 byte = (guint8) c;

      g_byte_array_append (input, &byte, 1);
    }
  return input;
}

static guint8 *
read_picture (gpointer  unused,
              guint    *ret_width,
              guint    *ret_height)
{
  SakPrintPicture head;
  guint8 *pixels;
  gsize size;

  if (fread (&head, sizeof head, 1, stdin) != 1 || head.width == 0 || head.height == 0 ||
      head.width > SAK_PRINT_MAX_SIDE || head.height > SAK_PRINT_MAX_SIDE)
    return NULL;
  size = 4 * (gsize) head.width * head.height;
  pixels = g_try_malloc (size);
  if (pixels == NULL || fread (pixels, 1, size, stdin) != size)
    {
      g_free (pixels);
      return NULL;
    }
  *ret_width = head.width;
  *ret_height = head.height;
  return pixels;
}

int
main (void)
{
  g_autoptr (GByteArray) input = NULL;
  g_autoptr (GByteArray) pdf = NULL;
  g_autoptr (json_t) paper = NULL;
  g_autoptr (GError) error = NULL;

  sak_platform_harden_process ();
  input = read_text ();
  paper = sak_json_parse ((const char *) input->data, (gssize) input->len, &error);
  if (paper != NULL)
    pdf = sak_print_draw (paper, read_picture, NULL, &error);
  if (pdf == NULL)
    {
      fprintf (stderr, "sakkhi-print: %s\n", error->message);
      return 1;
    }
  return fwrite (pdf->data, 1, pdf->len, stdout) == pdf->len && fflush (stdout) == 0 ? 0 : 1;
}
