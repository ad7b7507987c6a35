/* test-slip39.c - shares against the published vectors, and every way to type them
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <jansson.h>
#include <string.h>

#include "crypto/sak-crypto.h"
#include "crypto/sak-hex.h"
#include "crypto/sak-slip39-private.h"

#define VECTORS SAK_SOURCE_ROOT "/tests/data/slip39/vectors.json"

static SakSecret *
secret (const char *text)
{
  return sak_secret_new_copy (text, strlen (text));
}

static char *
dup_words (const SakSlip39Share *share)
{
  g_autoptr (SakSecret) words = sak_slip39_share_to_words (share);

  return g_strndup ((const char *) sak_secret_get_bytes (words), sak_secret_get_size (words));
}

static SakSlip39Share *
parse (const char       *text,
       guint             number,
       SakTypingMistake *mistake)
{
  g_autoptr (SakSecret) typed = secret (text);
  g_autoptr (GError) error = NULL;
  SakSlip39Share *share = sak_slip39_share_parse (typed, number, mistake, &error);

  g_assert_true ((share == NULL) == (error != NULL));
  g_assert_true ((share == NULL) == (mistake->kind != SAK_MISTAKE_NONE));
  if (error != NULL)
    g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  return share;
}

static void
assert_mistake (const char     *text,
                SakMistakeKind  kind,
                guint           word)
{
  SakTypingMistake mistake;
  g_autoptr (SakSlip39Share) share = parse (text, 3, &mistake);

  g_assert_null (share);
  g_assert_cmpint (mistake.kind, ==, kind);
  g_assert_cmpuint (mistake.part, ==, 3);
  g_assert_cmpuint (mistake.word, ==, word);
}

static void
assert_parses_as (const char *text,
                  const char *words)
{
  SakTypingMistake mistake;
  g_autoptr (SakSlip39Share) share = parse (text, 1, &mistake);
  g_autofree char *again = NULL;

  g_assert_nonnull (share);
  again = dup_words (share);
  g_assert_cmpstr (again, ==, words);
}

/* The shares at @places, which count from 0, of @all. */
static GPtrArray *
pick (GPtrArray *all,
      guint      mask)
{
  GPtrArray *some = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if ((mask >> i & 1) != 0)
      g_ptr_array_add (some, all->pdata[i]);
  return some;
}

static void
assert_refused (GPtrArray        *shares,
                SakTypingMistake  expected)
{
  SakTypingMistake mistake;
  g_autoptr (GError) error = NULL;
  g_autoptr (SakSecret) master = sak_slip39_combine (shares, "", &mistake, &error);

  g_assert_null (master);
  g_assert_error (error, SAK_ERROR, SAK_ERROR_INVALID);
  g_assert_cmpint (mistake.kind, ==, expected.kind);
  g_assert_cmpuint (mistake.part, ==, expected.part);
  g_assert_cmpuint (mistake.other, ==, expected.other);
  g_assert_cmpuint (mistake.needed, ==, expected.needed);
  g_assert_cmpuint (mistake.had, ==, expected.had);
}

static void
assert_gives (GPtrArray *shares,
              SakSecret *master)
{
  g_autoptr (GError) error = NULL;
  SakTypingMistake mistake = { SAK_MISTAKE_DIGEST };
  g_autoptr (SakSecret) combined = sak_slip39_combine (shares, "", &mistake, &error);

  g_assert_no_error (error);
  g_assert_cmpint (mistake.kind, ==, SAK_MISTAKE_NONE);
  g_assert_true (sak_secret_equal (combined, master));
}

/* As sorted text, told apart by four letters, of letters alone. */
static void
the_words_are_as_the_standard_has_them (void)
{
  for (guint i = 0; i < SAK_SLIP39_N_WORDS; i++)
    {
      const char *word = sak_slip39_get_word (i);

      g_assert_cmpuint (strlen (word), >=, 4);
      g_assert_cmpuint (strlen (word), <=, 8);
      g_assert_cmpuint (strspn (word, "abcdefghijklmnopqrstuvwxyz"), ==, strlen (word));
      if (i > 0)
        g_assert_cmpint (strncmp (sak_slip39_get_word (i - 1), word, 4), <, 0);
    }
  g_assert_null (sak_slip39_get_word (SAK_SLIP39_N_WORDS));
  g_assert_cmpstr (sak_slip39_get_word (0), ==, "academic");
  g_assert_cmpstr (sak_slip39_get_word (1023), ==, "zero");
}

