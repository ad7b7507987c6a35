/* sak-number-scan.h - numbers in a text that lead to somebody: telephones, identity papers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_NUMBER_MAX_DIGITS 24

typedef struct
{
  guint32 start;                /* bytes of the text */
  guint32 end;
  char digits[SAK_NUMBER_MAX_DIGITS + 1];       /* 0 to 9, whatever script they are written in */
  guint n_digits;
  gboolean is_phone;
  gboolean is_paper;            /* as on an identity card or a passport */
} SakNumber;

/* GArray of SakNumber: at least six digits, and neither a day nor money. */
GArray *sak_number_scan (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
