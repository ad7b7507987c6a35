/* sak-words-plan.h - why something leaves or stays, in sentences for persons
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "sync/sak-export-plan.h"

G_BEGIN_DECLS

/* One or two sentences each. */
const char *sak_words_for_verdict    (SakPlanVerdict  verdict);
/* The same of one item: not whole where a part of it is told of as staying. */
const char *sak_words_for_plan_verdict (const SakPlanItem *item);
const char *sak_words_for_keep       (SakPlanKeep     keep);
char       *sak_words_for_hit        (const SakPlanHit *hit) G_GNUC_WARN_UNUSED_RESULT;
/* How much leaves and stays, for whom consent was looked up, and whether somebody must decide. */
char       *sak_words_for_plan       (const SakExportPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
/* Verdict, what leaves by name, and each reason with what stays for it. */
char       *sak_words_for_plan_item  (const SakPlanItem *item,
                                      const char        *language) G_GNUC_WARN_UNUSED_RESULT;
const char *sak_words_for_choice     (SakChoice       choice);
/* Where a bundle waits for decisions. */
const char *sak_words_before_decision (void);
/* To whom records a withdrawal; and in the place of what was withdrawn elsewhere. */
const char *sak_words_after_withdrawal (void);
/* @has_hidden: whether anything of it could still be deleted here. */
char       *sak_words_about_withdrawal (const json_t *consent,
                                        gboolean      has_hidden) G_GNUC_WARN_UNUSED_RESULT;
/* When the owner takes a file out that somebody's consent would keep in a bundle's plan. */
const char *sak_words_for_media_copy (void);

G_END_DECLS
