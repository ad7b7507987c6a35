/* sak-iso-codes.h - divisions of other countries, from the system's iso-codes
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAK_ISO_CODES_PATH "/usr/share/iso-codes/json/iso_3166-2.json"

/* At the program's start, before threads. FALSE where there is none, or none that can be
 * read: then other countries have no divisions to choose from, and ours have theirs.
 */
gboolean sak_iso_codes_load (const char *path);

G_END_DECLS
