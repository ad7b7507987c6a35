/* sak-inbox.c - bundles that arrive: taken, or set aside until they can be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sync/sak-inbox.h"

#include "sync/sak-bundle-private.h"
#include "sync/sak-parts.h"

/* What may be taken another day. Nothing makes a forged or damaged bundle good. */
gboolean
sak_inbox_is_for_later (const GError *error)
{
  static const SakError reasons[] = {
    SAK_ERROR_UNKNOWN_SENDER, SAK_ERROR_UNTRUSTED, SAK_ERROR_GAP, SAK_ERROR_FORK, SAK_ERROR_TOO_NEW,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_error_matches (error, SAK_ERROR, reasons[i]))
      return TRUE;
  return FALSE;
}

/* Only what is signed, for us and for this very file; a bundle of a later version cannot be
 * asked. Failing to keep it changes nothing about the refusal: the file is where it was.
 */
static SakSetAside *
set_aside (SakVault      *vault,
           const char    *filename,
           const GError  *why,
           GCancellable  *cancellable)
{
  static const guint8 nobody[SAK_SIGN_PUBLIC_SIZE];
  g_autoptr (SakBundleReader) reader = sak_bundle_reader_open (vault, filename, cancellable, NULL);
  gboolean is_new = g_error_matches (why, SAK_ERROR, SAK_ERROR_TOO_NEW);

  if (reader == NULL && is_new)
    return sak_vault_set_aside (vault, filename, nobody, 0, why->code, cancellable, NULL);
  if (reader == NULL || !sak_bundle_reader_verify (reader, NULL))
    return NULL;
  return sak_vault_set_aside (vault, filename, reader->preamble.sender_key, reader->announced->sequence, why->code,
                              cancellable, NULL);
}

typedef SakBundleReport *(*ReadFunc) (SakVault         *vault,
                                      const char       *filename,
                                      SakProgressFunc   progress,
                                      gpointer          progress_data,
                                      GCancellable     *cancellable,
                                      GError          **error);

static SakBundleReport *
read_or_set_aside (SakVault         *vault,
                   const char       *filename,
                   ReadFunc          read,
                   SakProgressFunc   progress,
                   gpointer          progress_data,
                   SakSetAside     **ret_set_aside,
                   GCancellable     *cancellable,
                   GError          **error)
{
  g_autoptr (SakSetAside) kept = NULL;
  GError *local_error = NULL;
  SakBundleReport *report = read (vault, filename, progress, progress_data, cancellable, &local_error);

  /* What came in parts lies there in parts: joined, it would be kept. */
  if (report == NULL && sak_inbox_is_for_later (local_error) && !sak_parts_is_one (filename))
    kept = set_aside (vault, filename, local_error, cancellable);
  if (ret_set_aside != NULL)
    *ret_set_aside = g_steal_pointer (&kept);
  if (report == NULL)
    g_propagate_error (error, local_error);
  return report;
}

SakBundleReport *
sak_inbox_verify (SakVault         *vault,
                  const char       *filename,
                  SakProgressFunc   progress,
                  gpointer          progress_data,
                  SakSetAside     **ret_set_aside,
                  GCancellable     *cancellable,
                  GError          **error)
{
  return read_or_set_aside (vault, filename, sak_bundle_verify, progress, progress_data, ret_set_aside, cancellable,
                            error);
}

SakBundleReport *
sak_inbox_import (SakVault         *vault,
                  const char       *filename,
                  SakProgressFunc   progress,
                  gpointer          progress_data,
                  SakSetAside     **ret_set_aside,
                  GCancellable     *cancellable,
                  GError          **error)
{
  return read_or_set_aside (vault, filename, sak_bundle_import, progress, progress_data, ret_set_aside, cancellable,
                            error);
}

SakBundleReport *
sak_inbox_retry (SakVault         *vault,
                 const char       *id,
                 SakProgressFunc   progress,
                 gpointer          progress_data,
                 GCancellable     *cancellable,
                 GError          **error)
{
  g_autoptr (SakSetAside) kept = sak_vault_find_set_aside (vault, id, error);
  g_autoptr (SakBundleReport) report = NULL;
  GError *local_error = NULL;

  if (kept == NULL)
    return NULL;
  report = sak_bundle_import (vault, kept->path, progress, progress_data, cancellable, &local_error);
  /* Imported, or here already: whatever becomes of the copy, once more it is a replay. */
  if (report != NULL || g_error_matches (local_error, SAK_ERROR, SAK_ERROR_REPLAYED))
    (void) !sak_vault_remove_set_aside (vault, id, NULL);
  if (report == NULL)
    {
      /* Cancelled or short of space: the reason is what it was. */
      if (local_error->domain == SAK_ERROR && !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_NO_SPACE) &&
          !g_error_matches (local_error, SAK_ERROR, SAK_ERROR_REPLAYED))
        (void) !sak_vault_note_set_aside (vault, id, local_error->code, NULL);
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&report);
}
