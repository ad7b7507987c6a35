/* sak-bundle-content.h - what goes into one bundle, measured before it is written
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything is made twice, the same each time: once to be hashed and measured, once to
 * be written. So a bundle of any size needs no room but its own.
 */
#pragma once

#include "sync/sak-bag.h"
#include "sync/sak-bundle-outgoing.h"

G_BEGIN_DECLS

typedef struct
{
  SakVault *vault;              /* borrowed, as the plan is */
  const SakExportPlan *plan;
  GPtrArray *outgoing;          /* SakOutgoing, in the order of the plan's recipients */
  GArray *files;                /* SakBagFile, in the tar's order, with digests and sizes */
  guint n_revisions;
  guint n_withheld_fields;
  guint n_media;
  guint n_receipts;
} SakBundleContent;

SakBundleContent *sak_bundle_content_new  (SakVault              *vault,
                                           const SakExportPlan   *plan,
                                           GCancellable          *cancellable,
                                           GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void              sak_bundle_content_free (SakBundleContent      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakBundleContent, sak_bundle_content_free)

/* Goes through the revisions that leave, a line each with its end, in order. */
typedef struct
{
  const SakBundleContent *content;
  guint item;
  guint revision;
  guint n_withheld;             /* of the last line */
} SakRevisionCursor;

/* @ret_line: NULL after the last one. */
gboolean          sak_revision_cursor_next (SakRevisionCursor    *self,
                                            char                **ret_line,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
