/* sak-json-private.h - what reading and writing of JSON share
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-json.h"

G_BEGIN_DECLS

/* Above it two integers share one double, and readers in other languages differ. */
#define SAK_JSON_MAX_INTEGER (G_GINT64_CONSTANT (1) << 53)

G_END_DECLS
