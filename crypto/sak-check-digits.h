/* sak-check-digits.h - decimal digits that people type, and the digit that finds their slips
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_TYPED_SEPARATOR (-1)
#define SAK_TYPED_OTHER (-2)

int sak_damm_check_digit (const char *digits,
                          gsize       n_digits);
/* 0 to 9 for a decimal digit of any script (Burmese, Thai, Khmer, Lao, full width, …), or
 * one of the two above.
 */
int sak_typed_digit      (gunichar    c);

G_END_DECLS
