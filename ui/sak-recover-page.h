/* sak-recover-page.h - restores a backup, or rescues what can still be read of a damaged vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

/* Emits "vault-chosen" with the path of the new vault when it is to be opened. */
#define SAK_TYPE_RECOVER_PAGE (sak_recover_page_get_type ())
G_DECLARE_FINAL_TYPE (SakRecoverPage, sak_recover_page, SAK, RECOVER_PAGE, AdwBin)

/* From a backup; @damaged_vault: from that instead. */
GtkWidget *sak_recover_page_new        (SakWorker      *worker,
                                        const char     *damaged_vault);
/* For the file that was chosen, and for tests. */
void       sak_recover_page_set_source (SakRecoverPage *self,
                                        const char     *filename);

G_END_DECLS
