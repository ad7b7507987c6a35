/* test-key-slots.c - the ways into a vault: added, changed, removed, upgraded
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "storage/sak-key-slots.h"
#include "storage/sak-vault-private.h"
#include "tests/headless/sak-test-vault.h"

#define AT_SLOTS 128

static const SakKdfCost floor_cost = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };

static SakCredential *
passphrase (const char *text)
{
  g_autoptr (SakSecret) typed = test_passphrase (text);
  g_autoptr (GError) error = NULL;
  SakCredential *credential = sak_credential_new_passphrase (typed, &error);

  g_assert_no_error (error);
  return credential;
}

static SakCredential *
recovery_code (SakSecret *text)
{
  g_autoptr (GError) error = NULL;
  SakCredential *credential = sak_credential_new_recovery_code (text, NULL, &error);

  g_assert_no_error (error);
  return credential;
}

static SakCredential *
key_file (SakSecret  *file,
          const char *with_passphrase)
{
  g_autoptr (SakSecret) typed = with_passphrase != NULL ? test_passphrase (with_passphrase) : NULL;
  g_autoptr (GError) error = NULL;
  SakCredential *credential = sak_credential_new_key_file (file, typed, &error);

  g_assert_no_error (error);
  return credential;
}

/* The first @n of them, beginning with the one at @from. */
static SakCredential *
some_shares (GPtrArray *texts,
             guint      from,
             guint      n)
{
  g_autoptr (GPtrArray) typed = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  SakTypingMistake mistake;
  SakCredential *credential;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (typed, texts->pdata[(from + i) % texts->len]);
  credential = sak_credential_new_shares (typed, &mistake, &error);
  g_assert_no_error (error);
  return credential;
}

static void
assert_opens (TestVault     *f,
              SakCredential *credential)
{
  g_autoptr (GError) error = NULL;

  test_vault_close (f);
  f->vault = sak_vault_open_with (f->path, credential, &error);
  g_assert_no_error (error);
}

static void
assert_refused (TestVault     *f,
                SakCredential *credential,
                SakError       code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakVault) vault = NULL;

  test_vault_close (f);
  vault = sak_vault_open_with (f->path, credential, &error);
  g_assert_null (vault);
  g_assert_error (error, SAK_ERROR, (int) code);
}

static GPtrArray *
list (TestVault *f)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *slots = sak_vault_list_slots (f->vault, &error);

  g_assert_no_error (error);
  return slots;
}

static void
remove_slot (TestVault  *f,
             const char *id)
{
  g_autoptr (GError) error = NULL;
  gboolean removed = sak_vault_remove_slot (f->vault, id, &error);

  g_assert_no_error (error);
  g_assert_true (removed);
}

static char *
add_passphrase (TestVault  *f,
                const char *text,
                const char *label)
{
  g_autoptr (SakSecret) typed = test_passphrase (text);
  g_autoptr (GError) error = NULL;
  char *id = NULL;
  gboolean added = sak_vault_add_passphrase (f->vault, typed, &floor_cost, label, &id, &error);

  g_assert_no_error (error);
  g_assert_true (added);
  return id;
}

static void
read_header (TestVault  *f,
             const char *name,
             guint8      header[static SAK_HEADER_SIZE])
{
  g_autofree char *path = g_build_filename (f->path, name, NULL);
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_cmpuint (size, ==, SAK_HEADER_SIZE);
  memcpy (header, content, size);
}

static void
write_header (TestVault    *f,
              const char   *name,
              const guint8  header[static SAK_HEADER_SIZE])
{
  g_autofree char *path = g_build_filename (f->path, name, NULL);

  g_assert_true (g_file_set_contents (path, (const char *) header, SAK_HEADER_SIZE, NULL));
}

static void
seal_again (guint8 header[static SAK_HEADER_SIZE])
{
  sak_blake2b (NULL, 0, header, SAK_HEADER_SIZE - 32, header + SAK_HEADER_SIZE - 32, 32);
}

