/* sak-bundle-stream.h - a bundle's part of a stream: its lines, and what they mean to us
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rules and bytes: sync/FORMAT.md §3.
 */
#pragma once

#include "sync/sak-preamble.h"

G_BEGIN_DECLS

#define SAK_STREAM_LINE_MAX 256

SakStreamEntry *sak_stream_entry_new        (guint64      number,
                                             const char  *kind,
                                             const char  *id,
                                             const guint8 previous[static SAK_SHA256_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
/* With its end. */
char           *sak_stream_entry_to_line    (const SakStreamEntry *self) G_GNUC_WARN_UNUSED_RESULT;
/* NULL if @line is not entry @number. */
SakStreamEntry *sak_stream_entry_from_line  (const char  *line,
                                             gsize        size,
                                             guint64      number,
                                             const guint8 previous[static SAK_SHA256_SIZE]) G_GNUC_WARN_UNUSED_RESULT;

/* What the announced part of a stream is to a vault that knows @stream so far. REPLAYED is
 * no error but @ret_is_replay; GAP and FORK are.
 */
gboolean        sak_bundle_check_stream     (SakVault                    *vault,
                                             const SakStream             *stream,
                                             const SakPreambleRecipient  *announced,
                                             gboolean                    *ret_is_replay,
                                             GError                     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
