/* test-notice.c - network notices: whose are believed, what they do, and what they cannot
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Desk" makes them, "Harbour" reads them, "Stranger" is a member.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crypto/sak-hex.h"
#include "storage/sak-check.h"
#include "storage/sak-vault-private.h"
#include "sync/sak-card.h"
#include "sync/sak-notice.h"
#include "tests/headless/sak-test-bundle.h"

static TestPair pair;

static char *
make_notice (const SakNoticeChange *change)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = sak_notice_make (pair.desk, change, &error);
  char *text;

  g_assert_no_error (error);
  g_assert_nonnull (id);
  text = sak_notice_export (pair.desk, &error);
  g_assert_no_error (error);
  return text;
}

static SakNoticeOutcome *
take (const char *text)
{
  g_autoptr (GError) error = NULL;
  SakNoticeOutcome *outcome = sak_notice_import (pair.partner, text, strlen (text), &error);

  g_assert_no_error (error);
  return outcome;
}

static void
assert_refused (const char *text,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakNoticeOutcome) outcome = sak_notice_import (pair.partner, text, strlen (text), &error);

  g_assert_null (outcome);
  g_assert_error (error, SAK_ERROR, code);
}

static void
set_trust (SakVault   *vault,
           const char *name,
           SakTrust    trust)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_set_trust (vault, name, trust, &error));
  g_assert_no_error (error);
}

static SakContact *
find (SakVault   *vault,
      const char *name)
{
  g_autoptr (GError) error = NULL;
  SakContact *contact = sak_vault_find_contact (vault, name, &error);

  g_assert_no_error (error);
  return contact;
}

/* A vault that both know only by what the desk says. */
static SakVault *
make_member (const char *name)
{
  SakVault *vault = test_vault_make (&pair.f, name);

  test_introduce (vault, pair.desk);
  set_trust (pair.desk, name, SAK_TRUST_COMPARED);
  return vault;
}

