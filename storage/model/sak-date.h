/* sak-date.h - dates as people know them: EDTF (ISO 8601-2) level 1
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stored as said, indexed as an earliest and a latest day. A made-up first of January
 * never appears anywhere.
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* Days since 1970-01-01, proleptic Gregorian. An open end is G_MININT32 or G_MAXINT32. */
typedef struct
{
  gint32 earliest_day;
  gint32 latest_day;
  gboolean is_uncertain;        /* "?" or "%" */
  gboolean is_approximate;      /* "~" or "%" */
} SakDateSpan;

/* How much of a date is known; the first two are ends of intervals only. */
typedef enum
{
  SAK_DATE_UNKNOWN,             /* nothing before or behind the "/" */
  SAK_DATE_OPEN,                /* ".." */
  SAK_DATE_CENTURY,             /* "20XX" */
  SAK_DATE_DECADE,              /* "201X" */
  SAK_DATE_YEAR,
  SAK_DATE_SEASON,
  SAK_DATE_MONTH,
  SAK_DATE_DAY,
  SAK_DATE_TIME,
} SakDateUnit;

#define SAK_DATE_SHIFT_LOCAL G_MAXINT16         /* a time without zone */
#define SAK_DATE_SHIFT_UTC (G_MAXINT16 - 1)     /* "Z", which "+00:00" is not */
#define SAK_DATE_MAX_YEAR 5000000               /* either way */

typedef struct
{
  SakDateUnit unit;
  gint32 year;                  /* of a century or decade the first */
  guint8 month;                 /* 1…12; of a season 21…24 */
  guint8 day;
  guint8 n_unspecified;         /* how many "-XX" follow: "2004-XX" is a year with one */
  gboolean is_uncertain;
  gboolean is_approximate;
  gint32 seconds;               /* since midnight, of a time */
  gint16 shift;                 /* minutes east, or one of SAK_DATE_SHIFT_* */
} SakDatePoint;

/* Where it is no interval, only @from counts. */
typedef struct
{
  gboolean is_interval;
  SakDatePoint from;
  SakDatePoint to;
} SakDateParts;

gboolean sak_date_parse        (const char         *edtf,
                                SakDateSpan        *ret_span,
                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_date_parse_parts  (const char         *edtf,
                                SakDateParts       *ret_parts,
                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_date_print        (const SakDateParts *parts) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_date_parts_equal  (const SakDateParts *a,
                                const SakDateParts *b);

char    *sak_date_day_to_text  (gint32              day) G_GNUC_WARN_UNUSED_RESULT;
/* Proleptic Gregorian. */
gint32   sak_date_day_of       (gint64              year,
                                int                 month,
                                int                 day);
int      sak_date_days_of_month (gint64             year,
                                int                 month);
void     sak_date_split_day    (gint32              day,
                                gint32             *ret_year,
                                int                *ret_month,
                                int                *ret_day);
char    *sak_date_print_days   (gint32              earliest_day,
                                gint32              latest_day) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
