/* test-printing.c - what a person is told before something is printed, and what lp is given
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Stand-ins for lp and lpstat are first in the PATH: they note how they were called, and what
 * came by standard input.
 */
#include "config.h"

#include <adwaita.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-custody.h"
#include "storage/sak-media.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/picture/sak-picture.h"
#include "ui/print/sak-print.h"
#include "ui/sak-custody-window.h"
#include "ui/sak-media-viewer.h"
#include "ui/sak-print-sending.h"
#include "ui/sak-print-window.h"
#include "ui/sak-record-page.h"
#include "ui/sak-window.h"

#define SECRET "Nightingale"

static TestVault vaults;
static SakVault *vault;
static SakWorker *worker;
static SakSession *session;
static char *bin;               /* where the stand-ins are, and what they note */
static char *scratch;           /* TMPDIR */

static SakVault *
at_rest (void)
{
  return test_at_rest (worker, vault);
}

static void
write_program (const char *name,
               const char *script)
{
  g_autofree char *path = g_build_filename (bin, name, NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\nhere='%s'\n%s", bin, script);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_no_errno (g_chmod (path, 0700));
}

static char *
read_noted (const char *name,
            gsize      *ret_size)
{
  g_autofree char *path = g_build_filename (bin, name, NULL);
  char *text = NULL;

  (void) g_file_get_contents (path, &text, ret_size, NULL);
  return text;
}

static void
forget_noted (void)
{
  g_autofree char *called = g_build_filename (bin, "called", NULL);
  g_autofree char *printed = g_build_filename (bin, "printed", NULL);

  (void) g_remove (called);
  (void) g_remove (printed);
}

static void
have_two_printers (void)
{
  forget_noted ();
  write_program ("lpstat", "if [ \"$1\" = -e ]; then echo office; echo upstairs; "
                           "else echo 'system default destination: upstairs'; fi\n");
  write_program ("lp", "cat >\"$here/printed\"\necho \"$*\" >\"$here/called\"\n");
}

static GtkWidget *
open_page (const char *id,
           const char *heading)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (window), sak_record_page_new (session, id));
  gtk_window_present (GTK_WINDOW (window));
  test_see (window, heading);
  return window;
}

static GtkWidget *
ask_to_print (GtkWidget *window)
{
  GtkWidget *asked;

  g_assert_true (gtk_widget_activate_action (gtk_window_get_child (GTK_WINDOW (window)), "record.print", NULL));
  asked = test_find_window (SAK_TYPE_PRINT_WINDOW);
  g_assert_nonnull (asked);
  return asked;
}

/* @id: of a record, or a file's digest. */
static guint
count_steps (const char *id,
             const char *what)
{
  g_autoptr (json_t) sheet = sak_vault_describe_custody (at_rest (), id, NULL, NULL);
  const json_t *record = json_object_get (sheet, "record");
  const json_t *subject = record != NULL ? record : json_array_get (json_object_get (sheet, "items"), 0);
  json_t *step;
  guint n = 0;
  gsize i;

  g_assert_nonnull (subject);
  json_array_foreach (json_object_get (subject, "steps"), i, step)
    n += g_strcmp0 (sak_json_get_text (step, "what"), what) == 0 ? 1 : 0;
  return n;
}

static void
assert_nothing_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

