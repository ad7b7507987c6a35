/* sak-passphrase.c - offering a passphrase, and saying honestly how strong one is
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words offered mean nothing in any language and are made of syllables that all our
 * users can read and type: 16 consonants and 5 vowels, two syllables a word, six words:
 * 6400^6, 75.8 bits. A passphrase that a person thought of is judged by its length and
 * the kinds of its characters alone, the same for every script; a dictionary of English
 * would call a Burmese proverb unguessable.
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "crypto/sak-crypto.h"
#include "ui/sak-passphrase.h"

#define N_WORDS 6
#define WORD_SIZE 4
#define N_GROUPS 6
#define GROUP_SIZE 4

/* Evenly from 0 to @n - 1: what does not divide is thrown again. */
static guint
throw_die (guint n)
{
  guint8 byte;

  do
    sak_random_bytes (&byte, 1);
  while (byte >= 256 / n * n);
  return byte % n;
}

static SakSecret *
make_groups (guint n_groups,
             guint group_size,
             char (*throw_character) (guint position))
{
  SakSecret *secret = sak_secret_new (n_groups * (group_size + 1) - 1);
  guint8 *bytes = sak_secret_get_bytes (secret);
  gsize at = 0;

  for (guint group = 0; group < n_groups; group++)
    {
      if (group > 0)
        bytes[at++] = ' ';
      for (guint i = 0; i < group_size; i++)
        bytes[at++] = (guint8) throw_character (i);
    }
  return secret;
}

static char
throw_letter (guint position)
{
  static const char consonants[] = "bdfghklmnprstvwz";
  static const char vowels[] = "aeiou";

  return position % 2 == 0 ? consonants[throw_die (16)] : vowels[throw_die (5)];
}

static char
throw_digit (guint position)
{
  return (char) ('0' + throw_die (10));
}

SakSecret *
sak_passphrase_generate (SakPassphraseKind kind)
{
  if (kind == SAK_PASSPHRASE_DIGITS)
    return make_groups (N_GROUPS, GROUP_SIZE, throw_digit);
  return make_groups (N_WORDS, WORD_SIZE, throw_letter);
}

/* How much one more character of running text adds, roughly, in a language's own habits. */
static double
weigh_character (gunichar c)
{
  if (g_unichar_isdigit (c))
    return 2.5;
  if (g_unichar_isspace (c))
    return 0.5;
  if (g_unichar_ismark (c))
    return 1.5;
  if (g_unichar_isupper (c))
    return 2.5;
  if (g_unichar_isalpha (c))
    return 2.2;
  return 3.0;
}

/**
 * sak_passphrase_estimate_bits:
 *
 * Repeats and runs ("aaaa", "1234", "abab") add next to nothing, in any script.
 */
double
sak_passphrase_estimate_bits (const char *text)
{
  g_autoptr (GHashTable) pairs = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GArray) keys = g_array_sized_new (FALSE, FALSE, sizeof (gint64),
                                               (guint) g_utf8_strlen (text, -1) + 1);
  gunichar previous = 0;
  double bits = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gint64 pair = ((gint64) previous << 32) | c;
      gint64 step = (gint64) c - (gint64) previous;
      gboolean is_run = previous != 0 && step >= -1 && step <= 1;

      if (is_run)
        bits += 0.2;
      else if (g_hash_table_contains (pairs, &pair))
        bits += 0.3;
      else
        bits += weigh_character (c);
      g_array_append_val (keys, pair);
      g_hash_table_add (pairs, &g_array_index (keys, gint64, keys->len - 1));
      previous = c;
    }
  sak_wipe (keys->data, keys->len * sizeof (gint64));
  return bits;
}

SakStrength
sak_passphrase_get_strength (double bits)
{
  if (bits < 25)
    return SAK_STRENGTH_TOO_WEAK;
  if (bits < 45)
    return SAK_STRENGTH_WEAK;
  if (bits < 65)
    return SAK_STRENGTH_FAIR;
  return SAK_STRENGTH_STRONG;
}

const char *
sak_passphrase_say_strength (const char *text,
                             gboolean    is_generated)
{
  if (text[0] == '\0')
    return _("Take the passphrase below, or think of at least six words that do not belong together, in "
             "any language.");
  if (is_generated)
    return _("Strong: made by chance. Nobody can guess it.");
  switch (sak_passphrase_get_strength (sak_passphrase_estimate_bits (text)))
    {
    case SAK_STRENGTH_TOO_WEAK:
      return _("Too short or too simple. Somebody with the computer could try all like it in "
               "a day.");
    case SAK_STRENGTH_WEAK:
      return _("Weak. It stops a curious person, not a police laboratory. Make it longer.");
    case SAK_STRENGTH_FAIR:
      return _("Fair, if it is not a saying, a song or a name. One made by chance is safer.");
    case SAK_STRENGTH_STRONG:
    default:
      return _("Long enough, if it is not a saying, a song or a name.");
    }
}
