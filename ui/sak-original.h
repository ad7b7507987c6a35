/* sak-original.h - the text that a translation is of, to be read beside it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/model/sak-form.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_ORIGINAL (sak_original_get_type ())
G_DECLARE_FINAL_TYPE (SakOriginal, sak_original, SAK, ORIGINAL, AdwBin)

/* NULL where @translation is none. @field: what it is written in, and stands with this in sak_original_pair(). */
SakOriginal *sak_original_new     (const SakForm      *form,
                                   const SakFormField *translation,
                                   GtkWidget          *field);
/* Both side by side where there is room, else this one above. */
GtkWidget   *sak_original_pair    (SakOriginal        *self);
void         sak_original_refresh (SakOriginal        *self,
                                   const json_t       *fields,
                                   gboolean            is_editing);

G_END_DECLS
