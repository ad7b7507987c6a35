/* test-arriving.c - what came from somebody: taken, set aside, in parts, or something else than a bundle
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-set-aside.h"
#include "sync/sak-card.h"
#include "sync/sak-countersign.h"
#include "sync/sak-parts.h"
#include "tests/display/sak-test-choose.h"
#include "tests/display/sak-test-sight.h"
#include "tests/headless/sak-test-pair.h"
#include "ui/sak-import-page.h"

#define PART_SIZE 100000

static TestPair pair;
static SakWorker *worker;       /* of the desk */
static SakSession *session;
static char *card_asked;        /* what was to be imported under Contacts */

static SakVault *
desk_at_rest (void)
{
  return test_at_rest (worker, pair.desk);
}

static void
import_card_activated (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       data)
{
  g_free (card_asked);
  card_asked = g_variant_dup_string (parameter, NULL);
}

static GtkWidget *
show (void)
{
  static const GActionEntry entries[] = { { .name = "import-card", .activate = import_card_activated,
                                            .parameter_type = "s" } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *window = test_window_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, 1, NULL);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (actions));
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (window), sak_import_page_new (session));
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
wait_until_gone (GtkWidget  *window,
                 const char *words)
{
  for (guint i = 0; i < 6000 && test_find_text (window, words) != NULL; i++)
    test_turn ();
  g_assert_null (test_find_text (window, words));
}

/* A bundle of one record more, from @from to the desk. */
static char *
send (SakVault   *from,
      const char *title,
      const char *name)
{
  g_autofree char *json = g_strdup_printf ("{\"title\": \"%s\"}", title);
  g_autofree char *id = test_add_json (from, "event", json, TRUE);

  return test_bundle (&pair, from, "Desk", id, name);
}

static void
choose (GtkWidget  *window,
        const char *button)
{
  test_click (window, button);
}

static guint
count_set_aside (void)
{
  g_autoptr (GPtrArray) list = sak_vault_list_set_aside (desk_at_rest (), NULL);

  return list->len;
}

/* Set aside */

