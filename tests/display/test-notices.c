/* test-notices.c - the secretariat makes a network notice, and a member who believes it follows it, by windows
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <adwaita.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-vault-form.h"
#include "storage/sak-vault-terms.h"
#include "sync/sak-notice.h"
#include "tests/display/sak-test-choose.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-contacts-page.h"
#include "ui/sak-import-page.h"
#include "ui/sak-news-window.h"
#include "ui/sak-notice-window.h"

static TestPair pair;
static SakVault *port;          /* a third member, whom the desk knows */
static SakWorker *worker;       /* of the partner */
static SakSession *session;
static SakWorker *desk_worker;
static SakSession *desk_session;

static SakVault *
partner_at_rest (void)
{
  return test_at_rest (worker, pair.partner);
}

static SakVault *
desk_at_rest (void)
{
  return test_at_rest (desk_worker, pair.desk);
}

static GtkWidget *
show (GtkWidget *page)
{
  GtkWidget *window = test_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static SakTrust
get_trust (SakVault   *vault,
           const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_vault_find_contact (vault, name, &error);

  g_assert_no_error (error);
  return contact->trust;
}

static void
compare (SakVault   *vault,
         const char *name)
{
  g_assert_true (sak_vault_set_trust (vault, name, SAK_TRUST_COMPARED, NULL));
}

/* In the window, by what is told of each. */
static void
choose_for (GtkWidget  *window,
            const char *contact,
            guint       nth)
{
  g_autofree char *name = g_strdup_printf ("What the notice says of %s, Nothing is said of them", contact);
  GtkWidget *drop_down;

  test_see (window, contact);
  drop_down = gtk_widget_get_ancestor (test_tab_to (window, name), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), nth);
}

static GtkWidget *
open_notice_window (GtkWidget *page)
{
  test_click (page, "Network notice…");
  return test_see_window (SAK_TYPE_NOTICE_WINDOW);
}

static void
wait_until_closed (GType type)
{
  for (guint i = 0; i < 6000 && test_find_window (type) != NULL; i++)
    test_turn ();
  g_assert_null (test_find_window (type));
}

static void
save_notice (GtkWidget  *window,
             const char *path)
{
  test_choose (path, NULL);
  test_click (window, "Save as a file…");
  test_see (window, "Saved. The file is signed, and not encrypted");
  (void) desk_at_rest ();
}

static GtkWidget *
import_file (const char *path)
{
  GtkWidget *window = show (sak_import_page_new (session));

  test_choose (path, NULL);
  test_click (window, "Choose a bundle…");
  return window;
}

/* --- */

