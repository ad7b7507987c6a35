/* test-receipt.c - what arrived is countersigned, and nothing else is believed
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One pair of vaults goes through all of it: each case begins where the one before ended.
 */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "storage/sak-check.h"
#include "sync/sak-countersign.h"
#include "sync/sak-inbox.h"
#include "sync/sak-receipt-text.h"
#include "tests/headless/sak-test-bundle.h"

static TestPair pair;
static guint n_files;

static char *
new_path (void)
{
  g_autofree char *name = g_strdup_printf ("file-%u.age", ++n_files);

  return test_path (&pair, name);
}

static SakContact *
find_contact (SakVault   *vault,
              const char *name)
{
  g_autoptr (GError) error = NULL;
  SakContact *contact = sak_vault_find_contact (vault, name, &error);

  g_assert_no_error (error);
  return contact;
}

static char *
make_receipt (SakVault   *by,
              const char *to)
{
  g_autoptr (SakContact) contact = find_contact (by, to);
  g_autoptr (GError) error = NULL;
  char *text = sak_countersign_make (by, contact, NULL, &error);

  g_assert_no_error (error);
  return text;
}

static SakReceiptOutcome
take (SakVault   *vault,
      const char *text)
{
  g_autoptr (GError) error = NULL;
  SakReceiptOutcome outcome;

  g_assert_true (sak_countersign_take (vault, text, strlen (text), NULL, &outcome, &error) || error != NULL);
  g_assert_no_error (error);
  return outcome;
}

/* All that a receipt can change, in one text. */
static char *
describe (SakVault   *vault,
          const char *contact_name)
{
  g_autoptr (SakContact) contact = find_contact (vault, contact_name);
  g_autoptr (GPtrArray) sent = sak_vault_list_sent (vault, contact, NULL);
  g_autoptr (GPtrArray) receipts = sak_vault_list_receipts (vault, NULL, NULL);
  GString *text = g_string_new (NULL);
  SakStream stream;

  g_assert_true (sak_vault_get_outgoing_stream (vault, contact, &stream, NULL));
  g_string_append_printf (text, "%u receipts, %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, receipts->len,
                          stream.n_acknowledged, stream.n_entries);
  for (guint i = 0; i < sent->len; i++)
    {
      const SakDelivery *delivery = sent->pdata[i];

      g_string_append_printf (text, "\n%s %s %d %" G_GINT64_FORMAT, delivery->kind, delivery->id, delivery->state,
                              delivery->time);
    }
  return g_string_free (text, FALSE);
}

static void
assert_refused (SakVault   *vault,
                const char *text,
                gssize      size,
                int         code)
{
  g_autofree char *before = describe (vault, "Desk");
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  SakReceiptOutcome outcome;

  g_assert_false (sak_countersign_take (vault, text, size < 0 ? strlen (text) : (gsize) size, NULL, &outcome, &error));
  g_assert_error (error, SAK_ERROR, code);
  after = describe (vault, "Desk");
  g_assert_cmpstr (after, ==, before);
}

static guint
count_state (SakVault         *vault,
             const char       *record_id,
             SakDeliveryState  state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deliveries = sak_vault_list_deliveries (vault, record_id, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < deliveries->len; i++)
    n += ((SakDelivery *) deliveries->pdata[i])->state == state;
  return n;
}

static char *
add_event_with_photo (const char *title)
{
  char *id = test_add_event (pair.partner, title, FALSE);

  test_add_media (pair.partner, id, "photo.jpg", title, strlen (title));
  test_finish (pair.partner, id, "");
  return id;
}

static guint
import_counting (SakVault   *vault,
                 const char *path)
{
  g_autoptr (SakBundleReport) report = test_import (vault, path);

  return report->n_revisions;
}

