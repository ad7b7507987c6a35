/* test-card.c - contact cards: what is on them, and what is refused
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "storage/model/sak-json.h"
#include "storage/sak-owner.h"
#include "sync/sak-card.h"
#include "sync/sak-code.h"
#include "tests/headless/sak-test-pair.h"

static TestPair pair;
static SakSecret *seed;

/* A card of nobody's vault, not signed yet. */
static json_t *
make_card (const char *name)
{
  g_autoptr (SakSecret) identity = sak_secret_new_random (SAK_AGE_KEY_SIZE);
  SakAgeRecipient recipient;
  guint8 key[SAK_SIGN_PUBLIC_SIZE];
  g_autofree char *age = NULL;
  g_autofree char *sign = NULL;

  sak_x25519_get_public (identity, recipient.bytes);
  sak_sign_get_public (seed, key);
  age = sak_age_recipient_to_text (&recipient);
  sign = sak_hex_encode (key, sizeof key);
  return json_pack ("{s:s, s:i, s:s, s:s, s:s, s:s, s:b}", "type", "sakkhi-card", "v", 1,
                    "name", name, "organisation", "", "age", age, "sign", sign, "practice", 1);
}

static char *
sign_card (json_t *card)
{
  static const char context[] = "sakkhi-card-v1";
  g_autofree char *text = sak_json_to_canonical (card);
  g_autoptr (GByteArray) message = g_byte_array_new ();
  g_autofree char *sig = NULL;
  guint8 signature[SAK_SIGN_SIZE];

  g_byte_array_append (message, (const guint8 *) context, sizeof context);
  g_byte_array_append (message, (const guint8 *) text, strlen (text));
  sak_sign (seed, message->data, message->len, signature);
  sig = sak_hex_encode (signature, sizeof signature);
  json_object_set_new (card, "sig", json_string (sig));
  return sak_json_to_canonical (card);
}

static void
assert_refused (const char *text,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_card_parse (text, strlen (text), &error);

  g_assert_null (contact);
  g_assert_error (error, SAK_ERROR, code);
}

static void
a_card_says_what_the_vault_is (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *card = sak_card_export (pair.partner, "ငါးဖမ်းသမား", &error);
  g_autofree char *own_code = sak_card_get_own_code (pair.partner, &error);
  g_autofree char *code = NULL;
  g_autoptr (SakContact) contact = NULL;

  g_assert_no_error (error);
  contact = sak_card_parse (card, strlen (card), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contact->name, ==, "Harbour");
  g_assert_cmpstr (contact->organisation, ==, "ငါးဖမ်းသမား");
  g_assert_true (contact->is_practice);
  g_assert_cmpint (contact->trust, ==, SAK_TRUST_SEEN);
  code = sak_card_get_code (contact);
  g_assert_cmpstr (code, ==, own_code);
  g_assert_cmpuint (sak_code_find_mistyped (code), ==, 0);
}

static void
a_card_made_elsewhere_is_understood (void)
{
  g_autoptr (json_t) card = make_card ("Somebody");
  g_autofree char *text = sign_card (card);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_card_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (contact->name, ==, "Somebody");
}

static void
each_changed_character_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *card = sak_card_export (pair.partner, "Org", &error);

  for (gsize i = 0; i + 1 < strlen (card); i++)
    {
      g_autoptr (SakContact) contact = NULL;
      g_autoptr (GError) changed_error = NULL;
      char right = card[i];

      card[i] = right == 'a' ? 'b' : 'a';
      contact = sak_card_parse (card, strlen (card), &changed_error);
      g_assert_null (contact);
      g_assert_true (changed_error->domain == SAK_ERROR);
      card[i] = right;
    }
}

static void
each_shortened_card_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *card = sak_card_export (pair.partner, "Org", &error);

  g_strchomp (card);
  while (strlen (card) > 0)
    {
      card[strlen (card) - 1] = '\0';
      assert_refused (card, SAK_ERROR_INVALID);
    }
}

static void
names_that_deceive_are_refused (void)
{
  g_autofree char *too_long = g_strnfill (101, 'x');
  const char *const names[] = {
    "", " Desk", "Desk ", "De\nsk", "De\u202esk", "De\u2066sk", "De\u200fsk", "De\u200bsk",
    "De\ufeffsk", "De\u00a0sk", "De\u2028sk", "De\ue000sk",
    "e\u0301", "\U000e0041", too_long,
    /* Nothing to see: a joiner, fillers, an empty Braille cell, a mark without a letter. */
    "\u200d", "\u3164", "\u2800", "\u2800 \u3164\u200d\u2800", "\u0302", "\u115f", "\ufe0f",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (json_t) card = make_card (names[i]);
      g_autofree char *text = sign_card (card);

      assert_refused (text, SAK_ERROR_INVALID);
    }
}

