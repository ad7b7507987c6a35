/* test-recovery-code.c - recovery codes as people type them; key files
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-key-file.h"
#include "crypto/sak-recovery-code.h"

#define N_CHARS (8 * 6 + 7)     /* of a printed code */

/* The zeros of the digits that people of the region type, and of some others. */
static const gunichar zeros[] = { '0', 0x1040, 0x1090, 0x0e50, 0x17e0, 0x0ed0, 0xff10, 0x0660, 0x0966, 0x1d7ce };

static SakSecret *
secret (const char *text)
{
  return sak_secret_new_copy (text, strlen (text));
}

/* Known digits, so that a failure can be repeated; every digit is in it. */
static SakSecret *
make_key (void)
{
  return secret ("1234567890098765432127182818280000099999");
}

static char *
make_text (SakSecret *key)
{
  g_autoptr (SakSecret) text = sak_recovery_code_to_text (key);

  return g_strndup ((const char *) sak_secret_get_bytes (text), sak_secret_get_size (text));
}

static void
assert_reads_as (const char *typed,
                 SakSecret  *key)
{
  g_autoptr (SakSecret) given = secret (typed);
  g_autoptr (GError) error = NULL;
  SakTypingMistake mistake = { SAK_MISTAKE_DIGEST };
  g_autoptr (SakSecret) read = sak_recovery_code_parse (given, &mistake, &error);

  g_assert_no_error (error);
  g_assert_cmpint (mistake.kind, ==, SAK_MISTAKE_NONE);
  g_assert_true (sak_secret_equal (read, key));
}

static void
assert_mistake (const char     *typed,
                SakMistakeKind  kind,
                guint           group)
{
  g_autoptr (SakSecret) given = secret (typed);
  g_autoptr (GError) error = NULL;
  SakTypingMistake mistake = { SAK_MISTAKE_NONE };
  g_autoptr (SakSecret) read = sak_recovery_code_parse (given, &mistake, &error);

  g_assert_null (read);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_cmpint (mistake.kind, ==, kind);
  g_assert_cmpuint (mistake.part, ==, group);
}

static void
a_new_code_is_random_and_reads_back (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint counts[10] = { 0 };

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (SakSecret) key = sak_recovery_code_new ();
      char *text = make_text (key);

      g_assert_cmpuint (strlen (text), ==, N_CHARS);
      assert_reads_as (text, key);
      for (guint at = 0; at < SAK_RECOVERY_N_DIGITS; at++)
        counts[sak_secret_get_bytes (key)[at] - '0']++;
      g_assert_true (g_hash_table_add (seen, text));
    }
  /* 8000 digits: 800 of each, give or take seven times the standard deviation of 27. */
  for (guint digit = 0; digit < 10; digit++)
    {
      g_assert_cmpuint (counts[digit], >, 600);
      g_assert_cmpuint (counts[digit], <, 1000);
    }
}

/* Computed apart from this program, by Damm's table in Python. */
static void
the_printed_form_is_fixed (void)
{
  g_autoptr (SakSecret) key = make_key ();
  g_autofree char *text = make_text (key);

  g_assert_cmpstr (text, ==, "123453 678900 098761 543212 271827 818284 000008 999996");
}

static void
every_wrong_digit_is_found_in_its_group (void)
{
  g_autoptr (SakSecret) key = make_key ();
  g_autofree char *text = make_text (key);

  for (guint at = 0; at < N_CHARS; at++)
    {
      char right = text[at];

      for (char digit = '0'; digit <= '9' && right != ' '; digit++)
        {
          text[at] = digit;
          if (digit != right)
            assert_mistake (text, SAK_MISTAKE_GROUP, at / 7 + 1);
        }
      text[at] = right;
    }
}

