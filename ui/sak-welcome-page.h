/* sak-welcome-page.h - the very first page: in which language?
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Emits "chosen" with a language's code. */
#define SAK_TYPE_WELCOME_PAGE (sak_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (SakWelcomePage, sak_welcome_page, SAK, WELCOME_PAGE, AdwBin)

GtkWidget *sak_welcome_page_new (void);

G_END_DECLS
