/* sak-code.h - the code of a contact card, to be read aloud and compared
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-hash.h"

G_BEGIN_DECLS

#define SAK_CODE_N_GROUPS 8
#define SAK_CODE_GROUP_DIGITS 4 /* and the check digit */

char *sak_code_from_digest        (const guint8  digest[static SAK_SHA256_SIZE]) G_GNUC_WARN_UNUSED_RESULT;
/* From 1, the first group whose check digit does not fit or that is missing; 0 when all do.
 * Spaces and hyphens between the groups, or none; digits of any script.
 */
guint sak_code_find_mistyped      (const char   *code);

G_END_DECLS
