/* sak-fetch-take.c - what was brought from a carrier: taken in, set aside, remembered
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-fetch-private.h"

#include <string.h>

#include "sync/sak-countersign.h"

#define MAX_RECEIPT (600 * 1024)
#define STATUS_SET_ASIDE -1

void
sak_fetch_result_free (SakFetchResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->report, sak_bundle_report_free);
  g_clear_pointer (&self->set_aside, sak_set_aside_free);
  g_clear_error (&self->refusal);
  g_free (self->name);
  g_free (self);
}

/* A receipt alone is an age file, too: whether it is one shows only inside. Its own refusal counts where it is. */
static void
try_receipt (SakFetch        *self,
             SakVault        *vault,
             SakFetchResult  *result,
             GCancellable    *cancellable)
{
  g_autoptr (SakContact) contact = NULL;
  SakReceiptOutcome outcome = { 0 };
  GError *error = NULL;

  if (result->refusal == NULL || result->size_bytes > MAX_RECEIPT || self->current->files->len > 1 ||
      !(g_error_matches (result->refusal, SAK_ERROR, SAK_ERROR_INVALID) ||
        g_error_matches (result->refusal, SAK_ERROR, SAK_ERROR_TRUNCATED) ||
        g_error_matches (result->refusal, SAK_ERROR, SAK_ERROR_DAMAGED)))
    return;
  if (sak_countersign_import (vault, self->path, &contact, &outcome, cancellable, &error))
    {
      result->is_receipt = TRUE;
      g_clear_error (&result->refusal);
    }
  else if (!g_error_matches (error, SAK_ERROR, SAK_ERROR_INVALID))
    {
      g_clear_error (&result->refusal);
      result->refusal = error;
    }
  else
    g_error_free (error);
}

/* The disk, or whoever stopped it, says nothing about the bundle; what may be taken another day and was not
 * kept is to be tried then.
 */
static gboolean
is_settled (const SakFetchResult *result,
            gboolean              is_in_parts)
{
  static const SakError passing[] = {
    SAK_ERROR_FAILED, SAK_ERROR_LOCKED, SAK_ERROR_IO, SAK_ERROR_NO_SPACE, SAK_ERROR_MEMORY, SAK_ERROR_NOT_FOUND,
    SAK_ERROR_UNKNOWN_SENDER, SAK_ERROR_UNTRUSTED, SAK_ERROR_GAP, SAK_ERROR_FORK, SAK_ERROR_TOO_NEW,
  };
  int code;

  if (result->refusal == NULL || result->set_aside != NULL)
    return TRUE;
  /* Parts that do not fit to each other, or to their list: one of them may be put there again. */
  if (is_in_parts && (g_error_matches (result->refusal, SAK_ERROR, SAK_ERROR_INVALID) ||
                      g_error_matches (result->refusal, SAK_ERROR, SAK_ERROR_TRUNCATED) ||
                      g_error_matches (result->refusal, SAK_ERROR, SAK_ERROR_DAMAGED)))
    return FALSE;
  code = sak_error_get_code (result->refusal);
  for (gsize i = 0; i < G_N_ELEMENTS (passing); i++)
    if (code < 0 || code == (int) passing[i])
      return FALSE;
  return TRUE;
}

static gboolean
note (SakFetch              *self,
      SakVault              *vault,
      const SakFetchResult  *result,
      GError               **error)
{
  SakFetched fetched = { .name = self->current->name, .stamp = self->current->stamp };

  if (result->set_aside != NULL)
    fetched.status = STATUS_SET_ASIDE;
  else if (result->refusal != NULL)
    fetched.status = sak_error_get_code (result->refusal);
  /* What ends early is tried again under its name when it has grown, and anywhere else. */
  fetched.has_sha256 = fetched.status != SAK_ERROR_TRUNCATED;
  memcpy (fetched.sha256, self->sha256, sizeof fetched.sha256);
  return sak_vault_note_fetched (vault, self->carrier, &fetched, error);
}

SakFetchResult *
sak_fetch_take (SakFetch         *self,
                SakVault         *vault,
                SakProgressFunc   progress,
                gpointer          progress_data,
                GCancellable     *cancellable,
                GError          **error)
{
  g_autoptr (SakFetchResult) result = g_new0 (SakFetchResult, 1);

  g_return_val_if_fail (self->path != NULL, NULL);

  result->name = g_strdup (self->current->name);
  result->size_bytes = self->current->size_bytes;
  if (!sak_vault_has_fetched (vault, self->sha256, &result->is_known, error))
    return NULL;
  if (!result->is_known)
    {
      result->report = sak_inbox_import (vault, self->path, progress, progress_data, &result->set_aside, cancellable,
                                         &result->refusal);
      try_receipt (self, vault, result, cancellable);
    }
  self->may_be_tidied = result->report != NULL && result->report->n_recipients == 1;
  if (is_settled (result, self->current->files->len > 1) && !note (self, vault, result, error))
    return NULL;
  return g_steal_pointer (&result);
}

gboolean
sak_fetch_finish (SakFetch  *self,
                  SakVault  *vault,
                  GError   **error)
{
  return self->names == NULL || sak_vault_forget_fetched (vault, self->carrier, self->names, error);
}
