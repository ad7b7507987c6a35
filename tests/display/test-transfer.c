/* test-transfer.c - what was sent to whom, whether it arrived, what came, and receipts, as the page says it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-sent.h"
#include "sync/sak-countersign.h"
#include "sync/sak-receipt-text.h"
#include "tests/display/sak-test-choose.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-export-page.h"
#include "ui/sak-record-page.h"
#include "ui/sak-sent-list.h"
#include "ui/sak-transfer-page.h"

static TestPair pair;
static SakWorker *worker;       /* of the partner */
static SakSession *session;
static char *opened;            /* the record or place that was to be opened */

static SakVault *
partner_at_rest (void)
{
  return test_at_rest (worker, pair.partner);
}

static void
open_activated (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  g_free (opened);
  opened = g_variant_dup_string (parameter, NULL);
}

static GtkWidget *
show_page (GtkWidget *page)
{
  static const GActionEntry entries[] = {
    { .name = "open-record", .activate = open_activated, .parameter_type = "s" },
    { .name = "go", .activate = open_activated, .parameter_type = "s" },
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
show (void)
{
  return show_page (sak_transfer_page_new (session));
}

static char *
add (SakVault   *vault,
     const char *title)
{
  g_autofree char *json = g_strdup_printf ("{\"title\": \"%s\"}", title);

  return test_add_json (vault, "event", json, TRUE);
}

/* The desk has it, and says so. */
static void
confirm (const char *bundle,
         const char *name)
{
  g_autofree char *receipt = test_path (&pair, name);
  SakReceiptOutcome outcome;

  sak_bundle_report_free (test_import (pair.desk, bundle));
  g_assert_true (sak_countersign_write (pair.desk, "Harbour", receipt, NULL));
  g_assert_true (sak_countersign_import (partner_at_rest (), receipt, NULL, &outcome, NULL, NULL));
}

static void
an_empty_page_says_how_it_fills (void)
{
  GtkWidget *window = show ();

  test_see (window, "Nothing was sent or received yet.");
  test_see (window, "No bundle was imported here yet.");
  test_see (window, "Everything that is finished was put into a bundle for somebody.");
  g_signal_emit_by_name (test_tab_to (window, "Make a bundle…"), "clicked");
  g_assert_cmpstr (opened, ==, "export");
  g_clear_pointer (&opened, g_free);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* With keys alone from the contact to the record. */
static void
what_was_sent_is_told_with_whether_it_arrived (void)
{
  g_autofree char *first = add (partner_at_rest (), "It has arrived");
  g_autofree char *bundle = test_bundle (&pair, partner_at_rest (), "Desk", first, "first.sakkhi");
  g_autofree char *second = add (partner_at_rest (), "It is on its way");
  g_autofree char *third = add (partner_at_rest (), "It waits here");
  g_autofree char *more = NULL;
  GtkWidget *window;

  confirm (bundle, "first.receipt");
  more = test_bundle (&pair, partner_at_rest (), "Desk", second, "second.sakkhi");
  window = show ();
  test_see (window, "1 record is finished and was not put into a bundle yet");
  test_see (window, "Desk: 2 sent, 1 confirmed.");
  test_see (window, "Their last receipt came on ");
  g_assert_null (test_find_text (window, "It has arrived"));
  g_signal_emit_by_name (test_tab_to (window, "What was sent: Desk"), "clicked");
  test_see (window, "Sent to Desk");
  test_see (window, "Received by Desk on ");
  test_see (window, "Put into a bundle for Desk. No receipt has come for it yet.");
  g_assert_null (test_find_text (window, "It waits here"));
  gtk_widget_activate (gtk_widget_get_ancestor (test_see (window, "It has arrived"), ADW_TYPE_ACTION_ROW));
  for (guint i = 0; i < 3000 && opened == NULL; i++)
    test_turn ();
  g_assert_cmpstr (opened, ==, first);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
change (const char *id)
{
  g_autoptr (SakRecord) record = sak_vault_load_record (partner_at_rest (), id, NULL);

  json_object_set_new (record->fields, "title", json_string ("It was corrected"));
  g_assert_true (sak_vault_save_draft (pair.partner, id, record->base_revision, record->fields, NULL));
  test_finish (pair.partner, id, "A name was wrong");
}

static void
a_record_says_who_has_it (void)
{
  g_autofree char *there = add (partner_at_rest (), "It is there");
  g_autofree char *bundle = test_bundle (&pair, partner_at_rest (), "Desk", there, "there.sakkhi");
  g_autofree char *here = add (partner_at_rest (), "It is only here");
  GtkWidget *window = show_page (sak_record_page_new (session, there));

  test_see (window, "Put into a bundle for Desk. No receipt has come for it yet.");
  gtk_window_destroy (GTK_WINDOW (window));
  confirm (bundle, "there.receipt");
  window = show_page (sak_record_page_new (session, there));
  test_see (window, "Received by Desk on ");
  gtk_window_destroy (GTK_WINDOW (window));
  /* Who has what was sent does not have what was changed since. */
  change (there);
  window = show_page (sak_record_page_new (session, there));
  test_see (window, "An earlier version was received by Desk on ");
  gtk_window_destroy (GTK_WINDOW (window));
  window = show_page (sak_record_page_new (session, here));
  test_see (window, "It is only here");
  (void) partner_at_rest ();
  g_assert_null (test_find_text (window, "Desk"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Cut as they are written, and taken by whoever gets them; the whole does not lie beside them. */
static void
a_bundle_is_saved_in_parts (void)
{
  gsize size = 16000000;
  g_autofree guint8 *noise = g_malloc (size);
  g_autofree char *id = test_add_json (partner_at_rest (), "event", "{\"title\": \"A long film\"}", FALSE);
  g_autofree char *folder = test_path (&pair, "for-the-mail");
  g_autofree char *listed = NULL;
  g_autofree char *passed = NULL;
  g_autofree char *left = NULL;
  GtkWidget *window;
  GtkWidget *parts;

  sak_random_bytes (noise, size);
  test_add_media (partner_at_rest (), id, "film.bin", noise, size);
  test_finish (partner_at_rest (), id, NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  window = show_page (sak_export_page_new (session));
  test_see (window, "Desk");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (test_tab_to (window, "Desk")), TRUE);
  test_see (window, "What will leave this computer");
  parts = gtk_widget_get_ancestor (test_tab_to (window, "As how many files, One file"), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (parts), 1);
  test_choose (folder, NULL);
  test_click (window, "Save the bundle…");
  test_see (window, " is saved in 3 parts, with a list to check them by.");
  listed = test_list_files (folder);
  g_assert_nonnull (strstr (listed, ".sakkhi.003-of-003 "));
  g_assert_null (strstr (listed, ".sakkhi "));
  /* The whole passed through the vault, where room was for it, and is gone. */
  passed = g_build_filename (sak_vault_get_path (pair.partner), "outbox", NULL);
  left = test_list_files (passed);
  g_assert_cmpstr (left, ==, "");
  sak_bundle_report_free (test_import (pair.desk, folder));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* GTK's dialog has asked; a folder of that name stays what it is. */
static void
a_bundle_takes_the_place_of_a_file_and_of_no_folder (void)
{
  g_autofree char *id = add (partner_at_rest (), "In the place of another");
  g_autofree char *path = test_path (&pair, "old.sakkhi");
  g_autofree char *beside = test_path (&pair, "2-old.sakkhi");
  GtkWidget *window;

  g_assert_nonnull (id);
  for (guint i = 0; i < 2; i++)
    {
      if (i == 0)
        g_assert_true (g_file_set_contents (path, "old", -1, NULL));
      else
        g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      window = show_page (sak_export_page_new (session));
      test_see (window, "Desk");
      gtk_check_button_set_active (GTK_CHECK_BUTTON (test_tab_to (window, "Desk")), TRUE);
      test_see (window, "What will leave this computer");
      test_choose (path, NULL);
      test_click (window, "Save the bundle…");
      test_see (window, i == 0 ? " is saved. Only" : "The bundle lies beside it, as 2-old.sakkhi.");
      g_assert_true (g_file_test (beside, G_FILE_TEST_EXISTS) == (i == 1));
      sak_bundle_report_free (test_import (pair.desk, i == 0 ? path : beside));
      g_assert_cmpint (i == 0 ? g_unlink (path) : g_rmdir (path), ==, 0);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
what_came_is_told_and_its_receipt_saved (void)
{
  g_autofree char *id = add (pair.desk, "From the desk");
  g_autofree char *bundle = test_bundle (&pair, pair.desk, "Harbour", id, "desk.sakkhi");
  g_autofree char *receipt = test_path (&pair, "for-desk.sakkhi-receipt");
  g_autofree char *written = NULL;
  GtkWidget *window;
  SakReceiptOutcome outcome;

  sak_bundle_report_free (test_import (partner_at_rest (), bundle));
  window = show ();
  test_see (window, "They do not know yet what has arrived here.");
  test_see (window, "Bundle number 1 from Desk");
  test_see (window, "Imported on ");
  test_choose (receipt, NULL);
  g_signal_emit_by_name (test_tab_to (window, "Save a receipt…: Desk"), "clicked");
  test_see (window, "The receipt for Desk is saved.");
  (void) partner_at_rest ();
  g_assert_true (sak_countersign_import (pair.desk, receipt, NULL, &outcome, NULL, NULL));
  g_assert_cmpuint (outcome.n_received, ==, 1);
  /* GTK has asked whether to replace it. */
  g_assert_cmpint (g_unlink (receipt), ==, 0);
  g_assert_true (g_file_set_contents (receipt, "old", -1, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
  window = show ();
  test_see (window, "Bundle number 1 from Desk");
  test_click (window, "Save a receipt…");
  test_see (window, "The receipt for Desk is saved.");
  (void) partner_at_rest ();
  g_assert_true (g_file_get_contents (receipt, &written, NULL, NULL));
  g_assert_cmpstr (written, !=, "old");
  gtk_window_destroy (GTK_WINDOW (window));
}

static GPtrArray *
list_sent (SakSentPlace *place,
           gboolean     *ret_is_end)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) desk = sak_vault_find_contact (partner_at_rest (), "Desk", NULL);
  GPtrArray *list = sak_vault_list_sent_records (pair.partner, desk, place, SAK_SENT_STRETCH, ret_is_end, &error);

  g_assert_no_error (error);
  return list;
}

static guint
count_rows (GtkWidget *window)
{
  GtkWidget *list = gtk_widget_get_ancestor (test_see (window, "Raid 119"), GTK_TYPE_LIST_BOX);
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    n++;
  return n;
}

/* Each once, the latest first, by the version that was sent last. */
static void
a_long_list_is_read_a_stretch_at_a_time (void)
{
  g_autofree char *last = NULL;
  g_autofree char *bundle = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GPtrArray) sent = NULL;
  SakSentPlace place = { 0, 0 };
  gboolean is_end = TRUE;
  g_autoptr (SakRecord) record = NULL;
  GtkWidget *window;

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *title = g_strdup_printf ("Raid %u", i);

      g_free (last);
      last = add (partner_at_rest (), title);
    }
  bundle = test_bundle (&pair, partner_at_rest (), "Desk", NULL, "many.sakkhi");
  record = sak_vault_load_record (partner_at_rest (), last, NULL);
  test_add_version (partner_at_rest (), last, record->base_revision,
                    "{\"title\": \"Raid 119\", \"narrative\": \"Two trucks\"}");
  again = test_bundle (&pair, partner_at_rest (), "Desk", last, "again.sakkhi");
  sent = list_sent (&place, &is_end);
  g_assert_cmpuint (sent->len, ==, SAK_SENT_STRETCH);
  g_assert_false (is_end);
  g_assert_cmpstr (((SakDelivery *) sent->pdata[0])->record_id, ==, last);
  g_assert_cmpstr (((SakDelivery *) sent->pdata[1])->record_id, !=, last);
  window = show ();
  test_click (window, "What was sent");
  g_assert_cmpuint (count_rows (window), ==, SAK_SENT_STRETCH);
  test_click (window, "Show more");
  test_see (window, "Raid 30");
  g_assert_cmpuint (count_rows (window), ==, 2 * SAK_SENT_STRETCH);
  test_click (window, "Show more");
  test_see (window, "It has arrived");
  g_assert_null (test_find_text (window, "Show more"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A receipt of the desk as it would be, were there another copy of the partner's vault. */
static void
tell_of_fork (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) harbour = sak_vault_find_contact (pair.desk, "Harbour", NULL);
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (pair.desk);
  g_autoptr (SakReceipt) receipt = NULL;
  g_autofree char *text = NULL;
  SakReceiptParties parties = { .is_practice = sak_vault_is_practice (pair.desk) };
  SakReceiptOutcome outcome;
  SakWaiting waiting = { .reason = SAK_WAITING_FORK };
  SakStream stream;
  gint64 last;

  g_assert_true (sak_vault_find_latest_incoming (pair.desk, harbour, &stream, &last, &error));
  receipt = sak_vault_make_receipt (pair.desk, &stream, &error);
  g_assert_no_error (error);
  waiting.sequence = stream.sequence + 1;
  g_array_append_val (receipt->waiting, waiting);
  sak_sign_get_public (seed, parties.by);
  memcpy (parties.to, harbour->signing_key, sizeof parties.to);
  text = sak_receipt_to_text (receipt, &parties, seed);
  g_assert_true (sak_countersign_take (partner_at_rest (), text, strlen (text), NULL, &outcome, &error));
  g_assert_no_error (error);
  g_assert_true (outcome.tells_fork);
}

/* What is begun anew is sent once more, and what has arrived before is known to be there. */
static void
it_is_begun_anew_when_asked (void)
{
  GtkWidget *window = show ();
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (SakContact) desk = NULL;
  SakStream stream;

  test_see (window, "Desk: ");
  g_assert_null (test_find_text (window, "A copy of this vault is in use somewhere."));
  tell_of_fork ();
  gtk_window_destroy (GTK_WINDOW (window));
  window = show ();
  test_see (window, "A copy of this vault is in use somewhere.");
  g_signal_emit_by_name (test_tab_to (window, "Begin anew…: Desk"), "clicked");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Cancel");
  test_click (window, "Begin anew…");
  test_click (test_see_window (ADW_TYPE_MESSAGE_DIALOG), "Begin anew");
  test_see (window, "Begun anew with Desk");
  for (guint i = 0; i < 6000 && test_find_text (window, "A copy of this vault") != NULL; i++)
    test_turn ();
  g_assert_null (test_find_text (window, "A copy of this vault"));
  desk = sak_vault_find_contact (partner_at_rest (), "Desk", NULL);
  g_assert_true (sak_vault_get_outgoing_stream (pair.partner, desk, &stream, NULL));
  g_assert_cmpuint (stream.n_entries, ==, 0);
  test_see (window, "Desk: begun anew. The next bundle brings everything once more.");
  g_assert_null (test_find_text (window, "Nothing was sent or received yet"));
  test_tab_to (window, "What was sent: Desk");
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
#define ADD(path, function) g_test_add_func ("/transfer/" path, function)
  ADD ("an-empty-page-says-how-it-fills", an_empty_page_says_how_it_fills);
  ADD ("what-was-sent-is-told-with-whether-it-arrived", what_was_sent_is_told_with_whether_it_arrived);
  ADD ("a-record-says-who-has-it", a_record_says_who_has_it);
  ADD ("a-bundle-is-saved-in-parts", a_bundle_is_saved_in_parts);
  ADD ("a-bundle-takes-the-place-of-a-file-and-of-no-folder", a_bundle_takes_the_place_of_a_file_and_of_no_folder);
  ADD ("what-came-is-told-and-its-receipt-saved", what_came_is_told_and_its_receipt_saved);
  ADD ("a-long-list-is-read-a-stretch-at-a-time", a_long_list_is_read_a_stretch_at_a_time);
  ADD ("it-is-begun-anew-when-asked", it_is_begun_anew_when_asked);
#undef ADD
  status = g_test_run ();
  test_choose (NULL, NULL);
  g_free (opened);
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_pair_tear_down (&pair);
  return status;
}