static void
every_swap_of_neighbours_is_found_in_its_group (void)
{
  g_autoptr (SakSecret) key = make_key ();
  g_autofree char *text = make_text (key);

  for (guint at = 0; at + 1 < N_CHARS; at++)
    {
      guint next = text[at + 1] == ' ' ? at + 2 : at + 1;
      char first = text[at];

      if (first == ' ' || first == text[next])
        continue;
      text[at] = text[next];
      text[next] = first;
      /* Over the gap both groups are wrong, and the first is named. */
      assert_mistake (text, SAK_MISTAKE_GROUP, at / 7 + 1);
      text[next] = text[at];
      text[at] = first;
    }
}

static void
swapped_groups_are_found (void)
{
  g_autoptr (SakSecret) key = make_key ();
  g_autofree char *text = make_text (key);

  for (guint a = 0; a < 8; a++)
    for (guint b = a + 1; b < 8; b++)
      {
        g_autofree char *swapped = g_strdup (text);

        memcpy (swapped + a * 7, text + b * 7, 6);
        memcpy (swapped + b * 7, text + a * 7, 6);
        assert_mistake (swapped, SAK_MISTAKE_GROUP, a + 1);
      }
}

static void
a_missing_or_surplus_digit_is_found_in_its_group (void)
{
  g_autoptr (SakSecret) key = make_key ();
  g_autofree char *text = make_text (key);

  for (guint at = 0; at < N_CHARS; at++)
    {
      g_autofree char *shorter = g_strdup_printf ("%.*s%s", (int) at, text, text + at + 1);
      g_autofree char *longer = g_strdup_printf ("%.*s7%s", (int) at, text, text + at);

      if (text[at] == ' ')
        continue;
      assert_mistake (shorter, SAK_MISTAKE_TOO_SHORT, at / 7 + 1);
      assert_mistake (longer, SAK_MISTAKE_TOO_LONG, at / 7 + 1);
    }
  assert_mistake ("", SAK_MISTAKE_TOO_SHORT, 1);
  assert_mistake ("123453 678900", SAK_MISTAKE_TOO_SHORT, 3);
}

static void
what_is_no_digit_is_named_where_it_stands (void)
{
  assert_mistake ("123453 67890x 098761", SAK_MISTAKE_CHARACTER, 2);
  assert_mistake ("123453 678900 O98761", SAK_MISTAKE_CHARACTER, 3);
  assert_mistake ("\xff", SAK_MISTAKE_CHARACTER, 0);
  assert_mistake ("½", SAK_MISTAKE_CHARACTER, 1);
}

static char *
spell (const char *text,
       guint       first_zero,
       guint       step)
{
  GString *typed = g_string_new (NULL);
  guint n = first_zero;

  for (; *text != '\0'; text++)
    {
      if (*text == ' ')
        {
          g_string_append_c (typed, ' ');
          continue;
        }
      g_string_append_unichar (typed, zeros[n % G_N_ELEMENTS (zeros)] + (gunichar) (*text - '0'));
      n += step;
    }
  return g_string_free (typed, FALSE);
}

static void
digits_of_every_script_are_the_same (void)
{
  g_autoptr (SakSecret) key = make_key ();
  g_autofree char *text = make_text (key);

  for (guint script = 0; script < G_N_ELEMENTS (zeros); script++)
    {
      g_autofree char *typed = spell (text, script, 0);
      g_autofree char *mixed = spell (text, script, 1);

      assert_reads_as (typed, key);
      assert_reads_as (mixed, key);
    }
}

static void
spaces_hyphens_and_the_invisible_may_stand_anywhere (void)
{
  static const char *const between[] = {
    "", "  ", "-", "\u2013", "\u2011", "\u00a0", "\u200b", "\u2060", "\ufeff",
    "\n", "\t", "\u3000", "\u2212", " \u00ad ",
  };
  g_autoptr (SakSecret) key = make_key ();
  g_autofree char *text = make_text (key);
  g_auto (GStrv) groups = g_strsplit (text, " ", -1);
  g_autofree char *digits = g_strjoinv ("", groups);

  for (guint i = 0; i < G_N_ELEMENTS (between); i++)
    {
      GString *everywhere = g_string_new (between[i]);
      g_autofree char *typed = g_strjoinv (between[i], groups);

      for (const char *at = digits; *at != '\0'; at++)
        g_string_append_printf (everywhere, "%c%s", *at, between[i]);
      assert_reads_as (typed, key);
      assert_reads_as (everywhere->str, key);
      g_string_free (everywhere, TRUE);
    }
}