static void
assert_no_damage (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakCheckReport) report = sak_vault_check (pair.partner, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

static void
nobody_is_believed_by_default (void)
{
  static const char *const added[] = { "Stranger", NULL };
  const SakNoticeChange change = { .add = added };
  g_autofree char *text = NULL;
  g_autoptr (GError) not_compared = NULL;
  g_autoptr (GError) not_chosen = NULL;
  g_autoptr (SakNoticeOutcome) nothing = NULL;

  g_assert_null (sak_notice_make (pair.desk, &change, &not_compared));
  g_assert_error (not_compared, SAK_ERROR, SAK_ERROR_UNTRUSTED);
  set_trust (pair.desk, "Stranger", SAK_TRUST_COMPARED);
  text = make_notice (&change);
  assert_refused (text, SAK_ERROR_UNTRUSTED);
  g_assert_false (sak_vault_set_authority (pair.partner, "Desk", TRUE, &not_chosen));
  g_assert_error (not_chosen, SAK_ERROR, SAK_ERROR_UNTRUSTED);
  nothing = sak_notice_apply (pair.partner, NULL);
  g_assert_cmpuint (nothing->number, ==, 0);
}

static void
members_come_as_seen_and_named (void)
{
  static const SakNoticeChange none = { NULL };
  g_autofree char *text = NULL;
  g_autoptr (SakNoticeOutcome) outcome = NULL;
  g_autoptr (SakContact) member = NULL;
  g_autoptr (SakContactNote) note = NULL;

  set_trust (pair.partner, "Desk", SAK_TRUST_COMPARED);
  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", TRUE, NULL));
  text = make_notice (&none);
  outcome = take (text);
  g_assert_cmpuint (outcome->number, ==, 2);
  g_assert_cmpuint (outcome->added->len, ==, 1);
  member = find (pair.partner, "Stranger");
  g_assert_cmpint (member->trust, ==, SAK_TRUST_SEEN);
  note = sak_vault_load_contact_note (pair.partner, member->signing_key, NULL);
  g_assert_cmpstr (note->named_by, ==, "Desk");
  g_assert_null (note->revoked_by);
  assert_refused (text, SAK_ERROR_REPLAYED);
  assert_no_damage ();
}

static void
another_authority_needs_a_no_first (void)
{
  g_autoptr (GError) error = NULL;

  set_trust (pair.partner, "Stranger", SAK_TRUST_COMPARED);
  g_assert_false (sak_vault_set_authority (pair.partner, "Stranger", TRUE, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
}

static void
it_travels_in_bundles_to_its_members (void)
{
  static const char *const added[] = { "Harbour", "Port", NULL };
  const SakNoticeChange change = { .add = added };
  g_autoptr (SakVault) port = make_member ("Port");
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (SakBundleReport) report = NULL;

  set_trust (pair.desk, "Harbour", SAK_TRUST_COMPARED);
  text = make_notice (&change);
  path = test_bundle (&pair, pair.desk, "Harbour", NULL, "notice.age");
  report = test_import (pair.partner, path);
  g_assert_nonnull (report->notice);
  g_assert_cmpuint (report->notice->number, ==, 3);
  g_assert_cmpstr (report->notice->added->pdata[0], ==, "Port");
  sak_vault_lock (port);
}

/* Else the desk would go on believing a stolen key after it told everybody not to. */
static void
a_notice_and_what_it_does_here_come_together (void)
{
  static const char *const revoked[] = { "Port", "Stranger", NULL };
  const SakNoticeChange change = { .revoke = revoked, .since = "2026-11-01", .why = "Lost." };
  g_autoptr (SakRevision) before = sak_vault_load_own_notice (pair.desk, NULL);
  g_autoptr (SakRevision) after = NULL;
  g_autoptr (SakContact) contact = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_db_exec (pair.desk->db, "CREATE TEMP TRIGGER fails BEFORE UPDATE OF trust ON main.contact"
                              " WHEN OLD.name = 'Stranger' BEGIN SELECT RAISE (ABORT, 'as if the disk failed'); END",
                              NULL));
  g_assert_null (sak_notice_make (pair.desk, &change, &error));
  g_assert_nonnull (error);
  g_assert_true (sak_db_exec (pair.desk->db, "DROP TRIGGER fails", NULL));
  after = sak_vault_load_own_notice (pair.desk, NULL);
  g_assert_cmpstr (sak_revision_get_id (after), ==, sak_revision_get_id (before));
  contact = find (pair.desk, "Port");
  g_assert_cmpint (contact->trust, ==, SAK_TRUST_COMPARED);
}

static void
a_key_that_was_compared_is_revoked_loudly (void)
{
  static const char *const revoked[] = { "Stranger", NULL };
  const SakNoticeChange change = { .revoke = revoked, .since = "2026-11-01", .why = "The laptop was stolen." };
  const SakNoticeChange no_words = { .revoke = revoked, .since = "2026-11-01" };
  g_autofree char *id = test_add_event (pair.stranger, "From before", TRUE);
  g_autofree char *before = NULL;
  g_autofree char *later = NULL;
  g_autofree char *text = NULL;
  g_autoptr (SakBundleReport) report = NULL;
  g_autoptr (SakNoticeOutcome) outcome = NULL;
  g_autoptr (SakContact) member = NULL;
  g_autoptr (SakContactNote) note = NULL;
  g_autoptr (SakRecord) record = NULL;

  g_assert_null (sak_notice_make (pair.desk, &no_words, NULL));
  member = find (pair.desk, "Stranger");
  g_assert_cmpint (member->trust, ==, SAK_TRUST_COMPARED);
  g_clear_pointer (&member, sak_contact_free);
  test_introduce (pair.partner, pair.stranger);
  before = test_bundle (&pair, pair.stranger, "Harbour", id, "before.age");
  report = test_import (pair.partner, before);
  text = make_notice (&change);
  outcome = take (text);
  g_assert_cmpuint (outcome->revoked->len, ==, 0);
  g_assert_cmpstr (outcome->revoked_compared->pdata[0], ==, "Stranger");
  member = find (pair.partner, "Stranger");
  g_assert_cmpint (member->trust, ==, SAK_TRUST_REVOKED);
  note = sak_vault_load_contact_note (pair.partner, member->signing_key, NULL);
  g_assert_cmpstr (note->why, ==, "The laptop was stolen.");
  g_assert_cmpstr (note->since, ==, "2026-11-01");
  /* What came before stays; what comes later is refused. */
  record = sak_vault_load_record (pair.partner, id, NULL);
  g_assert_cmpstr (record->origin, ==, "Stranger");
  g_free (test_add_event (pair.stranger, "The thief's", TRUE));
  later = test_bundle (&pair, pair.stranger, "Harbour", NULL, "later.age");
  test_assert_refused (pair.partner, later, SAK_ERROR_UNTRUSTED);
  assert_no_damage ();
}

static void
it_is_not_given_back_by_a_later_notice (void)
{
  static const SakNoticeChange none = { NULL };
  g_autofree char *text = make_notice (&none);
  g_autoptr (SakNoticeOutcome) outcome = take (text);
  g_autoptr (SakContact) member = find (pair.partner, "Stranger");

  g_assert_cmpint (member->trust, ==, SAK_TRUST_REVOKED);
  g_assert_cmpuint (outcome->revoked->len + outcome->revoked_compared->len, ==, 0);
}

static void
a_name_in_the_network_is_taken_unless_it_is_another_s (void)
{
  static const char *const renamed[] = { "Port", "Port Office", NULL };
  static const char *const taken[] = { "Port", "Desk", NULL };
  const SakNoticeChange change = { .rename = renamed }, bad = { .rename = taken };
  g_autofree char *text = make_notice (&change);
  g_autofree char *clash = NULL;
  g_autoptr (SakNoticeOutcome) outcome = take (text);
  g_autoptr (SakNoticeOutcome) unchanged = NULL;
  g_autoptr (SakContact) member = find (pair.partner, "Port Office");

  g_assert_cmpstr (outcome->renamed->pdata[0], ==, "Port → Port Office");
  clash = make_notice (&bad);
  unchanged = take (clash);
  g_assert_cmpuint (unchanged->renamed->len, ==, 0);
  g_clear_pointer (&member, sak_contact_free);
  member = find (pair.partner, "Port Office");
  assert_no_damage ();
}

/* --- By who means ill, with the desk's key or without --- */

static char *
get_key (SakVault *vault)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  guint8 key[SAK_SIGN_PUBLIC_SIZE];

  sak_sign_get_public (seed, key);
  return sak_hex_encode (key, sizeof key);
}

/* Whatever it says, signed by this vault. */
static char *
sign_notice (SakVault   *vault,
             guint       number,
             const char *members,
             const char *revoked)
{
  static const char previous[] = "00000000000000000000000000000000000000000000000000000000000000aa";
  g_autofree char *json = g_strdup_printf ("{\"number\": %u, \"previous\": \"%s\", \"members\": %s, \"revoked\": %s}",
                                           number, previous, members, revoked);
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (json_t) fields = sak_json_parse (json, -1, NULL);
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (vault);
  const SakRevisionContent content = { .record_id = id, .kind = SAK_KIND_NOTICE, .form = SAK_KIND_NOTICE,
                                       .form_version = 1, .time = 1700000000, .fields = fields };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) revision = sak_revision_new (&content, seed, &error);

  g_assert_no_error (error);
  return sak_revision_to_line (revision, NULL);
}

