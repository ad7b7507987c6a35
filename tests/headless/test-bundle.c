/* test-bundle.c - a bundle's way from one vault to another, and what may happen to it
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-minisign.h"
#include "storage/sak-media.h"
#include "tests/headless/sak-test-bundle.h"

#define LARGE (6 * 1024 * 1024)

static TestPair pair;

static char *
make_noise (gsize size)
{
  char *noise = g_malloc (size);

  sak_random_bytes (noise, size);
  return noise;
}

/* An incident with so much media that it takes a while. */
static char *
add_large_event (const char *title)
{
  g_autofree char *noise = make_noise (LARGE);
  char *id = test_add_event (pair.partner, title, FALSE);

  test_add_media (pair.partner, id, "film.mp4", noise, LARGE);
  test_finish (pair.partner, id, NULL);
  return id;
}

static void
assert_media_arrived (const char *record_id,
                      const char *expected,
                      gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) media = sak_vault_list_media (pair.desk, record_id, &error);
  g_autoptr (GInputStream) content = NULL;
  g_autofree char *bytes = g_malloc (size + 1);
  SakMediaInfo *info;
  gsize got = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (media->len, ==, 1);
  info = g_ptr_array_index (media, 0);
  g_assert_cmpuint (info->size_bytes, ==, size);
  content = sak_vault_open_media (pair.desk, info->sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_input_stream_read_all (content, bytes, size + 1, &got, NULL, &error));
  g_assert_cmpmem (bytes, got, expected, size);
}

static void
remember_progress (guint64  done,
                   guint64  total,
                   gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (done, >=, last[0]);
  last[0] = done;
  last[1] = total;
}

