/* test-carriers.c - ways for bundles: set up, sent by, looked at, as the windows do it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-key-slots.h"
#include "storage/sak-network-news.h"
#include "storage/sak-vault-terms.h"
#include "sync/sak-fetch.h"
#include "sync/sak-outbox.h"
#include "tests/display/sak-test-choose.h"
#include "tests/display/sak-test-mount.h"
#include "tests/display/sak-test-server.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-carriers-window.h"
#include "ui/sak-courier.h"
#include "ui/sak-export-page.h"
#include "ui/sak-home-page.h"
#include "ui/sak-transfer-page.h"

#define WAIT_TURNS 6000

static TestPair pair;
static SakWorker *worker;
static SakSession *session;     /* of the partner */
static char *stick;
static guint n_bundles;
static char *gone_to;           /* the place that was asked for */

static SakVault *
at_rest (void)
{
  return test_at_rest (worker, pair.partner);
}

static void
go_activated (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  g_free (gone_to);
  gone_to = g_strdup (parameter != NULL ? g_variant_get_string (parameter, NULL)
                                        : g_action_get_name (G_ACTION (action)));
}

static GtkWidget *
show_page (GtkWidget *page)
{
  static const GActionEntry entries[] = {
    { .name = "go", .activate = go_activated, .parameter_type = "s" },
    { .name = "show-outbox", .activate = go_activated },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *window = test_window_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), NULL);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));

  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GtkWidget *