static void
a_record_goes_to_the_printer_and_nowhere_else (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"" SECRET "\"}", TRUE);
  GtkWidget *window = open_page (id, "What happened");
  g_autofree char *called = NULL;
  g_autofree char *printed = NULL;
  GtkWidget *asked;
  gsize size = 0;

  have_two_printers ();
  asked = ask_to_print (window);
  test_see (asked, "Paper is not encrypted, nor is a PDF: whoever finds them reads them.");
  test_see (asked, "keeps a copy of what it printed");
  test_see (asked, "upstairs");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (test_find_entry (asked, "copies")), 3);
  g_assert_cmpuint (count_steps (id, "printed"), ==, 0);
  test_click (asked, "Print");
  test_see (asked, "It was sent to the printer.");
  called = read_noted ("called", NULL);
  /* The name of the job stands in a list that everybody sees. */
  g_assert_cmpstr (called, ==, "-s -d upstairs -n 3 -t 1 -o media=A4 -\n");
  printed = read_noted ("printed", &size);
  g_assert_cmpuint (size, >, 1000);
  g_assert_cmpmem (printed, 5, "%PDF-", 5);
  g_assert_cmpuint (count_steps (id, "printed"), ==, 1);
  assert_nothing_in (scratch);
  gtk_window_destroy (GTK_WINDOW (asked));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* That it was tried stays in the log, which nothing is taken out of. */
