/* sak-media-notes.h - what is noted about a file, beside it: caption, who is in it, consent
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "storage/sak-media.h"
#include "ui/sak-session.h"

G_BEGIN_DECLS

#define SAK_TYPE_MEDIA_NOTES (sak_media_notes_get_type ())
G_DECLARE_FINAL_TYPE (SakMediaNotes, sak_media_notes, SAK, MEDIA_NOTES, AdwBin)

/* Emits "changed" with the id of the file ("media/ID") and the notes, a json_t of the members of
 * SAK_MEDIA_NOTE_MEMBERS, a second after the last change, and before anything else is shown.
 */
GtkWidget *sak_media_notes_new   (SakSession         *session);
/* @info: NULL shows nothing. */
void       sak_media_notes_show  (SakMediaNotes      *self,
                                  const SakMediaInfo *info,
                                  gboolean            is_editable);
void       sak_media_notes_flush (SakMediaNotes      *self);

G_END_DECLS
