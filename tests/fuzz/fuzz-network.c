/* fuzz-network.c - questions, answers, decisions and notices that anybody may have signed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "storage/model/sak-json.h"
#include "storage/model/sak-notice-fields.h"
#include "storage/model/sak-talk.h"
#include "storage/model/sak-verdict.h"
#include "tests/fuzz/sak-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        size_t        size)
{
  g_autoptr (json_t) fields = sak_json_parse ((const char *) bytes, (gssize) size, NULL);
  g_autoptr (GPtrArray) keys = sak_kind_list_addressees (fields);
  SakQuestionFields question;
  SakAnswerFields answer;
  SakVerdictFields verdict;
  SakNoticeFields notice;

  g_assert_cmpuint (keys->len, <=, SAK_MAX_ADDRESSEES);
  if (sak_question_read (fields, &question))
    g_assert_true (question.to != NULL && sak_talk_is_text (question.text));
  if (sak_answer_read (fields, &answer))
    g_assert_true (answer.question != NULL && answer.kind < SAK_N_ANSWERS);
  if (sak_verdict_read (fields, &verdict))
    g_assert_true (verdict.number > 0 && (verdict.says == SAK_SAYS_ACCEPTED) == (verdict.grade != SAK_GRADE_NONE) &&
                   (verdict.open == NULL || json_array_size (verdict.open) == json_array_size (verdict.versions)));
  if (sak_notice_read (fields, &notice))
    g_assert_true (notice.number > 0 && (notice.number > 1 || notice.previous == NULL));
  return 0;
}
