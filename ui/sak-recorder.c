/* sak-recorder.c - records sound from the microphone into an encrypted recording
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opus in Ogg, whose pages come twice a second: each is sealed and written on GStreamer's own
 * thread as soon as it is there. A file cut off between two pages plays to its last page.
 */
#include "config.h"

#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <math.h>

#include "ui/sak-recorder.h"

#define MICROPHONE "autoaudiosrc"
/* Speech; a quarter of an hour is 5 MB. */
#define ENCODING "audioconvert ! audioresample ! audio/x-raw,rate=48000,channels=1 ! " \
                 "level name=level interval=100000000 ! opusenc bitrate=48000 ! " \
                 "oggmux max-delay=400000000 max-page-delay=400000000 ! appsink name=sink sync=false"
/* What a microphone gives in a quiet room. */
#define SILENCE_DECIBEL -60.0

/* What GStreamer's thread uses. */
typedef struct
{
  GMutex mutex;
  SakRecording *recording;      /* NULL once it is closed */
  GError *failure;
} Sink;

struct _SakRecorder
{
  GObject parent_instance;
  GstElement *pipeline;
  guint bus_watch;
  Sink sink;
  char *id;
  SakRecorderState state;
  GError *error;
  double level;
  double seconds;
};

G_DEFINE_FINAL_TYPE (SakRecorder, sak_recorder, G_TYPE_OBJECT)

static guint changed_signal;
static char *source_description;

void
sak_recorder_set_source (const char *description)
{
  g_free (source_description);
  source_description = g_strdup (description);
}

static void
set_state (SakRecorder      *self,
           SakRecorderState  state)
{
  self->state = state;
  if (state != SAK_RECORDER_RECORDING)
    self->level = 0;
  g_signal_emit (self, changed_signal, 0);
}

/* Waits for GStreamer's threads to end; nothing is written afterwards. */
static void
close_all (SakRecorder *self)
{
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);
  g_clear_pointer (&self->sink.recording, sak_recording_free);
}

static void
fail (SakRecorder *self,
      GError      *error)
{
  if (self->state == SAK_RECORDER_FAILED || self->state == SAK_RECORDER_ENDED)
    {
      g_clear_error (&error);
      return;
    }
  self->error = error;
  close_all (self);
  set_state (self, SAK_RECORDER_FAILED);
}

/* On a thread of GStreamer. */
static GstFlowReturn
page_came_cb (GstAppSink *appsink,
              gpointer    data)
{
  SakRecorder *self = data;
  GstSample *sample = gst_app_sink_pull_sample (appsink);
  GstBuffer *buffer = sample != NULL ? gst_sample_get_buffer (sample) : NULL;
  gboolean is_written = FALSE;
  GstMapInfo map;

  if (buffer != NULL && gst_buffer_map (buffer, &map, GST_MAP_READ))
    {
      g_mutex_lock (&self->sink.mutex);
      is_written = self->sink.failure == NULL &&
                   sak_recording_append (self->sink.recording, map.data, map.size, &self->sink.failure);
      g_mutex_unlock (&self->sink.mutex);
      gst_buffer_unmap (buffer, &map);
    }
  if (sample != NULL)
    gst_sample_unref (sample);
  return is_written ? GST_FLOW_OK : GST_FLOW_ERROR;
}

static double
read_level (const GstStructure *structure)
{
  const GValue *values = gst_structure_get_value (structure, "rms");
  const GValue *first;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  const GValueArray *array = values != NULL ? g_value_get_boxed (values) : NULL;
  first = array != NULL && array->n_values > 0 ? &array->values[0] : NULL;
  G_GNUC_END_IGNORE_DEPRECATIONS
  return first != NULL ? CLAMP (1 - g_value_get_double (first) / SILENCE_DECIBEL, 0, 1) : 0;
}

static void
element_spoke (SakRecorder *self,
               GstMessage  *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  GstClockTime end = GST_CLOCK_TIME_NONE;

  if (self->state != SAK_RECORDER_RECORDING || !gst_structure_has_name (structure, "level"))
    return;
  self->level = read_level (structure);
  if (gst_structure_get_clock_time (structure, "endtime", &end) && GST_CLOCK_TIME_IS_VALID (end))
    self->seconds = (double) end / GST_SECOND;
  g_signal_emit (self, changed_signal, 0);
}

/* Of the disk, if it was that; else the microphone is not there or went away. */
static GError *
take_failure (SakRecorder *self)
{
  GError *failure;

  g_mutex_lock (&self->sink.mutex);
  failure = g_steal_pointer (&self->sink.failure);
  g_mutex_unlock (&self->sink.mutex);
  if (failure == NULL)
    failure = g_error_new_literal (SAK_ERROR, SAK_ERROR_NOT_FOUND, "no microphone can be used");
  return failure;
}

