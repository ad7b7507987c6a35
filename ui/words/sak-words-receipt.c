/* sak-words-receipt.c - what was sent, whether it arrived, and what is wrong with a receipt
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-receipt.h"
#include "ui/words/sak-words-when.h"
#include "ui/words/sak-words.h"

char *
sak_words_for_delivery (const SakDelivery *delivery)
{
  g_autofree char *day = sak_words_day_of (delivery->time);

  switch (delivery->state)
    {
    case SAK_DELIVERY_SENT:
      /* Translators: %s is the name of a contact, such as "Desk in Bangkok" */
      return g_strdup_printf (_("Put into a bundle for %s. No receipt has come for it yet."), delivery->contact);
    case SAK_DELIVERY_RECEIVED:
      /* Translators: the first is the name of a contact, the second a day such as "3 May 2027" */
      return g_strdup_printf (_("Received by %1$s on %2$s."), delivery->contact, day);
    case SAK_DELIVERY_ABSENT:
      /* Translators: %s is the name of a contact */
      return g_strdup_printf (_("%s did not get it with the bundle that listed it. It goes again with the next one."),
                              delivery->contact);
    default:
      g_return_val_if_reached (g_strdup (""));
    }
}

char *
sak_words_for_record_delivery (const SakDelivery *delivery)
{
  g_autofree char *day = sak_words_day_of (delivery->time);

  if (delivery->is_head || delivery->state == SAK_DELIVERY_ABSENT)
    return sak_words_for_delivery (delivery);
  if (delivery->state == SAK_DELIVERY_RECEIVED)
    /* Translators: of a record that was changed since; the first is the name of a contact, the second a day */
    return g_strdup_printf (_("An earlier version was received by %1$s on %2$s. What was changed since has not been "
                              "sent to them."), delivery->contact, day);
  /* Translators: of a record that was changed since; %s is the name of a contact */
  return g_strdup_printf (_("An earlier version was put into a bundle for %s. What was changed since has not been sent "
                            "to them."), delivery->contact);
}

static void
add_line (GString *text,
          char    *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  g_free (line);
}

char *
sak_words_about_receipt (const char              *contact,
                         const SakReceiptOutcome *outcome)
{
  GString *text = g_string_new (NULL);

  if (outcome->n_received > 0)
    /* Translators: the number counts versions of records, photos and recordings; %2$s is the name of a contact */
    add_line (text, sak_words_print (ngettext ("%1$u thing that you sent has arrived at %2$s.",
                                               "%1$u things that you sent have arrived at %2$s.",
                                               outcome->n_received), outcome->n_received, contact));
  if (outcome->n_absent > 0)
    /* Translators: the number counts versions of records, photos and recordings; %2$s is the name of a contact */
    add_line (text, sak_words_print (ngettext ("%1$u thing that was listed did not come to %2$s. The next bundle "
                                               "brings it.",
                                               "%1$u things that were listed did not come to %2$s. The next bundle "
                                               "brings them.", outcome->n_absent), outcome->n_absent, contact));
  if (outcome->n_again > 0)
    /* Translators: %s is the name of a contact; something is missing there that it had before */
    add_line (text, g_strdup_printf (_("%s does not have everything any more that it had confirmed: its vault was "
                                       "probably put back from a backup. The next bundle brings what is missing."),
                                     contact));
  if (outcome->tells_fork)
    /* Translators: %s is the name of a contact */
    add_line (text, g_strdup_printf (_("%s was also sent bundles that do not fit to what this vault sent, under the "
                                       "same name. A copy of this vault is in use somewhere. Find out who has it, "
                                       "and go on with one of them alone."), contact));
  if (text->len == 0)
    /* Translators: %s is the name of a contact */
    add_line (text, g_strdup_printf (_("%s has countersigned what you sent."), contact));
  return g_string_free (text, FALSE);
}

