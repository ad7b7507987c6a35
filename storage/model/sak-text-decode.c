/* sak-text-decode.c - the words of a text file, whatever letters were encoded by
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What says by its first bytes which encoding it has is believed; what is valid UTF-8 is
 * UTF-8. Only then does ICU guess: older Thai and Vietnamese files say nothing of themselves.
 */
#include "config.h"

#include "storage/model/sak-text-decode.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

/* Of a hundred: less is a guess among all. */
#define MIN_CONFIDENCE 20
/* One letter in so many may be a control character; a program's file has more. */
#define CONTROLS_PER 50

static const struct { const char *mark; gsize size; const char *encoding; } marks[] = {
  { "\xef\xbb\xbf", 3, "UTF-8" },
  { "\xff\xfe", 2, "UTF-16LE" },
  { "\xfe\xff", 2, "UTF-16BE" },
};

static char *
convert (const guint8 *bytes,
         gsize         size,
         const char   *encoding,
         gsize        *ret_size)
{
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *text = NULL;
  int32_t length;

  *ret_size = 0;
  length = ucnv_convert ("UTF-8", encoding, NULL, 0, (const char *) bytes, (int32_t) size, &status);
  if (status != U_BUFFER_OVERFLOW_ERROR)
    return U_SUCCESS (status) ? g_strdup ("") : NULL;
  status = U_ZERO_ERROR;
  text = g_malloc ((gsize) length + 1);
  ucnv_convert ("UTF-8", encoding, text, length + 1, (const char *) bytes, (int32_t) size, &status);
  *ret_size = (gsize) length;
  return U_SUCCESS (status) ? g_steal_pointer (&text) : NULL;
}

static const char *
guess_encoding (const guint8 *bytes,
                gsize         size)
{
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open (&status);
  const UCharsetMatch *match;
  const char *name = NULL;

  ucsdet_setText (detector, (const char *) bytes, (int32_t) size, &status);
  match = ucsdet_detect (detector, &status);
  if (U_SUCCESS (status) && match != NULL && ucsdet_getConfidence (match, &status) >= MIN_CONFIDENCE)
    name = g_intern_string (ucsdet_getName (match, &status));
  ucsdet_close (detector);
  return U_SUCCESS (status) ? name : NULL;
}

/* Thai by its bytes: nearly all of what is not ASCII lies where TIS-620 has its letters, and
 * there is a lot of it. ICU knows no Thai.
 */
static gboolean
looks_thai (const guint8 *bytes,
            gsize         size)
{
  gsize n_thai = 0, n_other = 0;

  for (gsize i = 0; i < size; i++)
    if ((bytes[i] >= 0xa1 && bytes[i] <= 0xda) || (bytes[i] >= 0xdf && bytes[i] <= 0xfb))
      n_thai++;
    else if (bytes[i] >= 0x80)
      n_other++;
  return n_thai > size / 4 && n_other * 20 <= n_thai;
}

static const char *
find_encoding (const guint8 *bytes,
               gsize         size,
               gboolean      is_cut,
               gsize        *ret_skip)
{
  const char *end;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (size >= marks[i].size && memcmp (bytes, marks[i].mark, marks[i].size) == 0)
      {
        *ret_skip = marks[i].size;
        return marks[i].encoding;
      }
  if (memchr (bytes, '\0', size) != NULL)
    return NULL;
  if (g_utf8_validate ((const char *) bytes, (gssize) size, &end)
      || (is_cut && (const char *) bytes + size - end < 4))
    return "UTF-8";
  return looks_thai (bytes, size) ? "windows-874" : guess_encoding (bytes, size);
}

/* Of what was cut off: without the half of a unit at its end, or the half of a letter of two units. */
static gsize
trim_utf16 (const guint8 *bytes,
            gsize         size,
            gboolean      is_little_endian)
{
  gsize whole = size - size % 2;
  guint8 high = whole > 0 ? bytes[whole - (is_little_endian ? 1 : 2)] : 0;

  return high >= 0xd8 && high <= 0xdb ? whole - 2 : whole;
}

/* NULL: there are too many of what no text has. @n_controls: so many were taken out of it already. */
static char *
clean (const char *text,
       gsize       n_controls)
{
  GString *words = g_string_sized_new (strlen (text));

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '\r')
        {
          if (at[1] != '\n')
            g_string_append_c (words, '\n');
        }
      else if (c != '\n' && c != '\t' && g_unichar_iscntrl (c))
        {
          n_controls++;
          g_string_append_unichar (words, 0xfffd);
        }
      else
        g_string_append_unichar (words, c);
    }
  if (n_controls > words->len / CONTROLS_PER)
    {
      g_string_free (words, TRUE);
      return NULL;
    }
  return g_string_free (words, FALSE);
}

/* A NUL ends nothing. */
static char *
clean_all (const char *text,
           gsize       size)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) size);
  gsize n_nuls = 0;

  for (gsize i = 0; i < size; i++)
    n_nuls += text[i] == '\0';
  return clean (valid, n_nuls);
}

char *
sak_text_decode (const guint8  *bytes,
                 gsize          size,
                 gboolean       is_cut,
                 const char   **ret_encoding)
{
  gsize skip = 0;
  const char *encoding = find_encoding (bytes, size, is_cut, &skip);
  g_autofree char *text = NULL;
  gsize text_size = size - skip;
  char *words;

  if (encoding == NULL || size > G_MAXINT32)
    return NULL;
  if (g_str_equal (encoding, "UTF-8"))
    words = clean_all ((const char *) bytes + skip, text_size);
  else
    {
      if (is_cut && g_str_has_prefix (encoding, "UTF-16"))
        text_size = trim_utf16 (bytes + skip, text_size, g_str_equal (encoding, "UTF-16LE"));
      text = convert (bytes + skip, text_size, encoding, &text_size);
      words = text != NULL ? clean_all (text, text_size) : NULL;
    }
  if (words != NULL)
    *ret_encoding = encoding;
  return words;
}
