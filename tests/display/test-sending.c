/* test-sending.c - to whom, what leaves, and what waits for an answer, on the pages of sending
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-contact.h"
#include "storage/sak-withdrawal.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-contacts-page.h"
#include "ui/sak-export-page.h"
#include "ui/sak-record-page.h"
#include "ui/words/sak-words-consent.h"

#define UNNAMED "\"consent\": {\"share\": \"unnamed\"}"

static TestPair pair;
static SakWorker *worker;
static SakSession *session;

/* The vaults, for this thread. */
static SakVault *
partner_at_rest (void)
{
  return test_at_rest (worker, pair.partner);
}

static SakVault *
desk_at_rest (void)
{
  return test_at_rest (worker, pair.desk);
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

static void
wait_for_focus (GtkWidget  *window,
                const char *name)
{
  for (guint i = 0; i < 2000; i++)
    {
      GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));

      if (focus != NULL && test_is_called (focus, name))
        return;
      test_turn ();
    }
  g_error ("%s did not get the keyboard", name);
}

/* Roles */

static void
assert_role (const char *role)
{
  g_autoptr (SakContact) desk = sak_vault_find_contact (partner_at_rest (), "Desk", NULL);
  g_autofree char *stored = sak_vault_dup_contact_role (partner_at_rest (), desk, NULL);

  g_assert_cmpstr (stored, ==, role);
}

static GtkDropDown *
find_role (GtkWidget *window)
{
  /* The button within the drop-down has the keyboard, and says name and choice. */
  GtkWidget *button = test_tab_to (window, "What Desk is to your network, The network’s secretariat");

  return GTK_DROP_DOWN (gtk_widget_get_ancestor (button, GTK_TYPE_DROP_DOWN));
}

static void
what_a_contact_is_to_the_network_is_said_and_changed (void)
{
  GtkWidget *window = show (sak_contacts_page_new (session));
  GtkDropDown *role;
  GListModel *list;

  test_see (window, "To your network they are:");
  assert_role ("secretariat");
  role = find_role (window);
  list = gtk_drop_down_get_model (role);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (list, i);

      g_assert_cmpstr (gtk_string_object_get_string (item), !=, sak_words_name_recipient ("public"));
      if (g_str_equal (gtk_string_object_get_string (item), "Lawyers"))
        gtk_drop_down_set_selected (role, i);
    }
  test_see (window, "What each person answered about “Lawyers” now decides");
  assert_role ("lawyers");
  gtk_window_destroy (GTK_WINDOW (window));
  window = show (sak_contacts_page_new (session));
  test_see (window, "To your network they are:");
  test_tab_to (window, "What Desk is to your network, Lawyers");
  g_assert_true (sak_vault_set_contact_role (partner_at_rest (), "Desk", "secretariat", NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What was found */

/* An incident that names a person who is not to be named, twice over. */
static char *
add_telling_event (void)
{
  g_autofree char *person = test_add_json (partner_at_rest (), "person",
                                           "{\"identity.name\": \"Daw Khin Hla\", \"known_as\": \"A\", " UNNAMED "}",
                                           TRUE);
  g_autofree char *json = g_strdup_printf ("{\"title\": \"Daw Khin Hla is taken away\","
                                           " \"narrative\": \"At night they took Daw Khin Hla.\","
                                           " \"links/6f1c6a0e-2b56-4f0a-9d3e-0c2c7a1b9e55\":"
                                           " {\"role\": \"victim\", \"to\": \"%s\"}}", person);

  return test_add_json (partner_at_rest (), "event", json, TRUE);
}

static GtkWidget *
open_plan (void)
{
  GtkWidget *window = show (sak_export_page_new (session));

  test_see (window, "Desk");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_tab_to (window, "Desk")), TRUE);
  test_see (window, "What will leave this computer");
  return window;
}

static GtkWidget *
find_save (GtkWidget *window)
{
  return gtk_widget_get_ancestor (test_see (window, "Save the bundle…"), GTK_TYPE_BUTTON);
}

/* No bundle before each field is answered; with keys alone, and the keyboard stays where it was. */
static void
each_name_that_would_leave_is_answered_with_keys_alone (void)
{
  g_autofree char *id = add_telling_event ();
  GtkWidget *window = open_plan ();
  GtkWidget *save;

  test_see (window, "“Khin Hla” names Daw Khin Hla, whose name is not to leave.");
  test_see (window, "No bundle is made before.");
  g_assert_false (gtk_widget_get_sensitive (gtk_widget_get_ancestor (test_find_text (window, "Save the bundle…"),
                                                                     GTK_TYPE_BUTTON)));
  test_tab_to (window, "Write it anew…: What happened, in order");
  g_signal_emit_by_name (test_tab_to (window, "Keep here: Title"), "clicked");
  test_see (window, "You decided to keep this field here.");
  test_see (window, "No bundle is made before.");
  wait_for_focus (window, "Write it anew…: Title");
  test_see (window, "it names somebody who is not to be named, and you decided to keep it. (Title)");
  g_signal_emit_by_name (test_tab_to (window, "Let it leave: What happened, in order"), "clicked");
  test_see (window, "You decided to let it leave as it is.");
  g_assert_null (test_find_text (window, "No bundle is made before."));
  save = find_save (window);
  g_assert_true (gtk_widget_get_sensitive (save));
  g_signal_emit_by_name (test_tab_to (window, "Keep here: What happened, in order"), "clicked");
  wait_for_focus (window, "Write it anew…: What happened, in order");
  test_see (window, "(Title, What happened, in order)");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Every field and file that stays is named with its reason. */
static void
each_thing_that_stays_is_named_with_its_reason (void)
{
  g_autofree char *withdrawn = test_add_json (partner_at_rest (), "testimony", "{\"title\": \"Told at the pier\","
                                              " \"statement\": \"I saw it.\", \"consent\": {\"share\": \"no\"}}", TRUE);
  g_autofree char *id = test_add_json (partner_at_rest (), "testimony", "{\"title\": \"Told on the boat\","
                                       " \"statement\": \"I saw it.\", \"identity.interviewer\": \"Ma Mya\","
                                       " \"consent\": {\"share\": \"unnamed\", \"conditions\": \"not in our town\"}}",
                                       FALSE);
  GtkWidget *window;

  test_add_media (partner_at_rest (), id, "voice.ogg", "words", 5);
  test_finish (partner_at_rest (), id, NULL);
  window = open_plan ();
  test_see (window, "Desk was looked up in each consent as: The network’s secretariat");
  test_see (window, "Stays here: the person does not want it to be shared.");
  test_see (window, "Leaves without names");
  test_see (window, "it tells who somebody is, and the name was not allowed to leave. (Who asked)");
  test_see (window, "that was not allowed to leave. (voice.ogg)");
  test_see (window, "Their conditions: not in our town");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Withdrawn */

static GtkWidget *
see_dialog (const char *heading)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint turn = 0; turn < 2000; turn++)
    {
      for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
        {
          g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

          if (ADW_IS_MESSAGE_DIALOG (window) && test_find_text (window, heading) != NULL)
            return window;
        }
      test_turn ();
    }
  g_error ("“%s” is not asked", heading);
}

