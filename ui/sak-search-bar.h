/* sak-search-bar.h - above a list: what is searched for, what narrows it, and searches with names
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_SEARCH_BAR (sak_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (SakSearchBar, sak_search_bar, SAK, SEARCH_BAR, AdwBin)

/* Emits "changed" when something else is to be shown, and "left" when Down or Escape leads out of it. */
GtkWidget *sak_search_bar_new        (SakSession      *session,
                                      const char      *kind);
/* Takes a button to the end of its row. */
void       sak_search_bar_append     (SakSearchBar    *self,
                                      GtkWidget       *button);
/* All of it, with the kind. Free with sak_search_free(). */
SakSearch *sak_search_bar_dup_search (SakSearchBar    *self) G_GNUC_WARN_UNUSED_RESULT;
/* NULL: nothing narrows the list any more. */
void       sak_search_bar_set_search (SakSearchBar    *self,
                                      const SakSearch *search);
gboolean   sak_search_bar_has_text   (SakSearchBar    *self);
/* By text or anything else. */
gboolean   sak_search_bar_is_set     (SakSearchBar    *self);

G_END_DECLS
