/* sak-ways-page.h - the ways to open this vault: listed, added, changed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_WAYS_PAGE (sak_ways_page_get_type ())
G_DECLARE_FINAL_TYPE (SakWaysPage, sak_ways_page, SAK, WAYS_PAGE, AdwBin)

GtkWidget *sak_ways_page_new              (SakSession  *session);
/* Whoever just opened the vault without its passphrase may set a new one at once. */
void       sak_ways_page_offer_passphrase (SakWaysPage *self);

/* As if it had been chosen for the key file that is being made. */
void       sak_ways_page_save_key_file    (SakWaysPage *self,
                                           const char  *filename);

G_END_DECLS
