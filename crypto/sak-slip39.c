/* sak-slip39.c - a secret in shares of which any k restore it (SLIP-0039)
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shamir's scheme, byte by byte over GF(256) with the polynomial of AES. Each share is a
 * point of a random polynomial of degree k - 1; the secret is its value at 255, and its
 * value at 254 has a digest of the secret, so that wrong shares are noticed. What is shared
 * is not the secret itself but what a four-round Feistel cipher makes of it under a
 * passphrase (ours is empty): that is the standard's, and changes nothing here.
 *
 * Field arithmetic looks no secret up in a table and takes no branch on one.
 */
#include "config.h"

#include "crypto/sak-slip39-private.h"

#include "crypto/sak-crypto.h"
#include "crypto/sak-hash.h"

#include <nettle/pbkdf2.h>
#include <string.h>

#define SECRET_PLACE 255
#define DIGEST_PLACE 254
#define DIGEST_SIZE 4
#define N_ROUNDS 4
#define ROUND_ITERATIONS 2500   /* of the lowest exponent: 10000 by four rounds */
#define MAX_PASSPHRASE 1024
#define ID_SALT "shamir"

/* --- GF(256) --- */

static guint8
multiply (guint8 a,
          guint8 b)
{
  guint left = a, product = 0;

  for (guint i = 0; i < 8; i++)
    {
      product ^= left & -(b >> i & 1U);
      left = left << 1 ^ (0x11b & -(left >> 7 & 1U));
    }
  return (guint8) product;
}

/* a^254 is 1/a, and 0 for 0. */
static guint8
invert (guint8 a)
{
  guint8 power = a, result = 1;

  for (guint i = 0; i < 7; i++)
    {
      power = multiply (power, power);
      result = multiply (result, power);
    }
  return result;
}

void
sak_slip39_interpolate (const guint8  *places,
                        SakSecret    **values,
                        guint          n,
                        guint8         x,
                        SakSecret     *ret_value)
{
  gsize size = sak_secret_get_size (ret_value);

  sak_secret_wipe (ret_value);
  for (guint i = 0; i < n; i++)
    {
      guint8 weight = 1;

      for (guint j = 0; j < n; j++)
        if (j != i)
          weight = multiply (weight, multiply (x ^ places[j], invert (places[i] ^ places[j])));
      for (gsize at = 0; at < size; at++)
        sak_secret_get_bytes (ret_value)[at] ^= multiply (weight, sak_secret_get_bytes (values[i])[at]);
    }
}

/* --- The cipher --- */

static void
compute_round (guint         round,
               const char   *passphrase,
               guint         exponent,
               const guint8 *id_salt,
               gsize         id_salt_size,
               const guint8 *right,
               gsize         half,
               guint8       *output)
{
  guint8 key[1 + MAX_PASSPHRASE];
  guint8 salt[sizeof ID_SALT + 1 + SAK_SLIP39_MAX_VALUE / 2];
  gsize length = strlen (passphrase);

  key[0] = (guint8) round;
  memcpy (key + 1, passphrase, length);
  memcpy (salt, id_salt, id_salt_size);
  memcpy (salt + id_salt_size, right, half);
  pbkdf2_hmac_sha256 (1 + length, key, ROUND_ITERATIONS << exponent, id_salt_size + half, salt, half, output);
  sak_wipe (key, sizeof key);
  sak_wipe (salt, sizeof salt);
}

