/* test-ways.c - the ways into a vault, in the windows: made, used, changed, removed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One vault goes through it from its making on; each test stands on the one before.
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-key-entry.h"
#include "ui/sak-key-sheet.h"
#include "ui/sak-shares-panel.h"
#include "ui/sak-ways-page.h"
#include "ui/sak-window.h"

#define PHRASE "four nets dry on a wall of clay"
#define SECOND_PHRASE "nine kettles under the old stairs"

static char *folder;
static GtkWidget *window;
static char *code;              /* the recovery code, as it was shown */

static void
collect_groups (GtkWidget *widget,
                GString   *text)
{
  if (gtk_widget_has_css_class (widget, "sak-key-group"))
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_groups (child, text);
}

/* As its owner copies it from the screen. */
static char *
read_code (void)
{
  GString *text = g_string_new (NULL);

  test_see (window, "I have written it down…");
  collect_groups (window, text);
  g_assert_cmpuint (text->len, ==, 8 * 6 + 7);
  return g_string_free (text, FALSE);
}

static void
answer_groups (gboolean is_right)
{
  for (guint group = 1; group <= 8; group++)
    {
      g_autofree char *name = g_strdup_printf ("Group %u", group);
      g_autofree char *digits = g_strndup (code + 7 * (group - 1), 6);
      GtkWidget *entry = test_find_entry_now (window, name);

      if (!is_right)
        digits[0] = digits[0] == '9' ? '0' : (char) (digits[0] + 1);
      if (entry != NULL)
        gtk_editable_set_text (GTK_EDITABLE (entry), digits);
    }
}

static void
make_vault (const char *name)
{
  test_click (window, "Make a new vault…");
  test_click (window, "Real cases");
  test_type (window, "Your name, a code name, or your group’s", name);
  test_click (window, "Next");
  test_type (window, "New passphrase", PHRASE);
  test_type (window, "The same once more", PHRASE);
  test_click (window, "Make the vault");
}

static void
lock (void)
{
  gtk_widget_activate_action (window, "win.lock", NULL);
  test_see (window, "The vault is locked.");
}

static void
unlock (const char *phrase)
{
  test_type (window, "Passphrase", phrase);
  test_click (window, "Unlock");
  test_see (window, "Incidents");
}

/* Of the ways that can be given. */
static void
choose_kind (const char *name)
{
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_find_entry (window, name)), TRUE);
}

/* On the smallest screens that are in use. */
static void
assert_fits (void)
{
  int minimum;

  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 960);
}

static void
go (const char *name)
{
  gtk_widget_activate_action (window, "win.go", "s", name);
}

static void
a_new_vault_asks_for_its_code_to_be_typed_back (void)
{
  make_vault ("Harbour");
  code = read_code ();
  assert_fits ();
  test_click (window, "I have written it down…");
  assert_fits ();
  answer_groups (FALSE);
  test_click (window, "It is on paper");
  test_see (window, "is not as it was shown");
  test_click (window, "Show it again");
  test_click (window, "I have written it down…");
  answer_groups (TRUE);
  test_click (window, "It is on paper");
  test_see (window, "Your contact card");
  assert_fits ();
  test_click (window, "To the vault");
  test_see (window, "Incidents");
  go ("ways");
  test_see (window, "Recovery code");
  test_see (window, "It opened the vault today.");
}

static char *
to_burmese (const char *digits)
{
  GString *text = g_string_new (NULL);

  for (; *digits != '\0'; digits++)
    if (g_ascii_isdigit (*digits))
      g_string_append_unichar (text, 0x1040 + (gunichar) (*digits - '0'));
  return g_string_free (text, FALSE);
}

/* A key after the other, with no turn of the main loop between them. */
static void
type_fast (GtkWidget  *entry,
           const char *digits)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (entry));

  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gtk_widget_grab_focus (entry);
  for (; *digits != '\0'; digits++)
    {
      char key[2] = { *digits, '\0' };

      g_signal_emit_by_name (text, "insert-at-cursor", key);
    }
}

static void
a_forgotten_passphrase_is_replaced_by_the_code (void)
{
  g_autofree char *wrong = g_strdup (code);
  g_autofree char *burmese = to_burmese (code);
  GtkWidget *entry;

  lock ();
  test_click (window, "I cannot remember the passphrase…");
  wrong[8] = wrong[8] == '9' ? '0' : (char) (wrong[8] + 1);
  /* Told while it is being typed, in its group. */
  test_type (window, "Recovery code", "");
  wrong[14] = '\0';
  test_type (window, "Recovery code", wrong);
  test_see (window, "Group 2 is not as it is on the paper");
  entry = test_find_entry (window, "Recovery code");
  type_fast (entry, "1234567890123456789");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "123456 789012 345678 9");
  test_type (window, "Recovery code", burmese);
  g_assert_cmpint (g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (entry)), -1), ==, 8 * 6 + 7);
  test_see (window, "The code is typed as it was printed.");
  test_click (window, "Unlock");
  test_see (window, "You opened the vault without its passphrase. Set a new one now.");
  test_type (window, "Whose it is", "Naw Paw");
  test_type (window, "New passphrase", SECOND_PHRASE);
  test_type (window, "The same once more", SECOND_PHRASE);
  test_click (window, "Add this passphrase");
  test_see (window, "Passphrase: Naw Paw");
  lock ();
  unlock (SECOND_PHRASE);
}