static void
a_key_file_has_one_spelling (void)
{
  g_autoptr (SakSecret) key = sak_secret_new_random (SAK_KEY_FILE_KEY_SIZE);
  g_autoptr (SakSecret) file = sak_key_file_to_text (key);
  g_autoptr (SakSecret) read = sak_key_file_parse (file, NULL);
  gsize size = sak_secret_get_size (file);

  g_assert_true (sak_secret_equal (read, key));
  g_assert_true (g_str_has_prefix ((const char *) sak_secret_get_bytes (file), "sakkhi key file v1\nSAKKHI-KEY-1"));
  for (gsize at = 0; at < size; at++)
    {
      g_autoptr (SakSecret) cut = sak_secret_new_copy (sak_secret_get_bytes (file), at);
      g_autoptr (SakSecret) from_cut = sak_key_file_parse (cut, NULL);

      g_assert_null (from_cut);
      for (guint bit = 0; bit < 8; bit++)
        {
          g_autoptr (SakSecret) flipped = sak_secret_new_copy (sak_secret_get_bytes (file), size);
          g_autoptr (SakSecret) from_flipped = NULL;

          sak_secret_get_bytes (flipped)[at] ^= 1 << bit;
          from_flipped = sak_key_file_parse (flipped, NULL);
          g_assert_null (from_flipped);
        }
    }
}

static void
a_later_key_file_is_too_new (void)
{
  g_autoptr (SakSecret) later = secret ("sakkhi key file v2\nanything");
  g_autoptr (SakSecret) other = secret ("-----BEGIN OPENSSH PRIVATE KEY-----\n");
  g_autoptr (GError) error = NULL;
  SakSecret *read = sak_key_file_parse (later, &error);

  g_assert_null (read);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_TOO_NEW);
  g_clear_error (&error);
  read = sak_key_file_parse (other, &error);
  g_assert_null (read);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery-code/a-new-code-is-random-and-reads-back", a_new_code_is_random_and_reads_back);
  g_test_add_func ("/recovery-code/the-printed-form-is-fixed", the_printed_form_is_fixed);
  g_test_add_func ("/recovery-code/every-wrong-digit-is-found-in-its-group", every_wrong_digit_is_found_in_its_group);
  g_test_add_func ("/recovery-code/every-swap-of-neighbours-is-found-in-its-group",
                   every_swap_of_neighbours_is_found_in_its_group);
  g_test_add_func ("/recovery-code/swapped-groups-are-found", swapped_groups_are_found);
  g_test_add_func ("/recovery-code/a-missing-or-surplus-digit-is-found-in-its-group",
                   a_missing_or_surplus_digit_is_found_in_its_group);
  g_test_add_func ("/recovery-code/what-is-no-digit-is-named-where-it-stands",
                   what_is_no_digit_is_named_where_it_stands);
  g_test_add_func ("/recovery-code/digits-of-every-script-are-the-same", digits_of_every_script_are_the_same);
  g_test_add_func ("/recovery-code/spaces-hyphens-and-the-invisible-may-stand-anywhere",
                   spaces_hyphens_and_the_invisible_may_stand_anywhere);
  g_test_add_func ("/key-file/a-key-file-has-one-spelling", a_key_file_has_one_spelling);
  g_test_add_func ("/key-file/a-later-key-file-is-too-new", a_later_key_file_is_too_new);
  return g_test_run ();
}
