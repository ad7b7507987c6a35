/* sak-cli-card.h - a contact card from a file, whatever it is in, and how far contacts are known
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "app/cli/sak-cli.h"
#include "storage/sak-contact.h"

G_BEGIN_DECLS

/* A card, the text of its QR code, or a picture of that. "-" is standard input, for text alone. */
GBytes *sak_cli_read_card (const char  *name,
                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/* "seen", "compared", "revoked". */
const char *sak_cli_name_trust      (SakTrust          trust);
/* How far the contact is known here, also by notices; free with g_free(). */
char       *sak_cli_say_trust       (SakCli           *cli,
                                     const SakContact *contact,
                                     GError          **error);

G_END_DECLS
