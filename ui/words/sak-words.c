/* sak-words.c - what the core's codes mean, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "storage/model/sak-kind.h"
#include "ui/words/sak-words.h"

static const char *
describe_vault_error (int code)
{
  switch (code)
    {
    case SAK_ERROR_LOCKED:
      return _("The vault is locked. Unlock it with its passphrase and try again.");
    case SAK_ERROR_PASSPHRASE:
      return _("This passphrase does not open the vault. Check the keyboard layout and "
               "capital letters, and type it again.");
    case SAK_ERROR_NOT_VAULT:
      return _("There is no vault in this folder. Choose the folder that was named when the "
               "vault was made.");
    case SAK_ERROR_IN_USE:
      return _("The vault is already open in another window or program. Close it there, "
               "then try again.");
    case SAK_ERROR_DAMAGED:
      return _("What is stored here was damaged or altered and cannot be read. Nothing was "
               "changed. Make a copy of the vault folder before trying anything else, and look "
               "for a backup.");
    case SAK_ERROR_TOO_NEW:
      return _("This was written by a newer version of Sakkhi. Install the newer version to "
               "open it.");
    case SAK_ERROR_IO:
      return _("The disk or stick could not be read or written. Check that it is still "
               "connected and that you may write there. Nothing that was saved before is lost.");
    case SAK_ERROR_NO_SPACE:
      return _("There is no room left on the disk or stick, or the file is too large for it. "
               "Free some room or choose another place, then try again. Nothing that was saved "
               "before is lost.");
    case SAK_ERROR_MEMORY:
      return _("This computer does not have enough free memory to open the vault. Close other "
               "programs and try again.");
    case SAK_ERROR_EXISTS:
      return _("Something with this name is already there, and it was not overwritten. Choose "
               "another name.");
    case SAK_ERROR_LAST_KEY:
      return _("This is the last way into the vault, so it was not removed: without it nobody "
               "could ever open the vault again. Add another way in first.");
    case SAK_ERROR_SLOTS_FULL:
      return _("The vault has as many ways in as it can have. Remove one that is not needed any "
               "more, then add the new one.");
    case SAK_ERROR_UNREACHABLE:
      return _("The server could not be reached, or the connection broke off. Check that this "
               "computer is connected, then try again. What has arrived there already is not "
               "sent a second time.");
    case SAK_ERROR_REFUSED:
      return _("The server refused. Check the address, the name and the password, and whether "
               "you may write there.");
    case SAK_ERROR_UNSAFE:
      return _("The connection to the server is not safe, so nothing was sent. Ask who runs the "
               "server, over another way than this one.");
    default:
      return NULL;
    }
}

static const char *
describe_record_error (int code)
{
  switch (code)
    {
    case SAK_ERROR_FAILED:
      return _("Something went wrong inside the program. Nothing that was saved before is lost. "
               "Close the vault and open it again.");
    case SAK_ERROR_USAGE:
      return _("The command was not understood. Look at the help for how it is written.");
    case SAK_ERROR_NOT_FOUND:
      return _("It was not found. It may have been named differently, or never have arrived.");
    case SAK_ERROR_INVALID:
      return _("This does not have the form it must have. Check that it is the right file or "
               "that every field is filled in as asked.");
    case SAK_ERROR_TOO_LARGE:
      return _("This is larger than the program accepts. Make it smaller or split it.");
    case SAK_ERROR_CONFLICT:
      return _("It was changed somewhere else in the meantime, so nothing was overwritten. Look "
               "at what is there now and make your change again.");
    case SAK_ERROR_CONSENT:
      return _("The person did not allow this, so it was not done. If they have agreed since, "
               "record the new consent first.");
    default:
      return NULL;
    }
}

static const char *
describe_bundle_error (int code)
{
  switch (code)
    {
    case SAK_ERROR_NOT_FOR_US:
      return _("This bundle was made for somebody else and cannot be opened here. Ask the sender "
               "to make one for you; they need your contact card.");
    case SAK_ERROR_UNKNOWN_SENDER:
      return _("This bundle was signed by somebody who is not among your contacts, so nothing "
               "was read from it. If you know who sent it, import their contact card, compare "
               "the code with them, and import the bundle again.");
    case SAK_ERROR_UNTRUSTED:
      return _("The sender's key was revoked here, so the bundle was not read. Ask the person by "
               "another way whether they sent it; if they have a new key, import their new "
               "contact card.");
    case SAK_ERROR_FORGED:
      return _("This file was altered after it was signed, so nothing was imported. It may have "
               "been damaged on the way, or changed on purpose. Ask the sender to send it "
               "again, if possible by another way.");
    case SAK_ERROR_TRUNCATED:
      return _("The end of the file is missing, so nothing was imported. Copy it again from "
               "where it came, and make sure that copying finishes.");
    case SAK_ERROR_REPLAYED:
      return _("This bundle was imported before. Nothing changed, and there is nothing to do.");
    case SAK_ERROR_GAP:
      return _("An earlier bundle from this sender has not arrived, so this one was set aside. "
               "Ask the sender for the earlier bundle, import it first, then this one.");
    case SAK_ERROR_PRACTICE:
      return _("A practice vault and a real one cannot exchange anything. Use the vault of the "
               "same sort on both sides.");
    case SAK_ERROR_FORK:
      return _("The sender's vault does not remember what it sent before: it was probably "
               "restored from an old copy. Nothing was imported or lost. Tell the sender, and "
               "agree on how to go on.");
    default:
      return NULL;
    }
}

/**
 * sak_words_for_error:
 *
 * Never the error's own message: that is for developers. Returns: a whole sentence or
 * several, also for errors of other domains.
 */
