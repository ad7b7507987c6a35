/* sak-qr-picture.c - a QR code as a file that is a picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-qr-picture.h"

#include <string.h>

char *
sak_qr_to_svg (SakSecret *modules,
               guint      width)
{
  const guint8 *dark = sak_secret_get_bytes (modules);
  guint side = width + 2 * SAK_QR_MARGIN;
  GString *svg = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  g_string_append_printf (svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" "
                          "viewBox=\"0 0 %u %u\" shape-rendering=\"crispEdges\">\n"
                          "<rect width=\"%u\" height=\"%u\" fill=\"#fff\"/>\n<path fill=\"#000\" d=\"",
                          8 * side, 8 * side, side, side, side, side);
  for (guint y = 0; y < width; y++)
    for (guint x = 0; x < width; x++)
      if (dark[y * width + x] != 0)
        g_string_append_printf (svg, "M%u %uh1v1h-1z", x + SAK_QR_MARGIN, y + SAK_QR_MARGIN);
  g_string_append (svg, "\"/>\n</svg>\n");
  return g_string_free (svg, FALSE);
}

/* PNG (W3C), 5.3: length, type, data, CRC-32 of the last two. */
static void
append_chunk (GByteArray   *png,
              const char   *type,
              const guint8 *data,
              gsize         size)
{
  const guint32 length = GUINT32_TO_BE ((guint32) size);
  guint start = png->len + 4;
  guint32 crc = 0xffffffff;

  g_byte_array_append (png, (const guint8 *) &length, 4);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, (guint) size);
  for (guint i = start; i < png->len; i++)
    {
      crc ^= png->data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  crc = GUINT32_TO_BE (~crc);
  g_byte_array_append (png, (const guint8 *) &crc, 4);
}

/* Each row begins with its filter, which is none; a module is one byte of eight pixels, and eight such rows. */
static GByteArray *
draw_rows (SakSecret *modules,
           guint      width)
{
  const guint8 *dark = sak_secret_get_bytes (modules);
  guint side = width + 2 * SAK_QR_MARGIN;
  GByteArray *rows = g_byte_array_new ();
  g_autofree guint8 *row = g_malloc (side + 1);

  for (guint y = 0; y < side; y++)
    {
      memset (row, 0xff, side + 1);
      row[0] = 0;
      for (guint x = 0; x < width; x++)
        if (y >= SAK_QR_MARGIN && y < width + SAK_QR_MARGIN && dark[(y - SAK_QR_MARGIN) * width + x] != 0)
          row[1 + SAK_QR_MARGIN + x] = 0;
      for (guint i = 0; i < 8; i++)
        g_byte_array_append (rows, row, side + 1);
    }
  return rows;
}

static GBytes *
squeeze (const GByteArray *rows)
{
  g_autoptr (GConverter) deflate = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, deflate);
  gboolean is_written = g_output_stream_write_all (stream, rows->data, rows->len, NULL, NULL, NULL) &&
                        g_output_stream_close (stream, NULL, NULL);

  /* In memory nothing can fail. */
  g_assert (is_written);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
sak_qr_to_png (SakSecret *modules,
               guint      width)
{
  const guint32 side = GUINT32_TO_BE (8 * (width + 2 * SAK_QR_MARGIN));
  g_autoptr (GByteArray) rows = draw_rows (modules, width);
  g_autoptr (GBytes) squeezed = squeeze (rows);
  GByteArray *png = g_byte_array_new ();
  guint8 head[13] = { 0 };

  memcpy (head, &side, 4);
  memcpy (head + 4, &side, 4);
  head[8] = 1;
  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (png, "IHDR", head, sizeof head);
  append_chunk (png, "IDAT", g_bytes_get_data (squeezed, NULL), g_bytes_get_size (squeezed));
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}