/* NULL where a share, or the set, is refused. */
static SakSecret *
combine_vector (const json_t *mnemonics)
{
  g_autoptr (GPtrArray) shares = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_slip39_share_free);
  g_autoptr (GError) error = NULL;
  SakTypingMistake mistake;

  for (gsize i = 0; i < json_array_size (mnemonics); i++)
    {
      const char *text = json_string_value (json_array_get (mnemonics, i));
      SakSlip39Share *share = parse (text, 1, &mistake);
      g_autofree char *words = NULL;

      if (share == NULL)
        return NULL;
      g_ptr_array_add (shares, share);
      words = dup_words (share);
      g_assert_cmpstr (words, ==, text);
    }
  return sak_slip39_combine (shares, "TREZOR", &mistake, &error);
}

static void
the_published_vectors_hold (void)
{
  json_t *vectors = json_load_file (VECTORS, 0, NULL);
  guint n_good = 0;

  g_assert_cmpuint (json_array_size (vectors), ==, 45);
  for (gsize i = 0; i < json_array_size (vectors); i++)
    {
      json_t *vector = json_array_get (vectors, i);
      const char *expected = json_string_value (json_array_get (vector, 2));
      g_autoptr (SakSecret) master = combine_vector (json_array_get (vector, 1));
      g_autofree char *hex = NULL;

      g_test_message ("%s", json_string_value (json_array_get (vector, 0)));
      if (master != NULL)
        hex = sak_hex_encode (sak_secret_get_bytes (master), sak_secret_get_size (master));
      g_assert_cmpstr (hex != NULL ? hex : "", ==, expected);
      n_good += master != NULL;
    }
  g_assert_cmpuint (n_good, ==, 15);
  json_decref (vectors);
}

/* Every subset of every size, for several k of n. */
static void
any_k_restore_and_fewer_do_not (void)
{
  const struct { guint k, n; } sets[] = { { 2, 2 }, { 2, 3 }, { 3, 5 }, { 4, 4 }, { 5, 6 } };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autoptr (SakSecret) master = sak_secret_new_random (32);
      g_autoptr (GPtrArray) shares = sak_slip39_split (master, sets[i].k, sets[i].n);

      g_assert_cmpuint (shares->len, ==, sets[i].n);
      for (guint mask = 1; mask < 1U << sets[i].n; mask++)
        {
          g_autoptr (GPtrArray) some = pick (shares, mask);

          if (some->len >= sets[i].k)
            assert_gives (some, master);
          else
            assert_refused (some, (SakTypingMistake) { SAK_MISTAKE_TOO_FEW, .needed = sets[i].k, .had = some->len });
        }
    }
}

static void
sixteen_of_sixteen_and_shorter_secrets (void)
{
  const gsize sizes[] = { 16, 18, 32, 64 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (SakSecret) master = sak_secret_new_random (sizes[i]);
      g_autoptr (GPtrArray) shares = sak_slip39_split (master, 16, 16);
      g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_slip39_share_free);

      for (guint j = 0; j < 16; j++)
        {
          g_autofree char *words = dup_words (shares->pdata[15 - j]);
          SakTypingMistake mistake;

          g_ptr_array_add (read, parse (words, 1, &mistake));
        }
      assert_gives (read, master);
    }
}

static void
set_member (SakSlip39Share       *share,
            const SakSlip39Share *like,
            guint                 index,
            SakSecret            *value)
{
  *share = *like;
  share->member_index = index;
  share->value = value;
}

/* Whatever the secret is, k - 1 shares could be its: for any other secret there is a k-th
 * share with which they restore that one. Made here from the other secret's encrypted form,
 * which its own shares give, and a digest for it.
 */