static void
a_printer_that_refuses_is_told_of_and_noted (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"" SECRET "\"}", TRUE);
  GtkWidget *window = open_page (id, "What happened");
  GtkWidget *asked;

  have_two_printers ();
  /* It does not even read what it is given. */
  write_program ("lp", "exit 1\n");
  asked = ask_to_print (window);
  test_see (asked, "upstairs");
  test_click (asked, "Print");
  test_see (asked, "The printer did not take it.");
  g_assert_cmpuint (count_steps (id, "printed"), ==, 1);
  g_assert_cmpuint (count_steps (id, "not-printed"), ==, 1);
  gtk_window_destroy (GTK_WINDOW (asked));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_there (const char *name)
{
  g_autofree char *path = g_build_filename (bin, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
wait_for (const char *name)
{
  gint64 end = g_get_monotonic_time () + 180 * G_USEC_PER_SEC;

  while (!is_there (name))
    {
      if (g_get_monotonic_time () > end)
        g_error ("nothing makes “%s”", name);
      test_turn ();
    }
}

/* As with one in a network, which takes seconds: it goes on when it is let go. */
static void
have_slow_printer (void)
{
  g_autofree char *gate = g_build_filename (bin, "gate", NULL);

  have_two_printers ();
  g_assert_no_errno (mkfifo (gate, 0600));
  write_program ("lp", "touch \"$here/begun\"\nread -r unused <\"$here/gate\"\n"
                       "cat >\"$here/printed\"\ntouch \"$here/ended\"\n");
}

static void
let_printer_go (void)
{
  g_autofree char *begun = g_build_filename (bin, "begun", NULL);
  g_autofree char *ended = g_build_filename (bin, "ended", NULL);
  g_autofree char *gate = g_build_filename (bin, "gate", NULL);
  int fd = -1;

  wait_for ("begun");
  while ((fd = open (gate, O_WRONLY | O_NONBLOCK | O_CLOEXEC)) < 0 && errno == ENXIO)
    test_turn ();
  g_assert_cmpint (fd, >=, 0);
  g_assert_no_errno (close (fd));
  wait_for ("ended");
  g_assert_no_errno (g_remove (begun));
  g_assert_no_errno (g_remove (ended));
  g_assert_no_errno (g_remove (gate));
}

/* Before the first page lies there; and it is said what is going on. */
static void
what_is_sent_is_in_the_log_before (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"" SECRET "\"}", TRUE);
  GtkWidget *window = open_page (id, "What happened");
  GtkWidget *asked;

  have_slow_printer ();
  asked = ask_to_print (window);
  test_see (asked, "upstairs");
  test_click (asked, "Print");
  wait_for ("begun");
  test_see (asked, "It is being sent to the printer…");
  g_assert_false (is_there ("printed"));
  g_assert_cmpuint (count_steps (id, "printed"), ==, 1);
  let_printer_go ();
  test_see (asked, "It was sent to the printer.");
  g_assert_cmpuint (count_steps (id, "printed"), ==, 1);
  g_assert_cmpuint (count_steps (id, "not-printed"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (asked));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Whether something comes out of it, nobody knows: that it was printed stays in the log. */
static void
a_print_service_that_hangs_is_not_waited_for (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"" SECRET "\"}", TRUE);
  GtkWidget *window = open_page (id, "What happened");
  GtkWidget *asked;

  have_two_printers ();
  write_program ("lp", "exec tail -f /dev/null\n");
  asked = ask_to_print (window);
  test_see (asked, "upstairs");
  sak_print_set_limit (300);
  test_click (asked, "Print");
  test_see (asked, "The printer has not answered for a minute.");
  g_assert_cmpuint (count_steps (id, "printed"), ==, 1);
  g_assert_cmpuint (count_steps (id, "not-printed"), ==, 0);
  gtk_window_destroy (GTK_WINDOW (asked));
  write_program ("lpstat", "exec tail -f /dev/null\n");
  asked = ask_to_print (window);
  g_assert_nonnull (test_find_text (asked, "Looking for printers…"));
  test_see (asked, "This computer has no printer yet");
  g_assert_null (test_find_text (asked, "Looking for printers…"));
  sak_print_set_limit (60 * 1000);
  gtk_window_destroy (GTK_WINDOW (asked));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The last test: the session is over. */
static void
what_is_printed_while_it_is_locked_is_noted (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"" SECRET "\"}", TRUE);
  GtkWidget *window = open_page (id, "What happened");
  GtkWidget *asked;

  have_slow_printer ();
  asked = ask_to_print (window);
  test_see (asked, "upstairs");
  test_click (asked, "Print");
  sak_session_lock (session);
  gtk_window_destroy (GTK_WINDOW (asked));
  gtk_window_destroy (GTK_WINDOW (window));
  let_printer_go ();
  (void) test_at_rest (worker, NULL);
  test_vault_reopen (&vaults);
  vault = vaults.vault;
  g_assert_cmpuint (count_steps (id, "printed"), ==, 1);
}

static void
without_a_printer_it_can_be_saved_after_a_warning (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"" SECRET "\"}", TRUE);
  GtkWidget *window = open_page (id, "What happened");
  GtkWidget *asked;

  have_two_printers ();
  write_program ("lpstat", "echo 'lpstat: No destinations added.' >&2; exit 1\n");
  asked = ask_to_print (window);
  test_see (asked, "This computer has no printer yet");
  g_assert_null (test_find_text (asked, "Copies"));
  test_click (asked, "Save as PDF…");
  g_assert_nonnull (test_find_window (ADW_TYPE_MESSAGE_DIALOG));
  test_see (test_find_window (ADW_TYPE_MESSAGE_DIALOG), "Save the pages outside the vault?");
  gtk_window_destroy (GTK_WINDOW (test_find_window (ADW_TYPE_MESSAGE_DIALOG)));
  gtk_window_destroy (GTK_WINDOW (asked));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
whoever_said_no_is_remembered_before_printing (void)
{
  g_autofree char *id = test_add_json (at_rest (), "testimony",
                                       "{\"title\": \"" SECRET "\", \"consent\": {\"share\": \"no\"}}", FALSE);
  GtkWidget *window = open_page (id, "The account");
  GtkWidget *asked = ask_to_print (window);

  test_see (asked, "The person does not allow that this is shared.");
  gtk_window_destroy (GTK_WINDOW (asked));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
the_custody_sheet_is_printed_from_its_window (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"" SECRET "\"}", TRUE);
  GtkWidget *parent = test_window_new ();
  GtkWidget *sheet = sak_custody_window_new (GTK_WINDOW (parent), session, id);
  GtkWidget *asked;

  have_two_printers ();
  gtk_window_present (GTK_WINDOW (sheet));
  test_see (sheet, "How to verify this yourself");
  test_click (sheet, "Print or save…");
  asked = test_find_window (SAK_TYPE_PRINT_WINDOW);
  test_see (asked, "upstairs");
  test_see (asked, "The sheet names the record");
  test_click (asked, "Print");
  test_see (asked, "It was sent to the printer.");
  g_assert_cmpuint (count_steps (id, "sheet-made"), ==, 1);
  gtk_window_destroy (GTK_WINDOW (asked));
  gtk_window_destroy (GTK_WINDOW (sheet));
  gtk_window_destroy (GTK_WINDOW (parent));
}

/* From the viewer */

static GPtrArray *
attach (const char *name,
        const char *bytes,
        gsize       size)
{
  g_autofree char *id = test_add_event (at_rest (), SECRET, FALSE);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) size, NULL);
  g_autoptr (GPtrArray) media = NULL;
  GError *error = NULL;

  sak_media_info_free (sak_vault_add_media (at_rest (), id, stream, name, size, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  media = sak_vault_list_media (at_rest (), id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (media->len, ==, 1);
  return g_steal_pointer (&media);
}

static GPtrArray *
attach_file (const char *name)
{
  g_autofree char *path = g_build_filename (SAK_PICTURES, name, NULL);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return attach (name, bytes, size);
}

static gboolean
may_print (GtkWidget *viewer)
{
  return gtk_widget_activate_action (viewer, "media.print", NULL) && test_find_window (SAK_TYPE_PRINT_WINDOW) != NULL;
}

/* The question, from a viewer of @media, with the printer found. */
static GtkWidget *
print_from_viewer (GtkWidget *window,
                   GPtrArray *media)
{
  GtkWidget *viewer = sak_media_viewer_new (GTK_WINDOW (window), session, media, 0);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  GtkWidget *asked;

  have_two_printers ();
  gtk_window_present (GTK_WINDOW (viewer));
  /* What is not shown yet is not printed. */
  while (!may_print (viewer))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
  asked = test_find_window (SAK_TYPE_PRINT_WINDOW);
  test_see (asked, "Paper is not encrypted, nor is a PDF: whoever finds them reads them.");
  test_see (asked, "upstairs");
  /* The viewer itself saves copies, which are what was taken in. */
  g_assert_null (test_find_text (asked, "Save as PDF…"));
  return asked;
}

/* What a program says of the pages that lp was given. */
static char *
read_pages (const char *program,
            const char *option)
{
  g_autofree char *printed = g_build_filename (bin, "printed", NULL);
  const char *argv[] = { program, option, printed, g_str_equal (program, "pdftotext") ? "-" : NULL, NULL };
  char *said = NULL;
  GError *error = NULL;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &said, NULL, &status,
                               &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return said;
}

static void
assert_says (const char *said,
             const char *words)
{
  if (strstr (said, words) == NULL)
    g_error ("“%s” is not in: %s", words, said);
}

static void
a_picture_is_printed_from_the_viewer (void)
{
  g_autoptr (GPtrArray) media = attach_file ("flag.png");
  const SakMediaInfo *info = g_ptr_array_index (media, 0);
  GtkWidget *window = test_window_new ();
  GtkWidget *asked = print_from_viewer (window, media);
  g_autofree char *text = NULL;
  g_autofree char *pictures = NULL;
  g_autofree char *called = NULL;

  g_assert_null (test_find_text (asked, "From page"));
  g_assert_cmpuint (count_steps (info->sha256, "printed"), ==, 0);
  test_click (asked, "Print");
  test_see (asked, "It was sent to the printer.");
  called = read_noted ("called", NULL);
  g_assert_cmpstr (called, ==, "-s -d upstairs -n 1 -t 1 -o media=A4 -\n");
  text = read_pages ("pdftotext", "-layout");
  assert_says (text, "flag.png");
  assert_says (text, "SHA-256");
  assert_says (text, "Page 1 of 1");
  pictures = read_pages ("pdfimages", "-list");
  assert_says (pictures, " image ");
  g_assert_cmpuint (count_steps (info->sha256, "printed"), ==, 1);
  assert_nothing_in (scratch);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
some_pages_of_a_paper_are_printed (void)
{
  g_autoptr (GPtrArray) media = attach_file ("three.pdf");
  const SakMediaInfo *info = g_ptr_array_index (media, 0);
  GtkWidget *window = test_window_new ();
  GtkWidget *asked = print_from_viewer (window, media);
  GtkSpinButton *first = GTK_SPIN_BUTTON (test_find_entry (asked, "first-page"));
  GtkSpinButton *last = GTK_SPIN_BUTTON (test_find_entry (asked, "last-page"));
  g_autofree char *some = NULL;
  g_autofree char *one = NULL;

  g_assert_cmpint (gtk_spin_button_get_value_as_int (first), ==, 1);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (last), ==, 3);
  gtk_spin_button_set_value (first, 2);
  test_click (asked, "Print");
  test_see (asked, "It was sent to the printer.");
  some = read_pages ("pdftotext", "-layout");
  g_assert_null (strstr (some, "Page 1 of 3"));
  assert_says (some, "Page 2 of 3");
  assert_says (some, "Page 3 of 3");
  /* The first is never after the last; and other pages are drawn anew. */
  gtk_spin_button_set_value (last, 1);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (first), ==, 1);
  forget_noted ();
  test_click (asked, "Print");
  test_see (asked, "It was sent to the printer.");
  one = read_pages ("pdftotext", "-layout");
  assert_says (one, "Page 1 of 3");
  g_assert_null (strstr (one, "Page 2 of 3"));
  g_assert_cmpuint (count_steps (info->sha256, "printed"), ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_text_is_printed_as_it_is_shown (void)
{
  const char words[] = "The first line\n\n  and one that stands in\n";
  g_autoptr (GPtrArray) media = attach ("notes.txt", words, sizeof words - 1);
  GtkWidget *window = test_window_new ();
  GtkWidget *asked = print_from_viewer (window, media);
  g_autofree char *text = NULL;

  test_click (asked, "Print");
  test_see (asked, "It was sent to the printer.");
  text = read_pages ("pdftotext", "-layout");
  assert_says (text, "notes.txt");
  assert_says (text, "The first line");
  assert_says (text, "and one that stands in");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
what_nobody_allowed_is_said_before_a_file_is_printed (void)
{
  g_autoptr (GPtrArray) media = attach_file ("flag.webp");
  SakMediaInfo *info = g_ptr_array_index (media, 0);
  GtkWidget *window = test_window_new ();

  json_object_set_new (info->value, "consent", json_string ("no"));
  test_see (print_from_viewer (window, media), "The person does not allow that this is shared.");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Its reader broke down after it was shown: nothing is sent, and nothing noted. */
static void
a_picture_that_can_no_longer_be_read_is_told_of (void)
{
  g_autoptr (GPtrArray) media = attach_file ("turned.jpg");
  const SakMediaInfo *info = g_ptr_array_index (media, 0);
  GtkWidget *window = test_window_new ();
  GtkWidget *asked = print_from_viewer (window, media);
  g_autofree char *called = NULL;

  sak_picture_set_program ("/bin/false", 0);
  test_click (asked, "Print");
  test_see (asked, "made to do harm");
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  g_assert_cmpuint (count_steps (info->sha256, "printed"), ==, 0);
  called = read_noted ("called", NULL);
  g_assert_null (called);
  /* And the next try, which is well, is not held up by it. */
  test_click (asked, "Print");
  test_see (asked, "It was sent to the printer.");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The program that draws goes away while it is still being told. */
static void
pages_that_cannot_be_drawn_are_told_of (void)
{
  g_autoptr (GPtrArray) media = attach_file ("flag.tiff");
  GtkWidget *window = test_window_new ();
  GtkWidget *asked = print_from_viewer (window, media);

  sak_print_set_program ("/bin/false");
  test_click (asked, "Print");
  test_see (asked, "Something went wrong inside the program.");
  sak_print_set_program (SAK_PRINT_PROGRAM);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The vault's own thread waits for the pages: it must not wait for who no longer wants them. */
static void
a_program_that_hangs_is_ended_with_its_window (void)
{
  g_autofree char *id = test_add_json (at_rest (), "event", "{\"title\": \"" SECRET "\"}", TRUE);
  g_autofree char *program = g_build_filename (bin, "hangs", NULL);
  GtkWidget *window = open_page (id, "What happened");

  write_program ("hangs", "touch \"$here/drawing\"\nexec tail -f /dev/null\n");
  sak_print_set_program (program);
  (void) ask_to_print (window);
  wait_for ("drawing");
  gtk_window_destroy (GTK_WINDOW (test_find_window (SAK_TYPE_PRINT_WINDOW)));
  g_assert_cmpuint (count_steps (id, "printed"), ==, 0);
  sak_print_set_program (SAK_PRINT_PROGRAM);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
set_up (void)
{
  g_autofree char *path = NULL;

  bin = g_dir_make_tmp ("sakkhi-printers-XXXXXX", NULL);
  test_vault_set_up (&vaults, NULL);
  scratch = g_dir_make_tmp ("sakkhi-scratch-XXXXXX", NULL);
  path = g_strjoin (":", bin, g_getenv ("PATH"), NULL);
  g_setenv ("PATH", path, TRUE);
  g_setenv ("TMPDIR", scratch, TRUE);
  have_two_printers ();
}

int
main (int    argc,
      char **argv)
{
  int status;

  set_up ();
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  sak_print_set_program (SAK_PRINT_PROGRAM);
  sak_picture_set_program (SAK_PICTURE_PROGRAM, 0);
  vault = vaults.vault;
  worker = sak_worker_new ();
  session = sak_session_new (worker, vault);
  g_test_add_func ("/printing/a-record-goes-to-the-printer-and-nowhere-else",
                   a_record_goes_to_the_printer_and_nowhere_else);
  g_test_add_func ("/printing/a-printer-that-refuses-is-told-of-and-noted",
                   a_printer_that_refuses_is_told_of_and_noted);
  g_test_add_func ("/printing/what-is-sent-is-in-the-log-before", what_is_sent_is_in_the_log_before);
  g_test_add_func ("/printing/a-print-service-that-hangs-is-not-waited-for",
                   a_print_service_that_hangs_is_not_waited_for);
  g_test_add_func ("/printing/without-a-printer-it-can-be-saved-after-a-warning",
                   without_a_printer_it_can_be_saved_after_a_warning);
  g_test_add_func ("/printing/whoever-said-no-is-remembered-before-printing",
                   whoever_said_no_is_remembered_before_printing);
  g_test_add_func ("/printing/the-custody-sheet-is-printed-from-its-window",
                   the_custody_sheet_is_printed_from_its_window);
  g_test_add_func ("/printing/a-picture-is-printed-from-the-viewer", a_picture_is_printed_from_the_viewer);
  g_test_add_func ("/printing/some-pages-of-a-paper-are-printed", some_pages_of_a_paper_are_printed);
  g_test_add_func ("/printing/a-text-is-printed-as-it-is-shown", a_text_is_printed_as_it_is_shown);
  g_test_add_func ("/printing/what-nobody-allowed-is-said-before-a-file-is-printed",
                   what_nobody_allowed_is_said_before_a_file_is_printed);
  g_test_add_func ("/printing/a-picture-that-can-no-longer-be-read-is-told-of",
                   a_picture_that_can_no_longer_be_read_is_told_of);
  g_test_add_func ("/printing/pages-that-cannot-be-drawn-are-told-of", pages_that_cannot_be_drawn_are_told_of);
  g_test_add_func ("/printing/a-program-that-hangs-is-ended-with-its-window",
                   a_program_that_hangs_is_ended_with_its_window);
  g_test_add_func ("/printing/what-is-printed-while-it-is-locked-is-noted",
                   what_is_printed_while_it_is_locked_is_noted);
  status = g_test_run ();
  g_object_unref (session);
  test_end_worker (worker);
  test_vault_tear_down (&vaults, NULL);
  test_remove_tree (scratch);
  test_remove_tree (bin);
  g_free (scratch);
  g_free (bin);
  return status;
}
