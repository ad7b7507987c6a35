/* test-sound.c - sound is recorded, paused, kept, and found again after it was broken off
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GStreamer's test source is the microphone.
 */
#include <adwaita.h>
#include <gst/gst.h>

#include "storage/sak-recording.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-interrupted-window.h"
#include "ui/sak-player.h"
#include "ui/sak-recorder.h"
#include "ui/sak-sound-window.h"
#include "ui/sak-window.h"

#define MICROPHONE "audiotestsrc is-live=true wave=sine"

static TestVault vault;
static SakWorker *worker;
static SakSession *session;
static char *record;
static char *kept;

/* The vault, for this thread. */
static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault.vault);
}

static void
kept_cb (GtkWidget  *window,
         const char *id,
         gpointer    unused)
{
  g_free (kept);
  kept = g_strdup (id);
}

static GtkWidget *
open_window (GtkWidget *parent)
{
  g_autoptr (SakDraft) draft = sak_draft_new ("event", record);
  GtkWidget *window = sak_sound_window_new (GTK_WINDOW (parent), session, draft);

  g_clear_pointer (&kept, g_free);
  g_signal_connect (window, "kept", G_CALLBACK (kept_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
wait_for_kept (void)
{
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  while (kept == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

/* The vault is used here only while no job of the windows runs. */
static guint
count_waiting (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = sak_vault_list_recordings (at_rest (), &error);

  g_assert_no_error (error);
  return list->len;
}

static void
wait_until_none_waits (void)
{
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  while (count_waiting () > 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

static double
play_through (const char *sha256)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = sak_vault_open_media (at_rest (), sha256, &error);
  g_autoptr (SakPlayer) player = sak_player_new (stream, sak_vault_get_media_size (at_rest (), sha256));
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;
  double seconds = 0;

  sak_player_pause (player);
  while (seconds <= 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_assert_false (sak_player_has_failed (player));
      test_turn ();
      seconds = sak_player_get_duration (player);
    }
  sak_player_stop (player);
  return seconds;
}

static void
sound_is_recorded_paused_and_kept (void)
{
  GtkWidget *parent = test_window_new ();
  GtkWidget *window = open_window (parent);
  g_autoptr (SakMediaInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sak_session_is_held (session));
  test_click (window, "Start recording");
  test_see (window, "0:01");
  g_assert_true (sak_session_is_held (session));
  test_click (window, "Pause");
  test_see (window, "Go on recording");
  g_assert_false (sak_session_is_held (session));
  test_click (window, "Go on recording");
  test_see (window, "0:02");
  test_click (window, "Stop and keep");
  wait_for_kept ();
  g_assert_false (sak_session_is_held (session));
  info = sak_vault_keep_recording (at_rest (), kept, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->type, ==, "audio/ogg");
  g_assert_cmpfloat (play_through (info->sha256), >, 1.9);
  g_assert_cmpuint (count_waiting (), ==, 0);
  gtk_window_destroy (GTK_WINDOW (parent));
}

static void
a_window_that_is_closed_loses_nothing (void)
{
  GtkWidget *parent = test_window_new ();
  GtkWidget *window = open_window (parent);
  g_autoptr (GError) error = NULL;

  test_click (window, "Start recording");
  test_see (window, "0:01");
  gtk_window_close (GTK_WINDOW (window));
  wait_for_kept ();
  g_assert_cmpuint (count_waiting (), ==, 1);
  g_assert_true (sak_vault_discard_recording (at_rest (), kept, &error));
  gtk_window_destroy (GTK_WINDOW (parent));
}

static void
what_is_discarded_leaves_nothing (void)
{
  GtkWidget *parent = test_window_new ();
  GtkWidget *window = open_window (parent);

  test_click (window, "Start recording");
  test_see (window, "0:01");
  test_click (window, "Pause");
  test_see (window, "Go on recording");
  test_click (window, "Discard…");
  /* The question is a window of its own. */
  for (gboolean is_answered = FALSE; !is_answered;)
    {
      g_autoptr (GList) windows = gtk_window_list_toplevels ();

      for (GList *l = windows; l != NULL; l = l->next)
        if (ADW_IS_MESSAGE_DIALOG (l->data) && test_find_text (l->data, "Discard") != NULL)
          {
            adw_message_dialog_response (l->data, "yes");
            is_answered = TRUE;
          }
      test_turn ();
    }
  wait_until_none_waits ();
  g_assert_null (kept);
  gtk_window_destroy (GTK_WINDOW (parent));
}

static void
without_a_microphone_it_says_so (void)
{
  GtkWidget *parent = test_window_new ();
  GtkWidget *window;

  sak_recorder_set_source (NULL);
  window = open_window (parent);
  test_click (window, "Start recording");
  test_see (window, "No microphone was found");
  gtk_window_close (GTK_WINDOW (window));
  wait_until_none_waits ();
  g_assert_null (kept);
  sak_recorder_set_source (MICROPHONE);
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* As locking does it. */
static void
what_was_broken_off_is_offered_and_kept (void)
{
  GtkWidget *parent = test_window_new ();
  GtkWidget *window = open_window (parent);
  GtkWidget *offer = NULL;
  g_autoptr (GPtrArray) media = NULL;
  g_autoptr (GError) error = NULL;
  guint n_before;

  media = sak_vault_list_media (at_rest (), record, &error);
  n_before = media->len;
  g_clear_pointer (&media, g_ptr_array_unref);
  test_click (window, "Start recording");
  test_see (window, "0:02");
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpuint (count_waiting (), ==, 1);

  gtk_window_present (GTK_WINDOW (parent));
  sak_interrupted_window_offer (GTK_WINDOW (parent), session);
  while (offer == NULL)
    {
      g_autoptr (GList) windows = gtk_window_list_toplevels ();

      for (GList *l = windows; l != NULL; l = l->next)
        if (SAK_IS_INTERRUPTED_WINDOW (l->data))
          offer = l->data;
      test_turn ();
    }
  test_see (offer, "A recording was interrupted");
  test_see (offer, "A boat");
  test_click (offer, "Keep");
  wait_until_none_waits ();
  media = sak_vault_list_media (at_rest (), record, &error);
  g_assert_cmpuint (media->len, ==, n_before + 1);
  g_assert_cmpfloat (play_through (((SakMediaInfo *) g_ptr_array_index (media, media->len - 1))->sha256), >, 1);
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* Stands for the elements that fetch what a list of addresses names; not each computer has them. */

typedef struct
{
  GstElement parent_instance;
} Fetcher;

typedef struct
{
  GstElementClass parent_class;
} FetcherClass;

static GType fetcher_get_type (void);
G_DEFINE_TYPE (Fetcher, fetcher, GST_TYPE_ELEMENT)

static guint n_fetchers;

static void
fetcher_class_init (FetcherClass *klass)
{
  static GstStaticPadTemplate sink = GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                                                              GST_STATIC_CAPS ("application/x-hls"));

  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &sink);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Fetcher", "Codec/Demuxer/Adaptive", "Fetches",
                                         "Sakkhi");
}

static void
fetcher_init (Fetcher *self)
{
  GstPadTemplate *sink = gst_element_class_get_pad_template (GST_ELEMENT_GET_CLASS (self), "sink");

  n_fetchers++;
  gst_element_add_pad (GST_ELEMENT (self), gst_pad_new_from_template (sink, "sink"));
}

/* What begins like sound may be a list of addresses behind that. */
static void
what_would_be_fetched_is_not (void)
{
  static const char list[] = "ID3\003\000\000\000\000\000\000#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n"
                             "http://127.0.0.1:9/beacon.ts\n#EXT-X-ENDLIST\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (list, sizeof list - 1, NULL);
  g_autoptr (SakPlayer) player = NULL;
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  g_assert_true (gst_init_check (NULL, NULL, NULL));
  g_assert_true (gst_element_register (NULL, "sakkhifetcher", GST_RANK_PRIMARY + 100, fetcher_get_type ()));
  player = sak_player_new (stream, sizeof list - 1);
  sak_player_play (player);
  while (!sak_player_has_failed (player))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
  g_assert_cmpuint (n_fetchers, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_window_init_application (NULL);
  sak_recorder_set_source (MICROPHONE);
  test_vault_set_up (&vault, NULL);
  record = test_add_event (at_rest (), "A boat", FALSE);
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault.vault);
#define ADD(path, function) g_test_add_func ("/sound/" path, function)
  ADD ("sound-is-recorded-paused-and-kept", sound_is_recorded_paused_and_kept);
  ADD ("a-window-that-is-closed-loses-nothing", a_window_that_is_closed_loses_nothing);
  ADD ("what-is-discarded-leaves-nothing", what_is_discarded_leaves_nothing);
  ADD ("without-a-microphone-it-says-so", without_a_microphone_it_says_so);
  ADD ("what-was-broken-off-is-offered-and-kept", what_was_broken_off_is_offered_and_kept);
  ADD ("what-would-be-fetched-is-not", what_would_be_fetched_is_not);
#undef ADD
  status = g_test_run ();
  sak_recorder_set_source (NULL);
  g_object_unref (session);
  test_end_worker (worker);
  g_free (kept);
  g_free (record);
  test_vault_tear_down (&vault, NULL);
  return status;
}