char *
sak_words_for_exchange (const SakExchange *exchange)
{
  GString *text = g_string_new (NULL);
  guint64 n_there = exchange->n_acknowledged - MIN (exchange->n_absent, exchange->n_acknowledged);

  if (exchange->n_sent > 0)
    /* Translators: the first is the name of a contact; the numbers count versions of records and files */
    add_line (text, sak_words_print (_("%1$s: %2$u sent, %3$u confirmed."), exchange->contact,
                                     (guint) exchange->n_sent, (guint) n_there));
  else if (exchange->was_sent)
    /* Translators: %s is the name of a contact */
    add_line (text, g_strdup_printf (_("%s: begun anew. The next bundle brings everything once more."),
                                     exchange->contact));
  if (exchange->n_came > 0)
    /* Translators: the first is the name of a contact; the numbers count versions of records and files */
    add_line (text, sak_words_print (_("%1$s: %2$u came from there, and for %3$u they know it."), exchange->contact,
                                     (guint) exchange->n_came, (guint) exchange->n_told));
  return g_string_free (text, FALSE);
}

static const char *
describe_history (int code)
{
  switch (code)
    {
    case SAK_ERROR_NOT_FOUND:
      return _("This receipt is for something that this vault never sent, or does not know of any more: it may have "
               "been put back from a backup, or copied. Nothing was changed. Ask who sent the receipt what it is for.");
    case SAK_ERROR_FORK:
      return _("This receipt tells of another history than this vault knows: one of the two was put back from an old "
               "copy, or a copy of this vault is in use elsewhere. Nothing was changed. Agree on one copy, then begin "
               "anew with this contact: everything is sent once more, and nothing is lost.");
    case SAK_ERROR_GAP:
      return _("This receipt goes on where an earlier one ended that has not arrived here. Nothing was changed. It is "
               "enough to send the next bundle: the answer to it brings everything.");
    case SAK_ERROR_REPLAYED:
      return _("This receipt says nothing that was not known here already. Nothing was changed, and there is nothing "
               "to do.");
    case SAK_ERROR_CONFLICT:
      return _("There is nothing to begin anew with this contact.");
    default:
      return NULL;
    }
}

const char *
sak_words_for_receipt_error (const GError *error)
{
  int code = sak_error_get_code (error);

  switch (code)
    {
    case SAK_ERROR_NOT_FOR_US:
      return _("This receipt was made for somebody else. Nothing was changed. Pass it on to who sent the bundle.");
    case SAK_ERROR_UNKNOWN_SENDER:
      return _("This receipt was signed by somebody who is not among your contacts, so it was not believed. If you "
               "know who sent it, import their contact card and compare the code, then import the receipt again.");
    case SAK_ERROR_UNTRUSTED:
      return _("The key of this contact was revoked here: no receipt of theirs is believed, and none is made for "
               "them.");
    case SAK_ERROR_FORGED:
      return _("This receipt was altered after it was signed, so it was not believed and nothing was changed. Ask for "
               "it once more, if possible by another way.");
    case SAK_ERROR_DAMAGED:
    case SAK_ERROR_TRUNCATED:
      return _("The file with the receipt was damaged on the way, so nothing was changed. Copy it again from where it "
               "came, or ask for it once more.");
    case SAK_ERROR_INVALID:
      return _("This file is no receipt, or not one that was made as it should be. Nothing was changed. Check that it "
               "is the right file.");
    case SAK_ERROR_TOO_LARGE:
      return _("This file is too large to be a receipt, so it was not read. Check that it is the right file.");
    case SAK_ERROR_TOO_NEW:
      return _("This receipt was made by a newer version of Sakkhi. Nothing was changed. Install the newer version, "
               "then import it again.");
    default:
      return describe_history (code) != NULL ? describe_history (code) : sak_words_for_error (error);
    }
}

char *
sak_words_about_brought_receipt (const SakBundleReport *report)
{
  if (!report->has_receipt || g_error_matches (report->receipt_error, SAK_ERROR, SAK_ERROR_REPLAYED))
    return NULL;
  if (report->receipt_error != NULL)
    return g_strdup (sak_words_for_receipt_error (report->receipt_error));
  return sak_words_about_receipt (report->sender_name, &report->receipt);
}