static void
a_testimony_arrives_whole_and_only_once (void)
{
  g_autofree char *noise = make_noise (300000);
  g_autofree char *id = test_add_json (pair.partner, "testimony",
                                       "{\"title\": \"ဆိပ်ကမ်းမှာ\", \"statement\": \"I saw it.\","
                                       " \"consent\": {\"share\": \"named\"}}", FALSE);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) seen = NULL;
  g_autoptr (SakBundleReport) verified = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakBundleReport) again = NULL;
  g_autoptr (SakRecord) record = NULL;
  guint64 progress[2] = { 0, 0 };
  guint n_before = test_count_records (pair.desk);

  test_add_media (pair.partner, id, "voice.ogg", noise, 300000);
  test_finish (pair.partner, id, NULL);
  path = test_bundle (&pair, pair.partner, "Desk", id, "testimony.age");

  seen = sak_bundle_inspect (pair.desk, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (seen->is_for_us);
  g_assert_false (seen->is_verified);
  g_assert_cmpstr (seen->sender_name, ==, "Harbour");
  verified = sak_bundle_verify (pair.desk, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (verified->is_verified);
  g_assert_cmpuint (test_count_records (pair.desk), ==, n_before);

  report = sak_bundle_import (pair.desk, path, remember_progress, progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->is_verified);
  g_assert_cmpuint (report->n_new_revisions, >=, 1);
  g_assert_cmpuint (report->n_media, ==, verified->n_media);
  g_assert_cmpuint (progress[0], ==, report->total_bytes);
  g_assert_cmpuint (progress[1], ==, report->total_bytes);
  record = sak_vault_load_record (pair.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sak_json_get_text (record->fields, "title"), ==, "ဆိပ်ကမ်းမှာ");
  g_assert_cmpstr (record->origin, ==, "Harbour");
  assert_media_arrived (id, noise, 300000);

  test_assert_refused (pair.desk, path, SAK_ERROR_REPLAYED);
  again = sak_bundle_verify (pair.desk, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (again->is_verified);
}

static void
who_was_not_asked_arrives_without_a_name (void)
{
  g_autofree char *id = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Khin Hla\","
                                       " \"known_as\": \"Witness A\"}", FALSE);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GPtrArray) media = NULL;

  test_add_media (pair.partner, id, "face.jpg", "her face", 8);
  test_finish (pair.partner, id, NULL);
  path = test_bundle (&pair, pair.partner, "Desk", id, "person.age");
  report = test_import (pair.desk, path);
  g_assert_cmpuint (report->n_withheld_fields, ==, 2);
  record = sak_vault_load_record (pair.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sak_json_get_text (record->fields, "known_as"), ==, "Witness A");
  g_assert_null (json_object_get (record->fields, "identity.name"));
  g_assert_true (g_strv_contains ((const char *const *) record->withheld, "identity.name"));
  media = sak_vault_list_media (pair.desk, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (media->len, ==, 0);
}

static void
an_empty_file_arrives (void)
{
  g_autofree char *id = test_add_event (pair.partner, "Nothing on the tape", FALSE);
  g_autofree char *path = NULL;

  test_add_media (pair.partner, id, "empty.wav", "", 0);
  test_finish (pair.partner, id, NULL);
  path = test_bundle (&pair, pair.partner, "Desk", id, "empty.age");
  sak_bundle_report_free (test_import (pair.desk, path));
  assert_media_arrived (id, "", 0);
}

static void
somebody_elses_is_not_for_us (void)
{
  g_autofree char *id = test_add_event (pair.partner, "For the desk", TRUE);
  g_autofree char *path = test_bundle (&pair, pair.partner, "Desk", id, "desk.age");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = sak_bundle_inspect (pair.stranger, path, NULL, &error);

  g_assert_no_error (error);
  g_assert_false (report->is_for_us);
  test_assert_refused (pair.stranger, path, SAK_ERROR_NOT_FOR_US);
}

static void
an_unknown_and_a_revoked_sender_are_refused (void)
{
  g_autofree char *id = test_add_event (pair.stranger, "From nobody", TRUE);
  g_autofree char *own_id = test_add_event (pair.partner, "From one we knew", TRUE);
  g_autofree char *unknown = test_bundle (&pair, pair.stranger, "Desk", id, "unknown.age");
  g_autofree char *revoked = test_bundle (&pair, pair.partner, "Desk", own_id, "revoked.age");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = NULL;

  test_assert_refused (pair.desk, unknown, SAK_ERROR_UNKNOWN_SENDER);
  report = sak_bundle_inspect (pair.desk, unknown, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->is_for_us);
  g_assert_null (report->sender_name);

  g_assert_true (sak_vault_set_trust (pair.desk, "Harbour", SAK_TRUST_REVOKED, &error));
  test_assert_refused (pair.desk, revoked, SAK_ERROR_UNTRUSTED);
  g_assert_true (sak_vault_set_trust (pair.desk, "Harbour", SAK_TRUST_COMPARED, &error));
  sak_bundle_report_free (test_import (pair.desk, revoked));
}

static void
write_identity (SakVault   *vault,
                const char *path)
{
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (vault);
  g_autoptr (SakSecret) text = sak_age_identity_to_text (identity);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, (const char *) sak_secret_get_bytes (text),
                       (gssize) sak_secret_get_size (text), &error);
  g_assert_no_error (error);
}

static char *
get_recipient (SakVault *vault)
{
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (vault);
  SakAgeRecipient recipient;

  sak_x25519_get_public (identity, recipient.bytes);
  return sak_age_recipient_to_text (&recipient);
}

/* In the pair's folder, with the desk's identity in "identity". */
static void
run_script (const char *script,
            const char *argument)
{
  g_autofree char *identity = test_path (&pair, "identity");
  const char *argv[] = { "bash", "-euo", "pipefail", "-c", script, "script", argument,
                         SAK_SOURCE_ROOT, NULL };
  g_autofree char *told = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  write_identity (pair.desk, identity);
  g_spawn_sync (pair.f.folder, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &told,
                &complaint, &status, &error);
  g_assert_no_error (error);
  g_unlink (identity);
  if (!g_spawn_check_wait_status (status, &error))
    g_test_message ("%s\n%s", told, complaint);
  g_assert_no_error (error);
}

