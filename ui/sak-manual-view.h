/* sak-manual-view.h - a page of the manual on the screen
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/manual/sak-manual.h"

G_BEGIN_DECLS

#define SAK_TYPE_MANUAL_VIEW (sak_manual_view_get_type ())
G_DECLARE_FINAL_TYPE (SakManualView, sak_manual_view, SAK, MANUAL_VIEW, AdwBin)

/* Scrolls; "link-activated" gives the name of the page that was asked for. @note: above everything, or NULL. */
GtkWidget *sak_manual_view_new     (const SakManualPage *page,
                                    const char          *note);
/* Below the page; taken over. */
void       sak_manual_view_append  (SakManualView       *self,
                                    GtkWidget           *widget);
/* A row that leads to a page: with a title, and words below it, or NULL. */
void       sak_manual_view_add_link (SakManualView      *self,
                                     const char         *target,
                                     const char         *title,
                                     const char         *words);

G_END_DECLS
