/* sak-bech32.c - bytes as Bech32 text (BIP 173) without its length limit, as age keys have it
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Works character by character, so that no copy of a secret key is left in between.
 */
#include "config.h"

#include "crypto/sak-bech32.h"

#include <string.h>

#define CHECKSUM_LENGTH 6

static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

static guint32
add_to_checksum (guint32 checksum,
                 guint   value)
{
  static const guint32 generator[] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
  guint32 top = checksum >> 25;

  checksum = (checksum & 0x1ffffff) << 5 ^ value;
  for (guint i = 0; i < G_N_ELEMENTS (generator); i++)
    checksum ^= (top >> i & 1) != 0 ? generator[i] : 0;
  return checksum;
}

static guint32
checksum_prefix (const char *prefix)
{
  guint32 checksum = 1;

  for (const char *c = prefix; *c != '\0'; c++)
    checksum = add_to_checksum (checksum, (guint) g_ascii_tolower (*c) >> 5);
  checksum = add_to_checksum (checksum, 0);
  for (const char *c = prefix; *c != '\0'; c++)
    checksum = add_to_checksum (checksum, (guint) g_ascii_tolower (*c) & 31);
  return checksum;
}

static gboolean
is_upper_case (const char *prefix)
{
  return g_ascii_isupper (prefix[0]);
}

static char
character_for (guint    value,
               gboolean is_upper)
{
  return is_upper ? g_ascii_toupper (alphabet[value]) : alphabet[value];
}

/* The five bits from bit 5 × @index on, the first one highest; zeros after the end. */
static guint
get_group (const guint8 *bytes,
           gsize         size,
           gsize         index)
{
  gsize byte = index * 5 / 8;
  guint shift = index * 5 % 8;
  guint window = (guint) bytes[byte] << 8 | (byte + 1 < size ? bytes[byte + 1] : 0);

  return window >> (11 - shift) & 31;
}

/**
 * sak_bech32_encode:
 * @text: room for SAK_BECH32_LENGTH characters; no terminating zero is written
 */
void
sak_bech32_encode (const char   *prefix,
                   const guint8 *bytes,
                   gsize         size,
                   char         *text)
{
  gboolean is_upper = is_upper_case (prefix);
  gsize prefix_length = strlen (prefix);
  guint32 checksum = checksum_prefix (prefix);

  memcpy (text, prefix, prefix_length);
  text += prefix_length;
  *text++ = '1';
  for (gsize i = 0; i < (size * 8 + 4) / 5; i++)
    {
      guint value = get_group (bytes, size, i);

      *text++ = character_for (value, is_upper);
      checksum = add_to_checksum (checksum, value);
    }
  for (guint i = 0; i < CHECKSUM_LENGTH; i++)
    checksum = add_to_checksum (checksum, 0);
  checksum ^= 1;
  for (guint i = 0; i < CHECKSUM_LENGTH; i++)
    *text++ = character_for (checksum >> (5 * (CHECKSUM_LENGTH - 1 - i)) & 31, is_upper);
}

/* Returns: -1 for what is not in the alphabet, or in the other case. */
static int
get_value (char     c,
           gboolean is_upper)
{
  const char *found;

  if (is_upper ? g_ascii_islower (c) : g_ascii_isupper (c))
    return -1;
  found = memchr (alphabet, g_ascii_tolower (c), sizeof alphabet - 1);
  return found != NULL ? (int) (found - alphabet) : -1;
}

static gboolean
decode_groups (const char *text,
               gboolean    is_upper,
               guint32     checksum,
               guint8     *bytes,
               gsize       size)
{
  gsize n_groups = (size * 8 + 4) / 5;
  guint bits = 0, n_bits = 0;

  for (gsize i = 0; i < n_groups + CHECKSUM_LENGTH; i++)
    {
      int value = get_value (text[i], is_upper);

      if (value < 0)
        return FALSE;
      checksum = add_to_checksum (checksum, (guint) value);
      if (i >= n_groups)
        continue;
      bits = (bits << 5 | (guint) value) & 0xfff;
      n_bits += 5;
      if (n_bits >= 8)
        {
          n_bits -= 8;
          *bytes++ = (guint8) (bits >> n_bits);
        }
    }
  /* The filling bits of the last group are zero, so that one key has one spelling. */
  return checksum == 1 && (bits & ((1U << n_bits) - 1)) == 0;
}

/**
 * sak_bech32_decode:
 * @prefix: the one that must be there, in its case
 * @bytes: undefined when the text is refused
 * @size: how many bytes the text must hold
 */
gboolean
sak_bech32_decode (const char *prefix,
                   const char *text,
                   guint8     *bytes,
                   gsize       size)
{
  gsize prefix_length = strlen (prefix);

  if (strlen (text) != SAK_BECH32_LENGTH (prefix_length, size) ||
      memcmp (text, prefix, prefix_length) != 0 || text[prefix_length] != '1')
    return FALSE;
  return decode_groups (text + prefix_length + 1, is_upper_case (prefix),
                        checksum_prefix (prefix), bytes, size);
}
