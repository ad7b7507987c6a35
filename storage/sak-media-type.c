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
