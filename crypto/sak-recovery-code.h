/* sak-recovery-code.h - a key of forty random digits, for paper
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"
#include "crypto/sak-secret.h"
#include "crypto/sak-typing-mistake.h"

G_BEGIN_DECLS

#define SAK_RECOVERY_N_GROUPS 8
#define SAK_RECOVERY_GROUP_DIGITS 5     /* and the check digit */
#define SAK_RECOVERY_N_DIGITS (SAK_RECOVERY_N_GROUPS * SAK_RECOVERY_GROUP_DIGITS)

/* The key: %SAK_RECOVERY_N_DIGITS ASCII digits, random; 132 bits. */
SakSecret *sak_recovery_code_new     (void) G_GNUC_WARN_UNUSED_RESULT;
/* As it is printed: "123450 …", eight groups of six digits, single spaces between. */
SakSecret *sak_recovery_code_to_text (SakSecret         *key) G_GNUC_WARN_UNUSED_RESULT;
SakSecret *sak_recovery_code_parse   (SakSecret         *typed,
                                      SakTypingMistake  *ret_mistake,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
