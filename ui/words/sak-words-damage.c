/* sak-words-damage.c - damage and copies: what happened, and what to do now
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

const char *
sak_words_for_damage (SakDamageKind kind)
{
  switch (kind)
    {
    case SAK_DAMAGE_DATABASE:
      return _("Part of the database is damaged.");
    case SAK_DAMAGE_RECORD:
      return _("A record cannot be read: its text lies in the damaged part.");
    case SAK_DAMAGE_REVISION:
      return _("A version of a record was altered: its signature no longer fits.");
    case SAK_DAMAGE_FRESHNESS:
      return _("Part of the vault comes from an earlier time: an old copy was put in its place.");
    case SAK_DAMAGE_CUSTODY:
      return _("The log of who had what in hand was altered, or part of it is gone.");
    case SAK_DAMAGE_MEDIA_MISSING:
      return _("A photo, recording or file is missing from the vault's folder.");
    case SAK_DAMAGE_MEDIA_ALTERED:
      return _("A photo, recording or file was damaged or altered.");
    case SAK_DAMAGE_MEDIA_STRAY:
      return _("A file that belongs to no record lies in the vault's folder. It does no harm.");
    case SAK_DAMAGE_MEDIA_ABSENT:
      return _("A record names a photo, recording or file that is not in the vault.");
    case SAK_DAMAGE_MEDIA_UNUSED:
      return _("A photo, recording or file is kept that no record names any more. It does no harm.");
    case SAK_DAMAGE_HEADER_COPY:
      return _("One of the two copies of the vault's header is damaged. The other one works.");
    case SAK_DAMAGE_LINK:
      return _("A record refers to a version that is not there.");
    case SAK_DAMAGE_SEARCH:
      return _("The search index does not fit the records: a search may miss some. No record is touched by it.");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * sak_words_for_damage_advice:
 *
 * Returns: what to do; a sentence or two
 */
