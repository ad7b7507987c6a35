/* sak-exif.c - what a camera wrote into its picture
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Foreign bytes: every offset is checked against the segment it points into, directories are
 * read once and never followed in circles, text is taken only where it is what it must be.
 */
#include "config.h"

#include "storage/sak-exif.h"

#include <string.h>

enum
{
  TAG_MAKE = 0x010f,
  TAG_MODEL = 0x0110,
  TAG_EXIF_DIRECTORY = 0x8769,
  TAG_GPS_DIRECTORY = 0x8825,
  TAG_TAKEN = 0x9003,           /* DateTimeOriginal */
  TYPE_ASCII = 2,
  ENTRY_SIZE = 12,
};

typedef struct
{
  const guint8 *bytes;
  gsize size;
  gboolean is_big_endian;
} Tiff;

static guint32
read_number (const guint8 *at,
             guint         n_bytes,
             gboolean      is_big_endian)
{
  guint32 value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value |= (guint32) at[i] << (8 * (is_big_endian ? n_bytes - 1 - i : i));
  return value;
}

/* The text of an entry, without what ends it; NULL where it is none or lies outside. */
static const char *
get_text (const Tiff    *tiff,
          const guint8  *entry,
          gsize         *ret_size)
{
  guint32 count = read_number (entry + 4, 4, tiff->is_big_endian);
  guint32 offset = read_number (entry + 8, 4, tiff->is_big_endian);
  const char *text = count <= 4 ? (const char *) entry + 8 : (const char *) tiff->bytes + offset;

  if (read_number (entry + 2, 2, tiff->is_big_endian) != TYPE_ASCII || count == 0)
    return NULL;
  if (count > 4 && (offset > tiff->size || count > tiff->size - offset))
    return NULL;
  *ret_size = strnlen (text, count);
  return text;
}

/* "2019:07:14 05:42:10", and a camera that was never set says "0000:00:00 00:00:00". */
static void
take_time (const char *text,
           gsize       size,
           SakExif    *exif)
{
  static const char form[] = "dddd:dd:dd dd:dd:dd";
  GDateTime *time;

  if (size != strlen (form))
    return;
  for (gsize i = 0; i < size; i++)
    if (form[i] == 'd' ? !g_ascii_isdigit (text[i]) : text[i] != form[i])
      return;
  memcpy (exif->taken, text, size);
  exif->taken[size] = '\0';
  exif->taken[4] = exif->taken[7] = '-';
  exif->taken[10] = 'T';
  time = g_date_time_new_from_iso8601 (exif->taken, g_time_zone_new_utc ());
  if (time == NULL)
    exif->taken[0] = '\0';
  else
    g_date_time_unref (time);
}

/* Make and model come one after the other; a model that repeats the make is taken as it is. */
static void
take_camera (const char *text,
             gsize       size,
             SakExif    *exif)
{
  gsize at = strlen (exif->camera);

  while (size > 0 && text[size - 1] == ' ')
    size--;
  if (size == 0 || at + size + 2 > sizeof exif->camera)
    return;
  for (gsize i = 0; i < size; i++)
    if (!g_ascii_isprint (text[i]))
      return;
  if (at > 0)
    exif->camera[at++] = ' ';
  memcpy (exif->camera + at, text, size);
  exif->camera[at + size] = '\0';
}

static void
read_entry (const Tiff    *tiff,
            const guint8  *entry,
            SakExif       *exif,
            guint32       *ret_exif_directory)
{
  gsize size;
  const char *text;

  switch (read_number (entry, 2, tiff->is_big_endian))
    {
    case TAG_GPS_DIRECTORY:
      exif->has_position = TRUE;
      break;
    case TAG_EXIF_DIRECTORY:
      *ret_exif_directory = read_number (entry + 8, 4, tiff->is_big_endian);
      break;
    case TAG_MAKE:
    case TAG_MODEL:
      text = get_text (tiff, entry, &size);
      if (text != NULL)
        take_camera (text, size, exif);
      break;
    case TAG_TAKEN:
      text = get_text (tiff, entry, &size);
      if (text != NULL)
        take_time (text, size, exif);
      break;
    default:
      break;
    }
}

/* Returns: where the directory of the picture's own data is, 0 where it names none. */
static guint32
read_directory (const Tiff *tiff,
                guint32     at,
                SakExif    *exif)
{
  guint32 exif_directory = 0;
  guint n_entries;

  if (tiff->size < 8 || at > tiff->size - 2)
    return 0;
  n_entries = read_number (tiff->bytes + at, 2, tiff->is_big_endian);
  for (guint i = 0; i < n_entries; i++)
    {
      gsize entry = (gsize) at + 2 + ENTRY_SIZE * (gsize) i;

      if (entry + ENTRY_SIZE > tiff->size)
        break;
      read_entry (tiff, tiff->bytes + entry, exif, &exif_directory);
    }
  return exif_directory;
}

/* Two directories, the first and the one that it names, and never a third. */
static void
read_tiff (const guint8 *bytes,
           gsize         size,
           SakExif      *exif)
{
  const Tiff tiff = { bytes, size, size > 0 && bytes[0] == 'M' };
  guint32 exif_directory;

  if (size < 8)
    return;
  exif_directory = read_directory (&tiff, read_number (bytes + 4, 4, tiff.is_big_endian), exif);
  if (exif_directory != 0)
    (void) read_directory (&tiff, exif_directory, exif);
}

/* A JPEG's segments up to the picture itself. */
void
sak_exif_read (const guint8 *bytes,
               gsize         size,
               SakExif      *ret_exif)
{
  gsize at = 2;

  memset (ret_exif, 0, sizeof *ret_exif);
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
          ret_exif->is_there = TRUE;
          read_tiff (bytes + at + 10, end - at - 10, ret_exif);
        }
      at += 2 + length;
    }
}