static void
a_notice_names_members (void)
{
  g_autofree char *path = test_path (&pair, "first.sakkhi-notice");
  GtkWidget *page = show (sak_contacts_page_new (desk_session));
  GtkWidget *window = open_notice_window (page);
  GtkWidget *dialog, *make;
  guint number = 0;
  g_autoptr (GPtrArray) standings = NULL;

  test_see (window, "You have made no network notice yet.");
  test_see (window, "Choose above what the notice is to say.");
  choose_for (window, "Harbour", 1);
  choose_for (window, "Port", 1);
  test_see (window, "New in the network: Harbour, Port.");
  gtk_editable_set_text (GTK_EDITABLE (test_tab_to (window, "What Port is called in the network")), "Old Port");
  test_see (window, "Called from now on: Port → Old Port.");
  gtk_window_close (GTK_WINDOW (window));
  dialog = test_see_window (ADW_TYPE_MESSAGE_DIALOG);
  test_see (dialog, "Give up what you wrote?");
  test_click (dialog, "Cancel");
  wait_until_closed (ADW_TYPE_MESSAGE_DIALOG);
  make = gtk_widget_get_ancestor (test_see (window, "Make the notice"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (make, "clicked");
  g_assert_false (gtk_widget_is_sensitive (make));
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (test_find_window (SAK_TYPE_NOTICE_WINDOW) == window);
  test_see (window, "The notice is made and signed.");
  test_see (window, "Your last notice has the number 1.");
  save_notice (window, path);
  standings = sak_notice_list_standings (desk_at_rest (), &number, NULL);
  g_assert_cmpuint (number, ==, 1);
  gtk_window_close (GTK_WINDOW (window));
  wait_until_closed (SAK_TYPE_NOTICE_WINDOW);
  gtk_window_destroy (GTK_WINDOW (page));
  for (guint i = 0; i < standings->len; i++)
    {
      const SakNoticeStanding *standing = standings->pdata[i];

      g_assert_cmpint (standing->is_member, ==, !g_str_equal (standing->contact, "Stranger"));
      if (g_str_equal (standing->contact, "Port"))
        g_assert_cmpstr (standing->name, ==, "Old Port");
    }
}

static void
nobody_is_believed_unasked (void)
{
  g_autofree char *path = test_path (&pair, "first.sakkhi-notice");
  GtkWidget *window = import_file (path);

  test_see (window, "it is by nobody whose notices you believe");
  gtk_window_destroy (GTK_WINDOW (window));
  window = show (sak_contacts_page_new (session));
  test_see (window, "Compare the code…");
  g_assert_null (test_find_text (window, "Believe their notices…"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Before their notices are believed. Returns: the code of the term. */
static char *
bring_terms (void)
{
  static const char *const to[] = { "Harbour", NULL };
  g_autoptr (GError) error = NULL;
  char *code = sak_vault_add_term (desk_at_rest (), "places", NULL, "en", "Out at sea", &error);
  g_autofree char *id = sak_vault_send_terms (desk_at_rest (), "places", to, &error);
  g_autofree char *path = NULL;
  g_autoptr (SakBundleReport) report = NULL;

  g_assert_no_error (error);
  path = test_bundle (&pair, desk_at_rest (), "Harbour", id, "early-terms.sakkhi");
  report = test_import (partner_at_rest (), path);
  g_assert_nonnull (report);
  return code;
}

static void
who_is_believed_is_chosen_and_followed (void)
{
  g_autofree char *path = test_path (&pair, "first.sakkhi-notice");
  g_autofree char *code = bring_terms ();
  g_autoptr (SakVocabulary) terms = NULL;
  GtkWidget *window;

  compare (partner_at_rest (), "Desk");
  window = show (sak_contacts_page_new (session));
  test_see (window, "Desk");
  g_signal_emit_by_name (test_tab_to (window, "Desk: Believe their notices…"), "clicked");
  test_see (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "whose keys count no more");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Believe them");
  test_see (window, "You believe their network notices.");
  gtk_window_destroy (GTK_WINDOW (window));
  /* What came before it was chosen is taken with it. */
  terms = sak_vault_load_terms (partner_at_rest (), "places", NULL);
  g_assert_nonnull (terms);
  g_assert_nonnull (sak_vocabulary_find_term (terms, code));
  window = import_file (path);
  test_see (window, "Desk’s notice number 1 was carried out.");
  test_see (window, "New among your contacts, and not compared yet: Old Port.");
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpint (get_trust (partner_at_rest (), "Old Port"), ==, SAK_TRUST_SEEN);
  window = import_file (path);
  test_see (window, "This network notice says nothing new");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* In a bundle; with what was compared said first and loudly. */
static void
a_revoked_key_is_told_loudly (void)
{
  GtkWidget *page = show (sak_contacts_page_new (desk_session));
  GtkWidget *window = open_notice_window (page);
  g_autofree char *path = NULL;
  GtkWidget *drop_down;

  compare (partner_at_rest (), "Old Port");
  test_see (window, "Your last notice has the number 1.");
  drop_down = gtk_widget_get_ancestor (test_tab_to (window, "What the notice says of Port, Belongs to the network"),
                                       GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop_down), 1);
  test_see (window, "Their keys count no more: Port.");
  test_click (window, "Make the notice");
  test_see (window, "Write why the key counts no more");
  gtk_editable_set_text (GTK_EDITABLE (test_tab_to (window, "Why the key counts no more")), "The laptop was taken.");
  test_click (window, "Make the notice");
  test_see (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "This cannot be taken back");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Revoke and make the notice");
  test_see (window, "Your last notice has the number 2.");
  test_see (window, "Your notices revoked this key.");
  gtk_window_close (GTK_WINDOW (window));
  wait_until_closed (SAK_TYPE_NOTICE_WINDOW);
  gtk_window_destroy (GTK_WINDOW (page));
  g_assert_cmpint (get_trust (desk_at_rest (), "Port"), ==, SAK_TRUST_REVOKED);
  path = test_bundle (&pair, desk_at_rest (), "Harbour", NULL, "revoked.sakkhi");
  window = import_file (path);
  test_click (window, "Import");
  test_see (window, "Attention: these keys are revoked, though you had compared them: Old Port.");
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_cmpint (get_trust (partner_at_rest (), "Old Port"), ==, SAK_TRUST_REVOKED);
  window = show (sak_contacts_page_new (session));
  test_see (window, "Revoked by Desk’s notice");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Of an incident it may be sent; of a person it lacks what protects them. */
#define RAID \
  "{\"form\": \"raid\", \"kind\": \"%s\", \"version\": 1, \"label\": {\"en\": \"Raid\"}, \"title_from\": [\"title\"]," \
  " \"sections\": [{\"label\": {\"en\": \"A\"}, \"fields\": [{\"path\": \"title\", \"type\": \"text\"," \
  " \"label\": {\"en\": \"Title\"}}]}]}"

static void
choose_form (GtkWidget  *window,
             const char *kind)
{
  g_autofree char *path = test_path (&pair, "raid.json");
  g_autofree char *text = g_strdup_printf (RAID, kind);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  test_choose (path, NULL);
  test_click (window, "Choose a form…");
}

static void
tick (GtkWidget  *window,
      const char *title)
{
  gtk_widget_activate (gtk_widget_get_ancestor (test_see (window, title), ADW_TYPE_ACTION_ROW));
}

/* What the member is told of it. */
static void
import_news (const char *name,
             const char *words)
{
  g_autofree char *path = test_bundle (&pair, desk_at_rest (), "Harbour", NULL, name);
  GtkWidget *window = import_file (path);

  test_click (window, "Import");
  test_see (window, words);
  gtk_window_destroy (GTK_WINDOW (window));
}

static char *
dup_form_for_new (void)
{
  g_autoptr (SakForm) form = sak_form_ref_for_new (partner_at_rest (), "event");

  return g_strdup (sak_form_get_name (form));
}

static void
a_form_is_sent_used_and_taken_back (void)
{
  GtkWidget *page = show (sak_contacts_page_new (desk_session));
  g_autofree char *used = NULL;
  g_autofree char *again = NULL;
  GtkWidget *window;

  test_click (page, "Forms and terms…");
  window = test_see_window (SAK_TYPE_NEWS_WINDOW);
  /* Its own term: bring_terms(). */
  test_see (window, "Harbour");
  g_assert_null (test_find_text (window, "Port"));
  choose_form (window, "person");
  test_see (window, "This is no form that can be sent.");
  g_assert_null (test_find_text (window, "Raid"));
  choose_form (window, "event");
  test_see (window, "A form for the kind “Incident”, version 1.");
  tick (window, "Harbour");
  test_click (window, "Send");
  test_see (window, "It is signed, and goes with your next bundle to each of them.");
  test_see (window, ": “Raid”, to Harbour");
  import_news ("form.sakkhi", "From now on new records of the kind “Incident” are written by it.");
  used = dup_form_for_new ();
  g_assert_cmpstr (used, ==, "raid");
  tick (window, "The program’s own form for “Incident”");
  tick (window, "Harbour");
  test_click (window, "Send");
  test_see (window, ": “The program’s own form for “Incident””, to Harbour");
  import_news ("shipped.sakkhi", "New records are written by the program’s own form again.");
  again = dup_form_for_new ();
  g_assert_cmpstr (again, ==, "event");
  gtk_window_close (GTK_WINDOW (window));
  wait_until_closed (SAK_TYPE_NEWS_WINDOW);
  gtk_window_destroy (GTK_WINDOW (page));
}

/* By keys alone. */
static void
terms_are_sent_and_can_be_chosen (void)
{
  g_autofree char *code = sak_vault_add_term (desk_at_rest (), "places", NULL, "en", "Fish landing", NULL);
  GtkWidget *page = show (sak_contacts_page_new (desk_session));
  g_autoptr (SakVocabulary) terms = NULL;
  GtkWidget *window;

  g_signal_emit_by_name (test_tab_to (page, "Forms and terms…"), "clicked");
  window = test_see_window (SAK_TYPE_NEWS_WINDOW);
  tick (window, "2 terms that were added here.");
  tick (window, "Harbour");
  g_signal_emit_by_name (test_tab_to (window, "Send"), "clicked");
  test_see (window, "It is signed, and goes with your next bundle to each of them.");
  gtk_window_close (GTK_WINDOW (window));
  wait_until_closed (SAK_TYPE_NEWS_WINDOW);
  gtk_window_destroy (GTK_WINDOW (page));
  import_news ("terms.sakkhi", "You can choose them from now on.");
  terms = sak_vault_load_terms (partner_at_rest (), "places", NULL);
  g_assert_nonnull (terms);
  g_assert_cmpstr (sak_term_get_label (sak_vocabulary_find_term (terms, code), "en"), ==, "Fish landing");
}

static void
belief_is_taken_back (void)
{
  GtkWidget *window = show (sak_contacts_page_new (session));
  g_autoptr (SakContact) authority = NULL;
  g_autoptr (GError) error = NULL;

  test_see (window, "You believe their network notices.");
  g_signal_emit_by_name (test_tab_to (window, "Desk: No longer believe their notices…"), "clicked");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "No longer");
  test_see (window, "Believe their notices…");
  authority = sak_vault_load_authority (partner_at_rest (), &error);
  g_assert_no_error (error);
  g_assert_null (authority);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
begin (void)
{
  port = test_vault_make (&pair.f, "Port");
  test_introduce (port, pair.desk);
  compare (pair.desk, "Port");
  compare (pair.desk, "Harbour");
  worker = sak_worker_new ();
  session = sak_session_new (worker, pair.partner);
  desk_worker = sak_worker_new ();
  desk_session = sak_session_new (desk_worker, pair.desk);
}

static void
end (void)
{
  test_choose (NULL, NULL);
  g_clear_object (&session);
  g_clear_object (&desk_session);
  (void) partner_at_rest ();
  (void) desk_at_rest ();
  test_end_worker (g_steal_pointer (&worker));
  g_clear_object (&desk_worker);
  g_object_unref (port);
}

int
main (int    argc,
      char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  sak_crypto_init ();
  test_pair_set_up (&pair);
  begin ();
  g_test_add_func ("/notices/a-notice-names-members", a_notice_names_members);
  g_test_add_func ("/notices/nobody-is-believed-unasked", nobody_is_believed_unasked);
  g_test_add_func ("/notices/who-is-believed-is-chosen-and-followed", who_is_believed_is_chosen_and_followed);
  g_test_add_func ("/notices/a-revoked-key-is-told-loudly", a_revoked_key_is_told_loudly);
  g_test_add_func ("/notices/a-form-is-sent-used-and-taken-back", a_form_is_sent_used_and_taken_back);
  g_test_add_func ("/notices/terms-are-sent-and-can-be-chosen", terms_are_sent_and_can_be_chosen);
  g_test_add_func ("/notices/belief-is-taken-back", belief_is_taken_back);
  status = g_test_run ();
  end ();
  test_pair_tear_down (&pair);
  return status;
}