static void
each_kind_of_slot_opens_the_vault (TestVault     *f,
                                   gconstpointer  unused)
{
  g_autofree char *event = test_add_event (f->vault, "A boat", TRUE);
  g_autoptr (GError) error = NULL;
  g_autofree char *second = add_passphrase (f, "ရေကြည်ရာ မြက်နုရာ", "Daw Mya");
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, "in the safe", NULL, &error);
  g_autoptr (SakSecret) file = sak_vault_add_key_file (f->vault, NULL, NULL, "stick", NULL, &error);
  g_autoptr (SakSecret) both_typed = test_passphrase ("with the file");
  g_autoptr (SakSecret) both = sak_vault_add_key_file (f->vault, both_typed, &floor_cost, "", NULL, &error);
  g_autoptr (GPtrArray) shares = sak_vault_add_shares (f->vault, 3, 5, "the board", NULL, &error);
  g_autoptr (GPtrArray) credentials = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_credential_unref);

  g_assert_no_error (error);
  g_ptr_array_add (credentials, passphrase ("the passphrase"));
  g_ptr_array_add (credentials, passphrase ("ရေကြည်ရာ မြက်နုရာ"));
  g_ptr_array_add (credentials, recovery_code (code));
  g_ptr_array_add (credentials, key_file (file, NULL));
  g_ptr_array_add (credentials, key_file (both, "with the file"));
  g_ptr_array_add (credentials, some_shares (shares, 0, 3));
  for (guint i = 0; i < credentials->len; i++)
    {
      g_autoptr (GPtrArray) slots = NULL;

      assert_opens (f, credentials->pdata[i]);
      g_assert_cmpuint (test_count_records (f->vault), ==, 1);
      slots = list (f);
      g_assert_cmpuint (slots->len, ==, 6);
      for (guint j = 0; j < slots->len; j++)
        {
          const SakSlotInfo *info = g_ptr_array_index (slots, j);

          g_assert_cmpint (info->opened_this_session, ==, i == j);
          g_assert_cmpint (ABS (info->made_at - g_get_real_time () / G_USEC_PER_SEC), <, 300);
        }
      g_assert_cmpint (((SakSlotInfo *) slots->pdata[i])->type, ==,
                       sak_credential_get_slot_type (credentials->pdata[i]));
    }
}

static void
a_credential_opens_slots_of_its_own_kind_alone (TestVault     *f,
                                                gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) file = sak_vault_add_key_file (f->vault, NULL, NULL, "", NULL, &error);
  g_autoptr (SakCredential) with_passphrase = key_file (file, "the passphrase");
  g_autoptr (SakSecret) strange = sak_vault_add_recovery_code (f->vault, "", NULL, &error);
  g_autoptr (SakCredential) as_passphrase = sak_credential_new_passphrase (strange, &error);

  g_assert_no_error (error);
  assert_refused (f, with_passphrase, SAK_ERROR_PASSPHRASE);
  assert_refused (f, as_passphrase, SAK_ERROR_PASSPHRASE);
}

static void
any_shares_of_a_vault_open_it_and_others_do_not (TestVault     *f,
                                                 gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = sak_vault_add_shares (f->vault, 2, 3, "first", NULL, &error);
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) second = sak_vault_add_shares (f->vault, 2, 2, "second", &id, &error);
  g_autoptr (SakCredential) by_second = some_shares (second, 0, 2);
  g_autoptr (GPtrArray) mixed = g_ptr_array_new ();
  g_autoptr (GPtrArray) slots = NULL;
  SakTypingMistake mistake;
  SakCredential *credential;

  g_assert_no_error (error);
  for (guint from = 0; from < 3; from++)
    {
      g_autoptr (SakCredential) two = some_shares (first, from, 2);

      assert_opens (f, two);
    }
  slots = list (f);
  g_assert_cmpuint (((SakSlotInfo *) slots->pdata[1])->threshold, ==, 2);
  g_assert_cmpuint (((SakSlotInfo *) slots->pdata[1])->n_shares, ==, 3);
  g_assert_cmpuint (((SakSlotInfo *) slots->pdata[1])->set_number, <, 1 << 15);
  remove_slot (f, id);
  assert_refused (f, by_second, SAK_ERROR_PASSPHRASE);

  g_ptr_array_add (mixed, first->pdata[0]);
  credential = sak_credential_new_shares (mixed, &mistake, &error);
  g_assert_null (credential);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (mistake.kind, ==, SAK_MISTAKE_TOO_FEW);
  g_ptr_array_add (mixed, second->pdata[1]);
  g_ptr_array_add (mixed, first->pdata[2]);
  credential = sak_credential_new_shares (mixed, &mistake, &error);
  g_assert_null (credential);
  g_assert_cmpint (mistake.kind, ==, SAK_MISTAKE_OTHER_SET);
  g_assert_cmpuint (mistake.part, ==, 2);
}

