/* sak-camera.c - what a camera sees, in grey, as long as somebody looks
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening and closing are jobs of one thread, one after the other, so that a camera that is closed and opened at
 * once is free by then. Pictures are asked for by the clock: what nobody asks for is dropped by GStreamer.
 */
#include "config.h"

#include "ui/sak-camera.h"

#include <gst/app/gstappsink.h>
#include <gst/video/video.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-worker.h"
#include "ui/sak-camera-device.h"

#define LOOK_MS 50

struct _SakCamera
{
  GObject parent_instance;
  SakCameraState state;
  SakCameraDevice *device;      /* while it runs */
  GstAppSink *sink;
  GCancellable *opening;        /* while it starts */
  guint timer;
  guint which;
  guint n_cameras;
  SakCameraPicture picture;
};

G_DEFINE_FINAL_TYPE (SakCamera, sak_camera, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_SEEN, N_SIGNALS };
static guint signals[N_SIGNALS];
static char *test_source;

void
sak_camera_set_source (const char *description)
{
  g_free (test_source);
  test_source = g_strdup (description);
}

guint
sak_camera_count_open (void)
{
  return sak_camera_device_count ();
}

static SakWorker *
get_worker (void)
{
  static SakWorker *worker;

  if (worker == NULL)
    worker = sak_worker_new ();
  return worker;
}

static void
set_state (SakCamera      *self,
           SakCameraState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Closing */

static gpointer
close_job (gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  sak_camera_device_close (data);
  return SAK_JOB_DONE;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      unused)
{
  g_autoptr (GError) error = NULL;

  if (sak_worker_run_finish (SAK_WORKER (source), result, &error) == NULL)
    g_debug ("a camera was not closed: %s", error->message);
}

static void
close_device (SakCameraDevice *device)
{
  if (device != NULL)
    sak_worker_run_async (get_worker (), close_job, device, NULL, NULL, NULL, closed_cb, NULL);
}

static void
let_go (SakCamera *self)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_handle_id (&self->timer, g_source_remove);
  gst_clear_object (&self->sink);
  close_device (g_steal_pointer (&self->device));
  g_clear_pointer (&self->picture.grey, g_bytes_unref);
}

static void
end (SakCamera      *self,
     SakCameraState  state)
{
  let_go (self);
  set_state (self, state);
}

/* Looking */

typedef struct
{
  gsize size;
  guint8 bytes[];
} Pixels;

static void
wipe_pixels (gpointer data)
{
  Pixels *pixels = data;

  sak_wipe (pixels->bytes, pixels->size);
  g_free (pixels);
}

static void
keep_rows (SakCamera           *self,
           const GstVideoFrame *frame)
{
  const guint8 *from = GST_VIDEO_FRAME_PLANE_DATA (frame, 0);
  gsize width = (gsize) GST_VIDEO_FRAME_WIDTH (frame), height = (gsize) GST_VIDEO_FRAME_HEIGHT (frame);
  Pixels *pixels = g_malloc (sizeof *pixels + width * height);

  pixels->size = width * height;
  for (gsize y = 0; y < height; y++)
    memcpy (pixels->bytes + y * width, from + y * (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0), width);
  g_clear_pointer (&self->picture.grey, g_bytes_unref);
  self->picture.width = (guint) width;
  self->picture.height = (guint) height;
  self->picture.grey = g_bytes_new_with_free_func (pixels->bytes, pixels->size, wipe_pixels, pixels);
}

