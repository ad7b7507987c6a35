/* sak-review-private.h - table arrival, kept with the records, the decisions and the questions
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All of these run inside a transaction that the caller began.
 */
#pragma once

#include "storage/sak-record-private.h"
#include "storage/sak-review.h"

G_BEGIN_DECLS

/* A case changed; of one's own nothing. Part of sak_record_update_summary(). */
gboolean   sak_review_note_arrival (SakVault            *vault,
                                    const SakRecordKey  *key,
                                    const json_t        *fields,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* A record of the network changed; @revision: the version that counts, or NULL. */
gboolean   sak_review_update       (SakVault            *vault,
                                    const SakRecordKey  *key,
                                    SakRevision         *revision,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Something was asked or decided about it. */
gboolean   sak_review_settle       (SakVault            *vault,
                                    const guint8         about[static SAK_UUID_SIZE],
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* What counts of what was decided: the last, notes aside. FALSE without an error where there is none. */
gboolean   sak_review_load_last    (SakVault            *vault,
                                    const guint8         about[static SAK_UUID_SIZE],
                                    SakRevision        **ret_revision,
                                    SakVerdictFields    *ret_verdict,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/* sak-review-seen.c: versions as somebody saw them, a text each (SakArrived). */
char     **sak_review_name_heads   (GPtrArray           *heads) G_GNUC_WARN_UNUSED_RESULT;
/* @seen: NULL for @heads as they are. Into versions and open of @verdict, which the caller unrefs. INVALID where one
 * is no version of the record, or there are none; TOO_LARGE.
 */
gboolean   sak_review_take_seen    (SakVault            *vault,
                                    const SakRecordKey  *key,
                                    const char *const   *seen,
                                    GPtrArray           *heads,
                                    SakVerdictFields    *verdict,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether each of these heads was seen, and no less of it than there is now. */
gboolean   sak_review_covers       (const SakVerdictFields *verdict,
                                    GPtrArray           *heads);
/* More of a version came than there was: nobody has read that. */
gboolean   sak_review_forget_seen  (SakVault            *vault,
                                    const SakRecordKey  *key,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
