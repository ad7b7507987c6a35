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

gboolean sak_date_parse        (const char         *edtf,
                                SakDateSpan        *ret_span,
                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;
char    *sak_date_day_to_text  (gint32              day) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
