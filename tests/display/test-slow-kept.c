/* test-slow-kept.c - what was written or given is kept, or it is said, whatever comes before it is stored
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As test-slow-store.c: while the store is held, nothing is answered.
 */
#include "config.h"

#include <adwaita.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "storage/model/sak-path.h"
#include "tests/display/sak-slow-store.h"
#include "tests/display/sak-slow-window.h"
#include "tests/display/sak-test-sight.h"
#include "ui/sak-fields.h"
#include "ui/sak-media-intake.h"
#include "ui/sak-print-window.h"
#include "ui/sak-record-page-private.h"
#include "ui/sak-window.h"
#include "ui/words/sak-language.h"

static char *files;             /* a folder */

static GtkEditable *
find_title (void)
{
  GtkWidget *field = slow_find_type (slow_window, SAK_TYPE_TEXT_FIELD);

  return field != NULL ? sak_text_field_get_editable (SAK_TEXT_FIELD (field)) : NULL;
}

static void
open_draft (void)
{
  slow_unlock ();
  slow_open_record (slow_draft_id);
  test_see (slow_window, "Discard draft…");
  slow_store_rest ();
}

static void
lock (void)
{
  slow_lock ();
  slow_store_rest ();
}

/* --- Notes on files --- */

/* Of nothing, with a hole in it. */
static void
give_file (const char *name,
           gint64      size_bytes)
{
  GtkWidget *page = slow_find_type (slow_window, SAK_TYPE_RECORD_PAGE);
  g_autofree char *path = g_build_filename (files, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  int fd = open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_no_errno (ftruncate (fd, size_bytes));
  g_assert_no_errno (close (fd));
  sak_record_page_take_media (SAK_RECORD_PAGE (page), sak_media_offer_new_file (file));
}

static SakRecordPage *
find_page (void)
{
  return SAK_RECORD_PAGE (slow_find_type (slow_window, SAK_TYPE_RECORD_PAGE));
}

/* As the viewer has it written. */
static void
write_caption (const char *caption)
{
  SakRecordPage *page = find_page ();
  const char *path;
  json_t *value;

  json_object_foreach (page->fields, path, value)
    if (sak_path_is_in (path, SAK_PATH_MEDIA) && g_strcmp0 (sak_json_get_text (value, "name"), "boat.png") == 0)
      {
        g_autoptr (json_t) notes = json_deep_copy (value);

        json_object_set_new (notes, "caption", json_string (caption));
        sak_record_page_describe_media (page, path + strlen (SAK_PATH_MEDIA "/"), notes);
      }
  slow_store_rest ();
}

/* What the vault answers about the file was so before. */
static void
what_is_taken_back_beside_an_intake_can_be_done_again (void)
{
  open_draft ();
  write_caption ("The boat");
  g_assert_true (sak_undo_can_undo (find_page ()->undo));
  slow_store_hold ();
  give_file ("third.txt", 3000);
  gtk_widget_activate_action (GTK_WIDGET (find_page ()), "record.undo", NULL);
  g_assert_true (sak_undo_can_redo (find_page ()->undo));
  slow_let_go ();
  test_see (slow_window, "third.txt");
  g_assert_true (sak_undo_can_redo (find_page ()->undo));
  lock ();
}

/* --- Another language --- */

static void
close_settings (void)
{
  GtkWidget *settings = test_find_window (ADW_TYPE_PREFERENCES_WINDOW);

  if (settings != NULL)
    gtk_window_destroy (GTK_WINDOW (settings));
}

/* Makes a new window, in which the record is shown again. */
static void
change_language (const char *code)
{
  slow_store_hold ();
  sak_window_change_language (SAK_WINDOW (slow_window), code);
  gtk_editable_set_text (find_title (), "Written while it was saved");
  slow_store_live ();
  slow_let_go ();
  g_assert_cmpstr (sak_language_get (), ==, code);
  slow_window = test_see_window (SAK_TYPE_WINDOW);
  slow_store_rest ();
  close_settings ();
}

static void
what_could_not_be_saved_stays_in_its_window (void)
{
  GtkWidget *window = slow_window;

  open_draft ();
  gtk_editable_set_text (find_title (), "Only on the screen");
  slow_store_fail_next (1);
  sak_window_change_language (SAK_WINDOW (slow_window), "my");
  slow_store_rest ();
  g_assert_true (test_see_window (SAK_TYPE_WINDOW) == window);
  g_assert_cmpstr (sak_language_get (), ==, "en");
  g_assert_cmpstr (gtk_editable_get_text (find_title ()), ==, "Only on the screen");
  test_see (slow_window, "The language stays as it is");
  lock ();
}

static void
what_is_written_while_the_language_changes_is_in_the_new_window (void)
{
  open_draft ();
  change_language ("my");
  g_assert_cmpstr (gtk_editable_get_text (find_title ()), ==, "Written while it was saved");
  gtk_editable_set_text (find_title (), "And back");
  change_language ("en");
  g_assert_cmpstr (gtk_editable_get_text (find_title ()), ==, "Written while it was saved");
  lock ();
}

/* --- Printing --- */

static void
what_could_not_be_saved_is_not_printed_without (void)
{
  GtkWidget *printing;

  open_draft ();
  gtk_editable_set_text (find_title (), "Not on paper");
  slow_store_fail_next (1);
  gtk_widget_activate_action (slow_find_type (slow_window, SAK_TYPE_RECORD_PAGE), "record.print", NULL);
  printing = test_see_window (SAK_TYPE_PRINT_WINDOW);
  test_see (printing, "Not printed: what was written last could not be saved");
  gtk_window_destroy (GTK_WINDOW (printing));
  lock ();
}

static GtkWidget *
open_pages (const char *bytes)
{
  GtkWidget *printing = sak_print_window_new (GTK_WINDOW (slow_window), slow_desk, SAK_PRINT_CASE, "Alpha",
                                              slow_first_id);
  g_autoptr (GBytes) pages = g_bytes_new_static (bytes, strlen (bytes));

  sak_print_window_take (SAK_PRINT_WINDOW (printing), pages);
  gtk_window_present (GTK_WINDOW (printing));
  return printing;
}

static void
save_pages (GtkWidget *printing)
{
  test_click (printing, "Save as PDF…");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Save…");
}

/* Where a file is there, the file dialog has asked. */
static void
pages_are_saved_where_somebody_said (void)
{
  g_autofree char *path = g_build_filename (files, "pages.pdf", NULL);
  g_autofree char *saved = NULL;
  GtkWidget *printing = open_pages ("the new ones");
  GStatBuf status;

  g_assert_true (g_file_set_contents (path, "the old ones", -1, NULL));
  g_assert_no_errno (g_chmod (path, 0644));
  slow_store_choose ("sftp://elsewhere/pages.pdf");
  save_pages (printing);
  test_see (printing, "Only a place on this computer can be chosen.");
  slow_store_choose (path);
  save_pages (printing);
  test_see (printing, "Saved. The file is not encrypted");
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, "the new ones");
  g_assert_no_errno (g_stat (path, &status));
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  slow_store_choose (files);
  save_pages (printing);
  test_see (printing, "The disk or stick could not be read or written.");
  gtk_window_destroy (GTK_WINDOW (printing));
}