const char *
sak_words_for_error (const GError *error)
{
  const char *words = NULL;
  int code;

  if (error == NULL)
    return describe_record_error (SAK_ERROR_FAILED);
  code = sak_error_get_code (error);
  if (code < 0)
    return _("Stopped. Nothing was changed.");

  words = describe_vault_error (code);
  if (words == NULL)
    words = describe_record_error (code);
  if (words == NULL)
    words = describe_bundle_error (code);
  return words != NULL ? words : describe_record_error (SAK_ERROR_FAILED);
}

/**
 * sak_words_for_bundle_error:
 *
 * The same where a bundle or a card was being read: what is damaged or too new is then
 * the file that came, not the vault.
 */
const char *
sak_words_for_bundle_error (const GError *error)
{
  switch (sak_error_get_code (error))
    {
    case SAK_ERROR_DAMAGED:
      return _("The file was damaged on the way, so nothing was imported. Copy it again from "
               "where it came, or ask the sender to send it again.");
    case SAK_ERROR_INVALID:
      return _("This file does not hold what it should, so nothing was imported. Check that it "
               "is the right file, and ask the sender to make it again.");
    case SAK_ERROR_TOO_NEW:
      return _("This was made by a newer version of Sakkhi, so nothing was imported. Install the "
               "newer version, then import it again.");
    default:
      return sak_words_for_error (error);
    }
}

/**
 * sak_words_for_picture_error:
 *
 * Where a picture or a page was to be shown: one that cannot be is no damage to the vault.
 */
const char *
sak_words_for_picture_error (const GError *error)
{
  switch (sak_error_get_code (error))
    {
    case SAK_ERROR_INVALID:
      return _("This file cannot be shown here: it is incomplete, or of a sort that is not known "
               "here. It is kept and can be sent.");
    case SAK_ERROR_TOO_LARGE:
      return _("This file is too large to be shown here. It is kept and can be sent.");
    case SAK_ERROR_FAILED:
      return _("This file was not shown: trying to read it failed or took too long. It may have "
               "been made to do harm, which it could not. It is kept and can be sent.");
    case SAK_ERROR_PASSPHRASE:
      return _("This file asks for a password of its own, so it cannot be shown here. It is kept and can be sent.");
    default:
      return sak_words_for_error (error);
    }
}

const char *
sak_words_about_swap (void)
{
  return _("This computer does not let Sakkhi keep its keys out of the swap space on the disk. Use "
           "it only with an encrypted disk, and ask whoever looks after it to raise the limit for "
           "locked memory.");
}

char *
sak_words_about_other_author (const SakRecord *record)
{
  if (record->state == SAK_RECORD_WITHDRAWN)
    return NULL;
  if (record->origin == NULL && record->signed_by == SAK_SIGNED_BY_CONTACT)
    /* Translators: %s is a contact's name */
    return g_strdup_printf (_("Made here. The version that you see was signed by %s; the signature fits."),
                            record->author);
  if (record->origin == NULL)
    return NULL;
  switch (record->signed_by)
    {
    case SAK_SIGNED_BY_NOBODY:
      /* Translators: %s is a contact's name */
      return g_strdup_printf (_("Received from %s, and being changed here: what you see is a draft that nobody has "
                                "signed."), record->origin);
    case SAK_SIGNED_BY_US:
      /* Translators: %s is a contact's name */
      return g_strdup_printf (_("Received from %s. The version that you see was made and signed here."),
                              record->origin);
    case SAK_SIGNED_BY_UNKNOWN:
      /* Translators: %s is a contact's name */
      return g_strdup_printf (_("Received from %s. The version that you see was signed by somebody who is not among "
                                "your contacts."), record->origin);
    default:
      if (g_strcmp0 (record->author, record->origin) == 0)
        return NULL;
      /* Translators: both are contacts' names */
      return g_strdup_printf (_("Received from %1$s. The version that you see was signed by %2$s; the signature fits."),
                              record->origin, record->author);
    }
}

