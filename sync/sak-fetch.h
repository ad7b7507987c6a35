/* sak-fetch.h - bundles that lie at a carrier: found, brought, and taken in or set aside
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Steps as in sak-outbox.h: new, take and finish in the vault's thread; look, bring and tidy in any
 * other, but all in the same one. For each that sak_fetch_bring() brings, sak_fetch_take() is called once:
 *
 *   fetch = sak_fetch_new (vault, "stick", &error);
 *   sak_fetch_look (fetch, …);
 *   while (sak_fetch_bring (fetch, …))
 *     {
 *       sak_fetch_take (fetch, vault, …);
 *       sak_fetch_tidy (fetch, …);                 where that is wished
 *     }
 *   sak_fetch_finish (fetch, vault, …);
 */
#pragma once

#include "storage/sak-fetched.h"
#include "sync/sak-carrier.h"
#include "sync/sak-inbox.h"

G_BEGIN_DECLS

typedef struct _SakFetch SakFetch;

/* What became of one. */
typedef struct
{
  char *name;                   /* as it lies there */
  guint64 size_bytes;
  SakBundleReport *report;      /* imported, else NULL */
  gboolean is_receipt;          /* it was one, alone, and was taken */
  gboolean is_known;            /* the same content was dealt with before */
  SakSetAside *set_aside;       /* or NULL */
  GError *refusal;              /* why it was not imported, or NULL */
} SakFetchResult;

void      sak_fetch_result_free (SakFetchResult   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakFetchResult, sak_fetch_result_free)

SakFetch *sak_fetch_new         (SakVault         *vault,
                                 const char       *carrier,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what was brought and not taken. */
void      sak_fetch_free        (SakFetch         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakFetch, sak_fetch_free)
/* What is there and was not dealt with. @error of this and the next: SAK_CARRY_ERROR,
 * G_IO_ERROR_CANCELLED, SAK_ERROR. */
gboolean  sak_fetch_look        (SakFetch         *self,
                                 GCancellable     *cancellable,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
guint     sak_fetch_get_n_left  (SakFetch         *self);
/* Bundles of which parts are missing there, or that grew while they were read: left for later. */
guint     sak_fetch_get_n_incomplete (SakFetch    *self);
/* The next one. FALSE without @error set: there is no more. */
gboolean  sak_fetch_bring       (SakFetch         *self,
                                 SakProgressFunc   progress,
                                 gpointer          progress_data,
                                 GCancellable     *cancellable,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Of such an error: FALSE where the next one may be brought all the same. SAK_ERROR is this computer's own disk. */
gboolean  sak_fetch_is_over     (const GError     *error);
/* Imports it, or sets it aside, and remembers it. NULL: the vault failed, not the bundle. */
SakFetchResult *sak_fetch_take  (SakFetch         *self,
                                 SakVault         *vault,
                                 SakProgressFunc   progress,
                                 gpointer          progress_data,
                                 GCancellable     *cancellable,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Deletes the one that was taken last where it lies, with the list of its parts, if it was imported and
 * was for this vault alone; else does nothing.
 * @ret_is_removed: also where the list alone is left, and FALSE is returned.
 */
gboolean  sak_fetch_tidy        (SakFetch         *self,
                                 GCancellable     *cancellable,
                                 gboolean         *ret_is_removed,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Forgets what does not lie there any more. */
gboolean  sak_fetch_finish      (SakFetch         *self,
                                 SakVault         *vault,
                                 GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