static void
an_older_one_changes_nothing (void)
{
  g_autofree char *older = sign_notice (pair.desk, 2, "[]", "[]");

  g_autoptr (SakRevision) revision = sak_revision_parse (older, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) kept = NULL;

  assert_refused (older, SAK_ERROR_REPLAYED);
  kept = sak_vault_load_record (pair.partner, sak_revision_get_record_id (revision), &error);
  g_assert_null (kept);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
}

static void
two_of_one_number_are_told_of (void)
{
  g_autofree char *first = sign_notice (pair.desk, 40, "[]", "[]");
  g_autofree char *second = sign_notice (pair.desk, 40, "[]", "[]");
  g_autoptr (SakNoticeOutcome) taken = take (first);
  g_autoptr (SakNoticeOutcome) told = take (second);

  g_autoptr (SakNoticeOutcome) later = sak_notice_apply (pair.partner, NULL);

  g_assert_false (taken->tells_fork);
  g_assert_true (told->tells_fork);
  g_assert_cmpuint (told->number, ==, 0);
  g_assert_false (later->tells_fork);           /* once is enough */
}

static void
nobody_revokes_themselves_or_us (void)
{
  g_autofree char *own = get_key (pair.partner);
  g_autofree char *desk = get_key (pair.desk);
  g_autofree char *revoked = g_strdup_printf ("[{\"key\": \"%s\", \"since\": \"2026-01-01\", \"why\": \"x\"},"
                                              " {\"key\": \"%s\", \"since\": \"2026-01-01\", \"why\": \"y\"}]",
                                              own, desk);
  g_autofree char *text = sign_notice (pair.desk, 41, "[]", revoked);
  g_autoptr (SakNoticeOutcome) outcome = take (text);
  g_autoptr (SakContact) contact = find (pair.partner, "Desk");

  g_assert_true (outcome->names_us && outcome->names_signer);
  g_assert_cmpint (contact->trust, ==, SAK_TRUST_COMPARED);
}

