/* sak-words.h - what the core's codes mean, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without GTK: the windows and the command line say the same. Every text returned is
 * translated, static, and never holds anything of a case.
 */
#pragma once

#include "storage/sak-check.h"
#include "storage/sak-last-backup.h"
#include "storage/sak-record.h"
#include "storage/sak-rescue.h"
#include "ui/words/sak-words-plan.h"

G_BEGIN_DECLS

/* What happened, and what to do now. */
const char *sak_words_for_error     (const GError   *error);
const char *sak_words_for_bundle_error (const GError *error);
const char *sak_words_for_picture_error (const GError *error);

/* What there is to say of the last backup, and whether it is time to say it unasked. */
char       *sak_words_about_last_backup (const SakLastBackup *last) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_words_is_backup_due (const SakLastBackup *last,
                                     gint64               now);
/* When sak_secret_is_memory_locked() says no. */
const char *sak_words_about_swap    (void);
/* At a field whose link goes to a record that was discarded. */
/* Where whom a record comes from, somebody else or this vault, did not sign what is shown; else NULL. */
char       *sak_words_about_other_author (const SakRecord *record) G_GNUC_WARN_UNUSED_RESULT;
/* A card with a known name or key that does not fit to what is here: a title, and what to do. */
const char *sak_words_name_other_key (void);
const char *sak_words_about_other_key (void);
/* Where GTK's dialog gave a place that has no path, such as a telephone or a server. */
const char *sak_words_about_far_place (void);
const char *sak_words_about_lost_link (void);
const char *sak_words_for_backup_error (const GError *error);
const char *sak_words_after_restore (void);
/* Where something was seen and it is not known yet what it cost. */
const char *sak_words_about_seen_damage (void);

/* One sentence each. */
const char *sak_words_for_trust     (SakTrust        trust);
const char *sak_words_for_damage    (SakDamageKind   kind);
const char *sak_words_for_damage_advice (SakDamageKind kind);
/* What was lost, what that means, and what to do. */
const char *sak_words_for_loss      (SakLossKind     kind);

/* A word or two, for lists. */
const char *sak_words_name_state    (SakRecordState  state);
const char *sak_words_name_trust    (SakTrust        trust);
/* @kind: SAK_KIND_EVENT and so on. */
const char *sak_words_name_kind     (const char     *kind);
const char *sak_words_name_kinds    (const char     *kind);

G_END_DECLS
