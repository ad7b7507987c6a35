/* sak-player.c - plays a recording from memory
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * appsrc asks for bytes and seeks on GStreamer's threads; one mutex makes them one reader.
 * Video frames come through an appsink, because Debian 12 has no GTK 4 sink.
 */
#include "config.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>

#include "ui/sak-player.h"

#include <string.h>

#define READ_SIZE (64 * 1024)

/* What GStreamer's threads use; outlives the player if they are slow to end. */
typedef struct
{
  gatomicrefcount ref_count;
  GMutex mutex;
  GInputStream *stream;
} Source;

struct _SakPlayer
{
  GObject parent_instance;
  GstElement *pipeline;
  GstElement *decoder;
  Source *source;
  guint timer;
  guint bus_watch;
  guint frame_idle;
  GMutex frame_mutex;
  GstSample *frame;             /* the newest, not shown yet */
  gboolean is_playing;
  gboolean has_failed;
  gboolean has_ended;
  int percent;                  /* how loud; also read by GStreamer's threads */
};

G_DEFINE_FINAL_TYPE (SakPlayer, sak_player, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_FRAME, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
unref_source (gpointer data)
{
  Source *source = data;

  if (!g_atomic_ref_count_dec (&source->ref_count))
    return;
  g_object_unref (source->stream);
  g_mutex_clear (&source->mutex);
  g_free (source);
}

static void
data_needed_cb (GstAppSrc *appsrc,
                guint      length,
                gpointer   data)
{
  Source *source = data;
  g_autofree guint8 *bytes = g_malloc (READ_SIZE);
  gsize size = 0;
  gboolean is_read;

  g_mutex_lock (&source->mutex);
  is_read = g_input_stream_read_all (source->stream, bytes, READ_SIZE, &size, NULL, NULL);
  g_mutex_unlock (&source->mutex);

  if (!is_read)
    GST_ELEMENT_ERROR (appsrc, RESOURCE, READ, ("cannot read"), (NULL));
  else if (size == 0)
    gst_app_src_end_of_stream (appsrc);
  else
    gst_app_src_push_buffer (appsrc, gst_buffer_new_wrapped (g_steal_pointer (&bytes), size));
}

static gboolean
seek_asked_cb (GstAppSrc *appsrc,
               guint64    offset,
               gpointer   data)
{
  Source *source = data;
  gboolean is_done;

  g_mutex_lock (&source->mutex);
  is_done = g_seekable_seek (G_SEEKABLE (source->stream), (goffset) offset, G_SEEK_SET, NULL, NULL);
  g_mutex_unlock (&source->mutex);
  return is_done;
}

static GdkTexture *
make_texture (GstSample *sample)
{
  GstCaps *caps = gst_sample_get_caps (sample);
  GstStructure *format = caps != NULL ? gst_caps_get_structure (caps, 0) : NULL;
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  g_autoptr (GBytes) bytes = NULL;
  GstMapInfo map;
  int width = 0, height = 0;

  if (format == NULL || buffer == NULL || !gst_structure_get_int (format, "width", &width)
      || !gst_structure_get_int (format, "height", &height) || width <= 0 || height <= 0
      || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return NULL;
  if (map.size >= (gsize) width * 4 * (gsize) height)
    bytes = g_bytes_new (map.data, (gsize) width * 4 * (gsize) height);
  gst_buffer_unmap (buffer, &map);
  return bytes != NULL ? gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes,
                                                 (gsize) width * 4)
                       : NULL;
}

static gboolean
frame_shown_cb (gpointer data)
{
  SakPlayer *self = data;
  GstSample *sample;
  g_autoptr (GdkTexture) texture = NULL;

  g_mutex_lock (&self->frame_mutex);
  sample = g_steal_pointer (&self->frame);
  self->frame_idle = 0;
  g_mutex_unlock (&self->frame_mutex);
  if (sample == NULL)
    return G_SOURCE_REMOVE;
  texture = make_texture (sample);
  gst_sample_unref (sample);
  if (texture != NULL)
    g_signal_emit (self, signals[SIGNAL_FRAME], 0, texture);
  return G_SOURCE_REMOVE;
}

/* On a thread of GStreamer. Frames that the window is too slow for are left out. */
static GstFlowReturn
frame_came_cb (GstAppSink *sink,
               gpointer    data)
{
  SakPlayer *self = data;
  GstSample *sample = gst_app_sink_pull_sample (sink);

  if (sample == NULL)
    return GST_FLOW_EOS;
  g_mutex_lock (&self->frame_mutex);
  if (self->frame != NULL)
    gst_sample_unref (self->frame);
  self->frame = sample;
  if (self->frame_idle == 0)
    self->frame_idle = g_idle_add (frame_shown_cb, self);
  g_mutex_unlock (&self->frame_mutex);
  return GST_FLOW_OK;
}

static GstElement *
make_branch (SakPlayer *self,
             gboolean   is_video)
{
  GstElement *branch;
  g_autoptr (GstElement) sink = NULL;
  GstAppSinkCallbacks callbacks = { .new_sample = frame_came_cb };

  if (!is_video)
    {
      branch = gst_parse_bin_from_description ("queue ! audioconvert ! audioresample ! volume name=volume ! "
                                               "autoaudiosink", TRUE, NULL);
      if (branch != NULL)
        {
          g_autoptr (GstElement) volume = gst_bin_get_by_name (GST_BIN (branch), "volume");

          g_object_set (volume, "volume", g_atomic_int_get (&self->percent) / 100.0, NULL);
        }
      return branch;
    }
  branch = gst_parse_bin_from_description ("queue ! videoconvert ! video/x-raw,format=RGBA ! "
                                           "appsink name=frames max-buffers=2 sync=true",
                                           TRUE, NULL);
  if (branch == NULL)
    return NULL;
  sink = gst_bin_get_by_name (GST_BIN (branch), "frames");
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
  return branch;
}

/* On a thread of GStreamer, while the pipeline starts. */
static void
pad_added_cb (GstElement *decoder,
              GstPad     *pad,
              SakPlayer  *self)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const char *name = caps != NULL ? gst_structure_get_name (gst_caps_get_structure (caps, 0)) : "";
  gboolean is_video = g_str_has_prefix (name, "video/");
  g_autoptr (GstPad) sink_pad = NULL;
  GstElement *branch;

  if (!is_video && !g_str_has_prefix (name, "audio/"))
    return;
  branch = make_branch (self, is_video);
  if (branch == NULL || !gst_bin_add (GST_BIN (self->pipeline), branch))
    return;
  sink_pad = gst_element_get_static_pad (branch, "sink");
  gst_pad_link (pad, sink_pad);
  gst_element_sync_state_with_parent (branch);
}

