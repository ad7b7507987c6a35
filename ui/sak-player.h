/* sak-player.h - plays a recording from memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkMediaFile of GTK 4.8 plays files only, so this is GStreamer itself: what it reads is
 * the decrypted stream, chunk by chunk, and no plaintext file ever exists.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SAK_TYPE_PLAYER (sak_player_get_type ())
G_DECLARE_FINAL_TYPE (SakPlayer, sak_player, SAK, PLAYER, GObject)

/* @stream: seekable. Emits "changed" (state, position) and "frame" (GdkTexture). */
SakPlayer *sak_player_new          (GInputStream *stream,
                                    guint64       size_bytes) G_GNUC_WARN_UNUSED_RESULT;
void       sak_player_play         (SakPlayer    *self);
void       sak_player_pause        (SakPlayer    *self);
void       sak_player_stop         (SakPlayer    *self);
void       sak_player_seek         (SakPlayer    *self,
                                    double        seconds);
void       sak_player_set_volume   (SakPlayer    *self,
                                    double        volume);
gboolean   sak_player_is_playing   (SakPlayer    *self);
gboolean   sak_player_has_failed   (SakPlayer    *self);
double     sak_player_get_position (SakPlayer    *self);
double     sak_player_get_duration (SakPlayer    *self);

G_END_DECLS
