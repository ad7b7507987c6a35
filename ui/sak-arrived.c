/* sak-arrived.c - what became of one file that came from somebody, and the words for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-arrived.h"

#include <glib/gi18n-lib.h>

#include "sync/sak-countersign.h"
#include "ui/words/sak-words-news.h"
#include "ui/words/sak-words-notice.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words-parts.h"
#include "ui/words/sak-words-receipt.h"
#include "ui/words/sak-words-talk.h"
#include "ui/words/sak-words.h"

void
sak_arrived_file_free (gpointer data)
{
  SakArrivedFile *arrival = data;

  g_clear_pointer (&arrival->parts, sak_parts_free);
  g_clear_pointer (&arrival->report, sak_bundle_report_free);
  g_clear_pointer (&arrival->notice, sak_notice_outcome_free);
  g_clear_pointer (&arrival->contact, sak_contact_free);
  g_clear_error (&arrival->refusal);
  g_free (arrival);
}

static void
find_parts (SakArrivedFile   *arrival,
            const char   *filename,
            GCancellable *cancellable)
{
  arrival->is_folder = g_file_test (filename, G_FILE_TEST_IS_DIR);
  arrival->is_part = !arrival->is_folder && sak_parts_is_one (filename);
  if (arrival->is_folder || arrival->is_part)
    arrival->parts = sak_parts_find (filename, cancellable, NULL);
}

gpointer
sak_arrived_look_job (gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  SakCall *call = data;
  SakArrivedFile *arrival = g_new0 (SakArrivedFile, 1);
  g_autoptr (SakSetAside) kept = NULL;

  arrival->kind = sak_arriving_recognize (call->vault, call->filename, cancellable);
  find_parts (arrival, call->filename, cancellable);
  if (arrival->kind == SAK_ARRIVING_BUNDLE)
    arrival->report = sak_inbox_verify (call->vault, call->filename, sak_progress_report, call->progress, &kept,
                                        cancellable, &arrival->refusal);
  else if (arrival->kind == SAK_ARRIVING_RECEIPT)
    (void) !sak_countersign_import (call->vault, call->filename, &arrival->contact, &arrival->receipt, cancellable,
                                    &arrival->refusal);
  else if (arrival->kind == SAK_ARRIVING_NOTICE)
    arrival->notice = sak_notice_take_file (call->vault, call->filename, cancellable, &arrival->refusal);
  arrival->is_set_aside = kept != NULL;
  return arrival;
}

gpointer
sak_arrived_import_job (gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  SakCall *call = data;
  SakArrivedFile *arrival = g_new0 (SakArrivedFile, 1);
  g_autoptr (SakSetAside) kept = NULL;

  find_parts (arrival, call->filename, cancellable);
  arrival->report = sak_inbox_import (call->vault, call->filename, sak_progress_report, call->progress, &kept,
                                      cancellable, &arrival->refusal);
  arrival->is_set_aside = kept != NULL;
  return arrival;
}

gpointer
sak_arrived_retry_job (gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  SakCall *call = data;
  SakArrivedFile *arrival = g_new0 (SakArrivedFile, 1);
  g_autoptr (SakSetAside) kept = NULL;

  arrival->report = sak_inbox_retry (call->vault, call->id, sak_progress_report, call->progress, cancellable,
                                     &arrival->refusal);
  /* What was imported before is not kept twice. */
  kept = arrival->report == NULL ? sak_vault_find_set_aside (call->vault, call->id, NULL) : NULL;
  arrival->is_set_aside = kept != NULL;
  return arrival;
}

