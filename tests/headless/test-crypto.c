/* test-crypto.c - hashes, key derivation and signatures against published vectors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-aead.h"
#include "crypto/sak-chacha.h"
#include "crypto/sak-base64.h"
#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-kdf.h"
#include "crypto/sak-sign.h"

#include <sodium.h>
#include <string.h>

static void
assert_hex (const guint8 *bytes,
            gsize         size,
            const char   *expected)
{
  g_autofree char *text = sak_hex_encode (bytes, size);

  g_assert_cmpstr (text, ==, expected);
}

/* FIPS 180-2, appendix B.1. */
static void
sha256_of_abc (void)
{
  guint8 digest[SAK_SHA256_SIZE];

  sak_sha256 ("abc", 3, digest);
  assert_hex (digest, sizeof digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* RFC 5869, test case 1, first 32 bytes, with info given as text where it allows: case 3. */
static void
hkdf_without_salt_and_info (void)
{
  guint8 input[22];
  guint8 output[SAK_SHA256_SIZE];

  memset (input, 0x0b, sizeof input);
  sak_hkdf_sha256 (input, sizeof input, NULL, 0, "", output);
  assert_hex (output, sizeof output, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

/* RFC 4231, test case 2. */
static void
hmac_with_short_key (void)
{
  guint8 mac[SAK_SHA256_SIZE];

  sak_hmac_sha256 ((const guint8 *) "Jefe", 4, "what do ya want for nothing?", 28, mac);
  assert_hex (mac, sizeof mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* RFC 8032, section 7.1, test 2. */
static void
ed25519_signs_and_verifies (void)
{
  guint8 seed_bytes[SAK_SIGN_SEED_SIZE];
  guint8 public_key[SAK_SIGN_PUBLIC_SIZE];
  guint8 signature[SAK_SIGN_SIZE];
  g_autoptr (SakSecret) seed = NULL;
  gboolean decoded;

  decoded = sak_hex_decode ("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                            seed_bytes, sizeof seed_bytes);
  g_assert_true (decoded);
  seed = sak_secret_new_copy (seed_bytes, sizeof seed_bytes);
  sak_sign_get_public (seed, public_key);
  assert_hex (public_key, sizeof public_key, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  sak_sign (seed, "\x72", 1, signature);
  assert_hex (signature, sizeof signature,
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  g_assert_true (sak_sign_verify (public_key, "\x72", 1, signature));
  g_assert_false (sak_sign_verify (public_key, "\x73", 1, signature));
}

static void
aead_refuses_each_flipped_bit (void)
{
  guint8 key[SAK_AEAD_KEY_SIZE] = { 1 };
  guint8 nonce[SAK_AEAD_NONCE_SIZE] = { 2 };
  guint8 sealed[21], opened[21], tag[SAK_AEAD_TAG_SIZE];

  sak_aead_encrypt (key, nonce, "page", 4,
                    (const guint8 *) "a name at a checkpoint", 21, sealed, tag);
  g_assert_true (sak_aead_decrypt (key, nonce, "page", 4, sealed, 21, tag, opened));
  g_assert_cmpmem (opened, 21, "a name at a checkpoint", 21);
  g_assert_false (sak_aead_decrypt (key, nonce, "Page", 4, sealed, 21, tag, opened));
  for (guint bit = 0; bit < 21 * 8; bit++)
    {
      sealed[bit / 8] ^= 1 << (bit % 8);
      g_assert_false (sak_aead_decrypt (key, nonce, "page", 4, sealed, 21, tag, opened));
      sealed[bit / 8] ^= 1 << (bit % 8);
    }
}

static const char sunscreen[] = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
                                "future, sunscreen would be it.";

static void
fill_sunscreen (guint8  key[static SAK_AEAD_KEY_SIZE],
                guint8  associated[static 12])
{
  gboolean decoded = sak_hex_decode ("50515253c0c1c2c3c4c5c6c7", associated, 12);

  g_assert_true (decoded);
  for (guint i = 0; i < SAK_AEAD_KEY_SIZE; i++)
    key[i] = 0x80 + i;
}

/* RFC 8439, 2.8.2 */
static void
chacha_gives_the_standard_s_bytes (void)
{
  const gsize size = strlen (sunscreen);
  guint8 key[SAK_CHACHA_KEY_SIZE], associated[12], sealed[sizeof sunscreen], tag[SAK_CHACHA_TAG_SIZE];
  const guint8 nonce[SAK_CHACHA_NONCE_SIZE] = { 7, 0, 0, 0, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47 };
  const SakChachaUnit unit = { key, nonce, associated, sizeof associated };

  g_test_message ("the engine is %s", sak_chacha_get_engine ());
  fill_sunscreen (key, associated);
  sak_chacha_seal (&unit, (const guint8 *) sunscreen, size, sealed, tag);
  assert_hex (sealed, size,
              "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b"
              "1a71de0a9e060b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
              "3ff4def08e4b7a9de576d26586cec64b6116");
  assert_hex (tag, sizeof tag, "1ae10b594f09e26a7e902ecbd0600691");
  g_assert_true (sak_chacha_open (&unit, sealed, size, tag, sealed));
  g_assert_cmpmem (sealed, size, sunscreen, size);
}

/* draft-irtf-cfrg-xchacha-03, A.3.1 */
static void
xchacha_gives_the_draft_s_bytes (void)
{
  const gsize size = strlen (sunscreen);
  guint8 key[SAK_AEAD_KEY_SIZE], nonce[SAK_AEAD_NONCE_SIZE], associated[12];
  guint8 sealed[sizeof sunscreen], tag[SAK_AEAD_TAG_SIZE];

  fill_sunscreen (key, associated);
  for (guint i = 0; i < sizeof nonce; i++)
    nonce[i] = 0x40 + i;
  sak_aead_encrypt (key, nonce, associated, sizeof associated, (const guint8 *) sunscreen, size, sealed, tag);
  assert_hex (sealed, size,
              "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
              "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
              "21f9664c97637da9768812f615c68b13b52e");
  assert_hex (tag, sizeof tag, "c0875924c1c7987947deafd8780acf49");
}

/* Every length that a library may treat in a way of its own, in place and apart. */
static void
a_refused_unit_gives_nothing_and_stays_whole (void)
{
  guint8 key[SAK_CHACHA_KEY_SIZE] = { 3 }, nonce[SAK_CHACHA_NONCE_SIZE] = { 5 }, tag[SAK_CHACHA_TAG_SIZE];
  const SakChachaUnit unit = { key, nonce, "x", 1 };

  for (gsize size = 0; size < 70000; size = size < 1100 ? size + 1 : size * 3 / 2)
    {
      g_autofree guint8 *plain = g_malloc0 (size + 1);
      g_autofree guint8 *bytes = g_malloc0 (size + 1);
      g_autofree guint8 *sealed = g_malloc0 (size + 1);

      sak_random_bytes (plain, size);
      sak_chacha_seal (&unit, plain, size, sealed, tag);
      memcpy (bytes, sealed, size);
      tag[size % sizeof tag] ^= 0x80;
      g_assert_false (sak_chacha_open (&unit, bytes, size, tag, bytes));
      g_assert_cmpmem (bytes, size, sealed, size);
      g_assert_false (sak_chacha_open (&unit, sealed, size, tag, bytes));
      g_assert_true (size < 16 || memcmp (bytes, plain, size) != 0);
      tag[size % sizeof tag] ^= 0x80;
      g_assert_true (sak_chacha_open (&unit, sealed, size, tag, sealed));
      g_assert_cmpmem (sealed, size, plain, size);
    }
}

static void
kdf_refuses_costs_out_of_bounds (void)
{
  static const guint8 salt[SAK_KDF_SALT_SIZE];
  const SakKdfCost costs[] = {
    { 0, SAK_KDF_MIN_MEMORY },
    { SAK_KDF_MIN_PASSES, SAK_KDF_MIN_MEMORY - 1 },
    { SAK_KDF_MIN_PASSES, 64ULL << 30 },
    { G_MAXUINT64, SAK_KDF_MIN_MEMORY },
  };
  g_autoptr (SakSecret) passphrase = sak_secret_new_copy ("x", 1);

  for (gsize i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      g_autoptr (SakSecret) key = NULL;

      g_assert_cmpint (sak_kdf_from_passphrase (passphrase, salt, &costs[i], &key),
                       ==, SAK_KDF_OUT_OF_BOUNDS);
      g_assert_null (key);
    }
}

static void
kdf_cost_follows_the_machine (void)
{
  const guint64 mib = 1024 * 1024;
  const struct { guint64 passes, memory_mib, sample_ms, expected_passes, expected_mib; } cases[] = {
    { 3, 512, 1000, 3, 512 },
    { 3, 512, 500, 6, 512 },            /* twice as fast: twice the passes */
    { 3, 512, 740, 4, 512 },
    { 3, 512, 2000, 3, 256 },           /* half as fast: half the memory */
    { 3, 512, 1250, 3, 409 },
    { 3, 512, 60000, 3, 256 },          /* never below the floor */
    { 3, 256, 0, 64, 256 },             /* nor above the ceiling */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SakKdfCost sample = { cases[i].passes, cases[i].memory_mib * mib };
      SakKdfCost cost;

      sak_kdf_scale_cost (&sample, cases[i].sample_ms, 1000, &cost);
      g_assert_cmpuint (cost.passes, ==, cases[i].expected_passes);
      g_assert_cmpuint (cost.memory_bytes, ==, cases[i].expected_mib * mib);
    }
}

/* Measured on the machine that runs this, as if it had so much memory. */
static void
kdf_takes_a_quarter_of_a_small_laptop_at_most (void)
{
  const guint64 gib = 1024 * 1024 * 1024;
  const guint64 machines[] = { 2 * gib, 2 * gib - 300 * 1024 * 1024, gib / 2, 64 * gib };

  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      static const guint8 salt[SAK_KDF_SALT_SIZE];
      g_autoptr (SakSecret) passphrase = sak_secret_new_copy ("x", 1);
      g_autoptr (SakSecret) key = NULL;
      SakKdfCost cost;

      sak_kdf_measure_cost_on (50, machines[i], &cost);
      g_assert_cmpuint (cost.memory_bytes, >=, SAK_KDF_FLOOR_MEMORY);
      g_assert_cmpuint (cost.memory_bytes, <=, MAX (MIN (machines[i] / 4, gib / 2), SAK_KDF_FLOOR_MEMORY));
      g_assert_cmpuint (cost.passes, >=, SAK_KDF_FLOOR_PASSES);
      g_assert_cmpint (sak_kdf_from_passphrase (passphrase, salt, &cost, &key), ==, SAK_KDF_OK);
    }
}

static void
subkeys_differ_by_context_and_salt (void)
{
  g_autoptr (SakSecret) key = sak_secret_new_random (32);
  g_autoptr (SakSecret) a = sak_kdf_derive (key, "a", NULL, 0);
  g_autoptr (SakSecret) a_again = sak_kdf_derive (key, "a", NULL, 0);
  g_autoptr (SakSecret) b = sak_kdf_derive (key, "b", NULL, 0);
  g_autoptr (SakSecret) salted = sak_kdf_derive (key, "a", (const guint8 *) "s", 1);

  g_assert_true (sak_secret_equal (a, a_again));
  g_assert_false (sak_secret_equal (a, b));
  g_assert_false (sak_secret_equal (a, salted));
}

static void
hex_is_strict (void)
{
  guint8 bytes[2];

  g_assert_true (sak_hex_decode ("00ff", bytes, 2));
  g_assert_false (sak_hex_decode ("00FF", bytes, 2));
  g_assert_false (sak_hex_decode ("00f", bytes, 2));
  g_assert_false (sak_hex_decode ("00ff0", bytes, 2));
  g_assert_false (sak_hex_decode ("00 f", bytes, 2));
}

/* Each byte in each place of "////", the text that libsodium 1.0.18 lets many bytes stand for. */
static void
base64_has_one_spelling (void)
{
  guint8 bytes[3];
  gsize size = 0;

  for (gsize place = 0; place < 4; place++)
    {
      for (guint value = 0; value < 256; value++)
        {
          char text[] = "////";

          text[place] = (char) value;
          g_assert_true (sak_base64_decode (text, 4, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
                                            bytes, sizeof bytes, &size)
                         == (g_ascii_isalnum (value) || value == '+' || value == '/'));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/sha256-of-abc", sha256_of_abc);
  g_test_add_func ("/crypto/hkdf-without-salt-and-info", hkdf_without_salt_and_info);
  g_test_add_func ("/crypto/hmac-with-short-key", hmac_with_short_key);
  g_test_add_func ("/crypto/ed25519-signs-and-verifies", ed25519_signs_and_verifies);
  g_test_add_func ("/crypto/aead-refuses-each-flipped-bit", aead_refuses_each_flipped_bit);
  g_test_add_func ("/crypto/chacha-gives-the-standard-s-bytes", chacha_gives_the_standard_s_bytes);
  g_test_add_func ("/crypto/xchacha-gives-the-draft-s-bytes", xchacha_gives_the_draft_s_bytes);
  g_test_add_func ("/crypto/a-refused-unit-gives-nothing-and-stays-whole",
                   a_refused_unit_gives_nothing_and_stays_whole);
  g_test_add_func ("/crypto/kdf-refuses-costs-out-of-bounds", kdf_refuses_costs_out_of_bounds);
  g_test_add_func ("/crypto/kdf-cost-follows-the-machine", kdf_cost_follows_the_machine);
  g_test_add_func ("/crypto/kdf-takes-a-quarter-of-a-small-laptop-at-most",
                   kdf_takes_a_quarter_of_a_small_laptop_at_most);
  g_test_add_func ("/crypto/subkeys-differ-by-context-and-salt",
                   subkeys_differ_by_context_and_salt);
  g_test_add_func ("/crypto/hex-is-strict", hex_is_strict);
  g_test_add_func ("/crypto/base64-has-one-spelling", base64_has_one_spelling);
  return g_test_run ();
}
