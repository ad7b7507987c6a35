/* sak-carrier.h - how bundles travel: a folder (stick, Syncthing) or WebDAV, and why they do not
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings are kept by storage/sak-carrier-list.h, where SakCarrier stands; sending is
 * sak-outbox.h, bringing sak-fetch.h. What goes wrong there has the domain SAK_CARRY_ERROR, whose
 * codes are SakCarryReason (storage/sak-outbox-list.h); ui/words/sak-words-carrier.h has a sentence for each.
 */
#pragma once

#include "storage/sak-outbox-list.h"

G_BEGIN_DECLS

#define SAK_CARRY_ERROR (sak_carry_error_quark ())
GQuark         sak_carry_error_quark       (void);

/* Whatever failed: STOPPED for what was cancelled, DISK and the like for SAK_ERROR. */
SakCarryReason sak_carry_reason_from_error (const GError      *error);
/* Whether trying again is no use before somebody did something: a wrong password, but not a
 * server that is down, a stick that is not there or is full.
 */
gboolean       sak_carry_reason_is_lasting (SakCarryReason     reason);
/* The SakError nearest to it, for exit statuses. */
SakError       sak_carry_reason_to_error   (SakCarryReason     reason);
/* Stable names for programs: "unreachable". */
const char    *sak_carry_reason_to_code    (SakCarryReason     reason);

/* Before it is added: an absolute folder that is there, an address that is safe. Sets what
 * belongs to it besides, such as that a folder is on a file system of its own. INVALID, NOT_FOUND.
 */
gboolean       sak_carrier_prepare         (SakCarrier        *carrier,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