/* As GstAutoplugSelectResult has it, which no header declares. */
enum { TRY_IT = 0, SKIP_IT = 2 };

/* A recording that is a list of addresses, behind a header that looks like sound, would have the rest of
 * itself fetched from there: who plays it would be told to whoever made it.
 */
static int
decoder_chosen_cb (GstElement        *decoder,
                   GstPad            *pad,
                   GstCaps           *caps,
                   GstElementFactory *factory,
                   gpointer           unused)
{
  const char *classes = gst_element_factory_get_metadata (factory, GST_ELEMENT_METADATA_KLASS);

  if (classes != NULL && (strstr (classes, "Adaptive") != NULL || strstr (classes, "Network") != NULL))
    return SKIP_IT;
  return TRY_IT;
}

static gboolean
message_received_cb (GstBus     *bus,
                     GstMessage *message,
                     gpointer    data)
{
  SakPlayer *self = data;

  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ERROR:
      self->has_failed = TRUE;
      self->is_playing = FALSE;
      gst_element_set_state (self->pipeline, GST_STATE_NULL);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      break;
    case GST_MESSAGE_EOS:
      self->has_ended = TRUE;
      sak_player_pause (self);
      break;
    case GST_MESSAGE_ASYNC_DONE:
    case GST_MESSAGE_DURATION_CHANGED:
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      break;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
position_due_cb (gpointer data)
{
  SakPlayer *self = data;

  if (self->is_playing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

static void
sak_player_dispose (GObject *object)
{
  SakPlayer *self = SAK_PLAYER (object);

  sak_player_stop (self);
  G_OBJECT_CLASS (sak_player_parent_class)->dispose (object);
}

static void
sak_player_finalize (GObject *object)
{
  SakPlayer *self = SAK_PLAYER (object);

  g_clear_pointer (&self->source, unref_source);
  g_mutex_clear (&self->frame_mutex);
  G_OBJECT_CLASS (sak_player_parent_class)->finalize (object);
}

static void
sak_player_class_init (SakPlayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sak_player_dispose;
  G_OBJECT_CLASS (klass)->finalize = sak_player_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SAK_TYPE_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FRAME] = g_signal_new ("frame", SAK_TYPE_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, GDK_TYPE_TEXTURE);
}

static void
sak_player_init (SakPlayer *self)
{
  g_mutex_init (&self->frame_mutex);
  self->percent = 100;
}

static gboolean
build (SakPlayer *self,
       guint64    size_bytes)
{
  GstElement *appsrc = gst_element_factory_make ("appsrc", NULL);
  GstAppSrcCallbacks callbacks = { .need_data = data_needed_cb, .seek_data = seek_asked_cb };
  g_autoptr (GstBus) bus = NULL;

  self->decoder = gst_element_factory_make ("decodebin", NULL);
  self->pipeline = gst_pipeline_new (NULL);
  if (appsrc == NULL || self->decoder == NULL)
    return FALSE;
  g_object_set (appsrc, "stream-type", GST_APP_STREAM_TYPE_RANDOM_ACCESS, "format",
                GST_FORMAT_BYTES, NULL);
  gst_app_src_set_size (GST_APP_SRC (appsrc), (gint64) size_bytes);
  g_atomic_ref_count_inc (&self->source->ref_count);
  gst_app_src_set_callbacks (GST_APP_SRC (appsrc), &callbacks, self->source, unref_source);
  gst_bin_add_many (GST_BIN (self->pipeline), appsrc, self->decoder, NULL);
  gst_element_link (appsrc, self->decoder);
  g_signal_connect (self->decoder, "autoplug-select", G_CALLBACK (decoder_chosen_cb), NULL);
  g_signal_connect (self->decoder, "pad-added", G_CALLBACK (pad_added_cb), self);
  bus = gst_element_get_bus (self->pipeline);
  self->bus_watch = gst_bus_add_watch (bus, message_received_cb, self);
  self->timer = g_timeout_add (200, position_due_cb, self);
  return TRUE;
}

SakPlayer *
sak_player_new (GInputStream *stream,
                guint64       size_bytes)
{
  SakPlayer *self = g_object_new (SAK_TYPE_PLAYER, NULL);

  self->source = g_new0 (Source, 1);
  g_atomic_ref_count_init (&self->source->ref_count);
  g_mutex_init (&self->source->mutex);
  self->source->stream = g_object_ref (stream);
  if (!gst_init_check (NULL, NULL, NULL) || !build (self, size_bytes))
    self->has_failed = TRUE;
  return self;
}

void
sak_player_play (SakPlayer *self)
{
  if (self->has_failed || self->pipeline == NULL)
    return;
  if (self->has_ended)
    sak_player_seek (self, 0);
  self->has_ended = FALSE;
  self->is_playing = TRUE;
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
sak_player_pause (SakPlayer *self)
{
  if (self->has_failed || self->pipeline == NULL)
    return;
  self->is_playing = FALSE;
  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Waits for GStreamer's threads to end; nothing is read afterwards. */
void
sak_player_stop (SakPlayer *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->bus_watch, g_source_remove);
  self->is_playing = FALSE;
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_clear_handle_id (&self->frame_idle, g_source_remove);
  g_clear_pointer (&self->frame, gst_sample_unref);
  gst_clear_object (&self->pipeline);
}

void
sak_player_seek (SakPlayer *self,
                 double     seconds)
{
  if (self->pipeline != NULL && !self->has_failed)
    gst_element_seek_simple (self->pipeline, GST_FORMAT_TIME,
                             GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT,
                             (gint64) (seconds * GST_SECOND));
}

/* From 0 to 1, for this player alone. */
void
sak_player_set_volume (SakPlayer *self,
                       double     volume)
{
  g_autoptr (GstElement) element = NULL;

  g_atomic_int_set (&self->percent, (int) (CLAMP (volume, 0, 1) * 100));
  if (self->pipeline != NULL)
    element = gst_bin_get_by_name (GST_BIN (self->pipeline), "volume");
  if (element != NULL)
    g_object_set (element, "volume", CLAMP (volume, 0, 1), NULL);
}

gboolean
sak_player_is_playing (SakPlayer *self)
{
  return self->is_playing;
}

gboolean
sak_player_has_failed (SakPlayer *self)
{
  return self->has_failed;
}

double
sak_player_get_position (SakPlayer *self)
{
  gint64 position = 0;

  if (self->pipeline == NULL
      || !gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &position))
    return 0;
  return (double) position / GST_SECOND;
}

double
sak_player_get_duration (SakPlayer *self)
{
  gint64 duration = 0;

  if (self->pipeline == NULL
      || !gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration))
    return 0;
  return (double) duration / GST_SECOND;
}