const char *
sak_words_for_damage_advice (SakDamageKind kind)
{
  switch (kind)
    {
    case SAK_DAMAGE_DATABASE:
    case SAK_DAMAGE_RECORD:
    case SAK_DAMAGE_LINK:
      return _("Do not go on working in this vault. Restore your last backup into a new folder. If it is too "
               "old, rescue what can still be read into a new vault, and look for the rest in the backup or "
               "at the partners who received it.");
    case SAK_DAMAGE_REVISION:
    case SAK_DAMAGE_FRESHNESS:
    case SAK_DAMAGE_CUSTODY:
      return _("Ask yourself who had this computer or disk in hand. Compare with your last backup, and with "
               "what the partners received.");
    case SAK_DAMAGE_MEDIA_MISSING:
    case SAK_DAMAGE_MEDIA_ALTERED:
      return _("If you still have the file elsewhere, add it to its record again: it takes its old place. "
               "Otherwise restore the last backup, or ask whoever sent it to send it again.");
    case SAK_DAMAGE_MEDIA_ABSENT:
      return _("If it was removed on purpose, there is nothing to do. If not, add it again, or look for it in "
               "a backup.");
    case SAK_DAMAGE_MEDIA_STRAY:
    case SAK_DAMAGE_MEDIA_UNUSED:
      return _("There is nothing that you must do.");
    case SAK_DAMAGE_SEARCH:
      return _("Have the index made anew, on the command line: sakkhi-cli search index --anew");
    case SAK_DAMAGE_HEADER_COPY:
      return _("Make a backup now, and check the disk. Changing a passphrase writes both copies again.");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * sak_words_for_backup_error:
 *
 * Where a backup was being made or restored.
 */
const char *
sak_words_for_backup_error (const GError *error)
{
  switch (sak_error_get_code (error))
    {
    case SAK_ERROR_INVALID:
      return _("This file is not a backup of a vault. Choose the file that was named when the backup was made.");
    case SAK_ERROR_PASSPHRASE:
      return _("This does not open the backup. A backup opens with what opened the vault on the day it was made: "
               "an older passphrase, perhaps, or somebody else's if the vault is theirs.");
    case SAK_ERROR_TRUNCATED:
      return _("The end of the backup is missing. Copy it again from where it came, and make sure that copying "
               "finishes; or take another backup. Nothing was changed.");
    case SAK_ERROR_DAMAGED:
      return _("Damage was found. If a backup was being made: the vault has damage and cannot be copied whole; "
               "check the vault to see where. If one was being restored: the backup was damaged; copy it again "
               "from where it came, or take another one.");
    case SAK_ERROR_TOO_LARGE:
      return _("The backup is larger than 4 GB, and this disk or stick is formatted as FAT, which cannot hold "
               "such a file. Use one that is formatted as exFAT, or another disk.");
    case SAK_ERROR_NO_SPACE:
      return _("There is not enough room: where the copy shall go, or on the disk that the vault is on, which "
               "needs some for a moment. Free some room or choose another disk, then try again.");
    case SAK_ERROR_LOCKED:
      return _("The vault was locked, so the backup was stopped and nothing is left of it. Unlock the vault and "
               "begin again.");
    case SAK_ERROR_CONFLICT:
      return _("Something in the vault's folder was changed by another program during the backup. Begin again.");
    case SAK_ERROR_EXISTS:
      return _("Something is there already, and nothing is overwritten. Choose another name, or an empty folder.");
    default:
      return sak_words_for_error (error);
    }
}

/**
 * sak_words_after_restore:
 *
 * What a person must know who goes on with a vault as it was earlier.
 */
const char *
sak_words_after_restore (void)
{
  return _("What was written after that time is not in it. Nothing that others received from you is lost: the next "
           "bundle to each of them brings everything from its beginning, and what they have already stays as it "
           "is. If you change a record of which they have a later version, they will see both. The codes of new "
           "records get two letters more, so that none is given a second time.");
}

const char *
sak_words_about_seen_damage (void)
{
  return _("Something in the vault could not be read as it was written. A power cut can do that, and so can a disk "
           "that is failing. Check the vault now; if that finds damage, it says what to do.");
}

#define BACKUP_DUE_DAYS 14
#define DAY_SECONDS (24 * 60 * 60)

/**
 * sak_words_is_backup_due:
 * @now: seconds since 1970
 *
 * Returns: whether there is something to lose: finished work with no backup at all, or any
 * change since a backup of two weeks ago. A clock that was set back makes none due.
 */
gboolean
sak_words_is_backup_due (const SakLastBackup *last,
                         gint64               now)
{
  if (last->time == 0)
    return last->n_revisions > 0;
  return last->n_changes > 0 && now - last->time >= BACKUP_DUE_DAYS * DAY_SECONDS;
}

char *
sak_words_about_last_backup (const SakLastBackup *last)
{
  g_autofree char *day = sak_words_day_of (last->time);
  guint n = (guint) MIN (last->n_revisions, G_MAXUINT);

  if (last->time == 0 && n == 0)
    return g_strdup (_("There is no backup of this vault yet."));
  if (last->time == 0)
    return sak_words_print (ngettext ("There is no backup of this vault yet: if this computer is lost, the "
                                      "finished record in it is lost.",
                                      "There is no backup of this vault yet: if this computer is lost, the "
                                      "%u finished records in it are lost.", n), n);
  if (last->n_changes == 0)
    /* Translators: %s is a day */
    return g_strdup_printf (_("The last backup is of %s. Nothing has changed since."), day[0] != '\0' ? day : "?");
  if (n == 0)
    /* Translators: %s is a day */
    return g_strdup_printf (_("The last backup is of %s. There were small changes since."), day[0] != '\0' ? day : "?");
  /* Translators: %1$s is a day, %2$u how many */
  return sak_words_print (ngettext ("The last backup is of %1$s. %2$u version of a record was finished or arrived "
                                    "since.",
                                    "The last backup is of %1$s. %2$u versions of records were finished or arrived "
                                    "since.", n), day[0] != '\0' ? day : "?", n);
}