/* --- Files, and a lock right behind them --- */

#define HOUR_MS (60 * 60 * 1000)

static void
paste_picture (void)
{
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 (4 * 300 * 200), 4 * 300 * 200);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (300, 200, GDK_MEMORY_R8G8B8A8, pixels, 4 * 300);
  GtkWidget *page = slow_find_type (slow_window, SAK_TYPE_RECORD_PAGE);

  sak_record_page_take_media (SAK_RECORD_PAGE (page), sak_media_offer_new_texture (texture));
}

/* The gate is seen at once, though the store is held. */
static void
lock_held (void)
{
  slow_lock ();
  slow_store_live ();
  slow_let_go ();
}

static void
what_is_quick_is_taken_in_behind_the_lock (void)
{
  sak_media_intake_set_last (HOUR_MS);
  open_draft ();
  slow_store_hold ();
  paste_picture ();
  give_file ("first.txt", 1000);
  give_file ("second.txt", 2000);
  lock_held ();
  open_draft ();
  g_assert_null (slow_find_dialog ());
  test_see (slow_window, "pasted-");
  test_see (slow_window, "first.txt");
  test_see (slow_window, "second.txt");
  lock ();
}

static void
see_left_out (const char *name)
{
  GtkWidget *dialog = slow_wait_for_dialog ();

  test_see (dialog, "Some files were not taken in");
  test_see (dialog, name);
  gtk_window_destroy (GTK_WINDOW (dialog));
  slow_store_rest ();
}