static void
a_change_asks_for_a_way_in_first (void)
{
  go ("ways");
  test_click (window, "A recovery code on paper…");
  test_see (window, "First, show that it is you");
  test_type (window, "Passphrase", "quite another passphrase");
  test_click (window, "Go on");
  test_see (window, "This passphrase does not open the vault.");
  test_type (window, "Passphrase", PHRASE);
  test_click (window, "Go on");
  test_see (window, "I have written it down…");
  test_click (window, "Later");
  test_see (window, "what was shown opens nothing");
  test_see (window, "Passphrase: Naw Paw");
}

/* Removes the first way whose row says @text; others remain. */
static void
remove_way (const char *text)
{
  GtkWidget *row = gtk_widget_get_ancestor (test_see (window, text), ADW_TYPE_ACTION_ROW);

  test_click (row, "Remove…");
  test_see (window, "Remove this way in?");
  test_click (window, "Remove");
  test_see (window, "Done.");
}

static void
all_ways_but_the_last_can_be_removed (void)
{
  remove_way ("Recovery code");
  remove_way ("Passphrase: Naw Paw");
  test_see (window, "There is only one.");
  g_assert_null (test_find_text (window, "Naw Paw"));
  lock ();
  unlock (PHRASE);
}

/* Locked before it was even shown: nobody has it. */
static void
a_code_that_was_just_being_made_is_taken_out_too (void)
{
  go ("ways");
  test_click (window, "A recovery code on paper…");
  test_type (window, "Passphrase", PHRASE);
  test_click (window, "Go on");
  test_click (window, "Later");
  test_see (window, "There is only one.");
  test_click (window, "A recovery code on paper…");
  lock ();
  unlock (PHRASE);
  go ("ways");
  test_see (window, "There is only one.");
}

static void
a_passphrase_is_changed_in_its_place (void)
{
  go ("ways");
  test_click (window, "Change…");
  test_type (window, "Passphrase", PHRASE);
  test_click (window, "Go on");
  test_type (window, "New passphrase", SECOND_PHRASE);
  test_type (window, "The same once more", SECOND_PHRASE);
  test_click (window, "Change it");
  test_see (window, "Done.");
  test_see (window, "There is only one.");
  lock ();
  unlock (SECOND_PHRASE);
  go ("ways");
  test_click (window, "Change…");
  test_type (window, "Passphrase", SECOND_PHRASE);
  test_click (window, "Go on");
  test_type (window, "New passphrase", PHRASE);
  test_type (window, "The same once more", PHRASE);
  test_click (window, "Change it");
  test_see (window, "Done.");
  lock ();
  unlock (PHRASE);
}

/* The pages in turn, as each person copies theirs: what a screen reader is told of it. */
static GPtrArray *
read_pages (guint n)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *heading = g_strdup_printf ("Page %u of %u", i + 1, n);
      SakSharesPanel *panel;

      panel = SAK_SHARES_PANEL (gtk_widget_get_ancestor (test_see (window, heading), SAK_TYPE_SHARES_PANEL));
      g_ptr_array_add (pages, sak_shares_panel_dup_words (panel));
      test_click (window, i + 1 < n ? "The next person…" : "All pages are handed out");
    }
  return pages;
}

static void
type_share (guint       number,
            const char *words)
{
  g_autofree char *name = g_strdup_printf ("Share %u", number);
  GtkWidget *view = test_find_entry (window, name);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), words, -1);
}

