/* sak-words-carrier.h - why a carrier did not take a bundle, and how far one is, in sentences
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-fetch.h"
#include "sync/sak-outbox.h"

G_BEGIN_DECLS

/* "" for FINE. */
const char *sak_words_for_carry_reason (SakCarryReason        reason);
/* One or two words for a list. */
const char *sak_words_for_outbox_state (const SakOutboxItem  *item);
/* What came of the last try, and what comes next; "" where there is nothing to say. @now: seconds since 1970. */
char       *sak_words_for_outbox_item  (const SakOutboxItem  *item,
                                        gboolean              goes_by_itself,
                                        gint64                now) G_GNUC_WARN_UNUSED_RESULT;
/* @seconds: of sak_pace_get_seconds_left(). */
char       *sak_words_for_time_left    (gint64                seconds) G_GNUC_WARN_UNUSED_RESULT;
/* What became of one that was found there. */
char       *sak_words_for_fetch_result (const SakFetchResult *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
