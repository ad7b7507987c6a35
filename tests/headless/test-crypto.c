/* test-crypto.c - hashes, key derivation and signatures against published vectors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "crypto/sak-aead.h"
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
  g_test_add_func ("/crypto/kdf-refuses-costs-out-of-bounds", kdf_refuses_costs_out_of_bounds);
  g_test_add_func ("/crypto/subkeys-differ-by-context-and-salt",
                   subkeys_differ_by_context_and_salt);
  g_test_add_func ("/crypto/hex-is-strict", hex_is_strict);
  g_test_add_func ("/crypto/base64-has-one-spelling", base64_has_one_spelling);
  return g_test_run ();
}
