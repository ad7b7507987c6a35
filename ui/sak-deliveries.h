/* sak-deliveries.h - to whom a record was sent, and whether it arrived
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_DELIVERIES (sak_deliveries_get_type ())
G_DECLARE_FINAL_TYPE (SakDeliveries, sak_deliveries, SAK, DELIVERIES, AdwBin)

/* Hidden while it was sent to nobody. */
GtkWidget *sak_deliveries_new  (SakSession    *session);
void       sak_deliveries_load (SakDeliveries *self,
                                const char    *record);

G_END_DECLS
