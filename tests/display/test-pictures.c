/* test-pictures.c - a picture in the windows, and what stands in place of one that cannot be
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pictures themselves, and what they may do to their reader, are test-picture.c's.
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "tests/headless/sak-test-vault.h"
#include "storage/sak-media.h"
#include "ui/picture/sak-picture.h"
#include "ui/sak-media-tile.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-window.h"

static TestVault vault;
static SakSession *session;
static SakMediaInfo *good;
static SakMediaInfo *bad;

typedef struct
{
  const char *text;             /* of a label; NULL: a picture that shows something */
} Sight;

static gboolean
shows (GtkWidget   *widget,
       const Sight *sight)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (sight->text == NULL && GTK_IS_PICTURE (widget) && gtk_picture_get_paintable (GTK_PICTURE (widget)) != NULL)
    return TRUE;
  if (sight->text != NULL && GTK_IS_LABEL (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), sight->text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, sight))
      return TRUE;
  return FALSE;
}

static gboolean
turn_passed_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
turn (void)
{
  gboolean has_passed = FALSE;

  g_timeout_add (10, turn_passed_cb, &has_passed);
  while (!has_passed)
    g_main_context_iteration (NULL, TRUE);
}

static void
see (GtkWidget  *root,
     const char *text)
{
  const Sight sight = { text };
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!shows (root, &sight))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      turn ();
    }
}

static GtkWidget *
show_tile (GtkWidget          *window,
           const SakMediaInfo *info)
{
  GtkWidget *tile = sak_media_tile_new (session, info);

  gtk_window_set_child (GTK_WINDOW (window), tile);
  gtk_window_present (GTK_WINDOW (window));
  return tile;
}

static void
see_tip (GtkWidget  *tile,
         const char *text)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (strstr (gtk_widget_get_tooltip_text (tile), text) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      turn ();
    }
}

static void
a_good_picture_is_shown (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *viewer = sak_media_viewer_new (GTK_WINDOW (window), session, good);

  see (show_tile (window, good), NULL);
  gtk_window_present (GTK_WINDOW (viewer));
  see (viewer, NULL);
  gtk_window_destroy (GTK_WINDOW (viewer));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_bad_picture_leaves_a_sign_and_a_sentence (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *tile = show_tile (window, bad);
  GtkWidget *viewer = sak_media_viewer_new (GTK_WINDOW (window), session, bad);
  const Sight picture = { NULL };

  see_tip (tile, "cannot be shown here");
  g_assert_false (shows (tile, &picture));
  gtk_window_present (GTK_WINDOW (viewer));
  see (viewer, "cannot be shown here");
  gtk_window_destroy (GTK_WINDOW (viewer));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_reader_that_breaks_down_leaves_a_sentence (void)
{
  GtkWidget *window = gtk_window_new ();

  sak_picture_set_program ("/bin/false", 0);
  see_tip (show_tile (window, good), "made to do harm");
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_closed_tile_holds_no_picture (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *tile = show_tile (window, good);
  GtkWidget *picture = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (tile)));
  GdkPaintable *texture;

  see (tile, NULL);
  texture = gtk_picture_get_paintable (GTK_PICTURE (picture));
  g_object_add_weak_pointer (G_OBJECT (texture), (gpointer *) &texture);
  /* An accessibility client, say, that keeps the widget. */
  g_object_ref (tile);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_run_dispose (G_OBJECT (tile));
  for (guint i = 0; i < 20 && texture != NULL; i++)
    turn ();
  g_assert_null (texture);
  g_object_unref (tile);
}

static SakMediaInfo *
add_media (const char *record,
           const char *name,
           const char *bytes,
           gsize       size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  SakMediaInfo *info = sak_vault_add_media (vault.vault, record, stream, name, size, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return info;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *record = NULL;
  g_autofree char *bytes = NULL;
  SakWorker *worker;
  gsize size;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_window_init_application (NULL);
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  test_vault_set_up (&vault, NULL);
  record = test_add_event (vault.vault, "A boat", FALSE);
  g_assert_true (g_file_get_contents (SAK_PICTURES "/flag.png", &bytes, &size, NULL));
  good = add_media (record, "boat.png", bytes, size);
  memset (bytes + 16, 0x5a, size - 16);
  bad = add_media (record, "not-a-boat.png", bytes, size);
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault.vault);

  g_test_add_func ("/pictures/a-good-picture-is-shown", a_good_picture_is_shown);
  g_test_add_func ("/pictures/a-bad-picture-leaves-a-sign-and-a-sentence",
                   a_bad_picture_leaves_a_sign_and_a_sentence);
  g_test_add_func ("/pictures/a-reader-that-breaks-down-leaves-a-sentence",
                   a_reader_that_breaks_down_leaves_a_sentence);
  g_test_add_func ("/pictures/a-closed-tile-holds-no-picture", a_closed_tile_holds_no_picture);
  status = g_test_run ();
  g_object_unref (session);
  g_object_unref (worker);
  sak_media_info_free (good);
  sak_media_info_free (bad);
  test_vault_tear_down (&vault, NULL);
  return status;
}