show_ways (void)
{
  GtkWidget *window = sak_carriers_window_new (NULL, session);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
add_carrier (SakVault        *vault,
             const char      *name,
             SakCarrierKind   kind,
             const char      *address,
             SakCarrierFlags  flags)
{
  g_autoptr (SakCarrier) carrier = sak_carrier_new (name, kind, address);
  g_autoptr (GError) error = NULL;

  carrier->flags = flags;
  if (kind == SAK_CARRIER_WEBDAV)
    {
      g_free (carrier->user);
      carrier->user = g_strdup ("mya");
      carrier->password = sak_secret_new_copy ("right", 5);
    }
  g_assert_true (sak_vault_add_carrier (vault, carrier, &error));
  g_assert_no_error (error);
}

/* Nothing waits, and no way is set up. */
static void
clear (void)
{
  g_autoptr (GPtrArray) items = sak_vault_list_outbox (at_rest (), NULL);
  g_autoptr (GPtrArray) carriers = sak_vault_list_carriers (pair.partner, NULL);

  for (guint i = 0; i < items->len; i++)
    g_assert_true (sak_vault_remove_outbox (pair.partner, ((SakOutboxItem *) items->pdata[i])->id, NULL));
  for (guint i = 0; i < carriers->len; i++)
    g_assert_true (sak_vault_remove_carrier (pair.partner, ((SakCarrier *) carriers->pdata[i])->name, NULL));
  if (g_file_test (stick, G_FILE_TEST_IS_DIR))
    test_remove_tree (stick);
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
  sak_courier_look (sak_courier_get (session));
  (void) at_rest ();
}

static void
take_stick_away (void)
{
  test_remove_tree (stick);
}

static void
put_stick_back (void)
{
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
}

/* A new record in a bundle for the desk. Returns: the item's id. */
static char *
queue (const char *carrier)
{
  g_autofree char *title = g_strdup_printf ("At the pier %u", n_bundles++);
  g_autofree char *record = test_add_event (at_rest (), title, TRUE);
  const char *to[] = { "Desk", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair.partner, to, NULL, &error);
  g_autoptr (SakBundleReport) report = NULL;
  char *id = NULL;

  g_assert_no_error (error);
  report = sak_outbox_create (pair.partner, plan, carrier, NULL, NULL, &id, NULL, &error);
  g_assert_no_error (error);
  return id;
}

static SakOutboxItem *
find (const char *id)
{
  return sak_vault_find_outbox (at_rest (), id, NULL);
}

static gboolean
is_there (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".age", NULL);
  g_autofree char *path = g_build_filename (stick, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* By Tab to the button beside that one. */
static void
press (GtkWidget  *window,
       const char *button,
       const char *id)
{
  g_autofree char *name = g_strdup_printf ("%s: Desk %.8s", button, id);

  g_signal_emit_by_name (test_tab_to (window, name), "clicked");
}

static void
wait_until_idle (void)
{
  SakCourier *courier = sak_courier_get (session);

  for (guint i = 0; i < WAIT_TURNS && sak_courier_get_current (courier) != NULL; i++)
    test_turn ();
  g_assert_null (sak_courier_get_current (courier));
}

static void
wait_until_gone (GtkWidget  *window,
                 const char *words)
{
  for (guint i = 0; i < WAIT_TURNS && test_find_text (window, words) != NULL; i++)
    test_turn ();
  g_assert_null (test_find_text (window, words));
}

/* --- The ways --- */

/* By keys alone: each thing that is missing is said where it can be mended. */
static void
a_folder_is_set_up_and_taken_out_again (void)
{
  GtkWidget *window = show_ways ();
  g_autoptr (SakCarrier) carrier = NULL;
  GtkWidget *button;

  test_see (window, "None is set up yet.");
  g_signal_emit_by_name (test_tab_to (window, "Add a folder or stick…"), "clicked");
  g_signal_emit_by_name (test_tab_to (window, "Save"), "clicked");
  test_see (window, "Give it a name, by which you know it again.");
  test_type (window, "Name, as you call it", "Stick");
  g_signal_emit_by_name (test_tab_to (window, "Save"), "clicked");
  test_see (window, "Choose the folder.");
  g_assert_null (test_find_text (window, "Give it a name"));
  test_choose (stick, NULL);
  g_signal_emit_by_name (test_tab_to (window, "Choose the folder…"), "clicked");
  test_see (window, stick);
  g_signal_emit_by_name (test_tab_to (window, "Try it"), "clicked");
  test_see (window, "The folder is there, and can be written to.");
  g_signal_emit_by_name (test_tab_to (window, "Save"), "clicked");
  test_see (window, "Sends when you say so.");
  carrier = sak_vault_find_carrier (at_rest (), "Stick", NULL);
  g_assert_cmpstr (carrier->address, ==, stick);
  /* The same name again. */
  test_click (window, "Add a folder or stick…");
  test_type (window, "Name, as you call it", "Stick");
  test_click (window, "Choose…");
  test_see (window, stick);
  test_click (window, "Save");
  test_see (window, "Another way has this name already.");
  test_click (window, "Cancel");
  /* By itself, from now on. */
  button = test_see (window, "Change…");
  g_signal_emit_by_name (gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON), "clicked");
  gtk_switch_set_active (GTK_SWITCH (test_see_type (window, GTK_TYPE_SWITCH)), TRUE);
  test_click (window, "Save");
  test_see (window, "Sends by itself when it can.");
  test_click (window, "Remove…");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Remove");
  test_see (window, "None is set up yet.");
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

static void
a_way_that_is_needed_stays (void)
{
  g_autofree char *id = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, 0);
  id = queue ("Stick");
  window = show_ways ();
  test_click (window, "Remove…");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Remove");
  test_see (window, "Bundles in the outbox are to go this way.");
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

static void
expect_at_field (GtkWidget  *window,
                 const char *field,
                 const char *typed,
                 const char *words)
{
  test_type (window, field, typed);
  test_click (window, "Save");
  test_see (window, words);
}

static void
what_is_wrong_with_a_server_is_said_at_its_field (void)
{
  GtkWidget *window = show_ways ();

  test_click (window, "Add a server…");
  test_type (window, "Name, as you call it", "Office");
  expect_at_field (window, "Name at the server", "", "Type the address that who runs the server gave you.");
  expect_at_field (window, "Address (https://…)", "http://example.org/", "http:// is open to everybody on the way.");
  expect_at_field (window, "Address (https://…)", "https://mya:right@example.org/", "Write the address without a name");
  expect_at_field (window, "Address (https://…)", "http://abc.onion/", "A .onion address is reached through Tor alone");
  expect_at_field (window, "Proxy, such as Tor (may stay empty)", "localhost:9050", "Write it as socks5://HOST:PORT.");
  test_click (window, "Through Tor on this computer");
  expect_at_field (window, "SHA-256 of its certificate (may stay empty)", "AB:CD", "64 digits and letters");
  expect_at_field (window, "SHA-256 of its certificate (may stay empty)", "", "");
  test_see (window, "Sends when you say so.");
  clear ();
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
expect_tried (GtkWidget      *window,
              TestServer     *server,
              TestServerMood  mood,
              const char     *words)
{
  test_server_set_mood (server, mood);
  test_click (window, "Try it");
  test_see (window, words);
}

static void
a_server_is_tried_before_it_is_kept (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  GtkWidget *window;

  add_carrier (at_rest (), "Office", SAK_CARRIER_WEBDAV, test_server_get_address (server), SAK_CARRIER_ALLOWS_PLAIN);
  window = show_ways ();
  test_click (window, "Change…");
  expect_tried (window, server, TEST_SERVER_EMPTY, "The server answers, and shows what lies there.");
  expect_tried (window, server, TEST_SERVER_NO_FOLDER, "It does not know this folder yet");
  expect_tried (window, server, TEST_SERVER_NO_PASSWORD, "The server did not accept the name or the password.");
  expect_tried (window, server, TEST_SERVER_TROUBLE, "The server has trouble of its own.");
  /* It never answers, until somebody stops it. */
  test_server_set_mood (server, TEST_SERVER_SILENT);
  test_click (window, "Try it");
  test_click (window, "Stop");
  test_see (window, "It was stopped.");
  /* What was told to one name is not told to another. */
  test_type (window, "Name at the server", "thiri");
  test_click (window, "Save");
  test_see (window, "The password that is kept was for another address or name.");
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* What was allowed for one address is not for another, and the switch shows it. */
static void
another_address_does_not_send_by_itself (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  GtkWidget *window;
  GtkWidget *by_itself;

  add_carrier (at_rest (), "Office", SAK_CARRIER_WEBDAV, test_server_get_address (server),
               SAK_CARRIER_ALLOWS_PLAIN | SAK_CARRIER_BY_ITSELF);
  window = show_ways ();
  test_click (window, "Change…");
  by_itself = test_find_type (window, GTK_TYPE_SWITCH);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (by_itself)));
  test_type (window, "Address (https://…)", test_server_get_address (server));
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (by_itself)));
  test_type (window, "Address (https://…)", "https://two.example/");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (by_itself)));
  /* Who allows it for that one, too, has said so. */
  gtk_switch_set_active (GTK_SWITCH (by_itself), TRUE);
  test_type (window, "Address (https://…)", "https://two.example/sakkhi/");
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (by_itself)));
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

