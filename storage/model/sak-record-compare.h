/* sak-record-compare.h - what versions of one record have in common, field by field
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: a common ancestor and any number of sides go in, for each path comes out what every
 * side did to it and whether a merge may take one of them by itself.
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* The fields of one version. Borrowed while comparing. */
typedef struct
{
  const json_t *fields;         /* path → value, of what is open here */
  const char *const *withheld;  /* paths whose digests alone came along; or NULL */
} SakRecordSide;

typedef enum
{
  SAK_CHANGE_NONE,
  SAK_CHANGE_CHANGED,
  SAK_CHANGE_ADDED,
  SAK_CHANGE_REMOVED,
  SAK_CHANGE_WITHHELD,          /* there is something, but what cannot be known here */
} SakChange;

typedef enum
{
  SAK_OUTCOME_SAME,             /* all sides have what the ancestor had */
  SAK_OUTCOME_TAKEN,            /* one new value, on one side or alike on several */
  SAK_OUTCOME_ASKED,            /* several new values, or a consent that anybody changed */
  SAK_OUTCOME_WITHHELD,         /* some side has only a digest: nobody here can merge it */
  SAK_OUTCOME_SHOWN,            /* they differ, and too few sides can be merged to say more */
} SakOutcome;

typedef struct
{
  SakChange change;             /* against the ancestor */
  json_t *value;                /* NULL where the side has none, or only a digest */
} SakFieldSide;

typedef struct
{
  char *path;
  SakOutcome outcome;
  gboolean is_base_withheld;
  json_t *base;                 /* NULL where the ancestor has none, or only a digest */
  guint n_sides;
  SakFieldSide *sides;
  guint taken;                  /* the side that stands for the outcome SAME or TAKEN */
} SakFieldComparison;

void       sak_field_comparison_free  (SakFieldComparison   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakFieldComparison, sak_field_comparison_free)

/* Of SakFieldComparison, by path; the human code is left out. @base may be NULL. The outcome
 * is of the first @n_deciding sides alone; where those are fewer than two of several, it says
 * no more than whether all are the same.
 */
GPtrArray *sak_record_compare         (const SakRecordSide  *base,
                                       const SakRecordSide  *sides,
                                       guint                 n_sides,
                                       guint                 n_deciding) G_GNUC_WARN_UNUSED_RESULT;
/* The fields that need no person: an object of path → value. */
json_t    *sak_record_compare_take    (GPtrArray            *comparisons) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
