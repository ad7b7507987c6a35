/* sak-words-carrier.c - why a carrier did not take a bundle, and how far one is, in sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/words/sak-words-carrier.h"

#include <glib/gi18n.h>

#include "ui/words/sak-words-news.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-receipt.h"
#include "ui/words/sak-words-talk.h"
#include "ui/words/sak-words.h"

static const char *
describe_folder_reason (SakCarryReason reason)
{
  switch (reason)
    {
    case SAK_CARRY_NO_FOLDER:
      return _("The folder or the stick is not there. Put the stick in, and it goes on where it was.");
    case SAK_CARRY_READ_ONLY:
      return _("Nothing may be written to the folder or the stick. Some sticks have a switch against writing.");
    case SAK_CARRY_FULL:
      return _("There is no room left there. Delete something there, or ask for more room.");
    case SAK_CARRY_TOO_LARGE:
      return _("A file as large as this is not taken there. Let it be sent in smaller parts.");
    case SAK_CARRY_DISK:
      return _("Writing failed, or other bytes came back than were written. The stick may be about to fail: "
               "try another one.");
    case SAK_CARRY_UNREADABLE:
      return _("A file there could not be read. Ask who put it there to let you read it, or try another stick.");
    case SAK_CARRY_DAMAGED:
      return _("The bundle in the outbox was damaged on this computer's disk, so it was not sent. Make it once more, "
               "and check the vault.");
    default:
      return NULL;
    }
}

static const char *
describe_safety_reason (SakCarryReason reason)
{
  switch (reason)
    {
    case SAK_CARRY_ADDRESS:
      return _("The address cannot be used. It must begin with https://, or lead to a .onion address through a "
               "proxy.");
    case SAK_CARRY_CERTIFICATE:
      return _("The server could not show that it is the one of this address, so nothing was sent. Somebody may be "
               "in between. Check this computer's date, and ask who runs the server.");
    case SAK_CARRY_CERTIFICATE_CHANGED:
      return _("The server showed another certificate than the one that was noted, so nothing was sent. Somebody may "
               "be in between. Ask who runs the server by telephone before you note the new one.");
    case SAK_CARRY_REDIRECT:
      return _("The server sent us to another address, and we did not go: the password is for this one alone. Ask "
               "who runs the server for the right address.");
    default:
      return NULL;
    }
}

static const char *
describe_server_reason (SakCarryReason reason)
{
  switch (reason)
    {
    case SAK_CARRY_UNREACHABLE:
      return _("The server could not be reached, or the line broke. What is there already stays there.");
    case SAK_CARRY_PROXY:
      return _("The proxy could not be reached, or could not reach the server. If it is Tor, see whether it runs.");
    case SAK_CARRY_PASSWORD:
      return _("The server did not accept the name or the password.");
    case SAK_CARRY_FORBIDDEN:
      return _("The server does not let this name write there. Ask who runs it for the right to.");
    case SAK_CARRY_NOT_THERE:
      return _("The server does not know this folder. Check the address.");
    case SAK_CARRY_CONFLICT:
      return _("The folder above this one is missing on the server. Check the address.");
    case SAK_CARRY_LOCKED:
      return _("Somebody has locked the folder on the server. It is tried again later.");
    case SAK_CARRY_SERVER:
      return _("The server has trouble of its own. It is tried again later.");
    case SAK_CARRY_ANSWER:
      return _("What answered there is no WebDAV server, or not one that can be understood. Check the address.");
    default:
      return NULL;
    }
}

const char *
sak_words_for_carry_reason (SakCarryReason reason)
{
  const char *words = describe_folder_reason (reason);

  if (reason == SAK_CARRY_FINE)
    return "";
  if (words == NULL)
    words = describe_safety_reason (reason);
  if (words == NULL)
    words = describe_server_reason (reason);
  if (words != NULL)
    return words;
  return reason == SAK_CARRY_STOPPED ? _("It was stopped.") : _("It did not work, for a reason that is not known.");
}

const char *
sak_words_for_outbox_state (const SakOutboxItem *item)
{
  if (item->state == SAK_OUTBOX_DELIVERED)
    /* Translators: of a bundle: it lies where it was to go; who it is for has perhaps not fetched it yet. */
    return _("Delivered");
  if (item->is_paused)
    /* Translators: of a bundle that is not sent until somebody lets it go on. */
    return _("Paused");
  switch (item->state)
    {
    case SAK_OUTBOX_MAKING:
      /* Translators: of a bundle that is being written. */
      return _("Being made");
    case SAK_OUTBOX_UNDER_WAY:
      /* Translators: of a bundle that is being sent just now. */
      return _("Under way");
    case SAK_OUTBOX_FAILED:
      /* Translators: of a bundle that could not be sent. */
      return _("Failed");
    default:
      /* Translators: of a bundle that will be sent by itself. */
      return _("Waiting");
    }
}

