/* test-rescue-network.c - what a rescue brings back of questions, decisions, notices, forms and terms
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Harbour" has all of them, and is rescued; first whole, then with each page of its database damaged in turn.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "storage/sak-delivery.h"
#include "storage/sak-network-news.h"
#include "storage/sak-notice-store.h"
#include "storage/sak-rescue-private.h"
#include "storage/sak-review.h"
#include "storage/sak-thread.h"
#include "storage/sak-vault-private.h"
#include "storage/sak-vault-terms.h"
#include "sync/sak-notice.h"
#include "tests/headless/sak-test-pair.h"

#define PAGE SAK_VFS_PAGE_SIZE

static TestPair pair;
static SakHeader header;
static SakSecret *master_key;
static char *folder;            /* of the vault that is rescued */
static char *rescued;
static char *database_path;
static char *database;
static gsize database_size;
static char *own_id;            /* asked about by the desk */
static char *foreign_id;        /* asked about and decided about here */

static void
carry (SakVault   *from,
       const char *to_name,
       SakVault   *to,
       const char *name)
{
  g_autofree char *path = test_bundle (&pair, from, to_name, NULL, name);
  g_autoptr (SakBundleReport) report = test_import (to, path);

  g_assert_true (report->is_verified);
}

static void
went_well (char   *id,
           GError *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (id);
  g_free (id);
}

/* What the desk sends: a question, a notice, a form, terms, an incident. */
static void
let_desk_send (void)
{
  static const char *const harbour[] = { "Harbour", NULL };
  static const char *const members[] = { "Harbour", "Stranger", NULL };
  static const char definition[] = "{\"form\": \"raid\", \"kind\": \"event\", \"version\": 1,"
    " \"label\": {\"en\": \"Raid\"}, \"title_from\": [\"title\"],"
    " \"sections\": [{\"label\": {\"en\": \"A\"}, \"fields\": [{\"path\": \"title\","
    " \"type\": \"text\", \"label\": {\"en\": \"Title\"}}]}]}";
  const SakNoticeChange change = { .add = members };
  g_autoptr (SakForm) form = sak_form_parse (definition, -1, NULL);
  g_autoptr (GError) error = NULL;

  went_well (sak_vault_ask (pair.desk, own_id, NULL, "Which pier?", TRUE, &error), error);
  went_well (sak_notice_make (pair.desk, &change, &error), error);
  went_well (sak_vault_send_form (pair.desk, form, NULL, harbour, &error), error);
  went_well (sak_vault_add_term (pair.desk, "violations", NULL, "en", "Taken at sea", &error), error);
  went_well (sak_vault_send_terms (pair.desk, "violations", harbour, &error), error);
  foreign_id = test_add_event (pair.desk, "From the desk", TRUE);
  carry (pair.desk, "Harbour", pair.partner, "from-desk.age");
}

static void
fill_vaults (void)
{
  static const char *const names[] = { "Harbour", "Stranger" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) questions = NULL;

  test_introduce (pair.stranger, pair.desk);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (sak_vault_set_trust (pair.desk, names[i], SAK_TRUST_COMPARED, NULL));
  g_assert_true (sak_vault_set_trust (pair.partner, "Desk", SAK_TRUST_COMPARED, NULL));
  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", TRUE, NULL));
  own_id = test_add_event (pair.partner, "From the harbour", TRUE);
  carry (pair.partner, "Desk", pair.desk, "to-desk.age");
  let_desk_send ();
  questions = sak_vault_list_questions (pair.partner, own_id, SAK_QUESTIONS_ALL, 0, 10, &error);
  g_assert_cmpuint (questions->len, ==, 1);
  went_well (sak_vault_answer (pair.partner, ((SakQuestion *) questions->pdata[0])->id, SAK_ANSWER_TEXT, "The second.",
                               &error), error);
  went_well (sak_vault_ask (pair.partner, foreign_id, NULL, "When?", FALSE, &error), error);
  went_well (sak_vault_accept (pair.partner, foreign_id, NULL, SAK_GRADE_LIKELY, "Two sources", &error), error);
}

static void
set_up_all (void)
{
  test_pair_set_up (&pair);
  fill_vaults ();
  folder = g_strdup (pair.f.path);
  header = pair.partner->header;
  master_key = sak_secret_new_copy (sak_secret_get_bytes (pair.partner->master_key), 32);
  test_vault_close (&pair.f);
  rescued = test_path (&pair, "Rescued");
  database_path = g_build_filename (folder, "records.db", NULL);
  g_assert_true (g_file_get_contents (database_path, &database, &database_size, NULL));
}

static SakVault *
rescue (SakRescueReport **ret_report)
{
  g_autoptr (GError) error = NULL;
  SakVault *vault;

  test_remove_tree (rescued);
  *ret_report = sak_rescue_with_key (folder, &header, master_key, rescued, &error);
  g_assert_no_error (error);
  g_assert_false (sak_check_report_has_damage ((*ret_report)->check));
  vault = sak_vault_open_copy (rescued, "records.db", master_key, &header, &error);
  g_assert_no_error (error);
  return vault;
}

