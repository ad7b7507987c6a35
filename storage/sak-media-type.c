/* sak-media-type.c - what a file is, told from its first bytes, never from its name
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/sak-media-type.h"

#include <string.h>

typedef struct
{
  guint offset;
  const char *bytes;
  guint size;
  const char *type;
} Signature;

/* More particular signatures stand before the general ones. */
static const Signature signatures[] = {
  { 0, "\xff\xd8\xff", 3, "image/jpeg" },
  { 0, "\x89PNG\r\n\x1a\n", 8, "image/png" },
  { 0, "GIF87a", 6, "image/gif" },
  { 0, "GIF89a", 6, "image/gif" },
  { 8, "WEBP", 4, "image/webp" },
  { 0, "II*\0", 4, "image/tiff" },
  { 0, "MM\0*", 4, "image/tiff" },
  { 4, "ftypheic", 8, "image/heic" },
  { 4, "ftypheix", 8, "image/heic" },
  { 4, "ftypmif1", 8, "image/heif" },
  { 4, "ftypavif", 8, "image/avif" },
  { 4, "ftypM4A", 7, "audio/mp4" },
  { 4, "ftyp3g", 6, "video/3gpp" },
  { 4, "ftypqt", 6, "video/quicktime" },
  { 4, "ftyp", 4, "video/mp4" },
  { 8, "WAVE", 4, "audio/x-wav" },
  { 8, "AVI ", 4, "video/x-msvideo" },
  { 0, "\x1a\x45\xdf\xa3", 4, "video/webm" },
  { 28, "OpusHead", 8, "audio/ogg" },
  { 29, "vorbis", 6, "audio/ogg" },
  { 0, "OggS", 4, "video/ogg" },
  { 0, "fLaC", 4, "audio/flac" },
  { 0, "#!AMR", 5, "audio/amr" },
  { 0, "ID3", 3, "audio/mpeg" },
  { 0, "\xff\xfb", 2, "audio/mpeg" },
  { 0, "\xff\xf3", 2, "audio/mpeg" },
  { 0, "%PDF-", 5, "application/pdf" },
  { 0, "PK\x03\x04", 4, "application/zip" },
};

const char *
sak_media_type_guess (const guint8 *bytes,
                      gsize         size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signatures); i++)
    {
      const Signature *s = &signatures[i];

      if (size >= s->offset + s->size && memcmp (bytes + s->offset, s->bytes, s->size) == 0)
        return s->type;
    }
  if (size > 0 && memchr (bytes, '\0', size) == NULL)
    {
      const char *end;

      /* The head may end inside a letter. */
      if (g_utf8_validate ((const char *) bytes, (gssize) size, &end) || (const char *) bytes + size - end < 4)
        return "text/plain";
    }
  return "application/octet-stream";
}

static guint
read_number (const guint8 *at,
             guint         n_bytes,
             gboolean      is_big_endian)
{
  guint value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value |= (guint) at[i] << (8 * (is_big_endian ? n_bytes - 1 - i : i));
  return value;
}

/* @tiff: the TIFF structure in an Exif segment (CIPA DC-008); only its first directory
 * is read, for the one tag that points to the GPS directory.
 */
static gboolean
tiff_has_gps (const guint8 *tiff,
              gsize         size)
{
  const guint gps_tag = 0x8825;
  gboolean is_big_endian;
  guint directory, n_entries;

  if (size < 8)
    return FALSE;
  is_big_endian = tiff[0] == 'M';
  directory = read_number (tiff + 4, 4, is_big_endian);
  if (directory > size - 2 || size < 2)
    return FALSE;
  n_entries = read_number (tiff + directory, 2, is_big_endian);
  for (guint i = 0; i < n_entries; i++)
    {
      gsize at = (gsize) directory + 2 + 12 * (gsize) i;

      if (at + 12 > size)
        return FALSE;
      if (read_number (tiff + at, 2, is_big_endian) == gps_tag)
        return TRUE;
    }
  return FALSE;
}

void
sak_media_type_find_exif (const guint8 *bytes,
                          gsize         size,
                          gboolean     *ret_has_exif,
                          gboolean     *ret_has_gps)
{
  gsize at = 2;

  *ret_has_exif = FALSE;
  *ret_has_gps = FALSE;
  if (size < 4 || memcmp (bytes, "\xff\xd8", 2) != 0)
    return;
  while (at + 4 <= size && bytes[at] == 0xff && bytes[at + 1] != 0xda)
    {
      gsize length = read_number (bytes + at + 2, 2, TRUE);
      gsize end = MIN (at + 2 + length, size);

      if (length < 2)
        return;
      if (bytes[at + 1] == 0xe1 && end - at >= 10 && memcmp (bytes + at + 4, "Exif\0\0", 6) == 0)
        {
          *ret_has_exif = TRUE;
          *ret_has_gps |= tiff_has_gps (bytes + at + 10, end - at - 10);
        }
      at += 2 + length;
    }
}