static void
cards_that_do_not_hold_are_left_out (void)
{
  static const char members[] = "[{\"card\": \"\"}, {\"card\": \"{}\"}, {\"card\": \"x\", \"name\": \"A\"}]";
  g_autofree char *text = sign_notice (pair.desk, 42, members, "[]");
  g_autoptr (SakNoticeOutcome) outcome = take (text);

  g_assert_cmpuint (outcome->n_not_added, ==, 3);
  g_assert_cmpuint (outcome->added->len, ==, 0);
}

static void
a_key_is_revoked_before_its_card_comes (void)
{
  g_autoptr (SakVault) late = test_vault_make (&pair.f, "Late");
  g_autofree char *key = get_key (late);
  g_autofree char *revoked = g_strdup_printf ("[{\"key\": \"%s\", \"since\": \"2026-01-01\", \"why\": \"x\"}]", key);
  g_autofree char *text = sign_notice (pair.desk, 43, "[]", revoked);
  g_autoptr (SakNoticeOutcome) outcome = take (text);
  g_autoptr (SakContact) contact = NULL;

  g_assert_cmpuint (outcome->revoked->len + outcome->revoked_compared->len, ==, 0);
  test_introduce (late, pair.partner);
  contact = find (pair.partner, "Late");
  g_assert_cmpint (contact->trust, ==, SAK_TRUST_REVOKED);
  sak_vault_lock (late);
}

/* As the desk has it of a vault that it met just now. */
static char *
get_card (const char *name)
{
  g_autoptr (SakVault) vault = test_vault_make (&pair.f, name);
  g_autoptr (SakContact) contact = NULL;

  test_introduce (vault, pair.desk);
  contact = find (pair.desk, name);
  sak_vault_lock (vault);
  return g_strdup (contact->card);
}

static char *
list_members (const char *card,
              const char *name,
              const char *other_card,
              const char *other_name)
{
  g_autoptr (json_t) members = json_pack ("[{s:s, s:s}, {s:s, s:s}]", "card", card, "name", name, "card", other_card,
                                          "name", other_name);

  return sak_json_to_canonical (members);
}

/* Whoever has the desk's key could have what goes "to the port" sent to themselves. */
static void
a_name_that_was_given_is_not_given_on (void)
{
  g_autofree char *thief = get_card ("Thief");
  g_autoptr (SakContact) port = find (pair.partner, "Port Office");
  g_autofree char *members = list_members (port->card, "Port before", thief, "Port Office");
  g_autofree char *text = sign_notice (pair.desk, 44, members, "[]");
  g_autoptr (SakNoticeOutcome) outcome = take (text);
  g_autoptr (SakContact) before = find (pair.partner, "Port before");

  g_assert_cmpmem (before->signing_key, SAK_SIGN_PUBLIC_SIZE, port->signing_key, SAK_SIGN_PUBLIC_SIZE);
  g_assert_cmpuint (outcome->added->len, ==, 1);
  g_assert_cmpstr (outcome->added->pdata[0], ==, "Port Office (2)");
}

static void
a_revoked_key_that_is_named_again_stays_revoked (void)
{
  g_autofree char *card = get_card ("Gone");
  g_autofree char *other = get_card ("Staying");
  g_autoptr (SakContact) gone = find (pair.desk, "Gone");
  g_autofree char *key = sak_hex_encode (gone->signing_key, SAK_SIGN_PUBLIC_SIZE);
  g_autofree char *revoked = g_strdup_printf ("[{\"key\": \"%s\", \"since\": \"2026-01-01\", \"why\": \"x\"}]", key);
  g_autofree char *members = list_members (card, "Gone", other, "Staying");
  g_autofree char *text = sign_notice (pair.desk, 45, members, revoked);
  g_autoptr (SakNoticeOutcome) outcome = take (text);
  g_autoptr (SakContact) contact = find (pair.partner, "Gone");

  g_assert_cmpint (contact->trust, ==, SAK_TRUST_REVOKED);
  g_assert_cmpuint (outcome->added->len, ==, 1);
  g_assert_cmpstr (outcome->added->pdata[0], ==, "Staying");
}