static void
names_of_the_region_are_taken (void)
{
  const char *const names[] = { "မြန်မာ", "ประชาชน", "ភ្នំពេញ", "ລາວ", "Người Việt", "ක්‍ෂ", "O'Brien-2" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *normal = g_utf8_normalize (names[i], -1, G_NORMALIZE_NFC);
      g_autoptr (json_t) card = make_card (normal);
      g_autofree char *text = sign_card (card);
      g_autoptr (GError) error = NULL;
      g_autoptr (SakContact) contact = sak_card_parse (text, strlen (text), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (contact->name, ==, normal);
    }
}

static void
cards_with_too_much_or_too_little_are_refused (void)
{
  static const char *const members[] = { "name", "organisation", "age", "sign", "practice" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (json_t) card = make_card ("Somebody");
      g_autofree char *without = NULL;
      g_autofree char *of_number = NULL;

      json_object_del (card, members[i]);
      without = sign_card (card);
      assert_refused (without, SAK_ERROR_INVALID);
      json_object_del (card, "sig");
      json_object_set_new (card, members[i], json_integer (7));
      of_number = sign_card (card);
      assert_refused (of_number, SAK_ERROR_INVALID);
    }
  {
    g_autoptr (json_t) card = make_card ("Somebody");
    g_autofree char *text = NULL;

    json_object_set_new (card, "nickname", json_string ("x"));
    text = sign_card (card);
    assert_refused (text, SAK_ERROR_INVALID);
  }
}

/* One of the points that make every shared secret zero. */
static void
a_key_that_nobody_can_have_is_refused (void)
{
  const SakAgeRecipient points[] = { { { 0 } }, { { 1 } } };

  for (gsize i = 0; i < G_N_ELEMENTS (points); i++)
    {
      g_autoptr (json_t) card = make_card ("Desk");
      g_autofree char *age = sak_age_recipient_to_text (&points[i]);
      g_autofree char *text = NULL;

      json_object_set_new (card, "age", json_string (age));
      text = sign_card (card);
      assert_refused (text, SAK_ERROR_INVALID);
    }
}

static void
a_later_version_is_called_too_new (void)
{
  assert_refused ("{\"type\":\"sakkhi-card\",\"v\":2}", SAK_ERROR_TOO_NEW);
  assert_refused ("{\"type\":\"sakkhi-card\",\"v\":0}", SAK_ERROR_INVALID);
  assert_refused ("{\"type\":\"sakkhi-notice\",\"v\":2}", SAK_ERROR_INVALID);
  assert_refused ("", SAK_ERROR_INVALID);
  assert_refused ("BEGIN:VCARD\n", SAK_ERROR_INVALID);
}

static void
a_card_signed_by_another_is_forged (void)
{
  g_autoptr (json_t) card = make_card ("Somebody");
  g_autofree char *text = sign_card (card);
  g_autofree char *forged = NULL;

  json_object_set_new (card, "name", json_string ("Somebody else"));
  forged = sak_json_to_canonical (card);
  assert_refused (forged, SAK_ERROR_FORGED);
}

static void
importing_twice_is_no_error_and_trust_stays (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *card = sak_card_export (pair.partner, "Testers", &error);
  g_autoptr (SakContact) again = NULL;
  gboolean set = sak_vault_set_trust (pair.desk, "Harbour", SAK_TRUST_REVOKED, &error);

  g_assert_true (set);
  again = sak_card_import (pair.desk, card, strlen (card), &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->trust, ==, SAK_TRUST_REVOKED);
  g_assert_true (sak_vault_set_trust (pair.desk, "Harbour", SAK_TRUST_COMPARED, &error));
}

static void
the_same_name_with_other_keys_is_a_conflict (void)
{
  g_autoptr (json_t) card = make_card ("Harbour");
  g_autofree char *text = sign_card (card);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_card_import (pair.desk, text, strlen (text), &error);

  g_assert_null (contact);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_CONFLICT);
}

static void
a_real_card_is_not_taken_by_a_practice_vault (void)
{
  g_autoptr (json_t) card = make_card ("Real");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = NULL;

  json_object_set_new (card, "practice", json_false ());
  text = sign_card (card);
  contact = sak_card_import (pair.desk, text, strlen (text), &error);
  g_assert_null (contact);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_PRACTICE);
}

static SakVault *
make_real_vault (void)
{
  const SakKdfCost floor = { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY };
  g_autofree char *path = test_path (&pair, "real");
  g_autoptr (SakSecret) passphrase = test_passphrase ("the passphrase");
  g_autoptr (GError) error = NULL;
  SakVault *vault = sak_vault_create (path, "Real", passphrase, SAK_VAULT_REAL, &floor, &error);

  g_assert_no_error (error);
  return vault;
}