static char *
describe_next_try (const SakOutboxItem *item,
                   gboolean             goes_by_itself,
                   gint64               now)
{
  guint minutes = (guint) CLAMP ((item->next_try - now + 59) / 60, 0, G_MAXINT);

  if (item->state == SAK_OUTBOX_FAILED)
    return g_strdup (_("It is not tried again by itself: change what is wrong, then send it again."));
  if (item->state != SAK_OUTBOX_WAITING || item->is_paused)
    return NULL;
  if (!goes_by_itself)
    return g_strdup (_("It goes when you send it."));
  if (item->n_tries == 0)
    return NULL;
  if (sak_outbox_item_is_due (item, now))
    return g_strdup (_("The next try comes at once."));
  return sak_words_print (ngettext ("The next try comes in %u minute.", "The next try comes in %u minutes.", minutes),
                          minutes);
}

char *
sak_words_for_outbox_item (const SakOutboxItem *item,
                           gboolean             goes_by_itself,
                           gint64               now)
{
  g_autofree char *next = describe_next_try (item, goes_by_itself, now);
  const char *reason = item->state == SAK_OUTBOX_DELIVERED || item->reason == SAK_CARRY_STOPPED
                       ? "" : sak_words_for_carry_reason (item->reason);

  return g_strconcat (reason, *reason != '\0' && next != NULL ? " " : "", next, NULL);
}

char *
sak_words_for_time_left (gint64 seconds)
{
  guint minutes = (guint) CLAMP ((seconds + 59) / 60, 0, G_MAXINT);

  if (seconds < 0)
    return g_strdup ("");
  if (seconds < 60)
    return g_strdup (_("Less than a minute left"));
  if (minutes < 120)
    return sak_words_print (ngettext ("About %u minute left", "About %u minutes left", minutes), minutes);
  return sak_words_print (ngettext ("About %u hour left", "About %u hours left", minutes / 60), minutes / 60);
}

/* A key that counts no more, a question that waits: who fetches is told as who chooses a file is. */
static char *
tell_imported (const SakBundleReport *report)
{
  char *all[] = { g_strdup (_("Every byte of it was verified, and it is imported.")),
                  sak_words_about_brought_receipt (report), sak_words_about_brought_talk (report),
                  sak_words_about_brought_notice (report), sak_words_about_brought_news (report) };
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (all[i] != NULL && *all[i] != '\0')
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", all[i]);
      g_free (all[i]);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
sak_words_for_fetch_result (const SakFetchResult *result)
{
  if (result->is_known)
    return g_strdup (_("The same came before."));
  if (result->is_receipt)
    return g_strdup (_("A receipt: it was taken."));
  if (result->report != NULL)
    return tell_imported (result->report);
  if (result->set_aside != NULL)
    /* Translators: %s is a sentence with the reason. */
    return g_strdup_printf (_("Set aside, to be tried again: %s"), sak_words_for_bundle_error (result->refusal));
  return g_strdup (sak_words_for_bundle_error (result->refusal));
}
