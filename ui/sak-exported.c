/* sak-exported.c - a bundle that is written, in one file or in parts, and the words for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ui/sak-exported.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "storage/sak-outbox-list.h"
#include "sync/sak-outbox.h"
#include "sync/sak-parts.h"
#include "ui/sak-replacing.h"
#include "ui/words/sak-words-number.h"
#include "ui/words/sak-words.h"

void
sak_exported_free (gpointer data)
{
  SakExported *self = data;

  g_clear_pointer (&self->report, sak_bundle_report_free);
  g_clear_error (&self->problem);
  g_free (self->other_name);
  g_free (self->outbox_id);
  g_free (self->carrier);
  g_free (self);
}

/* Where it cannot be cut it counts as sent all the same: what no receipt confirms goes again with the next. */
static void
cut (SakExported    *self,
     const SakCall  *call,
     const char     *whole,
     GCancellable   *cancellable)
{
  g_autofree char *folder = g_path_get_dirname (call->filename);
  g_autofree char *name = g_path_get_basename (call->filename);
  g_autoptr (GPtrArray) files = sak_parts_split (whole, folder, name, (guint64) call->most, sak_progress_report,
                                                 call->progress, cancellable, &self->problem);

  if (files != NULL)
    self->n_parts = files->len - 1;
  (void) g_unlink (whole);
}

gpointer
sak_exported_job (gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  SakCall *call = data;
  g_autofree char *written = NULL;
  g_autoptr (SakExportPlan) plan =
    sak_export_plan_new (call->vault, (const char *const *) call->names,
                         (const char *const *) call->records, error);
  g_autofree char *outbox_id = NULL;
  SakBundleReport *report;
  SakExported *self;

  if (plan == NULL)
    return NULL;
  if ((gint64) plan->n_leaving != json_integer_value (json_object_get (call->fields, "n_leaving"))
      || (gint64) plan->media_bytes != json_integer_value (json_object_get (call->fields, "bytes")))
    {
      g_set_error_literal (error, SAK_ERROR, SAK_ERROR_CONFLICT, "the plan is not what was shown");
      return NULL;
    }
  /* A stick may have no room for the whole beside its parts, or no files as large. */
  if (call->text == NULL)
    written = call->most > 0 ? sak_vault_make_outbox_path (call->vault) : sak_replacing_begin (call->filename);
  report = call->text != NULL
           ? sak_outbox_create (call->vault, plan, call->text, sak_progress_report, call->progress, &outbox_id,
                                cancellable, error)
           : sak_bundle_create (call->vault, plan, written, sak_progress_report, call->progress, cancellable, error);
  if (report == NULL)
    return NULL;
  self = g_new0 (SakExported, 1);
  self->report = report;
  self->outbox_id = g_steal_pointer (&outbox_id);
  self->carrier = g_strdup (call->text);
  if (written != NULL && call->most > 0)
    cut (self, call, written, cancellable);
  else if (written != NULL && !sak_replacing_finish (written, call->filename, NULL))
    self->other_name = g_path_get_basename (written);
  return self;
}

char *
sak_exported_say (const SakExported *self)
{
  guint number = (guint) self->report->sequence;
  g_autofree char *whole = NULL;

  if (self->outbox_id != NULL)
    /* Translators: %1$u is the bundle's number, %2$s the name that the owner gave a stick, folder or server */
    return sak_words_print (_("Bundle number %1$u is in the outbox, and is sent by %2$s now. The page “Sent and "
                              "received” says how far it is. Only the recipient can open it."), number, self->carrier);
  if (self->problem != NULL)
    return g_strjoin ("\n\n", _("The parts could not be written, and nothing of the bundle was kept. What is in it "
                                "goes with your next bundle to the same contact."),
                      g_error_matches (self->problem, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                      ? NULL : sak_words_for_error (self->problem), NULL);
  if (self->n_parts > 0)
    /* Translators: %1$u is the bundle's number in the row of bundles to this recipient, %2$u a number of files */
    return sak_words_print (ngettext ("Bundle number %1$u is saved in %2$u part, with a list to check it by. Only the "
                                      "recipient can open it.",
                                      "Bundle number %1$u is saved in %2$u parts, with a list to check them by. Send "
                                      "or carry all of them. Only the recipient can open them.", self->n_parts),
                            number, self->n_parts);
  /* Translators: %u is the bundle's number in the row of bundles to this recipient */
  whole = sak_words_print (_("Bundle number %u is saved. Only the recipient can open it. Send the file or carry it "
                             "there."), number);
  if (self->other_name != NULL)
    {
      /* Translators: %s is a file name */
      g_autofree char *beside = g_strdup_printf (_("The file that you wanted to replace could not be replaced. The "
                                                   "bundle lies beside it, as %s."), self->other_name);

      return g_strjoin ("\n\n", whole, beside, NULL);
    }
  return g_steal_pointer (&whole);
}
