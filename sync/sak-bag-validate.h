/* sak-bag-validate.h - is a folder a complete and valid BagIt bag?
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Anybody's, of any version from 0.93 to 1.0 (RFC 8493). A bundle's own bag is checked far
 * more strictly, by sak-bag-check.c.
 */
#pragma once

#include "storage/sak-progress.h"

G_BEGIN_DECLS

typedef struct
{
  guint version;                /* as a number: 97 for 0.97, 100 for 1.0; 0 if not known */
  guint n_payload_files;
  guint64 payload_bytes;
  GPtrArray *faults;            /* char *, "path: what": valid if there is none */
  GPtrArray *warnings;          /* what is odd, and not against the format */
} SakBagReport;

/* Fails only where it cannot be found out: NOT_FOUND, IO, TOO_LARGE, cancelled. */
SakBagReport *sak_bag_validate    (const char       *folder,
                                   SakProgressFunc   progress,
                                   gpointer          progress_data,
                                   GCancellable     *cancellable,
                                   GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void          sak_bag_report_free (SakBagReport     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBagReport, sak_bag_report_free)

G_END_DECLS
