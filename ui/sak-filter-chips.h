/* sak-filter-chips.h - what narrows a list, each thing a button that says what it is set to
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_FILTER_CHIPS (sak_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (SakFilterChips, sak_filter_chips, SAK, FILTER_CHIPS, AdwBin)

/* Emits "changed" when the person set or cleared something. */
GtkWidget       *sak_filter_chips_new        (SakSession      *session,
                                              const char      *kind);
void             sak_filter_chips_set_search (SakFilterChips  *self,
                                              const SakSearch *search);
/* With the kind, without text. Borrowed. */
const SakSearch *sak_filter_chips_get_search (SakFilterChips  *self);
gboolean         sak_filter_chips_is_set     (SakFilterChips  *self);

G_END_DECLS
