/* sak-words-loss.c - what a rescue could not save: what that means, and what to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words.h"

static const char *
describe_loss_of_vault (SakLossKind kind)
{
  switch (kind)
    {
    case SAK_LOSS_PAGES:
      return _("Part of the database could not be read. What is known of what that cost is said below.");
    case SAK_LOSS_UNFINISHED:
      return _("A change was being written when the computer stopped, and could not be undone whole. Look at what you "
               "changed last.");
    case SAK_LOSS_NAME:
      return _("Whose vault it is could not be read; it is called ? now.");
    case SAK_LOSS_SIGNING_KEY:
      return _("The key that you signed with is lost, and a new one was made. To others you are somebody new: give "
               "each of them your new contact card and compare the code again. What you signed before stays valid "
               "as your old self's.");
    case SAK_LOSS_EXCHANGE_KEY:
      return _("The key that others encrypt to is lost, and a new one was made. Give each of them your new contact "
               "card. Bundles that were made for the old one cannot be opened any more: ask for them again.");
    case SAK_LOSS_CONTACT:
      return _("A contact is lost. What came from there is kept under a name with a question mark; import the "
               "person's card again.");
    case SAK_LOSS_STREAM:
      return _("The list of what was exchanged with this contact is not whole and was not taken over. The next bundle "
               "brings everything from its beginning again.");
    case SAK_LOSS_CUSTODY:
      return _("Entries of the log of who had what in hand are lost. Those that could be read are kept.");
    default:
      return NULL;
    }
}

const char *
sak_words_for_loss (SakLossKind kind)
{
  const char *words = describe_loss_of_vault (kind);

  if (words != NULL)
    return words;
  switch (kind)
    {
    case SAK_LOSS_RECORD:
      return _("Nothing of this record could be read but its line in the list. Look for it in a backup, or ask those "
               "who received it to send it to you.");
    case SAK_LOSS_LATEST_VERSION:
      return _("The latest version of this record is lost, and an earlier one stands for it now. Look for the latest "
               "in a backup, or ask those who received it.");
    case SAK_LOSS_VERSION:
      return _("An earlier version of this record is lost. The latest is there.");
    case SAK_LOSS_DRAFT:
      return _("The change that you had begun to this record is lost. Its last finished version is there.");
    case SAK_LOSS_ROW:
      return _("The line of this record in the list was lost and was made again. If you had begun to change the "
               "record, that change is lost. Its last finished version is there.");
    case SAK_LOSS_DRAFT_BASE:
      return _("The change that you had begun is there, but the version that it began from is not. Read it through "
               "before you finish it.");
    case SAK_LOSS_CODE:
      return _("This code was given to a record that is nowhere: it is lost, or was a draft that you threw away.");
    case SAK_LOSS_LISTED:
      return _("This version was finished here, and of it nothing but its number is left. Look for it in a backup, or "
               "ask those who received it to send it to you.");
    case SAK_LOSS_MEDIA_MISSING:
      return _("A photo, recording or file is not there any more. If you have it elsewhere, add it to its record "
               "again; otherwise look for it in a backup, or ask those who received it.");
    case SAK_LOSS_MEDIA_DAMAGED:
      return _("A photo, recording or file is damaged. Only its beginning can be read. If you have it elsewhere, add "
               "it to its record again.");
    default:
      g_return_val_if_reached ("");
    }
}