static void
two_of_three_people_open_it (void)
{
  g_autoptr (GPtrArray) pages = NULL;

  go ("ways");
  test_click (window, "Shares for several people…");
  test_type (window, "Passphrase", PHRASE);
  test_click (window, "Go on");
  test_see (window, "Any 3 of these 5 people together");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (test_find_entry (window, "people")), 3);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (test_find_entry (window, "needed")), 2);
  test_see (window, "Any 2 of these 3 people together");
  assert_fits ();
  test_click (window, "Make the pages");
  pages = read_pages (3);
  test_see (window, "The shares open the vault from now on.");
  test_see (window, "Any 2 of 3 shares together");
  lock ();
  test_click (window, "I cannot remember the passphrase…");
  assert_fits ();
  choose_kind ("shares");
  assert_fits ();
  type_share (1, "aca");
  test_see (window, "academic");
  type_share (1, g_ptr_array_index (pages, 2));
  test_see (window, "1 more share is needed.");
  type_share (2, g_ptr_array_index (pages, 2));
  test_click (window, "Unlock");
  test_see (window, "is the same as share");
  type_share (2, g_ptr_array_index (pages, 0));
  test_see (window, "These are enough shares.");
  test_click (window, "Unlock");
  test_see (window, "You opened the vault without its passphrase.");
  test_click (window, "Cancel");
  test_see (window, "Any 2 of 3 shares together");
}

static void
make_key_file (const char *phrase,
               const char *path)
{
  go ("ways");
  test_click (window, "A key file…");
  test_type (window, "Passphrase", PHRASE);
  test_click (window, "Go on");
  test_type (window, "Whose it is", "the stick in the rice");
  if (phrase != NULL)
    {
      test_type (window, "Passphrase that is needed with it", phrase);
      test_type (window, "The same once more", phrase);
    }
  test_see (window, "Save the key file…");
  sak_ways_page_save_key_file (SAK_WAYS_PAGE (test_find_shown (window, SAK_TYPE_WAYS_PAGE)), path);
  test_see (window, "Done.");
}

static void
open_by_file (const char *path,
              const char *phrase)
{
  g_autofree char *name = g_path_get_basename (path);

  choose_kind ("file");
  sak_key_entry_read_file (SAK_KEY_ENTRY (test_find_shown (window, SAK_TYPE_KEY_ENTRY)), path);
  test_see (window, name);
  test_type (window, "Passphrase of the key file", phrase);
  test_click (window, "Unlock");
}

static void
a_key_file_opens_it_alone_or_with_a_passphrase (void)
{
  g_autofree char *alone = g_build_filename (folder, "key.txt", NULL);
  g_autofree char *both = g_build_filename (folder, "second-key.txt", NULL);
  g_autofree char *none = g_build_filename (folder, "no-key.txt", NULL);

  g_assert_true (g_file_set_contents (none, "a list of boats", -1, NULL));
  lock ();
  unlock (PHRASE);
  make_key_file (NULL, alone);
  test_see (window, "Key file: the stick in the rice");
  lock ();
  unlock (PHRASE);
  make_key_file (SECOND_PHRASE, both);
  test_see (window, "Key file and passphrase together: the stick in the rice");
  /* Not over what is there, and no way in for a file that nobody has. */
  lock ();
  unlock (PHRASE);
  go ("ways");
  test_click (window, "A key file…");
  test_type (window, "Passphrase", PHRASE);
  test_click (window, "Go on");
  test_see (window, "Save the key file…");
  sak_ways_page_save_key_file (SAK_WAYS_PAGE (test_find_shown (window, SAK_TYPE_WAYS_PAGE)), none);
  test_see (window, "Something with this name is already there");
  lock ();
  test_click (window, "I cannot remember the passphrase…");
  choose_kind ("file");
  test_click (window, "Unlock");
  test_see (window, "Choose the key file first.");
  open_by_file (none, "");
  test_see (window, "This is not a key file.");
  open_by_file (both, "quite another passphrase");
  test_see (window, "This key file does not open the vault.");
  open_by_file (both, SECOND_PHRASE);
  test_see (window, "You opened the vault without its passphrase.");
  lock ();
  test_click (window, "I cannot remember the passphrase…");
  open_by_file (alone, "");
  test_see (window, "You opened the vault without its passphrase.");
}

static void
a_code_that_is_put_off_opens_nothing (void)
{
  lock ();
  test_click (window, "Another vault…");
  make_vault ("Hill");
  g_free (code);
  code = read_code ();
  test_click (window, "Later");
  test_click (window, "To the vault");
  test_see (window, "Incidents");
  go ("ways");
  test_see (window, "There is only one.");
  lock ();
  test_click (window, "I cannot remember the passphrase…");
  test_type (window, "Recovery code", code);
  test_click (window, "Unlock");
  test_see (window, "does not open this vault");
}

static void
try_code (const char *answer)
{
  test_type (window, "Recovery code", code);
  test_click (window, "Unlock");
  test_see (window, answer);
}