static void
a_certificate_is_compared_and_noted (void)
{
  g_autofree char *folder = test_path (&pair, "certificate");
  g_autoptr (TestServer) server = test_server_new (folder);
  g_autoptr (SakCarrier) carrier = NULL;
  GtkWidget *window = show_ways ();

  test_click (window, "Add a server…");
  test_type (window, "Name, as you call it", "Office");
  test_type (window, "Address (https://…)", test_server_get_address (server));
  test_click (window, "Try it");
  test_see (window, "The server could not show that it is the one of this address");
  test_see (window, "Ask who runs the server by telephone whether theirs is the same.");
  test_click (window, "Note this certificate");
  test_click (window, "Try it");
  test_see (window, "The server answers, and shows what lies there.");
  test_click (window, "Save");
  test_see (window, "Sends when you say so.");
  carrier = sak_vault_find_carrier (at_rest (), "Office", NULL);
  g_assert_cmpuint (strlen (carrier->pin), ==, 64);
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* --- Sending --- */

static void
a_bundle_is_made_for_a_way_and_goes_at_once (void)
{
  g_autofree char *record = test_add_event (at_rest (), "Seven men", TRUE);
  g_autofree char *listed = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, 0);
  window = show_page (sak_export_page_new (session));
  test_see (window, "Desk");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_tab_to (window, "Desk")), TRUE);
  test_see (window, "What will leave this computer");
  g_signal_emit_by_name (test_tab_to (window, "Send by Stick"), "clicked");
  test_see (window, " is in the outbox, and is sent by Stick now.");
  gtk_window_set_child (GTK_WINDOW (window), sak_transfer_page_new (session));
  test_see (window, "Delivered · by Stick");
  listed = test_list_files (stick);
  g_assert_nonnull (strstr (listed, ".age "));
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

