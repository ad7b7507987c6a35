/* test-media-keys.c - recording sound, choosing photos and writing a caption, by keyboard alone
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Real keys, of which nothing but Tab says where they go. GStreamer's test source is the microphone.
 */
#include "config.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "storage/sak-recording.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-folder-window.h"
#include "ui/sak-media-notes.h"
#include "ui/sak-recorder.h"
#include "ui/sak-sound-window.h"
#include "ui/sak-window.h"

static TestVault vault;
static SakWorker *worker;
static SakSession *session;

/* Round by Tab, as often as it takes to come by everything; fails where it is never met. */
static void
tab_to (GtkWidget *window,
        GtkWidget *wanted)
{
  for (guint i = 0; i < 80; i++)
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

      if (focus != NULL && (focus == wanted || gtk_widget_is_ancestor (focus, wanted)))
        return;
      test_press_keys (window, "Tab");
      test_turn ();
    }
  g_error ("the keyboard never comes to it");
}

static GtkWidget *
see_button (GtkWidget  *window,
            const char *words)
{
  GtkWidget *button = gtk_widget_get_ancestor (test_see (window, words), GTK_TYPE_BUTTON);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!gtk_widget_is_sensitive (button))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
  return button;
}

static void
press (GtkWidget  *window,
       const char *words,
       const char *key)
{
  tab_to (window, see_button (window, words));
  test_press_keys (window, key);
}

/* Until a callback was told something. */
static void
wait_for (gpointer *told)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (*told == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

static void
kept_cb (GtkWidget   *window,
         const char  *id,
         char       **kept)
{
  *kept = g_strdup (id);
}

static void
sound_is_recorded_by_keys (void)
{
  g_autofree char *record = test_add_event (test_at_rest (worker, vault.vault), "A boat", FALSE);
  g_autoptr (SakDraft) draft = sak_draft_new ("event", record);
  GtkWidget *parent = test_window_new ();
  GtkWidget *window = sak_sound_window_new (GTK_WINDOW (parent), session, draft);
  g_autofree char *kept = NULL;

  g_signal_connect (window, "kept", G_CALLBACK (kept_cb), &kept);
  gtk_window_present (GTK_WINDOW (window));
  press (window, "Start recording", "Return");
  test_see (window, "0:01");
  press (window, "Pause", "space");
  press (window, "Go on recording", "Return");
  test_see (window, "0:02");
  press (window, "Stop and keep", "Return");
  wait_for ((gpointer *) &kept);
  gtk_window_destroy (GTK_WINDOW (parent));
}

static void
chosen_cb (GtkWidget  *window,
           GPtrArray  *files,
           GPtrArray **chosen)
{
  *chosen = g_ptr_array_ref (files);
}

static char *
make_folder (void)
{
  static const char *const names[] = { "one.png", "two.png" };
  char *folder = g_dir_make_tmp ("sakkhi-folder-XXXXXX", NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (SAK_PICTURES "/flag.png", &bytes, &size, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_set_contents (path, bytes, (gssize) size, NULL));
    }
  return folder;
}

static GtkWidget *
find_tile (GtkWidget  *widget,
           const char *name)
{
  const char *tip = GTK_IS_TOGGLE_BUTTON (widget) ? gtk_widget_get_tooltip_text (widget) : NULL;

  if (tip != NULL && g_str_has_prefix (tip, name))
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

static void
photos_are_chosen_by_keys (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GPtrArray) chosen = NULL;
  GtkWidget *parent = test_window_new ();
  GtkWidget *window = sak_folder_window_new (GTK_WINDOW (parent));

  g_signal_connect (window, "chosen", G_CALLBACK (chosen_cb), &chosen);
  gtk_window_present (GTK_WINDOW (window));
  tab_to (window, see_button (window, "Choose a folder…"));
  sak_folder_window_open (SAK_FOLDER_WINDOW (window), file);
  test_see (window, "2 files, the newest first.");
  tab_to (window, find_tile (window, "two.png"));
  test_press_keys (window, "space");
  press (window, "Add 1 file", "Return");
  wait_for ((gpointer *) &chosen);
  g_assert_cmpuint (chosen->len, ==, 1);
  g_assert_true (g_str_has_suffix (g_file_peek_path (chosen->pdata[0]), "/two.png"));
  gtk_window_destroy (GTK_WINDOW (parent));
  test_remove_tree (folder);
}

static void
noted_cb (GtkWidget   *notes,
          const char  *id,
          json_t      *told,
          json_t     **noted)
{
  json_decref (*noted);
  *noted = json_incref (told);
}

static void
wait_for_note (json_t     **noted,
               const char  *member,
               const char  *text)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (g_strcmp0 (sak_json_get_text (*noted, member), text) != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
}

static void
a_caption_and_consent_are_noted_by_keys (void)
{
  GtkWidget *window = test_window_new ();
  GtkWidget *notes = sak_media_notes_new (session);
  SakMediaInfo info = { .name = (char *) "boat.png", .id = (char *) "00000000-0000-4000-8000-000000000007" };
  json_t *noted = NULL;

  info.value = json_object ();
  g_signal_connect (notes, "changed", G_CALLBACK (noted_cb), &noted);
  gtk_window_set_child (GTK_WINDOW (window), notes);
  gtk_window_present (GTK_WINDOW (window));
  sak_media_notes_show (SAK_MEDIA_NOTES (notes), &info, TRUE);
  tab_to (window, test_find_type (notes, GTK_TYPE_ENTRY));
  test_press_keys (window, "p i e r");
  wait_for_note (&noted, "caption", "pier");
  tab_to (window, test_find_type (notes, GTK_TYPE_DROP_DOWN));
  /* Not chosen, yes, no. */
  test_press_keys (window, "Return Down Down Return");
  wait_for_note (&noted, "consent", "no");
  json_decref (noted);
  json_decref (info.value);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_window_init_application (NULL);
  sak_recorder_set_source ("audiotestsrc is-live=true wave=sine");
  test_vault_set_up (&vault, NULL);
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault.vault);
  g_test_add_func ("/media-keys/sound-is-recorded-by-keys", sound_is_recorded_by_keys);
  g_test_add_func ("/media-keys/photos-are-chosen-by-keys", photos_are_chosen_by_keys);
  g_test_add_func ("/media-keys/a-caption-and-consent-are-noted-by-keys", a_caption_and_consent_are_noted_by_keys);
  status = g_test_run ();
  g_object_unref (session);
  test_end_worker (worker);
  test_vault_tear_down (&vault, NULL);
  return status;
}
