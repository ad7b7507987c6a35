/* sak-bundle-private.h - the steps of writing and reading a bundle
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-bundle.h"
#include "sync/sak-meter.h"
#include "sync/sak-preamble.h"

G_BEGIN_DECLS

SakBundleReport *sak_bundle_report_new     (const SakPreamble    *preamble,
                                            const SakContact     *sender);
gboolean         sak_bundle_write          (SakVault             *vault,
                                            const SakExportPlan  *plan,
                                            const char           *filename,
                                            SakMeter             *meter,
                                            SakBundleReport     **ret_report,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* An open bundle: its header and preamble are read, nothing more. */
typedef struct
{
  SakVault *vault;              /* borrowed */
  GInputStream *file;
  SakAgeReader *age;
  SakPreamble preamble;
  const SakPreambleRecipient *announced;        /* for us, in the preamble; after check */
  SakContact *sender;           /* NULL while unknown */
  SakStream stream;             /* after check: as we know it */
  gboolean is_replay;           /* after check */
  GBytes *receipt;              /* after staging: for us, sealed; or NULL */
} SakBundleReader;

SakBundleReader *sak_bundle_reader_open    (SakVault             *vault,
                                            const char           *filename,
                                            GCancellable         *cancellable,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Signature and binding. */
gboolean         sak_bundle_reader_verify  (SakBundleReader      *self,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Everything that can be decided before a byte is decompressed. */
gboolean         sak_bundle_reader_check   (SakBundleReader      *self,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         sak_bundle_reader_check_space (SakBundleReader  *self,
                                                GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void             sak_bundle_reader_free    (SakBundleReader      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBundleReader, sak_bundle_reader_free)

/* Reads all the rest. @arrival: where to it goes, or NULL to verify only. @ret_new_entries:
 * of our stream, those that we did not have.
 */
gboolean         sak_bundle_stage          (SakBundleReader      *reader,
                                            SakArrival           *arrival,
                                            SakMeter             *meter,
                                            SakBundleReport      *report,
                                            GPtrArray           **ret_new_entries,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