static void
what_is_no_notice_is_refused (void)
{
  g_autofree char *foreign = sign_notice (pair.stranger, 50, "[]", "[]");
  g_autofree char *no_list = sign_notice (pair.desk, 50, "{}", "[]");
  g_autofree char *no_day = sign_notice (pair.desk, 50, "[]", "[{\"key\": \"00000000000000000000000000000000000000"
                                         "000000000000000000000000aa\", \"since\": \"soon\", \"why\": \"x\"}]");
  g_autofree char *zero = sign_notice (pair.desk, 0, "[]", "[]");

  assert_refused (foreign, SAK_ERROR_UNTRUSTED);
  assert_refused (no_list, SAK_ERROR_INVALID);
  assert_refused (no_day, SAK_ERROR_INVALID);
  assert_refused (zero, SAK_ERROR_INVALID);
  assert_refused ("", SAK_ERROR_INVALID);
  assert_refused ("{}", SAK_ERROR_INVALID);
}

/* Who was harmed is not told to all by way of why a key counts no more. */
static void
names_in_the_reason_are_found (void)
{
  static const char *const recipients[] = { "Harbour", NULL };
  static const char *const revoked[] = { "Lost", NULL };
  const SakNoticeChange change = { .revoke = revoked, .since = "2026-01-01", .why = "Taken from Daw Khin Hla Nwe." };
  g_autoptr (SakVault) lost = make_member ("Lost");
  g_autofree char *person = test_add_json (pair.desk, "person", "{\"identity.name\": \"Daw Khin Hla Nwe\", \"consent\":"
                                           " {\"share\": \"no\"}}", TRUE);
  g_autofree char *text = make_notice (&change);
  g_autoptr (SakRevision) notice = sak_revision_parse (text, (gssize) strlen (text) - 1, NULL);
  const char *const named[] = { sak_revision_get_record_id (notice), NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakExportPlan) plan = sak_export_plan_new (pair.desk, recipients, named, &error);
  const SakPlanItem *item;

  g_assert_no_error (error);
  g_assert_nonnull (person);
  g_assert_cmpuint (plan->items->len, >, 0);
  item = plan->items->pdata[plan->items->len - 1];
  g_assert_cmpstr (item->record_id, ==, named[0]);
  g_assert_cmpuint (item->hits->len, ==, 1);
  g_assert_cmpstr (((SakPlanHit *) item->hits->pdata[0])->path, ==, "revoked");
  sak_vault_lock (lost);
}

/* As a rescue may leave it: whose notices are believed is known, and the contact is not. */
static void
an_authority_that_is_gone_is_nobody (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) authority = NULL;
  g_autoptr (SakNoticeOutcome) outcome = NULL;
  static const char setting[] = "{\"key\":\"00000000000000000000000000000000000000000000000000000000000000aa\"}";

  g_assert_true (sak_vault_begin (pair.stranger, NULL));
  g_assert_true (sak_vault_set_setting (pair.stranger, "notice-authority", setting, strlen (setting), NULL));
  g_assert_true (sak_vault_commit (pair.stranger, NULL));
  authority = sak_vault_load_authority (pair.stranger, &error);
  g_assert_no_error (error);
  g_assert_null (authority);
  outcome = sak_notice_apply (pair.stranger, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (outcome->number, ==, 0);
}

static void
send_version (SakVault   *from,
              SakVault   *to,
              const char *record_id,
              const char *parent)
{
  g_autofree char *path = test_path (&pair, "beside.age");
  g_autoptr (json_t) fields = json_pack ("{s:i, s:[], s:[]}", "number", 1, "members", "revoked");
  g_autoptr (SakBundleReport) report = NULL;
  HandBundle bundle;

  g_remove (path);
  hand_bundle_init (&bundle, from, to);
  hand_bundle_add_revision (&bundle, record_id, SAK_KIND_NOTICE, parent, fields);
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  report = test_import (to, path);
  g_assert_true (report->is_verified);
}

