/* sak-progress.h - how a long piece of work says how far it is
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "crypto/sak-error.h"

G_BEGIN_DECLS

/* Called in the thread that does the work, at most some twenty times a second.
 * @total_bytes is 0 where it is not known.
 */
typedef void (*SakProgressFunc) (guint64  done_bytes,
                                 guint64  total_bytes,
                                 gpointer user_data);

G_END_DECLS