/* A wallet's share: well made, but of 128 bits and another exponent. It is not computed. */
static void
shares_of_other_programs_are_refused (void)
{
  g_autoptr (SakSecret) wallet = test_passphrase ("duckling enlarge academic academic agency result length "
                                                  "solution fridge kidney coal piece deal husband erode duke ajar "
                                                  "critical decision keyboard");
  g_autoptr (GPtrArray) typed = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  SakTypingMistake mistake;
  SakCredential *credential;

  g_ptr_array_add (typed, wallet);
  credential = sak_credential_new_shares (typed, &mistake, &error);
  g_assert_null (credential);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE);
}

static void
numbers_of_shares_have_bounds (TestVault     *f,
                               gconstpointer  unused)
{
  const struct { guint threshold, n; } bad[] = { { 0, 3 }, { 1, 3 }, { 4, 3 }, { 2, 17 }, { 17, 17 } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      GPtrArray *shares = sak_vault_add_shares (f->vault, bad[i].threshold, bad[i].n, "", NULL, &error);

      g_assert_null (shares);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

static void
what_slots_are_called_is_not_in_the_header (TestVault     *f,
                                            gconstpointer  unused)
{
  g_autofree char *id = add_passphrase (f, "another", "Daw Mya, Mawlamyine");
  g_autoptr (GPtrArray) slots = NULL;
  guint8 header[SAK_HEADER_SIZE];
  const SakSlotInfo *info;

  read_header (f, "vault.header", header);
  g_assert_null (memmem (header, sizeof header, "Mya", 3));
  test_vault_reopen (f);
  slots = list (f);
  info = g_ptr_array_index (slots, 1);
  g_assert_cmpstr (info->label, ==, "Daw Mya, Mawlamyine");
  g_assert_cmpstr (info->id, ==, id);
  g_assert_cmpuint (info->cost.passes, ==, floor_cost.passes);
  g_assert_cmpuint (info->cost.memory_bytes, ==, floor_cost.memory_bytes);
}

static void
a_removed_slot_opens_nothing (TestVault     *f,
                              gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, "lost", &id, &error);
  g_autoptr (SakCredential) credential = recovery_code (code);
  g_autofree char *header_path = g_build_filename (f->path, "vault.header", NULL);
  g_autofree char *setting = g_strconcat ("slot-", id, NULL);
  g_autoptr (GBytes) description = NULL;

  g_assert_no_error (error);
  assert_opens (f, credential);
  remove_slot (f, id);
  description = sak_vault_get_setting (f->vault, setting, NULL);
  g_assert_null (description);
  assert_refused (f, credential, SAK_ERROR_PASSPHRASE);
  /* Nor by the copy, whatever is done to the first. */
  g_assert_cmpint (g_unlink (header_path), ==, 0);
  assert_refused (f, credential, SAK_ERROR_PASSPHRASE);
  test_vault_reopen (f);
}

/* What a crash between the two writings leaves: the copy still has the slot. */
static void
an_older_copy_does_not_outlive_the_next_opening (TestVault     *f,
                                                 gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, "lost", &id, &error);
  g_autoptr (SakCredential) credential = recovery_code (code);
  g_autofree char *header_path = g_build_filename (f->path, "vault.header", NULL);
  guint8 with_slot[SAK_HEADER_SIZE];

  g_assert_no_error (error);
  read_header (f, "vault.header.bak", with_slot);
  remove_slot (f, id);
  write_header (f, "vault.header.bak", with_slot);
  test_vault_reopen (f);
  test_vault_close (f);
  g_assert_cmpint (g_unlink (header_path), ==, 0);
  assert_refused (f, credential, SAK_ERROR_PASSPHRASE);
}

