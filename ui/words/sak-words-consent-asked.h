/* sak-words-consent-asked.h - what is asked about consent, and how answers are said
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asked on the screen by ui/sak-consent-field.c, printed by sak-words-record.c.
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

#define SAK_N_CONSENT_QUESTIONS 20
/* Of those, that are asked of everybody. */
#define SAK_N_CONSENT_FIRST 5

typedef struct
{
  const char *code;
  const char *words;            /* in the context "consent" */
} SakConsentReply;

typedef struct
{
  const char *section;          /* a heading before it, or NULL */
  const char *member;           /* of the consent, or the path of a companion */
  const char *words;
  const SakConsentReply *answers; /* NULL: words of their own, or a day */
  gboolean is_day;
} SakConsentQuestion;

/* Words are not translated yet: those of answers in the context "consent". */
extern const SakConsentQuestion sak_consent_questions[SAK_N_CONSENT_QUESTIONS];

/* Whether one of the first has an answer; @consent is NULL where nothing was asked. */
gboolean sak_consent_is_answered (const json_t *consent,
                                  guint         n);

/* A code, a day or somebody's own words, as they are read. */
char *sak_words_for_consent_answer (const SakConsentQuestion *question,
                                    const char               *answer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
