/* sak-home-page.h - the first page: what waits for the person, and where to begin
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_HOME_PAGE (sak_home_page_get_type ())
G_DECLARE_FINAL_TYPE (SakHomePage, sak_home_page, SAK, HOME_PAGE, AdwBin)

GtkWidget *sak_home_page_new (SakSession *session);

G_END_DECLS
