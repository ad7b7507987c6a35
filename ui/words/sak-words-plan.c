/* sak-words-plan.c - why something leaves or stays, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-consent.h"
#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-plan.h"

const char *
sak_words_for_verdict (SakPlanVerdict verdict)
{
  switch (verdict)
    {
    case SAK_PLAN_LEAVES:
      return _("Leaves whole, with the names in it.");
    case SAK_PLAN_LEAVES_UNNAMED:
      return _("Leaves without names: what tells who the person is stays here.");
    case SAK_PLAN_LEAVES_ANONYMOUS:
      return _("Leaves without names, and without the pseudonym: nothing that connects it with another account.");
    case SAK_PLAN_LEAVES_WITHDRAWAL:
      return _("Leaves only to say that the consent was taken back: they have this record, and are to know. Nothing "
               "else of it goes.");
    case SAK_PLAN_STAYS_NOT_ASKED:
      return _("Stays here: the person was not asked whether it may be shared with this recipient.");
    case SAK_PLAN_STAYS_EXPIRED:
      return _("Stays here: the time for which the person agreed is over. Ask them again.");
    case SAK_PLAN_STAYS_CLOCK:
      return _("Stays here: by this computer’s clock, the consent was given in the future. Set the clock "
               "right, or the day of the consent.");
    case SAK_PLAN_STAYS_UNREADABLE:
      return _("Stays here: this version of Sakkhi does not understand all of the consent, and what it does "
               "not understand may be a limit.");
    case SAK_PLAN_STAYS_GUARDIAN:
      return _("Stays here: the person is a child, and a guardian has not agreed.");
    case SAK_PLAN_STAYS_REFUSED:
      return _("Stays here: the person does not want it to be shared.");
    case SAK_PLAN_STAYS_WITHDRAWN:
      return _("Stays here: the person has withdrawn their consent.");
    case SAK_PLAN_STAYS_CHOSEN:
      return _("Stays here: you decided to keep it, because its words name somebody who is not to be named.");
    case SAK_PLAN_STAYS_OTHERS:
      return _("Stays here: it is for somebody else. Make a bundle for them alone, and it goes along.");
    case SAK_PLAN_STAYS_INTERNAL:
      return _("Stays here: it is a note or a decision of your own, and such never leave.");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_for_keep (SakPlanKeep keep)
{
  switch (keep)
    {
    case SAK_PLAN_KEEP_RECORD:
      return _("Stays here with the whole record.");
    case SAK_PLAN_KEEP_IDENTITY:
      return _("Stays here: it tells who somebody is, and the name was not allowed to leave.");
    case SAK_PLAN_KEEP_PSEUDONYM:
      return _("Stays here: the person did not want to be recognised from one account to the next, and the "
               "pseudonym would do that.");
    case SAK_PLAN_KEEP_MEDIA:
      return _("Stays here: a photo, recording or paper can show who somebody is, and that was not allowed to "
               "leave.");
    case SAK_PLAN_KEEP_CONSENT_NAMES:
      return _("Stays here: the consent names who was present or interpreted. Open the record and save it "
               "again, and these names move to where they can stay while the answers leave.");
    case SAK_PLAN_KEEP_PERSON:
      return _("Stays here: it is about a person who did not allow that anything is shared with this "
               "recipient.");
    case SAK_PLAN_KEEP_OTHER_RECORD:
      return _("Stays here: the file belongs to, or shows, a person whose consent does not let it leave.");
    case SAK_PLAN_KEEP_WITHDRAWN:
      return _("Stays here: all that is sent is that the consent was taken back.");
    case SAK_PLAN_KEEP_PLACE:
      return _("Stays here: it tells a place more exactly than a person or a testimony of this record allowed. What "
               "may be told of the place leaves in its stead, as its author signed it.");
    case SAK_PLAN_KEEP_CHOSEN:
      return _("Stays here: it names somebody who is not to be named, and you decided to keep it.");
    case SAK_PLAN_KEEP_NOT_HERE:
      return _("Cannot leave: the file itself is not in this vault.");
    default:
      g_return_val_if_reached ("");
    }
}

const char *
sak_words_for_media_copy (void)
{
  return _("The consent for this file does not let it be given to anybody with the person’s name, and a face "
           "or a voice is a name. The copy outside the vault is not encrypted: keep it to yourself, and "
           "delete it when you are done.");
}

/* One sentence, which names the person: for the screen of whoever sends. */
char *
sak_words_for_hit (const SakPlanHit *hit)
{
  if (hit->kind == SAK_HIT_PHONE)
    /* Translators: %s is a number that was found in a text */
    return g_strdup_printf (_("“%s” looks like a telephone number: it can lead to somebody."), hit->words);
  if (hit->kind == SAK_HIT_PAPER)
    /* Translators: %s is a number that was found in a text */
    return g_strdup_printf (_("“%s” looks like the number of an identity card or a passport."), hit->words);
  if (hit->kind == SAK_HIT_CONTACT)
    /* Translators: %1$s is a number that was found in a text, %2$s a person */
    return g_strdup_printf (_("“%1$s” is how to reach %2$s, whose name is not to leave."), hit->words, hit->person);
  if (hit->likeness == SAK_NAME_SAME)
    /* Translators: %1$s are words that were found in a text, %2$s a person */
    return g_strdup_printf (_("“%1$s” names %2$s, whose name is not to leave."), hit->words, hit->person);
  /* Translators: %1$s are words that were found in a text, %2$s a person */
  return g_strdup_printf (_("“%1$s” may mean %2$s, whose name is not to leave."), hit->words, hit->person);
}

