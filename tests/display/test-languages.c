/* test-languages.c - another language while the vault is open, and nothing is lost by it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-vault.h"
#include "ui/sak-number-entry.h"
#include "ui/sak-window-private.h"
#include "ui/words/sak-language.h"

static TestVault vault;

static const struct
{
  const char *code, *passphrase, *incidents, *draft, *settings;
} words[] = {
  { "en", "Passphrase", "Incidents", "Draft", "Settings" },
  { "my", "စကားဝှက်", "ဖြစ်ရပ်များ", "မူကြမ်း", "ဆက်တင်များ" },
  { "th", "วลีรหัสผ่าน", "เหตุการณ์", "ฉบับร่าง", "การตั้งค่า" },
  { "km", "ឃ្លាសម្ងាត់", "ព្រឹត្តិការណ៍", "សេចក្ដីព្រាង", "ការកំណត់" },
  { "lo", "ວະລີລະຫັດຜ່ານ", "ເຫດການ", "ຮ່າງ", "ການຕັ້ງຄ່າ" },
  { "vi", "Cụm mật khẩu", "Sự việc", "Bản nháp", "Cài đặt" },
};

/* The one that is neither a dialog nor going away. */
static SakWindow *
find_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (SAK_IS_WINDOW (l->data) && gtk_widget_get_visible (l->data))
      return l->data;
  g_assert_not_reached ();
}

/* The first line of the form that is open. */
static GtkEditable *
find_line (GtkWidget *widget)
{
  GtkEditable *line = GTK_IS_ENTRY (widget) && gtk_widget_get_mapped (widget) ? GTK_EDITABLE (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && line == NULL;
       child = gtk_widget_get_next_sibling (child))
    line = find_line (child);
  return line;
}

static GtkEditable *
wait_for_line (const char *text)
{
  for (guint turn = 0; turn < 2000; turn++)
    {
      GtkEditable *line = find_line (GTK_WIDGET (find_window ()));

      if (line != NULL && g_str_equal (gtk_editable_get_text (line), text))
        return line;
      test_turn ();
    }
  g_error ("no line says “%s”", text);
}

static gboolean
is_settings (GtkWidget *window)
{
  return ADW_IS_PREFERENCES_WINDOW (window) && gtk_widget_get_visible (window);
}

static void
close_settings (const char *title)
{
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GList) windows = gtk_window_list_toplevels ();

      for (GList *l = windows; l != NULL; l = l->next)
        if (is_settings (l->data) && g_str_equal (gtk_window_get_title (l->data), title))
          {
            gtk_window_destroy (l->data);
            return;
          }
      test_turn ();
    }
  g_error ("no settings called %s", title);
}

static void
the_gate_changes_at_once (void)
{
  for (guint i = G_N_ELEMENTS (words); i-- > 0;)
    {
      sak_window_change_language (find_window (), words[i].code);
      for (guint turn = 0; turn < 20; turn++)
        test_turn ();
      test_find_entry (GTK_WIDGET (find_window ()), words[i].passphrase);
    }
  g_assert_cmpstr (sak_language_get (), ==, "en");
}

static void
unlock (void)
{
  GtkWidget *window = GTK_WIDGET (find_window ());

  test_type (window, "Passphrase", "the passphrase");
  test_click (window, "Unlock");
  test_see (window, "Incidents");
}

/* What was typed a moment ago is not saved yet when the language changes. */
static void
an_open_record_stays_open_with_what_was_typed (void)
{
  unlock ();
  gtk_widget_activate_action (GTK_WIDGET (find_window ()), "win.new-of-kind", "s", "event");
  gtk_editable_set_text (wait_for_line (""), "ဆိပ်ကမ်း");
  for (guint i = 1; i < G_N_ELEMENTS (words); i++)
    {
      sak_window_change_language (find_window (), words[i].code);
      close_settings (words[i].settings);
      test_see (GTK_WIDGET (find_window ()), words[i].incidents);
      wait_for_line ("ဆိပ်ကမ်း");
      test_see (GTK_WIDGET (find_window ()), words[i].draft);
    }
}

/* An empty new one was never stored: it is begun once more. */
static void
an_empty_record_stays_open_too (void)
{
  GtkWidget *window = GTK_WIDGET (find_window ());

  gtk_widget_activate_action (window, "win.back", NULL);
  gtk_widget_activate_action (window, "win.go", "s", "person");
  gtk_widget_activate_action (window, "win.new-record", NULL);
  sak_window_change_language (SAK_WINDOW (window), "en");
  close_settings ("Settings");
  test_see (GTK_WIDGET (find_window ()), "People");
  wait_for_line ("");
}

/* Saving first would have to wait for the vault, which is locked meanwhile. */
static void
locking_while_it_changes_shows_the_gate_in_the_new_language (void)
{
  sak_window_change_language (find_window (), "lo");
  sak_window_lock (find_window ());
  for (guint turn = 0; turn < 50; turn++)
    test_turn ();
  test_find_entry (GTK_WIDGET (find_window ()), "ວະລີລະຫັດຜ່ານ");
  sak_window_change_language (find_window (), "en");
  for (guint turn = 0; turn < 20; turn++)
    test_turn ();
  unlock ();
}

static void
type_number (GtkSpinButton *entry,
             const char    *text,
             int            value)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_spin_button_update (entry);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (entry), ==, value);
}

/* And typed in those of any script. */
static void
numbers_are_in_the_digits_of_the_language (void)
{
  GtkWidget *window = test_window_new ();
  GtkSpinButton *entry;

  sak_language_choose ("my");
  entry = GTK_SPIN_BUTTON (sak_number_entry_new (1, 99));
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "၁");
  gtk_spin_button_set_value (entry, 12);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "၁၂");
  type_number (entry, "၃၄", 34);
  type_number (entry, "56", 56);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "၅၆");
  type_number (entry, "๗๘", 78);
  type_number (entry, "x", 78);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "၇၈");
  type_number (entry, "", 78);
  type_number (entry, "1000", 99);
  type_number (entry, "99999999999999999999", 99);
  sak_language_choose ("en");
  gtk_spin_button_set_value (entry, 7);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "7");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  SakSettings settings = { 1100, 700, 5, 100 };
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
  gtk_window_present (GTK_WINDOW (sak_window_new (NULL, &settings)));
  sak_window_open_path (find_window (), vault.path);
  g_test_add_func ("/languages/the-gate-changes-at-once", the_gate_changes_at_once);
  g_test_add_func ("/languages/an-open-record-stays-open-with-what-was-typed",
                   an_open_record_stays_open_with_what_was_typed);
  g_test_add_func ("/languages/an-empty-record-stays-open-too", an_empty_record_stays_open_too);
  g_test_add_func ("/languages/locking-while-it-changes-shows-the-gate-in-the-new-language",
                   locking_while_it_changes_shows_the_gate_in_the_new_language);
  g_test_add_func ("/languages/numbers-are-in-the-digits-of-the-language", numbers_are_in_the_digits_of_the_language);
  status = g_test_run ();
  worker = g_object_ref (SAK_WINDOW (find_window ())->worker);
  gtk_window_destroy (GTK_WINDOW (find_window ()));
  test_end_worker (worker);
  test_vault_tear_down (&vault, NULL);
  return status;
}