static void
what_a_lock_kept_out_is_told_of_once (void)
{
  sak_media_intake_set_last (HOUR_MS);
  open_draft ();
  slow_store_hold ();
  give_file ("film.mp4", 64 * 1024 * 1024);
  give_file ("beside.txt", 3000);
  lock_held ();
  slow_unlock ();
  see_left_out (": film.mp4");
  slow_open_record (slow_draft_id);
  test_see (slow_window, "beside.txt");
  slow_store_rest ();
  g_assert_null (test_find_text (slow_window, "film.mp4"));
  lock ();
  slow_unlock ();
  g_assert_null (slow_find_dialog ());
  lock ();
}

/* As on a stick that takes seconds for a photo; and the record is not there yet. */
static void
what_takes_too_long_is_not_waited_for (void)
{
  sak_media_intake_set_last (0);
  slow_unlock ();
  g_assert_true (gtk_widget_activate_action (slow_window, "win.new-of-kind", "s", "event"));
  test_see (slow_window, "Discard draft…");
  slow_store_rest ();
  slow_store_hold ();
  give_file ("slow.txt", 1000);
  give_file ("slower.txt", 1000);
  lock_held ();
  slow_unlock ();
  see_left_out ("A record without a title: slow.txt, slower.txt");
  lock ();
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_disable_setlocale ();
  sak_language_init ("en");
  slow_set_up (&argc, &argv);
  files = g_dir_make_tmp ("sakkhi-given-XXXXXX", NULL);
  g_test_add_func ("/slow-kept/what-is-taken-back-beside-an-intake-can-be-done-again",
                   what_is_taken_back_beside_an_intake_can_be_done_again);
  g_test_add_func ("/slow-kept/what-could-not-be-saved-stays-in-its-window",
                   what_could_not_be_saved_stays_in_its_window);
  g_test_add_func ("/slow-kept/what-is-written-while-the-language-changes-is-in-the-new-window",
                   what_is_written_while_the_language_changes_is_in_the_new_window);
  g_test_add_func ("/slow-kept/what-could-not-be-saved-is-not-printed-without",
                   what_could_not_be_saved_is_not_printed_without);
  g_test_add_func ("/slow-kept/pages-are-saved-where-somebody-said", pages_are_saved_where_somebody_said);
  g_test_add_func ("/slow-kept/what-is-quick-is-taken-in-behind-the-lock", what_is_quick_is_taken_in_behind_the_lock);
  g_test_add_func ("/slow-kept/what-a-lock-kept-out-is-told-of-once", what_a_lock_kept_out_is_told_of_once);
  g_test_add_func ("/slow-kept/what-takes-too-long-is-not-waited-for", what_takes_too_long_is_not_waited_for);
  status = g_test_run ();
  slow_tear_down ();
  test_remove_tree (files);
  g_free (files);
  return status;
}
