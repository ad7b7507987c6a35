/* sak-media-tile.h - one photo, recording or paper of a record, as a button that opens it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "storage/sak-media.h"
#include "ui/sak-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SAK_TYPE_MEDIA_TILE (sak_media_tile_get_type ())
G_DECLARE_FINAL_TYPE (SakMediaTile, sak_media_tile, SAK, MEDIA_TILE, GtkButton)

/* @media: all files of the record, of SakMediaInfo, which stay as they are; @at: which one. */
GtkWidget          *sak_media_tile_new      (SakSession   *session,
                                             GPtrArray    *media,
                                             guint         at);
/* The same files, of which something else is noted now. */
void                sak_media_tile_set_media (SakMediaTile *self,
                                              GPtrArray    *media);
const SakMediaInfo *sak_media_tile_get_info (SakMediaTile *self);

G_END_DECLS
