/* test-exchange.c - the rows of exchange: streams, arrivals, and other people's revisions
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "storage/sak-check.h"
#include "storage/sak-exchange.h"
#include "tests/headless/sak-test-vault.h"

typedef struct
{
  TestVault base;
  SakVault *other;              /* the sender's */
  SakContact *sender;           /* as the receiver knows it */
} Fixture;

/* A contact row for @vault's keys, as a card would make it. */
static SakContact *
add_contact (SakVault   *to,
             SakVault   *of,
             const char *name)
{
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (of);
  g_autoptr (SakSecret) identity = sak_vault_dup_exchange_identity (of);
  g_autoptr (GError) error = NULL;
  SakContact contact = {
    .name = (char *) name, .organisation = (char *) "", .card = (char *) "{}", .is_practice = TRUE,
  };
  SakContact *found;
  gboolean added;

  sak_sign_get_public (seed, contact.signing_key);
  sak_x25519_get_public (identity, contact.recipient.bytes);
  added = sak_vault_add_contact (to, &contact, &error);
  g_assert_no_error (error);
  g_assert_true (added);
  found = sak_vault_find_contact_by_key (to, contact.signing_key, &error);
  g_assert_no_error (error);
  return found;
}

static void
set_up (Fixture       *f,
        gconstpointer  unused)
{
  test_vault_set_up (&f->base, NULL);
  f->other = test_vault_make (&f->base, "Sender");
  f->sender = add_contact (f->base.vault, f->other, "Sender");
}

static void
tear_down (Fixture       *f,
           gconstpointer  unused)
{
  sak_contact_free (f->sender);
  sak_vault_lock (f->other);
  g_clear_object (&f->other);
  test_vault_tear_down (&f->base, NULL);
}

static SakRevision *
get_head (SakVault   *vault,
          const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = sak_vault_list_history (vault, id, &error);

  g_assert_no_error (error);
  return sak_revision_ref (history->pdata[0]);
}

static void
arrive (Fixture     *f,
        SakRevision *revision,
        gboolean     commit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakArrival) arrival = sak_vault_begin_arrival (f->base.vault, f->sender, &error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new ();
  const guint8 stream_id[SAK_STREAM_ID_SIZE] = { 1 };
  const guint8 digest[SAK_SHA256_SIZE] = { 2 };
  SakStream stream;
  gboolean is_new, done;

  g_assert_no_error (error);
  done = sak_vault_get_incoming_stream (f->base.vault, f->sender, stream_id, &stream, &error) &&
         sak_arrival_begin_media (arrival, NULL, &error) &&
         sak_arrival_write_media (arrival, "a photo", 7, NULL, &error) &&
         sak_arrival_end_media (arrival, "5b31a4ee5e7ff0a7b3ca48a3ac2ff1efbdf3d0c6bb0ffd6e4ab8ab3fc0ae8d95", NULL, NULL);
  g_assert_no_error (error);
  g_assert_false (done);        /* that was not the photo's digest: nothing of it is kept */
  done = sak_arrival_add_revision (arrival, revision, &is_new, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  stream.sequence++;
  if (commit)
    done = sak_arrival_commit (arrival, &stream, entries, digest, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static void
an_arrival_is_all_or_nothing (Fixture       *f,
                              gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->other, "From afar", TRUE);
  g_autoptr (SakRevision) revision = get_head (f->other, id);
  g_autofree char *inbox = g_build_filename (f->base.path, "inbox", NULL);
  g_autofree char *files = NULL;
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  arrive (f, revision, FALSE);
  g_assert_cmpuint (test_count_records (f->base.vault), ==, 0);
  files = test_fingerprint (inbox);
  g_assert_cmpstr (files, ==, "");

  arrive (f, revision, TRUE);
  record = sak_vault_load_record (f->base.vault, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record->origin, ==, "Sender");
  g_assert_cmpint (record->state, ==, SAK_RECORD_FINISHED);
  arrive (f, revision, TRUE);   /* the same again changes nothing */
  g_assert_cmpuint (test_count_records (f->base.vault), ==, 1);
}

static void
finish_change (SakVault   *vault,
               const char *id,
               const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, &error);
  g_autofree char *revision = NULL;
  gboolean saved;

  g_assert_no_error (error);
  json_object_set_new (record->fields, "title", json_string (title));
  saved = sak_vault_save_draft (vault, id, record->base_revision, record->fields, &error);
  g_assert_no_error (error);
  g_assert_true (saved);
  revision = sak_vault_finish_record (vault, id, "changed", &error);
  g_assert_no_error (error);
}

static SakRecordState
get_state (SakVault   *vault,
           const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRecord) record = sak_vault_load_record (vault, id, &error);

  g_assert_no_error (error);
  return record->state;
}