static void
nothing_goes_unasked (void)
{
  g_autofree char *id = NULL;
  g_autoptr (SakOutboxItem) item = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, 0);
  id = queue ("Stick");
  window = show_page (sak_transfer_page_new (session));
  test_see (window, "It goes when you send it.");
  sak_courier_look (sak_courier_get (session));
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  for (guint i = 0; i < 300; i++)
    test_turn ();
  item = find (id);
  g_assert_cmpint (item->state, ==, SAK_OUTBOX_WAITING);
  g_assert_cmpuint (item->n_tries, ==, 0);
  g_assert_false (is_there (id));
  press (window, "Send now", id);
  test_see (window, "Delivered to Stick, and read back. If it is a stick, it may be pulled out now.");
  g_assert_true (is_there (id));
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* By keys alone. */
static void
what_waits_is_paused_let_go_on_and_taken_out (void)
{
  g_autofree char *id = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, 0);
  id = queue ("Stick");
  take_stick_away ();
  window = show_page (sak_transfer_page_new (session));
  test_see (window, "It goes when you send it.");
  press (window, "Send now", id);
  test_see (window, "The folder or the stick is not there.");
  press (window, "Pause", id);
  test_see (window, "Paused · by Stick");
  g_assert_null (test_find_text (window, "Send now"));
  press (window, "Go on", id);
  test_see (window, "Waiting · by Stick");
  press (window, "Take out…", id);
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Take out");
  wait_until_gone (window, "For Desk");
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* It is looked for again, and no password or key is needed to see that it is back. */
static void
a_stick_that_comes_back_is_used_by_itself (void)
{
  g_autofree char *id = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, SAK_CARRIER_BY_ITSELF);
  take_stick_away ();
  id = queue ("Stick");
  window = show_page (sak_transfer_page_new (session));
  sak_courier_look (sak_courier_get (session));
  test_see (window, "The folder or the stick is not there.");
  test_see (window, "The next try comes in 1 minute.");
  put_stick_back ();
  test_see (window, "Delivered · by Stick");
  g_assert_true (is_there (id));
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

