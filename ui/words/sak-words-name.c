/* sak-words-name.c - why two names may be one person's, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-name.h"

static const char *
describe (SakNameReason reason)
{
  switch (reason)
    {
    case SAK_NAME_LETTERS:
      return _("It is written with the same letters.");
    case SAK_NAME_SPACING:
      return _("One is written together, the other apart.");
    case SAK_NAME_MARKS:
      return _("It is the same where one is written without its marks.");
    case SAK_NAME_OTHER_MARKS:
      return _("Only the marks are different, so these may be two names.");
    case SAK_NAME_ADDRESS:
      return _("It is the same after leaving out the form of address.");
    case SAK_NAME_OTHER_ADDRESS:
      return _("One has a man’s form of address and the other a woman’s.");
    case SAK_NAME_ORDER:
      return _("It has the same parts in another order.");
    case SAK_NAME_ROMANISATION:
      return _("These are two ways of writing one name in Latin letters.");
    case SAK_NAME_SCRIPT:
      return _("One is written in its own script, and read like the other.");
    case SAK_NAME_SOUND:
      return _("They sound alike.");
    case SAK_NAME_LETTER:
      return _("They differ by one letter.");
    case SAK_NAME_PART:
      return _("One is a part of the other.");
    default:
      g_return_val_if_reached ("");
    }
}

char *
sak_words_for_name_reason (SakNameReason  reason,
                           const char    *address)
{
  if (reason == SAK_NAME_ADDRESS && address != NULL)
    /* Translators: %s is a form of address as it is written: U, Daw, Nai */
    return g_strdup_printf (_("It is the same after leaving out %s."), address);
  return g_strdup (describe (reason));
}

char *
sak_words_for_name_match (const SakNameMatch *match)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  for (guint reason = 1; reason <= SAK_NAME_LAST_REASON; reason <<= 1)
    if ((match->reasons & reason) != 0)
      g_ptr_array_add (sentences, sak_words_for_name_reason (reason, match->address));
  g_ptr_array_add (sentences, NULL);
  return g_strjoinv (" ", (char **) sentences->pdata);
}

const char *
sak_words_name_likeness (SakNameLikeness likeness)
{
  switch (likeness)
    {
    case SAK_NAME_SAME:
      /* Translators: of two names, as a word in a list */
      return _("the same");
    case SAK_NAME_MAYBE:
      /* Translators: of two names, as a word in a list */
      return _("perhaps");
    case SAK_NAME_DIFFERENT:
    default:
      /* Translators: of two names, as a word in a list */
      return _("different");
    }
}
