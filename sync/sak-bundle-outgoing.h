/* sak-bundle-outgoing.h - the entries of one recipient's stream that a bundle lists
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-export-plan.h"
#include "sync/sak-preamble.h"

G_BEGIN_DECLS

typedef struct
{
  SakStream stream;             /* as it stands before this bundle */
  guint8 base_head[SAK_SHA256_SIZE];
  GPtrArray *old_entries;       /* SakStreamEntry: sent before, not acknowledged */
  GPtrArray *new_entries;       /* SakStreamEntry: to be appended once it is written */
  GBytes *receipt;              /* a receipt for what came from the recipient, sealed; or NULL */
  GBytes *sealed;               /* the file as it is written, or NULL: the entries' lines */
} SakOutgoing;

SakOutgoing *sak_outgoing_new         (SakVault             *vault,
                                       const SakContact     *recipient,
                                       const SakExportPlan  *plan,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void         sak_outgoing_free        (gpointer              self);
void         sak_outgoing_announce    (const SakOutgoing    *self,
                                       const SakContact     *recipient,
                                       SakPreambleRecipient *ret_announced);

/* All of the stream's file, piece by piece. */
typedef gboolean (*SakPieceFunc) (const void  *bytes,
                                  gsize        size,
                                  gpointer     user_data,
                                  GError     **error);
gboolean     sak_outgoing_write       (const SakOutgoing    *self,
                                       SakPieceFunc          take_piece,
                                       gpointer              user_data,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Where the recipient does not know yet all that has come. */
gboolean     sak_outgoing_add_receipt (SakOutgoing          *self,
                                       SakVault             *vault,
                                       const SakContact     *recipient,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* In a bundle for several, what one of them was sent is nobody else's business. */
gboolean     sak_outgoing_seal        (SakOutgoing          *self,
                                       const SakContact     *recipient,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
