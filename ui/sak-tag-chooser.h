/* sak-tag-chooser.h - the tags that the records of a list have, to choose one of
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_TAG_CHOOSER (sak_tag_chooser_get_type ())
G_DECLARE_FINAL_TYPE (SakTagChooser, sak_tag_chooser, SAK, TAG_CHOOSER, AdwBin)

/* Emits "chosen" with a tag, and "closed" when the person wants it gone. */
GtkWidget *sak_tag_chooser_new   (SakSession    *session,
                                  const char    *kind);
/* Empties what was typed and reads the tags anew; until they are there, none is shown. */
void       sak_tag_chooser_start (SakTagChooser *self);

G_END_DECLS