/* As if somebody had put it into the database by hand, with the mark of the vault it is in. */
static void
smuggle (SakVault *known,
         SakVault *knower)
{
  g_autofree char *card = sak_card_export (known, NULL, NULL);
  g_autoptr (SakContact) contact = sak_card_parse (card, strlen (card), NULL);
  g_autoptr (GError) error = NULL;

  contact->is_practice = sak_vault_is_practice (knower);
  contact->trust = SAK_TRUST_COMPARED;
  g_assert_true (sak_vault_add_contact (knower, contact, &error));
  g_assert_no_error (error);
}

static void
assert_card_refused (SakVault *known,
                     SakVault *knower)
{
  g_autofree char *card = sak_card_export (known, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SakContact) contact = sak_card_import (knower, card, strlen (card), &error);

  g_assert_null (contact);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_PRACTICE);
}

static void
practice_and_real_vaults_exchange_nothing_either_way (void)
{
  g_autoptr (SakVault) real = make_real_vault ();
  g_autofree char *from_real = NULL;
  g_autofree char *from_practice = NULL;
  g_autofree char *event = test_add_event (real, "Real", TRUE);
  g_autofree char *made_up = test_add_event (pair.partner, "Made up", TRUE);

  assert_card_refused (pair.partner, real);
  assert_card_refused (real, pair.partner);
  smuggle (pair.partner, real);
  smuggle (real, pair.partner);
  from_real = test_bundle (&pair, real, "Harbour", event, "from-real");
  from_practice = test_bundle (&pair, pair.partner, "Real", made_up, "from-practice");
  test_assert_refused (pair.partner, from_real, SAK_ERROR_PRACTICE);
  test_assert_refused (real, from_practice, SAK_ERROR_PRACTICE);
}

static void
the_owners_organisation_is_on_the_card (void)
{
  g_autofree char *card = NULL;
  g_autofree char *organisation = NULL;
  g_autoptr (SakContact) contact = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *much = g_strnfill (SAK_ORGANISATION_MAX_LENGTH + 1, 'x');

  g_assert_true (sak_vault_set_organisation (pair.desk, " ငါးဖမ်းသမား ", &error));
  g_assert_false (sak_vault_set_organisation (pair.desk, much, NULL));
  organisation = sak_vault_dup_organisation (pair.desk, &error);
  card = sak_card_export (pair.desk, NULL, &error);
  contact = sak_card_parse (card, strlen (card), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (organisation, ==, "ငါးဖမ်းသမား");
  g_assert_cmpstr (contact->organisation, ==, "ငါးဖမ်းသမား");
}

static void
ones_own_card_is_not_taken (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *card = sak_card_export (pair.desk, NULL, &error);
  g_autoptr (SakContact) contact = sak_card_import (pair.desk, card, strlen (card), &error);

  g_assert_null (contact);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  seed = sak_secret_new_random (SAK_SIGN_SEED_SIZE);
  test_pair_set_up (&pair);
#define ADD(path, function) g_test_add_func ("/card/" path, function)
  ADD ("a-card-says-what-the-vault-is", a_card_says_what_the_vault_is);
  ADD ("a-card-made-elsewhere-is-understood", a_card_made_elsewhere_is_understood);
  ADD ("each-changed-character-is-refused", each_changed_character_is_refused);
  ADD ("each-shortened-card-is-refused", each_shortened_card_is_refused);
  ADD ("names-that-deceive-are-refused", names_that_deceive_are_refused);
  ADD ("names-of-the-region-are-taken", names_of_the_region_are_taken);
  ADD ("too-much-or-too-little-is-refused", cards_with_too_much_or_too_little_are_refused);
  ADD ("a-key-that-nobody-can-have-is-refused", a_key_that_nobody_can_have_is_refused);
  ADD ("a-later-version-is-called-too-new", a_later_version_is_called_too_new);
  ADD ("a-card-signed-by-another-is-forged", a_card_signed_by_another_is_forged);
  ADD ("importing-twice-is-no-error-and-trust-stays", importing_twice_is_no_error_and_trust_stays);
  ADD ("the-same-name-with-other-keys-is-a-conflict", the_same_name_with_other_keys_is_a_conflict);
  ADD ("a-real-card-is-not-taken-by-a-practice-vault", a_real_card_is_not_taken_by_a_practice_vault);
  ADD ("practice-and-real-vaults-exchange-nothing-either-way", practice_and_real_vaults_exchange_nothing_either_way);
  ADD ("the-owners-organisation-is-on-the-card", the_owners_organisation_is_on_the_card);
  ADD ("ones-own-card-is-not-taken", ones_own_card_is_not_taken);
  result = g_test_run ();
  test_pair_tear_down (&pair);
  sak_secret_unref (seed);
  return result;
}