/* The first file from before a code was removed, the second from after. */
static void
an_older_first_file_gives_way_to_the_newer_copy (TestVault     *f,
                                                 gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *kept_id = NULL;
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, "lost", &id, &error);
  g_autoptr (SakCredential) removed = recovery_code (code);
  g_autoptr (SakSecret) kept_code = NULL;
  g_autoptr (SakCredential) kept = NULL;
  guint8 older[SAK_HEADER_SIZE], newer[SAK_HEADER_SIZE], now[SAK_HEADER_SIZE];

  g_assert_no_error (error);
  read_header (f, "vault.header", older);
  remove_slot (f, id);
  kept_code = sak_vault_add_recovery_code (f->vault, "kept", &kept_id, &error);
  g_assert_no_error (error);
  kept = recovery_code (kept_code);
  test_vault_close (f);
  read_header (f, "vault.header", newer);

  write_header (f, "vault.header", older);
  assert_refused (f, removed, SAK_ERROR_PASSPHRASE);
  f->vault = sak_vault_open_with (f->path, kept, &error);
  g_assert_no_error (error);
  read_header (f, "vault.header", now);
  g_assert_cmpmem (now, sizeof now, newer, sizeof newer);
}

static void
the_last_way_in_stays (TestVault     *f,
                       gconstpointer  unused)
{
  g_autoptr (GPtrArray) slots = list (f);
  const char *first = ((SakSlotInfo *) slots->pdata[0])->id;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  gboolean removed = sak_vault_remove_slot (f->vault, first, &error);

  g_assert_false (removed);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LAST_KEY);
  g_clear_error (&error);
  removed = sak_vault_remove_slot (f->vault, "0000000000000000", &error);
  g_assert_false (removed);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_NOT_FOUND);
  g_clear_error (&error);

  second = add_passphrase (f, "another", "");
  remove_slot (f, first);
  removed = sak_vault_remove_slot (f->vault, second, &error);
  g_assert_false (removed);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LAST_KEY);
}

/* A slot of a kind that is not invented yet: the owner's other program put it there. */
static void
a_slot_of_a_newer_kind_is_kept_and_shown (TestVault     *f,
                                          gconstpointer  unused)
{
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *another = NULL;
  guint8 newer[SAK_SLOT_SIZE];
  guint8 header[SAK_HEADER_SIZE];
  gboolean removed;

  memset (newer, 0x5a, sizeof newer);
  newer[0] = 77;
  memcpy (f->vault->header.slots[3], newer, sizeof newer);
  another = add_passphrase (f, "another", "");
  test_vault_reopen (f);
  read_header (f, "vault.header", header);
  g_assert_cmpmem (header + AT_SLOTS + 3 * SAK_SLOT_SIZE, SAK_SLOT_SIZE, newer, sizeof newer);
  slots = list (f);
  g_assert_cmpuint (slots->len, ==, 3);
  g_assert_cmpint (((SakSlotInfo *) slots->pdata[2])->type, ==, SAK_SLOT_NEWER);

  /* It may open the vault, but nobody here can say so. */
  remove_slot (f, another);
  removed = sak_vault_remove_slot (f->vault, ((SakSlotInfo *) slots->pdata[0])->id, &error);
  g_assert_false (removed);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LAST_KEY);
  remove_slot (f, "5a5a5a5a5a5a5a5a");
  test_vault_reopen (f);
}

static void
a_passphrase_is_changed_in_its_slot (TestVault     *f,
                                     gconstpointer  unused)
{
  g_autoptr (SakCredential) old = passphrase ("the passphrase");
  g_autoptr (SakCredential) new = passphrase ("ถ้อยคำใหม่");
  g_autoptr (SakSecret) code = NULL;
  g_autoptr (SakCredential) other_kind = NULL;
  g_autoptr (GPtrArray) before = list (f);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = ((SakSlotInfo *) before->pdata[0])->id;
  gboolean changed = sak_vault_change_passphrase (f->vault, id, new, &floor_cost, &error);

  g_assert_no_error (error);
  g_assert_true (changed);
  assert_refused (f, old, SAK_ERROR_PASSPHRASE);
  assert_opens (f, new);
  after = list (f);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (((SakSlotInfo *) after->pdata[0])->id, ==, id);

  code = sak_vault_add_recovery_code (f->vault, "", NULL, &error);
  other_kind = recovery_code (code);
  changed = sak_vault_change_passphrase (f->vault, id, other_kind, NULL, &error);
  g_assert_false (changed);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

static void
a_credential_is_verified_without_opening_anew (TestVault     *f,
                                               gconstpointer  unused)
{
  g_autoptr (SakCredential) right = passphrase ("the passphrase");
  g_autoptr (SakCredential) wrong = passphrase ("the Passphrase");
  g_autofree char *id = NULL;
  g_autoptr (GPtrArray) slots = list (f);
  g_autoptr (GError) error = NULL;
  gboolean verified = sak_vault_verify_credential (f->vault, right, &id, &error);

  g_assert_no_error (error);
  g_assert_true (verified);
  g_assert_cmpstr (id, ==, ((SakSlotInfo *) slots->pdata[0])->id);
  verified = sak_vault_verify_credential (f->vault, wrong, NULL, &error);
  g_assert_false (verified);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_PASSPHRASE);
  g_clear_error (&error);
  sak_vault_lock (f->vault);
  verified = sak_vault_verify_credential (f->vault, right, NULL, &error);
  g_assert_false (verified);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_LOCKED);
}