void
sak_arrived_add_words (GString    *text,
                       const char *words)
{
  if (words != NULL && words[0] != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n\n" : "", words);
}

/* Which part is missing, doubled or of another bundle, one line each. */
static void
add_parts (GString        *text,
           const SakParts *parts)
{
  for (guint i = 0; parts != NULL && i < parts->notes->len; i++)
    {
      g_autofree char *line = sak_words_for_part (parts, g_ptr_array_index (parts->notes, i));

      if (i == 0)
        sak_arrived_add_words (text, line);
      else
        g_string_append_printf (text, "\n%s", line);
    }
}

static const char *
say_why (const SakArrivedFile *arrival)
{
  if (arrival->is_folder && g_error_matches (arrival->refusal, SAK_ERROR, SAK_ERROR_NOT_FOUND))
    return _("There is no part of a bundle in this folder. Choose the folder into which you copied the parts.");
  if (arrival->is_folder && arrival->parts == NULL && g_error_matches (arrival->refusal, SAK_ERROR, SAK_ERROR_INVALID))
    return _("There are parts of several bundles in this folder, or the list beside the parts was altered. Choose one "
             "part of the bundle that you mean.");
  if (arrival->is_part && arrival->parts == NULL && g_error_matches (arrival->refusal, SAK_ERROR, SAK_ERROR_INVALID))
    return _("The list beside the parts, whose name ends in .sha256, does not fit them. Copy it again, or take it out "
             "of the folder; then choose the part once more.");
  if (arrival->kind == SAK_ARRIVING_NOTICE)
    return sak_words_for_notice_error (arrival->refusal);
  return arrival->kind == SAK_ARRIVING_RECEIPT ? sak_words_for_receipt_error (arrival->refusal)
                                               : sak_words_for_bundle_error (arrival->refusal);
}

/* Why, and where it is now. */
static void
add_refusal (GString          *text,
             const SakArrivedFile *arrival)
{
  sak_arrived_add_words (text, say_why (arrival));
  if (arrival->is_set_aside && !sak_inbox_is_for_later (arrival->refusal) &&
      !g_error_matches (arrival->refusal, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (arrival->refusal, SAK_ERROR, SAK_ERROR_NO_SPACE))
    sak_arrived_add_words (text, _("The bundle stands below. It is kept until you delete it there."));
  else if (arrival->is_set_aside)
    sak_arrived_add_words (text, _("The bundle was set aside in the vault and stands below. When the reason is gone, "
                                   "press “Try again” there."));
  else if (arrival->kind == SAK_ARRIVING_BUNDLE && sak_inbox_is_for_later (arrival->refusal))
    sak_arrived_add_words (text, _("It could not be kept here. Keep the file, or all its parts, and choose it again "
                                   "when the reason is gone."));
}

void
sak_arrived_say (const SakArrivedFile *self,
                 GString          *text)
{
  if (self->kind == SAK_ARRIVING_CARD)
    sak_arrived_add_words (text, _("This is a contact card: it tells who somebody is, and brings no records."));
  if (self->contact != NULL)
    {
      g_autofree char *told = sak_words_about_receipt (self->contact->name, &self->receipt);

      sak_arrived_add_words (text, told);
    }
  if (self->notice != NULL)
    {
      g_autofree char *told = sak_words_about_notice (self->notice);

      sak_arrived_add_words (text, told);
    }
  if (self->refusal != NULL)
    add_refusal (text, self);
  add_parts (text, self->parts);
}

void
sak_arrived_say_imported (const SakArrivedFile *self,
                          GString          *text)
{
  const SakBundleReport *report = self->report;
  guint n = report->record_ids != NULL ? report->record_ids->len : 0;
  g_autofree char *about_receipt = sak_words_about_brought_receipt (report);
  g_autofree char *about_talk = sak_words_about_brought_talk (report);
  g_autofree char *about_news = sak_words_about_brought_news (report);
  g_autofree char *about_notice = sak_words_about_brought_notice (report);
  g_autofree char *words = NULL;

  words = sak_words_print (ngettext ("Imported: %u record is new or changed. You find it in the lists.",
                                     "Imported: %u records are new or changed. You find them in the "
                                     "lists.", n), n);
  sak_arrived_add_words (text, words);
  sak_arrived_add_words (text, about_receipt);
  sak_arrived_add_words (text, about_talk);
  sak_arrived_add_words (text, about_notice);
  sak_arrived_add_words (text, about_news);
}
