/* test-pictures.c - a picture in the windows, and what stands in place of one that cannot be
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The pictures themselves, and what they may do to their reader, are test-picture.c's.
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "storage/sak-media.h"
#include "ui/picture/sak-picture.h"
#include "ui/sak-folder-window.h"
#include "ui/sak-media-notes.h"
#include "ui/sak-media-tile.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-picture-canvas.h"
#include "ui/sak-window.h"

static TestVault vault;
static SakWorker *worker;
static SakSession *session;
static SakMediaInfo *good;
static SakMediaInfo *bad;

/* What the record has, in this order. */
enum { GOOD, PAPER, WORDS, THAI, UNKNOWN };
static GPtrArray *all;

typedef struct
{
  const char *text;             /* of a label; NULL: a picture that shows something */
} Sight;

/* The vault, for this thread. */
static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault.vault);
}

static gboolean
shows (GtkWidget   *widget,
       const Sight *sight)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (sight->text == NULL && GTK_IS_PICTURE (widget) && gtk_picture_get_paintable (GTK_PICTURE (widget)) != NULL)
    return TRUE;
  if (sight->text == NULL && SAK_IS_PICTURE_CANVAS (widget)
      && sak_picture_canvas_get_texture (SAK_PICTURE_CANVAS (widget)) != NULL)
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
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  while (!shows (root, &sight))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      turn ();
    }
}

static GPtrArray *
make_list (const SakMediaInfo *info)
{
  GPtrArray *media = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_media_info_free);

  g_ptr_array_add (media, sak_media_info_copy (info));
  return media;
}

static GtkWidget *
open_viewer (GtkWidget          *window,
             const SakMediaInfo *info)
{
  g_autoptr (GPtrArray) media = make_list (info);

  return sak_media_viewer_new (GTK_WINDOW (window), session, media, 0);
}

static GtkWidget *
show_tile (GtkWidget          *window,
           const SakMediaInfo *info)
{
  g_autoptr (GPtrArray) media = make_list (info);
  GtkWidget *tile = sak_media_tile_new (session, media, 0);

  gtk_window_set_child (GTK_WINDOW (window), tile);
  gtk_window_present (GTK_WINDOW (window));
  return tile;
}

static void
see_tip (GtkWidget  *tile,
         const char *text)
{
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  while (strstr (gtk_widget_get_tooltip_text (tile), text) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      turn ();
    }
}

