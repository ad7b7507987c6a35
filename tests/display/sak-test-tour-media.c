/* sak-test-tour-media.c - stops of the tour: files of a record, and where they come from
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include "storage/sak-media.h"
#include "storage/sak-recording.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-folder-window.h"
#include "ui/sak-interrupted-window.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-print-window.h"
#include "ui/sak-record-page.h"
#include "ui/sak-sound-window.h"

/* @type: how the type of the file begins. */
static guint
find_file (GPtrArray  *media,
           const char *type)
{
  for (guint at = 0; at < media->len; at++)
    if (g_str_has_prefix (((SakMediaInfo *) g_ptr_array_index (media, at))->type, type))
      return at;
  g_assert_not_reached ();
}

/* With what is noted beside it, as from the record's own page. */
static GtkWidget *
open_viewer (TestTour   *tour,
             const char *type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) media = sak_vault_list_media (test_tour_at_rest (tour), tour->testimony, &error);
  GtkWidget *viewer;

  g_assert_no_error (error);
  gtk_widget_activate_action (tour->window, "win.open-record", "s", tour->testimony);
  test_tour_settle (tour);
  viewer = sak_media_viewer_new (GTK_WINDOW (tour->window), tour->session, media, find_file (media, type));
  sak_media_viewer_set_page (SAK_MEDIA_VIEWER (viewer),
                             SAK_RECORD_PAGE (test_find_type (tour->window, SAK_TYPE_RECORD_PAGE)));
  return viewer;
}

#define VIEWER(function, type)                  \
  static GtkWidget *                            \
  function (TestTour *tour)                     \
  {                                             \
    return open_viewer (tour, type);            \
  }

VIEWER (open_picture, "image/")
VIEWER (open_paper, "application/pdf")
VIEWER (open_text, "text/")
VIEWER (open_sound, "audio/")
VIEWER (open_unknown, "application/zip")

/* Of pages, so that which of them is asked. */
static GtkWidget *
open_file_print (TestTour *tour)
{
  GtkWidget *viewer = open_viewer (tour, "application/pdf");

  test_tour_show (viewer);
  g_assert_true (gtk_widget_activate_action (viewer, "media.print", NULL));
  return test_see_window (SAK_TYPE_PRINT_WINDOW);
}

static GtkWidget *
open_recording (TestTour *tour)
{
  g_autoptr (SakDraft) draft = sak_draft_new ("testimony", tour->testimony);

  return sak_sound_window_new (GTK_WINDOW (tour->window), tour->session, draft);
}

static GtkWidget *
open_folder (TestTour *tour)
{
  return sak_folder_window_new (GTK_WINDOW (tour->window));
}

static GtkWidget *
open_folder_full (TestTour *tour)
{
  g_autoptr (GFile) folder = g_file_new_for_path (SAK_PICTURES);
  GtkWidget *window = open_folder (tour);

  gtk_window_present (GTK_WINDOW (window));
  sak_folder_window_open (SAK_FOLDER_WINDOW (window), folder);
  test_see_type (window, GTK_TYPE_FLOW_BOX_CHILD);
  return window;
}

/* As after the power went while it was made. */
static GtkWidget *
open_interrupted (TestTour *tour)
{
  g_autoptr (GError) error = NULL;
  SakRecording *recording = sak_vault_begin_recording (test_tour_at_rest (tour), tour->testimony, &error);

  g_assert_no_error (error);
  g_assert_true (sak_recording_append (recording, "OggS and so on", 14, &error));
  sak_recording_free (recording);
  sak_interrupted_window_offer (GTK_WINDOW (tour->window), tour->session);
  return test_see_window (SAK_TYPE_INTERRUPTED_WINDOW);
}

const TestStop test_stops_media[] = {
  { "picture", "media-viewer", open_picture },
  { "paper", "media-viewer", open_paper },
  { "text", "media-viewer", open_text },
  { "sound", "media-viewer", open_sound },
  { "unknown-file", "media-viewer", open_unknown },
  { "print-file", "media-viewer print-window", open_file_print },
  { "recording", "sound-window", open_recording },
  { "folder", "folder-window", open_folder },
  { "folder-full", "folder-window", open_folder_full },
  { "interrupted", "interrupted-window", open_interrupted },
  { NULL, NULL, NULL },
};
