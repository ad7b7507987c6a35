/* sak-zawgyi-hint.h - a quiet line below a text that is surely Zawgyi, and the way to Unicode and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_ZAWGYI_HINT (sak_zawgyi_hint_get_type ())
G_DECLARE_FINAL_TYPE (SakZawgyiHint, sak_zawgyi_hint, SAK, ZAWGYI_HINT, AdwBin)

/* Emits "replace" with the text that is to stand in @control, which gets the keyboard after it. */
GtkWidget *sak_zawgyi_hint_new   (GtkWidget     *control);
/* Each time that the text is another one; looks at it when no more comes. */
void       sak_zawgyi_hint_watch (SakZawgyiHint *self,
                                  const char    *text);

G_END_DECLS