static void
a_preamble_moved_to_another_file_is_forged (void)
{
  g_autofree char *id = test_add_event (pair.partner, "Moved", TRUE);
  g_autofree char *path = test_bundle (&pair, pair.partner, "Desk", id, "whole.age");
  g_autofree char *to_desk = get_recipient (pair.desk);
  g_autofree char *to_stranger = get_recipient (pair.stranger);
  g_autofree char *moved = test_path (&pair, "moved.age");
  g_autoptr (GError) error = NULL;

  run_script ("age -d -i identity whole.age | age -r \"$1\" -o moved.age", to_desk);
  test_assert_refused (pair.desk, moved, SAK_ERROR_FORGED);
  g_assert_null (sak_bundle_inspect (pair.desk, moved, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_FORGED);

  /* Passed on as if it had been meant for somebody else, who knows the sender, too. */
  g_unlink (moved);
  test_introduce (pair.partner, pair.stranger);
  run_script ("age -d -i identity whole.age | age -r \"$1\" -o moved.age", to_stranger);
  test_assert_refused (pair.stranger, moved, SAK_ERROR_FORGED);
}

static void
stock_tools_open_verify_and_validate_it (void)
{
  static const char script[] =
    "key=$1; root=$2\n"
    "rm -rf opened; mkdir opened\n"
    "age -d -i identity stock.age | zstd -dq | tar x -C opened\n"
    "cd opened/bag\n"
    "minisign -Vm tagmanifest-sha256.txt -P \"$key\"\n"
    "grep -F \"minisign -Vm tagmanifest-sha256.txt -P $key\" HOW-TO-VERIFY.txt\n"
    "sha256sum --strict -c tagmanifest-sha256.txt\n"
    "sha256sum --strict -c manifest-sha256.txt\n"
    "python3 -B \"$root/tests/validate-bag.py\" .\n"
    "! grep -rF 'Daw Khin Hla' .\n"
    "grep -rF 'Witness B' data/revisions-0001.jsonl >/dev/null\n"
    "/usr/bin/python3 -B \"$root/tests/headless/verify-revision.py\" data/revisions-*.jsonl\n"
    "test -z \"$(find . -type l)\"\n"
    "test -z \"$(find . -type f ! -perm 644)\"\n";
  g_autofree char *id = test_add_json (pair.partner, "person", "{\"identity.name\": \"Daw Khin Hla\","
                                       " \"known_as\": \"Witness B\"}", TRUE);
  g_autofree char *event = test_add_event (pair.partner, "With a photo", FALSE);
  g_autofree char *path = NULL;
  g_autofree char *key = NULL;
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (pair.partner);
  static const char *const recipients[] = { "Desk", NULL };
  const char *const records[] = { id, event, NULL };
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (GError) error = NULL;
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];

  test_add_media (pair.partner, event, "a.jpg", "pixels", 6);
  test_finish (pair.partner, event, NULL);
  plan = sak_export_plan_new (pair.partner, recipients, records, &error);
  g_assert_no_error (error);
  path = test_path (&pair, "stock.age");
  report = sak_bundle_create (pair.partner, plan, path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  sak_sign_get_public (seed, public_key);
  key = sak_minisign_public_key_to_text (public_key);
  run_script (script, key);
}

/* Returns: what importing these bytes is refused with. */
static int
import_bytes (const char *bytes,
              gsize       size)
{
  g_autofree char *path = test_path (&pair, "altered.age");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakBundleReport) report = NULL;

  g_file_set_contents_full (path, bytes, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  report = sak_bundle_import (pair.desk, path, NULL, NULL, NULL, &error);
  g_assert_null (report);
  g_assert_true (error->domain == SAK_ERROR);
  return error->code;
}

static gsize
find_payload (const char *bytes)
{
  return (gsize) (strstr (bytes, "\n--- ") - bytes) + 5 + 43 + 1;
}

/* In the age header, what a byte meant cannot always be told: whose it was, or whether it
 * was an age file at all.
 */
static gboolean
is_header_answer (int code)
{
  return code == SAK_ERROR_NOT_FOR_US || code == SAK_ERROR_DAMAGED || code == SAK_ERROR_INVALID ||
         code == SAK_ERROR_TOO_NEW || code == SAK_ERROR_TRUNCATED || code == SAK_ERROR_TOO_LARGE;
}

static void
each_flipped_byte_and_each_truncation_is_refused (void)
{
  g_autofree char *path = test_path (&pair, "hand.age");
  g_autofree char *bytes = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_records = test_count_records (pair.desk);
  g_autoptr (GError) error = NULL;
  HandBundle bundle;
  gsize size, payload;

  hand_bundle_init (&bundle, pair.partner, pair.desk);
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  before = test_list_files (sak_vault_get_path (pair.desk));
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  payload = find_payload (bytes);
  for (gsize i = 0; i < size; i++)
    {
      int code;

      bytes[i] ^= 1 << (i % 8);
      code = import_bytes (bytes, size);
      bytes[i] ^= 1 << (i % 8);
      if (i < payload)
        g_assert_true (is_header_answer (code));
      else
        g_assert_cmpint (code, ==, SAK_ERROR_DAMAGED);
    }
  for (gsize length = 0; length < size; length++)
    {
      int code = import_bytes (bytes, length);

      if (length >= payload)
        g_assert_true (code == SAK_ERROR_TRUNCATED || code == SAK_ERROR_DAMAGED);
      else
        g_assert_true (is_header_answer (code));
    }
  after = test_list_files (sak_vault_get_path (pair.desk));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (test_count_records (pair.desk), ==, n_records);
  sak_bundle_report_free (test_import (pair.desk, path));
}

static void
a_long_bundle_that_is_cut_or_has_more_is_refused (void)
{
  g_autofree char *id = add_large_event ("Cut");
  g_autofree char *path = test_bundle (&pair, pair.partner, "Desk", id, "long.age");
  g_autofree char *bytes = NULL;
  g_autofree char *longer = NULL;
  g_autofree char *before = test_list_files (sak_vault_get_path (pair.desk));
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size, payload;
  int code;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  payload = find_payload (bytes) + SAK_AGE_NONCE_SIZE;
  /* At the edge of a chunk, and inside one. */
  g_assert_cmpint (import_bytes (bytes, payload + 3 * 65552), ==, SAK_ERROR_TRUNCATED);
  g_assert_cmpint (import_bytes (bytes, payload + 3 * 65552 + 1000), ==, SAK_ERROR_TRUNCATED);
  g_assert_cmpint (import_bytes (bytes, size / 2), ==, SAK_ERROR_TRUNCATED);
  bytes[payload + 40 * 65552] ^= 4;
  g_assert_cmpint (import_bytes (bytes, size), ==, SAK_ERROR_DAMAGED);
  bytes[payload + 40 * 65552] ^= 4;
  longer = g_malloc0 (size + 100000);
  memcpy (longer, bytes, size);
  code = import_bytes (longer, size + 1);
  g_assert_true (code == SAK_ERROR_DAMAGED || code == SAK_ERROR_TRUNCATED);
  code = import_bytes (longer, size + 100000);
  g_assert_true (code == SAK_ERROR_DAMAGED || code == SAK_ERROR_TRUNCATED);
  after = test_list_files (sak_vault_get_path (pair.desk));
  g_assert_cmpstr (after, ==, before);
  sak_bundle_report_free (test_import (pair.desk, path));
}

static void
a_lost_bundle_heals_in_the_next (void)
{
  g_autofree char *lost_id = test_add_event (pair.partner, "In the lost one", TRUE);
  g_autofree char *lost = test_bundle (&pair, pair.partner, "Desk", lost_id, "lost.age");
  g_autofree char *next_id = test_add_event (pair.partner, "In the next one", TRUE);
  g_autofree char *next = test_bundle (&pair, pair.partner, "Desk", next_id, "next.age");
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = NULL;

  sak_bundle_report_free (test_import (pair.desk, next));
  record = sak_vault_load_record (pair.desk, lost_id, &error);
  g_assert_no_error (error);
  test_assert_refused (pair.desk, lost, SAK_ERROR_REPLAYED);
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

static void
close_vault (SakVault *vault)
{
  sak_vault_lock (vault);
  g_object_unref (vault);
}

/* An old copy of a vault goes on where the vault itself was long past. */
static void
a_vault_put_back_is_noticed (void)
{
  SakVault *vault = test_vault_make (&pair.f, "Forked");
  g_autofree char *path = g_strdup (sak_vault_get_path (vault));
  g_autofree char *copy = test_path (&pair, "Copy");
  g_autofree char *common_id = test_add_event (vault, "Before", TRUE);
  g_autofree char *common = NULL;
  g_autofree char *id = NULL;
  g_autofree char *first = NULL;
  g_autofree char *other_id = NULL;
  g_autofree char *other = NULL;

  test_introduce (vault, pair.desk);
  test_introduce (pair.desk, vault);
  common = test_bundle (&pair, vault, "Desk", common_id, "common.age");
  close_vault (vault);
  run_script ("cp -r Forked Copy", "");
  vault = open_vault (path);
  id = test_add_event (vault, "As it was", TRUE);
  first = test_bundle (&pair, vault, "Desk", id, "first.age");
  close_vault (vault);
  vault = open_vault (copy);
  other_id = test_add_event (vault, "As it also was", TRUE);
  other = test_bundle (&pair, vault, "Desk", other_id, "other.age");
  close_vault (vault);

  sak_bundle_report_free (test_import (pair.desk, common));
  sak_bundle_report_free (test_import (pair.desk, first));
  test_assert_refused (pair.desk, other, SAK_ERROR_FORK);
}

static void
nobody_gets_what_was_chosen_for_somebody_else (void)
{
  static const char *const both[] = { "Desk", "Stranger", NULL };
  g_autofree char *for_desk = test_add_event (pair.partner, "For the desk alone", TRUE);
  g_autofree char *for_both = test_add_event (pair.partner, "For both", TRUE);
  g_autofree char *desk_path = NULL;
  g_autofree char *both_path = test_path (&pair, "both.age");
  const char *const records[] = { for_both, NULL };
  g_autoptr (SakExportPlan) plan = NULL;
  g_autoptr (SakBundleReport) made = NULL;
  g_autoptr (SakBundleReport) at_stranger = NULL;
  g_autoptr (SakBundleReport) at_desk = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  test_introduce (pair.stranger, pair.partner);
  test_introduce (pair.partner, pair.stranger);
  desk_path = test_bundle (&pair, pair.partner, "Desk", for_desk, "for-desk.age");
  plan = sak_export_plan_new (pair.partner, both, records, &error);
  g_assert_no_error (error);
  made = sak_bundle_create (pair.partner, plan, both_path, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (made->n_recipients, ==, 2);

  at_stranger = test_import (pair.stranger, both_path);
  g_assert_cmpuint (at_stranger->n_new_revisions, ==, 1);
  record = sak_vault_load_record (pair.stranger, for_desk, &error);
  g_assert_null (record);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  at_desk = test_import (pair.desk, both_path);
  g_assert_cmpuint (at_desk->n_new_revisions, ==, 1);
}

static void
assert_create_fails (const char   *record_id,
                     const char   *name,
                     GCancellable *cancellable,
                     GQuark        domain,
                     int           code)
{
  static const char *const recipients[] = { "Desk", NULL };
  const char *const records[] = { record_id, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair.partner, recipients, records, &error);
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakContact) desk = sak_vault_find_contact (pair.partner, "Desk", NULL);
  g_autofree char *path = test_path (&pair, name);
  g_autofree char *before = test_list_files (pair.f.folder);
  g_autofree char *after = NULL;
  SakStream stream_before, stream_after;

  g_assert_no_error (error);
  g_assert_true (sak_vault_get_outgoing_stream (pair.partner, desk, &stream_before, &error));
  report = sak_bundle_create (pair.partner, plan, path, NULL, NULL, cancellable, &error);
  g_assert_null (report);
  g_assert_error (error, domain, code);
  g_clear_error (&error);
  g_assert_true (sak_vault_get_outgoing_stream (pair.partner, desk, &stream_after, &error));
  g_assert_cmpmem (&stream_before, sizeof stream_before, &stream_after, sizeof stream_after);
  after = test_list_files (pair.f.folder);
  g_assert_cmpstr (after, ==, before);
}

static void
what_is_there_is_not_overwritten (void)
{
  g_autofree char *id = test_add_event (pair.partner, "Twice", TRUE);
  g_autofree char *path = test_bundle (&pair, pair.partner, "Desk", id, "taken.age");

  assert_create_fails (id, "taken.age", NULL, SAK_ERROR, SAK_ERROR_EXISTS);
}

static void
a_bundle_of_nothing_is_not_made (void)
{
  static const char *const recipients[] = { "Desk", NULL };
  SakVault *vault = test_vault_make (&pair.f, "Silent");
  g_autofree char *path = test_path (&pair, "nothing.age");
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) nothing = NULL;
  g_autoptr (SakExportPlan) refused = NULL;

  test_introduce (pair.desk, vault);
  nothing = sak_export_plan_new (vault, recipients, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (sak_bundle_create (vault, nothing, path, NULL, NULL, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_clear_error (&error);
  id = test_add_json (vault, "testimony", "{\"title\": \"Mine\", \"statement\": \"x\","
                      " \"consent\": {\"share\": \"no\"}}", TRUE);
  refused = sak_export_plan_new (vault, recipients, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (sak_bundle_create (vault, refused, path, NULL, NULL, NULL, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONSENT);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  close_vault (vault);
}

typedef struct
{
  GCancellable *cancellable;
  guint64 cancelled;            /* how far it was then */
  guint64 last;                 /* and how far it came */
} Canceller;

static void
cancel_at_once (guint64  done,
                guint64  total,
                gpointer user_data)
{
  Canceller *canceller = user_data;

  canceller->last = done;
  /* Midway: some of it was written or taken in. */
  if (done < total / 4 || canceller->cancelled != 0)
    return;
  g_cancellable_cancel (canceller->cancellable);
  canceller->cancelled = MAX (done, 1);
}

static void
assert_cancelled (const Canceller *canceller,
                  const GError    *error)
{
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (canceller->cancelled, >, 0);
  g_test_message ("went on for %u bytes", (guint) (canceller->last - canceller->cancelled));
  /* In bytes, since a busy machine may take any time: 100 ms are much more than this. */
  g_assert_cmpuint (canceller->last - canceller->cancelled, <, 1024 * 1024);
}

static void
cancelling_leaves_nothing (void)
{
  static const char *const recipients[] = { "Desk", NULL };
  g_autofree char *id = add_large_event ("Cancelled");
  g_autofree char *more = make_noise (5 * LARGE);
  g_autofree char *large_id = test_add_event (pair.partner, "Cancelled, larger", FALSE);
  const char *const records[] = { id, large_id, NULL };
  g_autofree char *path = test_path (&pair, "cancelled.age");
  g_autofree char *whole = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = NULL;
  Canceller writing = { g_cancellable_new (), 0, 0 };
  Canceller reading = { g_cancellable_new (), 0, 0 };
  guint n_records;

  test_add_media (pair.partner, large_id, "film.mp4", more, 5 * LARGE);
  test_finish (pair.partner, large_id, NULL);
  before = test_list_files (pair.f.folder);
  plan = sak_export_plan_new (pair.partner, recipients, records, &error);
  g_assert_no_error (error);
  g_assert_null (sak_bundle_create (pair.partner, plan, path, cancel_at_once, &writing,
                                    writing.cancellable, &error));
  assert_cancelled (&writing, error);
  after = test_list_files (pair.f.folder);
  g_assert_cmpstr (after, ==, before);
  g_clear_error (&error);

  whole = test_bundle (&pair, pair.partner, "Desk", large_id, "not-cancelled.age");
  g_free (before);
  g_free (after);
  before = test_list_files (sak_vault_get_path (pair.desk));
  n_records = test_count_records (pair.desk);
  g_assert_null (sak_bundle_import (pair.desk, whole, cancel_at_once, &reading,
                                    reading.cancellable, &error));
  assert_cancelled (&reading, error);
  after = test_list_files (sak_vault_get_path (pair.desk));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (test_count_records (pair.desk), ==, n_records);
  sak_bundle_report_free (test_import (pair.desk, whole));
  g_object_unref (writing.cancellable);
  g_object_unref (reading.cancellable);
}

static void
limit_file_size (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
a_full_disk_leaves_nothing (void)
{
  g_autofree char *id = add_large_event ("Full");
  g_autofree char *path = NULL;

  signal (SIGXFSZ, SIG_IGN);
  limit_file_size (LARGE / 2);
  assert_create_fails (id, "full.age", NULL, SAK_ERROR, SAK_ERROR_NO_SPACE);
  limit_file_size (RLIM_INFINITY);
  path = test_bundle (&pair, pair.partner, "Desk", id, "fits.age");
  limit_file_size (LARGE / 2);
  test_assert_refused (pair.desk, path, SAK_ERROR_NO_SPACE);
  limit_file_size (RLIM_INFINITY);
  sak_bundle_report_free (test_import (pair.desk, path));
}

static void
find_new_object (const char  *before,
                 const char  *after,
                 char       **ret_path)
{
  g_auto (GStrv) lines = g_strsplit (after, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *space = strrchr (lines[i], ' ');

      if (strstr (before, lines[i]) != NULL || strstr (lines[i], "/media/") == NULL)
        continue;
      *space = '\0';
      *ret_path = g_strdup (lines[i]);
    }
}

/* What waits for a bundle's end holds no file open. */
static void
more_files_arrive_than_may_be_open (void)
{
  g_autofree char *id = test_add_event (pair.partner, "Many photos", FALSE);
  g_autofree char *path = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  struct rlimit usual, few;

  for (int i = 0; i < 100; i++)
    {
      g_autofree char *content = g_strdup_printf ("photo %d", i);

      test_add_media (pair.partner, id, "a.jpg", content, strlen (content));
    }
  test_finish (pair.partner, id, NULL);
  path = test_bundle (&pair, pair.partner, "Desk", id, "many.age");
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &usual), ==, 0);
  few = usual;
  few.rlim_cur = 60;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);
  report = test_import (pair.desk, path);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &usual), ==, 0);
  g_assert_cmpuint (report->n_media, >=, 100);
}

/* Last: what is rotten stays so. */
static void
rot_in_the_store_does_not_travel (void)
{
  g_autofree char *id = NULL;
  g_autofree char *before = test_list_files (sak_vault_get_path (pair.partner));
  g_autofree char *after = NULL;
  g_autofree char *object = NULL;

  id = add_large_event ("Rotten");
  after = test_list_files (sak_vault_get_path (pair.partner));
  find_new_object (before, after, &object);
  g_assert_nonnull (object);
  test_flip_byte (object, LARGE / 2);
  assert_create_fails (id, "rotten.age", NULL, SAK_ERROR, SAK_ERROR_DAMAGED);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
#define ADD(path, function) g_test_add_func ("/bundle/" path, function)
  ADD ("a-testimony-arrives-whole-and-only-once", a_testimony_arrives_whole_and_only_once);
  ADD ("who-was-not-asked-arrives-without-a-name", who_was_not_asked_arrives_without_a_name);
  ADD ("an-empty-file-arrives", an_empty_file_arrives);
  ADD ("stock-tools-open-verify-and-validate-it", stock_tools_open_verify_and_validate_it);
  ADD ("somebody-elses-is-not-for-us", somebody_elses_is_not_for_us);
  ADD ("an-unknown-and-a-revoked-sender-are-refused", an_unknown_and_a_revoked_sender_are_refused);
  ADD ("a-preamble-moved-to-another-file-is-forged", a_preamble_moved_to_another_file_is_forged);
  ADD ("each-flipped-byte-and-each-truncation-is-refused",
       each_flipped_byte_and_each_truncation_is_refused);
  ADD ("a-lost-bundle-heals-in-the-next", a_lost_bundle_heals_in_the_next);
  ADD ("a-vault-put-back-is-noticed", a_vault_put_back_is_noticed);
  ADD ("nobody-gets-what-was-chosen-for-somebody-else",
       nobody_gets_what_was_chosen_for_somebody_else);
  ADD ("what-is-there-is-not-overwritten", what_is_there_is_not_overwritten);
  ADD ("a-bundle-of-nothing-is-not-made", a_bundle_of_nothing_is_not_made);
  ADD ("a-long-bundle-that-is-cut-or-has-more-is-refused",
       a_long_bundle_that_is_cut_or_has_more_is_refused);
  ADD ("cancelling-leaves-nothing", cancelling_leaves_nothing);
  ADD ("a-full-disk-leaves-nothing", a_full_disk_leaves_nothing);
  ADD ("more-files-arrive-than-may-be-open", more_files_arrive_than_may_be_open);
  ADD ("rot-in-the-store-does-not-travel", rot_in_the_store_does_not_travel);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