static void
eight_slots_and_no_more (TestVault     *f,
                         gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) ninth = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  for (guint i = 1; i < SAK_HEADER_N_SLOTS; i++)
    {
      g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, "", NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (code);
    }
  before = test_fingerprint (f->path);
  ninth = sak_vault_add_recovery_code (f->vault, "", NULL, &error);
  g_assert_null (ninth);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_SLOTS_FULL);
  after = test_fingerprint (f->path);
  g_assert_cmpstr (before, ==, after);
}

static void
a_thousand_wrong_codes_leave_no_trace (TestVault     *f,
                                       gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, "", NULL, &error);
  g_autoptr (SakCredential) right = recovery_code (code);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  test_vault_close (f);
  before = test_fingerprint (f->path);
  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (SakSecret) key = sak_recovery_code_new ();
      g_autoptr (SakSecret) text = sak_recovery_code_to_text (key);
      g_autoptr (SakCredential) wrong = recovery_code (text);

      assert_refused (f, wrong, SAK_ERROR_PASSPHRASE);
    }
  after = test_fingerprint (f->path);
  g_assert_cmpstr (before, ==, after);
  assert_opens (f, right);
}

/* As a later version of the program will do it to the vaults of this one. */
static void
a_slot_below_the_floor_is_wrapped_anew (TestVault     *f,
                                        gconstpointer  unused)
{
  const SakKdfCost floors[] = {
    { SAK_KDF_MIN_PASSES + 1, SAK_KDF_MIN_MEMORY },
    { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY + 64 * 1024 * 1024 },
  };
  g_autoptr (SakCredential) credential = passphrase ("the passphrase");
  SakKdfCost expected = floor_cost;

  for (guint i = 0; i < G_N_ELEMENTS (floors); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) slots = NULL;
      guint8 header[SAK_HEADER_SIZE], copy[SAK_HEADER_SIZE];

      test_vault_close (f);
      f->vault = sak_vault_open_at (f->path, credential, &floors[i], &error);
      g_assert_no_error (error);
      expected.passes = MAX (expected.passes, floors[i].passes);
      expected.memory_bytes = MAX (expected.memory_bytes, floors[i].memory_bytes);
      assert_opens (f, credential);
      slots = list (f);
      g_assert_cmpuint (((SakSlotInfo *) slots->pdata[0])->cost.passes, ==, expected.passes);
      g_assert_cmpuint (((SakSlotInfo *) slots->pdata[0])->cost.memory_bytes, ==, expected.memory_bytes);
      read_header (f, "vault.header", header);
      read_header (f, "vault.header.bak", copy);
      g_assert_cmpmem (header, sizeof header, copy, sizeof copy);
    }
}

static void
a_slot_that_cannot_be_raised_opens_all_the_same (TestVault     *f,
                                                 gconstpointer  unused)
{
  const SakKdfCost unreachable = { SAK_KDF_MAX_PASSES + 1, SAK_KDF_MIN_MEMORY };
  g_autoptr (SakCredential) credential = passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = NULL;

  test_vault_close (f);
  f->vault = sak_vault_open_at (f->path, credential, &unreachable, &error);
  g_assert_no_error (error);
  slots = list (f);
  g_assert_cmpuint (((SakSlotInfo *) slots->pdata[0])->cost.passes, ==, floor_cost.passes);
  test_vault_reopen (f);
}

