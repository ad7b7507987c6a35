/* sak-words-place.c - a place in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-place.h"

#include <glib/gi18n-lib.h>

/* A division that was chosen for another time, and what it was part of then. */
char *
sak_words_about_division (const SakDivision *division,
                          const SakDateSpan *when,
                          const char        *language)
{
  gboolean is_gone = division->last_day < when->earliest_day;
  g_autoptr (GPtrArray) then = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  if (sak_division_was (division, when) != SAK_DIVISION_NOT_THEN)
    return NULL;
  then = sak_division_move (division, is_gone ? division->last_day : division->first_day, when->earliest_day);
  for (guint i = 0; i < then->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", sak_division_get_name (then->pdata[i], language));
  /* Translators: first a province, then the one or several in which it was at the time of the event */
  return g_strdup_printf (_("%1$s was no division of its own at that time. Then it was: %2$s."),
                          sak_division_get_name (division, language), names->str);
}
