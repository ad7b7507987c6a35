/* sak-labour-private.h - what the parts of the arithmetic share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-labour.h"

G_BEGIN_DECLS

/* A number with its uncertainty. */
typedef struct
{
  gint64 low;
  gint64 high;
  gboolean is_known;
  gboolean is_about;
} SakLabourRange;

/* How long a period was: in days, and in months of the calendar. */
typedef struct
{
  SakLabourRange days;
  SakLabourRange months;
} SakLabourLength;

G_GNUC_INTERNAL
void           sak_labour_measure (const json_t    *period,
                                   SakLabourLength *ret_length);
G_GNUC_INTERNAL
SakLabourLine *sak_labour_line_new (SakLabourStep   step,
                                    const char     *path,
                                    const json_t   *row);
G_GNUC_INTERNAL
void           sak_labour_lack    (SakLabourLine   *line,
                                   const char      *column);
/* What was entered makes more than there is room for. */
G_GNUC_INTERNAL
void           sak_labour_overflow (SakLabourLine  *line,
                                    const char     *column);
/* sak-labour-wages.c */
G_GNUC_INTERNAL
void           sak_labour_add_period (GPtrArray    *lines,
                                      const char   *path,
                                      const json_t *row);

G_END_DECLS