/* The same rounds encrypt, and in reverse order decrypt. */
static SakSecret *
run_cipher (const SakSlip39Share *set,
            SakSecret            *input,
            const char           *passphrase,
            gboolean              decrypts)
{
  gsize half = sak_secret_get_size (input) / 2;
  guint8 id_salt[sizeof ID_SALT + 1] = ID_SALT;
  gsize id_salt_size = set->is_extendable ? 0 : sizeof id_salt;
  SakSecret *output = sak_secret_new (2 * half);
  guint8 left[SAK_SLIP39_MAX_VALUE / 2], right[SAK_SLIP39_MAX_VALUE / 2], mask[SAK_SLIP39_MAX_VALUE / 2];

  id_salt[sizeof ID_SALT - 1] = (guint8) (set->identifier >> 8);
  id_salt[sizeof ID_SALT] = (guint8) set->identifier;
  memcpy (left, sak_secret_get_bytes (input), half);
  memcpy (right, sak_secret_get_bytes (input) + half, half);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      compute_round (decrypts ? N_ROUNDS - 1 - i : i, passphrase, set->exponent, id_salt, id_salt_size,
                     right, half, mask);
      for (gsize at = 0; at < half; at++)
        mask[at] ^= left[at];
      memcpy (left, right, half);
      memcpy (right, mask, half);
    }
  memcpy (sak_secret_get_bytes (output), right, half);
  memcpy (sak_secret_get_bytes (output) + half, left, half);
  sak_wipe (left, sizeof left);
  sak_wipe (right, sizeof right);
  sak_wipe (mask, sizeof mask);
  return output;
}

/* --- Splitting --- */

static void
compute_digest (SakSecret    *secret,
                const guint8 *random,
                gsize         random_size,
                guint8        digest[static DIGEST_SIZE])
{
  guint8 mac[SAK_SHA256_SIZE];

  sak_hmac_sha256 (random, random_size, sak_secret_get_bytes (secret), sak_secret_get_size (secret), mac);
  memcpy (digest, mac, DIGEST_SIZE);
  sak_wipe (mac, sizeof mac);
}

static SakSecret *
make_digest_share (SakSecret *secret)
{
  SakSecret *share = sak_secret_new_random (sak_secret_get_size (secret));
  guint8 *bytes = sak_secret_get_bytes (share);

  compute_digest (secret, bytes + DIGEST_SIZE, sak_secret_get_size (share) - DIGEST_SIZE, bytes);
  return share;
}

static SakSlip39Share *
new_member (guint      identifier,
            guint      threshold,
            guint      index,
            SakSecret *value)
{
  SakSlip39Share *share = g_new0 (SakSlip39Share, 1);

  share->identifier = identifier;
  share->group_threshold = 1;
  share->n_groups = 1;
  share->member_index = index;
  share->member_threshold = threshold;
  share->value = sak_secret_ref (value);
  return share;
}

/* k - 2 members are random, the secret and its digest are two more points: the other
 * members follow.
 */
GPtrArray *
sak_slip39_split (SakSecret *master,
                  guint      threshold,
                  guint      n_shares)
{
  GPtrArray *shares = g_ptr_array_new_with_free_func ((GDestroyNotify) sak_slip39_share_free);
  SakSecret *values[SAK_SLIP39_MAX_SHARES] = { NULL };
  guint8 places[SAK_SLIP39_MAX_SHARES];
  gsize size = sak_secret_get_size (master);
  guint16 random;
  SakSlip39Share set = { 0 };

  g_return_val_if_fail (threshold >= 2 && threshold <= n_shares && n_shares <= SAK_SLIP39_MAX_SHARES, shares);
  g_return_val_if_fail (size >= SAK_SLIP39_MIN_VALUE && size <= SAK_SLIP39_MAX_VALUE && size % 2 == 0, shares);
  sak_random_bytes (&random, sizeof random);
  set.identifier = random & 0x7fff;
  for (guint i = 0; i + 2 < threshold; i++)
    {
      places[i] = (guint8) i;
      values[i] = sak_secret_new_random (size);
    }
  places[threshold - 2] = SECRET_PLACE;
  values[threshold - 2] = run_cipher (&set, master, "", FALSE);
  places[threshold - 1] = DIGEST_PLACE;
  values[threshold - 1] = make_digest_share (values[threshold - 2]);

  for (guint i = 0; i < n_shares; i++)
    {
      g_autoptr (SakSecret) value = sak_secret_new (size);

      sak_slip39_interpolate (places, values, threshold, (guint8) i, value);
      g_ptr_array_add (shares, new_member (set.identifier, threshold, i, value));
    }
  for (guint i = 0; i < threshold; i++)
    sak_secret_unref (values[i]);
  return shares;
}