/* A member puts versions for nobody beside the notice, and on top of it; it still goes to the others, and alone. */
static void
no_member_holds_it_back (void)
{
  static const SakNoticeChange none = { NULL };
  static const char *const recipients[] = { "Port", NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = make_notice (&none);
  g_autoptr (SakRevision) notice = sak_revision_parse (text, (gssize) strlen (text) - 1, NULL);
  const char *id = sak_revision_get_record_id (notice);
  const char *const named[] = { id, NULL };
  g_autoptr (SakExportPlan) plan = NULL;
  const SakPlanItem *item;

  send_version (pair.partner, pair.desk, id, NULL);
  send_version (pair.partner, pair.desk, id, sak_revision_get_id (notice));
  plan = sak_export_plan_new (pair.desk, recipients, named, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->items->len, ==, 1);
  item = plan->items->pdata[0];
  g_assert_cmpint (item->verdict, ==, SAK_PLAN_LEAVES);
  g_assert_cmpuint (item->revision_ids->len, ==, 1);
  g_assert_cmpstr (item->revision_ids->pdata[0], ==, sak_revision_get_id (notice));
  g_assert_cmpstr (item->revision_id, ==, sak_revision_get_id (notice));
}

/* In a bundle from somebody else: it counts for what its signer says, and only where that is believed. */
static void
who_brings_it_does_not_matter (void)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *path = test_path (&pair, "brought.age");
  g_autoptr (json_t) fields = json_pack ("{s:i, s:s, s:[], s:[]}", "number", 900, "previous",
                                         "00000000000000000000000000000000000000000000000000000000000000aa",
                                         "members", "revoked");
  g_autoptr (SakBundleReport) report = NULL;
  HandBundle bundle;

  hand_bundle_init (&bundle, pair.desk, pair.partner);
  hand_bundle_add_revision (&bundle, id, SAK_KIND_NOTICE, NULL, fields);
  hand_bundle_write (&bundle, path);
  hand_bundle_clear (&bundle);
  report = test_import (pair.partner, path);
  g_assert_cmpuint (report->notice->number, ==, 900);
  assert_no_damage ();
}

static void
without_a_yes_it_is_only_kept (void)
{
  g_autofree char *text = sign_notice (pair.desk, 901, "[]", "[]");

  g_assert_true (sak_vault_set_authority (pair.partner, "Desk", FALSE, NULL));
  assert_refused (text, SAK_ERROR_UNTRUSTED);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  test_pair_set_up (&pair);
  test_introduce (pair.stranger, pair.desk);
  g_test_add_func ("/notice/nobody-is-believed-by-default", nobody_is_believed_by_default);
  g_test_add_func ("/notice/members-come-as-seen-and-named", members_come_as_seen_and_named);
  g_test_add_func ("/notice/another-authority-needs-a-no-first", another_authority_needs_a_no_first);
  g_test_add_func ("/notice/it-travels-in-bundles-to-its-members", it_travels_in_bundles_to_its_members);
  g_test_add_func ("/notice/a-notice-and-what-it-does-here-come-together",
                   a_notice_and_what_it_does_here_come_together);
  g_test_add_func ("/notice/a-key-that-was-compared-is-revoked-loudly", a_key_that_was_compared_is_revoked_loudly);
  g_test_add_func ("/notice/it-is-not-given-back-by-a-later-notice", it_is_not_given_back_by_a_later_notice);
  g_test_add_func ("/notice/a-name-in-the-network-is-taken-unless-it-is-another-s",
                   a_name_in_the_network_is_taken_unless_it_is_another_s);
  g_test_add_func ("/notice/an-older-one-changes-nothing", an_older_one_changes_nothing);
  g_test_add_func ("/notice/two-of-one-number-are-told-of", two_of_one_number_are_told_of);
  g_test_add_func ("/notice/nobody-revokes-themselves-or-us", nobody_revokes_themselves_or_us);
  g_test_add_func ("/notice/cards-that-do-not-hold-are-left-out", cards_that_do_not_hold_are_left_out);
  g_test_add_func ("/notice/a-key-is-revoked-before-its-card-comes", a_key_is_revoked_before_its_card_comes);
  g_test_add_func ("/notice/a-name-that-was-given-is-not-given-on", a_name_that_was_given_is_not_given_on);
  g_test_add_func ("/notice/a-revoked-key-that-is-named-again-stays-revoked",
                   a_revoked_key_that_is_named_again_stays_revoked);
  g_test_add_func ("/notice/what-is-no-notice-is-refused", what_is_no_notice_is_refused);
  g_test_add_func ("/notice/no-member-holds-it-back", no_member_holds_it_back);
  g_test_add_func ("/notice/names-in-the-reason-are-found", names_in_the_reason_are_found);
  g_test_add_func ("/notice/an-authority-that-is-gone-is-nobody", an_authority_that_is_gone_is_nobody);
  g_test_add_func ("/notice/who-brings-it-does-not-matter", who_brings_it_does_not_matter);
  g_test_add_func ("/notice/without-a-yes-it-is-only-kept", without_a_yes_it_is_only_kept);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  return result;
}
