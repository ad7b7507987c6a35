/* sak-cli-card.h - a contact card from a file, whatever it is in
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A card, the text of its QR code, or a picture of that. "-" is standard input, for text alone. */
GBytes *sak_cli_read_card (const char  *name,
                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
