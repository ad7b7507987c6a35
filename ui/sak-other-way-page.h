/* sak-other-way-page.h - opens a vault without its passphrase
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

/* Emits "opened" with the vault and its path, "left" when the passphrase was remembered. */
#define SAK_TYPE_OTHER_WAY_PAGE (sak_other_way_page_get_type ())
G_DECLARE_FINAL_TYPE (SakOtherWayPage, sak_other_way_page, SAK, OTHER_WAY_PAGE, AdwBin)

GtkWidget *sak_other_way_page_new      (SakWorker       *worker);
/* What is being opened does not open any more. */
void       sak_other_way_page_leave    (SakOtherWayPage *self);
void       sak_other_way_page_set_path (SakOtherWayPage *self,
                                        const char      *path);

G_END_DECLS
