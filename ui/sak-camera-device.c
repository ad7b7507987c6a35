/* sak-camera-device.c - finds a camera, opens it and closes it, all of which take their time
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Video4Linux, or whatever else GStreamer lists; no portal is asked, for there may be none.
 */
#include "config.h"

#include "ui/sak-camera-device.h"

#include <unistd.h>

/* Grey at most as large as helps; a reader that is slow gets the latest picture, not all of them. */
#define SEEING "queue leaky=downstream max-size-buffers=1 ! videoconvert ! videoscale ! " \
               "video/x-raw,format=GRAY8,width=[1,1280],height=[1,1280],pixel-aspect-ratio=1/1 ! " \
               "appsink name=sink sync=false drop=true max-buffers=1"
#define MAX_WAIT (8 * GST_SECOND)
/* Where the kernel puts them. */
#define FOLDER "/dev"
#define BEGINNING "video"

static int n_open;

guint
sak_camera_device_count (void)
{
  return (guint) g_atomic_int_get (&n_open);
}

/* One is there, and this person may not use it. */
static gboolean
is_one_forbidden (void)
{
  g_autoptr (GDir) folder = g_dir_open (FOLDER, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (FOLDER, name, NULL);

      if (g_str_has_prefix (name, BEGINNING) && access (path, R_OK | W_OK) != 0)
        return TRUE;
    }
  return FALSE;
}

static SakCameraState
judge_missing (void)
{
  return is_one_forbidden () ? SAK_CAMERA_NOT_PERMITTED : SAK_CAMERA_NOT_FOUND;
}

SakCameraState
sak_camera_device_judge (GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return SAK_CAMERA_FAILED;
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return SAK_CAMERA_RUNNING;
  gst_message_parse_error (message, &error, NULL);
  if (error->domain != GST_RESOURCE_ERROR)
    return SAK_CAMERA_FAILED;
  switch (error->code)
    {
    case GST_RESOURCE_ERROR_BUSY:
      return SAK_CAMERA_IN_USE;
    case GST_RESOURCE_ERROR_NOT_AUTHORIZED:
      return SAK_CAMERA_NOT_PERMITTED;
    case GST_RESOURCE_ERROR_NOT_FOUND:
      return judge_missing ();
    case GST_RESOURCE_ERROR_OPEN_READ:
    case GST_RESOURCE_ERROR_OPEN_WRITE:
    case GST_RESOURCE_ERROR_OPEN_READ_WRITE:
      return is_one_forbidden () ? SAK_CAMERA_NOT_PERMITTED : SAK_CAMERA_IN_USE;
    default:
      return SAK_CAMERA_FAILED;
    }
}

/* Returns: (transfer floating): the source of the camera, or NULL where there is none. */
static GstElement *
make_source (guint  which,
             guint *ret_n_cameras)
{
  g_autoptr (GstDeviceMonitor) monitor = gst_device_monitor_new ();
  GstElement *source = NULL;
  GList *devices;

  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  if (!gst_device_monitor_start (monitor))
    return NULL;
  devices = gst_device_monitor_get_devices (monitor);
  *ret_n_cameras = g_list_length (devices);
  if (devices != NULL)
    source = gst_device_create_element (g_list_nth_data (devices, which % *ret_n_cameras), NULL);
  gst_device_monitor_stop (monitor);
  g_list_free_full (devices, gst_object_unref);
  return source;
}

static GstElement *
build_for_test (const char *source)
{
  g_autofree char *description = g_strjoin (" ! ", source, SEEING, NULL);

  return gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
}

static GstElement *
build (GstElement *source)
{
  GstElement *seeing = gst_parse_bin_from_description_full (SEEING, TRUE, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  GstElement *pipeline;

  if (seeing == NULL)
    {
      gst_object_unref (gst_object_ref_sink (source));
      return NULL;
    }
  pipeline = gst_pipeline_new (NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, seeing, NULL);
  if (gst_element_link (source, seeing))
    return pipeline;
  gst_object_unref (pipeline);
  return NULL;
}

static SakCameraState
find_cause (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GstMessage *message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);
  SakCameraState state = message != NULL ? sak_camera_device_judge (message) : SAK_CAMERA_FAILED;

  g_clear_pointer (&message, gst_message_unref);
  return state;
}

static SakCameraState
play (GstElement *pipeline)
{
  if (gst_element_set_state (pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE &&
      gst_element_get_state (pipeline, NULL, NULL, MAX_WAIT) != GST_STATE_CHANGE_FAILURE)
    return SAK_CAMERA_RUNNING;
  return find_cause (pipeline);
}

SakCameraDevice *
sak_camera_device_open (const SakCameraWish *wish)
{
  SakCameraDevice *self = g_new0 (SakCameraDevice, 1);
  GstElement *source = NULL;

  self->state = SAK_CAMERA_FAILED;
  if (!gst_init_check (NULL, NULL, NULL))
    return self;
  self->n_cameras = 1;
  if (wish->source != NULL)
    self->pipeline = build_for_test (wish->source);
  else if ((source = make_source (wish->which, &self->n_cameras)) != NULL)
    self->pipeline = build (source);
  else
    self->state = judge_missing ();
  if (self->pipeline == NULL)
    return self;
  g_atomic_int_inc (&n_open);
  self->state = play (self->pipeline);
  return self;
}

void
sak_camera_device_close (gpointer data)
{
  SakCameraDevice *self = data;

  if (self == NULL)
    return;
  if (self->pipeline != NULL)
    {
      gst_element_set_state (self->pipeline, GST_STATE_NULL);
      gst_object_unref (self->pipeline);
      (void) g_atomic_int_dec_and_test (&n_open);
    }
  g_free (self);
}
