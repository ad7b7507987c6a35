/* sak-zawgyi-hint.h - a quiet line below a text that is surely Zawgyi, and the way to Unicode and back
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_ZAWGYI_HINT (sak_zawgyi_hint_get_type ())
G_DECLARE_FINAL_TYPE (SakZawgyiHint, sak_zawgyi_hint, SAK, ZAWGYI_HINT, AdwBin)

/* @control: a GtkEditable or GtkTextView, which lives as long; it gets the keyboard after a conversion was
 * taken back. Belongs below it.
 */
GtkWidget *sak_zawgyi_hint_new (GtkWidget *control);

G_END_DECLS
