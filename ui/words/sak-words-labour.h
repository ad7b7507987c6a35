/* sak-words-labour.h - what is worked out of the answers about work, line by line
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-labour.h"
#include "ui/words/sak-words-answer.h"

G_BEGIN_DECLS

/* What there is to say below a section of an incident's form: the lines of the sum, findings of
 * the eleven signs, elements of trafficking. Texts that the array owns; empty for other sections.
 * Who is writing is also told what lacks.
 */
GPtrArray *sak_words_work_out    (const SakForm       *form,
                                  guint                section,
                                  const json_t        *fields,
                                  gboolean             is_writing,
                                  const SakWordsSight *sight) G_GNUC_WARN_UNUSED_RESULT;
/* "Earned as agreed: 26 days × 300 THB = 7 800 THB"; NULL where something lacks. */
char      *sak_words_labour_line (const SakLabourLine *line,
                                  const SakWordsSight *sight) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
