/* sak-found-card.h - a contact card that was read, to be taken in or not
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "sync/sak-card.h"

G_BEGIN_DECLS

/* Emits "accepted" or "declined". */
#define SAK_TYPE_FOUND_CARD (sak_found_card_get_type ())
G_DECLARE_FINAL_TYPE (SakFoundCard, sak_found_card, SAK, FOUND_CARD, AdwBin)

GtkWidget *sak_found_card_new (const SakContact *contact,
                               SakCardStanding   standing);

G_END_DECLS
