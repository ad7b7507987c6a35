/* sak-csv.h - tables as text, whoever made them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

#define SAK_CSV_MAX_FIELD 8192          /* bytes */
#define SAK_CSV_MAX_COLUMNS 250

typedef struct
{
  const char *at;
  const char *end;
  guint line;                   /* where the row begins that was read last, from 1 */
  guint next_line;
  char delimiter;
} SakCsv;

/* @text must outlive the reader. Errors: INVALID for NULs and what is not UTF-8. */
gboolean   sak_csv_open     (SakCsv      *self,
                             const char  *text,
                             gsize        size,
                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Fields, without outer spaces; NULL without @error at the end. Errors name the line: INVALID
 * for quotes that do not end, TOO_LARGE over a limit.
 */
GPtrArray *sak_csv_read_row (SakCsv      *self,
                             GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