/* One wait for all: another page, or another vault, is no way around it. */
static void
wrong_tries_are_waited_for_at_every_page (void)
{
  g_autofree char *path = g_build_filename (folder, "sakkhi", "Vault 2", NULL);

  /* With the one above, three: anybody's slips. */
  try_code ("does not open this vault");
  try_code ("does not open this vault");
  try_code ("does not open this vault");
  test_see (window, "You can try again now.");
  try_code ("does not open this vault");
  try_code ("before the next try.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_find_entry (window, "Recovery code"))), ==, code);
  sak_window_open_path (SAK_WINDOW (window), path);
  test_see (window, "before the next try.");
  test_type (window, "Passphrase", PHRASE);
  test_see (window, "You can try again now.");
  unlock (PHRASE);
}

static char *
in_hill (const char *name)
{
  return g_build_filename (folder, "sakkhi", "Vault 2", name, NULL);
}

/* A vault whose header is lost opens by the copy: it must not vanish. */
static void
the_start_page_lists_what_may_be_a_vault (void)
{
  g_autofree char *header = in_hill ("vault.header");
  g_autofree char *copy = in_hill ("vault.header.bak");
  g_autofree char *hill = in_hill (NULL);
  g_autofree char *half = g_build_filename (folder, "sakkhi", "Half.part", NULL);
  g_autofree char *mark = g_build_filename (half, "vault.part", NULL);
  g_autofree char *half_header = g_build_filename (half, "vault.header", NULL);

  lock ();
  g_assert_cmpint (g_unlink (header), ==, 0);
  g_assert_cmpint (g_mkdir (half, 0700), ==, 0);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  g_assert_true (g_file_set_contents (half_header, "", 0, NULL));
  test_click (window, "Another vault…");
  test_see (window, "Vault 2");
  g_assert_null (test_find_text (window, "Half.part"));
  g_assert_cmpint (g_unlink (copy), ==, 0);
  sak_window_open_path (SAK_WINDOW (window), hill);
  test_type (window, "Passphrase", PHRASE);
  test_click (window, "Unlock");
  test_see (window, "Try to rescue what can still be read…");
}

static void
the_paper_says_what_it_is_for_and_nothing_of_the_vault (void)
{
  g_autoptr (SakSecret) key = sak_recovery_code_new ();
  g_autoptr (SakSecret) text = sak_recovery_code_to_text (key);
  g_autoptr (SakKeySheet) sheet = sak_key_sheet_new_for_code (text);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 595, 842);
  cairo_t *cr = cairo_create (surface);
  guint n_dark = 0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  sak_key_sheet_draw (sheet, cr, 595, 842);
  cairo_surface_flush (surface);
  for (int y = 0; y < 842; y++)
    for (int x = 0; x < 595; x++)
      n_dark += cairo_image_surface_get_data (surface)[y * cairo_image_surface_get_stride (surface) + 4 * x] < 100;
  g_assert_cmpuint (n_dark, >, 5000);
  if (g_getenv ("SAKKHI_PICTURES") != NULL)
    {
      g_autofree char *kept = g_build_filename (g_getenv ("SAKKHI_PICTURES"), "key-sheet.png", NULL);

      cairo_surface_write_to_png (surface, kept);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int    argc,
      char **argv)
{
  SakSettings settings = { 1100, 700, 5, 100 };
  int status;

  folder = g_dir_make_tmp ("sakkhi-ways-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  window = sak_window_new (NULL, &settings);
  gtk_window_present (GTK_WINDOW (window));

#define ADD(path, function) g_test_add_func ("/ways/" path, function)
  ADD ("a-new-vault-asks-for-its-code-to-be-typed-back", a_new_vault_asks_for_its_code_to_be_typed_back);
  ADD ("a-forgotten-passphrase-is-replaced-by-the-code", a_forgotten_passphrase_is_replaced_by_the_code);
  ADD ("a-change-asks-for-a-way-in-first", a_change_asks_for_a_way_in_first);
  ADD ("all-ways-but-the-last-can-be-removed", all_ways_but_the_last_can_be_removed);
  ADD ("a-code-that-was-just-being-made-is-taken-out-too", a_code_that_was_just_being_made_is_taken_out_too);
  ADD ("a-passphrase-is-changed-in-its-place", a_passphrase_is_changed_in_its_place);
  ADD ("two-of-three-people-open-it", two_of_three_people_open_it);
  ADD ("a-key-file-opens-it-alone-or-with-a-passphrase", a_key_file_opens_it_alone_or_with_a_passphrase);
  ADD ("a-code-that-is-put-off-opens-nothing", a_code_that_is_put_off_opens_nothing);
  ADD ("wrong-tries-are-waited-for-at-every-page", wrong_tries_are_waited_for_at_every_page);
  ADD ("the-start-page-lists-what-may-be-a-vault", the_start_page_lists_what_may_be_a_vault);
  ADD ("the-paper-says-what-it-is-for-and-nothing-of-the-vault",
       the_paper_says_what_it_is_for_and_nothing_of_the_vault);
#undef ADD
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  test_remove_tree (folder);
  g_free (folder);
  g_free (code);
  return status;
}