/* One slot damaged, the file's checksum not: each byte of it in turn. The other slots open
 * by way of the copy, which is whole; so does the damaged one.
 */
static void
a_damaged_slot_does_not_keep_the_others_out (TestVault     *f,
                                             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, "", NULL, &error);
  g_autoptr (SakCredential) credential = recovery_code (code);
  guint8 header[SAK_HEADER_SIZE];

  g_assert_no_error (error);
  test_vault_close (f);
  read_header (f, "vault.header", header);
  for (gsize at = AT_SLOTS; at < AT_SLOTS + 2 * SAK_SLOT_SIZE; at++)
    {
      SakHeader opened;
      guint slot = 0;
      guint8 mended[SAK_HEADER_SIZE];
      g_autoptr (SakSecret) master_key = NULL;

      header[at] ^= 0x10;
      write_header (f, "vault.header", header);
      header[at] ^= 0x10;
      master_key = sak_header_open (f->path, credential, &opened, &slot, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (slot, ==, 1);
      read_header (f, "vault.header", mended);
      g_assert_cmpmem (mended, sizeof mended, header, sizeof header);
    }
  assert_opens (f, credential);
}

/* The same in both files and with the checksum made right: only that slot's own key fails to
 * open it, and every other one finds that the header was altered by somebody without a key.
 */
static void
a_forged_slot_is_told_from_a_wrong_code (TestVault     *f,
                                         gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, "", NULL, &error);
  g_autoptr (SakSecret) file = sak_vault_add_key_file (f->vault, NULL, NULL, "", NULL, &error);
  g_autoptr (SakCredential) by_code = recovery_code (code);
  g_autoptr (SakCredential) by_file = key_file (file, NULL);
  guint8 header[SAK_HEADER_SIZE];
  const gsize slot = AT_SLOTS + SAK_SLOT_SIZE;

  g_assert_no_error (error);
  test_vault_close (f);
  read_header (f, "vault.header", header);
  for (gsize at = 0; at < SAK_SLOT_SIZE; at++)
    {
      /* Type to memory, then nonce, commitment, wrapped key and tag, then what is never used. */
      SakError own = at < 120 || (at >= 144 && at < 176) ? SAK_ERROR_PASSPHRASE : SAK_ERROR_DAMAGED;

      header[slot + at] ^= 0x10;
      seal_again (header);
      write_header (f, "vault.header", header);
      write_header (f, "vault.header.bak", header);
      assert_refused (f, by_code, own);
      assert_refused (f, by_file, SAK_ERROR_DAMAGED);
      header[slot + at] ^= 0x10;
    }
}

