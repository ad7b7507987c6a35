/* sak-attempts.h - how long to wait after wrong passphrases
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before the next try, after @n_wrong wrong ones in a row. */
guint sak_attempts_get_delay_seconds (guint n_wrong);

G_END_DECLS
