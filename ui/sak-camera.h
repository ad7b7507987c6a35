/* sak-camera.h - what a camera sees, in grey, as long as somebody looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing is kept: of what comes only the latest picture is there, in memory, and each is wiped.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SAK_TYPE_CAMERA (sak_camera_get_type ())
G_DECLARE_FINAL_TYPE (SakCamera, sak_camera, SAK, CAMERA, GObject)

typedef enum
{
  SAK_CAMERA_OFF,
  SAK_CAMERA_STARTING,
  SAK_CAMERA_RUNNING,
  /* Why it is off: */
  SAK_CAMERA_NOT_FOUND,
  SAK_CAMERA_IN_USE,            /* another program has it */
  SAK_CAMERA_NOT_PERMITTED,
  SAK_CAMERA_FAILED,
} SakCameraState;

/* One picture: a byte for each pixel, rows without padding. */
typedef struct
{
  guint width;
  guint height;
  GBytes *grey;                 /* wiped when the last reference goes */
} SakCameraPicture;

/* Emits "changed" for the state, and "seen" for a new picture. */
SakCamera              *sak_camera_new         (void) G_GNUC_WARN_UNUSED_RESULT;
/* On a thread of its own: switching a camera on takes a while. */
void                    sak_camera_start       (SakCamera  *self);
/* Whatever was on its way is not told any more; the device is free a moment later. */
void                    sak_camera_stop        (SakCamera  *self);
/* Starts the next one, where there are several. */
void                    sak_camera_start_other (SakCamera  *self);
SakCameraState          sak_camera_get_state   (SakCamera  *self);
/* How many there are; 0 until one was started. */
guint                   sak_camera_get_n       (SakCamera  *self);
/* NULL until there is one. Borrowed, until the next turn of the main loop. */
const SakCameraPicture *sak_camera_get_picture (SakCamera  *self);

/* For tests: another source than a camera, as GStreamer describes it; NULL for that. */
void                    sak_camera_set_source  (const char *description);
/* For tests: how many devices are open in this process, by whichever camera. */
guint                   sak_camera_count_open  (void);

G_END_DECLS