static void
carry (const char *id,
       const char *name)
{
  g_autofree char *bundle = test_bundle (&pair, pair.partner, "Desk", id, name);

  sak_bundle_report_free (test_import (desk_at_rest (), bundle));
}

/* At the desk, after its consent was taken back at the partner. */
static char *
add_withdrawn (void)
{
  char *id = test_add_json (partner_at_rest (), "testimony",
                            "{\"title\": \"Told in the hills\", \"statement\": \"I saw.\","
                            " \"consent\": {\"share\": \"named\"}}", TRUE);
  g_autoptr (SakRecord) record = sak_vault_load_record (partner_at_rest (), id, NULL);
  g_autoptr (json_t) fields = json_deep_copy (record->fields);

  carry (id, "first.sakkhi");
  json_object_set_new (json_object_get (fields, "consent"), "withdrawn", json_string ("2026-11-20"));
  g_assert_true (sak_vault_save_draft (partner_at_rest (), id, record->base_revision, fields, NULL));
  test_finish (partner_at_rest (), id, "Taken back");
  carry (id, "second.sakkhi");
  return id;
}

/* It is not said that the sender kept it, and what is hidden goes when somebody says so. */
static void
what_was_withdrawn_elsewhere_is_deleted_when_asked (void)
{
  g_autofree char *id = add_withdrawn ();
  g_autoptr (SakWorker) desk_worker = sak_worker_new ();
  g_autoptr (SakSession) desk = sak_session_new (desk_worker, pair.desk);
  GtkWidget *window = show (sak_record_page_new (desk, id));
  gboolean has_any = FALSE;

  test_see (window, "withdrawn on 20 November 2026.");
  g_assert_null (test_find_text (window, "Kept by the sender."));
  g_assert_null (test_find_text (window, "I saw."));
  test_click (window, "Delete what is hidden…");
  test_click (see_dialog ("Delete what is hidden?"), "Delete");
  test_see (window, "Nothing of it is here any more");
  g_assert_null (test_find_text (window, "Delete what is hidden…"));
  g_assert_true (sak_vault_has_withdrawn (desk_at_rest (), id, &has_any, NULL));
  g_assert_false (has_any);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Whoever was chosen and taken out again before the answer came. */
static void
a_plan_for_nobody_is_not_shown (void)
{
  GtkWidget *window = show (sak_export_page_new (session));
  GtkWidget *row = gtk_widget_get_ancestor (test_see (window, "Desk"), ADW_TYPE_ACTION_ROW);
  GtkCheckButton *check = GTK_CHECK_BUTTON (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)));

  test_see (window, "Choose one or several of them.");
  gtk_check_button_set_active (check, TRUE);
  gtk_check_button_set_active (check, FALSE);
  (void) partner_at_rest ();
  for (guint turn = 0; turn < 5; turn++)
    test_turn ();
  g_assert_null (test_find_text (window, "will leave this computer"));
  gtk_check_button_set_active (check, TRUE);
  test_see (window, "will leave this computer");
  g_assert_null (test_find_text (window, "Choose one or several of them."));
  gtk_window_destroy (GTK_WINDOW (window));
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
  worker = sak_worker_new ();
  session = sak_session_new (worker, pair.partner);
  g_test_add_func ("/sending/what-a-contact-is-to-the-network-is-said-and-changed",
                   what_a_contact_is_to_the_network_is_said_and_changed);
  g_test_add_func ("/sending/each-name-that-would-leave-is-answered-with-keys-alone",
                   each_name_that_would_leave_is_answered_with_keys_alone);
  g_test_add_func ("/sending/each-thing-that-stays-is-named-with-its-reason",
                   each_thing_that_stays_is_named_with_its_reason);
  g_test_add_func ("/sending/what-was-withdrawn-elsewhere-is-deleted-when-asked",
                   what_was_withdrawn_elsewhere_is_deleted_when_asked);
  g_test_add_func ("/sending/a-plan-for-nobody-is-not-shown", a_plan_for_nobody_is_not_shown);
  status = g_test_run ();
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_pair_tear_down (&pair);
  return status;
}
