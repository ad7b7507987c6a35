/* sak-camera-view.h - shows what the camera sees, and reads the codes in it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Emits "read" with an array of SakSecret, for each picture that was looked at while it runs, and "changed" when it
 * begins or ends. The camera is let go when this is not on the screen any more.
 */
#define SAK_TYPE_CAMERA_VIEW (sak_camera_view_get_type ())
G_DECLARE_FINAL_TYPE (SakCameraView, sak_camera_view, SAK, CAMERA_VIEW, AdwBin)

GtkWidget  *sak_camera_view_new       (void);
void        sak_camera_view_start     (SakCameraView *self);
void        sak_camera_view_stop      (SakCameraView *self);
/* Starting, or running. */
gboolean    sak_camera_view_is_on     (SakCameraView *self);
/* Why there is no picture, and what to do; NULL while there is nothing to say. */
const char *sak_camera_view_get_words (SakCameraView *self);

G_END_DECLS
