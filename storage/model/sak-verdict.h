/* sak-verdict.h - what a decision about a record holds, read strictly and written
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bytes: storage/FORMAT.md, "Decisions". It has no addressee, and so it never leaves.
 */
#pragma once

#include "storage/model/sak-kind.h"

G_BEGIN_DECLS

/* More heads than a record ever has, unless somebody makes them on purpose. */
#define SAK_VERDICT_MAX_VERSIONS 10000

typedef enum
{
  SAK_SAYS_BEGUN,               /* somebody looks at it */
  SAK_SAYS_ACCEPTED,            /* with a grade */
  SAK_SAYS_DECLINED,            /* with a reason */
  SAK_SAYS_NOTE,                /* decides nothing */
  SAK_SAYS_LEFT,                /* who looked at it does so no more, and has not decided */
  SAK_N_SAYS
} SakVerdictSays;

/* How sure it is that it happened as it was told. */
typedef enum
{
  SAK_GRADE_NONE,
  SAK_GRADE_CONFIRMED,
  SAK_GRADE_LIKELY,
  SAK_GRADE_POSSIBLE,
  SAK_GRADE_UNLIKELY,
  SAK_N_GRADES
} SakGrade;

/* All borrowed. */
typedef struct
{
  const char *about;            /* id of the record */
  guint number;                 /* from 1: of two about a record the higher was made later, whatever clocks say */
  SakVerdictSays says;
  SakGrade grade;
  const char *text;             /* reason or note; NULL where there is none */
  const json_t *versions;       /* array: ids of the heads that were decided about */
  const json_t *open;           /* array: of each, how many of its fields were seen; NULL: all that it has */
} SakVerdictFields;

gboolean    sak_verdict_read        (const json_t           *fields,
                                     SakVerdictFields       *ret_verdict);
json_t     *sak_verdict_to_fields   (const SakVerdictFields *self) G_GNUC_WARN_UNUSED_RESULT;
/* "begun", "accepted", "declined", "note", "left"; "confirmed", "likely", "possible", "unlikely", and "" for none. */
const char *sak_verdict_says_to_code (SakVerdictSays         says);
const char *sak_grade_to_code       (SakGrade                grade);
/* FALSE where it is none. */
gboolean    sak_grade_from_code     (const char             *code,
                                     SakGrade               *ret_grade);

G_END_DECLS