static void
what_arrived_is_received_on_a_day (void)
{
  g_autofree char *id = add_event_with_photo ("The first");
  g_autofree char *bundle_path = new_path ();
  g_autofree char *receipt_path = new_path ();
  g_autofree char *next = new_path ();
  g_autofree char *bundle = NULL;
  g_autofree char *later = NULL;
  g_autoptr (SakContact) contact = NULL;
  g_autoptr (GError) error = NULL;
  SakReceiptOutcome outcome;
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_false (sak_countersign_write (pair.desk, "Harbour", receipt_path, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  bundle = test_bundle (&pair, pair.partner, "Desk", NULL, strrchr (bundle_path, '/') + 1);
  g_assert_cmpuint (count_state (pair.partner, id, SAK_DELIVERY_SENT), ==, 2);
  g_assert_cmpuint (import_counting (pair.desk, bundle), ==, 1);
  g_assert_true (sak_countersign_write (pair.desk, "Harbour", receipt_path, &error));
  g_assert_no_error (error);
  g_assert_true (sak_countersign_import (pair.partner, receipt_path, &contact, &outcome, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (contact->name, ==, "Desk");
  g_assert_cmpuint (outcome.n_received, ==, 2);
  g_assert_cmpuint (outcome.n_absent + outcome.n_again, ==, 0);
  g_assert_cmpuint (count_state (pair.partner, id, SAK_DELIVERY_RECEIVED), ==, 2);
  {
    g_autoptr (GPtrArray) deliveries = sak_vault_list_deliveries (pair.partner, id, NULL);
    const SakDelivery *delivery = deliveries->pdata[0];

    g_assert_cmpint (delivery->time, >=, before);
    g_assert_cmpint (delivery->time, <=, g_get_real_time () / G_USEC_PER_SEC);
  }
  /* From here on only what is not there goes. */
  g_free (add_event_with_photo ("The second"));
  later = test_bundle (&pair, pair.partner, "Desk", NULL, strrchr (next, '/') + 1);
  g_assert_cmpuint (import_counting (pair.desk, later), ==, 1);
}

/* The receipts of two bundles come in the wrong order: the second has all, the first nothing new. */
static void
a_lost_receipt_is_in_the_next_one (void)
{
  g_autofree char *first = make_receipt (pair.desk, "Harbour");
  g_autofree char *id = add_event_with_photo ("The third");
  g_autofree char *path = new_path ();
  g_autofree char *bundle = test_bundle (&pair, pair.partner, "Desk", NULL, strrchr (path, '/') + 1);
  g_autofree char *second = NULL;
  SakReceiptOutcome outcome;

  g_assert_cmpuint (import_counting (pair.desk, bundle), ==, 2);
  second = make_receipt (pair.desk, "Harbour");
  outcome = take (pair.partner, second);
  g_assert_cmpuint (outcome.n_received, ==, 4);
  g_assert_cmpuint (count_state (pair.partner, id, SAK_DELIVERY_RECEIVED), ==, 2);
  assert_refused (pair.partner, first, -1, SAK_ERROR_REPLAYED);
  assert_refused (pair.partner, second, -1, SAK_ERROR_REPLAYED);
}

typedef struct
{
  SakReceipt *receipt;
  SakReceiptParties parties;
} Crafted;

static Crafted
craft (const char *text)
{
  g_autoptr (GError) error = NULL;
  Crafted crafted;

  crafted.receipt = sak_receipt_from_text (text, strlen (text), &crafted.parties, &error);
  g_assert_no_error (error);
  return crafted;
}

/* As the desk itself could sign it, meaning ill. */
static void
assert_crafted_refused (Crafted *crafted,
                        int      code)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (pair.desk);
  g_autofree char *text = sak_receipt_to_text (crafted->receipt, &crafted->parties, seed);

  assert_refused (pair.partner, text, -1, code);
  g_clear_pointer (&crafted->receipt, sak_receipt_free);
}

static void
set_count (Crafted *crafted,
           guint64  count)
{
  SakDeliveryRun run = { count, SAK_DELIVERY_RECEIVED, 1700000000 };

  crafted->receipt->count = count;
  g_array_set_size (crafted->receipt->runs, 0);
  if (count > crafted->receipt->base)
    g_array_append_val (crafted->receipt->runs, run);
}

static void
what_cannot_be_is_refused (void)
{
  g_autofree char *path = new_path ();
  g_autofree char *bundle = NULL;
  g_autofree char *text = NULL;
  Crafted crafted;

  g_free (add_event_with_photo ("The fourth"));
  bundle = test_bundle (&pair, pair.partner, "Desk", NULL, strrchr (path, '/') + 1);
  g_assert_cmpuint (import_counting (pair.desk, bundle), ==, 1);
  text = make_receipt (pair.desk, "Harbour");

  crafted = craft (text);
  set_count (&crafted, crafted.receipt->count + 1);
  assert_crafted_refused (&crafted, SAK_ERROR_NOT_FOUND);
  crafted = craft (text);
  crafted.receipt->sequence++;
  assert_crafted_refused (&crafted, SAK_ERROR_NOT_FOUND);
  crafted = craft (text);
  crafted.receipt->stream_id[0] ^= 1;
  assert_crafted_refused (&crafted, SAK_ERROR_NOT_FOUND);
  crafted = craft (text);
  crafted.receipt->head[0] ^= 1;
  assert_crafted_refused (&crafted, SAK_ERROR_FORK);
  crafted = craft (text);
  set_count (&crafted, crafted.receipt->count - 1);
  assert_crafted_refused (&crafted, SAK_ERROR_FORK);
  crafted = craft (text);
  crafted.receipt->base = crafted.receipt->count;
  g_array_set_size (crafted.receipt->runs, 0);
  assert_crafted_refused (&crafted, SAK_ERROR_GAP);
  crafted = craft (text);
  crafted.parties.is_practice = !crafted.parties.is_practice;
  assert_crafted_refused (&crafted, SAK_ERROR_PRACTICE);
  crafted = craft (text);
  g_array_set_size (crafted.receipt->runs, 0);
  assert_crafted_refused (&crafted, SAK_ERROR_INVALID);
  crafted = craft (text);
  g_array_index (crafted.receipt->runs, SakDeliveryRun, 0).state = SAK_DELIVERY_SENT;
  assert_crafted_refused (&crafted, SAK_ERROR_INVALID);
  crafted = craft (text);
  crafted.receipt->time = -1;
  assert_crafted_refused (&crafted, SAK_ERROR_INVALID);
  /* Signed by the desk's key, and given in the stranger's name. */
  crafted = craft (text);
  crafted.parties.by[0] ^= 1;
  {
    g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (pair.desk);
    g_autofree char *forged = sak_receipt_to_text (crafted.receipt, &crafted.parties, seed);

    assert_refused (pair.partner, forged, -1, SAK_ERROR_UNKNOWN_SENDER);
    g_clear_pointer (&crafted.receipt, sak_receipt_free);
  }
  g_assert_cmpuint (take (pair.partner, text).n_received, ==, 2);
}

static char *
make_fresh_receipt (void)
{
  g_autofree char *path = new_path ();
  g_autofree char *bundle = NULL;

  g_free (add_event_with_photo (path));
  bundle = test_bundle (&pair, pair.partner, "Desk", NULL, strrchr (path, '/') + 1);
  g_assert_cmpuint (import_counting (pair.desk, bundle), ==, 1);
  return make_receipt (pair.desk, "Harbour");
}

static void
whose_it_is_not_is_refused (void)
{
  g_autofree char *text = make_fresh_receipt ();
  g_autofree char *path = new_path ();
  g_autoptr (SakContact) contact = NULL;
  g_autoptr (GError) error = NULL;
  SakReceiptOutcome outcome;

  /* Both know the desk; the receipt is the partner's alone. */
  assert_refused (pair.stranger, text, -1, SAK_ERROR_NOT_FOR_US);
  g_assert_true (sak_countersign_write (pair.desk, "Harbour", path, &error));
  g_assert_no_error (error);
  g_assert_false (sak_countersign_import (pair.stranger, path, &contact, &outcome, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOR_US);
  g_clear_error (&error);
  g_assert_true (sak_vault_set_trust (pair.partner, "Desk", SAK_TRUST_REVOKED, &error));
  assert_refused (pair.partner, text, -1, SAK_ERROR_UNTRUSTED);
  g_assert_true (sak_vault_set_trust (pair.partner, "Desk", SAK_TRUST_COMPARED, &error));
  g_assert_true (sak_vault_set_trust (pair.desk, "Harbour", SAK_TRUST_REVOKED, &error));
  g_assert_cmpint (unlink (path), ==, 0);
  g_assert_false (sak_countersign_write (pair.desk, "Harbour", path, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_UNTRUSTED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_true (sak_vault_set_trust (pair.desk, "Harbour", SAK_TRUST_COMPARED, &error));
  g_assert_cmpuint (take (pair.partner, text).n_received, ==, 2);
}

/* Every byte flipped, every length: nothing of it is believed. */
static void
an_altered_receipt_is_refused (void)
{
  g_autofree char *text = make_fresh_receipt ();
  gsize size = strlen (text);
  g_autofree char *later = g_strconcat ("sakkhi-receipt 2\nwhatever\n", NULL);
  g_autofree char *huge = g_strnfill (SAK_RECEIPT_MAX_SIZE + 1, 'x');
  g_autofree char *before = describe (pair.partner, "Desk");
  g_autofree char *after = NULL;

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *altered = g_strdup (text);
      g_autoptr (GError) error = NULL;
      SakReceiptOutcome outcome;

      altered[i] ^= 1;
      g_assert_false (sak_countersign_take (pair.partner, altered, size, NULL, &outcome, &error));
      g_assert_cmpint (error->domain, ==, SAK_ERROR);
      g_clear_error (&error);
      g_assert_false (sak_countersign_take (pair.partner, text, i, NULL, &outcome, &error));
      g_assert_nonnull (error);
    }
  after = describe (pair.partner, "Desk");
  g_assert_cmpstr (after, ==, before);
  assert_refused (pair.partner, later, -1, SAK_ERROR_TOO_NEW);
  assert_refused (pair.partner, huge, -1, SAK_ERROR_TOO_LARGE);
  assert_refused (pair.partner, "not a receipt", -1, SAK_ERROR_INVALID);
  {
    g_autofree char *forged = g_strdup (text);

    *strstr (forged, "\"received\"") = '\'';
    assert_refused (pair.partner, forged, -1, SAK_ERROR_FORGED);
  }
  g_assert_cmpuint (take (pair.partner, text).n_received, ==, 2);
}

/* A bundle for the desk alone is lost; the next one is for two, and brings the other only its own. */
static void
what_did_not_come_goes_again (void)
{
  static const char *const both[] = { "Desk", "Stranger", NULL };
  g_autofree char *lost = test_add_event (pair.partner, "Lost on the way", TRUE);
  g_autofree char *shared = test_add_event (pair.partner, "For both", TRUE);
  const char *const records[] = { shared, NULL };
  g_autofree char *lost_path = test_bundle (&pair, pair.partner, "Desk", lost, "lost.age");
  g_autofree char *both_path = test_path (&pair, "both.age");
  g_autofree char *text = NULL;
  g_autofree char *healing = NULL;
  g_autofree char *second = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (unlink (lost_path), ==, 0);
  test_introduce (pair.stranger, pair.partner);
  plan = sak_export_plan_new (pair.partner, both, records, &error);
  g_assert_no_error (error);
  report = sak_bundle_create (pair.partner, plan, both_path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (import_counting (pair.desk, both_path), ==, 1);
  text = make_receipt (pair.desk, "Harbour");
  g_assert_cmpuint (take (pair.partner, text).n_absent, ==, 1);
  g_assert_cmpuint (count_state (pair.partner, lost, SAK_DELIVERY_ABSENT), ==, 1);
  g_assert_cmpuint (count_state (pair.partner, shared, SAK_DELIVERY_RECEIVED), ==, 1);
  healing = test_bundle (&pair, pair.partner, "Desk", NULL, "healing.age");
  g_assert_cmpuint (import_counting (pair.desk, healing), ==, 1);
  second = make_receipt (pair.desk, "Harbour");
  g_assert_cmpuint (take (pair.partner, second).n_received, ==, 1);
  g_assert_cmpuint (count_state (pair.partner, lost, SAK_DELIVERY_RECEIVED), ==, 1);
}

/* The desk sends something of its own: what it knows of the partner's bundles goes with it. */
static void
a_receipt_travels_in_the_next_bundle (void)
{
  g_autofree char *id = add_event_with_photo ("Answered in a bundle");
  g_autofree char *bundle = test_bundle (&pair, pair.partner, "Desk", NULL, "to-be-answered.age");
  g_autofree char *answer = NULL, *again = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakBundleReport) second = NULL;
  g_autofree char *after = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (import_counting (pair.desk, bundle), ==, 1);
  g_free (test_add_event (pair.desk, "From the desk", TRUE));
  answer = test_bundle (&pair, pair.desk, "Harbour", NULL, "answer.age");
  report = test_import (pair.partner, answer);
  g_assert_true (report->has_receipt);
  g_assert_no_error (report->receipt_error);
  g_assert_cmpuint (report->receipt.n_received, ==, 2);
  g_assert_cmpuint (count_state (pair.partner, id, SAK_DELIVERY_RECEIVED), ==, 2);
  /* As long as the desk cannot know that it came, it goes again, and says nothing new. */
  g_free (test_add_event (pair.desk, "From the desk, too", TRUE));
  again = test_bundle (&pair, pair.desk, "Harbour", NULL, "answer-again.age");
  text = describe (pair.partner, "Desk");
  second = test_import (pair.partner, again);
  g_assert_error (second->receipt_error, SAK_ERROR, SAK_ERROR_REPLAYED);
  g_assert_cmpuint (second->n_new_revisions, ==, 1);
  after = describe (pair.partner, "Desk");
  g_assert_cmpstr (after, ==, text);
}

/* Once the partner's next bundle has come, the desk knows what of its receipts has: they begin there. */
static void
what_is_known_is_not_told_again (void)
{
  g_autofree char *bundle = NULL, *answer = NULL, *text = NULL, *partners = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakBundleReport) last = NULL;
  Crafted crafted;

  g_free (test_add_event (pair.partner, "Knows of the answer", TRUE));
  bundle = test_bundle (&pair, pair.partner, "Desk", NULL, "knows.age");
  report = test_import (pair.desk, bundle);
  g_assert_true (report->has_receipt);
  g_assert_no_error (report->receipt_error);
  g_assert_cmpuint (report->receipt.n_received, ==, 2);
  text = make_receipt (pair.desk, "Harbour");
  g_assert_cmpuint (take (pair.partner, text).n_received, ==, 1);
  g_free (test_add_event (pair.desk, "The last word", TRUE));
  answer = test_bundle (&pair, pair.desk, "Harbour", NULL, "last-word.age");
  last = test_import (pair.partner, answer);
  g_assert_cmpuint (last->n_revisions, ==, 1);
  partners = make_receipt (pair.partner, "Desk");
  crafted = craft (partners);
  g_assert_cmpuint (crafted.receipt->base, ==, 2);
  g_assert_cmpuint (crafted.receipt->count, ==, 3);
  g_assert_cmpuint (crafted.receipt->runs->len, ==, 1);
  sak_receipt_free (crafted.receipt);
}

/* @text: sealed for the desk as it is; NULL for none at all. */
static char *
write_by_hand (const char *text,
               gboolean    says_so,
               gboolean    fits_stream)
{
  char *path = new_path ();
  g_autoptr (SakContact) contact = find_contact (pair.partner, "Desk");
  g_autoptr (GError) error = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.partner, pair.desk);
  bundle.preamble.has_receipts = says_so;
  memcpy (bundle.receipt_stream, bundle.preamble.recipients[0].stream_id, sizeof bundle.receipt_stream);
  bundle.receipt_stream[0] ^= fits_stream ? 0 : 1;
  if (text != NULL)
    bundle.receipt = sak_countersign_seal (contact, text, &error);
  g_assert_no_error (error);
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  return path;
}

/* What is wrong with a receipt keeps no record back, and changes nothing else. */
static void
assert_receipt_refused (const char *text,
                        int         code)
{
  g_autofree char *path = write_by_hand (text, TRUE, TRUE);
  g_autofree char *before = describe (pair.desk, "Harbour");
  g_autofree char *after = NULL;
  g_autoptr (SakBundleReport) report = test_import (pair.desk, path);

  g_assert_true (report->has_receipt);
  g_assert_error (report->receipt_error, SAK_ERROR, code);
  g_assert_cmpuint (report->receipt.n_received, ==, 0);
  g_assert_cmpuint (report->n_new_revisions, ==, 1);
  after = describe (pair.desk, "Harbour");
  g_assert_cmpstr (after, ==, before);
}

static void
what_a_bundle_brings_falsely_is_refused (void)
{
  g_autofree char *good = make_receipt (pair.partner, "Desk");
  g_autofree char *silent = write_by_hand (NULL, TRUE, TRUE);
  g_autofree char *unsaid = write_by_hand (good, FALSE, TRUE);
  g_autofree char *stray = write_by_hand (good, TRUE, FALSE);
  g_autofree char *strangers = NULL;
  g_autofree char *for_another = NULL;
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (pair.stranger);
  g_autoptr (SakSecret) own_seed = sak_vault_dup_signing_seed (pair.partner);
  Crafted crafted = craft (good);

  test_assert_refused (pair.desk, silent, SAK_ERROR_INVALID);
  test_assert_refused (pair.desk, unsaid, SAK_ERROR_INVALID);
  test_assert_refused (pair.desk, stray, SAK_ERROR_INVALID);
  assert_receipt_refused ("no receipt", SAK_ERROR_INVALID);
  crafted.parties.to[0] ^= 1;
  for_another = sak_receipt_to_text (crafted.receipt, &crafted.parties, own_seed);
  assert_receipt_refused (for_another, SAK_ERROR_NOT_FOR_US);
  crafted.parties.to[0] ^= 1;
  sak_sign_get_public (seed, crafted.parties.by);
  strangers = sak_receipt_to_text (crafted.receipt, &crafted.parties, seed);
  assert_receipt_refused (strangers, SAK_ERROR_FORGED);
  sak_receipt_free (crafted.receipt);
}

static char *
change_title (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (pair.partner, id, &error);

  g_assert_no_error (error);
  json_object_set_new (record->fields, "title", json_string ("Another title"));
  g_assert_true (sak_vault_save_draft (pair.partner, id, record->base_revision, record->fields, &error));
  return sak_vault_finish_record (pair.partner, id, "a better title", &error);
}

static void
a_file_that_is_there_does_not_go_again (void)
{
  g_autofree char *id = add_event_with_photo ("With a photo");
  g_autofree char *first = test_bundle (&pair, pair.partner, "Desk", NULL, "photo-1.age");
  g_autofree char *second = NULL, *text = NULL, *third = NULL, *last = NULL;
  g_autoptr (SakBundleReport) came = NULL;
  g_autoptr (SakBundleReport) again = NULL;
  g_autoptr (SakBundleReport) changed = NULL;

  came = test_import (pair.desk, first);
  g_assert_cmpuint (came->n_media, ==, 1);
  g_free (change_title (id));
  second = test_bundle (&pair, pair.partner, "Desk", NULL, "photo-2.age");
  again = test_import (pair.desk, second);
  g_assert_cmpuint (again->n_media, ==, 1);
  text = make_receipt (pair.desk, "Harbour");
  take (pair.partner, text);
  g_free (change_title (id));
  third = test_bundle (&pair, pair.partner, "Desk", NULL, "photo-3.age");
  changed = test_import (pair.desk, third);
  g_assert_cmpuint (changed->n_revisions, ==, 1);
  g_assert_cmpuint (changed->n_media, ==, 0);
  last = make_receipt (pair.desk, "Harbour");
  g_assert_cmpuint (take (pair.partner, last).n_received, ==, 1);
}

static void
copy_tree (const char *from,
           const char *to)
{
  g_autofree char *command = g_strdup_printf ("cp -a '%s' '%s'", from, to);
  int status = -1;

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
}

static SakVault *
open_vault (const char *path)
{
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_open (path, passphrase, &error);

  g_assert_no_error (error);
  return vault;
}

/* Closes @vault and opens what lies at @path now: the same vault, or an older copy put in its place. */
static SakVault *
put_in_place (SakVault   *vault,
              const char *path,
              const char *copy)
{
  sak_vault_lock (vault);
  g_object_unref (vault);
  if (copy != NULL)
    {
      test_remove_tree (path);
      copy_tree (copy, path);
    }
  return open_vault (path);
}

/* The desk's laptop is replaced by last week's copy: what it had confirmed since it asks for again. */
static void
what_the_receiver_lost_goes_again (void)
{
  g_autofree char *path = g_strdup (sak_vault_get_path (pair.desk));
  g_autofree char *copy = test_path (&pair, "Desk.copy");
  g_autofree char *known = make_fresh_receipt ();
  g_autofree char *text = NULL;
  g_autofree char *lost = test_add_event (pair.partner, "Confirmed and lost", TRUE);
  g_autofree char *bundle = NULL, *gap = NULL, *healing = NULL, *asking = NULL, *done = NULL;
  g_autoptr (SakSetAside) kept = NULL;
  g_autoptr (GError) error = NULL;
  SakReceiptOutcome outcome;

  take (pair.partner, known);
  sak_vault_lock (pair.desk);
  copy_tree (path, copy);
  pair.desk = put_in_place (pair.desk, path, NULL);
  bundle = test_bundle (&pair, pair.partner, "Desk", NULL, "before-loss.age");
  g_assert_cmpuint (import_counting (pair.desk, bundle), ==, 1);
  text = make_receipt (pair.desk, "Harbour");
  take (pair.partner, text);
  g_assert_cmpuint (count_state (pair.partner, lost, SAK_DELIVERY_RECEIVED), ==, 1);
  pair.desk = put_in_place (pair.desk, path, copy);
  g_free (test_add_event (pair.partner, "After the loss", TRUE));
  gap = test_bundle (&pair, pair.partner, "Desk", NULL, "gap.age");
  g_assert_null (sak_inbox_import (pair.desk, gap, NULL, NULL, &kept, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_GAP);
  g_assert_nonnull (kept);
  asking = make_receipt (pair.desk, "Harbour");
  outcome = take (pair.partner, asking);
  g_assert_cmpuint (outcome.n_again, ==, 1);
  g_assert_cmpuint (count_state (pair.partner, lost, SAK_DELIVERY_SENT), ==, 1);
  assert_refused (pair.partner, asking, -1, SAK_ERROR_REPLAYED);
  healing = test_bundle (&pair, pair.partner, "Desk", NULL, "healed.age");
  g_assert_cmpuint (import_counting (pair.desk, healing), ==, 2);
  g_clear_error (&error);
  g_assert_null (sak_inbox_retry (pair.desk, kept->id, NULL, NULL, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_REPLAYED);
  done = make_receipt (pair.desk, "Harbour");
  g_assert_cmpuint (take (pair.partner, done).n_received, ==, 2);
  /* A word of before, that comes late, asks for nothing. */
  assert_refused (pair.partner, text, -1, SAK_ERROR_REPLAYED);
  assert_refused (pair.partner, asking, -1, SAK_ERROR_REPLAYED);
  g_assert_cmpuint (count_state (pair.partner, lost, SAK_DELIVERY_RECEIVED), ==, 1);
}

/* Everything goes once more, and what is new of it is taken. */
static void
begin_anew (SakVault *copy)
{
  g_autoptr (SakContact) contact = find_contact (copy, "Desk");
  g_autofree char *bundle = NULL;
  g_autofree char *text = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GPtrArray) exchanges = NULL;
  g_autoptr (GError) error = NULL;
  const SakExchange *exchange;

  g_assert_true (sak_vault_begin_anew (copy, contact, &error));
  g_assert_no_error (error);
  bundle = test_bundle (&pair, copy, "Desk", NULL, "anew.age");
  report = test_import (pair.desk, bundle);
  g_assert_cmpuint (report->n_new_revisions, ==, 1);
  text = make_receipt (pair.desk, "Harbour");
  g_assert_cmpuint (take (copy, text).n_absent, ==, 0);
  exchanges = sak_vault_list_exchanges (copy, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (exchanges->len, ==, 2);
  exchange = exchanges->pdata[0];
  g_assert_cmpstr (exchange->contact, ==, "Desk");
  g_assert_cmpuint (exchange->n_acknowledged, ==, exchange->n_sent);
  g_assert_cmpuint (exchange->n_absent, ==, 0);
  g_assert_cmpint (exchange->last_receipt, >, 0);
  g_assert_cmpuint (exchange->n_came, >, 0);
}

/* A laptop is copied, and both go on under the same name. */
static void
a_copied_vault_is_told_of_on_both_sides (void)
{
  g_autofree char *path = g_strdup (sak_vault_get_path (pair.partner));
  g_autofree char *copy_path = test_path (&pair, "Copied");
  g_autofree char *ours = NULL, *theirs = NULL, *text = NULL;
  g_autoptr (SakSetAside) kept = NULL;
  g_autoptr (GError) error = NULL;
  SakReceiptOutcome outcome;
  SakVault *copy;

  test_vault_close (&pair.f);
  copy_tree (path, copy_path);
  test_vault_reopen (&pair.f);
  pair.partner = pair.f.vault;
  copy = open_vault (copy_path);
  g_free (test_add_event (pair.partner, "In the first", TRUE));
  g_free (test_add_event (copy, "In the other", TRUE));
  ours = test_bundle (&pair, pair.partner, "Desk", NULL, "ours.age");
  theirs = test_bundle (&pair, copy, "Desk", NULL, "theirs.age");
  g_assert_cmpuint (import_counting (pair.desk, ours), ==, 1);
  g_assert_null (sak_inbox_import (pair.desk, theirs, NULL, NULL, &kept, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_FORK);
  text = make_receipt (pair.desk, "Harbour");
  outcome = take (pair.partner, text);
  g_assert_true (outcome.tells_fork);
  g_assert_cmpuint (outcome.n_received, ==, 1);
  assert_refused (pair.partner, text, -1, SAK_ERROR_REPLAYED);
  assert_refused (copy, text, -1, SAK_ERROR_FORK);
  begin_anew (copy);
  sak_vault_lock (copy);
  g_object_unref (copy);
  g_assert_true (sak_vault_remove_set_aside (pair.desk, kept->id, NULL));
}

static void
the_vaults_are_whole_afterwards (void)
{
  SakVault *vaults[] = { pair.partner, pair.desk };

  for (gsize i = 0; i < G_N_ELEMENTS (vaults); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakCheckReport) report = sak_vault_check (vaults[i], NULL, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (report->damages->len, ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
#define ADD(path, function) g_test_add_func ("/receipt/" path, function)
  ADD ("what-arrived-is-received-on-a-day", what_arrived_is_received_on_a_day);
  ADD ("a-lost-receipt-is-in-the-next-one", a_lost_receipt_is_in_the_next_one);
  ADD ("what-cannot-be-is-refused", what_cannot_be_is_refused);
  ADD ("whose-it-is-not-is-refused", whose_it_is_not_is_refused);
  ADD ("an-altered-receipt-is-refused", an_altered_receipt_is_refused);
  ADD ("what-did-not-come-goes-again", what_did_not_come_goes_again);
  ADD ("a-receipt-travels-in-the-next-bundle", a_receipt_travels_in_the_next_bundle);
  ADD ("what-is-known-is-not-told-again", what_is_known_is_not_told_again);
  ADD ("what-a-bundle-brings-falsely-is-refused", what_a_bundle_brings_falsely_is_refused);
  ADD ("a-file-that-is-there-does-not-go-again", a_file_that_is_there_does_not_go_again);
  ADD ("what-the-receiver-lost-goes-again", what_the_receiver_lost_goes_again);
  ADD ("a-copied-vault-is-told-of-on-both-sides", a_copied_vault_is_told_of_on_both_sides);
  ADD ("the-vaults-are-whole-afterwards", the_vaults_are_whole_afterwards);
#undef ADD
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
