/* sak-start-page.h - no vault is chosen yet: make one, or open one
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_START_PAGE (sak_start_page_get_type ())
G_DECLARE_FINAL_TYPE (SakStartPage, sak_start_page, SAK, START_PAGE, AdwBin)

/* Emits "create-asked", and "vault-chosen" with a folder. */
GtkWidget *sak_start_page_new        (void);
/* Looks again for vaults in the default place. */
void       sak_start_page_refresh    (SakStartPage *self);
/* Goes straight to its passphrase, if there turns out to be one vault and no more. Once. */
void       sak_start_page_open_only_vault (SakStartPage *self);
/* Where vaults are made when nothing else is said. */
char      *sak_start_page_dup_folder (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
