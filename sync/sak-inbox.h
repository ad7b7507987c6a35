/* sak-inbox.h - bundles that arrive: taken, or set aside until they can be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-set-aside.h"
#include "sync/sak-bundle.h"

G_BEGIN_DECLS

/* Whether a person can do something about what was refused so: an unknown or revoked sender, an
 * earlier bundle that is missing, a fork, a later version.
 */
gboolean         sak_inbox_is_for_later (const GError *error);
/* As sak_bundle_verify(), and what can be taken later is set aside. What came in parts never is.
 * @ret_set_aside: (out) (optional): where that happened, else NULL.
 */
SakBundleReport *sak_inbox_verify (SakVault         *vault,
                                   const char       *filename,
                                   SakProgressFunc   progress,
                                   gpointer          progress_data,
                                   SakSetAside     **ret_set_aside,
                                   GCancellable     *cancellable,
                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* As sak_bundle_import(), and the same. */
SakBundleReport *sak_inbox_import (SakVault         *vault,
                                   const char       *filename,
                                   SakProgressFunc   progress,
                                   gpointer          progress_data,
                                   SakSetAside     **ret_set_aside,
                                   GCancellable     *cancellable,
                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* Once more. Imported, it is not set aside any more; refused, it stays with the reason of now. */
SakBundleReport *sak_inbox_retry  (SakVault         *vault,
                                   const char       *id,
                                   SakProgressFunc   progress,
                                   gpointer          progress_data,
                                   GCancellable     *cancellable,
                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