static void
what_an_unknown_sender_sent_waits_until_they_are_known (void)
{
  g_autofree char *path = send (pair.stranger, "Told by a stranger", "stranger.sakkhi");
  GtkWidget *window = show ();

  test_choose (path, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "The bundle was set aside in the vault and stands below.");
  test_see (window, "From somebody unknown");
  test_see (window, "“stranger.sakkhi”, set aside on ");
  g_assert_cmpuint (count_set_aside (), ==, 1);
  /* It does not need the file that came. */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_signal_emit_by_name (test_tab_to (window, "Try again: From somebody unknown: stranger.sakkhi, bundle number 1"),
                         "clicked");
  test_see (window, "This bundle was signed by somebody who is not among your contacts");
  g_assert_cmpuint (count_set_aside (), ==, 1);
  test_introduce (pair.stranger, desk_at_rest ());
  gtk_window_destroy (GTK_WINDOW (window));
  window = show ();
  test_see (window, "From Stranger");
  test_click (window, "Try again");
  test_see (window, "Imported: 1 record is new or changed.");
  wait_until_gone (window, "Set aside");
  g_assert_cmpuint (count_set_aside (), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
see_question (void)
{
  return test_see_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
what_is_set_aside_is_deleted_when_asked (void)
{
  g_autofree char *path = send (pair.stranger, "Told once more", "revoked.sakkhi");
  GtkWidget *window = show ();

  g_assert_true (sak_vault_set_trust (desk_at_rest (), "Stranger", SAK_TRUST_REVOKED, NULL));
  test_choose (path, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "“revoked.sakkhi”, set aside on ");
  test_see (window, "The sender's key was revoked here");
  g_signal_emit_by_name (test_tab_to (window, "Delete…: From Stranger: revoked.sakkhi, bundle number 2"), "clicked");
  test_click (see_question (), "Cancel");
  g_assert_cmpuint (count_set_aside (), ==, 1);
  test_click (window, "Delete…");
  test_click (see_question (), "Delete");
  wait_until_gone (window, "Set aside");
  g_assert_cmpuint (count_set_aside (), ==, 0);
  g_assert_true (sak_vault_set_trust (desk_at_rest (), "Stranger", SAK_TRUST_COMPARED, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Parts */

/* Names of the parts of a bundle with a photo, in a folder of their own; the list of them last. */
static GPtrArray *
send_in_parts (char **ret_folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *noise = g_malloc (3 * PART_SIZE);
  g_autofree char *path = NULL;
  g_autofree char *id = test_add_json (pair.partner, "event", "{\"title\": \"Far too large for a mail\"}", FALSE);
  GPtrArray *files;

  sak_random_bytes (noise, 3 * PART_SIZE);
  test_add_media (pair.partner, id, "noise.bin", noise, 3 * PART_SIZE);
  test_finish (pair.partner, id, NULL);
  path = test_bundle (&pair, pair.partner, "Desk", id, "large.sakkhi");
  *ret_folder = test_path (&pair, "parts");
  g_assert_cmpint (g_mkdir (*ret_folder, 0700), ==, 0);
  files = sak_parts_split (path, *ret_folder, NULL, PART_SIZE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return files;
}

static void
any_part_stands_for_all_and_a_missing_one_is_named (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) files = send_in_parts (&folder);
  g_autofree char *first = g_build_filename (folder, g_ptr_array_index (files, 0), NULL);
  g_autofree char *second = g_build_filename (folder, g_ptr_array_index (files, 1), NULL);
  g_autofree char *list = g_build_filename (folder, g_ptr_array_index (files, files->len - 1), NULL);
  g_autofree char *away = test_path (&pair, "away");
  g_autofree char *missing = g_strdup_printf ("Part 2 of %u is missing. Ask for it again.", files->len - 1);
  g_autofree char *again = g_build_filename (folder, "copy.002-of-004", NULL);
  GtkWidget *window = show ();

  g_assert_cmpint (g_rename (second, away), ==, 0);
  test_choose (first, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, missing);
  g_assert_null (test_find_text (window, "Set aside"));
  test_choose (pair.f.path, NULL);
  choose (window, "A folder with parts…");
  test_see (window, "There is no part of a bundle in this folder.");
  g_assert_cmpint (g_rename (away, second), ==, 0);
  test_choose (folder, NULL);
  choose (window, "A folder with parts…");
  test_see (window, "From Harbour");
  g_assert_null (test_find_text (window, "is missing"));
  /* All of them at once are one bundle. */
  test_choose (second, first, list, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "From Harbour");
  test_click (window, "Import");
  test_see (window, "Imported: 1 record is new or changed.");
  g_assert_null (test_find_text (window, "of-"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Something else */

static void
a_receipt_is_known_by_its_content_and_taken (void)
{
  g_autofree char *id = test_add_json (desk_at_rest (), "event", "{\"title\": \"From the desk\"}", TRUE);
  g_autofree char *bundle = test_bundle (&pair, pair.desk, "Harbour", id, "from-desk.sakkhi");
  g_autofree char *receipt = test_path (&pair, "holiday.jpg");
  GtkWidget *window = show ();

  sak_bundle_report_free (test_import (pair.partner, bundle));
  g_assert_true (sak_countersign_write (pair.partner, "Desk", receipt, NULL));
  test_choose (receipt, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "1 thing that you sent has arrived at Harbour.");
  choose (window, "Choose a bundle…");
  test_see (window, "This receipt says nothing that was not known here already.");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Of two, each can be told from the other, whatever their files are called. */
static void
bundles_of_one_name_are_told_apart (void)
{
  g_autofree char *first = NULL;
  g_autofree char *copy = test_path (&pair, "other");
  g_autofree char *second = g_build_filename (copy, "same.sakkhi", NULL);
  g_autofree char *made = NULL;
  GtkWidget *window = show ();

  g_assert_true (sak_vault_set_trust (desk_at_rest (), "Stranger", SAK_TRUST_REVOKED, NULL));
  first = send (pair.stranger, "One of two", "same.sakkhi");
  made = send (pair.stranger, "Two of two", "made.sakkhi");
  g_assert_cmpint (g_mkdir (copy, 0700), ==, 0);
  g_assert_cmpint (g_rename (made, second), ==, 0);
  test_choose (first, second, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "“same.sakkhi”, set aside on ");
  test_tab_to (window, "Try again: From Stranger: same.sakkhi, bundle number 3");
  g_signal_emit_by_name (test_tab_to (window, "Delete…: From Stranger: same.sakkhi, bundle number 4"), "clicked");
  test_see (see_question (), "From Stranger: same.sakkhi, bundle number 4");
  test_click (see_question (), "Delete");
  for (guint i = 0; i < 2000 && count_set_aside () > 1; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (count_set_aside (), ==, 1);
  g_signal_emit_by_name (test_tab_to (window, "Delete…: From Stranger: same.sakkhi, bundle number 3"), "clicked");
  test_click (see_question (), "Delete");
  wait_until_gone (window, "Set aside");
  g_assert_true (sak_vault_set_trust (desk_at_rest (), "Stranger", SAK_TRUST_COMPARED, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Trying something that was set aside costs nothing of the files that wait, and one can be passed over. */
static void
of_several_files_one_is_passed_over (void)
{
  g_autofree char *waiting = NULL;
  g_autofree char *first = send (pair.partner, "Passed over", "passed.sakkhi");
  g_autofree char *second = send (pair.partner, "Wanted", "wanted.sakkhi");
  GtkWidget *window = show ();

  g_assert_true (sak_vault_set_trust (desk_at_rest (), "Stranger", SAK_TRUST_REVOKED, NULL));
  waiting = send (pair.stranger, "Waiting", "waiting.sakkhi");
  test_choose (waiting, first, second, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "From Harbour");
  test_click (window, "Try again");
  test_see (window, "The sender's key was revoked here");
  test_see (window, "From Harbour");
  test_click (window, "Not this one");
  test_see (window, "passed.sakkhi: It was not imported. Choose it again when you want it.");
  test_see (window, "From Harbour");
  test_click (window, "Import");
  test_see (window, "wanted.sakkhi: Imported: ");
  g_assert_cmpuint (count_set_aside (), ==, 1);
  test_click (window, "Delete…");
  test_click (see_question (), "Delete");
  wait_until_gone (window, "Set aside");
  g_assert_true (sak_vault_set_trust (desk_at_rest (), "Stranger", SAK_TRUST_COMPARED, NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
each_of_two_cards_can_be_imported (void)
{
  g_autofree char *first = test_path (&pair, "one.card");
  g_autofree char *second = test_path (&pair, "two.card");
  g_autofree char *card = sak_card_export (pair.partner, NULL, NULL);
  g_autofree char *other = sak_card_export (pair.stranger, NULL, NULL);
  GtkWidget *window = show ();

  g_assert_true (g_file_set_contents (first, card, -1, NULL));
  g_assert_true (g_file_set_contents (second, other, -1, NULL));
  test_choose (first, second, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "two.card: This is a contact card");
  test_click (window, "Import the card one.card");
  g_assert_cmpstr (card_asked, ==, first);
  test_click (window, "Import the card two.card");
  g_assert_cmpstr (card_asked, ==, second);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
a_card_leads_to_the_contacts (void)
{
  g_autofree char *path = test_path (&pair, "card.sakkhi");
  g_autofree char *card = sak_card_export (pair.partner, NULL, NULL);
  GtkWidget *window = show ();

  g_assert_true (g_file_set_contents (path, card, -1, NULL));
  test_choose (path, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "This is a contact card");
  test_click (window, "Import the card");
  g_assert_cmpstr (card_asked, ==, path);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* One after the other: each is told of by its name, and one that is refused does not stop the next. */
static void
several_files_are_taken_one_after_the_other (void)
{
  g_autofree char *first = send (pair.partner, "First", "first.sakkhi");
  g_autofree char *second = send (pair.partner, "Second", "second.sakkhi");
  g_autofree char *junk = test_path (&pair, "junk.sakkhi");
  GtkWidget *window = show ();

  g_assert_true (g_file_set_contents (junk, "not a bundle", -1, NULL));
  test_choose (junk, first, second, NULL);
  choose (window, "Choose a bundle…");
  test_see (window, "From Harbour");
  test_see (window, "junk.sakkhi: The file was damaged on the way");
  test_click (window, "Import");
  test_see (window, "first.sakkhi: Imported: 1 record is new or changed.");
  test_click (window, "Import");
  test_see (window, "second.sakkhi: Imported: 1 record is new or changed.");
  test_see (window, "first.sakkhi: Imported: 1 record is new or changed.");
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
  session = sak_session_new (worker, pair.desk);
#define ADD(path, function) g_test_add_func ("/arriving/" path, function)
  ADD ("what-an-unknown-sender-sent-waits-until-they-are-known",
       what_an_unknown_sender_sent_waits_until_they_are_known);
  ADD ("what-is-set-aside-is-deleted-when-asked", what_is_set_aside_is_deleted_when_asked);
  ADD ("any-part-stands-for-all-and-a-missing-one-is-named", any_part_stands_for_all_and_a_missing_one_is_named);
  ADD ("a-receipt-is-known-by-its-content-and-taken", a_receipt_is_known_by_its_content_and_taken);
  ADD ("a-card-leads-to-the-contacts", a_card_leads_to_the_contacts);
  ADD ("bundles-of-one-name-are-told-apart", bundles_of_one_name_are_told_apart);
  ADD ("of-several-files-one-is-passed-over", of_several_files_one_is_passed_over);
  ADD ("each-of-two-cards-can-be-imported", each_of_two_cards_can_be_imported);
  ADD ("several-files-are-taken-one-after-the-other", several_files_are_taken_one_after_the_other);
#undef ADD
  status = g_test_run ();
  test_choose (NULL, NULL);
  g_free (card_asked);
  g_clear_object (&session);
  test_end_worker (g_steal_pointer (&worker));
  test_pair_tear_down (&pair);
  return status;
}
