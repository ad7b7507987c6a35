/* test-card-windows.c - contact cards as QR codes: shown on the screen, and read by camera and from pictures
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * zbarimg is the telephone that reads our screen. GStreamer shows a picture in the camera's place.
 */
#include "config.h"

#include <adwaita.h>
#include <gst/gst.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-slip39.h"
#include "storage/sak-owner.h"
#include "sync/sak-card-qr.h"
#include "sync/sak-card.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/picture/sak-picture.h"
#include "ui/sak-camera-device.h"
#include "ui/sak-card-window.h"
#include "ui/sak-contacts-page.h"
#include "ui/sak-qr-view.h"
#include "ui/sak-scan-window.h"
#include "ui/sak-window.h"
#include "ui/words/sak-qr-picture.h"

#define LONG_NAME "ကုန်းတွင်းရေလုပ်သားများ သမဂ္ဂ၊ မြစ်ဝကျွန်းပေါ်ဒေသ ကော်မတီရုံး"

static TestPair pair;
static SakWorker *worker;
static SakSession *session;     /* of the partner's vault, who knows the desk */
static GtkWidget *parent;

static SakVault *
at_rest (void)
{
  return test_at_rest (worker, pair.partner);
}

static void
wait_turn (gint64 end)
{
  g_assert_cmpint (g_get_monotonic_time (), <, end);
  test_turn ();
}

#define WAIT_UNTIL(condition)                                                       \
  for (gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC; !(condition);)  \
    wait_turn (end)

static char *
get_card_text (SakVault *vault)
{
  g_autofree char *card = sak_card_export (vault, NULL, NULL);

  return sak_card_qr_from_card (card, strlen (card), NULL);
}

/* Returns: the path of a PNG. */
static char *
draw_code (const char *name,
           const char *text)
{
  char *path = test_path (&pair, name);
  g_autoptr (SakSecret) secret = sak_secret_new_copy (text, strlen (text));
  g_autoptr (GError) error = NULL;
  guint width;
  g_autoptr (SakSecret) modules = sak_qr_encode (secret, &width, &error);
  g_autoptr (GBytes) png = sak_qr_to_png (modules, width);

  g_file_set_contents (path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png), &error);
  g_assert_no_error (error);
  return path;
}

static char *
draw_card (SakVault *vault)
{
  g_autofree char *text = get_card_text (vault);

  return draw_code ("card.png", text);
}

static GtkWidget *
open_scan (void)
{
  GtkWidget *window = sak_scan_window_new (GTK_WINDOW (parent), session);

  gtk_window_present (GTK_WINDOW (window));
  test_see (window, "Use the camera");
  return window;
}

static gboolean
knows (const char *name)
{
  g_autoptr (SakContact) contact = sak_vault_find_contact (at_rest (), name, NULL);

  return contact != NULL;
}

/* Shown */

static char *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &output, NULL,
                NULL, &error);
  g_assert_no_error (error);
  return output;
}

