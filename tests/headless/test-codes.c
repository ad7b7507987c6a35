/* test-codes.c - decimal codes with check digits
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-check-digits.h"
#include "crypto/sak-crypto.h"
#include "sync/sak-code.h"

static void
damm_digit_of_the_known_example (void)
{
  /* From Damm's thesis, as quoted everywhere: 572 has the check digit 4. */
  g_assert_cmpint (sak_damm_check_digit ("572", 3), ==, 4);
  g_assert_cmpint (sak_damm_check_digit ("5724", 4), ==, 0);
  g_assert_cmpint (sak_damm_check_digit ("", 0), ==, 0);
}

static void
assert_wrong_digits_are_found (char *group)
{
  for (int at = 0; at < 5; at++)
    {
      char right = group[at];

      for (char digit = '0'; digit <= '9'; digit++)
        {
          group[at] = digit;
          g_assert_cmpint (sak_damm_check_digit (group, 5) == 0, ==, digit == right);
        }
      group[at] = right;
    }
}

static void
assert_swaps_are_found (char *group)
{
  for (int at = 0; at < 4; at++)
    {
      char swapped[6];

      if (group[at] == group[at + 1])
        continue;
      memcpy (swapped, group, sizeof swapped);
      swapped[at] = group[at + 1];
      swapped[at + 1] = group[at];
      g_assert_cmpint (sak_damm_check_digit (swapped, 5), !=, 0);
    }
}

static void
each_wrong_digit_and_each_swap_is_found (void)
{
  for (int number = 0; number < 10000; number++)
    {
      char group[6] = "";

      g_snprintf (group, 5, "%04d", number);
      group[4] = (char) ('0' + sak_damm_check_digit (group, 4));
      assert_wrong_digits_are_found (group);
      assert_swaps_are_found (group);
    }
}

static char *
strip_check_digits (const char *code)
{
  GString *digits = g_string_new (NULL);

  g_assert_cmpuint (strlen (code), ==, 8 * 5 + 7);
  for (int group = 0; group < 8; group++)
    g_string_append_len (digits, code + group * 6, 4);
  return g_string_free (digits, FALSE);
}

/* Computed apart from this program: Python's '%032d' % (int.from_bytes (d, 'big') % 10**32). */
static void
a_code_is_the_digest_modulo_ten_to_the_32 (void)
{
  guint8 digest[SAK_SHA256_SIZE];
  g_autofree char *of_ones = NULL;
  g_autofree char *of_counting = NULL;
  g_autofree char *of_zeros = NULL;
  g_autofree char *digits = NULL;
  g_autofree char *other_digits = NULL;

  memset (digest, 0xff, sizeof digest);
  of_ones = sak_code_from_digest (digest);
  digits = strip_check_digits (of_ones);
  g_assert_cmpstr (digits, ==, "65640564039457584007913129639935");
  for (guint i = 0; i < sizeof digest; i++)
    digest[i] = (guint8) i;
  of_counting = sak_code_from_digest (digest);
  other_digits = strip_check_digits (of_counting);
  g_assert_cmpstr (other_digits, ==, "29637303199754547598369979440671");
  memset (digest, 0, sizeof digest);
  of_zeros = sak_code_from_digest (digest);
  g_assert_cmpstr (of_zeros, ==, "00000 00000 00000 00000 00000 00000 00000 00000");
}

static void
the_mistyped_group_is_named (void)
{
  guint8 digest[SAK_SHA256_SIZE] = { 7, 1, 200, 3 };
  g_autofree char *code = NULL;

  memset (digest + 4, 0x5a, sizeof digest - 4);
  code = sak_code_from_digest (digest);
  g_assert_cmpuint (sak_code_find_mistyped (code), ==, 0);
  for (guint group = 0; group < 8; group++)
    {
      char *digit = code + group * 6 + 2;
      char right = *digit;

      *digit = right == '9' ? '0' : (char) (right + 1);
      g_assert_cmpuint (sak_code_find_mistyped (code), ==, group + 1);
      *digit = right;
    }
  code[strlen (code) - 1] = '\0';
  g_assert_cmpuint (sak_code_find_mistyped (code), ==, 8);
  g_assert_cmpuint (sak_code_find_mistyped (""), ==, 1);
  g_assert_cmpuint (sak_code_find_mistyped ("1234x"), ==, 1);
}

static void
a_code_typed_with_burmese_digits_is_the_same (void)
{
  GString *burmese = g_string_new (NULL);
  guint8 digest[SAK_SHA256_SIZE] = { 99 };
  g_autofree char *code = sak_code_from_digest (digest);

  for (const char *p = code; *p != '\0'; p++)
    g_string_append_unichar (burmese, *p == ' ' ? ' ' : (gunichar) (0x1040 + (*p - '0')));
  g_assert_cmpuint (sak_code_find_mistyped (burmese->str), ==, 0);
  g_string_free (burmese, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codes/damm-digit-of-the-known-example", damm_digit_of_the_known_example);
  g_test_add_func ("/codes/each-wrong-digit-and-each-swap-is-found",
                   each_wrong_digit_and_each_swap_is_found);
  g_test_add_func ("/codes/a-code-is-the-digest-modulo-ten-to-the-32",
                   a_code_is_the_digest_modulo_ten_to_the_32);
  g_test_add_func ("/codes/the-mistyped-group-is-named", the_mistyped_group_is_named);
  g_test_add_func ("/codes/a-code-typed-with-burmese-digits-is-the-same",
                   a_code_typed_with_burmese_digits_is_the_same);
  return g_test_run ();
}
