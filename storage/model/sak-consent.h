/* sak-consent.h - what a person allowed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-place.h"

G_BEGIN_DECLS

typedef enum
{
  SAK_PURPOSE_SHARE,            /* may travel to the recipient and be kept there for the work */
  SAK_PURPOSE_QUOTE,            /* may be quoted in a publication */
  SAK_PURPOSE_SHOW,             /* face, voice or home may be shown */
  SAK_PURPOSE_COURT,            /* may be given to a court or UN body */
  SAK_PURPOSE_ADVOCACY,         /* may be used in letters, appeals and talks with officials */
  SAK_PURPOSE_MEDIA,            /* may be given to journalists for their own reports */
  SAK_PURPOSE_RESEARCH,
  SAK_PURPOSE_STATISTICS,       /* may be counted */
  SAK_PURPOSE_HELP,             /* may be used to find them medical, legal or other help */
  SAK_N_PURPOSES
} SakPurpose;

/* Rising: who allows one allows those before it. */
typedef enum
{
  SAK_IDENTITY_NONE,            /* nothing that tells who it is */
  SAK_IDENTITY_PSEUDONYM,       /* under another name, by which two accounts can be connected */
  SAK_IDENTITY_NAMED,
} SakIdentityLevel;

/* Why something is allowed or not. */
typedef enum
{
  SAK_CONSENT_YES,
  SAK_CONSENT_NOT_ASKED,
  SAK_CONSENT_REFUSED,
  SAK_CONSENT_WITHDRAWN,
  SAK_CONSENT_EXPIRED,
  SAK_CONSENT_GUARDIAN,         /* of a child, and the guardian was not asked or said no */
  SAK_CONSENT_CLOCK,            /* given on a later day than this computer says it is */
  SAK_CONSENT_UNREADABLE,       /* not valid, or of a newer version */
} SakConsentAnswer;

/* The value: a JSON object; every member is optional, and a question that was not asked
 * is not a yes. All members, their codes and what wins: storage/FORMAT.md, "Consent".
 *
 * The value travels whole. What names or endangers somebody has its place beside it, at
 * paths that are withheld first: sak_consent_get_companion().
 */
#define SAK_CONSENT_MAX_TEXT 10000      /* characters of each text */
#define SAK_CONSENT_MAX_ROWS 256

#define SAK_CONSENT_PATH "consent"
#define SAK_CONSENT_ANYONE "anyone"
#define SAK_CONSENT_PUBLIC "public"
#define SAK_CONSENT_SECRETARIAT "secretariat"
/* A contact by its signing key, 64 hexadecimal digits after it. */
#define SAK_CONSENT_KEY_PREFIX "key:"

gboolean    sak_consent_check          (const json_t      *consent,
                                        GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    sak_consent_allows         (const json_t      *consent,
                                        SakPurpose         purpose,
                                        const char        *recipient,
                                        SakIdentityLevel   identity_level,
                                        gint32             when_day);
/* The same with the reason, and the most that may be told of who it is. */
SakConsentAnswer sak_consent_ask       (const json_t      *consent,
                                        SakPurpose         purpose,
                                        const char        *recipient,
                                        gint32             when_day,
                                        SakIdentityLevel  *ret_level);
/* The finest that may be told of any place; SAK_PLACE_EXACT where nobody limits it. */
SakPlaceLevel sak_consent_get_place_level (const json_t    *consent);
/* Whether it should be asked again by now; that alone forbids nothing. */
gboolean    sak_consent_is_review_due  (const json_t      *consent,
                                        gint32             when_day);
/* Withdrawn, whatever the day, a guardian's no, or refused to the secretariat or to @recipient
 * (nullable).
 */
gboolean    sak_consent_is_taken_back  (const json_t      *consent,
                                        const char        *recipient);
/* The day that nobody's calendar is ahead of, at this moment (seconds since 1970). */
gint32      sak_consent_get_day        (gint64             time);

json_t     *sak_consent_make_schema    (void) G_GNUC_WARN_UNUSED_RESULT;
/* NULL after the last one. */
const char *sak_consent_get_purpose    (guint              n);
const char *sak_consent_get_recipient  (guint              n);
const char *sak_consent_get_companion  (guint              n);
gboolean    sak_consent_is_companion   (const char        *path);
gboolean    sak_consent_is_recipient   (const char        *code);

/* Older values may name in them who interpreted or was present. */
gboolean    sak_consent_has_names      (const json_t      *consent);
void        sak_consent_move_names     (json_t            *fields);

G_END_DECLS
