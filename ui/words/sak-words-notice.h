/* sak-words-notice.h - network notices, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-bundle.h"

G_BEGIN_DECLS

/* Lines; what this vault's people had compared and is revoked comes first. NULL where nothing was done. */
char *sak_words_about_notice       (const SakNoticeOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;
/* Of the one that came with a bundle, also why it was not carried out; NULL where none did anything. */
char *sak_words_about_brought_notice (const SakBundleReport *report) G_GNUC_WARN_UNUSED_RESULT;
/* Why a notice was not made, or not carried out. */
const char *sak_words_for_notice_error (const GError      *error);
/* What believing somebody's notices means, for who is about to. */
char *sak_words_about_believing    (const char             *name) G_GNUC_WARN_UNUSED_RESULT;
/* Beside sak_words_for_trust(), wherever a sender appears; NULL where no notice spoke of them, or the person has
 * decided otherwise since.
 */
char *sak_words_about_contact_note (const SakContactNote   *note,
                                    SakTrust                trust) G_GNUC_WARN_UNUSED_RESULT;

/* Of the contact that something here came from: its trust, what notices said, and of a revoked one that what came
 * before stays. @note: NULL where it was not looked up.
 */
char *sak_words_about_origin       (SakTrust                trust,
                                    const SakContactNote   *note) G_GNUC_WARN_UNUSED_RESULT;
/* Why this vault's own notice was not made. */
const char *sak_words_for_own_notice_error (const GError   *error);

G_END_DECLS
