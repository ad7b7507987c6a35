/* sak-say.c - values in the words and shape a person reads
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include "ui/sak-say.h"
#include "ui/words/sak-language.h"
#include "ui/words/sak-words-when.h"

const char *
sak_say_language (void)
{
  return sak_language_get ();
}

char *
sak_say_time (gint64 seconds)
{
  return sak_words_moment (seconds);
}

static gboolean
needs_breaks (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    switch (g_unichar_get_script (g_utf8_get_char (p)))
      {
      case G_UNICODE_SCRIPT_MYANMAR:
      case G_UNICODE_SCRIPT_KHMER:
      case G_UNICODE_SCRIPT_LAO:
        return TRUE;
      default:
        break;
      }
  return FALSE;
}

char *
sak_say_with_breaks (const char *text)
{
  g_autofree gunichar2 *units = NULL;
  GString *broken = NULL;
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *breaks;
  glong n_units = 0;
  int32_t from = 0;

  if (text == NULL || !needs_breaks (text))
    return g_strdup (text);

  units = g_utf8_to_utf16 (text, -1, NULL, &n_units, NULL);
  if (units == NULL)
    return g_strdup (text);
  breaks = ubrk_open (UBRK_LINE, NULL, units, (int32_t) n_units, &status);
  if (U_FAILURE (status))
    return g_strdup (text);
  broken = g_string_sized_new (strlen (text) * 2);
  for (int32_t to = ubrk_next (breaks); to != UBRK_DONE; to = ubrk_next (breaks))
    {
      g_autofree char *piece = g_utf16_to_utf8 (units + from, to - from, NULL, NULL, NULL);

      if (from > 0)
        g_string_append (broken, "\342\200\213");
      g_string_append (broken, piece != NULL ? piece : "");
      from = to;
    }
  ubrk_close (breaks);
  return g_string_free (broken, FALSE);
}
