/* sak-saved-searches.h - searches with names: run, saved, renamed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/sak-search-bar.h"

G_BEGIN_DECLS

#define SAK_TYPE_SAVED_SEARCHES (sak_saved_searches_get_type ())
G_DECLARE_FINAL_TYPE (SakSavedSearches, sak_saved_searches, SAK, SAVED_SEARCHES, AdwBin)

/* A button below which they stand; what is set in @bar is what is saved. Emits "chosen" with a SakSearch. */
GtkWidget *sak_saved_searches_new (SakSession   *session,
                                   SakSearchBar *bar);

G_END_DECLS
