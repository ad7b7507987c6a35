/* sak-exported.h - a bundle that is written, in one file or in parts, and the words for it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-bundle.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

typedef struct
{
  SakBundleReport *report;
  guint n_parts;                /* 0: one file */
  char *outbox_id;              /* it waits in the outbox, */
  char *carrier;                /* for this one; or NULL */
  GError *problem;              /* why no parts were written; then nothing is there */
  char *other_name;             /* where it lies, because what was to be replaced could not be; or NULL */
} SakExported;

void     sak_exported_free (gpointer           exported);

/* The plan that was shown is made anew for call->names and call->records, and must still say what stands in
 * call->fields ("n_leaving", "bytes"); else CONFLICT. To call->filename, which is replaced; where call->most is not 0,
 * into parts of so many bytes in its folder: what is whole never lies there, where it may not fit. Where call->text
 * names a carrier, into the outbox for it.
 */
gpointer sak_exported_job  (gpointer           data,
                            GCancellable      *cancellable,
                            GError           **error);
char    *sak_exported_say  (const SakExported *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
