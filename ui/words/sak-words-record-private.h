/* sak-words-record-private.h - shared by the two halves of a record on paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-record.h"
#include "ui/words/sak-words-answer.h"

G_BEGIN_DECLS

/* A record that is being laid out. */
typedef struct
{
  SakVault *vault;
  const SakRecord *record;
  SakWordsSight sight;
  GHashTable *titles;           /* id → title, of what was linked so far */
  json_t *blocks;
} SakRecordPaper;

/* Of a linked record, in words where it has none or is not here. */
const char *_sak_record_paper_say_title    (SakRecordPaper *self,
                                            const char     *id);
/* All sections with what was answered in them; and by a form that is not here. */
void        _sak_record_paper_add_sections (SakRecordPaper *self);
void        _sak_record_paper_add_plain    (SakRecordPaper *self);

G_END_DECLS
