/* sak-camera-device.h - finds a camera, opens it and closes it, all of which take their time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For sak-camera.c, whose worker's thread they are for.
 */
#pragma once

#include <gst/gst.h>

#include "ui/sak-camera.h"

G_BEGIN_DECLS

typedef struct
{
  char *source;                 /* of a test, or NULL */
  guint which;                  /* of several, counted round and round */
} SakCameraWish;

typedef struct
{
  SakCameraState state;         /* RUNNING, or why not */
  GstElement *pipeline;         /* NULL unless it runs; ends in an appsink called "sink", of GRAY8 */
  guint n_cameras;
} SakCameraDevice;

SakCameraDevice *sak_camera_device_open  (const SakCameraWish *wish) G_GNUC_WARN_UNUSED_RESULT;
/* NULL is taken. */
void             sak_camera_device_close (gpointer             device);
/* What a message of the pipeline means; RUNNING where it means nothing. */
SakCameraState   sak_camera_device_judge (GstMessage          *message);
guint            sak_camera_device_count (void);

G_END_DECLS
