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
/* What was told to one server, allowed for it, and found out about one folder, is not for another: password, flags. The
 * name stays, which goes nowhere without a password, and the certificate, without which another server is refused.
 */
void           sak_carrier_move_to         (SakCarrier        *carrier,
                                            const char        *address);
/* Whether a folder is there now, on what it was on. In any thread: where it lies may take its time. */
gboolean       sak_carrier_is_there        (const SakCarrier  *carrier);
/* Looks there, and changes nothing; in any thread. @ret_certificate: (out) (transfer full): what the server showed, if
 * that was refused: 64 hexadecimal digits; else NULL. SAK_CARRY_ERROR, G_IO_ERROR_CANCELLED.
 */
gboolean       sak_carrier_try             (const SakCarrier  *carrier,
                                            char             **ret_certificate,
                                            GCancellable      *cancellable,
                                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