/* --- Combining --- */

static gboolean
is_same_set (const SakSlip39Share *a,
             const SakSlip39Share *b)
{
  return a->identifier == b->identifier && a->is_extendable == b->is_extendable && a->exponent == b->exponent &&
         a->group_threshold == b->group_threshold && a->n_groups == b->n_groups &&
         sak_secret_get_size (a->value) == sak_secret_get_size (b->value) &&
         (a->group_index != b->group_index || a->member_threshold == b->member_threshold);
}

static guint
count_same_set (GPtrArray            *shares,
                const SakSlip39Share *share)
{
  guint n = 0;

  for (guint i = 0; i < shares->len; i++)
    n += is_same_set (g_ptr_array_index (shares, i), share);
  return n;
}

/* The odd one out is the one that is not of the largest set among them. */
static SakTypingMistake
find_odd_share (GPtrArray *shares)
{
  const SakSlip39Share *most = g_ptr_array_index (shares, 0);

  for (guint i = 1; i < shares->len; i++)
    if (count_same_set (shares, g_ptr_array_index (shares, i)) > count_same_set (shares, most))
      most = g_ptr_array_index (shares, i);
  for (guint i = 0; i < shares->len; i++)
    if (!is_same_set (g_ptr_array_index (shares, i), most))
      return (SakTypingMistake) { SAK_MISTAKE_OTHER_SET, .part = i + 1 };
  return (SakTypingMistake) { SAK_MISTAKE_NONE };
}

static SakTypingMistake
find_repeated_share (GPtrArray *shares)
{
  for (guint i = 1; i < shares->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const SakSlip39Share *share = g_ptr_array_index (shares, i);
        const SakSlip39Share *earlier = g_ptr_array_index (shares, j);

        if (share->group_index != earlier->group_index || share->member_index != earlier->member_index)
          continue;
        if (sak_secret_equal (share->value, earlier->value))
          return (SakTypingMistake) { SAK_MISTAKE_SHARE_TWICE, .part = i + 1, .other = j + 1 };
        return (SakTypingMistake) { SAK_MISTAKE_OTHER_SET, .part = i + 1 };
      }
  return (SakTypingMistake) { SAK_MISTAKE_NONE };
}

/* Points of one polynomial: the members of a group, or the groups of a set. */
typedef struct
{
  guint threshold;
  guint n;
  guint8 places[SAK_SLIP39_MAX_SHARES];
  SakSecret *values[SAK_SLIP39_MAX_SHARES];
} Points;

/* Points beyond the threshold must lie where the others say. */
static gboolean
surplus_fits (Points *points)
{
  g_autoptr (SakSecret) expected = sak_secret_new (sak_secret_get_size (points->values[0]));

  for (guint i = points->threshold; i < points->n; i++)
    {
      sak_slip39_interpolate (points->places, points->values, points->threshold, points->places[i], expected);
      if (!sak_secret_equal (expected, points->values[i]))
        return FALSE;
    }
  return TRUE;
}

/* NULL where the points give no secret. */
static SakSecret *
recover (Points *points)
{
  gsize size = sak_secret_get_size (points->values[0]);
  g_autoptr (SakSecret) secret = NULL;
  g_autoptr (SakSecret) check = NULL;
  guint8 digest[DIGEST_SIZE];

  if (!surplus_fits (points))
    return NULL;
  if (points->threshold == 1)
    return sak_secret_ref (points->values[0]);
  secret = sak_secret_new (size);
  check = sak_secret_new (size);
  sak_slip39_interpolate (points->places, points->values, points->threshold, SECRET_PLACE, secret);
  sak_slip39_interpolate (points->places, points->values, points->threshold, DIGEST_PLACE, check);
  compute_digest (secret, sak_secret_get_bytes (check) + DIGEST_SIZE, size - DIGEST_SIZE, digest);
  if (!sak_equal (digest, sak_secret_get_bytes (check), sizeof digest))
    return NULL;
  return g_steal_pointer (&secret);
}

