/* test-first-start.c - the first start: the language, then back and forth through the steps
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-window.h"
#include "ui/words/sak-language.h"

#define NAME "Your name, a code name, or your group’s"

static char *folder;

static GtkWidget *
find_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (SAK_IS_WINDOW (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  g_assert_not_reached ();
}

/* Until another window has taken the place of this one. */
static void
wait_for_another (GtkWidget *old)
{
  gpointer gone = old;

  g_object_add_weak_pointer (G_OBJECT (old), &gone);
  for (guint turn = 0; turn < 2000; turn++)
    {
      if (gone == NULL)
        return;
      test_turn ();
    }
  g_error ("the window stays");
}

static void
wait_for_file (const char *path,
               const char *line)
{
  for (guint turn = 0; turn < 2000; turn++)
    {
      g_autofree char *content = NULL;

      if (g_file_get_contents (path, &content, NULL, NULL) && strstr (content, line) != NULL)
        return;
      test_turn ();
    }
  g_error ("%s does not say %s", path, line);
}

/* In a language that this system knows nothing of; the choice is kept for the next start. */
static void
the_language_is_asked_for_and_kept (void)
{
  g_autofree char *settings = g_build_filename (folder, "config", "sakkhi", "settings.ini", NULL);
  GtkWidget *window = find_window ();

  test_see (find_window (), "ไทย");
  g_assert_null (test_find_text (find_window (), "Make a new vault…"));
  test_click (window, "ລາວ");
  wait_for_another (window);
  wait_for_file (settings, "language=lo");
  /* In the header, where another can be chosen. */
  test_see (find_window (), "ລາວ");
  g_assert_cmpstr (sak_language_get (), ==, "lo");
  window = find_window ();
  sak_window_change_language (SAK_WINDOW (window), "en");
  wait_for_another (window);
  wait_for_file (settings, "language=en");
  test_see (find_window (), "Make a new vault…");
}

static GtkEditable *
find_entry (const char *title)
{
  return GTK_EDITABLE (test_find_entry (find_window (), title));
}

/* The steps are shown one at a time, and a page that is left forgets. */
static void
steps_go_back_and_forth_and_forget_when_left (void)
{
  test_click (find_window (), "Make a new vault…");
  test_click (find_window (), "Real cases");
  gtk_editable_set_text (find_entry (NAME), "Mangrove");
  test_click (find_window (), "Next");
  test_type (find_window (), "New passphrase", "nine kettles under the old stairs");
  test_click (find_window (), "Back");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (NAME)), ==, "Mangrove");
  test_click (find_window (), "Next");
  g_assert_cmpstr (gtk_editable_get_text (find_entry ("New passphrase")), ==, "nine kettles under the old stairs");
  test_click (find_window (), "Back");
  test_click (find_window (), "Back");
  test_click (find_window (), "Back");
  test_click (find_window (), "Make a new vault…");
  test_click (find_window (), "Practice");
  g_assert_cmpstr (gtk_editable_get_text (find_entry (NAME)), ==, "");
}

static void
a_name_is_needed_and_a_passphrase_twice (void)
{
  GtkWidget *next = gtk_widget_get_ancestor (test_find_text (find_window (), "Next"), GTK_TYPE_BUTTON);
  GtkWidget *create;

  gtk_editable_set_text (find_entry (NAME), "  ");
  g_assert_false (gtk_widget_get_sensitive (next));
  gtk_editable_set_text (find_entry (NAME), " Mangrove ");
  test_click (find_window (), "Next");
  create = gtk_widget_get_ancestor (test_find_text (find_window (), "Make the vault"), GTK_TYPE_BUTTON);
  gtk_editable_set_text (find_entry ("New passphrase"), "aaaaaaaaaaaa");
  gtk_editable_set_text (find_entry ("The same once more"), "aaaaaaaaaaaa");
  g_assert_false (gtk_widget_get_sensitive (create));
  test_click (find_window (), "Take this one");
  g_assert_false (gtk_widget_get_sensitive (create));
  test_see (find_window (), "Strong: made by chance.");
  gtk_editable_set_text (find_entry ("The same once more"), gtk_editable_get_text (find_entry ("New passphrase")));
  g_assert_true (gtk_widget_get_sensitive (create));
}

/* Its folder is called after nobody, and what it holds is made up. */
static void
a_practice_vault_comes_with_cases (void)
{
  g_autofree char *header = g_build_filename (folder, "sakkhi", "Practice", "vault.header", NULL);

  test_click (find_window (), "Make the vault");
  test_see (find_window (), "I have written it down…");
  g_assert_true (g_file_test (header, G_FILE_TEST_EXISTS));
  test_click (find_window (), "Later");
  test_see (find_window (), "Your contact card");
  test_click (find_window (), "To the vault");
  test_see (find_window (), "Nothing here is real");
  gtk_widget_activate_action (find_window (), "win.go", "s", "event");
  test_see (find_window (), "3 records");
}

int
main (int    argc,
      char **argv)
{
  SakSettings settings = { 960, 480, 5, 100, TRUE, "" };
  g_autofree char *config = NULL;
  int status;

  folder = g_dir_make_tmp ("sakkhi-first-XXXXXX", NULL);
  config = g_build_filename (folder, "config", NULL);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  gtk_disable_setlocale ();
  sak_language_init ("en");
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  gtk_window_present (GTK_WINDOW (sak_window_new (NULL, &settings)));
  g_test_add_func ("/first-start/the-language-is-asked-for-and-kept", the_language_is_asked_for_and_kept);
  g_test_add_func ("/first-start/steps-go-back-and-forth-and-forget-when-left",
                   steps_go_back_and_forth_and_forget_when_left);
  g_test_add_func ("/first-start/a-name-is-needed-and-a-passphrase-twice", a_name_is_needed_and_a_passphrase_twice);
  g_test_add_func ("/first-start/a-practice-vault-comes-with-cases", a_practice_vault_comes_with_cases);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (find_window ()));
  test_remove_tree (folder);
  g_free (folder);
  return status;
}
