/* sak-create-page.h - a new vault in three steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-worker.h"

G_BEGIN_DECLS

#define SAK_TYPE_CREATE_PAGE (sak_create_page_get_type ())
G_DECLARE_FINAL_TYPE (SakCreatePage, sak_create_page, SAK, CREATE_PAGE, AdwBin)

/* Emits "opened" with the SakVault and its folder, "left" where nothing is to be made. */
GtkWidget *sak_create_page_new   (SakWorker     *worker);
void       sak_create_page_clear (SakCreatePage *self);

G_END_DECLS
