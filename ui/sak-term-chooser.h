/* sak-term-chooser.h - finds terms of a vocabulary by typing or by going down its levels
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/model/sak-vocabulary.h"

G_BEGIN_DECLS

#define SAK_TYPE_TERM_CHOOSER (sak_term_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SakTermChooser, sak_term_chooser, SAK, TERM_CHOOSER, AdwBin)

/* @under: (nullable): the code of the term under which to choose; @is_many: whether it stays
 * open. Emits "chosen" with a code, and "closed" when the person wants it gone.
 */
GtkWidget *sak_term_chooser_new        (const SakVocabulary *vocabulary,
                                        const char          *under,
                                        gboolean             is_many,
                                        const char          *name);
/* Marks what is chosen already: an array of codes. */
void       sak_term_chooser_set_chosen (SakTermChooser      *self,
                                        const json_t        *codes);
/* Empties what was typed and goes back to the top. */
void       sak_term_chooser_start      (SakTermChooser      *self);

G_END_DECLS
