/* test-beginning.c - where the keyboard stands when something begins: a start, a list, a testimony
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each test stands on the one before.
 */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-record-list.h"
#include "ui/sak-record-page.h"
#include "ui/sak-window.h"

#define PHRASE "four nets dry on a wall of clay"
/* Fewer pixels are a column of syllables. */
#define READABLE_WIDTH 240

static char *folder;
static GtkWidget *window;

static void
make_vault (const char *name,
            const char *title)
{
  const SakKdfCost cost = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autoptr (SakSecret) passphrase = test_passphrase (PHRASE);
  g_autofree char *path = g_build_filename (folder, "sakkhi", name, NULL);
  g_autofree char *json = g_strdup_printf ("{\"title\": \"%s\"}", title);
  SakVault *vault = sak_vault_create (path, name, passphrase, SAK_VAULT_REAL, &cost, NULL);

  g_assert_nonnull (vault);
  g_free (test_add_json (vault, "testimony", json, FALSE));
  sak_vault_lock (vault);
  g_object_unref (vault);
}

static GtkWidget *
get_focus (void)
{
  return gtk_root_get_focus (GTK_ROOT (window));
}

/* Until the keyboard is in what has this type; the outermost of it. */
static GtkWidget *
see_focus_in (GType type)
{
  for (guint turn = 0; turn < 2000; turn++)
    {
      GtkWidget *focus = get_focus ();
      GtkWidget *found = focus != NULL ? gtk_widget_get_ancestor (focus, type) : NULL;

      if (found != NULL && gtk_widget_get_mapped (found))
        return found;
      test_turn ();
    }
  g_error ("the keyboard never is in a %s: it is in a %s", g_type_name (type),
           get_focus () != NULL ? G_OBJECT_TYPE_NAME (get_focus ()) : "nothing");
}

static void
open_window (void)
{
  SakSettings settings = { 1100, 700, 5, 100 };

  window = sak_window_new (NULL, &settings);
  gtk_window_present (GTK_WINDOW (window));
}

/* Whoever types the passphrase at once must not press "Make a new vault…" with its first space. */
static void
of_several_vaults_the_first_has_the_keyboard (void)
{
  GtkWidget *row, *create;

  open_window ();
  row = see_focus_in (GTK_TYPE_LIST_BOX_ROW);
  create = gtk_widget_get_ancestor (test_find_text (window, "Make a new vault…"), GTK_TYPE_BUTTON);
  g_assert_nonnull (test_find_text (row, "Mangrove"));
  g_assert_false (gtk_widget_has_css_class (create, "suggested-action"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
the_only_vault_asks_for_its_passphrase_at_once (void)
{
  g_autofree char *other = g_build_filename (folder, "sakkhi", "Otter", NULL);

  test_remove_tree (other);
  open_window ();
  test_see (window, "The vault is locked.");
  see_focus_in (ADW_TYPE_PASSWORD_ENTRY_ROW);
  test_type (window, "Passphrase", PHRASE);
  test_click (window, "Unlock");
  test_see (window, "Drafts to finish");
}

static gboolean
has_row_called (GtkWidget  *widget,
                const char *name)
{
  if (GTK_IS_LIST_VIEW (gtk_widget_get_parent (widget)) && test_is_called (widget, name))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_row_called (child, name))
      return TRUE;
  return FALSE;
}

/* Each line of a choice, for ears. */
static void
languages_to_choose_from_have_names (void)
{
  GtkWidget *choice;

  open_window ();
  choice = test_find_shown (window, GTK_TYPE_DROP_DOWN);
  g_signal_emit_by_name (choice, "activate");
  for (guint turn = 0; turn < 2000 && !has_row_called (choice, "Tiếng Việt"); turn++)
    test_turn ();
  g_assert_true (has_row_called (choice, "Tiếng Việt"));
  g_assert_true (has_row_called (choice, "English"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The list has nothing to stand on yet when Home goes. */
static void
the_keyboard_comes_along_from_home_to_a_list (void)
{
  GtkWidget *button = gtk_widget_get_ancestor (test_see (window, "Show"), GTK_TYPE_BUTTON);

  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  see_focus_in (SAK_TYPE_RECORD_LIST);
  see_focus_in (GTK_TYPE_LIST_VIEW);
}

static gboolean
has_answer (GtkWidget *widget)
{
  if (GTK_IS_TOGGLE_BUTTON (widget) && gtk_widget_has_css_class (widget, "sak-answer")
      && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget)))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_answer (child))
      return TRUE;
  return FALSE;
}

/* A habitual Return on the first thing there records nothing that nobody said. */
static void
a_new_testimony_begins_at_what_explains_consent (void)
{
  GtkWidget *page, *help;

  gtk_widget_activate_action (window, "win.new-of-kind", "s", "testimony");
  page = see_focus_in (SAK_TYPE_RECORD_PAGE);
  help = see_focus_in (GTK_TYPE_MENU_BUTTON);
  g_assert_true (gtk_widget_has_css_class (help, "sak-help"));
  gtk_widget_activate (get_focus ());
  g_assert_false (has_answer (page));
  test_see (page, "0 of 5 answered");
}

/* Where the test before left the keyboard. */
static void
help_is_wide_enough_to_be_read (void)
{
  GtkMenuButton *help = GTK_MENU_BUTTON (see_focus_in (GTK_TYPE_MENU_BUTTON));
  GtkWidget *popover, *words;

  gtk_menu_button_popup (help);
  popover = GTK_WIDGET (gtk_menu_button_get_popover (help));
  words = test_see (popover, "What the person allows: who may have it, for what, and whether with their name.");
  for (guint turn = 0; turn < 2000 && gtk_widget_get_width (words) < READABLE_WIDTH; turn++)
    test_turn ();
  g_assert_cmpint (gtk_widget_get_width (words), >=, READABLE_WIDTH);
  gtk_menu_button_popdown (help);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *inner = NULL;
  int status;

  folder = g_dir_make_tmp ("sakkhi-beginning-XXXXXX", NULL);
  inner = g_build_filename (folder, "sakkhi", NULL);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  make_vault ("Mangrove", "Told on the pier");
  make_vault ("Otter", "Told at the mine");
#define ADD(name, test) g_test_add_func ("/beginning/" name, test)
  ADD ("languages-to-choose-from-have-names", languages_to_choose_from_have_names);
  ADD ("of-several-vaults-the-first-has-the-keyboard", of_several_vaults_the_first_has_the_keyboard);
  ADD ("the-only-vault-asks-for-its-passphrase-at-once", the_only_vault_asks_for_its_passphrase_at_once);
  ADD ("the-keyboard-comes-along-from-home-to-a-list", the_keyboard_comes_along_from_home_to_a_list);
  ADD ("a-new-testimony-begins-at-what-explains-consent", a_new_testimony_begins_at_what_explains_consent);
  ADD ("help-is-wide-enough-to-be-read", help_is_wide_enough_to_be_read);
#undef ADD
  status = g_test_run ();
  test_remove_tree (folder);
  g_free (folder);
  return status;
}
