/* sak-export-page.h - makes a bundle, after showing what will leave this computer
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_EXPORT_PAGE (sak_export_page_get_type ())
G_DECLARE_FINAL_TYPE (SakExportPage, sak_export_page, SAK, EXPORT_PAGE, AdwBin)

GtkWidget *sak_export_page_new         (SakSession         *session);
/* Of these alone, before anybody is chosen. */
void       sak_export_page_set_records (SakExportPage      *self,
                                        const char *const  *records);

G_END_DECLS