static void
what_waits_for_the_network_goes_when_it_comes (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  g_autofree char *id = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Office", SAK_CARRIER_WEBDAV, test_server_get_address (server),
               SAK_CARRIER_ALLOWS_PLAIN | SAK_CARRIER_BY_ITSELF);
  test_server_set_mood (server, TEST_SERVER_AWAY);
  id = queue ("Office");
  window = show_page (sak_transfer_page_new (session));
  sak_courier_look (sak_courier_get (session));
  test_see (window, "The server could not be reached, or the line broke.");
  test_server_set_mood (server, TEST_SERVER_KEEPS);
  g_signal_emit_by_name (g_network_monitor_get_default (), "network-changed", TRUE);
  test_see (window, "Delivered · by Office");
  g_assert_cmpuint (test_server_get_n_kept (server), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* Under way and held up, it is paused at once, and the vault goes on meanwhile. */
static void
what_is_under_way_is_paused_at_once (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  g_autofree char *id = NULL;
  g_autofree char *other = NULL;
  GtkWidget *window;

  test_server_set_mood (server, TEST_SERVER_SILENT);
  add_carrier (at_rest (), "Office", SAK_CARRIER_WEBDAV, test_server_get_address (server), SAK_CARRIER_ALLOWS_PLAIN);
  id = queue ("Office");
  window = show_page (sak_transfer_page_new (session));
  test_click (window, "Send now");
  test_see (window, "Under way · by Office");
  other = test_add_event (at_rest (), "Written meanwhile", TRUE);
  g_assert_nonnull (other);
  test_click (window, "Pause");
  test_see (window, "Paused · by Office");
  wait_until_idle ();
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* --- Taking a stick out --- */

static void
expect_taken_out (GtkWidget  *window,
                  gboolean    is_busy,
                  const char *words)
{
  test_mount_set_busy (is_busy);
  test_click (window, "Take the stick out");
  test_see (window, words);
}

static void
a_stick_is_taken_out_when_all_is_there (void)
{
  g_autofree char *id = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, 0);
  id = queue ("Stick");
  test_mount_set_folder (stick);
  window = show_page (sak_transfer_page_new (session));
  test_see (window, "It goes when you send it.");
  press (window, "Send now", id);
  test_see (window, "Delivered to Stick, and read back.");
  expect_taken_out (window, TRUE, "Stick is still in use.");
  expect_taken_out (window, FALSE, "Stick is taken out. Pull it out now.");
  g_assert_null (test_find_text (window, "Take the stick out"));
  test_mount_set_folder (NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* --- Looking --- */

static void
what_lies_there_is_brought_and_told (void)
{
  g_autofree char *told = test_add_event (pair.desk, "Told at the desk", TRUE);
  g_autofree char *bundle = test_bundle (&pair, pair.desk, "Harbour", told, "told.age");
  g_autofree char *unknown = test_add_event (pair.stranger, "From nobody", TRUE);
  g_autofree char *there = g_build_filename (stick, "told.age", NULL);
  g_autofree char *foreign = g_build_filename (stick, "foreign.age", NULL);
  g_autofree char *from = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, 0);
  g_assert_cmpint (g_rename (bundle, there), ==, 0);
  test_introduce (at_rest (), pair.stranger);
  from = test_bundle (&pair, pair.stranger, "Harbour", unknown, "foreign.age");
  g_assert_cmpint (g_rename (from, foreign), ==, 0);
  window = show_page (sak_transfer_page_new (session));
  test_see (window, "No bundle was imported here yet.");
  test_see (window, "Look at Stick");
  g_signal_emit_by_name (test_tab_to (window, "Look at Stick"), "clicked");
  test_see (window, "Every byte of it was verified, and it is imported.");
  test_see (window, "Set aside, to be tried again: ");
  test_click (window, "What was set aside");
  g_assert_cmpstr (gone_to, ==, "import");
  test_see (window, "Bundle number 1 from Desk");
  test_click (window, "Look at Stick");
  test_see (window, "Nothing new lies at Stick.");
  take_stick_away ();
  test_click (window, "Look at Stick");
  test_see (window, "The folder or the stick is not there.");
  put_stick_back ();
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* Questions, forms and notices, as by “Import a bundle”. */
static void
what_a_bundle_brings_is_told_there_too (void)
{
  const char *to[] = { "Harbour", NULL };
  g_autofree char *term = sak_vault_add_term (pair.desk, "places", NULL, "en", "Fish landing", NULL);
  g_autofree char *sent = sak_vault_send_terms (pair.desk, "places", to, NULL);
  g_autofree char *bundle = test_bundle (&pair, pair.desk, "Harbour", NULL, "terms.age");
  g_autofree char *there = g_build_filename (stick, "terms.age", NULL);
  GtkWidget *window;

  g_assert_nonnull (sent);
  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, 0);
  g_assert_cmpint (g_rename (bundle, there), ==, 0);
  window = show_page (sak_transfer_page_new (session));
  test_click (window, "Look at Stick");
  test_see (window, "Every byte of it was verified, and it is imported.");
  test_see (window, "Terms came from Desk for the vocabulary “places”. They are not used");
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

static void
looking_is_stopped_by_whoever_waits (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  GtkWidget *window;

  test_server_set_mood (server, TEST_SERVER_SILENT);
  add_carrier (at_rest (), "Office", SAK_CARRIER_WEBDAV, test_server_get_address (server), SAK_CARRIER_ALLOWS_PLAIN);
  window = show_page (sak_transfer_page_new (session));
  test_click (window, "Look at Office");
  test_see (window, "Looking at Office…");
  test_click (window, "Stop");
  test_see (window, "It was stopped.");
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* --- Home --- */

static void
home_says_what_could_not_be_sent (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  g_autofree char *id = NULL;
  GtkWidget *window;

  test_server_set_mood (server, TEST_SERVER_NO_PASSWORD);
  add_carrier (at_rest (), "Office", SAK_CARRIER_WEBDAV, test_server_get_address (server), SAK_CARRIER_ALLOWS_PLAIN);
  id = queue ("Office");
  window = show_page (sak_home_page_new (session));
  test_see (window, "To keep the vault safe");
  g_assert_null (test_find_text (window, "Not sent"));
  sak_courier_send (sak_courier_get (session), id);
  test_see (window, "1 bundle in the outbox could not be sent.");
  g_signal_emit_by_name (test_tab_to (window, "Show: 1 bundle in the outbox could not be sent."), "clicked");
  g_assert_cmpstr (gone_to, ==, "show-outbox");
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* --- Locking; the last test: the vault is closed then --- */

static void
locking_ends_what_is_under_way (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  g_autoptr (SakCourier) courier = g_object_ref (sak_courier_get (session));
  g_autofree char *id = NULL;
  g_autoptr (SakOutboxItem) item = NULL;
  gint64 begun;

  test_server_set_mood (server, TEST_SERVER_SILENT);
  add_carrier (at_rest (), "Office", SAK_CARRIER_WEBDAV, test_server_get_address (server),
               SAK_CARRIER_ALLOWS_PLAIN | SAK_CARRIER_BY_ITSELF);
  id = queue ("Office");
  sak_courier_look (courier);
  test_server_wait_for_client (server);
  g_assert_cmpstr (sak_courier_get_current (courier), ==, id);
  begun = g_get_monotonic_time ();
  sak_session_lock (session);
  wait_until_idle ();
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 20 * G_USEC_PER_SEC);
  g_assert_true (sak_vault_is_locked (pair.partner));
  test_vault_reopen (&pair.f);
  pair.partner = pair.f.vault;
  item = sak_vault_find_outbox (pair.partner, id, NULL);
  g_assert_cmpint (item->state, ==, SAK_OUTBOX_WAITING);
  g_assert_cmpint (item->next_try, ==, 0);
  g_assert_cmpuint (item->n_tries, ==, 0);
}

static gpointer
wait_job (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  SakCall *call = data;

  (void) g_async_queue_timeout_pop (g_object_get_data (call->shared, "queue"), 20 * G_USEC_PER_SEC);
  return SAK_JOB_DONE;
}

/* While the vault is busy with something else. */
static void
what_is_paused_before_it_begins_does_not_go (void)
{
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();
  g_autofree char *id = NULL;
  g_autoptr (SakOutboxItem) item = NULL;
  SakCall *call = sak_session_new_call (session);
  GtkWidget *window;

  add_carrier (at_rest (), "Stick", SAK_CARRIER_FOLDER, stick, 0);
  id = queue ("Stick");
  window = show_page (sak_transfer_page_new (session));
  test_see (window, "It goes when you send it.");
  (void) at_rest ();
  call->shared = g_object_new (G_TYPE_OBJECT, NULL);
  g_object_set_data (call->shared, "queue", gate);
  sak_session_call (session, call, wait_job, NULL, NULL, NULL, NULL);
  press (window, "Send now", id);
  press (window, "Pause", id);
  g_async_queue_push (gate, gate);
  test_see (window, "Paused · by Stick");
  wait_until_idle ();
  (void) at_rest ();
  item = find (id);
  g_assert_cmpint (item->state, ==, SAK_OUTBOX_WAITING);
  g_assert_true (item->is_paused);
  g_assert_false (is_there (id));
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
}

/* That it may be pulled out is taken back, and what was asked for is asked once. */
static void
nothing_is_said_to_be_done_while_more_goes_there (void)
{
  g_autoptr (TestServer) server = test_server_new (NULL);
  g_autofree char *first = NULL, *second = NULL, *third = NULL;
  GtkWidget *window;

  add_carrier (at_rest (), "Office", SAK_CARRIER_WEBDAV, test_server_get_address (server), SAK_CARRIER_ALLOWS_PLAIN);
  first = queue ("Office");
  second = queue ("Office");
  third = queue ("Office");
  window = show_page (sak_transfer_page_new (session));
  test_see (window, "It goes when you send it.");
  press (window, "Send now", first);
  test_see (window, "Delivered to Office.");
  test_server_set_mood (server, TEST_SERVER_SILENT);
  press (window, "Send now", second);
  test_see (window, "Under way · by Office");
  g_assert_null (test_find_text (window, "Delivered to Office."));
  press (window, "Send now", third);
  wait_until_gone (window, "It goes when you send it.");
  g_assert_null (test_find_text (window, "Send now"));
  press (window, "Pause", third);
  wait_until_gone (window, "Waiting · by Office");
  press (window, "Pause", second);
  test_see (window, "Delivered to Office.");
  gtk_window_destroy (GTK_WINDOW (window));
  clear ();
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
  stick = test_path (&pair, "stick");
  g_assert_cmpint (g_mkdir (stick, 0700), ==, 0);
#define ADD(path, function) g_test_add_func ("/carriers/" path, function)
  ADD ("a-folder-is-set-up-and-taken-out-again", a_folder_is_set_up_and_taken_out_again);
  ADD ("a-way-that-is-needed-stays", a_way_that_is_needed_stays);
  ADD ("what-is-wrong-with-a-server-is-said-at-its-field", what_is_wrong_with_a_server_is_said_at_its_field);
  ADD ("a-server-is-tried-before-it-is-kept", a_server_is_tried_before_it_is_kept);
  ADD ("another-address-does-not-send-by-itself", another_address_does_not_send_by_itself);
  ADD ("a-certificate-is-compared-and-noted", a_certificate_is_compared_and_noted);
  ADD ("a-bundle-is-made-for-a-way-and-goes-at-once", a_bundle_is_made_for_a_way_and_goes_at_once);
  ADD ("nothing-goes-unasked", nothing_goes_unasked);
  ADD ("what-waits-is-paused-let-go-on-and-taken-out", what_waits_is_paused_let_go_on_and_taken_out);
  ADD ("a-stick-that-comes-back-is-used-by-itself", a_stick_that_comes_back_is_used_by_itself);
  ADD ("what-waits-for-the-network-goes-when-it-comes", what_waits_for_the_network_goes_when_it_comes);
  ADD ("what-is-under-way-is-paused-at-once", what_is_under_way_is_paused_at_once);
  ADD ("a-stick-is-taken-out-when-all-is-there", a_stick_is_taken_out_when_all_is_there);
  ADD ("what-lies-there-is-brought-and-told", what_lies_there_is_brought_and_told);
  ADD ("what-a-bundle-brings-is-told-there-too", what_a_bundle_brings_is_told_there_too);
  ADD ("looking-is-stopped-by-whoever-waits", looking_is_stopped_by_whoever_waits);
  ADD ("home-says-what-could-not-be-sent", home_says_what_could_not_be_sent);
  ADD ("what-is-paused-before-it-begins-does-not-go", what_is_paused_before_it_begins_does_not_go);
  ADD ("nothing-is-said-to-be-done-while-more-goes-there", nothing_is_said_to_be_done_while_more_goes_there);
  ADD ("locking-ends-what-is-under-way", locking_ends_what_is_under_way);
#undef ADD
  status = g_test_run ();
  test_choose (NULL, NULL);
  g_free (stick);
  g_free (gone_to);
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_pair_tear_down (&pair);
  return status;
}