static gboolean
message_received_cb (GstBus     *bus,
                     GstMessage *message,
                     gpointer    data)
{
  g_autoptr (SakRecorder) self = g_object_ref (SAK_RECORDER (data));

  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ELEMENT:
      element_spoke (self, message);
      break;
    case GST_MESSAGE_EOS:
      close_all (self);
      set_state (self, SAK_RECORDER_ENDED);
      return G_SOURCE_REMOVE;
    case GST_MESSAGE_WARNING:
      /* Where it finds no microphone, autoaudiosrc says so and goes on with silence. */
      if (g_strcmp0 (G_OBJECT_TYPE_NAME (GST_MESSAGE_SRC (message)), "GstAutoAudioSrc") != 0)
        break;
      fail (self, take_failure (self));
      return G_SOURCE_REMOVE;
    case GST_MESSAGE_ERROR:
      fail (self, take_failure (self));
      return G_SOURCE_REMOVE;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
build (SakRecorder *self)
{
  g_autofree char *description = g_strjoin (" ! ", source_description != NULL ? source_description : MICROPHONE,
                                            "queue", ENCODING, NULL);
  GstAppSinkCallbacks callbacks = { .new_sample = page_came_cb };
  g_autoptr (GstElement) appsink = NULL;
  g_autoptr (GstBus) bus = NULL;

  if (!gst_init_check (NULL, NULL, NULL))
    return FALSE;
  self->pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
  if (self->pipeline == NULL)
    return FALSE;
  appsink = gst_bin_get_by_name (GST_BIN (self->pipeline), "sink");
  gst_app_sink_set_callbacks (GST_APP_SINK (appsink), &callbacks, self, NULL);
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, message_received_cb, self);
  return TRUE;
}

void
sak_recorder_start (SakRecorder *self)
{
  if (self->state != SAK_RECORDER_READY && self->state != SAK_RECORDER_PAUSED)
    return;
  if ((self->pipeline == NULL && !build (self)) ||
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    {
      fail (self, take_failure (self));
      return;
    }
  set_state (self, SAK_RECORDER_RECORDING);
}

void
sak_recorder_pause (SakRecorder *self)
{
  if (self->state != SAK_RECORDER_RECORDING)
    return;
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  set_state (self, SAK_RECORDER_PAUSED);
}

void
sak_recorder_end (SakRecorder *self)
{
  if (self->state == SAK_RECORDER_READY)
    {
      close_all (self);
      set_state (self, SAK_RECORDER_ENDED);
    }
  if (self->state != SAK_RECORDER_RECORDING && self->state != SAK_RECORDER_PAUSED)
    return;
  /* The end goes the way of the sound, and while it is paused nothing goes. */
  if (self->state == SAK_RECORDER_PAUSED)
    gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  gst_element_send_event (self->pipeline, gst_event_new_eos ());
  set_state (self, SAK_RECORDER_ENDING);
}

void
sak_recorder_break_off (SakRecorder *self)
{
  close_all (self);
  self->state = SAK_RECORDER_ENDED;
}

SakRecorderState
sak_recorder_get_state (SakRecorder *self)
{
  return self->state;
}

const GError *
sak_recorder_get_error (SakRecorder *self)
{
  return self->error;
}

double
sak_recorder_get_level (SakRecorder *self)
{
  return self->level;
}

double
sak_recorder_get_seconds (SakRecorder *self)
{
  return self->seconds;
}

const char *
sak_recorder_get_id (SakRecorder *self)
{
  return self->id;
}

static void
sak_recorder_dispose (GObject *object)
{
  close_all (SAK_RECORDER (object));
  G_OBJECT_CLASS (sak_recorder_parent_class)->dispose (object);
}

static void
sak_recorder_finalize (GObject *object)
{
  SakRecorder *self = SAK_RECORDER (object);

  g_mutex_clear (&self->sink.mutex);
  g_clear_error (&self->sink.failure);
  g_clear_error (&self->error);
  g_free (self->id);
  G_OBJECT_CLASS (sak_recorder_parent_class)->finalize (object);
}

static void
sak_recorder_class_init (SakRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_recorder_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_recorder_finalize;
  changed_signal = g_signal_new ("changed", SAK_TYPE_RECORDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 0);
}

static void
sak_recorder_init (SakRecorder *self)
{
  g_mutex_init (&self->sink.mutex);
}

SakRecorder *
sak_recorder_new (SakRecording *recording)
{
  SakRecorder *self = g_object_new (SAK_TYPE_RECORDER, NULL);

  self->sink.recording = recording;
  self->id = g_strdup (sak_recording_get_id (recording));
  return self;
}
