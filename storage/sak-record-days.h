/* sak-record-days.h - records by when it happened, as intervals
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-vault.h"

G_BEGIN_DECLS

typedef enum { SAK_COUNT_BY_YEAR, SAK_COUNT_BY_MONTH } SakCountUnit;

/* What surely happened in these days, and what may have: a record whose date is "2019" is
 * one of 2019 and possible in each of its months, never a twelfth of one.
 */
typedef struct
{
  char *name;                   /* EDTF: "2019", "2019-07" */
  guint64 n_certain;
  guint64 n_possible;           /* beside these */
} SakDateBucket;

typedef struct
{
  guint64 n_records;
  guint64 n_dated;
  guint64 n_undated;            /* no date, or only words */
  GPtrArray *buckets;           /* SakDateBucket in order, without those in which nothing falls */
} SakDateCount;

void          sak_date_count_free      (SakDateCount  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SakDateCount, sak_date_count_free)

/* @kind: NULL for all. */
SakDateCount *sak_vault_count_by_date  (SakVault      *self,
                                        const char    *kind,
                                        SakCountUnit   unit,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;
GArray       *sak_vault_list_between   (SakVault      *self,
                                        const char    *kind,
                                        gint32         first_day,
                                        gint32         last_day,
                                        gboolean       is_certain,
                                        GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
