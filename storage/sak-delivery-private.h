/* sak-delivery-private.h - rows about what arrived, inside a transaction that the caller began
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-delivery.h"

G_BEGIN_DECLS

/* Of entries of an incoming stream: @ids has the digests of all contents that came, one after the other; what
 * is listed after @before and did not come is noted as absent.
 */
gboolean sak_delivery_note_arrived (SakVault   *vault,
                                    gint64      stream,
                                    guint64     before,
                                    GByteArray *ids,
                                    GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
