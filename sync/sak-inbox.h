/* sak-inbox.h - bundles that arrive: taken, or set aside until they can be
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-set-aside.h"
#include "sync/sak-bundle.h"

G_BEGIN_DECLS

/* As sak_bundle_import(). What a person can do something about is set aside: an unknown or
 * revoked sender, an earlier bundle that is missing, a fork, a later version.
 * @ret_set_aside: (out) (optional): where that happened, else NULL.
 */
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
