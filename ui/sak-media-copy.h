/* sak-media-copy.h - saves a file of the vault outside of it, after a warning
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-media.h"
#include "ui/sak-progress-bar.h"

G_BEGIN_DECLS

/* Asks, lets a place be chosen, copies. @bar and @outcome belong to @asker and live as long. */
void sak_media_copy_ask (GtkWidget          *asker,
                         SakSession         *session,
                         const SakMediaInfo *info,
                         SakProgressBar     *bar,
                         GtkLabel           *outcome);

G_END_DECLS
