/* sak-talk.h - what a question and an answer hold, read strictly and written
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes: storage/FORMAT.md, "Questions and answers". Whatever does not hold exactly what it must is none, and is
 * passed over by everything but the history that it is signed into; members that are not known are let be.
 */
#pragma once

#include "storage/model/sak-kind.h"

G_BEGIN_DECLS

#define SAK_TALK_MAX_TEXT 10000         /* characters */

typedef enum
{
  SAK_ANSWER_TEXT,              /* in words */
  SAK_ANSWER_VERSION,           /* "see the new version", with or without words */
  SAK_ANSWER_CLOSED,            /* of who asked: nothing is open any more, with or without words */
  SAK_N_ANSWERS
} SakAnswerKind;

/* All borrowed. */
typedef struct
{
  const char *to;               /* signing key, hexadecimal */
  const char *about;            /* id of the record */
  const char *version;          /* its version that was being looked at; hexadecimal */
  const char *path;             /* of one field of it, or NULL */
  const char *text;
  gboolean is_urgent;
} SakQuestionFields;

typedef struct
{
  const char *to;
  const char *about;            /* the same as of the question */
  const char *question;         /* id of the question's only version, so that it stands for these very words */
  SakAnswerKind kind;
  const char *text;             /* or NULL */
} SakAnswerFields;

gboolean    sak_question_read      (const json_t            *fields,
                                    SakQuestionFields       *ret_question);
json_t     *sak_question_to_fields (const SakQuestionFields *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_answer_read        (const json_t            *fields,
                                    SakAnswerFields         *ret_answer);
json_t     *sak_answer_to_fields   (const SakAnswerFields   *self) G_GNUC_WARN_UNUSED_RESULT;
/* "text", "version", "closed". */
const char *sak_answer_kind_to_code (SakAnswerKind           kind);

/* Words, of a length that may be. */
gboolean    sak_talk_is_text       (const char              *text);
/* Words as somebody typed them: in Unicode form C, without spaces at the ends; NULL where there are none, INVALID where
 * there are too many or it is no text.
 */
char       *sak_talk_clean_text    (const char              *text,
                                    GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
