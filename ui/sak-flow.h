/* sak-flow.h - Tab goes through what lies in a flow box, and never stops at what is around it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Before the first flow box is made. */
void sak_flow_init (void);

G_END_DECLS
