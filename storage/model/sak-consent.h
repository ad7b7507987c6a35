/* sak-consent.h - what a person allowed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_PURPOSE_SHARE_SECRETARIAT,  /* may travel to the network's secretariat */
  SAK_PURPOSE_QUOTE,              /* may be quoted in a publication */
  SAK_PURPOSE_SHOW,               /* face, voice or home may be shown */
  SAK_PURPOSE_COURT,              /* may be given to a court or UN body */
} SakPurpose;

typedef enum
{
  SAK_IDENTITY_NONE,              /* nothing that tells who it is */
  SAK_IDENTITY_NAMED,
} SakIdentityLevel;

/* The short form's value, a JSON object; every member is optional, and a question
 * that was not asked is not a yes:
 *   "share"      "named" | "unnamed" | "no" | "not-asked"
 *   "quote"      "named" | "unnamed" | "no" | "not-asked"
 *   "show"       "yes" | "no" | "not-asked"
 *   "court"      "named" | "unnamed" | "no" | "not-asked"
 *   "conditions" text, in their own words
 *   "language", "interpreter", "how" ("written" "thumb" "oral" "recorded"), "present" text
 *   "review"     EDTF day after which to ask again
 *   "withdrawn"  EDTF day on which it was withdrawn
 */
/* Texts are up to SAK_CONSENT_MAX_TEXT characters. The value travels whole, so names of
 * interpreters and others present do not belong in it: "a neighbour", not who.
 */
#define SAK_CONSENT_MAX_TEXT 10000

gboolean sak_consent_check  (const json_t      *consent,
                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean sak_consent_allows (const json_t      *consent,
                             SakPurpose         purpose,
                             const char        *recipient,
                             SakIdentityLevel   identity_level,
                             gint32             when_day);
/* Whether it should be asked again by now; that alone forbids nothing. */
gboolean sak_consent_is_review_due (const json_t *consent,
                                    gint32        when_day);
json_t  *sak_consent_make_schema   (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