static gboolean
keep_picture (SakCamera *self,
              GstSample *sample)
{
  GstCaps *caps = gst_sample_get_caps (sample);
  GstVideoInfo info;
  GstVideoFrame frame;

  if (caps == NULL || !gst_video_info_from_caps (&info, caps) ||
      GST_VIDEO_INFO_FORMAT (&info) != GST_VIDEO_FORMAT_GRAY8 ||
      !gst_video_frame_map (&frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return FALSE;
  keep_rows (self, &frame);
  gst_video_frame_unmap (&frame);
  return TRUE;
}

static SakCameraState
hear_messages (SakCamera *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->device->pipeline);
  SakCameraState state = SAK_CAMERA_RUNNING;
  GstMessage *message;

  while (state == SAK_CAMERA_RUNNING && (message = gst_bus_pop (bus)) != NULL)
    {
      state = sak_camera_device_judge (message);
      gst_message_unref (message);
    }
  return state;
}

static gboolean
look_cb (gpointer data)
{
  g_autoptr (SakCamera) self = g_object_ref (SAK_CAMERA (data));
  SakCameraState state = hear_messages (self);
  GstSample *sample;

  if (state != SAK_CAMERA_RUNNING)
    {
      /* It goes with this turn. */
      self->timer = 0;
      end (self, state);
      return G_SOURCE_REMOVE;
    }
  sample = gst_app_sink_try_pull_sample (self->sink, 0);
  if (sample != NULL)
    {
      gboolean is_kept = keep_picture (self, sample);

      gst_sample_unref (sample);
      if (is_kept)
        g_signal_emit (self, signals[SIGNAL_SEEN], 0);
    }
  return G_SOURCE_CONTINUE;
}

/* Opening */

static void
free_wish (gpointer data)
{
  SakCameraWish *wish = data;

  g_free (wish->source);
  g_free (wish);
}

static gpointer
open_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return sak_camera_device_open (data);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SakCamera) self = data;
  SakCameraDevice *device = sak_worker_run_finish (SAK_WORKER (source), result, NULL);

  /* Stopped meanwhile, or started anew. */
  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      close_device (device);
      return;
    }
  g_clear_object (&self->opening);
  if (device == NULL)
    {
      end (self, SAK_CAMERA_FAILED);
      return;
    }
  self->n_cameras = device->n_cameras;
  if (device->state != SAK_CAMERA_RUNNING)
    {
      SakCameraState state = device->state;

      close_device (device);
      end (self, state);
      return;
    }
  self->device = device;
  self->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (device->pipeline), "sink"));
  self->timer = g_timeout_add (LOOK_MS, look_cb, self);
  set_state (self, SAK_CAMERA_RUNNING);
}

void
sak_camera_start (SakCamera *self)
{
  SakCameraWish *wish;

  if (self->state == SAK_CAMERA_STARTING || self->state == SAK_CAMERA_RUNNING)
    return;
  wish = g_new0 (SakCameraWish, 1);
  wish->source = g_strdup (test_source);
  wish->which = self->which;
  self->opening = g_cancellable_new ();
  set_state (self, SAK_CAMERA_STARTING);
  sak_worker_run_async (get_worker (), open_job, wish, free_wish, sak_camera_device_close, self->opening, opened_cb,
                        g_object_ref (self));
}

/* Why it could not be used stays said. */
void
sak_camera_stop (SakCamera *self)
{
  if (self->state == SAK_CAMERA_STARTING || self->state == SAK_CAMERA_RUNNING)
    end (self, SAK_CAMERA_OFF);
}

void
sak_camera_start_other (SakCamera *self)
{
  /* Not told in between: what shows it would go away, and the focus with it. */
  let_go (self);
  self->state = SAK_CAMERA_OFF;
  self->which++;
  sak_camera_start (self);
}

SakCameraState
sak_camera_get_state (SakCamera *self)
{
  return self->state;
}

guint
sak_camera_get_n (SakCamera *self)
{
  return self->n_cameras;
}

const SakCameraPicture *
sak_camera_get_picture (SakCamera *self)
{
  return self->picture.grey != NULL ? &self->picture : NULL;
}

static void
sak_camera_dispose (GObject *object)
{
  let_go (SAK_CAMERA (object));
  G_OBJECT_CLASS (sak_camera_parent_class)->dispose (object);
}

static void
sak_camera_class_init (SakCameraClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_camera_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_SEEN] = g_signal_new ("seen", SAK_TYPE_CAMERA, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
}

static void
sak_camera_init (SakCamera *self)
{
}

SakCamera *
sak_camera_new (void)
{
  return g_object_new (SAK_TYPE_CAMERA, NULL);
}