static void
assert_talk (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) asked = sak_vault_list_questions (vault, own_id, SAK_QUESTIONS_ALL, 0, 10, &error);
  g_autoptr (GPtrArray) asking = sak_vault_list_questions (vault, foreign_id, SAK_QUESTIONS_ALL, 0, 10, &error);
  const SakQuestion *question;

  g_assert_no_error (error);
  g_assert_cmpuint (asked->len, ==, 1);
  question = asked->pdata[0];
  g_assert_cmpint (question->state, ==, SAK_QUESTION_ANSWERED);
  g_assert_cmpstr (((SakAnswer *) question->answers->pdata[0])->text, ==, "The second.");
  g_assert_cmpuint (asking->len, ==, 1);
}

static void
assert_decided (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakArrived) arrived = sak_vault_load_arrival (vault, foreign_id, &error);
  g_autoptr (GPtrArray) decisions = sak_vault_list_decisions (vault, foreign_id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (arrived->state, ==, SAK_REVIEW_ACCEPTED);
  g_assert_cmpint (arrived->grade, ==, SAK_GRADE_LIKELY);
  g_assert_cmpuint (decisions->len, ==, 1);
  g_assert_cmpstr (((SakDecision *) decisions->pdata[0])->text, ==, "Two sources");
}

/* What was carried out is not carried out again, and a newer one is. */
static void
assert_announced (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) authority = sak_vault_load_authority (vault, &error);
  g_autoptr (SakContact) member = sak_vault_find_contact (vault, "Stranger", NULL);
  g_autoptr (SakNoticeOutcome) again = NULL;
  g_autoptr (SakVocabulary) terms = sak_vault_load_terms (vault, "violations", &error);
  g_autoptr (SakForm) form = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (authority->name, ==, "Desk");
  g_assert_nonnull (member);
  again = sak_notice_apply (vault, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->number, ==, 0);
  g_assert_nonnull (terms);
  g_assert_true (sak_vault_bring_forms (vault, &error));        /* as opening it does */
  form = sak_form_ref_for_new (vault, "event");
  g_assert_cmpstr (sak_form_get_name (form), ==, "raid");
}

/* What the desk signed of having received. */
static void
assert_receipted (SakVault *vault)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = sak_vault_list_receipts (vault, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 1);
  g_assert_cmpstr (((SakKeptReceipt *) receipts->pdata[0])->contact, ==, "Desk");
  g_assert_true (g_str_has_prefix (((SakKeptReceipt *) receipts->pdata[0])->text, "sakkhi-receipt 1\n"));
}

static void
all_of_it_comes_back (void)
{
  g_autoptr (SakRescueReport) report = NULL;
  g_autoptr (SakVault) vault = rescue (&report);

  g_assert_cmpuint (report->losses->len, ==, 0);
  assert_talk (vault);
  assert_decided (vault);
  assert_announced (vault);
  assert_receipted (vault);
  sak_vault_lock (vault);
}

/* Whichever page is lost, what is left is no worse than it says, and can be worked with. */
static void
with_any_page_lost_it_is_a_vault (void)
{
  for (gsize at = 0; at < database_size; at += PAGE)
    {
      g_autofree char *damaged = g_memdup2 (database, database_size);
      g_autoptr (SakRescueReport) report = NULL;
      g_autoptr (SakVault) vault = NULL;
      g_autoptr (SakContact) authority = NULL;
      g_autoptr (SakNoticeOutcome) outcome = NULL;
      g_autoptr (GError) error = NULL;
      SakThreadCount count;
      SakReviewCount arrivals;

      damaged[at + PAGE / 2] ^= 1;
      g_assert_true (g_file_set_contents (database_path, damaged, (gssize) database_size, NULL));
      vault = rescue (&report);
      g_assert_true (sak_vault_count_questions (vault, &count, &error));
      g_assert_true (sak_vault_count_arrivals (vault, NULL, &arrivals, &error));
      authority = sak_vault_load_authority (vault, &error);
      g_assert_no_error (error);
      outcome = sak_notice_apply (vault, &error);
      g_assert_no_error (error);
      g_assert_true (sak_vault_take_news (vault, &error));
      g_assert_no_error (error);
      sak_vault_lock (vault);
    }
  g_assert_true (g_file_set_contents (database_path, database, (gssize) database_size, NULL));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  set_up_all ();
  g_test_add_func ("/rescue-network/all-of-it-comes-back", all_of_it_comes_back);
  g_test_add_func ("/rescue-network/with-any-page-lost-it-is-a-vault", with_any_page_lost_it_is_a_vault);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  g_clear_pointer (&master_key, sak_secret_unref);
  g_free (folder);
  g_free (rescued);
  g_free (database_path);
  g_free (database);
  g_free (own_id);
  g_free (foreign_id);
  return result;
}
