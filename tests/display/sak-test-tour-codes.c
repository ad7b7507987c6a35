/* sak-test-tour-codes.c - stops of the tour: contact cards as QR codes, shown and read
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "tests/display/sak-test-tour.h"

#include <string.h>

#include "crypto/sak-slip39.h"
#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-camera.h"
#include "ui/sak-card-window.h"
#include "ui/sak-scan-window.h"
#include "ui/words/sak-qr-picture.h"

/* Returns: the path of a picture of it. */
static char *
draw_code (TestTour  *tour,
           SakSecret *text)
{
  char *path = test_path (&tour->pair, "code.png");
  g_autoptr (GError) error = NULL;
  guint width;
  g_autoptr (SakSecret) modules = sak_qr_encode (text, &width, &error);
  g_autoptr (GBytes) png = sak_qr_to_png (modules, width);

  g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png), &error);
  g_assert_no_error (error);
  return path;
}

static char *
draw_card (TestTour *tour)
{
  SakVault *stranger = test_at_rest (tour->empty_worker, tour->pair.stranger);
  g_autofree char *card = sak_card_export (stranger, "Fishers' union", NULL);
  g_autofree char *text = sak_card_qr_from_card (card, strlen (card), NULL);
  g_autoptr (SakSecret) secret = sak_secret_new_copy (text, strlen (text));

  return draw_code (tour, secret);
}

static GtkWidget *
open_own (TestTour *tour)
{
  return sak_card_window_new (GTK_WINDOW (tour->window), tour->session);
}

static GtkWidget *
open_reading (TestTour *tour)
{
  GtkWidget *window = sak_scan_window_new (GTK_WINDOW (tour->window), tour->session);
  int width, height;

  /* It is shown before the tour comes to it. */
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (window), MIN (width, tour->width), MIN (height, tour->height));
  return window;
}

static GtkWidget *
open_found (TestTour *tour)
{
  GtkWidget *window = open_reading (tour);
  g_autofree char *path = draw_card (tour);

  gtk_window_present (GTK_WINDOW (window));
  sak_scan_window_open (SAK_SCAN_WINDOW (window), path);
  test_see (window, test_say ("Add to contacts"));
  return window;
}

/* The longest words that a picture leads to. */
static GtkWidget *
open_share (TestTour *tour)
{
  GtkWidget *window = open_reading (tour);
  g_autoptr (SakSecret) master = sak_secret_new_random (32);
  g_autoptr (GPtrArray) shares = sak_slip39_split (master, 2, 3);
  g_autoptr (SakSecret) words = sak_slip39_share_to_words (g_ptr_array_index (shares, 0));
  g_autofree char *path = draw_code (tour, words);

  gtk_window_present (GTK_WINDOW (window));
  sak_scan_window_open (SAK_SCAN_WINDOW (window), path);
  test_see (window, test_say ("This is a share of a key, not a contact card. A picture of it is as good as the paper: "
                              "delete it here and on the telephone that took it, and tell whoever gave the share to "
                              "you. Nothing was kept of it here."));
  return window;
}

static GtkWidget *
open_camera (TestTour *tour)
{
  GtkWidget *window = open_reading (tour);

  gtk_window_present (GTK_WINDOW (window));
  sak_camera_set_source ("videotestsrc is-live=true pattern=ball");
  test_click (window, test_say ("Use the camera"));
  test_see (window, test_say ("Hold the code before the camera, so that all of it is in the picture with its white "
                              "edge. Not read yet? Go closer or further away, hold still, give more light, and make "
                              "the other screen brighter."));
  sak_camera_set_source (NULL);
  return window;
}

static GtkWidget *
open_no_camera (TestTour *tour)
{
  GtkWidget *window = open_reading (tour);

  gtk_window_present (GTK_WINDOW (window));
  sak_camera_set_source ("v4l2src device=/nowhere/video");
  test_click (window, test_say ("Use the camera"));
  test_see (window, test_say ("No camera was found. Plug one in, or see in the settings of the computer that it is "
                              "switched on; or take a photo of the code and choose that."));
  sak_camera_set_source (NULL);
  return window;
}

const TestStop test_stops_codes[] = {
  { "own-code", "card-window", open_own },
  { "read-code", "scan-window", open_reading },
  { "read-found", "scan-window", open_found },
  { "read-share", "scan-window", open_share },
  { "read-camera", "scan-window", open_camera },
  { "read-no-camera", "scan-window", open_no_camera },
  { NULL, NULL, NULL },
};
