/* sak-player-view.h - a recording or film being played: picture, position, loudness
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAK_TYPE_PLAYER_VIEW (sak_player_view_get_type ())
G_DECLARE_FINAL_TYPE (SakPlayerView, sak_player_view, SAK, PLAYER_VIEW, AdwBin)

/* Emits "failed" when what it was given cannot be played. */
GtkWidget *sak_player_view_new    (void);
/* @stream: seekable; NULL stops what plays and lets go of it. */
void       sak_player_view_open   (SakPlayerView *self,
                                   GInputStream  *stream,
                                   guint64        size_bytes);
void       sak_player_view_toggle (SakPlayerView *self);
void       sak_player_view_skip   (SakPlayerView *self,
                                   double         seconds);
/* By so much of all there is, which is 1. */
void       sak_player_view_louder (SakPlayerView *self,
                                   double         by);

G_END_DECLS
