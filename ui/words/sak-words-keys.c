/* sak-words-keys.c - the ways into a vault, and slips in typing them, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-keys.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

const char *
sak_words_name_way (SakSlotType type)
{
  switch (type)
    {
    case SAK_SLOT_PASSPHRASE:
      /* Translators: a way to open a vault */
      return _("Passphrase");
    case SAK_SLOT_RECOVERY_CODE:
      /* Translators: a way to open a vault: forty digits on paper */
      return _("Recovery code");
    case SAK_SLOT_SHARES:
      /* Translators: a way to open a vault: pieces of a key, held by several people */
      return _("Shares");
    case SAK_SLOT_KEY_FILE:
      /* Translators: a way to open a vault */
      return _("Key file");
    case SAK_SLOT_KEY_FILE_AND_PASSPHRASE:
      /* Translators: a way to open a vault */
      return _("Key file and passphrase together");
    default:
      return _("Something that a newer version of Sakkhi put there");
    }
}

char *
sak_words_for_slot (const SakSlotInfo *slot)
{
  const char *way = sak_words_name_way (slot->type);

  if (slot->type == SAK_SLOT_SHARES && slot->threshold > 0)
    /* Translators: %1$u how many are needed, %2$u how many there are, %3$05u the number of the set */
    return sak_words_print (_("Any %1$u of %2$u shares together (set %3$05u)"), slot->threshold,
                            slot->n_shares, slot->set_number);
  if (slot->label[0] != '\0')
    /* Translators: %1$s is "Passphrase" or another way in, %2$s whose it is */
    return g_strdup_printf (_("%1$s: %2$s"), way, slot->label);
  return g_strdup (way);
}

static char *
say_mistake_in_share (const SakTypingMistake *mistake)
{
  switch (mistake->kind)
    {
    case SAK_MISTAKE_WORD:
      return sak_words_print (_("Share %1$u: word %2$u is not in the list. Look at it again, or type the number "
                                "that stands beside it."), mistake->part, mistake->word);
    case SAK_MISTAKE_CHECKSUM:
      if (mistake->word > 0)
        return sak_words_print (_("Share %1$u: word %2$u is probably not the one on the paper. Look at it again, and "
                                  "if it is right compare them all."), mistake->part, mistake->word);
      return sak_words_print (_("Share %u: one of its words is not the one on the paper. Compare them all."),
                              mistake->part);
    case SAK_MISTAKE_SHARE_TWICE:
      return sak_words_print (_("Share %1$u is the same as share %2$u. Each must be another person's."),
                              mistake->part, mistake->other);
    case SAK_MISTAKE_OTHER_SET:
      return sak_words_print (_("Share %u belongs to another set. The number of the set stands at the top of "
                                "each page; all must be the same."), mistake->part);
    case SAK_MISTAKE_TOO_FEW:
      return sak_words_print (ngettext ("%u more share is needed.", "%u more shares are needed.",
                                        mistake->needed - MIN (mistake->had, mistake->needed)),
                              mistake->needed - MIN (mistake->had, mistake->needed));
    case SAK_MISTAKE_DIGEST:
    default:
      return g_strdup (_("Each share is typed as it was printed, but together they open nothing: they are not of "
                         "one set."));
    }
}

char *
sak_words_for_mistake (const SakTypingMistake *mistake)
{
  switch (mistake->kind)
    {
    case SAK_MISTAKE_NONE:
      return g_strdup ("");
    case SAK_MISTAKE_CHARACTER:
      return sak_words_print (_("Part %u: there is something that cannot stand here."), mistake->part);
    case SAK_MISTAKE_TOO_SHORT:
      return sak_words_print (_("Part %u: something is missing."), mistake->part);
    case SAK_MISTAKE_TOO_LONG:
      return sak_words_print (_("Part %u: there is more than there should be."), mistake->part);
    case SAK_MISTAKE_GROUP:
      /* Translators: a group of six digits of the recovery code */
      return sak_words_print (_("Group %u is not as it is on the paper: look at its six digits again."),
                              mistake->part);
    default:
      return say_mistake_in_share (mistake);
    }
}

/**
 * sak_words_for_way_error:
 * @type: the way that was tried
 */
const char *
sak_words_for_way_error (const GError *error,
                         SakSlotType   type)
{
  if (sak_error_get_code (error) != SAK_ERROR_PASSPHRASE || type == SAK_SLOT_PASSPHRASE)
    return sak_words_for_error (error);
  switch (type)
    {
    case SAK_SLOT_RECOVERY_CODE:
      return _("This recovery code is typed without a slip, but it does not open this vault. It belongs to "
               "another vault, or it was removed.");
    case SAK_SLOT_SHARES:
      return _("These shares fit together, but they do not open this vault. They belong to another vault, or "
               "they were removed.");
    default:
      return _("This key file does not open the vault. It belongs to another vault, it was removed, or a "
               "passphrase belongs to it that is not the one typed.");
    }
}