static void
collect_group (GPtrArray *shares,
               guint      group,
               Points    *members)
{
  *members = (Points) { 0 };
  for (guint i = 0; i < shares->len; i++)
    {
      const SakSlip39Share *share = g_ptr_array_index (shares, i);

      if (share->group_index != group)
        continue;
      members->threshold = share->member_threshold;
      members->places[members->n] = (guint8) share->member_index;
      members->values[members->n++] = share->value;
    }
}

/* How many shares are missing of the groups that were begun; with one group, of it. */
static SakTypingMistake
count_missing (GPtrArray *shares,
               guint      n_complete,
               guint      group_threshold)
{
  SakTypingMistake mistake = { SAK_MISTAKE_TOO_FEW };
  Points members;

  for (guint group = 0; group < SAK_SLIP39_MAX_SHARES; group++)
    {
      collect_group (shares, group, &members);
      if (members.n > 0 && members.n < members.threshold)
        {
          mistake.needed = members.threshold;
          mistake.had = members.n;
          return mistake;
        }
    }
  mistake.needed = group_threshold;
  mistake.had = n_complete;
  return mistake;
}

static SakSecret *
recover_set (GPtrArray        *shares,
             SakTypingMistake *mistake)
{
  const SakSlip39Share *set = g_ptr_array_index (shares, 0);
  Points groups = { .threshold = set->group_threshold };
  SakSecret *secret = NULL;

  for (guint group = 0; group < SAK_SLIP39_MAX_SHARES && mistake->kind == SAK_MISTAKE_NONE; group++)
    {
      Points members;

      collect_group (shares, group, &members);
      if (members.n == 0 || members.n < members.threshold)
        continue;
      groups.places[groups.n] = (guint8) group;
      groups.values[groups.n] = recover (&members);
      if (groups.values[groups.n] == NULL)
        mistake->kind = SAK_MISTAKE_DIGEST;
      else
        groups.n++;
    }
  if (mistake->kind == SAK_MISTAKE_NONE && groups.n < groups.threshold)
    *mistake = count_missing (shares, groups.n, groups.threshold);
  if (mistake->kind == SAK_MISTAKE_NONE && (secret = recover (&groups)) == NULL)
    mistake->kind = SAK_MISTAKE_DIGEST;
  for (guint i = 0; i < groups.n; i++)
    sak_secret_unref (groups.values[i]);
  return secret;
}

/**
 * sak_slip39_combine:
 * @shares: of SakSlip39Share, in any order; more than are needed must fit the others
 * @passphrase: the standard's, "" for the shares of a vault
 * @ret_mistake: (out) (optional): part counts @shares from 1; TOO_FEW counts shares, or
 *   groups where all begun ones are complete
 *
 * Returns: (transfer full): the secret; or NULL with INVALID
 */
SakSecret *
sak_slip39_combine (GPtrArray         *shares,
                    const char        *passphrase,
                    SakTypingMistake  *ret_mistake,
                    GError           **error)
{
  SakTypingMistake mistake = { SAK_MISTAKE_NONE };
  g_autoptr (SakSecret) encrypted = NULL;

  g_return_val_if_fail (strlen (passphrase) <= MAX_PASSPHRASE, NULL);
  if (shares->len == 0)
    mistake.kind = SAK_MISTAKE_TOO_FEW;
  else
    mistake = find_odd_share (shares);
  if (mistake.kind == SAK_MISTAKE_NONE)
    mistake = find_repeated_share (shares);
  if (mistake.kind == SAK_MISTAKE_NONE)
    encrypted = recover_set (shares, &mistake);
  if (ret_mistake != NULL)
    *ret_mistake = mistake;
  if (encrypted != NULL)
    return run_cipher (g_ptr_array_index (shares, 0), encrypted, passphrase, TRUE);
  g_set_error (error, SAK_ERROR, SAK_ERROR_INVALID, "the shares do not fit together (share %u, kind %d)",
               mistake.part, mistake.kind);
  return NULL;
}
