/* sak-stream-private.h - rows of streams, for sending and for arriving
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Inside a transaction that the caller began.
 */
#pragma once

#include "storage/sak-exchange.h"
#include "storage/sak-record-private.h"

G_BEGIN_DECLS

gboolean sak_stream_insert  (SakVault         *vault,
                             gint64            contact,
                             gboolean          is_incoming,
                             const SakStream  *stream,
                             GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_stream_append  (SakVault         *vault,
                             gint64            stream,
                             GPtrArray        *entries,
                             GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_stream_advance (SakVault         *vault,
                             gint64            stream,
                             const SakStream  *after,
                             GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_stream_load    (SakVault         *vault,
                             gint64            rowid,
                             SakStream        *ret_stream,
                             GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_stream_begin_anew (SakVault       *vault,
                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
