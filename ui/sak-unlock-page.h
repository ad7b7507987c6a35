/* sak-unlock-page.h - asks for the passphrase of a vault
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-worker.h"

G_BEGIN_DECLS

#define SAK_TYPE_UNLOCK_PAGE (sak_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (SakUnlockPage, sak_unlock_page, SAK, UNLOCK_PAGE, AdwBin)

/* Emits "opened" with the SakVault and its folder. */
GtkWidget  *sak_unlock_page_new      (SakWorker     *worker);
void        sak_unlock_page_set_path (SakUnlockPage *self,
                                      const char    *path);
/* Before another page takes its place: what is being opened stays closed. */
void        sak_unlock_page_leave    (SakUnlockPage *self);

G_END_DECLS