static void
one_share_too_few_tells_nothing (void)
{
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (SakSecret) master = sak_secret_new_random (32);
      g_autoptr (SakSecret) other = sak_secret_new_random (32);
      g_autoptr (GPtrArray) shares = sak_slip39_split (master, 3, 5);
      g_autoptr (GPtrArray) others = sak_slip39_split (other, 3, 5);
      g_autoptr (SakSecret) encrypted = sak_secret_new (32);
      g_autoptr (SakSecret) third = sak_secret_new (32);
      g_autoptr (GPtrArray) forged = g_ptr_array_new ();
      guint8 places[3] = { 0, 1, 2 };
      SakSecret *values[3];
      SakSlip39Share members[3];

      for (guint i = 0; i < 3; i++)
        values[i] = ((SakSlip39Share *) others->pdata[i])->value;
      sak_slip39_interpolate (places, values, 3, 255, encrypted);

      /* Two true shares, and the third point that the other secret asks for. */
      values[0] = ((SakSlip39Share *) shares->pdata[0])->value;
      values[1] = ((SakSlip39Share *) shares->pdata[1])->value;
      values[2] = encrypted;
      places[2] = 255;
      sak_slip39_interpolate (places, values, 3, 2, third);
      for (guint i = 0; i < 3; i++)
        {
          set_member (&members[i], others->pdata[0], i, i < 2 ? values[i] : third);
          g_ptr_array_add (forged, &members[i]);
        }
      for (guint i = 0; i < 3; i++)
        values[i] = members[i].value;
      places[2] = 2;
      {
        g_autoptr (SakSecret) restored = sak_secret_new (32);

        sak_slip39_interpolate (places, values, 3, 255, restored);
        g_assert_true (sak_secret_equal (restored, encrypted));
      }
      /* The 32 bits of the digest are all that would tell, and only who has k shares can ask. */
      assert_refused (forged, (SakTypingMistake) { SAK_MISTAKE_DIGEST });
    }
}

/* Of one secret, shared again and again: each byte of each single share is any byte. */
static void
a_share_is_random_whatever_the_secret (void)
{
  g_autoptr (SakSecret) master = sak_secret_new (16);
  guint counts[256] = { 0 };
  double chi_squared = 0;

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (GPtrArray) shares = sak_slip39_split (master, 2, 3);
      const SakSlip39Share *share = shares->pdata[round % 3];

      for (guint i = 0; i < 16; i++)
        counts[sak_secret_get_bytes (share->value)[i]]++;
    }
  for (guint i = 0; i < 256; i++)
    chi_squared += (counts[i] - 25.0) * (counts[i] - 25.0) / 25.0;
  /* 255 degrees of freedom: 255 give or take 23; eight of those is never. */
  g_assert_cmpfloat (chi_squared, <, 440);
}

static const char *
sample_words (void)
{
  return "duckling enlarge academic academic agency result length solution fridge kidney coal piece deal husband "
         "erode duke ajar critical decision keyboard";
}

static void
four_letters_capitals_and_numbers_are_enough (void)
{
  static const gunichar zeros[] = { '0', 0x1040, 0x0e50, 0x17e0, 0x0ed0, 0xff10 };
  g_auto (GStrv) words = g_strsplit (sample_words (), " ", -1);
  g_autoptr (SakSecret) text = secret (sample_words ());
  g_autoptr (SakSecret) numbers = sak_slip39_words_to_numbers (text);
  g_autofree char *number_text = g_strndup ((const char *) sak_secret_get_bytes (numbers),
                                            sak_secret_get_size (numbers));
  g_auto (GStrv) number_words = g_strsplit (number_text, " ", -1);
  g_autofree char *run_together = g_strjoinv ("", number_words);
  g_autofree char *capitals = g_ascii_strup (sample_words (), -1);
  GString *mixed = g_string_new (NULL);
  GString *shortened = g_string_new ("\ufeff");

  g_assert_cmpuint (g_strv_length (number_words), ==, 20);
  g_assert_cmpstr (number_words[2], ==, "0000");
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_string_append_printf (shortened, "\n%.*s, ", (int) MIN (strlen (words[i]), 4 + i % 3), words[i]);
      if (i % 2 == 0)
        g_string_append_printf (mixed, "%s\u00a0", words[i]);
      for (const char *digit = number_words[i]; i % 2 == 1 && *digit != '\0'; digit++)
        g_string_append_unichar (mixed, zeros[i % G_N_ELEMENTS (zeros)] + (gunichar) (*digit - '0'));
    }
  assert_parses_as (number_text, sample_words ());
  assert_parses_as (run_together, sample_words ());
  assert_parses_as (capitals, sample_words ());
  assert_parses_as (mixed->str, sample_words ());
  assert_parses_as (shortened->str, sample_words ());
  g_string_free (mixed, TRUE);
  g_string_free (shortened, TRUE);
}

static char *
replace_word (guint       number,
              const char *word)
{
  g_auto (GStrv) words = g_strsplit (sample_words (), " ", -1);

  g_free (words[number - 1]);
  words[number - 1] = g_strdup (word);
  return g_strjoinv (" ", words);
}

