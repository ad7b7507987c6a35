/* sak-cli-carrier.h - carriers, for the commands that use them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-carrier-list.h"

G_BEGIN_DECLS

/* As it is typed: "folder". */
const char *sak_cli_carrier_kind (const SakCarrier *carrier);

G_END_DECLS
