/* sak-consent-private.h - the codes of a consent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-consent.h"

G_BEGIN_DECLS

#define SAK_CONSENT_ANY_PURPOSE "any"
#define SAK_CONSENT_PRESENT_PATH "identity.consent_present"
#define SAK_CONSENT_INTERPRETER_PATH "identity.consent_interpreter"

/* In the order of SakPurpose, then "any"; of SakIdentityLevel, then "no". */
extern const char *const sak_consent_purpose_codes[];
extern const char *const sak_consent_identity_codes[];

G_END_DECLS
