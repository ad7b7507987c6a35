/* sak-import-page.h - looks into a bundle that arrived, and imports it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_IMPORT_PAGE (sak_import_page_get_type ())
G_DECLARE_FINAL_TYPE (SakImportPage, sak_import_page, SAK, IMPORT_PAGE, AdwBin)

GtkWidget *sak_import_page_new (SakSession *session);

G_END_DECLS