/* What a telephone makes of the whole screen. */
static char *
read_screen (void)
{
  g_autofree char *picture = test_path (&pair, "screen.png");
  const char *const take[] = { "import", "-silent", "-window", "root", picture, NULL };
  const char *const read[] = { "zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture, NULL };
  g_autofree char *taken = run (take);

  return g_strchomp (run (read));
}

static void
assert_screen_shows (const char *text)
{
  g_autofree char *seen = NULL;

  WAIT_UNTIL ((g_free (seen), seen = read_screen (), g_str_equal (seen, text)));
}

static void
show_own (int width,
          int height)
{
  g_autofree char *text = get_card_text (at_rest ());
  g_autofree char *code = sak_card_get_own_code (at_rest (), NULL);
  GtkWidget *window = sak_card_window_new (GTK_WINDOW (parent), session);

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  test_see (window, "Harbour");
  test_see (window, code);
  g_assert_true (test_is_called (test_find_type (window, SAK_TYPE_QR_VIEW),
                                 "QR code of your contact card, for a camera"));
  assert_screen_shows (text);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_telephone_reads_the_screen (void)
{
  show_own (1040, 620);
  show_own (960, 480);
  show_own (360, 640);
}

static void
it_does_so_in_the_dark_and_with_large_letters (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  g_object_set (settings, "gtk-xft-dpi", 2 * dpi, NULL);
  show_own (960, 480);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
}

static void
a_long_name_is_read_too (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_set_organisation (at_rest (), LONG_NAME, &error));
  g_assert_no_error (error);
  show_own (960, 480);
  g_assert_true (sak_vault_set_organisation (at_rest (), "", &error));
}

/* What opens or closes a window takes the keyboard from this one while the key is down. */
static void
press (GtkWidget  *window,
       const char *key)
{
  const char *const command[] = { "xdotool", "key", key, NULL };

  test_press_keys (window, "shift");
  g_free (run (command));
}

static void
press_escape (GtkWidget *window,
              GType      type)
{
  press (window, "Escape");
  WAIT_UNTIL (test_find_window (type) == NULL);
}

static void
escape_closes_both_windows (void)
{
  GtkWidget *window = sak_card_window_new (GTK_WINDOW (parent), session);

  gtk_window_present (GTK_WINDOW (window));
  test_see (window, "Harbour");
  press_escape (window, SAK_TYPE_CARD_WINDOW);
  window = open_scan ();
  press_escape (window, SAK_TYPE_SCAN_WINDOW);
}

/* Read from pictures */

static void
a_card_is_read_from_a_picture_and_taken_in (void)
{
  g_autofree char *path = draw_card (pair.stranger);
  g_autofree char *code = sak_card_get_own_code (pair.stranger, NULL);
  g_autoptr (SakContact) contact = NULL;
  GtkWidget *window = open_scan ();

  sak_scan_window_open (SAK_SCAN_WINDOW (window), path);
  test_see (window, "Stranger");
  test_see (window, code);
  g_assert_false (knows ("Stranger"));
  test_click (window, "Add to contacts");
  WAIT_UNTIL (test_find_window (SAK_TYPE_SCAN_WINDOW) == NULL);
  contact = sak_vault_find_contact (at_rest (), "Stranger", NULL);
  g_assert_cmpint (contact->trust, ==, SAK_TRUST_SEEN);
}

static void
what_is_declined_is_not_taken (void)
{
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  SakVault *other = test_vault_make (&pair.f, "Other");
  GtkWidget *window = open_scan ();

  text = get_card_text (other);
  path = draw_code ("other.png", text);
  sak_scan_window_open (SAK_SCAN_WINDOW (window), path);
  test_see (window, "Other");
  test_click (window, "Read another");
  test_see (window, "Use the camera");
  g_assert_null (test_find_text (window, "Other"));
  g_assert_false (knows ("Other"));
  gtk_window_destroy (GTK_WINDOW (window));
  sak_vault_lock (other);
  g_object_unref (other);
}

static void
who_is_known_is_not_offered_again (void)
{
  g_autofree char *path = draw_card (pair.desk);
  GtkWidget *window = open_scan ();

  sak_scan_window_open (SAK_SCAN_WINDOW (window), path);
  test_see (window, "This contact is already here");
  g_assert_null (test_find_text (window, "Add to contacts"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
ones_own_card_is_told (void)
{
  g_autofree char *path = draw_card (at_rest ());
  GtkWidget *window = open_scan ();

  sak_scan_window_open (SAK_SCAN_WINDOW (window), path);
  test_see (window, "Your own card");
  g_assert_null (test_find_text (window, "Add to contacts"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
another_key_is_loud (void)
{
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autofree char *folder = test_path (&pair, "another");
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  SakVault *other = sak_vault_create (folder, "Desk", passphrase, SAK_VAULT_PRACTICE, &floor, NULL);
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  GtkWidget *window = open_scan ();
  GtkWidget *words;

  text = get_card_text (other);
  path = draw_code ("desk.png", text);
  sak_scan_window_open (SAK_SCAN_WINDOW (window), path);
  test_see (window, "Careful: another key");
  words = test_see (window, "A contact with this name but another key is already here.");
  g_assert_true (gtk_widget_has_css_class (words, "sak-warning"));
  g_assert_null (test_find_text (window, "Add to contacts"));
  gtk_window_destroy (GTK_WINDOW (window));
  sak_vault_lock (other);
  g_object_unref (other);
}

static void
what_is_no_card_is_told (void)
{
  g_autoptr (SakSecret) master = sak_secret_new_random (32);
  g_autoptr (GPtrArray) shares = sak_slip39_split (master, 2, 3);
  g_autoptr (SakSecret) words = sak_slip39_share_to_words (g_ptr_array_index (shares, 0));
  g_autofree char *share_text = g_strndup ((const char *) sak_secret_get_bytes (words), sak_secret_get_size (words));
  g_autofree char *share = draw_code ("share.png", share_text);
  g_autofree char *other = draw_code ("other.png", "https://example.org");
  g_autofree char *later = draw_code ("later.png", "SAKKHI-CARD-2:ABC");
  g_autofree char *text = test_path (&pair, "text.png");
  GtkWidget *window = open_scan ();
  const struct { const char *path; const char *words; } cases[] = {
    { share, "This is a share of a key, not a contact card. A picture of it is as good as the paper" },
    { other, "There is a QR code here, but it is no contact card." },
    { SAK_PICTURES "/flag.png", "No code was found in this picture." },
    { text, "This is no picture that can be read." },
    { later, "This was made by a newer version of Sakkhi" },
    { "/nowhere/at-all.png", "The picture could not be looked at." },
  };

  g_assert_true (g_file_set_contents (text, "words", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].path);
      sak_scan_window_open (SAK_SCAN_WINDOW (window), cases[i].path);
      test_see (window, cases[i].words);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Pasted */

static void
text_and_pictures_are_pasted (void)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (parent);
  g_autofree char *text = get_card_text (pair.desk);
  g_autofree char *path = draw_card (at_rest ());
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_filename (path, NULL);
  GtkWidget *window = open_scan ();

  gdk_clipboard_set_text (clipboard, text);
  test_press_keys (window, "ctrl+v");
  test_see (window, "This contact is already here");
  test_click (window, "Read another");
  gdk_clipboard_set_texture (clipboard, texture);
  test_click (window, "Paste");
  test_see (window, "Your own card");
  test_click (window, "Read another");
  gdk_clipboard_set_content (clipboard, NULL);
  test_click (window, "Paste");
  test_see (window, "There is no picture, file or text of a code to paste.");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The camera */

static void
show_camera (const char *path)
{
  g_autofree char *source = g_strdup_printf ("filesrc location=\"%s\" ! pngdec ! videoconvert ! "
                                             "imagefreeze is-live=true", path);

  sak_camera_set_source (source);
}

static void
wait_until_released (void)
{
  WAIT_UNTIL (sak_camera_count_open () == 0);
}

static void
the_camera_reads_a_card_and_is_let_go (void)
{
  g_autofree char *path = draw_card (pair.desk);
  GtkWidget *window = open_scan ();

  show_camera (path);
  test_click (window, "Use the camera");
  test_see (window, "This contact is already here");
  wait_until_released ();
  g_assert_null (test_find_text (window, "Stop the camera"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
what_is_held_before_it_is_told (void)
{
  g_autofree char *path = draw_code ("other.png", "https://example.org");
  GtkWidget *window = open_scan ();

  show_camera (path);
  test_click (window, "Use the camera");
  test_see (window, "There is a QR code here, but it is no contact card.");
  test_click (window, "Stop the camera");
  test_see (window, "Use the camera");
  wait_until_released ();
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
open_running (void)
{
  GtkWidget *window = open_scan ();

  sak_camera_set_source ("videotestsrc is-live=true pattern=ball");
  test_click (window, "Use the camera");
  test_see (window, "Hold the code before the camera");
  g_assert_cmpuint (sak_camera_count_open (), ==, 1);
  return window;
}

static void
the_camera_is_let_go_with_its_window (void)
{
  GtkWidget *window = open_running ();

  gtk_window_close (GTK_WINDOW (window));
  wait_until_released ();
  window = open_running ();
  /* As while something else is in front of it on a desktop that takes windows away. */
  gtk_widget_set_visible (window, FALSE);
  wait_until_released ();
  gtk_window_destroy (GTK_WINDOW (window));
  /* Before it runs. */
  window = open_scan ();
  test_click (window, "Use the camera");
  gtk_window_destroy (GTK_WINDOW (window));
  for (guint i = 0; i < 20; i++)
    test_turn ();
  wait_until_released ();
}

/* As locking does it. */
static void
the_camera_is_let_go_when_the_vault_locks (void)
{
  GtkWidget *window = open_running ();

  gtk_window_destroy (GTK_WINDOW (parent));
  wait_until_released ();
  g_assert_null (test_find_window (SAK_TYPE_SCAN_WINDOW));
  g_assert_nonnull (window);
  parent = test_window_new ();
  gtk_window_present (GTK_WINDOW (parent));
}

static void
without_a_camera_it_says_so (void)
{
  GtkWidget *window = open_scan ();

  sak_camera_set_source ("v4l2src device=/nowhere/video");
  test_click (window, "Use the camera");
  test_see (window, "No camera was found.");
  sak_camera_set_source ("videotestsrc num-buffers=5");
  test_click (window, "Use the camera");
  test_see (window, "The camera cannot be used, or it went away.");
  wait_until_released ();
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
each_failure_is_told_apart (void)
{
  static const struct { int code; SakCameraState state; } cases[] = {
    { GST_RESOURCE_ERROR_BUSY, SAK_CAMERA_IN_USE }, { GST_RESOURCE_ERROR_NOT_FOUND, SAK_CAMERA_NOT_FOUND },
    { GST_RESOURCE_ERROR_NOT_AUTHORIZED, SAK_CAMERA_NOT_PERMITTED },
    { GST_RESOURCE_ERROR_OPEN_READ_WRITE, SAK_CAMERA_IN_USE }, { GST_RESOURCE_ERROR_READ, SAK_CAMERA_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (GST_RESOURCE_ERROR, cases[i].code, "");
      GstMessage *message = gst_message_new_error (NULL, error, NULL);

      g_assert_cmpint (sak_camera_device_judge (message), ==, cases[i].state);
      gst_message_unref (message);
    }
}

/* By the keys alone, from the page. */
static void
a_code_is_read_by_the_keyboard_alone (void)
{
  GtkWidget *page = sak_contacts_page_new (session);
  GtkWidget *window;
  g_autofree char *path = draw_card (pair.desk);

  gtk_window_set_child (GTK_WINDOW (parent), page);
  test_see (page, "Desk");
  test_tab_to (parent, "Show my code…");
  press (parent, "Return");
  window = test_see_window (SAK_TYPE_CARD_WINDOW);
  test_tab_to (window, "Save as a picture…");
  press_escape (window, SAK_TYPE_CARD_WINDOW);
  test_tab_to (parent, "Read a code…");
  press (parent, "Return");
  window = test_see_window (SAK_TYPE_SCAN_WINDOW);
  show_camera (path);
  test_tab_to (window, "Use the camera");
  press (window, "Return");
  test_see (window, "This contact is already here");
  test_tab_to (window, "Read another");
  press (window, "Return");
  test_see (window, "Use the camera");
  press_escape (window, SAK_TYPE_SCAN_WINDOW);
  wait_until_released ();
  gtk_window_set_child (GTK_WINDOW (parent), NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_window_init_application (NULL);
  gst_init (NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  sak_crypto_init ();
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  test_pair_set_up (&pair);
  worker = sak_worker_new ();
  session = sak_session_new (worker, pair.partner);
  parent = test_window_new ();
  gtk_window_present (GTK_WINDOW (parent));
#define ADD(path, function) g_test_add_func ("/card-windows/" path, function)
  ADD ("a-telephone-reads-the-screen", a_telephone_reads_the_screen);
  ADD ("it-does-so-in-the-dark-and-with-large-letters", it_does_so_in_the_dark_and_with_large_letters);
  ADD ("a-long-name-is-read-too", a_long_name_is_read_too);
  ADD ("escape-closes-both-windows", escape_closes_both_windows);
  ADD ("a-card-is-read-from-a-picture-and-taken-in", a_card_is_read_from_a_picture_and_taken_in);
  ADD ("what-is-declined-is-not-taken", what_is_declined_is_not_taken);
  ADD ("who-is-known-is-not-offered-again", who_is_known_is_not_offered_again);
  ADD ("ones-own-card-is-told", ones_own_card_is_told);
  ADD ("another-key-is-loud", another_key_is_loud);
  ADD ("what-is-no-card-is-told", what_is_no_card_is_told);
  ADD ("text-and-pictures-are-pasted", text_and_pictures_are_pasted);
  ADD ("the-camera-reads-a-card-and-is-let-go", the_camera_reads_a_card_and_is_let_go);
  ADD ("what-is-held-before-it-is-told", what_is_held_before_it_is_told);
  ADD ("the-camera-is-let-go-with-its-window", the_camera_is_let_go_with_its_window);
  ADD ("the-camera-is-let-go-when-the-vault-locks", the_camera_is_let_go_when_the_vault_locks);
  ADD ("without-a-camera-it-says-so", without_a_camera_it_says_so);
  ADD ("each-failure-is-told-apart", each_failure_is_told_apart);
  ADD ("a-code-is-read-by-the-keyboard-alone", a_code_is_read_by_the_keyboard_alone);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (parent));
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_pair_tear_down (&pair);
  return status;
}
