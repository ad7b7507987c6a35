/* sak-choosing-bar.h - below a list from which some are being chosen: how many, and what to do with them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-record-list-model.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CHOOSING_BAR (sak_choosing_bar_get_type ())
G_DECLARE_FINAL_TYPE (SakChoosingBar, sak_choosing_bar, SAK, CHOOSING_BAR, AdwBin)

GtkWidget *sak_choosing_bar_new        (SakSession         *session,
                                        SakRecordListModel *model);
/* Hidden, nothing is chosen. */
void       sak_choosing_bar_set_active (SakChoosingBar     *self,
                                        gboolean            is_active);
void       sak_choosing_bar_toggle     (SakChoosingBar     *self,
                                        guint               position);

G_END_DECLS
