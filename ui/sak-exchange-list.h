/* sak-exchange-list.h - how far the exchange with each contact is, and what can be done about it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_EXCHANGE_LIST (sak_exchange_list_get_type ())
G_DECLARE_FINAL_TYPE (SakExchangeList, sak_exchange_list, SAK, EXCHANGE_LIST, AdwBin)

/* Emits "show-sent" with a contact's name. */
GtkWidget *sak_exchange_list_new (SakSession *session);

G_END_DECLS
