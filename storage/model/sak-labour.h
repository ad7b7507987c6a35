/* sak-labour.h - what is owed for work, worked out step by step from what was entered
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From the fields of an incident, version 2: labour.wages, labour.deductions, labour.fees,
 * labour.debts. Nothing is guessed: where an input is missing the step says which; where a date
 * is not exact the result is a range. Sums of different currencies are never added.
 */
#pragma once

#include "storage/model/sak-money.h"

G_BEGIN_DECLS

typedef enum
{
  /* One period of work */
  SAK_LABOUR_EARNED,            /* quantity × rate, as it was agreed */
  SAK_LABOUR_MINIMUM,           /* quantity × rate, as the law has it */
  SAK_LABOUR_PAID,
  SAK_LABOUR_OWED,              /* earned − paid; below zero where more was paid */
  SAK_LABOUR_OWED_TO_MINIMUM,   /* minimum − paid */
  SAK_LABOUR_REST,              /* quantity: weekly days of rest that were not given; rate: that were */
  SAK_LABOUR_HOURS,             /* quantity: hours beyond eight a day, over all days worked */
  /* One row of the other tables */
  SAK_LABOUR_DEDUCTED,          /* quantity × rate */
  SAK_LABOUR_FEE,
  SAK_LABOUR_DEBT,              /* principal + added − repaid: what would be left */
  SAK_LABOUR_DEBT_CLAIMED,      /* what the lender says, beyond that */
  /* Of all rows of one worker in one currency */
  SAK_LABOUR_TOTAL_OWED,
  SAK_LABOUR_TOTAL_OWED_TO_MINIMUM,
  SAK_LABOUR_TOTAL_DEDUCTED,
  SAK_LABOUR_TOTAL_FEES,
  SAK_LABOUR_TOTAL_DEBT,
} SakLabourStep;

#define SAK_LABOUR_HOURS_A_DAY 8        /* ILO conventions 1 and 30 */
#define SAK_LABOUR_DAYS_A_WEEK 7        /* one of them for rest: conventions 14 and 106 */

/* One line of the arithmetic. Decimals as in sak-money.h; low and high are the same but
 * where something is a range.
 */
typedef struct
{
  SakLabourStep step;
  char *path;                   /* of the row; NULL for totals */
  char *worker;                 /* id of a record, or NULL */
  const char *currency;         /* ISO 4217; NULL for days and hours */
  const char *unit;             /* code of what the quantity counts, or NULL */
  gint64 low_quantity;
  gint64 high_quantity;
  gint64 rate;                  /* a sum, or a number of days */
  gint64 low;                   /* the result */
  gint64 high;
  gboolean is_about;            /* a date it rests on is approximate or uncertain */
  gboolean is_at_least;         /* a part of it is not known */
  gboolean is_odd;              /* more days of rest than the days that there were */
  gboolean is_of_several;       /* a total beside those of other workers, or of nobody named */
  gboolean is_too_large;        /* nothing is missing but room for the result: then there is none */
  char *missing;                /* names of columns, comma between them; then there is no result; the
                                 * columns that make too much where is_too_large */
} SakLabourLine;

void       sak_labour_line_free (SakLabourLine *self);
/* For programs: the code of a step, "owed". */
const char *sak_labour_step_get_code (SakLabourStep step);

/* SakLabourLine, row after row in the order of the tables, then the totals. */
GPtrArray *sak_labour_work_out  (const json_t  *fields) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
