/* sak-words-notice.c - network notices, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-date.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"
#include "ui/words/sak-words.h"

static void
append_line (GString    *words,
             const char *line)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", line);
}

/* @format: with one %s, a list of names. */
static void
append_names (GString    *words,
              GPtrArray  *names,
              const char *format)
{
  g_autofree char *list = NULL;
  g_auto (GStrv) copies = NULL;
  g_autoptr (GString) line = g_string_new (format);

  if (names->len == 0)
    return;
  copies = g_new0 (char *, names->len + 1);
  for (guint i = 0; i < names->len; i++)
    copies[i] = g_strdup (names->pdata[i]);
  list = g_strjoinv (", ", copies);
  g_string_replace (line, "%s", list, 1);
  append_line (words, line->str);
}

static void
append_warnings (GString                *words,
                 const SakNoticeOutcome *outcome)
{
  append_names (words, outcome->revoked_compared,
                /* Translators: %s is a list of contacts */
                _("Attention: these keys are revoked, though you had compared them: %s. Nothing is accepted from them "
                  "any more. What they sent before stays as it is. Ask them by another way what happened."));
  if (outcome->names_us)
    append_line (words, _("Attention: the notice says that your own key is revoked. Nothing was changed here, but "
                          "others will not accept what you send. Ask who made the notice, by voice."));
  if (outcome->names_signer)
    append_line (words, _("Attention: the notice says that the key that signed it is revoked. That was not done. Ask "
                          "who made it, by voice, and decide yourself whether to trust that key any longer."));
  if (outcome->tells_fork)
    append_line (words, _("Attention: there are two different notices with one number. Somebody else may have the key "
                          "that signs them. Ask who makes them, by voice."));
}

char *
sak_words_about_notice (const SakNoticeOutcome *outcome)
{
  GString *words = g_string_new (NULL);

  append_warnings (words, outcome);
  if (outcome->number > 0)
    {
      /* Translators: %1$s is a contact, %2$u a number */
      g_autofree char *line = sak_words_print (_("%1$s’s notice number %2$u was carried out."), outcome->by,
                                               outcome->number);

      append_line (words, line);
    }
  /* Translators: %s is a list of contacts */
  append_names (words, outcome->revoked, _("Revoked: %s."));
  /* Translators: %s is a list of contacts */
  append_names (words, outcome->added, _("New among your contacts, and not compared yet: %s."));
  /* Translators: %s is a list of contacts */
  append_names (words, outcome->renamed, _("Now called: %s."));
  if (outcome->n_not_added > 0)
    {
      g_autofree char *line = sak_words_print (ngettext ("%u contact card in it could not be taken.",
                                                         "%u contact cards in it could not be taken.",
                                                         outcome->n_not_added), outcome->n_not_added);

      append_line (words, line);
    }
  return g_string_free (words, words->len == 0);
}

char *
sak_words_about_brought_notice (const SakBundleReport *report)
{
  if (report->notice_error != NULL)
    return g_strdup_printf ("%s %s", _("A notice of the network could not be carried out. It is tried again with the "
                                       "next bundle that comes."), sak_words_for_error (report->notice_error));
  return report->notice != NULL ? sak_words_about_notice (report->notice) : NULL;
}

const char *
sak_words_for_notice_error (const GError *error)
{
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_UNTRUSTED))
    return _("This network notice was not carried out: it is by nobody whose notices you believe. If it is by your "
             "secretariat, open “Contacts”, compare their code, and choose there to believe their notices.");
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_UNKNOWN_SENDER))
    return _("This network notice is by somebody who is none of your contacts. Nothing was done.");
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_REPLAYED))
    return _("This network notice says nothing new: it, or a newer one, was carried out here before.");
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID))
    return _("This is no network notice, or it was altered on the way. Ask for it once more.");
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_CONFLICT))
    return _("You believe the notices of somebody else already. Take that back first.");
  return sak_words_for_error (error);
}

char *
sak_words_about_believing (const char *name)
{
  /* Translators: %1$s is a contact’s name */
  return g_strdup_printf (_("Whoever has the key of %1$s then decides for this vault:\n\n"
                            "• who is added to your contacts\n"
                            "• what your contacts are called\n"
                            "• whose keys count no more.\n\n"
                            "Choose this only for the secretariat of your network, and only if %1$s keeps that key "
                            "safe."), name);
}

char *
sak_words_about_contact_note (const SakContactNote *note,
                              SakTrust              trust)
{
  g_autofree char *day = NULL;

  if (note->revoked_by != NULL && trust == SAK_TRUST_REVOKED)
    {
      day = sak_words_date (note->since, NULL);
      /* Translators: %1$s is a contact, %2$s a day, %3$s words that somebody wrote */
      return g_strdup_printf (_("Revoked by %1$s’s notice, since %2$s: %3$s. What came from this key before stays as "
                                "it is; nothing new is accepted."), note->revoked_by, day, note->why);
    }
  if (note->named_by != NULL && trust == SAK_TRUST_SEEN)
    /* Translators: %s is a contact */
    return g_strdup_printf (_("Named by %s’s notice, and not compared by you."), note->named_by);
  return NULL;
}

char *
sak_words_about_origin (SakTrust              trust,
                        const SakContactNote *note)
{
  g_autofree char *noted = note != NULL ? sak_words_about_contact_note (note, trust) : NULL;

  if (noted == NULL && trust == SAK_TRUST_REVOKED)
    /* Translators: of a contact whose key is revoked */
    noted = g_strdup (_("What came from this key before stays as it is; nothing new is accepted."));
  return g_strjoin (" ", sak_words_for_trust (trust), noted, NULL);
}

const char *
sak_words_for_own_notice_error (const GError *error)
{
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_UNTRUSTED))
    return _("Only contacts whose code was compared can be named, and nobody whose key a notice of yours revoked.");
  if (g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID))
    return _("The notice became too long, or a name in it is. Make it shorter.");
  return sak_words_for_error (error);
}
