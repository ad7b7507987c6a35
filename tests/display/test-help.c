/* test-help.c - F1 opens the page about what is on the screen; the manual is read by keyboard, and goes with the lock
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/manual/sak-manual.h"
#include "ui/sak-help.h"
#include "ui/sak-manual-window.h"
#include "ui/sak-window-private.h"
#include "ui/words/sak-language.h"

#define ROOT "/org/sakkhi/Sakkhi/manual/"

static TestVault vault;
static GtkWidget *window;

/* As the key does it, at the end of what the window has for it. */
static void
press (GtkWidget  *widget,
       const char *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint n = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        n < g_list_model_get_n_items (G_LIST_MODEL (controller)); n++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), n);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, key) &&
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, NULL))
            return;
        }
    }
  g_error ("%s does nothing in a %s, at a %s", key, G_OBJECT_TYPE_NAME (widget),
           focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "-");
}

static SakManualWindow *
find_manual (void)
{
  GtkWidget *manual = sak_help_get_manual (GTK_WINDOW (window));

  return manual != NULL ? SAK_MANUAL_WINDOW (manual) : NULL;
}

static void
expect_page (const char *page)
{
  g_assert_nonnull (find_manual ());
  g_assert_cmpstr (sak_manual_window_get_page (find_manual ()), ==, page);
}

static void
press_f1_for (const char *page)
{
  press (window, "F1");
  expect_page (page);
}

static void
unlock (void)
{
  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  test_see (window, "Incidents");
}

static void
f1_helps_before_a_vault_is_open (void)
{
  press_f1_for ("first-run");
  g_signal_emit_by_name (gtk_widget_get_ancestor (test_find_text (window, "Make a new vault…"), GTK_TYPE_BUTTON),
                         "clicked");
  press_f1_for ("first-run");
  sak_window_open_path (SAK_WINDOW (window), vault.path);
  press_f1_for ("unlock");
  test_click (window, "I cannot remember the passphrase…");
  press_f1_for ("other-ways");
  test_click (window, "Back");
  gtk_widget_activate_action (window, "win.to-start", NULL);
  gtk_widget_activate_action (window, "win.restore", NULL);
  press_f1_for ("recover");
  sak_window_open_path (SAK_WINDOW (window), vault.path);
  unlock ();
  /* It stays when a vault is opened: what it says is about any. */
  expect_page ("recover");
}

static void
f1_helps_on_every_place_of_the_sidebar (void)
{
  static const struct { const char *place, *page; } all[] = {
    { "home", "home" }, { "event", "incidents" }, { "person", "people" }, { "testimony", "testimonies" },
    { "document", "evidence" }, { "intervention", "actions" }, { "contacts", "contacts" }, { "export", "sending" },
    { "import", "importing" }, { "transfer", "receipts" }, { "care", "care" }, { "ways", "ways" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      gtk_widget_activate_action (window, "win.go", "s", all[i].place);
      press_f1_for (all[i].page);
    }
}

static GtkWidget *
find_type (GtkWidget  *widget,
           const char *name)
{
  GtkWidget *found = g_str_equal (G_OBJECT_TYPE_NAME (widget), name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, name);
  return found;
}

/* The sections of a form are made one after the other. */
static GtkWidget *
see_type (GtkWidget  *widget,
          const char *name)
{
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (find_type (widget, name) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      test_turn ();
    }
  return find_type (widget, name);
}

static void
f1_helps_with_what_is_asked_in_a_record (void)
{
  gtk_widget_activate_action (window, "win.new-of-kind", "s", "testimony");
  test_see (window, "Consent");
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  press_f1_for ("record");
  g_assert_cmpstr (sak_help_find_page (see_type (window, "SakConsentField")), ==, "consent");
  g_assert_cmpstr (sak_help_find_page (see_type (window, "SakTextField")), ==, "record");
  gtk_widget_activate_action (window, "win.help", "s", "");
  expect_page ("record");
  gtk_widget_activate_action (window, "win.back", NULL);
}

static void
f1_helps_in_windows_over_the_one (void)
{
  g_autoptr (GList) windows = NULL;
  GtkWidget *settings = NULL;

  gtk_widget_activate_action (window, "win.settings", NULL);
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_PREFERENCES_WINDOW (l->data))
      settings = l->data;
  g_assert_nonnull (settings);
  press (settings, "F1");
  expect_page ("settings");
  gtk_window_destroy (GTK_WINDOW (settings));
}