/* A revision by the author replaces its parent; by somebody else it stands beside it. */
static void
only_its_author_supersedes_from_afar (Fixture       *f,
                                      gconstpointer  unused)
{
  g_autofree char *theirs = test_add_event (f->other, "Theirs", TRUE);
  g_autofree char *ours = test_add_event (f->base.vault, "Ours", TRUE);
  g_autoptr (SakRevision) first = get_head (f->other, theirs);
  g_autoptr (SakRevision) second = NULL;
  g_autoptr (SakRevision) our_head = get_head (f->base.vault, ours);
  g_autoptr (SakRevision) usurper = NULL;
  const char *parents[] = { sak_revision_get_id (our_head), NULL };
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (f->other);
  g_autoptr (json_t) fields = json_pack ("{s:s}", "title", "Not ours");
  SakRevisionContent content = { ours, "event", "event", 1, parents, 1700000000, "because", fields };
  g_autoptr (GError) error = NULL;

  finish_change (f->other, theirs, "Theirs, better");
  second = get_head (f->other, theirs);
  arrive (f, second, TRUE);     /* out of order: the child first */
  arrive (f, first, TRUE);
  g_assert_cmpint (get_state (f->base.vault, theirs), ==, SAK_RECORD_FINISHED);

  usurper = sak_revision_new (&content, seed, &error);
  g_assert_no_error (error);
  arrive (f, usurper, TRUE);
  g_assert_cmpint (get_state (f->base.vault, ours), ==, SAK_RECORD_CONFLICT);
  /* Nor does a change made here push aside what was not looked at: test-conflict.c. */
  finish_change (f->base.vault, ours, "Ours, changed");
  g_assert_cmpint (get_state (f->base.vault, ours), ==, SAK_RECORD_CONFLICT);
}

static void
an_arriving_revision_cannot_change_the_kind (Fixture       *f,
                                             gconstpointer  unused)
{
  g_autofree char *ours = test_add_event (f->base.vault, "Ours", TRUE);
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (f->other);
  g_autoptr (json_t) fields = json_pack ("{s:s}", "known_as", "x");
  SakRevisionContent content = { ours, "person", "person", 1, NULL, 1700000000, "", fields };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) revision = sak_revision_new (&content, seed, &error);
  g_autoptr (SakArrival) arrival = sak_vault_begin_arrival (f->base.vault, f->sender, &error);
  gboolean is_new;

  g_assert_no_error (error);
  g_assert_false (sak_arrival_add_revision (arrival, revision, &is_new, &error));
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

/* A record of a kind that only a later version knows is kept, listed and checked. */
static void
a_kind_of_a_later_version_is_kept (Fixture       *f,
                                   gconstpointer  unused)
{
  const char *id = "01234567-89ab-4def-8123-456789abcdef";
  g_autoptr (SakSecret) seed = sak_vault_dup_signing_seed (f->other);
  g_autoptr (json_t) fields = json_pack ("{s:s, s:{s:i}}", "title", "From the future", "orbit", "km", 400);
  SakRevisionContent content = { id, "satellite", "satellite", 7, NULL, 1700000000, "", fields };
  g_autoptr (GError) error = NULL;
  g_autoptr (SakRevision) revision = sak_revision_new (&content, seed, &error);
  g_autoptr (SakRecord) record = NULL;
  g_autoptr (SakCheckReport) report = NULL;

  g_assert_no_error (error);
  arrive (f, revision, TRUE);
  record = sak_vault_load_record (f->base.vault, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (record->kind, ==, "satellite");
  report = sak_vault_check (f->base.vault, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->damages->len, ==, 0);
}

static void
what_was_sent_is_not_unsent (Fixture       *f,
                             gconstpointer  unused)
{
  g_autofree char *id = test_add_event (f->base.vault, "Ours", TRUE);
  g_autoptr (SakRevision) head = get_head (f->base.vault, id);
  g_autoptr (GPtrArray) unsent = NULL;
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_stream_entry_free);
  SakStreamEntry *entry = g_new0 (SakStreamEntry, 1);
  SakStream stream, after;
  g_autoptr (GError) error = NULL;

  g_assert_true (sak_vault_get_outgoing_stream (f->base.vault, f->sender, &stream, &error));
  unsent = sak_vault_list_unsent (f->base.vault, stream.id, NULL, &error);
  g_assert_cmpuint (unsent->len, ==, 1);
  entry->number = 1;
  entry->kind = g_strdup ("revision");
  entry->id = g_strdup (sak_revision_get_id (head));
  sak_stream_chain (stream.head, 1, "revision", entry->id, entry->chain);
  g_ptr_array_add (entries, entry);
  g_assert_true (sak_vault_commit_sent (f->base.vault, stream.id, 1, entries, &error));
  g_clear_pointer (&unsent, g_ptr_array_unref);
  unsent = sak_vault_list_unsent (f->base.vault, stream.id, NULL, &error);
  g_assert_cmpuint (unsent->len, ==, 0);
  g_assert_true (sak_vault_get_outgoing_stream (f->base.vault, f->sender, &after, &error));
  g_assert_cmpuint (after.n_entries, ==, 1);
  g_assert_cmpmem (after.head, sizeof after.head, entry->chain, sizeof entry->chain);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/exchange/an-arrival-is-all-or-nothing", an_arrival_is_all_or_nothing);
  ADD ("/exchange/only-its-author-supersedes-from-afar", only_its_author_supersedes_from_afar);
  ADD ("/exchange/an-arriving-revision-cannot-change-the-kind", an_arriving_revision_cannot_change_the_kind);
  ADD ("/exchange/a-kind-of-a-later-version-is-kept", a_kind_of_a_later_version_is_kept);
  ADD ("/exchange/what-was-sent-is-not-unsent", what_was_sent_is_not_unsent);
  return g_test_run ();
}