static void
a_good_picture_is_shown (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *viewer = open_viewer (window, good);

  see (show_tile (window, good), NULL);
  gtk_window_present (GTK_WINDOW (viewer));
  see (viewer, NULL);
  gtk_window_destroy (GTK_WINDOW (viewer));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_bad_picture_leaves_a_sign_and_a_sentence (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *tile = show_tile (window, bad);
  GtkWidget *viewer = open_viewer (window, bad);
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
  GtkWidget *window = test_window_new ();

  sak_picture_set_program ("/bin/false", 0);
  see_tip (show_tile (window, good), "made to do harm");
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_closed_tile_holds_no_picture (void)
{
  GtkWidget *window = test_window_new ();
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

static GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_label (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A viewer of all there is, at @which. */
static GtkWidget *
open_all (GtkWidget *window,
          guint      which)
{
  GtkWidget *viewer = sak_media_viewer_new (GTK_WINDOW (window), session, all, which);

  gtk_window_present (GTK_WINDOW (viewer));
  return viewer;
}

static void
a_picture_grows_shrinks_and_turns_in_the_window_alone (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *viewer = open_all (window, GOOD);
  SakPictureCanvas *canvas = SAK_PICTURE_CANVAS (test_find_type (viewer, SAK_TYPE_PICTURE_CANVAS));
  double zoom;

  see (viewer, NULL);
  see (viewer, "100 %");
  zoom = sak_picture_canvas_get_zoom (canvas);
  g_assert_true (gtk_widget_activate_action (viewer, "media.zoom-in", NULL));
  g_assert_cmpfloat (sak_picture_canvas_get_zoom (canvas), >, zoom);
  g_assert_false (sak_picture_canvas_is_fitted (canvas));
  g_assert_true (gtk_widget_activate_action (viewer, "media.full", NULL));
  g_assert_cmpfloat (sak_picture_canvas_get_zoom (canvas), ==, 1);
  g_assert_true (gtk_widget_activate_action (viewer, "media.turn-left", NULL));
  g_assert_cmpint (sak_picture_canvas_get_turn (canvas), ==, 3);
  g_assert_true (gtk_widget_activate_action (viewer, "media.turn-right", NULL));
  g_assert_cmpint (sak_picture_canvas_get_turn (canvas), ==, 0);
  g_assert_true (gtk_widget_activate_action (viewer, "media.fit", NULL));
  g_assert_true (sak_picture_canvas_is_fitted (canvas));
  gtk_window_destroy (GTK_WINDOW (viewer));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Larger than the window, it can be moved; the point in the middle stays there when it grows. */
static void
what_is_in_the_middle_stays_there (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *viewer = open_all (window, GOOD);
  SakPictureCanvas *canvas = SAK_PICTURE_CANVAS (test_find_type (viewer, SAK_TYPE_PICTURE_CANVAS));
  g_autoptr (GtkAdjustment) across = NULL;
  double before, after;

  /* At its largest the little flag is 640 wide: more than the window has. */
  gtk_window_set_default_size (GTK_WINDOW (viewer), 360, 400);
  see (viewer, NULL);
  see (viewer, "100 %");
  g_object_get (canvas, "hadjustment", &across, NULL);
  for (guint i = 0; i < 40; i++)
    sak_picture_canvas_zoom_by (canvas, 1.25);
  for (guint i = 0; i < 2000 && gtk_adjustment_get_upper (across) <= gtk_adjustment_get_page_size (across); i++)
    turn ();
  gtk_adjustment_set_value (across, 0);
  sak_picture_canvas_move (canvas, 100, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (across), ==, 100);
  before = (100 + gtk_adjustment_get_page_size (across) / 2) / sak_picture_canvas_get_zoom (canvas);
  sak_picture_canvas_zoom_by (canvas, 0.9);
  after = (gtk_adjustment_get_value (across) + gtk_adjustment_get_page_size (across) / 2)
          / sak_picture_canvas_get_zoom (canvas);
  g_assert_cmpfloat_with_epsilon (before, after, 0.01);
  gtk_window_destroy (GTK_WINDOW (viewer));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_paper_is_turned_page_by_page (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *viewer = open_all (window, PAPER);

  see (viewer, "Page 1 of 3");
  g_assert_true (gtk_widget_activate_action (viewer, "media.page-down", NULL));
  see (viewer, "Page 2 of 3");
  g_assert_true (gtk_widget_activate_action (viewer, "media.page-down", NULL));
  see (viewer, "Page 3 of 3");
  see (viewer, NULL);
  /* There is no fourth. */
  gtk_widget_activate_action (viewer, "media.page-down", NULL);
  see (viewer, "Page 3 of 3");
  g_assert_true (gtk_widget_activate_action (viewer, "media.page-up", NULL));
  see (viewer, "Page 2 of 3");
  gtk_window_destroy (GTK_WINDOW (viewer));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
see_text (GtkWidget  *viewer,
          const char *expected)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (test_find_type (viewer, GTK_TYPE_TEXT_VIEW)));
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  for (;;)
    {
      GtkTextIter first, last;
      g_autofree char *words = NULL;

      gtk_text_buffer_get_bounds (buffer, &first, &last);
      words = gtk_text_buffer_get_text (buffer, &first, &last, TRUE);
      if (g_str_equal (words, expected))
        return;
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      turn ();
    }
}

static void
words_are_shown_whatever_their_letters_are_encoded_by (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *viewer = open_all (window, WORDS);

  see_text (viewer, "They came at night.\nစစ်သား");
  g_assert_true (gtk_widget_activate_action (viewer, "media.next", NULL));
  see_text (viewer, "หมู่บ้านริมน้ำ");
  see (viewer, "windows-874");
  gtk_window_destroy (GTK_WINDOW (viewer));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
one_file_after_the_other_is_shown_and_let_go_of (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *viewer = open_all (window, 0);

  for (guint i = 0; i < all->len; i++)
    {
      const SakMediaInfo *info = g_ptr_array_index (all, i);
      GtkWidget *canvas = test_find_type (viewer, SAK_TYPE_PICTURE_CANVAS);

      see (viewer, info->name);
      if (i == GOOD || i == PAPER)
        see (viewer, NULL);
      else
        g_assert_null (sak_picture_canvas_get_texture (SAK_PICTURE_CANVAS (canvas)));
      if (i == UNKNOWN)
        see (viewer, info->sha256);
      gtk_widget_activate_action (viewer, "media.next", NULL);
    }
  gtk_window_destroy (GTK_WINDOW (viewer));
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  char *id;
  json_t *notes;
} Noted;

static void
noted_cb (SakMediaNotes *notes,
          const char    *id,
          json_t        *noted,
          Noted         *seen)
{
  g_free (seen->id);
  seen->id = g_strdup (id);
  json_decref (seen->notes);
  seen->notes = json_deep_copy (noted);
}

/* What was noted before stays as it was where nothing else is written, and is told with it. */
static void
notes_on_a_file_are_shown_and_told (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *notes = sak_media_notes_new (session);
  g_autoptr (SakMediaInfo) info = sak_media_info_copy (good);
  g_autoptr (json_t) expected = NULL;
  Noted seen = { NULL, NULL };

  info->id = g_strdup ("00000000-0000-4000-8000-000000000007");
  info->value = json_pack ("{s:s, s:s, s:[s]}", "shows", "A boat", "consent", "no", "persons",
                           "00000000-0000-4000-8000-000000000001");
  g_signal_connect (notes, "changed", G_CALLBACK (noted_cb), &seen);
  gtk_window_set_child (GTK_WINDOW (window), notes);
  gtk_window_present (GTK_WINDOW (window));
  sak_media_notes_show (SAK_MEDIA_NOTES (notes), info, TRUE);
  sak_media_notes_flush (SAK_MEDIA_NOTES (notes));
  g_assert_null (seen.notes);
  /* The caption comes first. */
  gtk_editable_set_text (GTK_EDITABLE (test_find_type (notes, GTK_TYPE_ENTRY)), "The pier");
  sak_media_notes_flush (SAK_MEDIA_NOTES (notes));
  g_assert_cmpstr (seen.id, ==, info->id);
  expected = json_pack ("{s:s, s:s, s:s, s:[s]}", "caption", "The pier", "shows", "A boat", "consent", "no", "persons",
                        "00000000-0000-4000-8000-000000000001");
  g_assert_true (json_equal (seen.notes, expected));
  g_free (seen.id);
  json_decref (seen.notes);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
files_chosen_cb (GtkWidget  *window,
                 GPtrArray  *files,
                 GPtrArray **chosen)
{
  *chosen = g_ptr_array_ref (files);
}

static GtkWidget *
find_tile (GtkWidget  *widget,
           const char *name)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) && gtk_widget_get_tooltip_text (widget) != NULL
      && g_str_has_prefix (gtk_widget_get_tooltip_text (widget), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_tile (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A folder as a telephone has it: two photos, one of them in a folder within, a film, and what is
 * none of these. Each is a day older than the one before.
 */
static char *
make_folder (void)
{
  static const char *const names[] = { "one.png", "film.mp4", "Camera/two.png", "notes.txt", ".hidden.png" };
  char *folder = g_dir_make_tmp ("sakkhi-folder-XXXXXX", NULL);
  g_autofree char *camera = g_build_filename (folder, "Camera", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_cmpint (g_mkdir (camera, 0700), ==, 0);
  g_assert_true (g_file_get_contents (SAK_PICTURES "/flag.png", &bytes, &size, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
      g_assert_true (g_file_set_attribute_uint64 (file, G_FILE_ATTRIBUTE_TIME_MODIFIED, 1700000000 - 86400 * i, 0, NULL,
                                                  NULL));
    }
  return folder;
}

static void
a_folder_s_photos_are_chosen_and_left_as_they_are (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *before = test_fingerprint (folder);
  g_autofree char *after = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GPtrArray) chosen = NULL;
  GtkWidget *parent = test_window_new ();
  GtkWidget *window = sak_folder_window_new (GTK_WINDOW (parent));
  GtkWidget *tile;

  g_signal_connect (window, "chosen", G_CALLBACK (files_chosen_cb), &chosen);
  gtk_window_present (GTK_WINDOW (window));
  sak_folder_window_open (SAK_FOLDER_WINDOW (window), file);
  see (window, "3 files, the newest first.");
  /* Somewhere a small picture comes up. */
  see (window, NULL);
  g_assert_null (find_tile (window, "notes.txt"));
  g_assert_null (find_tile (window, ".hidden"));
  see (window, "Add 0 files");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_tile (window, "two.png")), TRUE);
  tile = find_tile (window, "one.png");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tile), TRUE);
  see (window, "Add 2 files");
  g_signal_emit_by_name (gtk_widget_get_ancestor (find_label (window, "Add 2 files"), GTK_TYPE_BUTTON), "clicked");
  g_assert_nonnull (chosen);
  g_assert_cmpuint (chosen->len, ==, 2);
  g_assert_true (g_str_has_suffix (g_file_peek_path (chosen->pdata[0]), "/one.png"));
  g_assert_true (g_str_has_suffix (g_file_peek_path (chosen->pdata[1]), "/Camera/two.png"));
  after = test_fingerprint (folder);
  g_assert_cmpstr (before, ==, after);
  gtk_window_destroy (GTK_WINDOW (parent));
  test_remove_tree (folder);
}

static SakMediaInfo *
add_media (const char *record,
           const char *name,
           const char *bytes,
           gsize       size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  SakMediaInfo *info = sak_vault_add_media (at_rest (), record, stream, name, size, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return info;
}

static void
add_one (const char *record,
         const char *name,
         const char *bytes,
         gsize       size)
{
  g_ptr_array_add (all, add_media (record, name, bytes, size));
}

static void
add_all (const char *record)
{
  static const char thai[] = "\xcb\xc1\xd9\xe8\xba\xe9\xd2\xb9\xc3\xd4\xc1\xb9\xe9\xd3";
  static const char words[] = "They came at night.\r\nစစ်သား";
  g_autofree char *paper = NULL;
  gsize size;

  all = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_media_info_free);
  g_ptr_array_add (all, sak_media_info_copy (good));
  g_assert_true (g_file_get_contents (SAK_PICTURES "/three.pdf", &paper, &size, NULL));
  add_one (record, "contract.pdf", paper, size);
  add_one (record, "words.txt", words, sizeof words - 1);
  add_one (record, "thai.txt", thai, sizeof thai - 1);
  add_one (record, "things.zip", "PK\003\004 things", 11);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *record = NULL;
  g_autofree char *bytes = NULL;
  gsize size;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_window_init_application (NULL);
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  test_vault_set_up (&vault, NULL);
  record = test_add_event (at_rest (), "A boat", FALSE);
  g_assert_true (g_file_get_contents (SAK_PICTURES "/flag.png", &bytes, &size, NULL));
  good = add_media (record, "boat.png", bytes, size);
  memset (bytes + 16, 0x5a, size - 16);
  bad = add_media (record, "not-a-boat.png", bytes, size);
  add_all (record);
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault.vault);

  g_test_add_func ("/pictures/a-good-picture-is-shown", a_good_picture_is_shown);
  g_test_add_func ("/pictures/a-bad-picture-leaves-a-sign-and-a-sentence",
                   a_bad_picture_leaves_a_sign_and_a_sentence);
  g_test_add_func ("/pictures/a-reader-that-breaks-down-leaves-a-sentence",
                   a_reader_that_breaks_down_leaves_a_sentence);
  g_test_add_func ("/pictures/a-closed-tile-holds-no-picture", a_closed_tile_holds_no_picture);
  g_test_add_func ("/pictures/a-picture-grows-shrinks-and-turns-in-the-window-alone",
                   a_picture_grows_shrinks_and_turns_in_the_window_alone);
  g_test_add_func ("/pictures/what-is-in-the-middle-stays-there", what_is_in_the_middle_stays_there);
  g_test_add_func ("/pictures/a-paper-is-turned-page-by-page", a_paper_is_turned_page_by_page);
  g_test_add_func ("/pictures/words-are-shown-whatever-their-letters-are-encoded-by",
                   words_are_shown_whatever_their_letters_are_encoded_by);
  g_test_add_func ("/pictures/one-file-after-the-other-is-shown-and-let-go-of",
                   one_file_after_the_other_is_shown_and_let_go_of);
  g_test_add_func ("/pictures/notes-on-a-file-are-shown-and-told", notes_on_a_file_are_shown_and_told);
  g_test_add_func ("/pictures/a-folder-s-photos-are-chosen-and-left-as-they-are",
                   a_folder_s_photos_are_chosen_and_left_as_they_are);
  status = g_test_run ();
  g_object_unref (session);
  test_end_worker (worker);
  sak_media_info_free (good);
  sak_media_info_free (bad);
  g_ptr_array_unref (all);
  test_vault_tear_down (&vault, NULL);
  return status;
}