const char *
sak_words_name_other_key (void)
{
  return _("Careful: another key");
}

const char *
sak_words_about_other_key (void)
{
  return _("A contact with this name but another key is already here. Ask the person "
           "by another way whether they have a new key, before you trust either.");
}

const char *
sak_words_about_far_place (void)
{
  return _("Only a place on this computer can be chosen. Save it here, then copy it from there; or copy it here, then "
           "choose it.");
}

const char *
sak_words_about_lost_link (void)
{
  return _("The linked record was discarded, and this cannot be finished with a link to nothing. Take the link out, or "
           "choose another record.");
}

const char *
sak_words_for_trust (SakTrust trust)
{
  switch (trust)
    {
    case SAK_TRUST_SEEN:
      return _("The code has not been compared. Compare it in person or by voice before you rely "
               "on who this is.");
    case SAK_TRUST_COMPARED:
      return _("You compared the code with them in person or by voice.");
    case SAK_TRUST_REVOKED:
      return _("Revoked: nothing is sent to this contact, and nothing from it is accepted.");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_name_state (SakRecordState state)
{
  switch (state)
    {
    case SAK_RECORD_DRAFT:
      /* Translators: the state of a record that was never finished */
      return _("Draft");
    case SAK_RECORD_FINISHED:
      /* Translators: the state of a record that was signed and stands */
      return _("Finished");
    case SAK_RECORD_CHANGED:
      /* Translators: the state of a finished record with a change in the making */
      return _("Being changed");
    case SAK_RECORD_CONFLICT:
      /* Translators: the state of a record with two last versions */
      return _("Two versions");
    case SAK_RECORD_WITHDRAWN:
      /* Translators: the state of a record whose consent was taken back */
      return _("Withdrawn");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_name_trust (SakTrust trust)
{
  switch (trust)
    {
    case SAK_TRUST_SEEN:
      /* Translators: a contact whose code nobody compared yet */
      return _("Not compared");
    case SAK_TRUST_COMPARED:
      /* Translators: a contact whose code was compared in person or by voice */
      return _("Compared");
    case SAK_TRUST_REVOKED:
      /* Translators: a contact from whom nothing is accepted any more */
      return _("Revoked");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_name_kind (const char *kind)
{
  if (g_strcmp0 (kind, SAK_KIND_EVENT) == 0)
    return C_("one record", "Incident");
  if (g_strcmp0 (kind, SAK_KIND_PERSON) == 0)
    return C_("one record", "Person or group");
  if (g_strcmp0 (kind, SAK_KIND_TESTIMONY) == 0)
    return C_("one record", "Testimony");
  if (g_strcmp0 (kind, SAK_KIND_DOCUMENT) == 0)
    return C_("one record", "Evidence");
  if (g_strcmp0 (kind, SAK_KIND_INTERVENTION) == 0)
    return C_("one record", "Action taken");
  if (g_strcmp0 (kind, SAK_KIND_QUESTION) == 0)
    return C_("one record", "Question");
  if (g_strcmp0 (kind, SAK_KIND_ANSWER) == 0)
    return C_("one record", "Answer");
  if (g_strcmp0 (kind, SAK_KIND_REVIEW) == 0)
    return C_("one record", "Decision");
  if (g_strcmp0 (kind, SAK_KIND_NOTICE) == 0)
    return C_("one record", "Notice");
  if (g_strcmp0 (kind, SAK_KIND_FORM) == 0)
    return C_("one record", "Form");
  if (g_strcmp0 (kind, SAK_KIND_VOCABULARY) == 0)
    /* Translators: words that may be chosen in forms, added by the secretariat and sent to its members */
    return C_("one record", "Added terms");
  return C_("one record", "Record");
}

const char *
sak_words_name_kinds (const char *kind)
{
  if (g_strcmp0 (kind, SAK_KIND_EVENT) == 0)
    return C_("list of records", "Incidents");
  if (g_strcmp0 (kind, SAK_KIND_PERSON) == 0)
    return C_("list of records", "People");
  if (g_strcmp0 (kind, SAK_KIND_TESTIMONY) == 0)
    return C_("list of records", "Testimonies");
  if (g_strcmp0 (kind, SAK_KIND_DOCUMENT) == 0)
    return C_("list of records", "Evidence");
  if (g_strcmp0 (kind, SAK_KIND_INTERVENTION) == 0)
    return C_("list of records", "Actions");
  return C_("list of records", "Records");
}