static void
costs_that_no_machine_has_are_refused_at_once (TestVault     *f,
                                               gconstpointer  unused)
{
  const SakKdfCost costs[] = {
    { 0, SAK_KDF_MIN_MEMORY }, { SAK_KDF_MIN_PASSES, 0 }, { 1ULL << 63, SAK_KDF_MIN_MEMORY },
    { SAK_KDF_MIN_PASSES, 1ULL << 63 }, { SAK_KDF_MIN_PASSES, 64ULL << 30 }, { G_MAXUINT64, G_MAXUINT64 },
  };
  g_autoptr (SakCredential) credential = passphrase ("the passphrase");
  guint8 header[SAK_HEADER_SIZE];
  gint64 start;

  test_vault_close (f);
  read_header (f, "vault.header", header);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      guint64 passes = GUINT64_TO_LE (costs[i].passes);
      guint64 memory = GUINT64_TO_LE (costs[i].memory_bytes);

      memcpy (header + AT_SLOTS + 104, &passes, 8);
      memcpy (header + AT_SLOTS + 112, &memory, 8);
      seal_again (header);
      write_header (f, "vault.header", header);
      write_header (f, "vault.header.bak", header);
      assert_refused (f, credential, SAK_ERROR_DAMAGED);
    }
  /* None of them was begun: each would take minutes, also where the machine has nothing else to do. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

static void
passphrases_of_every_length_and_keyboard (TestVault     *f,
                                          gconstpointer  unused)
{
  g_autofree char *long_text = g_strnfill (10000, 'w');
  g_autofree char *longer_text = g_strnfill (10241, 'w');
  g_autoptr (SakSecret) empty = test_passphrase ("");
  g_autoptr (SakSecret) too_long = test_passphrase (longer_text);
  g_autoptr (SakCredential) decomposed = passphrase ("Tha\u0300nh pho\u0302\u0301 \u1025\u102e");
  g_autoptr (SakCredential) long_one = passphrase (long_text);
  g_autoptr (GError) error = NULL;
  gboolean added = sak_vault_add_passphrase (f->vault, empty, &floor_cost, "", NULL, &error);

  g_assert_false (added);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_clear_error (&error);
  added = sak_vault_add_passphrase (f->vault, too_long, &floor_cost, "", NULL, &error);
  g_assert_false (added);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_free (add_passphrase (f, long_text, ""));
  g_free (add_passphrase (f, "Th\u00e0nh ph\u1ed1 \u1026", ""));
  assert_opens (f, long_one);
  assert_opens (f, decomposed);
}

static void
labels_are_one_clean_line (TestVault     *f,
                           gconstpointer  unused)
{
  static const char *const bad[] = { "a\nb", "a\u202eb", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SakSecret) code = sak_vault_add_recovery_code (f->vault, bad[i], NULL, &error);

      g_assert_null (code);
      g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
    }
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, function) \
  g_test_add (path, TestVault, NULL, test_vault_set_up, function, test_vault_tear_down)

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/key-slots/each-kind-of-slot-opens-the-vault", each_kind_of_slot_opens_the_vault);
  ADD ("/key-slots/a-credential-opens-slots-of-its-own-kind-alone", a_credential_opens_slots_of_its_own_kind_alone);
  ADD ("/key-slots/any-shares-of-a-vault-open-it-and-others-do-not", any_shares_of_a_vault_open_it_and_others_do_not);
  g_test_add_func ("/key-slots/shares-of-other-programs-are-refused", shares_of_other_programs_are_refused);
  ADD ("/key-slots/numbers-of-shares-have-bounds", numbers_of_shares_have_bounds);
  ADD ("/key-slots/what-slots-are-called-is-not-in-the-header", what_slots_are_called_is_not_in_the_header);
  ADD ("/key-slots/a-removed-slot-opens-nothing", a_removed_slot_opens_nothing);
  ADD ("/key-slots/an-older-copy-does-not-outlive-the-next-opening", an_older_copy_does_not_outlive_the_next_opening);
  ADD ("/key-slots/an-older-first-file-gives-way-to-the-newer-copy", an_older_first_file_gives_way_to_the_newer_copy);
  ADD ("/key-slots/the-last-way-in-stays", the_last_way_in_stays);
  ADD ("/key-slots/a-slot-of-a-newer-kind-is-kept-and-shown", a_slot_of_a_newer_kind_is_kept_and_shown);
  ADD ("/key-slots/a-passphrase-is-changed-in-its-slot", a_passphrase_is_changed_in_its_slot);
  ADD ("/key-slots/a-credential-is-verified-without-opening-anew", a_credential_is_verified_without_opening_anew);
  ADD ("/key-slots/eight-slots-and-no-more", eight_slots_and_no_more);
  ADD ("/key-slots/a-thousand-wrong-codes-leave-no-trace", a_thousand_wrong_codes_leave_no_trace);
  ADD ("/key-slots/a-slot-below-the-floor-is-wrapped-anew", a_slot_below_the_floor_is_wrapped_anew);
  ADD ("/key-slots/a-slot-that-cannot-be-raised-opens-all-the-same", a_slot_that_cannot_be_raised_opens_all_the_same);
  ADD ("/key-slots/a-damaged-slot-does-not-keep-the-others-out", a_damaged_slot_does_not_keep_the_others_out);
  ADD ("/key-slots/a-forged-slot-is-told-from-a-wrong-code", a_forged_slot_is_told_from_a_wrong_code);
  ADD ("/key-slots/costs-that-no-machine-has-are-refused-at-once", costs_that_no_machine_has_are_refused_at_once);
  ADD ("/key-slots/passphrases-of-every-length-and-keyboard", passphrases_of_every_length_and_keyboard);
  ADD ("/key-slots/labels-are-one-clean-line", labels_are_one_clean_line);
  return g_test_run ();
}
