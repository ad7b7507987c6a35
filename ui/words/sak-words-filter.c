/* sak-words-filter.c - what narrows a list, in words
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-vocabulary.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-filter.h"
#include "ui/words/sak-words.h"

/* As sak-search.h spells them, in the order of SakRecordState. */
static const char *const states[SAK_N_FILTER_STATES] = { "draft", "finished", "changed", "conflict", "withdrawn" };

const char *
sak_filter_state (guint i)
{
  return states[i];
}

const char *
sak_words_name_filter (SakFilter filter)
{
  switch (filter)
    {
    case SAK_FILTER_STATE:
      return C_("filter", "State");
    case SAK_FILTER_DAYS:
      return C_("filter", "When");
    case SAK_FILTER_PLACE:
      return C_("filter", "Place");
    case SAK_FILTER_VIOLATION:
      return C_("filter", "Violation");
    case SAK_FILTER_PERSON:
      return C_("filter", "Person or group");
    case SAK_FILTER_TAG:
      return C_("filter", "Tag");
    default:
      return C_("filter", "Consent");
    }
}

static char *
say_days (const SakSearch *search)
{
  g_autofree char *from = search->from != NULL ? sak_words_date (search->from, NULL) : NULL;
  g_autofree char *to = search->to != NULL ? sak_words_date (search->to, NULL) : NULL;

  if (from != NULL && to != NULL)
    /* Translators: two dates that a list is narrowed to */
    return g_strdup_printf (_("%1$s to %2$s"), from, to);
  if (from != NULL)
    /* Translators: a list is narrowed to what happened from this date on */
    return g_strdup_printf (_("from %s"), from);
  /* Translators: a list is narrowed to what happened up to this date */
  return to != NULL ? g_strdup_printf (_("until %s"), to) : NULL;
}

static char *
say_state (const char *state)
{
  for (guint i = 0; state != NULL && i < SAK_N_FILTER_STATES; i++)
    if (g_str_equal (states[i], state))
      return g_strdup (sak_words_name_state ((SakRecordState) i));
  return NULL;
}

static char *
say_violation (const char *code,
               const char *language)
{
  const SakTerm *term = code != NULL ? sak_vocabulary_find_term (sak_vocabulary_get ("violations"), code) : NULL;

  return term != NULL ? g_strdup (sak_term_get_label (term, language)) : g_strdup (code);
}

const char *
sak_words_filter_consent (void)
{
  /* Translators: of a consent; also that it ran out already */
  return _("runs out soon");
}

char *
sak_words_for_filter (SakFilter        filter,
                      const SakSearch *search,
                      const char      *language)
{
  switch (filter)
    {
    case SAK_FILTER_STATE:
      return say_state (search->state);
    case SAK_FILTER_DAYS:
      return say_days (search);
    case SAK_FILTER_PLACE:
      return g_strdup (search->place);
    case SAK_FILTER_VIOLATION:
      return say_violation (search->violation, language);
    case SAK_FILTER_TAG:
      return g_strdup (search->tag);
    case SAK_FILTER_CONSENT:
      return g_strdup (search->consent != NULL ? sak_words_filter_consent () : NULL);
    default:
      return NULL;
    }
}