static SakManualPage *
load (const char *language,
      const char *file)
{
  g_autofree char *path = g_strconcat (ROOT, language, "/", file, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;

  return text != NULL ? sak_manual_page_parse (text, NULL) : NULL;
}

/* With everything on it, pictures included, and in the language of the program where it has one. */
static void
every_page_is_shown (void)
{
  const char *const *languages = sak_language_list ();
  g_auto (GStrv) files = g_resources_enumerate_children (ROOT "en", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint l = 0; languages[l] != NULL; l++)
    for (guint i = 0; files[i] != NULL; i++)
      {
        g_autofree char *name = g_strndup (files[i], strlen (files[i]) - strlen (".md"));
        g_autoptr (SakManualPage) page = load (languages[l], files[i]);
        const SakManualBlock *last;

        if (page == NULL)
          continue;
        sak_language_choose (languages[l]);
        sak_help_show (window, name);
        expect_page (name);
        test_see (GTK_WIDGET (find_manual ()), page->title);
        last = page->blocks->pdata[page->blocks->len - 1];
        if (last->kind != SAK_MANUAL_PICTURE)
          test_see (GTK_WIDGET (find_manual ()), last->text);
      }
  sak_language_choose ("en");
}

static void
links_the_way_back_and_the_search_work (void)
{
  GtkWidget *manual;

  sak_help_show (window, SAK_MANUAL_CONTENTS);
  manual = GTK_WIDGET (find_manual ());
  test_click (manual, "Unlock the vault");
  expect_page ("unlock");
  gtk_widget_activate_action (manual, "manual.back", NULL);
  expect_page (SAK_MANUAL_CONTENTS);
  press (manual, "<Control>f");
  gtk_editable_set_text (GTK_EDITABLE (find_type (manual, "GtkSearchEntry")), "unlock VAULT");
  test_see (manual, "Found in the manual");
  gtk_editable_set_text (GTK_EDITABLE (find_type (manual, "GtkSearchEntry")), "qqqq");
  test_see (manual, "Nothing found in the manual");
  gtk_editable_set_text (GTK_EDITABLE (find_type (manual, "GtkSearchEntry")), "unlock the vault");
  test_see (manual, "Found in the manual");
  test_click (manual, "Unlock the vault");
  expect_page ("unlock");
  /* No such page: the contents, rather than nothing. */
  sak_help_show (window, "no-such-page");
  expect_page (SAK_MANUAL_CONTENTS);
}

static gboolean
has_notice (GtkWidget *widget)
{
  gboolean has = gtk_widget_has_css_class (widget, "sak-notice");

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !has;
       child = gtk_widget_get_next_sibling (child))
    has = has_notice (child);
  return has;
}

static void
what_has_no_translation_says_so (void)
{
  sak_help_show (window, "unlock");
  g_assert_false (has_notice (GTK_WIDGET (find_manual ())));
  sak_language_choose ("vi");
  sak_help_show (window, "unlock");
  g_assert_true (has_notice (GTK_WIDGET (find_manual ())));
  sak_help_show (window, "quick-start");
  g_assert_false (has_notice (GTK_WIDGET (find_manual ())));
  sak_language_choose ("en");
}

/* The key that locks works in the manual too, and the manual goes with what was open. */
static void
the_lock_takes_the_manual_along (void)
{
  press (GTK_WIDGET (find_manual ()), "F12");
  g_assert_null (find_manual ());
  test_see (window, "The vault is locked.");
  press_f1_for ("unlock");
  gtk_window_close (GTK_WINDOW (find_manual ()));
  g_assert_null (find_manual ());
  press_f1_for ("unlock");
}

int
main (int    argc,
      char **argv)
{
  SakSettings settings = { 1100, 700, 5, 100 };
  GtkWidget *manual;
  SakWorker *worker;
  int status;

  gtk_disable_setlocale ();
  sak_language_init ("en");
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  sak_window_init_application (NULL);
  test_vault_set_up (&vault, NULL);
  test_vault_close (&vault);
  window = sak_window_new (NULL, &settings);
  gtk_window_present (GTK_WINDOW (window));
  g_test_add_func ("/help/f1-helps-before-a-vault-is-open", f1_helps_before_a_vault_is_open);
  g_test_add_func ("/help/f1-helps-on-every-place-of-the-sidebar", f1_helps_on_every_place_of_the_sidebar);
  g_test_add_func ("/help/f1-helps-with-what-is-asked-in-a-record", f1_helps_with_what_is_asked_in_a_record);
  g_test_add_func ("/help/f1-helps-in-windows-over-the-one", f1_helps_in_windows_over_the_one);
  g_test_add_func ("/help/every-page-is-shown", every_page_is_shown);
  g_test_add_func ("/help/links-the-way-back-and-the-search-work", links_the_way_back_and_the_search_work);
  g_test_add_func ("/help/what-has-no-translation-says-so", what_has_no_translation_says_so);
  g_test_add_func ("/help/the-lock-takes-the-manual-along", the_lock_takes_the_manual_along);
  status = g_test_run ();
  worker = g_object_ref (SAK_WINDOW (window)->worker);
  /* The manual goes with the window that it is about. */
  manual = GTK_WIDGET (find_manual ());
  g_object_add_weak_pointer (G_OBJECT (manual), (gpointer *) &manual);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_null (manual);
  test_end_worker (worker);
  test_vault_tear_down (&vault, NULL);
  return status;
}
