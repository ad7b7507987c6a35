/* sak-care-page.h - check and backup
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_CARE_PAGE (sak_care_page_get_type ())
G_DECLARE_FINAL_TYPE (SakCarePage, sak_care_page, SAK, CARE_PAGE, AdwBin)

GtkWidget *sak_care_page_new (SakSession *session);

G_END_DECLS