const char *
sak_words_for_choice (SakChoice choice)
{
  switch (choice)
    {
    case SAK_CHOICE_WITHHOLD:
      return _("You decided to keep this field here.");
    case SAK_CHOICE_KNOWINGLY:
      return _("You decided to let it leave as it is.");
    case SAK_CHOICE_NONE:
    default:
      return _("Decide: write it anew, keep the field here, or let it leave as it is.");
    }
}

const char *
sak_words_before_decision (void)
{
  return _("Words that would leave name people whose name is not to leave. Decide for each field: write it anew, keep "
           "it here, or let it leave as it is. No bundle is made before.");
}

const char *
sak_words_after_withdrawal (void)
{
  return _("From now on nothing of it leaves this computer. Make a bundle for everybody who was sent this "
           "record: it will carry nothing but the withdrawal, and hide the record there. Copies that were "
           "already given on, on paper or to others, cannot be called back by this program: tell those who have them.");
}

/**
 * sak_words_about_withdrawal:
 * @consent: (nullable): of the record
 * @has_hidden: whether anything of it could still be deleted here
 *
 * Returns: (transfer full): what is told in the place of a record that was withdrawn
 */
char *
sak_words_about_withdrawal (const json_t *consent,
                            gboolean      has_hidden)
{
  const char *day = json_string_value (json_object_get (consent, "withdrawn"));
  g_autofree char *date = sak_words_date (day != NULL ? day : "", NULL);
  g_autofree char *when = *date != '\0'
                          /* Translators: %s is a day in words */
                          ? g_strdup_printf (_("The consent for this record was withdrawn on %s."), date)
                          : g_strdup (_("The consent for this record was taken back: it is not to be shared any "
                                       "more."));

  return g_strjoin (" ", when,
                    _("What was already given on, on paper, in a report or to a court, cannot be called back."),
                    has_hidden ? _("What came of it is hidden here and is not passed on. You can have what is hidden "
                                   "deleted; that it was here, and that it was withdrawn, stays.")
                               : _("Nothing of it is here any more but that it was here, and that it was withdrawn."),
                    NULL);
}

char *
sak_words_for_plan (const SakExportPlan *plan)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *size = sak_words_size (plan->media_bytes);

  if (plan->n_leaving == 0)
    g_string_append (words, _("There is nothing finished that was not sent already."));
  else if (plan->media_bytes == 0)
    sak_words_append_print (words, ngettext ("%u record will leave this computer.",
                                             "%u records will leave this computer.", plan->n_leaving),
                            plan->n_leaving);
  else
    /* Translators: %1$u is a number of records, %2$s the size of their files */
    sak_words_append_print (words, ngettext ("%1$u record will leave this computer, with files of %2$s.",
                                             "%1$u records will leave this computer, with files of %2$s.",
                                             plan->n_leaving), plan->n_leaving, size);
  if (plan->n_undecided > 0)
    g_string_append_printf (words, " %s", sak_words_before_decision ());
  else if (plan->n_staying > 0)
    sak_words_append_print (words, ngettext (" %u record stays here.", " %u records stay here.", plan->n_staying),
                            plan->n_staying);
  for (guint i = 0; i < plan->recipients->len; i++)
    {
      const SakContact *contact = g_ptr_array_index (plan->recipients, i);

      /* Translators: %1$s is a contact's name, %2$s what it is to the network, such as "Lawyers" */
      g_string_append_printf (words, _("\n%1$s was looked up in each consent as: %2$s"), contact->name,
                              sak_words_name_recipient (g_ptr_array_index (plan->roles, i)));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
