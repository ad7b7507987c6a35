/* sak-left-out.h - tells which files a lock kept out of the vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Once, over @parent, where there are any. */
void sak_left_out_tell (GtkWindow  *parent,
                        SakSession *session);

G_END_DECLS