static void
each_slip_is_named_by_its_word (void)
{
  static const char *const strangers[] = { "duckk", "academix", "duc", "1024", "99999", "academicacid" };

  for (guint number = 1; number <= 20; number++)
    {
      g_autofree char *wrong = replace_word (number, "zero");
      g_autofree char *missing = replace_word (number, "");
      g_autofree char *letter = replace_word (number, "ဒါ");

      for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
        {
          g_autofree char *unknown = replace_word (number, strangers[i]);

          /* "99999" is one number of four digits too high, then a stray digit. */
          assert_mistake (unknown, SAK_MISTAKE_WORD, number);
        }
      assert_mistake (wrong, SAK_MISTAKE_CHECKSUM, number);
      assert_mistake (letter, SAK_MISTAKE_CHARACTER, number);
      assert_mistake (missing, SAK_MISTAKE_TOO_SHORT, 0);
    }
  assert_mistake ("", SAK_MISTAKE_TOO_SHORT, 0);
  assert_mistake ("\xff", SAK_MISTAKE_CHARACTER, 0);
}

/* The second and third of three wrong words are found too, but not which they are. */
static void
two_and_three_wrong_words_are_found (void)
{
  for (guint first = 1; first <= 18; first++)
    {
      g_auto (GStrv) words = g_strsplit (sample_words (), " ", -1);
      g_autofree char *wrong = NULL;
      SakTypingMistake mistake;
      SakSlip39Share *share;

      for (guint i = first; i < first + 2 + first % 2; i++)
        {
          g_free (words[i - 1]);
          words[i - 1] = g_strdup (sak_slip39_get_word (100 + i));
        }
      wrong = g_strjoinv (" ", words);
      share = parse (wrong, 1, &mistake);
      g_assert_null (share);
      g_assert_cmpint (mistake.kind, ==, SAK_MISTAKE_CHECKSUM);
    }
}

static void
a_stranger_among_the_shares_is_named (void)
{
  g_autoptr (SakSecret) master = sak_secret_new_random (32);
  g_autoptr (GPtrArray) shares = sak_slip39_split (master, 3, 5);
  g_autoptr (GPtrArray) others = sak_slip39_split (master, 3, 5);

  while (((SakSlip39Share *) others->pdata[0])->identifier == ((SakSlip39Share *) shares->pdata[0])->identifier)
    {
      g_ptr_array_unref (others);
      others = sak_slip39_split (master, 3, 5);
    }
  for (guint place = 0; place < 3; place++)
    {
      g_autoptr (GPtrArray) some = pick (shares, 7);

      some->pdata[place] = others->pdata[place];
      assert_refused (some, (SakTypingMistake) { SAK_MISTAKE_OTHER_SET, .part = place + 1 });
      some->pdata[place] = some->pdata[(place + 1) % 3];
      assert_refused (some, (SakTypingMistake) { SAK_MISTAKE_SHARE_TWICE, .part = MAX (place, (place + 1) % 3) + 1,
                                                 .other = MIN (place, (place + 1) % 3) + 1 });
    }
}

static void
a_surplus_share_must_fit (void)
{
  g_autoptr (SakSecret) master = sak_secret_new_random (32);
  g_autoptr (GPtrArray) shares = sak_slip39_split (master, 2, 4);

  assert_gives (shares, master);
  sak_secret_get_bytes (((SakSlip39Share *) shares->pdata[3])->value)[5] ^= 1;
  assert_refused (shares, (SakTypingMistake) { SAK_MISTAKE_DIGEST });
}

int
main (int   argc,
      char *argv[])
{
  sak_crypto_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slip39/the-words-are-as-the-standard-has-them", the_words_are_as_the_standard_has_them);
  g_test_add_func ("/slip39/the-published-vectors-hold", the_published_vectors_hold);
  g_test_add_func ("/slip39/any-k-restore-and-fewer-do-not", any_k_restore_and_fewer_do_not);
  g_test_add_func ("/slip39/sixteen-of-sixteen-and-shorter-secrets", sixteen_of_sixteen_and_shorter_secrets);
  g_test_add_func ("/slip39/one-share-too-few-tells-nothing", one_share_too_few_tells_nothing);
  g_test_add_func ("/slip39/a-share-is-random-whatever-the-secret", a_share_is_random_whatever_the_secret);
  g_test_add_func ("/slip39/four-letters-capitals-and-numbers-are-enough",
                   four_letters_capitals_and_numbers_are_enough);
  g_test_add_func ("/slip39/each-slip-is-named-by-its-word", each_slip_is_named_by_its_word);
  g_test_add_func ("/slip39/two-and-three-wrong-words-are-found", two_and_three_wrong_words_are_found);
  g_test_add_func ("/slip39/a-stranger-among-the-shares-is-named", a_stranger_among_the_shares_is_named);
  g_test_add_func ("/slip39/a-surplus-share-must-fit", a_surplus_share_must_fit);
  return g_test_run ();
}
