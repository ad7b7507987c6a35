/* sak-set-aside-list.h - bundles that were refused and wait in the vault: who, when, why, what to do
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_SET_ASIDE_LIST (sak_set_aside_list_get_type ())
G_DECLARE_FINAL_TYPE (SakSetAsideList, sak_set_aside_list, SAK, SET_ASIDE_LIST, AdwBin)

/* Emits "retry" with the id of one, which is for the page to do: it has the bar. Hidden while nothing waits. */
void sak_set_aside_list_set_session (SakSetAsideList *self,
                                     SakSession      *session);
void sak_set_aside_list_reload      (SakSetAsideList *self);

G_END_DECLS
