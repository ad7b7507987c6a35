/* sak-take-out.h - after a delivery: whether the stick may be pulled out, and taking it out
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_TAKE_OUT (sak_take_out_get_type ())
G_DECLARE_FINAL_TYPE (SakTakeOut, sak_take_out, SAK, TAKE_OUT, AdwBin)

/* Hidden until something was delivered. */
GtkWidget *sak_take_out_new  (void);
/* Says that all is at @name; @folder: where that is, or NULL for a server. Where it lies on a mount that can be taken
 * out, there is a button for it.
 */
void       sak_take_out_show (SakTakeOut *self,
                              const char *name,
                              const char *folder);
/* Something goes there again: nothing is said any more. */
void       sak_take_out_hide (SakTakeOut *self);

G_END_DECLS
