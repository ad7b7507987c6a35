/* sak-giving-up.h - asks before a window is closed with what was written in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* For a "close-request" of a window with something in it that is kept nowhere else: asks, and closes it if the person
 * says so. Returns: whether it is to stay for now.
 */
gboolean sak_giving_up_ask (GtkWindow *window);

G_END_DECLS
